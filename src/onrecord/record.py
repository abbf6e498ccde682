"""The data model: what one article says, as frozen, typed, printable values.

This module knows nothing of files, databases or models. Offsets are Unicode code points into
``Document.text``, half-open. The words are those of the field: attribution (source, cue, content),
actor and recipient (PLOVER), TIMEX3 (TimeML), modality.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, Literal

import msgspec

Grain = Literal[
    "century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day",
    "part-of-day", "hour", "minute", "second",
]  # fmt: skip
Basis = Literal["explicit", "publication", "retrieval", "unresolved"]
ActorKind = Literal[
    "state", "organisation", "person", "armed group", "company", "media", "group", "unnamed"
]
How = Literal["name", "role", "pronoun", "nominal"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Form = Literal["direct", "indirect", "mixed"]
Change = Literal["up", "down", "none"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Modality = Literal[
    "happened", "ongoing", "planned", "offered", "threatened", "demanded", "denied", "hypothetical"
]

NumberKind = Literal[
    "dead", "injured", "casualties", "arrested", "missing", "displaced", "abducted", "crowd"
]


class Value(msgspec.Struct, frozen=True, omit_defaults=False):
    """Base of every value in a record: frozen, comparable, printable."""


class Span(Value, frozen=True, order=True):
    """A half-open interval ``[start, end)`` of code points of ``Document.text``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


class When(Value, frozen=True):
    """An interval of time: ISO 8601 ``start`` and ``end``, both included, or none if unresolved.

    For a grain of a day or coarser both are dates (``2026-01-22``); for a finer one, date-times.
    ``basis`` says what the interval hangs on; ``span`` where the text says it.
    """

    start: str | None
    end: str | None
    grain: Grain
    basis: Basis
    span: Span | None = None

    @property
    def first_day(self) -> date | None:
        """The first day of the interval, or none if it is unresolved."""
        return date.fromisoformat(self.start[:10]) if self.start else None

    @property
    def last_day(self) -> date | None:
        """The last day of the interval, or none if it is unresolved."""
        return date.fromisoformat(self.end[:10]) if self.end else None


class Document(Value, frozen=True, kw_only=True):
    """An article as it was read: its text, its parts and where it came from.

    The text begins with the headline, as the first heading, when there is one. ``paragraphs`` and
    ``headings`` are ``(start, end)`` pairs into ``text``; they never overlap.
    """

    id: str
    text: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    language: str | None = None
    published: When | None = None
    retrieved_at: str | None = None
    paragraphs: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        title: str | None = None,
        url: str | None = None,
        published: str | None = None,
        retrieved_at: str | None = None,
    ) -> Document:
        """Make a document of plain text, kept as given but for outer white space and line ends.

        ``published`` and ``retrieved_at`` are ISO 8601 dates or date-times. Raises
        ``onrecord.OnrecordError`` where there is no text or a date cannot be read.
        """
        from onrecord.reading.plain import document_from_text

        return document_from_text(
            text, title=title, url=url, published=published, retrieved_at=retrieved_at
        )

    @classmethod
    def from_html(
        cls,
        html: str | bytes,
        *,
        url: str | None = None,
        published: str | None = None,
        retrieved_at: str | None = None,
    ) -> Document:
        """Make a document of a web page: its article, without what the page put around it.

        Raises ``onrecord.OnrecordError`` where the page holds no article text.
        """
        from onrecord.reading.page import document_from_html

        return document_from_html(html, url=url, published=published, retrieved_at=retrieved_at)


class Role(Value, frozen=True):
    """An office held: title, country or organisation, first and last day (ISO, or none if open)."""

    title: str
    country: str | None = None
    organisation: str | None = None
    start: str | None = None
    end: str | None = None


class Actor(Value, frozen=True):
    """Who acts or speaks. ``country`` is ISO 3166 alpha-3 or a PLOVER code such as IGO."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    roles: tuple[Role, ...] = ()
    wikidata: str | None = None


class Mention(Value, frozen=True):
    """A stretch of text that names an actor, and how it does."""

    span: Span
    actor: str
    how: How


class TimeExpression(Value, frozen=True):
    """A time expression: TIMEX3 type and value (TimeML 1.2.1), and the interval it means."""

    span: Span
    type: TimexType
    value: str
    when: When


class Quantity(Value, frozen=True):
    """A number that counts or measures. A range has ``low`` and ``high``; ``value`` is then none.

    ``unit`` is ``percent``, ``percentage point``, ``basis point``, an ISO 4217 code, a pint unit,
    ``times`` or empty.
    """

    span: Span
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    approximate: bool = False


class Attribution(Value, frozen=True, kw_only=True):
    """Who said what: source, cue and content as spans, speaker and addressee as actor ids."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    form: Form
    cue_class: str
    negated: bool = False
    when: When | None = None
    parent: str | None = None
    confidence: float
    why: str


class EventNumber(Value, frozen=True):
    """People counted in an event: what is counted, where the number stands, which word says so.

    A range, and a word for a number that is not known ("hundreds"), have ``low`` and ``high``;
    ``value`` is then none.
    """

    kind: NumberKind
    span: Span
    word: Span
    value: float | None
    low: float | None = None
    high: float | None = None
    approximate: bool = False

    def __str__(self) -> str:
        """Return number and kind: ``12 dead``, ``~ 100 to 999 arrested``."""
        return number_text(self.kind, self.value, self.low, self.high, self.approximate)


class EventMention(Value, frozen=True, kw_only=True):
    """One sentence's word of a political interaction, PLOVER type, with modality and voice.

    The type is that of the act itself; ``modality`` says whether it happened. ``attribution`` is
    the id of the attribution it stands in, none for the reporter's own voice. ``about`` is what an
    act of speech is about; ``numbers`` may stand in a sentence after it.
    """

    id: str
    event: str
    trigger: Span
    sentence: Span
    actor: tuple[str, ...] = ()
    actor_spans: tuple[Span, ...] = ()
    recipient: tuple[str, ...] = ()
    recipient_spans: tuple[Span, ...] = ()
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    modality: Modality
    when: When | None = None
    where: str | None = None
    about: Span | None = None
    numbers: tuple[EventNumber, ...] = ()
    quad: int
    intensity: float
    attribution: str | None = None
    confidence: float
    why: str


class Claim(Value, frozen=True, kw_only=True):
    """A figure put forward: value and unit, its change and basis, what it is about, who claims it.

    A range has ``low`` and ``high``; ``value`` is then their mean only if the text says one.
    """

    id: str
    span: Span
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    approximate: bool = False
    change: Change = "none"
    basis: str | None = None
    about: Span | None = None
    period: When | None = None
    attribution: str | None = None
    claimant: tuple[str, ...] = ()
    confidence: float
    why: str


class Appointment(Value, frozen=True, kw_only=True):
    """Something announced for a date: what, when, where and who takes part."""

    id: str
    span: Span
    what: Span
    when: When
    where: str | None = None
    participants: tuple[str, ...] = ()
    attribution: str | None = None
    said_by: tuple[str, ...] = ()
    confidence: float
    why: str


class Place(Value, frozen=True):
    """A place named in the text, with its GeoNames point where it is known."""

    span: Span
    name: str
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None


class Record(Value, frozen=True, kw_only=True):
    """Everything one article says, coded. ``coder`` names the versions and model hashes."""

    document: Document
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[EventMention, ...] = ()
    claims: tuple[Claim, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    coder: dict[str, str] = {}

    def actor(self, identifier: str) -> Actor:
        """Return the actor with this id. Raises ``KeyError`` if the record has none."""
        for actor in self.actors:
            if actor.id == identifier:
                return actor
        raise KeyError(identifier)

    def to_builtins(self) -> dict[str, Any]:
        """Return plain dictionaries and lists in which each span carries its ``text``."""
        value: dict[str, Any] = msgspec.to_builtins(self)
        add_text(value, self.document.text)
        return value

    def to_json(self) -> bytes:
        """Return the record as one line of JSON, UTF-8. The same record gives the same bytes."""
        return msgspec.json.encode(self.to_builtins())

    @classmethod
    def from_json(cls, data: bytes | str) -> Record:
        """Read a record back. Raises ``msgspec.ValidationError`` if the shape is another."""
        return msgspec.json.decode(data, type=cls)


def number_text(
    kind: str, value: float | None, low: float | None, high: float | None, approximate: bool
) -> str:
    """Return a number of an event as text, its kind behind it."""
    if value is not None:
        count = f"{value:,.10g}"
    elif low is not None and high is not None:
        count = f"{low:,.10g} to {high:,.10g}"
    else:
        count = "an unknown number of"
    return ("~ " if approximate else "") + f"{count} {kind}"


def add_text(value: object, text: str) -> None:
    """Add to each span inside ``value`` (plain dictionaries and lists) the text it covers."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end"}:
            value["text"] = text[value["start"] : value["end"]]
            return
        for inner in value.values():
            add_text(inner, text)
    elif isinstance(value, list | tuple):
        for inner in value:
            add_text(inner, text)


def identifier(kind: str, document: str, *parts: object) -> str:
    """Make an id from content: ``kind``, a hyphen, and 16 hexadecimal digits of a SHA-256."""
    content = "\x1f".join([kind, document, *map(str, parts)])
    return f"{kind}-{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def span_key(spans: tuple[Span, ...] | list[Span]) -> str:
    """Return spans as text for :func:`identifier`, as in ``3-17,20-25``."""
    return ",".join(f"{span.start}-{span.end}" for span in spans)
