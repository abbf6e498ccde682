"""The page of a record: article and rows side by side, each row a link to the words that prove it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.record import Record
from onrecord.serving.segments import blocks_of
from onrecord.wording import days_of, names_of, words_of

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent / "templates"


def record_page(records: Sequence[Record]) -> str:
    """Return one HTML page with the records, every word of an article escaped."""
    style = (_FOLDER / "record.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("record.html")
        .render(records=[_view(record) for record in records], style=style, digest=digest)
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _view(record: Record) -> dict[str, Any]:
    document = record.document
    address = document.canonical_url or document.url or ""
    return {
        "document": document,
        "link": address if address.startswith(("http://", "https://")) else None,
        "published": days_of(document.published),
        "reckoned": document.published is not None and document.published.basis == "retrieval",
        "notice": record.coder.get("language"),
        "blocks": blocks_of(record),
        "statements": [_statement(record, row) for row in record.attributions],
        "events": [_event(record, row) for row in record.events],
        "claims": [_claim(record, row) for row in record.claims],
        "appointments": [_appointment(record, row) for row in record.appointments],
        "coder": ", ".join(f"{name} {value}" for name, value in record.coder.items()),
    }


def _statement(record: Record, row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "who": names_of(record, row.speaker) or "unnamed",
        "to": names_of(record, row.addressee),
        "how": f"{row.form}, {row.cue_class}" + (", negated" if row.negated else ""),
        "what": words_of(record, row.content),
        "nested": row.parent is not None,
        "anchor": row.parent is None,
        "when": days_of(row.when),
        "why": row.why,
        "confidence": f"{row.confidence:.2f}",
    }


def _event(record: Record, row: Any) -> dict[str, Any]:
    voice = next((a for a in record.attributions if a.id == row.attribution), None)
    return {
        "id": row.id,
        "actor": names_of(record, row.actor, countries=True) or "nobody named",
        "recipient": names_of(record, row.recipient, countries=True),
        "type": row.type,
        "mode": row.mode,
        "modality": row.modality,
        "real": row.modality in ("happened", "ongoing"),
        "when": days_of(row.when),
        "voice": (names_of(record, voice.speaker) or "somebody unnamed") if voice else None,
        "trigger": words_of(record, [row.trigger]),
        "numbers": "; ".join(map(str, row.numbers)),
        "why": row.why,
        "confidence": f"{row.confidence:.2f}",
    }


def _claim(record: Record, row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "figure": words_of(record, [row.span]),
        "change": "" if row.change == "none" else row.change,
        "about": words_of(record, [row.about]) if row.about else "",
        "basis": row.basis,
        "who": names_of(record, row.claimant) or "the reporter",
        "why": row.why,
        "confidence": f"{row.confidence:.2f}",
    }


def _appointment(record: Record, row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "when": days_of(row.when) or "date unknown",
        "what": words_of(record, [row.what]),
        "participants": names_of(record, row.participants),
        "who": names_of(record, row.said_by) or "the reporter",
        "why": row.why,
        "confidence": f"{row.confidence:.2f}",
    }
