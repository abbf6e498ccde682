from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from onrecord.errors import KnowledgeError
from onrecord.knowledge.actors import actor_table, fold, misspelt_state, surname
from onrecord.knowledge.actors.rows import Organisation, Tenure
from onrecord.knowledge.actors.table import build_table
from onrecord.knowledge.claims import basis_in, basis_patterns, change_words
from onrecord.knowledge.cues import cue_table, noun_class, verb_class
from onrecord.knowledge.first_names import gender_of
from onrecord.knowledge.places import (
    Feature,
    cities_named,
    divisions_named,
    places_named,
    state_named,
)
from onrecord.knowledge.tables import FOLDER, read_table

ACTORS = FOLDER / "actors"


def tenures() -> list[Tenure]:
    return [row for path in sorted(ACTORS.glob("people-*.tsv")) for row in read_table(path, Tenure)]


class Pair(msgspec.Struct, frozen=True):
    name: str
    size: int
    also: tuple[str, ...] = ()


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_read_with_comments_empty_cells_and_lists(tmp_path: Path) -> None:
    path = table(tmp_path, "# about\nname\tsize\talso\na\t1\tx | y\n\nb\t2\n")
    assert read_table(path, Pair) == [Pair("a", 1, ("x", "y")), Pair("b", 2)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\tsize\na\tmany\n", "pairs.tsv:2: Expected `int`"),
        ("name\tsize\na\t1\tx\n", "pairs.tsv:2: 3 cells, but the table has 2 columns"),
        ("name\tcolour\na\tred\n", "pairs.tsv:1: unknown column 'colour'"),
        ("name\tsize\n\n# x\n\t1\n", "pairs.tsv:4: Object missing required field `name`"),
    ],
)
def test_a_broken_line_is_named_with_file_line_and_reason(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(KnowledgeError, match=message.replace("(", r"\(")):
        read_table(table(tmp_path, text), Pair)


def test_there_are_states_people_and_bodies_enough() -> None:
    actors = actor_table()
    kinds = Counter(actor.kind for actor in actors.actors.values())
    international = [
        row
        for row in read_table(ACTORS / "organisations.tsv", Organisation)
        if row.country in ("IGO", "UNO", "EUR", "NGO")
    ]
    assert len(actors.states) >= 195
    assert len(international) >= 150
    assert kinds["armed group"] + kinds["group"] >= 100
    assert (
        len(read_table(ACTORS / "armed-groups.tsv", Organisation))
        + len(read_table(ACTORS / "parties.tsv", Organisation))
        >= 300
    )
    assert len({row.country for row in tenures()}) >= 150


def test_countries_of_people_exist() -> None:
    actors = actor_table()
    assert [row.name for row in tenures() if row.country not in actors.states] == []


def test_organisations_of_their_heads_exist() -> None:
    bodies = {identifier.partition("/")[2] for identifier in actor_table().actors}
    rows = read_table(ACTORS / "people-organisations.tsv", Tenure)
    assert [row.name for row in rows if row.organisation and row.organisation not in bodies] == []


@pytest.mark.parametrize(
    ("country", "role", "day", "name"),
    [
        ("USA", "president", "1991-02-01", "George H. W. Bush"),
        ("USA", "president", "2005-02-01", "George W. Bush"),
        ("USA", "president", "2018-02-01", "Donald Trump"),
        ("USA", "president", "2023-02-01", "Joe Biden"),
        ("GBR", "prime minister", "2010-02-01", "Gordon Brown"),
        ("DEU", "chancellor", "2015-06-01", "Angela Merkel"),
        ("MEX", "president", "2025-06-01", "Claudia Sheinbaum"),
        ("RUS", "president", "2009-06-01", "Dmitry Medvedev"),
        ("FRA", "president", "2008-06-01", "Nicolas Sarkozy"),
    ],
)
def test_offices_are_held_by_who_held_them(country: str, role: str, day: str, name: str) -> None:
    actors = actor_table()
    holder = actors.holder(country, role, day)
    assert holder is not None
    assert fold(actors.actors[holder].name) == fold(name)


def test_without_a_date_nobody_holds_an_office() -> None:
    assert actor_table().holder("USA", "president", None) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mohammed bin Salman", "bin Salman"),
        ("Angela Merkel", "Merkel"),
        ("Robert F. Kennedy Jr.", "Kennedy"),
    ],
)
def test_surnames(name: str, expected: str) -> None:
    assert surname(name) == expected


def test_all_actors_load_in_under_six_tenths_of_a_second() -> None:
    spent = []
    for _ in range(3):
        begun = time.process_time()
        build_table(ACTORS)
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.6


def test_cues_have_classes() -> None:
    assert verb_class("deny") == "deny"
    assert verb_class("rule out") == "reject"
    assert noun_class("warning") == "warn"
    assert len(cue_table()) > 300


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("a 50% year-on-year drop", "year-on-year"),
        ("rose 3 percent from a year earlier", "year-on-year"),
        ("down 40% since January", "since january"),
        ("it fell", None),
    ],
)
def test_bases_of_comparison(text: str, basis: str | None) -> None:
    assert basis_in(text) == basis


def test_words_of_change_and_patterns_load() -> None:
    assert change_words()["drop"] == "down"
    assert len(basis_patterns()) >= 5


def test_first_names_tell_gender() -> None:
    assert (gender_of("Mary Smith"), gender_of("John Smith"), gender_of("Smith")) == ("f", "m", "")


def test_cities_are_found_most_populous_first() -> None:
    assert [city.country for city in cities_named("Paris")][:1] == ["FRA"]
    assert cities_named("são paulo")[0].country == "BRA"
    assert cities_named("no such place") == ()


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Helmand", "AFG", "division"),
        ("Helmand province", "AFG", "division"),
        ("province of Zabul", "AFG", "division"),
        ("Kandahar", "AFG", "city"),
        ("Kandahar province", "AFG", "division"),
        ("Krakatoa", "IDN", "feature"),
        ("Mt. Kilimanjaro", "TZA", "feature"),
        ("St Louis", "USA", "city"),
        ("Granada", "ESP", "city"),
    ],
)
def test_parts_of_states_and_features_are_places(name: str, country: str, kind: str) -> None:
    place = places_named(name)[0]
    assert (place.country, place.kind) == (country, kind)


def test_a_division_may_have_no_point() -> None:
    (division,) = divisions_named("Oddar Meanchey")
    assert (division.country, division.latitude) == ("KHM", None)
    assert places_named("Oddar Meanchey") == ()


@pytest.mark.parametrize("name", ["Northern", "Western Province", "Central", "Capital Region"])
def test_words_that_any_state_has_a_part_for_are_no_part(name: str) -> None:
    assert not [place for place in places_named(name) if place.kind == "division"]


def test_features_lie_in_states_that_we_know() -> None:
    for row in read_table(FOLDER / "places" / "features.tsv", Feature):
        assert row.country is None or row.country in actor_table().states, row


@pytest.mark.parametrize("file", ["gazetteer.tsv", "divisions.tsv", "state_names.tsv"])
def test_tables_that_are_searched_by_halving_are_sorted(file: str) -> None:
    lines = (FOLDER / "places" / file).read_bytes().splitlines()[1:]
    keys = [line.split(b"\t")[0] + b"\t" for line in lines]
    assert keys == sorted(keys)


def test_states_have_names_in_other_languages() -> None:
    assert state_named("Norvegija") == "NOR"
    assert state_named("Island") is None


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Phillipines", "state/PHL"),
        ("the Philipines", "state/PHL"),
        ("Kazakstan", "state/KAZ"),
        ("Untied Kingdom", "state/GBR"),
        ("Saudiarabia", "state/SAU"),
        ("Afghansitan", "state/AFG"),
    ],
)
def test_a_slip_in_the_name_of_a_state_is_forgiven(name: str, actor: str) -> None:
    candidate = misspelt_state(name)
    assert candidate is not None
    assert candidate.actor == actor


@pytest.mark.parametrize("name", ["Ruritania", "Slovakenia", "Iram", "Congress", "Austrailasia"])
def test_what_is_no_slip_stays_unknown(name: str) -> None:
    assert misspelt_state(name) is None


@pytest.mark.parametrize(
    ("demonym", "state"),
    [
        ("Motswana", "BWA"), ("Batswana", "BWA"), ("Mosotho", "LSO"), ("Basotho", "LSO"),
        ("I-Kiribati", "KIR"), ("Ni-Vanuatu", "VUT"), ("Burkinabè", "BFA"), ("Burkinabe", "BFA"),
        ("Monégasque", "MCO"), ("Sammarinese", "SMR"), ("Kittitian", "KNA"), ("Nauruans", "NRU"),
        ("Salvadorean", "SLV"), ("Argentinean", "ARG"), ("Kazakhstani", "KAZ"), ("Azeris", "AZE"),
        ("Malagasy", "MDG"), ("Ivorian", "CIV"), ("Emiratis", "ARE"), ("Afghani", "AFG"),
        ("Seychellois", "SYC"), ("Bissau-Guinean", "GNB"), ("Liechtensteiner", "LIE"),
        ("Dominican", "DOM"), ("Congolese", "COD"), ("Nigeriens", "NER"), ("Trinbagonian", "TTO"),
    ],
)  # fmt: skip
def test_demonyms_name_their_state_first(demonym: str, state: str) -> None:
    assert actor_table().candidates(demonym)[0].actor == f"state/{state}"
