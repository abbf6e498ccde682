"""Whether an act happened: from its own verb, its modifiers, and the words that govern it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import (
    children,
    controllers,
    finite,
    is_imperative,
    light_verb,
    predicated,
    subjects,
)
from onrecord.knowledge.plover import Governor, Place, load_classes, load_governors
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
_ARGUING = frozenset(
    "argue argument case campaign vote warn warning advise decide decision caution lobby".split()
)
_CONDITIONS = frozenset({"if", "unless", "whether", "should", "lest"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "'s"})
# With a noun as their object these say that its act is real: "announced sanctions".
_MAKING = frozenset(
    "announce begin start continue extend face order decide agree set keep include claim hold "
    "resume declare impose seek need".split()
)
_FACTIVE_CLAUSE = frozenset({"deny", "rule", "dismiss", "fear", "imagine", "insist", "demand"})
DEPTH = 8


@dataclass(frozen=True)
class Judgement:
    """The modality of an act, the word that decided it, and who would do it if that word says so."""

    modality: Modality
    because: str = ""
    actors: tuple[Token, ...] = ()
    governor: Token | None = None


def judge(token: Token, heading: bool = False, level: int = 0) -> Judgement:
    """Return the modality of the act that ``token`` tells."""
    current = _own(token, heading)
    if current.because == "purpose" and token.head.tag_[:1] == "V" and level < DEPTH:
        above = judge(token.head, heading, level + 1)
        return above if above.modality in ("planned", "offered", "threatened") else current
    place, depth = token, 0
    while depth < DEPTH:
        step = _step(place)
        if step is None:
            break
        place, judgement = step
        if judgement is not None:
            current = _combine(current, judgement)
        depth += 1
    return current


def _combine(inner: Judgement, outer: Judgement) -> Judgement:
    """Join what is nearer the act with what governs it; a denial of a plan denies the act."""
    actors = inner.actors or outer.actors
    governor = inner.governor or outer.governor
    began = outer.modality == "ongoing" and outer.governor is not None
    if began and inner.modality == "happened":
        return Judgement(outer.modality, outer.because, actors, governor)
    if outer.modality in ("happened", "ongoing"):
        keep, because = inner.modality, inner.because
    elif inner.modality in ("happened", "ongoing", "demanded") and inner.modality != "demanded":
        keep, because = outer.modality, outer.because
    elif outer.modality in ("denied", "hypothetical") and inner.modality != "denied":
        keep, because = outer.modality, f"{outer.because} {inner.because}".strip()
    else:
        keep, because = inner.modality, inner.because
    return Judgement(keep, because, actors, governor)


def _own(token: Token, heading: bool) -> Judgement:
    if token.tag_[:1] == "V":
        return _of_verb(token, heading)
    if token.tag_[:1] == "N":
        return _of_noun(token, heading)
    if token.tag_[:1] == "J" and is_negated(token):
        return Judgement("denied", "negation")
    if token.dep_ in ("acomp", "attr", "oprd", "conj") and token.head.tag_[:1] in ("V", "M"):
        return _of_verb(token.head, heading)
    return Judgement("happened")


def is_negated(token: Token) -> bool:
    """Tell whether a verb, noun or adjective is negated in its own clause."""
    for child in token.children:
        later = child.dep_ == "cc" and child.i > token.i
        if child.dep_ == "neg" or (
            child.lower_ in _NEGATIONS and child.dep_ in _NEGATING and not later
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and (
            child.lower_ in ("nobody", "none", "nothing")
            or any(part.lower_ == "no" for part in child.lefts)
        ):
            return True
        if child.dep_ == "advmod" and child.lower_ == "longer":
            return True
    if is_awaited(token):
        return True
    if token.tag_[:1] == "J" and token.dep_ == "acomp":
        return is_negated(token.head)
    return False


def _auxiliaries(verb: Token) -> list[Token]:
    """Return the auxiliaries of a verb, or those it shares with the verbs before it."""
    place = verb
    for _ in range(DEPTH):
        own = children(place, "aux", "auxpass")
        alone = place.dep_ != "conj" or bool(children(place, "nsubj", "nsubjpass"))
        if own or alone or place.head.tag_[:1] != "V":
            return own
        place = place.head
    return []


def _of_verb(verb: Token, heading: bool) -> Judgement:
    if is_negated(verb):
        return Judgement("denied", "negation")
    if _asked(verb):
        return Judgement("hypothetical", "question")
    if any(child.lower_ in _CONDITIONS for child in children(verb, "mark", "advmod")):
        return Judgement("hypothetical", "condition")
    if verb.dep_ == "advcl" and any(child.lower_ == "where" for child in children(verb, "advmod")):
        return Judgement("hypothetical", "where")
    auxiliaries = _auxiliaries(verb)
    words = [token.lower_ for token in auxiliaries]
    for word in words:
        if word in _MODALS:
            return Judgement(_MODALS[word], word)
        if word in ("would", "'d", "’d") and "better" not in words:
            return Judgement("planned" if reported(verb) else "hypothetical", "would")
    if "to" in words and (verb.dep_ == "ROOT" or (heading and children(verb, "nsubj"))):
        return Judgement("planned", "to")
    if "to" in words and verb.dep_ in ("xcomp", "ccomp") and lemma(verb.head) == "be":
        return Judgement("planned", "is to")
    if "to" in words and verb.dep_ == "advcl" and verb.head.tag_[:1] == "V":
        return Judgement("hypothetical", "purpose")
    if "to" in words and verb.dep_ == "xcomp" and verb.head.tag_[:1] == "N":
        return Judgement("hypothetical", "infinitive")
    if "to" in words and verb.dep_ == "relcl":
        return Judgement("planned", "to")
    if verb.tag_ == "VBG" and {"is", "are", "'s", "’s", "'re", "’re", "am", "been"} & set(words):
        return Judgement("ongoing", "progressive")
    if not words and not heading and is_imperative(verb):
        return Judgement("demanded", "imperative")
    if not words and verb.tag_ in ("VBZ", "VBP") and not heading:
        return Judgement("ongoing", "present tense")
    return Judgement("happened")


def _asked(verb: Token) -> bool:
    """Tell whether a clause asks: "Did Iran attack?", "to determine whether they can spy"."""
    marks = {child.lower_ for child in children(verb, "mark", "advmod")}
    if "whether" in marks or ("if" in marks and verb.dep_ == "ccomp"):
        return True
    if verb.dep_ == "ROOT" and any(child.text == "?" for child in verb.rights):
        return True
    subject = children(verb, "nsubj", "nsubjpass")
    first = children(verb, "aux", "auxpass")
    if not subject or not first or first[0].i > subject[0].i:
        return False
    return any(child.text == "?" for child in verb.rights)


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


def _of_noun(noun: Token, heading: bool) -> Judgement:
    for child in noun.lefts:
        for row in load_governors().get(("modifier", child.lower_), ()):
            return Judgement(row.modality, child.lower_)
    del heading
    return Judgement("happened")


def _governor(token: Token, kind: Place, preposition: str | None) -> Governor | None:
    """Return the row for a governing word; a row that needs a particle must find it."""
    for row in load_governors().get((kind, lemma(token)), ()):
        parts = row.words.split()[1:]
        beside = {child.lower_ for child in token.children} | {preposition}
        if all(part in beside for part in parts):
            return row
    return None


def _governed(token: Token, row: Governor) -> Judgement:
    negated = is_negated(token) or (
        row.kind == "noun" and token.dep_ in ("dobj", "attr") and is_negated(token.head)
    )
    actors: list[Token] = []
    if row.acts == "subject":
        actors = subjects(token) if token.tag_[:1] == "V" else []
        if token.tag_[:1] == "J":
            actors = predicated(token)
    elif row.acts == "object" and token.tag_[:1] == "V":
        actors = controllers(token)
    modality = row.negated if negated else row.modality
    word = f"not {row.words}" if negated else row.words
    return Judgement(modality, f"'{word}'", tuple(actors), token)


def _with_own(judged: Judgement, governor: Token) -> Judgement:
    """Add what the governor's own clause says; its negation is in the judgement already."""
    own = _of_verb(governor, False)
    return judged if own.because == "negation" else _combine(judged, own)


def _step(token: Token) -> tuple[Token, Judgement | None] | None:
    """Go one word up from an act: the word, and what it says of the act. None: nothing governs."""
    head, label = token.head, token.dep_
    if head is token or label in ("ROOT", "relcl", "parataxis"):
        return None
    if label == "conj":
        own = children(token, "nsubj", "nsubjpass", "aux")
        if token.tag_[:1] == "V" and any(child.lower_ != "to" for child in own):
            return None
        if token.tag_ == "VBD" and head.tag_ == "VB":
            return finite(head), None
        return head, None
    if token.tag_[:1] in "VM" or token.tag_ == "JJ":
        return _from_clause(token, head, label)
    return _from_noun(token, head, label)


def _from_clause(token: Token, head: Token, label: str) -> tuple[Token, Judgement | None] | None:
    if label in ("xcomp", "ccomp", "csubj", "csubjpass", "dobj", "acomp", "oprd"):
        if head.tag_[:1] == "V":
            return _under_verb(token, head, label)
        if head.tag_[:1] == "J" and (row := _governor(head, "adjective", None)):
            return head, _governed(head, row)
        return None
    if label in ("acl", "advcl") and head.tag_[:1] == "N":
        row = _governor(head, "noun", None)
        infinitive = any(part.lower_ == "to" for part in token.lefts)
        if row is not None and (infinitive or token.tag_ == "VB" or _of_another(token, head)):
            return head, _governed(head, row)
        return (head, Judgement("hypothetical", "infinitive")) if infinitive else None
    if label == "pcomp":
        return _under_preposition(token, head)
    if label == "advcl" and head.tag_[:1] == "J" and (row := _governor(head, "adjective", None)):
        return head, _governed(head, row)
    return None


def _of_another(verb: Token, noun: Token) -> bool:
    """Tell whether a noun's "-ing" has a subject of its own: "chances of Israel invading Lebanon"."""
    before = [child for child in children(noun, "prep") if noun.i < child.i < verb.i]
    return verb.tag_ == "VBG" and bool(before) and before[-1].lower_ in ("of", "for", "about")


def _under_verb(token: Token, head: Token, label: str) -> tuple[Token, Judgement | None] | None:
    word = lemma(head)
    finite = token.tag_ in ("VBD", "VBZ", "VBP", "VBN") or bool(
        [child for child in children(token, "aux") if child.lower_ in _MODALS]
    )
    if label == "ccomp" and finite and word not in _FACTIVE_CLAUSE:
        return None
    if word == "go" and head.tag_ == "VBG":
        going: Modality = "denied" if is_negated(head) else "planned"
        return head, Judgement(going, "going to", tuple(subjects(head)), head)
    if word in ("have", "get") and label == "xcomp":
        if is_awaited(head):
            return head, Judgement("denied", "yet to", tuple(subjects(head)), head)
        return head, Judgement("demanded", "have to", tuple(subjects(head)), head)
    row = _governor(head, "verb", None)
    if row is not None:
        return head, _with_own(_governed(head, row), head)
    if label == "ccomp":
        return None
    if label == "xcomp" and word in load_classes()["sending"]:
        return head, Judgement("hypothetical", "purpose")
    return head, _of_verb(head, False)


def _under_preposition(token: Token, preposition: Token) -> tuple[Token, Judgement | None] | None:
    word, head = preposition.lower_, preposition.head
    if word in ("without", "than") or (word == "of" and head.lower_ == "instead"):
        return head, Judgement("denied", word)
    if word == "against" and lemma(head) in _ARGUING:
        return head, Judgement("hypothetical", "against")
    kind: Place | None = {"V": "verb", "N": "noun", "J": "adjective"}.get(head.tag_[:1])  # type: ignore[assignment]
    if kind is None or word in ("after", "before", "by", "while", "since", "following", "during"):
        return None
    row = _governor(head, kind, word)
    if row is None and kind == "verb" and word in ("at", "in", "to", "into"):
        own = _of_verb(head, False)
        return head, own if own.modality != "ongoing" else Judgement("happened")
    if row is None or (
        kind == "verb" and len(row.words.split()) == 1 and word not in ("from", "on")
    ):
        return None
    if kind == "verb" and token.tag_[:1] == "N" and len(row.words.split()) == 1:
        return None
    return head, _governed(head, row)


def _from_noun(token: Token, head: Token, label: str) -> tuple[Token, Judgement | None] | None:
    if label == "pobj":
        carrier = light_verb(token)
        if carrier is not None:
            return carrier, _of_verb(carrier, False)
        return _under_preposition(token, head)
    if label in ("dobj", "nsubjpass") and head.tag_[:1] == "V":
        return _as_object(token, head)
    if label in ("nsubj", "attr") and head.tag_[:1] == "V":
        if lemma(head) == "be":
            for child in children(head, "acomp"):
                if row := _governor(child, "adjective", None):
                    return head, _governed(child, row)
            return (head, Judgement("denied", "no")) if is_negated(head) else None
        if lemma(head) in load_classes()["eventive"] and not children(head, "dobj"):
            return head, _of_verb(head, False)
        own = _of_verb(head, False)
        definite = any(part.lower_ in _DEFINITE for part in token.lefts)
        if label == "nsubj" and own.modality == "hypothetical" and not definite:
            return head, own
    if label == "compound" and head.tag_[:1] == "N" and (row := _governor(head, "noun", None)):
        return head, _governed(head, row)
    return None


def _as_object(token: Token, head: Token) -> tuple[Token, Judgement | None] | None:
    word = lemma(head)
    row = _governor(head, "verb", None)
    if row is not None and word not in _MAKING:
        return head, _with_own(_governed(head, row), head)
    own = _of_verb(head, False)
    if own.modality == "ongoing" and word not in load_classes()["light"]:
        own = Judgement("happened")
    if word in load_classes()["light"]:
        return head, own
    definite = any(part.lower_ in _DEFINITE for part in token.lefts)
    if definite or own.modality not in ("hypothetical", "planned", "demanded"):
        return None
    return head, own
