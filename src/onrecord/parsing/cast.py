"""The cast of an article: the actors met so far, and what the text says of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from onrecord.knowledge.actors import ActorTable, actor_table, fold, sector_on, surname
from onrecord.knowledge.first_names import gender_of
from onrecord.parsing.annotated import ActorMention, Gender
from onrecord.record import Actor, ActorKind, Document, identifier


@dataclass
class Player:
    """An actor of this article: gender, the titles it was given, how often it was named."""

    actor: Actor
    gender: Gender = ""
    titles: set[str] = field(default_factory=set)
    named: int = 0
    full: bool = False


@dataclass
class Cast:
    """All actors of one article, by id; persons by surname too."""

    document: Document
    table: ActorTable = field(default_factory=actor_table)
    players: dict[str, Player] = field(default_factory=dict)
    surnames: dict[str, list[str]] = field(default_factory=dict)

    @property
    def day(self) -> str | None:
        """The day of publication as an ISO date, or none."""
        published = self.document.published
        return published.start[:10] if published is not None and published.start else None

    def known(self, actor: str) -> Player:
        """Return the player for an actor of the table, entering it if it is new here."""
        if actor not in self.players:
            self.players[actor] = Player(
                self.table.actors[actor], self.table.genders.get(actor, "")
            )
            if self.players[actor].actor.kind == "person":
                self._enter_surname(surname(self.players[actor].actor.name), actor)
        return self.players[actor]

    def _as_of(self, actor: str) -> Actor:
        """Return an actor of the table with the sector of the office held on the day."""
        known = self.table.actors[actor]
        tenures = self.table.tenures.get(actor)
        if not tenures or self.day is None:
            return known
        return msgspec.structs.replace(known, sector=sector_on(tenures, self.day))

    def local(
        self,
        name: str,
        kind: ActorKind,
        *,
        country: str | None = None,
        sector: str | None = None,
        gender: Gender = "",
    ) -> Player:
        """Return the player of this name and kind that only this article knows."""
        actor = identifier("actor", self.document.id, kind, fold(name).lower())
        if actor not in self.players:
            if kind == "person":
                gender = gender or gender_of(name)
                self._enter_surname(surname(name), actor)
            self.players[actor] = Player(Actor(actor, name, kind, country, sector), gender)
        return self.players[actor]

    def describe(
        self, actor: str, *, country: str | None = None, sector: str | None = None
    ) -> None:
        """Give an actor that only this article knows the country and sector the text gives."""
        player = self.players[actor]
        old = player.actor
        if actor in self.table.actors:
            return
        player.actor = Actor(
            old.id, old.name, old.kind, old.country or country, old.sector or sector, old.roles
        )

    def by_surname(self, name: str, gender: Gender = "") -> str | None:
        """Return the person of this article that a surname means, or none.

        Of several, the one most prominent on the day of publication, then the one named most.
        """
        found = self.surnames.get(fold(name), [])
        if gender:
            found = [actor for actor in found if self.players[actor].gender in ("", gender)]
        if not found:
            return None
        return max(
            found,
            key=lambda actor: (
                self.table.prominence(actor, self.day) > 0.3,
                self.players[actor].named,
                -found.index(actor),
            ),
        )

    def prominent(self, name: str) -> str | None:
        """Return the office holder of the table that a bare surname means, or none."""
        ranked = sorted(
            ((self.table.prominence(actor, self.day), actor)
             for actor in self.table.surnames.get(fold(name), [])), reverse=True,
        )  # fmt: skip
        if not ranked or ranked[0][0] < 0.3:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.05:
            return None
        return ranked[0][1]

    def _enter_surname(self, name: str, actor: str) -> None:
        holders = self.surnames.setdefault(fold(name), [])
        if actor not in holders:
            holders.append(actor)


def name_as_written(cast: Cast, mentions: Iterable[ActorMention], text: str) -> None:
    """Give each known person or body the fullest name that the article itself gives it.

    The table's own name stands where the article has it too, or has only a shorter one.
    """
    written: dict[str, str] = {}
    for mention in mentions:
        if mention.how == "name" and len(mention.actors) == 1 and not mention.generic:
            name = " ".join(mention.span.of(text).split())
            name = name[4:] if name.lower().startswith("the ") else name
            if len(name) > len(written.get(mention.actors[0], "")):
                written[mention.actors[0]] = name
    whole = fold(text)
    for identifier_, name in written.items():
        player = cast.players[identifier_]
        renamed = player.actor.kind not in ("state", "group") and len(name.split()) > 1
        if renamed and fold(player.actor.name) not in whole and not name.isupper():
            player.actor = msgspec.structs.replace(player.actor, name=name)
