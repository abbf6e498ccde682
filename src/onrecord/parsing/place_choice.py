"""Which of the places of one name is meant, by the article's other places (after Leidner 2007)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TypeVar

import msgspec

from onrecord.knowledge.places import Location, place_key

#: Kilometres at which a neighbour's pull has halved.
_NEAR = 120.0
_ROUNDS = 2
_MOST_OPTIONS = 30
#: What the article's states and divisions add, at most; what a seat of government or the publisher's
#: country adds;
#: what near neighbours and those of the same country add: in powers of ten of the population.
_COUNTRY, _DIVISION, _CAPITAL, _HOME, _NEIGHBOURS, _COMPATRIOTS = 1.2, 1.2, 0.5, 1.3, 1.5, 0.25
_FEATURE = 5.0
_HAMLET = 2.0


Key = TypeVar("Key", bound=Hashable)


class Named(msgspec.Struct):
    """A name in the text: its possible places, and the country and division that qualify it."""

    name: str
    options: Sequence[Location]
    country: str | None = None
    admin1: str | None = None


class Surroundings(msgspec.Struct):
    """What else an article tells of where it happens: states, divisions, the publisher's country."""

    countries: Counter[str]
    divisions: Counter[tuple[str, str]]
    home: str | None = None
    capitals: frozenset[int] = frozenset()


def choose(names: list[Named], around: Surroundings) -> list[Location]:
    """Return the place that each name means: what qualifies it first, then its neighbours."""
    groups = _groups(names)
    firsts = [_first_of(names, group) for group in groups]
    options = [named.options[:_MOST_OPTIONS] for named in firsts]
    alone = [
        [_alone(one, named, around) for one in some]
        for named, some in zip(firsts, options, strict=True)
    ]
    best = [_best(some, scores) for some, scores in zip(options, alone, strict=True)]
    for _ in range(_ROUNDS):
        trust = [_trust(scores) for scores in alone]
        best = [
            _best(
                options[k],
                [
                    score + _pull(one, k, best, trust)
                    for one, score in zip(options[k], alone[k], strict=True)
                ],
            )
            for k in range(len(firsts))
        ]
    of_group = {member: best[k] for k, group in enumerate(groups) for member in group}
    return [of_group[k] for k in range(len(names))]


def _best(options: Sequence[Location], scores: list[float]) -> Location:
    """Return the option with the highest score, the older GeoNames entry of two that are equal."""
    _, _, place = max(
        (score, -(one.geonames_id or 0), -k)
        for k, (one, score) in enumerate(zip(options, scores, strict=True))
    )
    return options[-place]


def _groups(names: list[Named]) -> list[list[int]]:
    """Group the names of one spelling, which mean one place unless qualified differently."""
    groups: dict[tuple[str, str | None, str | None], list[int]] = {}
    qualified: dict[str, tuple[str | None, str | None]] = {}
    for named in names:
        if named.country is not None:
            qualified.setdefault(place_key(named.name), (named.country, named.admin1))
    for k, named in enumerate(names):
        key = place_key(named.name)
        country, admin1 = (
            (named.country, named.admin1) if named.country else qualified.get(key, (None, None))
        )
        groups.setdefault((key, country, admin1), []).append(k)
    return list(groups.values())


def _first_of(names: list[Named], group: list[int]) -> Named:
    return next((names[k] for k in group if names[k].country), names[group[0]])


def _alone(one: Location, named: Named, around: Surroundings) -> float:
    """Return how likely a place is for itself: its size, what qualifies it, the article's states."""
    score = _size(one, named.name)
    if named.country is not None and one.country == named.country:
        score += 6 + (6 if named.admin1 and one.admin1 == named.admin1 else 0)
    if one.country is not None:
        score += _COUNTRY * _share(around.countries, one.country)
    if one.country and one.admin1:
        score += _DIVISION * _share(around.divisions, (one.country, one.admin1))
    if one.geonames_id in around.capitals:
        score += _CAPITAL
    if one.country is not None and one.country == around.home:
        score += _HOME
    return score


def _share(counts: Counter[Key], key: Key) -> float:
    return counts[key] / (sum(counts.values()) + 0.5) if key in counts else 0.0


def _size(one: Location, name: str) -> float:
    if one.kind == "feature":
        return _FEATURE
    people = max(_HAMLET, math.log10(one.population + 1))
    if one.alias:
        people -= 1.5
    typed = one.kind == "county" and " " not in name
    return people - (1.0 if typed else 0.0)


def _trust(scores: list[float]) -> float:
    """Return how sure a choice is, between none and one, by how far its rivals fall behind."""
    top = max(scores)
    return 1.0 / sum(10 ** (score - top) for score in scores)


def _pull(one: Location, place: int, best: list[Location], trust: list[float]) -> float:
    """Return what the other names of the article add: near ones most, then of the same country."""
    near = same = 0.0
    for k, other in enumerate(best):
        if k == place:
            continue
        near += trust[k] / (1.0 + (distance(one, other) / _NEAR) ** 2)
        if other.country is not None and other.country == one.country:
            same += trust[k]
    return _NEIGHBOURS * min(near, 1.7) + _COMPATRIOTS * min(same, 3.0)


def distance(one: Location, other: Location) -> float:
    """Return the distance of two places in kilometres, on a flat map: exact enough when near."""
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude + 180) % 360 - 180
    east *= math.cos(math.radians((one.latitude + other.latitude) / 2))
    return 111.2 * math.hypot(north, east)
