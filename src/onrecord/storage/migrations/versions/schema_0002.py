"""Numbers of events, and what acts of speech are about.

Records that are in the store already have neither; reading their articles again adds them.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
CREATE TABLE event_matters (
    number INTEGER NOT NULL,
    about_start INTEGER NOT NULL,
    about_end INTEGER NOT NULL,
    about_text TEXT NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(number) REFERENCES event_mentions (number) ON DELETE CASCADE
)""",
    """
CREATE TABLE event_numbers (
    mention INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value FLOAT,
    low FLOAT,
    high FLOAT,
    approximate BOOLEAN NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    span_text TEXT NOT NULL,
    PRIMARY KEY (mention, position),
    FOREIGN KEY(mention) REFERENCES event_mentions (number) ON DELETE CASCADE
) WITHOUT ROWID""",
    "CREATE VIRTUAL TABLE event_matters_words USING fts5(about_text, content='event_matters', "
    "content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER event_matters_words_added AFTER INSERT ON event_matters BEGIN "
    "INSERT INTO event_matters_words(rowid, about_text) VALUES (new.number, new.about_text); END",
    "CREATE TRIGGER event_matters_words_removed AFTER DELETE ON event_matters BEGIN "
    "INSERT INTO event_matters_words(event_matters_words, rowid, about_text) "
    "VALUES ('delete', old.number, old.about_text); END",
    "CREATE TRIGGER event_matters_words_changed AFTER UPDATE OF about_text ON event_matters BEGIN "
    "INSERT INTO event_matters_words(event_matters_words, rowid, about_text) "
    "VALUES ('delete', old.number, old.about_text); "
    "INSERT INTO event_matters_words(rowid, about_text) VALUES (new.number, new.about_text); END",
)


def upgrade() -> None:
    """Change a store of version 0001 into one of version 0002."""
    for statement in STATEMENTS:
        op.execute(statement.strip())
