"""Sentences of our own, one phenomenon each, and the event rows that they must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.coding.attributions import find_attributions
from onrecord.coding.events import find_events
from onrecord.parsing import Annotated, annotate
from onrecord.record import Document, EventMention

CASES = Path(__file__).parent / "cases" / "events.tsv"


def read_cases() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def sides(annotated: Annotated, actors: tuple[str, ...]) -> set[str]:
    return {annotated.actors[name].country or "-" for name in actors}


def fits(annotated: Annotated, event: EventMention, expected: str) -> bool:
    types, modalities, dyad = expected.split()
    actor, recipient = dyad.split(">")
    return (
        event.type in types.split(",")
        and event.modality in modalities.split(",")
        and all(
            wanted == "-" or set(wanted.split(",")) & sides(annotated, found)
            for wanted, found in ((actor, event.actor), (recipient, event.recipient))
        )
    )


def code(text: str) -> tuple[Annotated, tuple[EventMention, ...]]:
    document = Document.from_text(text, published="2024-06-12")
    annotated = annotate(document)
    return annotated, find_events(annotated, find_attributions(annotated))


def test_there_are_enough_cases() -> None:
    assert len(read_cases()) >= 60


@pytest.mark.parametrize(("phenomenon", "text", "rows"), read_cases())
def test_case(phenomenon: str, text: str, rows: str) -> None:
    annotated, events = code(text)
    expected = [] if rows == "none" else rows.split(" | ")
    found = [(e.type, e.modality, e.actor, e.recipient) for e in events]
    if not expected:
        assert not events, (phenomenon, found)
    for row in expected:
        assert any(fits(annotated, event, row) for event in events), (phenomenon, row, found)
    for event in events:
        assert event.sentence.covers(event.trigger)
