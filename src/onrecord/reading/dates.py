"""Dates of publication as a page states them: ISO 8601, the dates of mail, ``12 March 2024``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

import msgspec

from onrecord.errors import OnrecordError
from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.record import Basis, When

_YEARS = range(1600, 2200)
_EPOCH = date(1970, 1, 1)
_LONGEST = 120
_SHORT_OFFSET = re.compile(r"([+-]\d{2})(\d{2})?$")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$")
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) [A-Z]{2,5} (\d{4})")
_DATE_WORDS = re.compile(
    r"(?:(?:first )?published|posted|date|on|at|mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun|day"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[ap]\.?m\.?|est|edt|et|gmt|utc|bst|cet|\d{1,2}"
    r"|uhr|published|publié|le|am|[:.,|·•–—+tz-]|\s){0,20}",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")


class MonthName(msgspec.Struct, frozen=True):
    """One row of ``months.tsv``: the names of one month in one language."""

    language: str
    number: int
    names: tuple[str, ...]


def parse_iso(value: str) -> date | datetime:
    """Read an ISO 8601 date or date-time. Raises ``ValueError`` if it is neither."""
    text = value.strip()
    if len(text) > _LONGEST:
        raise ValueError(value[:_LONGEST])
    if len(text) == 10:
        return date.fromisoformat(text)
    if len(text) < 16:
        raise ValueError(text)
    return datetime.fromisoformat(_iso_time(text))


def _iso_time(text: str) -> str:
    """Write the offset of a date-time as ``+01:00``, which servers also write ``+0100``, ``+01``."""
    return _SHORT_OFFSET.sub(lambda m: f"{m[1]}:{m[2] or '00'}", text) if "T" in text else text


def date_option(value: str, option: str) -> date | datetime:
    """Read a date that the user gave. Raises ``OnrecordError`` with a word on the right form."""
    try:
        return parse_iso(value)
    except ValueError:
        raise OnrecordError(
            f"{option} {value[:_LONGEST]!r} is not a date; write it like 2026-01-13 or "
            "2026-01-13T09:00:00Z"
        ) from None


def when_of(value: date | datetime, basis: Basis = "explicit") -> When:
    """Return the day or the minute as a ``When``. The offset of the time is kept as it is given."""
    if isinstance(value, datetime):
        minute = value.replace(second=0, microsecond=0)
        text = minute.isoformat(timespec="minutes").replace("+00:00", "Z")
        return When(text, text, "minute", basis)
    return When(value.isoformat(), value.isoformat(), "day", basis)


def stated_date(value: str) -> date | datetime | None:
    """Read a date as metadata state it, or none if it is not clear which day is meant.

    Midnight stands for the day alone; the first day of 1970 and years outside 1600–2199 for
    nothing. ``03/04/2024`` is not clear; ``2024-03-04``, ``4 March 2024`` and ``13.3.2024`` are.
    """
    text = " ".join(value[: 4 * _LONGEST].split())
    if not 8 <= len(text) <= _LONGEST:
        return None
    for read in (_read_iso, _read_compact, _read_mail, _read_written, _read_numeric):
        found = read(text)
        if found is not None:
            return _sound(found)
    return None


def _sound(value: date | datetime) -> date | datetime | None:
    if value.year not in _YEARS:
        return None
    day = value.date() if isinstance(value, datetime) else value
    if day == _EPOCH:
        return None
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return day
    return value


def _read_iso(text: str) -> date | datetime | None:
    try:
        return parse_iso(text)
    except ValueError:
        pass
    try:
        return date.fromisoformat(text[:10]) if re.match(r"\d{4}-\d\d-\d\d\b", text) else None
    except ValueError:
        return None


def _read_compact(text: str) -> date | datetime | None:
    match = _COMPACT.match(text)
    if not match:
        return None
    numbers = [int(group) for group in match.groups() if group]
    try:
        return date(*numbers) if len(numbers) == 3 else datetime(*numbers)  # type: ignore[arg-type]
    except ValueError:
        return None


def _read_mail(text: str) -> datetime | None:
    java = _JAVA.fullmatch(text)
    if java:
        text = f"{java[2]} {java[1]} {java[4]} {java[3]}"
    if not re.match(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _read_written(text: str) -> date | None:
    return first_written_date(text)


def _read_numeric(text: str) -> date | None:
    match = _NUMERIC.search(text)
    return _numeric(match) if match else None


def _numeric(match: re.Match[str]) -> date | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first <= 12 and second <= 12 and first != second and match[2] != ".":
        return None
    day, month = (second, first) if second > 12 else (first, second)
    return _day(year, month, day)


def first_written_date(text: str) -> date | None:
    """Return the first whole date with a month's name in ``text``, or none."""
    match = written_date().search(text)
    return date_of_match(match) if match else None


def date_of_match(match: re.Match[str]) -> date | None:
    """Return the day a match of :func:`written_date` names, or none if there is no such day."""
    groups = match.groupdict()
    month = _months()[(groups["m1"] or groups["m2"]).rstrip(".").lower()]
    return _day(int(groups["y1"] or groups["y2"]), month, int(groups["d1"] or groups["d2"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    rows = read_table(FOLDER / "reading" / "months.tsv", MonthName)
    return {name.lower(): row.number for row in rows for name in row.names}


@cache
def written_date() -> re.Pattern[str]:
    """Return the pattern of a whole date with a month's name, day first or month first."""
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    day_first = rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.|º)?(?: de| of)? (?P<m1>{names})\.?,?(?: de)?"
    month_first = rf"(?P<m2>{names})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?"
    return re.compile(
        rf"\b(?:{day_first} (?P<y1>\d{{4}})|{month_first} ?, ?(?P<y2>\d{{4}}))\b", re.IGNORECASE
    )


def date_line(line: str) -> date | None:
    """Return the day of a line that states a date and nothing else but a time or "Published"."""
    text = " ".join(line[:300].split())
    if len(text) > _LONGEST:
        return None
    for pattern, read in ((written_date(), date_of_match), (_NUMERIC, _numeric), (_ISO, _iso)):
        match = pattern.search(text)
        rest = (text[: match.start()], text[match.end() :]) if match else ("?",)
        if match and all(map(_DATE_WORDS.fullmatch, rest)):
            return read(match)
    return None


def _iso(match: re.Match[str]) -> date | None:
    return _day(int(match[1]), int(match[2]), int(match[3]))


def moment(value: str) -> datetime | date:
    """Read a date of retrieval. Raises ``OnrecordError`` if it is not ISO 8601."""
    return date_option(value, "the date of retrieval")


def day_of(value: date | datetime) -> date:
    """Return the calendar day of a date or date-time, in its own offset."""
    return value.date() if isinstance(value, datetime) else value


def after(published: date | datetime, retrieved_at: str | None) -> bool:
    """Tell whether a page would have been published over a day after it was retrieved."""
    if retrieved_at is None:
        return False
    return day_of(published) > day_of(moment(retrieved_at)) + timedelta(days=1)


def now() -> str:
    """Return the present moment, UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
