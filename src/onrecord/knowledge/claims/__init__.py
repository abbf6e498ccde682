"""Words of change and bases of comparison, for numeric claims."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.knowledge.tables import FOLDER, numbered_rows, read_table


class ChangeWord(msgspec.Struct, frozen=True):
    """A word that says which way a figure goes."""

    word: str
    way: Literal["up", "down"]


class BasisPattern(msgspec.Struct, frozen=True):
    """What a change is measured against: a pattern, its name, an example that it must match."""

    pattern: str
    basis: str
    example: str


@lru_cache(maxsize=1)
def change_words() -> dict[str, Literal["up", "down"]]:
    """Return the way of each word of change by its lemma."""
    rows = read_table(FOLDER / "claims" / "changes.tsv", ChangeWord)
    return {row.word: row.way for row in rows}


class HarmWord(msgspec.Struct, frozen=True):
    """A word (lemma) that says people were hurt, held, moved or lost."""

    word: str


@lru_cache(maxsize=1)
def harm_words() -> frozenset[str]:
    """Return the words by which even a small number of people is a claim."""
    return frozenset(row.word for row in read_table(FOLDER / "claims" / "harm.tsv", HarmWord))


class WeakSubjects(msgspec.Struct, frozen=True):
    """Words that say too little of what a figure is about."""

    words: tuple[str, ...]


@lru_cache(maxsize=1)
def weak_subjects() -> frozenset[str]:
    """Return the words by which alone two figures are not taken to be about the same thing."""
    rows = read_table(FOLDER / "claims" / "weak_subjects.tsv", WeakSubjects)
    return frozenset(word for row in rows for word in row.words)


@lru_cache(maxsize=1)
def basis_patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return the compiled bases. Raises ``KnowledgeError`` where an example does not match."""
    path = FOLDER / "claims" / "bases.tsv"
    found = []
    for number, row in numbered_rows(path, BasisPattern):
        try:
            pattern = re.compile(row.pattern)
        except re.error as error:
            raise KnowledgeError(f"{path.name}:{number}: bad pattern: {error}") from None
        if not pattern.search(row.example.lower()):
            raise KnowledgeError(f"{path.name}:{number}: does not match its example")
        found.append((pattern, row.basis))
    return found


def basis_in(text: str) -> str | None:
    """Return the basis of comparison that a stretch of text names, or none."""
    lower = text.lower()
    for pattern, basis in basis_patterns():
        match = pattern.search(lower)
        if match:
            return basis.format(*match.groups()) if match.groups() else basis
    return None
