"""Numbers of an event: dead, injured, arrested, a crowd; each with the act it belongs to, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles import document
from onrecord.asking import open_store
from onrecord.coding.attributions import find_attributions
from onrecord.coding.events import find_events
from onrecord.errors import KnowledgeError
from onrecord.exporting.csv import to_csv
from onrecord.knowledge import event_numbers
from onrecord.knowledge.plover import PLOVER, load_types
from onrecord.knowledge.tables import read_table
from onrecord.parsing import annotate
from onrecord.pipeline import code
from onrecord.record import EventMention, EventNumber, Record, Span

CASES = Path(__file__).parent / "cases" / "numbers.tsv"


def read_cases() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def events_of(text: str) -> tuple[EventMention, ...]:
    annotated = annotate(document(text))
    return find_events(annotated, find_attributions(annotated))


def told(event: EventMention, number: EventNumber) -> str:
    amount = f"{number.low:g}-{number.high:g}" if number.value is None else f"{number.value:.10g}"
    return f"{event.type} {number.kind} {amount}"


def test_there_are_enough_cases() -> None:
    cases = read_cases()
    assert len(cases) >= 25
    assert sum(numbers == "none" for _, _, numbers in cases) >= 10


@pytest.mark.parametrize(("phenomenon", "text", "numbers"), read_cases())
def test_case(phenomenon: str, text: str, numbers: str) -> None:
    found = [told(event, number) for event in events_of(text) for number in event.numbers]
    expected = [] if numbers == "none" else numbers.split(" | ")
    assert sorted(found) == sorted(expected), phenomenon


@pytest.mark.parametrize(
    "row",
    [
        row
        for row in read_table(PLOVER / "numbers.tsv", event_numbers.NumberWord)
        if row.kind not in ("crowd",) and " toll" not in f" {row.words}"
    ],
    ids=lambda row: row.words,
)
def test_each_word_counts_in_its_example(row: event_numbers.NumberWord) -> None:
    from onrecord.coding.event_counts import count_of, counted_in

    annotated = annotate(document(row.example))
    places = [place for one in annotated.sentences for place in counted_in(annotated, one)]
    counts = [count.kind for place in places if (count := count_of(place))]
    assert counts == [row.kind]


def test_a_number_has_the_words_that_prove_it() -> None:
    text = "Israeli soldiers killed at least 12 people in Jenin."
    (event,) = events_of(text)
    (number,) = event.numbers
    assert (number.span.of(text), number.word.of(text)) == ("12", "killed")
    assert (number.value, number.approximate, str(number)) == (12.0, True, "~ 12 dead")


def test_a_range_and_an_unknown_number_are_said_in_words() -> None:
    place = Span(0, 1)
    assert str(EventNumber("crowd", place, place, None, 2000, 3000)) == "2,000 to 3,000 crowd"
    assert str(EventNumber("dead", place, place, None)) == "an unknown number of dead"


def record() -> Record:
    return code(
        document(
            "Israeli airstrike kills 12 in Gaza\n\n"
            "An Israeli airstrike on Gaza killed at least 14 people and wounded 30 on Monday.\n\n"
            "Police arrested 45 protesters in Minsk."
        )
    )


def test_a_timeline_has_the_numbers_of_each_happening_and_of_each_proof() -> None:
    with open_store(":memory:") as store:
        store.add(record())
        rows = store.timeline("Israel")
        arrests = store.timeline("Belarus") or store.timeline("police")
    numbers = [str(number) for row in rows for number in row.numbers]
    assert any(text.endswith("dead") for text in numbers)
    assert "30 injured" in numbers
    assert [str(number) for row in arrests for number in row.numbers] == ["45 arrested"]
    assert all(number.words.text for row in rows for number in row.numbers)


def test_a_number_is_explained_and_its_span_checked() -> None:
    coded = record()
    event = next(event for event in coded.events if event.type == "COERCE")
    with open_store(":memory:") as store:
        store.add(coded)
        explanation = store.explain(event.id)
    assert "[arrested 45]" in explanation.marked
    assert explanation.facts["numbers"] == "45 arrested"


def test_numbers_stand_in_a_table_of_cells_as_words() -> None:
    row = next(event for event in record().events if event.type == "COERCE")
    assert "45 arrested" in to_csv([row])


def test_every_kind_stands_in_the_table_with_known_types() -> None:
    kinds = event_numbers.number_kinds()
    assert all(types <= set(load_types()) for types in kinds.values())


def test_a_kind_that_is_missing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "number_kinds.tsv").write_text(
        "kind\ttypes\tdefinition\ndead\tASSAULT\tkilled\n", encoding="utf-8"
    )
    monkeypatch.setattr(event_numbers, "PLOVER", tmp_path)
    event_numbers.number_kinds.cache_clear()
    with pytest.raises(KnowledgeError, match="every kind of number"):
        event_numbers.number_kinds()
    event_numbers.number_kinds.cache_clear()
