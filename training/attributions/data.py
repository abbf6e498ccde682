"""PolNeAR articles as training windows: words, pieces, labels and arcs, in several ways of quoting."""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src" / "onrecord" / "coding"))
from tagger_input import CLOSING, OPENING, case_of, quote_states  # noqa: E402
from wordpiece import BREAK, CLS, SEP, WordPiece  # noqa: E402

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
NO_ARC, UNSCORED = -1, -2
MASK = 103
STYLES = {
    "straight": ('"', '"'),
    "doubled": ("''", "''"),
    "curly": ("“", "”"),
    "latex": ("``", "''"),
    "single": ("‘", "’"),
    "guillemets": ("«", "»"),
    "low": ("„", "“"),
    "apostrophe": ("'", "'"),
}
DOUBLE = re.compile(r"''|``|[\"“”„‟«»]")


@dataclass
class Article:
    """One article in one way of quoting.  All arrays but `pieces` run over words."""

    id: str
    text: str
    start: np.ndarray
    end: np.ndarray
    pieces: list[tuple[int, ...]]
    quote: np.ndarray
    case: np.ndarray
    paragraph: np.ndarray
    label: np.ndarray
    head: np.ndarray

    def __len__(self) -> int:
        return len(self.pieces)


def read_articles(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def requote(text: str, style: str) -> tuple[str, np.ndarray]:
    """The text with its double quotation marks in `style`, and for each old offset the new one."""
    states = quote_states(text)
    opening, closing = STYLES[style]
    places, parts, last, shift = np.arange(len(text) + 1), [], 0, 0
    for found in DOUBLE.finditer(text):
        mark = opening if states[found.start()] == OPENING else closing
        parts += [text[last : found.start()], mark]
        last = found.end()
        if found.end() - found.start() == 2:
            places[found.start() + 1] = found.start() + len(mark) + shift
        shift += len(mark) - (found.end() - found.start())
        places[last:] = np.arange(last, len(text) + 1) + shift
    return "".join([*parts, text[last:]]), places


def joined_spans(spans: list, text: str) -> list[tuple[int, int]]:
    """Spans of one role with only white space between them become one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def prepare(row: dict, wordpiece: WordPiece, style: str | None = None) -> Article:
    text, places = (row["text"], None) if style is None else requote(row["text"], style)
    words = wordpiece.words(text)
    states = quote_states(text)
    start = np.array([w.start for w in words], dtype=np.int64)
    end = np.array([w.end for w in words], dtype=np.int64)
    breaks = np.array([w.pieces == (BREAK,) for w in words])
    n = len(words)
    label, head = np.zeros(n, np.int64), np.full(n, UNSCORED, np.int64)

    def inside(span: tuple[int, int]) -> np.ndarray:
        a, b = span if places is None else (places[span[0]], places[span[1]])
        return np.arange(
            np.searchsorted(end, a, side="right"), np.searchsorted(start, b, side="left")
        )

    for attribution in row.get("attributions", []):
        got = {
            r: [w for s in joined_spans(attribution[r], row["text"]) if len(w := inside(s))]
            for r in ROLES
        }
        first = {r: got[r][0][0] if got[r] else NO_ARC for r in ROLES}
        for number, role in reversed(list(enumerate(ROLES))):
            for span in got[role]:
                label[span] = 2 + 2 * number
                label[span[0]] = 1 + 2 * number
                if role == "content":
                    head[span] = first["cue"]
                elif role == "cue":
                    head[span] = first["source"]
                else:
                    head[span] = UNSCORED
    return Article(
        row["id"],
        text,
        start,
        end,
        [w.pieces for w in words],
        np.array([states[w.start] for w in words], np.int64),
        np.array([case_of(text[w.start : w.end]) for w in words], np.int64),
        np.cumsum(breaks),
        label,
        head,
    )


@dataclass
class Window:
    """A run of words of one article, ready for the model.  `first` holds each word's first piece (position 0 is [CLS])."""

    ids: np.ndarray
    quote: np.ndarray
    case: np.ndarray
    first: np.ndarray
    paragraph: np.ndarray
    label: np.ndarray
    head: np.ndarray
    begins: bool


def cut(article: Article, a: int, b: int) -> Window:
    counts = np.array([len(p) for p in article.pieces[a:b]])
    first = np.concatenate([[1], 1 + np.cumsum(counts)])[:-1]
    pad = lambda x: np.concatenate([[0], np.repeat(x[a:b], counts), [0]])  # noqa: E731
    ids = np.array([CLS, *(p for word in article.pieces[a:b] for p in word), SEP])
    head = article.head[a:b]
    inside = (head >= a) & (head < b)
    head = np.where(head == UNSCORED, UNSCORED, np.where(inside, head - a, NO_ARC))
    return Window(
        ids,
        pad(article.quote),
        pad(article.case),
        first,
        article.paragraph[a:b],
        article.label[a:b],
        head,
        a == 0,
    )


def windows(article: Article, size: int, rng: random.Random | None) -> list[Window]:
    """Neighbouring windows of up to `size` pieces; with `rng` the first ends at a random place."""
    counts = [len(p) for p in article.pieces]
    out, a, n = [], 0, len(article)
    room = size if rng is None or sum(counts) <= size else rng.randint(size // 4, size)
    while a < n:
        b, used = a, 0
        while b < n and used + counts[b] <= room:
            used += counts[b]
            b += 1
        b = max(b, a + 1)
        out.append(cut(article, a, b))
        a, room = b, size
    return out


def disturb(window: Window, rng: random.Random) -> Window:
    """A few pieces masked; now and then no capitals, or no knowledge of quotation marks."""
    window.ids = window.ids.copy()
    for i in range(1, len(window.ids) - 1):
        if rng.random() < 0.03 and window.ids[i] != BREAK:
            window.ids[i] = MASK
    if rng.random() < 0.05:
        window.case = np.zeros_like(window.case)
    if rng.random() < 0.05:
        window.quote = np.zeros_like(window.quote)
    return window


def batches(found: list[Window], pieces: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, each batch of about `pieces` pieces, in random order."""
    found = sorted(found, key=lambda w: len(w.ids) + rng.random() * 40)
    out: list[list[Window]] = [[]]
    for window in found:
        if out[-1] and (len(out[-1]) + 1) * len(window.ids) > pieces:
            out.append([])
        out[-1].append(window)
    rng.shuffle(out)
    return out


__all__ = [
    "CLOSING",
    "LABELS",
    "STYLES",
    "Article",
    "Window",
    "batches",
    "cut",
    "disturb",
    "prepare",
    "read_articles",
    "windows",
]
