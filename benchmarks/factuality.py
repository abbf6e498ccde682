"""Did it happen? The modality of given words, on UDS-IH2 (dev) and MEANTIME, beside the majority.

``python benchmarks/factuality.py [--shared DIR] [--errors N]``

UDS-IH2 (White et al. 2018; decomp.io) gives predicates of web text a factuality from -3 to 3: the mean of
what two readers said, weighted by how sure they were. Measured is the sign; scores of zero are left out.
MEANTIME (Minard et al. 2016) gives event words a certainty, a time and a polarity. Its classes are those
that our modality can tell: *happened* (certain, not future, positive), *future* (future or not certain,
positive or open), *denied* (negative). Words of neither attribute (468 of 2,042) are left out. The text
is cut as the sets cut it, at spaces.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord.coding.event_modality import judge
from onrecord.parsing import annotate
from onrecord.parsing.annotated import Annotated
from onrecord.record import Document, Modality
from shared import SHARED, MissingData, need, read_lines

Pair = tuple[str, str]
_REAL: frozenset[Modality] = frozenset(("happened", "ongoing"))


def parse(text: str) -> Annotated:
    """Parse a text whose paragraphs are its lines."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append((at, at + len(line)))
        at += len(line) + 1
    return annotate(Document(id="doc", text=text, language="en", paragraphs=tuple(blocks)))


def uds(shared: Path) -> Iterator[tuple[Pair, str]]:
    """Yield gold and our sign of each predicate of UDS-IH2 dev, and the words."""
    for row in read_lines(need(shared / "data" / "factuality" / "uds_ih2_dev.jsonl")):
        words = row["text"].split(" ")
        starts = [len(" ".join(words[:i])) + bool(i) for i in range(len(words))]
        parsed = parse(row["text"])
        for target in row["targets"]:
            if target["label"]:
                judged = judge(parsed.token_at(starts[target["span1"][0]]))
                ours = "+" if judged.modality in _REAL else "-"
                shown = (
                    f"{target['span_text']} | {judged.modality} {judged.because} | {row['text']}"
                )
                yield ("+" if target["label"] > 0 else "-", ours), shown


def meantime(shared: Path) -> Iterator[tuple[Pair, str]]:
    """Yield gold and our class of each event word of MEANTIME that has attributes."""
    for row in read_lines(need(shared / "data" / "meantime" / "meantime_en.jsonl")):
        parsed = parse(row["text"])
        for mark in row["markables"]:
            if mark["tag"] != "EVENT_MENTION" or not mark.get("certainty") or not mark.get("time"):
                continue
            token = parsed.token_at(mark["start"])
            sentence = parsed.sentence_at(mark["start"])
            judged = judge(token, sentence is not None and sentence.heading)
            ours = "denied" if judged.modality == "denied" else "future"
            ours = "happened" if judged.modality in _REAL else ours
            shown = f"{mark['text']} | {judged.modality} {judged.because}"
            yield (_class(mark), ours), shown


def _class(mark: dict[str, str]) -> str:
    if mark["polarity"] == "NEG":
        return "denied"
    real = mark["certainty"] == "CERTAIN" and mark["time"] != "FUTURE"
    return "happened" if real and mark["polarity"] == "POS" else "future"


def macro_f1(pairs: Counter[Pair]) -> float:
    """Return the unweighted mean of the F1 of the gold's classes, in percent."""
    scores = []
    for kind in sorted({gold for gold, _ in pairs}):
        right = pairs[kind, kind]
        gold = sum(n for (a, _), n in pairs.items() if a == kind)
        found = sum(n for (_, b), n in pairs.items() if b == kind)
        scores.append(200 * right / (gold + found))
    return sum(scores) / len(scores)


def figures_of(name: str, pairs: Counter[Pair]) -> dict[str, float]:
    """Return accuracy and macro F1, ours and those of always saying the commonest class."""
    total = sum(pairs.values())
    golds: Counter[str] = Counter()
    for (gold, _), number in pairs.items():
        golds[gold] += number
    common = golds.most_common(1)[0][0]
    majority = Counter({(gold, common): number for gold, number in golds.items()})
    return {
        f"{name} right": 100 * sum(n for (a, b), n in pairs.items() if a == b) / total,
        f"{name} macro F1": macro_f1(pairs),
        f"{name} majority right": 100 * golds[common] / total,
        f"{name} majority macro F1": macro_f1(majority),
    }


def run(shared: Path = SHARED, errors: list[str] | None = None) -> dict[str, float]:
    """Return the figures of both sets. Raises ``MissingData`` where one is not here."""
    figures: dict[str, float] = {}
    for name, rows in (("UDS", uds(shared)), ("MEANTIME", meantime(shared))):
        pairs: Counter[Pair] = Counter()
        for pair, shown in rows:
            pairs[pair] += 1
            if errors is not None and pair[0] != pair[1]:
                errors.append(f"{name} gold {pair[0]} ours {pair[1]}: {shown}")
        figures |= figures_of(name, pairs)
    return figures


def main() -> None:
    """Print the figures, and errors if asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    errors: list[str] = []
    try:
        figures = run(arguments.shared, errors)
    except MissingData as missing:
        raise SystemExit(f"factuality: {missing}") from None
    for name, value in figures.items():
        print(f"{name:28s} {value:6.1f}")
    for error in errors[: arguments.errors]:
        print(error)


if __name__ == "__main__":
    main()
