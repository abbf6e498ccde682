"""Whether the words around a time expression look back or forward, where no syntax tree says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import msgspec

from onrecord.knowledge.tables import read_table
from onrecord.parsing.timex_tokens import TIMES

Tense = Callable[[int], str | None]
#: How far before and after an expression a verb is sought, in characters.
REACH, REACH_AFTER = 110, 70
SENTENCE_END = re.compile(r"[.!?]['\"”’)]?\s+(?=[\"“‘'`(]?[A-Z])|\n")
FORWARD_BEFORE = re.compile(
    r"\b(?:by|until|till|before|next|coming|starting)\s(?:the\s|early\s|late\s|mid-)?$", re.I
)
BACK_BEFORE = re.compile(
    r"\b(?:since|last|past|ended|ending|through|earlier)\s(?:the\s|early\s|late\s)?$", re.I
)
#: "to" before a noun or a number is no infinitive: "to the", "to talks", "to more than".
INFINITIVE = (
    r"to\s(?!(?:the|an?|his|her|its|their|our|my|this|that|more|less|fewer|most|nearly|about|some|all|"
    r"each|every|one|two|three|zero|other|others|him|them|me|us|you|it|what|how|which|whom|and|or|"
    r"[a-z]{1,12}ing|[a-z]{1,12}[^siu\W]s)\b)[a-z]+"
)


class CueRow(msgspec.Struct, frozen=True):
    """A row of ``times/tense_cues.tsv``."""

    kind: str
    words: tuple[str, ...] = ()


@cache
def _cue() -> re.Pattern[str]:
    """Return the pattern of verbs that tell; "weak" ones only where nothing else does."""
    words = {
        row.kind: "|".join(re.escape(word).replace(r"\ ", r"\s") for word in row.words)
        for row in read_table(TIMES / "tense_cues.tsv", CueRow)
    }
    between = (
        r"(?:\s(?:not|also|be|have|then|to|never|still|now|soon|almost|again|[a-z]{2,14}ly)\b){0,4}"
    )
    return re.compile(
        r"\b(?:(?P<before>could\snot|couldn['’]t)\s(?:be\s)?[a-z]+"
        rf"|(?P<future>(?:{words['modal']})\b{between}(?:\s(?!(?:on|in|at|by)\b)[a-z]+)?"
        rf"|(?:{words['planning']})\sto\b(?:\s[a-z]+)?|['’]ll\s[a-z]+|{words['future']}|{words['scheduled']}"
        rf"|to\sbe\s[a-z]+)|(?P<weak>{INFINITIVE})|(?P<past>[a-z]{{2,20}}ed|{words['past']}))\b"
    )


#: A bare month that tells which election or report is meant: "the November election".
ATTRIBUTIVE = re.compile(r"(?:\b(?:the|this|a|his|her|its|their|our)|['’]s)\s$", re.I)


@cache
def _event() -> re.Pattern[str]:
    """Return the pattern of events that are held on a day set long before."""
    words = next(
        row.words for row in read_table(TIMES / "tense_cues.tsv", CueRow) if row.kind == "event"
    )
    return re.compile(rf"\s(?:[a-z]+\s){{0,2}}(?:{'|'.join(words)})\b")


class Direction:
    """Tells, for a stretch of text, whether it looks back (-1), forward (1) or neither (0)."""

    def __init__(self, text: str, tense_at: Tense | None = None) -> None:
        self.text = text
        self.tense_at = tense_at

    def of(self, start: int, end: int) -> int:
        """Return the direction of the expression ``[start, end)``."""
        before = self.text[max(0, start - REACH) : start]
        if FORWARD_BEFORE.search(before):
            return 1
        if BACK_BEFORE.search(before):
            return -1
        if self.tense_at is not None:
            tense = self.tense_at(start)
            if tense in {"past", "future"}:
                return 1 if tense == "future" else -1
        return self._by_words(before, self.text[end : end + REACH_AFTER])

    def attributive(self, start: int, end: int) -> str:
        """Return "event" for "the May election", "noun" for "its May report", else nothing."""
        if not ATTRIBUTIVE.search(self.text[max(0, start - 8) : start]):
            return ""
        if _event().match(self.text, end):
            return "event"
        return "noun" if re.match(r"\s[a-z]{4}", self.text[end : end + 5]) else ""

    def _by_words(self, before: str, after: str) -> int:
        """Return the direction of the last verb before, or else of the first one after."""
        ends = [match.end() for match in SENTENCE_END.finditer(before)]
        found = 0
        for match in _cue().finditer(before[ends[-1] if ends else 0 :]):
            if not (match["weak"] and found):
                found = _direction(match)
        if found:
            return found
        stop = SENTENCE_END.search(after)
        following = _cue().search(after[: stop.start() if stop else len(after)])
        return 0 if following is None else _direction(following)


def _direction(match: re.Match[str]) -> int:
    return 1 if match["future"] or match["weak"] else -1
