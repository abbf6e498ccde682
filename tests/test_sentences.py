from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.parsing.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Mr. Smith met Sen. Jones. They spoke.", ["Mr. Smith met Sen. Jones.", "They spoke."]),
        ("The U.S. military left. It is gone.", ["The U.S. military left.", "It is gone."]),
        ("He lives in the U.S. The rest do not.", ["He lives in the U.S.", "The rest do not."]),
        ("“We won’t go,” she said. “Never.”", ["“We won’t go,” she said.", "“Never.”"]),
        ("“Why?” Donald Trump asked. No one knew.", ["“Why?” Donald Trump asked.", "No one knew."]),
        ("It cost $3.5 million. Prices rose 1.2%.", ["It cost $3.5 million.", "Prices rose 1.2%."]),
        ("At 5 p.m. on Monday it began.", ["At 5 p.m. on Monday it began."]),
        ("J. K. Rowling wrote it.", ["J. K. Rowling wrote it."]),
        (
            "Shares of Acme Inc. fell. Then they rose.",
            ["Shares of Acme Inc. fell.", "Then they rose."],
        ),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text, 0, len(text))] == sentences


@given(st.text(max_size=300))
def test_sentences_of_any_text_are_ordered_and_inside_it(text: str) -> None:
    end = 0
    for start, stop in split_sentences(text, 0, len(text)):
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        end = stop
