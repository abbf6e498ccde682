"""What was announced for which day, and with whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.asking.naming import find
from onrecord.asking.people import DOCUMENT, People, has, people_in, piece, source_of
from onrecord.asking.periods import within
from onrecord.asking.rows import AppointmentRow
from onrecord.asking.statements import in_time
from onrecord.storage.schema import appointment_people as people
from onrecord.storage.schema import appointments as table
from onrecord.storage.schema import documents


def calendar(
    connection: Connection,
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    who: str | None = None,
    min_confidence: float = 0.0,
) -> list[AppointmentRow]:
    """Return what was announced, in the order of its days; what has no day yet comes last.

    ``who`` takes part in it. Raises ``OnrecordError`` for a name that nobody or several have, or a
    day that is none.
    """
    query = (
        select(table, *DOCUMENT)
        .join(documents, documents.c.number == table.c.document)
        .where(table.c.confidence >= min_confidence, *within(table, start, end))
    )
    if who:
        query = query.where(has(people, table, "participant", find(connection, who)))
    rows = connection.execute(query).all()
    present = people_in(connection, people, table, [row.number for row in rows])
    return [_appointment(row, present) for row in sorted(rows, key=in_time)]


def _appointment(row: Row[Any], people: People) -> AppointmentRow:
    article: dict[str, Any] = dict(source_of(row))
    return AppointmentRow(
        date=row.when_start,
        date_end=row.when_end,
        grain=row.grain,
        date_basis=row.basis,
        what=piece(row, "what"),
        place=row.place,
        participants=people[row.number, "participant"],
        said_by=people[row.number, "said by"],
        sentence=piece(row, "sentence"),
        confidence=row.confidence,
        id=row.id,
        **article,
    )
