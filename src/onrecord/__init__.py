"""onrecord turns news into a sourced record: who said and did what to whom, when and where.

``read`` a page, ``code`` its document, ``open`` a store and ask it. Nothing heavy is imported
before it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.errors import KnowledgeError, OnrecordError

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.asking.answers import Answers
    from onrecord.record import Document, EventMention, Record, Span

__version__ = "0.1.0"
__all__ = [
    "Document",
    "EventMention",
    "KnowledgeError",
    "OnrecordError",
    "Record",
    "Span",
    "__version__",
    "code",
    "factuality",
    "open",
    "read",
    "relation",
]

_MODEL = ("Document", "EventMention", "Record", "Span")


def __getattr__(name: str) -> Any:
    """Import the data model when it is first asked for, so that ``onrecord --help`` is quick."""
    if name in _MODEL:
        from onrecord import record

        return getattr(record, name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


def read(
    source: str | Path,
    *,
    published: str | None = None,
    retrieved_at: str | None = None,
    title: str | None = None,
) -> Document:
    """Read one article: a file, an http(s) address, or ``-`` for standard input.

    ``published`` and ``retrieved_at`` are ISO 8601 dates or date-times; a relative age on the page
    ("1 day ago") hangs on the latter. Raises ``OnrecordError`` where there is nothing to read.
    """
    from onrecord.pipeline import read as _read

    return _read(str(source), published=published, retrieved_at=retrieved_at, title=title)


def code(document: Document) -> Record:
    """Code a document: its attributions, events, claims and appointments, with their proof.

    A document in a language that is not coded yet gives a record without rows, which says so in
    ``coder``.
    """
    from onrecord.pipeline import code as _code

    return _code(document)


def relation(text: str, source: tuple[int, int], target: tuple[int, int]) -> EventMention:
    """Return what ``text`` says that ``source`` does to ``target``: type, mode, modality, why.

    ``source`` and ``target`` are half-open (start, end) offsets into ``text``, in code points.
    Raises ``OnrecordError`` where they lie outside it.
    """
    from onrecord.pipeline import relation as _relation

    return _relation(text, source, target)


def factuality(text: str, span: tuple[int, int]) -> float:
    """Return whether the act that the words at ``span`` tell happened: -3 (surely not) to 3 (surely).

    ``span`` is a half-open (start, end) offset into ``text``, in code points; of several words the
    syntactic head counts. The number is the mean answer to be expected of readers (UDS-IH2, White
    et al. 2018). Raises ``OnrecordError`` where the span lies outside the text or holds no word.
    """
    from onrecord.pipeline import factuality as _factuality

    return _factuality(text, span)


def open(place: str | Path, *, create: bool = True) -> Answers:
    """Open the store at ``place``, or make it where there is none and ``create`` is true.

    Raises ``OnrecordError`` where what is there is no store, or one of a newer version.
    """
    from onrecord.asking import open_store

    return open_store(place, create=create)
