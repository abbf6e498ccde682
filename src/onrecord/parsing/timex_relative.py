"""Readers of years, quarters and whatever hangs on another time: "last week", "two years ago"."""

from __future__ import annotations

import re
from datetime import date

from onrecord.parsing.timex_calendar import interval, moved, value_at
from onrecord.parsing.timex_dates import offset
from onrecord.parsing.timex_durations import amount, duration_value
from onrecord.parsing.timex_grammar import Hit
from onrecord.parsing.timex_scene import Hangs, Reading, Scene

VAGUE_BACK = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


NARRATIVE = frozenset("previous preceding prior following subsequent ensuing".split())
BEFORE_NOUN = frozenset("following subsequent ensuing forthcoming".split())
#: "his last year in office" is no year of the calendar.
OWN = re.compile(r"\b(?:his|her|their|its|my|our|your)\s$", re.I)
THROUGH = re.compile(r"\b(?:over|during|in|within|throughout)\s$", re.I)


def read_relunit(hit: Hit, scene: Scene) -> Reading | None:
    """Read "last week", "this year", "that day", "the previous year", "the same month"."""
    unit = hit.value("u")
    if unit in {"TM", "TH", "TS", "2"}:
        return _short_unit(hit)
    if hit.has("rel2"):
        return _same_unit(hit, scene, unit)
    word, first = hit.word("rel"), hit.items[hit.first].lower
    if word == "recent" or first == "that" or (word in BEFORE_NOUN and first == word):
        return None
    if OWN.search(scene.direction.text[max(0, hit.start - 7) : hit.start]):
        return None
    if first in {"the", "this"} and first != word:
        stretched = _through(hit, scene, unit, word)
        if stretched is not None:
            return stretched
    if unit == "D" and word == "this":
        return Reading("DATE", scene.unit_value("D", 0) or "PRESENT_REF", "anchor")
    told = word in NARRATIVE or (unit == "D" and word in {"next", "last", "past"})
    if told and not (first == word and word == "last"):
        return _from_narrative(scene, unit, offset(word))
    if unit == "D" and word in {"coming", "upcoming"}:
        return None
    value = scene.unit_value(unit, offset(word))
    if value is not None and unit == "Y" and hit.word("adj") in {"fiscal", "financial"}:
        value = "FY" + value
    return _unit_or_unknown(unit, value, "anchor")


def _through(hit: Hit, scene: Scene, unit: str, word: str) -> Reading | None:
    """Read "the past year" and "(over) the last year" as the year up to now."""
    if unit in {"Q", "WE", "H"}:
        return None
    before = scene.direction.text[max(0, hit.start - 12) : hit.start]
    through = THROUGH.search(before) is not None
    if word == "past" or (word == "last" and through):
        return stretch(scene, 1.0, unit, -1, duration_value("1", unit))
    if word in {"next", "coming"} and unit != "D" and (through or unit == "DE"):
        return stretch(scene, 1.0, unit, 1, duration_value("1", unit))
    return None


def _short_unit(hit: Hit) -> Reading | None:
    word = hit.word("rel")
    if word in {"last", "past"}:
        return Reading("DURATION", duration_value("1", hit.value("u")))
    return None


def stretch(scene: Scene, count: float, unit: str, way: int, value: str) -> Reading:
    """Return a duration that ends, or with ``way`` 1 begins, at the anchor."""
    if scene.anchor is None or unit.startswith("T") or unit in {"2", "NI"} or count > 9000:
        return Reading("DURATION", value, "nothing")
    try:
        other = moved(scene.anchor, way * count, unit)
    except (ValueError, OverflowError):
        return Reading("DURATION", value, "nothing")
    first, last = sorted((scene.anchor, other))
    found = interval(value_at(scene.anchor, unit))
    grain = found[2] if found else "day"
    return Reading("DURATION", value, "anchor", days=(first.isoformat(), last.isoformat(), grain))


def _unknown(unit: str) -> str:
    return {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "Q": "XXXX-QX",
            "H": "XXXX-HX", "DE": "XXX", "CE": "XX"}.get(unit, "XXXX-XX-XX")  # fmt: skip


def _from_narrative(scene: Scene, unit: str, move: int) -> Reading:
    base, hangs = scene.time_before()
    value = scene.unit_value(unit, move, base) if base else None
    if value is None:
        return Reading("DATE", _unknown(unit), "nothing")
    if hangs == "anchor" and scene.reference is None and unit == "D":
        return (
            Reading("DATE", value, "nothing", days=None)
            if move > 0
            else Reading("DATE", value, hangs)
        )
    return Reading("DATE", value, hangs)


def _same_unit(hit: Hit, scene: Scene, unit: str) -> Reading | None:
    """Read "that day", "the same week": the narrative's last date, at this grain."""
    if hit.word("rel2") == "those":
        return None
    base, hangs = scene.time_before()
    if scene.reference is None:
        return Reading("DATE", _unknown(unit), "nothing")
    value = value_at(base, unit) if base else _unknown(unit)
    return Reading("DATE", value, hangs)


def read_theunit(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the weekend", "the entire year", "(for) the quarter"; "the day" alone is no time."""
    unit, adjective = hit.value("u"), hit.word("adj")
    fiscal = adjective in {"fiscal", "financial"}
    if adjective == "full":
        return None
    if unit == "WE":
        past = (
            scene.anchor is not None
            and scene.anchor.isoweekday() < 6
            and (scene.direction.of(hit.start, hit.end) <= 0)
        )
        return _unit_or_unknown(unit, scene.unit_value(unit, -1 if past else 0), "anchor")
    if unit not in {"Y", "M", "W", "Q"} or not (adjective or _stands_alone(hit, scene)):
        return None
    base = None if fiscal else scene.reference
    value = scene.unit_value(unit, 0, base)
    if value is not None and fiscal:
        value = "FY" + value
    return _unit_or_unknown(unit, value, scene.reference_hangs if base else "anchor")


def _unit_or_unknown(unit: str, value: str | None, hangs: Hangs) -> Reading:
    if value is None:
        return Reading("DATE", _unknown(unit), "nothing")
    return Reading("DATE", value, hangs)


def _stands_alone(hit: Hit, scene: Scene) -> bool:
    """Tell "profit for the year" from "the year he was born"."""
    text = scene.direction.text
    return (
        re.search(r"\b(?:for|in|during)\s$", text[max(0, hit.start - 8) : hit.start]) is not None
        and re.match(r"\s?(?:[.,;:)]|to\b|and\b|as\b|after a\b|$)", text[hit.end : hit.end + 8])
        is not None
    )


def read_theadjacent(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the day before yesterday", "the year before", "the week after"."""
    unit = hit.value("u")
    if unit.startswith("T"):
        return None
    move = 1 if hit.word("way") == "after" else -1
    if hit.has("x"):
        if unit != "D":
            return None
        base = scene.unit_value("D", int(hit.value("x")) + move)
        return Reading("DATE", base or "XXXX-XX-XX", "anchor" if base else "nothing")
    following = scene.direction.text[hit.end : hit.end + 2]
    if re.match(r"\s?[\w$€£“\"‘]", following):
        return Reading("DATE", _unknown(unit), "nothing")
    return _from_narrative(scene, unit, move)


def read_allunit(hit: Hit, scene: Scene) -> Reading | None:
    """Read "all last week", "all year", "all day"."""
    rel, unit = hit.tokens("rel")[-1], hit.value("u")
    if not unit:
        return Reading("DURATION", duration_value("1", rel.value)) if rel.value else None
    value = (
        scene.unit_value(unit, offset(rel.lower)) if unit in {"D", "W", "M", "Y", "WE"} else None
    )
    return Reading("DATE", value, "anchor") if value else None


def read_sameperiod(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the same period last year", "the same month a year ago"."""
    base, hangs = scene.time_before()
    if base is None:
        return Reading("DATE", "XXXX-XX-XX", "nothing")
    if scene.reference_value.startswith("FY") and hit.value("lu") == "Y":
        return Reading("DATE", f"FY{base.year - 1:04d}", hangs)
    months = _months_back(hit, scene, base)
    found = interval(scene.reference_value) if scene.reference is not None else None
    grain = GRAIN_UNITS.get(found[2] if found else "", "M")
    if not months:
        return None
    try:
        return Reading("DATE", value_at(moved(base, months, "M"), hit.value("u") or grain), hangs)
    except (ValueError, OverflowError):
        return None


GRAIN_UNITS = {"quarter": "Q", "month": "M", "half": "H", "week": "W"}
MONTHS = {"Y": 12, "Q": 3, "M": 1}


def _months_back(hit: Hit, scene: Scene, base: date) -> int:
    """Return how many months (below zero) the other period lies from the base."""
    if hit.has("y"):
        return 12 * (int(hit.word("y")) - base.year)
    if not hit.has("rel"):
        return -round((amount(hit) or 1) * MONTHS.get(hit.value("nu"), 0))
    length = MONTHS.get(hit.value("lu"), 0)
    if length < 12:
        return -length
    last_year = scene.anchor.year - 1 if scene.anchor else base.year - 1
    return 12 * (last_year - base.year) or -12


def read_thattime(hit: Hit, scene: Scene) -> Reading | None:
    """Read "that time": the narrative's last date."""
    if hit.items[hit.last - 1].lower != "time":
        return None
    if scene.reference is None:
        return Reading("DATE", "PAST_REF", "nothing")
    return Reading("DATE", scene.reference_value.partition("T")[0], scene.reference_hangs)


def read_shifted(hit: Hit, scene: Scene) -> Reading | None:
    """Read "two years ago", "a week earlier", "three days later"."""
    unit = hit.value("u")
    word = hit.word("way")
    move = -1 if word in {"ago", "earlier", "before"} else 1
    count = amount(hit)
    if count is None:
        if word not in {"ago", "from"}:
            return Reading("DATE", "XXXX-XX-XX", "nothing")
        return Reading("DATE", VAGUE_BACK[move], "nothing")
    if word in {"ago", "from"}:
        base: date | None = scene.anchor
        hangs: Hangs = "anchor"
    else:
        base, hangs = scene.reference, scene.reference_hangs
        if base is None and unit in {"Y", "DE", "CE"} and word == "earlier":
            base, hangs = scene.anchor, "anchor"
    return _shift(base, hangs, move * count, unit)


def _shift(base: date | None, hangs: Hangs, count: float, unit: str) -> Reading:
    if base is None:
        return Reading("DATE", "PAST_REF" if count < 0 else _unknown(unit), "nothing")
    if unit.startswith("T") or unit in {"2", "NI"}:
        hours = {"TH": abs(count), "TM": abs(count) / 60}.get(unit, 0.0)
        if hours < 12:
            return Reading("TIME", base.isoformat(), hangs)
        unit, count = "D", round(count / 24 if unit == "TH" else 0)
    try:
        day = moved(base, count, unit)
    except (ValueError, OverflowError):
        return Reading("DATE", "PAST_REF" if count < 0 else "FUTURE_REF", "nothing")
    unit = {"DE": "Y", "CE": "Y", "ML": "Y"}.get(unit, unit)  # "a decade ago" is that year
    grain = unit if count == round(count) else {"Y": "M", "M": "D", "DE": "Y"}.get(unit, "D")
    return Reading("DATE", value_at(day, grain), hangs)


def read_vagueago(hit: Hit, scene: Scene) -> Reading | None:
    """Read "years ago", "a long time ago", "minutes later"."""
    value = "PAST_REF" if hit.word("way") == "ago" else "XXXX-XX-XX"
    return Reading("DATE", value, "nothing")


def read_weekago(hit: Hit, scene: Scene) -> Reading | None:
    """Read "a week ago Tuesday", "two years ago today"."""
    count = amount(hit)
    if scene.anchor is None or count is None:
        return None
    try:
        day = moved(scene.anchor, -count, hit.value("u"))
    except (ValueError, OverflowError):
        return None
    if hit.tokens("w")[-1].lower not in {"today", "yesterday", "tomorrow"}:
        day = date.fromordinal(day.toordinal() - (day.isoweekday() - int(hit.value("w"))) % 7)
    return Reading("DATE", day.isoformat(), "anchor")


def read_yearago(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the year-ago quarter", "a year-earlier"."""
    unit = hit.value("u")
    if unit not in {"Y", "M", "W"}:
        return None
    value = scene.unit_value(unit, -1)
    return Reading("DATE", value or _unknown(unit), "anchor" if value else "nothing")
