"""Whether two stances are on the same matter: by the words that say what each is about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from onrecord.asking.naming import states
from onrecord.asking.rows import Person
from onrecord.knowledge.actors import State
from onrecord.knowledge.positions import common_words, reversing_words
from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.record import Value
from onrecord.storage.folding import folded

_SHARED = 0.5
_SHORTEST = 3
_SHORT = frozenset({"us", "uk", "uae"})
_ENDINGS = ("ies", "ing", "ion", "ed", "es", "s", "e")


class Matter(Value, frozen=True):
    """What a stance is about: its telling words, as stems, and the countries and people named.

    ``reversed`` where the words turn the stance round: "an end to sanctions".
    """

    topics: frozenset[str]
    parties: frozenset[str]
    reversed: bool = False

    @property
    def known(self) -> bool:
        """Whether anything is told: "that" and "the idea" tell nothing."""
        return bool(self.topics or self.parties)


def matter_of(text: str, people: Sequence[Person] = ()) -> Matter:
    """Return the matter that words tell; ``people`` may be named in them, by surname at least."""
    words, parties = _without_states(folded(text).split())
    telling = {word for word in words if len(word) > 1 and not word.isdigit()}
    turned = not _reversing().isdisjoint(map(stem, telling))
    telling -= common_words()
    for person in people:
        names = _names(person.name)
        if names[-1:] and names[-1] in telling:
            parties.add(person.id)
            telling -= set(names)
    return Matter(frozenset(map(stem, telling)), frozenset(parties), turned)


def _without_states(words: Sequence[str]) -> tuple[list[str], set[str]]:
    """Return the words that name no state, and the codes of the states named."""
    kept: list[str] = []
    codes: set[str] = set()
    place = 0
    while place < len(words):
        for name, code in _names_of_states().get(words[place], ()):
            if words[place : place + len(name)] == name:
                codes.add(code)
                place += len(name)
                break
        else:
            kept.append(words[place])
            place += 1
    return kept, codes


@lru_cache(maxsize=10_000)
def _names(name: str) -> list[str]:
    return folded(name).split()


def with_parties(matter: Matter, holders: Sequence[Person], towards: Sequence[Person]) -> Matter:
    """Return a matter with those whom a stance is taken towards: abroad, their country."""
    home = {holder.country for holder in holders}
    found = {
        person.country if person.country and person.country not in home else person.id
        for person in towards
    }
    return msgspec.structs.replace(matter, parties=matter.parties | found)


def same_matter(one: Matter, other: Matter) -> bool:
    """Tell whether two matters are one: most of their telling words are shared, or all of one's.

    Where both name countries or people, they must have one in common. A bare name is the same
    matter as the same bare name only.
    """
    if not one.known or not other.known:
        return False
    if one.parties and other.parties and not one.parties & other.parties:
        return False
    if not one.topics or not other.topics:
        return not one.topics and not other.topics
    shared = one.topics & other.topics
    fewer, more = sorted((len(one.topics), len(other.topics)))
    inside = len(shared) == fewer and more <= 2 * fewer + 1
    return inside or len(shared) / len(one.topics | other.topics) >= _SHARED


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its English endings, so that "strikes" and "strike" are one."""
    ending = next((end for end in _ENDINGS if word.endswith(end)), None)
    if ending is None or len(word) - len(ending) < _SHORTEST or word.endswith("ss"):
        return word
    return stem(word[: -len(ending)])


@lru_cache(maxsize=1)
def _reversing() -> frozenset[str]:
    return frozenset(map(stem, reversing_words()))


@lru_cache(maxsize=1)
def _names_of_states() -> dict[str, list[tuple[list[str], str]]]:
    """Return names, demonyms and nations of states with their codes, by first word, longest first."""
    codes = {name: code for name, code in states().items() if len(name) > 3 or name in _SHORT}
    for state in read_table(FOLDER / "actors" / "states.tsv", State):
        for name in (*state.adjectives, *state.people):
            codes.setdefault(folded(name), state.id)
    found: dict[str, list[tuple[list[str], str]]] = {}
    for name in sorted(codes, key=lambda name: (-len(name), name)):
        if words := name.split():
            found.setdefault(words[0], []).append((words, codes[name]))
    return found
