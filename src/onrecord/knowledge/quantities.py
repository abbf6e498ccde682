"""Words beside a number that say it is not exact, and which way it may be wrong, as a table."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table

QUANTITIES = FOLDER / "quantities"
Bound = Literal["least", "most", "about"]
_WIDEST = 26


class Approximator(msgspec.Struct, frozen=True):
    """A row of ``quantities/approximators.tsv``."""

    place: Literal["before", "after"]
    bound: Bound
    words: tuple[str, ...]


@cache
def _approximators() -> tuple[dict[str, Bound], re.Pattern[str], re.Pattern[str]]:
    """Return which bound each word is, and what finds the words before and after a number."""
    bounds: dict[str, Bound] = {"+": "least"}
    places: dict[str, list[str]] = {"before": [], "after": []}
    for row in read_table(QUANTITIES / "approximators.tsv", Approximator):
        bounds.update(dict.fromkeys(row.words, row.bound))
        places[row.place] += row.words
    before, after = (
        "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=_longest))
        for words in places.values()
    )
    return (
        bounds,
        re.compile(
            rf"(?:^|(?<![\w])({before})\s?|(?<=\W)({before})\s)(?:an?\s|the\s|by\s)?$", re.I
        ),
        re.compile(rf"(\+)|[\s-]({after})\b", re.I),
    )


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def bound_beside(text: str, start: int, end: int) -> Bound | None:
    """Return what the words beside a number make of it: "nearly", "at least", "or so"; or none."""
    bounds, before, after = _approximators()
    found = before.search(" " + text[max(0, start - _WIDEST) : start]) or after.match(text, end)
    if found is None:
        return None
    words = next((group for group in found.groups() if group), "")
    return bounds.get(" ".join(words.lower().split()), "about")
