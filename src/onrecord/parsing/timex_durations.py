"""Readers of durations and sets: "three days", "the past decade", "every Tuesday", "annual"."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from onrecord.knowledge.tables import read_table
from onrecord.parsing.quantity_numbers import parse_number
from onrecord.parsing.timex_grammar import Hit
from onrecord.parsing.timex_scene import Reading, Scene
from onrecord.parsing.timex_tokens import TIMES

RATE_BEFORE = re.compile(
    r"(?:\d[\d.,]*|%|per\s?cent|[a-z]+s|million|billion|trillion|twice|once|each|times|dollars?)"
    r"(?:\sor\smore)?\s$"
)
NOT_RATE = re.compile(r"\b(?:for|in|within|after|than|about|nearly|almost|is|was|has|lasts?|takes?|as|"
                      r"this|these|his|its|us|less|always|plus|times|"
                      r"perhaps|sometimes|across|towards|afterwards|besides)\s$")  # fmt: skip


DAY_WHEN = re.compile(r"\s(?:when|that|of|to|for|we|I|he|she|they|any\w+|in\s[tho])\b")


HALVES = {"TH": "PT30M", "TM": "PT30S", "D": "PT12H", "Y": "P6M", "DE": "P5Y", "CE": "P50Y"}


#: "75 hours of video" measures a recording, not a time of the world.
RECORDED = re.compile(
    r"\sof\s(?:video|footage|music|audio|film|tape|recordings?|programming|content)\b"
)


class Repetition(msgspec.Struct, frozen=True):
    """A row of ``times/sets.tsv``."""

    text: str
    value: str


@cache
def _repetitions() -> dict[str, str]:
    return {row.text: row.value for row in read_table(TIMES / "sets.tsv", Repetition)}


def amount(hit: Hit, group: str = "n") -> float | None:
    """Return the number in a group, none if it is vague ("several", "a few")."""
    text = hit.text(group)
    if text in {"a", "an", "another"} or text.endswith(" single"):
        return 1.0
    if "half" in text.split()[:1]:
        return 0.5
    if re.fullmatch(r"(?:a |an )?(?:couple|pair)(?: of)?", text):
        return 2.0
    if not text or re.search(r"\b(?:several|few|many|some|dozens|hundreds|thousands|millions|billions|"
                             r"numerous|countless|multiple)\b", text):  # fmt: skip
        return None
    return parse_number(text)


def duration_value(count: str, unit: str) -> str:
    """Return the TIMEX3 value of ``count`` units: ``P3D``, ``PT2H``, ``PXY``, ``P14D``."""
    if unit == "F":
        return f"P{int(count) * 2}W" if count.isdigit() else "PXW"
    if unit == "2":
        unit = "TS"
    if count == "0.5" and unit in HALVES:
        return HALVES[unit]
    if unit in {"DE", "CE", "ML"} and count.isdigit():
        return f"P{int(count) * {'DE': 10, 'CE': 100, 'ML': 1000}[unit]}Y"
    if unit.startswith("T"):
        return f"PT{count}{unit[1:]}"
    return f"P{count}{'TNI' if unit == 'NI' else unit}"


def plain(count: float | None) -> str:
    """Return a count as TIMEX3 writes it: ``3``, ``2.5``, ``X``."""
    if count is None or count != count or count in {float("inf"), float("-inf")}:
        return "X"
    return str(int(count)) if count == int(count) else f"{count:g}"


def is_age(text: str, end: int) -> bool:
    """Tell whether the duration that ends here is an age: "64-year-old", "56 years of age"."""
    return re.match(r"\s?[-–]?\s?(?:olds?\b|of\sage\b)", text[end : end + 9]) is not None


def read_duration(hit: Hit, scene: Scene) -> Reading | None:
    """Read "three days", "a year", "several weeks", "27-year", "decades"."""
    text = scene.direction.text
    unit = hit.value("u")
    if is_age(text, hit.end) or (unit == "2" and not _is_second(hit)):
        return None
    if hit.text("n") == "a" and text.startswith("s", hit.tokens("u")[-1].end - 1):
        return None
    if RECORDED.match(text, hit.end):
        return None
    if not hit.has("n"):
        return _bare_units(hit, text)
    count = amount(hit)
    if hit.has("half") and count is not None:
        count += 0.5
    if hit.has("h"):
        count = 0.5
    word = hit.text("n")
    if word in {"a", "an"} and not (hit.has("ap") or hit.has("half") or hit.has("h")):
        return _single(hit, scene, text, unit)
    if unit == "Q" and (
        count is None or count < 1 or not hit.items[hit.last - 1].lower.endswith("s")
    ):
        return None if word not in {"one"} else Reading("DURATION", "P1Q")
    if (
        unit == "Q"
        and count is not None
        and re.match(r"\s(?:of|the|million|billion|trillion)\b", text[hit.end : hit.end + 10])
    ):
        return None
    return Reading("DURATION", duration_value(plain(count), unit))


def _is_second(hit: Hit) -> bool:
    """Tell a second of time from "one second place": only after a number above one, hyphenated."""
    return any(token.lower in {"-", "–"} for token in hit.items[hit.first : hit.last])


def _bare_units(hit: Hit, text: str) -> Reading | None:
    word = hit.word("u")
    before = text[max(0, hit.start - 12) : hit.start]
    if hit.has("long"):
        return Reading("DURATION", duration_value("X", hit.value("u")))
    if word in {"seconds", "secs", "mins", "hrs", "yrs", "nights"}:
        return None
    if re.search(r"\b(?:for|in|over|took|taken|take|within|of|after|before|lasted|lasting|spent|weeks or|"
                 r"months or|days or|hours or|years or|been)\s$", before, re.I):  # fmt: skip
        return Reading("DURATION", duration_value("X", hit.value("u")))
    if re.match(r"\s(?:of|after|before|later|earlier)\b", text[hit.end : hit.end + 9]):
        return Reading("DURATION", duration_value("X", hit.value("u")))
    return (
        Reading("DURATION", duration_value("X", hit.value("u")))
        if word in {"decades", "centuries"}
        else None
    )


def _single(hit: Hit, scene: Scene, text: str, unit: str) -> Reading | None:
    """Read "a year" and "an hour": a rate after a number ("$5 a year"), else a duration."""
    before = text[max(0, hit.start - 24) : hit.start]
    if unit in {"Q", "H", "WE"} or (unit == "D" and DAY_WHEN.match(text[hit.end : hit.end + 12])):
        return None
    if RATE_BEFORE.search(before) and not NOT_RATE.search(before):
        return Reading("SET", duration_value("1", unit))
    return Reading("DURATION", duration_value("1", unit))


def read_unitlong(hit: Hit, scene: Scene) -> Reading | None:
    """Read "week-long", "daylong"."""
    return Reading("DURATION", duration_value("1", hit.items[hit.first].value))


def read_rate(hit: Hit, scene: Scene) -> Reading | None:
    """Read the rate in "$20-an-hour"."""
    return Reading("SET", duration_value("1", hit.value("u")))


def read_theyears(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the years" in "over the years"."""
    before = scene.direction.text[max(0, hit.start - 5) : hit.start].lower()
    unit = hit.value("u")
    if before != "over " or unit not in {"Y", "M", "DE", "CE", "W"}:
        return None
    return Reading("DURATION", duration_value("X", unit))


def read_duration2(hit: Hit, scene: Scene) -> Reading | None:
    """Read "two hours and 20 minutes", "a year, three months"."""
    first, second = amount(hit), amount(hit, "n2")
    unit, unit2 = hit.value("u"), hit.value("u2")
    order = ["Y", "M", "W", "D", "TH", "TM", "TS"]
    if first is None or second is None or unit not in order or unit2 not in order:
        return None
    if order.index(unit) >= order.index(unit2) or is_age(scene.direction.text, hit.end):
        return None
    head = duration_value(plain(first), unit)
    tail = duration_value(plain(second), unit2)
    tail = tail[2:] if head.startswith("PT") else tail[1:]
    return Reading("DURATION", head + tail)


def read_durations(hit: Hit, scene: Scene) -> Reading | None:
    """Read "two to three years", "10-15 minutes"."""
    count = amount(hit, "e")
    if count is None or is_age(scene.direction.text, hit.end):
        return None
    if hit.has("way"):
        move = "PAST_REF" if hit.word("way") == "ago" else "XXXX-XX-XX"
        return Reading("DATE", move, "nothing")
    return Reading("DURATION", duration_value(plain(count), hit.value("u")))


def read_setof(hit: Hit, scene: Scene) -> Reading | None:
    """Read "every day", "each Tuesday", "every two years", "twice a week"."""
    tokens = hit.items[hit.first : hit.last]
    last = tokens[-1]
    if hit.has("f"):
        return Reading("SET", duration_value("1", hit.value("u")))
    unit = hit.value("u")
    count = amount(hit) if hit.has("n") else 2.0 if hit.has("other") else 1.0
    lower = last.lower
    if lower.endswith("day") and lower != "day":
        return Reading("SET", f"XXXX-WXX-{unit}")
    if len(tokens) == 3 and not unit:
        return Reading("SET", f"XXXX-WXX-{tokens[1].value}T{last.value}")
    if unit in {"MO", "AF", "EV", "NI"}:
        return Reading("SET", f"XXXX-XX-XXT{unit}")
    if unit in {"SP", "SU", "FA", "WI"}:
        return Reading("SET", f"XXXX-{unit}")
    if unit.isdigit() and len(unit) == 2:
        return Reading("SET", f"XXXX-{unit}")
    if unit == "WE":
        return Reading("SET", "XXXX-WXX-WE")
    return Reading("SET", duration_value(plain(count), unit)) if unit else None


def read_adverb(hit: Hit, scene: Scene) -> Reading | None:
    """Read "daily", "annually"; not the *Daily Mail*."""
    surface = scene.direction.text[hit.start : hit.end]
    after = scene.direction.text[hit.end : hit.end + 2]
    if surface[0].isupper() and re.match(r"\s[A-Z]", after):
        return None
    if surface[0].isupper() and re.search(r"[A-Za-z]\s$", scene.direction.text[: hit.start][-2:]):
        return None
    return Reading("SET", _repetitions()[surface.lower()])


def read_weekends(hit: Hit, scene: Scene) -> Reading | None:
    """Read "weekends"."""
    return Reading("SET", "XXXX-WXX-WE")


def read_weekdayspart(hit: Hit, scene: Scene) -> Reading | None:
    """Read "Mondays"."""
    return Reading("SET", f"XXXX-WXX-{hit.items[hit.first].value}")


def read_number(hit: Hit, scene: Scene) -> Reading | None:
    """Read the first number of "between 60 and 90 days", which shares the unit of the second."""
    before = scene.direction.text[max(0, hit.start - 9) : hit.start]
    count, unit = amount(hit), _unit_ahead(hit)
    if count is None or not unit or not before.lower().endswith("between "):
        return None
    return Reading("DURATION", duration_value(plain(count), unit))


def _unit_ahead(hit: Hit) -> str:
    """Return the unit that follows the second number, or nothing."""
    for token in hit.items[hit.last : hit.last + 9]:
        if token.value in {"Y", "M", "W", "D", "TH", "TM", "TS", "DE"}:
            return token.value
    return ""
