"""Factuality of given words: its sign, its bounds, its weights, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import onrecord
from onrecord.coding.factuality import LIMIT, factuality_of, load_weights, signs
from onrecord.coding.model_files import ModelError, checked_files
from onrecord.errors import OnrecordError
from onrecord.parsing.syntax import load_pipeline


def factuality(text: str, words: str) -> float:
    start = text.index(words)
    return onrecord.factuality(text, (start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Canada expelled three envoys on Monday.", "expelled"),
        ("Macron met Xi in Paris.", "met"),
        ("They used to attack the base.", "attack"),
        ("Russia had to leave Poland.", "leave"),
        ("Police are still searching the house.", "searching"),
    ],
)
def test_what_happened_is_above_zero(text: str, words: str) -> None:
    assert 0 < factuality(text, words) <= LIMIT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Canada will expel three envoys on Monday.", "expel"),
        ("Canada did not expel the envoys.", "expel"),
        ("Canada may expel the envoys.", "expel"),
        ("Trump threatened to bomb Iran.", "bomb"),
        ("He denied killing her.", "killing"),
        ("If they attack the base, we leave.", "attack"),
        ("Please send me the list.", "send"),
    ],
)
def test_what_did_not_happen_is_below_zero(text: str, words: str) -> None:
    assert -LIMIT <= factuality(text, words) < 0


def test_of_several_words_the_head_counts() -> None:
    text = "The treaty was signed in Paris."
    assert factuality(text, "treaty was signed in") == factuality(text, "signed")


def test_only_the_line_of_the_word_is_read() -> None:
    text = "Canada may act.\nMacron met Xi in Paris.\nNo talks were held."
    assert factuality(text, "met") == factuality("Macron met Xi in Paris.", "met")


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 99), (6, 7)])
def test_spans_without_a_word_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(OnrecordError, match="holds no word of a text"):
        onrecord.factuality("Canada warned Russia.", span)


def test_the_value_is_the_sum_of_the_weights_of_its_signs() -> None:
    token = load_pipeline()("Macron met Xi.")[1]
    assert "lemma=meet" in signs(token)
    known = {"why=happened|": 0.0}
    assert factuality_of(token, known) == 0
    assert factuality_of(token, {**known, "lemma=meet": 1.0}) > 0
    assert factuality_of(token, {**known, "lemma=meet": -1.0}) < 0


def test_the_weights_are_numbers_with_names_and_hold_the_plain_truths() -> None:
    weights = load_weights()
    assert weights["rule=happened"] > weights["rule=planned"]
    assert weights["why=denied|negation"] < 0
    assert all(abs(weight) < 5 for weight in weights.values())


def test_weights_that_were_changed_are_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.tsv").write_text("constant\t1\n")
    manifest = {"sha256": {"weights.tsv": "0" * 64}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match="sha256 differs"):
        checked_files(tmp_path, ("weights.tsv",))
