"""The calendar behind TIMEX3 values: which days a value covers, and moving by units."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from onrecord.record import Grain

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
PART_HOURS = {"MO": (6, 12), "MI": (11, 14), "AF": (12, 18), "EV": (18, 22), "NI": (20, 30)}
VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?:-(?P<weekday>WE|\d))?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
    r"(?:T(?P<clock>\d\d(?::\d\d){0,2}|MO|MI|AF|EV|NI)(?P<zone>Z|[+-]\d\d:\d\d)?)?"
)
Interval = tuple[str, str, Grain]


def _days(first: date, last: date, grain: Grain) -> Interval:
    return first.isoformat(), last.isoformat(), grain


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_interval(year: int, month: int, count: int, grain: Grain) -> Interval:
    """Return ``count`` months from the first of ``month`` (which may run past December)."""
    first = add_months(date(year, 1, 1), month - 1)
    last = add_months(first, count) - timedelta(days=1)
    return _days(first, last, grain)


def interval(value: str, *, southern: bool = False) -> Interval | None:
    """Return first and last day (or moment) and grain of a TIMEX3 value, or none if it is open.

    Knows days, weeks, weekends, months, quarters, halves, seasons, years, decades, centuries,
    parts of days, clock times, ``FY2013`` (taken as the calendar year) and ranges ``a/b``.
    """
    try:
        return _interval(value, southern)
    except (ValueError, OverflowError):
        return None


def _interval(value: str, southern: bool) -> Interval | None:
    if "/" in value:
        return _range(value, southern)
    value = value.removeprefix("FY")
    if value.isdigit() and len(value) == 3 and value >= "001":
        return _days(date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31), "decade")
    if value.isdigit() and len(value) == 2 and value >= "01":
        return _days(date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31), "century")
    match = VALUE.fullmatch(value)
    if match is None:
        return None
    found = _day_interval(match, southern)
    return _clock_interval(found, match["clock"], match["zone"]) if match["clock"] else found


def _range(value: str, southern: bool) -> Interval | None:
    first, _, last = value.partition("/")
    start, end = _interval(first, southern), _interval(last, southern)
    return (start[0], end[1], start[2]) if start and end else None


def _day_interval(match: re.Match[str], southern: bool) -> Interval:
    year = int(match["year"])
    if match["week"]:
        return _week_interval(year, int(match["week"]), match["weekday"])
    if match["quarter"]:
        return months_interval(year, 3 * int(match["quarter"]) - 2, 3, "quarter")
    if match["half"]:
        return months_interval(year, 6 * int(match["half"]) - 5, 6, "half")
    if match["season"]:
        month = SEASON_MONTHS[match["season"]] + (6 if southern else 0)
        if southern and month > 14:
            month -= 12
        return months_interval(year, month, 3, "season")
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return _days(day, day, "day")
    if match["month"]:
        month = int(match["month"])
        return _days(date(year, month, 1), month_end(year, month), "month")
    return _days(date(year, 1, 1), date(year, 12, 31), "year")


def _week_interval(year: int, week: int, weekday: str | None) -> Interval:
    monday = date.fromisocalendar(year, week, 1)
    if weekday == "WE":
        return _days(monday + timedelta(days=5), monday + timedelta(days=6), "weekend")
    if weekday:
        day = monday + timedelta(days=int(weekday) - 1)
        return _days(day, day, "day")
    return _days(monday, monday + timedelta(days=6), "week")


def _clock_interval(found: Interval, clock: str, zone: str | None) -> Interval:
    day = datetime.fromisoformat(found[0])
    suffix = {None: "", "Z": "+00:00"}.get(zone, zone or "")
    if clock in PART_HOURS:
        first, last = PART_HOURS[clock]
        start = day + timedelta(hours=first)
        return start.isoformat(), (day + timedelta(hours=last)).isoformat(), "part-of-day"
    fields = [int(field) for field in clock.split(":")] + [0, 0]
    moment = day + timedelta(hours=fields[0], minutes=fields[1], seconds=fields[2])
    grain: Grain = "second" if clock.count(":") == 2 else "minute" if ":" in clock else "hour"
    text = moment.isoformat() + suffix
    return text, text, grain


def add_months(day: date, count: int) -> date:
    """Return the same day of the month ``count`` months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def moved(day: date, amount: float, unit: str) -> date:
    """Return ``day`` moved by ``amount`` units (``D``, ``W``, ``M``, ``Y`` …).

    Raises ``ValueError`` or ``OverflowError`` where the calendar ends.
    """
    months = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}.get(unit)
    if months:
        return add_months(day, round(amount * months))
    days = {"W": 7, "F": 14, "WE": 7}.get(unit, 1)
    return day + timedelta(days=round(amount * days))


def value_at(day: date, unit: str) -> str:
    """Return the TIMEX3 value of the unit that holds ``day``: ``2013-W11`` for a week."""
    year, week, _ = day.isocalendar()
    return {
        "Y": f"{day.year:04d}",
        "M": f"{day.year:04d}-{day.month:02d}",
        "W": f"{year:04d}-W{week:02d}",
        "F": f"{year:04d}-W{week:02d}",
        "WE": f"{year:04d}-W{week:02d}-WE",
        "Q": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "H": f"{day.year:04d}-H{1 if day.month < 7 else 2}",
        "DE": f"{day.year // 10:03d}",
        "CE": f"{day.year // 100:02d}",
        "ML": f"{day.year // 1000:01d}",
    }.get(unit, day.isoformat())


def narrowed(found: Interval, mod: str) -> Interval:
    """Return the early, middle or late third of an interval of days (half, for years' ends)."""
    first, last = date.fromisoformat(found[0][:10]), date.fromisoformat(found[1][:10])
    days = (last - first).days + 1
    if "T" in found[0] or days < 3:
        return found
    third = days // 3
    cuts = {
        "early": (first, first + timedelta(days=third - 1)),
        "mid": (first + timedelta(days=third), last - timedelta(days=third)),
        "late": (last - timedelta(days=third - 1), last),
    }
    start, end = cuts.get(mod, (first, last))
    return start.isoformat(), end.isoformat(), found[2]
