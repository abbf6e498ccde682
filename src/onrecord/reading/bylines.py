"""Bylines: who a page or a line says wrote the article; nobody where it says nobody."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.reading.documents import fold

_MOST_AUTHORS = 12
_BY = re.compile(
    r"^(?:(?:written|reported|posted|published) )?(?:by|von|por|par|di|door|av)[: ] ?",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_][^\W\d_.'’-]{0,30}(?:[.'’-][^\W\d_]{0,30}){0,4}\.?"
_NAME = re.compile(r"[^\s\d<>@/|;:!?\"]{1,40}(?: [^\s\d<>@/|;:!?\"]{1,40}){0,5}")
_LINE = re.compile(
    r"(?:(?:Analysis|Comment|Interview|Opinion|Report|Reported|Reporting|Story|Text|Words|Written) )?"
    rf"[Bb][Yy]:? (?P<names>(?:{_WORD})(?:,? (?:and |& )?{_WORD}){{1,17}})"
    r"(?: ?[|·•,–—-] ?.{0,80}| for .{2,60})?"
)
_JOINERS = re.compile(r"\s*(?:,|;|\||&| and | und | y | et )\s*")


class NotAuthor(msgspec.Struct, frozen=True):
    """One row of ``not_authors.tsv``."""

    language: str
    word: str


def byline_of(authors: list[str]) -> str | None:
    """Return the authors, separated by a comma and a space, or none where no name is one.

    Addresses, "admin", "staff" and the like are not authors.
    """
    found: list[str] = []
    for author in authors[:_MOST_AUTHORS]:
        for name in _JOINERS.split(_BY.sub("", " ".join(author.split()))):
            if _is_author(name) and name not in found:
                found.append(name)
    return ", ".join(found[:_MOST_AUTHORS]) or None


def byline_in(line: str) -> str | None:
    """Return the authors of a line that is a byline ("By Jane Doe and John Roe"), or none."""
    text = " ".join(line[:300].split())
    match = _LINE.fullmatch(text) if len(text) <= 200 else None
    if not match:
        return None
    parts = [part for part in _JOINERS.split(match["names"]) if part]
    persons = [part for part in parts if _is_person(part)]
    if persons[:1] == parts[:1] and all(part[0].isupper() for part in parts):
        return byline_of(persons)
    return None


def _is_person(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and words[0][0].isupper() and words[-1][0].isupper()


def _is_author(name: str) -> bool:
    if not 2 <= len(name) <= 80 or "@" in name or "//" in name or "www." in name:
        return False
    if not _NAME.fullmatch(name):
        return False
    return not set(fold(name).split()) <= _nobody()


@cache
def _nobody() -> frozenset[str]:
    rows = read_table(FOLDER / "reading" / "not_authors.tsv", NotAuthor)
    return frozenset(fold(row.word) for row in rows)
