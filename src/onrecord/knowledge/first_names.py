"""First names and the gender they tell, from ``first_names.tsv``."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table


class FirstName(msgspec.Struct, frozen=True):
    """A first name borne by one sex in nine cases of ten or more."""

    name: str
    gender: Literal["m", "f"]


@lru_cache(maxsize=1)
def first_names() -> dict[str, Literal["m", "f"]]:
    """Return gender by first name, capitalised, without accents."""
    return {row.name: row.gender for row in read_table(FOLDER / "first_names.tsv", FirstName)}


def gender_of(name: str) -> Literal["m", "f", ""]:
    """Return the gender that a person's full name tells by its first name, or an empty text."""
    from onrecord.knowledge.actors import fold

    words = fold(name).split()
    known = first_names()
    for word in words[:-1][:2]:
        if word in known:
            return known[word]
        if "-" in word and word.split("-")[0] in known:
            return known[word.split("-")[0]]
    return ""
