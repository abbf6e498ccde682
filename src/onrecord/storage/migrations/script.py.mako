"""${message}."""

from __future__ import annotations

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Change a store of version ${down_revision} into one of version ${up_revision}."""
    ${upgrades if upgrades else ""}
