"""The whole way of one article on one page: read → parse → code."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import onrecord
from onrecord.errors import OnrecordError
from onrecord.record import Document, EventMention, Mention, Record, Span

if TYPE_CHECKING:
    from onrecord.parsing import Annotated

CODED_LANGUAGES = ("en",)
_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "lt": "Lithuanian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian", "sv": "Swedish",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def read(
    source: str,
    *,
    published: str | None = None,
    retrieved_at: str | None = None,
    title: str | None = None,
) -> Document:
    """Collect and read one article; see :func:`onrecord.read`."""
    from onrecord.collecting.sources import load
    from onrecord.reading import document_from

    page = load(source, retrieved_at=retrieved_at)
    return document_from(page, published=published, title=title)


def code(document: Document) -> Record:
    """Parse and code one document; see :func:`onrecord.code`."""
    if document.language is not None and document.language not in CODED_LANGUAGES:
        return Record(document=document, coder={**versions(), "language": not_coded(document)})
    from onrecord.coding.appointments import find_appointments
    from onrecord.coding.attributions import find_attributions
    from onrecord.coding.claims import find_claims
    from onrecord.coding.events import find_events
    from onrecord.parsing import annotate

    annotated = annotate(document)
    attributions = find_attributions(annotated)
    events = find_events(annotated, attributions)
    appointments = find_appointments(annotated, attributions, events)
    claims = find_claims(annotated, attributions)
    record = Record(
        document=document,
        mentions=_mentions(annotated),
        times=tuple(annotated.times),
        quantities=tuple(annotated.quantities),
        places=tuple(annotated.places),
        attributions=attributions,
        events=events,
        claims=claims,
        appointments=appointments,
        coder=versions(),
    )
    return _with_actors(record, annotated)


def relation(text: str, source: tuple[int, int], target: tuple[int, int]) -> EventMention:
    """Code what one actor does to another; see :func:`onrecord.relation`."""
    for start, end in (source, target):
        if not 0 <= start < end <= len(text):
            raise OnrecordError(f"({start}, {end}) is no span of a text of {len(text)} characters")
    from onrecord.coding.relation import relation_in
    from onrecord.parsing import annotate
    from onrecord.record import identifier

    document = Document(
        id=identifier("doc", text, ""), text=text, language="en", paragraphs=((0, len(text)),)
    )
    return relation_in(annotate(document), Span(*source), Span(*target))


def factuality(text: str, span: tuple[int, int]) -> float:
    """Tell whether what a word tells happened; see :func:`onrecord.factuality`."""
    start, end = span
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise OnrecordError(f"({start}, {end}) holds no word of a text of {len(text)} characters")
    from onrecord.coding.factuality import factuality_of
    from onrecord.parsing.syntax import parse

    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    doc, _ = parse(Document(id="doc", text=line, language="en", paragraphs=((0, len(line)),)))
    words = [
        token
        for token in doc
        if not token.is_space and token.idx < end - first and token.idx + len(token) > start - first
    ]
    tops = [word for word in words if word.head == word or word.head not in words]
    return factuality_of(tops[0])


def not_coded(document: Document) -> str:
    """Say that a document's language is not coded yet, and which are."""
    return f"the article is in {language_name(document.language)}, which is not coded yet (coded: English)"


def language_name(code: str | None) -> str:
    """Return the English name of a language with its ISO 639 code, or the code alone."""
    name = _LANGUAGES.get(code or "")
    return f"{name} ({code})" if name else repr(code)


def _mentions(annotated: Annotated) -> tuple[Mention, ...]:
    return tuple(
        Mention(mention.span, actor, mention.how)
        for mention in annotated.mentions
        for actor in mention.actors
    )


def _with_actors(record: Record, annotated: Annotated) -> Record:
    """Give a record the actors that its rows refer to, in the order they are first met."""
    import msgspec

    used: dict[str, None] = {}
    for mention in record.mentions:
        used.setdefault(mention.actor)
    for attribution in record.attributions:
        used.update(dict.fromkeys((*attribution.speaker, *attribution.addressee)))
    for event in record.events:
        used.update(dict.fromkeys((*event.actor, *event.recipient)))
    for claim in record.claims:
        used.update(dict.fromkeys(claim.claimant))
    for appointment in record.appointments:
        used.update(dict.fromkeys((*appointment.participants, *appointment.said_by)))
    actors = tuple(annotated.actors[identifier] for identifier in used)
    return msgspec.structs.replace(record, actors=actors)


@lru_cache(maxsize=1)
def _knowledge_hash() -> str:
    from onrecord.knowledge.tables import FOLDER

    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.tsv")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=4)
def _model_hash(name: str) -> str:
    manifest = Path(__file__).parent / "models" / name / "manifest.json"
    return hashlib.sha256(manifest.read_bytes()).hexdigest()[:16]


def versions() -> dict[str, str]:
    """Return what codes: versions of program and parser, hashes of knowledge and models."""
    return {
        "onrecord": onrecord.__version__,
        "syntax": "en_core_web_sm 3.8.0",
        "knowledge": _knowledge_hash(),
        "attributions": _model_hash("attributions"),
    }
