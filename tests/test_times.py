"""Time expressions: what is one, how far it goes, its TIMEX3 value and the days it means."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.parsing.times import find_times, shift
from onrecord.parsing.timex_holidays import easter, hebrew_date, orthodox_easter
from onrecord.record import When

FRIDAY = When("2013-03-22", "2013-03-22", "day", "publication")


def read(text, anchor=FRIDAY, **options):
    return [
        (one.span.of(text), one.type, one.value)
        for one in find_times(text, anchor=anchor, **options)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On March 3, 2012, they met.", [("March 3, 2012", "DATE", "2012-03-03")]),
        ("On 3 March they met.", [("3 March", "DATE", "2013-03-03")]),
        ("It begins on Friday, April 5.", [("Friday, April 5", "DATE", "2013-04-05")]),
        ("the 3rd of March 2012", [("the 3rd of March 2012", "DATE", "2012-03-03")]),
        ("by Sept. 30, 2012", [("Sept. 30, 2012", "DATE", "2012-09-30")]),
        ("March 01 , 2008", [("March 01 , 2008", "DATE", "2008-03-01")]),
        ("in March 2013", [("March 2013", "DATE", "2013-03")]),
        ("in 2009 and 2010", [("2009", "DATE", "2009"), ("2010", "DATE", "2010")]),
        ("the 1990s and the '60s", [("the 1990s", "DATE", "199"), ("the '60s", "DATE", "196")]),
        ("in the 19th century", [("the 19th century", "DATE", "18")]),
        (
            "on 2013-03-22 or 7/8/07",
            [("2013-03-22", "DATE", "2013-03-22"), ("7/8/07", "DATE", "2007-07-08")],
        ),
        ("the third quarter of 2012", [("the third quarter of 2012", "DATE", "2012-Q3")]),
        ("in fiscal 2012", [("fiscal 2012", "DATE", "FY2012")]),
        ("the summer of 2010", [("the summer of 2010", "DATE", "2010-SU")]),
        ("on Christmas Day 2012", [("Christmas Day 2012", "DATE", "2012-12-25")]),
    ],
)
def test_absolute_dates(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met last week.", "2013-W11"),
        ("They meet next month.", "2013-04"),
        ("They met last year.", "2012"),
        ("They met two years ago.", "2011"),
        ("They met two weeks ago.", "2013-W10"),
        ("They met three days ago.", "2013-03-19"),
        ("He spoke on Tuesday.", "2013-03-19"),
        ("He will speak on Tuesday.", "2013-03-26"),
        ("He left in October.", "2012-10"),
        ("It will be completed in October.", "2013-10"),
        ("He spoke last Friday.", "2013-03-15"),
        ("He will speak next Friday.", "2013-03-29"),
        ("It ended the day before yesterday.", "2013-03-20"),
        ("They met last weekend.", "2013-W11-WE"),
        ("It was sold this spring.", "2013-SP"),
        ("It was sold last summer.", "2012-SU"),
        ("Profit fell in the fourth quarter.", "2012-Q4"),
        ("It closes by the end of the year.", "2013"),
        ("He spoke earlier this month.", "2013-03"),
        ("He spoke in late 2012.", "2012"),
        ("It fell in the last week of February.", "2013-W09"),
        ("He came on the last Friday of February.", "2013-02-22"),
    ],
)
def test_relative_dates_hang_on_publication(text, value):
    (found,) = find_times(text, anchor=FRIDAY)
    assert (found.type, found.value) == ("DATE", value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 18:00 GMT", [("18:00 GMT", "TIME", "2013-03-22T18:00Z")]),
        (
            "at 6:40 p.m. on Monday",
            [("6:40 p.m.", "TIME", "2013-03-18T18:40"), ("Monday", "DATE", "2013-03-18")],
        ),
        ("said at 10 a.m. Tuesday", [("10 a.m. Tuesday", "TIME", "2013-03-19T10:00")]),
        ("said Thursday night", [("Thursday night", "TIME", "2013-03-21TNI")]),
        ("said this morning", [("this morning", "TIME", "2013-03-22TMO")]),
        ("fired overnight", [("overnight", "TIME", "2013-03-21TNI")]),
        ("at noon", [("noon", "TIME", "2013-03-22T12:00")]),
    ],
)
def test_times_of_day(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for almost two and a half years", ("almost two and a half years", "DURATION", "P2.5Y")),
        ("after thirty minutes", ("thirty minutes", "DURATION", "PT30M")),
        ("a 12-hour flight", ("12-hour", "DURATION", "PT12H")),
        ("over the past three years", ("the past three years", "DURATION", "P3Y")),
        ("for several weeks", ("several weeks", "DURATION", "PXW")),
        ("in recent years", ("recent years", "DURATION", "PXY")),
        ("for an hour and a half", ("an hour and a half", "DURATION", "PT1.5H")),
        ("15 tankers a year", ("a year", "SET", "P1Y")),
        ("every Tuesday", ("every Tuesday", "SET", "XXXX-WXX-2")),
        ("every two years", ("every two years", "SET", "P2Y")),
        ("twice a week", ("twice a week", "SET", "P1W")),
        ("an annual meeting", ("annual", "SET", "P1Y")),
        ("he is now there", ("now", "DATE", "PRESENT_REF")),
        ("he recently left", ("recently", "DATE", "PAST_REF")),
        ("in the near future", ("the near future", "DATE", "FUTURE_REF")),
    ],
)
def test_durations_sets_and_references(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Boeing 2000 jets", "2000 people", "more than 2000 troops", "$2013", "Resolution 1929", "2,000 homes",
        "She may march", "Theresa May spoke", "the sun sat", "a 64-year-old man", "56 years old", "the Sunday Times",
        "on Bloody Sunday", "he won 6:4", "the third man", "a second term", "the Daily Mail", "as soon as possible",
        "the first half of the match", "USA Today", "in his 40s", "75 hours of video", "prices fall in spring water",
    ],
)  # fmt: skip
def test_names_ages_and_counts_are_no_times(text):
    assert read(text) == []


def test_an_offset_from_utc_is_in_the_interval_not_in_the_value():
    (found,) = find_times("at 3:30 p.m. EDT", anchor=FRIDAY)
    assert (found.value, found.when.start) == ("2013-03-22T15:30", "2013-03-22T15:30:00-04:00")


def test_a_range_of_days_is_one_expression_of_both_days():
    (found,) = find_times("They are scheduled to meet on January 22–23.", anchor=FRIDAY)
    assert (found.when.start, found.when.end, found.when.grain) == (
        "2013-01-22",
        "2013-01-23",
        "day",
    )


def test_the_press_names_a_day_by_its_date():
    assert read("the September 11 attacks")[0][2] == "2001-09-11"
    assert read("on September 11 he left")[0][2] == "2012-09-11"


def test_the_next_day_hangs_on_the_day_told_before():
    text = "They met on 5 March 2012. The next day they parted; two weeks later they met again."
    assert [one[2] for one in read(text)] == ["2012-03-05", "2012-03-06", "2012-W12"]


def test_an_unknown_event_leaves_its_times_unresolved():
    found = find_times("a week before the call, two days later", anchor=FRIDAY)
    assert [(one.value, one.when.basis) for one in found] == [
        ("P1W", "unresolved"),
        ("XXXX-XX-XX", "unresolved"),
    ]


def test_without_publication_nothing_is_invented():
    text = "On Tuesday, last week, in March, on January 22, two years ago, yesterday and in 2009"
    found = find_times(text, anchor=None)
    assert [one.value for one in found] == [
        "XXXX-WXX-2", "XXXX-WXX", "XXXX-03", "XXXX-01-22", "PAST_REF", "PAST_REF", "2009",
    ]  # fmt: skip
    assert [one.when.basis for one in found] == ["unresolved"] * 6 + ["explicit"]


def test_basis_says_what_a_time_hangs_on():
    retrieval = When("2013-03-22", "2013-03-22", "day", "retrieval")
    for anchor, basis in ((FRIDAY, "publication"), (retrieval, "retrieval")):
        relative, absolute = find_times("yesterday and March 3, 2012", anchor=anchor)
        assert (relative.when.basis, absolute.when.basis) == (basis, "explicit")


def test_a_week_runs_from_monday_to_sunday():
    (found,) = find_times("last week", anchor=FRIDAY)
    assert (found.when.start, found.when.end) == ("2013-03-11", "2013-03-17")


def test_later_this_year_begins_today():
    (found,) = find_times("later this year", anchor=FRIDAY)
    assert (found.when.start, found.when.end) == ("2013-03-22", "2013-12-31")


def test_seasons_turn_with_the_hemisphere():
    north, south = (
        find_times("the summer of 2010", anchor=FRIDAY, southern=flag)[0].when
        for flag in (False, True)
    )
    assert (north.start, south.start) == ("2010-06-01", "2010-12-01")


def test_tense_given_by_the_caller_decides():
    text = "the meeting Tuesday"
    assert read(text, tense_at=lambda _: "future")[0][2] == "2013-03-26"
    assert read(text, tense_at=lambda _: "past")[0][2] == "2013-03-19"


def test_an_expression_never_crosses_a_paragraph():
    text = "WWDC 2005 June 6, 2005"
    assert read(text, spans=[(0, 9), (10, len(text))]) == [
        ("2005", "DATE", "2005"), ("June 6, 2005", "DATE", "2005-06-06"),
    ]  # fmt: skip


def test_shift_moves_an_event_by_weeks():
    moved = shift(FRIDAY, -1, "week")
    assert (moved.start, moved.end, moved.grain) == ("2013-03-15", "2013-03-15", "day")
    unresolved = When(None, None, "day", "unresolved")
    assert shift(unresolved, 1, "year") == unresolved
    assert shift(FRIDAY, 99999, "year").start is None


def test_moveable_feasts():
    assert easter(2013).isoformat() == "2013-03-31"
    assert orthodox_easter(2013).isoformat() == "2013-05-05"
    assert hebrew_date(2013, 7, 1).isoformat() == "2013-09-05"
    assert hebrew_date(2024, 1, 15).isoformat() == "2024-04-23"


PIECES = st.sampled_from(
    "the last two 3 March Tuesday 2013 of , - a year years ago next early mid week p.m. 10 and half 's . quarter "
    "first every day 12:30 \n \n\n fiscal 1990s now later this that same weekend summer one hundred May to".split(
        " "
    )
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join)))
def test_any_text_gives_ordered_spans_inside_it(text):
    for anchor in (FRIDAY, None):
        found = find_times(text, anchor=anchor)
        end = 0
        for one in found:
            assert end <= one.span.start < one.span.end <= len(text)
            end = one.span.end
            if one.when.start is not None:
                assert one.when.first_day <= one.when.last_day
        assert found == find_times(text, anchor=anchor)


@pytest.mark.parametrize("junk", ["1" * 100_000, "last " * 20_000, '"' * 100_000, "two-" * 25_000])
def test_junk_takes_no_time(junk):
    began = time.process_time()
    find_times(junk, anchor=FRIDAY)
    assert time.process_time() - began < 3.0


CASES = Path(__file__).parent / "cases" / "times.txt"


@pytest.mark.parametrize("line", CASES.read_text(encoding="utf-8").splitlines()[1:])
def test_newspaper_sentences(line):
    text = re.sub(r"\[([^]|]+)\|[^]]*\]", r"\1", line)
    marked, end = "", 0
    for one in find_times(text, anchor=FRIDAY):
        marked += f"{text[end : one.span.start]}[{one.span.of(text)}|{one.type}|{one.value}]"
        end = one.span.end
    assert marked + text[end:] == line
