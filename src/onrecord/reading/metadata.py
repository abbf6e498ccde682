"""What a page says of itself: title, byline, publisher, addresses, dates, language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin, urlsplit

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.reading.bylines import byline_of
from onrecord.reading.documents import fold
from onrecord.reading.linked_data import article_data, body_text, names, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Field = Literal["date", "title", "author", "publisher", "language"]
_LONGEST_TITLE = 400
_SEPARATOR = re.compile(r"\s[–—·»:•-]\s|\s?\|\s?")


class MetaName(msgspec.Struct, frozen=True):
    """One row of ``meta_names.tsv``."""

    field: Field
    key: Literal["name", "property", "itemprop"]
    name: str


class Metadata(msgspec.Struct, frozen=True):
    """The metadata of one page.

    ``house`` is the publisher itself where the page credits it as the author; ``dates`` are as
    stated, the best first; ``body`` is the article's text in JSON-LD.
    """

    title: str | None
    byline: str | None
    house: str | None
    publisher: str | None
    canonical_url: str | None
    language: str | None
    dates: tuple[str, ...]
    body: str | None


def metadata_of(tree: HtmlElement, url: str | None) -> Metadata:
    """Return what a page says of itself; none for what it does not say."""
    data = article_data(tree)
    stated = _stated(tree)
    canonical = _canonical(tree, url)
    publisher = _publisher(data, stated)
    address = canonical or url
    credited = names(data.get("author") or data.get("creator"))
    authors = [n for n in [*credited, *stated["author"]] if not _is_name(n, publisher, address)]
    return Metadata(
        title=_title(tree, data, stated, publisher, address),
        byline=byline_of(authors),
        house=byline_of(credited),
        publisher=publisher,
        canonical_url=canonical,
        language=tree.get("lang") or words(data.get("inLanguage")) or _first(stated["language"]),
        dates=_dates(data, stated),
        body=body_text(data),
    )


def _stated(tree: HtmlElement) -> dict[Field, list[str]]:
    """Return the values of the ``meta`` elements by field, in the order of the table."""
    found: dict[tuple[str, str], list[str]] = {}
    for element in tree.iter("meta", "time", "span"):
        for key in ("name", "property", "itemprop"):
            name = element.get(key)
            value = element.get("content") or element.get("datetime")
            if name and value and value.strip():
                found.setdefault((key, name.strip().lower()), []).append(value.strip())
    stated: dict[Field, list[str]] = {
        field: [] for field in ("date", "title", "author", "publisher", "language")
    }
    for row in _meta_names():
        stated[row.field] += found.get((row.key, row.name.lower()), [])
    return stated


def _dates(data: dict[str, Any], stated: dict[Field, list[str]]) -> tuple[str, ...]:
    own = [words(data.get(name)) for name in ("datePublished", "dateCreated", "uploadDate")]
    return tuple(value for value in [own[0], *stated["date"], *own[1:]] if value)


def _publisher(data: dict[str, Any], stated: dict[Field, list[str]]) -> str | None:
    candidates = [*stated["publisher"][:1], *names(data.get("publisher")), *stated["publisher"]]
    for name in candidates:
        text = " ".join(name.split())
        if text and len(text) <= 80 and "//" not in text:
            return text
    return None


def _canonical(tree: HtmlElement, url: str | None) -> str | None:
    """Return the canonical address, absolute, or none if the page names no http(s) one."""
    links = [
        e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").split()
    ]
    links += [e.get("content") for e in tree.iter("meta") if e.get("property") == "og:url"]
    base = next((e.get("href") for e in tree.iter("base") if e.get("href")), None)
    for link in links:
        if link and link.strip():
            found = _absolute(link.strip(), base, url)
            if found:
                return found
    return None


def _absolute(link: str, base: str | None, url: str | None) -> str | None:
    try:
        whole = urljoin(urljoin(url or "", base or ""), link)
        parts = urlsplit(whole)
        return whole if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _title(
    tree: HtmlElement,
    data: dict[str, Any],
    stated: dict[Field, list[str]],
    publisher: str | None,
    url: str | None,
) -> str | None:
    """Return the headline that the page shows, where metadata bear it out; else what they say.

    Where one wording holds the other (a section or a kicker was added) it is the shorter.
    """
    stating = [*stated["title"][:1], words(data.get("headline")), *stated["title"][1:]]
    stating += _text_of(tree, "title")
    wordings = [_without_publisher(w, publisher, url) for w in stating if w]
    wordings = [
        w for w in wordings if 0 < len(w) <= _LONGEST_TITLE and not _is_name(w, publisher, url)
    ]
    headings = [_without_publisher(h, publisher, url) for h in _text_of(tree, "h1")]
    headings = [h for h in headings if 0 < len(h) <= _LONGEST_TITLE]
    for heading in headings:
        if any(_bears_out(heading, wording) for wording in wordings):
            return min([heading, *(w for w in wordings[:1] if _holds(heading, w))], key=len)
    return _first(wordings) or _first(headings)


def _bears_out(heading: str, wording: str) -> bool:
    one, other = (set(re.findall(r"\w+", fold(text))) for text in (heading, wording))
    return len(one) >= 2 and len(one & other) >= 0.5 * min(len(one), len(other))


def _holds(heading: str, wording: str) -> bool:
    one, other = (" ".join(re.findall(r"\w+", fold(text))) for text in (heading, wording))
    return len(other.split()) >= 3 and (one in other or other in one)


def _without_publisher(title: str, publisher: str | None, url: str | None) -> str:
    """Cut off "| Publisher" at the end of a title."""
    text = " ".join(title.split())
    separators = list(_SEPARATOR.finditer(text))
    if not separators:
        return text
    last = separators[-1]
    return text[: last.start()].strip() if _is_name(text[last.end() :], publisher, url) else text


def _is_name(text: str, publisher: str | None, url: str | None) -> bool:
    """Tell whether a text is the name of the publisher, or is in the name of the host."""
    name = fold(text)
    if not name:
        return False
    if publisher is not None and (name in fold(publisher) or fold(publisher) in name[:80]):
        return len(name.split()) <= len(publisher.split()) + 3
    letters = re.sub(r"\W", "", name)
    host = re.sub(r"\W", "", fold((urlsplit(url).hostname or "") if url else ""))
    return len(letters) >= 3 and letters in host


def _text_of(tree: HtmlElement, tag: str) -> list[str]:
    found = (" ".join("".join(e.itertext()).split()) for e in tree.iter(tag))
    return [text for text in found if text][:20]


def _first(values: list[str]) -> str | None:
    return values[0] if values else None


@cache
def _meta_names() -> tuple[MetaName, ...]:
    return tuple(read_table(FOLDER / "reading" / "meta_names.tsv", MetaName))
