"""Relation of a marked pair: always an answer, by the pattern that links the two where one does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.coding.relation import relation_in
from onrecord.coding.relation_reader import (
    LONGEST,
    SOURCE,
    SOURCE_END,
    TARGET,
    TARGET_END,
    TYPES,
    load_reader,
    marked_pieces,
    marks_of,
)
from onrecord.knowledge.plover import load_types, plover_type
from onrecord.parsing import annotate
from onrecord.record import Document, EventMention, EventType, Span


def relate(text: str, source: str, target: str) -> EventMention:
    document = Document(id="doc", text=text, language="en", paragraphs=((0, len(text)),))
    first, second = text.rindex(source), text.rindex(target)
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
        ("Turkey will meet Greece on Monday.", "Turkey", "Greece", "AGREE", "planned"),
        ("Iran threatened to bomb Iraq.", "Iran", "Iraq", "THREATEN", "happened"),
        ("France refused to recognise Kosovo.", "France", "Kosovo", "REJECT", "happened"),
        ("Kenya condemned Chad, and Chad invaded Niger.", "Chad", "Niger", "ASSAULT", "happened"),
    ],
)
def test_pair(text: str, source: str, target: str, kind: str, modality: str) -> None:
    mention = relate(text, source, target)
    assert (mention.type, mention.modality) == (kind, modality)


@pytest.mark.parametrize("kind", sorted(load_types()))
def test_the_encoder_alone_decides_where_it_is_sure(kind: EventType) -> None:
    text = "Iran looked at Iraq."
    document = Document(id="doc", text=text, language="en", paragraphs=((0, len(text)),))
    chances = {other: 0.985 if other == kind else 0.001 for other in TYPES}
    mention = relation_in(annotate(document), Span(0, 4), Span(15, 19), chances)
    assert mention.type == kind
    assert mention.quad == load_types()[kind].quad
    assert plover_type(mention.type, mention.modality) == kind
    assert mention.why.startswith(f"encoder: {kind} 0.98")


def test_a_disagreement_is_told() -> None:
    text = "Iran bombed Iraq."
    document = Document(id="doc", text=text, language="en", paragraphs=((0, len(text)),))
    chances = {kind: 0.97 if kind == "AID" else 0.002 for kind in TYPES}
    mention = relation_in(annotate(document), Span(0, 4), Span(12, 16), chances)
    assert mention.type == "AID"
    assert re.search(r"a pattern links the two \(ASSAULT\.\d+\), for ASSAULT", mention.why)


def test_chances_add_up_and_are_the_same_each_time() -> None:
    text = "“We will not,” he said. Iran bombed Iraq, Syria and Oman. " * 40
    spans = Span(text.index("Iran"), text.index("Iran") + 4), Span(len(text) - 7, len(text) - 3)
    first = load_reader().chances(text, *spans)
    assert sum(first.values()) == pytest.approx(1)
    assert first == load_reader().chances(text, *spans)
    assert set(first) == set(load_types())


def test_marks_of_spans_that_overlap_are_in_order() -> None:
    assert [mark for _, mark in marks_of(Span(0, 4), Span(4, 6))] == [
        SOURCE, SOURCE_END, TARGET, TARGET_END
    ]  # fmt: skip
    assert len(marks_of(Span(0, 4), Span(0, 4))) == 4


def test_a_long_text_is_cut_around_the_marks() -> None:
    words = load_reader()._words
    text = "peace " * 400
    ids = marked_pieces(text, [(1200, SOURCE), (1205, SOURCE_END)], words)
    assert len(ids) == LONGEST + 2
    assert SOURCE in ids


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
