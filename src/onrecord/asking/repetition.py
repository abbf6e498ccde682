"""Words beside an act that say it is not the first time: "has once again ruled out"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from onrecord.knowledge.positions import load_repetition

_CUT = re.compile(
    r"[.;:—–“”\"()]|,(?!\s*(?:who|which)\b)|\b(?:that|(?:and|but|or)(?!\s\w{1,20}ly\b))\b"
)
_NEAR_BEFORE, _NEAR_AFTER = 7, 3  # words


def clause_before(text: str) -> str:
    """Return what of a text before an act belongs to the act's own clause."""
    return _CUT.split(text)[-1]


@lru_cache(maxsize=1)
def _repetition() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b{re.escape(word)}\b"), says) for word, says in load_repetition())


def repeated(before: str, act: str, after: str, cue: str) -> tuple[tuple[str, str], ...]:
    """Return the words beside an act that say it is not the first time, each with what it says."""
    left = clause_before(before).split()[-_NEAR_BEFORE:]
    opening = _opening(before)
    right = _CUT.split(after)[0].split()[:_NEAR_AFTER]
    near = " ".join([*opening, *left, act, *_adverbs(right)])
    found: list[tuple[str, str]] = []
    for text in (near, cue):
        place = text.lower()
        for pattern, says in _repetition():
            match = pattern.search(place)
            if match is not None and not _negated(place[: match.start()]):
                found.append((text[match.start() : match.end()], says))
                place = (
                    place[: match.start()]
                    + " " * (match.end() - match.start())
                    + place[match.end() :]
                )
    return tuple(dict.fromkeys(found))


def _negated(before: str) -> bool:
    """Tell whether words of repetition are denied: "don't always agree"."""
    return before.rstrip().endswith(("n't", "n’t", " not"))


def _opening(before: str) -> list[str]:
    """Return "Once again" of "Once again, Paris rejected": what a comma parts from the clause."""
    first = re.split(r"[.!?]\s|\n", before)[-1].split(",")[0].strip()
    return first.split() if any(first.lower() == word for word, _ in load_repetition()) else []


def _adverbs(words: Sequence[str]) -> list[str]:
    """Return the first words after an act as far as they may say how often it was done."""
    first = " ".join(words).lower()
    for word, _ in load_repetition():
        if first.startswith(word):
            return list(words)
    return []
