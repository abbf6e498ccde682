"""What a name may mean as a place: cities, parts of states, counties, rivers, mountains, islands."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import Literal

import msgspec

from onrecord.knowledge.actors import fold
from onrecord.knowledge.places.sorted_table import broken, lines_of
from onrecord.knowledge.tables import FOLDER, read_table

PlaceKind = Literal["city", "division", "county", "feature"]
#: What a part of a state or a feature weighs beside a city, as the logarithm of its population.
_WEIGHTS: dict[PlaceKind, float] = {"division": 4.8, "feature": 5.2, "county": 4.0}
_HEADS = (
    "province|region|oblast|state|governorate|prefecture|department|district|krai|canton|"
    "emirate|voivodeship|autonomous region|autonomous republic|autonomous okrug|autonomous oblast|"
    "republic|regency|wilayat|wilaya|territory|municipality|division|parish"
)
_BEHIND = re.compile(rf"(.+?) (?:{_HEADS})", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:the )?(?:{_HEADS}) of (?:the )?(.+)", re.IGNORECASE)
#: Names of parts that any state may have: "Northern", "Central Region".
_VAGUE = re.compile(
    r"(?:the )?(?:(?:north|south|east|west|central|centre|center|upper|lower|coastal|capital)(?:ern)?[ -]?)+"
    r"(?: ?(?:province|region|district|division|state|area))?"
)
_SHORTEST = 2
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
#: Smaller places than these are found only where a text says that a place is meant.
CITY_PEOPLE = 5_000


class Location(msgspec.Struct, frozen=True):
    """A place of the gazetteer: name, country (alpha-3), first-order division, point, population.

    ``alias`` says that it was found by another name than its own.
    """

    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    latitude: float
    longitude: float
    population: int = 0
    geonames_id: int | None = None
    alias: bool = False

    @property
    def weight(self) -> float:
        """How likely a name means this place of all places of that name."""
        return _WEIGHTS.get(self.kind) or math.log10(self.population + 1)


class Division(msgspec.Struct, frozen=True):
    """A row of ``places/divisions.tsv``: a first-order part of a state, with its point if known."""

    name: str
    country: str
    latitude: float | None = None
    longitude: float | None = None


class Feature(msgspec.Struct, frozen=True):
    """A row of ``places/features.tsv``: a river, mountain, island, historic region or site."""

    name: str
    kind: str
    latitude: float
    longitude: float
    aliases: tuple[str, ...] = ()
    country: str | None = None

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"no point on Earth: {self.latitude}, {self.longitude}")


class Domain(msgspec.Struct, frozen=True):
    """A row of ``places/domains.tsv``: the end of a web address and its country."""

    domain: str
    country: str


@cache
def _domains() -> dict[str, str]:
    rows = read_table(FOLDER / "places" / "domains.tsv", Domain)
    return {row.domain: row.country for row in rows}


def country_of_domain(host: str) -> str | None:
    """Return the country (alpha-3) that the end of a host name tells, if any."""
    return _domains().get(host.rpartition(".")[2].lower())


def place_key(name: str) -> str:
    """Return a name as the gazetteer sorts it: no accents, case or marks, "St." as "saint"."""
    words = re.sub(r"[^\w\s]", " ", re.sub(r"['’‘`ʻ.]", "", fold(name).lower())).split()
    return " ".join(_SHORT.get(word, word) for word in words)


@cache
def _features() -> dict[str, list[Location]]:
    found: dict[str, list[Location]] = {}
    for row in read_table(FOLDER / "places" / "features.tsv", Feature):
        location = Location(row.name, "feature", row.country, None, row.latitude, row.longitude)
        for name in (row.name, *row.aliases):
            found.setdefault(place_key(name), []).append(location)
    return found


@lru_cache(maxsize=20_000)
def places_named(name: str) -> tuple[Location, ...]:
    """Return the places of this name, accents and case ignored, the likeliest first.

    "Helmand province" and "province of Helmand" are the division; so is a name that only CLDR has.
    """
    key = place_key(name)
    if len(key) < _SHORTEST:
        return ()
    found = list(_features().get(key, ()))
    listed = [_location(key, cells) for cells in lines_of("gazetteer.tsv", key)]
    found += [one for one in listed if one.kind != "division" or not _VAGUE.fullmatch(key)]
    if not found:
        plain = plain_division(name)
        if plain is not None:
            found = [one for one in places_named(plain) if one.kind == "division"]
        found = found or [
            Location(row.name, "division", row.country, None, row.latitude, row.longitude)
            for row in divisions_named(name) if row.latitude is not None and row.longitude is not None
        ]  # fmt: skip
    own = {one.country for one in found if one.kind in ("city", "feature")}

    def rank(one: Location) -> tuple[float, int]:
        meant = one.kind != "division" or one.country not in own
        return -one.weight if meant else 0.0, one.geonames_id or 0

    return tuple(sorted(found, key=rank))


def divisions_named(name: str) -> tuple[Division, ...]:
    """Return the parts of states of this name, with or without the word for their rank."""
    key = fold(name).lower()
    plain = plain_division(key)
    for spelling in (key, plain) if plain else (key,):
        if len(spelling) >= _SHORTEST and (lines := lines_of("divisions.tsv", spelling)):
            return tuple(_division(spelling, cells) for cells in lines)
    return ()


def plain_division(name: str) -> str | None:
    """Return what stands before or behind the word for a rank: "Helmand" of "Helmand province"."""
    found = _BEHIND.fullmatch(name) or _BEFORE.fullmatch(name)
    return found[1] if found else None


def state_named(name: str) -> str | None:
    """Return the code of the state that another language calls so, or none."""
    lines = lines_of("state_names.tsv", fold(name).lower())
    return lines[0][0] if lines else None


def cities_named(name: str) -> tuple[Location, ...]:
    """Return the cities of 5,000 people and more of this name, the most populous first."""
    return tuple(
        one for one in places_named(name) if one.kind == "city" and one.population >= CITY_PEOPLE
    )


def _location(key: str, cells: list[str]) -> Location:
    try:
        number, name, country, admin1, latitude, longitude, people, kind = cells
        return Location(
            name, _KINDS[kind], country, admin1 or None, float(latitude), float(longitude),
            int(people), int(number) if number else None, key != place_key(name),
        )  # fmt: skip
    except (ValueError, KeyError) as error:
        raise broken("gazetteer.tsv", key, error) from None


def _division(key: str, cells: list[str]) -> Division:
    try:
        name, country, latitude, longitude = cells
        point = (float(latitude), float(longitude)) if latitude else (None, None)
        return Division(name, country, *point)
    except ValueError as error:
        raise broken("divisions.tsv", key, error) from None


_KINDS: dict[str, PlaceKind] = {"city": "city", "division": "division", "county": "county"}
