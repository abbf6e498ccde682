"""Who takes part in an act: from the arguments of its pattern to actors of the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.event_actors import ActorFinder, Party, acts, is_site
from onrecord.coding.event_arguments import (
    around_right,
    base_form,
    children,
    is_passive,
    objects_of,
    subjects,
)
from onrecord.coding.event_clause import Judgement
from onrecord.coding.event_discourse import resumed, unplaced
from onrecord.coding.event_patterns import Act, argument
from onrecord.coding.event_rows import Row
from onrecord.coding.event_voice import Voices
from onrecord.knowledge.plover import load_classes
from onrecord.parsing.annotated import Annotated
from onrecord.record import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Token

# "It has helped us" is no aid: what "it" stands for is seldom an actor here.
_OFTEN_IT = frozenset({"AID", "SUPPORT", "REJECT", "THREATEN", "CONCEDE", "AGREE"})
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
# Acts that have somebody at the other end even where no plain argument names him.
_DIRECTED = frozenset({"ASSAULT", "MOBILIZE", "SANCTION", "COERCE", "AID", "THREATEN", "COOPERATE"})
_ABROAD = frozenset({"THREATEN", "ACCUSE"})


@dataclass
class Roles:
    """The parties of an act, and the arguments where they were found."""

    actors: list[Party]
    recipients: list[Party]
    actor_from: str = ""
    recipient_from: str = ""

    @property
    def why(self) -> str:
        """The arguments, for the ``why`` of a row."""
        return f"actor: {self.actor_from or 'none'}; recipient: {self.recipient_from or 'none'}"


class RoleFinder:
    """Fills the roles of the acts of one document."""

    def __init__(self, annotated: Annotated, finder: ActorFinder, voices: Voices) -> None:
        self.annotated = annotated
        self.finder = finder
        self.voices = voices

    def roles(
        self, act: Act, judged: Judgement, voice: Attribution | None, history: Sequence[Row]
    ) -> Roles:
        """Return who does it and to whom; either may be nobody."""
        victims = self._victims(act)
        actors, place = self._actors(act, judged, voice, victims)
        if not actors and (fired := self._firing(act, history)):
            actors, place = fired, "who attacked before"
        recipients, where = self._recipients(act, actors, victims)
        meeting = act.pattern.type == "CONSULT" and act.pattern.kind == "noun"
        if meeting and not actors and not recipients:
            earlier = resumed(self.annotated, act.token, history)
            if earlier is not None:
                parties = [unplaced(party) for party in earlier.actors]
                others = [unplaced(party) for party in earlier.recipients]
                before = "of the meeting named before"
                return Roles(parties, others, before, before)
        first = self.voices.first_person
        return Roles(
            [first(party, voice, self.finder) for party in actors],
            [first(party, voice, self.finder) for party in recipients],
            place,
            where,
        )

    def _actors(
        self, act: Act, judged: Judgement, voice: Attribution | None, victims: list[Token]
    ) -> tuple[list[Party], str]:
        if act.pattern.actor == ("speaker",):
            return self.voices.speakers(voice, self.finder), "speaker"
        arguments = [(name, token) for name, token in act.actors if token not in victims]
        if waging := _helped(act):
            arguments = [("left", token) for token in waging]
        found, place = self._parties(act, arguments, {act.token.i}, [], self.finder.doers)
        if act.token.dep_ == "conj" and self._does_it_to_itself(act, found):
            found, place = self._doers_before(act.token), "subject of the verb before"
        if not found and judged.actors and act.pattern.kind == "noun":
            found = [party for token in judged.actors for party in self.finder.find(token)]
            place = "governor"
        if not found and judged.because == "imperative":
            found, place = self.voices.hearers(voice, self.finder), "hearer"
        if not found and ascribed(act):
            found, place = self.voices.speakers(voice, self.finder), "speaker"
        if not found and (users := _weapon_users(act)):
            found = [party for token in users for party in self.finder.doers(token)]
            place = "who used the weapon"
        if not found and act.pattern.kind == "verb":
            found, place = self._makers(act), "maker of the document"
        if not found and act.pattern.type in _SPOKEN and (saying := _saying(act.token)):
            found = [party for token in subjects(saying) for party in self.finder.doers(token)]
            place = "subject of the verb of speech"
        return found, place if found else ""

    def _does_it_to_itself(self, act: Act, actors: list[Party]) -> bool:
        """Tell whether the object is a pronoun for the actor, as no grammar has it: "told her"."""
        objects = [noun for name, noun in act.recipients if name == "object"]
        pronouns = [noun for noun in objects if noun.lower_ in ("him", "her", "them")]
        done_to = {name for noun in pronouns for p in self.finder.find(noun) for name in p.actors}
        return any(done_to & set(party.actors) for party in actors)

    def _doers_before(self, verb: Token) -> list[Party]:
        """Return who does what the verb before tells: "when police met her and told her to leave"."""
        before = [token for token in verb.sent if token.i < verb.i and token.tag_[:1] == "V"]
        nearest = before[-1] if before else verb
        if not children(nearest, "nsubj"):
            return []
        return [party for noun in subjects(nearest) for party in self.finder.doers(noun)]

    def _recipients(
        self, act: Act, actors: list[Party], victims: list[Token]
    ) -> tuple[list[Party], str]:
        arguments = [*act.recipients, *(("left", token) for token in victims)]
        taken = {party.token for party in actors} | {act.token.i}
        found, where = self._parties(act, arguments, taken, actors)
        if not found and act.pattern.mode == "crowd-control":
            dispersed = [("purpose", token) for token in _dispersed(act.token)]
            found, where = self._parties(act, dispersed, taken, actors)
        vague = act.pattern.words in load_classes()["vague"]
        if not found and actors and act.pattern.type in _DIRECTED and not vague:
            found = self._near(act, actors)
            where = "near the act" if found else ""
        unknown = not any(party.actors or party.countries for party in found)
        if act.pattern.mode == "visit" and unknown:
            towns = [party for _, noun in act.recipients for party in self._town(noun)]
            found, where = (towns, "place") if towns else (found, where)
        return found, where

    def _town(self, token: Token) -> list[Party]:
        """Return the state whose town is visited: "visited Kyiv"."""
        for place in self.annotated.places:
            if place.country and place.span.start <= token.idx < place.span.end:
                name = f"state/{place.country}"
                known = (name,) if name in self.annotated.actors else ()
                return [Party(place.span, known, (place.country,), True, token.i)]
        return []

    def _firing(self, act: Act, history: Sequence[Row]) -> list[Party]:
        """Return whose weapon strikes where none is named: "the missile hit a school"."""
        classes = load_classes()
        arms = classes["weapon"] | classes["attack"]
        if act.pattern.type != "ASSAULT" or act.pattern.kind != "verb":
            return []
        if not any(name == "subject" and base_form(token) in arms for name, token in act.actors):
            return []
        for earlier in reversed(history[-8:]):
            known = any(party.actors for party in earlier.actors)
            if known and earlier.pattern.type == "ASSAULT":
                return [unplaced(party) for party in earlier.actors]
        return []

    def _victims(self, act: Act) -> list[Token]:
        """Return who undergoes the act of a noun he stands before: "Navalny's arrest"."""
        if act.pattern.kind != "noun":
            return []
        left = [token for name, token in act.actors if name == "left"]
        sites = [token for token in left if token.dep_ != "poss" and is_site(token)]
        if act.pattern.type == "ASSAULT" and sites:
            return sites
        if "of" not in (act.pattern.recipient or ()):
            return []
        if base_form(act.token) in load_classes()["undergone"] and not act.recipients:
            owners = [token for token in left if token.dep_ == "poss"]
            if owners:
                return owners
        known = self.annotated.actors
        return [
            token
            for token in left
            if token.dep_ != "poss"
            for party in self.finder.find(token)
            if any(known[actor].kind == "person" for actor in party.actors if actor in known)
        ]

    def _parties(
        self,
        act: Act,
        arguments: Sequence[tuple[str, Token]],
        taken: set[int],
        others: Sequence[Party],
        find: Callable[[Token], list[Party]] | None = None,
    ) -> tuple[list[Party], str]:
        """Return the parties of the first argument that holds any, and its name."""
        found: list[Party] = []
        used = ""
        for name, token in arguments:
            if used and name != used:
                break
            if others and self._own_thing(token, others):
                continue
            for party in (find or self.finder.find)(token):
                if party.token in taken or party in found:
                    continue
                if _suits(act, name, token, party, others):
                    found.append(party)
                    used = name
        return found, used

    def _own_thing(self, token: Token, actors: Sequence[Party]) -> bool:
        """Tell whether a noun is the actor's own: "its troops", "his government"."""
        classes = load_classes()
        other = acts(token) and base_form(token) not in classes["troops"]
        if other or base_form(token) in classes["relational"]:
            return False  # "an ultimatum to her colleagues", "met his counterpart"
        own = {name for party in actors for name in party.actors}
        return any(
            owner.tag_ == "PRP$" and own & set(party.actors)
            for owner in children(token, "poss")
            for party in self.finder.find(owner, 1)
        )

    def _near(self, act: Act, actors: list[Party]) -> list[Party]:
        """Return the nearest state or body of another country in the act's own phrase."""
        own = set().union(*map(_home, actors))
        place = act.carrier or act.token
        nouns = around_right(place)
        if (
            place.dep_ == "pobj" and place.head.head.tag_[:1] == "N"
        ):  # "plans for troops in Ukraine"
            nouns += [noun for noun in around_right(place.head.head) if noun.i > place.i]
        for token in nouns:
            for party in self.finder.find(token, 1):
                if party.actors and _home(party) and not _home(party) & own:
                    return [party]
        return []

    def _makers(self, act: Act) -> list[Party]:
        """Return who made the document that "accused" or "urged": "the report blamed Iran"."""
        documents = load_classes()["document"]
        for name, token in act.actors:
            if name != "subject" or base_form(token) not in documents:
                continue
            nouns = argument(token, "around")
            found = [party for noun in nouns for party in self.finder.find(noun)]
            if found:
                return found
            voice = self.voices.before(act.token)
            return [unplaced(party) for party in self.voices.speakers(voice, self.finder)]
        return []


def _suits(act: Act, name: str, token: Token, party: Party, others: Sequence[Party]) -> bool:
    """Tell whether a party may fill an argument, given the other side's parties."""
    if token.lower_ == "it" and act.pattern.type in _OFTEN_IT and _open(act):
        return False
    if name == "left" and token.dep_ != "poss" and not party.countries and not party.actors:
        return False
    if act.pattern.type == "REQUEST" and name == "object" and not party.direct:
        return False
    abroad = name == "clause" and act.pattern.type in _ABROAD
    if abroad and any(_home(party) & _home(other) for other in others):
        return False
    body = token.tag_[:1] == "N" and any(
        acts(noun) for noun in token.children if noun.dep_ == "poss"
    )
    return not any(_same(party, other, body) for other in others)


def ascribed(act: Act) -> bool:
    """Tell whether guilt is laid by whoever says so: "the hack can be traced to Russia"."""
    verb = act.token
    blaming = act.pattern.type == "ACCUSE" and base_form(verb) in load_classes()["ascribe"]
    return blaming and verb.tag_ == "VBN" and is_passive(verb)


def _helped(act: Act) -> list[Token]:
    """Return whose war it is where one helps or blames another: "backed Russia in its war"."""
    noun = act.token
    owners = children(noun, "poss")
    if not owners or owners[0].tag_ != "PRP$" or noun.dep_ != "pobj":
        return []
    verb = noun.head.head
    classes = load_classes()
    siding = verb.tag_[:1] == "V" and base_form(verb) in classes["siding"] | classes["blame"]
    return objects_of(verb) if siding else []


def _weapon_users(act: Act) -> list[Token]:
    """Return who used a weapon in an attack: "Russia used the missile during an attack"."""
    classes = load_classes()
    arms = classes["weapon"] | classes["attack"]
    causes = [act.token] if act.pattern.kind == "noun" else [noun for _, noun in act.actors]
    for noun in causes if act.pattern.type == "ASSAULT" else ():
        verb = noun.head.head
        within = noun.dep_ == "pobj" and noun.head.lower_ in ("during", "in", "for")
        used = any(base_form(thing) in classes["weapon"] for thing in objects_of(verb))
        if within and used and verb.tag_[:1] == "V" and base_form(noun) in arms:
            return subjects(verb)
    return []


def _dispersed(verb: Token) -> list[Token]:
    """Return whom force is used to drive away: "fired tear gas to disperse protesters"."""
    aims = children(verb, "advcl", "xcomp", "acl")
    aims += [aim for noun in children(verb, "dobj") for aim in children(noun, "acl", "relcl")]
    driven = load_classes()["dispersing"]
    return [noun for aim in aims if base_form(aim) in driven for noun in objects_of(aim)]


def _saying(verb: Token) -> Token | None:
    """Return the verb of speech that an act is joined to: "said it was wrong and demanded his release"."""
    place = verb
    while place.dep_ == "conj" and place.head.tag_[:1] == "V":
        place = place.head
    said = place is not verb and place.dep_ == "ccomp" and verb.tag_ == place.head.tag_
    return place.head if said else None


def _open(act: Act) -> bool:
    """Tell whether a pattern takes any object."""
    return all(name.startswith("!") for name in act.pattern.object)


def _same(party: Party, other: Party, body: bool = False) -> bool:
    """Tell whether two parties are one: the same actors, or an actor and his own state's things.

    A ``body`` of a state is somebody else than another of it: "the Iraqi government's demand".
    """
    if party.actors and party.actors == other.actors:
        return True
    own_state = (
        not body and not party.direct and party.actors and party.actors[0].startswith("state/")
    )
    return bool(own_state) and bool(set(party.countries) & set(other.countries))


def _home(party: Party) -> set[str]:
    return set(party.countries)
