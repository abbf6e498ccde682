"""Tokens of time expressions: a text as a string of codes, one character a token.

Each class of word (``month``, ``unit``, ``number`` …) has one character of a private alphabet; a word of
no class is ``x``. The rules of the grammar are then short regular expressions over these codes.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table

TIMES = FOLDER / "times"
#: Classes that the shape of a token decides, not a list of words.
SHAPES = (
    "iso", "slash", "clock", "ampm", "day", "year", "num", "ordnum", "decade", "holiday", "named",
    "adverb", "zone", "quarternum", "break",
)  # fmt: skip
OTHER = "x"
HARD_WRAP = 110


class WordClass(msgspec.Struct, frozen=True):
    """A row of ``times/words.tsv``: a class and its words, as ``word=value``."""

    name: str = msgspec.field(name="class")
    words: tuple[str, ...] = ()
    case: str = ""


class Token(msgspec.Struct, frozen=True, gc=False):
    """A token: its offsets in the text, its lower-case form, and the value its class gives it."""

    start: int
    end: int
    lower: str
    value: str


class Lexicon(msgspec.Struct, frozen=True):
    """Everything the tokeniser knows: codes of words, their values, and the scanning pattern."""

    codes: dict[str, str]
    plain: dict[str, tuple[str, str]]
    capital: dict[str, tuple[str, str]]
    phrases: dict[str, str]
    scan: re.Pattern[str]


SCAN = r"""
(?P<phrase>{phrases})
|(?P<quarternum>(?<![\w.$-])(?:[QH][1-4]|[1-4]Q)(?![\w-]))
|(?P<ampm>(?:(?<=\d)|(?<=\d\s))[ap]\.?\s?m\b\.?|(?:(?<=\d)|(?<=\d\s))[AP]\.?\s?M\b\.?)
|(?P<word>[^\W\d_]+(?:['’]clock\b)?)
|(?P<iso>(?<![\w./-])\d{{4}}-[01]\d-[0-3]\d(?:[T\ ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{{1,6}})?)?(?:Z\b|[+-]\d\d:?\d\d)?)?(?![\w/-]))
|(?P<slash>(?<![\w./-])(?:\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d{{2}})|\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d{{2}}|(?:19|20)\d\d/[01]?\d/[0-3]?\d|(?:19|20)\d\d/\d\d)(?![\w/-]))
|(?P<clock>(?<![\w.:/$€£])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])|(?<![\w.:/$€£])[01]?\d\.[0-5]\d(?=\s?[ap]\.?\s?m\b)|(?<![\w.:/$€£,])[0-2]\d[0-5]\d(?=\s?(?:GMT|UTC|hours|hrs|ET|EST|EDT|BST|CET)\b|h\b))
|(?P<decade>(?<![\w.,$€£])(?:1\d|20)\d0['’]?s\b|(?<![\w.,$€£])['’]?[2-9]0['’]?s\b)
|(?P<ordnum>(?<![\w.,])(?:[12]?1st|2?2nd|2?3rd|31st|1[1-3]th|\d?[04-9]th|[4-9]\dth)\b)
|(?P<num>\d+(?:,\d{{3}})*(?:\.\d+)?)
|(?P<space>\n[^\S\n]*\n\s*)
|(?P<line>\n)
|(?P<mark>[^\w\s])
"""


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read from ``knowledge/times``."""
    rows = read_table(TIMES / "words.tsv", WordClass)
    names = sorted({row.name for row in rows} | set(SHAPES))
    codes = {name: chr(0xE000 + place) for place, name in enumerate(names)}
    plain: dict[str, tuple[str, str]] = {}
    capital: dict[str, tuple[str, str]] = {}
    for row in rows:
        for entry in row.words:
            word, _, value = entry.partition("=")
            (capital if row.case == "capital" else plain)[word] = (codes[row.name], value)
    for word in _column("sets.tsv", "text"):
        plain[word] = (codes["adverb"], word)
    phrases = _phrases()
    pattern = "|".join(
        re.sub(r"['’]", r"\\s?['’]\\s?", re.escape(name)).replace(r"\ ", r"\s")
        for name in sorted(phrases, key=lambda name: (-len(name), name))
    )
    scan = re.compile(SCAN.format(phrases=rf"\b(?:{pattern})\b"), re.VERBOSE)
    return Lexicon(codes, plain, capital, phrases, scan)


def _column(file: str, column: str) -> list[str]:
    lines = (TIMES / file).read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    place = rows[0].index(column)
    return [row[place].strip() for row in rows[1:]]


def _phrases() -> dict[str, str]:
    phrases = dict.fromkeys(_column("holidays.tsv", "name"), "holiday")
    phrases |= dict.fromkeys(["9/11", "D-Day"], "named")
    phrases |= dict.fromkeys(_column("zones.tsv", "text"), "zone")
    return phrases


class Tokens:
    """The tokens of a stretch of text, and their codes as one string."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.items: list[Token] = []
        codes: list[str] = []
        known = lexicon()
        code = known.codes
        wrapped = is_hard_wrapped(text)
        for match in known.scan.finditer(text, start, len(text) if end is None else end):
            kind = match.lastgroup
            surface = match.group()
            lower = surface.lower()
            value = ""
            if kind == "word":
                found = known.plain.get(lower)
                if found is None and surface[0].isupper():
                    found = known.capital.get(lower)
                symbol, value = found or (OTHER, "")
            elif kind == "mark":
                symbol, value = known.plain.get(surface, (OTHER, ""))
            elif kind == "num":
                symbol = code[_number_class(text, match.start(), surface)]
            elif kind == "line":
                if wrapped:
                    continue
                symbol = code["break"]
            elif kind == "space":
                symbol = code["break"]
            elif kind == "phrase":
                name = re.sub(r"\s?['’]\s?", "'", re.sub(r"\s+", " ", surface))
                symbol, value = code[known.phrases.get(name, "holiday")], name
            else:
                symbol = code[str(kind)]
            codes.append(symbol)
            self.items.append(Token(match.start(), match.end(), lower, value))
        self.codes = "".join(codes)

    def __len__(self) -> int:
        return len(self.items)


def _number_class(text: str, start: int, surface: str) -> str:
    """Tell a day of the month, a year and another number apart by their shape."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "_$€£¥#/."):
        return "break"
    if not surface.isdigit():
        return "num"
    if len(surface) == 4 and "1000" <= surface <= "2199":
        return "year"
    return "day" if len(surface) <= 2 and 1 <= int(surface) <= 31 else "num"


def is_hard_wrapped(text: str) -> bool:
    """Tell whether line ends only wrap the text: no long line, several middling ones."""
    lines = text[:5000].split("\n")
    middling = sum(1 for line in lines if 50 <= len(line) <= HARD_WRAP)
    return (
        middling >= 4
        and middling * 2 >= len([line for line in lines if line.strip()])
        and all(len(line) <= HARD_WRAP for line in lines)
    )
