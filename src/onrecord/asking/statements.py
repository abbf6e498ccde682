"""Who said what to whom, in time."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.asking.naming import find
from onrecord.asking.people import DOCUMENT, People, has, people_in, pieces, source_of
from onrecord.asking.periods import within
from onrecord.asking.rows import StatementRow
from onrecord.asking.words import with_words
from onrecord.storage.schema import attribution_people as people
from onrecord.storage.schema import attributions, documents


def statements(
    connection: Connection,
    *,
    by: str | None = None,
    to: str | None = None,
    about: str | None = None,
    start: str | date | None = None,
    end: str | date | None = None,
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> list[StatementRow]:
    """Return what was said, in time: by and to whom, with which words in it, between which days.

    ``limit`` keeps the latest. Raises ``OnrecordError`` for a name that nobody or several have, a
    day that is none, or ``about`` without a word.
    """
    query = (
        select(attributions, *DOCUMENT)
        .join(documents, documents.c.number == attributions.c.document)
        .where(attributions.c.confidence >= min_confidence, *within(attributions, start, end))
    )
    for role, name in (("speaker", by), ("addressee", to)):
        if name:
            query = query.where(has(people, attributions, role, find(connection, name)))
    if about:
        query = query.where(attributions.c.number.in_(with_words("attributions_words", about)))
    latest_first = (
        attributions.c.first_day.is_(None),
        attributions.c.when_start.desc(),
        attributions.c.document.desc(),
        attributions.c.position.desc(),
    )
    rows = connection.execute(query.order_by(*latest_first).limit(limit)).all()
    said_by = people_in(connection, people, attributions, [row.number for row in rows])
    return [_statement(row, said_by) for row in sorted(rows, key=in_time)]


def in_time(row: Row[Any]) -> tuple[bool, str, str, int, int]:
    """Return the key that sorts rows by day, unknown days last, then as they were added."""
    return (
        row.first_day is None,
        row.when_start or "",
        row.when_end or "",
        row.document,
        row.position,
    )


def _statement(row: Row[Any], people: People) -> StatementRow:
    article: dict[str, Any] = dict(source_of(row))
    return StatementRow(
        date=row.when_start,
        date_end=row.when_end,
        grain=row.grain,
        date_basis=row.basis,
        speaker=people[row.number, "speaker"],
        source=pieces(row.source_spans, row.source_text),
        cue=pieces(row.cue_spans, row.cue_text),
        content=pieces(row.content_spans, row.content_text),
        addressee=people[row.number, "addressee"],
        form=row.form,
        cue_class=row.cue_class,
        negated=row.negated,
        parent=row.parent,
        confidence=row.confidence,
        id=row.id,
        **article,
    )
