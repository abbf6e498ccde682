"""Plain text → Document."""

import itertools
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import OnrecordError
from onrecord.reading.plain import document_from_text
from onrecord.record import Document

PASTE = """Port strike ends after nine days of talks

1 day ago 3
ARTICLE AD BOX

Dockers went back to work on Wednesday after their union signed an agreement on pay.

“Nobody won everything,” its chairman said.

What the agreement says

It gives them four percent more from January, according to the union.

Read Entire Article
"""
BODY = "The ministers met in Copenhagen on Monday. They agreed on nothing but the next date."


def pieces(document, spans):
    return [document.text[start:end] for start, end in spans]


def test_furniture_of_a_paste_is_taken_out():
    document = document_from_text(PASTE, furniture=True)
    assert "AD BOX" not in document.text
    assert "ago" not in document.text
    assert "Read Entire" not in document.text
    assert len(document.paragraphs) == 3


def test_headline_and_subheads_are_headings():
    document = document_from_text(PASTE, furniture=True)
    assert document.title == "Port strike ends after nine days of talks"
    assert pieces(document, document.headings) == [document.title, "What the agreement says"]


def test_age_and_retrieval_give_the_day_of_publication():
    document = document_from_text(PASTE, furniture=True, retrieved_at="2026-01-14T09:00:00Z")
    assert document.published.start == document.published.end == "2026-01-13"
    assert document.published.basis == "retrieval"


def test_age_without_retrieval_is_no_date():
    assert document_from_text(PASTE, furniture=True).published is None


def test_given_date_beats_the_age():
    document = document_from_text(
        PASTE, furniture=True, retrieved_at="2026-01-14", published="2025-12-24"
    )
    assert (document.published.start, document.published.basis) == ("2025-12-24", "explicit")


def test_from_text_keeps_every_character():
    document = Document.from_text(PASTE)
    assert document.text == PASTE.strip()


def test_title_that_is_not_in_the_text_is_no_heading():
    document = Document.from_text(BODY, title="A date, and nothing else")
    assert (document.title, document.headings) == ("A date, and nothing else", ())
    assert document.text == BODY


def test_title_that_begins_the_text_is_its_heading():
    document = Document.from_text(f"Ministers meet.\n\n{BODY}", title="Ministers meet")
    assert pieces(document, document.headings) == ["Ministers meet."]


def test_hard_wrapped_text_is_one_paragraph():
    text = "The ministers of both countries met again in the capital on Monday. " * 6
    document = document_from_text(textwrap.fill(text, 72) + "\n\n" + textwrap.fill(text, 72))
    assert len(document.paragraphs) == 2


def test_each_line_is_a_paragraph_where_lines_are_long():
    line = "The ministers of both countries met again in the capital on Monday to talk. " * 3
    assert len(document_from_text("\n".join([line, line, line])).paragraphs) == 3


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 12 March 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("Tuesday, March 12, 2024 9:30 a.m. EST", "2024-03-12"),
        ("March 01 , 2008", "2008-03-01"),
        ("Beirut, 12 March 2024", "2024-03-12"),
        ("WELLINGTON | 12 March 2024", "2024-03-12"),
    ],
)
def test_date_line_dates_the_text(line, day):
    document = document_from_text(f"Ministers meet again in Copenhagen\n{line}\n{BODY}")
    assert (document.published.start, document.published.basis) == (day, "explicit")
    assert document.published.span.of(document.text) in line


def test_date_line_is_no_heading_and_goes_with_the_furniture():
    text = f"Ministers meet again in Copenhagen\nMarch 12, 2024\n{BODY}"
    kept, taken = document_from_text(text), document_from_text(text, furniture=True)
    assert pieces(kept, kept.headings) == ["Ministers meet again in Copenhagen"]
    assert "2024" in kept.text
    assert "2024" not in taken.text
    assert taken.published.start == "2024-03-12"


def test_dateline_with_a_year_dates_the_text():
    document = document_from_text(f"COPENHAGEN, 4 March 2024 (Reuters) - {BODY}")
    assert document.published.start == "2024-03-04"


def test_date_inside_a_sentence_is_not_the_date_of_publication():
    assert document_from_text(f"On March 12, 2024 the talks began. {BODY}").published is None


def test_byline_of_a_text_is_kept_apart():
    document = document_from_text(
        f"Ministers meet again in Copenhagen\n\nBy Jane Doe\n\n{BODY}", furniture=True
    )
    assert document.byline == "Jane Doe"
    assert "Jane" not in document.text


def test_lines_before_the_headline_are_taken_out():
    text = (
        f"Home / World\nMinisters meet again in Copenhagen\nBy Jane Doe, Reuters\nShare\n\n{BODY}"
    )
    document = document_from_text(text, furniture=True)
    assert document.title == "Ministers meet again in Copenhagen"
    assert pieces(document, document.paragraphs) == [BODY]


def test_headline_that_looks_like_a_link_is_kept():
    text = f"Explainer: why the ministers meet again\n\n{BODY}"
    document = document_from_text(text, furniture=True)
    assert document.title == "Explainer: why the ministers meet again"


def test_ids_depend_on_words_and_address_only():
    one = Document.from_text("Talks  began\ntoday.", url="https://a.example/1")
    same = Document.from_text("Talks began today.", url="https://a.example/1")
    other = Document.from_text("Talks began today.", url="https://a.example/2")
    assert one.id == same.id != other.id


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "...", "x" * 5_000_001])
def test_no_text_or_too_much_is_an_error(text):
    with pytest.raises(OnrecordError):
        document_from_text(text)


def test_half_a_character_is_an_error():
    with pytest.raises(OnrecordError, match="half a character"):
        document_from_text("The minister \ud800 said so.")


@pytest.mark.parametrize("option", ["published", "retrieved_at"])
@pytest.mark.parametrize("value", ["yesterday", "13/01/2026", "2026-13-01", "", "9" * 500])
def test_unreadable_date_is_an_error(option, value):
    with pytest.raises(OnrecordError, match="is not a date"):
        document_from_text(BODY, **{option: value})


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), st.booleans())
def test_any_text_gives_spans_inside_it_in_order(text, furniture):
    try:
        document = document_from_text(text, furniture=furniture)
    except OnrecordError:
        return
    spans = sorted([*document.paragraphs, *document.headings])
    assert all(0 <= a < b <= len(document.text) for a, b in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    assert all(piece == piece.strip() for piece in pieces(document, spans))
    assert "\r" not in document.text


@given(st.lists(st.sampled_from(["A b", "c d.", "\n", "\r\n", "\r", "“Yes,” he said.", " "])))
def test_line_ends_become_line_feeds_and_nothing_else_changes(parts):
    text = "".join(parts)
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(c.isalnum() for c in text):
        assert Document.from_text(text).text == wanted


def test_what_an_author_wrote_may_stand_before_the_name():
    document = document_from_text(f"Ministers meet again\nAnalysis by Tom Harland\n{BODY}")
    assert document.byline == "Tom Harland"
