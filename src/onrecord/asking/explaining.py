"""One row, explained: the words that prove it, what decided, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onrecord.asking.rows import Explanation, Marked, Piece
from onrecord.errors import OnrecordError
from onrecord.record import (
    Appointment,
    Attribution,
    Claim,
    EventMention,
    EventNumber,
    Record,
    Span,
    Value,
    When,
)
from onrecord.storage.sentences import sentence_around

Coded = Attribution | EventMention | Claim | Appointment
# Values that are shown as spans, or apart from the facts.
_APART = {"id", "event", "confidence", "why"}


def explanation_of(record: Record, row_id: str) -> Explanation:
    """Return what stands behind a row of a record. Raises ``OnrecordError`` if it has none such."""
    kind, row = _find(record, row_id)
    spans = sorted(_spans(row), key=lambda marked: (marked[1].start, -marked[1].end, marked[0]))
    text, document = record.document.text, record.document
    passage = _passage(record, row, [span for _, span in spans])
    return Explanation(
        kind=kind,
        id=row.id,
        passage=Piece(passage.start, passage.end, passage.of(text)),
        spans=tuple(Marked(role, span.start, span.end, span.of(text)) for role, span in spans),
        marked=_marked(text, passage, spans),
        facts=_facts(record, row),
        why=row.why,
        confidence=row.confidence,
        coder=record.coder,
        document=document.id,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        published=document.published.start if document.published else None,
    )


def _find(record: Record, row_id: str) -> tuple[str, Coded]:
    kinds: tuple[tuple[str, tuple[Coded, ...]], ...] = (
        ("attribution", record.attributions),
        ("event", record.events),
        ("claim", record.claims),
        ("appointment", record.appointments),
    )
    for kind, rows in kinds:
        for row in rows:
            if row.id == row_id:
                return kind, row
    raise OnrecordError(f"the record has no row {row_id!r}")


def _spans(row: Coded) -> list[tuple[str, Span]]:
    """Return the spans of a row with the part each plays: its own, and that of its time."""
    found: list[tuple[str, Span]] = []
    own = "figure" if isinstance(row, Claim) else "announcement"
    roles = {"span": own, "actor_spans": "actor", "recipient_spans": "recipient"}
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if name == "sentence":
            continue
        role = roles.get(name, name)
        if isinstance(value, Span):
            found.append((role, value))
        elif isinstance(value, When) and value.span is not None:
            found.append(("when", value.span))
        elif isinstance(value, tuple):
            found += [(role, span) for span in value if isinstance(span, Span)]
            found += [(item.kind, item.span) for item in value if isinstance(item, EventNumber)]
    return found


def _passage(record: Record, row: Coded, spans: Iterable[Span]) -> Span:
    """Return the sentence of a row, or the sentences from its first span to its last."""
    if isinstance(row, EventMention):
        return row.sentence
    own = [span for role, span in _spans(row) if role != "when"] or list(spans)
    around = [sentence_around(record, span) for span in own] or [Span(0, 0)]
    return Span(min(span.start for span in around), max(span.end for span in around))


def _marked(text: str, passage: Span, spans: list[tuple[str, Span]]) -> str:
    """Return the passage with each span that lies in it in brackets, after its role."""
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for role, span in spans:
        if passage.covers(span) and span.start < span.end:
            opening[span.start] = opening.get(span.start, "") + f"[{role} "
            closing[span.end] = closing.get(span.end, "") + "]"
    parts = []
    at = passage.start
    for point in sorted({*opening, *closing}):
        parts += [text[at:point], closing.get(point, ""), opening.get(point, "")]
        at = point
    return "".join([*parts, text[at : passage.end]])


def _facts(record: Record, row: Coded) -> dict[str, str]:
    """Return the values of a row that are no spans, in words, by name."""
    names = {actor.id: str(actor.name) for actor in record.actors}
    facts: dict[str, str] = {}
    for name in row.__struct_fields__:
        value: Any = getattr(row, name)
        if name in _APART or isinstance(value, Span) or value in (None, "", ()):
            continue
        if isinstance(value, When):
            facts[name] = _interval(value)
        elif isinstance(value, tuple):
            if isinstance(value[0], EventNumber):
                facts[name] = ", ".join(map(str, value))
            elif not isinstance(value[0], Value):
                facts[name] = ", ".join(names.get(str(item), str(item)) for item in value)
        elif isinstance(value, bool):
            facts[name] = "yes" if value else "no"
        else:
            facts[name] = f"{value:g}" if isinstance(value, float) else str(value)
    return facts


def _interval(when: When) -> str:
    if when.start is None:
        return f"unknown ({when.basis})"
    days = when.start if when.start == when.end else f"{when.start} to {when.end}"
    return f"{days} ({when.grain}, {when.basis})"
