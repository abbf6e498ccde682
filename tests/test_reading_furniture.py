"""Furniture, ages and dates."""

import re
import time
from datetime import date

import pytest

from onrecord.reading.ages import Age, age_of, when_of_age
from onrecord.reading.bylines import byline_in
from onrecord.reading.dates import stated_date
from onrecord.reading.furniture import is_furniture, rows, without_furniture

RETRIEVED = "2026-01-14T09:20:00Z"


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.example[:40])
def test_pattern_takes_its_example_and_spares_the_other(row):
    pattern = re.compile(row.pattern, re.IGNORECASE)
    assert pattern.fullmatch(row.example)
    assert row.spare is None or not pattern.fullmatch(row.spare)


@pytest.mark.parametrize(
    "line",
    [
        "“We operate in Mexico,” she added. “No one else does.”",
        "Trump said no.",
        "He read the letter.",
        "Reuters could not verify the report.",
        "The newsletter was banned.",
        "Follow-up talks are planned for May.",
        "By Monday the army had left.",
        "Share prices fell by 3%.",
        "The army said 3 minutes later that it was over.",
        "Photographs showed the damage.",
        "Related talks failed.",
        "A copyright dispute followed.",
        "Call follows Maduro seizure",
        "More than 40 people died.",
        "Comments by the minister angered Paris.",
    ],
)
def test_lines_of_an_article_are_not_furniture(line):
    assert without_furniture([line, "He left.", "It rained.", "They met.", "All ended."])[0]


def test_links_under_related_articles_go_with_it():
    lines = ["He left.", "Related articles", "Harbour fees rise", "Storm closes port"]
    assert without_furniture(lines) == [True, False, False, False]


def test_note_on_the_author_goes_where_the_author_is_known():
    lines = ["He left.", "It rained.", "Jane Doe is a novelist."]
    assert without_furniture(lines) == [True, True, True]
    assert without_furniture(lines, "John Roe, Jane Doe") == [True, True, False]


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("1 day ago 3", Age(1, "day")),
        ("3 hours ago", Age(3, "hour")),
        ("an hour ago", Age(1, "hour")),
        ("5h ago", Age(5, "hour")),
        ("Published 2 weeks ago", Age(2, "week")),
        ("Yesterday", Age(1, "day")),
        ("just now", Age(0, "minute")),
        ("vor 3 Stunden", Age(3, "hour")),
        ("il y a 2 jours", Age(2, "day")),
        ("Updated 3 hours ago", None),
        ("He left 3 hours ago", None),
        ("999 hours ago", None),
    ],
)
def test_age_of_a_line(line, age):
    assert age_of(line) == age


@pytest.mark.parametrize(
    ("line", "start", "end", "grain"),
    [
        ("1 day ago", "2026-01-13", "2026-01-13", "day"),
        ("today", "2026-01-14", "2026-01-14", "day"),
        ("3 hours ago", "2026-01-14T06:00Z", "2026-01-14T06:59Z", "hour"),
        ("25 minutes ago", "2026-01-14T08:55Z", "2026-01-14T08:55Z", "minute"),
        ("2 weeks ago", "2025-12-25", "2025-12-31", "week"),
        ("1 month ago", "2025-11-15", "2025-12-14", "month"),
        ("1 year ago", "2024-01-15", "2025-01-14", "year"),
    ],
)
def test_age_and_retrieval_give_an_interval(line, start, end, grain):
    when = when_of_age(age_of(line), RETRIEVED)
    assert (when.start, when.end, when.grain, when.basis) == (start, end, grain, "retrieval")


def test_hours_before_a_bare_day_are_a_day_or_two():
    when = when_of_age(Age(3, "hour"), "2026-01-14")
    assert (when.start, when.end, when.grain) == ("2026-01-13", "2026-01-14", "day")


def test_last_day_of_a_long_month_steps_back_to_a_short_one():
    assert when_of_age(Age(1, "month"), "2026-03-31").end == "2026-02-28"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-12", date(2024, 3, 12)),
        ("2024-03-12T00:00:00Z", date(2024, 3, 12)),
        ("12 de marzo de 2024", date(2024, 3, 12)),
        ("12. März 2024", date(2024, 3, 12)),
        ("13.3.2024", date(2024, 3, 13)),
        ("03/13/2024", date(2024, 3, 13)),
        ("03/04/2024", None),
        ("2024-02-30", None),
        ("0001-01-01T00:00:00Z", None),
        ("soon", None),
        ("9" * 5000, None),
    ],
)
def test_stated_date(value, day):
    assert stated_date(value) == day


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By Jane Doe and John Roe", "Jane Doe, John Roe"),
        ("By Jane Doe | The Courier", "Jane Doe"),
        ("By Jane Doe, Reuters", "Jane Doe"),
        ("By Jane Doe, who saw it all", None),
        ("By Monday", None),
        ("By then the army had left", None),
        ("Jane Doe", None),
    ],
)
def test_byline_in_a_line(line, byline):
    assert byline_in(line) == byline


@pytest.mark.parametrize("unit", ["“", "by Jane ", "share ", "a-", "1 ", "© ", "read more: ", "/"])
def test_patterns_are_bounded(unit):
    start = time.perf_counter()
    junk = unit * (100_000 // len(unit))
    for line in (junk, junk[:399]):
        is_furniture(line)
        without_furniture([line])
        age_of(line)
        byline_in(line)
        stated_date(line)
    assert time.perf_counter() - start < 1.0
