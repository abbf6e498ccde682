"""Tables that are searched without being parsed: lines sorted by their first cell, in bytes."""

from __future__ import annotations

from functools import lru_cache

from onrecord.errors import KnowledgeError
from onrecord.knowledge.tables import FOLDER


def lines_of(file: str, key: str) -> list[list[str]]:
    """Return the cells behind ``key`` of each line of a table that begins with it."""
    wanted = key.encode("utf-8", "ignore") + b"\t"
    table = _table(file)
    start = _first_line(table, wanted)
    found = []
    while table.startswith(wanted, start):
        end = table.index(b"\n", start)
        found.append(table[start + len(wanted) : end].decode("utf-8").split("\t"))
        start = end + 1
    return found


def broken(file: str, key: str, error: ValueError) -> KnowledgeError:
    """Return the error that names the file and the key of a line that cannot be read."""
    return KnowledgeError(f"{file}: {key!r}: {error}")


@lru_cache(maxsize=8)
def _table(file: str) -> bytes:
    return (FOLDER / "places" / file).read_bytes()


def _first_line(table: bytes, key: bytes) -> int:
    """Return the offset of the first line not below ``key``, behind the comment line."""
    low, high = table.index(b"\n") + 1, len(table)
    while low < high:
        middle = table.rfind(b"\n", 0, (low + high) // 2) + 1
        middle = max(middle, low)
        end = table.find(b"\n", middle)
        if table[middle:end] < key:
            low = end + 1
        else:
            high = middle
    return low
