"""The cast of an article: the actors met so far, and what the text says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from onrecord.knowledge.actors import (
    WORLDWIDE,
    ActorTable,
    actor_table,
    fold,
    sector_on,
    surname,
)
from onrecord.knowledge.first_names import first_names, gender_of
from onrecord.parsing.annotated import ActorMention, Gender
from onrecord.record import Actor, ActorKind, Document, identifier

#: Whose ministers the news names by surname wherever it is written.
_EVERYWHERE = frozenset({"USA"})


@dataclass
class Player:
    """An actor of this article: gender, the titles it was given, how often it was named.

    A tentative one is a capitalised word that only a pronoun can show to be somebody. A
    convertible one was taken for a body, but its name may be a person's.
    """

    actor: Actor
    gender: Gender = ""
    titles: set[str] = field(default_factory=set)
    named: int = 0
    full: bool = False
    tentative: bool = False
    convertible: bool = False


@dataclass(frozen=True)
class Description:
    """Whom a noun phrase enters in the cast if it means nobody met before."""

    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    gender: Gender = ""


@dataclass
class Cast:
    """All actors of one article, by id; persons by surname too."""

    document: Document
    table: ActorTable = field(default_factory=actor_table)
    players: dict[str, Player] = field(default_factory=dict)
    surnames: dict[str, list[str]] = field(default_factory=dict)
    first_names: dict[str, list[str]] = field(default_factory=dict)
    descriptions: dict[int, Description] = field(default_factory=dict)

    @property
    def day(self) -> str | None:
        """The day of publication as an ISO date, or none."""
        published = self.document.published
        return published.start[:10] if published is not None and published.start else None

    def known(self, actor: str) -> Player:
        """Return the player for an actor of the table, entering it if it is new here."""
        if actor not in self.players:
            self.players[actor] = Player(self._as_of(actor), self.table.genders.get(actor, ""))
            if self.players[actor].actor.kind == "person":
                self._enter_person(self.players[actor].actor.name, actor)
                for name in self.table.bare_names.get(actor, ()):
                    self._enter(self.surnames, name, actor)
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
                gender = gender or gender_of(name) or self._given(name)
                self._enter_person(name, actor)
                self._enter_father(name, actor)
            self.players[actor] = Player(Actor(actor, name, kind, country, sector), gender)
        return self.players[actor]

    def _given(self, name: str) -> Gender:
        """Return the gender of somebody called by a first name only ("Kevin"), if it is one."""
        known = fold(name) not in self.table.surnames and fold(name) not in self.surnames
        return first_names().get(fold(name), "") if known else ""

    def another(self, name: str, gender: Gender, taken: str) -> Player:
        """Return another bearer of a surname than ``taken``: one met, or a new one."""
        for actor in self.surnames.get(fold(name), []):
            if actor != taken and self.players[actor].gender in ("", gender):
                return self.players[actor]
        return self.local(name, "person", gender=gender)

    def describe_new(self, head: int) -> tuple[str, ...]:
        """Enter whom the noun phrase with this head describes, met nowhere before."""
        new = self.descriptions.get(head)
        if new is None:
            return ()
        player = self.local(
            new.name, new.kind, country=new.country, sector=new.sector, gender=new.gender
        )
        return (player.actor.id,)

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

    def by_first_name(self, name: str, gender: Gender = "") -> str | None:
        """Return the one person of this article whom a first name means, or none."""
        found = self.first_names.get(fold(name), [])
        if gender:
            found = [actor for actor in found if self.players[actor].gender in ("", gender)]
        return found[0] if len(found) == 1 else None

    def prominent(self, name: str, *, anywhere: bool = False) -> str | None:
        """Return the office holder of the table that a bare surname means, or none.

        ``anywhere``: a minister of a state that the article has not named, too.
        """
        ranked = sorted(
            ((self.table.prominence(actor, self.day), actor)
             for actor in self.table.surnames.get(fold(name), [])), reverse=True,
        )  # fmt: skip
        if not ranked or ranked[0][0] < 0.3:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.05:
            return None
        return ranked[0][1] if anywhere or self._at_home(ranked[0][1]) else None

    def _at_home(self, actor: str) -> bool:
        """Tell whether an office holder needs no introduction here.

        Heads of state and of government need none; a minister's country must be named before.
        """
        country = self.table.actors[actor].country
        if country in _EVERYWHERE or any(
            tenure.role in WORLDWIDE for tenure in self.table.tenures[actor]
        ):
            return True
        return any(player.actor.country == country for player in self.players.values())

    def _enter_person(self, name: str, actor: str) -> None:
        words = fold(name).split()
        last = fold(surname(name))
        indexes = [(self.surnames, last)]
        if len(words) > 1 and words[0] != last and len(words[0]) > 2:
            indexes.append((self.first_names, words[0]))
        for index, word in indexes:
            self._enter(index, word, actor)

    def _enter_father(self, name: str, actor: str) -> None:
        """Enter a first surname too: "Roberto Fernández Saucedo" is "Fernández" afterwards."""
        words = name.split()
        middle = words[-2] if len(words) in (3, 4) else ""
        if (
            len(middle) > 3
            and middle.isalpha()
            and middle.istitle()
            and middle not in first_names()
        ):
            self._enter(self.surnames, middle, actor)

    def _enter(self, index: dict[str, list[str]], word: str, actor: str) -> None:
        holders = index.setdefault(fold(word), [])
        if actor not in holders:
            holders.append(actor)


_OWNER = re.compile(r"\s?['’]s? (?=[a-z]{1,30}$)")


def without_owner(name: str) -> str:
    """Return the name of a body that is called after its owner: "Rubio campaign" of "Rubio's"."""
    return _OWNER.sub(" ", name)


def name_as_written(cast: Cast, mentions: Iterable[ActorMention], text: str) -> None:
    """Give each known person or body the fullest name that the article itself gives it.

    The table's own name stands where the article has it too, or has only a shorter one.
    """
    written: dict[str, str] = {}
    for mention in mentions:
        if mention.how == "name" and len(mention.actors) == 1 and not mention.generic:
            name = without_owner(" ".join(mention.span.of(text).split()))
            name = name[4:] if name.lower().startswith("the ") else name
            if len(name) > len(written.get(mention.actors[0], "")):
                written[mention.actors[0]] = name
    whole = fold(text)
    for identifier_, name in written.items():
        player = cast.players[identifier_]
        renamed = player.actor.kind not in ("state", "group") and len(name.split()) > 1
        if renamed and fold(player.actor.name) not in whole and not name.isupper():
            player.actor = msgspec.structs.replace(player.actor, name=name)
