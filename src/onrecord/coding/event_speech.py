"""Acts done by speaking: what a quoted or reported sentence demands, refuses or threatens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.event_actors import ActorFinder, Party
from onrecord.coding.event_arguments import (
    base_form,
    children,
    held_by,
    is_passive,
    surface_subjects,
)
from onrecord.coding.event_clause import is_negated
from onrecord.coding.event_rows import Row
from onrecord.coding.event_voice import Voices
from onrecord.knowledge.plover import Pattern, load_classes
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_MUST = frozenset({"must", "should", "ought"})
_MAYBE = frozenset({"may", "might", "could", "would"})
_FUTURE = frozenset({"will", "'ll", "’ll", "shall"})
_STATES = frozenset("know realize realise understand remember be have note see feel worry".split())
_QUESTION = frozenset({"how", "why", "when", "where", "what", "which", "who", "whether", "if"})
_FIRST = frozenset({"i", "we"})
_BODIES = ("government", "authorities", "administration", "parliament", "army", "police")
DEMAND = Pattern("REQUEST.speech", "verb", "must", "REQUEST", "Russia must leave, he said.")
_REFUSAL = Pattern("REJECT.speech", "verb", "not agree", "REJECT", "We do not agree, she said.")
_THREAT = Pattern(
    "THREATEN.speech", "verb", "will respond", "THREATEN", "We will respond, he said."
)


@dataclass(frozen=True)
class _Scene:
    annotated: Annotated
    sentence: Sentence
    finder: ActorFinder
    voices: Voices

    def polled(self, voice: Attribution) -> bool:
        """Tell whether the speakers are only those a poll asked: "70 percent of voters say"."""
        words = [word for span in voice.source for word in span.of(self.annotated.text).split()]
        polled = load_classes()["polled"]
        return any(word in polled or word.endswith("%") for word in words)


def spoken_acts(
    annotated: Annotated,
    sentence: Sentence,
    finder: ActorFinder,
    voices: Voices,
    rows: Sequence[Row],
) -> list[Row]:
    """Return the acts that the content of an attribution performs, beside those found already.

    "Russia must leave" demands; "we do not agree" refuses; "we will respond" threatens.
    """
    scene = _Scene(annotated, sentence, finder, voices)
    taken = {(row.pattern.type, row.token.i) for row in rows}
    found = []
    for token in annotated.doc[sentence.first : sentence.last]:
        if token.tag_[:1] != "V" and token.tag_ != "MD":
            continue
        voice = voices.at(token)
        if voice is None or not voice.speaker or scene.polled(voice):
            continue
        for row in _of_verb(scene, token, voice):
            if (row.pattern.type, token.i) not in taken:
                found.append(row)
    return found


def _of_verb(scene: _Scene, verb: Token, voice: Attribution) -> Iterator[Row]:
    subjects = surface_subjects(verb)
    if not subjects:
        return
    first = subjects[0].lower_ in _FIRST
    if subjects[0].lower_ == "it" and is_passive(verb):
        return  # "it must be said that"
    if not first and obliges(verb):
        parties = [party for token in subjects for party in scene.finder.find(token)]
        parties = [party for party in parties if _other(scene, party, voice)]
        if any(_public(scene, party) for party in parties):
            yield _row(scene, verb, voice, DEMAND, parties, "obliges its subject")
    elif first and is_negated(verb) and base_form(verb) in load_classes()["yielding"]:
        yield _row(scene, verb, voice, _REFUSAL, _objects(scene, verb), "first person, negated")
    elif first and _promises_force(verb):
        yield _row(scene, verb, voice, _THREAT, _objects(scene, verb), "first person, future")


def _other(scene: _Scene, party: Party, voice: Attribution) -> bool:
    """Tell whether a party is not the speaker, nor the speaker's own state."""
    known = scene.annotated.actors
    own = {known[name].country for name in voice.speaker if name in known}
    if not party.direct or set(party.actors) & set(voice.speaker):
        return False
    states = [name for name in party.actors if name in known and known[name].kind == "state"]
    if scene.annotated.text[party.span.start : party.span.end].lower().endswith(_BODIES):
        return True
    return not any(known[name].country in own for name in states)


def _public(scene: _Scene, party: Party) -> bool:
    """Tell whether a party is somebody a demand can be put to: named, or of a country."""
    known = scene.annotated.actors
    named = [known[name].kind for name in party.actors if name in known]
    return bool(party.countries) or any(kind not in ("group", "unnamed") for kind in named)


def obliges(verb: Token) -> bool:
    """Tell whether a verb says what its subject must do."""
    if base_form(verb) in _STATES or (is_negated(verb) and not children(verb, "aux")):
        return False
    if any(child.lower_ in _QUESTION for child in verb.lefts):
        return False
    if is_passive(verb) and not any(child.lower_ == "must" for child in children(verb, "aux")):
        return False
    if any(child.lower_ in _MUST for child in children(verb, "aux")):
        marks = {child.lower_ for child in children(verb, "mark")}
        return marks <= {"that"} and verb.dep_ not in ("relcl", "advcl", "acl")
    if is_passive(verb) or any(child.lower_ in _MAYBE for child in children(verb.head, "aux")):
        return False
    bound = verb.dep_ == "xcomp" and any(part.lower_ == "to" for part in verb.lefts)
    head = verb.head
    return (
        bound and head.lower_ in ("has", "have", "needs", "need", "ought") and not is_negated(head)
    )


def _promises_force(verb: Token) -> bool:
    words = load_classes()["striking"]
    going = verb.dep_ == "xcomp" and _going(verb)
    future = going or any(child.lower_ in _FUTURE for child in children(verb, "aux"))
    if not future or is_negated(verb):
        return False
    if base_form(verb) in ("do", "take"):
        objects = {child.lower_ for child in children(verb, "dobj")}
        return bool(objects & {"something", "action", "measures", "steps", "revenge"}) and (
            "something" not in objects or going
        )
    return base_form(verb) in words


def _going(verb: Token) -> bool:
    place, depth = verb.head, 0
    while place.dep_ == "xcomp" and depth < 3:
        place, depth = place.head, depth + 1
    return place.lower_ in ("going", "gonna")


def _objects(scene: _Scene, verb: Token) -> list[Party]:
    for tokens in (
        children(verb, "dobj"), held_by(verb, "with"), held_by(verb, "against"),
        held_by(verb, "to"), held_by(verb, "on"),
    ):  # fmt: skip
        parties = [party for token in tokens for party in scene.finder.find(token)]
        parties = [party for party in parties if party.actors or party.countries]
        if parties:
            return parties
    return []


def _row(
    scene: _Scene,
    verb: Token,
    voice: Attribution,
    pattern: Pattern,
    recipients: list[Party],
    why: str,
) -> Row:
    actors = scene.voices.speakers(voice, scene.finder)
    inside = [party for party in actors if scene.sentence.span.covers(party.span)]
    if not inside:
        actors = [Party(Span(0, 0), p.actors, p.countries, True, -1) for p in actors]
    first = min([child.i for child in children(verb, "aux")] or [verb.i])
    return Row(
        pattern=pattern,
        token=verb,
        trigger=scene.annotated.span_of(first, verb.i + 1),
        sentence=scene.sentence,
        actors=tuple(actors),
        recipients=tuple(recipients),
        modality="happened",
        because="",
        governor=None,
        attribution=voice,
        why=f"actor: speaker; recipient: {why}",
    )
