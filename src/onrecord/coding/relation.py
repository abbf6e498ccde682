"""Relation: what a text says that one marked actor does to another, always with an answer.

The type is that of PLOVER's manual: who will only meet agrees, who would strike threatens. An
encoder gives each type a chance; the patterns have their say too, the more the closer syntax links
theirs to the two spans. Which of the two decided, and where they disagree, stands in ``why``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from onrecord.coding.event_actors import ActorFinder, Party
from onrecord.coding.event_arguments import base_form, surface_subjects
from onrecord.coding.event_modality import judge
from onrecord.coding.event_patterns import Act, find_acts
from onrecord.coding.event_rows import Details, Row, build
from onrecord.coding.event_speech import DEMAND, obliges
from onrecord.coding.relation_reader import load_reader
from onrecord.knowledge.plover import (
    Pattern,
    load_classes,
    load_patterns,
    load_types,
    plover_type,
)
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import EventMention, EventType, Modality, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# What each sign is worth: the actor where the source stands, the recipient where the target does.
ACTOR, RECIPIENT, SWAPPED, DISTANCE = 4.0, 3.0, 1.5, 0.15
_FALLBACK = "ACCUSE"
# How much a pattern's type gains in the logarithm of its chance: where syntax gives it both as actor and
# recipient, links it to one, has it near them, or only single words speak. Chosen on five folds of PLV
# train, where half and twice as much are as good.
BOTH, LINKED, NEAREST, WORDS = 3.0, 1.0, 0.35, 0.1
_YIELD: frozenset[EventType] = frozenset(("CONCEDE", "RETREAT"))
_LEAST = 0.05
_FIRMLY = 2.5


@dataclass(frozen=True)
class _Reading:
    """What the patterns say: the pattern, its word, its modality, how sure that is, in what way."""

    pattern: Pattern
    token: Token
    modality: Modality
    because: str
    bonus: float
    how: str

    @property
    def type(self) -> EventType:
        """The type under which the manual files it."""
        return plover_type(self.pattern.type, self.modality)


def relation_in(
    annotated: Annotated,
    source: Span,
    target: Span,
    chances: dict[EventType, float] | None = None,
) -> EventMention:
    """Return what the document says that ``source`` does to ``target``: always one mention.

    ``type`` is the one under which PLOVER's manual files the act, ``confidence`` its chance;
    ``why`` says what the encoder and the patterns have it to be. ``chances`` of each type replace
    those of the shipped encoder, as cross-validation wants it.
    """
    sentence = _sentence(annotated, source, target)
    acts = find_acts(annotated.doc, sentence.first, sentence.last)
    acts += _demands(annotated, sentence)
    readings = _readings(annotated, sentence, acts, source, target)
    chances = chances or load_reader().chances(annotated.text, source, target)
    chosen, chance = _decide(chances, readings[0])
    fitting = next((reading for reading in readings if reading.type == chosen), None)
    mention = _mention(annotated, sentence, _filed(chosen, fitting, readings[0]), source, target)
    return msgspec.structs.replace(
        mention, confidence=round(chance, 2), why=_why(chances, readings[0], chosen)
    )


def _readings(
    annotated: Annotated, sentence: Sentence, acts: list[Act], source: Span, target: Span
) -> list[_Reading]:
    """Return what the patterns say, the likeliest first; single words where there is no pattern."""
    scored = [
        (round(_score(annotated, act, source, target), 6), -number, act)
        for number, act in enumerate(acts)
    ]
    found = []
    for score, _, act in sorted(scored, key=lambda item: item[:2], reverse=True):
        linked = score >= RECIPIENT
        how = "a pattern links the two" if linked else "the nearest pattern"
        judged = judge(act.token, sentence.heading)
        modality = act.pattern.modality or judged.modality
        bonus = (BOTH if score >= ACTOR + _FIRMLY else LINKED) if linked else NEAREST
        found.append(_Reading(act.pattern, act.token, modality, judged.because, bonus, how))
    if not found:
        pattern, token = _by_words(annotated, sentence)
        found = [_Reading(pattern, token, "happened", "", WORDS, "single words")]
    return found


def _decide(chances: dict[EventType, float], reading: _Reading) -> tuple[EventType, float]:
    """Return the likeliest type and its chance, with the patterns' bonus in it.

    The patterns' say is the same for CONCEDE and RETREAT, which the training data do not tell apart.
    """
    favoured = _YIELD if reading.type in _YIELD else {reading.type}
    weights = {
        kind: chance * (math.exp(reading.bonus) if kind in favoured else 1.0)
        for kind, chance in chances.items()
    }
    total = sum(weights.values())
    yielding = sum(weights[kind] for kind in _YIELD)
    best = max((kind for kind in weights if kind not in _YIELD), key=lambda kind: weights[kind])
    if yielding <= weights[best]:
        return best, weights[best] / total
    told = {
        kind: chances[kind] * (math.exp(reading.bonus) if kind == reading.type else 1.0)
        for kind in _YIELD
    }
    return max(sorted(told), key=lambda kind: told[kind]), yielding / total


def _filed(chosen: EventType, fitting: _Reading | None, first: _Reading) -> _Reading:
    """Return a reading whose pattern and modality are of the chosen type.

    Where the manual renames the act (a planned CONSULT is AGREE), or only the encoder has the type,
    the row is one of the type as such.
    """
    reading = fitting or replace(first, modality="happened", because="")
    if reading.pattern.type != chosen:
        plain = next(row for row in load_patterns() if row.type == chosen and not row.modality)
        reading = replace(reading, pattern=msgspec.structs.replace(plain, mode=None))
    if plover_type(chosen, reading.modality) != chosen:
        reading = replace(reading, modality="happened", because="")
    return reading


def _why(chances: dict[EventType, float], reading: _Reading, chosen: EventType) -> str:
    """Say what encoder and patterns have it to be."""
    told = f"encoder: {chosen} {chances[chosen]:.2f}"
    for kind in sorted(chances, key=lambda kind: -chances[kind])[:2]:
        if kind != chosen and chances[kind] >= _LEAST:
            told += f", {kind} {chances[kind]:.2f}"
    by = "" if reading.how == "single words" else f" ({reading.pattern.id})"
    says = "" if reading.type == chosen else f", for {reading.type}"
    return f"{told}; {reading.how}{by}{says}"


def _demands(annotated: Annotated, sentence: Sentence) -> list[Act]:
    """Return what the sentence says somebody must do, as a demand of whoever says it."""
    found = []
    for verb in annotated.doc[sentence.first : sentence.last]:
        if verb.tag_[:1] == "V" and obliges(verb):
            speakers = [("subject", noun) for noun in _sayers(verb)]
            addressed = [("clause", noun) for noun in surface_subjects(verb)]
            found.append(Act(DEMAND, verb, (verb,), tuple(speakers), tuple(addressed)))
    return found


def _sayers(verb: Token) -> list[Token]:
    """Return the subjects of the verb of saying above a clause."""
    head = verb.head
    return surface_subjects(head) if verb.dep_ == "ccomp" and head.tag_[:1] == "V" else []


def _sentence(annotated: Annotated, source: Span, target: Span) -> Sentence:
    """Return one stretch of sentences that holds both spans."""
    first = annotated.sentence_at(min(source.start, target.start)) or annotated.sentences[0]
    last = annotated.sentence_at(max(source.start, target.start)) or first
    if first is last:
        return first
    return Sentence(
        Span(first.span.start, last.span.end), first.first, last.last, first.paragraph, False
    )


def _score(annotated: Annotated, act: Act, source: Span, target: Span) -> float:
    score = 0.0
    actors = [_touch(annotated, token, source) for _, token in act.actors]
    recipients = [_touch(annotated, token, target) for _, token in act.recipients]
    score += ACTOR * max(actors, default=0.0) + RECIPIENT * max(recipients, default=0.0)
    if not any(actors) and not any(recipients):
        swapped = [_touch(annotated, token, target) for _, token in act.actors]
        score += SWAPPED * max(swapped, default=0.0)
    middle = (source.start + source.end + target.start + target.end) // 4
    words = abs(annotated.token_at(middle).i - act.token.i)
    score -= DISTANCE * min(words, 20)
    if any(not name.startswith("!") for name in act.pattern.object):
        score += 0.6
    return score + {"verb": 0.8, "noun": 0.0, "adjective": 0.2}[act.pattern.kind]


def _touch(annotated: Annotated, token: Token, span: Span) -> float:
    """Return 1 where a noun phrase's head lies in the span, less where the phrase overlaps it."""
    if span.start <= token.idx < span.end:
        return 1.0
    left, right = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
    return 0.7 if Span(left, right).overlaps(span) else 0.0


def _mention(
    annotated: Annotated, sentence: Sentence, reading: _Reading, source: Span, target: Span
) -> EventMention:
    finder = ActorFinder(annotated)
    token = reading.token
    row = Row(
        pattern=reading.pattern,
        token=token,
        trigger=annotated.span_of(token.i, token.i + 1),
        sentence=sentence,
        actors=(_party(annotated, finder, source),),
        recipients=(_party(annotated, finder, target),),
        modality=reading.modality,
        because=reading.because,
        governor=None,
        attribution=None,
        why=reading.how,
    )
    return build(annotated, [row], [Details()])[0]


def _party(annotated: Annotated, finder: ActorFinder, span: Span) -> Party:
    """Return the marked span as a party, with the actors that are mentioned in it."""
    inside = [mention for mention in annotated.mentions if mention.span.overlaps(span)]
    parties = [finder.party(mention, True) for mention in inside if mention.actors]
    actors = tuple(dict.fromkeys(name for party in parties[:1] for name in party.actors))
    countries = tuple(dict.fromkeys(name for party in parties[:1] for name in party.countries))
    return Party(span, actors, countries, True, annotated.token_at(span.start).i)


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, float]]:
    """Return how strongly each word speaks for each type: its share of the type's patterns."""
    found: dict[str, dict[str, float]] = {}
    classes = load_classes()
    for pattern in load_patterns():
        words = set(pattern.words.split()[:1] if pattern.kind != "noun" else pattern.words.split())
        for name in pattern.object:
            if not name.startswith("!"):
                words |= set(classes[name[1:]]) if name.startswith("@") else {name}
        for word in words:
            by_type = found.setdefault(word, {})
            by_type[pattern.type] = by_type.get(pattern.type, 0.0) + 1.0
    return {
        word: {kind: count / sum(counts.values()) for kind, count in counts.items()}
        for word, counts in found.items()
    }


def _by_words(annotated: Annotated, sentence: Sentence) -> tuple[Pattern, Token]:
    """Return a pattern of the type for which the words speak most, and the word that speaks most."""
    scores = dict.fromkeys(sorted(load_types()), 0.0)
    telling: dict[str, tuple[float, int]] = {}
    for token in annotated.doc[sentence.first : sentence.last]:
        if token.tag_[:1] in "NVJ":
            for kind, share in _words().get(base_form(token), {}).items():
                scores[kind] += share**2
                telling[kind] = max(telling.get(kind, (0.0, 0)), (share, -token.i))
    best = max(scores, key=lambda kind: (scores[kind], kind == _FALLBACK, kind))
    pattern = next(pattern for pattern in load_patterns() if pattern.type == best)
    place = -telling[best][1] if best in telling else sentence.first
    return pattern, annotated.doc[place]
