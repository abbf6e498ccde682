"""What a sentence leaves to its neighbours: the recipient of a refusal, a threat, a rebuke.

"Sheinbaum rejected that idea" refuses whoever put the idea forward; "the consequences will be tragic"
is addressed to whom the speaker blamed a sentence before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.coding.event_actors import Party
from onrecord.coding.event_arguments import base_form, children, held_by, objects_of
from onrecord.coding.event_rows import Row
from onrecord.knowledge.plover import load_classes
from onrecord.parsing.annotated import Annotated
from onrecord.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASKING = frozenset({"REQUEST", "THREATEN", "AGREE", "AID", "CONSULT"})
_TALKING = frozenset({"ACCUSE", "THREATEN", "REQUEST", "REJECT"})
_ADDRESSED = _TALKING | {"AID", "AGREE", "COOPERATE"}


def completed(row: Row, history: Sequence[Row]) -> Row:
    """Return a row with the actor or recipient its neighbours give it, where it has none."""
    if not row.actors and (asked := _asked_to_act(row, history) or _did_before(row, history)):
        parties = tuple(unplaced(party) for party in asked)
        rest = row.why.partition(";")[2]
        return dataclasses.replace(
            row, actors=parties, why=f"actor: of the sentences before;{rest}"
        )
    if any(party.actors or party.countries for party in row.recipients) or not row.actors:
        return row
    if not _points_back(row):
        return row
    found = None
    if row.pattern.type == "REJECT":
        found = _who_asked(row, history) or _who_accused(row, history)
    if found is None and row.pattern.type in _ADDRESSED:
        found = _same_target(row, history)
    home = {f"state/{name}" for party in row.actors for name in party.countries}
    if found is None or any(home & set(party.actors) for party in found):
        return row
    return _with_recipient(row, found)


def _asked_to_act(row: Row, history: Sequence[Row]) -> tuple[Party, ...] | None:
    """Return who was asked a sentence before: "that could include imposing sanctions"."""
    if row.modality not in ("hypothetical", "demanded") or row.pattern.type in _TALKING - {
        "ACCUSE"
    }:
        return None
    for earlier in reversed(history[-4:]):
        near = row.sentence.paragraph - earlier.sentence.paragraph <= 1
        if near and earlier.pattern.type == "REQUEST" and earlier.sentence is not row.sentence:
            return earlier.recipients or None
    return None


def _did_before(row: Row, history: Sequence[Row]) -> tuple[Party, ...] | None:
    """Return who did the same to the same just before: "removed by police", "was escorted off"."""
    targets = {name for party in row.recipients for name in party.actors}
    for earlier in reversed(history[-6:]):
        same = targets & {name for party in earlier.recipients for name in party.actors}
        if same and earlier.pattern.type == row.pattern.type and earlier.actors:
            return earlier.actors if earlier.modality == row.modality else None
    return None


def _points_back(row: Row) -> bool:
    """Tell whether an act leaves its target open: no object, "that", or "the demands"."""
    token = row.token
    if token.tag_[:1] != "V":
        return True
    objects = objects_of(token)
    parts = row.pattern.words.split()[1:]
    objects += [noun for part in parts for noun in held_by(token, part)]
    clauses = children(token, "xcomp")
    objects = objects or [found for clause in clauses for found in objects_of(clause)]
    words = load_classes()["demand"] | load_classes()["claim"] | load_classes()["aid"]
    return all(noun.tag_ in ("PRP", "DT") or base_form(noun) in words for noun in objects)


def _with_recipient(row: Row, found: tuple[Party, ...]) -> Row:
    parties = tuple(unplaced(party) for party in found)
    why = row.why.rsplit("recipient:", 1)[0] + "recipient: of the sentences before"
    return dataclasses.replace(row, recipients=parties, why=why)


def unplaced(party: Party) -> Party:
    """Return a party of another sentence, without its words there."""
    return Party(Span(0, 0), party.actors, party.countries, True, -1)


def _who_asked(row: Row, history: Sequence[Row]) -> tuple[Party, ...] | None:
    """Return who asked, offered or threatened what the actor of this row refuses."""
    for earlier in reversed(history[-12:]):
        known = any(party.actors for party in earlier.actors)
        if known and earlier.pattern.type in _ASKING and _addressed(row.actors, earlier):
            return earlier.actors
    return None


def _who_accused(row: Row, history: Sequence[Row]) -> tuple[Party, ...] | None:
    """Return who accused the actor of this row, where it refuses "the accusations"."""
    objects = (
        {base_form(noun) for noun in objects_of(row.token)} if row.token.tag_[:1] == "V" else set()
    )
    if not objects & load_classes()["claim"]:
        return None
    for earlier in reversed(history[-6:]):
        known = any(party.actors for party in earlier.actors)
        if known and earlier.pattern.type == "ACCUSE" and _addressed(row.actors, earlier):
            return earlier.actors
    return None


def _addressed(own: Sequence[Party], earlier: Row) -> bool:
    """Tell whether an earlier row is addressed to these parties: by id, or across borders."""
    ids = {name for party in own for name in party.actors}
    if ids & {name for party in earlier.actors for name in party.actors}:
        return False
    if ids & {name for party in earlier.recipients for name in party.actors}:
        return True
    home = {name for party in own for name in party.countries}
    theirs = {name for party in earlier.actors for name in party.countries}
    aimed = {name for party in earlier.recipients for name in party.countries}
    return bool(home & aimed) and not home & theirs


def _same_target(row: Row, history: Sequence[Row]) -> tuple[Party, ...] | None:
    """Return whom the same actor addressed just before."""
    own = {name for party in row.actors for name in party.actors}
    for earlier in reversed(history[-8:]):
        near = row.sentence.first - earlier.sentence.last < 250
        if not near or earlier.pattern.type not in _TALKING:
            continue
        same = own & {name for party in earlier.actors for name in party.actors}
        if same and any(party.actors for party in earlier.recipients):
            return earlier.recipients
    return None


def resumed(annotated: Annotated, noun: Token, history: Sequence[Row]) -> Row | None:
    """Return the meeting that "the call" or "the talks" takes up again, or none."""
    definite = any(child.lower_ in ("the", "this", "that", "latest") for child in noun.lefts)
    sentence = annotated.sentence_at(noun.idx)
    heading = sentence is not None and sentence.heading
    if not (definite or (sentence is not None and heading and noun.i == sentence.first)):
        return None
    visit = base_form(noun) in ("visit", "trip")
    for earlier in reversed(history):
        parties = [*earlier.actors, *earlier.recipients]
        if earlier.pattern.type != "CONSULT" or (earlier.pattern.mode == "visit") != visit:
            continue
        if sum(bool(p.actors) for p in parties) >= 2:
            return earlier
    return None
