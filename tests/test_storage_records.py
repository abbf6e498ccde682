"""Records go into a store and come back byte for byte; what has no proof stays out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.asking import open_store
from onrecord.asking.answers import Answers
from onrecord.errors import OnrecordError
from onrecord.record import Mention, Record, Span, When
from records import CLAUDIA, attribution, database, document, sheinbaum, synthetic


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with open_store(tmp_path / "news.db") as opened:
        yield opened


def dump(store: Answers) -> str:
    with database(store.name) as connection:
        return "\n".join(connection.iterdump())


def changed(record: Record, **fields: object) -> Record:
    return msgspec.structs.replace(record, **fields)


@pytest.mark.parametrize("record", [sheinbaum(), synthetic(3), Record(document=document("Words."))])
def test_a_record_comes_back_byte_for_byte(store: Answers, record: Record) -> None:
    assert store.add(record) is True
    assert store.record(record.document.id).to_json() == record.to_json()


def test_records_and_documents_come_back_in_the_order_of_adding(store: Answers) -> None:
    added = [synthetic(number) for number in (7, 2, 5)]
    for record in added:
        store.add(record)
    store.add(changed(added[0], coder={"onrecord": "9"}))
    ids = [record.document.id for record in added]
    assert [document.id for document in store.documents()] == ids
    assert [record.document.id for record in store.records()] == ids


def test_stored_spans_are_slices_of_the_stored_text(store: Answers) -> None:
    record = sheinbaum()
    store.add(record)
    text = record.document.text
    pieces = [
        piece for row in store.statements() for piece in (*row.source, *row.cue, *row.content)
    ]
    for row in store.timeline("MEX"):
        pieces += [row.sentence, row.trigger]
    for claim in store.claims():
        pieces += [claim.figure, claim.sentence, *([claim.about] if claim.about else [])]
    for appointment in store.calendar():
        pieces += [appointment.what, appointment.sentence]
    assert len(pieces) > 15
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)


def test_adding_again_changes_nothing(store: Answers) -> None:
    records = [sheinbaum(), synthetic(1), synthetic(2)]
    assert [store.add(record) for record in records] == [True] * 3
    before = dump(store)
    assert [store.add(record) for record in records] == [False] * 3
    assert dump(store) == before


def test_a_document_coded_anew_has_its_rows_replaced(store: Answers) -> None:
    old = sheinbaum()
    new = changed(old, events=old.events[:1], claims=(), coder={"onrecord": "0.2.0"})
    store.add(old)
    assert store.add(new) is True
    assert len(store.timeline("MEX")) == 1
    assert store.claims() == []
    assert store.record(old.document.id).coder == {"onrecord": "0.2.0"}
    assert store.add(old) is True
    assert store.record(old.document.id).to_json() == old.to_json()


def test_replaced_rows_leave_nothing_in_the_full_text_index(store: Answers) -> None:
    old = sheinbaum()
    store.add(old)
    store.add(changed(old, attributions=(), events=(), claims=()))
    assert store.statements(about="fentanyl") == []
    with database(store.name) as connection:
        for index in ("documents_words", "attributions_words", "claims_words"):
            connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_an_actor_who_stands_nowhere_any_more_is_forgotten(store: Answers) -> None:
    old = sheinbaum()
    store.add(old)
    store.add(Record(document=old.document))
    with pytest.raises(OnrecordError, match="nobody in the store is called 'Sheinbaum'"):
        store.timeline("Sheinbaum")


def test_an_unknown_document_is_an_error(store: Answers) -> None:
    with pytest.raises(OnrecordError, match="holds no document 'doc-0'"):
        store.record("doc-0")


def _broken() -> list[tuple[Record, str]]:
    good = sheinbaum()
    said, event, claim = good.attributions[0], good.events[0], good.claims[0]
    end = len(good.document.text)
    replaced = msgspec.structs.replace
    beyond = attribution(good.document, (Span(0, end + 1),))
    nobody = replaced(said, speaker=("Q0",))
    loop = (replaced(said, parent=good.attributions[1].id),
            replaced(good.attributions[1], parent=said.id))  # fmt: skip
    no_day = When("2026-13-01", "2026-13-01", "day", "explicit")
    later = When("2026-02-01", "2026-01-01", "day", "explicit")
    twice = replaced(event, id=good.events[1].id)
    return [
        (changed(good, attributions=(beyond,)), "not inside the text"),
        (changed(good, mentions=(Mention(Span(5, 3), CLAUDIA.id, "name"),)), "span 5-3"),
        (changed(good, mentions=(Mention(Span(-1, 3), CLAUDIA.id, "name"),)), "span -1-3"),
        (changed(good, document=replaced(good.document, paragraphs=((0, end + 9),))), "paragraphs"),
        (changed(good, attributions=(nobody,)), "actor 'Q0' is not among"),
        (changed(good, attributions=loop), "inside itself"),
        (changed(good, attributions=good.attributions[:1]), "there is no attribution"),
        (changed(good, events=(twice, good.events[1])), "twice"),
        (changed(good, events=(replaced(event, when=no_day),)), "not an ISO 8601 date"),
        (changed(good, events=(replaced(event, when=later),)), "is after"),
        (changed(good, events=(replaced(event, type="WAR"),)), "WAR"),
        (changed(good, claims=(replaced(claim, about=Span(0, 10**6)),)), "not inside the text"),
        (changed(good, claims=(replaced(claim, confidence=float("nan")),)), "confidence"),
        (changed(good, actors=good.actors[1:]), "is not among the record's actors"),
        (changed(good, document=replaced(good.document, id="")), "no id"),
    ]


@pytest.mark.parametrize(("record", "message"), _broken())
def test_a_record_without_proof_is_refused_whole(
    store: Answers, record: Record, message: str
) -> None:
    before = dump(store)
    with pytest.raises(OnrecordError, match=message) as caught:
        store.add(record)
    assert "\n" not in str(caught.value)
    assert dump(store) == before


def test_a_row_id_of_another_document_is_refused_whole(store: Answers) -> None:
    store.add(sheinbaum())
    before = dump(store)
    thief = Record(
        document=document("Other words."),
        actors=(CLAUDIA,),
        attributions=(
            attribution(document("Other words."), (), id=sheinbaum().attributions[0].id),
        ),
    )
    with pytest.raises(OnrecordError, match="under another document"):
        store.add(thief)
    assert dump(store) == before


def test_half_a_surrogate_pair_is_a_clear_error(store: Answers) -> None:
    with pytest.raises(OnrecordError, match=r"half a surrogate pair \(U\+D83D\) cannot be stored"):
        store.add(Record(document=document("so \ud83d what")))
    with pytest.raises(OnrecordError):
        store.timeline("\udcff")
    with pytest.raises(OnrecordError):
        store.search("word\udcff")
    assert store.documents() == []


@pytest.mark.parametrize(
    "text",
    [
        "🙂 “we 👩‍👩‍👧 go”",
        "قال الرئيس\u202e إنه",
        "a\0b said \0",
        "e\u0301 é ﬁ",
        "\ufeffx\u2028y\x85z",
    ],
)
def test_odd_characters_come_back(store: Answers, text: str) -> None:
    article = document(text)
    said = attribution(article, (Span(1, 4), Span(0, len(text))), source=(Span(0, 2),))
    record = Record(document=article, actors=(CLAUDIA,), attributions=(said,))
    store.add(record)
    assert store.record(article.id).to_json() == record.to_json()
    row = store.statements()[0]
    assert [piece.text for piece in row.content] == [text[1:4], text]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_with_any_spans_comes_back(store: Answers, data: st.DataObject) -> None:
    text = data.draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
    bounds = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(bounds, bounds).map(sorted), max_size=4))
    spans = tuple(Span(start, end) for start, end in pairs)
    article = document(text, published=None)
    record = Record(
        document=article, actors=(CLAUDIA,), attributions=(attribution(article, spans),)
    )
    store.add(record)
    assert store.record(article.id).to_json() == record.to_json()
    found = next(row for row in store.statements() if row.document == article.id)
    assert [piece.text for piece in found.content] == [span.of(text) for span in spans]
