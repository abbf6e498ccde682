"""Write the patterns' examples as marked pairs: python training/relation/examples.py OUT

Each pattern of knowledge/plover/patterns.tsv has an example. Where the event coder finds the pattern's type in it with an
actor and a recipient, these are marked; the type is the one under which PLOVER's manual files the act.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import onrecord
from onrecord.coding.relation_reader import SOURCE, SOURCE_END, TARGET, marks_of
from onrecord.knowledge.plover import load_patterns, plover_type
from onrecord.record import Document, Span

NAMES = {SOURCE: "<s>", SOURCE_END: "</s>", TARGET: "<t>"}


def mark(text: str, source: Span, target: Span) -> str:
    out, at = "", 0
    for place, kind in marks_of(source, target):
        out += text[at:place] + NAMES.get(kind, "</t>")
        at = place
    return out + text[at:]


def main() -> None:
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for pattern in load_patterns():
            for event in onrecord.code(Document.from_text(pattern.example)).events:
                if event.type != pattern.type or not (event.actor_spans and event.recipient_spans):
                    continue
                source, target = event.actor_spans[0], event.recipient_spans[0]
                if not source.overlaps(target):
                    row = {
                        "marked": mark(pattern.example, source, target),
                        "type": plover_type(event.type, event.modality),
                    }
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
