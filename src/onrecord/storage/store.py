"""The store: records go in, each in one transaction, and come back byte for byte."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, delete, exists, func, insert, select, update
from sqlalchemy.dialects import sqlite

from onrecord.errors import OnrecordError
from onrecord.record import Record, Value
from onrecord.storage import schema
from onrecord.storage.checking import checked_json
from onrecord.storage.opening import open_engine, said_plainly, writing
from onrecord.storage.rows import document_row, rows_of

_AT_ONCE = 100  # records that are read together


class StoredDocument(Value, frozen=True):
    """A document that is in the store: its id, and what a list of documents shows."""

    id: str
    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    retrieved_at: str | None
    language: str | None


class Store:
    """A store of records in a SQLite database. Use it in a ``with`` block, or close it."""

    def __init__(self, place: str | Path, *, create: bool = True, patience: float = 30.0) -> None:
        """Open the store at a path, or make it; ``patience`` is seconds to wait for other writers.

        Raises ``OnrecordError`` where there is none and ``create`` is false, or it cannot be used.
        """
        self._engine: Engine
        self._engine, self.name = open_engine(place, create=create, patience=patience)

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Let go of the database. Closing twice does no harm."""
        self._engine.dispose()

    def add(self, record: Record) -> bool:
        """Keep a record, in one transaction; tell whether anything was written.

        The same record again changes nothing; a document coded anew has all its rows replaced.
        Raises ``OnrecordError``, with nothing written, where a proof of the record does not hold.
        """
        data = checked_json(record)
        digest = hashlib.sha256(data).digest()
        with self._reading() as connection:
            if _known(connection, record)[1] == digest:
                return False
        with said_plainly(self.name), writing(self._engine) as connection:
            number, before = _known(connection, record)
            if before == digest:
                return False
            _write(connection, record, number, {"digest": digest, "record": zlib.compress(data, 3)})
        return True

    def record(self, document_id: str) -> Record:
        """Return the record of a document, as it was added. Raises ``OnrecordError`` if unknown."""
        query = select(schema.documents.c.record).where(schema.documents.c.id == document_id)
        with self._reading() as connection:
            data = connection.scalar(query)
        if data is None:
            raise OnrecordError(f"{self.name} holds no document {document_id!r}")
        return _unpacked(data)

    def records(self) -> Iterator[Record]:
        """Yield every record, in the order in which the documents were first added."""
        table, last = schema.documents.c, 0
        query = select(table.number, table.record).order_by(table.number).limit(_AT_ONCE)
        while True:
            with self._reading() as connection:
                rows = connection.execute(query.where(table.number > last)).all()
            if not rows:
                return
            yield from (_unpacked(row.record) for row in rows)
            last = rows[-1].number

    def documents(self) -> list[StoredDocument]:
        """Return what is in the store, in the order in which it was first added."""
        table = schema.documents.c
        columns = (
            table.id,
            table.title,
            table.publisher,
            table.url,
            table.published_start,
            table.retrieved_at,
            table.language,
        )
        with self._reading() as connection:
            rows = connection.execute(select(*columns).order_by(table.number)).all()
        return [StoredDocument(*row) for row in rows]

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the store, whatever others write meanwhile."""
        with said_plainly(self.name), self._engine.connect() as connection:
            yield connection


def _unpacked(data: bytes) -> Record:
    return Record.from_json(zlib.decompress(data))


def _known(connection: Connection, record: Record) -> tuple[int | None, bytes | None]:
    """Return number and digest of the record's document, if it is in the store."""
    table = schema.documents.c
    query = select(table.number, table.digest).where(table.id == record.document.id)
    row = connection.execute(query).one_or_none()
    return (row.number, row.digest) if row else (None, None)


def _write(
    connection: Connection, record: Record, number: int | None, packed: dict[str, bytes]
) -> None:
    """Write a record, in place of what the store holds of its document under ``number``."""
    document = {**document_row(record.document), "coder": record.coder, **packed}
    before: list[str] = []
    if number is None:
        new = insert(schema.documents).returning(schema.documents.c.number)
        number = int(connection.execute(new, document).scalar_one())
    else:
        table = schema.documents
        connection.execute(update(table).where(table.c.number == number), document)
        before = _take_out(connection, number)
    first = {
        table.name: (connection.scalar(select(func.max(table.c.number))) or 0) + 1
        for table in schema.CODED
    }
    rows = rows_of(record, number, first)
    if known_actors := rows.pop("actors", None):
        connection.execute(_actors_as_last_coded(), known_actors)
    for name, some in rows.items():
        if some:
            connection.execute(insert(schema.metadata.tables[name]), some)
    _forget_actors(connection, before)


def _take_out(connection: Connection, number: int) -> list[str]:
    """Delete the rows of a document, but for its own; return the actors that stood in it."""
    link = schema.document_actors
    before = list(connection.scalars(select(link.c.actor).where(link.c.document == number)))
    for table in (*schema.CODED, link):  # people and dyads go with their rows, by cascade
        connection.execute(delete(table).where(table.c.document == number))
    return before


@lru_cache(maxsize=1)
def _actors_as_last_coded() -> sqlite.Insert:
    new = sqlite.insert(schema.actors)
    values = {column.name: new.excluded[column.name] for column in schema.actors.c}
    del values["id"]
    return new.on_conflict_do_update(index_elements=["id"], set_=values)


def _forget_actors(connection: Connection, candidates: list[str]) -> None:
    """Delete those actors that stand in no document any more."""
    actors, link = schema.actors, schema.document_actors
    for start in range(0, len(candidates), 500):
        some = candidates[start : start + 500]
        in_use = exists().where(link.c.actor == actors.c.id)
        connection.execute(delete(actors).where(actors.c.id.in_(some), ~in_use))
