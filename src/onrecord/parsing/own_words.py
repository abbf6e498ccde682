"""What a pronoun that speaks is said to say: its quotation, whom that names, and who spoke before.

Nobody speaks of himself by name: in ‘“Trump lost,” he said’ another man speaks. And the sentence
before a long quotation is the one before its speaker's, however many the quotation has.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from onrecord.parsing.annotated import Quotation
from onrecord.parsing.antecedents import Candidate, Scene, Speech, Standing

_FEWEST_WORDS = 3
_MOST = 8


def own_quotations(scene: Scene, pronoun: Standing) -> list[Quotation]:
    """Return what a pronoun outside quotations is said to speak, if its clause is one of speech.

    That is what is quoted in its sentence, and before that what was opened and never closed.
    """
    if not pronoun.spoken or pronoun.quotation >= 0:
        return []
    quotations, text = scene.annotated.quotations, scene.annotated.text
    here = scene.annotated.sentences[pronoun.sentence].span
    index = bisect_left(quotations, here.end, key=lambda q: q.outer.start)
    found: list[Quotation] = []
    for quotation in reversed(quotations[max(0, index - _MOST) : index]):
        gap = text[quotation.outer.end : found[-1].outer.start] if found else "-"
        goes_on = not quotation.closed and not gap.strip()
        if not goes_on and quotation.outer.end <= here.start:
            break
        found.append(quotation)
    return found


def before(scene: Scene, place: Standing, own: list[Quotation]) -> Standing:
    """Return where a pronoun stands as seen from before its quotation: where that begins."""
    if not own:
        return place
    token = scene.annotated.token_at(own[-1].outer.start).i
    sentence = scene.sentence_of[token]
    if token >= place.token or sentence < 0:
        return place
    paragraph = scene.annotated.sentences[sentence].paragraph
    return replace(place, token=token, sentence=sentence, paragraph=paragraph)


def speech_of(
    scene: Scene,
    place: Standing,
    own: list[Quotation],
    candidates: list[Candidate],
    agreeing: list[Candidate],
) -> Speech:
    """Return whom a pronoun that speaks names in its quotation, and who spoke before it.

    ``candidates`` are all mentions in the order of the text; ``agreeing`` those it may mean, the
    nearest first.
    """
    if not place.spoken or place.quotation >= 0:
        return Speech()
    named = {actor for quotation in own for actor in _named_in(scene, quotation, candidates)}
    last = next(
        (c.mention.actors[0] for c in agreeing
         if c.place.spoken and c.place.main and c.place.quotation < 0
         and c.place.sentence < place.sentence), None,
    )  # fmt: skip
    return Speech(frozenset(named), last)


def _named_in(scene: Scene, quotation: Quotation, candidates: list[Candidate]) -> Iterator[str]:
    """Yield whom a quotation speaks of, unless it is two words or less, a title or a nickname."""
    words = quotation.inner
    if len(words.of(scene.annotated.text).split()) < _FEWEST_WORDS:
        return
    index = bisect_right(candidates, words.start - 1, key=lambda c: c.start)
    for candidate in islice(candidates, index, None):
        if candidate.start >= words.end:
            break
        if candidate.how != "pronoun":
            yield from candidate.mention.actors
