"""Which articles have these words, the most fitting first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, literal_column, select, table

from onrecord.asking.people import DOCUMENT, source_of
from onrecord.asking.rows import SearchRow
from onrecord.asking.words import matches, with_words
from onrecord.storage.schema import attributions, documents

# Private-use characters, which no article needs, tell where a match begins and ends.
_BEGIN, _END = "\ue000", "\ue001"
_INDEX = "documents_words"


def search(connection: Connection, text: str, *, limit: int = 50) -> list[SearchRow]:
    """Return the articles whose title or text has all the words, best first (BM25, title ×4).

    Raises ``OnrecordError`` where ``text`` has no word.
    """
    passage: ColumnElement[str] = literal_column(
        f"snippet({_INDEX}, 1, char({ord(_BEGIN)}), char({ord(_END)}), '…', 32)"
    ).label("passage")
    order: ColumnElement[float] = literal_column(f"bm25({_INDEX}, 4.0, 1.0)")
    index = table(_INDEX)
    query = (
        select(documents.c.number, passage, *DOCUMENT)
        .select_from(index.join(documents, documents.c.number == literal_column(f"{_INDEX}.rowid")))
        .where(matches(_INDEX, text))
        .order_by(order, documents.c.number)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    counts = _statements(connection, text, [row.number for row in rows])
    return [
        SearchRow(
            passage=row.passage.replace(_BEGIN, "").replace(_END, ""),
            matches=_spans(row.passage),
            statements=counts.get(row.number, 0),
            **source_of(row),  # type: ignore[arg-type]
        )
        for row in rows
    ]


def _statements(connection: Connection, text: str, numbers: Sequence[int]) -> dict[int, int]:
    """Return how many attributions of each document have all the words in what was said."""
    query = (
        select(attributions.c.document, func.count())
        .where(attributions.c.number.in_(with_words("attributions_words", text)))
        .where(attributions.c.document.in_(numbers))
        .group_by(attributions.c.document)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _spans(passage: str) -> tuple[tuple[int, int], ...]:
    """Return where the matches stand in the passage once the marks are taken out."""
    spans, at = [], 0
    begins = 0
    for letter in passage:
        if letter == _BEGIN:
            begins = at
        elif letter == _END:
            spans.append((begins, at))
        else:
            at += 1
    return tuple(spans)
