from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.parsing.quotations import find_quotations
from onrecord.record import Document


def quoted(text: str) -> list[str]:
    pages = Document(id="d", text=text, paragraphs=((0, len(text)),))
    return [q.inner.of(text) for q in find_quotations(pages)]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“We go,” he said.", ["We go,"]),
        ('"We go," he said. "Now."', ["We go,", "Now."]),
        ("''We go,'' he said.", ["We go,"]),
        ("``We go,'' he said.", ["We go,"]),
        ("«We go», he said.", ["We go"]),
        ("„We go“, he said.", ["We go"]),
        ("Trump tells May ‘we go’ again", ["we go"]),
        ("Trump tells May 'we don't go' again", ["we don't go"]),
        ("It’s the country’s “biggest” day", ["biggest"]),
        ("The dogs' owner and the cats' owner met.", []),
        ("In the '90s it didn't matter.", []),
        (
            "‘We don’t agree with the voters’ choice,’ she said.",
            ["We don’t agree with the voters’ choice,"],
        ),
    ],
)
def test_every_way_of_quoting_is_read(text: str, inner: list[str]) -> None:
    assert quoted(text) == inner


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "“It goes on.\n“And ends,” he said."
    page = Document(id="d", text=text, paragraphs=((0, 12), (13, len(text))))
    first, second = find_quotations(page)
    assert (first.inner.of(text), first.closed) == ("It goes on.", False)
    assert (second.inner.of(text), second.closed) == ("And ends,", True)


@given(st.text(alphabet="ab ’‘“”\"'«»„.,\n", max_size=200))
def test_quotations_of_any_text_are_ordered_and_inside_it(text: str) -> None:
    page = Document(id="d", text=text, paragraphs=((0, len(text)),) if text else ())
    end = 0
    for quotation in find_quotations(page):
        assert end <= quotation.outer.start <= quotation.inner.start
        assert quotation.inner.end <= quotation.outer.end <= len(text)
        end = quotation.outer.end


@pytest.mark.parametrize("mark", ["“", '"', "‘", "''", "«", "'a "])
def test_a_hundred_thousand_open_marks_take_no_time(mark: str) -> None:
    text = (mark + "a ") * (100_000 // (len(mark) + 2))
    page = Document(id="d", text=text, paragraphs=((0, len(text)),))
    begun = time.process_time()
    find_quotations(page)
    assert time.process_time() - begun < 2
