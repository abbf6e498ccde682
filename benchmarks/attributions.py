"""Attributions on PolNeAR dev: content, source and relation F1, beside the peers.

``python benchmarks/attributions.py [--shared DIR] [--gold FILE] [--predictions FILE] [--show N]``

PolNeAR puts the conjunction "that" into the content of reported speech; a record keeps it out.
``as_polnear`` puts it back, and leaves nested attributions out, as PolNeAR does not annotate them.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path
from typing import Any

from onrecord.coding.attributions import find_attributions
from onrecord.parsing import annotate
from onrecord.reading.plain import document_from_text
from onrecord.record import Attribution, Span
from shared import SHARED, need, read_lines, scorer

_THAT = re.compile(r"\bthat[,\s]\s{0,3}[“\"‘']{0,2}$")
# Measured elsewhere on the 84 test articles of PolNeAR: all, direct, indirect relation F1.
PEERS = {
    "regular expressions": (24.9, 51.8, 0.0),
    "textacy 0.13": (26.8, 55.0, 0.0),
    "GenderGapTracker": (43.5, 57.0, 33.7),
    "Citron, retrained": (48.3, 61.3, 40.3),
    "pilot (dev)": (67.9, 81.5, 61.4),
    "a trained person": (75.3, 94.4, 67.0),
}


def as_polnear(
    text: str, attributions: tuple[Attribution, ...], offset: int
) -> list[dict[str, Any]]:
    """Return attributions in PolNeAR's shape; ``offset`` is where ``text`` begins in its file."""
    rows = []
    for row in attributions:
        if row.parent is not None:
            continue
        content = list(row.content)
        if content:
            content[0] = with_that(text, content[0])
        rows.append({
            role: [[s.start + offset, s.end + offset] for s in spans]
            for role, spans in (("source", row.source), ("cue", row.cue), ("content", content))
        })  # fmt: skip
    return rows


def with_that(text: str, span: Span) -> Span:
    """Return a content span begun at the conjunction "that" before it, if there is one."""
    found = _THAT.search(text, max(0, span.start - 12), span.start)
    return Span(found.start(), span.end) if found else span


def predict(
    gold: Path, only: set[str] | None = None
) -> tuple[dict[str, dict[str, Any]], float, int]:
    """Code all articles of a PolNeAR file; return predictions, CPU seconds of coding, words."""
    predictions, seconds, words = {}, 0.0, 0
    for article in read_lines(gold):
        if only is not None and article["id"] not in only:
            continue
        raw = article["text"].replace("\r\n", "\n").replace("\r", "\n")
        document = document_from_text(article["text"])
        annotated = annotate(document)
        begun = time.process_time()
        found = find_attributions(annotated)
        seconds += time.process_time() - begun
        words += len(document.text.split())
        offset = raw.find(document.text[:50]) if document.text else 0
        predictions[article["id"]] = {
            "id": article["id"],
            "attributions": as_polnear(document.text, found, offset),
            "found": found,
            "actors": annotated.actors,
            "offset": offset,
        }
    return predictions, seconds, words


def run(shared: Path = SHARED, gold: Path | None = None) -> dict[str, float]:
    """Return relation, exact and overlap F1 (per cent) and words per CPU second of this stage."""
    tool = scorer(shared, "score_attributions")
    path = gold or need(shared / "data" / "polnear" / "dev.jsonl.gz")
    predictions, seconds, words = predict(path)
    scores = tool.score(tool.read(str(path)), predictions)
    figures = {"content token F1": 100 * scores["content_token"]["F1"]}
    for stratum in ("all", "direct", "indirect"):
        for name, key in (
            ("rel", "relation_overlap"),
            ("overlap", "content_overlap"),
            ("exact", "content_exact"),
        ):
            figures[f"{stratum} {name} F1"] = 100 * scores[stratum][key]["F1"]
    figures["words per CPU second"] = words / seconds if seconds else 0.0
    return figures


def main() -> None:
    """Print the figures beside those of the peers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--predictions", type=Path, help="also write the predictions here")
    arguments = parser.parse_args()
    if arguments.predictions:
        path = arguments.gold or arguments.shared / "data" / "polnear" / "dev.jsonl.gz"
        with arguments.predictions.open("w", encoding="utf-8") as file:
            for row in predict(path)[0].values():
                file.write(
                    json.dumps({"id": row["id"], "attributions": row["attributions"]}) + "\n"
                )
    for name, value in run(arguments.shared, arguments.gold).items():
        print(f"{name:28s} {value:10.1f}")
    for name, (everything, direct, indirect) in PEERS.items():
        print(
            f"peer, rel F1: {name:22s} all {everything:5.1f}  direct {direct:5.1f}  indirect {indirect:5.1f}"
        )


if __name__ == "__main__":
    main()
