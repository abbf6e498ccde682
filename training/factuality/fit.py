"""Fit the weights of factuality: python training/factuality/fit.py [--data FOLDER] [--folds]   (from the root)

Reads UDS-IH2 train, writes src/onrecord/models/factuality/weights.tsv and manifest.json: one minute on one core. ``--folds``
writes nothing and prints the figures of five folds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.coding.factuality import CONSTANT, LIMIT, MODEL_DIR, REASON, signs
from onrecord.parsing.syntax import parse
from onrecord.record import Document

LEAST = 5  # how often a sign must be seen
DECAY = 2.0  # of the squares of the weights; 1 and 4 are as good
KEPT = 0.02  # weights nearer to nought are left out
BLOCK = 20  # neighbouring sentences in one fold
NEGATED = f"{REASON}denied|negation"
STEPS = 60
MEMORY = 10

Floats = np.ndarray[Any, np.dtype[np.float64]]
Rows = list[tuple[list[str], float, int]]


def read_rows(path: Path) -> Rows:
    """Signs of each predicate, its factuality, the number of its sentence."""
    rows: Rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        words = row["text"].split(" ")
        text = row["text"]
        doc, _ = parse(Document(id="doc", text=text, language="en", paragraphs=((0, len(text)),)))
        for target in row["targets"]:
            start = len(" ".join([*words[: target["span1"][0]], ""]))
            token = next(token for token in reversed(list(doc)) if token.idx <= start)
            rows.append((sorted(signs(token)), target["label"], row["idx"]))
    return rows


def fit(rows: Rows) -> dict[str, float]:
    """Logistic regression of (factuality + 3) / 6, by L-BFGS."""
    counts = Counter(sign for found, _, _ in rows for sign in found)
    names = [CONSTANT, *sorted(sign for sign, number in counts.items() if number >= LEAST)]
    number = {name: i for i, name in enumerate(names)}
    places = [[0, *(number[s] for s in found if s in number)] for found, _, _ in rows]
    lengths = np.array([len(place) for place in places])
    flat = np.concatenate([np.array(place) for place in places])
    starts = np.cumsum(lengths) - lengths
    wanted = np.array([(meant(found, label) / LIMIT + 1) / 2 for found, label, _ in rows])
    decay = np.where(np.arange(len(names)) == 0, 0.0, DECAY)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = np.add.reduceat(weights[flat], starts)
        value = float(
            (np.logaddexp(0, scores) - wanted * scores).sum() + (decay * weights**2).sum()
        )
        slopes = 1 / (1 + np.exp(-scores)) - wanted
        slope = np.bincount(flat, np.repeat(slopes, lengths), len(names)) + 2 * decay * weights
        return value, slope

    weights = minimum(loss, np.zeros(len(names)))
    return {
        name: float(weight)
        for name, weight in zip(names, weights, strict=True)
        if name.startswith((CONSTANT, REASON)) or abs(weight) >= KEPT
    }


def meant(found: list[str], label: float) -> float:
    """A negated act did not happen; four in ten answers in UDS-IH2 take "did not attack" as true instead."""
    return -abs(label) if NEGATED in found else label


def minimum(loss: Any, place: Floats) -> Floats:
    """L-BFGS with a halved step wherever the loss does not fall."""
    value, slope = loss(place)
    past: list[tuple[Floats, Floats]] = []
    for _ in range(STEPS):
        way, made = slope.copy(), []
        for step, change in reversed(past):
            share = step @ way / (step @ change)
            made.append(share)
            way -= share * change
        way *= past[-1][0] @ past[-1][1] / (past[-1][1] @ past[-1][1]) if past else 1e-3
        for (step, change), share in zip(past, reversed(made), strict=True):
            way += (share - change @ way / (step @ change)) * step
        size = 1.0
        while size > 1e-6:
            there = place - size * way
            found, then = loss(there)
            if found < value:
                break
            size /= 2
        else:
            break
        if (there - place) @ (then - slope) > 0:
            past = [*past, (there - place, then - slope)][-MEMORY:]
        place, value, slope = there, found, then
    return place


def scores_of(rows: Rows, weights: dict[str, float]) -> Floats:
    total = [sum(weights.get(s, 0.0) for s in found) + weights[CONSTANT] for found, _, _ in rows]
    return LIMIT * np.tanh(np.array(total) / 2)


def figures(scores: Floats, rows: Rows) -> str:
    labels = np.array([label for _, label, _ in rows])
    right = (scores > 0) == (labels > 0)
    return (
        f"sign {100 * right[labels != 0].mean():.1f}, Pearson's r {np.corrcoef(scores, labels)[0, 1]:.3f}, "
        f"mean error {np.abs(scores - labels).mean():.2f}"
    )


def cross_validate(rows: Rows) -> str:
    fold = np.array([random.Random(number // BLOCK).randrange(5) for _, _, number in rows])
    scores = np.zeros(len(rows))
    for k in range(5):
        weights = fit([row for row, f in zip(rows, fold, strict=True) if f != k])
        scores[fold == k] = scores_of(
            [row for row, f in zip(rows, fold, strict=True) if f == k], weights
        )
    return figures(scores, rows)


def write(weights: dict[str, float]) -> None:
    """The weights, the greatest first, and the manifest with their hash."""
    lines = ["# What speaks for (+) and against (-) an act having happened; see card.md."]
    order = sorted(weights, key=lambda name: (-abs(weights[name]), name))
    lines += [f"{name}\t{weights[name]:.3f}" for name in order]
    content = ("\n".join(lines) + "\n").encode("utf-8")
    (MODEL_DIR / "weights.tsv").write_bytes(content)
    manifest = {
        "name": "onrecord-factuality", "version": "1",
        "sha256": {"weights.tsv": hashlib.sha256(content).hexdigest()},
    }  # fmt: skip
    text = json.dumps(manifest, indent=1) + "\n"
    (MODEL_DIR / "manifest.json").write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/factuality"))
    parser.add_argument("--folds", action="store_true")
    arguments = parser.parse_args()
    rows = read_rows(arguments.data / "uds_ih2_train.jsonl")
    if arguments.folds:
        print("five folds:", cross_validate(rows))
        return
    weights = fit(rows)
    write(weights)
    print(
        len(weights), "weights; on what they were fitted:", figures(scores_of(rows, weights), rows)
    )


if __name__ == "__main__":
    main()
