"""Quotations: where quotation marks of any kind open and close, over sentences and paragraphs."""

from __future__ import annotations

import re

from onrecord.parsing.annotated import Quotation
from onrecord.record import Document, Span

_MARKS = re.compile(r"''|``|[\"“”„«»‘’‹›']")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "``": "''", "‘": "’"}
_SINGLE = frozenset("‘’'")
_LONGEST = 6000


def find_quotations(document: Document) -> list[Quotation]:
    """Return the outermost quotations in order. None crosses a paragraph.

    An opening mark that is never closed before the end of its paragraph gives a quotation to that
    end with ``closed`` false: newspapers leave the mark out where the next paragraph goes on.
    Apostrophes open nothing; a single mark quotes only where it stands off a word on the outside.
    """
    found: list[Quotation] = []
    for start, end in sorted([*document.headings, *document.paragraphs]):
        found.extend(_in_block(document.text, start, end))
    return found


def _in_block(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    for mark in _MARKS.finditer(text, start, end):
        if opened is None:
            if _opens(text, mark, start, end):
                opened = mark
        elif _closes(text, opened.group(), mark, end):
            found.append(_quotation(opened, mark.start(), mark.end(), closed=True))
            opened = None
    if opened is not None and opened.group() not in _SINGLE and opened.group() != "'":
        found.append(_quotation(opened, end, end, closed=False))
    return found


def _quotation(opened: re.Match[str], inner_end: int, outer_end: int, *, closed: bool) -> Quotation:
    return Quotation(
        Span(opened.start(), outer_end), Span(opened.end(), max(inner_end, opened.end())), closed
    )


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    form = mark.group()
    if form in ("”", "»", "›") or after.isspace():
        return False
    if form in ("‘", "'", "’"):
        return form != "’" and not before.isalnum() and after.isalnum() and not _elision(text, mark)
    if form in ('"', "''"):
        return not before.isalnum()
    return True


def _elision(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a single mark stands for left-out letters: 'tis, '90s, ’em."""
    return (
        re.match(r"['‘](?:\d\ds?\b|tis\b|twas\b|em\b|til\b|cause\b|n\b)", text[mark.start() :][:8])
        is not None
    )


def _closes(text: str, opening: str, mark: re.Match[str], end: int) -> bool:
    form = mark.group()
    after = text[mark.end()] if mark.end() < end else " "
    if opening in ("‘", "'"):
        if form not in ("’", "'") or after.isalnum():
            return False
        before = text[mark.start() - 1]
        later = _MARKS.search(text, mark.end(), min(end, mark.end() + _LONGEST))
        plural = (
            before == "s" and after == " " and later is not None and later.group() in ("’", "'")
        )
        return not plural
    if opening in ('"', "''"):
        return form == opening or (opening == '"' and form == "”")
    return form in _PAIRS.get(opening, "") or (
        form == '"' and opening == "“" and not after.isalnum()
    )
