"""Positions: what an actor stands for, since when, how often, and where it changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from articles import seed_record
from onrecord.asking import open_store
from onrecord.asking.answers import Answers
from onrecord.asking.matters import matter_of, same_matter, stem
from onrecord.asking.repetition import repeated
from onrecord.asking.rows import PositionRow
from onrecord.errors import KnowledgeError, OnrecordError
from onrecord.exporting.csv import to_csv
from onrecord.exporting.jsonl import to_jsonl
from onrecord.knowledge import positions as knowledge
from onrecord.pipeline import code
from onrecord.record import Document


def asked(actor: str, *articles: tuple[str, str], **limits: Any) -> list[PositionRow]:
    """Return the positions of an actor in articles given as (day, text)."""
    with open_store(":memory:") as store:
        for day, text in articles:
            store.add(code(Document.from_text(text, published=day)))
        return store.positions(actor, **limits)


def told(rows: list[PositionRow]) -> list[str]:
    return [
        f"{row.date} {row.stance}" + (f" ({row.changed})" if row.changed else "") for row in rows
    ]


@pytest.fixture(scope="module")
def store() -> Iterator[Answers]:
    with open_store(":memory:") as opened:
        opened.add(seed_record("html"))
        yield opened


def test_the_seed_shows_what_sheinbaum_rejects(store: Answers) -> None:
    (row,) = store.positions("Claudia Sheinbaum", about="US military")
    assert (row.date, row.date_basis, row.stance) == ("2026-01-13", "article", "rejects")
    assert (row.times, row.documents, row.changed) == (1, 1, None)
    assert row.mentions >= 3
    assert set(row.again) == {"once again", "consistently"}
    assert "US military" in str(row.about)


def test_what_an_offer_and_a_threat_of_the_other_side_are_in_the_seed(store: Answers) -> None:
    stances = {row.stance for row in store.positions("Trump")}
    assert {"offers", "threatens"} <= stances
    assert "rejects" not in stances


@pytest.mark.parametrize("name", ["Claudia Sheinbaum", "sheinbaum", "person/claudia-sheinbaum"])
def test_an_actor_is_given_by_name_surname_or_id(store: Answers, name: str) -> None:
    assert [row.stance for row in store.positions(name, about="military")] == ["rejects"]


def test_a_country_means_all_who_act_for_it(store: Answers) -> None:
    rows = store.positions("MEX", about="military")
    assert [str(row.holder[0]) for row in rows] == ["Claudia Sheinbaum (MEX)"]


def test_proofs_are_slices_of_the_article(store: Answers) -> None:
    text = seed_record("html").document.text
    proofs = [proof for row in store.positions("MEX") for proof in row.proofs]
    assert {proof.kind for proof in proofs} == {"event", "attribution"}
    for proof in proofs:
        for piece in filter(None, (proof.act, proof.about, proof.sentence)):
            assert text[piece.start : piece.end] == piece.text
        assert store.explain(proof.id).id == proof.id


@pytest.mark.parametrize(
    ("limits", "count"),
    [
        ({"start": "2026-01-13"}, 1),
        ({"start": "2026-02"}, 0),
        ({"end": "2026-01-12"}, 0),
        ({"stance": "rejects"}, 1),
        ({"stance": ["SUPPORTS", "offers"]}, 0),
        ({"min_confidence": 0.99}, 0),
        ({"limit": 0}, 0),
    ],
)
def test_positions_are_limited(store: Answers, limits: dict[str, Any], count: int) -> None:
    assert len(store.positions("Sheinbaum", about="US military", **limits)) == count


@pytest.mark.parametrize(
    ("actor", "limits", "message"),
    [
        (
            "Sheinbam",
            {},
            "nobody in the store is called 'Sheinbam'; did you mean Claudia Sheinbaum",
        ),
        ("MEX", {"stance": "likes"}, "'likes' is no stance; there are rejects, opposes"),
        ("MEX", {"about": "…"}, "no word to look for"),
        ("MEX", {"start": "soon"}, "'soon' is not a date"),
        ("MEX", {"start": "2026-02", "end": "2026-01"}, "begins on 2026-02-01, after its end"),
    ],
)
def test_questions_that_are_none_are_said(
    store: Answers, actor: str, limits: dict[str, Any], message: str
) -> None:
    with pytest.raises(OnrecordError, match=message):
        store.positions(actor, **limits)


@pytest.mark.parametrize(
    ("sentence", "actor", "stances"),
    [
        ("Iran rejected the ceasefire plan.", "Iran", ["rejects"]),
        ("France condemned the Israeli strikes on Beirut.", "France", ["opposes"]),
        ("Ukraine accused Russia of genocide.", "Ukraine", ["accuses"]),
        ("Iran demanded the release of the prisoners.", "Iran", ["demands"]),
        ("Donald Trump offered US military help to Mexico.", "Trump", ["offers"]),
        ("Germany pledged to send tanks to Ukraine.", "Germany", ["promises"]),
        ("Armenia agreed to withdraw its troops from Azerbaijan.", "Armenia", ["agrees"]),
        ("Trump threatened to impose tariffs on Canada.", "Trump", ["threatens"]),
        ("The EU welcomed Serbia's decision to hold talks.", "EU", ["supports"]),
        ("Emmanuel Macron said that France could reject the trade deal.", "Macron", []),
        ("Berlin did not rule out sending tanks to Ukraine.", "Germany", []),
        ("Iran denied that it had rejected the ceasefire plan.", "Iran", ["denies"]),
        ("Moscow said that Ukraine had rejected the peace plan.", "Ukraine", []),
        ("If Iran rejects the deal, Israel will strike.", "Iran", []),
        ("Volodymyr Zelensky thanked Germany for the tanks.", "Zelensky", []),
        ("Germany investigated Apple over its taxes.", "Germany", []),
        ("“We will veto the resolution,” Sergei Lavrov said.", "Lavrov", ["rejects"]),
        ("Russia bombed Kharkiv on Monday.", "Russia", []),
    ],
)  # fmt: skip
def test_what_is_a_position_and_what_is_none(sentence: str, actor: str, stances: list[str]) -> None:
    assert [row.stance for row in asked(actor, ("2026-01-13", sentence))] == stances


def test_a_quotation_is_the_position_of_its_speaker() -> None:
    text = "“We reject the American plan for Gaza,” Jordan's king, Abdullah II, told reporters."
    (row,) = asked("JOR", ("2026-01-13", text))
    assert (row.stance, row.holder[0].country) == ("rejects", "JOR")
    assert str(row.about) == "the American plan for Gaza"


def test_a_government_speaks_for_its_president_but_a_rival_does_not() -> None:
    own = "The White House said Donald Trump rejected the nuclear deal with Iran."
    rival = "Senator Bernie Sanders said Donald Trump rejected the nuclear deal with Iran."
    assert [row.stance for row in asked("Trump", ("2026-01-13", own))] == ["rejects"]
    assert asked("Trump", ("2026-01-13", rival)) == []


def test_the_office_of_an_actor_speaks_for_him() -> None:
    text = "Macron has long called for a European army, his office said."
    (row,) = asked("Macron", ("2026-01-13", text))
    assert (row.stance, row.again, str(row.about)) == (
        "demands",
        ("has long",),
        "a European army",
    )


REJECTED = "Iran rejected the nuclear deal with Europe."


def test_passages_of_one_article_are_one_happening() -> None:
    text = f"Iran rejects nuclear deal\n\n{REJECTED}\n\nIt rejected the nuclear deal on Monday."
    (row,) = asked("Iran", ("2026-01-13", text))
    assert (row.times, row.documents) == (1, 1)
    assert row.mentions >= 2


def test_copies_of_a_story_within_a_day_are_one_happening_and_later_ones_are_more() -> None:
    days = ("2026-01-13", "2026-01-14", "2026-02-20")
    articles = [(day, f"{REJECTED} Copy {number}.") for number, day in enumerate(days)]
    (row,) = asked("Iran", *articles)
    assert (row.date, row.last) == ("2026-01-13", "2026-02-20")
    assert (row.times, row.documents) == (2, 3)


def test_the_same_stance_on_another_matter_is_another_position() -> None:
    rows = asked(
        "Iran", ("2026-01-13", REJECTED), ("2026-02-13", "Iran rejected the visit of inspectors.")
    )
    assert [row.times for row in rows] == [1, 1]


CHANGE = (
    ("2026-01-13", "Poland supports the plan for a European army."),
    ("2026-02-20", "Poland rejected the plan for a European army."),
    ("2026-03-20", "Poland backed the plan for a European army."),
)


def test_a_change_of_stance_on_the_same_matter_is_marked() -> None:
    assert told(asked("Poland", *CHANGE)) == [
        "2026-01-13 supports",
        "2026-02-20 rejects (supports → rejects)",
        "2026-03-20 supports (rejects → supports)",
    ]


def test_a_change_is_told_of_all_evidence_even_where_only_its_end_is_asked_for() -> None:
    rows = asked("Poland", *CHANGE, start="2026-02", end="2026-02")
    assert told(rows) == ["2026-02-20 rejects (supports → rejects)"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Poland urged Israel to open the crossing.", "Poland condemned Israel."),
        ("Poland demanded an end to sanctions on Belarus.", "Poland rejected sanctions on Belarus."),
        ("Poland supports the trade deal with Peru.", "Poland rejected the trade deal with Japan."),
        ("Poland condemned the strikes on Kyiv.", "Poland rejected the strikes on Kyiv."),
    ],
)  # fmt: skip
def test_what_is_no_change(before: str, after: str) -> None:
    rows = asked("Poland", ("2026-01-13", before), ("2026-02-20", after))
    assert [row.changed for row in rows] in ([None, None], [None])


def test_no_change_is_told_without_an_order_in_time() -> None:
    text = "Poland supports the plan for an army. Poland rejected the plan for an army."
    assert all(row.changed is None for row in asked("Poland", ("2026-01-13", text)))


@pytest.mark.parametrize(
    ("before", "act", "after", "cue", "words"),
    [
        ("Sheinbaum has once again ", "ruled out", " any strikes", "", ["once again"]),
        ("Iran has repeatedly ", "rejected", " talks", "", ["repeatedly"]),
        ("Once again, Iran ", "rejected", " talks", "", ["Once again"]),
        ("He reiterated his ", "opposition", " to the plan", "", ["reiterated"]),
        ("China has long ", "opposed", " it", "", ["has long"]),
        ("Iran ", "rejected", " again the plan", "", ["again"]),
        ("Mexico ", "rejects", " it", "has repeatedly said", ["repeatedly"]),
        ("Iran ", "rejected", " invading Iraq again", "", []),
        ("We ", "don’t always agree", " on it", "", []),
        ("It attacked again. Iran ", "rejected", " it", "", []),
        ("He repeatedly lied, and Iran ", "rejected", " it", "", []),
        ("A longtime ally, he has pledged to back it and ", "rejected", " it", "", []),
    ],
)  # fmt: skip
def test_words_of_repetition_stand_beside_the_act(
    before: str, act: str, after: str, cue: str, words: list[str]
) -> None:
    assert [word for word, _ in repeated(before, act, after, cue)] == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("any US military strikes on Mexican territory", "strikes by the US military", True),
        ("interventions", "foreign intervention", True),
        ("the deal", "the nuclear deal", True),
        ("US military strikes on Mexico", "US military aid against drug cartels", False),
        ("the trade deal with Peru", "the trade deal with Japan", False),
        ("Russia", "Russian gas imports through the Baltic", False),
        ("Russia", "the Russians", True),
        ("that idea", "the plan", False),
        ("", "", False),
    ],
)  # fmt: skip
def test_same_matters(one: str, other: str, same: bool) -> None:
    assert same_matter(matter_of(one), matter_of(other)) is same
    assert same_matter(matter_of(other), matter_of(one)) is same


def test_stems_join_the_forms_of_a_word() -> None:
    assert stem("strikes") == stem("strike") == stem("striking")
    assert stem("interventions") == stem("intervention")
    assert stem("glass") == "glass"


def test_positions_are_written_as_other_answers_are(store: Answers) -> None:
    rows = store.positions("MEX")
    assert len(to_jsonl(rows).splitlines()) == len(rows)
    assert "changed" in to_csv(rows).splitlines()[0]


def test_the_examples_of_the_stances_are_told_as_the_table_says() -> None:
    for row in knowledge.load_stances().values():
        actor = row.example.split()[0]
        found = [one.stance for one in asked(actor, ("2026-01-13", row.example))]
        assert row.stance in found, row.example


def test_every_stance_has_evidence() -> None:
    proved = {row.stance for row in knowledge.load_evidence()} - {knowledge.NONE}
    assert proved == set(knowledge.load_stances())


def test_an_unknown_stance_in_the_table_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge.load_stances()
    (tmp_path / "evidence.tsv").write_text(
        "from\tname\tmode\twords\tstance\ntype\tREJECT\t\t\tlikes\n", encoding="utf-8"
    )
    monkeypatch.setattr(knowledge, "POSITIONS", tmp_path)
    knowledge.load_evidence.cache_clear()
    with pytest.raises(KnowledgeError, match=r"evidence.tsv:2: unknown stance 'likes'"):
        knowledge.load_evidence()
    knowledge.load_evidence.cache_clear()
