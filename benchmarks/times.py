"""Time expressions: strict, relaxed and value F1 on MEANTIME without datelines.

    python benchmarks/times.py [--shared DIR] [--errors N]

MEANTIME marks times only in the first sentences of each article; the file holds that part. A
dateline is the line below the headline that holds nothing but the date; neither the gold's nor
ours counts there. Scored as in TempEval-3: strict is the same span, relaxed any overlap, value
a relaxed match with the same TIMEX3 value, each over all gold and all found.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path
from typing import Any

from onrecord.parsing.times import find_times
from onrecord.record import When

SHARED = Path(__file__).parent.parent.parent / "shared"
MONTHS = "January February March April May June July August September October November December"
DATELINE = re.compile(rf"(?m)^(?:{'|'.join(MONTHS.split())}) \d{{1,2}} , \d{{4}}$")


def run(shared: Path) -> dict[str, float]:
    """Return the figures, none if the data is not there."""
    return measure(shared)[0]


def measure(shared: Path) -> tuple[dict[str, float], list[tuple[str, str, str, str]]]:
    """Return figures and errors (kind, text, gold value, our value)."""
    path = shared / "data" / "meantime" / "meantime_timex_annotated_part.jsonl"
    if not path.exists():
        print(f"times: no {path}: MEANTIME cannot be measured")
        return {}, []
    counts = dict.fromkeys(("gold", "found", "strict", "relaxed", "type", "value"), 0)
    errors: list[tuple[str, str, str, str]] = []
    words, seconds = 0, 0.0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        began = time.process_time()
        found = find_times(text, anchor=_anchor(row))
        seconds += time.process_time() - began
        words += len(text.split())
        ours = [
            {"start": one.span.start, "end": one.span.end, "type": one.type, "value": one.value}
            for one in found
        ]
        _score(text, _outside(text, row["timexes"]), _outside(text, ours), counts, errors)
    figures = {
        f"times.meantime.{name}": _f1(counts, name)
        for name in ("strict", "relaxed", "type", "value")
    }
    figures["times.words_per_second"] = words / max(seconds, 1e-9)
    return figures, errors


def _anchor(row: dict[str, Any]) -> When | None:
    day = row["dct"] if re.fullmatch(r"\d{4}-\d\d-\d\d", row["dct"] or "") else None
    if day is None:
        match = DATELINE.search(row["text"])
        dates = find_times(match.group(), anchor=None) if match else []
        day = dates[0].value if dates else None
    return When(day, day, "day", "publication") if day else None


def _outside(text: str, timexes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the expressions that do not stand in the dateline."""
    match = DATELINE.search(text)
    if match is None:
        return timexes
    return [
        one for one in timexes if not (one["start"] < match.end() and match.start() < one["end"])
    ]


def _score(
    text: str,
    gold: list[dict[str, Any]],
    ours: list[dict[str, Any]],
    counts: dict[str, int],
    errors: list[tuple[str, str, str, str]],
) -> None:
    pairs = _pairs(gold, ours)
    counts["gold"] += len(gold)
    counts["found"] += len(ours)
    for wanted, got in pairs:
        exact = (wanted["start"], wanted["end"]) == (got["start"], got["end"])
        same = wanted["value"] == got["value"]
        counts["relaxed"] += 1
        counts["strict"] += exact
        counts["type"] += wanted["type"] == got["type"]
        counts["value"] += same
        if not (exact and same):
            kind = "value" if exact else "extent" if same else "both"
            errors.append(
                (
                    kind,
                    _shown(text, wanted),
                    wanted["value"],
                    f"{got['value']} {text[got['start'] : got['end']]}",
                )
            )
    missed = [one for one in gold if not any(one is wanted for wanted, _ in pairs)]
    extra = [one for one in ours if not any(one is got for _, got in pairs)]
    errors += [("missed", _shown(text, one), one["value"], "") for one in missed]
    errors += [("extra", _shown(text, one), "", one["value"]) for one in extra]


def _pairs(
    gold: list[dict[str, Any]], ours: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pair gold and found one to one, exact spans first, then the largest overlap."""
    candidates = []
    for i, wanted in enumerate(gold):
        for j, got in enumerate(ours):
            overlap = min(wanted["end"], got["end"]) - max(wanted["start"], got["start"])
            if overlap > 0:
                exact = (wanted["start"], wanted["end"]) == (got["start"], got["end"])
                candidates.append((not exact, -overlap, i, j))
    used_gold: set[int] = set()
    used: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(candidates):
        if i not in used_gold and j not in used:
            used_gold.add(i)
            used.add(j)
            pairs.append((gold[i], ours[j]))
    return pairs


def _f1(counts: dict[str, int], name: str) -> float:
    total = counts["gold"] + counts["found"]
    return 200.0 * counts[name] / total if total else 0.0


def _shown(text: str, one: dict[str, Any]) -> str:
    start, end = one["start"], one["end"]
    shown = f"{text[max(0, start - 60) : start]}[[{text[start:end]}]]{text[end : end + 30]}"
    return shown.replace("\n", "¶")


def main() -> None:
    """Print the figures, and with ``--errors`` what is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    figures, errors = measure(options.shared)
    for name, value in figures.items():
        print(f"{name:32s} {value:10.2f}")
    for error in errors[: options.errors]:
        print("\t".join(error))


if __name__ == "__main__":
    main()
