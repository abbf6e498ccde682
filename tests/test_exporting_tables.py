"""Rows as CSV and JSON Lines."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.asking import open_store
from onrecord.asking.rows import Person, Piece
from onrecord.exporting.csv import to_csv
from onrecord.exporting.jsonl import to_jsonl
from onrecord.record import Record
from records import sheinbaum


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (-4.0, "-4.0"),
        (-3, "-3"),
        (True, "yes"),
        (None, ""),
        ((Person("1", "-x", "MEX"), Person("2", "y")), "'-x (MEX); y"),
        (Piece(0, 3, "@me"), "'@me"),
        ('a "b", c\nd', 'a "b", c\nd'),
    ],
)
def test_cells_that_would_be_run_are_defused_and_numbers_are_not(value: object, cell: str) -> None:
    assert read(to_csv([{"column": value}])) == [{"column": cell}]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_text_begins_like_a_formula(texts: list[str]) -> None:
    rows = csv.reader(
        io.StringIO(to_csv([{str(at): text for at, text in enumerate(texts)}]), newline="")
    )
    cells = list(rows)[1:]
    assert all(
        not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in cells for cell in row
    )


def test_answers_become_tables() -> None:
    with open_store(":memory:") as store:
        store.add(sheinbaum())
        rows = read(to_csv(store.timeline("MEX", "USA")))
    assert [(row["date"], row["type"], row["intensity"]) for row in rows] == [
        ("2026-01-12", "REJECT", "-4.0"),
        ("2026-01-13", "AID", "7.0"),
        ("2026-01-13", "CONSULT", "-4.0"),
    ]
    assert rows[0]["actor"] == "Claudia Sheinbaum (MEX)"


def test_no_rows_give_no_text() -> None:
    assert to_csv([]) == to_jsonl([]) == ""


def test_json_lines_are_one_object_a_line_and_records_keep_their_texts() -> None:
    with open_store(":memory:") as store:
        store.add(sheinbaum())
        lines = to_jsonl([*store.statements(), *store.records()]).split("\n")
    assert lines[-1] == ""
    said, _, record = (json.loads(line) for line in lines[:-1])
    assert said["content"][0]["text"] == "We operate in Mexico"
    assert record["attributions"][0]["content"][0]["text"] == "We operate in Mexico"
    assert Record.from_json(lines[2]) == sheinbaum()
