from __future__ import annotations

import pytest
import spacy

from onrecord.spacy_component import AttributionComponent

TEXT = "  Angela Merkel met Donald Trump.\r\n\r\n“We go,” she said on Monday.\n"


def test_a_blank_pipeline_gets_attributions_with_speakers_and_offsets() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_attributions")
    doc = nlp(TEXT)
    (row,) = doc._.attributions
    assert row.speaker == ("Angela Merkel",)
    assert [TEXT[a:b] for a, b in row.content] == ["“We go,”"]
    assert [TEXT[a:b] for a, b in row.cue] == ["said"]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_text_without_words_has_none(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_attributions")
    assert nlp(text)._.attributions == []


def test_rows_below_the_least_confidence_stay_out() -> None:
    assert AttributionComponent(min_confidence=1.1).attributions(TEXT) == []
