"""Which numbers count people, and as what: dead, injured, arrested, part of a crowd.

In: a quantity of an annotated text. Out: the kind of thing it counts and the word that says so. To
which event the count belongs is for ``event_numbers.py`` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import base_form, children, is_passive
from onrecord.knowledge.actors import actor_table
from onrecord.knowledge.event_numbers import NumberWord, Part, number_words
from onrecord.knowledge.plover import load_classes
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.parsing.syntax import lemma
from onrecord.record import NumberKind, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token

_COUNTING = frozenset({"nummod", "quantmod", "advmod", "amod", "compound", "npadvmod"})
_GROUPS = frozenset({"crowd", "group", "total", "gathering", "turnout", "team", "estimate"})
_TOLL_LINKS = frozenset({"to", "at", "of", "above", "past", "near"})
_BETWEEN = frozenset("also reportedly people others other more were was are have has been".split())
_DEFINITE = frozenset({"the", "these", "those", "their", "its", "his", "her"})
_PEOPLE_ENDINGS = ("er", "or", "ist", "man", "ee", "ant", "ent", "ian")
_NAMED = frozenset({"NORP", "PERSON"})
_DEPTH = 4


@dataclass(frozen=True)
class Counted:
    """A number's place in the syntax: the head of its phrase, and the noun it counts, if any."""

    quantity: Quantity
    head: Token
    noun: Token | None
    last: Token

    @property
    def definite(self) -> bool:
        """Whether it only points back: "the 12 victims"."""
        words = [*self.head.lefts, *(self.noun.lefts if self.noun is not None else ())]
        return any(word.lower_ in _DEFINITE for word in words)


@dataclass(frozen=True)
class Count:
    """A number that counts people, as what, and the word that says so."""

    place: Counted
    kind: NumberKind
    word: Token


def counted_in(annotated: Annotated, sentence: Sentence) -> Iterator[Counted]:
    """Yield the numbers of a sentence that may count people, in the order of the text."""
    for quantity in annotated.quantities:
        if quantity.unit or not sentence.span.covers(quantity.span):
            continue
        tokens = annotated.tokens_in(quantity.span)
        if tokens:
            yield _place(quantity, tokens)


def _place(quantity: Quantity, tokens: list[Token]) -> Counted:
    inside = {token.i for token in tokens}
    top = next((token for token in tokens if token.head.i not in inside), tokens[-1])
    noun: Token | None = None
    head, depth = top, 0
    while head.dep_ in _COUNTING and head.head.i != head.i and depth < _DEPTH:
        if head.head.tag_[:1] == "V":
            break
        head, depth = head.head, depth + 1
    if head.i != top.i:
        noun = head
    elif tokens[-1].dep_ == "nummod" and tokens[-1].head.i not in inside:
        noun = tokens[-1].head
    else:
        held = [pobj for prep in children(top, "prep") if prep.lower_ == "of"
                for pobj in children(prep, "pobj")]  # fmt: skip
        noun = held[0] if held else None
    if head.dep_ == "pobj" and head.head.lower_ == "of" and base_form(head.head.head) in _GROUPS:
        head = head.head.head
    return Counted(quantity, head, noun, tokens[-1])


def counts_people(place: Counted) -> bool:
    """Tell whether a number counts people: alone, or before a noun for people or a nation."""
    noun = place.noun
    if noun is None:
        return not any(prep.lower_ == "of" for prep in children(place.head, "prep"))
    word = base_form(noun)
    classes = load_classes()
    if word in classes["uncounted"]:
        return False
    if word in classes["counted"] or noun.ent_type_ in _NAMED:
        return True
    table = actor_table()
    agent = table.agents.get(word) or table.plurals.get(noun.lower_)
    if agent is not None:
        return agent.kind in ("person", "group")
    if noun.tag_ in ("JJ", "VBN", "VBD", "CD"):
        return True
    return noun.tag_ == "NNS" and word.endswith(_PEOPLE_ENDINGS)


def count_of(place: Counted) -> Count | None:
    """Return what a number counts, or none if no word says so."""
    for found in (_own(place), _state(place), _governed(place), _toll(place), _beside(place)):
        if found is not None:
            row, word = found
            person = row.part == "noun" or row.object == "life" or counts_people(place)
            if person:
                return Count(place, _joined(row.kind, word), word)
            return None
    return None


Found = tuple[NumberWord, "Token"]


def _rows(part: Part, word: str) -> tuple[NumberWord, ...]:
    return number_words().get((part, word), ())


def _own(place: Counted) -> Found | None:
    """Read "12 deaths", "45 arrests", "six dead": the noun itself says what is counted."""
    noun = place.noun
    if noun is None or noun.i != place.head.i:
        return None
    words = (base_form(noun), noun.lower_) if noun.tag_[:1] == "N" else (noun.lower_,)
    rows = [row for word in words for row in _rows("noun", word) if " " not in row.words]
    adjectival = noun.tag_[:1] in "JV" or noun.lower_ in ("dead", "wounded", "injured")
    if rows and (adjectival or noun.tag_ in ("NNS", "NN")):
        return rows[0], noun
    return None


def _state(place: Counted) -> Found | None:
    """Read "12 dead", "12 people missing", "12 people killed in": what follows says their state."""
    for child in place.head.children:
        if child.i < place.last.i:
            continue
        if child.dep_ in ("amod", "acl", "relcl", "appos") and (
            rows := _rows("adjective", child.lower_)
        ):
            return rows[0], child
        if child.dep_ == "acl" and child.tag_ == "VBN" and (row := _verb_row(child, "object")):
            return row, child
    return None


def _governed(place: Counted) -> Found | None:
    """Read the verb whose object or subject is counted, and what is said of a subject."""
    noun, depth = place.head, 0
    while noun.dep_ == "conj" and noun.head.tag_[:1] in "NCJ" and depth < _DEPTH:
        noun, depth = noun.head, depth + 1
    verb, label = noun.head, noun.dep_
    if verb.tag_[:1] != "V":
        return None
    if label == "npadvmod" and noun.i > verb.i and not children(verb, "dobj"):
        label = "dobj"  # "displaced 10,000 people" is often read as a measure
    if label in ("dobj", "nsubjpass"):
        if row := _verb_row(verb, "object", noun):
            return row, verb
        if label == "dobj":
            return None
    if label not in ("nsubj", "nsubjpass"):
        return None
    if said := _said(verb):
        return said
    if label == "nsubj" and verb.dep_ == "relcl" and is_passive(verb):
        return None
    bare = not children(verb, "dobj", "aux") and verb.tag_ in ("VBN", "VBD")
    if label == "nsubj" and bare and (row := _verb_row(verb, "object")):
        return row, verb
    if label == "nsubj" and (row := _verb_row(verb, "subject", noun)):
        return row, verb
    return None


def _said(verb: Token) -> Found | None:
    for child in children(verb, "acomp", "oprd", "attr", "xcomp"):
        if rows := _rows("adjective", child.lower_):
            return rows[0], child
    return None


def _verb_row(verb: Token, counted: str, noun: Token | None = None) -> NumberWord | None:
    """Return the row of a verb that counts this argument, with the words it needs beside it."""
    for row in _rows("verb", lemma(verb)):
        if row.counted != counted:
            continue
        beside = {child.lower_ for child in verb.children}
        if not all(part in beside for part in row.words.split()[1:]):
            continue
        if row.object is None or _has_object(row, verb, noun):
            return row
    return None


def _has_object(row: NumberWord, verb: Token, noun: Token | None) -> bool:
    if row.counted == "object":
        return noun is not None and base_form(noun) == row.object
    return any(base_form(child) == row.object for child in children(verb, "dobj"))


def _toll(place: Counted) -> Found | None:
    """Read "the death toll rose to 41", "a death toll of 41", "the toll reached 41"."""
    head = place.head
    if place.noun is not None and not counts_people(place):
        return None
    above = head.head
    if head.dep_ == "pobj" and above.lower_ in _TOLL_LINKS:
        over = above.head.head if above.head.lower_ == "from" else above.head  # "from 30 to 41"
        nouns = [over, *children(over, "nsubj", "nsubjpass", "dobj")]
    elif head.dep_ in ("dobj", "attr", "npadvmod"):
        nouns = children(above, "nsubj")
    else:
        return None
    for noun in nouns:
        beside = {child.lower_ for child in noun.lefts}
        for row in _rows("noun", base_form(noun)):
            if "toll" in row.words and all(part in beside for part in row.words.split()[:-1]):
                return row, noun
    return None


def _beside(place: Counted) -> Found | None:
    """Read the word that follows where the syntax does not help: "and more than 20 injured"."""
    doc = place.head.doc
    start = max(place.last.i, place.noun.i if place.noun is not None else 0)
    for index in range(start + 1, min(start + 5, len(doc))):
        token = doc[index]
        if rows := _rows("adjective", token.lower_):
            return rows[0], token
        if token.tag_ in ("VBN", "VBD") and not children(token, "dobj", "ccomp"):
            row = _verb_row(token, "object")
            return (row, token) if row is not None else None
        if token.lower_ not in _BETWEEN:
            return None
    return None


def _joined(kind: NumberKind, word: Token) -> NumberKind:
    """Return the kind of "killed or wounded": both together."""
    kinds = {kind}
    for other in (*children(word, "conj"), *([word.head] if word.dep_ == "conj" else [])):
        pair = word if other.i > word.i else other
        if any(child.lower_ == "or" for child in children(pair, "cc")):
            rows = (*_rows("verb", lemma(other)), *_rows("adjective", other.lower_))
            kinds.update(row.kind for row in rows)
    return "casualties" if kinds == {"dead", "injured"} else kind
