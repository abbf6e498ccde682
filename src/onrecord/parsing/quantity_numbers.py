"""Numbers as people write them, in digits and in English words: ``parse_number``."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table

#: A numeral: plain, with separators of thousands (also Indian ones), decimal, or with an exponent.
DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3}){0,7},\d{3}(?!\d)(?:\.\d{1,20})?|\d{1,3}(?:[ \u202f\u00a0\u2009]\d{3}){1,6}(?!\d)(?:\.\d{1,20})?"
    r"|\d{1,40}(?:\.\d{1,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,3}(?!\w)|\s?[x×]\s?10\^?[-−+]?\d{1,3}(?!\w)|\^[-+−]{0,2}\d{1,3}(?!\w))?"
)
PART = re.compile(rf"{DIGITS}|[^\W\d_]{{1,30}}|[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[/&-]|(?<!\w)[-−–](?=\s?[\d.])")
SIGNS = {"minus", "negative", "-", "−", "–"}
VULGAR = {
    "½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
AND = {"and", "&"}
ARTICLE = {"a", "an"}


class NumberWord(msgspec.Struct, frozen=True):
    """A row of ``quantities/number_words.tsv``."""

    word: str
    kind: str
    value: float


@cache
def number_words() -> dict[str, NumberWord]:
    """Return the number words by their lower-case form."""
    rows = read_table(FOLDER / "quantities" / "number_words.tsv", NumberWord)
    return {row.word: row for row in rows}


def digits_value(text: str) -> float:
    """Return the value of a numeral in digits: ``1,234.5``, ``12,34,567``, ``1.3e6``, ``2^10``.

    A value beyond the range of a float is infinite.
    """
    match = re.fullmatch(r"(.+?)(?:\s?[x×]\s?10\^?([-−+]?\d+)|\^([-+−]{0,2})(\d+))", text)
    if match is None:
        return float(re.sub(r"[, \u202f\u00a0\u2009]", "", text))
    base = digits_value(match[1])
    try:
        if match[2]:
            return base * 10.0 ** int(match[2].replace("−", "-"))
        signs = match[3].replace("−", "-").count("-")
        return float(base ** (int(match[4]) * (-1 if signs == 1 else 1)))
    except (OverflowError, ZeroDivisionError):
        return float("inf")


def parse_number(text: str) -> float | None:
    """Return the value of a number in words or digits, or none if ``text`` is not one.

    Knows magnitudes (``1.2bn``, ``three lakh crore``), dozens, mixed numbers (``two and a half
    million``) and fractions (``two-thirds``, ``3/4``, ``half a million``, ``three in four``).
    """
    if len(text) > 400:
        return None
    value = number_of([match.group().lower() for match in PART.finditer(text)])
    if value is None or value != value or abs(value) == float("inf"):
        return None
    return value


def number_of(parts: list[str]) -> float | None:
    """Return the value of a number cut into words and numerals, or none if it is not one."""
    negative = False
    if parts and parts[0] in SIGNS:
        negative, parts = True, parts[1:]
    slash = "/" in parts
    parts = [part for part in parts if part not in {"-", "–", "−"}]
    if not parts:
        return None
    value = _slashed(parts) if slash else _shared(parts)
    if value is None:
        return None
    return -value if negative else value


def _shared(parts: list[str]) -> float | None:
    """Read "three in four", "one out of five", "one over twenty", or a plain number."""
    for place, part in enumerate(parts):
        if part in {"in", "out", "over"} and place:
            rest = parts[place + 1 :]
            while rest and rest[0] in {"of", "every"}:
                rest = rest[1:]
            above, below = _fraction_or_sum(parts[:place]), _fraction_or_sum(rest)
            return above / below if above is not None and below else None
    return _fraction_or_sum(parts)


def _slashed(parts: list[str]) -> float | None:
    place = parts.index("/")
    whole, over = 0.0, parts[:place]
    if len(over) == 2:
        first = _sum(over[:1])
        if first is None:
            return None
        whole, over = first, over[1:]
    above, below = _sum(over), _sum(parts[place + 1 :])
    return whole + above / below if above is not None and below else None


def _fraction_or_sum(parts: list[str]) -> float | None:
    words = number_words()
    if not parts:
        return None
    for place, part in enumerate(parts):
        row = words.get(part)
        if row is None or row.kind not in {"denominator", "ordinal"}:
            continue
        before = words.get(parts[place - 1]) if place > 1 else None
        if row.kind == "ordinal" and (before is None or before.kind != "ten"):
            return None
        value = _fraction(parts[:place], row.value)
        rest = [word for word in parts[place + 1 :] if word not in ARTICLE | {"of"}]
        if value is None or not rest:
            return value
        magnitude = _sum(rest)
        return value * magnitude if magnitude is not None and magnitude >= 10 else None
    return _sum(parts)


def _fraction(parts: list[str], below: float) -> float | None:
    """Read what stands before "thirds": "two", "a twenty", "forty two and a"."""
    words = number_words()
    whole, scale = 0.0, 1.0
    if AND & set(parts):
        cut = max(place for place, part in enumerate(parts) if part in AND)
        before, after = parts[:cut], parts[cut + 1 :]
        if (
            len(after) == 1
            and words.get(after[0])
            and words[after[0]].kind in {"ten"}
            and below > 9
        ):
            pass
        elif after and (after[0] in ARTICLE or len(after) <= 2):
            joined = _sum(parts)
            if not _is_one_number(before, after) or joined is None:
                first = _sum(before)
                if first is None:
                    return None
                last = words.get(before[-1])
                if (last and last.kind == "magnitude" and after[0] in ARTICLE | {"one"}) or (
                    last and last.kind == "magnitude"
                ):
                    scale = last.value
                whole, parts = first, after
    ten = words.get(parts[-1]) if parts else None
    if below < 3 and not (ten and ten.kind == "ten" and parts) and below == 1:
        return None
    if len(parts) > 1 and below < 10 and ten and ten.kind == "ten" and parts[-2] not in AND:
        below, parts = below + ten.value, parts[:-1]
    above = 1.0 if not parts or (len(parts) == 1 and parts[0] in ARTICLE) else _sum(parts)
    return None if above is None else whole + scale * above / below


def _is_one_number(before: list[str], after: list[str]) -> bool:
    """Tell "one hundred and thirty (fifths)" from "twenty and three (fifths)"."""
    row = number_words().get(before[-1]) if before else None
    return bool(row and row.kind == "hundred" and after[0] not in ARTICLE)


class _Sum:
    """A number under construction: closed groups, and the group still open."""

    def __init__(self) -> None:
        self.total = 0.0
        self.group = 0.0
        self.last = ""
        self.magnitude = float("inf")
        self.joined = False
        self.hundreds = False
        self.part_of_magnitude = 0.0

    @property
    def value(self) -> float:
        """The number so far."""
        return self.total + self.group

    def small(self, value: float, kind: str) -> bool:
        """Add a unit or a ten where English allows one; tell whether it does."""
        joined, self.joined = self.joined, False
        fits = {
            "": True,
            "ten": kind == "unit" and 0 < value < 10 and not joined,
            "hundred": value > 0,
            "magnitude": True,
        }.get(self.last, False)
        self.group += value
        self.last = kind
        return fits

    def digits(self, value: float) -> bool:
        """Add a numeral: first, or after a magnitude, or after "hundred and"."""
        joined, self.joined = self.joined, False
        after_magnitude = self.last == "magnitude" and not joined and value < self.magnitude
        after_hundred = self.last == "hundred" and 0 < value < 100
        fits = self.last == "" or after_magnitude or after_hundred
        self.group += value
        self.last = "digits"
        return fits

    def hundred(self) -> bool:
        """Multiply the open group by a hundred."""
        fits = self.last in {"", "unit", "digits", "article", "ten", "half"} and not self.hundreds
        self.hundreds = True
        self.group = (self.group or 1.0) * 100
        self.last = "hundred"
        return fits

    def scale(self, value: float) -> bool:
        """Close the open group at a magnitude; a second one right after it multiplies it."""
        if self.last == "magnitude":
            self.total *= value
            return not self.joined
        if self.last == "half" and self.part_of_magnitude:
            self.group = self.part_of_magnitude
        fits = value < self.magnitude or self.magnitude == float("inf")
        if self.total and value > self.magnitude:
            self.total = self.total * value + (self.group or 1.0) * value
            fits = True
        else:
            self.total += (self.group or 1.0) * value
        self.group = 0.0
        self.magnitude, self.last, self.joined, self.hundreds = value, "magnitude", False, False
        return fits

    def dozen(self) -> bool:
        """Multiply what is open below a hundred by twelve."""
        rest = self.group % 100 if self.group > 100 else self.group
        self.group = self.group - rest + (rest or 1.0) * 12
        fits, self.last, self.joined = self.last != "dozen", "dozen", False
        return fits

    def part(self, value: float) -> bool:
        """Add a half or a quarter, of one or of the magnitude just closed."""
        scaled = self.last == "magnitude" and self.joined
        first = self.last in {"", "article"}
        self.part_of_magnitude = value if scaled else 0.0
        many = self.last in {"unit", "digits"} and not self.joined and value < 0.5
        if many:
            self.group *= value
        else:
            self.group += value * (self.magnitude if scaled else 1.0)
        fits = first or self.joined or many
        self.last, self.joined = "half", False
        return fits


def _sum(parts: list[str]) -> float | None:
    """Return the value of a number without denominators, or none if the words make no number."""
    words = number_words()
    if parts[-3:-1] == ["and", "one"] and parts[-1] in {"half", "quarter"}:
        parts = [*parts[:-2], "a", parts[-1]]
    total = _Sum()
    for position, part in enumerate(parts):
        row = words.get(part)
        if part[0].isdigit() or part[0] == ".":
            fits = total.digits(digits_value(part))
        elif part in VULGAR:
            fits = total.last in {"", "digits"}
            total.group += VULGAR[part]
            total.last = "digits"
        elif part in AND:
            fits = total.last != "" and not total.joined and position + 1 < len(parts)
            total.joined = True
        elif part in ARTICLE or part == "of":
            fits = _article(total, parts, position)
        elif part == "point":
            return _point(total, parts[position + 1 :]) if total.last else None
        else:
            fits = row is not None and _take(total, row)
        if not fits:
            return None
    return total.value if total.last and not total.joined else None


def _article(total: _Sum, parts: list[str], position: int) -> bool:
    following = number_words().get(parts[position + 1]) if position + 1 < len(parts) else None
    if parts[position] == "of":
        return total.last == "half" and position + 1 < len(parts)
    if following is None and position and parts[position - 1] not in {"half", "of", "quarter"}:
        return False
    if not total.last:
        total.last = "article"
        return following is not None and following.kind in {"hundred", "magnitude", "dozen", "half"}
    return total.joined or total.last == "half"


def _take(total: _Sum, row: NumberWord) -> bool:
    if row.kind in {"unit", "ten"}:
        return total.small(row.value, row.kind)
    if row.kind == "half":
        return total.part(row.value)
    if row.kind == "hundred":
        return total.hundred()
    if row.kind == "dozen":
        return total.dozen()
    if row.kind in {"magnitude", "short magnitude"}:
        return total.scale(row.value)
    return False


def _point(total: _Sum, parts: list[str]) -> float | None:
    """Read the digits after "point": "zero three", "seventy-one", "five million"."""
    words = number_words()
    digits, scale, ten = "", 1.0, False
    for part in parts:
        row = words.get(part)
        if part.isdigit() and scale == 1.0:
            digits += part
        elif row is not None and row.kind in {"unit", "ten"} and scale == 1.0:
            follows = ten and row.kind == "unit" and 0 < row.value < 10
            digits = digits[:-1] + str(int(row.value)) if follows else digits + str(int(row.value))
            ten = row.kind == "ten"
        elif row is not None and row.kind in {"magnitude", "hundred"} and digits:
            scale *= row.value
        else:
            return None
    return (total.value + float(f"0.{digits}")) * scale if digits else None
