"""Whom a name means among the actors of a store, and what is said where it means nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.asking import open_store
from onrecord.asking.answers import Answers
from onrecord.asking.naming import find
from onrecord.errors import OnrecordError
from onrecord.record import Actor, Record
from onrecord.storage.folding import folded
from records import document

ACTORS = (
    Actor("person/amlo", "Andrés Manuel López Obrador", "person", "MEX"),
    Actor("person/hillary-clinton", "Hillary Clinton", "person", "USA"),
    Actor("person/bill-clinton", "Bill Clinton", "person", "USA"),
    Actor("group/clinton-foundation", "Clinton Foundation", "organisation", "USA"),
    Actor("person/donald-trump", "Donald Trump", "person", "USA"),
    Actor("group/trump-administration", "Trump administration", "group", "USA"),
    Actor("person/salman", "Mohammed bin Salman", "person", "SAU"),
    Actor("region/texas", "Texas", "state", "USA"),
    Actor("state/GBR", "United Kingdom", "state", "GBR"),
    Actor("organisation/un", "United Nations", "organisation", "IGO"),
    Actor("unnamed/1", "a senior official", "unnamed"),
    Actor("unnamed/2", "a senior official", "unnamed"),
    Actor("person/1/jane-roe", "Jane Roe", "person"),
    Actor("person/2/jane-roe", "Jane Roe", "person", "USA"),
    Actor("person/smith-1", "John Smith", "person", "GBR"),
    Actor("person/smith-2", "John Smith", "person", "USA"),
    Actor("person/jd-vance", "J.D. Vance", "person", "USA"),
    Actor("person/sorensen", "Jørgen Sørensen", "person", "DNK"),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Answers]:
    with open_store(":memory:") as opened:
        opened.add(Record(document=document("Words."), actors=ACTORS))
        yield opened


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("person/amlo", "person/amlo"),
        ("andres manuel lopez obrador", "person/amlo"),
        ("López Obrador", "person/amlo"),
        ("Trump", "person/donald-trump"),
        ("Trump administration", "group/trump-administration"),
        ("bin Salman", "person/salman"),
        ("JD Vance", "person/jd-vance"),
        ("J. D. Vance", "person/jd-vance"),
        ("Jorgen Sorensen", "person/sorensen"),
        ("Hillary Clinton", "person/hillary-clinton"),
        ("Texas", "region/texas"),
        ("a senior official", "unnamed/1 unnamed/2"),
        ("Jane Roe", "person/1/jane-roe person/2/jane-roe"),
        ("GBR", "GBR"),
        ("gbr", "GBR"),
        ("Britain", "GBR"),
        ("U.K.", "GBR"),
        ("the US", "USA"),
        ("IGO", "IGO"),
        ("United Nations", "organisation/un"),
        ("Japan", "JPN"),
    ],
)
def test_a_name_means(store: Answers, name: str, meant: str) -> None:
    with store._reading() as connection:
        who = find(connection, name)
    assert (who.country or " ".join(who.actors)) == meant


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Clinton", r"'Clinton' may be Bill Clinton \[person/bill-clinton\], Hillary Clinton"),
        ("John Smith", r"may be John Smith \[person/smith-1\], John Smith \[person/smith-2\]"),
        ("Clintn", "nobody in the store is called 'Clintn'; did you mean .*Clinton"),
        ("Donld Trump", "did you mean Donald Trump"),
        ("Zzyzx", "nobody in the store is called 'Zzyzx'; no name in it is like that"),
        ("QQQ", "nobody in the store is called 'QQQ'"),
        ("", "'' is no name"),
        ("%", "'%' is no name"),
    ],
)
def test_a_name_that_means_nobody_or_several_is_an_error(
    store: Answers, name: str, message: str
) -> None:
    with pytest.raises(OnrecordError, match=message) as caught:
        store.timeline(name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Nicolás  Maduro", "nicolas maduro"),
        ("O’Neill", "oneill"),
        ("al-Qaeda", "al qaeda"),
        ("U.S.", "us"),
        ("Łukasz Đoković", "lukasz dokovic"),
        ("J. D. Vance", "jd vance"),
        ("J.D. Vance", "jd vance"),
        ("", ""),
    ],
)
def test_names_are_folded(name: str, key: str) -> None:
    assert folded(name) == key
