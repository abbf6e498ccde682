"""What an act of speech is about: the strikes that are ruled out, the deal that is praised.

In: a row and its syntax. Out: the words after (or, in the passive, before) its trigger that say it.
A stance is told by act and matter; see ``asking/positions.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import children, is_passive, is_time, surface_subjects
from onrecord.coding.event_rows import Row
from onrecord.knowledge.plover import load_types
from onrecord.parsing.annotated import Annotated
from onrecord.parsing.syntax import lemma
from onrecord.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS = frozenset(
    "of for to against on over with about into toward towards upon from as behind".split()
)
_COMPLEMENTS = ("dobj", "ccomp", "xcomp", "oprd", "attr", "pcomp", "pobj")
_LOOSE = frozenset({"advcl", "parataxis", "punct", "cc", "mark"})
_CIRCUMSTANCES = frozenset("after before since during until because despite amid following".split())
_RELATIVE = frozenset({"WDT", "WP"})
_PRONOUNS = frozenset({"PRP", "WP", "WDT", "EX"})
_LONGEST = 60  # tokens


def about_of(annotated: Annotated, row: Row) -> Span | None:
    """Return the words of what an act of speech, or an offer, is about; none for other acts."""
    verbal = load_types()[row.pattern.type].quad in (1, 3) and row.pattern.type != "CONSULT"
    if not verbal and row.modality != "offered":
        return None
    act = {row.token.i}
    if row.pattern.id.endswith(".speech") and row.pattern.type == "REQUEST":
        parts, act = [row.token, *surface_subjects(row.token)], set()
    elif row.pattern.actor == ("speaker",):
        parts = _judged(row.token)
    else:
        parts = _complements(row)
    return _stretch(annotated, parts, act)


def _judged(token: Token) -> list[Token]:
    """Return what a quoted judgement is said of: the subject of "is unacceptable"."""
    if token.dep_ in ("amod", "nmod"):
        return [token.head]
    verb = token.head if token.dep_ in ("acomp", "attr", "oprd") else token
    return children(verb, "nsubj", "nsubjpass")


def _complements(row: Row) -> list[Token]:
    token = row.token
    found = _of(token)
    if token.tag_[:1] == "N" and token.head.tag_[:1] == "V" and token.dep_ == "dobj":
        found += [child for child in _of(token.head) if child.i != token.i]
    if token.tag_[:1] == "V" and is_passive(token):
        found += children(token, "nsubjpass") or ([token.head] if token.dep_ == "acl" else [])
    if token.dep_ == "relcl" and any(part.tag_ in _RELATIVE for part in found):
        return [token.head]
    for noun in children(token, "dobj"):
        if lemma(noun) in row.pattern.object:  # "expressed concern about the strikes"
            rest = [*_of(noun), *(part for part in found if part.i != noun.i)]
            return rest or found
    return found


def _of(place: Token) -> list[Token]:
    found = []
    for child in place.children:
        after = child.i > place.i or child.tag_ in _RELATIVE
        complement = child.dep_ in _COMPLEMENTS and after and not is_time(child)
        aim = child.dep_ in ("acl", "relcl") and place.tag_[:1] == "N" and child.tag_ == "VB"
        if complement or aim:
            found.append(child)
        elif child.dep_ in ("prep", "dative") and child.lower_ in _LINKS and child.i > place.i:
            held = [noun for noun in children(child, "pobj", "pcomp") if not is_time(noun)]
            found += held[:1]
    return found


def _stretch(annotated: Annotated, parts: list[Token], act: set[int]) -> Span | None:
    """Return one stretch over the phrases of the parts, on one side of the act itself."""
    tokens = sorted({token.i for part in parts for token in _phrase(part, act)} - act)
    if act and tokens:
        after = [index for index in tokens if index > max(act)]
        tokens = after or tokens
    if not tokens:
        return None
    first, last = tokens[0], min(tokens[-1], tokens[0] + _LONGEST)
    if act and first < min(act) < last:
        last = min(act) - 1
    words = [annotated.doc[index] for index in range(first, last + 1)]
    if all(word.tag_ in _PRONOUNS for word in words):
        return None
    return annotated.span_of(first, last + 1)


def _phrase(token: Token, act: set[int]) -> list[Token]:
    """Return a token and what belongs to it, without times and clauses that only stand beside it."""
    found: list[Token] = []
    queue = [token]
    while queue and len(found) < _LONGEST:
        word = queue.pop(0)
        found.append(word)
        queue += [
            child
            for child in word.children
            if child.i not in act
            and child.dep_ not in _LOOSE
            and not _temporal(child)
            and not (child.dep_ == "relcl" and _comma_before(child))
        ]
    return found


def _temporal(token: Token) -> bool:
    """Tell whether a word begins a time or a circumstance: "on Monday", "after the attack"."""
    if token.dep_ == "prep" and token.lower_ in _CIRCUMSTANCES:
        return True
    held = children(token, "pobj") if token.dep_ == "prep" else [token]
    return bool(held) and token.dep_ in ("prep", "npadvmod", "advmod") and is_time(held[0])


def _comma_before(clause: Token) -> bool:
    first = clause.left_edge.i
    return first > 0 and clause.doc[first - 1].text == ","
