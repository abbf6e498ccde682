"""Appointments as iCalendar (RFC 5545), for any calendar program.

The same appointments give the same text: UID is the row's id, DTSTAMP the day of the article's
publication, never the present time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

    from onrecord.asking.rows import AppointmentRow

_DAYS = frozenset({"day", "weekend", "week"})
_TIMED = frozenset({"part-of-day", "hour", "minute", "second"})
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)  # DTSTAMP where the article's day is unknown
_UNFIT_FOR_ADDRESS = re.compile(r"[\x00-\x20\x7f\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def to_ics(rows: Iterable[AppointmentRow]) -> str:
    """Return a calendar with an entry for each appointment whose day is known; lines end in CRLF.

    Days are all-day entries, whose end is exclusive as the format wants; hours and minutes are
    local time of no stated zone unless the text gave one.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//onrecord//onrecord//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for row in rows:
        if row.date is not None:
            calendar.add_component(_entry(row, row.date, row.date_end or row.date))
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _entry(row: AppointmentRow, first: str, last: str) -> Event:
    from icalendar import Event

    entry = Event()
    entry.add("uid", row.id)
    entry.add("dtstamp", _stamp(row.published))
    people = ", ".join(person.name for person in row.participants)
    entry.add("summary", _one_line(row.what.text + (f" ({people})" if people else "")))
    start, end = _times(first, last, row.grain)
    entry.add("dtstart", start)
    if end is not None:
        entry.add("dtend", end)
    if row.place:
        entry.add("location", _one_line(row.place))
    if row.url:
        entry.add("url", _UNFIT_FOR_ADDRESS.sub("", row.url))
    entry.add("description", _description(row))
    entry.add("transp", "TRANSPARENT")
    return entry


def _stamp(published: str | None) -> datetime:
    if published is None:
        return _UNDATED
    day = date.fromisoformat(published[:10])
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _times(first: str, last: str, grain: str | None) -> tuple[date, date | None]:
    """Return DTSTART and the exclusive DTEND: date-times, or dates; a point in time has no end."""
    start, end = _moment(first), _moment(last)
    if grain in _TIMED and start is not None:
        later = end is not None and (end.tzinfo is None) == (start.tzinfo is None) and end > start
        return start, end if later else None
    last_day = date.fromisoformat(last[:10])
    after = last_day + timedelta(days=1) if last_day < date.max else last_day
    return date.fromisoformat(first[:10]), after


def _moment(iso: str) -> datetime | None:
    """Return a date-time, in UTC if its zone is known; none for a date, or an impossible hour."""
    try:
        moment = datetime.fromisoformat(iso) if len(iso) > 10 else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment and moment.tzinfo else moment


def _description(row: AppointmentRow) -> str:
    """Return the sentence that announces it, how exact the day is, who takes part, the article."""
    lines = [row.sentence.text]
    if row.grain and row.grain not in _DAYS | _TIMED:
        lines.append(f"The text gives only the {row.grain}.")
    if row.participants:
        lines.append("With: " + ", ".join(person.name for person in row.participants))
    if row.said_by:
        lines.append("Said by: " + ", ".join(person.name for person in row.said_by))
    article = ", ".join(part for part in (row.title, row.publisher, row.published) if part)
    if article:
        lines.append("Article: " + article)
    return "\n".join(_one_line(line) for line in lines)


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
