"""Readers of stretches that touch the anchor: "the last three years", "the coming weeks"."""

from __future__ import annotations

from onrecord.parsing.timex_dates import offset
from onrecord.parsing.timex_durations import amount, duration_value, is_age, plain
from onrecord.parsing.timex_grammar import Hit
from onrecord.parsing.timex_relative import stretch
from onrecord.parsing.timex_scene import Reading, Scene


def read_span(hit: Hit, scene: Scene) -> Reading | None:
    """Read "the last three years", "the next few days", "the past year"."""
    unit, word = hit.value("u"), hit.word("rel")
    if is_age(scene.direction.text, hit.end):
        return None
    if not hit.text("n") or (word == "this" and hit.word("n") in {"a", "an"}):
        return None
    count = amount(hit)
    value = duration_value(plain(count), unit)
    way = offset(word)
    if count is None or way == 0 or word in {"previous", "preceding", "prior", "following"}:
        return Reading("DURATION", value, "nothing")
    return stretch(scene, count, unit, way, value)


def read_manyunits(hit: Hit, scene: Scene) -> Reading | None:
    """Read "recent weeks", "the coming months", "past years"."""
    unit = hit.value("u")
    word = hit.tokens("rel")[-1].lower
    if word in {"next", "last", "previous", "following", "prior"} and unit not in {
        "Y",
        "M",
        "W",
        "D",
        "DE",
    }:
        return None
    return Reading("DURATION", duration_value("X", unit), "nothing")
