"""The numbers of an event: each count of people goes to the one act it belongs to, or to none.

The word that says what is counted ("killed") is the act itself, or stands with it in one clause: as
its subject ("the bombing killed 12"), under "in" or "during", as what follows from it ("leaving 12
dead"). A count that only could be is not given to an act that happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import (
    children,
    is_passive,
    light_verb,
    surface_subjects,
)
from onrecord.coding.event_counts import Count, Counted, count_of, counted_in, counts_people
from onrecord.coding.event_modality import judge
from onrecord.coding.event_rows import CLASS_OF, Row
from onrecord.coding.event_when import clause_of
from onrecord.knowledge.event_numbers import number_kinds, vague_numbers
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import EventNumber, Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS = frozenset("in during at after by from following over amid of when since through".split())
_UP = frozenset({"conj", "advcl", "xcomp", "acl", "relcl", "pcomp", "prep", "pobj", "dobj", "oprd",
                 "amod", "acomp", "attr", "nsubj", "nsubjpass", "appos"})  # fmt: skip
_MARKS = frozenset({"when", "as", "after", "while"})
_REAL = ("happened", "ongoing")
_DEPTH = 6
_BACK = 2
"""How many sentences back a count without a cause of its own may reach."""


def numbers_of(annotated: Annotated, rows: Sequence[Row]) -> list[tuple[EventNumber, ...]]:
    """Return the numbers of each row, in the order of the text; a number goes to one row only."""
    if not rows or not annotated.quantities:
        return [()] * len(rows)
    finder = _Finder(annotated, rows)
    for number, sentence in enumerate(annotated.sentences):
        for place in counted_in(annotated, sentence):
            finder.place(place, sentence, number)
    return [tuple(found) for found in finder.found]


@dataclass
class _Finder:
    annotated: Annotated
    rows: Sequence[Row]
    found: list[list[EventNumber]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.found = [[] for _ in self.rows]
        self.at: dict[int, list[int]] = {}
        self.crowds: dict[int, int] = {}
        numbers = {sentence.first: at for at, sentence in enumerate(self.annotated.sentences)}
        self.in_sentence: dict[int, list[int]] = {}
        for index, row in enumerate(self.rows):
            self.in_sentence.setdefault(numbers[row.sentence.first], []).append(index)
            for token in self.annotated.tokens_in(row.trigger):
                self.at.setdefault(token.i, []).append(index)
            if row.pattern.type == "PROTEST":
                self.crowds.update((party.token, index) for party in row.actors if party.direct)

    def place(self, place: Counted, sentence: Sentence, number: int) -> None:
        """Give a number to the row it belongs to, if there is one."""
        crowd = self._crowd(place)
        if crowd is not None:
            self._give(crowd, Count(place, "crowd", self.rows[crowd].token))
            return
        count = count_of(place)
        if count is None or (count.kind == "crowd" and _one(place.quantity)):
            return
        index = self._tied(count)
        if index is None and not sentence.heading:
            index = self._before(count, number)
        if index is not None:
            self._give(index, count)

    def _crowd(self, place: Counted) -> int | None:
        for token in (place.head, place.noun):
            if token is None or token.i not in self.crowds or _one(place.quantity):
                continue
            index = self.crowds[token.i]
            if counts_people(place) and _takes_part(token, self.rows[index].token):
                return index
        return None

    def _give(self, index: int, count: Count) -> None:
        quantity, annotated = count.place.quantity, self.annotated
        value, low, high = _amount(quantity, annotated.text)
        word = annotated.span_of(count.word.i, count.word.i + 1)
        self.found[index].append(
            EventNumber(
                kind=count.kind, span=quantity.span, word=word, value=value,
                low=low, high=high, approximate=quantity.approximate,
            )
        )  # fmt: skip

    def _tied(self, count: Count) -> int | None:
        """Return the row that the count's own sentence ties it to, the nearest in the syntax."""
        own = self._fitting(count, [count.word], judged=False)
        if own is not None:
            return own
        if count.place.definite or not _sure(count.word):
            return None
        seen: set[int] = set()
        for token in _upwards(count.word, count.place.head):
            for near in _around(token):
                tokens = [found for found in near if found.i not in seen]
                seen.update(found.i for found in tokens)
                if (index := self._fitting(count, tokens)) is not None:
                    return index
        return None

    def _fitting(self, count: Count, tokens: Sequence[Token], judged: bool = True) -> int | None:
        types = number_kinds()[count.kind]
        fits = [
            index
            for token in tokens
            for index in self.at.get(token.i, ())
            if self.rows[index].pattern.type in types
            and (not judged or CLASS_OF[self.rows[index].modality] == "real")
        ]
        at = count.word.i
        return min(fits, key=lambda index: abs(self.rows[index].token.i - at), default=None)

    def _before(self, count: Count, number: int) -> int | None:
        """Return the act of the sentences before that a count without a cause takes up."""
        toll = "toll" in count.word.lower_
        if not _sure(count.word) or count.place.definite:
            return None
        if not toll and not _open(self.annotated, count):
            return None
        for gap in range(_BACK + 1):
            rows = self._real_in(number - gap, count)
            if rows:
                known = {held.kind for index in rows for held in self.found[index]}
                return rows[0] if toll or count.kind not in known else None
        return None

    def _real_in(self, number: int, count: Count) -> list[int]:
        """Return the rows of a sentence, before the count, that happened and may have such counts."""
        types = number_kinds()[count.kind]
        return [
            index
            for index in self.in_sentence.get(number, ())
            if self.rows[index].pattern.type in types
            and self.rows[index].token.i < count.word.i
            and CLASS_OF[self.rows[index].modality] == "real"
        ]


def _takes_part(noun: Token, act: Token) -> bool:
    """Tell whether people do the act in one clause: "6 protesters were arrested" at it do not."""
    carrier = light_verb(act) or act
    return act.is_ancestor(noun) or any(noun.i == own.i or own.is_ancestor(noun)
                                        for own in surface_subjects(carrier))  # fmt: skip


def _one(quantity: Quantity) -> bool:
    return quantity.value == 1


def _amount(quantity: Quantity, text: str) -> tuple[float | None, float | None, float | None]:
    """Return value and bounds; a word such as "hundreds" has those of the table."""
    if quantity.value is not None:
        return quantity.value, None, None
    if quantity.low is not None:
        return None, quantity.low, quantity.high
    words = " ".join(quantity.span.of(text).lower().split())
    fits = [name for name in vague_numbers() if words.endswith(name)]
    return (None, *vague_numbers()[max(fits, key=len)]) if fits else (None, None, None)


def _sure(word: Token) -> bool:
    """Tell whether what a word says has happened: not "could kill", "feared dead", "if 12 die"."""
    if judge(word).modality not in _REAL:
        return False
    clause = clause_of(word)
    return clause.tag_[:1] != "V" or clause.i == word.i or judge(clause).modality in _REAL


def _upwards(word: Token, head: Token) -> Iterator[Token]:
    """Yield the word, the head of the number, and what governs them, clause by clause."""
    yield word
    yield head
    place = word
    for _ in range(_DEPTH):
        if place.dep_ not in _UP:
            return
        within = place.dep_ in ("acl", "relcl")
        place = place.head
        yield place
        if within:
            return


def _around(token: Token) -> Iterator[list[Token]]:
    """Yield what may be the cause beside a word: itself, its subject, what it is in or after."""
    yield [token]
    if token.tag_[:1] == "V" and not is_passive(token):
        yield [found for subject in surface_subjects(token) for found in _phrase(subject)]
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in _LINKS:
            yield [found for held in children(child, "pobj", "pcomp") for found in _phrase(held)]
    for child in children(token, "advcl"):
        if any(mark.lower_ in _MARKS for mark in children(child, "mark", "advmod")):
            yield [child, *children(child, "dobj", "nsubj", "conj")]
    if token.tag_[:1] == "V":
        yield children(token, "dobj")


def _phrase(noun: Token) -> list[Token]:
    """Return the tokens of a noun phrase, without the clauses in it."""
    found: list[Token] = []
    queue = [noun]
    while queue and len(found) < 20:
        token = queue.pop(0)
        found.append(token)
        queue += children(
            token, "compound", "amod", "prep", "pobj", "conj", "nmod", "poss", "pcomp"
        )
    return found


def _open(annotated: Annotated, count: Count) -> bool:
    """Tell whether a clause names no cause of its own: "12 people were killed, officials said"."""
    word = count.word
    if word.tag_[:1] == "V" and not is_passive(word) and word.tag_ not in ("VBN", "VBD"):
        return False
    if any(child.tag_[:1] == "W" for child in word.lefts) or word.dep_ in ("relcl", "acl"):
        return False
    for token in (word, count.place.head, word.head if word.dep_ == "conj" else word):
        if children(token, "agent", "dobj"):
            return False
        for child in children(token, "prep"):
            if child.lower_ in _LINKS and any(
                not _place_or_time(annotated, held) for held in children(child, "pobj", "pcomp")
            ):
                return False
        for child in children(token, "advcl"):
            if any(mark.lower_ in _MARKS for mark in children(child, "mark", "advmod")):
                return False
    return True


def _place_or_time(annotated: Annotated, token: Token) -> bool:
    if token.ent_type_ in ("DATE", "TIME", "GPE", "LOC"):
        return True
    span = Span(token.idx, token.idx + len(token))
    spans = [item.span for item in annotated.times] + [item.span for item in annotated.places]
    return any(item.overlaps(span) for item in spans)
