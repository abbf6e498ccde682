"""Acts found in 54 news texts of our own writing: by patterns alone, and with the network beside them.

Run ``python benchmarks/detection.py [--list ID ...]``. ``own_news.jsonl`` holds 30 dense paragraphs (u) and
24 plain agency articles (v), written and coded by a reader who knew neither our patterns nor the sentences
that the network was trained on, but whose English is of the same pen as theirs: real news will be harder
for the network. Half of each set (u01-u15, v01-v12) was read while rules were mended; the figures are those
of the other half. An optional row costs nothing if it is missing, nor if it is found.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.coding.attributions import find_attributions
from onrecord.coding.event_rows import CLASS_OF
from onrecord.coding.events import find_events
from onrecord.parsing import annotate
from onrecord.parsing.annotated import Annotated
from onrecord.record import Document, EventMention, Span

NEWS = Path(__file__).parent / "own_news.jsonl"
READ = frozenset([f"u{n:02}" for n in range(1, 16)] + [f"v{n:02}" for n in range(1, 13)])


def matches(
    annotated: Annotated, gold: Sequence[dict[str, Any]], found: Sequence[EventMention]
) -> dict[int, int]:
    """Pair gold rows with found ones: the same sentence and type, triggers that overlap first."""
    pairs = []
    for number, row in enumerate(gold):
        sentence = annotated.sentence_at(row["start"])
        trigger = Span(row["start"], row["end"])
        for other, event in enumerate(found):
            alike = event.type in (row["type"], *row["alt_types"])
            if alike and sentence is not None and sentence.span.covers(event.trigger):
                apart = not trigger.overlaps(event.trigger)
                away = abs(event.trigger.start - trigger.start)
                pairs.append((apart, away, row["optional"], number, other))
    taken: dict[int, int] = {}
    for *_, number, other in sorted(pairs):
        if number not in taken and other not in taken.values():
            taken[number] = other
    return taken


def count(article: dict[str, Any], learned: bool) -> tuple[Counter[str], list[str]]:
    """Return the counts of one article, and what was missed or found too much, to be read."""
    document = Document.from_text(article["text"], published=article["date"])
    annotated = annotate(document)
    events = find_events(annotated, find_attributions(annotated), detects=learned)
    gold = article["events"]
    pairs = matches(annotated, gold, events)
    counts: Counter[str] = Counter()
    lines = []
    for number, row in enumerate(gold):
        if row["optional"]:
            counts["allowed"] += number in pairs
        elif number in pairs:
            counts["right"] += 1
            modality = events[pairs[number]].modality
            counts["class"] += CLASS_OF[modality] == CLASS_OF[row["modality"]]
        else:
            counts["missed"] += 1
            lines.append(f"missed {article['id']} {row['type']} {row['trigger']}")
    for other, event in enumerate(events):
        if other not in pairs.values():
            counts["wrong"] += 1
            lines.append(
                f"wrong {article['id']} {event.type} {event.trigger.of(annotated.text)}: {event.why}"
            )
    return counts, lines


def run(shared: Path | None = None, shown: Sequence[str] = ()) -> dict[str, float]:
    """Return precision, recall and F1 of types, and real/future/not given a match, in percent."""
    del shared
    articles = [json.loads(line) for line in NEWS.read_text(encoding="utf-8").splitlines()]
    figures: dict[str, float] = {}
    for part, first in (("dense", "u"), ("plain", "v")):
        for name, learned in (("patterns", False), ("both", True)):
            total: Counter[str] = Counter()
            for article in articles:
                if article["id"][0] != first:
                    continue
                counts, lines = count(article, learned)
                if learned and article["id"] in shown:
                    print("\n".join(lines))
                if article["id"] not in READ:
                    total += counts
            figures |= {f"{part}, {name}: {key}": value for key, value in _figures(total).items()}
    return figures


def _figures(total: Counter[str]) -> dict[str, float]:
    right, wrong = total["right"], total["wrong"]
    precision = (right + total["allowed"]) / max(1, right + total["allowed"] + wrong)
    recall = right / max(1, right + total["missed"])
    return {
        "type precision": 100 * precision,
        "type recall": 100 * recall,
        "type F1": 200 * precision * recall / max(1e-9, precision + recall),
        "real, future or not": 100 * total["class"] / max(1, right),
    }


def main() -> None:
    """Print the figures, and the errors of the texts asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", nargs="*", default=(), metavar="ID")
    for name, value in run(shown=parser.parse_args().list).items():
        print(f"{name:40}{value:6.1f}")


if __name__ == "__main__":
    main()
