"""Appointments: what is announced for a date that lies ahead of publication.

In: annotated text, attributions, events. Out: one :class:`Appointment` for each dated future
happening. What was cancelled is none; a time of the day of publication counts only where the words
look ahead ("is scheduled to", "will").
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from onrecord.coding.event_actors import ActorFinder
from onrecord.coding.event_arguments import (
    base_form,
    children,
    held_by,
    is_passive,
    subjects,
    surface_subjects,
)
from onrecord.coding.event_modality import judge
from onrecord.coding.event_voice import Voices
from onrecord.coding.event_when import clause_of
from onrecord.knowledge.plover import load_classes
from onrecord.parsing.annotated import Annotated
from onrecord.record import (
    Appointment,
    Attribution,
    EventMention,
    Span,
    TimeExpression,
    When,
    identifier,
    span_key,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINE = frozenset({"month", "week", "weekend", "day", "part-of-day", "hour", "minute", "second"})
# Why an act is planned, where that is an announcement and no mere wish.
_ANNOUNCED = frozenset(
    {"will", "shall", "'ll", "’ll", "to", "is to", "going to", "'plan'", "'schedule'", "'expect'",
     "'set'", "'due'", "'slate'", "'agree'", "'prepare'", "'intend'", "'announce'"}
)  # fmt: skip
_STATES = frozenset({"available", "due", "open", "effective", "ready", "over", "closed", "up"})
_DATED = frozenset({"schedule", "due", "slate", "set", "plan", "expect"})
_SCHEDULED = _DATED | {"take", "hold", "occur", "come", "fall", "approach", "happen", "run", "go"}
_BEGIN = frozenset("expire lapse begin start end resume commence conclude reopen".split())
_PRESENT = frozenset({"now", "current", "currently", "present", "presently", "the", "moment"})
_AHEAD = frozenset({"planned", "offered", "threatened", "demanded"})
_LONGEST_WHAT = 18
_CLOSE = 120


def find_appointments(
    annotated: Annotated, attributions: Sequence[Attribution], events: Sequence[EventMention]
) -> tuple[Appointment, ...]:
    """Return the dated future happenings of a document, in the order of the text."""
    published = annotated.document.published
    today = published.last_day if published is not None else None
    finder, voices = ActorFinder(annotated), Voices(annotated, attributions)
    found: list[Appointment] = []
    for time in annotated.times:
        happening = _happening(annotated, time)
        if happening is None or not _lies_ahead(annotated, time, happening, today):
            continue
        item = _appointment(annotated, time, happening, finder, voices, events)
        if (
            happening.tag_[:1] == "V"
            and not item.participants
            and not _stands_alone(happening, time)
        ):
            continue
        if not any(_same(item, other) for other in found):
            found.append(item)
    return tuple(found)


def _same(one: Appointment, other: Appointment) -> bool:
    return one.what == other.what and one.when.first_day == other.when.first_day


def _happening(annotated: Annotated, time: TimeExpression) -> Token | None:
    """Return the head of what a time dates: the noun it modifies or the verb of its clause."""
    if time.when.start is None or time.type not in ("DATE", "TIME", "DURATION"):
        return None
    tokens = annotated.tokens_in(time.span)
    if tokens and any(child.tag_[:2] == "JJ" for child in tokens[0].lefts if child not in tokens):
        return None  # "a brighter tomorrow"
    if all(token.lower_ in _PRESENT for token in tokens):
        return None
    inside = {token.i for token in tokens}
    outer = next((token for token in tokens if token.head.i not in inside), None)
    if outer is None:
        return None
    if _only_names(outer):
        return None
    noun = next(
        (
            token
            for token in reversed(tokens)
            if token.tag_ in ("NN", "NNS") and base_form(token) in load_classes()["happening"]
        ),
        None,
    )
    if noun is not None:
        return noun
    head = outer.head
    while head.dep_ in ("prep", "pobj", "nmod", "npadvmod") and head.tag_[:1] not in "VN":
        head = head.head
    if head.tag_[:1] == "N" and base_form(head) in load_classes()["happening"]:
        return head
    if head.tag_[:1] == "N" and head.dep_ in ("nsubj", "nsubjpass"):
        return None  # "her success in November will depend on him"
    verb = clause_of(head)
    if any(base_form(noun) in load_classes()["weather"] for noun in surface_subjects(verb)):
        return None  # "storms erupt in the afternoon"
    if base_form(verb) == "be" or verb.lower_ in ("'re", "’re", "'m", "’m"):
        told = next((noun for noun in surface_subjects(verb) if _is_happening(noun)), None)
        states = any(word.lower_ in _STATES for word in children(verb, "acomp"))
        return told or (verb if states else None)
    if verb.dep_ == "acl" and is_passive(verb) and _is_happening(verb.head):
        return verb.head  # "an event to be held on Monday"
    return verb if verb.tag_[:1] == "V" else None


def _only_names(outer: Token) -> bool:
    """Tell whether a time only describes or is spent: "the Christmas tree", "spend Sunday at home"."""
    if outer.dep_ in ("compound", "nmod") and outer.head.tag_[:1] == "N":
        return base_form(outer.head) not in load_classes()["happening"]
    if outer.dep_ in ("dobj", "npadvmod") and base_form(outer.head) == "spend":
        return True
    span = outer.doc[max(0, outer.i - 2) : outer.i + 4].text.lower()
    return "at the end of the day" in span


def _takes_place(verb: Token) -> bool:
    """Tell whether a verb says of a happening when it is: "the trial is set to begin"."""
    if verb.tag_[:1] != "V":
        return False
    subject = surface_subjects(verb)
    word, objects = base_form(verb), {child.lower_ for child in verb.children}
    begins = word in _BEGIN or bool(objects & {"effect", "force"})
    if (begins or word in _SCHEDULED) and any(map(_is_happening, subject)):
        return True
    return begins and any(noun.tag_ in ("NN", "NNS") for noun in subject)


def _stands_alone(verb: Token, time: TimeExpression) -> bool:
    """Tell whether a verb tells an appointment though nobody known takes part in it."""
    if _takes_place(verb):
        return True
    named = any(noun.tag_[:1] == "N" for noun in surface_subjects(verb))
    judged = judge(verb)
    meant = judged.because in _ANNOUNCED or judged.modality == "demanded"
    return named and time.when.grain in _FINE and meant


def _is_happening(noun: Token) -> bool:
    return noun.tag_[:1] == "N" and base_form(noun) in load_classes()["happening"]


def _lies_ahead(
    annotated: Annotated, time: TimeExpression, happening: Token, today: date | None
) -> bool:
    """Tell whether a time is after publication, or the words look ahead to it."""
    sentence = annotated.sentence_at(happening.idx)
    judged = judge(happening, bool(sentence and sentence.heading))
    first, last = time.when.first_day, time.when.last_day
    if today is None or first is None or last is None or judged.modality == "denied":
        return False
    verb = clause_of(happening)
    if verb is not happening and verb.tag_[:1] == "V" and _called_off(verb):
        return False
    noun = happening.tag_[:1] == "N"
    planned = judged.modality == "planned" or _scheduled(happening) or _looks_ahead(happening)
    if time.when.grain not in _FINE:
        return planned and first > today and (noun or _takes_place(happening))
    if last < today or _is_broadcast(annotated, happening) or _is_past_news(happening, planned):
        return False
    if first > today:
        return planned or judged.modality in _AHEAD or noun or _timetabled(happening)
    meant = judged.because in _ANNOUNCED or noun or _scheduled(happening)
    return planned and meant and time.when.grain != "month"


def _is_broadcast(annotated: Annotated, happening: Token) -> bool:
    """Tell whether a sentence only says when something is on television."""
    sentence = annotated.sentence_at(happening.idx)
    if sentence is None:
        return False
    tokens = annotated.doc[sentence.first : sentence.last]
    return any(base_form(token) in load_classes()["broadcast"] for token in tokens)


def _is_past_news(happening: Token, planned: bool) -> bool:
    """Tell whether "Monday's decision" is most likely made already, whatever it will do."""
    if happening.tag_[:1] != "N" or base_form(happening) not in load_classes()["pastnews"]:
        return False
    return not planned and bool(children(happening, "poss"))


def _timetabled(happening: Token) -> bool:
    """Tell whether a verb stands in the present, as in "Iran votes on June 28"."""
    auxiliaries = {child.lower_ for child in children(happening, "aux")}
    present = happening.tag_ in ("VBZ", "VBP") and not auxiliaries
    return present or (happening.tag_ == "VBG" and bool(auxiliaries & {"is", "are"}))


def _scheduled(happening: Token) -> bool:
    """Tell whether the word itself sets a date: "scheduled for", "due on"."""
    return base_form(happening) in _DATED


def _called_off(verb: Token) -> bool:
    return base_form(verb) in load_classes()["calloff"]


def _looks_ahead(happening: Token) -> bool:
    """Tell whether a noun is spoken of as still to come: "ahead of Monday's vote"."""
    if happening.tag_[:1] != "N":
        return False
    head = happening.head
    return happening.dep_ == "pobj" and (
        head.lower_ in ("before", "until", "till")
        or (head.lower_ == "of" and head.head.lower_ == "ahead")
        or (
            head.lower_ in ("into", "for")
            and judge(clause_of(head)).modality not in ("happened", "ongoing", "denied")
        )
    )


def _appointment(
    annotated: Annotated,
    time: TimeExpression,
    happening: Token,
    finder: ActorFinder,
    voices: Voices,
    events: Sequence[EventMention],
) -> Appointment:
    what = _what(annotated, happening)
    span = _joined(what, time.span)
    voice = voices.at(happening)
    participants = _participants(annotated, happening, finder, events)
    return Appointment(
        id=identifier("appointment", annotated.document.id, span_key([time.span, what])),
        span=span,
        what=what,
        when=_within_day(time.when),
        where=_where(annotated, span),
        participants=participants,
        attribution=voice.id if voice else None,
        said_by=voice.speaker if voice else (),
        confidence=0.8 if participants else 0.65,
        why=f"'{time.span.of(annotated.text)}' lies ahead and dates '{happening.text}'",
    )


def _within_day(when: When) -> When:
    """Return the night of a day as ending with it: "Monday night" is on Monday."""
    if when.grain != "part-of-day" or when.start is None or when.first_day == when.last_day:
        return when
    return msgspec.structs.replace(when, end=f"{when.start[:10]}T23:59:59")


def _what(annotated: Annotated, happening: Token) -> Span:
    """Return the words of the happening: its noun phrase, or the verb with all that it governs."""
    left, right = happening.i, happening.i
    if happening.tag_[:1] == "N":
        own = [token for token in happening.lefts if token.dep_ in ("compound", "amod", "poss")]
        left = min([token.left_edge.i for token in own if happening.i - token.i < 6] or [left])
    elif _takes_place(happening):
        told = surface_subjects(happening)[0]
        left = told.i if 0 < happening.i - told.i < _LONGEST_WHAT else left
    for child in happening.rights:
        if child.dep_ in ("punct", "cc", "conj", "relcl", "parataxis", "ccomp", "appos"):
            break
        if child.right_edge.i - left > _LONGEST_WHAT:
            break
        right = child.right_edge.i
    while right > happening.i and annotated.doc[right].is_punct:
        right -= 1
    return annotated.span_of(left, right + 1)


def _joined(what: Span, time: Span) -> Span:
    start, end = min(what.start, time.start), max(what.end, time.end)
    return Span(start, end) if end - start <= _CLOSE else time


def _where(annotated: Annotated, span: Span) -> str | None:
    return next((place.name for place in annotated.places if span.covers(place.span)), None)


def _participants(
    annotated: Annotated, happening: Token, finder: ActorFinder, events: Sequence[EventMention]
) -> tuple[str, ...]:
    """Return who takes part: the parties of the event told there, else the clause's own."""
    for event in events:
        if event.trigger.start <= happening.idx < event.trigger.end:
            return tuple(dict.fromkeys((*event.actor, *event.recipient)))
    verb = clause_of(happening)
    tokens: list[Token] = []
    if happening.tag_[:1] == "N":
        tokens += children(happening, "poss", "compound")
        tokens += held_by(happening, "between") + held_by(happening, "with")
    else:
        tokens += subjects(happening) or surface_subjects(happening)
        tokens += held_by(happening, "with") + children(happening, "dobj")
    names = [name for token in tokens for party in finder.find(token) for name in party.actors]
    if not names and verb is not happening and verb.tag_[:1] == "V":
        names = [
            name
            for token in surface_subjects(verb)
            for party in finder.find(token)
            for name in party.actors
        ]
    return tuple(dict.fromkeys(names))
