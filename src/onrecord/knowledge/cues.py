"""Cues of attribution: the verbs, nouns and phrases that hand words to a source, with classes."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from onrecord.knowledge.tables import FOLDER, read_table

CueClass = Literal[
    "say", "tell", "ask", "answer", "deny", "admit", "promise", "threaten", "demand", "warn",
    "claim", "believe", "hope", "plan", "accuse", "praise", "reject", "predict", "confirm",
    "apologize", "agree", "show",
]  # fmt: skip


class Cue(msgspec.Struct, frozen=True):
    """One cue: its lemma or words, its kind, the class of act it performs."""

    cue: str
    kind: Literal["verb", "noun", "phrase"]
    cue_class: CueClass = msgspec.field(name="class")


@lru_cache(maxsize=1)
def cue_table() -> dict[tuple[str, str], CueClass]:
    """Return the class of each cue by (kind, words); the first row of a cue wins."""
    found: dict[tuple[str, str], CueClass] = {}
    for row in read_table(FOLDER / "attributions" / "cues.tsv", Cue):
        found.setdefault((row.kind, row.cue), row.cue_class)
    return found


def verb_class(lemma: str) -> CueClass | None:
    """Return the class of a cue verb by its lemma, or none if it is no cue."""
    return cue_table().get(("verb", lemma))


def noun_class(lemma: str) -> CueClass | None:
    """Return the class of a cue noun by its lemma, or none if it is no cue."""
    return cue_table().get(("noun", lemma))


class Deed(msgspec.Struct, frozen=True):
    """A verb that is a deed and no cue, always or with some objects."""

    verb: str
    example: str
    objects: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def deeds() -> dict[str, frozenset[str]]:
    """Return the verbs that are deeds, with the objects that make them so; none where all do."""
    rows = read_table(FOLDER / "attributions" / "deeds.tsv", Deed)
    return {row.verb: frozenset(row.objects) for row in rows}
