"""Quantities: values, units, ranges and what only looks like a quantity."""

import re
import time
from pathlib import Path

import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.parsing.quantities import find_quantities, parse_number
from onrecord.parsing.quantity_units import CurrencyRow, UnitRow


def read(text):
    return [
        (one.span.of(text), one.value if one.low is None else (one.low, one.high), one.unit)
        for one in find_quantities(text)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-one thousand", 21000.0), ("1.2bn", 1.2e9), ("half a million", 5e5), ("two and a half million", 2.5e6),
        ("two-thirds", 2 / 3), ("3/4", 0.75), ("2 1/4", 2.25), ("three lakh crore", 3e12), ("two dozen", 24.0),
        ("12,34,567.89", 1234567.89), ("1 234 567", 1234567.0), ("minus five point five", -5.5), ("½", 0.5),
        ("one hundred and three", 103.0), ("three in four", 0.75), ("a million and a half", 1.5e6), ("1.3e6", 1.3e6),
        ("five and seven", None), ("may", None), ("a", None), ("", None),
    ],
)  # fmt: skip
def test_numbers_in_words_and_digits(text, value):
    assert parse_number(text) == (value if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 50% drop", [("50%", 50.0, "percent")]),
        ("a 25 per cent tariff", [("25 per cent", 25.0, "percent")]),
        ("up 5 percentage points", [("5 percentage points", 5.0, "percentage point")]),
        ("cut by 25 basis points", [("25 basis points", 25.0, "basis point")]),
        ("fell half a percentage point", [("half a percentage point", 0.5, "percentage point")]),
        ("€50bn for Ukraine", [("€50bn", 50e9, "EUR")]),
        ("worth £1.2m a year", [("£1.2m", 1.2e6, "GBP")]),
        ("$3 trillion", [("$3 trillion", 3e12, "USD")]),
        ("Rs 500 crore", [("Rs 500 crore", 5e9, "INR")]),
        ("A$2.5bn and US$5m", [("A$2.5bn", 2.5e9, "AUD"), ("US$5m", 5e6, "USD")]),
        ("1.5 trillion yen", [("1.5 trillion yen", 1.5e12, "JPY")]),
        ("20 million Swiss francs", [("20 million Swiss francs", 2e7, "CHF")]),
        ("50 cents", [("50 cents", 0.5, "USD")]),
        ("3 dollars 50 cents", [("3 dollars 50 cents", 3.5, "USD")]),
        ("8 kilometers wide", [("8 kilometers", 8.0, "kilometer")]),
        ("2.3 tonnes of cocaine", [("2.3 tonnes", 2.3, "metric_ton")]),
        ("40°C in the shade", [("40°C", 40.0, "degree_Celsius")]),
        ("minus 12 degrees Celsius", [("minus 12 degrees Celsius", -12.0, "degree_Celsius")]),
        ("5 feet 2 inches", [("5 feet 2 inches", pytest.approx(62 / 12), "foot")]),
        ("exports doubled", [("doubled", 2.0, "times")]),
        ("twice as many", [("twice", 2.0, "times")]),
        ("Three in four voters", [("Three in four", 0.75, "")]),
        ("one out of every five", [("one out of every five", 0.2, "")]),
        ("two-thirds of the seats", [("two-thirds", pytest.approx(2 / 3), "")]),
        ("a third of men", [("a third", pytest.approx(1 / 3), "")]),
        ("A group of 67 artists", [("67", 67.0, "")]),
        ("fell by half to 22%", [("half", 0.5, ""), ("22%", 22.0, "percent")]),
        ("half a million people", [("half a million", 5e5, "")]),
        ("seventeen people and 1,200 soldiers", [("seventeen", 17.0, ""), ("1,200", 1200.0, "")]),
        ("5m people ran 100m", [("5m", 5e6, ""), ("100m", 100.0, "meter")]),
        ("a 10-member panel", [("10", 10.0, "")]),
        ("thousands fled", [("thousands", None, "")]),
        ("more than a thousand men", [("a thousand", 1000.0, "")]),
        ("a $5 note", [("$5", 5.0, "USD")]),
        (
            "between one third and a half of them",
            [("one third and a half", (pytest.approx(1 / 3), 0.5), "")],
        ),
        ("warming of 1.5C", [("1.5C", 1.5, "degree_Celsius")]),
        ("tens of millions of dollars", [("tens of millions of dollars", None, "USD")]),
    ],
)
def test_values_and_units(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("slid 3-5% on the news", [("3-5%", (3.0, 5.0), "percent")]),
        ("from 10 to 12 percent of homes", [("10 to 12 percent", (10.0, 12.0), "percent")]),
        ("between 5 and 7 million", [("5 and 7 million", (5e6, 7e6), "")]),
        ("$10 million to $12 million", [("$10 million to $12 million", (1e7, 1.2e7), "USD")]),
        ("€20-25m", [("€20-25m", (2e7, 2.5e7), "EUR")]),
        ("voted 219-212 to pass", [("219-212", (219.0, 212.0), "")]),
        ("voted 52 to 48", [("52 to 48", (52.0, 48.0), "")]),
        ("two or three soldiers", [("two or three", (2.0, 3.0), "")]),
        ("rose from 10 to 12", [("10", 10.0, ""), ("12", 12.0, "")]),
        ("rose from 5 to 7 percent", [("5", 5.0, "percent"), ("7 percent", 7.0, "percent")]),
    ],
)
def test_ranges_votes_and_changes(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "on March 3, 2012", "at 6:40 p.m.", "Boeing 787", "F-16", "COVID-19", "Article 5", "Resolution 1929", "No. 10",
        "10 Downing Street", "page 3", "a 64-year-old", "John Smith, 56, of Ohio", "aged 12", "one of them", "no one",
        "the third man", "in the second half", "24/7", "http://a.example/100/20%25", "the 21st", "the twenty-first man",
        "a 5G network", "18- to 24-year-olds", "Smith, then 44, as the", "an exceptional one in terms of", "@1031ent wrote",
        "in the second half of the century", "the one most likely",
    ],
)  # fmt: skip
def test_names_dates_and_ages_are_no_quantities(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("nearly 40 homes", True), ("at least 40 homes", True), ("some 40 homes", True), ("up to $40", True),
        ("40 homes or so", False), ("40 or so homes", True), ("40 homes", False), ("more than a dozen", True),
    ],
)  # fmt: skip
def test_approximators_are_kept(text, approximate):
    assert find_quantities(text)[0].approximate is approximate


def test_units_are_known_to_pint():
    registry = pint.UnitRegistry()
    for row in read_table(FOLDER / "quantities" / "units.tsv", UnitRow):
        if row.unit != "times":
            registry.parse_units(row.unit)


def test_currency_codes_are_three_capitals():
    for row in read_table(FOLDER / "quantities" / "currencies.tsv", CurrencyRow):
        assert len(row.code) == 3
        assert row.code.isupper()


PIECES = st.sampled_from(
    "two 3 and a half million - to from between $ € % percent 1,000 point third of in dozen 10 . , 5/6 feet one "
    "bn m minus thousands doubled or 2-1 km £5 years \n".split(" ")
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join)))
def test_any_text_gives_ordered_spans_inside_it(text):
    found = find_quantities(text)
    end = 0
    for one in found:
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end
        assert one.value is None or one.low is None
    assert found == find_quantities(text)


@pytest.mark.parametrize("junk", ["1" * 100_000, "last " * 20_000, "$" * 100_000, "\n" * 100_000])
def test_junk_takes_no_time(junk):
    began = time.process_time()
    find_quantities(junk)
    assert time.process_time() - began < 3.0


CASES = Path(__file__).parent / "cases" / "quantities.txt"
MARKED = re.compile(r"\[([^]|]+)\|(~?)([^]|]+)\|([^]|]*)\]")


def bounds(written):
    if written == "?":
        return None
    low, _, high = written.partition("..")
    return (float(low), float(high)) if high else float(low)


@pytest.mark.parametrize("line", CASES.read_text(encoding="utf-8").splitlines()[1:])
def test_news_sentences(line):
    text = MARKED.sub(r"\1", line)
    wanted = [
        (words, pytest.approx(bounds(value), rel=1e-4) if value != "?" else None, unit, bool(about))
        for words, about, value, unit in MARKED.findall(line)
    ]
    got = [
        (
            one.span.of(text),
            one.value if one.low is None else (one.low, one.high),
            one.unit,
            one.approximate,
        )
        for one in find_quantities(text)
    ]
    assert got == wanted


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("NAIROBI - Kenya will spend 3 billion shillings on roads.", "KES"),
        ("Uganda's army asked for 3 billion shillings.", "UGX"),
        ("South Korea put the cost at 2 billion won.", "KRW"),
        ("Police in Pakistan found 50,000 rupees.", "PKR"),
        ("It cost 3 billion shillings.", ""),
        ("The president of South Korea said 300 won seats.", ""),
    ],
)
def test_a_shared_currency_is_that_of_the_country_named(text: str, unit: str) -> None:
    assert [one.unit for one in find_quantities(text)] == [unit]
