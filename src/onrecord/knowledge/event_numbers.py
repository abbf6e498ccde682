"""What is counted about an event (dead, arrested, a crowd), and the words that say so, as tables."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, get_args

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.knowledge.plover import PLOVER
from onrecord.knowledge.tables import read_table
from onrecord.record import EventType, NumberKind

Part = Literal["verb", "noun", "adjective"]
Counted = Literal["object", "subject", "said", "own"]


class KindRow(msgspec.Struct, frozen=True):
    """A kind of number, and the types of event it can belong to."""

    kind: NumberKind
    types: tuple[EventType, ...]
    definition: str


class NumberWord(msgspec.Struct, frozen=True):
    """A word that says what a number counts, and which of its arguments holds the number."""

    kind: NumberKind
    part: Part
    words: str
    counted: Counted
    example: str
    object: str | None = None


class VagueNumber(msgspec.Struct, frozen=True):
    """A word for a number that is not known, with the least and the most it says."""

    words: str
    low: float
    high: float


@lru_cache(maxsize=1)
def number_kinds() -> dict[str, frozenset[str]]:
    """Return the event types of each kind. Raises ``KnowledgeError`` unless each kind has a row."""
    found = {
        str(row.kind): frozenset(map(str, row.types))
        for row in read_table(PLOVER / "number_kinds.tsv", KindRow)
    }
    if set(found) != set(get_args(NumberKind)):
        raise KnowledgeError("number_kinds.tsv: every kind of number must stand there")
    return found


@lru_cache(maxsize=1)
def number_words() -> dict[tuple[Part, str], tuple[NumberWord, ...]]:
    """Return the words by part of speech and head lemma, those of several words first.

    The head of a verb stands first ("gun down"), that of a noun last ("death toll").
    """
    found: dict[tuple[Part, str], list[NumberWord]] = {}
    for row in read_table(PLOVER / "numbers.tsv", NumberWord):
        head = row.words.split()[-1 if row.part == "noun" else 0]
        found.setdefault((row.part, head), []).append(row)
    return {
        key: tuple(sorted(rows, key=lambda row: (-len(row.words.split()), row.object is None)))
        for key, rows in found.items()
    }


@lru_cache(maxsize=1)
def vague_numbers() -> dict[str, tuple[float, float]]:
    """Return the bounds of words such as "tens of thousands"."""
    rows = read_table(PLOVER / "vague_numbers.tsv", VagueNumber)
    return {row.words: (row.low, row.high) for row in rows}
