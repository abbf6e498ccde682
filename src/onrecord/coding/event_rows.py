"""From found acts to event mentions: ids, scores, contexts, the words of ``why``, happenings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.coding.event_actors import Party
from onrecord.coding.event_confidence import confidence
from onrecord.coding.event_when import when_of
from onrecord.coding.tagger import ACTS
from onrecord.knowledge.plover import (
    Pattern,
    intensity,
    load_contexts,
    load_modes,
    load_types,
)
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.parsing.syntax import lemma
from onrecord.record import (
    Attribution,
    EventMention,
    EventNumber,
    EventType,
    Modality,
    Span,
    When,
    identifier,
    span_key,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

LEARNED = ".network"
CLASS_OF = {
    "happened": "real", "ongoing": "real", "planned": "future", "offered": "future",
    "threatened": "future", "demanded": "future", "denied": "not", "hypothetical": "not",
}  # fmt: skip


SURE, SURE_OF_TYPE = 0.9, 0.6
"""With these chances, of an act and then of its type, the network alone finds an act."""


@dataclass(frozen=True)
class View:
    """What the network sees in a word: its likeliest type, the chances of an act, and then of each type."""

    type: EventType
    act: float
    types: tuple[float, ...]

    @classmethod
    def of(cls, chances: NDArray[np.float32]) -> View:
        """Return the view that the chances [17] of one word are."""
        act = float(chances[1:].sum())
        types = tuple(float(chance) / max(act, 1e-9) for chance in chances[1:])
        return cls(ACTS[types.index(max(types))], act, types)

    @property
    def is_sure(self) -> bool:
        """Tell whether the word is enough to find an act."""
        return self.act >= SURE and max(self.types) >= SURE_OF_TYPE

    def chance(self, kind: EventType) -> float:
        """Return the chance that the word tells an act of this type."""
        return self.act * self.types[ACTS.index(kind)]

    def in_words(self) -> str:
        """Return what to say of it beside a pattern's type."""
        if self.act < 0.5:
            return f"network: no act {1 - self.act:.2f}"
        return f"network: {self.type} {self.chance(self.type):.2f}"


@dataclass(frozen=True)
class Row:
    """An act with its parties, before it becomes an event mention."""

    pattern: Pattern
    token: Token
    trigger: Span
    sentence: Sentence
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    modality: Modality
    because: str
    governor: int | None
    attribution: Attribution | None
    why: str
    view: View | None = None

    @property
    def learned(self) -> bool:
        """Tell whether no pattern, only the network, found the act."""
        return self.pattern.id.endswith(LEARNED)


@dataclass(frozen=True)
class Details:
    """What is found for a row once all of them are known: what it is about, whom it counts."""

    about: Span | None = None
    numbers: tuple[EventNumber, ...] = ()


def build(
    annotated: Annotated, rows: Sequence[Row], details: Sequence[Details]
) -> list[EventMention]:
    """Return the rows with their details as event mentions, each an event of its own until grouped."""
    sentences = {row.sentence.first: row.sentence for row in rows}
    contexts = {first: _contexts(annotated, sentence) for first, sentence in sentences.items()}
    return [
        _mention(annotated, row, contexts[row.sentence.first], more)
        for row, more in zip(rows, details, strict=True)
    ]


def _mention(
    annotated: Annotated, row: Row, contexts: tuple[str, ...], details: Details
) -> EventMention:
    kind = row.pattern.type
    mode = row.pattern.mode or _mode(row)
    actor, recipient = _ids(row.actors), _ids(row.recipients)
    document = annotated.document.id
    key = identifier(
        "event", document, kind, span_key([row.trigger]), actor, recipient, row.modality
    )
    return EventMention(
        id=key,
        event=key,
        trigger=row.trigger,
        sentence=row.sentence.span,
        actor=actor,
        actor_spans=_spans(row.actors),
        recipient=recipient,
        recipient_spans=_spans(row.recipients),
        type=kind,
        mode=mode,
        contexts=contexts,
        modality=row.modality,
        when=when_of(annotated, row.token, row.sentence),
        where=_where(annotated, row),
        about=details.about,
        numbers=details.numbers,
        quad=load_types()[kind].quad,
        intensity=intensity(kind, mode),
        attribution=row.attribution.id if row.attribution else None,
        confidence=confidence(row),
        why=_why(annotated, row),
    )


def _ids(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for party in parties for name in party.actors))


def _spans(parties: Sequence[Party]) -> tuple[Span, ...]:
    return tuple(party.span for party in parties if party.span.end > party.span.start)


def _why(annotated: Annotated, row: Row) -> str:
    words = row.pattern.words
    text = " ".join(row.trigger.of(annotated.text).split())
    because = f"; {row.modality}: {row.because}" if row.because else ""
    view = row.view
    if row.learned and view is not None:
        return f"network: '{text}' → {view.type} {view.chance(view.type):.2f}; {row.why}{because}"
    seen = f"; {view.in_words()}" if view is not None else ""
    return (
        f"{row.pattern.kind} '{words}' in '{text}' → {row.pattern.type} "
        f"(pattern {row.pattern.id}); {row.why}{because}{seen}"
    )


_BELOW = frozenset({"relcl", "parataxis"})


def _near(row: Row) -> list[str]:
    """Return the lemmas of the act: its trigger, its object and their modifiers.

    Clauses below it tell of other things: "denounced the strike, which used nuclear weapons".
    """
    token = row.token
    first, last = max(token.left_edge.i, token.i - 12), min(token.right_edge.i, token.i + 12)
    below = {
        inner.i
        for word in token.doc[first : last + 1]
        if word.dep_ in _BELOW and word.i > token.i
        for inner in word.subtree
    }
    return [lemma(word) for word in token.doc[first : last + 1] if word.i not in below]


def _mode(row: Row) -> str | None:
    words = " ".join(_near(row))
    padded = f" {words} "
    for (kind, mode), entry in load_modes().items():
        if kind == row.pattern.type and any(f" {word} " in padded for word in entry.words):
            return mode
    return None


def _contexts(annotated: Annotated, sentence: Sentence) -> tuple[str, ...]:
    tokens = annotated.doc[sentence.first : sentence.last]
    padded = " " + " ".join(lemma(token) for token in tokens) + " "
    return tuple(
        row.context for row in load_contexts() if any(f" {word} " in padded for word in row.words)
    )


def _where(annotated: Annotated, row: Row) -> str | None:
    """Return the place the act's own words name after "in" or "at", or none."""
    for child in row.token.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "at", "near"):
            for noun in child.children:
                for place in annotated.places:
                    if noun.dep_ == "pobj" and place.span.start <= noun.idx < place.span.end:
                        known = place.geonames_id
                        return str(known) if known is not None else place.name
    return None


def group(annotated: Annotated, mentions: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """Give mentions of one happening the same ``event``: same act, sides and real/future/not."""
    groups: dict[tuple[object, ...], list[_Happening]] = {}
    return tuple(
        msgspec.structs.replace(mention, event=_happening(annotated, mention, groups))
        for mention in mentions
    )


@dataclass(frozen=True)
class _Happening:
    when: When | None
    id: str


def _happening(
    annotated: Annotated,
    mention: EventMention,
    groups: dict[tuple[object, ...], list[_Happening]],
) -> str:
    """Return the id of the happening that a mention tells, entering it if it is new."""
    actor, recipient = _sides(annotated, mention.actor), _sides(annotated, mention.recipient)
    key = (mention.type, actor, recipient, CLASS_OF[mention.modality])
    alike = groups.setdefault(key, [])
    for known in alike:
        if actor and _compatible(known.when, mention.when):
            return known.id
    start = mention.when.start if mention.when else ""
    name = identifier("happening", annotated.document.id, key, start, len(alike))
    alike.append(_Happening(mention.when, name))
    return name


def _sides(annotated: Annotated, actors: Sequence[str]) -> tuple[str, ...]:
    known = annotated.actors
    return tuple(sorted({known[name].country or name for name in actors if name in known}))


def _compatible(one: When | None, other: When | None) -> bool:
    if one is None or other is None or one.start is None or other.start is None:
        return True
    return (
        one.start[:10] <= (other.end or other.start)[:10]
        and other.start[:10] <= (one.end or one.start)[:10]
    )
