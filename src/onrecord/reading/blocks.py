"""The blocks of a page: paragraphs and headings in the order a reader meets them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from onrecord.errors import OnrecordError
from onrecord.reading.documents import fold

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_BLOCKS = frozenset(("p", "head", "item", "quote", "cell", "list", "table", "row", "div", "code"))
_HEADINGS = ("h2", "h3", "h4")
_HOLDERS = ("p", "li", "div", "td", "span")
_SPACE = re.compile(r"[^\S\n]+")
_SHINGLE = 4
_LONGEST_LINK = 400

Shingles = set[tuple[str, ...]]


class ArticleBlock(msgspec.Struct, frozen=True):
    """One paragraph or heading of an article."""

    text: str
    heading: bool = False


def extracted_blocks(tree: HtmlElement, *, precise: bool) -> list[ArticleBlock]:
    """Return the article as trafilatura finds it, strictly (``precise``) or as usual.

    Raises ``OnrecordError`` where trafilatura stumbles over the page.
    """
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    # What it has to say on a page without an article is said by our own error.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            tree, include_comments=False, include_tables=True, favor_precision=precise
        )
    except (AttributeError, LookupError, LxmlError, RuntimeError, TypeError, ValueError) as error:
        reason = type(error).__name__
        raise OnrecordError(
            f"the page cannot be taken apart ({reason}); save it as text"
        ) from error
    body = getattr(found, "body", None)
    return [] if body is None else list(_blocks(body))


def _blocks(element: _Element) -> Iterator[ArticleBlock]:
    """Yield the blocks below ``element``: inline text between block elements is a block too."""
    heading = element.tag == "head"
    inline: list[str] = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _lines(inline, heading)
            inline = []
            yield from _blocks(child)
        elif child.tag == "lb":
            inline.append("\n")
        else:
            inline.append("".join(child.itertext()))
        inline.append(child.tail or "")
    yield from _lines(inline, heading)


def _lines(inline: list[str], heading: bool) -> Iterator[ArticleBlock]:
    for line in "".join(inline).split("\n"):
        text = _SPACE.sub(" ", line).strip()
        if text:
            yield ArticleBlock(text, heading)


def page_blocks(tree: HtmlElement) -> Iterator[ArticleBlock]:
    """Yield every paragraph, item and heading of a page, article or not."""
    for element in tree.iter("p", "li", "blockquote", *_HEADINGS):
        if element.tag == "blockquote" and element.find(".//p") is not None:
            continue
        text = " ".join("".join(element.itertext()).split())
        if text:
            yield ArticleBlock(text, element.tag in _HEADINGS)


def link_lines(tree: HtmlElement) -> set[str]:
    """Return the folded text of each line of the page that is nothing but a link elsewhere."""
    found: set[str] = set()
    for link in tree.iter("a"):
        text = fold("".join(link.itertext())[:_LONGEST_LINK])
        if not text or (link.get("href") or "#").startswith("#"):
            continue
        holder = link.getparent()
        for _ in range(3):
            if holder is None or _length(holder) > len(text) + 10:
                break
            if holder.tag in _HOLDERS:
                found.add(fold("".join(holder.itertext())))
            holder = holder.getparent()
    return found


def _length(element: _Element) -> int:
    """Return the length of the element's text, white space folded, counted up to a bound."""
    total = 0
    for piece in element.itertext():
        total += len(" ".join(str(piece).split()))
        if total > 2 * _LONGEST_LINK:
            break
    return total


def shingles(text: str) -> Shingles:
    """Return each run of four words of a text, small letters; of a shorter one all its words."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}


def all_shingles(blocks: list[ArticleBlock]) -> Shingles:
    """Return the shingles of all blocks together."""
    return set().union(*(shingles(block.text) for block in blocks))
