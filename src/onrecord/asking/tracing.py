"""From the id of an answer's row back to the record it stands in, and what explains it there."""

from __future__ import annotations

import zlib

import msgspec
from sqlalchemy import Connection, select

from onrecord.asking.explaining import explanation_of
from onrecord.asking.rows import Explanation
from onrecord.errors import OnrecordError
from onrecord.record import Record
from onrecord.storage.schema import CODED, documents, event_mentions


def explain(connection: Connection, row_id: str) -> Explanation:
    """Return what stands behind an attribution, event mention, claim or appointment, by its id.

    The id of a happening explains the best of its mentions. Raises ``OnrecordError`` if the store
    has no such row.
    """
    mentions = _mentions(connection, row_id)
    wanted = mentions[0] if mentions else row_id
    for table in CODED:
        query = select(documents.c.record).join(table, table.c.document == documents.c.number)
        data = connection.scalar(query.where(table.c.id == wanted))
        if data is not None:
            record = Record.from_json(zlib.decompress(data))
            explanation = explanation_of(record, wanted)
            others = mentions or _mentions(connection, _event(record, wanted))
            return _with_others(explanation, others)
    raise OnrecordError(
        f"the store has no row {row_id!r}; ids stand with each answer, and in --json"
    )


def _mentions(connection: Connection, event: str | None) -> list[str]:
    """Return the ids of the mentions of a happening, the best first."""
    table = event_mentions.c
    query = (
        select(table.id)
        .where(table.event == event)
        .order_by(table.confidence.desc(), table.document, table.position)
    )
    return list(connection.scalars(query)) if event else []


def _event(record: Record, row_id: str) -> str | None:
    return next((event.event for event in record.events if event.id == row_id), None)


def _with_others(explanation: Explanation, mentions: list[str]) -> Explanation:
    also = tuple(mention for mention in mentions if mention != explanation.id)
    return msgspec.structs.replace(explanation, also=also)
