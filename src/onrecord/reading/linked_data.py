"""What a page says of its article in JSON-LD, in the words of schema.org."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 3_000_000
_MOST_NODES = 5_000
_NOT_JSON = re.compile(
    r"^\s{0,50}(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>|;)\s{0,50}$"
)
_TAG = re.compile(r"<[^<>]{0,500}>")
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage")


def article_data(tree: HtmlElement) -> dict[str, Any]:
    """Return the node of JSON-LD that describes the article, empty where there is none.

    Nodes typed as articles are taken before others that state a date; those that lie inside
    another article (live updates, lists of articles) are not taken.
    """
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if _is_article(node)]
    for wanted in ("datePublished", "headline"):
        for node in articles:
            if node.get(wanted):
                return node
    others = [node for node in nodes if "WebPage" in _types(node) and node.get("datePublished")]
    return (articles or others or [{}])[0]


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        stack = [_parsed(script.text or "")]
        count = 0
        while stack and count < _MOST_NODES:
            node = stack.pop()
            count += 1
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield node
                stack.extend(node[part] for part in _PARTS if part in node)


def _parsed(text: str) -> Any:
    if len(text) > _LONGEST or max(text.count("["), text.count("{")) > 100_000:
        return None
    for candidate in (text, _NOT_JSON.sub("", text.strip()), text.replace("\\'", "'")):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [str(k) for k in (kind if isinstance(kind, list) else [kind]) if k]


def _is_article(node: dict[str, Any]) -> bool:
    return any(kind.endswith(("Article", "BlogPosting", "Report")) for kind in _types(node))


def words(value: Any) -> str | None:
    """Return a value of JSON-LD as plain text, or none if it is not one string."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    text = " ".join(_TAG.sub(" ", html.unescape(value)).split())
    return text or None


def body_text(data: dict[str, Any]) -> str | None:
    """Return the text of the article, its line ends kept, or none."""
    value = data.get("articleBody")
    if not isinstance(value, str):
        return None
    return _TAG.sub(" ", html.unescape(re.sub(r"</p>|<br ?/?>", "\n", value)))


def names(value: Any) -> list[str]:
    """Return the names of persons or organisations: of a string, an object, or a list of them."""
    values = value if isinstance(value, list) else [value]
    found = [_name(item) for item in values[:50]]
    return list(dict.fromkeys(name for name in found if name))


def _name(item: Any) -> str | None:
    if isinstance(item, dict) and not item.get("name"):
        parts = [words(item.get(part)) for part in ("givenName", "familyName")]
        return " ".join(part for part in parts if part) or None
    return words(item)
