"""Who did what to whom, in time: happenings, each once, with every mention that proves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from onrecord.asking.naming import Who, find
from onrecord.asking.people import CHUNK, DOCUMENT, People, people_in, piece
from onrecord.asking.periods import last_day, touches, within
from onrecord.asking.rows import Number, Piece, Proof, TimelineRow
from onrecord.errors import OnrecordError
from onrecord.record import EventType, Modality
from onrecord.storage.schema import documents, dyads, event_numbers, event_people
from onrecord.storage.schema import event_mentions as mentions

Days = str | date | None
Choice = str | Sequence[str] | None


def timeline(
    connection: Connection,
    a: str,
    b: str | None = None,
    *,
    start: Days = None,
    end: Days = None,
    type: Choice = None,
    modality: Choice = None,
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> list[TimelineRow]:
    """Return what ``a`` did or had done to it; with ``b``, what was between the two, either way.

    Happenings of unknown day come last. ``limit`` keeps the latest. Raises ``OnrecordError`` for a
    name that nobody or several have, a day that is none, an unknown type or modality.
    """
    between = _between(find(connection, a), find(connection, b) if b else None)
    if end:
        between = between.where(dyads.c.first_day <= last_day(end))
    fits = and_(
        mentions.c.number.in_(between),
        mentions.c.confidence >= min_confidence,
        *within(mentions, start, end),
    )
    if types := chosen("type", type, get_args(EventType), str.upper):
        fits &= mentions.c.type.in_(types)
    if modalities := chosen("modality", modality, get_args(Modality), str.lower):
        fits &= mentions.c.modality.in_(modalities)
    happenings: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(_of_happenings(fits, min_confidence)):
        happenings[row.event].append(row)
    ranked = [sorted(rows, key=_rank) for rows in happenings.values()]
    dated = [rows for rows in ranked if touches(_dated(rows), start, end)]
    in_time = _latest(sorted(dated, key=_in_time), limit)
    people = people_in(connection, event_people, mentions, [rows[0].number for rows in in_time])
    counted = _numbers_in(connection, [row.number for rows in in_time for row in rows])
    return [_happening(rows, people, counted) for rows in in_time]


def _of_happenings(fits: ColumnElement[bool], min_confidence: float) -> Select[Any]:
    """Return all mentions of the happenings of which a mention fits, and which ones do."""
    again = mentions.alias("mention")
    happening = select(mentions.c.event, mentions.c.number).where(fits).cte("happening")
    return (
        select(again, (again.c.number.in_(select(happening.c.number))).label("fits"), *DOCUMENT)
        .join(documents, documents.c.number == again.c.document)
        .where(again.c.event.in_(select(happening.c.event)))
        .where(again.c.confidence >= min_confidence)
    )


def chosen(
    what: str, choice: Choice, known: tuple[str, ...], spelling: Callable[[str], str]
) -> list[str]:
    """Return the values chosen, as they are spelt. Raises ``OnrecordError`` for an unknown one."""
    given = [choice] if isinstance(choice, str) else list(choice or ())
    values = [spelling(value.strip()) for value in given]
    for value in values:
        if value not in known:
            raise OnrecordError(f"{value!r} is no {what}; there are {', '.join(known)}")
    return values


def _between(a: Who, b: Who | None) -> Select[tuple[int]]:
    """Return the mentions in which ``a`` takes part, together with ``b`` if there is one."""
    a_acts = a.among(dyads.c.actor, dyads.c.actor_country)
    a_receives = a.among(dyads.c.recipient, dyads.c.recipient_country)
    condition: ColumnElement[bool] = or_(a_acts, a_receives)
    if b is not None:
        b_acts = b.among(dyads.c.actor, dyads.c.actor_country)
        b_receives = b.among(dyads.c.recipient, dyads.c.recipient_country)
        condition = or_(a_acts & b_receives, b_acts & a_receives)
    return select(dyads.c.mention).where(condition)


def _rank(row: Row[Any]) -> tuple[bool, float, int, int]:
    """Return the key that sorts the best first: mentions that fit, the surest, the first."""
    return (not row.fits, -row.confidence, row.document, row.position)


def _dated(rows: list[Row[Any]]) -> Row[Any]:
    """Return the best mention that says the day itself, else the best one."""
    told = (row for row in rows if row.basis not in ("article", "unknown"))
    return next(told, rows[0])


def _in_time(rows: list[Row[Any]]) -> tuple[bool, str, str, int, int]:
    day, best = _dated(rows), rows[0]
    return (
        day.first_day is None,
        day.when_start or "",
        day.when_end or "",
        best.document,
        best.position,
    )


def _latest(in_time: list[list[Row[Any]]], limit: int | None) -> list[list[Row[Any]]]:
    if limit is None or len(in_time) <= limit:
        return in_time
    known = [rows for rows in in_time if _dated(rows).first_day is not None]
    unknown = in_time[len(known) :]
    return (known[-limit:] + unknown)[:limit] if limit > 0 else []


def _numbers_in(connection: Connection, mentions: Sequence[int]) -> dict[int, tuple[Number, ...]]:
    """Return the numbers of these mentions, in the order of the text."""
    table, found = event_numbers, defaultdict[int, list[Number]](list)
    query = select(table).order_by(table.c.mention, table.c.position)
    for start in range(0, len(mentions), CHUNK):
        some = query.where(table.c.mention.in_(mentions[start : start + CHUNK]))
        for row in connection.execute(some):
            found[row.mention].append(
                Number(
                    kind=row.kind,
                    value=row.value,
                    low=row.low,
                    high=row.high,
                    approximate=row.approximate,
                    words=piece(row, "span"),
                )
            )
    return defaultdict(tuple, {mention: tuple(numbers) for mention, numbers in found.items()})


def _of_happening(proofs: Sequence[Proof]) -> tuple[Number, ...]:
    """Return for each kind the numbers of the first proof that has any."""
    kinds: dict[str, list[Number]] = {}
    for proof in proofs:
        for kind in dict.fromkeys(number.kind for number in proof.numbers):
            kinds.setdefault(kind, [one for one in proof.numbers if one.kind == kind])
    return tuple(number for numbers in kinds.values() for number in numbers)


def _happening(
    rows: list[Row[Any]], people: People, counted: dict[int, tuple[Number, ...]]
) -> TimelineRow:
    best, day = rows[0], _dated(rows)
    proofs = tuple(_proof(row, counted[row.number]) for row in rows)
    return TimelineRow(
        date=day.when_start,
        date_end=day.when_end,
        grain=day.grain,
        date_basis=day.basis,
        actor=people[best.number, "actor"],
        type=best.type,
        mode=best.mode,
        contexts=tuple(best.contexts),
        modality=best.modality,
        recipient=people[best.number, "recipient"],
        voice=best.voice,
        place=best.place,
        quad=best.quad,
        intensity=best.intensity,
        numbers=_of_happening(proofs),
        sentence=proofs[0].sentence,
        trigger=proofs[0].trigger,
        document=best.document_id,
        title=best.title,
        url=best.url,
        publisher=best.publisher,
        published=best.published_start,
        confidence=best.confidence,
        id=best.id,
        event=best.event,
        mentions=len(rows),
        documents=len({row.document for row in rows}),
        proofs=proofs,
    )


def _proof(row: Row[Any], numbers: tuple[Number, ...]) -> Proof:
    return Proof(
        id=row.id,
        document=row.document_id,
        title=row.title,
        url=row.url,
        publisher=row.publisher,
        published=row.published_start,
        sentence=Piece(row.sentence_start, row.sentence_end, row.sentence_text),
        trigger=Piece(row.trigger_start, row.trigger_end, row.trigger_text),
        voice=row.voice,
        modality=row.modality,
        confidence=row.confidence,
        numbers=numbers,
    )
