"""Transcripts: paragraphs that begin with who speaks, as "WALLACE: If I may, sir"."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.coding.drafts import Draft
from onrecord.parsing.annotated import Annotated
from onrecord.record import Span

_TURN = re.compile(
    r"[\"“‘']?(?P<name>[A-Z][A-Z.’' -]{1,40}[A-Z]|[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,3}|[QA])\s?:\s"
)
_FEWEST = 3
_SURE = 0.9
_LONGEST = 8
_ASIDE = re.compile(r"[\W_]{0,2}(?:\(|\[|\.\.|…|>>)|\W{0,8}\Z")
TURN = "transcript: name, colon, words"
"""What ``why`` says of a turn."""


def draft_turns(annotated: Annotated) -> list[Draft]:
    """Return the turns of a transcript in the text, or nothing where there is none.

    There is one where at least three paragraphs begin with a name in capitals and a colon, or where
    two names so written take turns. A turn goes on in paragraphs that reopen its quotation marks,
    and in those before the next turn that are no stage directions.
    """
    text = annotated.text
    found = [_TURN.match(text, start, min(end, start + 60))
             for start, end in annotated.document.paragraphs]  # fmt: skip
    voices = Counter(match["name"] for match in found if match)
    shouted = sum(number for name, number in voices.items() if name.isupper())
    in_turn = sum(number for number in voices.values() if number > 1)
    if shouted < _FEWEST and (in_turn < 4 or sum(n > 1 for n in voices.values()) < 2):
        return []
    drafts: list[Draft] = []
    turns = [
        match if match and (match["name"].isupper() or voices[match["name"]] > 1) else None
        for match in found
    ]
    last = max((number for number, match in enumerate(turns) if match), default=0)
    blocks = zip(turns, annotated.document.paragraphs, strict=True)
    for number, (match, (start, end)) in enumerate(blocks):
        if match is not None and match.end() < end:
            colon = text.index(":", match.end("name"))
            drafts.append(Draft(
                [Span(match.start("name"), match.end("name"))], [Span(colon, colon + 1)],
                [Span(match.end(), end)], None, _SURE, TURN,
            ))  # fmt: skip
        elif drafts and (
            _goes_on(text, drafts[-1], start)
            or (number < last and _is_between(annotated, drafts[-1], start, end))
        ):
            drafts[-1].content.append(Span(start, end))
    return drafts


def _goes_on(text: str, turn: Draft, start: int) -> bool:
    """Tell whether a paragraph reopens the quotation marks of the turn right before it."""
    mark = text[turn.source[0].start - 1 : turn.source[0].start]
    adjoins = not text[turn.content[-1].end : start].strip()
    return adjoins and mark in ('"', "“") and text[start] == mark and text[start + 1] != "("


def _is_between(annotated: Annotated, turn: Draft, start: int, end: int) -> bool:
    """Tell whether a paragraph before the next turn is spoken: no aside, no heading in between."""
    if len(turn.content) > _LONGEST or _ASIDE.match(annotated.text, start, end):
        return False
    said = turn.content[-1].end
    return not any(said <= heading < start for heading, _ in annotated.document.headings)
