"""Which of the rows of one sentence stay: one a happening, and no act that only fills another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.coding.event_actors import Party
from onrecord.coding.event_rows import Row
from onrecord.knowledge.plover import load_types

# The recipient is not the object of what was promised, but only stands in it: "to run against her".
_BY_THE_WAY = re.compile(r"recipient: complement [1-9]")
_RECIPIENT = re.compile(r"recipient: [^;]{1,60}")
_YIELDING = frozenset({"SUPPORT", "AGREE", "CONCEDE"})
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})


def without_embedded(rows: list[Row]) -> list[Row]:
    """Drop an act that only fills another (the help somebody agreed to give), and empty promises."""
    governing = {row.token.i: row for row in rows}
    kept: list[Row] = []
    filled: set[int] = set()
    hostile: set[int] = set()
    for row in rows:
        over = governing.get(row.governor) if row.governor is not None else None
        if over is not None and over.pattern.type == "AGREE" and _hostile(row):
            hostile.add(over.token.i)
            kept.append(row)
            continue
        if over is not None and over is not row and _filled(over, row):
            filled.add(over.token.i)
            continue
        kept.append(row)
    return [
        row
        for row in kept
        if row.token.i not in hostile and (row.token.i in filled or not _empty_promise(row))
    ]


def _hostile(row: Row) -> bool:
    """Tell whether what somebody vows is to harm somebody: "vowed to block", not "not to attack"."""
    return load_types()[row.pattern.type].quad > 2 and row.modality != "denied"


def _empty_promise(row: Row) -> bool:
    """Tell whether somebody agrees to what is no political act, with nobody."""
    if row.pattern.type != "AGREE" or not (
        "to" in row.pattern.object or "complement" in row.pattern.recipient
    ):
        return False
    if not row.recipients:
        return True
    home = {name for party in row.actors for name in party.countries}
    own = all(home & set(party.countries) for party in row.recipients)
    places = all(name.startswith(("state/", "region/")) for name in _actors(row.recipients))
    return own and (places or bool(_BY_THE_WAY.search(row.why)))


def _actors(parties: Sequence[Party]) -> list[str]:
    return [name for party in parties for name in party.actors]


def _filled(over: Row, row: Row) -> bool:
    """Tell whether an act is only the content of the one that governs it."""
    kind, inner = over.pattern.type, row.pattern.type
    if kind == "AGREE":
        return row.modality != "denied" or load_types()[inner].quad < 4
    if kind == "REJECT":
        return inner not in _FORCE or not row.actors
    if kind == "REQUEST":
        return not row.actors or (inner in _YIELDING and not row.recipients)
    return kind == inner


def distinct(rows: list[Row]) -> list[Row]:
    """Keep one row for the same type, actor and recipient; a row with a recipient beats one without."""
    kept: list[Row] = []
    for row in rows:
        twin = next((other for other in kept if _repeats(row, other)), None)
        if twin is None:
            kept.append(row)
        elif row.recipients and not twin.recipients:
            kept[kept.index(twin)] = _with_recipients(twin, row) if _tells_of(row, twin) else row
    return kept


def _tells_of(row: Row, over: Row) -> bool:
    """Tell whether an act only describes the object of another: "boost the troops it deployed"."""
    below = [row.token, *row.token.ancestors]
    if over.token not in below:
        return False
    return any(word.dep_ == "relcl" for word in below[: below.index(over.token)])


def _with_recipients(row: Row, other: Row) -> Row:
    found = _RECIPIENT.search(other.why)
    why = _RECIPIENT.sub(found.group(), row.why) if found else row.why
    return replace(row, recipients=other.recipients, why=why)


def _repeats(row: Row, other: Row) -> bool:
    if row.pattern.type != other.pattern.type or _key(row.actors) != _key(other.actors):
        return False
    targets, others = _key(row.recipients), _key(other.recipients)
    return targets == others or not targets or not others


def _key(parties: Sequence[Party]) -> tuple[object, ...]:
    return tuple(party.actors or party.token for party in parties)
