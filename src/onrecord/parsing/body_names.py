"""Bodies that the tables do not hold: by the recogniser, and by the word that heads their name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.knowledge.first_names import first_names
from onrecord.knowledge.parsing import word_list
from onrecord.knowledge.places.gazetteer import cities_named
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.cast import Cast, without_owner
from onrecord.parsing.known_names import Match
from onrecord.parsing.name_words import NOT_NAMES, PLACE_HEADS, mention_of
from onrecord.parsing.person_names import trimmed
from onrecord.parsing.syntax import is_dictionary_word

_HEADS = word_list("body")
_LINKS = frozenset(("and", "of", "for", "on", "the", "a", "&"))
_LONGEST = 9
_LARGE = 300_000
_PUBLIC = frozenset(("GOV", "COP", "MIL", "JUD", "LEG"))
_TELLING = frozenset(("police", "army", "court", "parliament", "ministry"))


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
    sector = _sector(name.lower().split(), cast)
    if country is None and sector in _PUBLIC:
        country = _country(name.split())
    player = cast.local(name, "organisation", country=country, sector=sector)
    player.named += 1
    player.convertible = player.convertible or _may_be_person(name)
    return mention_of(annotated, first, last, player.actor.id, cast)


def _sector(words: Sequence[str], cast: Cast) -> str | None:
    """Return the sector of a body by the word that heads its name: "Mumbai Police", "Court of Appeal"."""
    last = next(
        (i for i, word in enumerate(words) if i and word in ("of", "for", "on")), len(words)
    )
    heads = [" ".join(words[last - 2 : last]), *words[last - 1 : last]]
    heads += [word for word in words if word in _TELLING]
    for head in heads:
        agent = cast.table.agents.get(head)
        if agent is not None and agent.kind in ("group", "body") and agent.sector:
            return agent.sector
    return None


def _country(words: Sequence[str]) -> str | None:
    """Return the country of the large city that begins a name: "Lagos Police Command"."""
    for count in (2, 1):
        cities = cities_named(" ".join(words[:count])) if len(words) > count else ()
        if cities and cities[0].population >= _LARGE:
            return cities[0].country
    return None


def headed_bodies(doc: Doc, matches: list[Match]) -> Iterator[tuple[int, int, Match | None]]:
    """Yield names of bodies longer than what the tables know of them, with the known part.

    "United States Citizenship and Immigration Services" is a body, not the United States.
    """
    known = {match.first: match for match in matches}
    ends = {match.first: match.last for match in matches}
    position = 0
    while position < len(doc):
        if not _capital(doc[position]) and not (position in known and _is_state(known[position])):
            position += 1
            continue
        last = _run_end(doc, position)
        heads = [i for i in range(position, last) if doc[i].text in _HEADS]
        match = known.get(position)
        inside = ends.get(position, position)
        long = last - position > 2 or (last - position == 2 and tells_body(doc[last - 1]))
        named = bool(heads) and long and heads[-1] >= inside
        free = match is None or (match.last < last and _is_state(match))
        if named and free and _fits(heads, position, last):
            yield position, last, match
        position = last


def tells_body(token: Token) -> bool:
    """Tell whether a name that ends in this word is a public body's, never a person's."""
    return token.lower_ in _TELLING


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
