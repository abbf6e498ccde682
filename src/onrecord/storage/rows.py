"""A record as rows of the tables that questions are put to.

The day of a row: that of its ``when`` where it is resolved; else, for what was done or said, that
of the article (basis ``article``); else unknown. A day that was announced is never the article's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.record import Actor, Document, EventMention, Record, Span, When
from onrecord.storage.folding import folded
from onrecord.storage.sentences import sentence_around

Row = dict[str, Any]
REPORTER = "reporter"


def rows_of(record: Record, number: int, first: dict[str, int]) -> dict[str, list[Row]]:
    """Return the rows of a record by table name, in an order in which they can be inserted.

    ``number`` is that of its document; ``first`` gives the number of the first row of each table.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    actors = {actor.id: actor for actor in record.actors}
    for actor in record.actors:
        rows["actors"].append(_actor(actor))
        rows["document_actors"].append(
            {
                "document": number,
                "actor": actor.id,
                "name": actor.name,
                "kind": actor.kind,
                "country": actor.country,
            }
        )
    voices = _voices(record, actors)
    _add_attributions(rows, record, number, first, actors)
    _add_events(rows, record, number, first, actors, voices)
    _add_claims(rows, record, number, first, actors, voices)
    _add_appointments(rows, record, number, first, actors)
    return rows


def document_row(document: Document) -> Row:
    """Return the columns of ``documents`` that come from the document itself."""
    published = document.published
    return {
        "id": document.id,
        "url": document.url,
        "canonical_url": document.canonical_url,
        "publisher": document.publisher,
        "title": document.title,
        "byline": document.byline,
        "language": document.language,
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "published_grain": published.grain if published else None,
        "published_basis": published.basis if published else None,
        "retrieved_at": document.retrieved_at,
        "text": document.text,
        "paragraphs": document.paragraphs,
        "headings": document.headings,
    }


def _actor(actor: Actor) -> Row:
    return {
        "id": actor.id,
        "name": actor.name,
        "name_key": folded(actor.name),
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "wikidata": actor.wikidata,
        "roles": actor.roles,
    }


def interval(when: When | None, article: When | None) -> Row:
    """Return the columns of when, from ``when`` or else from the article's day, if one is given."""
    for value, basis in ((when, when.basis if when else ""), (article, "article")):
        start, end = (value.start, value.end) if value else (None, None)
        first, last = start or end, end or start
        if value is None or first is None or last is None:
            continue
        return {
            "when_start": first,
            "when_end": last,
            "first_day": first[:10],
            "last_day": last[:10],
            "grain": value.grain,
            "basis": basis,
        }
    empty = dict.fromkeys(("when_start", "when_end", "first_day", "last_day", "grain"))
    return {**empty, "basis": "unknown"}


def _spanned(name: str, span: Span | None, text: str) -> Row:
    """Return the three columns of a span: ``NAME_start``, ``NAME_end``, ``NAME_text``."""
    if span is None:
        return dict.fromkeys((f"{name}_start", f"{name}_end", f"{name}_text"))
    return {f"{name}_start": span.start, f"{name}_end": span.end, f"{name}_text": span.of(text)}


def _voices(record: Record, actors: dict[str, Actor]) -> dict[str | None, str]:
    """Return, by id of attribution, whose voice it is: names, else the words of its source."""
    voices: dict[str | None, str] = {None: REPORTER}
    for said in record.attributions:
        names = [actors[speaker].name for speaker in said.speaker]
        words = " … ".join(span.of(record.document.text) for span in said.source)
        voices[said.id] = " and ".join(names) or words or "unnamed"
    return voices


def _people(
    row: int, roles: Iterable[tuple[str, Sequence[str]]], actors: dict[str, Actor], **more: object
) -> list[Row]:
    return [
        {
            "row": row,
            "role": role,
            "position": position,
            "actor": actor,
            "country": actors[actor].country,
            **more,
        }
        for role, people in roles
        for position, actor in enumerate(people)
    ]


def _add_attributions(
    rows: dict[str, list[Row]],
    record: Record,
    number: int,
    first: dict[str, int],
    actors: dict[str, Actor],
) -> None:
    text = record.document.text
    for position, said in enumerate(record.attributions):
        row: Row = {
            "number": first["attributions"] + position,
            "id": said.id,
            "document": number,
            "position": position,
            "form": said.form,
            "cue_class": said.cue_class,
            "negated": said.negated,
            "parent": said.parent,
            "confidence": said.confidence,
            "why": said.why,
            **interval(said.when, record.document.published),
        }
        for role in ("source", "cue", "content"):
            spans: tuple[Span, ...] = getattr(said, role)
            row[f"{role}_spans"] = [(span.start, span.end) for span in spans]
            row[f"{role}_text"] = "\n".join(span.of(text) for span in spans)
        rows["attributions"].append(row)
        roles = (("speaker", said.speaker), ("addressee", said.addressee))
        rows["attribution_people"] += _people(
            row["number"], roles, actors, first_day=row["first_day"]
        )


def _resolved(when: When | None) -> bool:
    return when is not None and (when.start or when.end) is not None


def _days_of_happenings(record: Record) -> dict[str, When]:
    """Return when each happening was, in the words of the surest of its mentions that says so.

    A headline says no day, but the sentence that repeats it does.
    """
    days: dict[str, When] = {}
    for event in sorted(record.events, key=lambda event: -event.confidence):
        if event.when is not None and _resolved(event.when):
            days.setdefault(event.event, event.when)
    return days


def _add_events(
    rows: dict[str, list[Row]],
    record: Record,
    number: int,
    first: dict[str, int],
    actors: dict[str, Actor],
    voices: dict[str | None, str],
) -> None:
    text, days = record.document.text, _days_of_happenings(record)
    for position, event in enumerate(record.events):
        when = event.when if _resolved(event.when) else days.get(event.event)
        row: Row = {
            "number": first["event_mentions"] + position,
            "id": event.id,
            "document": number,
            "position": position,
            "event": event.event,
            "type": event.type,
            "mode": event.mode,
            "contexts": event.contexts,
            "modality": event.modality,
            "quad": event.quad,
            "intensity": event.intensity,
            "place": event.where,
            "attribution": event.attribution,
            "voice": voices[event.attribution],
            "confidence": event.confidence,
            "why": event.why,
            **_spanned("trigger", event.trigger, text),
            **_spanned("sentence", event.sentence, text),
            **interval(when, record.document.published),
        }
        rows["event_mentions"].append(row)
        if event.about is not None:
            matter = {"number": row["number"], **_spanned("about", event.about, text)}
            rows["event_matters"].append(matter)
        rows["event_numbers"] += _numbers(event, row["number"], text)
        roles = (("actor", event.actor), ("recipient", event.recipient))
        rows["event_people"] += _people(row["number"], roles, actors)
        rows["dyads"] += [
            {
                "mention": row["number"],
                "actor": actor,
                "actor_country": actors[actor].country if actor else None,
                "recipient": recipient,
                "recipient_country": actors[recipient].country if recipient else None,
                "first_day": row["first_day"],
            }
            for actor in dict.fromkeys(event.actor or (None,))
            for recipient in dict.fromkeys(event.recipient or (None,))
        ]


def _numbers(event: EventMention, number: int, text: str) -> list[Row]:
    return [
        {
            "mention": number,
            "position": position,
            "kind": counted.kind,
            "value": counted.value,
            "low": counted.low,
            "high": counted.high,
            "approximate": counted.approximate,
            **_spanned("span", counted.span, text),
        }
        for position, counted in enumerate(event.numbers)
    ]


def _add_claims(
    rows: dict[str, list[Row]],
    record: Record,
    number: int,
    first: dict[str, int],
    actors: dict[str, Actor],
    voices: dict[str | None, str],
) -> None:
    text = record.document.text
    for position, claim in enumerate(record.claims):
        rows["claims"].append(
            {
                "number": first["claims"] + position,
                "id": claim.id,
                "document": number,
                "position": position,
                "value": claim.value,
                "low": claim.low,
                "high": claim.high,
                "unit": claim.unit,
                "approximate": claim.approximate,
                "change": claim.change,
                "comparison": claim.basis,
                "attribution": claim.attribution,
                "voice": voices[claim.attribution],
                "confidence": claim.confidence,
                "why": claim.why,
                "period_start": claim.period.start if claim.period else None,
                "period_end": claim.period.end if claim.period else None,
                **_spanned("span", claim.span, text),
                **_spanned("about", claim.about, text),
                **_spanned("sentence", sentence_around(record, claim.span), text),
                **interval(None, record.document.published),
            }
        )
        rows["claim_people"] += _people(
            first["claims"] + position, [("claimant", claim.claimant)], actors
        )


def _add_appointments(
    rows: dict[str, list[Row]],
    record: Record,
    number: int,
    first: dict[str, int],
    actors: dict[str, Actor],
) -> None:
    text = record.document.text
    for position, appointment in enumerate(record.appointments):
        rows["appointments"].append(
            {
                "number": first["appointments"] + position,
                "id": appointment.id,
                "document": number,
                "position": position,
                "place": appointment.where,
                "attribution": appointment.attribution,
                "confidence": appointment.confidence,
                "why": appointment.why,
                **_spanned("span", appointment.span, text),
                **_spanned("what", appointment.what, text),
                **_spanned("sentence", sentence_around(record, appointment.span), text),
                **interval(appointment.when, None),
            }
        )
        roles = (("participant", appointment.participants), ("said by", appointment.said_by))
        rows["appointment_people"] += _people(first["appointments"] + position, roles, actors)
