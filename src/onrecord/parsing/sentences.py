"""Sentences by punctuation: they never cross a paragraph, and abbreviations do not end them."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table

_END = re.compile(r"(?:[.!?…]{1,4})[\"”’'»)\]]{0,3}(?=\s)|\.(?=[“\"][A-Z])")
_WORD_BEFORE = re.compile(r"[\w.&’'-]{1,20}$")
_INITIAL = re.compile(r"^(?:[A-Z]\.)+[A-Z]?$|^[A-Z]$")
_OPENS = re.compile(r"[\"“‘'«„(\[—–-]{0,3}\s{0,1}[A-Z0-9À-ÞΑ-ΩА-Я$€£#@]")
_SPEECH_AFTER = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.\s)?(?:[A-Z][\w’'.-]{1,20}\s){1,4}"
    r"(?:said|says|asked|asks|added|adds|wrote|writes|tweeted|told|replied|shouted|exclaimed|wondered)\b"
)
_ABBREVIATION_STARTERS = frozenset(
    [
        "The",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "But",
        "And",
        "In",
        "On",
        "At",
        "A",
        "An",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "His",
        "Her",
        "Its",
        "Their",
        "Our",
        "My",
        "If",
        "When",
        "While",
        "After",
        "Before",
        "As",
        "For",
        "From",
        "By",
        "With",
        "So",
        "Yet",
        "Now",
        "Some",
        "Many",
        "Most",
        "One",
    ]
)


class Abbreviation(msgspec.Struct, frozen=True):
    """An abbreviation with its period; ``ends`` tells whether it may end a sentence."""

    form: str
    ends: bool = False


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, bool]:
    rows = read_table(FOLDER / "parsing" / "abbreviations.tsv", Abbreviation)
    return {row.form.rstrip("."): row.ends for row in rows}


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of ``text[start:end]``, one paragraph, as (start, end) pairs.

    White space between sentences belongs to none of them.
    """
    found: list[tuple[int, int]] = []
    begin = _skip_space(text, start, end)
    for match in _END.finditer(text, start, end):
        if match.end() >= end or not _is_boundary(text, match, end):
            continue
        found.append((begin, match.end()))
        begin = _skip_space(text, match.end(), end)
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        found.append((begin, end))
    return found


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _is_boundary(text: str, match: re.Match[str], end: int) -> bool:
    after = _skip_space(text, match.end(), end)
    if after >= end or not _OPENS.match(text, after):
        return False
    mark = match.group()
    if mark[0] in "!?" and len(mark) > 1:
        return not _SPEECH_AFTER.match(text, after)
    if mark != ".":
        return True
    word = _WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
    return word is None or not _abbreviates(word.group().lstrip("('’-"), text, after)


def _abbreviates(word: str, text: str, after: int) -> bool:
    """Tell whether the period behind ``word`` belongs to it rather than to the sentence."""
    known = _abbreviations()
    if word in known:
        return not (known[word] and _starts_sentence(text, after))
    if _INITIAL.match(word):
        return word == "I" or not _starts_sentence(text, after) if len(word) > 1 else word != "I"
    return False


def _starts_sentence(text: str, after: int) -> bool:
    word = re.match(r"[“\"‘']?([A-Za-z]{1,12})\b", text[after : after + 16])
    return word is not None and word.group(1) in _ABBREVIATION_STARTERS
