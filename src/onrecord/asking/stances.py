"""Evidence of stances in a store: what an actor's acts of speech and attributions prove.

A row is evidence only if the stance is taken: it happened, it is not negated or hypothetical, and it
stands in the actor's own voice or the reporter's, not in what somebody else says of him.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from onrecord.asking.matters import Matter, matter_of, with_parties
from onrecord.asking.naming import Who
from onrecord.asking.people import CHUNK, DOCUMENT, has, people_in, piece, pieces
from onrecord.asking.periods import within
from onrecord.asking.repetition import clause_before, repeated
from onrecord.asking.rows import Person, Piece
from onrecord.asking.voices import Voices
from onrecord.asking.words import with_words
from onrecord.knowledge.positions import (
    load_evidence,
    stance_of,
    words_not_held,
)
from onrecord.record import Value
from onrecord.storage.schema import (
    attribution_people,
    attributions,
    document_actors,
    documents,
    dyads,
    event_matters,
    event_people,
)
from onrecord.storage.schema import event_mentions as mentions

_TAKEN = ("happened", "ongoing", "offered", "planned")
_MEANT = ("SUPPORT", "REJECT")
"""Types that an actor who says he will do them holds already: "we will veto the bill"."""
_BEFORE = 60


class Evidence(Value, frozen=True, kw_only=True):
    """One passage that proves a stance: an event mention, or an attribution."""

    id: str
    number: int
    kind: str
    event: str | None
    attribution: str | None
    stance: str
    holders: tuple[Person, ...]
    towards: tuple[Person, ...]
    matter: Matter
    about: Piece | None
    act: Piece
    first_day: str | None
    last_day: str | None
    when_start: str | None
    when_end: str | None
    grain: str | None
    basis: str
    voice: str
    again: tuple[tuple[str, str], ...]
    spans: tuple[tuple[int, int], ...]
    sentence: Piece | None
    heading: bool
    document: int
    position: int
    document_id: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    confidence: float


class Asked(Value, frozen=True, kw_only=True):
    """Whose stances are asked for, on what, until when, how sure."""

    who: Who
    about: str | None
    end: Any
    min_confidence: float


def evidence_of(connection: Connection, asked: Asked) -> list[Evidence]:
    """Return all evidence of stances of those who are meant, by document and place in it."""
    found = [*_from_events(connection, asked), *_from_attributions(connection, asked)]
    return sorted(found, key=lambda one: (one.document, one.spans[0], one.kind))


def _from_events(connection: Connection, asked: Asked) -> list[Evidence]:
    rows = connection.execute(_event_query(asked)).all()
    voices = Voices(connection, {row.attribution for row in rows})
    people = people_in(connection, event_people, mentions, [row.number for row in rows])
    named = _persons(connection, {row.document for row in rows})
    found = []
    for row in rows:
        holders = people[row.number, "actor"]
        stance = _of_event(row) if voices.own(row.attribution, holders) else None
        if stance is not None:
            towards = people[row.number, "recipient"]
            about = row.about_text or ""
            matter = with_parties(matter_of(about, named[row.document]), holders, towards)
            found.append(_event_evidence(row, stance, holders, towards, matter))
    return found


def _event_query(asked: Asked) -> Select[Any]:
    by_them = asked.who.among(dyads.c.actor, dyads.c.actor_country)
    query = (
        select(
            mentions,
            event_matters.c.about_start,
            event_matters.c.about_end,
            event_matters.c.about_text,
            attributions.c.cue_text,
            func.substr(
                documents.c.text,
                func.max(1, mentions.c.trigger_start - _BEFORE + 1),
                func.min(_BEFORE, mentions.c.trigger_start),
            ).label("before"),
            func.substr(documents.c.text, mentions.c.trigger_end + 1, _BEFORE).label("after"),
            documents.c.headings,
            *DOCUMENT,
        )
        .join(documents, documents.c.number == mentions.c.document)
        .join(event_matters, event_matters.c.number == mentions.c.number, isouter=True)
        .join(attributions, attributions.c.id == mentions.c.attribution, isouter=True)
        .where(mentions.c.number.in_(select(dyads.c.mention).where(by_them)))
        .where(mentions.c.modality.in_(_TAKEN), mentions.c.confidence >= asked.min_confidence)
        .where(*within(mentions, None, asked.end))
    )
    if asked.about is None:
        return query
    told = select(mentions.c.event).where(
        mentions.c.number.in_(with_words("event_matters_words", asked.about))
    )
    return query.where(mentions.c.event.in_(told))


def _of_event(row: Row[Any]) -> str | None:
    """Return the stance that an event mention proves, or none."""
    if row.modality == "offered":
        return stance_of("modality", "offered", row.mode, row.trigger_text)
    if row.modality == "planned" and (row.attribution is None or row.type not in _MEANT):
        return None
    return stance_of("type", row.type, row.mode, row.trigger_text)


def _event_evidence(
    row: Row[Any],
    stance: str,
    holders: tuple[Person, ...],
    towards: tuple[Person, ...],
    matter: Matter,
) -> Evidence:
    about = piece(row, "about") if row.about_start is not None else None
    again = repeated(row.before, row.trigger_text, row.after, row.cue_text or "")
    return _evidence(
        row,
        kind="event",
        event=row.event,
        attribution=row.attribution,
        stance=stance,
        holders=holders,
        towards=towards,
        matter=matter,
        about=about,
        act=piece(row, "trigger"),
        voice=row.voice,
        again=again,
        spans=((row.trigger_start, row.trigger_end),),
        sentence=piece(row, "sentence"),
    )


def _from_attributions(connection: Connection, asked: Asked) -> list[Evidence]:
    rows = connection.execute(_attribution_query(asked)).all()
    voices = Voices(connection, {row.parent for row in rows})
    people = people_in(connection, attribution_people, attributions, [row.number for row in rows])
    named = _persons(connection, {row.document for row in rows})
    found = []
    for row in rows:
        speakers = people[row.number, "speaker"]
        stance = stance_of("class", row.cue_class, None, row.cue_text)
        if stance is None or not row.cue_spans or not _held(row):
            continue
        if voices.own(row.parent, speakers):
            towards = people[row.number, "addressee"]
            matter = matter_of(row.content_text, named[row.document])
            found.append(_attribution_evidence(row, stance, speakers, towards, matter))
    return found


def _attribution_query(asked: Asked) -> Select[Any]:
    classes = {row.name for row in load_evidence() if row.source == "class"}
    start = func.json_extract(attributions.c.cue_spans, "$[0][0]")
    query = (
        select(
            attributions,
            func.substr(
                documents.c.text, func.max(1, start - _BEFORE + 1), func.min(_BEFORE, start)
            ).label("before"),
            documents.c.headings,
            *DOCUMENT,
        )
        .join(documents, documents.c.number == attributions.c.document)
        .where(has(attribution_people, attributions, "speaker", asked.who))
        .where(attributions.c.cue_class.in_(sorted(classes)), attributions.c.negated.is_(False))
        .where(attributions.c.confidence >= asked.min_confidence)
        .where(*within(attributions, None, asked.end))
    )
    if asked.about is not None:
        query = query.where(
            attributions.c.number.in_(with_words("attributions_words", asked.about))
        )
    return query


def _attribution_evidence(
    row: Row[Any],
    stance: str,
    speakers: tuple[Person, ...],
    towards: tuple[Person, ...],
    matter: Matter,
) -> Evidence:
    cues = pieces(row.cue_spans, row.cue_text)
    contents = pieces(row.content_spans, row.content_text)
    sources = pieces(row.source_spans, row.source_text)
    return _evidence(
        row,
        kind="attribution",
        event=None,
        attribution=row.id,
        stance=stance,
        holders=speakers,
        towards=towards,
        matter=matter,
        about=contents[0] if contents and (matter.known or " " in contents[0].text) else None,
        act=cues[0],
        voice="reporter",
        again=repeated(row.before or "", row.cue_text, "", ""),
        spans=tuple((one.start, one.end) for one in (*cues, *contents, *sources)),
        sentence=None,
    )


def _evidence(row: Row[Any], **more: Any) -> Evidence:
    same = ("id", "number", "first_day", "last_day", "when_start", "when_end", "grain", "basis",
            "document", "position", "document_id", "title", "url", "publisher",
            "confidence")  # fmt: skip
    values = {name: row._mapping[name] for name in same}
    place = more["act"].start
    heading = any(start <= place < end for start, end in row.headings)
    return Evidence(**values, published=row.published_start, heading=heading, **more)


def _persons(connection: Connection, numbers: set[int]) -> dict[int, list[Person]]:
    """Return the persons that stand in these documents."""
    table, wanted = document_actors, sorted(numbers)
    query = select(table.c.document, table.c.actor, table.c.name, table.c.country)
    found: dict[int, list[Person]] = defaultdict(list)
    for start in range(0, len(wanted), CHUNK):
        some = query.where(
            table.c.kind == "person", table.c.document.in_(wanted[start : start + CHUNK])
        )
        for document, actor, name, country in connection.execute(some):
            found[document].append(Person(actor, name, country))
    return found


def _held(row: Row[Any]) -> bool:
    """Tell whether the stance of a cue is taken: not "could reject", "refused to condemn"."""
    before = clause_before((row.before or "").lower()).split()[-4:]
    text = f" {' '.join(before)} {row.cue_text.lower()} ".replace("n't", " n't").replace(
        "n’t", " n’t"
    )
    return not any(f" {word} " in text for word in words_not_held())
