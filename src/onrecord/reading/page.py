"""Web page → Document."""

from __future__ import annotations

from onrecord.errors import OnrecordError
from onrecord.reading.article import article_of
from onrecord.reading.blocks import ArticleBlock
from onrecord.reading.dates import date_option, moment, when_of
from onrecord.reading.documents import MAX_CHARACTERS, document, fold
from onrecord.reading.encoding import decode_html
from onrecord.reading.language import language_of
from onrecord.reading.markup import parse
from onrecord.reading.metadata import Metadata, metadata_of
from onrecord.reading.topmatter import TopMatter, publication_date, top_matter
from onrecord.record import Document, When


def document_from_html(
    html: str | bytes,
    *,
    url: str | None = None,
    published: str | None = None,
    retrieved_at: str | None = None,
    charset: str | None = None,
) -> Document:
    """Make a document of a web page: the article, without what the page put around it.

    ``charset`` is what the server said. Raises ``OnrecordError`` where the page holds no article
    text, is too deeply nested or too large, or a given date cannot be read.
    """
    given = when_of(date_option(published, "published")) if published is not None else None
    if retrieved_at is not None:
        moment(retrieved_at)
    tree = parse(decode_html(html, charset) if isinstance(html, bytes) else html)
    metadata = metadata_of(tree, url)
    blocks = article_of(tree, metadata.body, metadata.byline)
    if all(block.heading for block in blocks):
        raise OnrecordError(
            "no article text on the page; give the page of one article, as a browser saves it"
        )
    top = top_matter(tree, metadata.title, [b.text for b in blocks if not b.heading])
    when = given or publication_date(
        metadata.dates, top, metadata.canonical_url or url, retrieved_at
    )
    return _put_together(blocks, metadata, top, url, when, retrieved_at)


def _put_together(
    blocks: list[ArticleBlock],
    metadata: Metadata,
    top: TopMatter,
    url: str | None,
    published: When | None,
    retrieved_at: str | None,
) -> Document:
    paragraphs: list[tuple[int, int]] = []
    headings: list[tuple[int, int]] = []
    position = 0
    all_blocks = _with_headline(blocks, metadata.title)
    for block in all_blocks:
        end = position + len(block.text)
        (headings if block.heading else paragraphs).append((position, end))
        position = end + 2
    if position > MAX_CHARACTERS:
        raise OnrecordError(f"article of over {MAX_CHARACTERS:,} characters; split it")
    return document(
        "\n\n".join(block.text for block in all_blocks),
        paragraphs,
        headings,
        title=metadata.title,
        byline=metadata.byline or top.byline or metadata.house,
        publisher=metadata.publisher,
        url=url,
        canonical_url=metadata.canonical_url,
        language=language_of(" ".join(b.text for b in blocks), metadata.language),
        published=published,
        retrieved_at=retrieved_at,
    )


def _with_headline(blocks: list[ArticleBlock], title: str | None) -> list[ArticleBlock]:
    """Put the headline before the article, and nowhere else near its beginning."""
    if title is None:
        return blocks
    wanted = fold(title)
    rest = [b for i, b in enumerate(blocks) if i > 2 or fold(b.text) != wanted]
    return [ArticleBlock(title, True), *rest]
