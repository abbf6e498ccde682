"""What a time expression hangs on: the date of publication, and the times told before it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import msgspec

from onrecord.parsing.timex_calendar import Interval, add_months, interval, narrowed, value_at
from onrecord.parsing.timex_direction import Direction
from onrecord.record import Basis, Grain, Span, TimexType, When

Hangs = Literal["explicit", "anchor", "text", "nothing"]


#: A bare month without a verb to tell is the last one, unless that is further back than this.
NEAR_MONTHS = 8


#: An election of the month before last is still "the May election".
JUST_HELD = 3


class Reading(msgspec.Struct, frozen=True):
    """What an expression means: TIMEX3 type and value, modifier, and what it hangs on.

    ``days`` replaces the interval that the value would give. ``zone`` is an offset from UTC that
    the interval keeps, but the value, as TIMEX3 is written in practice, does not.
    """

    type: TimexType
    value: str
    hangs: Hangs = "explicit"
    mod: str = ""
    days: Interval | None = None
    zone: str = ""


class Scene:
    """Anchor date, narrative reference and direction, while a text is read from left to right."""

    def __init__(
        self, anchor: When | None, direction: Direction, southern: bool, floor: int = 0
    ) -> None:
        self.anchor: date | None = None
        self.basis: Basis = "unresolved"
        if anchor is not None and anchor.start:
            self.anchor = anchor.last_day or anchor.first_day
            self.basis = "retrieval" if anchor.basis == "retrieval" else "publication"
        self.direction = direction
        self.southern = southern
        self.floor = floor
        self.reference: date | None = None
        self.reference_hangs: Hangs = "nothing"
        self.reference_value = ""
        self.day: date | None = None
        self.day_hangs: Hangs = "nothing"
        self.reference_end = -1
        self.ahead: tuple[str, Hangs] | None = None

    def heed(self, reading: Reading, end: int) -> None:
        """Remember a date that later expressions ("the next day") may hang on."""
        found = reading.days or interval(reading.value.partition("T")[0], southern=self.southern)
        if found is None or reading.type not in {"DATE", "TIME"}:
            return
        self.reference = date.fromisoformat(found[0][:10])
        self.reference_hangs = reading.hangs
        self.reference_value = reading.value
        self.reference_end = end
        if found[2] == "day":
            self.day, self.day_hangs = self.reference, reading.hangs

    def day_before(self) -> tuple[date | None, Hangs]:
        """Return the narrative's last single day, or the anchor if none was told."""
        return (self.day, self.day_hangs) if self.day else (self.anchor, "anchor")

    def time_before(self) -> tuple[date | None, Hangs]:
        """Return the narrative's last date, or the anchor if none was told."""
        if self.reference is not None:
            return self.reference, self.reference_hangs
        return self.anchor, "anchor"

    def when(self, reading: Reading, span: Span) -> When:
        """Return the interval of a reading, on its basis, or an unresolved one."""
        found = reading.days
        if found is None and reading.type in {"DATE", "TIME"}:
            found = interval(reading.value + reading.zone, southern=self.southern)
        if reading.value == "PRESENT_REF" and self.anchor is not None:
            today = self.anchor.isoformat()
            return When(today, today, "day", self.basis, span)
        if found is None:
            return When(None, None, grain_of(reading.value), "unresolved", span)
        if reading.mod:
            found = narrowed(found, reading.mod)
        basis: Basis = self.basis if reading.hangs == "anchor" else "explicit"
        return When(found[0], found[1], found[2], basis, span)

    def month_year(self, month: int, start: int, end: int) -> int | None:
        """Return the year of a bare month: the last one past, or the next, by direction."""
        if self.anchor is None:
            return None
        year, now = self.anchor.year, self.anchor.month
        way = self._attributive(start, end, month) or self.direction.of(start, end)
        if way == 0 and (now - month) % 12 > NEAR_MONTHS:
            way = 1
        if way > 0:
            return year if month >= now else year + 1
        return year if month <= now else year - 1

    def _attributive(self, start: int, end: int, month: int) -> int:
        """Return the direction of a month that stands before a noun: the nearest, or an event's."""
        kind = self.direction.attributive(start, end)
        if not kind or self.anchor is None:
            return 0
        back, ahead = (self.anchor.month - month) % 12, (month - self.anchor.month) % 12
        return -1 if back <= (JUST_HELD if kind == "event" else ahead) else 1

    def day_year(self, month: int, day: int, start: int, end: int) -> int | None:
        """Return the year of a bare day and month: the nearest, but by direction if far."""
        if self.anchor is None:
            return None
        near = _nearest(self.anchor, month, day)
        if near is None:
            return None
        distance = (near - self.anchor).days
        if abs(distance) > 75:
            way = self.direction.of(start, end)
            if way and way * distance < 0:
                return near.year + way
        return near.year

    def weekday(self, number: int, start: int, end: int, way: int | None = None) -> date | None:
        """Return the day a bare weekday means: today, the last or the next one."""
        if self.anchor is None:
            return None
        if way is None:
            way = self.direction.of(start, end)
        if way > 0:
            return self.anchor + timedelta(days=(number - self.anchor.isoweekday()) % 7)
        return self.anchor - timedelta(days=(self.anchor.isoweekday() - number) % 7)

    def unit_value(self, unit: str, offset: int, day: date | None = None) -> str | None:
        """Return the value of the unit ``offset`` units from the one that holds the anchor."""
        base = day or self.anchor
        if base is None:
            return None
        try:
            return value_at(step(base, unit, offset), unit)
        except (ValueError, OverflowError):
            return None


def step(day: date, unit: str, offset: int) -> date:
    """Return a day in the unit ``offset`` units away. Raises where the calendar ends."""
    months = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
    if months:
        return add_months(day.replace(day=1), offset * months)
    days = {"W": 7, "WE": 7, "F": 14}.get(unit, 1)
    return day + timedelta(days=offset * days)


def _nearest(anchor: date, month: int, day: int) -> date | None:
    near: date | None = None
    for year in (anchor.year, anchor.year - 1, anchor.year + 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if near is None or abs((candidate - anchor).days) < abs((near - anchor).days):
            near = candidate
    return near


OPEN_GRAINS: dict[str, Grain] = {
    "XX": "century", "XXX": "decade", "XXXX": "year", "XXXX-XX": "month", "XXXX-WXX": "week",
    "XXXX-QX": "quarter", "XXXX-HX": "half",
}  # fmt: skip
UNIT_GRAINS: dict[str, Grain] = {
    "DE": "decade", "CE": "century", "WE": "weekend", "Y": "year", "M": "month", "W": "week",
    "Q": "quarter",
}  # fmt: skip
TIME_GRAINS: dict[str, Grain] = {"H": "hour", "S": "second", "M": "minute"}


def grain_of(value: str) -> Grain:
    """Return the grain of a TIMEX3 value whose days are unknown: ``P3D`` is of days."""
    if value.startswith("PT"):
        return TIME_GRAINS.get(value[-1], "minute")
    if value.startswith("P") and not value.endswith("REF"):
        return next((grain for end, grain in UNIT_GRAINS.items() if value.endswith(end)), "day")
    if "T" in value and not value.startswith(("PAST", "PRESENT", "FUTURE")):
        return "minute" if ":" in value else "part-of-day"
    if value in OPEN_GRAINS:
        return OPEN_GRAINS[value]
    if value.endswith("WE"):
        return "weekend"
    if "-W" in value and value.count("-") == 1:
        return "week"
    if value.startswith("XXXX-") and value.count("-") == 1:
        return "month" if value[5:].isdigit() else "season"
    return "day"
