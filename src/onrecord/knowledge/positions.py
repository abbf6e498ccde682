"""Positions as data: the stances, what proves each, words of repetition, words that tell no matter."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.knowledge.tables import FOLDER, numbered_rows, read_table

POSITIONS = FOLDER / "positions"
Direction = Literal["for", "against", "none"]
Says = Literal["again", "often", "long"]
NONE = "none"


class Stance(msgspec.Struct, frozen=True):
    """A stance: its name, and whether it is for the matter or against it."""

    stance: str
    direction: Direction
    definition: str
    example: str


class EvidenceRow(msgspec.Struct, frozen=True):
    """What proves a stance: an event's type or modality, or the class of a cue."""

    source: Literal["type", "modality", "class"] = msgspec.field(name="from")
    name: str
    stance: str
    mode: str | None = None
    words: tuple[str, ...] = ()

    def fits(self, source: str, name: str, mode: str | None, words: str) -> bool:
        """Tell whether a row of a record, with these words as its trigger or cue, is meant."""
        if (self.source, self.name) != (source, name) or (self.mode and self.mode != mode):
            return False
        return not self.words or any(f" {word}" in f" {words.lower()}" for word in self.words)


class Repetition(msgspec.Struct, frozen=True):
    """Words that say a position was held before."""

    says: Says
    words: tuple[str, ...]
    example: str


class WordRow(msgspec.Struct, frozen=True):
    """A line of a plain list of words."""

    words: tuple[str, ...]
    example: str | None = None


@lru_cache(maxsize=1)
def load_stances() -> dict[str, Stance]:
    """Return the stances by name, in the order in which they are preferred."""
    return {row.stance: row for row in read_table(POSITIONS / "stances.tsv", Stance)}


@lru_cache(maxsize=1)
def load_evidence() -> tuple[EvidenceRow, ...]:
    """Return what proves which stance. Raises ``KnowledgeError`` for a stance that is none."""
    found = []
    for number, row in numbered_rows(POSITIONS / "evidence.tsv", EvidenceRow):
        if row.stance != NONE and row.stance not in load_stances():
            raise KnowledgeError(f"evidence.tsv:{number}: unknown stance {row.stance!r}")
        found.append(row)
    return tuple(found)


def stance_of(source: str, name: str, mode: str | None, words: str) -> str | None:
    """Return the stance that a row of a record proves, or none."""
    for row in load_evidence():
        if row.fits(source, name, mode, words):
            return None if row.stance == NONE else row.stance
    return None


@lru_cache(maxsize=1)
def load_repetition() -> tuple[tuple[str, Says], ...]:
    """Return the words of repetition, the longest first, with what they say."""
    rows = read_table(POSITIONS / "repetition.tsv", Repetition)
    pairs = [(word, row.says) for row in rows for word in row.words]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _words_of(file: str) -> tuple[str, ...]:
    """Return the words of a plain list, in its order."""
    return tuple(word for row in read_table(POSITIONS / file, WordRow) for word in row.words)


@lru_cache(maxsize=1)
def words_not_held() -> tuple[str, ...]:
    """Return the words before a cue under which its stance is not taken."""
    return _words_of("not_held.tsv")


@lru_cache(maxsize=1)
def own_sources() -> frozenset[str]:
    """Return sources that speak for the actor of their sentence: "his office"."""
    return frozenset(_words_of("own_voice.tsv"))


@lru_cache(maxsize=1)
def reversing_words() -> frozenset[str]:
    """Return words that turn a stance round: to promise to oppose something is to oppose it."""
    return frozenset(_words_of("reversals.tsv"))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return the words that do not tell one matter from another."""
    return frozenset(_words_of("common_words.tsv"))
