"""Binding: whom a pronoun cannot mean because of where it stands (principles B and C).

An argument of a verb is nobody else among its arguments: "he praised Obama". A subject is nobody
whom its own clause names after it: "he told reporters that Kim was ready". A name in a clause that
the pronoun does not govern may be meant: "In his speech, Obama said", "If he runs, Kim will win".
"""

from __future__ import annotations

from spacy.tokens import Token

_REFLEXIVE = frozenset(("himself", "herself", "themselves", "itself"))
_NOMINATIVE = frozenset(("he", "she", "they", "it"))
_SUBJECTS = ("nsubj", "nsubjpass")
_INSIDE_NAMES = ("compound", "nmod", "amod")
_CALLED = ("attr", "oprd")
_DEEPEST = 24


def same_argument(token: Token, head: Token) -> bool:
    """Tell whether both are arguments of one verb, so that they cannot be the same person."""
    if token.lower_ in _REFLEXIVE:
        return False
    if token.tag_ == "PRP$":
        return _within(token, head)
    if head.dep_ in ("poss", "compound", "nmod"):
        return False
    governor, other = token.head, head.head
    if token.dep_ == "pobj":
        governor = governor.head
    while head.dep_ in ("conj", "appos") and head.head.i != head.i:
        head, other = head.head, head.head.head
    if head.dep_ == "pobj":
        other = other.head
    return governor.i == other.i and governor.tag_.startswith("V")


def _within(token: Token, head: Token) -> bool:
    """Tell whether a possessive stands inside the phrase that ``head`` heads: "her son Bo"."""
    owned = token.head
    if owned.i == head.i or (
        owned.head.i == head.i and owned.dep_ in ("compound", "appos", "nmod")
    ):
        return True
    return head.head.i == owned.i and head.dep_ == "appos"


def governs(pronoun: Token, name: Token) -> bool:
    """Tell whether a subject pronoun c-commands a name behind it, so that it means another.

    What the subject is called ("he was known as Kim") names it; a clause of its own beside the
    pronoun's ("he left, and Kim stayed") and a relative clause are not below it.
    """
    subject = pronoun.dep_ in _SUBJECTS and pronoun.lower_ in _NOMINATIVE
    if not subject or name.i < pronoun.i or name.dep_ in _INSIDE_NAMES or is_called(name):
        return False
    verb, current = pronoun.head.i, name
    for _ in range(_DEEPEST):
        if current.i == verb:
            return True
        beside = current.dep_ == "conj" and any(c.dep_ in _SUBJECTS for c in current.lefts)
        if beside or current.dep_ in ("parataxis", "relcl") or current.head.i == current.i:
            return False
        current = current.head
    return False


def is_called(name: Token) -> bool:
    """Tell whether a name says who the subject is: "she is Ann Lee", "it was known as Zaire"."""
    while name.dep_ == "appos" and name.head.i != name.i:
        name = name.head
    return name.dep_ in _CALLED or (name.dep_ == "pobj" and name.head.lower_ == "as")
