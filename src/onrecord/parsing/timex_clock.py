"""Readers of times of day: clock times with zones, "Thursday night", "this morning", "tonight"."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

import msgspec

from onrecord.knowledge.tables import read_table
from onrecord.parsing.timex_dates import dated, number, offset, relative_weekday, valid
from onrecord.parsing.timex_grammar import Hit
from onrecord.parsing.timex_names import is_named_day
from onrecord.parsing.timex_scene import Hangs, Reading, Scene
from onrecord.parsing.timex_tokens import TIMES

SENTENCE = re.compile(r"[.!?]['\"”’)]?\s+[A-Z\"“]|\n")


class Zone(msgspec.Struct, frozen=True):
    """A row of ``times/zones.tsv``."""

    text: str
    offset: str = ""


@cache
def _zones() -> dict[str, str]:
    return {row.text: row.offset for row in read_table(TIMES / "zones.tsv", Zone)}


def read_day0(hit: Hit, scene: Scene) -> Reading | None:
    """Read "today", "yesterday", "tomorrow"."""
    text = scene.direction.text
    surface = text[hit.start : hit.end]
    if surface[0].isupper() and re.search(
        r"\b(?:USA|[A-Z]{2,}'s|Russia|World|Psychology)\s$", text[: hit.start][-12:]
    ):
        return None
    if surface == "Today" and text[hit.end : hit.end + 1] in {"”", '"', "’"}:
        return None
    value = scene.unit_value("D", int(hit.value("x")))
    if value is None:
        word = {0: "PRESENT_REF", -1: "PAST_REF"}.get(int(hit.value("x")), "FUTURE_REF")
        return Reading("DATE", word, "nothing")
    return Reading("DATE", value, "anchor")


def read_night0(hit: Hit, scene: Scene) -> Reading | None:
    """Read "tonight" and "overnight"."""
    surface = scene.direction.text[hit.start : hit.end]
    move = -1 if surface.lower() == "overnight" else 0
    value = scene.unit_value("D", move)
    return Reading("TIME", f"{value or 'XXXX-XX-XX'}TNI", "anchor" if value else "nothing")


def read_daypart(hit: Hit, scene: Scene) -> Reading | None:
    """Read "this morning", "Thursday night", "the morning of June 3", "in the evening"."""
    if hit.has("w") and is_named_day(scene.direction.text, hit.tokens("w")[0].start, hit.end):
        return None
    part = hit.value("p")
    part = {"12:00": "MI", "24:00": "24:00", "TH": "MO"}.get(part, part)
    found = _part_day(hit, scene)
    if found is None:
        return None
    value, hangs = found
    return Reading("TIME", f"{value}T{part}", hangs)


def _part_day(hit: Hit, scene: Scene) -> tuple[str, Hangs] | None:
    unknown: tuple[str, Hangs] = ("XXXX-XX-XX", "nothing")
    if hit.has("x"):
        value = scene.unit_value("D", int(hit.value("x")))
        return (value, "anchor") if value else unknown
    weekday = hit.value("w2") or (hit.value("w") if not hit.has("m") else "")
    if weekday and hit.has("rel"):
        number_, move = int(weekday), offset(hit.word("rel"))
        found = relative_weekday(scene, number_, hit, move)
        return (found.value, found.hangs)
    if weekday:
        day = scene.weekday(int(weekday), hit.start, hit.end)
        return (day.isoformat(), "anchor") if day else (f"XXXX-WXX-{weekday}", "nothing")
    if hit.has("m"):
        return _part_of_date(hit, scene)
    if hit.has("rel"):
        word = hit.word("rel")
        if word in {"following", "recent", "current"} and hit.items[hit.first].lower != "the":
            return None
        if word in {"that", "next"} or (word != "last" and offset(word) > 0):
            base, hangs = scene.day_before()
            if base is None:
                return unknown
            return (base + timedelta(days=word != "that")).isoformat(), hangs
        value = scene.unit_value("D", -1 if offset(word) < 0 else 0)
        return (value, "anchor") if value else unknown
    return _bare_part(hit, scene)


def _part_of_date(hit: Hit, scene: Scene) -> tuple[str, Hangs] | None:
    month, day = int(hit.value("m")), number(hit, "d")
    year = int(hit.word("y")) if hit.has("y") else scene.day_year(month, day, hit.start, hit.end)
    if not valid(month, day, year):
        return None
    hangs: Hangs = "explicit" if hit.has("y") else "anchor" if year else "nothing"
    return dated(month, day, year), hangs


PART_BEFORE = re.compile(r"\b(?:a|an|one|good|some|every|of|at)\s$", re.I)


def _bare_part(hit: Hit, scene: Scene) -> tuple[str, Hangs] | None:
    """Read "morning" alone: of the narrative's day; "dawn" only after "at" or "by"."""
    text = scene.direction.text
    before = text[max(0, hit.start - 9) : hit.start].lower()
    word, first = hit.word("p"), hit.items[hit.first].lower
    day_word = word in {"morning", "afternoon", "evening"}
    if text.startswith(" of ", hit.end):
        return None
    if hit.last - hit.first == 1:
        if word == "night" or not (
            day_word or before.endswith(("at ", "by ", "until ", "before "))
        ):
            return None
        if day_word and (text[hit.start].isupper() or PART_BEFORE.search(before)):
            return None
    elif first == "the" and not day_word and not before.endswith(("in ", "during ", "into ")):
        return None
    day, hangs = scene.day_before()
    return (day.isoformat(), hangs) if day else ("XXXX-XX-XX", "nothing")


def read_clock(hit: Hit, scene: Scene) -> Reading | None:
    """Read "18:00 UTC", "6:40 p.m.", "10 am", "noon", "three o'clock"."""
    clock = _clock_value(hit, scene.direction.text)
    if clock is None:
        return None
    day, hangs = _clock_day(hit, scene)
    zone = _zone(hit)
    utc = "Z" if zone == "Z" else ""
    return Reading("TIME", f"{day}T{clock}{utc}", hangs, zone="" if utc else zone)


def _clock_value(hit: Hit, text: str) -> str | None:
    token = hit.tokens("t")[0]
    if token.value in {"12:00", "24:00"}:
        return token.value
    fields = re.findall(r"\d+", token.lower)
    if not fields:
        fields = [token.value]
    if len(fields) == 1 and len(fields[0]) == 4:
        fields = [fields[0][:2], fields[0][2:]]
    hour = int(fields[0] or 0)
    if hit.has("ap"):
        if hour > 12 or hour == 0:
            return None
        hour = hour % 12 + (12 if hit.word("ap").startswith("p") else 0)
    elif (len(fields) == 1 and not 1 <= hour <= 24) or (
        ":" in token.lower and not hit.has("z") and _is_score(text, hit)
    ):
        return None
    if hour > 24:
        return None
    rest = ":".join(fields[1:]) or "00"
    return f"{hour:02d}:{rest}"


def _is_score(text: str, hit: Hit) -> bool:
    """Tell a result or a verse ("John 3:16", "in 2:05") from a time of day."""
    before = text[max(0, hit.start - 16) : hit.start]
    if text[hit.end : hit.end + 5] == " into":
        return True
    return re.search(r"\b(?:at|from|by|until|to|around|about|before|after|since|till|and|,|between|[AaPp]\.?[Mm]\.?)\s$|"
                     r"[(–-]\s?$|^$|\n$", before) is None  # fmt: skip


def _zone(hit: Hit) -> str:
    if hit.has("off"):
        hours = re.sub(r"\D", "", hit.tokens("off")[-1].lower)
        return f"{'-' if hit.word('off') in '-−' else '+'}{int(hours):02d}:00"
    for token in hit.tokens("z"):
        found = _zones().get(token.value)
        if found is not None:
            return "Z" if found == "+00:00" else found
    return ""


def _clock_day(hit: Hit, scene: Scene) -> tuple[str, Hangs]:
    """Return the day of a clock time: one told in the same sentence, else the anchor's."""
    if scene.ahead is not None:
        return scene.ahead
    near = (
        scene.direction.text[scene.reference_end : hit.start] if scene.reference_end >= 0 else None
    )
    if near is not None and scene.day and len(near) < 160 and not SENTENCE.search(near):
        return scene.day.isoformat(), scene.day_hangs
    if scene.anchor is None:
        return "XXXX-XX-XX", "nothing"
    if scene.day and near is not None and len(near) < 400:
        return scene.day.isoformat(), scene.day_hangs
    return scene.anchor.isoformat(), "anchor"
