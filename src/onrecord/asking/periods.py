"""Stretches of time that a question is limited to."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row

from onrecord.errors import OnrecordError

_GIVEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].{0,40})?)?)?\Z")


def first_day(given: str | date) -> str:
    """Return the first day of ``2026``, ``2026-01`` or ``2026-01-13``. Raises ``OnrecordError``."""
    year, month, day = _parts(given)
    return _iso(given, year, month or 1, day or 1)


def last_day(given: str | date) -> str:
    """Return the last day of ``2026``, ``2026-01`` or ``2026-01-13``. Raises ``OnrecordError``."""
    year, month, day = _parts(given)
    month = month or 12
    return _iso(given, year, month, day or (_length(year, month) if 1 <= month <= 12 else 0))


def within(
    table: FromClause, start: str | date | None, end: str | date | None
) -> list[ColumnElement[bool]]:
    """Return the conditions that a row's days touch the stretch; rows without a day never do."""
    columns: Any = table.c
    conditions: list[ColumnElement[bool]] = []
    first = first_day(start) if start else None
    last = last_day(end) if end else None
    if first and last and first > last:
        raise OnrecordError(f"the stretch of time begins on {first}, after its end on {last}")
    if first:
        conditions.append(columns.last_day >= first)
    if last:
        conditions.append(columns.first_day <= last)
    return conditions


def touches(row: Row[Any], start: str | date | None, end: str | date | None) -> bool:
    """Tell whether the days of a row touch the stretch; a row without a day touches no limit."""
    if row.first_day is None:
        return not (start or end)
    late_enough = not start or row.last_day >= first_day(start)
    return bool(late_enough and (not end or row.first_day <= last_day(end)))


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if year else 0


def _parts(given: str | date) -> tuple[int, int | None, int | None]:
    found = _GIVEN.match(given.isoformat() if isinstance(given, date) else given.strip())
    if found is None:
        raise OnrecordError(f"{given!r} is not a date; give one as 2026-01-13, 2026-01 or 2026")
    year, month, day = (int(part) if part else None for part in found.groups())
    return year or 0, month, day


def _iso(given: str | date, year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise OnrecordError(f"{given!r} is not a date: there is no such day") from None
