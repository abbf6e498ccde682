"""The gazetteer: cities of 5,000 people and more, from GeoNames (CC BY 4.0).

The table is sorted by name in bytes and searched by halving, so opening it costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onrecord.errors import KnowledgeError
from onrecord.knowledge.actors import fold
from onrecord.knowledge.tables import FOLDER


@dataclass(frozen=True)
class City:
    """A city: GeoNames id, name, country (alpha-3), first-order division, point, population."""

    geonames_id: int
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int


@lru_cache(maxsize=1)
def _table() -> bytes:
    return (FOLDER / "places" / "cities.tsv").read_bytes()


@lru_cache(maxsize=20_000)
def cities_named(name: str) -> tuple[City, ...]:
    """Return the cities of this name, accents and case ignored, the most populous first."""
    key = fold(name).lower().encode("utf-8", "ignore") + b"\t"
    if len(key) < 3:
        return ()
    table = _table()
    start = _first_line(table, key)
    found = []
    while table.startswith(key, start):
        end = table.index(b"\n", start)
        found.append(_city(table[start:end].decode("utf-8")))
        start = end + 1
    return tuple(sorted(found, key=lambda city: (-city.population, city.geonames_id)))


def _first_line(table: bytes, key: bytes) -> int:
    """Return the offset of the first line not below ``key``, behind the comment line."""
    low, high = table.index(b"\n") + 1, len(table)
    while low < high:
        middle = table.rfind(b"\n", 0, (low + high) // 2) + 1
        middle = max(middle, low)
        end = table.find(b"\n", middle)
        if table[middle:end] < key:
            low = end + 1
        else:
            high = middle
    return low


def _city(line: str) -> City:
    try:
        _, number, name, country, admin1, latitude, longitude, population = line.split("\t")
        return City(
            int(number), name, country, admin1, float(latitude), float(longitude), int(population)
        )
    except ValueError as error:
        raise KnowledgeError(f"cities.tsv: {line[:40]!r}: {error}") from None
