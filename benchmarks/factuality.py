"""Did it happen? Given words by our rules and by the learned weights, beside the majority.

``python benchmarks/factuality.py [--shared DIR] [--errors N]``

UDS-IH2 (White et al. 2018; decomp.io) gives predicates of web text a factuality from -3 to 3: the mean of
what two readers said, weighted by how sure they were. Measured is the sign; scores of zero are left out.
MEANTIME (Minard et al. 2016) gives event words a certainty, a time and a polarity. Its classes are those
that our modality can tell: *happened* (certain, not future, positive), *future* (future or not certain,
positive or open), *denied* (negative). Words of neither attribute (468 of 2,042) are left out. The text
is cut as the sets cut it, at spaces. The learned weights (``onrecord.factuality``) tell no more than whether
it happened: in MEANTIME they are held, beside the rules, against *happened* or not. They were fitted on
UDS-IH2 train; MEANTIME and both dev sets were never trained on.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.coding.event_modality import judge
from onrecord.coding.factuality import factuality_of
from onrecord.parsing import annotate
from onrecord.parsing.annotated import Annotated
from onrecord.record import Document, Modality
from shared import SHARED, MissingData, need, read_lines

Pair = tuple[str, str]
_REAL: frozenset[Modality] = frozenset(("happened", "ongoing"))


@dataclass(frozen=True)
class Judged:
    """A word as the gold, our rules and the learned weights have it, and what to show of it."""

    gold: str
    rules: str
    learned: str
    shown: str


def parse(text: str) -> Annotated:
    """Parse a text whose paragraphs are its lines."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append((at, at + len(line)))
        at += len(line) + 1
    return annotate(Document(id="doc", text=text, language="en", paragraphs=tuple(blocks)))


def uds(shared: Path) -> Iterator[Judged]:
    """Yield the sign of each predicate of UDS-IH2 dev."""
    for row in read_lines(need(shared / "data" / "factuality" / "uds_ih2_dev.jsonl")):
        words = row["text"].split(" ")
        starts = [len(" ".join(words[:i])) + bool(i) for i in range(len(words))]
        parsed = parse(row["text"])
        for target in row["targets"]:
            if target["label"]:
                token = parsed.token_at(starts[target["span1"][0]])
                judged = judge(token)
                why = f"{judged.modality} {judged.because}"
                yield Judged(
                    "+" if target["label"] > 0 else "-",
                    "+" if judged.modality in _REAL else "-",
                    "+" if factuality_of(token) > 0 else "-",
                    f"{target['span_text']} | {why} | {row['text']}",
                )


def meantime(shared: Path) -> Iterator[Judged]:
    """Yield the class of each event word of MEANTIME that has attributes."""
    for row in read_lines(need(shared / "data" / "meantime" / "meantime_en.jsonl")):
        parsed = parse(row["text"])
        for mark in row["markables"]:
            if mark["tag"] != "EVENT_MENTION" or not mark.get("certainty") or not mark.get("time"):
                continue
            token = parsed.token_at(mark["start"])
            sentence = parsed.sentence_at(mark["start"])
            judged = judge(token, sentence is not None and sentence.heading)
            ours = "denied" if judged.modality == "denied" else "future"
            yield Judged(
                _class(mark),
                "happened" if judged.modality in _REAL else ours,
                "happened" if factuality_of(token) > 0 else "not",
                f"{mark['text']} | {judged.modality} {judged.because}",
            )


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
    for name, found in (("UDS", list(uds(shared))), ("MEANTIME", list(meantime(shared)))):
        figures |= figures_of(name, Counter((word.gold, word.rules) for word in found))
        yes = "+" if name == "UDS" else "happened"
        for who in ("rules", "learned"):
            right = [(word.gold == yes) == (getattr(word, who) == yes) for word in found]
            figures[f"{name} happened or not, {who}"] = 100 * sum(right) / len(right)
        if errors is not None:
            errors += [
                f"{name} gold {word.gold} ours {word.rules} learned {word.learned}: {word.shown}"
                for word in found
                if word.gold != word.rules
            ]
    del figures["UDS happened or not, rules"]  # the same as "UDS right"
    figures["UDS right, learned"] = figures.pop("UDS happened or not, learned")
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
        print(f"{name:36s} {value:6.1f}")
    for error in errors[: arguments.errors]:
        print(error)


if __name__ == "__main__":
    main()
