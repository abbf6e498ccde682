"""Small documents for tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import onrecord
from onrecord.parsing import Annotated, annotate
from onrecord.record import Document, Record

EXAMPLES = Path(onrecord.__file__).parent / "examples"
RETRIEVED_AT = "2026-01-14T09:00:00Z"


def document(text: str, published: str | None = "2026-01-13") -> Document:
    return Document.from_text(text, published=published)


def annotated(text: str, published: str | None = "2026-01-13") -> Annotated:
    return annotate(document(text, published))


@lru_cache(maxsize=2)
def seed_record(suffix: str = "txt") -> Record:
    path = EXAMPLES / f"sheinbaum-trump.{suffix}"
    return onrecord.code(onrecord.read(path, retrieved_at=RETRIEVED_AT))
