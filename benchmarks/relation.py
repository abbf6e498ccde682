"""PLOVER root of marked pairs (PLV train): cross-validated, and by the patterns alone, beside the peers.

Run ``python benchmarks/relation.py [SHARED]``. ``relation_folds.jsonl`` holds what the networks of five
folds think of each row kept from their training (``training/relation/make.sh``, rows of one sentence in
one fold); the patterns' say is added as the program does it. Patterns, and the examples of patterns that
the networks were trained on too, were in part written while reading what was missed on these very
sentences: the card of the encoder says what that is worth. The peers' figures are those measured on the
hidden test part.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from pathlib import Path

from onrecord.coding.relation import relation_in
from onrecord.coding.relation_reader import TYPES
from onrecord.parsing import annotate
from onrecord.record import Document, EventMention, EventType, Span
from shared import SHARED, MissingData, need, scorer

PEERS = {
    "Universal PETRARCH, dictionaries": (49.8, 64.0, 77.9),
    "TF-IDF + SVC": (72.3, 86.9, 91.9),
    "ZSP, roberta-large-mnli": (82.4, 89.6, 96.4),
}
LEAST = 0.0005
"""The chance of a type that the file leaves out."""
_MARK = re.compile(r"</?[st]>")


def unmark(marked: str) -> tuple[str, Span, Span]:
    """Return the plain text of a marked sentence, and the first source and target in it.

    A few rows mark one of the two only; the other is then taken to be the same.
    """
    text = ""
    spans: dict[str, Span] = {}
    open_at: dict[str, int] = {}
    position = 0
    for found in _MARK.finditer(marked):
        text += marked[position : found.start()]
        position, tag = found.end(), found.group()
        if tag[1] != "/":
            open_at[tag[1]] = len(text)
        elif tag[2] in open_at:
            spans.setdefault(tag[2], Span(open_at[tag[2]], len(text)))
    source = spans.get("s") or spans.get("t") or Span(0, 1)
    return text + marked[position:], source, spans.get("t", source)


def read_relation(marked: str, chances: dict[EventType, float] | None = None) -> EventMention:
    """Return what a marked sentence says that its source does to its target."""
    text, source, target = unmark(marked)
    document = Document(id="doc", text=text, language="en", paragraphs=((0, len(text)),))
    return relation_in(annotate(document), source, target, chances)


def rows(shared: Path) -> list[dict[str, str]]:
    """Return the rows of PLV train. Raises ``MissingData`` where the file is not here."""
    path = need(shared / "data/plv/PLV_train.tsv")
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def fold_chances() -> list[dict[EventType, float]]:
    """Return the chances of each type, by row, from networks that were not trained on the row."""
    lines = (Path(__file__).parent / "relation_folds.jsonl").read_text(encoding="utf-8")
    return [
        {kind: row["chances"].get(kind, LEAST) for kind in TYPES}
        for row in map(json.loads, lines.splitlines())
    ]


def run(shared: Path = SHARED) -> dict[str, float]:
    """Return macro F1 of root, penta and binary in percent; also those of the patterns alone."""
    gold = rows(shared)
    scores = scorer(shared, "score_plover")
    # the set has CONCEDE and RETREAT as one
    even = {kind: 0.5 if kind in ("CONCEDE", "RETREAT") else 1.0 for kind in TYPES}
    figures: dict[str, float] = {}
    for name, chances in (("", fold_chances()), ("patterns, ", [even] * len(gold))):
        answers = {
            str(number): read_relation(row["marked_sentence"], thought).type
            for number, (row, thought) in enumerate(zip(gold, chances, strict=True))
        }
        result = scores.score(gold, answers)
        for level in result:
            figures[f"{name}{level} macro F1"] = 100 * result[level]["macro_f1"]
        figures[f"{name}root accuracy"] = 100 * result["root"]["accuracy"]
    return figures


def main() -> None:
    """Print the figures beside the peers'."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    try:
        figures = run(parser.parse_args().shared)
    except MissingData as missing:
        raise SystemExit(f"relation: {missing}") from None
    ours = {
        label: [figures[f"{name}{level} macro F1"] for level in ("root", "penta", "binary")]
        for label, name in (("onrecord, five folds", ""), ("its patterns alone", "patterns, "))
    }
    print(f"{'':34}{'root':>7}{'penta':>7}{'binary':>7}")
    for name, values in {**ours, **PEERS}.items():
        print(f"{name:34}" + "".join(f"{value:7.1f}" for value in values))
    print(f"root accuracy {figures['root accuracy']:.1f}")


if __name__ == "__main__":
    main()
