"""The article on a page: its paragraphs and headings, without what stands around them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from onrecord.reading.blocks import (
    ArticleBlock,
    Shingles,
    all_shingles,
    extracted_blocks,
    link_lines,
    page_blocks,
    shingles,
)
from onrecord.reading.documents import fold
from onrecord.reading.furniture import without_furniture
from onrecord.reading.paragraphs import ends_sentence

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Chosen on the development pages of benchmarks/pages.py.
_SENTENCE_WORDS = 9
_LINK_WORDS = 6
_MUCH_MORE = 1.7
_ENOUGH_WORDS = 100
_SAME_READING = 0.7
_OLD = 0.4
_OVERLOOKED = 0.2
_OVERLOOKED_SHINGLES = 100
_COVERED = 0.8


def article_of(
    tree: HtmlElement, stated: str | None = None, byline: str | None = None
) -> list[ArticleBlock]:
    """Return the paragraphs and headings of the article on a page, in order; none if it has none.

    trafilatura reads the page twice: strictly, which now and then loses a paragraph inside the
    article, and as usual, which lets more furniture through. What only the second sees is taken
    where it is running text before or inside what the first sees. ``stated`` is the text that the
    page's metadata give as the article's: where much of it is missing, it is looked for on the page.
    ``byline`` helps to know a note on the author.
    """
    links = link_lines(tree)
    usual = _trimmed(extracted_blocks(tree, precise=False), links, byline)
    strict = _trimmed(extracted_blocks(tree, precise=True), links, byline)
    blocks = _joined(strict, usual)
    if stated and _overlooks(blocks, stated):
        blocks = _trimmed(_recovered(tree, stated), links, byline) or blocks
    return blocks


def _trimmed(blocks: list[ArticleBlock], links: set[str], byline: str | None) -> list[ArticleBlock]:
    """Take out furniture, mere links, lines that repeat the one before, headings over nothing."""
    keep = without_furniture([block.text for block in blocks], byline)
    kept: list[ArticleBlock] = []
    for block, stays in zip(blocks, keep, strict=True):
        again = bool(kept) and fold(kept[-1].text) == fold(block.text)
        if stays and not again and not _is_link(block, links):
            kept.append(block)
    while kept and kept[-1].heading:
        kept.pop()
    return kept


def _is_link(block: ArticleBlock, links: set[str]) -> bool:
    """Tell whether a block is a line of words, not a sentence, that only links elsewhere."""
    if block.heading or len(block.text.split()) < _LINK_WORDS or ends_sentence(block.text):
        return False
    return fold(block.text) in links


def _joined(strict: list[ArticleBlock], usual: list[ArticleBlock]) -> list[ArticleBlock]:
    """Return the strict reading, with the running text that only the usual one has."""
    usual = _once(usual)
    if _prose_words(usual) > max(_MUCH_MORE * _prose_words(strict), _ENOUGH_WORDS):
        return usual
    seen = {fold(block.text) for block in strict}
    common = [i for i, block in enumerate(usual) if fold(block.text) in seen]
    if len(common) < _SAME_READING * len(strict):
        return strict
    there = all_shingles(strict)
    joined = list(strict)
    place = len(joined)
    for index in range(common[-1] if common else -1, -1, -1):
        block = usual[index]
        if fold(block.text) in seen:
            place = _place(joined, block, place)
        elif _belongs(usual, index, common[0]) and _is_new(block, there):
            joined.insert(place, block)
    return joined


def _once(blocks: list[ArticleBlock]) -> list[ArticleBlock]:
    """Drop sentences that stand on the page more than once: notices, not article."""
    often = Counter(fold(block.text) for block in blocks)
    return [b for b in blocks if often[fold(b.text)] == 1 or not _is_sentence(b)]


def _place(blocks: list[ArticleBlock], wanted: ArticleBlock, before: int) -> int:
    """Return the index of ``wanted``, at or before ``before``; ``before`` where it is later."""
    for index in range(min(before, len(blocks) - 1), -1, -1):
        if fold(blocks[index].text) == fold(wanted.text):
            return index
    return before


def _belongs(usual: list[ArticleBlock], index: int, first: int) -> bool:
    """Tell whether a block that the strict reading lacks is part of the article."""
    block = usual[index]
    if block.heading:
        return first < index and not usual[index + 1].heading and _is_sentence(usual[index + 1])
    return _is_sentence(block)


def _is_new(block: ArticleBlock, there: Shingles) -> bool:
    """Tell whether a block is not just another cut of text that is there already."""
    parts = shingles(block.text)
    return len(parts & there) < _OLD * len(parts)


def _is_sentence(block: ArticleBlock) -> bool:
    return ends_sentence(block.text) and len(block.text.split()) >= _SENTENCE_WORDS


def _prose_words(blocks: list[ArticleBlock]) -> int:
    return sum(len(b.text.split()) for b in blocks if not b.heading and ends_sentence(b.text))


def _overlooks(blocks: list[ArticleBlock], stated: str) -> bool:
    """Tell whether much of the stated text is missing, and what is there belongs to it."""
    there = all_shingles(blocks)
    wanted = shingles(stated)
    if len(wanted - there) < max(_OVERLOOKED_SHINGLES, _OVERLOOKED * len(wanted)):
        return False
    return len(there & wanted) >= _COVERED * len(there)


def _recovered(tree: HtmlElement, stated: str) -> list[ArticleBlock]:
    """Return the blocks of the page that the stated text holds; that text itself if few are."""
    wanted = shingles(stated)
    found = [
        block
        for block in page_blocks(tree)
        if len((parts := shingles(block.text)) & wanted) >= _COVERED * len(parts)
    ]
    if len(all_shingles(found)) >= _COVERED * len(wanted):
        return list({fold(block.text): block for block in found}.values())
    return [ArticleBlock(text) for text in map(str.strip, stated.split("\n")) if text]
