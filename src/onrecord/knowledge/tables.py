"""Knowledge as tables: tab-separated files that a person can read and correct in a text editor.

The first line that is not a comment (``#``) names the columns. Each further line is one row and is
checked against a ``msgspec`` struct; a broken line raises ``KnowledgeError`` with file, line, reason.
A cell may hold several values, separated by `` | ``. An empty cell is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.errors import KnowledgeError

FOLDER = Path(__file__).parent
Row = TypeVar("Row", bound=msgspec.Struct)


def read_table(path: Path, kind: type[Row]) -> list[Row]:
    """Return the rows of a table as ``kind``. Raises ``KnowledgeError`` at the first broken line."""
    return [row for _, row in numbered_rows(path, kind)]


def numbered_rows(path: Path, kind: type[Row]) -> Iterator[tuple[int, Row]]:
    """Yield line number and row for each row of a table."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    lists = {name for name, field in fields.items() if "tuple" in str(field.type)}
    columns: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\r").split("\t")
        if columns is None:
            columns = cells
            if unknown := [name for name in columns if name not in fields]:
                raise KnowledgeError(f"{path.name}:{number}: unknown column {unknown[0]!r}")
            continue
        yield number, _row(path, number, columns, cells, kind, lists)


def _row(
    path: Path, number: int, columns: list[str], cells: list[str], kind: type[Row], lists: set[str]
) -> Row:
    if len(cells) > len(columns):
        raise KnowledgeError(
            f"{path.name}:{number}: {len(cells)} cells, but the table has {len(columns)} columns"
        )
    values: dict[str, object] = {}
    for name, cell in zip(columns, cells, strict=False):
        text = cell.strip()
        if name in lists:
            values[name] = [part.strip() for part in text.split("|") if part.strip()]
        elif text:
            values[name] = text
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{path.name}:{number}: {error}") from None
