"""Furniture: the lines a page puts around and between the paragraphs of an article."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.knowledge.tables import FOLDER, numbered_rows
from onrecord.reading.ages import age_of
from onrecord.reading.bylines import byline_in
from onrecord.reading.dates import date_line
from onrecord.reading.paragraphs import ends_sentence

Where = Literal["any", "edge", "end", "rest"]
_LONGEST = 400
_EDGE = 4
_PROSE_WORDS = 18


class FurnitureLine(msgspec.Struct, frozen=True):
    """One row of ``furniture.tsv``."""

    where: Where
    pattern: str
    example: str
    spare: str | None = None


def without_furniture(lines: list[str], byline: str | None = None) -> list[bool]:
    """Say for each line of an article whether it is to be kept. Empty lines are kept.

    With the ``byline``, a line about its author at the end ("Jane Doe is ...") is furniture too.
    """
    keep = [not line.strip() or not is_furniture(line) for line in lines]
    for index, line in enumerate(lines):
        if keep[index] and _matches("rest", line):
            keep[index] = False
            _drop_links(lines, keep, index + 1)
    _trim("edge", lines, keep, range(len(lines)))
    _trim("end", lines, keep, range(len(lines) - 1, -1, -1), byline)
    return keep


def is_furniture(line: str) -> bool:
    """Tell whether a line is furniture wherever it stands: an advertisement, an age, a credit."""
    return _matches("any", line) or age_of(line) is not None


def is_furniture_at_edge(line: str) -> bool:
    """Tell whether a line is furniture if it stands among the first or last: a byline, a section."""
    return _matches("edge", line) or byline_in(line) is not None


def _trim(
    where: Where, lines: list[str], keep: list[bool], order: range, byline: str | None = None
) -> None:
    """Drop furniture of this place among the first few lines left in ``order``.

    Once a line is dropped the next ones come into reach. A date by itself is furniture only before
    the first sentence: further on it may head a part of the article.
    """
    reach = _EDGE
    authors = tuple(f"{name} is " for name in (byline or "").split(", ") if " " in name)
    dated = order.step > 0
    for index in order:
        line = lines[index]
        if not keep[index] or not line.strip():
            continue
        about_author = bool(authors) and line.startswith(authors)
        placed = _matches(where, line) or is_furniture_at_edge(line)
        if placed or about_author or (dated and date_line(line)):
            keep[index] = False
            continue
        dated = dated and not ends_sentence(line)
        reach -= 1
        if reach == 0:
            return


def _drop_links(lines: list[str], keep: list[bool], start: int) -> None:
    """Drop the short lines without a full stop that follow a heading such as "Related articles"."""
    for index in range(start, len(lines)):
        line = lines[index].strip()
        if len(line.split()) >= _PROSE_WORDS or line.endswith((".", "”", '"', "!", "?", ":")):
            return
        keep[index] = keep[index] and not line


def _matches(where: Where, line: str) -> bool:
    text = " ".join(line[: 2 * _LONGEST].split())
    return 0 < len(text) <= _LONGEST and _pattern(where).fullmatch(text) is not None


@cache
def _pattern(where: Where) -> re.Pattern[str]:
    patterns = [row.pattern for row in rows() if row.where == where]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def rows() -> tuple[FurnitureLine, ...]:
    """Return the rows of ``furniture.tsv``, each pattern held against its example.

    Raises ``KnowledgeError`` with the line of the file where a pattern is broken, misses its
    example or takes the line that it must spare.
    """
    found = []
    path = FOLDER / "reading" / "furniture.tsv"
    for number, row in numbered_rows(path, FurnitureLine):
        try:
            pattern = re.compile(row.pattern, re.IGNORECASE)
        except re.error as error:
            raise KnowledgeError(f"{path.name}:{number}: {error}") from None
        if not pattern.fullmatch(row.example):
            raise KnowledgeError(f"{path.name}:{number}: does not take {row.example!r}")
        if row.spare and pattern.fullmatch(row.spare):
            raise KnowledgeError(f"{path.name}:{number}: takes {row.spare!r}")
        found.append(row)
    return tuple(found)
