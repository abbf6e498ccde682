"""Pronouns and definite nouns: whom "she", "the senator" and "both countries" mean.

Mentions are resolved in the order of the text. The candidates of a pronoun are the mentions before
it that agree in gender and number (and, in its own sentence, those behind it); the one with most
in its favour is meant (``antecedents``). What no candidate fits stays unresolved.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

import msgspec
from spacy.tokens import Token

from onrecord.knowledge.actors import surname
from onrecord.knowledge.first_names import first_names
from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.parsing.annotated import ActorMention, Annotated, Gender
from onrecord.parsing.antecedents import (
    Candidate,
    Salience,
    Scene,
    Standing,
    features,
)
from onrecord.parsing.binding import governs, is_called, same_argument
from onrecord.parsing.cast import Cast, Player
from onrecord.parsing.definite_nouns import resolve_noun
from onrecord.parsing.groups import antecedent_of, joined_by, joint
from onrecord.parsing.nominals import OWNED
from onrecord.parsing.own_words import before, own_quotations, speech_of
from onrecord.parsing.pronouns import pronoun_mentions
from onrecord.parsing.spoken_documents import is_document, spoken_documents
from onrecord.parsing.syntax import lemma

_FARTHEST = {"m": 12, "f": 12, "they": 4, "it": 4}
_FRONTED = frozenset(("under-advcl", "under-prep", "under-acl", "under-else", "under-relcl"))
_APART = frozenset(("of", "mod", "attr", "other", "poss", "by", "with"))
_READS = 2.0
_NAMED = ("full", "short", "guess")


class Weight(msgspec.Struct, frozen=True):
    """How much one feature speaks for a candidate (negative: against), in log odds.

    ``person`` counts for he and she, ``other`` for they and it.
    """

    feature: str
    person: float = 0.0
    other: float = 0.0


@lru_cache(maxsize=1)
def pronoun_weights() -> tuple[dict[str, float], dict[str, float]]:
    """Return the weights of features for he and she, and for they and it."""
    rows = read_table(FOLDER / "parsing" / "pronoun_weights.tsv", Weight)
    person = {row.feature: row.person for row in rows if row.person}
    return person, {row.feature: row.other for row in rows if row.other}


def find_pronouns(annotated: Annotated, cast: Cast) -> None:
    """Resolve definite nouns and pronouns in the order of the text, adding the mentions."""
    Resolver(annotated, cast).run()


class Resolver:
    """Resolves the pronouns and definite nouns of one document from first to last."""

    def __init__(self, annotated: Annotated, cast: Cast) -> None:
        self.annotated = annotated
        self.cast = cast
        self.scene = Scene(annotated)
        self.salience = Salience()
        self.weights = pronoun_weights()
        self.resolved: list[ActorMention] = []
        self.candidates: list[Candidate] = []
        self.introductions: dict[str, list[Candidate]] = {}

    def run(self) -> None:
        """Resolve all mentions that are open, and put the pronouns among the mentions."""
        annotated = self.annotated
        pronouns = list(pronoun_mentions(annotated))
        known = [m for m in annotated.mentions if m.actors]
        pending = [m for m in annotated.mentions if not m.actors]
        documents = list(spoken_documents(annotated, self.cast, {m.head for m in known}))
        for mention in sorted([*known, *joint(annotated, known), *documents], key=_order):
            self._enter(mention)
        for mention in sorted([*pending, *pronouns], key=_order):
            self._count_until(mention.span.start)
            if mention.how == "pronoun":
                self._resolve_pronoun(mention)
            else:
                before = self.resolved[: bisect_right(self.resolved, _order(mention), key=_order)]
                mention.actors = (
                    self._owned(mention, before)
                    or resolve_noun(self.scene, mention, before, self.cast)
                    or self.cast.describe_new(mention.head)
                )
            if mention.actors:
                self._enter(mention)
                group = joined_by(annotated, mention, self.resolved)
                if group is not None:
                    self._enter(group)
        resolved = [m for m in [*known, *pending, *pronouns] if m.actors and self._certain(m)]
        annotated.mentions = sorted(resolved, key=_order)

    def _owned(self, mention: ActorMention, before: list[ActorMention]) -> tuple[str, ...]:
        """Return the body that is called after its owner: "his campaign"."""
        head = self.annotated.doc[mention.head]
        if lemma(head) not in OWNED or self.annotated.doc[mention.first].tag_ != "PRP$":
            return ()
        owner = next((m for m in reversed(before) if m.head == mention.first), None)
        if owner is None or len(owner.actors) != 1 or self._kind(owner.actors[0]) != "person":
            return ()
        person = self.cast.players[owner.actors[0]].actor
        last, noun = surname(person.name), lemma(head)
        named = f"{last} campaign" if noun in ("team", "camp") else f"{last} {noun}"
        met = next((p for p in self.cast.players.values() if p.actor.name == named), None)
        player = met or self.cast.local(f"{last} {noun}", "organisation", country=person.country)
        return (player.actor.id,)

    def _certain(self, mention: ActorMention) -> bool:
        return not all(self.cast.players[actor].tentative for actor in mention.actors)

    def _enter(self, mention: ActorMention) -> None:
        insort(self.resolved, mention, key=_order)
        place = self.scene.place_of(mention.head)
        if place.sentence >= 0:
            guessed = self.cast.players[mention.actors[0]].convertible
            manner = "guess" if guessed else self._manner(mention)
            candidate = Candidate(mention, place, mention.span.start, manner)
            insort(self.candidates, candidate, key=lambda c: c.start)
            if manner == "full":
                self.introductions.setdefault(mention.actors[0], []).append(candidate)

    def _manner(self, mention: ActorMention) -> str:
        if mention.how == "name":
            return "full" if mention.last - mention.first > 1 else "short"
        token = self.annotated.doc[mention.head]
        return "document" if mention.how == "nominal" and is_document(token) else mention.how

    def _count_until(self, offset: int) -> None:
        """Count the names that stand before ``offset``: what is named often is in focus."""
        named = self.salience.named
        for candidate in islice(self.candidates, self.salience.counted, None):
            if candidate.start >= offset:
                break
            self.salience.counted += 1
            if candidate.how in _NAMED and len(candidate.mention.actors) == 1:
                actor = candidate.mention.actors[0]
                named[actor] = named.get(actor, 0) + 1
                if self.salience.first is None and self._kind(actor) == "person":
                    self.salience.first = actor

    def _kind(self, actor: str) -> str:
        return self.cast.players[actor].actor.kind

    def _resolve_pronoun(self, mention: ActorMention) -> None:
        token = self.annotated.doc[mention.head]
        if token.tag_ in ("WP", "WDT", "WP$"):
            antecedent = antecedent_of(token, self.resolved)
            if antecedent is not None:
                mention.actors, mention.number = antecedent.actors, antecedent.number
            return
        ranked = self.rank(mention, token)
        if not ranked:
            return
        score, best = ranked[0]
        if score < -6.0:
            return
        self._settle(mention, best)

    def _settle(self, mention: ActorMention, best: Candidate) -> None:
        mention.actors = best.mention.actors
        if best.clashes:
            self._part(best.mention, mention.gender)
            mention.actors = best.mention.actors
        kind = _class_of(mention)
        actor = mention.actors[0]
        sentence = self.scene.sentence_of[mention.head]
        self.salience.meant[actor] = self.salience.meant.get(actor, 0) + 1
        self.salience.last[kind] = (actor, sentence)
        if best.how == "document":
            self.cast.players[actor].tentative = False
        if mention.gender in ("m", "f"):
            leaning = self.salience.leaning.setdefault(actor, {})
            leaning[mention.gender] = leaning.get(mention.gender, 0) + 1
            self._make_person(self.cast.players[actor])

    def _part(self, bare: ActorMention, gender: Gender) -> None:
        """Give bare surnames to another bearer, since the pronoun shows that they mean one.

        "Ann Britton and Jo Britton are her sisters. Britton was born ... She": a third Britton.
        """
        words = bare.span.of(self.annotated.text)
        old = bare.actors
        player = self.cast.another(words, gender, old[0])
        for candidate in self.candidates:
            mention = candidate.mention
            same = mention.actors == old and candidate.how == "short"
            if same and mention.span.of(self.annotated.text) == words:
                mention.actors, mention.gender = (player.actor.id,), gender

    def _make_person(self, player: Player) -> None:
        """Know that a name nobody knew is a person's, since "she" means it."""
        player.tentative = False
        if player.convertible:
            player.convertible = False
            player.actor = msgspec.structs.replace(player.actor, kind="person")

    def rank(self, mention: ActorMention, token: Token) -> list[tuple[float, Candidate]]:
        """Return the candidates of a pronoun with their scores, the best first."""
        weights = self.weights[mention.gender not in ("m", "f")]
        ranked = [
            (sum(weights.get(name, 0.0) * value for name, value in found) + bonus, candidate)
            for candidate, found, bonus in self.described(mention, token)
        ]
        return sorted(ranked, key=lambda pair: (-pair[0], -pair[1].start))

    def described(
        self, mention: ActorMention, token: Token
    ) -> Iterator[tuple[Candidate, list[tuple[str, float]], float]]:
        """Yield the candidates of a pronoun with their features, nearest first."""
        place = self.scene.place_of(token.i)
        if place.sentence < 0:
            return
        place = replace(place, kind=_class_of(mention))
        own = own_quotations(self.scene, place)
        outside = before(self.scene, place, own)
        agreeing = list(self._agreeing(mention, token, place, outside))
        nearest = [candidate for candidate, _, _ in agreeing]
        speech = speech_of(self.scene, outside, own, self.candidates, nearest)
        met: dict[str, None] = {}
        for candidate, gender, bonus in agreeing:
            actor = candidate.mention.actors[0]
            rank = len(met) - (actor in met)
            candidate.clashes = gender == "clash"
            here = outside if candidate.place.token < outside.token else place
            found = features(self.scene, here, candidate, rank, self.salience, gender, speech)
            yield candidate, found, bonus
            if candidate.place.token < place.token:
                met[actor] = None

    def _agreeing(
        self, mention: ActorMention, token: Token, place: Standing, outside: Standing
    ) -> Iterator[tuple[Candidate, str, float]]:
        """Yield those in reach that the pronoun may mean, with how their gender and number fit."""
        others = self._speakers(place) | self._named_beside(token, place)
        reads = lemma(token.head) == "read"
        for candidate in self._in_reach(mention, place, outside.sentence):
            document = candidate.how == "document"
            if document and not (place.spoken or reads):
                continue
            if place.kind in ("they", "it") and self._is_relative(candidate):
                continue
            agreement = self._agreement(mention, candidate)
            if agreement is None or others.intersection(candidate.mention.actors):
                continue
            if candidate.place.sentence == place.sentence and same_argument(
                token, self.annotated.doc[candidate.place.token]
            ):
                continue
            gender, bonus = agreement
            if gender:
                yield candidate, gender, bonus + _READS * (document and reads)

    def _is_relative(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is "who" or "which", which only repeats the noun before it."""
        return self.annotated.doc[candidate.place.token].tag_ in ("WP", "WDT")

    def _in_reach(
        self, mention: ActorMention, place: Standing, sentence: int
    ) -> Iterator[Candidate]:
        farthest = _FARTHEST[place.kind]
        index = bisect_right(self.candidates, mention.span.start - 1, key=lambda c: c.start)
        for number in range(index - 1, -1, -1):
            candidate = self.candidates[number]
            if sentence - candidate.place.sentence > farthest:
                break
            yield candidate
        if place.kind in ("m", "f"):
            for candidate in islice(self.candidates, index, None):
                if candidate.place.sentence != place.sentence:
                    break
                if candidate.how in _NAMED and self._fronted(place, candidate.place):
                    yield candidate

    def _fronted(self, pronoun: Standing, candidate: Standing) -> bool:
        """Tell whether a pronoun stands in a clause before the one whose subject it means."""
        if candidate.role not in ("subj", "pass"):
            return False
        relation = self.scene.relation(candidate, pronoun)
        return relation == "same" or relation in _FRONTED

    def _named_beside(self, token: Token, place: Standing) -> set[str]:
        """Return who is named where the pronoun's own clause keeps it from meaning them.

        A full name behind a bare surname ("Swayze ... She married Jesse Swayze") may be a relative's.
        """
        if token.tag_ == "PRP$":
            return set()
        sentence = self.annotated.sentences[place.sentence].span
        index = bisect_right(self.candidates, sentence.start - 1, key=lambda c: c.start)
        found: set[str] = set()
        for candidate in islice(self.candidates, index, None):
            if candidate.start >= sentence.end:
                break
            name = self.annotated.doc[candidate.place.token]
            if candidate.how not in _NAMED or is_called(name):
                continue
            if not (same_argument(token, name) or governs(token, name)):
                continue
            actor = candidate.mention.actors[0]
            introduced = self.introductions.get(actor, [candidate])[0].start < token.idx
            if candidate.how != "full" or introduced or actor in self.cast.table.actors:
                found.update(candidate.mention.actors)
        return found

    def _speakers(self, place: Standing) -> set[str]:
        """Return who speaks the quotation a pronoun stands in: "he" there is somebody else."""
        if place.quotation < 0 or place.kind not in ("m", "f"):
            return set()
        first, last = self.scene.quoted_sentences[place.quotation]
        index = bisect_right(
            self.candidates, self.annotated.sentences[first].span.start - 1, key=lambda c: c.start
        )
        found: set[str] = set()
        for candidate in islice(self.candidates, index, None):
            if candidate.place.sentence > last:
                break
            if candidate.place.spoken and candidate.place.quotation < 0:
                found.update(candidate.mention.actors)
        return found

    def _agreement(self, pronoun: ActorMention, candidate: Candidate) -> tuple[str, float] | None:
        """Return how a candidate's gender is known and what its number adds; none if it clashes."""
        mention = candidate.mention
        player = self.cast.players[mention.actors[0]]
        several = mention.number == "plural" or len(mention.actors) > 1
        kind = player.actor.kind
        is_thing = mention.gender == "n" and mention.how in ("pronoun", "nominal")
        if pronoun.gender in ("m", "f"):
            thing = kind not in ("person", "unnamed") and not player.convertible
            if several or thing or is_thing:
                return None
            return self._gender_fit(pronoun.gender, candidate), 0.0
        if pronoun.number == "plural":
            if several or kind == "group":
                return "several", 0.9 if len(mention.actors) > 1 else 0.3
            return ("body", -0.8) if kind in ("organisation", "company", "armed group") else None
        if (is_thing or candidate.how == "document") and not several:
            return "body", 0.0
        if several or kind in ("person", "unnamed", "group"):
            return None
        return "body", 0.0

    def _gender_fit(self, wanted: Gender, candidate: Candidate) -> str:
        """Return how well a candidate's gender fits: nothing where it cannot be meant."""
        mention = candidate.mention
        actor = mention.actors[0]
        player = self.cast.players[actor]
        if player.gender in ("m", "f"):
            if player.gender == wanted:
                return "known"
            return "clash" if self._may_be_another(candidate) else ""
        leaning = self.salience.leaning.get(actor)
        if leaning:
            return (
                "leaning" if leaning.get(wanted, 0) * 2 >= sum(leaning.values()) else "leaning away"
            )
        words = player.actor.name.split()
        guess = first_names().get(words[0]) if words and mention.how == "name" else None
        return "none" if guess is None else "weak" if guess == wanted else "against"

    def _may_be_another(self, candidate: Candidate) -> bool:
        """Tell whether a bare surname may be that of a relative of the one it was taken for."""
        actor = candidate.mention.actors[0]
        if candidate.how != "short" or actor in self.cast.table.actors:
            return False
        introduced = self.introductions.get(actor, ())
        return all(
            full.start > candidate.start or full.place.joined or full.place.role in _APART
            for full in introduced
        )


def _order(mention: ActorMention) -> tuple[int, int, int]:
    return mention.span.start, mention.span.end, -mention.last


def _class_of(mention: ActorMention) -> str:
    return mention.gender if mention.gender in ("m", "f") else (
        "they" if mention.number == "plural" else "it"
    )  # fmt: skip
