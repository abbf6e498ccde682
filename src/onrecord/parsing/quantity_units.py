"""Units and currencies around a number: what stands before it, what follows it."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.parsing.quantity_numbers import number_words

TABLES = FOLDER / "quantities"
PERCENT = (
    r"(?i:(?P<point>(?:percentage|percent|per\scent|pct)[\s-]points?\b|pp\b|ppts?\b|%[\s-]points?\b)"
    r"|(?P<basis>basis[\s-]points?\b|bps\b|bp\b)"
    r"|(?P<percent>%|percents?\b|per[\s-]cents?\b|pct\b|pc\b(?!\.?s)|percentage\b))"
)


LETTER_UNIT = re.compile(
    r"\s(?:wide|long|deep|high|tall|away|above|below|from|of|and|to|race|sprint|\d)|\s?[,.;:)]|$"
)


#: Codes that news also writes small, and codes that are words in capitals ("TRY 3 TIMES").
LOWER_CODES = frozenset("usd eur gbp cad aud nzd jpy cny inr chf rmb".split())
WORDLIKE_CODES = frozenset("TRY CUP MAD PEN SOS BOB GEL ALL TOP RON".split())


#: Signs that are also written small: "us$", "c$", but never "a $5 note".
SMALL_SIGN = re.compile(r"[A-Z.]{2,5}\s?\$|C\s?\$")
LETTERS = ("p", "C")
#: Talk of weather, in which "1.5C" is a temperature.
WEATHER = re.compile(r"warm|temperature|degree|celsius|heat|climate|\bcold|°", re.I)
#: Currencies that reports write as "30 MUSD" for millions.
MILLIONS = frozenset("USD EUR GBP AUD CAD CHF SEK NOK DKK".split())


class UnitRow(msgspec.Struct, frozen=True):
    """A row of ``quantities/units.tsv``."""

    unit: str
    words: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()


class CurrencyRow(msgspec.Struct, frozen=True):
    """A row of ``quantities/currencies.tsv``."""

    code: str
    symbols: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    part: tuple[str, ...] = ()


class Unit(msgspec.Struct, frozen=True):
    """A unit read from the text: its name, what to multiply by, and where it ends."""

    name: str
    factor: float
    end: int
    money: bool = False


class Tables(msgspec.Struct, frozen=True):
    """Units and currencies by their written forms, and the patterns that find them."""

    before: dict[str, str]
    words: dict[str, tuple[str, float, bool]]
    symbols: dict[str, tuple[str, float, bool]]
    prefix: str
    after: re.Pattern[str]


def _spaced(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"[\s-]{1,2}").replace("\\-", r"[\s-]")


def _any(names: list[str]) -> str:
    return "|".join(_spaced(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@cache
def tables() -> Tables:
    """Return the tables, read from ``knowledge/quantities``."""
    before: dict[str, str] = {}
    words: dict[str, tuple[str, float, bool]] = {}
    symbols: dict[str, tuple[str, float, bool]] = {}
    for row in read_table(TABLES / "units.tsv", UnitRow):
        words |= dict.fromkeys(row.words, (row.unit, 1.0, False))
        symbols |= dict.fromkeys(row.symbols, (row.unit, 1.0, False))
    for money in read_table(TABLES / "currencies.tsv", CurrencyRow):
        signs = {*money.symbols, money.code}
        if money.code.lower() in LOWER_CODES:
            signs.add(money.code.lower())
        before |= dict.fromkeys(sorted(signs - WORDLIKE_CODES), money.code)
        before |= dict.fromkeys(
            [sign.lower() for sign in money.symbols if SMALL_SIGN.match(sign)], money.code
        )
        symbols |= dict.fromkeys(sorted(signs), (money.code, 1.0, True))
        if money.code in MILLIONS:
            symbols[f"M{money.code}"] = (money.code, 1e6, True)
        words |= dict.fromkeys((*money.names, *money.bare), (money.code, 1.0, True))
        words |= dict.fromkeys(money.part, (money.code, 0.01, True))
    for noun in _shared():
        words.setdefault(noun, ("", 1.0, True))
    words |= {"pound": ("pound", 1.0, False), "pounds": ("pound", 1.0, False)}
    after = re.compile(
        rf"[ \u00a0\u202f]?[-–]?[ \u00a0]?(?:{PERCENT})"
        rf"|(?P<word>[\s\u00a0]{{0,2}}[-–]?\s?(?i:{_any(list(words))}))(?![\w²³])"
        rf"|(?P<symbol>[ \u00a0\u202f]?(?:{_any([*symbols, *LETTERS])}))(?![\w²³^])"
    )
    return Tables(before, words, symbols, _any(list(before)), after)


#: Names that several currencies share; whose it is, the article's countries say.
_SHARED = frozenset(
    "rupee rupees peso pesos dinar dinars shilling shillings franc francs rial rials riyal riyals "
    "dirham dirhams ruble rubles rouble roubles won dong lei kroner kronor crown crowns".split()
)
_LEAST_WON = 10_000


@cache
def _shared() -> dict[str, dict[str, re.Pattern[str]]]:
    """Return the currencies of each shared name, each with what finds its country in a text."""
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    for row in read_table(TABLES / "currencies.tsv", CurrencyRow):
        for name in row.names:
            *owner, noun = name.split()
            if owner and noun in _SHARED:
                stem = re.compile(rf"\b{owner[-1][:5].title()}")
                found.setdefault(noun, {}).setdefault(row.code, stem)
    return found


def _of_the_country(text: str, noun: str, usual: str) -> str:
    """Return the currency of the country most named, or the usual one where none is."""
    counts = {code: len(stem.findall(text)) for code, stem in _shared()[noun].items()}
    most = max(counts, key=lambda code: (counts[code], code == usual))
    return most if counts[most] else usual


def unit_after(text: str, end: int, *, digits: bool, value: float) -> Unit | None:
    """Return the unit that follows a number ending at ``end``, or none.

    ``digits`` tells whether the number is in digits: abbreviations follow only those.
    """
    match = tables().after.match(text, end)
    if match is None:
        return None
    if match["point"]:
        return Unit("percentage point", 1.0, match.end())
    if match["basis"]:
        return Unit("basis point", 1.0, match.end())
    if match["percent"]:
        return Unit("percent", 1.0, match.end())
    if match["symbol"]:
        return _symbol(text, match, digits)
    return _word(text, match, value)


def _symbol(text: str, match: re.Match[str], digits: bool) -> Unit | None:
    symbol = match["symbol"].strip()
    if symbol in {"p", "C"}:
        return _attached_letter(text, match, symbol, digits)
    name, factor, money = tables().symbols[re.sub(r"\s+", " ", symbol)]
    code = money and len(symbol) == 3 and symbol.isalpha()
    if not digits and not code:
        return None
    if len(symbol) == 1 and symbol.isalpha() and symbol.isascii() and not _sure_letter(text, match):
        return None
    if money and not code and re.match(r"\s?\d", text[match.end() : match.end() + 2]):
        return None  # the sign belongs to the next number: "10 $ 30"
    return Unit(name, factor, match.end(), money)


def _attached_letter(text: str, match: re.Match[str], symbol: str, digits: bool) -> Unit | None:
    """Read "99p" as pence and, in talk of weather, "1.5C" as degrees."""
    if not digits or match["symbol"] != symbol:
        return None
    number = re.search(r"[\d.]{1,9}$", text[max(0, match.start() - 9) : match.start()])
    if symbol == "p":
        pence = number is not None and "." not in number[0] and len(number[0]) < 3
        return Unit("GBP", 0.01, match.end(), True) if pence else None
    around = text[max(0, match.start() - 150) : match.end() + 100]
    return Unit("degree_Celsius", 1.0, match.end()) if WEATHER.search(around) else None


def _sure_letter(text: str, match: re.Match[str]) -> bool:
    """Tell "20 m" of metres from "20 m people"."""
    after = text[match.end() : match.end() + 12]
    return LETTER_UNIT.match(after) is not None


def _word(text: str, match: re.Match[str], value: float) -> Unit | None:
    name = re.sub(r"\s+", " ", match["word"].strip(" -–\u00a0\n").lower())
    found = tables().words.get(name) or tables().words.get(name.replace("-", " "))
    if found is None:
        found = tables().words.get(name.replace(" ", "-"))
    if found is None or (name == "times" and match["word"].strip()[0].isupper()):
        return None
    if name in _shared():
        code = _of_the_country(text, name, found[0])
        if not code or (name == "won" and value < _LEAST_WON):
            return None
        found = (code, *found[1:])
    if name in {"pound", "pounds"}:
        money = _pounds_are_money(text, match, value)
        return Unit("GBP", 1.0, match.end(), True) if money else Unit("pound", 1.0, match.end())
    if name in {"won", "real", "stone", "mark", "marks", "som", "sol", "bits", "bit", "cup", "cups", "rand",
                "degree", "degrees", "yard", "pint", "knot", "knots", "foot", "carat"}:  # fmt: skip
        return _ambiguous(text, match, name, found)
    return Unit(found[0], found[1], match.end(), found[2])


def _ambiguous(
    text: str, match: re.Match[str], name: str, found: tuple[str, float, bool]
) -> Unit | None:
    """Read a unit whose word often means something else, where the text leaves no doubt."""
    after = text[match.end() : match.end() + 14].lower()
    if name in {"degree", "degrees"} and re.match(r"\s(?:in|from|of\s(?:sep|free))\b", after):
        return None
    if name in {"cup", "cups"} and not re.match(r"\sof\b", after):
        return None
    if name in {"bit", "bits", "real", "mark", "marks", "som", "sol", "rand"} and after.startswith(
        " of "
    ):
        return None
    return Unit(found[0], found[1], match.end(), found[2])


def _pounds_are_money(text: str, match: re.Match[str], value: float) -> bool:
    """Tell pounds sterling from pounds of weight."""
    around = text[max(0, match.start() - 60) : match.end() + 30].lower()
    if re.search(
        r"weigh|lighter|heav|lost|drop|lift|pounds? of (?!savings)|[-–]pound|per square", around
    ):
        return value >= 1e6 and "of cocaine" not in around
    return value >= 1e5 or "£" in text or re.search(r"cost|pay|paid|fine|price|worth|sterling|a month|a week|a share|salary|profit", around) is not None  # fmt: skip


@cache
def magnitude_after() -> re.Pattern[str]:
    """Return the pattern of a magnitude after digits: "million", "bn", "k"."""
    long = [word for word, row in number_words().items() if row.kind in {"magnitude", "hundred"}]
    short = [word for word, row in number_words().items() if row.kind == "short magnitude"]
    return re.compile(
        rf"[\s\u00a0-]{{0,2}}(?P<long>(?i:{_any(long)}))\b"
        rf"|(?P<space>[ \u00a0]?)(?P<short>(?i:{_any(short)}))(?![\w'’])"
    )
