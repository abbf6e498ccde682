"""Factuality: whether the act that a given word tells happened, from -3 (surely not) to 3 (surely).

In: a word of a parsed text.  Out: the mean answer to be expected of readers asked "did it happen?", as in
UDS-IH2.  A logistic regression adds up weights of what stands in the syntax: the modality that our rules
give the word, its form, auxiliaries and negation, and the words that govern it.  The weights are a table
that can be read (``models/factuality/weights.tsv``); events of a record do not use it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import children, is_imperative
from onrecord.coding.event_clause import auxiliaries, is_negated
from onrecord.coding.event_modality import judge
from onrecord.coding.model_files import ModelError, checked_files
from onrecord.parsing.syntax import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

MODEL_DIR = Path(__file__).resolve().parent.parent / "models" / "factuality"
LIMIT = 3.0
"""The greatest factuality; the least is its negative."""
CONSTANT = "constant"
REASON = "why="
"""Begins the name of the weight of what decided our rules."""
_REAL = frozenset({"rule=happened", "rule=ongoing"})
_DEPTH = 6
_PERSONS = {"i": "1", "we": "1", "me": "1", "you": "2", "he": "3", "she": "3", "they": "3"}
_THINGS = frozenset({"it", "that", "this"})
_ANYBODY = frozenset("anyone anybody someone everyone whoever people one".split())
_SPOKEN = frozenset({"mark", "advmod", "prt", "neg", "cc", "det", "poss"})
_TELLING = frozenset(
    "if please would will could can may should when unless whether maybe perhaps hope you your".split()
)


def factuality_of(token: Token, weights: Mapping[str, float] | None = None) -> float:
    """Return the factuality of the act that ``token`` tells, by the shipped weights or others.

    Where our rules have a reason against the act that was too rare to have a weight ("threatened to
    bomb"), the sign is theirs.
    """
    known = load_weights() if weights is None else weights
    found = signs(token)
    total = known.get(CONSTANT, 0.0) + sum(known.get(sign, 0.0) for sign in sorted(found))
    value = LIMIT * math.tanh(total / 2)
    unknown = not any(sign in known for sign in found if sign.startswith(REASON))
    return -abs(value) if unknown and found.isdisjoint(_REAL) else value


def signs(token: Token) -> set[str]:
    """Return what in the syntax may tell whether the act happened, as names of weights."""
    return {*_of_word(token), *_of_governor(token), *_of_sentence(token)}


def _of_word(token: Token) -> Iterator[str]:
    judged, word, tag, label = judge(token), lemma(token), token.tag_, token.dep_
    yield from (f"rule={judged.modality}", f"{REASON}{judged.modality}|{judged.because}")
    yield from (f"lemma={word}", f"lemma={word}|{tag}", f"tag={tag}", f"dep={label}")
    yield f"tag={tag}|{label}"
    negated = is_negated(token)
    yield f"negated={negated}"
    if negated:
        yield f"negated={word}"
    helpers = _helpers(token)
    yield from (f"aux={helper}" for helper in helpers)
    yield from (f"auxs={' '.join(helpers)}", f"auxs={' '.join(helpers)}|{tag}")
    subject = _subject(token)
    yield from (f"subject={subject}", f"subject={subject}|{tag}")
    for child in token.children:
        spoken = child.dep_ in _SPOKEN
        yield f"{child.dep_}={child.lower_}" if spoken else f"has={child.dep_}"
        if child.dep_ in ("dobj", "attr", "acomp"):
            yield f"{child.dep_}={lemma(child)}"


def _of_governor(token: Token) -> Iterator[str]:
    head, label = token.head, token.dep_
    if head is token:
        return
    judged = judge(head)
    yield from (f"head={lemma(head)}|{label}", f"head tag={head.tag_}|{label}")
    yield f"head={lemma(head)}|{label}|{is_negated(head)}|{token.tag_}"
    yield from (f"head rule={judged.modality}|{label}", f"head why={judged.because}|{label}")
    yield from (
        f"head negated={is_negated(head)}|{label}",
        f"head subject={_subject(head)}|{label}",
    )
    if label in ("pcomp", "pobj"):
        yield f"preposition={head.lower_}|{label}"
        yield f"preposition rule={judge(head.head).modality}|{label}"
    yield from _above(token)


def _above(token: Token) -> Iterator[str]:
    """Yield what the words above say, up to the root of the sentence."""
    place, path = token, ""
    for depth in range(_DEPTH):
        if place.head is place:
            break
        path, place = f"{path}>{place.dep_}", place.head
        yield f"above={lemma(place)}|{'far' if depth else 'near'}"
        yield f"above rule={judge(place).modality}"
        if depth < 3:
            yield f"path={path}|{place.tag_[:1]}"
        if is_negated(place):
            yield "above negated"
        yield from (f"above mark={child.lower_}" for child in children(place, "mark"))
        yield from (f"above aux={helper}" for helper in _helpers(place))
        if place.tag_[:1] == "V" and is_imperative(place):
            yield "above imperative"


def _of_sentence(token: Token) -> Iterator[str]:
    sentence = token.sent
    words = [word.lower_ for word in sentence]
    root = sentence.root
    yield from (f"root rule={judge(root).modality}", f"root tag={root.tag_}")
    if "?" in words:
        asked = " ".join(_helpers(token)[:1])
        yield from ("question", f"question|{token.dep_}", f"question|{asked}|{_subject(token)}")
    if "!" in words:
        yield "exclamation"
    yield from (f"sentence={word}" for word in _TELLING.intersection(words))
    at = token.i - sentence.start
    yield f"before={words[at - 1] if at else ''}"
    yield f"after={words[at + 1] if at + 1 < len(words) else ''}"


def _helpers(token: Token) -> list[str]:
    if token.tag_[:1] not in "VM":
        return []
    return [auxiliary.lower_ for auxiliary in auxiliaries(token)]


def _subject(token: Token) -> str:
    """Return the kind of a verb's subject: person, thing, anybody, or its tag and article."""
    for child in children(token, "nsubj", "nsubjpass"):
        word = child.lower_
        if word in _PERSONS:
            return _PERSONS[word]
        if word in _THINGS:
            return "it"
        articles = [part.lower_ for part in child.lefts if part.dep_ == "det"]
        kind = "anybody" if word in _ANYBODY else child.tag_[:2]
        return " ".join([kind, *articles[:1]])
    return "none"


@functools.lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """Load the weights shipped with onrecord. Raises ``ModelError`` where they are not ours."""
    content = checked_files(MODEL_DIR, ("weights.tsv",))["weights.tsv"].decode("utf-8")
    lines = [line for line in content.splitlines() if line and not line.startswith("#")]
    try:
        return {name: float(weight) for name, _, weight in (row.rpartition("\t") for row in lines)}
    except ValueError as error:
        raise ModelError(f"{MODEL_DIR / 'weights.tsv'}: {error}") from error
