"""The page of a record: article and rows side by side, each row a link to the words that prove it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.record import Record, Span, When
from onrecord.serving.segments import blocks_of

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
        "published": _days(document.published),
        "reckoned": document.published is not None and document.published.basis == "retrieval",
        "notice": record.coder.get("language"),
        "blocks": blocks_of(record),
        "statements": [_statement(record, row) for row in record.attributions],
        "events": [_event(record, row) for row in record.events],
        "claims": [_claim(record, row) for row in record.claims],
        "appointments": [_appointment(record, row) for row in record.appointments],
        "coder": ", ".join(f"{name} {value}" for name, value in record.coder.items()),
    }


def _names(record: Record, identifiers: Iterable[str], *, countries: bool = False) -> str:
    known = {actor.id: actor for actor in record.actors}
    names = []
    for identifier in identifiers:
        actor = known[identifier]
        place = (
            f" ({actor.country})" if countries and actor.country and actor.kind != "state" else ""
        )
        names.append(actor.name + place)
    return ", ".join(names)


def _words(record: Record, spans: Iterable[Span]) -> str:
    return " … ".join(" ".join(span.of(record.document.text).split()) for span in spans)


def _days(when: When | None) -> str | None:
    if when is None or when.start is None or when.end is None:
        return None
    first, last = when.start[:10], when.end[:10]
    return first if first == last else f"{first} to {last}"


def _statement(record: Record, row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "who": _names(record, row.speaker) or "unnamed",
        "to": _names(record, row.addressee),
        "how": f"{row.form}, {row.cue_class}" + (", negated" if row.negated else ""),
        "what": _words(record, row.content),
        "nested": row.parent is not None,
        "anchor": row.parent is None,
        "when": _days(row.when),
        "why": row.why,
        "confidence": f"{row.confidence:.2f}",
    }


def _event(record: Record, row: Any) -> dict[str, Any]:
    voice = next((a for a in record.attributions if a.id == row.attribution), None)
    return {
        "id": row.id,
        "actor": _names(record, row.actor, countries=True) or "nobody named",
        "recipient": _names(record, row.recipient, countries=True),
        "type": row.type,
        "mode": row.mode,
        "modality": row.modality,
        "real": row.modality in ("happened", "ongoing"),
        "when": _days(row.when),
        "voice": (_names(record, voice.speaker) or "somebody unnamed") if voice else None,
        "trigger": _words(record, [row.trigger]),
        "why": row.why,
        "confidence": f"{row.confidence:.2f}",
    }


def _claim(record: Record, row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "figure": _words(record, [row.span]),
        "change": "" if row.change == "none" else row.change,
        "about": _words(record, [row.about]) if row.about else "",
        "basis": row.basis,
        "who": _names(record, row.claimant) or "the reporter",
        "why": row.why,
        "confidence": f"{row.confidence:.2f}",
    }


def _appointment(record: Record, row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "when": _days(row.when) or "date unknown",
        "what": _words(record, [row.what]),
        "participants": _names(record, row.participants),
        "who": _names(record, row.said_by) or "the reporter",
        "why": row.why,
        "confidence": f"{row.confidence:.2f}",
    }
