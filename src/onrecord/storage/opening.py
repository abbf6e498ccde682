"""Open the database of a store: what is there, of which version, and what to say where it will not.

A store of this version is recognised by two short reads; Alembic is only loaded to upgrade an older
one. A new one is made in one transaction, so that two programs can open it at once.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, exc, pool

from onrecord.errors import OnrecordError
from onrecord.storage import schema

MEMORY = ":memory:"


def open_engine(place: str | Path, *, create: bool, patience: float) -> tuple[Engine, str]:
    """Return the engine of the store at ``place``, and the store's name.

    ``place`` is a path, ``sqlite:///PATH`` or ``:memory:``; ``patience`` is how many seconds to
    wait for other writers. Raises ``OnrecordError`` where there is no store and ``create`` is
    false, or what is there cannot be used.
    """
    name = _path_in(str(place))
    if name != MEMORY:
        _check_file(Path(name), create)
    engine = _engine(name, patience)
    try:
        with said_plainly(name):
            _make_ready(engine, name, create, patience)
    except BaseException:
        engine.dispose()
        raise
    return engine, name


@contextmanager
def said_plainly(name: str) -> Iterator[None]:
    """Turn what the database raises into an ``OnrecordError`` of one line that says what to do."""
    try:
        yield
    except exc.IntegrityError as error:
        raise OnrecordError(
            f"{name}: a row of this record is already in the store under another document "
            f"({_first_line(error)}); nothing of it was added"
        ) from error
    except UnicodeEncodeError as error:
        raise OnrecordError(f"{error.object!r} has half a surrogate pair in it") from error
    except exc.DatabaseError as error:
        raise OnrecordError(f"{name} {_said(_first_line(error))}") from error


def _first_line(error: exc.DBAPIError) -> str:
    return str(error.orig).split("\n", 1)[0]


def _said(problem: str) -> str:
    for words, meaning in (
        ("locked", "is in use by another program; try again in a moment"),
        ("readonly", "cannot be written; check its permissions and those of its folder"),
        ("unable to open", "cannot be opened; check its permissions and those of its folder"),
        ("not a database", "is not a SQLite database; name another file"),
        ("malformed", "is damaged; restore it from a copy"),
        ("full", "cannot grow: the disk is full"),
    ):
        if words in problem:
            return meaning
    return f"cannot be used: {problem}"


def _path_in(place: str) -> str:
    """Return the path that a DSN names, or the path itself."""
    if not place or "\0" in place:
        raise OnrecordError(f"{place!r} is not a path; give that of a file for the store")
    if place.startswith("sqlite:///"):
        return place.removeprefix("sqlite:///") or MEMORY
    if "://" in place:
        kind = place.split(":", 1)[0]
        raise OnrecordError(f"{kind} databases are not supported; give the path of a SQLite file")
    return place


def _check_file(path: Path, create: bool) -> None:
    missing = f"no store at {path}: add articles with `onrecord read … --store {path}`"
    try:
        if path.is_dir():
            raise OnrecordError(f"{path} is a folder; give the path of a file in it")
        if not path.exists():
            if not create:
                raise OnrecordError(missing)
            if not path.parent.is_dir():
                raise OnrecordError(
                    f"no folder {path.parent} for the store {path.name}; make it first"
                )
            return
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise OnrecordError(f"{path} cannot be opened: {error.strerror or error}") from None
    if not start and not create:
        raise OnrecordError(missing)
    if start and start != b"SQLite format 3\0":
        raise OnrecordError(f"{path} is not a SQLite database; name another file for the store")


def _engine(name: str, patience: float) -> Engine:
    kind: type[pool.Pool] = pool.StaticPool if name == MEMORY else pool.QueuePool
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(name, patience),
        poolclass=pool.NullPool if _may_only_be_read(name) else kind,
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect(name: str, patience: float) -> sqlite3.Connection:
    address = name
    if _may_only_be_read(name):
        # Without the right to make files beside it, a database that nobody writes to at the moment
        # is only opened as one that never changes; we look each time, for each question.
        how = "mode=ro" if Path(f"{name}-wal").exists() else "mode=ro&immutable=1"
        address = f"file:{quote(str(Path(name).absolute()))}?{how}"
    connection = sqlite3.connect(
        address,
        timeout=patience,
        isolation_level=None,  # the driver must not begin transactions of its own: see _begin
        check_same_thread=False,
        uri=address != name,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    # In WAL a killed program loses nothing this way, and a power cut takes back the last records at
    # worst, whole ones. To wait for the disk at each record (FULL) doubles the time of adding.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages: 16 MB, some 20 records
    return connection


def _may_only_be_read(name: str) -> bool:
    path = Path(name)
    if name == MEMORY or not path.exists():
        return False
    return not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def _begin(connection: Connection) -> None:
    """Take the write lock at once where we will write: a lock cannot be waited for later."""
    kind = connection.get_execution_options().get("transaction", "DEFERRED")
    if kind is not None:
        connection.exec_driver_sql(f"BEGIN {kind}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection inside one transaction that may write: all of it is kept, or nothing."""
    with engine.connect() as connection:
        connection.execution_options(transaction="IMMEDIATE")
        with connection.begin():
            yield connection


def _make_ready(engine: Engine, name: str, create: bool, patience: float) -> None:
    with engine.connect() as connection:
        version = _version(connection, name)
    if version == schema.VERSION:
        return
    if version is None and not create:
        raise OnrecordError(
            f"no store at {name}: add articles with `onrecord read … --store {name}`"
        )
    if version is not None and version > schema.VERSION:
        raise OnrecordError(
            f"{name} was written by a newer onrecord (schema {version}); update onrecord"
        )
    if version is None:
        _switch_to_wal(engine, patience)
    with writing(engine) as connection:
        version = _version(connection, name)
        if version is None:
            _create(connection)
        elif version != schema.VERSION:
            from onrecord.storage.upgrading import upgrade

            upgrade(connection)


def _version(connection: Connection, name: str) -> str | None:
    """Return the version of the store, an empty one for a store without, none for an empty file."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if not tables:
        return None
    if application != schema.APPLICATION_ID:
        raise OnrecordError(f"{name} is a database, but not a store of onrecord; name another file")
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found or "")


def _switch_to_wal(engine: Engine, patience: float) -> None:
    """Let readers read while somebody writes. The switch does not wait by itself, so we do."""
    deadline = time.monotonic() + patience
    while True:
        try:
            with engine.connect() as connection:
                connection.execution_options(transaction=None)
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            return
        except exc.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _create(connection: Connection) -> None:
    """Make the tables of the present version, which are those that all migrations make."""
    schema.metadata.create_all(connection, checkfirst=False)
    for statement in schema.FULL_TEXT:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (schema.VERSION,))
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
