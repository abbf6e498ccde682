"""Plain text → Document."""

from __future__ import annotations

import re

from onrecord.errors import OnrecordError
from onrecord.reading.ages import age_of, when_of_age
from onrecord.reading.bylines import byline_in
from onrecord.reading.dates import (
    date_line,
    date_of_match,
    date_option,
    moment,
    when_of,
    written_date,
)
from onrecord.reading.documents import MAX_CHARACTERS, document, fold
from onrecord.reading.furniture import is_furniture_at_edge, without_furniture
from onrecord.reading.language import language_of
from onrecord.reading.paragraphs import Block, blocks_of, is_prose, looks_like_headline
from onrecord.record import Document, Span, When

_OUTER = " \t\n\v\f\r\ufeff\u200b\u00a0"
_HALF = re.compile("[\ud800-\udfff]")
_TOP = 8
_HEADLINE_WORDS = 5
_DATELINE = re.compile(r"[A-ZÀ-Ý][\w .'’/-]{1,40}(?:,| ?[|·•]) ?(?:[A-Z][\w .]{1,20}, ?)?$")


def document_from_text(
    text: str,
    *,
    title: str | None = None,
    url: str | None = None,
    published: str | None = None,
    retrieved_at: str | None = None,
    furniture: bool = False,
) -> Document:
    """Make a document of plain text.

    The text stays as it is but for outer white space and line ends. With ``furniture``, the lines
    that an aggregator put around the article are taken out. Without ``published``, a date that the
    first lines state is taken, or an age ("1 day ago") seen from ``retrieved_at``; else it is unknown.
    Raises ``OnrecordError`` where there is no text, too much of it, or a date cannot be read.
    """
    when = when_of(date_option(published, "published")) if published is not None else None
    if retrieved_at is not None:
        moment(retrieved_at)
    text = clean(text)
    blocks = blocks_of(text)
    when = when or _stated(text, blocks, retrieved_at, spans=not furniture)
    byline = _byline(text, blocks)
    if furniture:
        text = _without_furniture(text, title)
        blocks = blocks_of(text)
    if not any(character.isalnum() for character in text):
        raise OnrecordError("no text; give an article of at least one sentence")
    headline = _headline(text, blocks, title)
    return document(
        text,
        [(b.start, b.end) for b in blocks if not b.heading],
        [(b.start, b.end) for b in blocks if b.heading],
        title=title or headline,
        byline=byline,
        url=url,
        language=language_of(text),
        published=when,
        retrieved_at=retrieved_at,
    )


def clean(text: str) -> str:
    """Return text with a line feed for every line end and no outer white space.

    Raises ``OnrecordError`` where it is empty or longer than 5,000,000 characters.
    """
    if len(text) > MAX_CHARACTERS:
        raise OnrecordError(
            f"text of {len(text):,} characters; the most is {MAX_CHARACTERS:,}: split it into articles"
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip(_OUTER)
    if not text:
        raise OnrecordError("no text; give an article of at least one sentence")
    half = _HALF.search(text)
    if half:
        raise OnrecordError(
            f"half a character (a lone surrogate) at {half.start()}; decode the text again"
        )
    return text


def _headline(text: str, blocks: list[Block], title: str | None) -> str | None:
    """Mark the headline among the blocks, and return its text; none where there is none."""
    first = blocks[0]
    line = text[first.start : first.end]
    if title is not None:
        first.heading = first.heading or fold(line).rstrip(".") == fold(title).rstrip(".")
        return title
    if len(blocks) < 2 or "\n" in line or not looks_like_headline(line):
        return None
    if not any(is_prose(text[b.start : b.end]) for b in blocks[1:_TOP]):
        return None
    first.heading = True
    return " ".join(line.split())


def _byline(text: str, blocks: list[Block]) -> str | None:
    lines = (text[block.start : block.end] for block in blocks[:_TOP])
    return next(filter(None, map(byline_in, lines)), None)


def _without_furniture(text: str, title: str | None) -> str:
    """Take out the lines that are furniture, and the blank lines they leave."""
    lines = text.split("\n")
    keep = without_furniture(lines)
    if title is None and looks_like_headline(lines[0]) and not is_furniture_at_edge(lines[0]):
        # "Watch: ..." and "Explainer: ..." begin headlines as well as links.
        keep[0] = keep[0] or len(lines[0].split()) >= _HEADLINE_WORDS
    kept: list[str] = []
    dropped = False
    for line, stays in zip(lines, keep, strict=True):
        if not stays:
            dropped = True
        elif line.strip() or not (dropped and kept and not kept[-1].strip()):
            kept.append(line)
            dropped = dropped and not line.strip()
    return "\n".join(kept).strip(_OUTER)


def _stated(
    text: str, blocks: list[Block], retrieved_at: str | None, *, spans: bool
) -> When | None:
    """Return the date of publication that the first lines state, or that their age gives."""
    for block in blocks[:_TOP]:
        line = text[block.start : block.end]
        span = Span(block.start, block.end) if spans else None
        found = _date_line(line, block.start) or _age_line(line, span, retrieved_at)
        if found:
            return found if spans else When(found.start, found.end, found.grain, found.basis)
    return None


def _age_line(line: str, span: Span | None, retrieved_at: str | None) -> When | None:
    for part in [line, *line.split("|")]:
        age = age_of(part)
        when = when_of_age(age, retrieved_at) if age else None
        if when:
            return When(when.start, when.end, when.grain, when.basis, span)
    return None


def _date_line(line: str, start: int) -> When | None:
    """Return the date of a line that holds nothing else but a place, or of a dateline.

    "Paris | 2 May 2024" is such a line, "PARIS, 2 May 2024 — The" begins with a dateline.
    """
    match = written_date().search(line[:120])
    if not match:
        return None
    day = date_line(line)
    if day is None and _DATELINE.fullmatch(line[: match.start()]):
        after = re.match(r"\s?(?:\([^()]{2,40}\)\s?)?(?:[-–—:]|$)", line[match.end() :])
        day = date_of_match(match) if after else None
    if day is None:
        return None
    when = when_of(day)
    span = Span(start + match.start(), start + match.end())
    return When(when.start, when.end, when.grain, when.basis, span)
