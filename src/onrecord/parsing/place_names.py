"""Where a text may name a place: stretches of capitalised words with a sign that a place is meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from onrecord.knowledge.actors import actor_table, fold
from onrecord.knowledge.first_names import first_names
from onrecord.knowledge.parsing import word_list
from onrecord.knowledge.places import Location, cities_named, places_named
from onrecord.parsing.annotated import Annotated
from onrecord.parsing.name_words import NOT_NAMES
from onrecord.parsing.syntax import is_dictionary_word

_LOCATIVE = frozenset(
    "in at near from to of outside around across into toward towards via between off through throughout "
    "beyond reached reach visited visit leaving left entered fled flee fleeing hit shelled bombed captured "
    "seized stormed recaptured retook besieged liberated bombarded struck rocked toured".split()
)
_BETWEEN = frozenset(
    "the northern southern eastern western central nearby neighbouring neighboring downtown "
    "northeastern northwestern southeastern southwestern northeast northwest southeast southwest "
    "north south east west mainland rural suburban coastal port".split()
)
_DATES = frozenset(("DATE", "TIME"))
_LABELS = frozenset(("GPE", "LOC", "FAC"))
_LINKS = frozenset(
    ("de", "del", "la", "le", "al", "el", "of", "upon", "on", "and", "-", "'s", "’s")
)
_PREFIXES = ("d'", "d’", "l'", "l’", "al-", "el-", "ul-", "an-", "ash-")
_JOINS = frozenset((",", "and", "or", "&", "to"))
_DIRECTIONS = frozenset(
    "North South East West Northern Southern Eastern Western Central Greater Downtown Upper Lower".split()
)
#: First and last words of the names of places that need no other sign.
_FRONTS = frozenset("Mount Mt. Lake River Gulf Cape Loch Lough Isle Strait County Camp".split())
_BACKS = frozenset("County Parish Island Islands Peninsula Mountains River Valley Strait".split())
_LONGEST = 5
_LARGE, _TOWN = 200_000, 15_000
_WITHIN = frozenset("in at near outside around".split())
_INSTITUTIONS = word_list("of a place")
_RESIDENTS = word_list("from a place")
_TYPES = word_list("kind of place")
_MOTION = word_list("motion")
_NO_PLACES = word_list("no place")
_SHAPE = re.compile(r"[^\W\d_].{0,60}\w\.?", re.S)
_ASSAULTS = word_list("on a place")


class PlaceName(NamedTuple):
    """Tokens ``[first, last)`` that may name a place, and the places of that name."""

    first: int
    last: int
    name: str
    options: tuple[Location, ...]


def place_names(annotated: Annotated, placed: set[int], persons: set[int]) -> Iterator[PlaceName]:
    """Yield the names of cities, divisions and features, from left to right, none within another.

    ``placed`` are tokens of places known already, ``persons`` those of people by their full name.
    """
    doc = annotated.doc
    ended = -9
    capitals = [token.i for token in doc if token.text[0].isupper()]
    position = 0
    while (place := bisect_left(capitals, position)) < len(capitals):
        position = capitals[place]
        last = _run_end(doc, position, placed, persons)
        if last == position:
            position += 1
            continue
        found = None
        begin = position
        while position < last and found is None:
            if position == begin or doc[position].ent_iob_ == "B":
                found = _first_in(doc, position, last, ended, placed)
            position += 1
        if found is not None:
            yield found
            ended = position = found.last
        else:
            position = last


def _run_end(doc: Doc, first: int, placed: set[int], persons: set[int]) -> int:
    """Return the end of the capitalised words that begin here, ``first`` if none does."""
    last = first
    while last < len(doc) and last not in placed and last not in persons and _capital(doc[last]):
        if doc[last].text in NOT_NAMES and (last == first or doc[last].ent_type_ in _DATES):
            break
        last += 1
    return last


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS", "JJ", "NN", "FW", "NNS")


def _first_in(doc: Doc, first: int, run_end: int, ended: int, placed: set[int]) -> PlaceName | None:
    """Return the longest name that begins at ``first``, if something says it is a place."""
    if first and doc[first - 1].text in {"'s", "’s"} and doc[first - 1].i not in placed:
        return None
    for last in range(min(_stretched(doc, run_end), first + _LONGEST), first, -1):
        if run_end < last and not (
            _capital(doc[last - 1]) or doc[last - 1].lower_.startswith(_PREFIXES)
        ):
            continue
        sign = _sign(doc, first, last, run_end, ended, placed)
        if not sign:
            continue
        name = doc[first:last].text
        options = places_named(name) if name not in _NO_PLACES and _SHAPE.fullmatch(name) else ()
        if not options and doc[first].text in _DIRECTIONS and last - first > 1:
            options = places_named(doc[first + 1 : last].text)
        if options and _is_meant(
            doc, first, last, run_end, options, placed, _listed(doc, first, ended, placed)
        ):
            return PlaceName(first, last, name, options)
    return None


def _is_meant(
    doc: Doc,
    first: int,
    last: int,
    run_end: int,
    options: tuple[Location, ...],
    placed: set[int],
    listed: bool,
) -> bool:
    """Tell whether a lone word that is an ordinary word or a known surname names a place here."""
    token = doc[first]
    if last - first == 1 and token.is_upper and len(token) < 5:
        return _is_dateline(doc, first, last)
    if last - first > 1 or listed or _is_qualified(doc, last, placed):
        return True
    if token.text in _INSTITUTIONS or token.text in NOT_NAMES:
        return False
    large = options[0].population >= _LARGE
    if fold(token.text) in actor_table().surnames and not large:
        return _is_no_person(doc, first)
    if not is_dictionary_word(token.lower_) or large:
        return True
    whole = last == run_end or doc[last].text in _INSTITUTIONS
    return whole and (_located(doc, first) or options[0].population >= _TOWN)


def _is_no_person(doc: Doc, first: int) -> bool:
    """Tell whether the words before a known surname say that a place is meant."""
    before = doc[first - 1].lower_ if first else ""
    if before == "to":
        return first > 1 and doc[first - 2].lower_ in _MOTION
    if before == "from":
        return doc[first].ent_type_ in _LABELS
    return before in _WITHIN or (before in ("of", "on", "as") and _located(doc, first))


def _stretched(doc: Doc, run_end: int) -> int:
    """Return the end of a run with a link and further capitals behind it: "Rio" + "de Janeiro"."""
    last = run_end
    while last < len(doc) and (
        doc[last].lower_ in _LINKS or doc[last].lower_.startswith(_PREFIXES)
    ):
        last += 1
        if doc[last - 1].lower_.startswith(_PREFIXES):
            return last
    if last == run_end or last - run_end > 3:
        return run_end
    while last < len(doc) and _capital(doc[last]):
        last += 1
    return last


def _sign(doc: Doc, first: int, last: int, run_end: int, ended: int, placed: set[int]) -> bool:
    """Tell whether recogniser, syntax or neighbours say that these words name a place."""
    after = doc[last] if last < len(doc) else None
    if last - first > 1 and (doc[first].text in _FRONTS or doc[last - 1].text in _BACKS):
        return True
    if last < run_end and after is not None and after.text not in _INSTITUTIONS:
        return all(token.ent_type_ in _LABELS for token in doc[first:last]) and (
            doc[last].ent_iob_ != "I"
        )
    if last < run_end and after is not None:
        return doc[first].text not in _INSTITUTIONS and _is_no_word(doc[first:last].text)
    if any(token.ent_type_ in _LABELS for token in doc[first:last]):
        return True
    if _located(doc, first) or (_listed(doc, first, ended, placed)):
        return True
    if after is not None and after.lower_ in _RESIDENTS and last - first < 3:
        return _is_no_word(doc[first:last].text)
    return _is_dateline(doc, first, last) or _is_qualified(doc, last, placed) or (
        last - first == 1 and _large_city(doc[first])
    )  # fmt: skip


def _is_no_word(name: str) -> bool:
    """Tell whether a name is no ordinary word, or else that of a large city or a county."""
    if " " in name or not is_dictionary_word(name.lower()):
        return True
    options = places_named(name)
    return any(one.kind == "feature" for one in options) or any(
        one.kind != "city" or one.population >= _LARGE for one in options[:1]
    )


def _located(doc: Doc, first: int) -> bool:
    """Tell whether a preposition of place stands before: "in", "near the northern"."""
    before = first - 1
    while before >= 0 and first - before < 4 and doc[before].lower_ in _BETWEEN:
        before -= 1
    if before < 0:
        return False
    word = doc[before].lower_
    if word in ("on", "as"):
        return before > 0 and doc[before - 1].lower_ in _ASSAULTS
    if word == "of":
        return before > 0 and doc[before - 1].tag_ in ("NN", "NNS") and _of_place(doc[before - 1])
    return word in _LOCATIVE


def _of_place(noun: Token) -> bool:
    return noun.lower_ in _TYPES


def _listed(doc: Doc, first: int, ended: int, placed: set[int]) -> bool:
    """Tell whether a place stands right before in a list: "Manta, Quito and Portoviejo"."""
    before = first - 1
    if before < 1 or doc[before].lower_ not in _JOINS:
        return False
    while before > 0 and doc[before].lower_ in _JOINS:
        before -= 1
    return before + 1 == ended or before in placed


def _is_dateline(doc: Doc, first: int, last: int) -> bool:
    """Tell whether a paragraph opens with this name in capitals: "VICTORIA -"."""
    if last >= len(doc) or not all(token.is_upper and len(token) > 2 for token in doc[first:last]):
        return False
    opens = first == 0 or doc[first - 1].is_space
    return opens and doc[last].text in {"-", "–", "—", "--", "(", ",", ":", "―"}


def _is_qualified(doc: Doc, last: int, placed: set[int]) -> bool:
    """Tell whether a comma and a known place follow: "Hugo, Oklahoma"."""
    if last + 1 >= len(doc) or doc[last].text != ",":
        return False
    return last + 1 in placed or doc[last + 1].text in _postal_codes()


@cache
def _postal_codes() -> frozenset[str]:
    """Return the post's codes of American states and Canadian provinces: "FL", "ON"."""
    ids = (one.partition("/")[2] for one in actor_table().regions)
    return frozenset(one[4:] for one in ids if re.fullmatch("(?:USA|CAN)-[A-Z]{2}", one))


def _large_city(token: Token) -> bool:
    """Tell whether a lone word is the name of a large city, whatever the recogniser takes it for."""
    text = token.text
    if not text.istitle() or len(text) < 4 or text in first_names():
        return False
    if token.is_sent_start and is_dictionary_word(text.lower()):
        return False
    cities = cities_named(text)
    return bool(cities) and cities[0].population >= _LARGE
