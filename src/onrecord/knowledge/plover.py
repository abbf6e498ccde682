"""PLOVER as data: the 16 types, their modes, the patterns that tell them, and what governs them.

The tables stand in ``knowledge/plover/`` and are read once. They follow the conventions of the
PLOVER manual of 2024, with the score of ACCUSE as -3 (the manual prints it without its minus).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, get_args

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.knowledge.tables import FOLDER, numbered_rows, read_table
from onrecord.record import EventType, Modality

Kind = Literal["verb", "noun", "adjective"]
Needs = Literal["actor", "recipient", "both", "either"]
Acts = Literal["subject", "object", "none"]
Place = Literal["verb", "noun", "adjective", "infinitive", "modifier"]
COMPLEMENTS = frozenset({"to", "that", "none", "plain", "subjunctive"})
PLOVER = FOLDER / "plover"
_ARGUMENTS = """
subject object dative clause complement left light around blamed speaker
to with against on upon at from in into for over of by between towards toward about as under among
behind off out through before after near inside outside across within along that past
"""
ARGUMENTS = frozenset(_ARGUMENTS.split())


class TypeRow(msgspec.Struct, frozen=True):
    """A PLOVER type: quad class 1-4, conflict-cooperation score, whether it needs a recipient."""

    type: EventType
    quad: int
    score: float
    recipient: bool
    future: EventType
    hypothetical: EventType
    definition: str


class ModeRow(msgspec.Struct, frozen=True):
    """A mode of a type, its score, and words of the sentence that tell it (lower case)."""

    type: EventType
    mode: str
    score: float | None = None
    words: tuple[str, ...] = ()


class Pattern(msgspec.Struct, frozen=True):
    """Words that tell an act.

    ``words`` is a lemma with the particles or prepositions it needs ("rule out"); for a noun the
    head stands last ("phone call"). ``object`` lists what the object must be: lemmas, ``@class``,
    ``to`` (an infinitive), ``that`` (a clause), ``none``, ``plain`` (nothing said of it),
    ``subjunctive`` (a clause of what ought to be); a ``!`` before it forbids. ``actor`` and
    ``recipient`` name the arguments that hold them, the best first. ``modality`` stands where the
    words themselves decide it ("offered help").
    """

    id: str
    kind: Kind
    words: str
    type: EventType
    example: str
    object: tuple[str, ...] = ()
    mode: str | None = None
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    needs: Needs = "either"
    modality: Modality | None = None


class ClassRow(msgspec.Struct, frozen=True):
    """A class of words, as lemmas."""

    name: str
    words: tuple[str, ...]


class ContextRow(msgspec.Struct, frozen=True):
    """A PLOVER context and the words (lemmas or two-word phrases) that make it evident."""

    context: str
    words: tuple[str, ...]


class Governor(msgspec.Struct, frozen=True):
    """A word that decides the modality of the act below it.

    ``words`` as in a pattern; ``acts`` says who would do the act: the governor's subject, its
    object, or nobody it names. ``negated`` is the modality under a negated governor.
    """

    kind: Place
    words: str
    modality: Modality
    negated: Modality
    acts: Acts
    example: str


@lru_cache(maxsize=1)
def load_types() -> dict[str, TypeRow]:
    """Return the 16 types by name. Raises ``KnowledgeError`` unless each stands there once."""
    rows = read_table(PLOVER / "types.tsv", TypeRow)
    found = {row.type: row for row in rows}
    if len(rows) != len(found) or set(found) != set(get_args(EventType)):
        raise KnowledgeError("types.tsv: the 16 PLOVER types must stand there once each")
    return {str(kind): row for kind, row in found.items()}


@lru_cache(maxsize=1)
def load_modes() -> dict[tuple[str, str], ModeRow]:
    """Return the modes by type and name."""
    return {(row.type, row.mode): row for row in read_table(PLOVER / "modes.tsv", ModeRow)}


@lru_cache(maxsize=1)
def load_classes() -> dict[str, frozenset[str]]:
    """Return the classes of words by name. Rows with the same name are joined."""
    found: dict[str, frozenset[str]] = {}
    for row in read_table(PLOVER / "object_classes.tsv", ClassRow):
        found[row.name] = found.get(row.name, frozenset()) | frozenset(row.words)
    return found


@lru_cache(maxsize=1)
def load_contexts() -> tuple[ContextRow, ...]:
    """Return the contexts in the order of the table."""
    return tuple(read_table(PLOVER / "contexts.tsv", ContextRow))


@lru_cache(maxsize=1)
def load_patterns() -> tuple[Pattern, ...]:
    """Return all patterns, checked. Raises ``KnowledgeError`` with the line of a broken one."""
    modes, classes = load_modes(), load_classes()
    found, seen = [], set()
    for number, row in numbered_rows(PLOVER / "patterns.tsv", Pattern):
        problem = _problem(row, modes, classes)
        if row.id in seen:
            problem = f"the id {row.id} stands twice"
        if problem:
            raise KnowledgeError(f"patterns.tsv:{number}: {problem}")
        seen.add(row.id)
        found.append(row)
    return tuple(found)


def _problem(
    row: Pattern, modes: dict[tuple[str, str], ModeRow], classes: dict[str, frozenset[str]]
) -> str | None:
    if row.mode and (row.type, row.mode) not in modes:
        return f"{row.type} has no mode {row.mode!r}"
    for name in (*row.actor, *row.recipient):
        if name not in ARGUMENTS:
            return f"unknown argument {name!r}"
    for name in row.object:
        word = name.lstrip("!")
        if word.startswith("@") and word[1:] not in classes:
            return f"unknown class {word!r}"
    return None


@lru_cache(maxsize=1)
def patterns_by_lemma() -> dict[tuple[Kind, str], tuple[Pattern, ...]]:
    """Return the patterns by kind and head lemma, the most specific first."""
    found: dict[tuple[Kind, str], list[Pattern]] = {}
    for pattern in load_patterns():
        words = pattern.words.split()
        head = words[-1] if pattern.kind == "noun" else words[0]
        found.setdefault((pattern.kind, head), []).append(pattern)
    return {key: tuple(sorted(rows, key=_vagueness)) for key, rows in found.items()}


def _vagueness(pattern: Pattern) -> tuple[int, int]:
    """Rank patterns: more words first, then those that let the fewest objects pass."""
    classes = load_classes()
    demanded = [name for name in pattern.object if not name.startswith("!")]
    passing = sum(
        len(classes[name[1:]]) if name[0] == "@" else 500 * (name in COMPLEMENTS) + 1
        for name in demanded
    )
    return (-len(pattern.words.split()), passing or 10_000)


@lru_cache(maxsize=1)
def load_governors() -> dict[tuple[Place, str], tuple[Governor, ...]]:
    """Return what governs modality, by kind and head lemma, the most specific first."""
    found: dict[tuple[Place, str], list[Governor]] = {}
    for row in read_table(PLOVER / "modality.tsv", Governor):
        found.setdefault((row.kind, row.words.split()[0]), []).append(row)
    return {
        key: tuple(sorted(rows, key=lambda row: -len(row.words.split())))
        for key, rows in found.items()
    }


class ConfidenceRow(msgspec.Struct, frozen=True):
    """What a piece of evidence adds to the log odds that a row is right."""

    evidence: str
    weight: float


@lru_cache(maxsize=1)
def confidence_weights() -> dict[str, float]:
    """Return the weights by the name of the evidence."""
    return {
        row.evidence: row.weight for row in read_table(PLOVER / "confidence.tsv", ConfidenceRow)
    }


def intensity(kind: EventType, mode: str | None) -> float:
    """Return the PLOVER score: of the mode where it has one, else of the type."""
    row = load_modes().get((kind, mode)) if mode else None
    return row.score if row is not None and row.score is not None else load_types()[kind].score


def plover_type(kind: EventType, modality: Modality) -> EventType:
    """Return the type under which PLOVER's manual files this act (a planned CONSULT is AGREE)."""
    row = load_types()[kind]
    if modality in ("planned", "offered"):
        return row.future
    if modality in ("threatened", "hypothetical"):
        return row.hypothetical
    if modality == "demanded":
        return "REQUEST"
    if modality == "denied":
        return "REJECT"
    return kind
