"""Actors by name: known names, people and bodies the entity recogniser sees, and surnames.

Two passes. The first enters full names and everything unambiguous; the second reads bare surnames
and ambiguous names in the light of the first.
"""

from __future__ import annotations

from collections import Counter

from onrecord.parsing.abbreviations import name_abbreviated
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.body_names import bodies_in, enter_body, headed_bodies, tells_body
from onrecord.parsing.cast import Cast
from onrecord.parsing.known_names import (
    Match,
    countries_of,
    known_mention,
    matches_in,
    misspelt_states,
)
from onrecord.parsing.person_names import new_person, people_in
from onrecord.parsing.surnames import surnames_in


def find_names(annotated: Annotated, cast: Cast) -> list[ActorMention]:
    """Return the mentions by name in the order of the text, entering their actors in the cast."""
    doc = annotated.doc
    matches = list(matches_in(doc, cast))
    people = [pair for pair in people_in(doc, matches, cast) if not tells_body(doc[pair[1] - 1])]
    inside = {i for first, last in people for i in range(first, last)}
    bodies = [
        body for body in headed_bodies(doc, matches) if not inside.intersection(range(*body[:2]))
    ]
    covered = {i for first, last, _ in bodies for i in range(first, last)}
    widths = {i: last - first for first, last in people for i in range(first, last)}
    matches = [
        m for m in matches if m.last - m.first >= widths.get(m.first, 0) and m.first not in covered
    ]
    countries = countries_of(doc, matches, cast)
    taken: set[int] = set()
    mentions = _known(
        annotated, [m for m in matches if m.last - m.first > 1], countries, taken, cast
    )
    for first, last in people:
        if not taken.intersection(range(first, last)):
            mentions.append(new_person(annotated, first, last, cast))
            taken.update(range(first, last))
    for first, last, match in bodies:
        country = cast.table.actors[match.candidates[0].actor].country if match else None
        mentions.append(enter_body(annotated, first, last, cast, country))
        taken.update(range(first, last))
    mentions = name_abbreviated(annotated, mentions, taken, cast)
    single = [m for m in matches if m.last - m.first == 1 and not _is_surname(annotated, m, cast)]
    mentions += _known(annotated, single, countries, taken, cast)
    mentions += surnames_in(annotated, taken, cast)
    mentions += bodies_in(annotated, taken, cast)
    mentions += misspelt_states(annotated, taken, cast)
    for mention in mentions:
        _entitle(annotated, mention, cast)
    return sorted(mentions, key=lambda mention: mention.span)


def _known(
    annotated: Annotated, matches: list[Match], countries: Counter[str], taken: set[int], cast: Cast
) -> list[ActorMention]:
    found = []
    for match in matches:
        if taken.intersection(range(match.first, match.last)):
            continue
        mention = known_mention(annotated, match, countries, cast)
        if mention is not None:
            found.append(mention)
            taken.update(range(mention.first, mention.last))
            taken.add(mention.head)
    return found


def _is_surname(annotated: Annotated, match: Match, cast: Cast) -> bool:
    """Tell whether a known word is the surname of somebody of this article: "Jim Jordan"."""
    token = annotated.doc[match.first]
    actor = cast.by_surname(token.text)
    if actor is None or not cast.players[actor].actor.name.endswith(" " + token.text):
        return False
    return token.dep_ in ("nsubj", "nsubjpass", "poss") or token.ent_type_ == "PERSON"


def _entitle(annotated: Annotated, mention: ActorMention, cast: Cast) -> None:
    """Note the titles that stand right before a person's name: "Senate Minority Leader", "Sen."."""
    player = cast.players[mention.actors[0]]
    if player.actor.kind != "person":
        return
    for length in (3, 2, 1):
        first = mention.first - length
        if first < 0:
            continue
        words = annotated.doc[first : mention.first].text.lower().rstrip(".")
        title = cast.table.titles.get(words)
        if title is not None:
            player.titles.update((words, title.title[0].lower()))
            player.gender = player.gender or title.gender or ""
            country = _country_before(annotated, first, mention.first, cast)
            cast.describe(player.actor.id, country=country, sector=title.sector)
            return


def _country_before(annotated: Annotated, first: int, last: int, cast: Cast) -> str | None:
    """Return the state whose name opens a title or stands before it: "U.S. Ambassador", "Iran's"."""
    before = first - 1
    if before > 0 and annotated.doc[before].tag_ == "POS":
        before -= 1
    for index in (first, before):
        if not 0 <= index < last or annotated.doc[index].tag_[:1] not in "NJ":
            continue
        for candidate in cast.table.candidates(annotated.doc[index].text):
            if candidate.actor.startswith("state/"):
                return cast.table.actors[candidate.actor].country
    return None
