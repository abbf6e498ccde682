"""What the clause of a verb says of its act: negation, auxiliaries, tense, questions, conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import children, is_imperative
from onrecord.parsing.syntax import is_awaited, lemma
from onrecord.record import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODALS: dict[str, Modality] = {
    "will": "planned", "shall": "planned", "'ll": "planned", "’ll": "planned", "wo": "planned",
    "could": "hypothetical", "can": "hypothetical", "may": "hypothetical", "ca": "hypothetical",
    "might": "hypothetical", "must": "demanded", "should": "demanded", "ought": "demanded",
}  # fmt: skip
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "hardly", "without"})
_NEGATING = frozenset({"advmod", "det", "preconj", "cc", "aux"})
_CONDITIONS = frozenset({"if", "unless", "whether", "should", "lest"})
# After "not" these say that there is more, not that the act is not.
_MORE = frozenset({"only", "just", "merely", "simply", "solely"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Before a participle without auxiliary these say who brings it about: "wants them expelled".
CAUSING = frozenset({"have", "get", "want", "need", "like", "order"})
DEPTH = 8


@dataclass(frozen=True)
class Judgement:
    """The modality of an act, the word that decided it, and who would do it if that word says so."""

    modality: Modality
    because: str = ""
    actors: tuple[Token, ...] = ()
    governor: Token | None = None


def is_negated(token: Token) -> bool:
    """Tell whether a verb, noun or adjective is negated in its own clause."""
    for child in token.children:
        later = child.dep_ == "cc" and child.i > token.i
        if child.dep_ == "neg" or (
            child.lower_ in _NEGATIONS and child.dep_ in _NEGATING and not later
        ):
            if _beside(child, 1) in _MORE:
                continue
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and (
            child.lower_ in ("nobody", "none", "nothing")
            or any(part.lower_ == "no" for part in child.lefts)
        ):
            return True
        if child.dep_ == "advmod" and child.lower_ == "longer" and _beside(child, -1) == "no":
            return True
    if is_awaited(token):
        return True
    if token.tag_[:1] == "J" and token.dep_ == "acomp":
        return is_negated(token.head)
    return False


def _beside(token: Token, step: int) -> str:
    """Return the word before or after a token, in lower case, or nothing at the edge of the text."""
    place = token.i + step
    return token.doc[place].lower_ if 0 <= place < len(token.doc) else ""


def auxiliaries(verb: Token) -> list[Token]:
    """Return the auxiliaries of a verb, or those it shares with the verbs before it."""
    place = verb
    for _ in range(DEPTH):
        own = children(place, "aux", "auxpass")
        alone = place.dep_ != "conj" or bool(children(place, "nsubj", "nsubjpass"))
        if own or alone or place.head.tag_[:1] != "V":
            return own
        place = place.head
    return []


def of_verb(verb: Token, heading: bool) -> Judgement:
    """Return what the clause of a verb says of its act, in text or in a heading."""
    negated = is_negated(verb)
    if not negated and _asked(verb):
        return Judgement("hypothetical", "question")
    if any(child.lower_ in _CONDITIONS for child in children(verb, "mark", "advmod")):
        return Judgement("hypothetical", "condition")
    if negated:
        return Judgement("denied", "negation")
    if verb.dep_ == "advcl" and any(child.lower_ == "where" for child in children(verb, "advmod")):
        return Judgement("hypothetical", "where")
    helpers = auxiliaries(verb)
    words = [_full(token, verb) for token in helpers]
    for word in words:
        if word in _MODALS:
            return Judgement(_MODALS[word], word)
        if word == "would" and "better" not in words:
            return Judgement("planned" if reported(verb) else "hypothetical", "would")
    if "to" in words and (verb.dep_ == "ROOT" or (heading and children(verb, "nsubj"))):
        return Judgement("planned", "to")
    if "to" in words and verb.dep_ in ("xcomp", "ccomp") and lemma(verb.head) == "be":
        said = children(verb.head, "acomp", "attr")
        return Judgement("happened") if said else Judgement("planned", "is to")
    if "to" in words and verb.dep_ == "advcl" and verb.head.tag_[:1] == "V":
        return Judgement("hypothetical", "purpose")
    if "to" in words and verb.dep_ == "xcomp" and verb.head.tag_[:1] == "N":
        return Judgement("hypothetical", "infinitive")
    if "to" in words and verb.dep_ == "relcl":
        return Judgement("planned", "to")
    present = verb.tag_ in ("VBZ", "VBP", "VBG") and not heading
    if present and not {"was", "were", "been"} & set(words) and _is_to_come(verb):
        return Judgement("planned", "time to come")
    if verb.tag_ == "VBG" and {"is", "are", "'s", "’s", "'re", "’re", "am", "been"} & set(words):
        return Judgement("ongoing", "progressive")
    if not words and not heading and is_imperative(verb):
        return Judgement("demanded", "imperative")
    if not words and verb.tag_ in ("VBZ", "VBP") and not heading:
        return Judgement("ongoing", "present tense")
    return Judgement("happened")


def _is_to_come(verb: Token) -> bool:
    """Tell whether a verb has a time to come with it: "is meeting Xi next week", "opens tomorrow"."""
    for child in children(verb, "npadvmod", "advmod", "prep"):
        for time in (child, *children(child, "pobj")):
            left = {token.lower_ for token in time.lefts}
            if time.lower_ == "tomorrow" or (time.ent_type_ in ("DATE", "TIME") and "next" in left):
                return True
    return False


def _full(auxiliary: Token, verb: Token) -> str:
    """Return an auxiliary in lower case, "'d" written out: "had been arrested", "would arrest"."""
    if auxiliary.lower_ not in ("'d", "’d"):
        return auxiliary.lower_
    rest = [token for token in auxiliary.head.children if auxiliary.i < token.i < verb.i]
    parts = [token for token in rest if token.dep_ in ("aux", "auxpass")] or [verb]
    return "had" if parts[0].tag_ == "VBN" else "would"


def _asked(verb: Token) -> bool:
    """Tell whether a clause asks: "Did Iran attack?", "to determine whether they can spy".

    Who asks why, when or who takes the act for granted, but not who asks how one does it.
    """
    marks = {child.lower_ for child in children(verb, "mark", "advmod")}
    if "whether" in marks or ("if" in marks and verb.dep_ == "ccomp"):
        return True
    if not any(child.text == "?" for child in verb.rights):
        return False
    subject = children(verb, "nsubj", "nsubjpass")
    first = children(verb, "aux", "auxpass")
    inverted = bool(subject and first) and first[0].i < subject[0].i
    start = first[0] if inverted else verb
    before = [token for token in verb.subtree if token.i < start.i and token.tag_[:1] == "W"]
    if before and (before[0].lower_ != "how" or start.tag_ == "VBD"):
        return False
    return inverted or verb.dep_ == "ROOT"


def reported(verb: Token) -> bool:
    """Tell whether a verb stands in a clause under a verb of the past ("said he would")."""
    place, depth = verb, 0
    while place.dep_ != "ROOT" and depth < DEPTH:
        if place.dep_ in ("ccomp", "parataxis"):
            return place.head.tag_ in ("VBD", "VBN", "VBG", "VBZ") and lemma(place.head) != "be"
        if place.dep_ not in ("conj", "xcomp", "relcl", "advcl", "acl"):
            return False
        place, depth = place.head, depth + 1
    return False


def is_finite(verb: Token) -> bool:
    """Tell whether a verb has a tense."""
    if verb.tag_ == "VBN" and not children(verb, "aux", "auxpass"):
        return lemma(verb.head) not in CAUSING
    return verb.tag_ in _FINITE or any(
        child.tag_ in _FINITE for child in children(verb, "aux", "auxpass")
    )


def is_past(verb: Token) -> bool:
    """Tell whether a verb tells what was so: "had", "has had"; not in words reported."""
    had = [child for child in children(verb, "aux") if child.tag_ in _FINITE]
    perfect = bool(had) and lemma(had[0]) == "have"
    return (verb.tag_ == "VBD" or (verb.tag_ == "VBN" and perfect)) and not reported(verb)
