"""Two numbers that belong together: ranges, votes and scores, and shares ("three in four")."""

from __future__ import annotations

import re

import msgspec

from onrecord.parsing.quantity_context import is_vote


class Amount(msgspec.Struct, frozen=True):
    """A number with its unit, where it stands in the text.

    ``bare_end`` is the end of the number without its unit, ``scale`` the magnitude at its end.
    """

    start: int
    end: int
    value: float | None
    unit: str = ""
    money: bool = False
    bare_end: int = 0
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    scale: float = 1.0


HYPHENS = frozenset("- – — ‑ − ~".split())
JOINT = re.compile(
    r"(?P<to>\s(?:to|and|or|through)\s(?=[\d$€£A-Za-z])|\s?[-–—‑−~]\s?(?=[\d$€£.])"
    r"|[-–]\s?(?:to|or)[\s-]|-(?=[a-z]))"
    r"|(?P<in>\s(?:in\severy|in|out\sof\severy|out\sof|of\severy|over)\s(?=[\da-z])|-in-)"
)
CHANGE = re.compile(
    r"\b(?:rose|rise[sn]?|rising|fell|falls?|fallen|falling|grew|grow[ns]?|growing|drop\w*|climb\w*"
    r"|increas\w*|decreas\w*|declin\w*|jump\w*|went|gone|going|cut\w*|up|down|rais\w*|reduc\w*|slid"
    r"|slip\w*|edg\w*|mov\w*|chang\w*|expand\w*|shr[aiu]nk\w*|plung\w*|soar\w*|surg\w*|doubl\w*"
    r"|shift\w*|advanc\w*|eas\w*|widen\w*|narrow\w*|lower\w*|revis\w*|boost\w*|trim\w*|slash\w*|sank"
    r"|swell\w*|swung|swing|improv\w*|bring\w*|brought)\b"
)
#: "rose 6 cents to $7.34" tells a step and where it led, not a range; "may rise 5 to 7 percent" does not.
STEP = re.compile(
    r"\b(?:rose|risen|fell|fallen|grew|grown|dropped|climbed|increased|decreased|declined|jumped|gained|"
    r"lost|up|down|slid|slipped|edged|added|raised|cut|lowered|advanced|shed|plunged|soared|surged)\b[^,]{0,30}$"
)
FROM = re.compile(r"\bfrom\s(?:about\s|around\s|an?\s|just\s|some\s|only\s)?$")
BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s|an?\s)?$")
#: Wholes of which "two in three cities" is no share.
PLACES = re.compile(
    r"\s(?:cit(?:y|ies)|countr(?:y|ies)|states?|towns?|provinces?|attacks?|districts?|match(?:es)?|games?|"
    r"incidents?|places?|locations?|stages?)\b"
)


def joined(text: str, first: Amount, second: Amount, joint: re.Match[str]) -> Amount:
    """Return the range or the share that two numbers make, or the first alone if they make none."""
    if first.value is None or second.value is None:
        return first
    if joint["in"]:
        return _share(text, first, second, joint["in"])
    return _range(text, first, second, joint["to"].strip(" -–\n").lower() or "-")


def _share(text: str, first: Amount, second: Amount, word: str) -> Amount:
    """Read "three in four", "one out of every five", "one over twenty"."""
    above, below = first.value or 0.0, second.value or 0.0
    if first.unit or second.unit or not 0 < above < below or below % 1 or above % 1:
        return first
    if "over" in word and (
        above != 1 or not re.match(r"\s*(?:[.,;?!)]|$)", text[second.end :][:4])
    ):
        return first
    sure = "out" in word or "every" in word or above == 1
    if not sure and (below > 10 or PLACES.match(text, second.end)):
        return first
    return Amount(first.start, second.end, above / below, bare_end=second.end)


def _range(text: str, first: Amount, second: Amount, word: str) -> Amount:
    """Join two numbers around "to", "and", "or" or a hyphen, if they make a range."""
    before = re.split(r"[.;:!?]\s", text[max(0, first.start - 44) : first.start].lower())[-1]
    if first.unit and second.unit and first.unit != second.unit:
        return first
    first = _scaled_alike(first, second)
    low, high = first.value or 0.0, second.value or 0.0
    if not _makes_range(text, first, second, word, before):
        shares = not first.unit and second.unit and word == "to" and FROM.search(before)
        if not shares:
            return first
        return msgspec.structs.replace(first, unit=second.unit)
    return Amount(
        first.start, second.end, None, second.unit or first.unit, bare_end=second.end,
        low=low, high=high, approximate=word == "or" or first.approximate,
    )  # fmt: skip


def _scaled_alike(first: Amount, second: Amount) -> Amount:
    """Give the "5" of "5 to 7 million" its million."""
    low, high = first.value or 0.0, second.value or 0.0
    if first.scale == 1.0 and second.scale > 1.0 and low < high / second.scale:
        return msgspec.structs.replace(first, value=low * second.scale)
    return first


def _makes_range(text: str, first: Amount, second: Amount, word: str, before: str) -> bool:
    low, high = first.value or 0.0, second.value or 0.0
    if word in HYPHENS:
        if first.unit and not second.unit and not first.money:
            return False  # "six-foot-seven"
        digits = text[first.start].isalpha() == text[second.start].isalpha() or first.money
        return digits and not re.match(r"[-–]\d|/\d", text[second.end : second.end + 2])
    if word == "to" and is_vote(before, text[second.end : second.end + 20]):
        if not (first.unit or second.unit):
            return True
        digits = text[first.start].isdigit() and text[second.start].isdigit()
        return digits and not first.unit and low < high and before.endswith("by ")
    if word == "to" and first.unit and second.unit and STEP.search(before):
        return False
    if word == "and":
        return BETWEEN.search(before) is not None and low < high
    if word == "or":
        return low < high <= low * 2 + 1 and not first.unit
    if low >= high or (first.unit and not second.unit and not first.money):
        return "-to-" in text[first.end : second.start]
    return FROM.search(before) is None or CHANGE.search(before) is None
