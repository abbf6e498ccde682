"""Figures on the same thing, compared: in one unit, with what their words leave open.

A figure reaches as far as its words say: "at least 40" has no upper end, "about 3,000" may be half a
step of its last telling digit off, "1.2 million" half a tenth of a million. Figures whose reaches
overlap agree. No rate of exchange is assumed, and no share is turned into a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import floor, inf, isclose, log10
from typing import TYPE_CHECKING

from onrecord.asking.matters import Matter, matter_of, stem
from onrecord.asking.rows import ClaimRow, ComparisonRow, FigureRelation
from onrecord.knowledge.claims import weak_subjects
from onrecord.knowledge.event_numbers import number_words
from onrecord.knowledge.quantities import bound_beside
from onrecord.storage.folding import folded

if TYPE_CHECKING:
    from pint import UnitRegistry

_POINTS = {"percentage point": 1.0, "basis point": 0.01}
_CURRENCY = re.compile(r"[A-Z]{3}")
_TO = re.compile(r"\bto\s(?:[a-z]+\s){0,3}\W{0,2}$", re.IGNORECASE)
_LAST_WORDS = 30
_TELLING, _ENOUGH, _OF_LONGER = 2, 0.5, 0.3
_SCORE = re.compile(r"\d+[-–]\d+$")
_WORD = re.compile(r"\w+")
_SIMILAR = 1e-9
_TELLING_DIGITS = 2
_LATEST = 200
"""So many figures before one, with a word of what it is about, are looked at."""
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def comparisons(rows: Iterable[ClaimRow]) -> list[ComparisonRow]:
    """Return each figure beside the last one before it on the same thing, in the order of ``rows``.

    Two figures are on the same thing if their units are of one kind, both are levels or both
    changes, and what they and their sentences are about is one matter: see ``same_thing``.
    """
    found = []
    earlier: dict[tuple[str, bool, str | None], list[tuple[int, ClaimRow]]] = defaultdict(list)
    for number, row in enumerate(rows):
        if not _is_comparable(row):
            continue
        keys = _about(row).topics or {_counted_as(row)}
        like = [earlier[_kind(row.unit), _is_change(row), key] for key in keys]
        near = {at: other for rows_of_key in like for at, other in rows_of_key[-_LATEST:]}
        before = next((near[at] for at in sorted(near)[::-1] if same_thing(near[at], row)), None)
        if before is not None:
            found.append(compare(before, row))
        for rows_of_key in like:
            rows_of_key.append((number, row))
    return found


def compare(first: ClaimRow, second: ClaimRow) -> ComparisonRow:
    """Return how the second figure stands to the first, in the unit of the first."""
    relation, difference, ratio, why = _related(first, second)
    return ComparisonRow(
        relation=relation,
        difference=difference,
        ratio=ratio,
        unit=first.unit,
        why=why,
        first=first,
        second=second,
    )


def _related(
    first: ClaimRow, second: ClaimRow
) -> tuple[FigureRelation, float | None, float | None, str]:
    if _kind(first.unit) != _kind(second.unit):
        return "not comparable", None, None, f"{_unit(first)} and {_unit(second)}"
    if _is_change(first) != _is_change(second):
        return "not comparable", None, None, "one is a change, the other a level"
    one, other = _middle(first), _middle(second)
    if one is None or other is None:
        return "not comparable", None, None, "a figure without a number"
    other = _converted(other, second.unit, first.unit)
    if _is_change(first) and {first.change, second.change} == {"up", "down"}:
        return "opposite", None, None, f"one goes {first.change}, the other {second.change}"
    difference = _plain(other - one)
    ratio = _plain(other / one) if one else None
    if _other_period(first, second):
        return "other period", difference, ratio, "they are about different times"
    low, high = _reach(first)
    least, most = (_converted(end, second.unit, first.unit) for end in _reach(second))
    if isclose(one, other, rel_tol=_SIMILAR) and not first.approximate and not second.approximate:
        return "equal", difference, ratio, "the same number"
    if least <= high and low <= most:
        return "agree", difference, ratio, "as exactly as their words put it"
    return ("higher" if difference > 0 else "lower"), difference, ratio, "no overlap"


def _plain(value: float) -> float:
    """Return a number without the noise of its last binary digits."""
    return float(f"{value:.10g}")


def same_thing(one: ClaimRow, other: ClaimRow) -> bool:
    """Tell whether two figures of one kind of unit put a number to the same thing.

    What they are about must share half of its telling words, and so must their sentences: half of
    those of the shorter, three in ten of those of the longer. Of people who came to harm, the kind
    of harm must be the same.
    """
    if (one.document, one.sentence.start) == (other.document, other.sentence.start):
        return False
    if _counted_as(one) != _counted_as(other):
        return False
    about, about_other = _about(one), _about(other)
    if _apart(about.parties, about_other.parties):
        return False
    if about.topics or about_other.topics:
        shared = about.topics & about_other.topics
        if len(shared) < _ENOUGH * len(about.topics | about_other.topics):
            return False
    elif _counted_as(one) is None:
        return False
    first = _whole(one.sentence.text, one.figure.text)
    second = _whole(other.sentence.text, other.figure.text)
    told = len(first.topics & second.topics) + bool(first.parties & second.parties)
    fewer, more = sorted((len(first.topics), len(second.topics)))
    needed = max(_TELLING, _ENOUGH * fewer, _OF_LONGER * more)
    return not _apart(first.parties, second.parties) and told >= needed


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _is_comparable(row: ClaimRow) -> bool:
    """Tell whether a figure stands for itself: no result of a game, no "two-person race"."""
    after = row.sentence.text[row.figure.end - row.sentence.start :]
    return row.about is not None and not after.startswith("-") and not _SCORE.match(row.figure.text)


def _about(row: ClaimRow) -> Matter:
    return _matter(row.about.text if row.about else "")


@lru_cache(maxsize=10_000)
def _matter(words: str) -> Matter:
    """Return what words are about, without those that say too little by themselves."""
    told = " ".join(word for word in folded(words).split() if word not in weak_subjects())
    return matter_of(told)


@lru_cache(maxsize=10_000)
def _whole(sentence: str, figure: str) -> Matter:
    """Return what a sentence is about, its words for the dead and the injured taken as one each."""
    numbers = set(folded(figure).split())
    matter = matter_of(" ".join(word for word in folded(sentence).split() if word not in numbers))
    topics = frozenset(_counted().get(topic, topic) for topic in matter.topics)
    return Matter(topics, matter.parties)


def _counted_as(row: ClaimRow) -> str | None:
    """Return the harm that people were counted by: that of the word nearest to a bare number."""
    if row.unit:
        return None
    at = row.figure.start - row.sentence.start
    found = [
        (abs(word.start() - at), kind)
        for word in _WORD.finditer(row.sentence.text)
        if (kind := _counted().get(stem(word.group().lower())))
    ]
    return min(found)[1] if found else None


@lru_cache(maxsize=1)
def _counted() -> dict[str, str]:
    """Return words that say what is counted, as stems, with the kind: "killed" and "deaths": dead."""
    return {
        stem(word): f"={row.kind}"
        for (_, word), rows in number_words().items()
        for row in rows
        if " " not in row.words and row.object is None
    }


def _is_change(row: ClaimRow) -> bool:
    """Tell whether a figure is by how much something changed: "rose 5 percent", not "rose to 40"."""
    if row.unit == "times" or row.change == "none":
        return row.change != "none"
    return _TO.search(_before(row)) is None


def _before(row: ClaimRow) -> str:
    start = max(0, row.figure.start - row.sentence.start)
    return row.sentence.text[max(0, start - _LAST_WORDS) : start]


def _middle(row: ClaimRow) -> float | None:
    if row.value is not None:
        return row.value
    return (row.low + row.high) / 2 if row.low is not None and row.high is not None else None


def _reach(row: ClaimRow) -> tuple[float, float]:
    """Return the least and the most that the words of a figure leave open, in its own unit."""
    low = row.low if row.low is not None else row.value
    high = row.high if row.high is not None else row.value
    if low is None or high is None:
        return -inf, inf
    start = row.figure.start - row.sentence.start
    end = row.figure.end - row.sentence.start
    bound = bound_beside(row.sentence.text, start, end) if row.approximate else None
    if bound == "least":
        return low, inf
    if bound == "most":
        return -inf, high
    slack = _step(row, low) / 2
    return low - slack, high + slack


def _step(row: ClaimRow, value: float) -> float:
    """Return the worth of a figure's last telling digit; zero for a number that is plainly exact.

    Counts and sums of money that are written out are exact. What is measured, and what is written
    as "1.2 million", has two telling digits at the least, and none behind the last that is written.
    """
    found = _DIGITS.search(row.figure.text)
    written = float(found.group().replace(",", "")) if found else value
    counted = not row.unit or _CURRENCY.fullmatch(row.unit)
    if not value or not written or (counted and written == value and not row.approximate):
        return 0.0
    digits = f"{abs(value):.6e}".split("e")[0].replace(".", "").rstrip("0")
    telling = max(len(digits), 1 if row.approximate else _TELLING_DIGITS)
    decimals = len(found.group().partition(".")[2]) if found else 0
    last = abs(value / written) * 10.0**-decimals
    return max(last, float(10.0 ** (floor(log10(abs(value))) - telling + 1)))


def _other_period(first: ClaimRow, second: ClaimRow) -> bool:
    starts, ends = (first.period_start, second.period_start), (first.period_end, second.period_end)
    if None in (*starts, *ends):
        return False
    return (ends[0] or "") < (starts[1] or "") or (ends[1] or "") < (starts[0] or "")


def _unit(row: ClaimRow) -> str:
    return row.unit or "a bare number"


@lru_cache(maxsize=1)
def _registry() -> UnitRegistry[float]:
    import pint  # takes half a second, and few questions need it

    return pint.UnitRegistry()


@lru_cache(maxsize=1_000)
def _kind(unit: str) -> str:
    """Return what figures must share to be compared: a currency, a dimension, a count."""
    if unit in _POINTS:
        return "point"
    if unit in ("", "times", "percent") or _CURRENCY.fullmatch(unit):
        return unit
    try:
        return str(_registry().Quantity(1, unit).dimensionality)
    except (ArithmeticError, AttributeError, ValueError):  # not one of pint's
        return unit


def _converted(value: float, unit: str, into: str) -> float:
    """Return a number of one unit in another of its kind."""
    if unit == into or value in (inf, -inf):
        return value
    if unit in _POINTS:
        return value * _POINTS[unit] / _POINTS[into]
    return float(_registry().Quantity(value, unit).to(into).magnitude)
