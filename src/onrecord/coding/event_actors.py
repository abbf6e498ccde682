"""From syntax to actors: which mention of an actor a noun phrase holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import base_form, children, expand, held_by
from onrecord.knowledge.actors import actor_table
from onrecord.knowledge.plover import load_classes
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# What stands between a noun and the actor it belongs to: "strikes on Mexican territory".
_NO_ACTORS = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "LAW", "EVENT", "WORK_OF_ART", "PRODUCT", "LANGUAGE"}
)
_POSSESSING = frozenset({"poss", "compound", "nmod", "amod", "appos", "relcl"})
_PEOPLE = ("er", "or", "ist", "man", "ee", "ant", "ent", "ian")
LINKS = ("of", "in", "from", "on", "inside", "against", "by", "to", "with", "for", "like")


@dataclass(frozen=True)
class Party:
    """An actor or recipient of an act: the words, the actor ids, the country behind them.

    ``direct`` is false where the words only belong to the actor ("Russian gas").
    """

    span: Span
    actors: tuple[str, ...]
    countries: tuple[str, ...]
    direct: bool
    token: int


class ActorFinder:
    """Finds the mention behind a token of one annotated document."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.heads: dict[int, ActorMention] = {}
        self.covering: dict[int, ActorMention] = {}
        for mention in annotated.mentions:
            width = mention.last - mention.first
            known = self.heads.get(mention.head)
            if known is None or width > known.last - known.first:
                self.heads[mention.head] = mention
            for index in range(mention.first, mention.last):
                around = self.covering.get(index)
                if around is None or width < around.last - around.first:
                    self.covering[index] = mention

    def party(self, mention: ActorMention, direct: bool) -> Party:
        """Return a mention as a party, with the countries behind its actors."""
        known = self.annotated.actors
        countries = [known[name].country for name in mention.actors if name in known]
        countries = countries if any(countries) else [mention.country]
        listed = tuple(dict.fromkeys(country for country in countries if country))
        return Party(mention.span, mention.actors, listed, direct, mention.head)

    def of_actor(self, name: str, span: Span | None) -> Party:
        """Return an actor named elsewhere as a party: the speaker of a quotation."""
        actor = self.annotated.actors.get(name)
        country = actor.country if actor is not None else None
        return Party(span or Span(0, 0), (name,), (country,) if country else (), True, -1)

    def doers(self, token: Token) -> list[Party]:
        """Return the actors that a noun phrase stands for when it acts.

        A thing acts for whom it belongs to ("Russian missiles", "the army of Chad"), not for the
        place it is in or against: no country acts in "the decline in the US hit the suppliers".
        """
        found = self.find(token)
        if base_form(token) in load_classes()["weapon"] | load_classes()["attack"]:
            owned = any(
                child.dep_ in _POSSESSING or child.dep_ == "acl" for child in token.children
            )
            found = [
                party
                for party in found
                if (owned or party.countries or not party.direct)
                and not self._at_site(token, party)
            ]
        if all(party.direct for party in found) or token.i in self.heads:
            return found
        owners = [noun for noun in token.children if noun.dep_ in _POSSESSING]
        for name in ("of", "by", "from"):
            owners += [
                noun
                for child in children(token, "prep")
                if child.lower_ == name
                for noun in children(child, "pobj")
            ]
        inside = {word.i for owner in owners for word in owner.subtree}
        return [party for party in found if party.direct or party.token in inside]

    def _at_site(self, token: Token, party: Party) -> bool:
        """Tell whether a party only names the town of an attack."""
        sites = [child.i for child in children(token, "compound") if is_site(child)]
        return party.token in sites

    def find(self, token: Token, depth: int = 0) -> list[Party]:
        """Return the actors a noun phrase names, or those it belongs to; none if it has none."""
        if base_form(token) in load_classes()["counting"] and token.i not in self.heads:
            for child in children(token, "prep"):
                if child.lower_ == "of" and (held := children(child, "pobj")):
                    return self.find(held[0], depth)
        if named := self._named(token, depth):
            return named
        if token.lower_ == "it" and (meant := self._reporter(token, depth)):
            return meant
        if related := self._related(token) or self._homeland(token):
            return related
        mention = self.heads.get(token.i)
        if mention is None:
            around = self.covering.get(token.i)
            if around is not None and token.ent_type_ and around.last - around.first <= 8:
                mention = around
        if mention is not None and mention.how == "nominal" and not acts(token):
            owned = self._owners(token, depth)
            if owned and depth == 0 and _person_noun(token):
                return [self._unnamed(token, owned)]
            if owned or not mention.country:
                return owned
            return [self.party(mention, depth == 0 and _person_noun(token))]
        if mention is not None and (mention.actors or mention.country or acts(token)):
            found = self.party(mention, depth == 0)
            return [self._of_members(found, token)] if mention.how == "nominal" else [found]
        owned = self._owners(token, depth)
        if not owned and depth == 1 and acts(token) and token.dep_ in ("poss", "compound"):
            return [replace(self._unnamed(token, owned), direct=False)]
        if owned and depth == 0 and _person_noun(token):
            return [self._unnamed(token, owned)]
        if owned and (depth or not acts(token)):
            return owned
        nameable = token.ent_type_ not in _NO_ACTORS and token.lower_ not in ("it", "itself")
        if depth == 0 and nameable and (acts(token) or token.tag_ in ("PRP", "NNP", "NNPS")):
            return [self._unnamed(token, owned)]
        return owned

    def _of_members(self, found: Party, token: Token) -> Party:
        """Return a group as those it comes from: "officials from Mexico and Canada"."""
        members = [
            party
            for child in children(token, "prep")
            if child.lower_ in ("of", "from")
            for noun in children(child, "pobj")
            for member in expand(noun)
            for party in self.find(member, 1)
        ]
        if not members:
            members = [
                self.party(self.heads[child.i], False)
                for child in children(token, "amod", "compound")
                if child.i in self.heads
            ]
        members = [party for party in members if _geographic(party)]
        regions = [name for party in members for name in party.actors if name.startswith("region/")]
        if not found.countries and regions:
            return replace(found, actors=(*found.actors, *dict.fromkeys(regions)))
        countries = tuple(dict.fromkeys(name for party in members for name in party.countries))
        if not countries or (found.countries and len(countries) == 1):
            return found
        actors = tuple(dict.fromkeys(name for party in members for name in party.actors))
        return replace(found, actors=actors, countries=countries)

    def _named(self, token: Token, depth: int) -> list[Party]:
        """Return the name that stands beside a title: "Iceland's President Gudni Johannesson"."""
        if token.tag_ not in ("NNP", "NN", "NNPS") or token.i in self.heads or depth > 2:
            return []
        for child in token.children:
            if child.dep_ == "appos" and child.i > token.i and child.tag_ == "NNP":
                mention = self.heads.get(child.i) or self.covering.get(child.i)
                if mention is not None and mention.how == "name" and mention.actors:
                    return [self.party(mention, depth == 0)]
        return []

    def _beside(self, token: Token) -> list[Party]:
        """Return the person named beside a noun: "his Ugandan counterpart, Yoweri Museveni"."""
        for child in children(token, "appos"):
            mention = self.heads.get(child.i)
            if child.i > token.i and mention is not None and mention.how == "name":
                return [self.party(mention, True)]
        return []

    def _related(self, token: Token) -> list[Party]:
        """Return whom "Kyiv's allies, including France" and "Russian and Syrian ministries" mean.

        An ally, a rival, a counterpart is somebody else than whose ally he is.
        """
        if token.tag_ not in ("NN", "NNS"):
            return []
        relational = base_form(token) in load_classes()["relational"]
        if relational or token.tag_ == "NNS":
            places = [
                token,
                *(noun for child in children(token, "prep") for noun in child.children),
            ]
            named = [noun for place in places for child in children(place, "prep")
                     if child.lower_ == "including" for head in children(child, "pobj")
                     for noun in expand(head) if noun.tag_[:3] == "NNP"]  # fmt: skip
            if named and (relational or acts(token) or _person_noun(token)):
                return [party for noun in named for party in self.find(noun)]
        labels = ("amod", "compound") if relational else ("amod",)
        origins = [child for child in children(token, *labels) if child.i in self.heads]
        joined = [child for child in origins if children(child, "conj")]
        if not relational and not joined:
            return []
        if relational and token.tag_ == "NN" and (beside := self._beside(token)):
            return beside
        if not joined and not (origins or children(token, "poss")):
            return []
        members = [noun for child in joined or origins for noun in expand(child)]
        parties = [
            self.party(self.heads[noun.i], False) for noun in members if noun.i in self.heads
        ]
        parties = [party for party in parties if _geographic(party)]
        if joined and len(parties) < 2:
            return []
        left = token.left_edge.i
        span = self.annotated.span_of(left, token.i + 1)
        actors = tuple(dict.fromkeys(name for party in parties for name in party.actors))
        countries = tuple(dict.fromkeys(name for party in parties for name in party.countries))
        return [Party(span, actors, countries, True, token.i)]

    def _homeland(self, token: Token) -> list[Party]:
        """Return the state that a leader calls "his country"; the leader if it is not named."""
        if token.lower_ not in ("country", "nation", "homeland"):
            return []
        for owner in children(token, "poss"):
            mention = self.heads.get(owner.i)
            known = self.annotated.actors
            for name in mention.actors if mention is not None else ():
                country = known[name].country if name in known else None
                if country is not None:
                    span = self.annotated.span_of(owner.i, token.i + 1)
                    state = f"state/{country}" if f"state/{country}" in known else name
                    return [Party(span, (state,), (country,), True, token.i)]
        return []

    def _reporter(self, token: Token, depth: int) -> list[Party]:
        """Return whom "it" means in "the Taliban said it will not talk"."""
        verb = token.head
        if depth or token.i in self.heads or token.dep_ not in ("nsubj", "nsubjpass"):
            return []
        if verb.dep_ != "ccomp" or verb.head.tag_[:1] != "V":
            return []
        subjects = children(verb.head, "nsubj")
        return self.find(subjects[0]) if subjects and subjects[0].tag_ != "PRP" else []

    def _owners(self, token: Token, depth: int) -> list[Party]:
        if depth > 2:
            return []
        if base_form(token) in load_classes()["warname"]:  # "condemned the Ukraine war"
            owners = [*children(token, "poss"), *held_by(token, "by")]
            return next(filter(None, (self.find(owner, depth + 1) for owner in owners)), [])
        for label in ("poss", "compound", "nmod", "amod", "appos"):
            for child in token.children:
                if child.dep_ == label and (found := self.find(child, depth + 1)):
                    return found
        if base_form(token) in load_classes()["weapon"]:  # "drones operated by the army"
            for clause in children(token, "acl"):
                for noun in held_by(clause, "by"):
                    if found := self.find(noun, depth + 1):
                        return found
        for clause in children(token, "relcl"):
            for subject in children(clause, "nsubj"):
                if found := self.find(subject, depth + 1):
                    return found
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in LINKS:
                for noun in child.children:
                    if noun.dep_ == "pobj" and (found := self.find(noun, depth + 1)):
                        return found
        return []

    def _unnamed(self, token: Token, owned: list[Party]) -> Party:
        left, right = token.left_edge.i, token.i + 1
        while left < token.i and self.annotated.doc[left].tag_ in ("DT", ":", ",", "``", "IN"):
            left += 1
        span = self.annotated.span_of(left, right)
        if owned and _person_noun(token):
            known = self.annotated.actors
            names = [name for name in owned[0].actors if name in known]
            if names and known[names[0]].kind == "person":  # his followers are not he
                own = self.heads.get(token.i)
                actors = own.actors if own is not None else ()
                return Party(span, actors, owned[0].countries, True, token.i)
        if owned and owned[0].actors:
            return Party(span, owned[0].actors, owned[0].countries, True, token.i)
        return Party(span, (), owned[0].countries if owned else (), True, token.i)


def _person_noun(token: Token) -> bool:
    """Tell whether a plural ends as words for people do: "seekers", "militants", "detainees"."""
    return token.tag_ == "NNS" and base_form(token).endswith(_PEOPLE)


def _geographic(party: Party) -> bool:
    return bool(party.countries) or any(name.startswith("region/") for name in party.actors)


def acts(token: Token) -> bool:
    """Tell whether a common noun means people or a body that can act: "police", "both countries"."""
    if token.tag_ not in ("NN", "NNS", "JJ"):
        return False
    table = actor_table()
    agent = table.agents.get(base_form(token)) or table.plurals.get(token.lower_)
    if agent is not None:
        return agent.kind != "document"
    return base_form(token) in load_classes()["agent"]


def is_site(token: Token) -> bool:
    """Tell whether a noun names a town, which is where an attack was: "the Paris attacks"."""
    names = actor_table().candidates(token.text)
    return token.tag_ == "NNP" and any(name.use == "metonym" for name in names)
