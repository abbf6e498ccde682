"""Which figures were put forward, by whom, about what."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.asking.naming import find
from onrecord.asking.people import DOCUMENT, People, has, people_in, piece, source_of
from onrecord.asking.periods import within
from onrecord.asking.rows import ClaimRow
from onrecord.asking.statements import in_time
from onrecord.asking.words import with_words
from onrecord.storage.schema import claim_people as people
from onrecord.storage.schema import claims as table
from onrecord.storage.schema import documents


def claims(
    connection: Connection,
    *,
    about: str | None = None,
    by: str | None = None,
    start: str | date | None = None,
    end: str | date | None = None,
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> list[ClaimRow]:
    """Return the figures put forward, by the day of their article, the latest ``limit`` of them.

    ``about`` are words in what a claim is about, or in its sentence. Raises ``OnrecordError`` for a
    name that nobody or several have, a day that is none, or ``about`` without a word.
    """
    query = (
        select(table, *DOCUMENT)
        .join(documents, documents.c.number == table.c.document)
        .where(table.c.confidence >= min_confidence, *within(table, start, end))
    )
    if by:
        query = query.where(has(people, table, "claimant", find(connection, by)))
    if about:
        query = query.where(table.c.number.in_(with_words("claims_words", about)))
    latest_first = (
        table.c.first_day.is_(None),
        table.c.when_start.desc(),
        table.c.document.desc(),
        table.c.position.desc(),
    )
    rows = connection.execute(query.order_by(*latest_first).limit(limit)).all()
    claimed_by = people_in(connection, people, table, [row.number for row in rows])
    return [_claim(row, claimed_by) for row in sorted(rows, key=in_time)]


def _claim(row: Row[Any], people: People) -> ClaimRow:
    article: dict[str, Any] = dict(source_of(row))
    return ClaimRow(
        date=row.when_start,
        date_basis=row.basis,
        claimant=people[row.number, "claimant"],
        voice=row.voice,
        value=row.value,
        low=row.low,
        high=row.high,
        unit=row.unit,
        approximate=row.approximate,
        change=row.change,
        basis=row.comparison,
        about=piece(row, "about") if row.about_start is not None else None,
        figure=piece(row, "span"),
        period_start=row.period_start,
        period_end=row.period_end,
        sentence=piece(row, "sentence"),
        confidence=row.confidence,
        id=row.id,
        **article,
    )
