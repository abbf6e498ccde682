"""The gazetteer: cities, provinces and counties from GeoNames (CC BY 4.0), and features by hand.

``gazetteer.tsv`` is sorted by key in bytes and searched by halving where it lies on disk.
"""

from __future__ import annotations

import mmap
import re
from functools import cache, lru_cache
from typing import Literal

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.knowledge.actors import fold
from onrecord.knowledge.tables import FOLDER, numbered_rows

PlaceKind = Literal["city", "division", "county", "feature"]
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


class Feature(msgspec.Struct, frozen=True):
    """A row of ``places/features.tsv``: a region, island, mountain, river or sea."""

    name: str
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
    path = FOLDER / "places" / "domains.tsv"
    return {row.domain: row.country for _, row in numbered_rows(path, Domain)}


def country_of_domain(host: str) -> str | None:
    """Return the country (alpha-3) that the end of a host name tells, if any."""
    return _domains().get(host.rpartition(".")[2].lower())


def place_key(name: str) -> str:
    """Return a name as the gazetteer sorts it: no accents, case or marks, "St." as "saint"."""
    words = re.sub(r"[^\w\s]", " ", re.sub(r"['’‘`ʻ.]", "", fold(name).lower())).split()
    return " ".join(_SHORT.get(word, word) for word in words)


@lru_cache(maxsize=1)
def _table() -> mmap.mmap:
    """Map the table into memory: only what is searched is read from disk."""
    with (FOLDER / "places" / "gazetteer.tsv").open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@cache
def _features() -> dict[str, list[Location]]:
    found: dict[str, list[Location]] = {}
    for _, row in numbered_rows(FOLDER / "places" / "features.tsv", Feature):
        location = Location(row.name, "feature", row.country, None, row.latitude, row.longitude)
        for name in (row.name, *row.aliases):
            found.setdefault(place_key(name), []).append(location)
    return found


@lru_cache(maxsize=20_000)
def places_named(name: str) -> tuple[Location, ...]:
    """Return the places of this name, accents and case ignored, the most populous first."""
    key = place_key(name)
    found = list(_features().get(key, ()))
    start_of = key.encode("utf-8", "ignore") + b"\t"
    if len(start_of) < 3:
        return ()
    table = _table()
    start = _first_line(table, start_of)
    while table[start : start + len(start_of)] == start_of:
        end = table.find(b"\n", start)
        found.append(_location(table[start:end].decode("utf-8")))
        start = end + 1
    return tuple(sorted(found, key=lambda one: (-one.population, one.geonames_id or 0)))


def cities_named(name: str) -> tuple[Location, ...]:
    """Return the cities of 5,000 people and more of this name, the most populous first."""
    return tuple(
        one for one in places_named(name) if one.kind == "city" and one.population >= CITY_PEOPLE
    )


def _first_line(table: mmap.mmap, key: bytes) -> int:
    """Return the offset of the first line not below ``key``, behind the comment line."""
    low, high = table.find(b"\n") + 1, len(table)
    while low < high:
        middle = table.rfind(b"\n", 0, (low + high) // 2) + 1
        middle = max(middle, low)
        end = table.find(b"\n", middle)
        if table[middle:end] < key:
            low = end + 1
        else:
            high = middle
    return low


def _location(line: str) -> Location:
    try:
        key, number, name, country, admin1, latitude, longitude, people, kind = line.split("\t")
        return Location(
            name, _KINDS[kind], country, admin1 or None, float(latitude), float(longitude),
            int(people), int(number) if number else None, key != place_key(name),
        )  # fmt: skip
    except (ValueError, KeyError) as error:
        raise KnowledgeError(f"gazetteer.tsv: {line[:40]!r}: {error}") from None


_KINDS: dict[str, PlaceKind] = {"city": "city", "division": "division", "county": "county"}
