"""Lists of words used in reading names, from ``word_lists.tsv``."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table


class WordList(msgspec.Struct, frozen=True):
    """A named list of words, with a note on what it is for."""

    list: str
    words: tuple[str, ...]
    note: str | None = None


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    rows = read_table(FOLDER / "parsing" / "word_lists.tsv", WordList)
    return {row.list: frozenset(row.words) for row in rows}


def word_list(name: str) -> frozenset[str]:
    """Return a list of words by its name. Raises ``KeyError`` if there is none."""
    return _lists()[name]
