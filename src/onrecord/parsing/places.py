"""Places: every place the text names, countries and demonyms too, with its GeoNames point.

Of several cities of one name, the one that the text qualifies ("Paris, Texas"), else the one in a
country the article is about, else the most populous (after Leidner 2007).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from onrecord.knowledge.actors import ActorTable, Region, State, actor_table
from onrecord.knowledge.first_names import first_names
from onrecord.knowledge.places import GazetteerPlace, cities_named, places_named, state_named
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.name_words import NOT_NAMES
from onrecord.parsing.syntax import is_dictionary_word
from onrecord.record import Place, Span

_LOCATIVE = frozenset("in at near from to of outside around across into toward towards".split())
_INSIDE = frozenset(("in", "near", "outside", "around"))
_LABELS = ("GPE", "LOC")
_LONGEST = 4
_LARGE = 200_000
#: From here on, the logarithm of its population lets a place be meant by a word of English.
_SURE = 5.0


def find_places(annotated: Annotated) -> list[Place]:
    """Return the places named, in the order of the text, none within another."""
    table = actor_table()
    found: dict[Span, Place] = {}
    for mention in annotated.mentions:
        place = _known(mention, table)
        if place is not None and not _is_metonym(annotated, mention, table):
            found[mention.span] = place
    countries = Counter(place.country for place in found.values() if place.country)
    placed = {i for m in annotated.mentions if m.span in found for i in range(m.first, m.last)}
    others = {
        i for m in annotated.mentions if m.how == "name" and _known(m, table) is None
        for i in range(m.first, m.last)
    }  # fmt: skip
    for first, last in _candidates(annotated, others):
        if placed.intersection(range(first, last)) or others.intersection(range(first, last)):
            continue
        span = annotated.span_of(first, last)
        place = _city(annotated, span, countries, table) or _named_region(annotated, span, table)
        if place is not None:
            found[span] = place
            placed.update(range(first, last))
    return [found[span] for span in sorted(found)]


def _known(mention: ActorMention, table: ActorTable) -> Place | None:
    """Return the place of a state or region that is named, by its name or its demonym."""
    if mention.how != "name" or len(mention.actors) != 1:
        return None
    kind, _, identifier = mention.actors[0].partition("/")
    if kind == "state" and identifier in table.states:
        return _of_state(mention.span, table.states[identifier])
    if kind == "region":
        return _of_region(mention.span, table.regions[mention.actors[0]])
    return None


def _is_metonym(annotated: Annotated, mention: ActorMention, table: ActorTable) -> bool:
    """Tell whether a state is named by its capital, whose point is then meant."""
    uses = {c.use for c in table.candidates(mention.span.of(annotated.text))
            if c.actor == mention.actors[0]}  # fmt: skip
    return uses == {"metonym"}


def _of_state(span: Span, state: State) -> Place:
    return Place(
        span, state.name, state.id, None, state.latitude, state.longitude, state.geonames_id
    )


def _of_region(span: Span, region: Region) -> Place:
    return Place(
        span, region.name, region.country, None, region.latitude, region.longitude,
        region.geonames_id,
    )  # fmt: skip


def _candidates(annotated: Annotated, others: set[int]) -> list[tuple[int, int]]:
    """Return token ranges that may name a place.

    They are what the recogniser takes for one, "in X", and the names of large cities.
    """
    doc = annotated.doc
    found = [
        (ent.start + (doc[ent.start].lower_ == "the" and len(ent) > 1), ent.end)
        for ent in doc.ents
        if ent.label_ in _LABELS or (ent.label_ == "FAC" and _is_feature(ent))
    ]
    for token in doc:
        if token.lower_ in _LOCATIVE and token.tag_ in ("IN", "TO"):
            first = last = token.i + 1
            while last < len(doc) and last - first < _LONGEST and _proper(doc[last]):
                last += 1
            if last > first and (not doc[first].ent_type_ or _located(token, doc[first:last])):
                found.append((first, last))
        elif _proper(token) and token.i not in others and _large_city(token):
            found.append((token.i, token.i + 1))
    return sorted(set(found), key=lambda pair: (pair[0], -pair[1]))


def _is_feature(name: TokenSpan) -> bool:
    """Tell whether what the recogniser takes for a building is a site or water: "Suez Canal"."""
    words = name[1:] if name[0].lower_ == "the" else name
    return any(place.kind == "feature" for place in places_named(words.text))


def _located(preposition: Token, name: TokenSpan) -> bool:
    """Tell whether "in X" names a place though the recogniser takes X for something else."""
    if preposition.lower_ not in _INSIDE or (name.text in first_names() or name.text in NOT_NAMES):
        return False
    options = places_named(name.text)
    if not options or name[0].ent_type_ in _LABELS:
        return bool(options)
    return options[0].weight > _SURE or not is_dictionary_word(name.text.lower())


def _large_city(token: Token) -> bool:
    """Tell whether a lone word is the name of a large city, whatever the recogniser takes it for."""
    text = token.text
    if not text.istitle() or len(text) < 4 or text in first_names() or text in NOT_NAMES:
        return False
    beside = [token.nbor(-1)] if token.i else []
    beside += [token.nbor()] if token.i + 1 < len(token.doc) else []
    if any(_proper(other) for other in beside):
        return False
    if token.is_sent_start and is_dictionary_word(text.lower()):
        return False
    cities = cities_named(text)
    return bool(cities) and cities[0].population >= _LARGE


def _proper(token: Token) -> bool:
    return token.tag_ == "NNP" and token.text[:1].isupper()


def _city(
    annotated: Annotated, span: Span, countries: Counter[str], table: ActorTable
) -> Place | None:
    name = span.of(annotated.text)
    options = places_named(name)
    if not options:
        state = state_named(name)
        return _of_state(span, table.states[state]) if state in table.states else None
    division, country = _qualifier(annotated, span, table)

    def weight(place: GazetteerPlace) -> tuple[float, int]:
        score = place.weight
        if country is not None and place.country == country:
            score += 6 + (6 if division and place.admin1 == division else 0)
        if place.country in countries:
            score += 1 + math.log1p(countries[place.country])
        return score, -(place.geonames_id or 0)

    best = max(options, key=weight)
    return Place(
        span, best.name, best.country, best.admin1, best.latitude, best.longitude, best.geonames_id
    )


def _qualifier(
    annotated: Annotated, span: Span, table: ActorTable
) -> tuple[str | None, str | None]:
    """Return division and country that stand behind a name: "Paris, Texas", "Aleppo, Syria"."""
    behind = annotated.text[span.end : span.end + 3]
    if not behind.startswith(", "):
        return None, None
    start = bisect_left(annotated.mentions, span.end + 2, key=lambda m: m.span.start)
    for mention in annotated.mentions[start : start + 3]:
        if mention.span.start == span.end + 2 and len(mention.actors) == 1:
            kind, _, identifier = mention.actors[0].partition("/")
            if kind == "state":
                return None, identifier
            if kind == "region":
                region = table.regions[mention.actors[0]]
                division = identifier.partition("-")[2] or None
                return division, region.country
    return None, None


def _named_region(annotated: Annotated, span: Span, table: ActorTable) -> Place | None:
    for candidate in table.candidates(span.of(annotated.text)):
        if candidate.actor.startswith("region/"):
            return _of_region(span, table.regions[candidate.actor])
    return None
