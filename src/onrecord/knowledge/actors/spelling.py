"""Misspelt names of states: "Phillipines", "Kazakstan", "Sri Lanak"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.knowledge.actors.table import ActorTable, Candidate, actor_table, fold

_LEAST = 5
#: From this many letters on, two slips are forgiven.
_LONG = 8
_OTHER = re.compile(r"[^a-z]+")


def misspelt_state(name: str) -> Candidate | None:
    """Return the one state whose name or demonym is a slip or two away from ``name``, or none.

    Slips are a letter too much, too few or changed, and two letters swapped; blanks and marks
    between words do not count. Whether ``name`` is a name at all, the caller must know.
    """
    word = _letters(name)
    return _nearest(word) if len(word) >= _LEAST else None


@lru_cache(maxsize=4096)
def _nearest(word: str) -> Candidate | None:
    forms = _forms()
    near: dict[int, set[Candidate]] = {}
    for form in {form for piece in (word, *_shorter(word)) for form in _pieces().get(piece, ())}:
        distance = _distance(word, form)
        if distance <= (2 if min(len(word), len(form)) >= _LONG else 1):
            near.setdefault(distance, set()).add(forms[form])
    if not near:
        return None
    best = near[min(near)]
    if len({candidate.actor for candidate in best}) > 1:
        return None
    return min(best, key=lambda candidate: candidate.use)


def _letters(name: str) -> str:
    word = _OTHER.sub("", fold(name).lower())
    return word[3:] if word.startswith("the") and name[3:4] == " " else word


def _shorter(word: str) -> Iterator[str]:
    """Yield the word without each of its letters."""
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


@lru_cache(maxsize=1)
def _forms() -> dict[str, Candidate]:
    """Return the letters of each name and demonym of a state, the first state first."""
    found: dict[str, Candidate] = {}
    table: ActorTable = actor_table()
    for state in table.states.values():
        actor = f"state/{state.id}"
        for name in (state.name, *state.aliases):
            found.setdefault(_letters(name), Candidate(actor, "name"))
        for name in state.adjectives:
            found.setdefault(_letters(name), Candidate(actor, "adjective"))
        for name in state.people:
            found.setdefault(_letters(name), Candidate(actor, "people"))
    return {form: candidate for form, candidate in found.items() if len(form) >= _LEAST}


@lru_cache(maxsize=1)
def _pieces() -> dict[str, list[str]]:
    """Map each form, and each form less one letter, to the forms it comes from."""
    found: dict[str, list[str]] = {}
    for form in _forms():
        for piece in {form, *_shorter(form)}:
            found.setdefault(piece, []).append(form)
    return found


def _distance(one: str, other: str) -> int:
    """Return the least number of letters added, dropped, changed or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        current = [i]
        for j, right in enumerate(other, start=1):
            cost = min(row[j] + 1, current[-1] + 1, row[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, row = row, current
    return row[-1]
