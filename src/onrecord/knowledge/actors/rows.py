"""The rows of the actor tables, as a person writes them, checked when they are read."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _check_dates(start: str | None, end: str | None) -> None:
    for value in (start, end):
        if value is not None and not _DATE.fullmatch(value):
            raise ValueError(f"date {value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    if start and end and start[: len(end)] > end[: len(start)]:
        raise ValueError(f"starts {start}, after its end {end}")


class State(msgspec.Struct, frozen=True):
    """A state or territory: names, demonyms, capital, words that stand for its government."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    wikidata: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    start: str | None = None
    end: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        _check_dates(self.start, self.end)


class Tenure(msgspec.Struct, frozen=True):
    """One person's time in one office. Rows of equal name and country are one person."""

    name: str
    role: str
    gender: Literal["m", "f"]
    country: str
    aliases: tuple[str, ...] = ()
    organisation: str | None = None
    sector: str | None = None
    start: str | None = None
    end: str | None = None
    wikidata: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        _check_dates(self.start, self.end)

    def holds(self, day: str) -> bool:
        """Tell whether the office is held on ``day`` (ISO date); months and years count whole."""
        begun = self.start is None or self.start <= day
        over = self.end is not None and day[: len(self.end)] > self.end
        return begun and not over


class Organisation(msgspec.Struct, frozen=True):
    """An organisation, armed group, party, company or news outlet."""

    id: str
    name: str
    kind: Literal["organisation", "armed group", "company", "media", "group"]
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    start: str | None = None
    end: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        _check_dates(self.start, self.end)


class Region(msgspec.Struct, frozen=True):
    """A part of a state, a sea, or a region of the world."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    country: str | None = None
    capital: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    note: str | None = None


class Agent(msgspec.Struct, frozen=True):
    """A common noun for people or bodies that act or speak ("police", "senior official")."""

    noun: str
    kind: Literal["person", "group", "body", "document"]
    plural: str | None = None
    sector: str | None = None
    gender: Literal["m", "f"] | None = None
    note: str | None = None


class Title(msgspec.Struct, frozen=True):
    """A word that stands before or after a name, or alone for the holder of an office."""

    title: tuple[str, ...]
    role: str | None = None
    sector: str | None = None
    gender: Literal["m", "f"] | None = None
    note: str | None = None
