"""Fit the weights of an event's confidence: python training/acts/confidence.py [--shared DIR] [--write]

On the rows that the coder makes of ``benchmarks/own_news.jsonl`` and, where it is there, of
``gold/events_dev.jsonl``: right is a row whose type stands in its sentence. Five folds over whole texts
tell how well it is calibrated.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from onrecord.coding.attributions import find_attributions
from onrecord.coding.event_confidence import evidence
from onrecord.coding.event_rows import Details, build
from onrecord.coding.events import Coder
from onrecord.knowledge.plover import PLOVER
from onrecord.parsing import annotate
from onrecord.record import Document

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
from detection import NEWS, matches  # noqa: E402
from events import gold_articles  # noqa: E402

TABLE = PLOVER / "confidence.tsv"


def texts(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield texts with their gold rows."""
    for line in NEWS.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
    if not (shared / "data/gold").is_dir():
        print(f"no {shared / 'data/gold'}: fitted on our own texts only")
        return
    for article in gold_articles(shared):
        rows = [row | dict(zip(("start", "end"), row["trigger"], strict=True)) for row in article["events"]]
        yield {"text": article["text"], "date": article["published"], "events": rows}


def examples(article: dict[str, Any]) -> list[tuple[dict[str, float], bool]]:
    """Return the evidence of each row of a text, and whether it is right."""
    annotated = annotate(Document.from_text(article["text"], published=article["date"]))
    coder = Coder(annotated, find_attributions(annotated))
    rows = [row for sentence in annotated.sentences for row in coder.code(sentence)]
    found = build(annotated, rows, [Details()] * len(rows))
    right = set(matches(annotated, article["events"], found).values())
    return [(evidence(row), number in right) for number, row in enumerate(rows)]


def fit(x: np.ndarray, y: np.ndarray, decay: float = 1.0) -> np.ndarray:
    """Logistic regression by Newton's method; [rows, evidence] and [rows] → [evidence]. The bias is not decayed."""
    weights = np.zeros(x.shape[1])
    penalty = decay * np.eye(x.shape[1])
    penalty[0, 0] = 0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + penalty @ weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + penalty
        weights -= np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    ap.add_argument("--write", action="store_true")
    a = ap.parse_args()
    grouped = [examples(article) for article in texts(a.shared)]
    names = list(next(rows for rows in grouped if rows)[0][0])
    x = np.array([list(row.values()) for rows in grouped for row, _ in rows])
    y = np.array([float(right) for rows in grouped for _, right in rows])
    fold = np.array([number % 5 for number, rows in enumerate(grouped) for _ in rows])
    held = np.zeros(len(y))
    for k in range(5):
        held[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ fit(x[fold != k], y[fold != k])))
    print(f"{len(y)} rows, {100 * y.mean():.1f} % right")
    for least, most in ((0.9, 1.01), (0.8, 0.9), (0.7, 0.8), (0.5, 0.7), (0.0, 0.5)):
        inside = (held >= least) & (held < most)
        if inside.any():
            print(f"{least:.1f} and more: {inside.sum()} rows, {100 * y[inside].mean():.1f} % right")
    weights = dict(zip(names, fit(x, y), strict=True))
    for name, weight in weights.items():
        print(f"{name}\t{weight:.2f}")
    if a.write:
        comments = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]
        rows = [f"{name}\t{weight:.2f}" for name, weight in weights.items()]
        TABLE.write_text("\n".join([*comments, "evidence\tweight", *rows]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
