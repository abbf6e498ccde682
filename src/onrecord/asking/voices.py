"""In whose voice a row stands: the actor's own, the reporter's, or that of somebody who talks of him."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from onrecord.asking.people import CHUNK
from onrecord.asking.rows import Person
from onrecord.knowledge.positions import own_sources
from onrecord.storage.schema import actors, attribution_people, attributions

_DEEPEST = 4
_GOVERNMENT = "GOV"


class Voices:
    """The attributions that rows stand in, with those around them and who speaks in each."""

    def __init__(self, connection: Connection, ids: Iterable[str | None]) -> None:
        """Read these attributions and, up to four deep, those in which they stand."""
        self._connection = connection
        self._parents: dict[str, str | None] = {}
        self._speakers: dict[str, list[str]] = {}
        self._own: set[str] = set()
        self._known: dict[str, tuple[str, str | None, str | None]] = {}
        wanted = {name for name in ids if name}
        for _ in range(_DEEPEST):
            self._read(sorted(wanted - self._parents.keys()))
            wanted = {parent for parent in self._parents.values() if parent}

    def _read(self, ids: Sequence[str]) -> None:
        people = attribution_people
        columns = (attributions.c.id, attributions.c.parent, attributions.c.source_text)
        query = select(*columns, people.c.actor).join(
            people,
            (people.c.row == attributions.c.number) & (people.c.role == "speaker"),
            isouter=True,
        )
        for start in range(0, len(ids), CHUNK):
            some = query.where(attributions.c.id.in_(ids[start : start + CHUNK]))
            for name, parent, source, actor in self._connection.execute(some):
                self._parents[name] = parent
                if source.lower() in own_sources():
                    self._own.add(name)
                self._speakers.setdefault(name, []).extend([actor] if actor else [])

    def own(self, attribution: str | None, holders: Sequence[Person]) -> bool:
        """Tell whether what stands in an attribution is said by its holders, or by the press.

        A government speaks for those who hold office in it. Without an attribution the reporter
        says it. Every attribution around it must be of that kind, too.
        """
        for _ in range(_DEEPEST):
            if attribution is None:
                return True
            speakers = self._speakers.get(attribution, [])
            own = attribution in self._own
            if not own and not any(self._speaks_for(one, holders) for one in speakers):
                return False
            attribution = self._parents.get(attribution)
        return False

    def _speaks_for(self, speaker: str, holders: Sequence[Person]) -> bool:
        if speaker in {holder.id for holder in holders}:
            return True
        kind, country, sector = self._actor(speaker)
        if kind == "media":
            return True
        official = sector == _GOVERNMENT or kind == "state"
        return official and any(
            country is not None
            and holder.country == country
            and (self._actor(holder.id)[0] == "state" or self._actor(holder.id)[2] == _GOVERNMENT)
            for holder in holders
        )

    def _actor(self, identifier: str) -> tuple[str, str | None, str | None]:
        if identifier not in self._known:
            query = select(actors.c.kind, actors.c.country, actors.c.sector)
            row = self._connection.execute(query.where(actors.c.id == identifier)).one_or_none()
            self._known[identifier] = (
                (row.kind, row.country, row.sector) if row else ("", None, None)
            )
        return self._known[identifier]
