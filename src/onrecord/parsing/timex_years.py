"""Readers of years and their parts: "2009", "the 1990s", "third-quarter", "fiscal 2012"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.parsing.timex_calendar import moved
from onrecord.parsing.timex_dates import number, offset
from onrecord.parsing.timex_durations import amount, duration_value, plain
from onrecord.parsing.timex_grammar import Hit
from onrecord.parsing.timex_names import counts_or_names
from onrecord.parsing.timex_scene import Hangs, Reading, Scene


def read_year(hit: Hit, scene: Scene) -> Reading | None:
    """Read a bare year, unless it counts something or belongs to a name."""
    text = scene.direction.text
    explicit = hit.match.start("y") > hit.first
    if not explicit and counts_or_names(text, hit.start, hit.end):
        return None
    return Reading("DATE", hit.word("y"))


def read_shortyear(hit: Hit, scene: Scene) -> Reading | None:
    """Read "'08"."""
    digits = hit.word("n")
    text = scene.direction.text
    before = text[max(0, hit.start - 12) : hit.start]
    if len(digits) != 2 or hit.items[hit.first].end != hit.items[hit.first + 1].start:
        return None
    if not re.search(
        r"\b(?:in|since|of|by|from|until|for|class of|to|and|summer|spring|fall)\s$", before
    ):
        return None
    century = "20" if int(digits) < 50 else "19"
    return Reading("DATE", century + digits)


def read_yearpair(hit: Hit, scene: Scene) -> Reading | None:
    """Read "2013-14" and "2009-2011" as one interval."""
    first, last = hit.word("y"), hit.word("e")
    if len(last) == 2:
        last = first[:2] + last
    if not last.isdigit() or len(last) != 4 or not 0 < int(last) - int(first) < 60:
        return None
    if counts_or_names(scene.direction.text, hit.start, hit.end):
        return None
    return Reading("DATE", f"{first}/{last}")


def read_decade(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the 1990s", "the '70s"."""
    digits = re.sub(r"\D", "", hit.word("z"))
    if len(digits) == 2:
        ahead = scene.direction.text[max(0, hit.start - 24) : hit.start]
        if re.search(
            r"\b(?:his|her|their|my|our|mid|mid-|into|low|high|upper|temperatures in|highs in|aged?|ages)\s?$",
            ahead,
        ):
            return None
        if hit.first == hit.match.start("z") and not re.search(
            r"\b(?:and|or|mid|to|of)\W?$", ahead
        ):
            return None
        if (
            any(token.value == "mid" for token in hit.items[hit.first : hit.last])
            and digits[0] in "23"
        ):
            return None
        digits = ("19" if digits[0] in "3456789" else "20") + digits
    return Reading("DATE", digits[:3], mod=_decade_mod(hit))


def _decade_mod(hit: Hit) -> str:
    for token in hit.items[hit.first : hit.last]:
        if token.value in {"early", "late", "mid"}:
            return token.value
    return ""


def read_decadename(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the sixties"; not "in his sixties"."""
    if hit.items[hit.first].lower != "the":
        return None
    return Reading("DATE", "19" + hit.value("z"), mod=_decade_mod(hit))


def read_century(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the 19th century", "21st-century"."""
    if hit.value("u") != "CE":
        return None
    tokens = hit.items[hit.first : hit.last]
    count = sum(int(re.sub(r"\D", "", token.lower) or token.value or 0)
                for token in tokens if token.value.isdigit() or token.lower[0].isdigit())  # fmt: skip
    if not 1 <= count <= 22:
        return None
    return Reading("DATE", f"{count - 1:02d}", mod=_decade_mod(hit))


def read_partof(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the third quarter of this year", "the first half of 2013"."""
    year = int(hit.tokens("y")[-1].lower) if hit.has("y") else None
    hangs: Hangs = "explicit"
    if year is None:
        if hit.items[hit.last - 1].value != "Y" or scene.anchor is None:
            return None
        year, hangs = (
            scene.anchor.year + (offset(hit.word("rel")) if hit.has("rel") else 0),
            "anchor",
        )
    return _part_of_year(hit, f"{year:04d}", year, hangs)


def _part_of_year(hit: Hit, text: str, year: int, hangs: Hangs) -> Reading | None:
    unit = hit.value("u")
    nth = -1 if hit.word("o") in {"last", "final"} else number(hit, "o")
    most = {"Q": 4, "H": 2, "M": 12}.get(unit, 0)
    if unit == "W" and 0 < nth < 53:
        return Reading("DATE", f"{text}-W{nth:02d}", hangs)
    if not most or nth > most or nth == 0:
        return None
    nth = most if nth < 0 else nth
    fiscal = "FY" if any(token.lower in {"fiscal", "financial"}
                         for token in hit.items[hit.first : hit.last]) else ""  # fmt: skip
    tail = f"{nth:02d}" if unit == "M" else f"{unit}{nth}"
    return Reading("DATE", f"{fiscal}{text}-{tail}", hangs)


def read_quarter(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the third quarter", "third-quarter", "the second half"."""
    if hit.has("y"):
        return _part_of_year(hit, hit.word("y"), int(hit.word("y")), "explicit")
    nth, unit = number(hit, "o"), hit.value("u")
    if hit.word("o") == "final":
        nth = 4 if unit == "Q" else 2
    if nth not in range(1, 5 if unit == "Q" else 3) or (unit == "H" and not _half_year(hit, scene)):
        return None
    if scene.anchor is None:
        return Reading("DATE", f"XXXX-{unit}{nth}", "nothing")
    return Reading(
        "DATE", f"{_quarter_year(hit, scene, scene.anchor, nth, unit):04d}-{unit}{nth}", "anchor"
    )


def _half_year(hit: Hit, scene: Scene) -> bool:
    """Tell the half of a year from the half of a match."""
    after = scene.direction.text[hit.end : hit.end + 18].lower()
    return bool(
        re.match(r"\W?\s?(?:profit|loss|earnings|results|revenue|sales|gdp|net|figures)", after)
    )


def _quarter_year(hit: Hit, scene: Scene, anchor: date, nth: int, unit: str) -> int:
    """Return the year whose quarter is nearest, by direction where it lies wholly apart."""
    length = 3 if unit == "Q" else 6
    middle = nth * length - length / 2
    now = anchor.month - 1 + anchor.day / 31
    year = min((anchor.year - 1, anchor.year, anchor.year + 1),
               key=lambda candidate: abs((candidate - anchor.year) * 12 + middle - now))  # fmt: skip
    way = scene.direction.of(hit.start, hit.end)
    begins = (year - anchor.year) * 12 + middle - length / 2
    if way < 0 and begins > now:
        return year - 1
    return year


def read_fiscalyear(hit: Hit, scene: Scene) -> Reading | None:
    """Read "fiscal 2012", "fiscal year 2012"."""
    return Reading("DATE", "FY" + hit.word("y"))


def read_unitend(hit: Hit, scene: Scene) -> Reading | None:
    """Read "year-end"."""
    unit = hit.value("u")
    value = scene.unit_value(unit, 0) if unit in {"Y", "M"} else None
    if hit.items[hit.last - 1].lower != "end" or value is None:
        return None
    return Reading("DATE", value, "anchor", mod="late")


def read_quarternum(hit: Hit, scene: Scene) -> Reading | None:
    """Read "Q3 2009", "Q1", "2Q of last year"."""
    surfaces = [token.lower for token in hit.items[hit.first : hit.last]]
    label = next(one for one in surfaces if re.fullmatch(r"[qh]\d|\dq", one))
    unit = "H" if "h" in label else "Q"
    nth = int(re.sub(r"\D", "", label))
    if nth > (4 if unit == "Q" else 2):
        return None
    if hit.has("y"):
        return Reading("DATE", f"{int(hit.word('y')):04d}-{unit}{nth}")
    if scene.anchor is None:
        return Reading("DATE", f"XXXX-{unit}{nth}", "nothing")
    if hit.has("rel"):
        year = scene.anchor.year + offset(hit.word("rel"))
    else:
        year = _quarter_year(hit, scene, scene.anchor, nth, unit)
    return Reading("DATE", f"{year:04d}-{unit}{nth}", "anchor")


def read_firstunits(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the first three months of 2013", "the last two weeks of the year"."""
    unit, count = hit.value("u"), amount(hit)
    if (
        count is None
        or unit not in {"M", "W", "D", "Q"}
        or hit.word("o") not in {"first", "last", "final"}
    ):
        return None
    value = duration_value(plain(count), unit)
    hangs: Hangs = "explicit"
    if hit.has("u") and hit.last == hit.match.end("u"):
        return Reading("DURATION", value, "nothing")
    if hit.has("y"):
        year = int(hit.word("y"))
    elif scene.anchor is None or hit.items[hit.last - 1].value != "Y":
        return Reading("DURATION", value, "nothing")
    else:
        year, hangs = (
            scene.anchor.year + (offset(hit.word("rel")) if hit.has("rel") else 0),
            "anchor",
        )
    try:
        if hit.word("o") == "first":
            first = date(year, 1, 1)
            last = moved(first, count, unit) - timedelta(days=1)
        else:
            last = date(year, 12, 31)
            first = moved(last + timedelta(days=1), -count, unit)
    except (ValueError, OverflowError):
        return Reading("DURATION", value, "nothing")
    return Reading("DURATION", value, hangs, days=(first.isoformat(), last.isoformat(), "month"))
