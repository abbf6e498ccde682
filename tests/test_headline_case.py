"""Headlines In Title Case: what the parser is given, and what is coded of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coding.attributions import find_attributions
from onrecord.coding.events import find_events
from onrecord.parsing import annotate
from onrecord.parsing.headline_case import in_sentence_case
from onrecord.record import Document

BODY = "It was a quiet day in the region, residents said on Monday."


def document(headline: str, body: str = BODY) -> Document:
    return Document.from_text(f"{headline}\n\n{body}", published="2018-05-03")


def lowered(headline: str, body: str = BODY) -> str:
    return in_sentence_case(document(headline, body)).split("\n")[0]


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("Maduro Expels US Diplomats From Caracas", "Maduro expels US diplomats from Caracas"),
        ("China Accuses Turkey of Ramming Boat", "China accuses Turkey of ramming boat"),
        (
            "White House Says Supreme Court Ruling Hurts",
            "White House says Supreme Court ruling hurts",
        ),
        ("Theresa May Resigns as Prime Minister", "Theresa May resigns as prime minister"),
        ("Prime Minister Modi Meets With Xi", "Prime Minister Modi meets with Xi"),
        ("Pope Francis Prays for Peace in Sudan", "Pope Francis prays for peace in Sudan"),
        ("Boston Bombing Suspect Pleads Not Guilty", "Boston bombing suspect pleads not guilty"),
    ],
)
def test_words_that_are_no_names_become_small(headline: str, sentence: str) -> None:
    assert lowered(headline) == sentence


@pytest.mark.parametrize(
    "headline",
    ["Maduro expels US diplomats from Caracas", "MADURO EXPELS DIPLOMATS", "Maduro Quits"],
)
def test_other_headings_stay_as_they_are(headline: str) -> None:
    assert lowered(headline) == headline


def test_names_are_what_the_article_writes_with_a_capital() -> None:
    body = "The dispute with Blank Rock, a mining firm, began in May, said John Rich, its head."
    assert (
        lowered("Workers Strike at Blank Rock Over Pay", body)
        == "Workers strike at Blank Rock over pay"
    )
    assert lowered("Miners Sue Rich for Damages", body) == "Miners sue Rich for damages"


def test_the_record_keeps_the_capitals() -> None:
    parsed = annotate(document("Maduro Expels US Diplomats From Caracas"))
    (event,) = find_events(parsed, find_attributions(parsed))
    assert (event.type, event.trigger.of(parsed.text)) == ("SANCTION", "Expels")


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Macron Meets Xi in Beijing for Trade Talks", "CONSULT"),
        ("Israel Bombs Beirut Suburb", "ASSAULT"),
        ("China Condemns U.S. Arms Sale to Taiwan", "ACCUSE"),
        ("Iran Rejects Nuclear Inspectors' Demands", "REJECT"),
        ("UN Urges Sudan to End Siege", "REQUEST"),
        ("Colombia Rebels Free Hostages", "RETREAT"),
    ],
)
def test_acts_in_such_headlines_are_found(headline: str, kind: str) -> None:
    parsed = annotate(document(headline))
    assert kind in {event.type for event in find_events(parsed, find_attributions(parsed))}


@given(st.text(alphabet="Aab İßſ'’-.\n", max_size=120))
def test_no_character_changes_its_place(text: str) -> None:
    given_text = Document.from_text(f"Maduro Expels {text} US Diplomats\n\n{BODY}")
    read = in_sentence_case(given_text)
    assert len(read) == len(given_text.text)
    assert read.casefold() == given_text.text.casefold()
