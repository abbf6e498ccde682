"""Patterns against syntax: which acts a sentence tells, and which tokens take part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import (
    base_form,
    blamed,
    children,
    complement_subjects,
    datives,
    held_by,
    is_passive,
    is_time,
    left_modifiers,
    light_verb,
    misread_subject,
    objects_of,
    predicated,
    subjects,
    surface_subjects,
)
from onrecord.coding.event_objects import fitting_object
from onrecord.knowledge.plover import Kind, Pattern, load_classes, patterns_by_lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ACTOR: dict[Kind, tuple[str, ...]] = {
    "verb": ("subject",),
    "noun": ("light", "left", "by", "blamed"),
    "adjective": ("subject",),
}
RECIPIENT: dict[Kind, tuple[str, ...]] = {
    "verb": ("object", "dative", "with", "against", "on", "to", "at"),
    "noun": ("on", "against", "with", "to", "of", "at", "in", "into", "over"),
    "adjective": ("of", "to", "with", "about", "at", "by"),
}
# How many patterns are tried at one trigger before it is given up.
_CHOICES = 3
_TOWARDS = ("against", "on", "with", "from", "to", "into", "in")
_ADVERBS = frozenset({"in", "along", "over"})
_PARTICLES = frozenset("prt prep advmod agent dative oprd advcl mark npadvmod".split())


@dataclass(frozen=True)
class Act:
    """A pattern found at a token: who may act and who may undergo it, by argument, best first."""

    pattern: Pattern
    token: Token
    words: tuple[Token, ...]
    actors: tuple[tuple[str, Token], ...]
    recipients: tuple[tuple[str, Token], ...]
    carrier: Token | None = None


def find_acts(doc: Doc, first: int, last: int) -> list[Act]:
    """Return the acts that the tokens ``[first, last)`` tell, one a trigger, in order."""
    return [choices[0] for choices in act_choices(doc, first, last)]


def act_choices(doc: Doc, first: int, last: int) -> list[list[Act]]:
    """Return for each trigger the acts that fit it, the most specific pattern's first."""
    found = [choices for token in doc[first:last] if (choices := match(token))]
    inside = {
        word.i for acts in found if acts[0].pattern.kind != "noun" for word in acts[0].words[1:]
    }
    return [
        acts for acts in found if acts[0].pattern.kind != "noun" or acts[0].token.i not in inside
    ]


def match(token: Token) -> list[Act]:
    """Return the acts of the patterns that fit at this token, the most specific first."""
    found: list[Act] = []
    near: frozenset[str] | None = None
    particles = {child.lower_ for child in children(token, "prt")}
    for kind, word in _readings(token):
        rows = patterns_by_lemma().get((kind, word), ())
        phrasal = particles and {part for row in rows for part in row.words.split()[1:]} & particles
        for pattern in rows:
            if any(pattern is act.pattern for act in found):
                continue
            if phrasal and phrasal.isdisjoint(pattern.words.split()[1:]):
                continue  # who "ruled out strikes against" rules against nobody
            if kind != "noun" and " " in pattern.words:
                near = _near(token) if near is None else near
                if pattern.words.split()[1] not in near:
                    continue
            words = _words(token, pattern)
            if words is not None:
                found.append(act_of(token, pattern, words))
                if len(found) == _CHOICES:
                    return found
    return found


def _near(token: Token) -> frozenset[str]:
    """Return the words among which the particles of a trigger can be."""
    below = list(token.children)
    return frozenset(word.lower_ for head in (token, *below) for word in head.children)


def _readings(token: Token) -> Iterator[tuple[Kind, str]]:
    tag, label = token.tag_, token.dep_
    if tag[:1] == "V":
        bare = label in ("amod", "compound") and not misread_subject(token)
        if bare or label in ("aux", "auxpass"):
            return
        yield "verb", base_form(token)
        yield from (("verb", form) for form in _unknown_forms(token.lower_))
        if tag in ("VBN", "VBG") and not children(token, "dobj", "agent"):
            yield "adjective", token.lower_
    elif tag in ("NN", "NNS"):
        if label != "compound" or (
            token.head.tag_ in ("NNS", "NN") and base_form(token.head) in CARRIERS
        ):
            yield "noun", base_form(token)
    elif tag in ("NNP", "NNPS") and label != "compound" and not is_time(token):
        yield "noun", token.lower_
    elif tag == "JJ" and label not in ("compound", "nmod"):
        if token.lower_.endswith("ed") and label == "ROOT" and children(token, "nsubj"):
            yield from (("verb", form) for form in _unknown_forms(token.lower_))
        yield "adjective", token.lower_


def _unknown_forms(form: str) -> Iterator[str]:
    """Yield the stems of a verb that the dictionary may not hold: "defunded" is "defund"."""
    for ending in ("ed", "d", "ing", "s"):
        if form.endswith(ending):
            yield form[: -len(ending)]


CARRIERS = frozenset(
    {"claim", "warning", "charge", "plan", "threat", "call", "operation", "attempt"}
)


def _words(token: Token, pattern: Pattern) -> tuple[Token, ...] | None:
    """Return the tokens of the trigger, the head first; none if the pattern does not fit."""
    parts = pattern.words.split()
    spoken = pattern.actor == ("speaker",)
    if pattern.kind == "adjective" and token.dep_ in ("amod", "nmod") and not spoken:
        return None
    predicate = token.dep_ in ("attr", "oprd", "nsubj", "dobj", "conj", "pobj")
    if pattern.kind == "noun" and spoken and "subject" in pattern.recipient and not predicate:
        return None
    if pattern.kind == "noun":
        found = _modifiers(token, parts[:-1])
    else:
        found = _particles(token, parts[1:], pattern)
    if found is None:
        return None
    return fitting_object(token, pattern, found)


def _modifiers(token: Token, parts: list[str]) -> tuple[Token, ...] | None:
    found = []
    for part in parts:
        held = next(
            (child for child in token.lefts if part in (child.lower_, base_form(child))), None
        )
        if held is None:
            return None
        found.append(held)
    return (token, *found)


def _particles(token: Token, parts: list[str], pattern: Pattern) -> tuple[Token, ...] | None:
    found: list[Token] = [token]
    # "in" with a noun of its own is a particle only where the pattern asks for that noun.
    loose = frozenset() if pattern.object else _ADVERBS - set(pattern.recipient)
    for part in parts:
        places = [*found, *children(token, "dobj", "nsubjpass")] if part != parts[0] else [token]
        held = next(
            (
                child
                for place in [*places, *children(token, "dobj", "prt")]
                for child in place.children
                if child.lower_ == part
                and child.dep_ in _PARTICLES
                and child.tag_ != "VB"
                and (child.i > place.i or child.dep_ != "prep" or bool(children(child, "pcomp")))
                and not _temporal(child)
                and not _parenthetic(child)
                and not (part in loose and children(child, "pobj"))
            ),
            None,
        )
        if held is None:
            return None
        found.append(held)
    return tuple(found)


def _parenthetic(preposition: Token) -> bool:
    """Tell whether a preposition only leads in an example: "for instance"."""
    held = children(preposition, "pobj")
    return bool(held) and held[0].lower_ in ("example", "instance", "now", "part")


def _temporal(preposition: Token) -> bool:
    held = children(preposition, "pobj")
    return bool(held) and is_time(held[0])


def act_of(token: Token, pattern: Pattern, words: tuple[Token, ...]) -> Act:
    """Return the act of a pattern at a token, with what fills its arguments."""
    carrier = light_verb(token) if pattern.kind == "noun" else None
    actor = pattern.actor or ACTOR[pattern.kind]
    if pattern.kind == "noun":
        actor = (*actor, "blamed")
    recipient = pattern.recipient or RECIPIENT[pattern.kind]
    if carrier is not None and _undergone(token, carrier):
        actor, recipient = ("from", "by", "left"), ("subject",)
    if pattern.type == "SUPPORT" and _gained(token):
        return Act(
            pattern,
            token,
            words,
            tuple(_filled(token, ("of", "from", "by", "left"), None)),
            tuple(("subject", noun) for noun in subjects(token.head)),
            token.head,
        )
    return Act(
        pattern,
        token,
        words,
        tuple(_filled(token, actor, carrier)),
        tuple(_filled(token, recipient, carrier)) + _of_particle(token, words, recipient),
        carrier,
    )


def _undergone(noun: Token, carrier: Token) -> bool:
    """Tell whether the carrier's subject suffers the act: "drew criticism", "was met with anger"."""
    word = base_form(carrier)
    met = word == "meet" and noun.dep_ == "pobj" and noun.head.lower_ == "with"
    return met or word in load_classes()["passivelight"]


def _gained(noun: Token) -> bool:
    """Tell whether somebody has the support of another: "won the backing of the union"."""
    return (
        noun.tag_[:1] == "N"
        and noun.dep_ == "dobj"
        and base_form(noun.head) in load_classes()["gain"]
        and bool(held_by(noun, "of") or held_by(noun, "from") or children(noun, "poss"))
    )


def _of_particle(
    token: Token, words: tuple[Token, ...], recipient: tuple[str, ...]
) -> tuple[tuple[str, Token], ...]:
    """Return the object that the parser hung on a particle: "voted down the bill"."""
    if "object" not in recipient or token.tag_[:1] != "V" or objects_of(token):
        return ()
    return tuple(
        ("object", noun)
        for word in words[1:]
        if word.lower_ in ("down", "up", "out", "off", "back")
        for noun in children(word, "pobj")
    )


def _filled(
    token: Token, names: tuple[str, ...], carrier: Token | None
) -> Iterator[tuple[str, Token]]:
    for name in names:
        if name == "complement":
            for number, group in enumerate(_complement(token)):
                yield from ((f"complement {number}", noun) for noun in group)
            continue
        yield from ((name, noun) for noun in argument(token, name, carrier))


def argument(token: Token, name: str, carrier: Token | None = None) -> list[Token]:
    """Return the tokens that fill the argument ``name`` of a verb, noun or adjective."""
    if name == "speaker":
        return []
    if (token.tag_[:1] == "V" and token.dep_ != "acomp") or token.dep_ == "ROOT":
        return _of_verb(token, name) if token.tag_[:1] in "VJ" else _of_noun(token, name, carrier)
    if token.tag_[:1] in "JV":
        if name == "subject":
            return predicated(token)
        return held_by(token, name)
    return _of_noun(token, name, carrier)


def _of_verb(token: Token, name: str) -> list[Token]:
    if name == "subject":
        return subjects(token)
    if name == "object":
        return objects_of(token)
    if name == "dative":
        return datives(token)
    if name == "clause":
        found = complement_subjects(token)
        return found or (complement_subjects(token.head) if token.dep_ == "dobj" else [])
    return held_by(token, name)


def _complement(token: Token) -> list[list[Token]]:
    """Return whom the act in the complement is done to: "threatened to attack Kyiv"."""
    places = [token, *children(token, "dobj", "attr")]
    clauses = [found for place in places for found in children(place, "xcomp", "ccomp", "acl")]
    clauses += [held for child in children(token, "prep") for held in children(child, "pcomp")]
    clauses += [  # "warned that it is ready to attack Kyiv"
        deeper
        for clause in clauses
        for word in children(clause, "acomp")
        for deeper in children(word, "xcomp")
    ]
    groups = []
    for clause in clauses:
        if clause.tag_[:1] == "V":
            groups.append(objects_of(clause) if not is_passive(clause) else [])
            groups += [datives(clause), complement_subjects(clause)]
            groups += [held_by(clause, name) for name in _TOWARDS]
    return [group for group in groups if group]


def _of_noun(token: Token, name: str, carrier: Token | None) -> list[Token]:
    if name == "left":
        return left_modifiers(token)
    if name == "subject" and token.dep_ in ("attr", "oprd"):
        return surface_subjects(token.head)
    if name in ("light", "subject"):
        if carrier is None:
            return []
        passive = _undergone(token, carrier)
        return surface_subjects(carrier) if passive and name == "subject" else subjects(carrier)
    if name in ("object", "dative"):
        return datives(carrier) if carrier is not None else []
    if name == "around":
        return _around(token)
    if name == "blamed":
        return blamed(token)
    if name == "clause":
        found = complement_subjects(token)
        return found or (complement_subjects(token.head) if token.dep_ == "dobj" else [])
    own = held_by(token, name)
    if own or carrier is None or (is_passive(carrier) and name == "by"):
        return own or (subjects(carrier) if carrier is not None and name == "by" else [])
    return held_by(carrier, name)


def _around(token: Token) -> list[Token]:
    """Return the subject of the clause that a noun only accompanies: "said after a call with"."""
    head, depth = token, 0
    while head.dep_ in ("pobj", "prep", "pcomp", "conj", "dobj") and depth < 5:
        head, depth = head.head, depth + 1
        if head.tag_[:1] == "V":
            return subjects(head) if not is_passive(head) else surface_subjects(head)
    return []
