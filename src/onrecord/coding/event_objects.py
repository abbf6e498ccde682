"""What a pattern demands of its object: lemmas, classes of words, a clause, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import base_form, children, objects_of
from onrecord.knowledge.plover import COMPLEMENTS, Pattern, load_classes

if TYPE_CHECKING:
    from spacy.tokens import Token


def fitting_object(
    token: Token, pattern: Pattern, words: tuple[Token, ...]
) -> tuple[Token, ...] | None:
    """Check what the pattern demands of its object; return the trigger with the object's head."""
    if (
        token.tag_[:1] == "V"
        and pattern.recipient[:1] == ("object",)
        and _lacks_object(token, pattern)
    ):
        return None
    if not pattern.object:
        return words
    heads = _object_heads(token, words)
    demanded = [name for name in pattern.object if not name.startswith("!")]
    if _forbids(pattern, heads):
        return None
    if not demanded:
        return words
    for name in demanded:
        if name in COMPLEMENTS:
            if _has_complement(token, name, words, heads):
                return words
            continue
        for head in heads:
            if _is(head, name):
                return (*words, head)
    return None


def forbids(token: Token, pattern: Pattern) -> bool:
    """Tell whether the object at a token is one that the pattern rules out: "declined to comment"."""
    return _forbids(pattern, _object_heads(token, (token,)))


def _forbids(pattern: Pattern, heads: list[Token]) -> bool:
    barred = [name[1:] for name in pattern.object if name.startswith("!")]
    return any(_is(head, name) for name in barred for head in heads)


def _lacks_object(token: Token, pattern: Pattern) -> bool:
    """Tell whether a verb that needs an object has none: "seize on", "strike out"."""
    if pattern.kind != "verb" or "none" in pattern.object or len(pattern.words.split()) > 1:
        return False
    return not objects_of(token) and not children(token, "xcomp", "ccomp", "dobj")


def _has_complement(token: Token, name: str, words: tuple[Token, ...], heads: list[Token]) -> bool:
    if name == "plain":
        quoted = any(part.tag_ in ("``", "''") for part in token.doc[token.i : token.i + 40])
        said_of = children(token, "oprd", "ccomp", "acomp", "xcomp")
        return not quoted and all(child.tag_ == "VB" for child in said_of)
    if name == "subjunctive":
        return any(_wished(clause, token) for clause in children(token, "ccomp"))
    if name == "none":
        return not heads and not children(token, "ccomp", "xcomp")
    if name == "to":
        return any(
            child.tag_ == "VB" and any(part.lower_ == "to" for part in child.lefts)
            for child in children(token, "xcomp", "ccomp", "advcl", "acl")
        ) or any(children(word, "pcomp") for word in words[1:])
    return bool(children(token, "ccomp"))


def _wished(clause: Token, wish: Token) -> bool:
    """Tell whether a clause says what ought to be: "insisted that he leave", "it must end"."""
    words = {child.lower_ for child in children(clause, "aux")}
    if words & {"must", "should", "ought"}:
        return True
    subject = children(clause, "nsubj", "nsubjpass")
    singular = bool(subject) and subject[-1].tag_ in ("NN", "NNP")
    plural = bool(subject) and subject[-1].tag_ in ("NNS", "NNPS")
    misread = clause.tag_ == "VBP" and (singular or (plural and wish.tag_ == "VBD"))
    return not words - {"be", "not"} and (clause.tag_ == "VB" or misread)


def _object_heads(token: Token, words: tuple[Token, ...]) -> list[Token]:
    if token.tag_[:1] == "V":
        heads = [*objects_of(token), *children(token, "attr", "oprd", "dobj")]
        heads += children(token, "ccomp", "xcomp")
    elif token.tag_[:1] == "J":
        heads = []
    else:
        heads = [noun for child in children(token, "prep") for noun in children(child, "pobj")]
    for word in words[1:]:
        heads += children(word, "pobj")
    return [found for head in heads for found in _unwrapped(head)]


def _unwrapped(noun: Token) -> list[Token]:
    """Return a noun, and what it counts or wraps: "a series of attacks", "$5 billion in aid"."""
    found = [noun]
    if base_form(noun) in load_classes()["shell"]:
        found += children(noun, "compound")
    if noun.tag_ in ("CD", "$") or base_form(noun) in load_classes()["transparent"]:
        for child in children(noun, "prep"):
            if child.lower_ in ("of", "in", "worth"):
                found += children(child, "pobj")
    return found


def _is(head: Token, name: str) -> bool:
    word = base_form(head) if head.tag_ not in ("NNP", "NNPS") else head.lower_
    if name == "@land" and head.ent_type_ in ("GPE", "LOC", "FAC"):
        return True
    if name == "@attack" and any(child.lower_ in load_classes()["verbal"] for child in head.lefts):
        return False
    if name.startswith("@"):
        return word in load_classes()[name[1:]]
    return word == name
