"""Figures on the same thing, set side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.asking import open_store
from onrecord.asking.comparing import compare, comparisons
from onrecord.asking.rows import ClaimRow, ComparisonRow, Piece
from onrecord.exporting.csv import to_csv


def row(
    sentence: str, figure: str, value: float, about: str, unit: str = "", **more: object
) -> ClaimRow:
    """Return a claim of an article of its own, its sentence at the head of the article."""
    at = sentence.index(figure)
    base = dict.fromkeys(
        (
            "date", "low", "high", "basis", "period_start", "period_end", "title", "url",
            "publisher", "published",
        )
    )  # fmt: skip
    start = sentence.index(about)
    return ClaimRow(
        **{
            **base,
            "date_basis": "unknown", "claimant": (), "voice": "reporter", "approximate": False,
            "change": "none", "confidence": 0.9, "document": sentence, "id": sentence,
            **more,
        },
        value=value,
        unit=unit,
        about=Piece(start, start + len(about), about),
        figure=Piece(at, at + len(figure), figure),
        sentence=Piece(0, len(sentence), sentence),
    )  # type: ignore[arg-type]  # fmt: skip


FORTY = row(
    "At least 40 people were killed in the Nepal quake.", "40", 40, "people", approximate=True
)
FIRE = row("The fire burned 10,000 acres.", "10,000 acres", 10_000, "fire", "acre")
PRICES = row("Food prices rose 5% in May.", "5%", 5, "Food prices", "percent", change="up")


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (FORTY, row("The Nepal quake killed 40 people.", "40", 40, "people"), "agree"),
        (FORTY, row("The Nepal quake killed 55 people.", "55", 55, "people"), "agree"),
        (FORTY, row("The Nepal quake killed 35 people.", "35", 35, "people"), "lower"),
        (FIRE, row("The fire burned 4,000 hectares.", "4,000 hectares", 4_000, "fire", "hectare"), "agree"),
        (FIRE, row("The fire burned 5,000 hectares.", "5,000 hectares", 5_000, "fire", "hectare"), "higher"),
        (FIRE, row("The fire burned 10 homes.", "10", 10, "homes"), "not comparable"),
        (PRICES, row("Food prices fell 2% in May.", "2%", 2, "Food prices", "percent", change="down"), "opposite"),
        (PRICES, row("Food prices rose 5.3% in May.", "5.3%", 5.3, "Food prices", "percent", change="up"), "agree"),
        (PRICES, row("Food prices rose 6.2% in May.", "6.2%", 6.2, "Food prices", "percent", change="up"), "higher"),
        (PRICES, row("Food prices rose to 5% of pay.", "5%", 5, "Food prices", "percent", change="up"), "not comparable"),
        (
            row("The deficit is $1.2 billion.", "$1.2 billion", 1.2e9, "deficit", "USD"),
            row("The deficit is $1,180 million.", "$1,180 million", 1.18e9, "deficit", "USD"),
            "agree",
        ),
        (
            row("The deficit is $1.2 billion.", "$1.2 billion", 1.2e9, "deficit", "USD"),
            row("The deficit is €1.2 billion.", "€1.2 billion", 1.2e9, "deficit", "EUR"),
            "not comparable",
        ),
        (
            row("The bank cut rates by half a percentage point.", "half a percentage point", 0.5, "rates", "percentage point", change="down"),
            row("The bank cut rates by 50 basis points.", "50 basis points", 50, "rates", "basis point", change="down"),
            "equal",
        ),
        (
            row("Exports were 30 tons in 2024.", "30", 30, "Exports", period_start="2024-01-01", period_end="2024-12-31"),
            row("Exports were 40 tons in 2025.", "40", 40, "Exports", period_start="2025-01-01", period_end="2025-12-31"),
            "other period",
        ),
    ],
)  # fmt: skip
def test_how_the_second_stands_to_the_first(
    first: ClaimRow, second: ClaimRow, relation: str
) -> None:
    assert compare(first, second).relation == relation


def test_the_difference_is_in_the_unit_of_the_first() -> None:
    second = row("The fire burned 50 square km.", "50 square km", 50, "fire", "kilometer ** 2")
    found = compare(FIRE, second)
    assert found.unit == "acre"
    assert found.difference == pytest.approx(2355.2, abs=0.1)
    assert found.ratio == pytest.approx(1.2355, abs=1e-4)


@pytest.mark.parametrize(
    ("first", "second", "paired"),
    [
        (FORTY, row("The Nepal quake killed 55 people.", "55", 55, "people"), True),
        (FORTY, row("The Nepal quake injured 55 people.", "55", 55, "people"), False),
        (FORTY, row("At least 12 people were killed in the Chile quake.", "12", 12, "people"), False),
        (PRICES, row("House prices rose 5% in May.", "5%", 5, "House prices", "percent", change="up"), False),
        (PRICES, row("Food prices were up 9% in June.", "9%", 9, "Food prices", "percent", change="up"), True),
        (
            row("Trump won a two-person race.", "two", 2, "person"),
            row("Cruz won a three-person race.", "three", 3, "person"),
            False,
        ),
    ],
)  # fmt: skip
def test_only_figures_on_the_same_thing_are_paired(
    first: ClaimRow, second: ClaimRow, paired: bool
) -> None:
    assert bool(comparisons([first, second])) is paired


def test_two_figures_of_one_sentence_are_no_pair() -> None:
    sentence = "Food prices rose 5% in May, not 9%, the price board said of food prices."
    one = row(sentence, "5%", 5, "Food prices", "percent", change="up")
    assert comparisons([one, row(sentence, "9%", 9, "food prices", "percent", change="up")]) == []


def test_a_store_sets_claims_side_by_side() -> None:
    text = (
        "The fire in Greece burned 10,000 acres, officials said.\n\n"
        "The fire burned 6,000 hectares, the fire service said."
    )
    with open_store(":memory:") as store:
        store.add(onrecord.code(onrecord.Document.from_text(text)))
        (found,) = store.comparisons(about="fire")
    assert (found.relation, found.first.figure.text) == ("higher", "10,000 acres")
    assert [person.name for person in found.second.claimant] == ["fire service"]


def test_a_comparison_is_one_flat_line_of_csv() -> None:
    second = row("The Nepal quake killed 55 people.", "55", 55, "people")
    header, line = to_csv(comparisons([FORTY, second])).splitlines()
    assert header.startswith("relation,difference,ratio,unit,why,first_date,")
    assert header.endswith("second_confidence,second_id")
    assert line.startswith("agree,15.0,1.375,,")


units = st.sampled_from(
    ["", "USD", "percent", "acre", "hectare", "times", "percentage point", "x y"]
)
values = st.floats(-1e15, 1e15, allow_nan=False)


@given(values, values, units, units, st.sampled_from(["none", "up", "down"]), st.booleans())
def test_no_figure_breaks_a_comparison(
    one: float, other: float, unit: str, unit_of_other: str, change: str, approximate: bool
) -> None:
    first = row("The fire burned 7 trees.", "7", one, "fire", unit, approximate=approximate)
    second = row("The fire burned 7 trees.", "7", other, "fire", unit_of_other, change=change)
    found = compare(first, second)
    assert isinstance(found, ComparisonRow)
    if found.relation == "equal":
        assert compare(second, first).relation == "equal"
