"""What a name may mean as a place: cities, parts of states, rivers, mountains, islands, deserts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec

from onrecord.knowledge.actors import fold
from onrecord.knowledge.places.sorted_table import broken, lines_of
from onrecord.knowledge.tables import FOLDER, read_table

Kind = Literal["city", "division", "feature"]
#: What a part of a state or a feature weighs beside a city, as the logarithm of its population.
_WEIGHTS: dict[Kind, float] = {"division": 4.8, "feature": 5.2}
_HEADS = (
    "province|region|oblast|state|governorate|prefecture|department|district|county|krai|canton|"
    "emirate|voivodeship|autonomous region|autonomous republic|autonomous okrug|autonomous oblast|"
    "republic|regency|wilayat|wilaya|territory|province|municipality|division|parish"
)
_SHORT = re.compile(r"^mt\.? ")
_SAINT = re.compile(r"^(?:st\.?|saint) ")
_BEHIND = re.compile(rf"(.+?) (?:{_HEADS})", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:the )?(?:{_HEADS}) of (?:the )?(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class GazetteerPlace:
    """A place: GeoNames id, name, country (alpha-3), first-order division, point, population."""

    name: str
    country: str
    kind: Kind = "city"
    geonames_id: int | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0

    @property
    def weight(self) -> float:
        """How likely a name means this place of all places of that name."""
        return _WEIGHTS.get(self.kind) or math.log10(self.population + 1)


class Feature(msgspec.Struct, frozen=True):
    """A river, lake, mountain, desert, island, historic region or site, as a person writes it."""

    name: str
    kind: str
    country: str
    aliases: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    note: str | None = None


@lru_cache(maxsize=20_000)
def cities_named(name: str) -> tuple[GazetteerPlace, ...]:
    """Return the cities of this name, accents and case ignored, the most populous first."""
    key = _key(name)
    spellings = dict.fromkeys((key, *(_SAINT.sub(word, key) for word in ("st. ", "st ", "saint "))))
    found = {
        city.geonames_id: city
        for spelling in spellings if len(spelling) > 1
        for city in (_city(spelling, cells) for cells in lines_of("cities.tsv", spelling))
    }  # fmt: skip
    return tuple(sorted(found.values(), key=lambda city: (-city.population, city.geonames_id or 0)))


@lru_cache(maxsize=20_000)
def places_named(name: str) -> tuple[GazetteerPlace, ...]:
    """Return the cities, parts of states and features of this name, the likeliest first.

    A part of a state that is called like a city of that state is meant only where the name says so:
    "Kandahar province".
    """
    cities = cities_named(name)
    features = _features().get(_key(name), ())
    own = {city.country for city in cities} | {feature.country for feature in features}
    parts = [part for part in divisions_named(name) if part.country not in own]
    return tuple(sorted((*features, *cities, *parts), key=lambda place: -place.weight))


def divisions_named(name: str) -> tuple[GazetteerPlace, ...]:
    """Return the parts of states of this name, with or without the word for their rank."""
    key = _key(name)
    plain = plain_division(key)
    for spelling in (key, plain) if plain else (key,):
        if len(spelling) > 2 and (lines := lines_of("divisions.tsv", spelling)):
            return tuple(_division(spelling, cells) for cells in lines)
    return ()


def plain_division(name: str) -> str | None:
    """Return what stands before or behind the word for a rank: "Helmand" of "Helmand province"."""
    found = _BEHIND.fullmatch(name) or _BEFORE.fullmatch(name)
    return found[1] if found else None


def state_named(name: str) -> str | None:
    """Return the code of the state that another language calls so, or none."""
    key = _key(name)
    lines = lines_of("state_names.tsv", key)
    return lines[0][0] if lines else None


def _key(name: str) -> str:
    return _SHORT.sub("mount ", fold(name).lower())


@lru_cache(maxsize=1)
def _features() -> dict[str, tuple[GazetteerPlace, ...]]:
    found: dict[str, tuple[GazetteerPlace, ...]] = {}
    for row in read_table(FOLDER / "places" / "features.tsv", Feature):
        place = GazetteerPlace(
            row.name, row.country, "feature", latitude=row.latitude, longitude=row.longitude
        )
        for key in dict.fromkeys(_key(name) for name in (row.name, *row.aliases)):
            found[key] = (*found.get(key, ()), place)
    return found


def _city(key: str, cells: list[str]) -> GazetteerPlace:
    try:
        number, name, country, admin1, latitude, longitude, population = cells
        return GazetteerPlace(
            name, country, "city", int(number), admin1, float(latitude), float(longitude),
            int(population),
        )  # fmt: skip
    except ValueError as error:
        raise broken("cities.tsv", key, error) from None


def _division(key: str, cells: list[str]) -> GazetteerPlace:
    try:
        name, country, latitude, longitude = cells
        point = (float(latitude), float(longitude)) if latitude else (None, None)
        return GazetteerPlace(name, country, "division", latitude=point[0], longitude=point[1])
    except ValueError as error:
        raise broken("divisions.tsv", key, error) from None
