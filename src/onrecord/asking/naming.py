"""Who is asked about: a country, an actor's id, or a name, found among the store's actors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from onrecord.errors import OnrecordError
from onrecord.knowledge.actors import State, actor_table, fold
from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.record import Value
from onrecord.storage.folding import folded
from onrecord.storage.schema import actors

_AT_MOST = 20_000  # names that are compared for suggestions


_COLUMNS = (actors.c.id, actors.c.name, actors.c.name_key, actors.c.kind, actors.c.country)
Known = Row[Any]


class Who(Value, frozen=True):
    """Whom a question means: everybody of a country, or the actors with these ids."""

    country: str | None
    actors: tuple[str, ...] = ()

    def among(self, actor: ColumnElement[str], country: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that a row's actor, with its country, is meant."""
        return country == self.country if self.country else actor.in_(self.actors)


def find(connection: Connection, asked: str) -> Who:
    """Return whom ``asked`` means: case, accents and points do not count, a surname is enough.

    A state's name or code means its country, so everybody who acts for it, whether or not the store
    knows anybody there. Otherwise raises ``OnrecordError`` where nobody in the store is called so,
    or several are; the message names them, or similar names.
    """
    name, key = asked.strip(), folded(asked).removeprefix("the ")
    if not key:
        raise OnrecordError(f"{asked!r} is no name; give a name, a country code or an actor's id")
    country = states().get(key) or (key.upper() if len(name) == 3 else None)
    if country and _stands_for(connection, country):
        return Who(country)
    candidates = (
        _selected(connection, actors.c.id == name)
        or _selected(connection, actors.c.name_key == key)
        or _partly_called(connection, key)
    )
    if not candidates and key in states():
        return Who(states()[key])
    if candidates := candidates or _also_called(connection, name):
        return _one_of(name, candidates)
    raise OnrecordError(f"nobody in the store is called {name!r}{_similar(connection, key)}")


@lru_cache(maxsize=1)
def states() -> dict[str, str]:
    """Return the country code of each state, by its folded code, name and other names."""
    found: dict[str, str] = {}
    for state in read_table(FOLDER / "actors" / "states.tsv", State):
        for name in (state.id, state.name, *state.aliases):
            found.setdefault(folded(name), state.id)
    return found


def _stands_for(connection: Connection, country: str) -> bool:
    query = select(actors.c.id).where(actors.c.country == country).limit(1)
    return connection.scalar(query) is not None


def _selected(connection: Connection, condition: ColumnElement[bool]) -> list[Known]:
    rows: list[Any] = list(
        connection.execute(select(*_COLUMNS).where(condition).order_by(actors.c.id))
    )
    return rows


def _partly_called(connection: Connection, key: str) -> list[Known]:
    """Return those with all the words in their name; if there are, only persons so surnamed."""
    words = key.split()
    query = select(*_COLUMNS).order_by(actors.c.name_key, actors.c.id)
    for word in words:
        query = query.where(actors.c.name_key.contains(word, autoescape=True))
    found: list[Any] = list(connection.execute(query))
    having = [row for row in found if set(words) <= set(row.name_key.split())]
    surnamed = [
        row for row in having if row.kind == "person" and f" {row.name_key}".endswith(f" {key}")
    ]
    return surnamed or having


def _also_called(connection: Connection, name: str) -> list[Known]:
    """Return those whom we know by this other name: an alias, an acronym."""
    known = actor_table()
    spellings = (name, name.title(), name.upper())
    ids = {meant.actor for spelling in spellings for meant in known.candidates(spelling)}
    ids.update(who for spelling in spellings for who in known.surnames.get(fold(spelling), ()))
    return _selected(connection, actors.c.id.in_(sorted(ids))) if ids else []


def _one_of(name: str, candidates: Sequence[Known]) -> Who:
    """Return the one that is meant. Those of one name and kind, in no two countries, are one."""
    names = {(row.name_key, row.kind) for row in candidates}
    if len(names) > 1 or len({row.country for row in candidates if row.country}) > 1:
        raise OnrecordError(
            f"{name!r} may be {_listed(candidates)}; give the whole name or the id in brackets"
        )
    return Who(None, tuple(row.id for row in candidates))


def _listed(candidates: Iterable[Known]) -> str:
    names = [f"{row.name} [{row.id}]" for row in candidates]
    return ", ".join(names[:5]) + (f" or {len(names) - 5} more" if len(names) > 5 else "")


def _similar(connection: Connection, key: str) -> str:
    """Return the names in the store that are like ``key``, as the end of a sentence."""
    query = select(actors.c.name_key, actors.c.name).order_by(actors.c.name_key).limit(_AT_MOST)
    names = {row.name_key: row.name for row in connection.execute(query)}
    by_word: dict[str, str] = {}
    for whole, name in names.items():
        for word in (whole, *whole.split()):
            by_word.setdefault(word, name)
    close = get_close_matches(key, by_word, n=4, cutoff=0.7)
    found = list(dict.fromkeys(by_word[word] for word in close))
    return f"; did you mean {' or '.join(found)}?" if found else "; no name in it is like that"
