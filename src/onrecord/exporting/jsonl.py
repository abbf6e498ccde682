"""Rows and records as JSON Lines: one JSON object a line, UTF-8."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from onrecord.record import Record


def to_jsonl(rows: Iterable[msgspec.Struct]) -> str:
    """Return one line of JSON for each row, in the order of its fields; a record with its texts."""
    return "".join(f"{_line(row).decode('utf-8')}\n" for row in rows)


def _line(row: msgspec.Struct) -> bytes:
    return row.to_json() if isinstance(row, Record) else msgspec.json.encode(row)
