"""Appointments as iCalendar, read back by a parser of the format."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from onrecord.asking.rows import AppointmentRow, Person, Piece
from onrecord.exporting.ics import to_ics

MEETING = AppointmentRow(
    date="2026-01-22",
    date_end="2026-01-23",
    grain="day",
    date_basis="explicit",
    what=Piece(0, 22, "officials; will meet, \\o/"),
    place="Washington, D.C.",
    participants=(Person("MEX", "Mexico", "MEX"), Person("USA", "United States", "USA")),
    said_by=(Person("Q1", "Claudia Sheinbaum", "MEX"),),
    sentence=Piece(0, 40, "Officials\nwill meet on January 22–23."),
    document="doc-1",
    title="A title",
    url="https://news.example/one?a=1,2;b",
    publisher="The Example",
    published="2026-01-13",
    confidence=0.9,
    id="appointment-1",
)


def changed(**fields: object) -> AppointmentRow:
    return msgspec.structs.replace(MEETING, **fields)


def entries(*rows: AppointmentRow) -> list[Event]:
    return list(Calendar.from_ical(to_ics(rows)).walk("VEVENT"))


def test_days_are_all_day_entries_whose_end_is_exclusive() -> None:
    entry = entries(MEETING)[0]
    assert entry.decoded("dtstart") == date(2026, 1, 22)
    assert entry.decoded("dtend") == date(2026, 1, 24)


def test_the_stamp_is_the_articles_day_and_the_uid_the_rows_id() -> None:
    entry = entries(MEETING)[0]
    assert entry.decoded("dtstamp") == datetime(2026, 1, 13, tzinfo=UTC)
    assert entry["uid"] == "appointment-1"
    assert to_ics([MEETING]) == to_ics([MEETING])
    undated = entries(changed(published=None))[0]
    assert undated.decoded("dtstamp") == datetime(1970, 1, 1, tzinfo=UTC)


def test_text_is_escaped() -> None:
    entry = entries(MEETING)[0]
    assert entry["summary"] == "officials; will meet, \\o/ (Mexico, United States)"
    assert entry["location"] == "Washington, D.C."
    assert entry["url"] == MEETING.url
    assert entry["description"].split("\n") == [
        "Officials will meet on January 22–23.",
        "With: Mexico, United States",
        "Said by: Claudia Sheinbaum",
        "Article: A title, The Example, 2026-01-13",
    ]


@pytest.mark.parametrize(
    ("start", "end", "grain", "times"),
    [
        ("2026-01-22", "2026-01-22", "day", (date(2026, 1, 22), date(2026, 1, 23))),
        ("2026-03-01", "2026-03-31", "month", (date(2026, 3, 1), date(2026, 4, 1))),
        ("2026-01-22T09:30", "2026-01-22T09:30", "minute", (datetime(2026, 1, 22, 9, 30), None)),
        ("2026-01-22T06:00", "2026-01-22T12:00", "part-of-day",
         (datetime(2026, 1, 22, 6), datetime(2026, 1, 22, 12))),
        ("2026-01-22T09:00+02:00", "2026-01-22T10:00+02:00", "hour",
         (datetime(2026, 1, 22, 7, tzinfo=UTC), datetime(2026, 1, 22, 8, tzinfo=UTC))),
        ("2026-01-22T09:00", "2026-01-22T10:00+02:00", "hour", (datetime(2026, 1, 22, 9), None)),
        ("2026-01-22T99:00", "2026-01-22", "hour", (date(2026, 1, 22), date(2026, 1, 23))),
    ],
)  # fmt: skip
def test_times(start: str, end: str, grain: str, times: tuple[Any, Any]) -> None:
    entry = entries(changed(date=start, date_end=end, grain=grain))[0]
    found = entry.decoded("dtstart"), entry.decoded("dtend") if "dtend" in entry else None
    assert found == times


def test_a_coarse_day_is_said_to_be_coarse() -> None:
    entry = entries(changed(date="2026-03-01", date_end="2026-03-31", grain="month"))[0]
    assert "The text gives only the month." in entry["description"]


def test_what_has_no_day_is_left_out() -> None:
    assert entries(changed(date=None, date_end=None), MEETING) == entries(MEETING)


def test_no_text_can_add_a_line_of_its_own() -> None:
    bad = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged\x00\ud83d"
    row = changed(what=Piece(0, 1, bad), place=bad, url=f"https://a.example/{bad}", title=bad)
    found = entries(row)
    assert len(found) == 1
    assert found[0]["summary"] == "x END:VEVENT BEGIN:VEVENT SUMMARY:forged (Mexico, United States)"
    assert "\n" not in found[0]["url"]


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_gives_one_entry_of_short_lines(text: str) -> None:
    row = changed(what=Piece(0, 1, text), place=text, title=text, sentence=Piece(0, 1, text))
    calendar = to_ics([row])
    assert len(list(Calendar.from_ical(calendar).walk("VEVENT"))) == 1
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
