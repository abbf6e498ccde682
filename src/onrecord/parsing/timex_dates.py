"""Readers of absolute and calendar dates: days, months, years, weekdays, seasons, holidays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.parsing.timex_calendar import interval, value_at
from onrecord.parsing.timex_grammar import Hit
from onrecord.parsing.timex_holidays import named_day
from onrecord.parsing.timex_names import is_named_day
from onrecord.parsing.timex_scene import Hangs, Reading, Scene

OFFSETS = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "recent": -1,
           "this": 0, "current": 0, "that": 0}  # fmt: skip


def offset(word: str) -> int:
    """Return -1 for "last" and its like, 0 for "this", 1 for "next" and its like."""
    return OFFSETS.get(word, 1)


def number(hit: Hit, group: str) -> int:
    """Return the number a day or an ordinal stands for: "3rd", "third" and "3" give 3."""
    tokens = hit.tokens(group)
    digits = re.match(r"\d+", tokens[0].lower) if tokens else None
    return int(digits.group()) if digits else int(hit.value(group) or 0)


def dated(month: int, day: int, year: int | None) -> str:
    """Return a day's value, with X for a year that is not known."""
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"XXXX-{month:02d}-{day:02d}"


def valid(month: int, day: int, year: int | None) -> bool:
    """Tell whether the calendar has this day."""
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


#: "October 3–November 17, 2023": the first day is of the second's year.
SHARED_YEAR = re.compile(
    r"\s?(?:[-–—]|to|and|through|until)\s?(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:st|nd|rd|th)?,?|\d{1,2}\s[A-Z][a-z]{2,8})"
    r"\s((?:19|20)\d\d)\b"
)


def read_date(hit: Hit, scene: Scene) -> Reading | None:
    """Read "March 3", "3 March 2013", "Friday, March 1st"."""
    month, day = int(hit.value("m")), number(hit, "d")
    if not 1 <= day <= 31:
        return None
    hangs: Hangs = "explicit"
    year = int(hit.word("y")) if hit.has("y") else None
    if year is None:
        known = named_day(hit, scene.direction.text)
        if known:
            return Reading("DATE", known)
        shared = SHARED_YEAR.match(scene.direction.text, hit.end)
        year, hangs = (int(shared[1]), "explicit") if shared else _day_year(hit, scene, month, day)
    if not valid(month, day, year):
        return None
    return Reading("DATE", dated(month, day, year), hangs)


def _day_year(hit: Hit, scene: Scene, month: int, day: int) -> tuple[int | None, Hangs]:
    """Return the year of a day: the one in which its weekday is right, else the likeliest."""
    year = scene.day_year(month, day, hit.start, hit.end)
    if year is not None and hit.has("w") and hit.value("w"):
        for candidate in (year, year - 1, year + 1, year - 2, year + 2):
            fits = valid(month, day, candidate)
            if fits and date(candidate, month, day).isoweekday() == int(hit.value("w")):
                return candidate, "anchor"
    return year, "anchor" if year else "nothing"


def read_days(hit: Hit, scene: Scene) -> Reading | None:
    """Read "January 22-23" as one interval."""
    month, first, last = int(hit.value("m")), number(hit, "d"), number(hit, "e")
    year = int(hit.word("y")) if hit.has("y") else scene.day_year(month, first, hit.start, hit.end)
    if not (valid(month, first, year) and valid(month, last, year) and first < last):
        return None
    hangs: Hangs = "explicit" if hit.has("y") else "anchor" if year else "nothing"
    return Reading("DATE", f"{dated(month, first, year)}/{dated(month, last, year)}", hangs)


#: Words before which "May" or "Jan" is a month, not a verb or a name.
MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|last|next|this|since|by|until|till|through|during|from|to|of|for|and|or|early|late|mid|"
    r"between|before|after|every|each|on|the|a|an|with|its|their|his|her|our|end|previous|’s|'s|"
    r"compared|versus|vs|as|than|\d{1,2}|(?:Jan|Febr|Septem|Octo|Novem|Decem)\w*|April|June|July|August)"
    r"\s*[-–]?\s*[(,]?|[(/–-])\s*$",
    re.I,
)
#: Months whose names are also words or short names, and those that people bear.
TO_MONTH = re.compile(
    r"\s?(?:-|–|to|and|or|through|until)\s?"
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\b"
)
WORDLIKE = frozenset("May March Mar Jan Dec Oct Sep Jun".split())
BORNE = frozenset("April June August Jan May".split())
THERESA = re.compile(r"\b(?:Theresa|Mrs\.?|Ms\.?|Mr\.?)\sMay\b")
AMBIGUOUS_BEFORE = re.compile(r"\b(?:to|and|with|by|of|after|before|for|from|than|the)\s$")


def read_month(hit: Hit, scene: Scene) -> Reading | None:
    """Read "March", "March 2013", "last March", "May of this year"."""
    month = int(hit.value("m"))
    text = scene.direction.text
    if hit.has("y"):
        return Reading("DATE", f"{int(hit.word('y')):04d}-{month:02d}")
    if not hit.has("rel") and not _is_month(hit, text):
        return None
    year = _relative_year(hit, scene, month)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}", "nothing")
    return Reading("DATE", f"{year:04d}-{month:02d}", "anchor")


def read_monthdot(hit: Hit, scene: Scene) -> Reading | None:
    """Read "Sept." with its full stop, where the sentence goes on."""
    text = scene.direction.text
    adjacent = hit.items[hit.first].end == hit.items[hit.last - 1].start
    if (
        not adjacent
        or hit.end - hit.start > 5
        or not re.match(r"\s?[a-z,;]", text[hit.end : hit.end + 2])
    ):
        return None
    return read_month(hit, scene)


def _is_month(hit: Hit, text: str) -> bool:
    """Tell a bare month from a name or verb: "May", "March", "April Jones", "Jan Smith"."""
    word = text[hit.start : hit.end].rstrip(".")
    if word not in WORDLIKE and word not in BORNE:
        return True
    if re.match(r"-[a-z]", text[hit.end : hit.end + 2]):
        return False
    if TO_MONTH.match(text, hit.end):
        return True
    before = text[max(0, hit.start - 16) : hit.start]
    if not MONTH_BEFORE.search(before):
        named = re.match(r"(?:['’]s)?\s+[A-Z][a-z]", text[hit.end : hit.end + 8])
        return word not in WORDLIKE and not named and not re.search(r"[A-Z][a-z]+\s$", before)
    if word == "May" and AMBIGUOUS_BEFORE.search(before):
        return THERESA.search(text) is None
    return True


def _relative_year(hit: Hit, scene: Scene, month: int) -> int | None:
    if scene.anchor is None:
        return None
    year, now = scene.anchor.year, scene.anchor.month
    if not hit.has("rel"):
        return scene.month_year(month, hit.start, hit.end)
    move = offset(hit.word("rel"))
    if hit.last - hit.match.end("rel") > 0 and hit.match.start("rel") > hit.first:
        return year + move  # "March of last year"
    if move < 0:
        return year if month < now else year - 1
    if move > 0:
        return year if month > now else year + 1
    return year


def read_iso(hit: Hit, scene: Scene) -> Reading | None:
    """Read "2013-03-22" and "2013-03-22T16:00Z"."""
    text = hit.items[hit.first].lower.upper().replace(" ", "T")
    day, _, clock = text.partition("T")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day) or interval(day) is None:
        return None
    if not clock:
        return Reading("DATE", day)
    clock = re.sub(r"\.\d+", "", clock)
    return Reading("TIME", f"{day}T{clock}")


def read_slash(hit: Hit, scene: Scene) -> Reading | None:
    """Read "7/8/07" (month first unless that cannot be) and "22.03.2013" (day first)."""
    surface = hit.items[hit.first].lower
    fields = [int(part) for part in re.split(r"[/.]", surface)]
    if len(fields) == 2:
        first = fields[0]
        follows = (first + 1) % 100 == fields[1]
        return Reading("DATE", f"{first}/{first + 1}") if follows else None
    if fields[0] > 999:
        year, month, day = fields
    else:
        month, day, year = fields
        if "." in surface or month > 12:
            month, day = day, month
    if year < 100:
        year += 2000 if year < 50 else 1900
    return Reading("DATE", dated(month, day, year)) if valid(month, day, year) else None


def read_weekday(hit: Hit, scene: Scene) -> Reading | None:
    """Read "Tuesday", "last Tuesday", "Tuesday of last week"."""
    number_ = int(hit.value("w") or hit.tokens("w")[0].value)
    if is_named_day(scene.direction.text, hit.start, hit.end):
        return None
    if not hit.has("rel"):
        return _weekday(scene, number_, hit, None)
    move = offset(hit.word("rel"))
    if hit.word("rel") in {"following", "recent"} and hit.items[hit.first].lower != "the":
        return None
    if hit.match.start("rel") > hit.match.start("w"):
        if hit.items[hit.last - 1].value != "W":
            return None
        return _of_week(scene, number_, move)
    return relative_weekday(scene, number_, hit, move)


def relative_weekday(scene: Scene, number_: int, hit: Hit, move: int) -> Reading:
    """Return the Tuesday of "last Tuesday" (-1), "this Tuesday" (0), "next Tuesday" (1)."""
    if move == 0:
        return _weekday(
            scene, number_, hit, None if scene.direction.of(hit.start, hit.end) < 0 else 1
        )
    if scene.anchor is None:
        return _weekday(scene, number_, hit, move)
    base = scene.anchor + timedelta(days=move)
    days = (number_ - base.isoweekday()) % 7 if move > 0 else -((base.isoweekday() - number_) % 7)
    return Reading("DATE", (base + timedelta(days=days)).isoformat(), "anchor")


def _weekday(scene: Scene, number_: int, hit: Hit, way: int | None) -> Reading:
    day = scene.weekday(number_, hit.start, hit.end, way)
    if day is None:
        return Reading("DATE", f"XXXX-WXX-{number_}", "nothing")
    return Reading("DATE", day.isoformat(), "anchor")


def _of_week(scene: Scene, number_: int, move: int) -> Reading:
    if scene.anchor is None:
        return Reading("DATE", f"XXXX-WXX-{number_}", "nothing")
    days = number_ - scene.anchor.isoweekday() + 7 * move
    return Reading("DATE", (scene.anchor + timedelta(days=days)).isoformat(), "anchor")


def read_nthweekday(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the first Monday of May", "the last Friday in June 2014"."""
    month = int(hit.value("m"))
    year = int(hit.word("y")) if hit.has("y") else scene.month_year(month, hit.start, hit.end)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}", "nothing")
    nth = -1 if hit.word("o") in {"last", "final"} else number(hit, "o")
    day = nth_weekday(year, month, int(hit.value("w")), nth)
    hangs: Hangs = "explicit" if hit.has("y") else "anchor"
    return None if day is None else Reading("DATE", day.isoformat(), hangs)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Return the nth (or, with -1, last) weekday of a month, none if it has no such day."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7)
    days = [day + timedelta(days=7 * place) for place in range(5)]
    days = [day for day in days if day.month == month]
    place = nth - 1 if nth > 0 else len(days) + nth
    return days[place] if 0 <= place < len(days) else None


def read_nthunit(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the last week of March", "the first half of May 2014", "the second day of June"."""
    month = int(hit.value("m"))
    year = int(hit.word("y")) if hit.has("y") else scene.month_year(month, hit.start, hit.end)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}", "nothing")
    hangs: Hangs = "explicit" if hit.has("y") else "anchor"
    first = date(year, month, 1)
    last = interval(f"{year:04d}-{month:02d}")
    nth = -1 if hit.word("o") in {"last", "final"} else number(hit, "o")
    unit = hit.value("u")
    if last is None or nth == 0:
        return None
    if unit in {"W", "WE"}:
        # A week belongs to the month that holds its Thursday.
        base = (
            date.fromisoformat(last[1]) - timedelta(days=3)
            if nth < 0
            else first + timedelta(days=3)
        )
        weeks = nth + 1 if nth < 0 else nth - 1
        return Reading("DATE", value_at(base + timedelta(days=7 * weeks), unit), hangs)
    if unit == "H":
        return Reading("DATE", f"{year:04d}-{month:02d}", hangs, "early" if nth == 1 else "late")
    if unit == "D":
        day = date.fromisoformat(last[1]) if nth < 0 else first + timedelta(days=nth - 1)
        return Reading("DATE", day.isoformat(), hangs)
    return None


def read_weekof(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the week of March 18", "the weekend of 2 March 2013"."""
    unit = hit.value("u")
    inner = read_date(hit, scene) if unit in {"W", "WE"} else None
    if inner is None or inner.value.startswith("X"):
        return None
    return Reading("DATE", value_at(date.fromisoformat(inner.value), unit), inner.hangs)
