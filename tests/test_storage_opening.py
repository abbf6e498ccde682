"""Opening a store: new, known, older, newer; and all that is no store."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from onrecord.asking import open_store
from onrecord.errors import OnrecordError
from onrecord.storage import schema
from onrecord.storage.upgrading import MIGRATIONS
from records import database, sheinbaum


def tables(path: Path) -> dict[str, str]:
    """Return the SQL of everything in a database, by name, without its white space."""
    with database(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: "".join(sql.split()) for name, sql in rows}


def test_a_new_store_is_quickly_made_and_opened(tmp_path: Path) -> None:
    begun = time.perf_counter()
    open_store(tmp_path / "news.db").close()
    open_store(tmp_path / "news.db", create=False).close()
    assert time.perf_counter() - begun < 1.0  # 0.05 s on a machine with nothing else to do


def test_a_store_is_a_wal_database_with_our_mark(tmp_path: Path) -> None:
    open_store(tmp_path / "news.db").close()
    with database(tmp_path / "news.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)


def test_a_store_in_memory_works_like_any_other() -> None:
    with open_store(":memory:") as store:
        store.add(sheinbaum())
        assert len(store.timeline("MEX", "USA")) == 3
        assert [store.add(record) for record in store.records()] == [False]


def test_an_address_of_sqlite_names_a_file(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/news.db").close()
    assert (tmp_path / "news.db").is_file()


def test_asking_a_store_that_is_not_there_does_not_make_one(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    words = f"no store at {path}: add articles with `onrecord read … --store {path}`"
    with pytest.raises(OnrecordError) as caught:
        open_store(path, create=False)
    assert str(caught.value) == words
    assert not path.exists()
    path.touch()
    with pytest.raises(OnrecordError, match="no store at"):
        open_store(path, create=False)
    assert path.stat().st_size == 0


def _text_file(path: Path) -> None:
    path.write_text("Not a database, but an article that is long enough to be taken for one.")


def _other_database(path: Path) -> None:
    with database(path) as connection:
        connection.execute("CREATE TABLE stamps (country TEXT)")


def _newer(path: Path) -> None:
    open_store(path).close()
    with database(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0007'")


def _damaged(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\x01" * 5000)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_text_file, "is not a SQLite database; name another file for the store"),
        (_other_database, "is a database, but not a store of onrecord; name another file"),
        (_newer, "was written by a newer onrecord (schema 0007); update onrecord"),
        (_damaged, "is not a SQLite database; name another file"),
        (Path.mkdir, "is a folder; give the path of a file in it"),
    ],
)
@pytest.mark.parametrize("create", [True, False])
def test_what_is_no_store_is_left_as_it_is(
    tmp_path: Path, make: object, message: str, create: bool
) -> None:
    path = tmp_path / "news.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(OnrecordError) as caught:
        open_store(path, create=create)
    assert str(caught.value) == f"{path} {message}"
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match=r"no folder .*none for the store news\.db"):
        open_store(tmp_path / "none" / "news.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OnrecordError, match="cannot be opened; check its permissions"):
        open_store(tmp_path / "news.db")


def test_a_store_that_may_only_be_read_answers_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "50% of #news?.db"
    with open_store(path) as store:
        store.add(sheinbaum())
    monkeypatch.setattr("onrecord.storage.opening.os.access", lambda *_: False)
    with open_store(path, create=False) as store:
        assert len(store.timeline("MEX", "USA")) == 3
        assert store.add(sheinbaum()) is False
        with pytest.raises(OnrecordError, match="cannot be written; check its permissions"):
            store.add(sheinbaum("two"))


def test_other_databases_are_refused_by_name() -> None:
    with pytest.raises(OnrecordError, match="postgresql databases are not supported"):
        open_store("postgresql://localhost/news")


def test_a_store_that_somebody_else_keeps_locked_says_so(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with open_store(path, patience=0.1) as store, database(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OnrecordError, match="is in use by another program; try again"):
            store.add(sheinbaum())
        assert store.documents() == []
        other.rollback()
        assert store.add(sheinbaum()) is True


def test_the_newest_migration_is_the_version_of_the_schema() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.VERSION


def test_an_older_store_is_upgraded_to_what_a_new_one_is(tmp_path: Path) -> None:
    older = tmp_path / "100% older.db"  # the sign means something in Alembic's settings
    with database(older) as connection:
        connection.execute(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    with open_store(older, create=False) as store:
        store.add(sheinbaum())
        assert len(store.timeline("MEX", "USA")) == 3
    open_store(tmp_path / "new.db").close()
    assert tables(older) == tables(tmp_path / "new.db")


def test_a_store_of_the_first_schema_keeps_its_records_and_takes_new_ones(tmp_path: Path) -> None:
    older = tmp_path / "first.db"
    with open_store(older) as store:
        store.add(sheinbaum())
    with database(older) as connection:
        for name in ("event_matters_words", "event_matters", "event_numbers"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with open_store(older, create=False) as store:
        assert len(store.timeline("MEX", "USA")) == 3
        assert [row.stance for row in store.positions("Sheinbaum")] == ["rejects"]
        assert store.add(sheinbaum("two")) is True
    open_store(tmp_path / "new.db").close()
    assert tables(older) == tables(tmp_path / "new.db")


def test_a_failed_upgrade_leaves_the_older_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = tmp_path / "older.db"
    with database(older) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("CREATE TABLE claims (old TEXT)")  # in the way of the migration
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    before = tables(older)
    with pytest.raises(OnrecordError, match="cannot be used: table claims already exists"):
        open_store(older)
    assert tables(older) == before


def test_a_known_store_is_opened_without_alembic_and_rooms_import_without_sqlalchemy(
    tmp_path: Path,
) -> None:
    open_store(tmp_path / "news.db").close()
    script = (
        "import sys, onrecord, onrecord.asking.rows, onrecord.asking.explaining\n"
        "import onrecord.exporting.ics, onrecord.exporting.csv\n"
        "from onrecord.asking import open_store\n"
        "assert 'sqlalchemy' not in sys.modules and 'icalendar' not in sys.modules\n"
        "open_store(sys.argv[1]).close()\n"
        "assert 'sqlalchemy' in sys.modules and 'alembic' not in sys.modules\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script, str(tmp_path / "news.db")]
    assert subprocess.run(command, env=environment, check=False).returncode == 0
