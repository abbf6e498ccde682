"""An article cut where marks begin and end, so that marks may overlap and nest on a page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from onrecord.record import Record, Span

KINDS = ("said", "happened", "unreal", "figure", "date")
_REAL = frozenset(("happened", "ongoing"))


@dataclass(frozen=True)
class Mark:
    """A stretch of text to mark: its span, what it is, and the row it proves."""

    span: Span
    kind: str
    row: str


@dataclass(frozen=True)
class Segment:
    """A stretch of text under the same marks. ``anchors`` are the rows that begin here."""

    text: str
    kinds: tuple[str, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph, cut into segments."""

    heading: bool
    segments: tuple[Segment, ...]


def marks_of(record: Record) -> list[Mark]:
    """Return the marks of a record's rows: contents, triggers, figures and announced dates."""
    marks = [
        Mark(span, "said", row.id)
        for row in record.attributions
        if row.parent is None
        for span in row.content
    ]
    for event in record.events:
        kind = "happened" if event.modality in _REAL else "unreal"
        marks.append(Mark(event.trigger, kind, event.id))
    marks += [Mark(claim.span, "figure", claim.id) for claim in record.claims]
    for appointment in record.appointments:
        marks.append(Mark(appointment.when.span or appointment.span, "date", appointment.id))
    return marks


def blocks_of(record: Record) -> list[Block]:
    """Return headings and paragraphs in the order of the text, cut into segments."""
    marks = marks_of(record)
    seen: set[str] = set()
    document = record.document
    pairs = [(*pair, True) for pair in document.headings]
    pairs += [(*pair, False) for pair in document.paragraphs]
    blocks = []
    for start, end, heading in sorted(pairs):
        near = [m for m in marks if m.span.start < end and m.span.end > start]
        blocks.append(Block(heading, tuple(_segments(document.text, start, end, near, seen))))
    return blocks


def _segments(text: str, start: int, end: int, marks: list[Mark], seen: set[str]) -> list[Segment]:
    cuts = {start, end}
    for mark in marks:
        cuts.update(c for c in (mark.span.start, mark.span.end) if start < c < end)
    points = sorted(cuts)
    segments = []
    for left, right in pairwise(points):
        over = [m for m in marks if m.span.start <= left and right <= m.span.end]
        kinds = tuple(kind for kind in KINDS if any(m.kind == kind for m in over))
        anchors = tuple(m.row for m in over if m.row not in seen)
        seen.update(anchors)
        segments.append(Segment(text[left:right], kinds, tuple(dict.fromkeys(anchors))))
    return segments
