"""Claims: which figures of a text are put forward about the world, and with which value."""

from __future__ import annotations

import pytest

from onrecord.coding.attributions import find_attributions
from onrecord.coding.claims import find_claims
from onrecord.parsing import annotate
from onrecord.record import Document


def values(text: str) -> list[float | None]:
    annotated = annotate(Document.from_text(text, published="2024-06-12"))
    return [claim.value for claim in find_claims(annotated, find_attributions(annotated))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bill includes $1.4 billion for cities.", [1.4e9]),
        ("Two people were killed in the attack.", [2]),
        ("Police arrested four men.", [4]),
        ("Shares fell 45 percent in March.", [45]),
        ("Christians are less than half of 1 percent of the refugees.", [0.5]),
        ("The country took in 11,491 refugees.", [11491]),
        ("Crime fell by a quarter.", [0.25]),
        ("Three in four voters want change.", [0.75]),
        ("Half of the refugees are children.", [0.5]),
        ("Prices rose by two points.", [2]),
    ],
)
def test_figures_about_the_world_are_claims(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "change"),
    [("Exports doubled last year.", "up"), ("Prices halved in May.", "down")],
)
def test_a_verb_of_multiples_is_its_own_change(text: str, change: str) -> None:
    annotated = annotate(Document.from_text(text, published="2024-06-12"))
    claims = find_claims(annotated, find_attributions(annotated))
    assert [(claim.unit, claim.change) for claim in claims] == [("times", change)]


@pytest.mark.parametrize(
    "text",
    [
        "There are two reasons for the delay.",
        "Ten senators voted for the bill.",
        "We were about three words away from a deal.",
        "The vote fell short of the 60 needed to pass.",
        "The ministers invoked Article 4 of the treaty.",
        "She is 45.",
        "Ann Lee, 64, won the vote.",
    ],
)
def test_small_numbers_names_and_ages_are_none(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("The army holds more than 37 prisoners.", "none"),
        ("Exports rose more than 5 percent.", "up"),
        ("Crime fell by more than a third.", "down"),
    ],
)
def test_more_than_is_a_bound_and_no_change(text: str, change: str) -> None:
    annotated = annotate(Document.from_text(text, published="2024-06-12"))
    (claim,) = find_claims(annotated, find_attributions(annotated))
    assert claim.change == change


def abouts(text: str) -> list[str | None]:
    annotated = annotate(Document.from_text(text, published="2024-06-12"))
    claims = find_claims(annotated, find_attributions(annotated))
    return [claim.about.of(text) if claim.about else None for claim in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was ordered to pay a fine of 3.5 million euros.", ["fine"]),
        ("Local officials put the damage in Kogi State at 4 billion naira.", ["damage in Kogi State"]),
        ("The clinic treated 118 patients, up from 45 in May; six have died.", ["patients"] * 3),
        ("The ministry estimated losses at 83 billion rupees.", ["losses"]),
        ("He said two soldiers had died. Seven civilians died too. Four were wounded.",
         ["soldiers", "civilians", "civilians"]),
        ("Rebels killed 18 soldiers and wounded 40.", ["soldiers", "soldiers"]),
        ("The bank lowered its main interest rate by 75 basis points.", ["its main interest rate"]),
    ],
)  # fmt: skip
def test_what_a_figure_is_about(text: str, expected: list[str]) -> None:
    assert abouts(text) == expected


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("The unit is examining 27 other contracts.", ["none"]),
        ("The clinic treated 118 patients, up from 45 in May.", ["up", "none"]),
    ],
)
def test_which_way_a_figure_goes(text: str, changes: list[str]) -> None:
    annotated = annotate(Document.from_text(text, published="2024-06-12"))
    claims = find_claims(annotated, find_attributions(annotated))
    assert [claim.change for claim in claims] == changes


def test_the_period_is_that_of_the_nearest_time_of_the_same_statement() -> None:
    text = (
        "Inflation fell to 3.3 percent in December from 3.7 percent in November. The country has "
        "4.9 million people; output was 81 million tonnes in 2017. Exports dropped 4.4 percent, "
        "the steepest decline since 2001."
    )
    annotated = annotate(Document.from_text(text, published="2018-01-12"))
    claims = find_claims(annotated, find_attributions(annotated))
    starts = [claim.period.start if claim.period else None for claim in claims]
    assert starts == ["2017-12-01", "2017-11-01", None, "2017-01-01", None]
