"""What a question is answered with: frozen, printable rows, each with the words that prove it.

Days are ISO 8601, ``None`` where unknown. ``date_basis`` says what a day hangs on: what the text
says (``explicit``, ``publication``, ``retrieval``: the bases of ``When``), the day of the
``article`` itself, or ``unknown``.
"""

from __future__ import annotations

from typing import Literal

from onrecord.record import Value, number_text


class Person(Value, frozen=True):
    """An actor as the document has it: id, name, and country code where there is one."""

    id: str
    name: str
    country: str | None = None

    def __str__(self) -> str:
        """Return the name, with the country where that says more."""
        return f"{self.name} ({self.country})" if self.country else self.name


class Piece(Value, frozen=True):
    """A proof: a half-open span of the document's text, and the characters it covers."""

    start: int
    end: int
    text: str

    def __str__(self) -> str:
        """Return the characters."""
        return self.text


class Number(Value, frozen=True, kw_only=True):
    """People counted in a happening: what is counted, how many, and the words that say so."""

    kind: str
    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    words: Piece

    def __str__(self) -> str:
        """Return number and kind, as in ``12 dead``."""
        return number_text(self.kind, self.value, self.low, self.high, self.approximate)


class Proof(Value, frozen=True, kw_only=True):
    """One mention of a happening: where it stands, and in whose voice."""

    id: str
    document: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    sentence: Piece
    trigger: Piece
    voice: str
    modality: str
    confidence: float
    numbers: tuple[Number, ...] = ()

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence.text


class TimelineRow(Value, frozen=True, kw_only=True):
    """One happening: who did what to whom, when, and the mentions that prove it, the best first.

    ``voice`` is ``reporter``, or who is quoted saying it. ``id``, ``sentence`` and ``trigger`` are
    those of the first proof; ``event`` is shared by all of them. ``numbers`` are, for each kind,
    those of the first proof that has any; several of one kind count different people.
    """

    date: str | None
    date_end: str | None
    grain: str | None
    date_basis: str
    actor: tuple[Person, ...]
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    modality: str
    recipient: tuple[Person, ...]
    voice: str
    place: str | None
    quad: int
    intensity: float
    numbers: tuple[Number, ...]
    sentence: Piece
    trigger: Piece
    document: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    confidence: float
    id: str
    event: str
    mentions: int
    documents: int
    proofs: tuple[Proof, ...]


class PositionProof(Value, frozen=True, kw_only=True):
    """One passage that proves a position: an event mention or an attribution, by its id.

    ``act`` is the word of the stance, ``sentence`` the sentence or quotation it stands in. ``again``
    are words beside it that say it is not the first time.
    """

    id: str
    kind: str
    date: str | None
    date_basis: str
    about: Piece | None
    act: Piece
    sentence: Piece
    again: tuple[str, ...]
    document: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    voice: str
    confidence: float

    def __str__(self) -> str:
        """Return the sentence or quotation."""
        return self.sentence.text


class PositionRow(Value, frozen=True, kw_only=True):
    """One position: a stance on a matter, held from ``date`` to ``last`` as far as the store knows.

    ``times`` counts the happenings in which it was taken, however many passages tell each; ``again``
    are the words by which the text says that it was taken before. ``changed`` names the earlier
    stance on the same matter, and this one, where the two are opposed: ``supports → rejects``.
    ``id``, ``about``, ``act`` and ``sentence`` are those of the first proof.
    """

    date: str | None
    date_end: str | None
    grain: str | None
    date_basis: str
    last: str | None
    holder: tuple[Person, ...]
    stance: str
    about: Piece | None
    towards: tuple[Person, ...]
    changed: str | None
    times: int
    again: tuple[str, ...]
    act: Piece
    sentence: Piece
    document: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    confidence: float
    id: str
    mentions: int
    documents: int
    proofs: tuple[PositionProof, ...]


class StatementRow(Value, frozen=True, kw_only=True):
    """One attribution: who said what to whom, in which words."""

    date: str | None
    date_end: str | None
    grain: str | None
    date_basis: str
    speaker: tuple[Person, ...]
    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]
    addressee: tuple[Person, ...]
    form: str
    cue_class: str
    negated: bool
    parent: str | None
    document: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    confidence: float
    id: str


class ClaimRow(Value, frozen=True, kw_only=True):
    """One figure put forward. ``voice`` is ``reporter``, or who is quoted with it."""

    date: str | None
    date_basis: str
    claimant: tuple[Person, ...]
    voice: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    approximate: bool
    change: str
    basis: str | None
    about: Piece | None
    figure: Piece
    period_start: str | None
    period_end: str | None
    sentence: Piece
    document: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    confidence: float
    id: str


FigureRelation = Literal[
    "equal", "agree", "higher", "lower", "opposite", "other period", "not comparable"
]


class ComparisonRow(Value, frozen=True, kw_only=True):
    """Two figures on the same thing, and how the second stands to the first.

    ``difference`` (second less first, in ``unit``, that of the first) and ``ratio`` (second by
    first) are those of the numbers as given, or of the middle of a range; ``None`` where the two
    cannot be set against each other.
    """

    relation: FigureRelation
    difference: float | None
    ratio: float | None
    unit: str
    why: str
    first: ClaimRow
    second: ClaimRow


class AppointmentRow(Value, frozen=True, kw_only=True):
    """One announced date: ``date`` to ``date_end``, both included; what, where and who."""

    date: str | None
    date_end: str | None
    grain: str | None
    date_basis: str
    what: Piece
    place: str | None
    participants: tuple[Person, ...]
    said_by: tuple[Person, ...]
    sentence: Piece
    document: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    confidence: float
    id: str


class SearchRow(Value, frozen=True, kw_only=True):
    """One article that has the words: a passage of it, and where in the passage they stand.

    ``matches`` are half-open spans of ``passage``; ``statements`` counts the attributions in which
    somebody uses all the words.
    """

    document: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    passage: str
    matches: tuple[tuple[int, int], ...]
    statements: int


class Marked(Value, frozen=True):
    """A span of a row, with the part it plays there."""

    role: str
    start: int
    end: int
    text: str


class Explanation(Value, frozen=True, kw_only=True):
    """One row, explained: where it stands, which words prove it, what decided and why.

    ``marked`` is the passage with each span in brackets, as ``[cue said]``. ``facts`` are the other
    values of the row, by name. ``also`` are the other mentions of the same happening.
    """

    kind: str
    id: str
    passage: Piece
    spans: tuple[Marked, ...]
    marked: str
    facts: dict[str, str]
    why: str
    confidence: float
    coder: dict[str, str]
    document: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    also: tuple[str, ...] = ()
