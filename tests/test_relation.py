"""Relation of a marked pair: always an answer, by the pattern that links the two where one does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.coding.relation import relation_in
from onrecord.knowledge.plover import load_types
from onrecord.parsing import annotate
from onrecord.record import Document, EventMention, Span


def relate(text: str, source: str, target: str) -> EventMention:
    document = Document(id="doc", text=text, language="en", paragraphs=((0, len(text)),))
    first, second = text.index(source), text.index(target)
    return relation_in(
        annotate(document), Span(first, first + len(source)), Span(second, second + len(target))
    )


@pytest.mark.parametrize(
    ("text", "source", "target", "kind", "modality"),
    [
        ("Iran bombed a base in Iraq on Sunday.", "Iran", "Iraq", "ASSAULT", "happened"),
        ("France condemned the raid by Israel.", "France", "Israel", "ACCUSE", "happened"),
        (
            "A man from Mali was arrested by police.",
            "police",
            "A man from Mali",
            "COERCE",
            "happened",
        ),
        ("Turkey will meet Greece on Monday.", "Turkey", "Greece", "CONSULT", "planned"),
        ("Kenya condemned Chad, and Chad invaded Niger.", "Chad", "Niger", "ASSAULT", "happened"),
    ],
)
def test_pair(text: str, source: str, target: str, kind: str, modality: str) -> None:
    mention = relate(text, source, target)
    assert (mention.type, mention.modality) == (kind, modality)


def test_an_answer_is_given_where_no_pattern_links_the_two() -> None:
    mention = relate("Iran looked at Iraq.", "Iran", "Iraq")
    assert mention.type in load_types()
    assert mention.why


def test_parties_are_the_marked_spans() -> None:
    text = "Iran bombed Iraq."
    mention = relate(text, "Iran", "Iraq")
    assert [span.of(text) for span in (*mention.actor_spans, *mention.recipient_spans)] == [
        "Iran",
        "Iraq",
    ]


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_and_any_spans_get_an_answer(tail: str, first: int, second: int) -> None:
    text = "Iran met Iraq. " + tail.strip() + "x"
    spans = [Span(at % len(text), at % len(text) + 1) for at in (first, second)]
    document = Document(id="doc", text=text, language="en", paragraphs=((0, len(text)),))
    assert relation_in(annotate(document), *spans).type in load_types()
