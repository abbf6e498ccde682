"""Data of the relation encoder: PLV train, our own frames with names filled in, and the examples of the patterns.

A row is a text with the source and target marked (``<s>…</s>``, ``<t>…</t>``) and the classes it may have.
"""

from __future__ import annotations

import csv
import random
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onrecord.coding.relation_reader import (
    SOURCE,
    SOURCE_END,
    TARGET,
    TARGET_END,
    TYPES,
    marked_pieces,
)
from onrecord.coding.wordpiece import WordPiece

HERE = Path(__file__).resolve().parent
CLASSES = TYPES
YIELD = ("CONCEDE", "RETREAT")
MARKS = {"<s>": SOURCE, "</s>": SOURCE_END, "<t>": TARGET, "</t>": TARGET_END}

_MARK = re.compile(r"</?[st]>")
_SLOT = re.compile(r"\{(?:([st]):)?([GAOPCL])\}")


@dataclass(frozen=True)
class Row:
    """A marked text, the classes that are right for it, and its weight in the loss."""

    marked: str
    classes: tuple[str, ...]
    weight: float = 1.0


def classes_of(root: str) -> tuple[str, ...]:
    return YIELD if root == "YIELD" else (root,)


def read_plv(path: Path) -> list[Row]:
    """PLV train as rows, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Row(row["marked_sentence"], classes_of(row["gold_root"])) for row in rows]


def folds(rows: list[Row], count: int) -> list[int]:
    """The fold of each row; rows of one sentence (whatever is marked in it) share theirs."""
    plain = [re.sub(r"\W+", " ", _MARK.sub("", row.marked)).lower().strip() for row in rows]
    return [zlib.crc32(text.encode()) % count for text in plain]


def table(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


class Frames:
    """Our own sentences: frames with names filled in anew each time, and something before and after."""

    BEFORE = (
        "On Tuesday, ", "Last week, ", "CAIRO (AP) -- ", "In March 2014, ", "Meanwhile, ", "Earlier, ",
        "GENEVA - ", "According to state media, ", "After weeks of tension, ", "It was reported that ",
        "For the first time, ", "In a statement, the ministry said that ",
    )  # fmt: skip
    AFTER = (
        ", officials said", " on Monday", " last year", ", according to a statement", ", state television reported",
        " in 2011", ", a spokesman told reporters", " this week", ", witnesses said", " despite international pressure",
        " in the wake of the elections", " over the past month",
    )  # fmt: skip
    JOINS = (
        ", days after ",
        ", even as ",
        ", while ",
        ", a month before ",
        ", because ",
        " and said that ",
    )

    def __init__(self) -> None:
        self.frames = [(kind, frame) for kind, frame in table("sentences.tsv")]
        self.names = {kind: names.split(" | ") for kind, names in table("names.tsv")}

    def _fill(self, frame: str, rng: random.Random, marks: bool) -> str:
        used: set[str] = set()

        def name(found: re.Match[str]) -> str:
            choice = rng.choice([n for n in self.names[found[2]] if n not in used])
            used.add(choice)
            return f"<{found[1]}>{choice}</{found[1]}>" if found[1] and marks else choice

        return _SLOT.sub(name, frame)

    def rows(self, rng: random.Random, weight: float) -> list[Row]:
        """One row of each frame."""
        found = []
        for kind, frame in self.frames:
            text = self._fill(frame, rng, True)
            if rng.random() < 0.4:
                text = rng.choice(self.BEFORE) + text
            if rng.random() < 0.4:
                text += rng.choice(self.AFTER)
            if rng.random() < 0.6:
                other = self._fill(rng.choice(self.frames)[1], rng, False)
                parts = [text, other]
                rng.shuffle(parts)
                text = rng.choice(self.JOINS).join(parts)
            text = re.sub(r"^((?:<[st]>)?)([a-z])", lambda m: m[1] + m[2].upper(), text)
            found.append(Row(text + ".", classes_of(kind), weight))
        return found


def pieces(marked: str, wordpiece: WordPiece) -> list[int]:
    """The piece ids of a marked text, as the encoder is given them."""
    text, marks, at = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        marks.append((len(text), MARKS[found.group()]))
        at = found.end()
    return marked_pieces(text + marked[at:], marks, wordpiece)


def targets(rows: list[Row]) -> np.ndarray:
    """One row of 0 and 1 a row: the classes that are right."""
    out = np.zeros((len(rows), len(CLASSES)), np.float32)
    for i, row in enumerate(rows):
        out[i, [CLASSES.index(name) for name in row.classes]] = 1
    return out
