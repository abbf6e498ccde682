"""Whether what a pattern found is politics at all: not sport, a film star's work, a trip at home."""

from __future__ import annotations

from onrecord.coding.event_actors import Party
from onrecord.coding.event_arguments import base_form, children
from onrecord.coding.event_patterns import Act
from onrecord.coding.event_senses import (
    in_words_only,
    is_ballot,
    is_business,
    is_idiom,
    is_private,
    lacks_office,
)
from onrecord.knowledge.plover import load_classes, load_types
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import Actor

# An article with this share of states, office holders and public bodies among its names is of public
# affairs: a person whom no table knows may then be taken for a public one.
PUBLIC_SHARE = 0.45
# Below this share an article is of private life, culture or sport: only who holds office acts there.
PRIVATE_SHARE = 0.3
_FEWEST_NAMES = 6
# Words of games, and their share of an article's words, that make it the sports page.
_FEWEST_GAMES = 8
_SPORT_SHARE = 0.015
_PRIVATE = frozenset({None, "CVL", "UNK", "EDU", "MED", "JRN", "SOC", "REF", "CRM"})
# Modes whose act is done to persons: "released her album" is no release.
_PERSONAL = frozenset(
    "release arrest deport abduct targeted torture beat convict expel sexual".split()
)
_FORCED = frozenset({"COERCE", "ASSAULT", "MOBILIZE", "RETREAT"})
_ARRESTING = frozenset({"COP", "MIL", "JUD", "SPY"})
_SEIZED = frozenset({"release", "arrest", "abduct", "deport"})
_STRUGGLES = frozenset({"war", "battle", "crusade"})
_FIRMS = frozenset({"organisation", "company", "media"})


class Politics:
    """Judges acts of one document by who takes part and what the sentence is about."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        named = self._named()
        share = sum(map(_holds_office, named)) / len(named) if named else 1.0
        self.sport = self._of_sport()
        self.public_affairs = share >= PUBLIC_SHARE
        self.private_life = share < PRIVATE_SHARE and len(named) >= _FEWEST_NAMES

    def _of_sport(self) -> bool:
        """Tell whether an article is about sport, by the words of games in it."""
        games = load_classes()["sport"]
        words = [
            word.strip(",.;:'\"").removesuffix("s") for word in self.annotated.text.lower().split()
        ]
        played = sum(word in games for word in words)
        return played >= _FEWEST_GAMES and played > _SPORT_SHARE * len(words)

    def _known(self, parties: list[Party]) -> list[Actor]:
        actors = self.annotated.actors
        return [actors[name] for party in parties for name in party.actors if name in actors]

    def _named(self) -> list[Actor]:
        actors = self.annotated.actors
        return [
            actors[name]
            for mention in self.annotated.mentions
            if mention.how == "name"
            for name in mention.actors
            if name in actors
        ]

    def admits(
        self, act: Act, sentence: Sentence, actors: list[Party], recipients: list[Party]
    ) -> bool:
        """Tell whether an act with these parties is a political one."""
        private = self.private_life and act.pattern.type != "PROTEST"
        if private and not any(map(_acts_for_the_public, self._known(actors))):
            return False
        doers, targets = self._known(actors), self._known(recipients)
        if in_words_only(self.annotated, act, sentence, doers, targets):
            return False
        if is_business(act, doers, targets) or is_private(act, doers, targets):
            return False
        if is_ballot(act, doers) or lacks_office(act, doers) or is_idiom(act, doers):
            return False
        return (
            self._public_parties(act.pattern.type, actors, recipients)
            and not self._impersonal(act, doers, recipients)
            and not self._sport(act, sentence)
            and not self._at_home(act, actors, recipients)
            and not _polled(act)
            and not _enacted(act)
            and not _figurative(act, recipients)
        )

    def _public_parties(self, kind: str, actors: list[Party], recipients: list[Party]) -> bool:
        """Tell whether those here act in politics; where people meet or work, both sides must."""
        sides = [side for side in (actors, recipients) if side]
        asking = [actor.kind for actor in self._known(actors)]
        if kind == "REQUEST" and asking and set(asking) <= {"media"}:
            return False
        if kind == "PROTEST" or not sides:
            return True
        forced = kind in _FORCED
        found = [any(self._public(party, not actors, forced) for party in side) for side in sides]
        return all(found) if kind in ("CONSULT", "COOPERATE") else any(found)

    def _public(self, party: Party, alone: bool = False, forced: bool = False) -> bool:
        known = self._known([party])
        if forced and self.public_affairs and any(a.kind in ("unnamed", "group") for a in known):
            return True  # "dozens of protesters were detained"
        if not known:
            return bool(party.countries) or self.public_affairs
        for actor in known:
            named = actor.kind not in ("person", "unnamed") or _by_table(actor)
            business = actor.sector == "BUS" and named
            if actor.kind in ("company", "media") or (business and not alone):
                continue
            if actor.kind in ("state", "armed group") or actor.country:
                return True
            if actor.sector not in _PRIVATE:
                return True
            if actor.kind in ("person", "organisation") and self.public_affairs:
                return True
        return False

    def _impersonal(self, act: Act, doers: list[Actor], recipients: list[Party]) -> bool:
        """Tell whether an act on persons is done to a firm or a thing: "Apple released an iPod"."""
        mode = act.pattern.mode
        if mode not in _PERSONAL:
            return False
        if mode == "arrest" and any(actor.sector in _ARRESTING for actor in doers):
            return False
        known = self._known(recipients)
        kinds = {actor.kind for actor in known}
        if kinds and kinds <= _FIRMS and all(actor.sector in _PRIVATE | {"BUS"} for actor in known):
            return mode in _SEIZED
        verb = act.pattern.kind == "verb"
        craft = load_classes()["craft"]
        if mode == "release" and any(base_form(noun) in craft for _, noun in act.recipients):
            return not recipients
        return (verb or bool(recipients)) and not any(party.direct for party in recipients)

    def _at_home(self, act: Act, actors: list[Party], recipients: list[Party]) -> bool:
        """Tell whether a visit or rally is a politician's own: a trip at home, a campaign speech."""
        pattern = act.pattern
        if pattern.type == "AID" and pattern.words in load_classes()["vague"]:
            givers = {country for party in actors for country in party.countries}
            takers = {country for party in recipients for country in party.countries}
            return not givers or not takers or bool(givers & takers)
        met = pattern.type == "CONSULT" and pattern.kind == "verb" and bool(recipients)
        if met and not any(party.direct for party in recipients):
            return True
        if pattern.mode == "visit":
            here = {country for party in actors for country in party.countries}
            there = {country for party in recipients for country in party.countries}
            return not there or bool(here & there)
        kinds = {actor.kind for actor in self._known(actors)}
        if pattern.type == "PROTEST" and pattern.mode != "boycott" and kinds == {"state"}:
            return True
        armed = {"REB", "CRM", "UAF"} | ({"MIL"} if pattern.mode == "riot" else set())
        by_arms = pattern.mode in ("strike", "riot") and pattern.type == "PROTEST"
        if by_arms and any(actor.sector in armed for actor in self._known(actors)):
            return True
        if pattern.words == "threaten" and actors and not any(p.direct for p in actors):
            return True  # "the settlements threaten the peace"
        alone = pattern.type == "PROTEST" and kinds == {"person"} and not recipients
        words = {base_form(word) for word in act.words}
        return alone and (
            "rally" in words or "walk" in words or (pattern.kind == "verb" and words == {"protest"})
        )

    def _sport(self, act: Act, sentence: Sentence) -> bool:
        """Tell whether the sentence is about sport, where the words of war mean games."""
        tokens = self.annotated.doc[sentence.first : sentence.last]
        if act.pattern.type == "MOBILIZE" and any(
            base_form(token) in load_classes()["space"] for token in tokens
        ):
            return True
        if load_types()[act.pattern.type].quad != 4:
            return self.sport and not self.public_affairs
        words = load_classes()["sport"]
        return sum(base_form(token) in words for token in tokens if token.tag_[:1] == "N") >= 2


def _holds_office(actor: Actor) -> bool:
    if actor.kind in ("state", "armed group"):
        return True
    return actor.kind in ("person", "organisation", "group") and actor.sector not in _PRIVATE


def _acts_for_the_public(actor: Actor) -> bool:
    """Tell whether an actor is a state, an office holder, or people known by their public part."""
    return _holds_office(actor) and not actor.id.startswith("region/")


def _by_table(actor: Actor) -> bool:
    """Tell whether a person is one of the tables, not only "the chairman"."""
    return actor.id.startswith("person/")


def _figurative(act: Act, recipients: list[Party]) -> bool:
    """Tell whether a war is none: "declared war on inflation"."""
    war = any(base_form(noun) in _STRUGGLES for noun in children(act.token, "dobj"))
    return war and not recipients and act.pattern.kind == "verb"


def _polled(act: Act) -> bool:
    """Tell whether the act is only an opinion asked for: "43% of voters support"."""
    polled = load_classes()["polled"]
    ballot = load_classes()["bill"] | load_classes()["agreement"]
    if act.pattern.type == "REJECT" and any(
        base_form(token) in ballot for _, token in act.recipients
    ):
        return False  # "voters rejected the deal"
    return act.pattern.type in ("SUPPORT", "ACCUSE", "REQUEST", "REJECT") and any(
        base_form(token) in polled for _, token in act.actors
    )


def _enacted(act: Act) -> bool:
    """Tell whether only a text of law does the act: "the bill bans foreign money"."""
    statutes = load_classes()["statute"]
    return any(
        name == "subject" and (token.lower_ in statutes or base_form(token) in statutes)
        for name, token in act.actors
    )
