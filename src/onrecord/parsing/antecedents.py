"""What a pronoun may mean: earlier mentions as candidates, and what speaks for each.

The features are those of the rule-based tradition (Lappin and Leass 1994: grammatical role,
parallelism, recency, salience); their weights were fitted (``training/coreference``) and stand in
``knowledge/parsing/pronoun_weights.tsv``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.knowledge.cues import verb_class
from onrecord.knowledge.parsing import word_list
from onrecord.parsing.annotated import ActorMention, Annotated, Quotation
from onrecord.parsing.syntax import lemma

_SUBJECTS = {"nsubj": "subj", "csubj": "subj", "nsubjpass": "pass", "expl": "subj"}
_ROLES = {
    **_SUBJECTS, "dobj": "obj", "dative": "obj", "oprd": "obj", "pobj": "pobj", "poss": "poss",
    "compound": "mod", "nmod": "mod", "amod": "mod", "npadvmod": "mod", "attr": "attr",
    "ROOT": "root",
}  # fmt: skip
_DEEPEST = 8


@dataclass(frozen=True)
class Standing:
    """Where words stand: sentence, paragraph, quotation (-1: none), role, clause verb."""

    token: int
    sentence: int
    paragraph: int
    heading: bool
    quotation: int
    role: str
    joined: bool
    verb: int
    spoken: bool
    main: bool = False
    kind: str = ""


@dataclass
class Candidate:
    """An earlier mention as an antecedent: its place and how it names.

    ``clashes`` is set where a bare surname's known bearer has another gender than the pronoun.
    """

    mention: ActorMention
    place: Standing
    start: int
    how: str
    clashes: bool = False


@dataclass(frozen=True)
class Speech:
    """Around a pronoun that speaks: whom its own words name, and who spoke last before it."""

    named: frozenset[str] = frozenset()
    last: str | None = None


@dataclass
class Salience:
    """What has been said so far: how often each actor was named, and who was meant last."""

    named: dict[str, int] = field(default_factory=dict)
    meant: dict[str, int] = field(default_factory=dict)
    last: dict[str, tuple[str, int]] = field(default_factory=dict)
    leaning: dict[str, dict[str, int]] = field(default_factory=dict)
    first: str | None = None
    counted: int = 0


class Scene:
    """The sentences, quotations and clauses of one document, by token."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.doc = annotated.doc
        self.sentence_of = [-1] * len(annotated.doc)
        for number, sentence in enumerate(annotated.sentences):
            for index in range(sentence.first, sentence.last):
                self.sentence_of[index] = number
        self.quotation_of = [-1] * len(annotated.doc)
        self.quoted_sentences: list[tuple[int, int]] = []
        for number, quotation in enumerate(annotated.quotations):
            self._enter_quotation(number, quotation)
        self._verbs: dict[int, int] = {}

    def _enter_quotation(self, number: int, quotation: Quotation) -> None:
        inside = self.annotated.tokens_in(quotation.outer)
        sentences = [self.sentence_of[token.i] for token in inside]
        self.quoted_sentences.append((min(sentences, default=-1), max(sentences, default=-1)))
        for token in inside:
            self.quotation_of[token.i] = number

    def verb_of(self, token: Token) -> int:
        """Return the verb (or root) of the clause a token stands in."""
        found = self._verbs.get(token.i)
        if found is None:
            current = token.head
            for _ in range(_DEEPEST):
                if current.tag_[0] == "V" or current.tag_ == "MD" or current.head.i == current.i:
                    break
                current = current.head
            found = self._verbs[token.i] = current.i
        return found

    def place_of(self, index: int) -> Standing:
        """Return where a token stands."""
        token = self.doc[index]
        number = self.sentence_of[index]
        sentence = self.annotated.sentences[number] if number >= 0 else None
        top, joined = token, False
        for _ in range(_DEEPEST):
            counter = counter_of(top)
            if counter is None and top.dep_ not in ("conj", "appos"):
                break
            joined = joined or top.dep_ == "conj"
            top = counter or top.head
        role = _ROLES.get(top.dep_, "other")
        if role == "pobj" and top.head.lower_ in ("by", "of", "with"):
            role = top.head.lower_
        verb = self.verb_of(top)
        spoken = role in ("subj", "pass") and verb_class(lemma(self.doc[verb])) is not None
        main = self._is_main(self.doc[verb])
        if top.dep_ == "pobj" and top.head.lower_ == "to" and top.head.head.lower_ == "according":
            role, spoken, main = "subj", True, True
        return Standing(
            index, number, sentence.paragraph if sentence else -1,
            bool(sentence and sentence.heading), self.quotation_of[index], role, joined, verb,
            spoken, main,
        )  # fmt: skip

    def _is_main(self, verb: Token) -> bool:
        """Tell whether a verb heads a main clause, alone or beside others."""
        for _ in range(_DEEPEST):
            if verb.dep_ != "conj":
                break
            verb = verb.head
        return verb.dep_ in ("ROOT", "parataxis")

    def relation(self, candidate: Standing, pronoun: Standing) -> str:
        """Return how the clauses of a candidate and a pronoun in one sentence hang together."""
        if candidate.verb == pronoun.verb:
            return "same"
        label = self._climb(pronoun.verb, candidate.verb)
        if label:
            return f"under-{label}"
        label = self._climb(candidate.verb, pronoun.verb)
        return f"over-{label}" if label else "apart"

    def _climb(self, low: int, high: int) -> str:
        """Return the dependency by which the clause of ``low`` hangs below that of ``high``."""
        token = self.doc[low]
        for _ in range(2 * _DEEPEST):
            if token.head.i == token.i:
                return ""
            if token.head.i == high:
                return token.dep_ if token.dep_ in _CLAUSES else "else"
            token = token.head
        return ""


def counter_of(token: Token) -> Token | None:
    """Return the word that counts others, by one of them: "number" in "a number of senators"."""
    link = token.head
    if token.dep_ != "pobj" or link.lower_ not in ("of", "among") or link.dep_ != "prep":
        return None
    noun = link.head
    counts = noun.tag_ in ("CD", "DT") or lemma(noun) in word_list("partitive") or (
        noun.tag_ in ("JJ", "JJR", "JJS") and noun.lower_ in _QUANTITIES
    )  # fmt: skip
    return noun if counts else None


_QUANTITIES = frozenset("many most few several more fewer much".split())
_CLAUSES = frozenset(
    ("ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "prep", "dobj", "parataxis")
)


def features(
    scene: Scene,
    pronoun: Standing,
    candidate: Candidate,
    rank: int,
    salience: Salience,
    gender: str,
    speech: Speech,
) -> list[tuple[str, float]]:
    """Return what speaks for a candidate, as names of features with their values.

    ``rank`` counts the actors met between candidate and pronoun; ``gender`` says how the
    candidate's gender is known: ``known``, ``weak``, ``against`` or ``none``; ``speech`` is what a
    pronoun that speaks is said to say.
    """
    place, mention = candidate.place, candidate.mention
    distance = abs(pronoun.sentence - place.sentence)
    near = str(min(distance, 3))
    after = place.token > pronoun.token
    actor = mention.actors[0]
    side = "after" if after else near
    found = [
        (f"distance {side}", 1.0),
        (f"rank {min(rank, 4)}", 1.0),
        (f"role {place.role}", 1.0),
        (f"roles {pronoun.role} {place.role} {side if after or distance < 2 else '2'}", 1.0),
        (f"how {candidate.how}", 1.0),
        (f"gender {gender}", 1.0),
        ("words between", math.log1p(abs(pronoun.token - place.token))),
        ("sentences between", float(min(distance, 12))),
        ("named", math.log1p(salience.named.get(actor, 0))),
        ("meant", math.log1p(salience.meant.get(actor, 0))),
    ]
    if distance == 0:
        found.append(
            (
                f"clause {scene.relation(place, pronoun)} {place.role} {'after' if after else ''}",
                1.0,
            )
        )
    found += _marks(scene, pronoun, candidate, salience)
    found += _speech_marks(scene, pronoun, candidate, speech)
    return found


def _speech_marks(
    scene: Scene, pronoun: Standing, candidate: Candidate, speech: Speech
) -> list[tuple[str, float]]:
    place, actor = candidate.place, candidate.mention.actors[0]
    found = []
    if place.role in ("subj", "pass") and place.sentence < pronoun.sentence and not place.main:
        found.append(("embedded", 1.0))
    if speech.last == actor:
        found.append(("spoke last", 1.0))
    if actor in speech.named:
        found.append(("named in own words", 1.0))
    elif pronoun.spoken and place.sentence == pronoun.sentence and place.token < pronoun.token:
        reported = scene.relation(place, pronoun) == "over-ccomp"
        if reported and place.quotation == pronoun.quotation:
            found.append(("in what it reports", 1.0))
    return found


def _marks(
    scene: Scene, pronoun: Standing, candidate: Candidate, salience: Salience
) -> list[tuple[str, float]]:
    place, actor = candidate.place, candidate.mention.actors[0]
    found = []
    if place.joined:
        found.append(("joined", 1.0))
    if salience.first == actor:
        found.append(("first", 1.0))
    if candidate.mention.first == scene.annotated.sentences[place.sentence].first:
        found.append(("opens", 1.0))
    if place.paragraph == pronoun.paragraph:
        found.append(("paragraph", 1.0))
    if place.heading:
        found.append(("heading", 1.0))
    if place.quotation != pronoun.quotation:
        kind = "into" if pronoun.quotation >= 0 else "out of"
        found.append((f"quotation {kind}", 1.0))
    if place.spoken:
        found.append(("speaks", 1.0))
        if pronoun.spoken:
            found.append(("both speak", 1.0))
        if pronoun.quotation >= 0 and place.quotation < 0 and place.sentence == pronoun.sentence:
            found.append(("own quotation", 1.0))
    new = candidate.how == "full" and salience.named.get(actor, 0) == 1
    apart = place.quotation < 0 and not place.joined and place.role not in ("poss", "mod")
    if new and apart and pronoun.spoken and 0 <= pronoun.sentence - place.sentence < 2:
        found.append(("introduced", 1.0))
    last = salience.last.get(pronoun.kind)
    if last is not None and last[0] == actor:
        found.append((f"meant last {min(pronoun.sentence - last[1], 2)}", 1.0))
    return found
