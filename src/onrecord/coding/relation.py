"""Relation: what a text says that one marked actor does to another, always with an answer.

Patterns linked by syntax to the two spans come first; then patterns near them; then single words
that speak for a type.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding.event_actors import ActorFinder, Party
from onrecord.coding.event_arguments import base_form, surface_subjects
from onrecord.coding.event_modality import Judgement, judge
from onrecord.coding.event_patterns import Act, find_acts
from onrecord.coding.event_rows import Details, Row, build
from onrecord.coding.event_speech import DEMAND, obliges
from onrecord.knowledge.plover import Pattern, load_classes, load_patterns, load_types
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import EventMention, Modality, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# What each sign is worth: the actor where the source stands, the recipient where the target does.
ACTOR, RECIPIENT, SWAPPED, DISTANCE = 4.0, 3.0, 1.5, 0.15
_FALLBACK = "ACCUSE"


def relation_in(annotated: Annotated, source: Span, target: Span) -> EventMention:
    """Return what the document says that ``source`` does to ``target``: always one mention.

    ``why`` says whether a pattern links the two, stands near them, or only single words speak.
    """
    sentence = _sentence(annotated, source, target)
    acts = find_acts(annotated.doc, sentence.first, sentence.last)
    acts += _demands(annotated, sentence)
    scored = [
        (round(_score(annotated, act, source, target), 6), -number, act)
        for number, act in enumerate(acts)
    ]
    if scored:
        score, _, act = max(scored, key=lambda item: item[:2])
        judged = judge(act.token, sentence.heading)
        linked = "a pattern links the two" if score >= RECIPIENT else "the nearest pattern"
        return _mention(annotated, sentence, act.pattern, act.token, judged, linked, source, target)
    pattern, token = _by_words(annotated, sentence)
    return _mention(
        annotated, sentence, pattern, token, Judgement("happened"), "single words", source, target
    )


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
    annotated: Annotated,
    sentence: Sentence,
    pattern: Pattern,
    token: Token,
    judged: Judgement,
    why: str,
    source: Span,
    target: Span,
) -> EventMention:
    finder = ActorFinder(annotated)
    modality: Modality = pattern.modality or judged.modality
    row = Row(
        pattern=pattern,
        token=token,
        trigger=annotated.span_of(token.i, token.i + 1),
        sentence=sentence,
        actors=(_party(annotated, finder, source),),
        recipients=(_party(annotated, finder, target),),
        modality=modality,
        because=judged.because,
        governor=None,
        attribution=None,
        why=why,
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
