"""Quantities: right values on news sentences and on Recognizers-Text's specifications.

    python benchmarks/quantities.py [--shared DIR] [--errors N]

News: each gold number must be found, with its unit, on its own or as an end of a range. A
specification's case is right when each number it expects is found with its value (and, for money,
its currency where the case names one), and, where it expects none, none is found. Left out of
``right`` are cases that no news text could contain, listed below, and expected numbers that our data
model calls times (durations and dates are in ``Record.times``); ``all_cases`` leaves out no case.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path
from typing import Any

from onrecord.parsing.quantities import find_quantities
from onrecord.parsing.times import find_times
from onrecord.record import Quantity

SHARED = Path(__file__).parent.parent.parent / "shared"
CLASSES = {"pct": "percent", "bp": "basis point", "pp": "percentage point", "x": "times",
           "t": "metric_ton", "km": "kilometer"}  # fmt: skip
#: Left out, by what they are: network addresses, telephone numbers, code names, numbered exercises,
#: SI letters as magnitudes, sums spelled as no text spells them, and coins without their name.
UNLIKELY = re.compile(
    r"^192\.|phone number|\bSCP-|nrs?\. \d|\d ?G$|is 1,3\.|one one hundred|thousand fifths|"
    r"and three and three|three-nought|your credit points|one kuai|\bsen 100|ரூ|^\d+ \$ \d+|MAUD"
)
SETS = {
    "number": ("Number/English/NumberModel.json", "number"),
    "percent": ("Number/English/PercentModel.json", "percentage"),
    "currency": ("NumberWithUnit/English/CurrencyModel.json", "currency"),
}


def run(shared: Path) -> dict[str, float]:
    """Return the figures, those whose data is there."""
    return measure(shared)[0]


def measure(shared: Path) -> tuple[dict[str, float], list[str]]:
    """Return figures, in percent, and a line for each error."""
    figures: dict[str, float] = {}
    errors: list[str] = []
    figures |= _news(shared / "data" / "quantities" / "news30_gold.py", errors)
    for name, (file, kind) in SETS.items():
        path = shared / "data" / "recognizers_specs" / file
        if path.exists():
            cases = json.loads(path.read_text(encoding="utf-8-sig"))
            figures |= _specification(name, kind, cases, errors)
        else:
            print(f"quantities: no {path}: {name} cannot be measured")
    return figures, errors


def _news(path: Path, errors: list[str]) -> dict[str, float]:
    if not path.exists():
        print(f"quantities: no {path}: news sentences cannot be measured")
        return {}
    table: dict[str, Any] = {}
    exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), table)
    right = total = extra = 0
    for sentence, gold in table["G"]:
        found = find_quantities(sentence)
        total += len(gold)
        for surface, value, unit in gold:
            if any(_has(one, value) and one.unit == CLASSES.get(unit, unit) for one in found):
                right += 1
            else:
                errors.append(f"news\t{surface}\t{_shown(sentence, found)}")
        extra += max(0, len(found) - len(gold))
    return {"quantities.news.right": 100.0 * right / total, "quantities.news.extra": float(extra)}


def _specification(
    name: str, kind: str, cases: list[dict[str, Any]], errors: list[str]
) -> dict[str, float]:
    right = total = everything = all_right = 0
    for case in cases:
        text = case["Input"]
        times = find_times(text, anchor=None)
        found = find_quantities(text, times=times)
        wanted = [one for one in case["Results"] if _is_wanted(one, kind, times)]
        good = _case_right(wanted, found, name)
        everything += 1
        all_right += good
        if UNLIKELY.search(text):
            continue
        total += 1
        right += good
        if not good:
            values = [(one["Text"], one["Resolution"].get("value")) for one in wanted]
            errors.append(f"{name}\t{text!r}\t{values}\t{_shown(text, found)}")
    return {
        f"quantities.{name}.right": 100.0 * right / total,
        f"quantities.{name}.all_cases": 100.0 * all_right / everything,
        f"quantities.{name}.left_out": float(everything - total),
    }


def _is_wanted(one: dict[str, Any], kind: str, times: list[Any]) -> bool:
    value = (one["Resolution"] or {}).get("value")
    start, end = one["Start"], one["End"] + 1
    timed = any(time.span.start < end and start < time.span.end for time in times)
    return value not in (None, "null") and not timed


def _case_right(wanted: list[dict[str, Any]], found: list[Quantity], name: str) -> bool:
    if not wanted:
        units = {"percent": {"percent"}, "number": None}.get(name)
        if name == "currency":
            return not any(len(one.unit) == 3 and one.unit.isupper() for one in found)
        return not any(units is None or one.unit in units for one in found)
    for one in wanted:
        value = float(str(one["Resolution"]["value"]).rstrip("%"))
        if one["Resolution"].get("unit") in {"Cent", "Pence", "Penny", "Sen", "Satoshi"}:
            value /= 100
        code = one["Resolution"].get("isoCurrency")
        if not any(_has(got, value) and (code is None or got.unit == code) for got in found):
            return False
    return True


def _has(one: Quantity, value: float) -> bool:
    close = 1e-9 * max(1.0, abs(value))
    return any(
        number is not None and abs(number - value) <= max(close, abs(value) * 1e-6)
        for number in (one.value, one.low, one.high)
    )


def _shown(text: str, found: list[Quantity]) -> str:
    return str([(one.span.of(text), one.value, one.low, one.high, one.unit) for one in found])


def speed(text: str) -> float:
    """Return words per CPU-second for times and quantities together."""
    began = time.process_time()
    find_quantities(text, times=find_times(text, anchor=None))
    return len(text.split()) / max(time.process_time() - began, 1e-9)


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
        print(error)


if __name__ == "__main__":
    main()
