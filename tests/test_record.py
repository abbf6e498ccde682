"""The data model: a record is frozen, goes to JSON and back, and each span carries its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from articles import seed_record
from onrecord.record import Actor, Document, Record, Span, When, add_text, identifier, span_key
from onrecord.schema import record_schema

WIDE = "“Ça va,” said the 🇲🇽 envoy 👩‍🚀.\u2028“No\u0301.”"


def spans_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans_in(inner)


def test_record_is_the_same_after_json_and_back() -> None:
    record = seed_record()
    again = Record.from_json(record.to_json())
    assert again == record
    assert again.to_json() == record.to_json()


def test_record_is_one_line_of_utf8() -> None:
    data = seed_record().to_json()
    assert b"\n" not in data
    assert "“We operate in Mexico,”" in data.decode("utf-8")


def test_every_span_carries_the_characters_it_covers() -> None:
    shape = json.loads(seed_record().to_json())
    text = shape["document"]["text"]
    spans = list(spans_in(shape))
    assert len(spans) > 50
    assert [s for s in spans if text[s["start"] : s["end"]] != s["text"] or not s["text"]] == []


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_spans_count_code_points_whatever_the_text(text: str, start: int, length: int) -> None:
    shape = {"spans": [{"start": start, "end": start + length}]}
    add_text(shape, text)
    assert shape["spans"][0]["text"] == Span(start, start + length).of(text)


def test_spans_count_code_points_not_bytes_or_utf16_units() -> None:
    assert Span(WIDE.index("👩"), WIDE.index("👩") + 3).of(WIDE) == "👩‍🚀"


def test_every_id_that_a_row_refers_to_is_in_the_record() -> None:
    record = seed_record()
    actors = {actor.id for actor in record.actors}
    said = {row.id for row in record.attributions}
    used = {mention.actor for mention in record.mentions}
    for row in record.attributions:
        used.update(row.speaker, row.addressee)
        assert row.parent is None or row.parent in said
    for event in record.events:
        used.update(event.actor, event.recipient)
        assert event.attribution is None or event.attribution in said
    assert used <= actors


def test_ids_of_rows_are_unique() -> None:
    record = seed_record()
    rows = [*record.attributions, *record.events, *record.claims, *record.appointments]
    assert len({row.id for row in rows}) == len(rows)


def test_values_are_frozen() -> None:
    record = seed_record()
    for value in (record, record.document, record.attributions[0], Span(0, 1)):
        with pytest.raises(AttributeError):
            setattr(value, value.__struct_fields__[0], None)


def test_record_is_valid_by_its_schema() -> None:
    Draft202012Validator(record_schema()).validate(json.loads(seed_record().to_json()))


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(record_schema())


@pytest.mark.parametrize("broken", ["no text of a span", "unknown modality", "no document"])
def test_schema_refuses_another_shape(broken: str) -> None:
    shape = json.loads(seed_record().to_json())
    if broken == "no text of a span":
        del shape["attributions"][0]["content"][0]["text"]
    elif broken == "unknown modality":
        shape["events"][0]["modality"] = "rumoured"
    else:
        del shape["document"]
    with pytest.raises(ValidationError):
        Draft202012Validator(record_schema()).validate(shape)


def test_from_json_refuses_another_shape() -> None:
    with pytest.raises(msgspec.ValidationError):
        Record.from_json(b'{"document": {"id": 1}}')


def test_actor_is_found_by_id() -> None:
    actor = Actor("state/MEX", "Mexico", "state", "MEX")
    record = Record(document=Document(id="doc-1", text="Mexico."), actors=(actor,))
    assert record.actor("state/MEX") == actor
    with pytest.raises(KeyError):
        record.actor("state/USA")


def test_span_overlaps_and_covers() -> None:
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 5).covers(Span(0, 5))
    assert not Span(0, 5).covers(Span(4, 6))


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        (When("2026-01-22", "2026-01-23", "day", "publication"), "2026-01-22", "2026-01-23"),
        (When("2026-01-22T10:30", "2026-01-22T10:30", "minute", "explicit"), "2026-01-22", "2026-01-22"),
        (When(None, None, "day", "unresolved"), "None", "None"),
    ],
)  # fmt: skip
def test_when_gives_its_first_and_last_day(when: When, first: str, last: str) -> None:
    assert (str(when.first_day), str(when.last_day)) == (first, last)


def test_ids_are_made_of_content() -> None:
    spans = span_key([Span(3, 17), Span(20, 25)])
    assert spans == "3-17,20-25"
    made = identifier("event", "doc-1", spans)
    assert made == identifier("event", "doc-1", spans)
    assert made != identifier("event", "doc-2", spans)
    assert len(made) == len("event-") + 16
