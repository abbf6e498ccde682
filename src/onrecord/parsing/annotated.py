"""Annotated text: a document with its sentences, syntax, quotations, actors, times and numbers.

It is what ``parsing/`` hands to ``coding/``. Offsets are code points of ``Document.text``; token
numbers are those of ``doc``, one spaCy ``Doc`` over the whole text, so that both are one step apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from onrecord.record import (
    Actor,
    Document,
    How,
    Place,
    Quantity,
    Span,
    TimeExpression,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Gender = Literal["m", "f", "n", ""]
Number = Literal["singular", "plural"]


@dataclass(frozen=True)
class Sentence:
    """A sentence: code points ``span``, tokens ``[first, last)``, the paragraph it stands in.

    ``heading`` is true in headlines and subheads. ``paragraph`` counts headings and paragraphs
    together, in the order of the text.
    """

    span: Span
    first: int
    last: int
    paragraph: int
    heading: bool


@dataclass(frozen=True)
class Quotation:
    """A stretch between quotation marks: ``outer`` with its marks, ``inner`` without them.

    ``closed`` is false where the closing mark is missing (a quotation that runs over paragraphs).
    """

    outer: Span
    inner: Span
    closed: bool


@dataclass
class ActorMention:
    """Words that point at one or more actors.

    ``first`` and ``last`` are tokens, half-open; ``head`` is the token of its syntactic head.
    ``actors`` holds actor ids: none while unresolved, two for "both countries". ``generic`` marks
    a common noun ("officials") rather than a name.
    """

    span: Span
    first: int
    last: int
    head: int
    how: How
    actors: tuple[str, ...] = ()
    gender: Gender = ""
    number: Number = "singular"
    generic: bool = False
    country: str | None = None
    sector: str | None = None


@dataclass
class Annotated:
    """A parsed document. ``mentions`` are in the order of the text and may nest."""

    document: Document
    doc: Doc
    sentences: list[Sentence]
    quotations: list[Quotation] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: list[ActorMention] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [sentence.span.start for sentence in self.sentences]
        self._token_starts = [token.idx for token in self.doc]
        self._quotation_starts = [quotation.outer.start for quotation in self.quotations]
        self._heads: tuple[tuple[int, int], dict[int, list[ActorMention]]] | None = None

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.document.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds this code point, or none between sentences."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.sentences[index].span.end:
            return None
        return self.sentences[index]

    def token_at(self, offset: int) -> Token:
        """Return the token that holds this code point, or the last one before it."""
        return self.doc[max(0, bisect_right(self._token_starts, offset) - 1)]

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the tokens that share a code point with ``span``, white space left out."""
        first = max(0, bisect_right(self._token_starts, span.start) - 1)
        last = bisect_left(self._token_starts, span.end)
        return [
            token
            for token in self.doc[first:last]
            if token.idx + len(token) > span.start and not token.is_space
        ]

    def span_of(self, first: int, last: int) -> Span:
        """Return the code points of the tokens ``[first, last)``, outer white space left out."""
        while last - first > 1 and self.doc[last - 1].is_space:
            last -= 1
        token = self.doc[last - 1]
        return Span(self.doc[first].idx, token.idx + len(token.text.rstrip()))

    def mentions_in(self, span: Span) -> Iterator[ActorMention]:
        """Yield the mentions that lie inside ``span``."""
        for mention in self.mentions:
            if span.covers(mention.span):
                yield mention

    def mention_at(self, token: int) -> ActorMention | None:
        """Return the widest mention whose head is this token, or none."""
        found = self._by_head().get(token, [])
        return max(found, key=lambda mention: mention.last - mention.first, default=None)

    def _by_head(self) -> dict[int, list[ActorMention]]:
        """Index the mentions by head, anew whenever their list was replaced or has grown."""
        key = (id(self.mentions), len(self.mentions))
        if self._heads is None or self._heads[0] != key:
            index: dict[int, list[ActorMention]] = {}
            for mention in self.mentions:
                index.setdefault(mention.head, []).append(mention)
            self._heads = (key, index)
        return self._heads[1]

    def quotations_in(self, span: Span) -> list[Quotation]:
        """Return the quotations whose inner words share a code point with ``span``."""
        first = max(0, bisect_right(self._quotation_starts, span.start) - 1)
        last = bisect_left(self._quotation_starts, span.end)
        return [q for q in self.quotations[first:last] if q.inner.overlaps(span)]

    def quoted(self, offset: int) -> Quotation | None:
        """Return the quotation around this code point, or none in the reporter's own words."""
        index = bisect_right(self._quotation_starts, offset) - 1
        if index < 0 or offset >= self.quotations[index].outer.end:
            return None
        return self.quotations[index]
