"""Killed at any point, nothing is lost and nothing is half there; two programs may add at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.asking import open_store
from records import database, synthetic

KILLED_WITHIN = """
import os, signal, sys
from records import synthetic
from sqlalchemy import event
from onrecord.asking import open_store
store = open_store(sys.argv[1])
store.add(synthetic(0))
left = int(sys.argv[2])
def statement(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(store._engine, "before_cursor_execute", statement)
store.add(synthetic(1))
print("done")
"""
ADD = """
import sys
from records import synthetic
from onrecord.asking import open_store
with open_store(sys.argv[1]) as store:
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        store.add(synthetic(number))
        print(number, flush=True)
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def check(path: Path) -> set[str]:
    """Check that the store is sound and holds whole records only; return their documents."""
    with database(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        mentions = dict(
            connection.execute("SELECT document, count(*) FROM event_mentions GROUP BY document")
        )
        statements = dict(
            connection.execute("SELECT document, count(*) FROM attributions GROUP BY document")
        )
    with open_store(path) as store:
        documents = [document.id for document in store.documents()]
        for record in store.records():
            assert record.to_json() == store.record(record.document.id).to_json()
    assert set(mentions.values()) <= {12}
    assert set(statements.values()) <= {15}
    assert len(mentions) == len(statements) == len(documents) == len(set(documents))
    return set(documents)


# The first statements look whether the document is known; 5 to 20 write it and its rows.
@pytest.mark.parametrize("statement", [6, 13, 20])
def test_killed_within_adding_leaves_nothing_of_the_record(tmp_path: Path, statement: int) -> None:
    path = tmp_path / "news.db"
    child = start(KILLED_WITHIN, path, statement)
    output, _ = child.communicate(timeout=60)
    assert (child.returncode, output) == (-signal.SIGKILL, "")
    assert check(path) == {synthetic(0).document.id}
    with open_store(path) as store:
        assert store.add(synthetic(1)) is True
    assert len(check(path)) == 2


def test_killed_while_adding_many_keeps_every_record_that_was_added(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    child = start(ADD, path, 0, 10_000)
    assert child.stdout is not None
    added = [int(child.stdout.readline()) for _ in range(25)]
    child.kill()
    added += [int(line) for line in child.communicate(timeout=60)[0].split("\n")[:-1]]
    kept = check(path)
    assert {synthetic(number).document.id for number in added} <= kept
    assert len(kept) <= len(added) + 1


def test_two_programs_add_to_a_new_store_at_once(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    children = [start(ADD, path, 0, 30), start(ADD, path, 20, 50)]
    for child in children:
        child.communicate(timeout=120)
    assert [child.returncode for child in children] == [0, 0]
    assert check(path) == {synthetic(number).document.id for number in range(50)}
