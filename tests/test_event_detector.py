"""Acts that the network finds where no pattern does, and what it says beside a pattern."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from onrecord.coding.attributions import find_attributions
from onrecord.coding.event_confidence import confidence, evidence
from onrecord.coding.event_detector import Detector
from onrecord.coding.event_rows import LEARNED, View
from onrecord.coding.event_voice import Voices
from onrecord.coding.events import Coder, find_events
from onrecord.coding.tagger import ACTS, ActChances, load_tagger, read_document
from onrecord.knowledge.plover import confidence_weights, load_types
from onrecord.parsing import annotate
from onrecord.parsing.annotated import Annotated
from onrecord.record import Document, EventMention, EventType


def annotated(text: str) -> Annotated:
    return annotate(Document.from_text(text, published="2024-05-03"))


def coded(text: str, *, detects: bool = True) -> list[EventMention]:
    parsed = annotated(text)
    return list(find_events(parsed, find_attributions(parsed), detects=detects))


def chances(parsed: Annotated, **words: tuple[str, float]) -> ActChances:
    """Return chances as the network gives them: for each word named its type and chance."""
    rows = np.zeros((len(parsed.doc), 1 + len(ACTS)), np.float32)
    rows[:, 0] = 1.0
    for token in parsed.doc:
        if token.text in words:
            kind, chance = words[token.text]
            rows[token.i, 0] = 1 - chance
            rows[token.i, 1 + ACTS.index(kind)] = chance  # type: ignore[arg-type]
    starts = np.array([token.idx for token in parsed.doc], np.int64)
    return ActChances(starts, starts + np.array([len(token) for token in parsed.doc]), rows)


def proposals(
    parsed: Annotated, seen: ActChances, taken: dict[int, EventType]
) -> list[tuple[str, str]]:
    detector = Detector(parsed)
    detector.chances = seen
    (sentence,) = parsed.sentences
    return [(act.token.text, act.pattern.type) for act in detector.proposals(sentence, taken)]


def test_the_types_of_the_network_are_those_of_the_tables() -> None:
    assert set(ACTS) == set(load_types())


def test_the_types_that_training_marks_are_those_of_the_network_in_its_order() -> None:
    source = Path(__file__).parents[1] / "training" / "acts" / "act_texts.py"
    for node in ast.parse(source.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TYPES":
            assert ast.literal_eval(node.value) == ACTS
            return
    pytest.fail("no TYPES")


def test_a_word_of_which_the_network_is_sure_is_an_act() -> None:
    parsed = annotated("Kenya mothballed the pact with Somalia.")
    seen = chances(parsed, mothballed=("SANCTION", 0.95))
    assert proposals(parsed, seen, {}) == [("mothballed", "SANCTION")]


@pytest.mark.parametrize("chance", [0.0, 0.3])
def test_a_word_of_which_the_network_is_not_sure_is_none(chance: float) -> None:
    parsed = annotated("Kenya mothballed the pact with Somalia.")
    assert proposals(parsed, chances(parsed, mothballed=("SANCTION", chance)), {}) == []


def test_a_word_that_a_pattern_has_taken_is_left_to_it() -> None:
    parsed = annotated("Kenya mothballed the pact with Somalia.")
    verb = next(token.i for token in parsed.doc if token.text == "mothballed")
    assert (
        proposals(parsed, chances(parsed, mothballed=("SANCTION", 0.95)), {verb: "SANCTION"}) == []
    )


def test_names_and_modifiers_tell_no_act() -> None:
    parsed = annotated("The banned party of Kenya praised Somalia.")
    seen = chances(parsed, banned=("COERCE", 0.95), Kenya=("SUPPORT", 0.95))
    assert proposals(parsed, seen, {}) == []


def test_one_act_in_two_words_is_proposed_once() -> None:
    parsed = annotated("Kenya slammed the door on Somalia.")
    seen = chances(parsed, slammed=("REJECT", 0.95), door=("REJECT", 0.95))
    assert proposals(parsed, seen, {}) == [("slammed", "REJECT")]


def test_chances_are_those_of_the_words_that_share_a_code_point() -> None:
    parsed = annotated("Kenya mothballed the pact.")
    seen = chances(parsed, mothballed=("SANCTION", 0.8))
    assert len(seen.between(0, 5)) == 1
    assert len(seen.between(0, 7)) == 2
    assert len(seen.between(5, 6)) == 0
    assert View.of(seen.between(6, 10)[0]).type == "SANCTION"


def test_a_view_tells_the_chance_of_an_act_and_of_each_type() -> None:
    row = np.zeros(1 + len(ACTS), np.float32)
    row[0], row[1 + ACTS.index("AID")], row[1 + ACTS.index("AGREE")] = 0.2, 0.6, 0.2
    view = View.of(row)
    assert view.type == "AID"
    assert view.act == pytest.approx(0.8)
    assert view.chance("AGREE") == pytest.approx(0.2)


def test_the_network_is_read_once_a_document_and_always_the_same() -> None:
    parsed = annotated("Troops sealed off the village. Paris scoffed at the offer.")
    first = read_document(parsed)
    assert read_document(parsed) is first
    assert np.allclose(first.acts.chances.sum(1), 1, atol=1e-4)


def test_an_empty_text_has_no_chances() -> None:
    assert len(load_tagger().read("", ()).acts.chances) == 0


def test_why_names_what_the_network_sees_beside_a_pattern() -> None:
    (row,) = coded("France condemned Russia.")
    assert "(pattern ACCUSE" in row.why
    assert "; network: " in row.why


def test_a_game_is_no_attack_for_the_network_either() -> None:
    text = "Arsenal hammered Leeds 4-0 on Saturday. Saka tormented the defence and Rice fired home."
    assert coded(text) == []


def test_words_that_only_hand_on_what_was_said_are_no_act_of_the_network() -> None:
    parsed = annotated("Kenya attacked Somalia, Ruto told reporters, referring to the raid.")
    attributions = find_attributions(parsed)
    told = next(token for token in parsed.doc if token.text == "told")
    attacked = next(token for token in parsed.doc if token.text == "attacked")
    voices = Voices(parsed, attributions)
    assert voices.says(told)
    assert not voices.says(attacked)


def test_the_weights_of_the_confidence_are_those_that_rows_have() -> None:
    parsed = annotated("France condemned Russia.")
    (sentence,) = parsed.sentences
    (row,) = Coder(parsed, find_attributions(parsed)).code(sentence)
    assert set(evidence(row)) == set(confidence_weights())


@pytest.mark.parametrize("learned", [False, True])
def test_a_row_is_the_surer_the_more_the_network_sees_its_type(learned: bool) -> None:
    parsed = annotated("France condemned Russia.")
    (sentence,) = parsed.sentences
    (row,) = Coder(parsed, find_attributions(parsed)).code(sentence)
    if learned:
        row = replace(row, pattern=msgspec.structs.replace(row.pattern, id=f"ACCUSE{LEARNED}"))
    found = [
        confidence(replace(row, view=View("ACCUSE", act, (0.0,) * 8 + (1.0,) + (0.0,) * 7)))
        for act in (0.1, 0.5, 0.9)
    ]
    assert found == sorted(set(found))
    assert all(0 < value < 1 for value in found)


def test_the_network_alone_is_believed_less_than_with_a_pattern() -> None:
    parsed = annotated("France condemned Russia.")
    (sentence,) = parsed.sentences
    (row,) = Coder(parsed, find_attributions(parsed)).code(sentence)
    alone = replace(
        row, pattern=msgspec.structs.replace(row.pattern, id=f"ACCUSE{LEARNED}", object=())
    )
    assert confidence(alone) < confidence(row)
