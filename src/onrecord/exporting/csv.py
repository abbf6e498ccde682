"""Rows as CSV (RFC 4180), with cells that a spreadsheet would run as a formula defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

# What spreadsheets take for the beginning of a formula, in plain and in full-width form.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(rows: Iterable[msgspec.Struct | Mapping[str, object]]) -> str:
    """Return rows as CSV under one line of column names, those of the first row; CRLF line ends.

    Lists become ``a; b``; spans and people their text; a row within a row, columns of its own. Text that begins like a formula is preceded
    by ``'``; numbers stay as they are. No rows give no text.
    """
    text = io.StringIO(newline="")
    writer: Any = None
    for row in rows:
        values = _columns(row)
        if writer is None:
            writer = csv.DictWriter(text, list(values), restval="", extrasaction="ignore")
            writer.writerow({name: defused(name) for name in values})
        writer.writerow({name: cell(value) for name, value in values.items()})
    return text.getvalue()


def cell(value: object) -> str | int | float:
    """Return a value as it stands in a cell; text is defused, numbers are not."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    return defused(_text(value))


def defused(text: str) -> str:
    """Return ``text`` such that no spreadsheet runs it: preceded by ``'`` where it might."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _columns(row: msgspec.Struct | Mapping[str, object]) -> Mapping[str, object]:
    if not isinstance(row, msgspec.Struct):
        return row
    columns: dict[str, object] = {}
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if isinstance(value, msgspec.Struct) and type(value).__str__ is object.__str__:
            columns |= {f"{name}_{inner}": part for inner, part in _columns(value).items()}
        else:
            columns[name] = value
    return columns


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(_text(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_text(item)}" for name, item in value.items())
    return str(value)
