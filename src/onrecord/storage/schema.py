"""The tables of a store, as SQLAlchemy Core.

``documents.record`` holds the record itself (its JSON, compressed), so that it comes back byte for
byte. The other tables hold what questions need, written in the same transaction. Spans are code
points of ``documents.text``. A row's day is that of its ``when``; see ``storage/rows.py``.

A change here needs a new file in ``migrations/versions`` and a new ``VERSION``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

VERSION = "0002"
APPLICATION_ID = 0x6F6E7263  # "onrc", in the header of the file, tells a store from other databases

metadata = MetaData()


def _row(name: str, *columns: Column[Any]) -> Table:
    """Return a table of coded rows: number, id, document and place in the record, then the rest."""
    return Table(
        name,
        metadata,
        Column("number", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("document", ForeignKey("documents.number"), nullable=False, index=True),
        Column("position", Integer, nullable=False),
        *columns,
        Column("confidence", Float, nullable=False),
        Column("why", Text, nullable=False),
    )


def _people(name: str, rows: str, *columns: Column[Any], asked: bool = True) -> Table:
    """Return a table of who has which role in a row: its number, a role, a place in the list.

    ``asked`` tables are searched by actor and country.
    """
    table = Table(
        name,
        metadata,
        Column("row", ForeignKey(f"{rows}.number", ondelete="CASCADE"), primary_key=True),
        Column("role", Text, primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("actor", Text, nullable=False),
        Column("country", Text),
        *columns,
        sqlite_with_rowid=False,
    )
    for who in ("actor", "country") if asked else ():
        Index(f"{rows}_by_{who}", table.c[who], table.c.role, *(table.c[c.name] for c in columns))
    return table


def _interval() -> list[Column[Any]]:
    """Return the columns of when: ISO start and end, their days (for comparing), grain, basis."""
    return [
        Column("when_start", Text),
        Column("when_end", Text),
        Column("first_day", Text),
        Column("last_day", Text),
        Column("grain", Text),
        Column("basis", Text, nullable=False),
    ]


documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("url", Text),
    Column("canonical_url", Text),
    Column("publisher", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("language", Text),
    Column("published_start", Text),
    Column("published_end", Text),
    Column("published_grain", Text),
    Column("published_basis", Text),
    Column("retrieved_at", Text),
    Column("text", Text, nullable=False),
    Column("paragraphs", JSON, nullable=False),
    Column("headings", JSON, nullable=False),
    Column("coder", JSON, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

# An actor as it was last coded; what a document says of it stands in document_actors.
actors = Table(
    "actors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("country", Text, index=True),
    Column("sector", Text),
    Column("wikidata", Text),
    Column("roles", JSON, nullable=False),
    sqlite_with_rowid=False,
)

document_actors = Table(
    "document_actors",
    metadata,
    Column("document", ForeignKey("documents.number"), primary_key=True),
    Column("actor", ForeignKey("actors.id"), primary_key=True, index=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    sqlite_with_rowid=False,
)

attributions = _row(
    "attributions",
    Column("form", Text, nullable=False),
    Column("cue_class", Text, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("parent", Text),
    Column("source_spans", JSON, nullable=False),
    Column("cue_spans", JSON, nullable=False),
    Column("content_spans", JSON, nullable=False),
    # The pieces of each, a line end between them; their lengths are those of the spans.
    Column("source_text", Text, nullable=False),
    Column("cue_text", Text, nullable=False),
    Column("content_text", Text, nullable=False),
    *_interval(),
)

# The day stands here too, so that one index finds the last statements of a speaker.
attribution_people = _people("attribution_people", "attributions", Column("first_day", Text))

event_mentions = _row(
    "event_mentions",
    Column("event", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("contexts", JSON, nullable=False),
    Column("modality", Text, nullable=False),
    Column("quad", Integer, nullable=False),
    Column("intensity", Float, nullable=False),
    Column("place", Text),
    Column("attribution", Text),
    Column("voice", Text, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("trigger_text", Text, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("sentence_text", Text, nullable=False),
    *_interval(),
)

event_people = _people("event_people", "event_mentions", asked=False)

# Each pair of actor and recipient of a mention, with either missing where the mention has none:
# what a question about two countries or two people is answered from.
dyads = Table(
    "dyads",
    metadata,
    Column("number", Integer, primary_key=True),
    Column(
        "mention",
        ForeignKey("event_mentions.number", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("actor", Text),
    Column("actor_country", Text),
    Column("recipient", Text),
    Column("recipient_country", Text),
    Column("first_day", Text),
)
Index("dyads_of_countries", dyads.c.actor_country, dyads.c.recipient_country, dyads.c.first_day)
Index("dyads_to_country", dyads.c.recipient_country, dyads.c.first_day)
Index("dyads_of_actors", dyads.c.actor, dyads.c.recipient, dyads.c.first_day)
Index("dyads_to_actor", dyads.c.recipient, dyads.c.first_day)

# Whom a mention counts: dead, injured, arrested, a crowd.
event_numbers = Table(
    "event_numbers",
    metadata,
    Column("mention", ForeignKey("event_mentions.number", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("value", Float),
    Column("low", Float),
    Column("high", Float),
    Column("approximate", Boolean, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("span_text", Text, nullable=False),
    sqlite_with_rowid=False,
)

# What a mention of an act of speech is about: what positions are told by.
event_matters = Table(
    "event_matters",
    metadata,
    Column("number", ForeignKey("event_mentions.number", ondelete="CASCADE"), primary_key=True),
    Column("about_start", Integer, nullable=False),
    Column("about_end", Integer, nullable=False),
    Column("about_text", Text, nullable=False),
)

claims = _row(
    "claims",
    Column("value", Float),
    Column("low", Float),
    Column("high", Float),
    Column("unit", Text, nullable=False),
    Column("approximate", Boolean, nullable=False),
    Column("change", Text, nullable=False),
    Column("comparison", Text),  # the claim's basis: year-on-year and the like
    Column("attribution", Text),
    Column("voice", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("span_text", Text, nullable=False),
    Column("about_start", Integer),
    Column("about_end", Integer),
    Column("about_text", Text),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("sentence_text", Text, nullable=False),
    Column("period_start", Text),
    Column("period_end", Text),
    *_interval(),
)
Index("claims_by_day", claims.c.first_day)

claim_people = _people("claim_people", "claims")

appointments = _row(
    "appointments",
    Column("place", Text),
    Column("attribution", Text),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("span_text", Text, nullable=False),
    Column("what_start", Integer, nullable=False),
    Column("what_end", Integer, nullable=False),
    Column("what_text", Text, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("sentence_text", Text, nullable=False),
    *_interval(),
)
Index("appointments_by_day", appointments.c.first_day)

appointment_people = _people("appointment_people", "appointments")

CODED = (attributions, event_mentions, claims, appointments)


def _full_text(table: str, *columns: str) -> list[str]:
    """Return the SQL of a full-text index over columns of ``table``, and what keeps it in step."""
    index, names = f"{table}_words", ", ".join(columns)
    new, old = (", ".join(f"{row}.{name}" for name in columns) for row in ("new", "old"))
    add = f"INSERT INTO {index}(rowid, {names}) VALUES (new.number, {new});"
    drop = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', old.number, {old});"
    return [
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', "
        "content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {index}_added AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {index}_removed AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {index}_changed AFTER UPDATE OF {names} ON {table} BEGIN {drop} {add} END",
    ]


FULL_TEXT = (
    *_full_text("documents", "title", "text"),
    *_full_text("attributions", "content_text"),
    *_full_text("claims", "about_text", "sentence_text"),
    *_full_text("event_matters", "about_text"),
)
