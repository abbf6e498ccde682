"""What Alembic runs: the migrations, on the connection and in the transaction it is handed."""

from __future__ import annotations

from alembic import context

from onrecord.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction holds all of it
)
context.run_migrations()
