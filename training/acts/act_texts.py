"""Sentences with marked acts → windows for the network: pieces, and for each word its type, none, or "not known"."""

from __future__ import annotations

import json
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src/onrecord/coding"), str(ROOT / "training/attributions")]
from tagger_input import case_of, quote_states  # noqa: E402
from wordpiece import BREAK, CLS, SEP, WordPiece  # noqa: E402

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT",
)  # fmt: skip
NONE, UNKNOWN = 0, -1
MARK = re.compile(r"\[\[([^\]|]+)\|([A-Z]+)\]\]")
SMALL = frozenset("the a an its his her their our your my of on in at to for with by from".split())
MASK = 103


@dataclass
class Text:
    """One text. ``label`` [words]: 0 none, 1 … 16 the type of the act, -1 where nobody knows."""

    pieces: list[tuple[int, ...]]
    quote: np.ndarray
    case: np.ndarray
    label: np.ndarray


@dataclass
class Window:
    """At most ``size`` pieces of a text. ``first`` [words] is each word's first piece."""

    ids: np.ndarray
    quote: np.ndarray
    case: np.ndarray
    first: np.ndarray
    label: np.ndarray


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, int]]]:
    """Return the plain text of ``… [[turned away|COERCE]] …`` and the marks as (start, end, label).

    Raises ``ValueError`` for a type that PLOVER does not have, or a bracket left over.
    """
    parts: list[str] = []
    marks = []
    last = length = 0
    for found in MARK.finditer(marked):
        parts += [marked[last : found.start()], found[1]]
        length += found.start() - last
        marks.append((length, length + len(found[1]), 1 + TYPES.index(found[2])))
        length += len(found[1])
        last = found.end()
    text = "".join([*parts, marked[last:]])
    if "[[" in text or "]]" in text:
        raise ValueError(f"a bracket is left over: {text[:80]}")
    return text, marks


def prepare(text: str, marks: list[tuple[int, int, int]], words: WordPiece) -> Text:
    """Return a text as the network reads it; small words within a mark are not known."""
    found = words.words(text)
    states = quote_states(text)
    label = np.zeros(len(found), np.int64)
    for start, end, kind in marks:
        for i, word in enumerate(found):
            if word.start < end and start < word.end:
                small = end - start > word.end - word.start and text[word.start : word.end].lower() in SMALL
                label[i] = UNKNOWN if small else kind
    return Text(
        [word.pieces for word in found],
        np.array([states[word.start] for word in found], np.int64),
        np.array([case_of(text[word.start : word.end]) for word in found], np.int64),
        label,
    )


def written(folder: Path) -> list[str]:
    """Return the paragraphs of our own writing, in the order of the files."""
    return [
        block.strip()
        for path in sorted(folder.glob("*.txt"))
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
        if block.strip()
    ]


def joined(paragraphs: list[str], rng: random.Random, words: WordPiece) -> list[Text]:
    """Return the paragraphs in new order, one to four to a text."""
    order = rng.sample(paragraphs, len(paragraphs))
    texts = []
    while order:
        count = rng.choice((1, 1, 2, 3, 4))
        taken, order = order[:count], order[count:]
        texts.append(prepare(*unmarked("\n".join(taken)), words))
    return texts


def silver(path: Path, words: WordPiece) -> list[Text]:
    """Return the texts of a JSON lines file with ``text`` and ``marks`` (start, end, type, "O" or null)."""
    texts = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marks = [
            (a, b, UNKNOWN if kind is None else NONE if kind == "O" else 1 + TYPES.index(kind))
            for a, b, kind in row["marks"]
        ]
        texts.append(prepare(row["text"], marks, words))
    return texts


def windows(text: Text, size: int, rng: random.Random) -> list[Window]:
    """Cut a text into windows of at most ``size`` pieces, the first at a random place."""
    counts = [len(pieces) for pieces in text.pieces]
    room = size if sum(counts) <= size else rng.randint(size // 4, size)
    found, a = [], 0
    while a < len(counts):
        b, used = a, 0
        while b < len(counts) and (b == a or used + counts[b] <= room):
            used += counts[b]
            b += 1
        found.append(_cut(text, a, b, rng))
        a, room = b, size
    return found


def _cut(text: Text, a: int, b: int, rng: random.Random) -> Window:
    counts = np.array([len(pieces) for pieces in text.pieces[a:b]])

    def spread(row: np.ndarray) -> np.ndarray:
        return np.concatenate([[0], np.repeat(row[a:b], counts), [0]])

    ids = np.array([CLS, *(p for pieces in text.pieces[a:b] for p in pieces), SEP])
    for i in range(1, len(ids) - 1):
        if rng.random() < 0.02 and ids[i] != BREAK:
            ids[i] = MASK
    case = spread(text.case)
    return Window(
        ids,
        spread(text.quote),
        case if rng.random() > 0.04 else np.zeros_like(case),
        1 + np.cumsum(counts) - counts,
        text.label[a:b],
    )


def batches(found: list[Window], pieces: int, rng: random.Random) -> list[list[Window]]:
    """Return windows of like length together, about ``pieces`` pieces a batch, in random order."""
    out: list[list[Window]] = [[]]
    for window in sorted(found, key=lambda w: len(w.ids) + rng.random() * 30):
        if out[-1] and (len(out[-1]) + 1) * len(window.ids) > pieces:
            out.append([])
        out[-1].append(window)
    rng.shuffle(out)
    return out
