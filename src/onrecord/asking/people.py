"""Who stands in a row, and in which role; and the pieces of text that a row keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, select

from onrecord.asking.naming import Who
from onrecord.asking.rows import Person, Piece
from onrecord.storage.schema import document_actors, documents

People = dict[tuple[int, str], tuple[Person, ...]]
CHUNK = 1000

DOCUMENT = (
    documents.c.id.label("document_id"),
    documents.c.title,
    documents.c.url,
    documents.c.publisher,
    documents.c.published_start,
)


def source_of(row: Row[Any]) -> dict[str, str | None]:
    """Return the fields that name the article a row stands in, of the columns ``DOCUMENT``."""
    return {
        "document": row.document_id,
        "title": row.title,
        "url": row.url,
        "publisher": row.publisher,
        "published": row.published_start,
    }


def people_in(connection: Connection, people: Table, rows: Table, numbers: Sequence[int]) -> People:
    """Return who has which role in the rows with these numbers, by number and role, in order."""
    found: dict[tuple[int, str], list[Person]] = defaultdict(list)
    query = (
        select(
            people.c.row, people.c.role, people.c.actor, document_actors.c.name, people.c.country
        )
        .join(rows, rows.c.number == people.c.row)
        .join(
            document_actors,
            (document_actors.c.document == rows.c.document)
            & (document_actors.c.actor == people.c.actor),
        )
        .order_by(people.c.row, people.c.role, people.c.position)
    )
    for start in range(0, len(numbers), CHUNK):
        some = query.where(people.c.row.in_(numbers[start : start + CHUNK]))
        for row, role, actor, name, country in connection.execute(some):
            found[row, role].append(Person(actor, name, country))
    return defaultdict(tuple, {key: tuple(value) for key, value in found.items()})


def has(people: Table, rows: Table, role: str, who: Who) -> ColumnElement[bool]:
    """Return the condition that somebody who is meant has the role in a row."""
    meant = who.among(people.c.actor, people.c.country)
    return rows.c.number.in_(select(people.c.row).where(people.c.role == role, meant))


def piece(row: Row[Any], name: str) -> Piece:
    """Return the piece of text of the columns ``NAME_start``, ``NAME_end``, ``NAME_text``."""
    values = row._mapping
    return Piece(values[f"{name}_start"], values[f"{name}_end"], values[f"{name}_text"])


def pieces(spans: Sequence[Sequence[int]], text: str) -> tuple[Piece, ...]:
    """Return the pieces of a joined text: those of the spans' lengths, a line end between them."""
    result, at = [], 0
    for start, end in spans:
        result.append(Piece(start, end, text[at : at + end - start]))
        at += end - start + 1
    return tuple(result)
