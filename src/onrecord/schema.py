"""The JSON Schema of a record, made from the data model."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.record import Record


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one record as ``Record.to_json`` writes it.

    Each span carries its ``text`` beside ``start`` and ``end``.
    """
    (_,), components = msgspec.json.schema_components([Record], ref_template="#/$defs/{name}")
    span = components["Span"]
    span["properties"]["text"] = {"type": "string"}
    span["required"] = [*span["required"], "text"]
    root = components.pop("Record")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "onrecord record",
        **root,
        "$defs": components,
    }
