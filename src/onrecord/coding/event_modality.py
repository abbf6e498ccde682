"""Whether an act happened: from its own verb, its modifiers, and the words that govern it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import (
    children,
    controllers,
    finite,
    light_verb,
    moves_another,
    predicated,
    subjects,
)
from onrecord.coding.event_clause import (
    CAUSING,
    DEPTH,
    Judgement,
    is_finite,
    is_negated,
    is_past,
    of_verb,
)
from onrecord.knowledge.plover import Governor, Place, load_classes, load_governors
from onrecord.parsing.syntax import is_awaited, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARGUING = frozenset(
    "argue argument case campaign vote warn warning advise decide decision caution lobby".split()
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "'s"})
# With a noun as their object these say that its act is real: "announced sanctions".
_MAKING = frozenset(
    "announce begin start continue extend face order decide agree set keep include claim hold "
    "resume declare impose seek need".split()
)
_FACTIVE_CLAUSE = frozenset({"deny", "rule", "dismiss", "fear", "imagine", "insist", "demand"})
# Verbs before a bare infinitive, which is as real as they: "let Kyiv strike", "saw them leave".
_BARE = frozenset({"let", "make", "help", "see", "watch", "hear"})
_FACTUAL = frozenset({"after", "before", "by", "while", "since", "following", "during"})
_TIMES = frozenset({"when", "before", "after", "until", "till", "once"})
_UNTIL = frozenset({"until", "till"})
_UNDONE = frozenset({"planned", "offered", "threatened", "demanded", "hypothetical"})


def judge(token: Token, heading: bool = False, level: int = 0) -> Judgement:
    """Return the modality of the act that ``token`` tells."""
    current = _own(token, heading)
    if current.because == "purpose" and moves_another(token.head):
        row = _governor(token.head, "verb", None)
        return _governed(token.head, row) if row is not None else current
    if current.because == "purpose" and token.head.tag_[:1] == "V" and level < DEPTH:
        above = judge(token.head, heading, level + 1)
        return above if above.modality in ("planned", "offered", "threatened") else current
    if current.modality in ("happened", "ongoing") and (whose := _shares(token)) is not None:
        above = of_verb(whose, heading)
        if above.modality in _UNDONE and any(child.lower_ in _UNTIL for child in token.children):
            return Judgement("hypothetical", "until")
        return above if above.modality in _UNDONE else current
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


def _shares(verb: Token) -> Token | None:
    """Return the verb above whose will or can an act shares, as a time to come or as a means.

    "They will leave when the army attacks"; "said it would stay until the army left"; "Iran could
    respond by attacking ships".
    """
    if verb.dep_ == "pcomp" and verb.tag_ == "VBG" and verb.head.lower_ == "by":
        return verb.head.head if verb.head.head.tag_[:1] == "V" else None
    words = {child.lower_ for child in children(verb, "mark", "advmod")}
    if verb.dep_ != "advcl" or verb.head.tag_[:1] != "V" or words.isdisjoint(_TIMES):
        return None
    first = (children(verb, "aux", "auxpass") or [verb])[0]
    done = "after" in words and lemma(first) == "have"
    would = any(child.lower_ == "would" for child in children(verb.head, "aux"))
    to_come = first.tag_ in ("VBZ", "VBP") or (first.tag_ == "VBD" and would)
    return verb.head if to_come and not done else None


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
        return of_verb(token, heading)
    if token.tag_[:1] == "N":
        return _of_noun(token, heading)
    if token.tag_[:1] == "J" and is_negated(token):
        return Judgement("denied", "negation")
    if token.dep_ in ("acomp", "attr", "oprd", "conj") and token.head.tag_[:1] in ("V", "M"):
        return of_verb(token.head, heading)
    return Judgement("happened")


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


def _of_adjective(adjective: Token, verb: Token) -> Governor | None:
    row = _governor(adjective, "adjective", None)
    if row is None and any(child.lower_ == "to" for child in children(verb, "aux")):
        return _governor(adjective, "infinitive", None)
    return row


def _governed(token: Token, row: Governor) -> Judgement:
    if row.words == "able" and is_past(token.head):
        return of_verb(token.head, False)
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
    own = of_verb(governor, False)
    return judged if own.because == "negation" else _combine(judged, own)


def _step(token: Token) -> tuple[Token, Judgement | None] | None:
    """Go one word up from an act: the word, and what it says of the act. None: nothing governs."""
    head, label = token.head, token.dep_
    if head is token or label in ("ROOT", "relcl", "parataxis"):
        return None
    if label == "conj":
        parts = children(token, "nsubj", "nsubjpass", "aux") if token.tag_[:1] == "V" else []
        if any(part.lower_ != "to" for part in parts):
            return None
        if token.tag_ == "VBD" and head.tag_ == "VB":
            return finite(head), None
        return head, None
    if token.tag_[:1] in "VM" or token.tag_ == "JJ":
        return _from_clause(token, head, label)
    return _from_noun(token, head, label)


def _from_clause(token: Token, head: Token, label: str) -> tuple[Token, Judgement | None] | None:
    if label in ("xcomp", "ccomp", "csubj", "csubjpass", "dobj", "acomp", "oprd"):
        for said in children(head, "acomp") if label == "xcomp" else []:
            if row := _of_adjective(said, token):
                return head, _governed(said, row)
        general = head.tag_ in ("VBZ", "VBP") and children(head, "acomp", "attr")
        if general and label == "xcomp" and token.tag_ == "VB":  # "it is wrong to"
            return head, Judgement("hypothetical", "infinitive")
        if head.tag_[:1] == "V":
            return _under_verb(token, head, label)
        if head.tag_[:1] == "J" and (row := _of_adjective(head, token)):
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
    if label == "advcl" and head.tag_[:1] == "J" and (row := _of_adjective(head, token)):
        return head, _governed(head, row)
    return None


def _of_another(verb: Token, noun: Token) -> bool:
    """Tell whether a noun's "-ing" has a subject of its own: "chances of Israel invading Lebanon"."""
    before = [child for child in children(noun, "prep") if noun.i < child.i < verb.i]
    return verb.tag_ == "VBG" and bool(before) and before[-1].lower_ in ("of", "for", "about")


def _under_verb(token: Token, head: Token, label: str) -> tuple[Token, Judgement | None] | None:
    word = lemma(head)
    if label == "ccomp" and is_finite(token) and word not in _FACTIVE_CLAUSE:
        return None
    if word == "go" and head.tag_ == "VBG":
        never = is_negated(head)
        doers = tuple(subjects(head))
        return head, Judgement("denied" if never else "planned", "going to", doers, head)
    if word in ("have", "get") and label == "xcomp":
        return head, _obliged(head)
    if word == "use" and label == "xcomp" and is_past(head) and not children(head, "auxpass"):
        return head, of_verb(head, False)
    row = _governor(head, "verb", None)
    if row is not None:
        return head, _with_own(_governed(head, row), head)
    if label == "ccomp" and word not in _BARE | CAUSING:
        return None
    if label == "xcomp" and word in load_classes()["sending"]:
        return head, Judgement("hypothetical", "purpose")
    return head, of_verb(head, False)


def _obliged(verb: Token) -> Judgement:
    """Return what "has to", "had to", "did not have to", "has yet to" say of an act."""
    if is_awaited(verb):
        return Judgement("denied", "yet to", tuple(subjects(verb)), verb)
    if is_past(verb) and not (lemma(verb) == "get" and verb.tag_ == "VBN"):
        return of_verb(verb, False)
    if is_negated(verb):
        return Judgement("hypothetical", "not have to", tuple(subjects(verb)), verb)
    return Judgement("demanded", "have to", tuple(subjects(verb)), verb)


def _under_preposition(token: Token, preposition: Token) -> tuple[Token, Judgement | None] | None:
    word, head = preposition.lower_, preposition.head
    if word == "than" and (is_finite(token) or children(token, "nsubj", "nsubjpass")):
        return None
    if word in ("without", "than") or (word == "of" and head.lower_ == "instead"):
        return head, Judgement("denied", word)
    if word == "against" and lemma(head) in _ARGUING:
        return head, Judgement("hypothetical", "against")
    kind: Place | None = {"V": "verb", "N": "noun", "J": "adjective"}.get(head.tag_[:1])  # type: ignore[assignment]
    if kind is None or head.lower_ == "due" or word in _FACTUAL:
        return None
    row = _governor(head, kind, word)
    if row is None and kind == "verb" and word in ("at", "in", "to", "into"):
        own = of_verb(head, False)
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
            return carrier, of_verb(carrier, False)
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
            return head, of_verb(head, False)
        own = of_verb(head, False)
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
    own = of_verb(head, False)
    if own.modality == "ongoing" and word not in load_classes()["light"]:
        own = Judgement("happened")
    if word in load_classes()["light"]:
        return head, own
    definite = any(part.lower_ in _DEFINITE for part in token.lefts)
    if definite or own.modality not in ("hypothetical", "planned", "demanded"):
        return None
    return head, own
