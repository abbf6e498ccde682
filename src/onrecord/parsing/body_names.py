"""Bodies that the tables do not hold: by the recogniser, and by the word that heads their name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.knowledge.first_names import first_names
from onrecord.knowledge.parsing import word_list
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.cast import Cast, without_owner
from onrecord.parsing.known_names import Match
from onrecord.parsing.name_words import NOT_NAMES, PLACE_HEADS, mention_of
from onrecord.parsing.person_names import trimmed
from onrecord.parsing.syntax import is_dictionary_word

_HEADS = word_list("body")
_LINKS = frozenset(("and", "of", "for", "on", "the", "a", "&"))
_LONGEST = 9


def bodies_in(annotated: Annotated, taken: set[int], cast: Cast) -> list[ActorMention]:
    """Enter organisations that only the entity recogniser sees, if they look like names."""
    found = []
    for ent in annotated.doc.ents:
        if ent.label_ != "ORG" or taken.intersection(range(ent.start, ent.end)):
            continue
        first, last = ent.start, ent.end
        if annotated.doc[first].lower_ == "the":
            first += 1
        if last > first:
            first, last = trimmed(annotated.doc, first, last, cast)
        name = annotated.doc[first:last].text if last > first else ""
        if first and f"{annotated.doc[first - 1].lower_} {name.lower()}" in cast.table.agents:
            continue  # "super PAC"
        if "\n" not in name and _body_like(name):
            found.append(enter_body(annotated, first, last, cast))
            taken.update(range(first, last))
    return found


def enter_body(
    annotated: Annotated, first: int, last: int, cast: Cast, country: str | None = None
) -> ActorMention:
    """Enter a body of this article, and return the mention of it."""
    while last - first > 1 and annotated.doc[last - 1].tag_ in ("CC", "IN", "DT", ",", "TO"):
        last -= 1
    name = without_owner(annotated.doc[first:last].text)
    player = cast.local(name, "organisation", country=country)
    player.named += 1
    player.convertible = player.convertible or _may_be_person(name)
    return mention_of(annotated, first, last, player.actor.id, cast)


def headed_bodies(doc: Doc, matches: list[Match]) -> Iterator[tuple[int, int, Match | None]]:
    """Yield names of bodies longer than what the tables know of them, with the known part.

    "United States Citizenship and Immigration Services" is a body, not the United States.
    """
    known = {match.first: match for match in matches}
    ends = {match.first: match.last for match in matches}
    position = 0
    while position < len(doc):
        if not _capital(doc[position]):
            position += 1
            continue
        last = _run_end(doc, position)
        heads = [i for i in range(position, last) if doc[i].text in _HEADS]
        match = known.get(position)
        inside = ends.get(position, position)
        named = bool(heads) and last - position > 2 and heads[-1] >= inside
        free = match is None or (match.last < last and _is_state(match))
        if named and free and _fits(heads, position, last):
            yield position, last, match
        position = last


def _fits(heads: list[int], first: int, last: int) -> bool:
    return heads[-1] == last - 1 or heads[0] == first


def _is_state(match: Match) -> bool:
    return all(c.actor.startswith(("state/", "region/")) for c in match.candidates)


def _run_end(doc: Doc, first: int) -> int:
    """Return the end of a run of capitalised words, joined by "of", "and" and the like."""
    last = index = first + 1
    while index < len(doc) and index - first < _LONGEST:
        if _capital(doc[index]):
            last = index + 1
        elif doc[index].lower_ not in _LINKS:
            break
        index += 1
    return last


def _capital(token: Token) -> bool:
    return (
        token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS") and token.text not in NOT_NAMES
    )


def _may_be_person(name: str) -> bool:
    """Tell whether a name that the recogniser took for a body's reads like a person's."""
    words = name.split()
    return 2 <= len(words) <= 4 and not any(
        word in PLACE_HEADS or word in _HEADS
        or not word.replace(".", "").replace("-", "").isalpha()
        or (word[:1].isupper() and is_dictionary_word(word.lower()) and word not in first_names())
        for word in words
    )  # fmt: skip


def _body_like(name: str) -> bool:
    words = name.split()
    if len(words) == 1:
        return name.isupper() and 2 <= len(name) <= 6 and name.isalpha()
    return sum(word[:1].isupper() for word in words) >= 2 and not name.isupper()
