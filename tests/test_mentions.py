from __future__ import annotations

import pytest

from articles import annotated


def actors(text: str, words: str, published: str | None = "2026-01-13") -> list[str]:
    """Return the names of the actors that ``words`` mean, at their last place in ``text``."""
    parsed = annotated(text, published)
    start = text.rindex(words)
    found = [m for m in parsed.mentions if m.span.start == start and m.span.of(text) == words]
    return [parsed.actors[a].name for m in found for a in m.actors]


@pytest.mark.parametrize(
    ("text", "words", "published", "expected"),
    [
        ("Trump spoke.", "Trump", "2018-05-01", ["Donald Trump"]),
        ("President Bush spoke of the war.", "Bush", "1991-02-01", ["George H. W. Bush"]),
        ("President Bush spoke of the war.", "Bush", "2005-02-01", ["George W. Bush"]),
        ("Barack Obama left. Then Obama returned.", "Obama", "2026-01-13", ["Barack Obama"]),
        ("The Kremlin denied it.", "Kremlin", "2026-01-13", ["Russia"]),
        ("The French protested.", "French", "2026-01-13", ["France"]),
        ("NATO met in Brussels.", "NATO", "2026-01-13", ["NATO"]),
        ("Michael Jordan played well.", "Michael Jordan", "2026-01-13", ["Michael Jordan"]),
        ("Talks with Washington go on.", "Washington", "2026-01-13", ["United States"]),
    ],
)
def test_names_mean_who_they_meant_that_day(
    text: str, words: str, published: str, expected: list[str]
) -> None:
    assert actors(text, words, published) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Angela Merkel met Donald Trump. She left early.", "She", ["Angela Merkel"]),
        ("Donald Trump met Angela Merkel. He left early.", "He", ["Donald Trump"]),
        ("The Mexican president spoke.", "The Mexican president", ["Claudia Sheinbaum"]),
        (
            "Mexico and the United States talked. Officials from both countries will meet.",
            "both countries",
            ["Mexico", "United States"],
        ),
        ("Paul Biya and Idriss Deby met. They talked.", "They", ["Paul Biya", "Idriss Déby"]),
    ],
)
def test_pronouns_and_roles_are_resolved(text: str, words: str, expected: list[str]) -> None:
    assert actors(text, words) == expected


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        (
            "Kim Jong Un arrived. Lee Myung-bak met Kim. He told reporters that Kim was ready.",
            "He",
            "Lee Myung-bak",
        ),
        ("John Swinney met Keir Starmer. Starmer left early. He also thinks Starmer should go.",
         "He", "John Swinney"),
        ("Keir Starmer spoke to John Swinney. Starmer stayed. He has one piece of advice for Starmer.",
         "He", "John Swinney"),
        ("John Swinney spoke of Keir Starmer. He praised Starmer.", "He", "John Swinney"),
        ("David Cameron met Barack Obama. Cameron left. Obama praised him.", "him", "David Cameron"),
    ],
)  # fmt: skip
def test_a_pronoun_means_nobody_whom_its_own_clause_names(
    text: str, pronoun: str, expected: str
) -> None:
    assert actors(text, pronoun) == [expected]


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Angela Merkel spoke. In his speech, Barack Obama praised her.", "his"),
        ("When he met reporters, Barack Obama smiled.", "he"),
        ("Barack Obama left. He was known as President Obama.", "He"),
    ],
)
def test_a_pronoun_may_mean_whom_its_clause_does_not_govern(text: str, pronoun: str) -> None:
    assert actors(text, pronoun) == ["Barack Obama"]


def test_nobody_is_invented_for_a_pronoun_without_anyone_before() -> None:
    assert actors("She said nothing.", "She") == []


def test_a_role_is_not_resolved_without_a_date() -> None:
    assert "Claudia Sheinbaum" not in actors(
        "The Mexican president spoke.", "The Mexican president", None
    )


def test_a_capital_after_in_is_a_place() -> None:
    assert actors("He arrived in Washington.", "Washington") == []


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("Two soldiers died in Helmand on Tuesday.", "Helmand", "AFG"),
        ("The flood reached Zabul province.", "Zabul", "AFG"),
        ("They met in Stavanger on Tuesday.", "Stavanger", "NOR"),
        ("A ship ran aground in the Suez Canal.", "Suez Canal", "EGY"),
        ("Thousands gathered in Tahrir Square.", "Tahrir Square", "EGY"),
        ("WARSAW, Jan 29 - The bank cut its rates on Tuesday.", "Warsaw", "POL"),
    ],
)
def test_provinces_sites_and_cities_are_places(text: str, place: str, country: str) -> None:
    assert [(p.name, p.country) for p in annotated(text).places] == [(place, country)]


def test_a_misspelt_state_is_meant_where_it_reads_as_a_place() -> None:
    assert actors("Troops from the Phillipines arrived.", "Phillipines") == ["Philippines"]


def test_no_place_is_made_of_a_seat_or_of_a_name_alike() -> None:
    assert annotated("At the White House, Trump said he had watched.").places == []
    assert [p.country for p in annotated("Say it to Siri on Apple devices.").places] == []


def test_a_minister_is_meant_by_surname_only_where_the_country_is_named() -> None:
    day = "2020-06-01"
    assert actors("The band Young Fathers came on before Barry sang.", "Barry", day) != [
        "Alpha Barry"
    ]
    assert actors("Talks began in Russia. Lavrov spoke first.", "Lavrov", day) == ["Sergei Lavrov"]


def test_a_hyphened_people_names_no_state() -> None:
    assert actors("A Syrian-American resident spoke.", "American") == []


def test_a_community_of_states_is_no_town() -> None:
    text = "Observers from the Commonwealth of Independent States praised the vote."
    assert annotated(text).places == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Kim Young-sam wept. A fisherman, Kim Jae-ho, said so.", "Kim Jae-ho"),
        ("President Chandrika Kumaratunga won. Lawmaker Anura Bandaranaike left.", "Anura Bandaranaike"),
        ("The bank cut its rate. Marta Petka-Zagajewska said it was late.", "Marta Petka-Zagajewska"),
        ("Army spokesman Major Felix Kulayigye said two had died.", "Felix Kulayigye"),
        ("His lawyer, Gonzalo Peredo, said he would appeal.", "Gonzalo Peredo"),
    ],
)  # fmt: skip
def test_a_full_name_is_nobody_elses(text: str, name: str) -> None:
    assert actors(text, name, "1996-06-14") == [name]


def test_a_first_surname_means_who_bears_two() -> None:
    text = "Roberto Fernández Saucedo was jailed. On Monday Fernández denied it."
    assert actors(text, "Fernández", "2008-03-07") == ["Roberto Fernández Saucedo"]


def test_a_lone_common_word_does_not_say_whose_army_it_is() -> None:
    text = "Uganda's army killed 23 rebels. Army spokesman Felix Kulayigye said so."
    assert "US Army" not in actors(text, "Army")
