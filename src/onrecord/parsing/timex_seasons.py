"""Readers of seasons and of days with names: "this spring", "Christmas Day", "9/11"."""

from __future__ import annotations

import re
from datetime import date

from onrecord.parsing.timex_calendar import interval
from onrecord.parsing.timex_dates import offset
from onrecord.parsing.timex_grammar import Hit
from onrecord.parsing.timex_holidays import holiday_date, named_day
from onrecord.parsing.timex_scene import Reading, Scene


def read_season(hit: Hit, scene: Scene) -> Reading | None:
    """Read "this spring", "the summer of 2013", "last winter", "spring"."""
    code = hit.value("k")
    text = scene.direction.text
    if hit.has("y"):
        return Reading("DATE", f"{int(hit.word('y')):04d}-{code}")
    if hit.word("k") in {"fall", "spring"} and not hit.has("rel") and not _is_season(hit, text):
        return None
    if scene.anchor is None:
        return Reading("DATE", f"XXXX-{code}", "nothing")
    year = scene.anchor.year
    span = interval(f"{year:04d}-{code}", southern=scene.southern)
    assert span is not None
    today = scene.anchor.isoformat()
    way = offset(hit.word("rel")) if hit.has("rel") else scene.direction.of(hit.start, hit.end)
    if hit.has("rel") and hit.match.start("rel") > hit.match.start("k"):
        return Reading("DATE", f"{year + way:04d}-{code}", "anchor")
    if hit.has("rel"):
        year += _season_shift(way, today, span)
    elif way <= 0 and today < span[0]:
        year -= 1 if way < 0 or span[0][5:7] in {"09", "12"} else 0
    elif way > 0 and today > span[1]:
        year += 1
    return Reading("DATE", f"{year:04d}-{code}", "anchor")


def _season_shift(way: int, today: str, span: tuple[str, str, str]) -> int:
    if way < 0:
        return -1 if today <= span[1] else 0
    if way > 0:
        return 1 if today >= span[0] else 0
    # In January and February "this winter" began last year.
    return -1 if span[0][5:7] == "12" and today[5:7] in {"01", "02"} else 0


NO_SEASON_AFTER = re.compile(r"\s(?:water|waters|training|onions?|rolls?|loaded|board)\b")
FALL_OF = (" of ", " in ", " from", " back", " guy")
OTHER_SEASON = re.compile(r"\s(?:and|or)\s(?:summer|winter|autumn|fall|spring)")
SEASON_BEFORE = re.compile(r"\b(?:in|since|until|by|during|early|late|through|of)\s$")
SEASON_VERB = re.compile(r"\s(?:shows|is|was|has|will|comes|came|arrives|arrived|brings|brought)\b")


def _is_season(hit: Hit, text: str) -> bool:
    """Tell the spring and the fall of the year from water, wells and losses."""
    if NO_SEASON_AFTER.match(text, hit.end):
        return False
    after = text[hit.end : hit.end + 8]
    if hit.last - hit.first > 1:  # with an article
        return not after.startswith(FALL_OF)
    if OTHER_SEASON.match(text, hit.end):
        return True
    if hit.word("k") == "spring" and SEASON_VERB.match(text, hit.end):
        return True
    before = text[max(0, hit.start - 12) : hit.start]
    return SEASON_BEFORE.search(before) is not None and not after.startswith(FALL_OF[:3])


def read_holiday(hit: Hit, scene: Scene) -> Reading | None:
    """Read "Christmas Day", "last Easter", "Ramadan 2013"."""
    name = hit.value("x")
    if hit.has("y"):
        found = holiday_date(name, int(hit.word("y")))
        return None if found is None else Reading("DATE", found[0], days=found[1])
    if scene.anchor is None:
        days = {(holiday_date(name, year) or ("",))[0][4:] for year in (2001, 2002)}
        month_day = days.pop() if len(days) == 1 else "-XX-XX"
        return Reading("DATE", f"XXXX{month_day}", "nothing")
    return _nearest_holiday(hit, scene, name, scene.anchor)


def _nearest_holiday(hit: Hit, scene: Scene, name: str, anchor: date) -> Reading | None:
    years = [holiday_date(name, anchor.year + move) for move in (-1, 0, 1)]
    known = [found for found in years if found is not None]
    if not known:
        return None
    way = offset(hit.word("rel")) if hit.has("rel") else 0
    today = anchor.isoformat()
    if way < 0:
        known = [found for found in known if found[0] < today] or known
        best = known[-1]
    elif way > 0:
        known = [found for found in known if found[0] > today] or known
        best = known[0]
    else:
        best = min(known, key=lambda found: abs((date.fromisoformat(found[0]) - anchor).days))
    return Reading("DATE", best[0], "anchor", days=best[1])


def read_named(hit: Hit, scene: Scene) -> Reading | None:
    """Read "9/11" and "D-Day"."""
    known = named_day(hit, scene.direction.text)
    return Reading("DATE", known) if known else None
