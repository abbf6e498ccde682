"""Places: what a local paper names, and which of several places of one name it means."""

import re
import time
from collections import Counter
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest

from onrecord.knowledge.places import cities_named, country_of_domain, place_key, places_named
from onrecord.parsing import annotate
from onrecord.parsing.place_choice import Named, Surroundings, choose
from onrecord.record import Document

CASES = Path(__file__).parent / "cases" / "places.txt"
MARKED = re.compile(r"\[([^\]|]+)\|([-\d.]+)\|([-\d.]+)\]")
#: Kilometres within which a place counts as resolved, as in the literature on toponyms (100 miles).
NEAR = 161


def places(text, **options):
    annotated = annotate(Document.from_text(text, **options))
    return [(one.span.of(annotated.text), one) for one in annotated.places]


def named(text, **options):
    return {words: (one.country, one.admin1) for words, one in places(text, **options)}


def kilometres(one, other):
    (north, east), (north2, east2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(half)))


def test_local_news_places_are_found_and_resolved():
    gold = found = near = 0
    for line in CASES.read_text(encoding="utf-8").splitlines()[1:]:
        ours = places(MARKED.sub(r"\1", line))
        end = 0
        for match in MARKED.finditer(line):
            start = len(MARKED.sub(r"\1", line[: match.start()]))
            end = start + len(match[1])
            hits = [one for _, one in ours if one.span.start < end and start < one.span.end]
            point = (float(match[2]), float(match[3]))
            gold += 1
            found += bool(hits)
            near += any(kilometres(point, (one.latitude, one.longitude)) <= NEAR for one in hits)
    assert gold >= 500
    assert found / gold >= 0.96, (found, gold)
    assert near / gold >= 0.945, (near, gold)


@pytest.mark.parametrize(
    ("text", "words", "where"),
    [
        ("Residents of Paris, Texas, awoke to a warning.", "Paris", ("USA", "TX")),
        ("A riot broke out in Paris and in Lyon on Monday.", "Paris", ("FRA", "11")),
        ("It happened in Guntur in Andhra Pradesh on Sunday.", "Guntur", ("IND", "02")),
        ("VICTORIA - The British Columbia government will act.", "VICTORIA", ("CAN", "02")),
        ("June 27 - Camden, NJ and Mansfield, MA.", "Camden", ("USA", "NJ")),
        ("July 19 - London, ON, with friends.", "London", ("CAN", "08")),
        ("A raid on Chibok killed two men in Nigeria.", "Chibok", ("NGA", "27")),
        ("He was jailed at Dundee Sheriff Court in Scotland.", "Dundee", ("GBR", "SCT")),
        ("The Egyptian army killed eight militants.", "Egyptian", ("EGY", None)),
        ("Storms crossed the Gulf of Mexico on Friday.", "Gulf of Mexico", (None, None)),
        ("The Ohio River rose on Friday.", "Ohio River", ("USA", None)),
        ("Gardai in County Kerry found a boat.", "County Kerry", ("IRL", "M")),
    ],
)
def test_which_place_is_meant(text, words, where):
    assert named(text)[words] == where


@pytest.mark.parametrize(
    "text",
    [
        "The Southern District ruled on Federal matters.",
        "The White House said on Monday that he left.",
        "Mr. Clinton will speak at City Hall next week.",
        "The Washington Post reported that Lincoln Chafee resigned.",
        "He met Sierra Nevada Smith.",
    ],
)
def test_other_names_are_no_places(text):
    assert named(text) == {}


def test_an_african_american_voter_names_no_continent():
    assert "African" not in named("An African-American voter spoke.")


def test_neighbours_in_the_article_decide():
    text = "A farmer from Perth was fined. Sheep were found near Pitlochry and in Crieff."
    assert named(text)["Perth"] == ("GBR", "SCT")
    assert named("A farmer from Perth was fined in Fremantle.")["Perth"][0] == "AUS"


def test_the_publishers_country_decides_between_towns_of_one_size():
    text = "Police in Richmond searched a house on Monday."
    assert named(text, url="https://news.example.co.uk/1")["Richmond"][0] == "GBR"
    assert named(text, url="https://news.example.com/1")["Richmond"][0] == "USA"


def test_a_name_qualified_once_means_the_same_place_after():
    found = places("Fire broke out in Portland, Maine. Portland police came.")
    assert [one.admin1 for words, one in found if words == "Portland"] == ["ME", "ME"]


def test_names_are_looked_up_without_accents_marks_and_short_forms():
    assert place_key("St. John’s") == "saint johns"
    assert places_named("Qamishli")[0].country == "SYR"
    assert places_named("Jefferson County")[0].kind == "county"
    assert cities_named("Chibok") == ()
    assert country_of_domain("www.example.com.au") == "AUS"
    assert country_of_domain("example.com") is None


def test_choosing_among_many_names_takes_little_time():
    names = [Named(name, places_named(name)) for name in ("Springfield", "Richmond", "Newport")]
    began = time.process_time()
    choose(names * 30, Surroundings(Counter(), Counter()))
    assert time.process_time() - began < 1.0
