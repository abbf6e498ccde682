"""Reading: raw page → ``Document``.

In comes a ``RawPage``: bytes of a web page or a text. Out goes a ``Document``: the article's text
without furniture, its paragraphs and headings, title, byline, publisher, language and date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError
from onrecord.record import Document

if TYPE_CHECKING:
    from onrecord.collecting.sources import RawPage

__all__ = ["document_from"]


def document_from(
    page: RawPage, *, published: str | None = None, title: str | None = None
) -> Document:
    """Make a document of a raw page: a web page or plain text, told apart by its bytes.

    Raises ``OnrecordError``, its message beginning with the page's name, where the bytes are no
    text (a PDF, an image, an archive), hold no article, or a date cannot be read.
    """
    from onrecord.reading.kinds import text_of

    try:
        kind, text = text_of(page.content, page.media_type, page.charset)
        if kind == "html":
            from onrecord.reading.page import document_from_html

            return document_from_html(
                text, url=page.url, published=published, retrieved_at=page.retrieved_at
            )
        from onrecord.reading.plain import document_from_text

        return document_from_text(
            text,
            title=title,
            url=page.url,
            published=published,
            retrieved_at=page.retrieved_at,
            furniture=True,
        )
    except OnrecordError as error:
        raise type(error)(f"{page.name}: {error}") from None
