"""The parts of an article, put together as a Document."""

from __future__ import annotations

import unicodedata

from onrecord.record import Document, When, identifier

MAX_CHARACTERS = 5_000_000

Pairs = list[tuple[int, int]]


def document(
    text: str,
    paragraphs: Pairs,
    headings: Pairs,
    *,
    title: str | None = None,
    byline: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    canonical_url: str | None = None,
    language: str | None = None,
    published: When | None = None,
    retrieved_at: str | None = None,
) -> Document:
    """Make a document with an id of its content: the folded text and the canonical address."""
    return Document(
        id=identifier("doc", fold(text, keep_case=True), canonical_url or url or ""),
        text=text,
        title=title,
        byline=byline,
        publisher=publisher,
        url=url,
        canonical_url=canonical_url,
        language=language,
        published=published,
        retrieved_at=retrieved_at,
        paragraphs=tuple(paragraphs),
        headings=tuple(headings),
    )


def fold(text: str, *, keep_case: bool = False) -> str:
    """Return text in NFC with each stretch of white space as one space, and small letters."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return folded if keep_case else folded.casefold()
