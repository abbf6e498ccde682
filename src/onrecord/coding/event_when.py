"""When an act happened: from the times of its clause, then of the clauses above it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import children
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import Span, TimeExpression, When

if TYPE_CHECKING:
    from spacy.tokens import Token

DEPTH = 8
# A story that tells its news in the past tells of the last few days.
NEWS_DAYS = 3
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_ANCHORS = frozenset({"come", "came", "comes", "happened", "occurred", "took", "followed"})


def clause_of(token: Token) -> Token:
    """Return the verb of the clause a token stands in, or the topmost token if there is none."""
    place, depth = token, 0
    while place.tag_[:1] not in "VM" and place.head is not place and depth < DEPTH:
        place, depth = place.head, depth + 1
    return place


def when_of(annotated: Annotated, token: Token, sentence: Sentence) -> When | None:
    """Return when the act at ``token`` happened, or none where the text does not say."""
    anchored = _anchored(annotated, token, sentence)
    if anchored is not None:
        return anchored
    times = [
        time
        for time in annotated.times
        if sentence.span.covers(time.span)
        and time.type in ("DATE", "TIME")
        and time.when.start
        and not _of_something_else(annotated, time, token)
    ]
    if not times:
        return None
    for level, verb in enumerate(_clauses(token)):
        held = [time for time in times if _clause_of_time(annotated, time) == verb.i]
        if held:
            nearest = min(
                held, key=lambda time: (abs(time.span.start - token.idx), time.span.start)
            )
            return nearest.when
        if level == 0 and (inner := _inside(annotated, token, times)):
            return inner
    return None


def _clauses(token: Token) -> list[Token]:
    """Return the verb of the act's clause and those above it that share its time."""
    verb = clause_of(token)
    found, depth = [verb], 0
    while verb.dep_ in ("xcomp", "conj", "advcl", "acomp", "prep", "pcomp") and depth < DEPTH:
        if verb.dep_ == "advcl" and any(
            child.lower_
            in ("if", "because", "although", "though", "since", "as", "after", "before")
            for child in children(verb, "mark")
        ):
            break
        if verb.dep_ == "xcomp" and verb.tag_ == "VB":
            break
        verb, depth = clause_of(verb.head), depth + 1
        if verb in found:
            break
        found.append(verb)
    return found


def _clause_of_time(annotated: Annotated, time: TimeExpression) -> int:
    tokens = annotated.tokens_in(time.span)
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.head.i not in inside:
            return clause_of(token.head).i
    return clause_of(tokens[0]).i if tokens else -1


def _of_something_else(annotated: Annotated, time: TimeExpression, act: Token) -> bool:
    """Tell whether a time only modifies a noun other than the act's: "the 2015 deal"."""
    last = annotated.tokens_in(time.span)[-1]
    noun = last.head
    attributive = last.dep_ in ("compound", "amod", "nummod", "nmod") and noun.i > last.i
    does = noun.dep_ in ("nsubj", "nsubjpass") and noun.head.i == act.i
    return attributive and noun.tag_[:1] == "N" and noun.i != act.i and not does


def _inside(annotated: Annotated, token: Token, times: list[TimeExpression]) -> When | None:
    """Return a time that stands in the noun phrase of a nominal act: "Monday's attack"."""
    if token.tag_[:1] != "N":
        return None
    left, right = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
    span = Span(left, right)
    return next((time.when for time in times if span.covers(time.span)), None)


def _anchored(annotated: Annotated, token: Token, sentence: Sentence) -> When | None:
    """Return the time of an act told by its distance: "came just a week after X captured Y"."""
    link = _link(token)
    if link is None or link.i - 2 < sentence.first:
        return None
    doc = annotated.doc
    unit = doc[link.i - 1].lower_.rstrip("s")
    number = _NUMBERS.get(doc[link.i - 2].lower_)
    if number is None and doc[link.i - 2].text.isdecimal() and len(doc[link.i - 2]) < 4:
        number = int(doc[link.i - 2].text)
    if unit not in _UNITS or number is None:
        return None
    days = timedelta(days=_UNITS[unit] * number)
    basis = _main_date(
        annotated, clause_of(link.head if link.dep_ != "mark" else link.head.head), sentence
    )
    if basis is None:
        return None
    first, last = basis
    if link.lower_ == "after":
        first, last = first - days, last - days
    else:
        first, last = first + days, last + days
    span = annotated.span_of(link.i - 2, link.i + 1)
    return When(first.isoformat(), last.isoformat(), "day", "publication", span)


def _link(token: Token) -> Token | None:
    """Return the "after" or "before" whose clause or noun phrase the act heads."""
    marks = [child for child in children(token, "mark") if child.lower_ in ("after", "before")]
    if marks:
        return marks[0]
    if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in ("after", "before"):
        return token.head
    return None


def _main_date(annotated: Annotated, verb: Token, sentence: Sentence) -> tuple[date, date] | None:
    for time in annotated.times:
        first, last = time.when.first_day, time.when.last_day
        inside = sentence.span.covers(time.span) and time.type == "DATE"
        if inside and first and last and _clause_of_time(annotated, time) == verb.i:
            return first, last
    published = annotated.document.published
    if published is None or published.last_day is None or verb.lower_ not in _ANCHORS:
        return None
    return published.last_day - timedelta(days=NEWS_DAYS), published.last_day
