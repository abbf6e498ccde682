"""What stands between a headline and the first paragraph: dates, ages, bylines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from onrecord.reading.ages import age_of, when_of_age
from onrecord.reading.bylines import byline_in
from onrecord.reading.dates import after, date_line, stated_date, when_of
from onrecord.reading.documents import fold
from onrecord.record import When

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_LINES = 60
_LONGEST_LINE = 200
_START = 60
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/_.-]|$)")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "em",
        "font",
        "i",
        "mark",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    ]
)
_SILENT = frozenset(
    ["script", "style", "noscript", "template", "svg", "select", "option", "button", "iframe"]
)


class TopMatter(msgspec.Struct, frozen=True):
    """Lines and ``time`` elements between the headline and the first paragraph, in order."""

    lines: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    @property
    def byline(self) -> str | None:
        """The first line that is a byline, or none."""
        return next(filter(None, map(byline_in, self.lines)), None)


def top_matter(tree: HtmlElement, title: str | None, paragraphs: list[str]) -> TopMatter:
    """Return what stands on the page between its headline and the article's first paragraph.

    Nothing, where the page has no such headline or paragraph: lines elsewhere on a page may be
    those of other articles.
    """
    start = fold(title)[:_START] if title else None
    firsts = [fold(text)[:_START] for text in paragraphs[:3]]
    lines: list[str] = []
    times: list[str] = []
    inside = False
    for text, moment in _lines(tree):
        folded = fold(text)[:_START]
        if start and folded == start:
            inside, lines, times = True, [], []
        elif inside and folded in firsts:
            return TopMatter(tuple(lines[:_MOST_LINES]), tuple(times[:_MOST_LINES]))
        elif inside and len(lines) < _MOST_LINES:
            lines += [text] if len(text) <= _LONGEST_LINE else []
            times += [moment] if moment else []
    return TopMatter()


def _lines(tree: HtmlElement) -> list[tuple[str, str | None]]:
    """Return the lines that a reader sees, each with the ``datetime`` of a ``time`` in it."""
    found: list[tuple[str, str | None]] = []
    pieces: list[str] = []
    moments: list[str] = []

    def end_line() -> None:
        text = " ".join("".join(pieces).split())
        if text or moments:
            found.append((text, moments[0] if moments else None))
        pieces.clear()
        moments.clear()

    body = tree.find(".//body")
    stack = [(body if body is not None else tree, False)]
    while stack:
        element, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if closing:
            if tag not in _INLINE:
                end_line()
            pieces.append(element.tail or "")
            continue
        if tag not in _INLINE:
            end_line()
        if tag == "time" and element.get("datetime"):
            moments.append(element.get("datetime", ""))
        stack.append((element, True))
        if tag and tag not in _SILENT:
            pieces.append(element.text or "")
            stack.extend((child, False) for child in reversed(element))
    end_line()
    return found


def publication_date(
    dates: tuple[str, ...], top: TopMatter, url: str | None, retrieved_at: str | None
) -> When | None:
    """Return when the page says the article was published, or none if it does not say.

    Metadata come first, then the ``time`` elements, dates and ages under the headline, then a day in
    the address. Only an age hangs on the date of retrieval. A date after the retrieval is not taken.
    """
    stated = [stated_date(value) for value in (*dates, *top.times)]
    stated += [date_line(line) for line in top.lines]
    for found in stated:
        if found and not after(found, retrieved_at):
            return when_of(found)
    for line in top.lines:
        age = age_of(line)
        when = when_of_age(age, retrieved_at) if age else None
        if when:
            return when
    match = _IN_ADDRESS.search(urlsplit(url).path) if url else None
    day = stated_date(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}") if match else None
    return when_of(day) if day and not after(day, retrieved_at) else None
