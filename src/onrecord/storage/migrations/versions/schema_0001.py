"""The first tables of a store.

The full-text indexes read the tables they index; triggers keep them in step.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE actors (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    wikidata TEXT,
    roles JSON NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE INDEX ix_actors_country ON actors (country);
CREATE INDEX ix_actors_name_key ON actors (name_key);
CREATE TABLE documents (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    url TEXT,
    canonical_url TEXT,
    publisher TEXT,
    title TEXT,
    byline TEXT,
    language TEXT,
    published_start TEXT,
    published_end TEXT,
    published_grain TEXT,
    published_basis TEXT,
    retrieved_at TEXT,
    text TEXT NOT NULL,
    paragraphs JSON NOT NULL,
    headings JSON NOT NULL,
    coder JSON NOT NULL,
    digest BLOB NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
);
CREATE TABLE appointments (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    place TEXT,
    attribution TEXT,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    span_text TEXT NOT NULL,
    what_start INTEGER NOT NULL,
    what_end INTEGER NOT NULL,
    what_text TEXT NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    sentence_text TEXT NOT NULL,
    when_start TEXT,
    when_end TEXT,
    first_day TEXT,
    last_day TEXT,
    grain TEXT,
    basis TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id),
    FOREIGN KEY(document) REFERENCES documents (number)
);
CREATE INDEX appointments_by_day ON appointments (first_day);
CREATE INDEX ix_appointments_document ON appointments (document);
CREATE TABLE attributions (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    form TEXT NOT NULL,
    cue_class TEXT NOT NULL,
    negated BOOLEAN NOT NULL,
    parent TEXT,
    source_spans JSON NOT NULL,
    cue_spans JSON NOT NULL,
    content_spans JSON NOT NULL,
    source_text TEXT NOT NULL,
    cue_text TEXT NOT NULL,
    content_text TEXT NOT NULL,
    when_start TEXT,
    when_end TEXT,
    first_day TEXT,
    last_day TEXT,
    grain TEXT,
    basis TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id),
    FOREIGN KEY(document) REFERENCES documents (number)
);
CREATE INDEX ix_attributions_document ON attributions (document);
CREATE TABLE claims (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    value FLOAT,
    low FLOAT,
    high FLOAT,
    unit TEXT NOT NULL,
    approximate BOOLEAN NOT NULL,
    change TEXT NOT NULL,
    comparison TEXT,
    attribution TEXT,
    voice TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    span_text TEXT NOT NULL,
    about_start INTEGER,
    about_end INTEGER,
    about_text TEXT,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    sentence_text TEXT NOT NULL,
    period_start TEXT,
    period_end TEXT,
    when_start TEXT,
    when_end TEXT,
    first_day TEXT,
    last_day TEXT,
    grain TEXT,
    basis TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id),
    FOREIGN KEY(document) REFERENCES documents (number)
);
CREATE INDEX claims_by_day ON claims (first_day);
CREATE INDEX ix_claims_document ON claims (document);
CREATE TABLE document_actors (
    document INTEGER NOT NULL,
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    PRIMARY KEY (document, actor),
    FOREIGN KEY(document) REFERENCES documents (number),
    FOREIGN KEY(actor) REFERENCES actors (id)
) WITHOUT ROWID;
CREATE INDEX ix_document_actors_actor ON document_actors (actor);
CREATE TABLE event_mentions (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    event TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts JSON NOT NULL,
    modality TEXT NOT NULL,
    quad INTEGER NOT NULL,
    intensity FLOAT NOT NULL,
    place TEXT,
    attribution TEXT,
    voice TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    trigger_text TEXT NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    sentence_text TEXT NOT NULL,
    when_start TEXT,
    when_end TEXT,
    first_day TEXT,
    last_day TEXT,
    grain TEXT,
    basis TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id),
    FOREIGN KEY(document) REFERENCES documents (number)
);
CREATE INDEX ix_event_mentions_document ON event_mentions (document);
CREATE INDEX ix_event_mentions_event ON event_mentions (event);
CREATE TABLE appointment_people (
    "row" INTEGER NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    actor TEXT NOT NULL,
    country TEXT,
    PRIMARY KEY ("row", role, position),
    FOREIGN KEY("row") REFERENCES appointments (number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX appointments_by_actor ON appointment_people (actor, role);
CREATE INDEX appointments_by_country ON appointment_people (country, role);
CREATE TABLE attribution_people (
    "row" INTEGER NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    actor TEXT NOT NULL,
    country TEXT,
    first_day TEXT,
    PRIMARY KEY ("row", role, position),
    FOREIGN KEY("row") REFERENCES attributions (number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX attributions_by_actor ON attribution_people (actor, role, first_day);
CREATE INDEX attributions_by_country ON attribution_people (country, role, first_day);
CREATE TABLE claim_people (
    "row" INTEGER NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    actor TEXT NOT NULL,
    country TEXT,
    PRIMARY KEY ("row", role, position),
    FOREIGN KEY("row") REFERENCES claims (number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX claims_by_actor ON claim_people (actor, role);
CREATE INDEX claims_by_country ON claim_people (country, role);
CREATE TABLE dyads (
    number INTEGER NOT NULL,
    mention INTEGER NOT NULL,
    actor TEXT,
    actor_country TEXT,
    recipient TEXT,
    recipient_country TEXT,
    first_day TEXT,
    PRIMARY KEY (number),
    FOREIGN KEY(mention) REFERENCES event_mentions (number) ON DELETE CASCADE
);
CREATE INDEX dyads_of_actors ON dyads (actor, recipient, first_day);
CREATE INDEX dyads_of_countries ON dyads (actor_country, recipient_country, first_day);
CREATE INDEX dyads_to_actor ON dyads (recipient, first_day);
CREATE INDEX dyads_to_country ON dyads (recipient_country, first_day);
CREATE INDEX ix_dyads_mention ON dyads (mention);
CREATE TABLE event_people (
    "row" INTEGER NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    actor TEXT NOT NULL,
    country TEXT,
    PRIMARY KEY ("row", role, position),
    FOREIGN KEY("row") REFERENCES event_mentions (number) ON DELETE CASCADE
) WITHOUT ROWID
"""

INDEXED = {
    "documents": ("title", "text"),
    "attributions": ("content_text",),
    "claims": ("about_text", "sentence_text"),
}


def upgrade() -> None:
    """Make the tables of a new store."""
    for statement in TABLES.split(";\n"):
        op.execute(statement.strip())
    for table, columns in INDEXED.items():
        for statement in full_text(table, columns):
            op.execute(statement)


def full_text(table: str, columns: tuple[str, ...]) -> list[str]:
    """Return the SQL of the full-text index of a table, and of its triggers."""
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
