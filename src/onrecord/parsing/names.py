"""Actors by name: known names, people and bodies the entity recogniser sees, and surnames.

Two passes. The first enters full names and everything unambiguous; the second reads bare surnames
and ambiguous names in the light of the first.
"""

from __future__ import annotations

from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.cast import Cast
from onrecord.parsing.known_names import Match, countries_of, known_mention, matches_in
from onrecord.parsing.name_words import mention_of
from onrecord.parsing.person_names import new_person, people_in, trimmed
from onrecord.parsing.surnames import surnames_in


def find_names(annotated: Annotated, cast: Cast) -> list[ActorMention]:
    """Return the mentions by name in the order of the text, entering their actors in the cast."""
    doc = annotated.doc
    matches = list(matches_in(doc, cast))
    people = list(people_in(doc, matches, cast))
    matches = [m for m in matches if not _inside(m, people)]
    countries = countries_of(matches, cast)
    found = [known_mention(annotated, m, countries, cast) for m in matches]
    mentions = [mention for mention in found if mention is not None]
    taken = {i for mention in mentions for i in range(mention.first, mention.last)}
    taken |= {m.head for m in mentions}
    for first, last in people:
        if not taken.intersection(range(first, last)):
            mentions.append(new_person(annotated, first, last, cast))
            taken.update(range(first, last))
    mentions += surnames_in(annotated, taken, cast)
    mentions += _bodies(annotated, taken, cast)
    return sorted(mentions, key=lambda mention: mention.span)


def _inside(match: Match, people: list[tuple[int, int]]) -> bool:
    return any(
        first <= match.first and match.last <= last and last - first > match.last - match.first
        for first, last in people
    )


def _bodies(annotated: Annotated, taken: set[int], cast: Cast) -> list[ActorMention]:
    """Enter organisations that only the entity recogniser sees, if they look like names."""
    found = []
    for ent in annotated.doc.ents:
        if ent.label_ != "ORG" or taken.intersection(range(ent.start, ent.end)):
            continue
        first, last = ent.start, ent.end
        if annotated.doc[first].lower_ == "the":
            first += 1
        first, last = trimmed(annotated.doc, first, last, cast) if last > first else (first, last)
        name = (
            annotated.text[
                annotated.doc[first].idx : annotated.doc[last - 1].idx
                + len(annotated.doc[last - 1])
            ]
            if last > first
            else ""
        )
        if "\n" in name or not _body_like(name):
            continue
        actor = cast.local(name, "organisation").actor.id
        cast.players[actor].named += 1
        found.append(mention_of(annotated, first, last, actor, cast))
        taken.update(range(first, last))
    return found


def _body_like(name: str) -> bool:
    words = name.split()
    if len(words) == 1:
        return name.isupper() and 2 <= len(name) <= 6 and name.isalpha()
    return sum(word[:1].isupper() for word in words) >= 2 and not name.isupper()
