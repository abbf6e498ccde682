"""Places: every place the text names, countries and demonyms too, with its GeoNames point.

States and parts of states come from the actor tables, everything else from the gazetteer. Of several
places of one name, :mod:`onrecord.parsing.place_choice` picks the one that fits the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from spacy.tokens import Token

from onrecord.knowledge.actors import ActorTable, Region, State, actor_table
from onrecord.knowledge.parsing import word_list
from onrecord.knowledge.places import Location, country_of_domain, places_named
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.place_choice import Named, Surroundings, choose
from onrecord.parsing.place_names import PlaceName, place_names
from onrecord.record import Actor, Document, Place, Span

#: "African-American" names no place.
_HYPHENATED = re.compile(r"[-\s]Americans?\b")
#: "Tampa, FL": the post's code of a state or province.
_POSTAL = re.compile(r",?\s([A-Z]{2})\b(?![\w'’])")
_BEHIND = re.compile(
    r",?\s(?:a\s(?:town|city|village|suburb)\s)?in\s(?:the\s)?(?:\w+(?:ern|al)\s|\w+(?:ern|al)\s|neighbou?ring\s|rural\s)?(?:(?:US|U\.S\.|Indian|Mexican|Nigerian|Australian|Brazilian)\s)?(?:state\sof\s|province\sof\s)?"
    r"|,\s|\s\((?=[A-Z])"
)
#: A name of a state or region has at most this many words.
_LONGEST = 4
PLACE_NOUNS = word_list("noun in a place's name")
_UNPLACED = frozenset(("media", "company"))


def find_places(annotated: Annotated) -> list[Place]:
    """Return the places named, in the order of the text, none within another."""
    table = actor_table()
    found: dict[Span, Place] = {}
    placed: set[int] = set()
    around = Surroundings(Counter(), Counter(), _home(annotated.document, table), _capitals())
    for first, last, place in _tabled(annotated, table):
        if placed.isdisjoint(range(first, last)) and not _HYPHENATED.match(
            annotated.text, place.span.end
        ):
            found[place.span] = place
            placed.update(range(first, last))
            _heed(place, around)
    names = list(place_names(annotated, placed, _persons(annotated)))
    chosen = choose([_named(annotated, one, table) for one in names], around) if names else []
    for one, location in zip(names, chosen, strict=True):
        span = annotated.span_of(one.first, one.last)
        found[span] = _of_location(span, location)
    return [found[span] for span in sorted(found)]


def _tabled(annotated: Annotated, table: ActorTable) -> Iterator[tuple[int, int, Place]]:
    """Yield the states and regions named: as actors, then within the names of other actors."""
    for mention in annotated.mentions:
        place = _known(mention, table)
        if place is None or _is_metonym(annotated, mention, table):
            continue
        yield _longer(annotated, mention, table) or (mention.first, mention.last, place)
    for mention in annotated.mentions:
        if mention.how in ("name", "nominal") and _may_hold(annotated, mention):
            yield from _within(annotated, mention, table)


def _longer(
    annotated: Annotated, mention: ActorMention, table: ActorTable
) -> tuple[int, int, Place] | None:
    """Return the longer name that a state's name is part of: "Gulf of Mexico", "Ohio River"."""
    doc = annotated.doc
    begin = mention.first + (doc[mention.first].lower_ == "the")
    first, last = begin, mention.last
    while first > 0 and begin - first < 2 and _joins(doc[first - 1]):
        first -= 1
    while last < len(doc) and last - mention.last < 2 and doc[last].text in PLACE_NOUNS:
        last += 1
    if (
        last == mention.last
        and doc[last - 1].text in PLACE_NOUNS
        and doc[last : last + 1].text == "of"
    ):
        last = min(last + 2, len(doc))
    for start in range(first, begin + 1):
        for end in range(last, mention.last - 1, -1):
            if (start, end) == (begin, mention.last) or not doc[start].text[:1].isupper():
                continue
            span = annotated.span_of(start, end)
            place = _by_name(span, span.of(annotated.text), table)
            options = places_named(span.of(annotated.text)) if place is None else ()
            if place is None and options and end - start > 1:
                feature = (one for one in options if one.kind == "feature")
                place = _of_location(span, next(feature, options[0]))
            if place is not None:
                return start, end, place
    return None


def _joins(token: Token) -> bool:
    return token.lower_ == "of" or (token.text[:1].isupper() and token.text in PLACE_NOUNS)


def _may_hold(annotated: Annotated, mention: ActorMention) -> bool:
    """Tell whether a place in the actor's words is a place: "Egyptian army", not "Washington Post"."""
    kinds = {annotated.actors[one].kind for one in mention.actors if one in annotated.actors}
    return mention.how == "nominal" or not kinds & {"media", "company", "person"}


def _within(
    annotated: Annotated, mention: ActorMention, table: ActorTable
) -> Iterator[tuple[int, int, Place]]:
    first = mention.first
    while first < mention.last:
        step = 1
        if annotated.doc[first].text[:1].isupper():
            for last in range(min(first + _LONGEST, mention.last), first, -1):
                span = annotated.span_of(first, last)
                place = _by_name(span, span.of(annotated.text), table)
                if place is not None:
                    yield first, last, place
                    step = last - first
                    break
        first += step


def _by_name(span: Span, name: str, table: ActorTable) -> Place | None:
    """Return the state or region that a name means for itself, none if it may mean two."""
    meant = {one.actor for one in table.candidates(name) if one.use not in ("capital", "metonym")}
    if len(meant) != 1:
        return None
    return _of_actor(span, next(iter(meant)), table)


def _known(mention: ActorMention, table: ActorTable) -> Place | None:
    """Return the place of a state or region that is named, by its name or its demonym."""
    if mention.how != "name" or len(mention.actors) != 1:
        return None
    return _of_actor(mention.span, mention.actors[0], table)


def _of_actor(span: Span, actor: str, table: ActorTable) -> Place | None:
    kind, _, identifier = actor.partition("/")
    if kind == "state" and identifier in table.states:
        return _of_state(span, table.states[identifier])
    if kind == "region":
        return _of_region(span, table.regions[actor])
    return None


def _is_metonym(annotated: Annotated, mention: ActorMention, table: ActorTable) -> bool:
    """Tell whether a state is named by its capital, whose point is then meant."""
    name = mention.span.of(annotated.text)
    known = table.candidates(name) or table.candidates(name.title())  # "WARSAW"
    return {c.use for c in known if c.actor == mention.actors[0]} == {"metonym"}


def _of_state(span: Span, state: State) -> Place:
    return Place(
        span, state.name, state.id, None, state.latitude, state.longitude, state.geonames_id
    )


def _of_region(span: Span, region: Region) -> Place:
    return Place(
        span, region.name, region.country, _division(region), region.latitude, region.longitude,
        region.geonames_id,
    )  # fmt: skip


def _of_location(span: Span, one: Location) -> Place:
    return Place(
        span, one.name, one.country, one.admin1, one.latitude, one.longitude, one.geonames_id
    )


def _division(region: Region) -> str | None:
    """Return GeoNames' code of a first-order division, none for other regions."""
    for one in places_named(region.name):
        if one.kind == "division" and one.country == region.country:
            return one.admin1
    return None


def _heed(place: Place, around: Surroundings) -> None:
    if place.country is None:
        return
    around.countries[place.country] += 1
    if place.admin1 is not None:
        around.divisions[place.country, place.admin1] += 1


def _persons(annotated: Annotated) -> set[int]:
    """Return the tokens of people who are named in full somewhere, and of media and companies."""
    tokens: set[int] = set()
    single = [m for m in annotated.mentions if m.how == "name" and len(m.actors) == 1]
    in_full = {m.actors[0] for m in single if m.last - m.first > 1}
    for mention in single:
        actor = annotated.actors.get(mention.actors[0])
        if actor is None or actor.kind in ("state", "region"):
            continue
        if actor.kind in _UNPLACED or (
            actor.kind == "person" and actor.id in in_full and _is_full(actor)
        ):
            tokens.update(range(mention.first, mention.last))
    return tokens


def _is_full(actor: Actor) -> bool:
    """Tell whether a person is named in full, rather than by what may be the name of a town."""
    first = actor.name.partition(" ")[0]
    if first == actor.name:
        return False
    return not (actor.id.startswith("actor-") and places_named(actor.name))


def _named(annotated: Annotated, one: PlaceName, table: ActorTable) -> Named:
    country, admin1 = _qualifier(annotated, annotated.span_of(one.first, one.last), table)
    options = one.options
    if any(c.use in ("capital", "metonym") for c in table.candidates(one.name)):
        options = tuple(place for place in options if place.kind == "city") or options
    return Named(one.name, options, country, admin1)


def _qualifier(
    annotated: Annotated, span: Span, table: ActorTable
) -> tuple[str | None, str | None]:
    """Return country and division that stand behind a name: "Paris, Texas", "Guntur in India"."""
    postal = _POSTAL.match(annotated.text, span.end)
    if postal is not None:
        for country in ("USA", "CAN"):
            region = table.regions.get(f"region/{country}-{postal[1]}")
            if region is not None:
                return country, _division(region)
    behind = _BEHIND.match(annotated.text, span.end)
    if behind is None:
        return None, None
    start = bisect_left(annotated.mentions, behind.end(), key=lambda m: m.span.start)
    for mention in annotated.mentions[start : start + 3]:
        if mention.span.start == behind.end():
            place = _known(mention, table)
            if place is not None:
                return place.country, place.admin1
    return None, None


@cache
def _capitals() -> frozenset[int]:
    """Return the GeoNames ids of the seats of government, as far as the gazetteer has them."""
    found: set[int] = set()
    for state in actor_table().states.values():
        for name in state.capital:
            found.update(
                one.geonames_id for one in places_named(name)[:3]
                if one.country == state.id and one.geonames_id is not None
            )  # fmt: skip
    return frozenset(found)


def _home(document: Document, table: ActorTable) -> str | None:
    """Return the publisher's country, by its name or the end of its address, if that tells it."""
    for one in table.candidates(document.publisher or ""):
        actor = table.actors.get(one.actor)
        if actor is not None and actor.country:
            return actor.country
    host = urlsplit(document.canonical_url or document.url or "").hostname or ""
    return country_of_domain(host)
