"""Time expressions of a text: TIMEX3 types and values, and the intervals they mean.

``find_times`` reads each paragraph from left to right: tokens become codes, the longest rule of
the grammar that matches is read against the date of publication and the times told before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from onrecord.knowledge.tables import read_table
from onrecord.parsing import (
    timex_clock,
    timex_dates,
    timex_durations,
    timex_relative,
    timex_seasons,
    timex_spans,
    timex_years,
)
from onrecord.parsing.timex_calendar import Interval, interval, moved
from onrecord.parsing.timex_direction import Direction, Tense
from onrecord.parsing.timex_grammar import Hit, grammar, prefix
from onrecord.parsing.timex_scene import Hangs, Reading, Scene, grain_of
from onrecord.parsing.timex_tokens import OTHER, TIMES, Tokens, lexicon
from onrecord.record import Span, TimeExpression, TimexType, When

Reader = Callable[[Hit, Scene], Reading | None]
READERS: dict[str, Reader] = {
    name.removeprefix("read_"): reader
    for module in (
        timex_dates,
        timex_years,
        timex_seasons,
        timex_relative,
        timex_durations,
        timex_spans,
        timex_clock,
    )
    for name, reader in vars(module).items()
    if name.startswith("read_") and name != "read_table"
}
#: Rules that "early", "the end of" and "later" may stand before.
AFTER_EARLY = frozenset(
    "month year decade decadename century relunit weekday day0 daypart season partof quarter date "
    "holiday yearpair fiscalyear nthunit".split()
)
AFTER_EDGE = AFTER_EARLY | {"theunit", "bareunit", "yearpair"}
AFTER_LATER = frozenset({"relunit", "day0", "weekday", "bareunit", "theunit"})
JOINED = frozenset({"weekday", "day0", "date", "iso"})
#: Rules of comparisons ("the same month a year ago"), which do not move the narrative.
COMPARING = frozenset({"sameperiod", "yearago", "setof"})
LONGEST = 40


class Fixed(msgspec.Struct, frozen=True):
    """A row of ``times/expressions.tsv``."""

    text: str
    type: TimexType
    value: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()


class Found(NamedTuple):
    """A reading, the rule that gave it, and the tokens it covers."""

    rule: str
    first: int
    last: int
    reading: Reading


@cache
def _fixed() -> dict[str, list[tuple[tuple[str, ...], Fixed]]]:
    """Return the fixed expressions by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], Fixed]]] = {}
    for row in read_table(TIMES / "expressions.tsv", Fixed):
        words = tuple(re.findall(r"\w+|-", row.text))
        table.setdefault(words[0], []).append((words, row))
    for rows in table.values():
        rows.sort(key=lambda pair: -len(pair[0]))
    return table


class _Reader:
    """One stretch of text, being read from left to right."""

    def __init__(self, text: str, start: int, end: int, scene: Scene) -> None:
        self.text = text
        self.tokens = Tokens(text, start, end)
        self.scene = scene
        self.rules = grammar()
        self.fixed = _fixed()
        self.prefix = prefix()

    def read(self) -> Iterator[TimeExpression]:
        """Yield the expressions in order, telling the scene of each."""
        place, items, codes = 0, self.tokens.items, self.tokens.codes
        while place < len(items):
            if codes[place] == OTHER and items[place].lower not in self.fixed:
                place += 1
                continue
            found = self._joined(self.best(place))
            if found is None:
                place += 1
                continue
            span = Span(items[found.first].start, items[found.last - 1].end)
            reading = found.reading
            yield TimeExpression(span, reading.type, reading.value, self.scene.when(reading, span))
            if found.rule not in COMPARING:
                self.scene.heed(reading, span.end)
            place = found.last

    def best(self, place: int) -> Found | None:
        """Return the longest expression that begins at a token, or none."""
        found = [self._fixed_at(place), self._prefixed(place), self._by_rule(place)]
        known = [one for one in found if one is not None]
        return max(known, key=lambda one: one.last) if known else None

    def _fixed_at(self, place: int) -> Found | None:
        items = self.tokens.items
        for words, row in self.fixed.get(items[place].lower, ()):
            last = place + len(words)
            if tuple(item.lower for item in items[place:last]) != words:
                continue
            after = items[last].lower if last < len(items) else ""
            before = items[place - 1].lower if place else ""
            if after in row.not_before or before in row.not_after or after in {"-", "‑"}:
                continue
            if row.only_after and before not in row.only_after:
                continue
            return Found("fixed", place, last, Reading(row.type, row.value, "nothing"))
        return None

    def _day_ahead(self, last: int) -> tuple[str, Hangs] | None:
        """Return the day told right after a clock time: "at 16:15 UTC, June 1st"."""
        place = last
        while place < min(last + 2, len(self.tokens)) and self.tokens.items[place].lower in {
            ",",
            "on",
        }:
            place += 1
        found = self._by_rule(place, JOINED) if place > last and place < len(self.tokens) else None
        if found is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", found.reading.value):
            return None
        return found.reading.value, found.reading.hangs

    def _by_rule(self, place: int, allowed: frozenset[str] | None = None) -> Found | None:
        codes = self.tokens.codes
        matches = []
        for order, rule in enumerate(self.rules.get(codes[place], ())):
            if allowed is not None and rule.name not in allowed:
                continue
            match = rule.pattern.match(codes, place, place + LONGEST)
            if match is not None and match.end() > place:
                matches.append((-match.end(), order, rule.name, match))
        for _, _, name, match in sorted(matches, key=lambda one: one[:2]):
            hit = Hit(self.tokens.items, match)
            self.scene.ahead = self._day_ahead(hit.last) if name == "clock" else None
            reading = READERS[name](hit, self.scene)
            if reading is not None:
                return Found(name, hit.first, hit.last, reading)
        return None

    def _prefixed(self, place: int) -> Found | None:
        """Read "early June", "the end of last year", "later this week"."""
        match = self.prefix.match(self.tokens.codes, place)
        if match is None or match.end() >= len(self.tokens):
            return None
        compared = self._value(match, "cmp")
        allowed = AFTER_LATER if compared else AFTER_EDGE if match["edge"] else AFTER_EARLY
        inner = self._by_rule(match.end(), allowed)
        if inner is None and (compared or match["edge"]):
            inner = self._bare_unit(match.end())
        if inner is None or inner.reading.type not in {"DATE", "TIME"}:
            return None
        if compared:
            reading = self._beside_anchor(inner.reading, compared)
        else:
            mod = self._value(match, "mod") or self._value(match, "edge")
            reading = msgspec.structs.replace(inner.reading, mod=mod)
        return Found(inner.rule, place, inner.last, reading)

    def _value(self, match: re.Match[str], group: str) -> str:
        if not match[group]:
            return ""
        token = self.tokens.items[match.start(group)]
        return token.value or token.lower

    def _bare_unit(self, place: int) -> Found | None:
        """Read "the year" in "the end of the year": this year."""
        items = self.tokens.items
        if place + 1 >= len(items) or items[place].lower != "the":
            return None
        unit = items[place + 1].value
        if unit not in {"Y", "M", "W", "D", "DE", "CE", "Q", "WE"} or items[
            place + 1
        ].lower.endswith("s"):
            return None
        following = items[place + 2].lower if place + 2 < len(items) else ""
        if following in {"of", "before", "after"}:
            return None
        base = self.scene.day if unit == "D" else None
        value = self.scene.unit_value(unit, 0, base)
        if value is None:
            return None
        hangs = self.scene.day_hangs if base else "anchor"
        return Found("bareunit", place, place + 2, Reading("DATE", value, hangs))

    def _beside_anchor(self, reading: Reading, word: str) -> Reading:
        """Narrow "earlier this month" to the days before the anchor, "later" to those after."""
        found = interval(reading.value, southern=self.scene.southern)
        today = self.scene.anchor.isoformat() if self.scene.anchor else ""
        if found is None or not today or not found[0][:10] <= today <= found[1][:10]:
            return reading
        first, last, grain = found
        if grain == "day":
            return reading
        days: Interval = (first, today, grain) if word == "earlier" else (today, last, grain)
        return msgspec.structs.replace(reading, days=days)

    def _joined(self, found: Found | None) -> Found | None:
        """Join a time of day and the day right after it: "16:00 UTC today"."""
        if found is None or found.rule != "clock" or found.last >= len(self.tokens):
            return found
        after = self._by_rule(found.last, JOINED)
        if after is None or after.reading.type != "DATE":
            return found
        clock = found.reading.value.partition("T")[2]
        value = f"{after.reading.value}T{clock}"
        reading = Reading("TIME", value, after.reading.hangs, zone=found.reading.zone)
        return Found("clock", found.first, after.last, reading)


def find_times(
    text: str,
    *,
    anchor: When | None,
    spans: Sequence[tuple[int, int]] | None = None,
    tense_at: Callable[[int], str | None] | None = None,
    southern: bool = False,
) -> list[TimeExpression]:
    """Return the time expressions of ``text`` in order, none overlapping another.

    ``anchor`` is the date of publication; without it nothing relative is invented. ``spans`` are
    the stretches to look in (the whole text by default). ``tense_at`` gives the tense of the clause
    at a character offset, as ``past``, ``present`` or ``future``. ``southern`` turns the seasons.
    """
    tense: Tense | None = tense_at
    scene = Scene(anchor, Direction(text, tense), southern)
    found: list[TimeExpression] = []
    for start, end in sorted(spans) if spans is not None else [(0, len(text))]:
        begin = max(start, found[-1].span.end) if found else start
        found.extend(_Reader(text, begin, min(end, len(text)), scene).read())
    return found


def shift(anchor_when: When, amount: int, grain: str) -> When:
    """Return the time ``amount`` grains after an event's ("a week before the call": -1, "week").

    Moves first and last day; an unresolved time stays unresolved. Raises nothing.
    """
    unit = {"week": "W", "month": "M", "year": "Y", "day": "D", "decade": "DE", "century": "CE",
            "quarter": "Q", "half": "H", "weekend": "W"}.get(grain, "D")  # fmt: skip
    first, last = anchor_when.first_day, anchor_when.last_day
    if first is None or last is None:
        return anchor_when
    try:
        days = [moved(day, amount, unit).isoformat() for day in (first, last)]
    except (ValueError, OverflowError):
        return When(None, None, anchor_when.grain, "unresolved", anchor_when.span)
    found = grain_of(f"P1{unit}") if first == last else anchor_when.grain
    return When(days[0], days[1], "day" if first == last and unit in {"D", "W"} else found,
                anchor_when.basis, anchor_when.span)  # fmt: skip


def load() -> None:
    """Load knowledge and grammar now rather than at the first text."""
    lexicon()
    grammar()
    _fixed()
