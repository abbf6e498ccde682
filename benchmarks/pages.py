"""Article text, titles and dates of web pages: ours beside trafilatura alone on the same pages.

Three sets: ``aeb`` (scrapinghub/article-extraction-benchmark, article text), ``fundus`` (Fundus'
evaluation, hand-typed paragraphs; lines in [brackets] are optional) and ``fixtures`` (Fundus' test
pages of 85 publishers: text, title, day of publication, authors). Text is scored as the first set's
own benchmark does: multisets of four-word shingles, precision and recall averaged over the pages.

usage: python benchmarks/pages.py [SHARED]
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import trafilatura

from onrecord.errors import OnrecordError
from onrecord.reading.page import document_from_html
from onrecord.record import Document

_SHINGLE = 4


class Gold(msgspec.Struct):
    """A page and what is right about it. ``optional`` lines may be in the text or not."""

    name: str
    page: bytes
    url: str | None
    text: str
    optional: list[str] = []
    title: str | None = None
    day: str | None = None
    authors: list[str] | None = None


class Found(msgspec.Struct):
    """What a reader found on a page."""

    text: str
    title: str | None = None
    day: str | None = None
    byline: str | None = None


def aeb(pages: Path) -> Iterator[Gold]:
    """Yield the pages of article-extraction-benchmark."""
    folder = pages / "aeb-dev"
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, row in truth.items():
        page = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Gold(name, page, row.get("url"), row["articleBody"])


def fundus(pages: Path) -> Iterator[Gold]:
    """Yield the pages of Fundus' evaluation."""
    folder = pages / "fundus-eval-dev"
    truth = json.loads((folder / "ground_truth.json").read_text("utf-8"))
    for name, row in truth.items():
        stem = name.removesuffix(".gz").removesuffix(".html")
        page = gzip.decompress((folder / "html" / f"{stem}.html.gz").read_bytes())
        lines = row["body"]
        needed = [line for line in lines if not line.startswith("[")]
        optional = [line.strip("[]") for line in lines if line.startswith("[")]
        yield Gold(stem, page, row.get("url"), "\n".join(needed), optional)


def fixtures(pages: Path) -> Iterator[Gold]:
    """Yield the test pages of Fundus, each with the version of the truth that belongs to it."""
    folder = pages / "fundus-fixtures-dev"
    if not folder.exists():
        raise FileNotFoundError(2, "no such folder", str(folder))
    for path in sorted(folder.glob("*/*.html.gz")):
        publisher = path.name.split("_")[0]
        versions = json.loads((path.parent / f"{publisher}.json").read_text("utf-8"))
        page = gzip.decompress(path.read_bytes())
        about = json.loads((path.parent / "meta.info").read_text("utf-8")).get(path.name, {})
        row = _version(page, list(versions.values()))
        if row is None:
            continue
        yield Gold(
            f"{path.parent.name}/{path.name.removesuffix('.html.gz')}",
            page,
            about.get("url"),
            _body(row["body"]),
            list(row["body"].get("summary", [])),
            row.get("title"),
            (row.get("publishing_date") or "")[:10] or None,
            row.get("authors") or [],
        )


def _body(body: dict[str, Any]) -> str:
    lines: list[str] = []
    for section in body["sections"]:
        lines += [*section["headline"], *section["paragraphs"]]
    return "\n".join(lines)


def _version(page: bytes, versions: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the version most of whose words' shingles are on the page; none if none fits."""
    on_page = set(
        shingles(html.unescape(re.sub(r"<[^>]{0,2000}>", " ", page.decode("utf-8", "replace"))))
    )
    best, share = None, 0.3
    for row in versions:
        wanted = set(shingles(_body(row["body"])))
        found = len(wanted & on_page) / max(1, len(wanted))
        if found > share:
            best, share = row, found
    return best


def shingles(text: str) -> Iterator[tuple[str, ...]]:
    """Yield each run of four words; of a shorter text all its words."""
    words = re.findall(r"\w+", text)
    for start in range(max(1, len(words) - _SHINGLE + 1)):
        yield tuple(words[start : start + _SHINGLE])


def precision_recall(gold: Gold, text: str) -> tuple[float, float]:
    """Return precision and recall of ``text``; optional lines count only where they are found."""
    found = Counter(shingles(text)) if text.strip() else Counter()
    present = [o for o in gold.optional if _share(o, found) > 0.5]
    wanted = Counter(shingles("\n".join([gold.text, *present])))
    right = sum((wanted & found).values())
    return right / max(1, sum(found.values())), right / max(1, sum(wanted.values()))


def _share(line: str, found: Counter[tuple[str, ...]]) -> float:
    parts = list(shingles(line))
    return sum(part in found for part in parts) / max(1, len(parts))


def ours(gold: Gold) -> Found:
    """Read a page with onrecord. The headline is left out of the text, as in the sets."""
    try:
        document = document_from_html(gold.page, url=gold.url)
    except OnrecordError:
        return Found("")
    day = document.published.start[:10] if document.published and document.published.start else None
    return Found(_text(document), document.title, day, document.byline)


def _text(document: Document) -> str:
    spans = sorted([*document.paragraphs, *document.headings])
    lines = [document.text[start:end] for start, end in spans]
    return "\n".join(lines[1:] if lines and lines[0] == document.title else lines)


def plain_trafilatura(gold: Gold, *, precision: bool = False) -> Found:
    """Read a page with trafilatura alone."""
    found = trafilatura.bare_extraction(
        gold.page,
        url=gold.url,
        favor_precision=precision,
        include_comments=False,
        with_metadata=True,
    )
    if found is None:
        return Found("")
    row = found if isinstance(found, dict) else found.as_dict()
    return Found(row.get("text") or "", row.get("title"), row.get("date"), row.get("author"))


def scores(golds: list[Gold], found: list[Found]) -> dict[str, float]:
    """Return precision, recall and F1 of the texts, and the shares of right titles and days."""
    pairs = [precision_recall(gold, answer.text) for gold, answer in zip(golds, found, strict=True)]
    precision = sum(p for p, _ in pairs) / len(pairs)
    recall = sum(r for _, r in pairs) / len(pairs)
    figures = {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
    }
    for field in ("title", "day"):
        rows = [(getattr(g, field), getattr(f, field)) for g, f in zip(golds, found, strict=True)]
        known = [(_fold(a), _fold(b)) for a, b in rows if a]
        if known:
            figures[field] = sum(a == b for a, b in known) / len(known)
    authors = [
        (g.authors, f.byline) for g, f in zip(golds, found, strict=True) if g.authors is not None
    ]
    if authors:
        named = [(a, b or "") for a, b in authors if a]
        bare = [b for a, b in authors if not a]
        figures["byline"] = sum(_fold(a[0]) in _fold(b) for a, b in named) / len(named)
        figures["invented bylines"] = sum(b is not None for b in bare) / max(1, len(bare))
    return figures


def _fold(value: str | None) -> str:
    return " ".join(re.findall(r"\w+", (value or "").casefold()))


def run(shared: Path) -> dict[str, float]:
    """Return the figures of all sets that are there, as ``set/reader/figure``."""
    figures: dict[str, float] = {}
    for name, pages in (("aeb", aeb), ("fundus", fundus), ("fixtures", fixtures)):
        try:
            golds = list(pages(shared / "data" / "pages"))
        except FileNotFoundError as error:
            print(f"pages/{name}: not here ({error.filename})", file=sys.stderr)
            continue
        for reader, read in (("onrecord", ours), ("trafilatura", plain_trafilatura)):
            start = time.process_time()
            found = [read(gold) for gold in golds]
            seconds = (time.process_time() - start) / max(1, len(golds))
            row = scores(golds, found) | {"seconds a page": seconds}
            figures |= {f"{name}/{reader}/{key}": value for key, value in row.items()}
    return figures


def main() -> None:
    """Print the figures, one a line."""
    default = Path(__file__).resolve().parents[2] / "shared"
    for key, value in run(Path(sys.argv[1]) if len(sys.argv) > 1 else default).items():
        print(f"{value:8.4f}  {key}")


if __name__ == "__main__":
    main()
