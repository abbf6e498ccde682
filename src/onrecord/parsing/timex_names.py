"""Numbers that look like years but count something or belong to a name."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from onrecord.knowledge.tables import read_table
from onrecord.parsing.timex_tokens import TIMES

MORE = re.compile(r"\b(?:than|least|most|over|nearly|almost|some|approximately|about|roughly|around|"
                  r"exactly|only|just|another|these|those|score of|total of|up to)\s$", re.I)  # fmt: skip
UNIT_AFTER = re.compile(r"\s?(?:%|°|[-–]?(?:strong|member|seat|mile|km|kg|foot|metre|meter|bed|page|point|"
                        r"horsepower|hp|mm|cm|ml|cc|mph|kph|mg|MW|GW|kW|gram|hectare|acre|word|lb|pound)s?\b)")  # fmt: skip
NEXT_WORD = re.compile(r"\s(?:[a-z]+-)?([a-z]{2,20})\b")
WORD_BEFORE = re.compile(r"([A-Za-z][\w.&]*)[\s-]$")


class NameWord(msgspec.Struct, frozen=True):
    """A row of ``times/name_words.tsv``."""

    place: str
    words: tuple[str, ...] = ()


@cache
def _words() -> dict[str, frozenset[str]]:
    rows = read_table(TIMES / "name_words.tsv", NameWord)
    return {row.place: frozenset(row.words) for row in rows}


PREFIXED = re.compile(r"(?:mid|pre|post|early|late|end)-$", re.I)
STUCK_BEFORE = re.compile(r"[$€£¥#№/]\s?$|[A-Za-z]-$|[:.,]\d{0,20}$|\bNo\.?\s$")
STUCK_AFTER = re.compile(
    r"[-–]?[A-Za-z_/@]|[-–:.,/]\d{1,2}\b(?!\d{2})|\s(?:million|billion|trillion)\b"
)
YEAR_BEFORE = re.compile(r"\b(?:in|since|year|of|AD)\s$")
IN_ABOUT = re.compile(r"\b(?:in|since)\s(?:about|around)\s$")


def counts_or_names(text: str, start: int, end: int) -> bool:
    """Tell whether the number ``[start, end)`` counts something or is part of a name."""
    before = text[max(0, start - 24) : start]
    after = text[end : end + 24]
    if PREFIXED.search(before):
        return False
    if STUCK_BEFORE.search(before) or UNIT_AFTER.match(after) or STUCK_AFTER.match(after):
        return True
    if not 1700 <= int(text[start : start + 4]) <= 2100 and not YEAR_BEFORE.search(before):
        return True
    following = NEXT_WORD.match(after)
    if following and following[1] in _words()["counted"]:
        return True
    if MORE.search(before) and not IN_ABOUT.search(before):
        return True
    word = WORD_BEFORE.search(before)
    return bool(word and word[1] in _words()["before"])


def is_named_day(text: str, start: int, end: int) -> bool:
    """Tell a weekday from the name of a paper or an event: *Sunday Times*, *Bloody Sunday*."""
    after = re.match(r"\s(?:Night\s|Morning\s)?([A-Z]\w+)", text[end : end + 24])
    if after and after[1] in _words()["name"]:
        return True
    before = re.search(r"([A-Z]\w+)\s$", text[max(0, start - 12) : start])
    named = before is not None and before[1] in _words()["day"]
    return named or text[max(0, start - 8) : start] == "Mail on "
