"""One source → one raw page: a file, standard input (``-``) or an address."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.errors import OnrecordError

MAX_BYTES = 15_000_000
_CHUNK = 65_536
_TYPES = {
    ".htm": "text/html",
    ".html": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".md": "text/plain",
    ".txt": "text/plain",
}


class RawPage(msgspec.Struct, frozen=True):
    """The bytes of one page, as they were found, and what was said about them.

    ``media_type`` and ``charset`` are what the server or the file's name says, none where nothing
    is said. ``retrieved_at`` is ISO 8601; ``name`` is the source as the user gave it.
    """

    content: bytes
    media_type: str | None
    charset: str | None
    url: str | None
    retrieved_at: str | None
    name: str


def load(source: str, *, retrieved_at: str | None = None, allow_private: bool = False) -> RawPage:
    """Read one source: ``-`` for standard input, an http(s) address, else the path of a file.

    An address is fetched now, and ``retrieved_at`` is then now unless it is given. Raises
    ``OnrecordError`` where the source cannot be read or is larger than 15 MB.
    """
    if source == "-":
        content = _read_capped(sys.stdin.buffer, "standard input")
        return RawPage(content, None, None, None, retrieved_at, "standard input")
    if _is_address(source):
        from onrecord.collecting.fetching import fetch

        return fetch(source, retrieved_at=retrieved_at, allow_private=allow_private)
    content = _read_file(source)
    media_type = _TYPES.get(Path(source).suffix.lower())
    return RawPage(content, media_type, None, None, retrieved_at, source)


def _is_address(source: str) -> bool:
    scheme, separator, _ = source.partition("://")
    return bool(separator) and scheme.isascii() and scheme.replace("+", "").isalnum()


def _read_file(source: str) -> bytes:
    try:
        with Path(source).open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
                raise _too_large(source)
            return _read_capped(file, source)
    except FileNotFoundError:
        raise OnrecordError(f"{source}: no such file; check the path") from None
    except IsADirectoryError:
        raise OnrecordError(f"{source}: a directory; name the files in it") from None
    except PermissionError:
        raise OnrecordError(f"{source}: no permission to read it; change its mode") from None
    except (OSError, ValueError) as error:
        if isinstance(error, OnrecordError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise OnrecordError(f"{source!r}: cannot be read ({reason}); check the path") from None


def _read_capped(file: BinaryIO, name: str) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(_CHUNK):
        size += len(piece)
        if size > MAX_BYTES:
            raise _too_large(name)
        pieces.append(piece)
    return b"".join(pieces)


def _too_large(name: str) -> OnrecordError:
    limit = MAX_BYTES // 1_000_000
    return OnrecordError(f"{name}: larger than {limit} MB; give one article, not a whole archive")
