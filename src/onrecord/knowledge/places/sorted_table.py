"""Tables that are searched without being parsed: lines sorted by their first cell, in bytes."""

from __future__ import annotations

import mmap
from functools import lru_cache

from onrecord.errors import KnowledgeError
from onrecord.knowledge.tables import FOLDER


def lines_of(file: str, key: str) -> list[list[str]]:
    """Return the cells behind ``key`` of each line of a table that begins with it."""
    wanted = key.encode("utf-8", "ignore") + b"\t"
    table = _table(file)
    start = _first_line(table, wanted)
    found = []
    while table[start : start + len(wanted)] == wanted:
        end = table.find(b"\n", start)
        found.append(table[start + len(wanted) : end].decode("utf-8").split("\t"))
        start = end + 1
    return found


def broken(file: str, key: str, error: Exception) -> KnowledgeError:
    """Return the error that names the file and the key of a line that cannot be read."""
    return KnowledgeError(f"{file}: {key!r}: {error}")


@lru_cache(maxsize=8)
def _table(file: str) -> mmap.mmap:
    """Map a table into memory: only what is searched is read from disk."""
    with (FOLDER / "places" / file).open("rb") as lines:
        return mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ)


def _first_line(table: mmap.mmap, key: bytes) -> int:
    """Return the offset of the first line not below ``key``, behind the comment line."""
    low, high = table.find(b"\n") + 1, len(table)
    while low < high:
        middle = table.rfind(b"\n", 0, (low + high) // 2) + 1
        middle = max(middle, low)
        end = table.find(b"\n", middle)
        if table[middle:end] < key:
            low = end + 1
        else:
            high = middle
    return low
