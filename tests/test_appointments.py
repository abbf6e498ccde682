"""Appointments: dated happenings that lie ahead of publication."""

from __future__ import annotations

import pytest

from onrecord.coding.appointments import find_appointments
from onrecord.coding.attributions import find_attributions
from onrecord.coding.events import find_events
from onrecord.parsing import annotate
from onrecord.record import Document

PUBLISHED = "2024-06-12"  # a Wednesday


def appointments(text: str) -> list[tuple[str, str, set[str]]]:
    annotated = annotate(Document.from_text(text, published=PUBLISHED))
    attributions = find_attributions(annotated)
    events = find_events(annotated, attributions)
    return [
        (
            (item.when.start or "")[:10],
            (item.when.end or "")[:10],
            {annotated.actors[name].country or "" for name in item.participants},
        )
        for item in find_appointments(annotated, attributions, events)
    ]


@pytest.mark.parametrize(
    ("text", "start", "end", "countries"),
    [
        (
            "Senior officials from Mexico and Canada are scheduled to meet on July 22–23.",
            "2024-07-22", "2024-07-23", {"MEX", "CAN"},
        ),
        ("Emmanuel Macron will visit China on June 20.", "2024-06-20", "2024-06-20", {"FRA", "CHN"}),
        ("Iran holds a presidential election on June 28.", "2024-06-28", "2024-06-28", set()),
        ("The US Senate will vote on Friday.", "2024-06-14", "2024-06-14", {"USA"}),
        ("The trial is set to begin on Monday in London.", "2024-06-17", "2024-06-17", set()),
        ("The trial is set for November.", "2024-11-01", "2024-11-30", set()),
        ("The ceasefire expires on June 30.", "2024-06-30", "2024-06-30", set()),
        ("The sanctions take effect on Monday.", "2024-06-17", "2024-06-17", set()),
        ("The primary will take place on Aug. 6.", "2024-08-06", "2024-08-06", set()),
        ("The results will be announced on Saturday.", "2024-06-15", "2024-06-15", set()),
        ("The drug will be available on June 24 in France.", "2024-06-24", "2024-06-24", set()),
        ("They will meet at Friday night's debate.", "2024-06-14", "2024-06-14", set()),
    ],
)  # fmt: skip
def test_what_lies_ahead_is_an_appointment(
    text: str, start: str, end: str, countries: set[str]
) -> None:
    found = appointments(text)
    assert found, text
    assert found[0][:2] == (start, end)
    assert countries <= found[0][2]


@pytest.mark.parametrize(
    "text",
    [
        "Emmanuel Macron visited China on June 5.",
        "Emmanuel Macron will not visit China on June 20.",
        "The meeting with Iran on June 20 was cancelled.",
        "Shares fell on Wednesday.",
        "Prices rose in 2023.",
        "They hope for a brighter tomorrow.",
        "The current plan will serve the company.",
        "At the end of the day, the party will win.",
        "The minister will spend Sunday with his children.",
        "The Christmas tree will be lit by the mayor.",
        "The interview with Barack Obama will be on the network on Friday.",
        "Her success in November will depend on Barack Obama.",
    ],
)
def test_what_does_not_is_none(text: str) -> None:
    assert appointments(text) == []


def test_weather_is_no_appointment() -> None:
    assert appointments("Storms will erupt in the afternoon on Friday.") == []


def test_without_a_date_of_publication_there_are_none() -> None:
    annotated = annotate(Document.from_text("Macron will visit China on June 20."))
    attributions = find_attributions(annotated)
    assert find_appointments(annotated, attributions, ()) == ()


def test_the_same_happening_on_the_same_day_stands_once() -> None:
    found = appointments("Iran will vote on June 28. The vote on June 28 is the third.")
    assert len(found) <= 2
