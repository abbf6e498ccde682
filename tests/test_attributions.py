from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import annotated
from onrecord.coding.attributions import find_attributions
from onrecord.knowledge.cues import Deed
from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.record import Attribution


def coded(text: str) -> list[tuple[str, str, str, str]]:
    """Return (speaker, form, cue class, content) of the outermost attributions."""
    parsed = annotated(text)
    return [
        (
            "; ".join(parsed.actors[a].name for a in row.speaker),
            row.form,
            row.cue_class,
            " … ".join(span.of(text) for span in row.content),
        )
        for row in find_attributions(parsed)
        if row.parent is None
    ]


def only(text: str) -> Attribution:
    rows = [row for row in find_attributions(annotated(text)) if row.parent is None]
    assert len(rows) == 1, rows
    return rows[0]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "“We will not go,” Angela Merkel said on Monday.",
            [("Angela Merkel", "direct", "say", "“We will not go,”")],
        ),
        (
            "Emmanuel Macron said that France would send no troops.",
            [("Emmanuel Macron", "indirect", "say", "France would send no troops")],
        ),
        (
            "“We operate in Mexico,” Claudia Sheinbaum added. “No one else does.”",
            [
                (
                    "Claudia Sheinbaum",
                    "direct",
                    "say",
                    "“We operate in Mexico,” … “No one else does.”",
                )
            ],
        ),
        (
            "According to Vladimir Putin, the talks will start in May.",
            [("Vladimir Putin", "indirect", "say", "the talks will start in May")],
        ),
        (
            "Boris Johnson denied that he had broken the law.",
            [("Boris Johnson", "indirect", "deny", "he had broken the law")],
        ),
        (
            "Joe Biden warned that the bill was “a grave mistake” for the country.",
            [("Joe Biden", "mixed", "warn", "the bill was “a grave mistake” for the country")],
        ),
    ],
)
def test_ways_of_attributing(text: str, rows: list[tuple[str, str, str, str]]) -> None:
    assert coded(text) == rows


def test_a_pronoun_is_resolved_to_its_speaker() -> None:
    text = "Angela Merkel met Donald Trump in Berlin.\n\n“It was frank,” she said."
    assert [row[0] for row in coded(text)] == ["Angela Merkel"]


def test_the_hearer_is_resolved() -> None:
    text = "Emmanuel Macron told Vladimir Putin that the war must end."
    parsed = annotated(text)
    (row,) = find_attributions(parsed)
    assert [parsed.actors[a].name for a in row.addressee] == ["Vladimir Putin"]


def test_an_attribution_inside_another_knows_its_parent() -> None:
    text = "Claudia Sheinbaum said Donald Trump asked for her views on the war."
    outer, inner = find_attributions(annotated(text))
    assert (outer.parent, inner.parent) == (None, outer.id)


def test_the_sentence_before_is_the_reporters() -> None:
    text = (
        "Trade between the two neighbours was worth $510 million last year, up 12 percent from 2007. "
        "Fuel prices in Kampala have doubled since Monday, the Uganda Manufacturers Association said."
    )
    (row,) = coded(text)
    assert row[3] == "Fuel prices in Kampala have doubled since Monday"


def test_every_deed_is_no_statement() -> None:
    for row in read_table(FOLDER / "attributions" / "deeds.tsv", Deed):
        assert coded(row.example) == [], row.example


def test_a_negated_cue_says_so() -> None:
    assert only("Theresa May did not say that she would resign.").negated
    assert only("The minister has yet to say whether she will resign.").negated
    assert only("The ministry failed to say whether Russia had attacked.").negated


def test_a_quotation_over_two_paragraphs_is_one() -> None:
    text = "“It was long,” Angela Merkel said. “We talked.\n\n“Then we ate.”"
    assert [row[3] for row in coded(text)] == ["“It was long,” … “We talked. … “Then we ate.”"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="ab Trump said, “”\"'‘’«».\n:", max_size=160))
def test_attributions_of_any_text_lie_inside_it(text: str) -> None:
    parsed = annotated("A. " + text)
    for row in find_attributions(parsed):
        assert row.content
        for span in (*row.source, *row.cue, *row.content):
            assert 0 <= span.start < span.end <= len(parsed.text)


def test_unclosed_quotations_take_no_time() -> None:
    text = "“Trump said “a " * 400
    parsed = annotated(text)
    begun = time.process_time()
    find_attributions(parsed)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    "text",
    [
        "“Russia has closed its consulate, which means that visas will be late,” Ann Lee said.",
        "“It is not a radical idea to say that work must pay,” Ann Lee said.",
        "“The turnout suggests that voters care,” Ann Lee said.",
    ],
)
def test_a_fact_that_shows_something_says_nothing(text: str) -> None:
    parsed = annotated(text)
    sources = [s.of(text) for row in find_attributions(parsed) for s in row.source]
    assert sources == ["Ann Lee"]


@pytest.mark.parametrize(
    ("text", "cue_class"),
    [
        ("The dam's operator insists officials were informed by letter.", "claim"),
        ("The minister insisted that he had told the truth.", "claim"),
        ("The union insisted that the minister resign.", "demand"),
        ("The union insisted that the minister must go.", "demand"),
    ],
)
def test_insisting_that_it_is_so_is_a_claim(text: str, cue_class: str) -> None:
    assert only(text).cue_class == cue_class
