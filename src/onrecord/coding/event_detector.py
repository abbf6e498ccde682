"""Acts that no pattern knows: found by the tagger's network, built by syntax like those of patterns.

The network gives each word the chance that it tells an act of each PLOVER type. Words that it is sure
of, and that no pattern has taken, become acts with the arguments that verbs and nouns usually have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import base_form, children, misread_subject
from onrecord.coding.event_objects import forbids
from onrecord.coding.event_patterns import Act, act_of
from onrecord.coding.event_rows import LEARNED, SURE, View
from onrecord.coding.tagger import ActChances, read_document
from onrecord.knowledge.plover import Kind, Needs, Pattern, load_classes, patterns_by_lemma
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import EventType

if TYPE_CHECKING:
    from spacy.tokens import Token

_KINDS: dict[str, Kind] = {"V": "verb", "N": "noun", "J": "adjective"}
_CARRYING = frozenset({"fly", "take", "bring", "drive", "escort", "whisk"})
_BOTH: frozenset[EventType] = frozenset({"CONSULT", "COOPERATE"})
_RECIPIENTS: dict[EventType, tuple[str, ...]] = {
    "CONSULT": ("with", "object", "to", "at"),
    "COOPERATE": ("with", "object", "to"),
    "AGREE": ("with", "to", "dative", "object"),
    "AID": ("dative", "to", "for", "object", "in"),
    "RETREAT": ("object", "from", "to"),
    "MOBILIZE": ("against", "near", "along", "to", "into", "in"),
    "PROTEST": ("against", "over", "at", "object"),
}
_ANY = ("object", "dative", "with", "against", "on", "at", "to", "from", "for", "over")
_NOUN = ("on", "against", "with", "of", "to", "at", "from", "for", "over", "in")


class Detector:
    """The network's view of one document."""

    def __init__(self, annotated: Annotated) -> None:
        self.doc = annotated.doc
        self.chances: ActChances = read_document(annotated).acts

    def view(self, token: Token) -> View | None:
        """Return what the network sees at a token, or none where it reads no word."""
        rows = self.chances.between(token.idx, token.idx + len(token))
        return View.of(rows[int(rows[:, 0].argmin())]) if len(rows) else None

    def proposals(self, sentence: Sentence, taken: Mapping[int, EventType]) -> Iterator[Act]:
        """Yield the acts of a sentence at tokens that are not ``taken``, in the order of the text."""
        rows = self.chances.between(sentence.span.start, sentence.span.end)
        if not len(rows) or rows[:, 0].min() > 1 - SURE:
            return
        views = ((token.i, self.view(token)) for token in self.doc[sentence.first : sentence.last])
        sure = {index: view for index, view in views if view is not None and view.is_sure}
        for index, view in sure.items():
            token = self.doc[index]
            form = _KINDS.get(token.tag_[:1])
            if form is None or not _tells(token, form, view, taken):
                continue
            above = sure.get(token.head.i)
            near = 0 < abs(token.head.i - index) <= 3
            if above is not None and near and above.type == view.type:
                continue  # one act in two words: the upper one tells it
            yield act_of(token, _pattern(form, base_form(token), view.type), (token,))


def _tells(token: Token, form: Kind, view: View, taken: Mapping[int, EventType]) -> bool:
    """Tell whether a word can stand for the act seen in it, and nothing found yet tells the same."""
    if not _may_tell(token) or _carries(token, view.type):
        return False
    if not taken.keys().isdisjoint(_near(token)):
        return False
    if any(forbids(token, pattern) for pattern in _known(form, base_form(token), view.type)):
        return False
    return not _subject_tells(token, view, taken)


def _carries(token: Token, kind: EventType) -> bool:
    """Tell whether somebody is taken along, which is no visit of his: "flew him to New York"."""
    if kind not in ("CONSULT", "MOBILIZE") or base_form(token) not in _CARRYING:
        return False
    return any(noun.tag_ in ("PRP", "NNP") for noun in children(token, "dobj"))


def _may_tell(token: Token) -> bool:
    """Tell whether a word can stand for an act: no name, no auxiliary, nothing before its noun."""
    if token.tag_[:3] == "NNP" or token.dep_ in ("aux", "auxpass"):
        return False
    return token.dep_ not in ("amod", "compound") or bool(misread_subject(token))


def _subject_tells(token: Token, view: View, taken: Mapping[int, EventType]) -> bool:
    """Tell whether the subject tells the same act: "a demonstration by teachers blocked the road"."""
    return any(taken.get(noun.i) == view.type for noun in children(token, "nsubj"))


@lru_cache(maxsize=4096)
def _known(form: Kind, lemma: str, kind: EventType) -> tuple[Pattern, ...]:
    """Return the patterns of this word alone for a type."""
    rows = patterns_by_lemma().get((form, lemma), ())
    return tuple(row for row in rows if row.type == kind and row.words == lemma)


def _near(token: Token) -> list[int]:
    """Return the tokens of which none may tell an act already: itself, its light verb, its object."""
    found = [token.i]
    if token.dep_ in ("dobj", "pobj", "attr", "nsubjpass") and token.tag_[:1] == "N":
        verb = token.head if token.head.tag_[:1] == "V" else token.head.head
        if base_form(verb) in load_classes()["light"]:
            found.append(verb.i)
    return found


@lru_cache(maxsize=4096)
def _pattern(form: Kind, words: str, kind: EventType) -> Pattern:
    """Return what stands for a pattern where there is none."""
    needs: Needs = "both" if kind in _BOTH else "actor"
    modes = {pattern.mode for pattern in _known(form, words, kind)}
    return Pattern(
        id=f"{kind}{LEARNED}",
        kind=form,
        words=words,
        type=kind,
        mode=modes.pop() if len(modes) == 1 else None,
        example="",
        recipient=_NOUN if form == "noun" else _RECIPIENTS.get(kind, _ANY),
        needs=needs,
    )
