"""Quotation marks as evidence: what they say about where a content begins, ends, and whose it is.

A quotation is one person's, so no content begins or ends in the middle of it; and beside a sentence
in quotation marks, a few words without them and without a verb are no part of what was said.
"""

from __future__ import annotations

import re

from onrecord.coding.drafts import Draft
from onrecord.parsing.annotated import Annotated, Quotation
from onrecord.record import Span

_VERBS = ("VBD", "VBZ", "VBP", "MD")
_FEWEST = 4


def repair(annotated: Annotated, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with whole quotations and without stray pieces."""
    for draft in drafts:
        _complete(annotated, draft, drafts)
    kept = [draft for draft in drafts if draft.content]
    for draft in kept:
        _drop_strays(annotated, draft)
    return kept


def _complete(annotated: Annotated, draft: Draft, others: list[Draft]) -> None:
    """Let no piece of content begin or end inside a quotation that is not a part of a larger one."""
    pieces: list[Span] = []
    for piece in draft.content:
        whole = piece
        for quotation in annotated.quotations_in(piece):
            outer = quotation.outer
            if _is_inside(draft, outer):
                continue
            if quotation.closed and _cut(annotated, piece, quotation):
                if _is_anothers(draft, others, outer):
                    whole = Span(max(whole.start, outer.end), max(whole.end, outer.end))
                else:
                    whole = Span(min(whole.start, outer.start), max(whole.end, outer.end))
        if whole.end <= whole.start:
            continue
        if pieces and whole.start <= pieces[-1].end:
            pieces[-1] = Span(pieces[-1].start, max(whole.end, pieces[-1].end))
        else:
            pieces.append(whole)
    draft.content = pieces


def _is_anothers(draft: Draft, others: list[Draft], outer: Span) -> bool:
    """Tell whether more of a quotation is in another draft's content than in this one's."""
    own = _share(draft, outer)
    return any(_share(other, outer) > own for other in others if other is not draft)


def _is_inside(draft: Draft, outer: Span) -> bool:
    """Tell whether the words of the draft stand in the quotation itself."""
    return any(outer.overlaps(span) for span in (*draft.cue, *draft.source))


def _cut(annotated: Annotated, piece: Span, quotation: Quotation) -> bool:
    """Tell whether a piece ends or begins in the middle of a quotation, not only at its marks."""
    inner = quotation.inner
    return any(
        inner.start < at < inner.end
        and re.search(r"\w", annotated.text[inner.start : at])
        and re.search(r"\w", annotated.text[at : inner.end])
        for at in (piece.start, piece.end)
    )


def _share(draft: Draft, outer: Span) -> int:
    """Count the characters of a quotation that are a draft's."""
    return sum(
        max(0, min(piece.end, outer.end) - max(piece.start, outer.start)) for piece in draft.content
    )


def _drop_strays(annotated: Annotated, draft: Draft) -> None:
    """Drop a piece without quotation marks or verb that stands apart from a quoted sentence."""
    sentences = [piece for piece in draft.content if _is_quoted_sentence(annotated, piece)]
    if not sentences:
        return
    draft.content = [
        piece
        for piece in draft.content
        if piece in sentences or annotated.quotations_in(piece) or _has_verb(annotated, piece)
    ]


def _is_quoted_sentence(annotated: Annotated, piece: Span) -> bool:
    for quotation in annotated.quotations_in(piece):
        if quotation.outer.start <= piece.start + 1:
            words = annotated.tokens_in(quotation.inner)
            return len(words) >= _FEWEST and words[0].text[:1].isupper()
    return False


def _has_verb(annotated: Annotated, piece: Span) -> bool:
    return any(token.tag_ in _VERBS for token in annotated.tokens_in(piece))
