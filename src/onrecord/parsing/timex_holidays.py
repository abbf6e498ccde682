"""Days with names: fixed, moveable and lunar holidays, and dates the press uses as names."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import msgspec

from onrecord.knowledge.tables import read_table
from onrecord.parsing.timex_calendar import Interval
from onrecord.parsing.timex_grammar import Hit
from onrecord.parsing.timex_tokens import TIMES

WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
#: Julian day number of 1 January of the year 1, in Python's proleptic Gregorian ordinals.
ISLAMIC_EPOCH = 227015
HEBREW_EPOCH = -1373427
#: New moons are reckoned from 6 January 2000, 18:14 UTC, at the mean synodic month.
NEW_MOON = 730125.76
SYNODIC = 29.530588853


class Holiday(msgspec.Struct, frozen=True):
    """A row of ``times/holidays.tsv``."""

    name: str
    rule: str
    days: int = 1


class NamedDay(msgspec.Struct, frozen=True):
    """A row of ``times/named_days.tsv``."""

    text: str
    date: str
    after: tuple[str, ...] = ()


@cache
def _holidays() -> dict[str, Holiday]:
    return {row.name: row for row in read_table(TIMES / "holidays.tsv", Holiday)}


@cache
def _named_days() -> dict[str, NamedDay]:
    rows = read_table(TIMES / "named_days.tsv", NamedDay)
    return {_key(row.text): row for row in rows}


def _key(text: str) -> str:
    return re.sub(r"^sept?\b", "september", re.sub(r"^oct\b", "october", re.sub(
        r"^jan\b", "january", re.sub(r"[\s.]+", " ", text.lower()).strip())))  # fmt: skip


def named_day(hit: Hit, text: str) -> str | None:
    """Return the day that "September 11" means before "attacks", or none."""
    row = _named_days().get(_key(text[hit.start : hit.end]))
    if row is None:
        return None
    following = re.findall(r"[A-Za-z]+", text[hit.end : hit.end + 30])[:2]
    if not row.after or any(word.lower() in row.after for word in following):
        return row.date
    return row.date if row.text in {"9/11", "D-Day"} else None


def holiday_date(name: str, year: int) -> tuple[str, Interval] | None:
    """Return the first day of a holiday in a year as ISO, and its days; none if unknown."""
    row = _holidays().get(name)
    if row is None or not 2 <= year <= 9990:
        return None
    first = _by_rule(row.rule, year)
    if first is None:
        return None
    last = first + timedelta(days=row.days - 1)
    return first.isoformat(), (first.isoformat(), last.isoformat(), "day")


def _by_rule(rule: str, year: int) -> date | None:
    words = rule.split()
    if re.fullmatch(r"\d\d-\d\d", rule):
        return date(year, int(rule[:2]), int(rule[3:]))
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    if rule.startswith("orthodox"):
        return orthodox_easter(year) + timedelta(days=int(rule.removeprefix("orthodox")))
    if words[0] == "islamic":
        return islamic_date(year, int(words[1]), int(words[2]))
    if words[0] == "hebrew":
        return hebrew_date(year, int(words[1]), int(words[2]))
    if words[0] == "lunar":
        return lunar_new_year(year)
    day = _nth(year, int(words[2]), WEEKDAYS[words[1]], int(words[0]))
    return day + timedelta(days=int(words[3]) if len(words) > 3 else 0)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def easter(year: int) -> date:
    """Return Western Easter Sunday (the anonymous Gregorian algorithm)."""
    golden, century = year % 19, year // 100
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 100 % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Return Orthodox Easter Sunday, as a Gregorian date (Meeus's Julian algorithm)."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    shift = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(days=shift)


def islamic_date(year: int, month: int, day: int) -> date | None:
    """Return the day in a Gregorian year, by the tabular Islamic calendar (a day off at most)."""
    for hijri in range((year - 622) * 33 // 32 - 1, (year - 622) * 33 // 32 + 3):
        days = day - 1 + (59 * (month - 1) + 1) // 2 + (hijri - 1) * 354 + (3 + 11 * hijri) // 30
        found = date.fromordinal(max(1, ISLAMIC_EPOCH + days))
        if found.year == year:
            return found
    return None


def _hebrew_new_year(year: int) -> int:
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    day = months * 29 + parts // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def _hebrew_start(year: int) -> int:
    before, this, after = (_hebrew_new_year(year + move) for move in (-1, 0, 1))
    late = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return HEBREW_EPOCH + this + late


def hebrew_date(year: int, month: int, day: int) -> date:
    """Return the day of the Hebrew year's festival that falls in a Gregorian year."""
    autumn = month >= 7
    start = _hebrew_start(year + (3761 if autumn else 3760))
    if autumn:
        length = _hebrew_start(year + 3762) - start
        heshvan = 30 if length % 10 == 5 else 29
        return date.fromordinal(start + [0, 30, 30 + heshvan][month - 7] + day - 1)
    # Spring months are counted back from the next new year: Nisan begins 177 days before it.
    following = _hebrew_start(year + 3761)
    return date.fromordinal(following - 177 + [0, 30, 59][month - 1] + day - 1)


def lunar_new_year(year: int) -> date:
    """Return Chinese New Year: the new moon, in China, between 21 January and 20 February."""
    earliest = date(year, 1, 21).toordinal()
    count = round((earliest - NEW_MOON) / SYNODIC)
    for step in range(count - 1, count + 3):
        moon = NEW_MOON + step * SYNODIC + 8 / 24
        if earliest <= int(moon) <= earliest + 30:
            return date.fromordinal(int(moon))
    return date(year, 2, 5)
