"""Headlines In Title Case, written as sentences: "Maduro Expels US Diplomats" → "Maduro expels US diplomats".

The parser takes a word with a capital for a name. So the parser, and only it, is given such headings
with small letters where a word is no name: as the article's own sentences write it, else as the
tables of names and the dictionary know it. Every character keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.knowledge.actors.table import ActorTable, actor_table
from onrecord.knowledge.first_names import first_names
from onrecord.knowledge.parsing import word_list
from onrecord.knowledge.places.gazetteer import cities_named
from onrecord.parsing.syntax import is_dictionary_word, is_verb_form
from onrecord.record import Document

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)*")
"""Names inside the sentences of an article: capitals after a small letter or a comma."""
_FEWEST, _SHARE = 4, 0.75
_LONGEST = 7
_LARGE = 100_000
_SMALL, _PROPER = word_list("small in headings"), word_list("capital in headings")
_MONTHS = frozenset({"March", "May", "August"})


@dataclass(frozen=True)
class _Body:
    """How the sentences of an article write their words: small ones, and names with capitals."""

    small: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, document: Document) -> _Body:
        text = " ".join(document.text[start:end] for start, end in document.paragraphs)
        found: set[str] = set()
        for run in _INSIDE.findall(text):
            words = [word.rstrip(".,'’") for word in run.split()]
            found.update(words)
            found.update(f"{one} {other}" for one, other in pairwise(words))
        return cls(frozenset(re.findall(r"\b[a-z][a-z'’-]*", text)), frozenset(found))


def in_sentence_case(document: Document) -> str:
    """Return the text of a document for the parser, as long as the text itself."""
    text = document.text
    headings = [pair for pair in document.headings if _is_title_case(text[slice(*pair)])]
    if not headings:
        return text
    body, table = _Body.of(document), actor_table()
    published = document.published
    day = published.start[:10] if published is not None and published.start else None
    letters = list(text)
    for start, end in headings:
        for left, right in _small_words(text[start:end], body, table, day):
            letters[start + left : start + right] = text[start + left : start + right].lower()
    lowered = "".join(letters)
    return lowered if len(lowered) == len(text) else text


def _is_title_case(heading: str) -> bool:
    """Tell whether nearly all long words of a heading have a capital, and not only capitals."""
    words = [word for word in _WORD.findall(heading) if len(word) > 3]
    title = [word for word in words if word[0].isupper() and not word.isupper()]
    return len(title) >= min(_FEWEST, 3) and len(title) >= _SHARE * len(words)


def _small_words(
    heading: str, body: _Body, table: ActorTable, day: str | None
) -> Iterator[tuple[int, int]]:
    """Yield start and end of the words that would be small in a sentence."""
    found = list(_WORD.finditer(heading))
    words = [_bare(match.group()) for match in found]
    keeps = _in_tables(words, table, body) | _begun(heading, found, words)
    small = [
        place not in keeps and _is_small(words, place, body, table, day)
        for place in range(len(words))
    ]
    for place in range(len(words) - 1):
        called = words[place] in first_names() and not is_verb_form(words[place].lower())
        if called and words[place + 1][:1].isupper():
            small[place] = small[place] and small[place + 1]  # "Morton Blackwell"
    for place, match in enumerate(found):
        after = words[place + 1] if place + 1 < len(words) else ""
        named_after = after[:1].isupper() and not small[place + 1] and after not in _PROPER
        acts = after.endswith("s") and is_verb_form(after.lower())  # "General Tells"
        title = table.titles.get(words[place].lower())
        called = title is not None and (named_after or (acts and title.sector == "MIL"))
        if small[place] and not called:
            yield match.start(), match.end()


def _begun(heading: str, found: list[re.Match[str]], words: list[str]) -> set[int]:
    """Return the places where a sentence begins, and those of months before a day."""
    places = {0}
    for place, match in enumerate(found):
        if match.group().endswith(".") and len(words[place]) > 3 and "." not in words[place]:
            places.add(place + 1)
        if words[place] in _MONTHS and heading[match.end() :].lstrip()[:1].isdigit():
            places.add(place)
    return places


def _bare(word: str) -> str:
    if "." in word[:-1]:
        return word
    return re.sub(r"['’]s?$", "", word.rstrip("."))


def _in_tables(words: list[str], table: ActorTable, body: _Body) -> set[int]:
    """Return the places of the words in names of the tables: "White House", "United Nations"."""
    places: set[int] = set()
    for first in range(len(words)):
        for last in range(min(len(words), first + _LONGEST), first, -1):
            name = " ".join(words[first:last])
            if words[first][:1].isupper() and _known(name, table, body):
                places.update(range(first, last))
                break
    return places


def _known(name: str, table: ActorTable, body: _Body) -> bool:
    """Tell whether a name is in the tables, and no common word that the article writes small."""
    if not table.candidates(name):
        return False
    return name in body.names or name.lower() not in body.small


def _is_small(
    words: list[str], place: int, body: _Body, table: ActorTable, day: str | None
) -> bool:
    """Tell whether a word of a heading would have a small letter in a sentence."""
    word = words[place]
    low = word.lower()
    if not word[:1].isupper() or (len(word) > 1 and not word[1:].islower() and "-" not in word):
        return False
    if len(word) == 1 and low not in _SMALL:
        return False
    if low in _SMALL or low.replace("’", "'").endswith("n't"):
        return True
    if word in _PROPER or any(table.candidates(part) for part in word.split("-")[1:]):
        return False
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    if f"{before} {word}" in body.names or f"{word} {after}" in body.names:
        return False
    if word in body.names:
        return low in body.small and not _is_surname(word, table, day)
    if low in body.small:
        return True
    if _is_surname(word, table, day) or (word in first_names() and not is_dictionary_word(low)):
        return False
    called = before in first_names() and not is_dictionary_word(before.lower())
    if called and not (low.endswith("s") and is_verb_form(low)):
        return False  # "Theresa May", not "Francis Prays"
    if not is_verb_form(low) and any(one.population >= _LARGE for one in cities_named(word)[:1]):
        return False  # "Boston" stands in the dictionary
    return all(_is_english(part) for part in low.split("-"))


def _is_english(word: str) -> bool:
    """Tell whether a small word stands in the dictionary, or is an adverb to one that does."""
    adverb = word.endswith("ly") and is_dictionary_word(word[:-2])
    return is_dictionary_word(word) or is_verb_form(word) or adverb


def _is_surname(word: str, table: ActorTable, day: str | None) -> bool:
    """Tell whether a word is the surname of somebody in a high office then: "Trump", "Bush"."""
    return any(table.prominence(who, day) >= 0.5 for who in table.surnames.get(word, ()))
