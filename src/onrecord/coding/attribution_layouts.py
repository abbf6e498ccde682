"""Attributions that the layout of a page makes: the turns of a transcript, and signed quotations.

Turns are read by :mod:`onrecord.coding.transcripts`; a quotation that a line ends with a dash and a
name behind it ("…” — Ann Lee, teacher") is the signer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.coding.drafts import Draft
from onrecord.coding.transcripts import TURN, draft_turns
from onrecord.parsing.annotated import Annotated
from onrecord.record import Span

_SIGNATURE = re.compile(
    r"\s{0,4}(?P<dash>[―—–]|--?)\s{0,2}(?P<name>[A-Z][^\W\d_]*\.?(?:[ '’.-]{1,2}[A-Z][\w'’-]*\.?){0,5})"
    r"(?:,[^\n“”\"]{0,70}|\s?\([^\n)]{0,60}\))?\.?[^\S\n]{0,4}(?=\n|\Z)"
)
_OPENING = "“”\"„«‘'"
_FEWEST_WORDS = 4
SIGNED = 0.9
"""Confidence of a signed quotation."""


def drafts_by_layout(annotated: Annotated) -> list[Draft]:
    """Return the turns and the signed quotations."""
    return [*draft_turns(annotated), *_signed(annotated)]


def give_way(draft: Draft, layout: list[Draft]) -> bool:
    """Take out of a draft what a layout gives to another; tell whether anything of it is left.

    A draft that stands as a whole in somebody's turn stays: it is nested there.
    """
    for other in layout:
        whole = other.extent
        if other.why == TURN and _is_nested(draft, other):
            continue
        named = any(whole.overlaps(span) for span in (*draft.cue, *draft.source))
        if named and any(whole.overlaps(span) for span in draft.content):
            return False
        draft.cue = [span for span in draft.cue if not whole.overlaps(span)]
        draft.source = [span for span in draft.source if not whole.overlaps(span)]
        draft.content = [span for span in draft.content if not whole.overlaps(span)]
    return bool(draft.content)


def _is_nested(draft: Draft, turn: Draft) -> bool:
    """Tell whether words and cue of a draft stand inside somebody's turn and are not the turn."""
    return all(
        any(piece.covers(span) and span.start > piece.start for piece in turn.content)
        for span in (*draft.cue, *draft.content)
    )


def _signed(annotated: Annotated) -> Iterator[Draft]:
    """Yield a draft for each signed quotation."""
    for quotation in annotated.quotations:
        if not quotation.closed or len(annotated.tokens_in(quotation.inner)) < _FEWEST_WORDS:
            continue
        match = _SIGNATURE.match(annotated.text, quotation.outer.end)
        if match is None:
            continue
        name = Span(match.start("name"), match.start("name") + len(match["name"].rstrip(".")))
        yield Draft(
            [name], [Span(*match.span("dash"))], [_from_line(annotated, quotation.outer)],
            confidence=SIGNED, why="a quotation with a signature",
        )  # fmt: skip


def _from_line(annotated: Annotated, quotation: Span) -> Span:
    """Begin a signed quotation where its line does, if that begins with a quotation mark too."""
    line = annotated.text.rfind("\n", 0, quotation.start) + 1
    return Span(line, quotation.end) if annotated.text[line] in _OPENING else quotation
