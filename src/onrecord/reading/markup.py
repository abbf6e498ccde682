"""HTML → a tree that can be walked without harm: capped in size and depth."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# libxml2 leaves out, in silence, whatever lies deeper than 256 elements.
MAX_DEPTH = 240
MAX_ELEMENTS = 100_000
_MAX_SCANNED_DEPTH = 2_000
MAX_CHARACTERS = 15_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})|<!--|<!\[CDATA\[")
_FLAT = frozenset(
    [
        "area",
        "base",
        "basefont",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dd",
        "dt",
        "option",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
    ]
)
_SKIPPED = {
    "<!--": re.compile("-->"),
    "<![cdata[": re.compile("]]>"),
    "script": re.compile(r"</script\b", re.IGNORECASE),
    "style": re.compile(r"</style\b", re.IGNORECASE),
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_XML_DECLARATION = re.compile(r"^\s{0,50}<\?xml[^>]{0,200}\?>")


def parse(html: str) -> HtmlElement:
    """Parse a page. Raises ``OnrecordError`` where it is empty, too large or too deeply nested."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if len(html) > MAX_CHARACTERS:
        raise OnrecordError("page of over 15 MB; give the page of one article")
    text = _XML_DECLARATION.sub("", _CONTROLS.sub(" ", html))
    if not text.strip():
        raise OnrecordError("an empty page; nothing to read")
    if depth(text) > _MAX_SCANNED_DEPTH:
        raise _too_deep()
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise OnrecordError(f"not a page of HTML ({reason}); save it again") from None
    deepest, count = _tree_size(tree)
    if deepest > MAX_DEPTH:
        raise _too_deep()
    if count > MAX_ELEMENTS:
        raise OnrecordError(f"a page of {count:,} elements; give the page of one article")
    return tree


def _too_deep() -> OnrecordError:
    return OnrecordError(
        f"elements nested over {MAX_DEPTH} deep; save the page as plain text and give that"
    )


def _tree_size(tree: HtmlElement) -> tuple[int, int]:
    """Return how deeply elements are nested, at most, and how many there are."""
    from lxml.etree import iterwalk

    deepest = level = count = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        if event == "start":
            count += 1
            level += 1
            deepest = max(deepest, level)
        else:
            level -= 1
    return deepest, count


def depth(html: str) -> int:
    """Return how deeply elements are nested, at most, by one pass over the tags.

    Elements that close themselves (``p``, ``li``, ``br``) are not counted, so this is a bound for
    pages as they are and sees the depth of pages made to do harm.
    """
    deepest = level = position = 0
    open_elements: Counter[str] = Counter()
    ends = _Ends(html)
    while match := _TAG.search(html, position):
        name = (match[2] or match[0]).lower()
        position = match.end()
        if name in _SKIPPED:
            position = ends.after(name, position)
        elif match[1] and open_elements[name]:
            open_elements[name] -= 1
            level -= 1
        elif not match[1] and name not in _FLAT:
            open_elements[name] += 1
            level += 1
            deepest = max(deepest, level)
    return deepest


class _Ends:
    """Finds where comments and raw elements end; each end that is missing is sought only once."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._missing: set[str] = set()

    def after(self, name: str, position: int) -> int:
        """Return the position behind the end of ``name``, or ``position`` where it never ends."""
        if name in self._missing:
            return position
        match = _SKIPPED[name].search(self._html, position)
        if match is None:
            self._missing.add(name)
            return position
        return match.end()
