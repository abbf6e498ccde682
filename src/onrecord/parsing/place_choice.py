"""Which of the places of one name is meant, by the article's other places (after Leidner 2007)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.knowledge.places import Location, place_key

#: Kilometres at which a neighbour's pull has halved.
_NEAR = 150.0
_ROUNDS = 2
_MOST_OPTIONS = 10
#: How fast a place's chance falls with its score, per power of ten of the population.
_SHARPNESS = 0.6
#: What the article's states and divisions add, at most; what a seat of government or the publisher's
#: country adds; what a near neighbour and one of the same country add: all in powers of ten of people.
_COUNTRY, _DIVISION, _CAPITAL, _HOME, _NEIGHBOURS, _COMPATRIOTS = 1.2, 1.2, 0.9, 1.3, 1.5, 0.25
#: However many neighbours there are, no more of them count than this.
_MOST, _ALIKE = 1.1, 3.0
_FEATURE = 5.0
#: A seat of government of this size is known all over the world.
_METROPOLIS = 1_000_000
_HAMLET = 2.0


Floats = npt.NDArray[np.float64]
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
    """Return the place that each name means: what qualifies it first, then its neighbours.

    Every option is drawn to the likeliest near option of each other name; then again, with what the
    first round told.
    """
    groups = _groups(names)
    options: list[Location] = []
    scores: list[float] = []
    starts: list[int] = []
    for group in groups:
        named = _first_of(names, group)
        starts.append(len(options))
        rated = [(_alone(one, named, around), one) for one in named.options]
        rated.sort(key=lambda pair: (-pair[0], pair[1].geonames_id or 0))
        options += [one for _, one in rated[:_MOST_OPTIONS]]
        scores += [score for score, _ in rated[:_MOST_OPTIONS]]
    chosen = _with_neighbours(options, np.array(scores), starts)
    of_group = {
        member: options[k] for k, group in zip(chosen, groups, strict=True) for member in group
    }
    return [of_group[k] for k in range(len(names))]


def _with_neighbours(options: list[Location], alone: Floats, starts: list[int]) -> list[int]:
    """Return for each name the option that scores highest with its neighbours."""
    sizes = np.diff([*starts, len(options)])
    name = np.repeat(np.arange(len(starts)), sizes)
    near = _NEAR**4 / (_NEAR**4 + _distances(options) ** 4)
    codes = {one.country: k for k, one in enumerate(options) if one.country}
    country = np.array([codes.get(one.country or "", -1 - k) for k, one in enumerate(options)])
    same = (country[:, None] == country[None, :]).astype(float)
    other = name[:, None] != name[None, :]
    near, same = near * other, same * other
    scores = alone
    for _ in range(_ROUNDS):
        chance = _chances(scores, starts, name)
        pulled = np.maximum.reduceat(near * chance, starts, axis=1).sum(axis=1)
        alike = np.maximum.reduceat(same * chance, starts, axis=1).sum(axis=1)
        scores = (
            alone
            + _NEIGHBOURS * np.minimum(pulled, _MOST)
            + _COMPATRIOTS * np.minimum(alike, _ALIKE)
        )
    ends = [*starts[1:], len(options)]
    return [
        first + int(np.argmax(scores[first:last])) for first, last in zip(starts, ends, strict=True)
    ]


def _chances(scores: Floats, starts: list[int], name: npt.NDArray[np.int64]) -> Floats:
    """Return how likely each option is among those of its name; they add up to one."""
    top = np.maximum.reduceat(scores, starts)
    odds = 10.0 ** (_SHARPNESS * (scores - top[name]))
    chances: Floats = odds / np.add.reduceat(odds, starts)[name]
    return chances


def _distances(options: list[Location]) -> Floats:
    """Return the distances of all options in kilometres, on a flat map: exact enough when near."""
    latitude = np.array([one.latitude for one in options])
    longitude = np.array([one.longitude for one in options])
    north = latitude[:, None] - latitude[None, :]
    east = (longitude[:, None] - longitude[None, :] + 180.0) % 360.0 - 180.0
    east *= np.cos(np.radians((latitude[:, None] + latitude[None, :]) / 2.0))
    distances: Floats = 111.2 * np.hypot(north, east)
    return distances


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
    if one.geonames_id in around.capitals and one.population >= _METROPOLIS:
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
    if one.kind == "county" and " " not in name:
        return people - 1.0
    return people - (0.4 if one.kind == "division" else 0.0)
