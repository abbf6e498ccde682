"""Event mentions: patterns and their examples, modality, voice, time, happenings, proof."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.coding.attributions import find_attributions
from onrecord.coding.event_modality import judge
from onrecord.coding.event_patterns import act_choices
from onrecord.coding.events import find_events
from onrecord.knowledge.plover import (
    intensity,
    load_contexts,
    load_governors,
    load_modes,
    load_patterns,
    load_types,
    plover_type,
)
from onrecord.parsing import Annotated, annotate
from onrecord.parsing.syntax import load_pipeline
from onrecord.record import Document, EventMention


def code(text: str, published: str = "2024-06-12") -> tuple[Annotated, tuple[EventMention, ...]]:
    annotated = annotate(Document.from_text(text, published=published))
    return annotated, find_events(annotated, find_attributions(annotated))


def test_there_are_patterns_for_each_of_the_sixteen_types() -> None:
    assert {pattern.type for pattern in load_patterns()} == set(load_types())
    assert len(load_patterns()) >= 600


def test_accuse_has_its_minus_and_there_are_37_contexts() -> None:
    assert intensity("ACCUSE", None) == -3
    assert intensity("CONSULT", "phone") == 1.5
    assert len(load_contexts()) == 37
    assert ("PROTEST", "vandalize") in load_modes()


def test_each_pattern_tells_its_own_example() -> None:
    lost = []
    for pattern in load_patterns():
        doc = load_pipeline()(pattern.example)
        acts = [act for acts in act_choices(doc, 0, len(doc)) for act in acts]
        if not any(act.pattern.id == pattern.id for act in acts):
            lost.append((pattern.id, pattern.words, pattern.example))
    assert not lost


def test_each_governor_stands_in_its_example() -> None:
    for (kind, _), rows in load_governors().items():
        for row in rows:
            doc = load_pipeline()(row.example)
            assert kind == row.kind
            assert len(doc) > 2


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("Russia attacked Poland.", "attacked", "happened"),
        ("Russia will attack Poland.", "attack", "planned"),
        ("Russia may attack Poland.", "attack", "hypothetical"),
        ("Russia did not attack Poland.", "attack", "denied"),
        ("Russia never attacked Poland.", "attacked", "denied"),
        ("Russia threatened to attack Poland.", "attack", "threatened"),
        ("Russia did not threaten to attack Poland.", "attack", "denied"),
        ("Russia denied attacking Poland.", "attacking", "denied"),
        ("He urged Russia to attack Poland.", "attack", "demanded"),
        ("Russia has no plans to attack Poland.", "attack", "denied"),
        ("Russia is attacking Poland.", "attacking", "ongoing"),
        ("If Russia attacks Poland, war follows.", "attacks", "hypothetical"),
        ("Norway offered to help Mali.", "help", "offered"),
        ("Norway is willing to help Mali.", "help", "offered"),
        ("He said Russia would attack Poland.", "attack", "planned"),
        ("Macron ruled out strikes on Iran.", "strikes", "denied"),
        ("Macron has not ruled out strikes on Iran.", "strikes", "hypothetical"),
        ("The bishops called for a ceasefire.", "ceasefire", "demanded"),
        ("They met after the attack on Poland.", "attack", "happened"),
        ("Russia used to attack Poland.", "attack", "happened"),
        ("The bombs were used to attack Poland.", "attack", "hypothetical"),
        ("Russia had to leave Poland.", "leave", "happened"),
        ("Russia has to leave Poland.", "leave", "demanded"),
        ("Russia does not have to leave Poland.", "leave", "hypothetical"),
        ("He said that Russia had to leave Poland.", "leave", "demanded"),
        ("Russia was able to attack Poland.", "attack", "happened"),
        ("Russia is able to attack Poland.", "attack", "hypothetical"),
        ("The envoys who'd been expelled left Poland.", "expelled", "happened"),
        ("Poland shelled the town longer than Russia.", "shelled", "happened"),
        ("Russia no longer attacks Poland.", "attacks", "denied"),
        ("Russia not only attacked Poland but burnt it.", "attacked", "happened"),
        ("Why did Russia attack Poland?", "attack", "happened"),
        ("How do you attack Poland?", "attack", "hypothetical"),
        ("Did Russia attack Poland?", "attack", "hypothetical"),
        ("Russia spent more than Poland had demanded.", "demanded", "happened"),
        ("Let Poland attack the base.", "attack", "demanded"),
        ("They saw Russia attack the base.", "attack", "happened"),
        ("It is difficult to attack Poland.", "attack", "hypothetical"),
        ("It is wrong to attack Poland.", "attack", "hypothetical"),
        ("It was wrong to attack Poland.", "attack", "happened"),
        ("Russia is about to attack Poland.", "attack", "planned"),
        ("The attack was crucial to the war.", "attack", "happened"),
        ("Russia looks forward to meeting Poland.", "meeting", "planned"),
        ("They want him expelled from Poland.", "expelled", "planned"),
        ("They will leave when Russia attacks Poland.", "attacks", "planned"),
        ("They left when Russia attacked Poland.", "attacked", "happened"),
        ("Russia could respond by attacking Poland.", "attacking", "hypothetical"),
        ("Russia responded by attacking Poland.", "attacking", "happened"),
        ("Rubio is meeting Xi next week.", "meeting", "planned"),
        ("Rubio is meeting Xi.", "meeting", "ongoing"),
        ("The flight was late due to a strike in Paris.", "strike", "happened"),
        ("They attacked not", "attacked", "denied"),
    ],
)
def test_modality_of_an_act(text: str, word: str, modality: str) -> None:
    token = next(token for token in load_pipeline()(text) if token.text == word)
    assert judge(token).modality == modality


def test_an_act_in_reported_speech_has_its_attribution() -> None:
    _, events = code("Ukraine's president said Russia bombed Poland on Monday.")
    attack = next(event for event in events if event.type == "ASSAULT")
    assert attack.attribution is not None


def test_an_act_of_the_reporter_has_none() -> None:
    _, events = code("Russia bombed Poland on Monday.")
    assert [event.attribution for event in events] == [None]


def test_when_comes_from_the_clause() -> None:
    _, events = code("Russia bombed Poland on Monday.", published="2024-06-12")
    assert events[0].when is not None
    assert events[0].when.start == "2024-06-10"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Trump criticized the 2015 deal with Iran on Monday.", "2024-06-10"),
        ("The Tuesday attack by Hamas killed 12 people in Israel.", "2024-06-11"),
        ("France condemned the 2003 invasion of Iraq by the United States.", None),
    ],
)
def test_a_time_that_modifies_another_noun_is_not_the_acts(text: str, day: str | None) -> None:
    event = code(text)[1][0]
    assert (event.when.start if event.when else None) == day


def test_when_of_speech_is_not_that_of_the_act() -> None:
    _, events = code("Ukraine said on Monday that Russia bombed Poland.", published="2024-06-12")
    attack = next(event for event in events if event.type == "ASSAULT")
    assert attack.when is None


def test_when_by_distance_from_the_main_event() -> None:
    _, events = code(
        "The call came just a week after US forces captured Nicolás Maduro.", "2026-01-13"
    )
    capture = next(event for event in events if event.type == "COERCE")
    assert capture.when is not None
    assert (capture.when.start, capture.when.end) == ("2026-01-03", "2026-01-06")


def test_mentions_of_one_happening_share_their_event() -> None:
    _, events = code("Israel bombed Iran on Sunday.\n\nThe Israeli bombing of Iran killed ten.")
    attacks = [event for event in events if event.type == "ASSAULT"][:2]
    assert len(attacks) == 2
    assert attacks[0].event == attacks[1].event
    assert attacks[0].id != attacks[1].id


def test_a_denied_act_is_another_happening() -> None:
    _, events = code("Israel bombed Iran.\n\nIsrael did not bomb Iran.")
    assert len({event.event for event in events}) == 2


def test_the_call_takes_up_the_call() -> None:
    _, events = code(
        "Claudia Sheinbaum spoke after a phone call with Donald Trump.\n\n"
        "The call focused on security."
    )
    calls = [event for event in events if event.type == "CONSULT"]
    assert calls[0].event == calls[-1].event
    assert len(calls) == 2


def test_a_refusal_without_object_goes_to_who_offered() -> None:
    annotated, events = code(
        "Donald Trump offered Mexico military help.\n\nClaudia Sheinbaum rejected that idea."
    )
    refusal = next(event for event in events if event.type == "REJECT")
    assert [annotated.actors[name].country for name in refusal.recipient] == ["USA"]


def test_scores_quad_and_why_are_given() -> None:
    annotated, events = code("Iran condemned the United States.")
    event = events[0]
    assert (event.type, event.quad, event.intensity) == ("ACCUSE", 3, -2.0)
    assert "condemn" in event.why
    assert event.trigger.of(annotated.text) == "condemned"
    assert 0 < event.confidence <= 1


@pytest.mark.parametrize(
    ("kind", "modality", "renamed"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("ASSAULT", "threatened", "THREATEN"),
        ("ASSAULT", "hypothetical", "THREATEN"),
        ("AID", "offered", "AGREE"),
        ("AID", "denied", "REJECT"),
        ("RETREAT", "demanded", "REQUEST"),
        ("ASSAULT", "happened", "ASSAULT"),
    ],
)
def test_plover_name_of_what_did_not_happen(kind: str, modality: str, renamed: str) -> None:
    assert plover_type(kind, modality) == renamed  # type: ignore[arg-type]


def test_the_same_text_gives_the_same_rows() -> None:
    text = "Israel bombed Iran on Sunday. Iran vowed to retaliate against Israel."
    assert code(text)[1] == code(text)[1]


WORDS = st.sampled_from(
    'Russia Iran Trump he it said that attacked " ” “ will not to the of strikes on , . ? ( - '
    "agreed meet call Monday 5 – if if by Poland's\n\n threaten war offered no".split(" ")
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=40))
def test_any_words_give_rows_whose_spans_lie_in_their_sentence(words: list[str]) -> None:
    text = "Iran " + " ".join(words)
    annotated, events = code(text)
    for event in events:
        assert event.sentence.covers(event.trigger)
        for span in (*event.actor_spans, *event.recipient_spans):
            assert 0 <= span.start < span.end <= len(annotated.text)
        assert set(event.actor) | set(event.recipient) <= set(annotated.actors)
