"""Resolved speakers, addressees and form on the project's gold labels over PolNeAR dev articles.

``python benchmarks/speakers.py [--shared DIR] [--errors N]``
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from attributions import as_polnear, predict
from shared import SHARED, need, read_lines, scorer


def rows_of(prediction: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """Return a prediction's outermost attributions with the names of speaker and addressee."""
    actors = prediction["actors"]
    outermost = [row for row in prediction["found"] if row.parent is None]
    rows = as_polnear(text, tuple(outermost), prediction["offset"])
    for shape, row in zip(rows, outermost, strict=True):
        shape["speaker"] = "; ".join(actors[a].name for a in row.speaker) or None
        shape["addressee"] = "; ".join(actors[a].name for a in row.addressee) or None
        shape["form"] = row.form
    return rows


def run(shared: Path = SHARED, errors: int = 0) -> dict[str, float]:
    """Return speaker accuracy given a match, end-to-end F1, form and addressee figures (per cent)."""
    tool = scorer(shared, "score_speakers")
    gold = list(read_lines(need(shared / "data" / "gold" / "speakers_dev.jsonl")))
    articles = need(shared / "data" / "polnear" / "dev.jsonl.gz")
    wanted = {row["doc"] for row in gold}
    texts = {a["id"]: a["text"] for a in read_lines(articles) if a["id"] in wanted}
    predictions, _, _ = predict(articles, wanted)
    rows = {name: rows_of(p, texts[name].strip()) for name, p in predictions.items()}
    scores = tool.score(gold, rows, texts, errors=errors)
    scores, wrong = scores if isinstance(scores, tuple) else (scores, [])
    for error in wrong:
        print(*error, sep=" | ")
    return _figures(scores)


def _figures(scores: dict[str, Any]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for key, value in scores.items():
        if isinstance(value, dict) and "F1" in value:
            figures[f"{key} F1"] = 100 * value["F1"]
        elif isinstance(value, dict):
            for name, inner in value.items():
                if isinstance(inner, list):
                    figures[f"{key}: {name}"] = 100 * inner[0]
                elif isinstance(inner, dict) and "F1" in inner:
                    figures[f"{key}: {name} F1"] = 100 * inner["F1"]
        elif isinstance(value, list):
            figures[key] = 100 * value[0]
        elif isinstance(value, float):
            figures[key] = 100 * value
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    for name, value in run(arguments.shared, arguments.errors).items():
        print(f"{name:60s} {value:8.1f}")


if __name__ == "__main__":
    main()
