"""Names of states: aliases and demonyms of Phoenix; names and pronouns of MEANTIME.

``python benchmarks/mentions.py [--shared DIR] [--errors N]``

Phoenix' dictionary of countries lists, below each country, what means it: other spellings and
languages, demonyms, cities, provinces. An alias is right where our tables (actors, their capitals,
regions, of places in the gazetteer the likeliest, and states by a slip of the pen) give its country
first. A demonym is an alias of one word
that begins like its country and ends like an adjective or a people.

MEANTIME marks entities in 90 articles of Wikinews. A name of a person, organisation or place is
found where a mention or place of ours overlaps it; a pronoun is right where ours shares an actor with a
mention that overlaps one of its entity's names.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from onrecord.knowledge.actors import actor_table, misspelt_state
from onrecord.knowledge.places import divisions_named, places_named, state_named
from onrecord.parsing import Annotated, annotate
from onrecord.reading.plain import document_from_text
from onrecord.record import Span
from shared import SHARED, MissingData, need, read_lines

_COUNTRY = re.compile(r"^([A-Z][\w.'\-]{0,80}?)_?\s{1,9}\[([A-Z]{3})\]$")
_ENDING = re.compile(r"(?:(?<!ST)AN|ESE|ISH|[^AEIOU]I|IC|IARD|CH|LANDER|WOMAN|OT)S?$")
#: Phoenix' own codes for what ISO 3166 codes otherwise.
_CODES = {"KSV": "XKX", "ROM": "ROU", "TMP": "TLS", "ZAR": "COD"}
#: The stretches of a name that news leaves in capitals: "U.S.", "D.P.R.".
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?")
#: A country of a novel, in the dictionary as a jest.
_INVENTED = frozenset({"KNT"})
_SMALL = frozenset({"of", "the", "and", "de", "da", "do", "del", "di", "la", "le", "el", "al"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAMED = ("NAM", "PRE.NAM")


def phoenix(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield country name, its code and an alias, from the text of Phoenix' dictionary.

    Only a country's own block counts: the lines that begin with ``+`` directly below its name.
    """
    country: tuple[str, str] | None = None
    for line in text.splitlines():
        words = re.split(r"\s*[#;]", line, maxsplit=1)[0].rstrip()
        if line.startswith("#"):
            continue
        if found := _COUNTRY.match(words):
            country = (found[1], _CODES.get(found[2], found[2]))
        elif country and words.startswith("+") and country[1] not in _INVENTED:
            yield (*country, words[1:].rstrip("_ "))
        elif words:
            country = None


def as_written(alias: str) -> str:
    """Return a dictionary's ``RIO_DE_JANEIRO`` as news writes it, ``Rio de Janeiro``."""
    words = [word for word in re.split(r"[_\s]+", alias) if word]
    shown = [
        word.lower() if number and word.lower() in _SMALL
        else word if _INITIALS.fullmatch(word) else re.sub(r"[^\W\d]+(?:'S\b)?", lambda m: m[0].capitalize(), word)
        for number, word in enumerate(words)
    ]  # fmt: skip
    return " ".join(shown)


def is_demonym(country: str, alias: str) -> bool:
    """Tell whether an alias looks like a country's adjective or people, not like its name."""
    return (
        "_" not in alias
        and alias[:3] == country[:3]
        and alias not in (country + "S", country.replace("_", ""))
        and _ENDING.search(alias) is not None
    )


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    found: dict[str, str] = {}
    for state in actor_table().states.values():
        for capital in state.capital:
            found.setdefault(capital, state.id)
    return found


def country_of(name: str) -> str | None:
    """Return the country that our tables give a name first, or none."""
    table = actor_table()
    name = name.removeprefix("The ")
    for spelling in dict.fromkeys((name, name.upper() if len(name) < 6 else name)):
        for candidate in table.candidates(spelling):
            if table.actors[candidate.actor].kind == "state":
                return table.actors[candidate.actor].country
        if spelling in _capitals():
            return _capitals()[spelling]
    for region in table.regions.values():
        if name in region.capital:
            return region.country
    places = places_named(name)
    if places:
        return places[0].country
    divisions = divisions_named(name)
    if divisions:
        return divisions[0].country
    misspelt = misspelt_state(name)
    return state_named(name) or (table.actors[misspelt.actor].country if misspelt else None)


def aliases(shared: Path, errors: list[str]) -> dict[str, float]:
    """Return the shares of Phoenix' aliases and of its demonyms that we give the right country."""
    path = need(shared / "data" / "actors" / "Phoenix.Countries.actors.txt")
    rows = list(dict.fromkeys(phoenix(path.read_text(encoding="latin-1"))))
    counts: Counter[str] = Counter()
    for country, code, alias in rows:
        found = country_of(as_written(alias))
        kinds = ["aliases", *(["demonyms"] if is_demonym(country, alias) else [])]
        for kind in kinds:
            counts[kind] += 1
            counts[f"{kind} right"] += found == code
            counts[f"{kind} wrong"] += found not in (code, None)
        if found != code:
            errors.append(f"{kinds[-1]}\t{as_written(alias)}\t{code}\t{found}")
    return {
        f"{kind} {verdict}": 100 * counts[f"{kind} {verdict}"] / max(1, counts[kind])
        for kind in ("aliases", "demonyms")
        for verdict in ("right", "wrong")
    }


def entities(article: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each entity of a MEANTIME article: its type, and its mentions in the text."""
    marked = {one["m_id"]: one for one in article["markables"]}
    for relation in article["relations"]:
        if relation["tag"] != "REFERS_TO" or not relation["target"]:
            continue
        entity = marked.get(relation["target"][0], {})
        mentions = [marked[one] for one in relation["source"] if one in marked]
        kind = entity.get("ent_type")
        if entity.get("tag") == "ENTITY" and kind in ("PER", "ORG", "LOC"):
            yield str(kind), [one for one in mentions if one["tag"] == "ENTITY_MENTION"]


def _actors_at(annotated: Annotated, span: Span, *, pronoun: bool) -> set[str]:
    return {
        actor
        for mention in annotated.mentions
        if (mention.how == "pronoun") == pronoun and mention.span.overlaps(span)
        for actor in mention.actors
    }


def meantime(shared: Path, errors: list[str]) -> dict[str, float]:
    """Return recall of MEANTIME's names, by type, and the share of its pronouns that are right."""
    counts: Counter[str] = Counter()
    for article in read_lines(need(shared / "data" / "meantime" / "meantime_en.jsonl")):
        day = article["dct"] if _DAY.fullmatch(article["dct"] or "") else None
        document = document_from_text(article["text"], published=day)
        offset = article["text"].find(document.text[:50])
        annotated = annotate(document)
        for kind, mentions in entities(article):
            _count(annotated, kind, mentions, offset, counts, errors)
    figures = {
        f"MEANTIME {kind} names found": 100 * counts[f"{kind} found"] / max(1, counts[kind])
        for kind in ("PER", "ORG", "LOC")
    }
    figures["MEANTIME pronouns right"] = 100 * counts["right"] / max(1, counts["pronouns"])
    return figures


def _count(
    annotated: Annotated, kind: str, mentions: list[dict[str, Any]], offset: int,
    counts: Counter[str], errors: list[str],
) -> None:  # fmt: skip
    placed = [
        (one, Span(one["start"] - offset, one["end"] - offset))
        for one in mentions
        if "start" in one
    ]
    named: set[str] = set()
    for one, span in placed:
        if one.get("syntactic_type") not in _NAMED:
            continue
        actors = _actors_at(annotated, span, pronoun=False)
        named |= actors
        found = bool(actors) or any(place.span.overlaps(span) for place in annotated.places)
        counts[kind] += 1
        counts[f"{kind} found"] += found
        if not found:
            errors.append(f"{kind} name\t{span.of(annotated.text)}")
    for one, span in placed:
        if one.get("syntactic_type") == "PRO" and named:
            right = bool(named & _actors_at(annotated, span, pronoun=True))
            counts["pronouns"] += 1
            counts["right"] += right
            if not right:
                errors.append(
                    f"pronoun\t{annotated.text[max(0, span.start - 80) : span.end + 20]!r}"
                )


def run(shared: Path = SHARED) -> dict[str, float]:
    """Return the figures of the sets that are there, in percent."""
    return measure(shared, [])


def measure(shared: Path, errors: list[str]) -> dict[str, float]:
    """Return the figures and fill ``errors`` with a line for each thing that is wrong."""
    figures: dict[str, float] = {}
    for part in (aliases, meantime):
        try:
            figures |= part(shared, errors)
        except MissingData as error:
            print(f"mentions: {error}")
    return figures


def main() -> None:
    """Print the figures, and with ``--errors`` the first things that are wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    errors: list[str] = []
    for name, value in measure(arguments.shared, errors).items():
        print(f"{name:28s} {value:8.1f}")
    step = max(1, len(errors) // max(1, arguments.errors))
    for error in errors[::step][: arguments.errors]:
        print(error)


if __name__ == "__main__":
    main()
