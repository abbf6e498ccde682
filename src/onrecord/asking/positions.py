"""What an actor stands for on a matter, in time: since when, how often, and where it changed.

Passages become happenings, happenings become positions. Passages of one article that prove the same
stance on the same matter, on no two known days, are one happening; so are those of several articles
of one day, which may be copies. Happenings follow each other in one position until the same actor
takes another stance on the matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection, select

from onrecord.asking.matters import Matter, same_matter
from onrecord.asking.naming import Who, find
from onrecord.asking.people import CHUNK
from onrecord.asking.periods import first_day, last_day, within
from onrecord.asking.rows import Piece, PositionProof, PositionRow
from onrecord.asking.stances import Asked, Evidence, evidence_of
from onrecord.asking.timeline import chosen
from onrecord.knowledge.positions import load_stances
from onrecord.storage.schema import documents
from onrecord.storage.schema import event_mentions as mentions

_TOWARDS_ACTORS = frozenset({"supports", "opposes", "rejects"})
"""Stances that can be opposed where the matter is nothing but an actor: "condemned Russia"."""
_UNTOLD = ("article", "unknown")
_POINTING = ("that ", "this ", "these ", "those ", "such ")
_DOUBTFUL = 0.7
"""Under this confidence another passage is shown first."""
_MONTHS = 24
"""How many months of a long stretch of time are looked at for passages of one happening."""


def positions(
    connection: Connection,
    actor: str,
    *,
    about: str | None = None,
    start: str | date | None = None,
    end: str | date | None = None,
    stance: str | Sequence[str] | None = None,
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> list[PositionRow]:
    """Return the positions of ``actor``, by the day they are first taken; unknown days come last.

    ``about`` are words of what they are on. Since when and how often are told of all evidence up to
    ``end``; ``start`` leaves out positions that were last taken before it. ``limit`` keeps the
    latest. Raises ``OnrecordError`` for a name that nobody or several have, a day that is none, an
    unknown stance, or ``about`` without a word.
    """
    stances = chosen("stance", stance, tuple(load_stances()), str.lower)
    within(mentions, start, end)  # raises where the stretch of time is none
    who = find(connection, actor)
    asked = Asked(who=who, about=about or None, end=end, min_confidence=min_confidence)
    held = _positions(_happenings(evidence_of(connection, asked), who))
    kept = [one for one in held if _touches(one, start, end)]
    kept = [one for one in kept if not stances or one.stance in stances]
    if limit is not None:
        kept = kept[-limit:] if limit > 0 else []
    return _rows(connection, kept)


@dataclass
class _Happening:
    """Passages in which one stance is taken once, and the matters they tell."""

    evidence: list[Evidence] = field(default_factory=list)
    matters: set[Matter] = field(default_factory=set)

    def add(self, one: Evidence) -> None:
        """Add a passage that tells of it."""
        self.evidence.append(one)
        self.matters.add(one.matter)

    @property
    def best(self) -> Evidence:
        """The passage that says most: that names its matter, no headline, an event, the surest."""
        return min(self.evidence, key=_rank)

    @property
    def dated(self) -> Evidence:
        """The passage that says the day itself, else the best one."""
        told = [one for one in self.evidence if one.basis not in _UNTOLD]
        return min(told, key=_rank) if told else self.best

    @property
    def stance(self) -> str:
        """The stance: of several that the passages prove, the one that the table prefers."""
        order = list(load_stances())
        return min((one.stance for one in self.evidence), key=order.index)


@dataclass
class _Position:
    """Happenings in which one actor takes one stance on one matter, with no other between."""

    stance: str
    changed: str | None
    happenings: list[_Happening] = field(default_factory=list)
    matters: set[Matter] = field(default_factory=set)

    def add(self, happening: _Happening) -> None:
        """Add a happening in which it is taken."""
        self.happenings.append(happening)
        self.matters |= happening.matters

    @property
    def evidence(self) -> list[Evidence]:
        """All passages, happening by happening, the best first in each."""
        return [one for it in self.happenings for one in sorted(it.evidence, key=_rank)]


def _rank(one: Evidence) -> tuple[tuple[bool, ...], str, int, tuple[int, int]]:
    doubts = (
        one.about is None,
        one.heading,
        one.kind != "event",
        one.about is not None and one.about.text.lower().startswith(_POINTING),
        one.confidence < _DOUBTFUL,
    )
    return doubts, one.first_day or "", one.document, one.spans[0]


def _happenings(evidence: Sequence[Evidence], who: Who) -> list[tuple[str, _Happening]]:
    """Return the happenings with their holders, in time."""
    found: list[tuple[str, _Happening]] = []
    near: dict[tuple[object, ...], list[_Happening]] = defaultdict(list)
    by_event: dict[str, _Happening] = {}
    for one in sorted(evidence, key=lambda one: one.kind != "event"):
        happening = by_event.get(one.event or "")
        holder = _holder(one, who)
        places = [(holder, place) for place in _places(one)]
        if happening is None:
            alike = (it for place in places for it in near[place])
            happening = next((it for it in alike if _once(it, one)), None)
        if happening is None:
            happening = _Happening()
            found.append((holder, happening))
        happening.add(one)
        if one.event is not None:
            by_event[one.event] = happening
        for place in places:
            if not any(it is happening for it in near[place]):
                near[place].append(happening)
    return sorted(found, key=lambda pair: _in_time(pair[1]))


def _places(one: Evidence) -> list[object]:
    """Return where another passage of the same happening may be met: its article, its months."""
    if one.first_day is None or one.last_day is None:
        return [one.document]
    early, late = _day(one.first_day) - timedelta(days=1), _day(one.last_day) + timedelta(days=1)
    first, last = early.year * 12 + early.month, late.year * 12 + late.month
    months = range(first, min(last, first + _MONTHS) + 1)
    return [one.document, *((month, one.stance) for month in months)]


def _holder(one: Evidence, who: Who) -> str:
    """Return whose stance it is: the person asked for, or who speaks for the country."""
    if who.country is None:
        return who.actors[0]
    own = [person.id for person in one.holders if person.country == who.country]
    return own[0] if own else ""


def _once(happening: _Happening, one: Evidence) -> bool:
    """Tell whether a passage tells of a happening that others tell of."""
    if any(_same_passage(one, other) for other in happening.evidence):
        return True
    return (
        one.stance in {other.stance for other in happening.evidence}
        and any(same_matter(one.matter, matter) for matter in happening.matters)
        and all(_same_days(one, other) for other in happening.evidence)
    )


def _same_passage(one: Evidence, other: Evidence) -> bool:
    """Tell whether an attribution and an event are of the same words: one trigger, one cue."""
    if one.document != other.document or one.kind == other.kind:
        return False
    said, done = (one, other) if one.kind == "attribution" else (other, one)
    if said.act.start < done.act.end and done.act.start < said.act.end:
        return True
    within = any(start <= done.act.start < end for start, end in said.spans)
    return within and said.stance == done.stance


def _same_days(one: Evidence, other: Evidence) -> bool:
    """Tell whether two passages may be of one day; days of articles may be a day late."""
    told = one.basis not in _UNTOLD and other.basis not in _UNTOLD
    if one.document == other.document and not told:
        return True
    if None in (one.first_day, other.first_day, one.last_day, other.last_day):
        return False
    late = timedelta(days=0 if told else 1)
    first, last = _day(one.first_day), _day(one.last_day)
    return first - late <= _day(other.last_day) and _day(other.first_day) <= last + late


def _day(iso: str | None) -> date:
    return date.fromisoformat(iso or "0001-01-02")


def _direction(stance: str) -> str:
    return load_stances()[stance].direction


def _in_time(happening: _Happening) -> tuple[bool, str, str, int, tuple[int, int]]:
    day, first = happening.dated, min(happening.evidence, key=lambda one: (one.document, one.spans))
    return (
        day.first_day is None,
        day.when_start or "",
        day.when_end or "",
        first.document,
        first.spans[0],
    )


def _positions(happenings: Iterable[tuple[str, _Happening]]) -> list[_Position]:
    """Return the positions that happenings in time make, in the order they are first taken."""
    found: list[_Position] = []
    told: dict[tuple[str, str], list[_Position]] = defaultdict(list)
    for holder, happening in happenings:
        words = [(holder, word) for word in sorted(_words(happening))]
        known = {id(one): one for word in words for one in told[word]}.values()
        on_it = [one for one in known if _on(one, happening)]
        on_it.sort(key=lambda one: _in_time(one.happenings[-1]), reverse=True)
        if on_it and on_it[0].stance == happening.stance:
            position = on_it[0]
        else:
            position = _Position(happening.stance, _change(on_it, happening))
            found.append(position)
        position.add(happening)
        for word in words:
            if not any(one is position for one in told[word]):
                told[word].append(position)
    return found


def _words(happening: _Happening) -> set[str]:
    """Return the telling words of a happening's matters; of a bare name, the name."""
    return {word for matter in happening.matters for word in matter.topics or matter.parties}


def _on(position: _Position, happening: _Happening) -> bool:
    return any(same_matter(one, other) for one in happening.matters for other in position.matters)


def _change(on_it: Sequence[_Position], happening: _Happening) -> str | None:
    """Return "supports → rejects" where the last stance on the matter is opposed to this one.

    It must be known to be earlier. What turns a stance round must stand on both sides or on none.
    """
    new, matter, day = happening.stance, happening.best.matter, happening.dated.first_day
    before = next((one for one in on_it if _direction(one.stance) != "none"), None)
    if before is None or {_direction(before.stance), _direction(new)} != {"for", "against"}:
        return None
    last = before.happenings[-1]
    if day is None or last.dated.last_day is None or not last.dated.last_day < day:
        return None
    if matter.reversed != last.best.matter.reversed:
        return None
    if not matter.topics and not {before.stance, new} <= _TOWARDS_ACTORS:
        return None
    return f"{before.stance} → {new}"


def _touches(position: _Position, start: str | date | None, end: str | date | None) -> bool:
    """Tell whether a position was taken within the stretch; without a day it is in no stretch."""
    days = [it.dated for it in position.happenings]
    if not (start or end):
        return True
    return any(
        one.first_day is not None
        and one.last_day is not None
        and (not start or one.last_day >= first_day(start))
        and (not end or one.first_day <= last_day(end))
        for one in days
    )


def _rows(connection: Connection, held: Sequence[_Position]) -> list[PositionRow]:
    numbers = {one.document for position in held for one in position.evidence}
    texts = _texts(connection, sorted(numbers))
    return [_row(position, texts) for position in held]


def _texts(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    query = select(documents.c.number, documents.c.text)
    for start in range(0, len(numbers), CHUNK):
        some = query.where(documents.c.number.in_(numbers[start : start + CHUNK]))
        found.update((number, text) for number, text in connection.execute(some))
    return found


def _row(position: _Position, texts: dict[int, str]) -> PositionRow:
    evidence = position.evidence
    proofs = tuple(_proof(one, texts[one.document]) for one in evidence)
    first, last = position.happenings[0].dated, position.happenings[-1].dated
    best, proof = evidence[0], proofs[0]
    return PositionRow(
        date=first.when_start,
        date_end=first.when_end,
        grain=first.grain,
        date_basis=first.basis,
        last=last.when_end,
        holder=best.holders,
        stance=position.stance,
        about=best.about,
        towards=best.towards,
        changed=position.changed,
        times=len(position.happenings),
        again=tuple(dict.fromkeys(word for one in proofs for word in one.again)),
        act=best.act,
        sentence=proof.sentence,
        document=proof.document,
        title=proof.title,
        url=proof.url,
        publisher=proof.publisher,
        published=proof.published,
        confidence=best.confidence,
        id=best.id,
        mentions=len(evidence),
        documents=len({one.document for one in evidence}),
        proofs=proofs,
    )


def _proof(one: Evidence, text: str) -> PositionProof:
    start, end = min(first for first, _ in one.spans), max(last for _, last in one.spans)
    return PositionProof(
        id=one.id,
        kind=one.kind,
        date=one.when_start,
        date_basis=one.basis,
        about=one.about,
        act=one.act,
        sentence=one.sentence or Piece(start, end, text[start:end]),
        again=tuple(word for word, _ in one.again),
        document=one.document_id,
        title=one.title,
        url=one.url,
        publisher=one.publisher,
        published=one.published,
        voice=one.voice,
        confidence=one.confidence,
    )
