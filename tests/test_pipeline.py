"""Read, parse, code: the whole way of one article."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

import onrecord
from articles import EXAMPLES, RETRIEVED_AT, document, seed_record
from onrecord.errors import OnrecordError
from onrecord.record import Document

GERMAN = """Merz empfängt Macron in Berlin

BERLIN, 13. Januar 2026 - Bundeskanzler Friedrich Merz hat am Dienstag den französischen Präsidenten Emmanuel Macron \
empfangen. „Wir stehen gemeinsam für Europa“, sagte Merz nach dem Treffen.

Die beiden Politiker sprachen über die Lage in der Ukraine und über neue Sanktionen gegen Russland."""
STATES = ("France", "Japan", "Kenya", "Brazil", "Turkey", "India")


def small_article(number: int) -> Document:
    first, second = STATES[number % 6], STATES[(number + 1 + number // 6) % 6]
    paragraph = (
        f"{first} imposed sanctions on {second} on Monday, officials said. “We had no choice,” the foreign minister "
        f"told reporters in city number {number}, adding that exports had fallen by {number + 2} percent. "
    )
    return document(f"{first} punishes {second}\n\n" + "\n\n".join([paragraph] * 6))


def test_text_and_page_of_an_article_give_the_same_statements() -> None:
    by_source = [
        [span.of(record.document.text) for row in record.attributions for span in row.content]
        for record in (seed_record("txt"), seed_record("html"))
    ]
    assert by_source[0] == by_source[1]


def test_seed_has_rows_of_every_kind() -> None:
    record = seed_record()
    lists = ("actors", "mentions", "times", "quantities", "places", "attributions", "events", "claims", "appointments")  # fmt: skip
    assert [name for name in lists if not getattr(record, name)] == []


def test_refused_strikes_did_not_happen() -> None:
    record = seed_record()
    strikes = [e for e in record.events if "strikes" in e.trigger.of(record.document.text)]
    assert [e.modality for e in strikes if e.type == "ASSAULT"] == ["denied"]
    refusals = [e for e in record.events if e.trigger.of(record.document.text) == "ruled out"]
    assert [(e.type, e.modality) for e in refusals] == [("REJECT", "happened")]


def test_coding_twice_gives_the_same_bytes() -> None:
    article = small_article(3)
    assert onrecord.code(article).to_json() == onrecord.code(article).to_json()


def test_another_article_in_between_changes_nothing() -> None:
    article = small_article(4)
    before = onrecord.code(article).to_json()
    onrecord.code(small_article(5))
    assert onrecord.code(article).to_json() == before


def test_article_in_another_language_gives_a_document_and_a_word_about_it() -> None:
    record = onrecord.code(Document.from_text(GERMAN))
    assert record.document.language == "de"
    assert record.document.title == "Merz empfängt Macron in Berlin"
    assert "not coded yet" in record.coder["language"]
    rows = (record.actors, record.mentions, record.times, record.attributions, record.events)
    assert not any(rows)


def test_record_names_what_coded_it() -> None:
    coder = seed_record().coder
    assert coder["onrecord"] == onrecord.__version__
    assert {"syntax", "knowledge"} <= coder.keys()
    assert "language" not in coder


def test_page_without_a_date_invents_none() -> None:
    record = onrecord.code(onrecord.read(EXAMPLES / "sheinbaum-trump.txt"))
    assert record.document.published is None
    relative = [row.when for row in record.times if row.when.basis == "publication"]
    assert [when for when in relative if when.start is not None] == []


def test_given_date_beats_that_of_the_page() -> None:
    path = EXAMPLES / "sheinbaum-trump.html"
    read = onrecord.read(path, published="2026-01-10", retrieved_at=RETRIEVED_AT)
    assert read.published is not None
    assert (read.published.start, read.published.basis) == ("2026-01-10", "explicit")


@pytest.mark.parametrize(
    "text", ["No.", "HEADLINE ONLY", "…", "A\n\nB\n\nC", "“", "😀 said 😀.", "x" * 5000]
)
def test_odd_texts_are_coded_without_an_error(text: str) -> None:
    if not any(character.isalnum() for character in text):
        with pytest.raises(OnrecordError):
            Document.from_text(text)
        return
    record = onrecord.code(Document.from_text(text))
    assert record.document.text == text


def test_relation_says_what_source_does_to_target() -> None:
    text = "Canada expelled three Russian diplomats on Monday."
    row = onrecord.relation(text, source=(0, 6), target=(22, 29))
    assert (row.type, row.mode, row.modality) == ("SANCTION", "expel", "happened")
    assert row.trigger.of(text) == "expelled"


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 99)])
def test_relation_refuses_spans_outside_the_text(span: tuple[int, int]) -> None:
    with pytest.raises(OnrecordError, match="is no span of a text"):
        onrecord.relation("Canada warned Russia.", source=span, target=(14, 20))


def test_time_grows_with_the_length_of_an_article_not_with_its_square() -> None:
    def seconds(times: int) -> float:
        long = document("\n\n".join([small_article(1).text] * times))
        begun = time.process_time()
        onrecord.code(long)
        return time.process_time() - begun

    seconds(1)
    assert seconds(20) < 7 * seconds(5)


def test_memory_stays_bounded_over_many_articles(tmp_path: Path) -> None:
    def resident() -> float:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6

    if not Path("/proc/self/statm").exists():
        pytest.skip("resident memory is read from /proc")
    for number in range(5):
        onrecord.code(small_article(number))
    before = resident()
    for number in range(5, 35):
        onrecord.code(small_article(number))
    assert resident() - before < 40
