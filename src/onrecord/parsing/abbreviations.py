"""Abbreviations that an article defines itself: "the Alliance for Change (AFC) … the AFC said".

What the article says of a name comes before what the tables know of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.knowledge.actors import fold
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.body_names import enter_body
from onrecord.parsing.cast import Cast
from onrecord.parsing.name_words import mention_of

_LINKS = frozenset(("of", "for", "and", "the", "on", "in", "to", "&", "-", "de"))
_SHORTEST, _LONGEST = 2, 8
_STEM = 5
_SAME = 0.7


@dataclass(frozen=True)
class Abbreviation:
    """Letters in brackets, and the tokens ``[first, last)`` of the name whose initials they are."""

    letters: str
    first: int
    last: int


def abbreviations_in(doc: Doc) -> Iterator[Abbreviation]:
    """Yield the names that are followed by their initials in brackets."""
    for token in doc[1 : max(len(doc) - 1, 1)]:
        bracketed = token.nbor(-1).text == "(" and token.nbor().text == ")"
        fits = _SHORTEST <= len(token.text) <= _LONGEST and token.text.isalpha()
        if bracketed and fits and token.text.isupper():
            last = token.i - 1
            first = _begins(doc, token.text.lower(), last)
            if first is not None:
                yield Abbreviation(token.text, first, last)


def _begins(doc: Doc, letters: str, last: int) -> int | None:
    """Return the token with which the name before ``last`` begins whose initials the letters are."""
    left = list(letters)
    index = last
    while left and index > 0:
        index -= 1
        word: Token = doc[index]
        if word.is_space:
            return None
        if word.lower_[:1] == left[-1] and (word.text[:1].isupper() or word.lower_ in _LINKS):
            left.pop()
        elif word.lower_ not in _LINKS:
            return None
    return index if not left and doc[index].text[:1].isupper() else None


def name_abbreviated(
    annotated: Annotated, mentions: list[ActorMention], taken: set[int], cast: Cast
) -> list[ActorMention]:
    """Return the mentions with those by defined abbreviations, and the names that define them."""
    doc = annotated.doc
    for short in abbreviations_in(doc):
        inside = range(short.first, short.last)
        whole = next((m for m in mentions if m.first <= short.first and m.last == short.last), None)
        if whole is None:
            mentions = [m for m in mentions if not (m.first in inside and m.last - 1 in inside)]
            whole = enter_body(annotated, short.first, short.last, cast)
            mentions.append(whole)
            taken.update(inside)
        actor = whole.actors[0]
        if cast.players[actor].actor.kind in ("person", "state"):
            continue
        if actor not in cast.table.actors:
            actor = _known_as(short.letters, doc[short.first : short.last].text, cast) or actor
            whole.actors = (cast.known(actor).actor.id,) if actor in cast.table.actors else (actor,)
        for token in doc:
            if token.text == short.letters and token.i not in taken:
                mentions.append(mention_of(annotated, token.i, token.i + 1, actor, cast))
                cast.players[actor].named += 1
                taken.add(token.i)
    return mentions


def _known_as(letters: str, name: str, cast: Cast) -> str | None:
    """Return the actor of the tables with these letters and nearly this name, if there is one.

    The "World Health Organisation (WHO)" is the World Health Organization.
    """
    words = _stems(name)
    for candidate in cast.table.candidates(letters):
        known = _stems(cast.table.actors[candidate.actor].name)
        if len(words & known) >= _SAME * max(len(words), len(known)):
            return candidate.actor
    return None


def _stems(name: str) -> set[str]:
    return {fold(word).lower()[:_STEM] for word in name.split() if word[:1].isupper()}
