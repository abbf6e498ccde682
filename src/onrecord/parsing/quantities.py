"""Numbers that count or measure: cardinals, fractions, percentages, money, measures, ranges.

``find_quantities`` scans for digits and number words, reads each number with its magnitude and
unit, joins two into a range or a share, and passes over dates, ages, names and addresses.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.parsing.quantity_context import is_approximate, is_name_or_age, is_pronoun
from onrecord.parsing.quantity_numbers import parse_number
from onrecord.parsing.quantity_ranges import JOINT, Amount, joined
from onrecord.parsing.quantity_scan import Numeral, lexicon, magnitude, numeral
from onrecord.parsing.quantity_units import Unit, tables, unit_after
from onrecord.parsing.times import find_times
from onrecord.record import Quantity, Span, TimeExpression

__all__ = ["find_quantities", "load", "parse_number"]

#: Addresses of the web and of mail hold numbers that count nothing.
ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}")
#: Units that a smaller one may follow: "5 feet 2 inches".
SMALLER = {"foot": ("inch", 12.0), "pound": ("ounce", 16.0), "stone": ("pound", 14.0)}
HEIGHT = re.compile(r"-(1[01]|\d)(?!\d|-\w)")
#: What may follow the inches of "5 ft 10".
INCHES = re.compile(r"\s?(?:[.,;:)]|$)|\s(?:tall|high|and|in|or|frame|with)\b")
AND = re.compile(r",?\sand\s|,?\s")
#: Words that "double" and "twice" count before.
DOUBLED = re.compile(r"\s(?:the|its|their|his|her|that|what|those|our)\b")
AS_MANY = re.compile(r"\s(?:as|the|its|that)\b")


class _Finder:
    """A text being searched; ``taken`` are the stretches that hold no quantities."""

    def __init__(self, text: str, taken: Sequence[Span]) -> None:
        self.text = text
        self.taken = sorted(taken)
        self.starts = [span.start for span in self.taken]
        self.scan = lexicon().scan

    def find(self, start: int, end: int) -> Iterator[Quantity]:
        """Yield the quantities between two offsets, in order."""
        place = start
        while match := self.scan.search(self.text, place, end):
            place = max(match.end(), match.start() + 1)
            busy = self._taken_at(match.start(), match.end())
            if busy is not None:
                place = max(busy.end, match.start() + 1)
                continue
            found = self._read(match, end)
            found = None if found is None else self._clear(found)
            if found is None:
                continue
            place = max(found.end, match.start() + 1)
            yield self._quantity(found)

    def _clear(self, found: Amount) -> Amount | None:
        """Leave the time in "110 kilometres an hour" out of the span; none where one is in the way."""
        time = self._taken_at(found.start, found.end)
        if time is None:
            return found
        if not found.start < found.bare_end <= time.start or found.end > time.end:
            return None
        end = time.start - (self.text[time.start - 1] == " ")
        return msgspec.structs.replace(found, end=end)

    def _taken_at(self, start: int, end: int) -> Span | None:
        place = bisect.bisect_right(self.starts, end - 1) - 1
        if place >= 0 and self.taken[place].end > start:
            return self.taken[place]
        return None

    def _quantity(self, found: Amount) -> Quantity:
        approximate = found.approximate or is_approximate(self.text, found.start, found.end)
        span = Span(found.start, found.end)
        return Quantity(span, found.value, found.low, found.high, found.unit, approximate)

    def _read(self, match: re.Match[str], limit: int) -> Amount | None:
        if match["multiple"]:
            return self._multiple(match)
        if match["vague"]:
            return self._vague(match, limit)
        first = self._amount(match, limit)
        return None if first is None else self._pair(first, limit)

    def _multiple(self, match: re.Match[str]) -> Amount | None:
        """Read "doubled", "twofold"; "double" and "triple" only before "the", "its", "that"."""
        row = lexicon().multiples[match["multiple"].lower()]
        needed = {"before": DOUBLED, "as": AS_MANY}.get(row.kind)
        if needed is not None and not needed.match(self.text, match.end()):
            return None
        if self.text.startswith((" down", " back", " standard", " agent"), match.end()):
            return None
        return Amount(match.start(), match.end(), row.value, "times")

    def _vague(self, match: re.Match[str], limit: int) -> Amount | None:
        """Read "thousands", "tens of millions of dollars": a quantity without a known value."""
        if match.group().lower() == "a couple":
            return Amount(match.start(), match.end(), 2.0, approximate=True)
        of = self.text.startswith(" of ", match.end())
        unit = unit_after(self.text, match.end() + 3 * of, digits=False, value=1e6)
        if unit is None or unit.end > limit:
            return Amount(match.start(), match.end(), None, approximate=True)
        return Amount(match.start(), unit.end, None, unit.name, approximate=True)

    def _amount(
        self, match: re.Match[str], limit: int, first: Amount | None = None
    ) -> Amount | None:
        """Read a number with its currency, magnitude and unit.

        ``first`` is the number it is joined to: an amount of money lends it its currency.
        """
        lent = first.unit if first is not None and first.money else ""
        number = numeral(self.text, match, limit, money=bool(lent))
        if number is None:
            return None
        if not match["digits"] and is_pronoun(self.text, match.start(), number.end):
            return None
        unit = unit_after(self.text, number.end, digits=bool(match["digits"]), value=number.value)
        unit = None if unit is None or unit.end > limit else unit
        if match["cur"] or (lent and (unit is None or (unit.money and unit.factor == 1.0))):
            sign = (
                tables().before[re.sub(r"\s+", " ", match["cur"].strip())] if match["cur"] else lent
            )
            return self._money(match.start(), number, sign, unit)
        named = unit is None or unit.name in {"pound", "degree"}
        if named and is_name_or_age(self.text, match.start(), number.end, joined=first is not None):
            return None
        return self._measured(match.start(), number, unit, limit)

    def _money(self, start: int, number: Numeral, sign: str, unit: Unit | None) -> Amount:
        """Make an amount of money; its span may hold the currency twice: "US$5 million USD"."""
        twice = unit is not None and unit.money and (unit.name == sign or sign == "USD")
        end = unit.end if unit is not None and twice else number.end
        return Amount(start, end, number.value, sign, True, number.end, scale=number.scale)

    def _measured(self, start: int, number: Numeral, unit: Unit | None, limit: int) -> Amount:
        """Put a number and the unit that follows it together."""
        if unit is None:
            return Amount(start, number.end, number.value, bare_end=number.end, scale=number.scale)
        after, end = 1.0, unit.end
        if unit.money and number.scale == 1.0:  # "75 USD million"
            after, end = magnitude(self.text, end, limit, money=True, value=number.value)
        found = Amount(
            start, end, number.value * unit.factor * after, unit.name, unit.money, number.end,
            scale=number.scale,
        )  # fmt: skip
        return self._compound(found, limit)

    def _compound(self, found: Amount, limit: int) -> Amount:
        """Join "5 feet 2 inches", "6-foot-3", "3 dollars 50 cents" into the larger unit."""
        value = found.value
        if value is None or value % 1 or not (found.money or found.unit in SMALLER):
            return found
        height = HEIGHT.match(self.text, found.end, limit)
        if found.unit == "foot" and height:
            return msgspec.structs.replace(
                found, end=height.end(), value=value + int(height[1]) / 12
            )
        joint = AND.match(self.text, found.end, limit)
        match = self.scan.match(self.text, joint.end() if joint else found.end, limit)
        if match is None or match["multiple"] or match["vague"]:
            return found
        number = numeral(self.text, match, limit, money=False)
        return found if number is None else self._with_part(found, match, number)

    def _with_part(self, found: Amount, match: re.Match[str], number: Numeral) -> Amount:
        """Add cents to dollars, inches to feet, where they follow."""
        unit = unit_after(self.text, number.end, digits=bool(match["digits"]), value=number.value)
        whole = found.value or 0.0
        inches = unit is None and found.unit == "foot" and match["digits"] and number.value < 12
        if inches and INCHES.match(self.text, number.end):
            return msgspec.structs.replace(found, end=number.end, value=whole + number.value / 12)
        if unit is None:
            if not found.money or not self._are_cents(found, match, number):
                return found
            total = whole + number.value / 100
            return msgspec.structs.replace(found, end=number.end, value=total)
        if found.money and unit.money and unit.factor < 1 and number.value < 100:
            total = whole + number.value * unit.factor
            return msgspec.structs.replace(found, end=unit.end, value=total)
        name, parts = SMALLER.get(found.unit, ("", 1.0))
        if unit.name == name and number.value < parts:
            total = whole + number.value / parts
            return msgspec.structs.replace(found, end=unit.end, value=total)
        return found

    def _are_cents(self, found: Amount, match: re.Match[str], number: Numeral) -> bool:
        """Tell the cents of "15 dollars 50." from another number."""
        between = self.text[found.end : match.start()]
        ends = re.match(r"\s*(?:[.?!]|$)", self.text[number.end : number.end + 3]) is not None
        return "," not in between and ends and 0 < number.value < 100 and not number.value % 1

    def _pair(self, first: Amount, limit: int) -> Amount:
        """Join a number to the next one, where the text does."""
        joint = JOINT.match(self.text, first.end, limit)
        if joint is None and first.bare_end != first.end:
            joint = JOINT.match(self.text, first.bare_end, limit)
        if joint is None or first.value is None:
            return first
        match = self.scan.match(self.text, joint.end(), limit)
        if match is None or match["multiple"] or match["vague"]:
            return first
        second = self._amount(match, limit, first)
        if second is None or self._taken_at(second.start, second.end):
            return first
        return joined(self.text, first, second, joint)


def find_quantities(
    text: str,
    *,
    times: Sequence[TimeExpression] = (),
    spans: Sequence[tuple[int, int]] | None = None,
) -> list[Quantity]:
    """Return the quantities of ``text`` in order, none overlapping another or a time.

    ``times`` are the text's time expressions, which are no quantities; they are found here if not
    given. ``spans`` are the stretches to look in (the whole text by default). A span covers number,
    magnitude and unit, not the words that make it approximate. A vote or a score (``52-35``) has
    its numbers as ``low`` and ``high`` in the order of the text.
    """
    taken = times or find_times(text, anchor=None, spans=spans)
    addresses = [Span(*match.span()) for match in ADDRESS.finditer(text)]
    finder = _Finder(text, [one.span for one in taken] + addresses)
    found: list[Quantity] = []
    for start, end in sorted(spans) if spans is not None else [(0, len(text))]:
        begin = max(start, found[-1].span.end) if found else start
        found.extend(finder.find(begin, min(end, len(text))))
    return found


def load() -> None:
    """Load knowledge and patterns now rather than at the first text."""
    lexicon()
    tables()
