"""Questions to a store, and what they are answered with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.asking import open_store
from onrecord.asking.answers import Answers
from onrecord.errors import OnrecordError
from onrecord.record import Actor, Record, Span, When, identifier
from records import CLAUDIA, DONALD, MEXICO, PRESS, USA, document, event, sheinbaum


@pytest.fixture(scope="module")
def store() -> Iterator[Answers]:
    with open_store(":memory:") as opened:
        opened.add(sheinbaum())
        yield opened


def types(rows: list[Any]) -> list[str]:
    return [f"{row.date} {row.type}" for row in rows]


ALL = ["2026-01-12 REJECT", "2026-01-13 AID", "2026-01-13 CONSULT"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (("MEX", "USA"), ALL),
        (("usa", "mex"), ALL),
        (("Mexico", "United States"), ALL),
        (("México", "US"), ALL),
        (("MEX",), ALL),
        (("Claudia Sheinbaum", "USA"), ALL[:1]),
        (("claudia  SHEINBÁUM",), ALL[:1]),
        (("Sheinbaum", "Trump"), []),
        (("Donald Trump", "Mexico"), ALL[1:2]),
        ((CLAUDIA.id,), ALL[:1]),
        (("FRA", "USA"), []),
        (("Germany",), []),
    ],
)
def test_a_timeline_is_asked_by_code_id_or_name(
    store: Answers, question: tuple[str, ...], answer: list[str]
) -> None:
    assert types(store.timeline(*question)) == answer


@pytest.mark.parametrize(
    ("limits", "answer"),
    [
        ({"type": "REJECT"}, ALL[:1]),
        ({"type": ["aid", "consult"]}, ALL[1:]),
        ({"modality": "planned"}, ALL[2:]),
        ({"start": "2026-01-13"}, ALL[1:]),
        ({"end": "2026-01-12"}, ALL[:1]),
        ({"start": "2026", "end": "2026-01"}, ALL),
        ({"end": "2025"}, []),
        ({"min_confidence": 0.9}, []),
        ({"limit": 2}, ALL[1:]),
        ({"limit": 0}, []),
    ],
)
def test_a_timeline_is_limited(store: Answers, limits: dict[str, Any], answer: list[str]) -> None:
    assert types(store.timeline("MEX", "USA", **limits)) == answer


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"type": "WAR"}, "'WAR' is no type; there are AGREE, CONSULT"),
        ({"modality": "maybe"}, "'maybe' is no modality; there are happened"),
        ({"start": "yesterday"}, "'yesterday' is not a date; give one as 2026-01-13"),
        ({"end": "2026-02-30"}, "no such day"),
        ({"end": "2026-13"}, "no such day"),
        ({"start": "0000"}, "no such day"),
        ({"start": "2026-02", "end": "2026-01"}, "begins on 2026-02-01, after its end"),
    ],
)
def test_limits_that_are_none_are_said(
    store: Answers, limits: dict[str, Any], message: str
) -> None:
    with pytest.raises(OnrecordError, match=message):
        store.timeline("MEX", **limits)


def test_mentions_of_one_happening_are_one_row_with_several_proofs(store: Answers) -> None:
    row = store.timeline("Sheinbaum")[0]
    assert (row.mentions, row.documents) == (2, 1)
    assert [proof.trigger.text for proof in row.proofs] == ["ruled out", "rules out"]
    assert (row.id, row.sentence, row.confidence) == (
        row.proofs[0].id,
        row.proofs[0].sentence,
        0.8,
    )
    assert [str(person) for person in (*row.actor, *row.recipient)] == [
        "Claudia Sheinbaum (MEX)",
        "United States (USA)",
    ]
    assert (row.date, row.date_basis, row.voice) == ("2026-01-12", "explicit", "reporter")


def test_a_happening_in_two_articles_is_one_row() -> None:
    first, second = sheinbaum("one"), sheinbaum("two", published="2026-02-01")
    with open_store(":memory:") as store:
        for record in (first, second):
            shared = tuple(
                msgspec.structs.replace(mention, event="shared") for mention in record.events[:2]
            )
            store.add(msgspec.structs.replace(record, events=shared))
        rows = store.timeline("MEX")
    assert [(row.event, row.mentions, row.documents) for row in rows] == [("shared", 4, 2)]
    assert rows[0].date == "2026-01-12"


def test_a_day_is_told_or_the_articles_or_unknown_and_then_last() -> None:
    told, undated = sheinbaum("told"), sheinbaum("undated", published=None)
    with open_store(":memory:") as store:
        store.add(undated)
        store.add(told)
        rows = store.timeline("MEX", "USA")
        found = [(row.date, row.date_basis) for row in rows]
        limited = store.timeline("MEX", "USA", start="1900")
    assert found == [
        ("2026-01-12", "explicit"),
        ("2026-01-12", "explicit"),
        ("2026-01-13", "article"),
        ("2026-01-13", "article"),
        (None, "unknown"),
        (None, "unknown"),
    ]
    assert len(limited) == 4


def test_an_event_in_an_attribution_has_the_speakers_voice() -> None:
    record = sheinbaum()
    said = msgspec.structs.replace(record.events[2], attribution=record.attributions[0].id)
    with open_store(":memory:") as store:
        store.add(msgspec.structs.replace(record, events=(said,)))
        assert [row.voice for row in store.timeline("MEX")] == ["Claudia Sheinbaum"]


def test_an_event_of_one_actor_alone_is_found() -> None:
    article = document("Thousands protested in Poland.")
    people = Actor("group/1", "Thousands", "unnamed", "POL")
    protest = event(
        article,
        Span(10, 19),
        Span(0, 30),
        actor=(people.id,),
        recipient=(),
        type="PROTEST",
    )
    with open_store(":memory:") as store:
        store.add(Record(document=article, actors=(people,), events=(protest,)))
        assert types(store.timeline("Poland")) == ["2026-01-13 PROTEST"]
        assert store.timeline("Poland", "Poland") == []


@pytest.mark.parametrize(
    ("question", "contents"),
    [
        ({}, ["We operate in Mexico", "fentanyl trafficking fell 50% year-on-year"]),
        ({"by": "Sheinbaum", "to": "reporters"}, ["We operate in Mexico"]),
        ({"by": "MEX", "about": "trafficked"}, ["fentanyl trafficking fell 50% year-on-year"]),
        ({"about": '"no one else"'}, ["We operate in Mexico"]),
        ({"about": '"else one no"'}, []),
        ({"about": "fentan*"}, ["fentanyl trafficking fell 50% year-on-year"]),
        ({"by": "Trump"}, []),
        ({"start": "2026-01-13", "end": "2026-01-13", "min_confidence": 0.8},
         ["We operate in Mexico"]),
        ({"limit": 1}, ["fentanyl trafficking fell 50% year-on-year"]),
    ],
)  # fmt: skip
def test_statements(store: Answers, question: dict[str, Any], contents: list[str]) -> None:
    assert [row.content[0].text for row in store.statements(**question)] == contents


def test_a_statement_carries_source_cue_and_all_pieces_of_its_content(store: Answers) -> None:
    row = store.statements(to="reporters")[0]
    assert [piece.text for piece in (*row.source, *row.cue)] == ["she", "told"]
    assert [piece.text for piece in row.content] == ["We operate in Mexico", "No one else does"]
    assert (row.speaker[0].name, row.addressee[0].name) == (CLAUDIA.name, PRESS.name)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ({}, 1),
        ({"about": "fentanyl", "by": "Sheinbaum"}, 1),
        ({"about": "tonnes"}, 0),
        ({"by": "USA"}, 0),
        ({"end": "2026-01-12"}, 0),
    ],
)
def test_claims(store: Answers, question: dict[str, Any], count: int) -> None:
    assert len(store.claims(**question)) == count


def test_a_claim_carries_figure_change_basis_and_sentence(store: Answers) -> None:
    row = store.claims()[0]
    assert (row.value, row.unit, row.change, row.basis) == (50.0, "percent", "down", "year-on-year")
    assert (str(row.about), str(row.figure)) == ("fentanyl trafficking", "50%")
    assert str(row.sentence) == "She said fentanyl trafficking fell 50% year-on-year."
    assert row.voice == "Claudia Sheinbaum"


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ({}, 1),
        ({"who": "USA", "start": "2026-01-23"}, 1),
        ({"end": "2026-01-22"}, 1),
        ({"start": "2026-01-24"}, 0),
        ({"who": "Sheinbaum"}, 0),
    ],
)
def test_calendar(store: Answers, question: dict[str, Any], count: int) -> None:
    rows = store.calendar(**question)
    assert len(rows) == count
    assert all((row.date, row.date_end) == ("2026-01-22", "2026-01-23") for row in rows)


def test_an_appointment_without_a_day_comes_last_and_never_has_the_articles() -> None:
    record = sheinbaum()
    vague = msgspec.structs.replace(
        record.appointments[0],
        id=identifier("appointment", "vague"),
        when=When(None, None, "day", "unresolved"),
    )
    with open_store(":memory:") as store:
        store.add(msgspec.structs.replace(record, appointments=(vague, *record.appointments)))
        assert [row.date for row in store.calendar()] == ["2026-01-22", None]


def test_search_finds_articles_with_all_the_words_and_shows_where(store: Answers) -> None:
    row = store.search('strike "ruled out"')[0]
    found = [row.passage[start:end] for start, end in row.matches]
    assert "ruled out" in found
    assert "strikes" in found
    assert store.search("strike zeppelin") == []
    assert store.search("fentanyl")[0].statements == 1


@pytest.mark.parametrize("words", ["", "…", '""', "*", "a " * 60])
def test_words_that_cannot_be_looked_for_are_an_error(store: Answers, words: str) -> None:
    with pytest.raises(OnrecordError, match="to look for"):
        store.search(words)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_any_words_are_looked_for_or_refused_plainly(store: Answers, words: str) -> None:
    for ask in (store.search, lambda asked: store.statements(about=asked or "x")):
        with suppress(OnrecordError):  # anything else fails the test
            ask(words)


@pytest.mark.parametrize(
    ("row", "kind", "marked"),
    [
        (sheinbaum().attributions[0].id, "attribution",
         "“[content We operate in Mexico],” [source she] [cue told] reporters. "
         "“[content No one else does].”"),
        (sheinbaum().events[1].id, "event",
         "[actor Mexican President Claudia Sheinbaum] [trigger ruled out] US military strikes "
         "on [when Monday]."),
        (sheinbaum().claims[0].id, "claim",
         "She said [about fentanyl trafficking] fell [figure 50%] year-on-year."),
        (sheinbaum().appointments[0].id, "appointment",
         "[announcement [what Officials of both countries will meet in Washington] on "
         "[when January 22–23]]."),
    ],
)  # fmt: skip
def test_each_row_is_explained_with_its_spans(
    store: Answers, row: str, kind: str, marked: str
) -> None:
    explanation = store.explain(row)
    text = sheinbaum().document.text
    assert (explanation.kind, explanation.marked) == (kind, marked)
    assert all(text[span.start : span.end] == span.text for span in explanation.spans)
    assert explanation.coder == {"onrecord": "0.1.0", "attributions": "sha256:ab"}
    assert explanation.why
    assert explanation.title == "Sheinbaum rules out US strikes"


def test_a_happening_is_explained_by_its_best_mention(store: Answers) -> None:
    first, second = sheinbaum().events[:2]
    explanation = store.explain(first.event)
    assert (explanation.id, explanation.also) == (second.id, (first.id,))
    assert store.explain(first.id).also == (second.id,)
    assert explanation.facts["actor"] == "Claudia Sheinbaum"
    assert explanation.facts["when"] == "2026-01-12 (day, explicit)"


@pytest.mark.parametrize("row", ["event-0", "", "\0"])
def test_an_unknown_row_is_an_error(store: Answers, row: str) -> None:
    with pytest.raises(OnrecordError, match="the store has no row"):
        store.explain(row)


def test_answers_print_as_json(store: Answers) -> None:
    rows = [*store.timeline("MEX"), *store.statements(), *store.claims(), *store.calendar()]
    assert len(msgspec.json.decode(msgspec.json.encode(rows))) == len(rows) == 7
    assert {MEXICO.id, USA.id, DONALD.id} >= {
        person.id for row in store.timeline("USA", "MEX")[1:] for person in row.actor
    }
