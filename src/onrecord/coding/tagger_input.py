"""What the attribution tagger is told beside the words: inside which quotation marks a word stands, and its capitals.

In: a text.  Out: small integers, one a character (`quote_states`) or one a word (`case_of`).
"""

from __future__ import annotations

import re

OUTSIDE, INSIDE, OPENING, CLOSING, SINGLE = range(5)
"""States of a character: outside quotation marks, between double ones, an opening or closing double mark, between single ones."""

_MARK = re.compile(r"''|``|[\"“”„‟«»‘’'\n]")
_OPENERS = ("“", "„", "‟", "«", "``")


def case_of(word: str) -> int:
    """0: no capital first; 1: a capital first; 2: two letters or more, all capitals."""
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def _side(text: str, start: int, end: int) -> int:
    """Tell by its neighbours what an undirected mark is: 1 opening, -1 closing, 0 they do not say."""
    before = start == 0 or text[start - 1].isspace() or text[start - 1] in "([{—–-"
    after = end == len(text) or text[end].isspace() or text[end] in ")]},.;:!?—–-"
    return int(before) - int(after)


class _Reader:
    """Walks over the marks of one text, paragraph by paragraph, and writes down the states."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.states = bytearray(len(text))
        self.double: tuple[int, str] | None = None
        self.single: int | None = None

    def fill(self, start: int, end: int, state: int) -> None:
        self.states[start:end] = bytes((state,)) * (end - start)

    def end_paragraph(self, at: int) -> None:
        if self.double is not None:
            self.fill(self.double[0], at, INSIDE)
        self.double = self.single = None

    def opens(self, mark: str, side: int) -> bool:
        """Whether a double mark opens here; a mark that can do both closes what is open unless its neighbours forbid."""
        if self.double is not None and mark == "“" and self.double[1] == "„":
            return False
        if mark in _OPENERS:
            return True
        if self.double is not None:
            return side > 0 and mark != "”"
        return side >= 0 if mark in ('"', "''") else side > 0

    def double_mark(self, start: int, end: int, mark: str) -> None:
        if self.opens(mark, _side(self.text, start, end)):
            if self.double is not None:
                self.fill(self.double[0], start, INSIDE)
            self.double, self.single = (end, mark), None
            self.fill(start, end, OPENING)
            return
        if self.double is not None:
            self.fill(self.double[0], start, INSIDE)
        self.double = None
        self.fill(start, end, CLOSING)

    def single_mark(self, start: int, mark: str) -> None:
        """Count a pair of single marks only once it is closed in its paragraph; an apostrophe is no mark."""
        text, end = self.text, start + 1
        if self.double is not None:
            return
        joined = end < len(text) and text[end].isalnum()
        led = start > 0 and text[start - 1].isalnum()
        if self.single is None:
            if mark == "‘" or (mark == "'" and joined and not led):
                self.single = start
        elif mark != "‘" and not joined:
            self.fill(self.single, end, SINGLE)
            self.single = None


def quote_states(text: str) -> bytearray:
    """One state a code point of `text`; linear in its length.  Marks left open run to the end of their paragraph."""
    reader = _Reader(text)
    for found in _MARK.finditer(text):
        mark = found.group()
        if mark == "\n":
            reader.end_paragraph(found.start())
        elif mark in ("‘", "’", "'"):
            reader.single_mark(found.start(), mark)
        else:
            reader.double_mark(found.start(), found.end(), mark)
    reader.end_paragraph(len(text))
    return reader.states
