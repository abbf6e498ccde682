"""Relative ages: ``3 hours ago`` and the date of retrieval → the date of publication."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.reading.dates import day_of, moment
from onrecord.record import When

Unit = Literal["minute", "hour", "day", "week", "month", "year"]
_ONE = {"a", "an", "one", "einem", "einer", "un", "une", "una", "um", "uma", "een"}
_BEFORE = r"(?:(?:published|posted|about|first published)[ :]{1,2})?"
_AFTER = r"(?:[ |·•,-]{1,3}\d{1,7}(?:[.,]\d)?[km]?(?: views?| hits?| reads?| comments?)?)?"
_LONGEST = 60
_MOST = {"minute": 600, "hour": 200, "day": 400, "week": 60, "month": 36, "year": 60}


class AgePhrase(msgspec.Struct, frozen=True):
    """One row of ``ages.tsv``."""

    language: str
    phrase: str
    example: str
    back: str | None = None


class AgeUnit(msgspec.Struct, frozen=True):
    """One row of ``age_units.tsv``: the words for one unit in one language."""

    language: str
    unit: Unit
    words: tuple[str, ...]


class Age(msgspec.Struct, frozen=True):
    """How long ago: a number of units, whole units passed."""

    number: int
    unit: Unit


def age_of(line: str) -> Age | None:
    """Return the age that a line states and nothing else, or none: ``1 day ago 3`` is one day."""
    text = " ".join(line[: 4 * _LONGEST].split())
    if len(text) > _LONGEST:
        return None
    for phrase in _phrases():
        match = phrase.pattern.fullmatch(text)
        if match:
            return phrase.age(match)
    return None


def when_of_age(age: Age, retrieved_at: str | None) -> When | None:
    """Return when that was, seen from the date of retrieval; none where that is not known.

    Days, weeks, months and years count back from the day of retrieval; an age of ``n`` weeks, months
    or years is the interval of all days that are so old. Hours and minutes need a time of day: from
    a bare day of retrieval they give the days they may lie in.
    """
    if retrieved_at is None:
        return None
    seen = moment(retrieved_at)
    if age.unit in ("minute", "hour"):
        return _short_age(age, seen)
    day = day_of(seen)
    if age.unit == "day":
        start = end = day - timedelta(days=age.number)
    elif age.unit == "week":
        end = day - timedelta(weeks=age.number)
        start = end - timedelta(days=6)
    else:
        months = age.number * (12 if age.unit == "year" else 1)
        end = _months_before(day, months)
        span = 12 if age.unit == "year" else 1
        start = _months_before(day, months + span) + timedelta(days=1)
    return When(start.isoformat(), end.isoformat(), age.unit, "retrieval")


def _short_age(age: Age, seen: date | datetime) -> When:
    back = timedelta(minutes=age.number) if age.unit == "minute" else timedelta(hours=age.number)
    if not isinstance(seen, datetime):
        first = (datetime(seen.year, seen.month, seen.day) - back).date()
        last = (datetime(seen.year, seen.month, seen.day, 23, 59) - back).date()
        return When(first.isoformat(), last.isoformat(), "day", "retrieval")
    start = end = (seen - back).replace(second=0, microsecond=0)
    if age.unit == "hour":
        start, end = start.replace(minute=0), start.replace(minute=59)
    texts = [t.isoformat(timespec="minutes").replace("+00:00", "Z") for t in (start, end)]
    return When(texts[0], texts[1], age.unit, "retrieval")


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise ValueError(day)


class _Phrase(msgspec.Struct, frozen=True):
    pattern: re.Pattern[str]
    units: dict[str, Unit]
    back: Age | None

    def age(self, match: re.Match[str]) -> Age | None:
        if self.back:
            return self.back
        number = 1 if match["n"].lower() in _ONE else int(match["n"])
        unit = self.units[match["unit"].lower()]
        return Age(number, unit) if number <= _MOST[unit] else None


@cache
def _phrases() -> list[_Phrase]:
    units: dict[str, dict[str, Unit]] = {}
    for row in read_table(FOLDER / "reading" / "age_units.tsv", AgeUnit):
        known = units.setdefault(row.language, {})
        known.update({word.lower(): row.unit for word in row.words})
    rows = read_table(FOLDER / "reading" / "ages.tsv", AgePhrase)
    return [_compile(row, units.get(row.language, {})) for row in rows]


def _compile(row: AgePhrase, units: dict[str, Unit]) -> _Phrase:
    ones = "|".join(sorted(_ONE))
    words = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    body = re.escape(row.phrase).replace(r"\{n\}", rf"(?P<n>\d{{1,3}}|{ones})")
    body = body.replace(r"\{unit\}", rf"(?P<unit>{words})").replace(r"\ ", " ")
    back = None
    if row.back:
        number, unit = row.back.split()
        back = Age(int(number), msgspec.convert(unit, Unit))
    return _Phrase(re.compile(_BEFORE + body + _AFTER, re.IGNORECASE), units, back)
