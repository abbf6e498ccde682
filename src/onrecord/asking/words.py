"""Words to look for, as a query of the full-text index: all, in any order and inflection."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Select, column, literal_column, select, table

from onrecord.errors import OnrecordError

_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
_AT_MOST = 50


def full_text_query(words: str) -> str:
    """Return what SQLite's FTS5 is asked for: words, "whole phrases" and beginnings (``fentan*``).

    Raises ``OnrecordError`` where there is no word, or more than fifty.
    """
    pieces = []
    for quoted, bare in _PIECE.findall(words.replace("\0", " ")):
        piece = quoted or bare
        if any(letter.isalnum() for letter in piece):
            pieces.append(f'"{piece.rstrip("*")}"' + ("*" if bare.endswith("*") else ""))
    if not pieces:
        raise OnrecordError(f"there is no word to look for in {words!r}")
    if len(pieces) > _AT_MOST:
        raise OnrecordError(
            f"{len(pieces)} words are too many to look for; give at most {_AT_MOST}"
        )
    return " ".join(pieces)


def with_words(index: str, words: str) -> Select[tuple[int]]:
    """Return the numbers of the rows in which the full-text index ``index`` finds all the words."""
    return select(column("rowid")).select_from(table(index)).where(matches(index, words))


def matches(index: str, words: str) -> ColumnElement[bool]:
    """Return the condition that a row of the full-text index has all the words."""
    return literal_column(index).op("MATCH", is_comparison=True)(full_text_query(words))
