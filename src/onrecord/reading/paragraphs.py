"""Plain text → paragraphs and headings, as spans of the text as it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import msgspec

from onrecord.reading.dates import date_line

_WIDEST_WRAP = 120
_MOST_HEADING_WORDS = 14
_MOST_TITLE_WORDS = 40
_FULL_STOPS = (".", "!", "…", ":", ";", ",", "。")
_CLOSING = " \"'”’»)]"
_ITEM = re.compile(r"(?:[-*•·–—▪‣]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")


class Block(msgspec.Struct):
    """A stretch of text that stands by itself: its span, and whether it is a heading."""

    start: int
    end: int
    heading: bool = False


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of ``text`` in order, with headings inside the text marked.

    A blank line ends a block. A line end within one ends it too, unless the text is hard-wrapped:
    then it does so only where the next word would still have fitted in.
    """
    runs = list(_runs(text))
    width = _wrap_width(text, runs)
    blocks = [block for run in runs for block in _split(text, run, width)]
    for index, block in enumerate(blocks):
        block.heading = _is_heading(text, blocks, index)
    return blocks


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield runs of lines without a blank one between them, each line trimmed, as spans."""
    run: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped[0])
            run.append((start, start + len(stripped)))
        elif run:
            yield run
            run = []
        position += len(line) + 1
    if run:
        yield run


def _wrap_width(text: str, runs: list[list[tuple[int, int]]]) -> int | None:
    """Return the width at which the text is wrapped, or none if each line is a paragraph."""
    breaks = [pair for run in runs for pair in itertools.pairwise(run)]
    if not breaks:
        return None
    width = max(end - start for run in runs for start, end in run)
    if width > _WIDEST_WRAP:
        return None
    full = sum(_is_full(text, here, after, width) for here, after in breaks)
    running = sum(text[after[0]].islower() for _, after in breaks)
    return width if full >= 0.7 * len(breaks) and running >= 0.2 * len(breaks) else None


def _is_full(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """Tell whether the first word of the next line would not have fitted on this one."""
    next_word = text[after[0] : after[1]].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(next_word) > 0.9 * width


def _split(text: str, run: list[tuple[int, int]], width: int | None) -> Iterator[Block]:
    start = run[0][0]
    for here, after in itertools.pairwise(run):
        item = _ITEM.match(text, after[0]) is not None
        if width is None or item or not _is_full(text, here, after, width):
            yield Block(start, here[1])
            start = after[0]
    yield Block(start, run[-1][1])


def _is_heading(text: str, blocks: list[Block], index: int) -> bool:
    """Tell whether a block inside the text is a heading: a short line before a real paragraph."""
    if index + 1 >= len(blocks):
        return False
    line = text[blocks[index].start : blocks[index].end]
    after = text[blocks[index + 1].start : blocks[index + 1].end]
    before = text[blocks[index - 1].start : blocks[index - 1].end] if index else after
    if date_line(line) is not None or not looks_like_heading(line):
        return False
    return is_prose(after) and (is_prose(before) or index <= 2)


def looks_like_heading(line: str) -> bool:
    """Tell whether a line has the look of a heading: short, capitalised, without a full stop.

    A short question is more often a sentence of its own than a heading, so it is not taken for one.
    """
    words = line.split()
    if not 1 <= len(words) <= _MOST_HEADING_WORDS or len(line) > 100 or _ITEM.match(line):
        return False
    if line.rstrip(_CLOSING).endswith((*_FULL_STOPS, "?", "!")) or line[0] in '"“«(':
        return False
    return any(c.isalpha() for c in line) and not line[0].islower()


def looks_like_headline(line: str) -> bool:
    """Tell whether a first line has the look of a headline: one line without a full stop.

    A line that ends in a full stop is one only if it Capitalises Its Words.
    """
    words = line.split()
    if not 2 <= len(words) <= _MOST_TITLE_WORDS or len(line) > 250:
        return False
    if not any(c.isalpha() for c in line) or line[0].islower():
        return False
    if line.rstrip(_CLOSING).endswith(_FULL_STOPS):
        return line.endswith(".") and _is_title_case(words)
    return True


def _is_title_case(words: list[str]) -> bool:
    long = [word.strip(".,:;'\"“”‘’()") for word in words]
    long = [word for word in long if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def is_prose(line: str) -> bool:
    """Tell whether a block reads as running text: it ends a sentence, or has many words."""
    return line.rstrip(_CLOSING).endswith((*_FULL_STOPS, "?")) or len(line.split()) > 20


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as a sentence does, quotation marks and brackets aside."""
    return line.rstrip(_CLOSING).endswith((".", "!", "?", "…", "。", "！", "？"))
