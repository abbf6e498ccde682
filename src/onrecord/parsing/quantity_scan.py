"""Where numbers stand in a text, and how far each goes: digits, words, fractions, magnitudes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from onrecord.knowledge.tables import read_table
from onrecord.parsing.quantity_context import is_fraction_word
from onrecord.parsing.quantity_numbers import DIGITS, PART, VULGAR, number_of, number_words
from onrecord.parsing.quantity_units import TABLES, magnitude_after, tables, unit_after

LONGEST_RUN = 12
SIGNS = "".join(VULGAR)
#: Magnitudes that, after digits, mean nothing else; and those only money or case make sure of.
SURE_MAGNITUDES = frozenset("bn tn mn bln mln trn tln mil mio mrd K cr".split())
MONEY_MAGNITUDES = frozenset("m M b B k K t T MM mm Cr".split())
#: Kinds of number words that an article may stand before: "a hundred", "a third".
AFTER_ARTICLE = frozenset(("hundred", "magnitude", "dozen", "half", "denominator"))
#: What turns "twenty" and "a hundred" into an ordinal: "twenty-first", "hundred-and-fiftieth".
ORDINAL_TAIL = re.compile(
    r"(?:-|(?<=ty)\s)(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b|-and-[a-z]{2,12}(?:th|st|nd|rd)\b"
)
RUNS_ON = re.compile(
    rf"\s?[{SIGNS}]|\s?/\s?\d|\s{{1,2}}\d{{1,2}}\s?/\s?\d|[\s-](?i:hundred|thousand|million|billion|"
    r"trillion|and an? (?:half|quarter|third)|dozen|doz|dz|lakh|crore|over\s)"
)
SLASH = re.compile(rf"(?:\s{{1,2}}\d{{1,2}})?\s?/\s?\d{{1,4}}(?![\d/,])|\s?[{SIGNS}]")
MANY = r"(?:thousand|million|billion|trillion)s"
VAGUE = (
    r"(?:several|(?:a\s)?few|many|(?:a\s)?couple\sof)\s(?:dozen|hundred|thousand|million|billion)\b"
    rf"|(?:tens|dozens|scores|hundreds|{MANY})(?:\sof\s(?:tens\sof\s|hundreds\sof\s)?{MANY}"
    r"|(?=\sof\b)|(?<!tens)(?<!scores))\b|a\s(?:couple|handful)(?=\sof\b)"
)


class Multiple(msgspec.Struct, frozen=True):
    """A row of ``quantities/multiples.tsv``: a word for how many times as much."""

    word: str
    value: float
    kind: str = ""


class Numeral(msgspec.Struct, frozen=True):
    """A number in the text: its value, where it ends, and the magnitude at its end."""

    value: float
    end: int
    scale: float = 1.0


class Lexicon(msgspec.Struct, frozen=True):
    """The scanning pattern and the words it knows."""

    scan: re.Pattern[str]
    follow: re.Pattern[str]
    multiples: dict[str, Multiple]


@cache
def lexicon() -> Lexicon:
    """Return the scanning patterns, made of ``knowledge/quantities``."""
    words = [word for word, row in number_words().items() if row.kind != "short magnitude"]
    pattern = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    after_article = "|".join(
        sorted(
            (word for word, row in number_words().items() if row.kind in AFTER_ARTICLE),
            key=lambda word: (-len(word), word),
        )
    )
    multiples = {row.word: row for row in read_table(TABLES / "multiples.tsv", Multiple)}
    several = "|".join(sorted(multiples, key=lambda word: (-len(word), word)))
    scan = re.compile(
        rf"(?P<digits>(?<![\w.])(?P<cur>(?:{tables().prefix})[ \u00a0]?)?"
        rf"(?:[-−–](?=\.?\d)|(?<!or\s)(?:minus|negative)\s)?(?:{DIGITS}))"
        rf"|\b(?:(?P<vague>(?i:{VAGUE}))|(?P<multiple>(?i:{several}))\b"
        rf"|(?P<word>(?i:an?\s(?:{after_article})"
        rf"|(?:(?<!or\s)minus\s|negative\s)?(?:{pattern})))\b)|(?P<vulgar>[{SIGNS}])"
    )
    follow = re.compile(
        rf"(?:[\s\u00a0]{{1,3}}|\s?[-‐‑]\s?|,\s(?=and\s)|)"
        rf"(?:(?<=[\s\u00a0])(?<!\d\s)\d{{1,3}}(?![\d,.:/-])|[{SIGNS}]"
        rf"|(?i:{pattern}|and|an?|of|point|&)(?!\w))"
    )
    return Lexicon(scan, follow, multiples)


def numeral(text: str, match: re.Match[str], limit: int, *, money: bool) -> Numeral | None:
    """Return the longest number that begins at a match of the scanning pattern, or none."""
    if match["digits"] and not RUNS_ON.match(text, match.end()):
        start = match.end("cur") if match["cur"] else match.start()
        value = _finite(text[start : match.end()])
        if value is None:
            return None
        scale, end = magnitude(
            text, match.end(), limit, money=money or bool(match["cur"]), value=value
        )
        return Numeral(value * scale, end, scale)
    return _in_words(text, match, limit)


@lru_cache(maxsize=4096)
def _finite(surface: str) -> float | None:
    """Return the value of a number as written, none if it is no number or beyond all bounds."""
    value = number_of(_parts(surface))
    return None if value is None or value != value or abs(value) == float("inf") else value


def _parts(surface: str) -> list[str]:
    return [part.group().lower() for part in PART.finditer(surface)]


def _in_words(text: str, match: re.Match[str], limit: int) -> Numeral | None:
    start = match.end("cur") if match["cur"] else match.start()
    for end in reversed(_run(text, match, limit)):
        value = _finite(text[start:end])
        if value is None:
            continue
        parts = _parts(text[start:end])
        if ORDINAL_TAIL.match(text, end) and _may_be_ordinal(parts[-1]):
            return None
        if parts[-1] in {"of", "a", "an", "and", "&"}:
            continue
        if match["digits"] or is_fraction_word(text, match.start(), end, parts):
            return Numeral(value, _past_article(text, end, parts), _scale_of(parts, value))
    return None


def _may_be_ordinal(word: str) -> bool:
    row = number_words().get(word)
    return row is not None and row.kind in {"ten", "hundred", "magnitude"}


def _scale_of(parts: list[str], value: float) -> float:
    """Return what the magnitudes at the end of a number multiply by: 1e6 for "seven million"."""
    words = number_words()
    place = len(parts)
    while place and parts[place - 1] in words and "magnitude" in words[parts[place - 1]].kind:
        place -= 1
    base = _finite(" ".join(parts[:place])) if 0 < place < len(parts) else None
    return value / base if base else 1.0


def _run(text: str, match: re.Match[str], limit: int) -> list[int]:
    """Return the ends of ever longer stretches of number words from here."""
    ends = [match.end()]
    if match["digits"] and (slash := SLASH.match(text, match.end(), limit)):
        ends.append(slash.end())
    while len(ends) < LONGEST_RUN:
        following = lexicon().follow.match(text, ends[-1], limit)
        if following is None or following.end() == ends[-1]:
            break
        ends.append(following.end())
    return ends


def _past_article(text: str, end: int, parts: list[str]) -> int:
    """Step over the article in "half a mile", where a unit follows it."""
    if parts[-1] not in {"half", "quarter"} or not text.startswith((" a ", " an "), end):
        return end
    after = text.index(" ", end + 1)
    return after if unit_after(text, after, digits=False, value=1.0) else end


def magnitude(text: str, end: int, limit: int, *, money: bool, value: float) -> tuple[float, int]:
    """Return what the magnitudes after digits multiply by, and where they end."""
    scale = 1.0
    while match := magnitude_after().match(text, end, limit):
        short = match["short"]
        if short and not _is_magnitude(text, match, money or scale > 1, value):
            break
        scale *= number_words()[(match["long"] or short).lower()].value
        end = match.end()
        if short or scale > 1e15:
            break
    return scale, end


def _is_magnitude(text: str, match: re.Match[str], money: bool, value: float) -> bool:
    """Tell "5m people" and "$5m" from five metres."""
    short, spaced = match["short"], bool(match["space"])
    after = text[match.end() : match.end() + 14]
    if short in SURE_MAGNITUDES:
        return True
    if money and short in MONEY_MAGNITUDES:
        return not spaced or short in {"M", "B"} or re.match(r"\s[a-z]", after) is None
    if short in {"k", "M", "B", "MM"}:
        return not (short == "B" and spaced)
    if short == "b":
        return not spaced
    counted = re.match(r"\s(?:people|[a-z]{3,20}s)\b", after) is not None
    return short == "m" and not spaced and counted and value < 1000
