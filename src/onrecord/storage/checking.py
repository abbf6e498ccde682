"""The proofs of a record, checked before anything of it is stored.

Every span lies inside the text, every id is unique, every reference has its row, every day is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from onrecord.errors import OnrecordError
from onrecord.record import Attribution, Record, Span, When


def checked_json(record: Record) -> bytes:
    """Return the JSON of a record whose proofs hold.

    Raises ``OnrecordError`` that names the document, the row and what is wrong with it.
    """
    try:
        data = _encoded(record)
        _check_spans(record)
        _check_ids(record)
        _check_references(record)
        _check_days(record)
    except _BrokenProofError as wrong:
        name = str(record.document.id).encode("utf-8", "backslashreplace").decode()
        raise OnrecordError(f"{name}: {wrong}; nothing of it was added") from None
    return data


class _BrokenProofError(Exception):
    """What is wrong, in words."""


def _encoded(record: Record) -> bytes:
    """Return the record's JSON. What cannot be encoded, or read back, cannot be kept."""
    try:
        data = record.to_json()
    except UnicodeEncodeError as error:
        point = f"U+{ord(str(error.object)[error.start]):04X}"
        raise _BrokenProofError(
            f"half a surrogate pair ({point}) cannot be stored; decode the article again"
        ) from None
    except (AttributeError, TypeError, msgspec.MsgspecError) as error:
        raise _BrokenProofError(f"not a record: {error}") from None
    try:
        Record.from_json(data)
    except msgspec.ValidationError as error:
        raise _BrokenProofError(str(error)) from None
    return data


def _check_spans(record: Record) -> None:
    length = len(record.document.text)
    for where, span in _spans(record):
        if not 0 <= span.start <= span.end <= length:
            raise _BrokenProofError(
                f"{where}: span {span.start}-{span.end} is not inside the text (0-{length})"
            )


def _spans(record: Record) -> Iterator[tuple[str, Span]]:
    """Yield each span of the record with the name of what it belongs to."""
    for name in ("paragraphs", "headings"):
        yield from ((name, Span(*pair)) for pair in getattr(record.document, name))
    for where, when in _whens(record):
        if when is not None and when.span is not None:
            yield where, when.span
    for name in ("mentions", "times", "quantities", "places"):
        yield from ((name, item.span) for item in getattr(record, name))
    for said in record.attributions:
        yield from ((said.id, span) for span in (*said.source, *said.cue, *said.content))
    for event in record.events:
        spans = (event.trigger, event.sentence, *event.actor_spans, *event.recipient_spans)
        yield from ((event.id, span) for span in spans)
        yield from ((event.id, span) for one in event.numbers for span in (one.span, one.word))
        if event.about is not None:
            yield event.id, event.about
    for claim in record.claims:
        yield claim.id, claim.span
        if claim.about is not None:
            yield claim.id, claim.about
    for appointment in record.appointments:
        yield appointment.id, appointment.span
        yield appointment.id, appointment.what


def _whens(record: Record) -> Iterator[tuple[str, When | None]]:
    yield "published", record.document.published
    yield from (("times", time.when) for time in record.times)
    yield from ((said.id, said.when) for said in record.attributions)
    yield from ((event.id, event.when) for event in record.events)
    yield from ((claim.id, claim.period) for claim in record.claims)
    yield from ((appointment.id, appointment.when) for appointment in record.appointments)


def _check_ids(record: Record) -> None:
    if not record.document.id:
        raise _BrokenProofError("the document has no id")
    for name in ("actors", "attributions", "events", "claims", "appointments"):
        seen: set[str] = set()
        for row in getattr(record, name):
            if not row.id or row.id in seen:
                raise _BrokenProofError(
                    f"{name}: the id {row.id!r} is {'missing' if not row.id else 'twice'}"
                )
            seen.add(row.id)


def _check_references(record: Record) -> None:
    actors = {actor.id for actor in record.actors}
    for where, people in _people(record):
        for identifier in people:
            if identifier not in actors:
                raise _BrokenProofError(
                    f"{where}: actor {identifier!r} is not among the record's actors"
                )
    attributions = {said.id: said for said in record.attributions}
    for where, identifier_or_none in _attributions(record):
        if identifier_or_none is not None and identifier_or_none not in attributions:
            raise _BrokenProofError(
                f"{where}: there is no attribution {identifier_or_none!r} in the record"
            )
    _check_nesting(attributions)


def _people(record: Record) -> Iterator[tuple[str, Iterable[str]]]:
    yield "mentions", (mention.actor for mention in record.mentions)
    yield from ((said.id, (*said.speaker, *said.addressee)) for said in record.attributions)
    yield from ((event.id, (*event.actor, *event.recipient)) for event in record.events)
    yield from ((claim.id, claim.claimant) for claim in record.claims)
    for appointment in record.appointments:
        yield appointment.id, (*appointment.participants, *appointment.said_by)


def _attributions(record: Record) -> Iterator[tuple[str, str | None]]:
    yield from ((said.id, said.parent) for said in record.attributions)
    yield from ((event.id, event.attribution) for event in record.events)
    yield from ((claim.id, claim.attribution) for claim in record.claims)
    yield from ((appointment.id, appointment.attribution) for appointment in record.appointments)


def _check_nesting(attributions: dict[str, Attribution]) -> None:
    sound: set[str] = set()
    for identifier in attributions:
        path: dict[str, None] = {}
        at: str | None = identifier
        while at is not None and at not in sound:
            if at in path:
                raise _BrokenProofError(f"{identifier}: the attribution stands inside itself")
            path[at] = None
            at = attributions[at].parent
        sound.update(path)


def _check_days(record: Record) -> None:
    for where, when in _whens(record):
        if when is None:
            continue
        for value in (when.start, when.end):
            if value is None:
                continue
            try:
                date.fromisoformat(value[:10])
            except ValueError:
                raise _BrokenProofError(f"{where}: {value!r} is not an ISO 8601 date") from None
        if when.start and when.end and when.start[:10] > when.end[:10]:
            raise _BrokenProofError(f"{where}: {when.start} is after {when.end}")
