"""The drafts of a document's attributions: the trained tagger's, and where it is silent, the rules'.

The tagger reads the outermost attributions, as its training data has them; rules find those nested
inside what somebody said, and quotations that the tagger missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.coding.attribution_decoding import SETTINGS
from onrecord.coding.attribution_layouts import drafts_by_layout, give_way
from onrecord.coding.attribution_quotations import repair
from onrecord.coding.attribution_rules import draft_by_rules
from onrecord.coding.drafts import Draft
from onrecord.coding.tagger import TaggedAttribution, read_document
from onrecord.knowledge.cues import cue_table, deeds, noun_class, verb_class
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.parsing.syntax import lemma
from onrecord.record import Span

_DATELINE = re.compile(
    r"[A-Z][A-Z .,'’/-]{2,40}(?:,? [A-Z][A-Za-z.]{2,9} \d{1,2}(?:, \d{4})?)?"
    r"(?:,? [A-Z][a-z]+\.?)?\s{0,2}(?:\([A-Z][\w .]{1,30}\)\s{0,2})?[-–—]{1,2}\s{1,2}"
)
_OPENER = re.compile(r"(?:But|And|Still,|However,|In fact,|Meanwhile,|Also,)\s{1,2}(?=\w)")
_SURE = 0.9
_DOUBTFUL = 0.6
NESTED = 0.6
"""Confidence of an attribution that rules find inside another."""
_LIKELY = SETTINGS["least_confidence"]


def drafts_of(annotated: Annotated) -> list[Draft]:
    """Return the drafts in the order of the text, outer ones before those inside them."""
    reading = read_document(annotated)
    tagged = [_draft(annotated, row) for row in reading.attributions if row.content]
    ruled = draft_by_rules(annotated)
    tagged = [draft for draft in tagged if _is_likely(draft, ruled) and _is_sound(annotated, draft)]
    for draft in tagged:
        _mend(annotated, draft, ruled)
    layout = drafts_by_layout(annotated)
    tagged = repair(annotated, [draft for draft in tagged if give_way(draft, layout)]) + layout
    ruled = [draft for draft in ruled if give_way(draft, layout)]
    added = [draft for draft in ruled if _is_new(draft, tagged)]
    for draft in added:
        if any(_inside(draft, outer) for outer in tagged):
            draft.confidence = min(draft.confidence, NESTED)
    for draft in (*tagged, *added):
        draft.content[0] = _without_opener(annotated, draft.content[0])
    return sorted([*tagged, *added], key=lambda draft: (draft.extent.start, -draft.extent.end))


def _draft(annotated: Annotated, row: TaggedAttribution) -> Draft:
    content = [Span(*pair) for pair in row.content]
    content[0] = _without_that(annotated, content[0])
    draft = Draft(
        [Span(*pair) for pair in row.source],
        [Span(*pair) for pair in row.cue],
        content,
        confidence=row.confidence,
        why="tagger: source, cue and content",
    )
    _mend_name(annotated, draft)
    draft.verb = _cue_verb(annotated, draft.cue)
    return draft


def _mend_name(annotated: Annotated, draft: Draft) -> None:
    """Give a source the whole of a name whose end was taken for the cue: "Nasser | Saidi warned"."""
    home = annotated.sentence_at(draft.cue[0].start) if draft.source and draft.cue else None
    if home is None:
        return
    source, cue = draft.source[-1], draft.cue[0]
    for name in annotated.mentions_in(home.span):
        cut = name.span.overlaps(source) and name.span.start < cue.start < name.span.end < cue.end
        if name.how == "name" and cut:
            rest = annotated.text[name.span.end : cue.end]
            draft.source[-1] = Span(source.start, name.span.end)
            draft.cue[0] = Span(cue.end - len(rest.lstrip()), cue.end)
            return


def _is_likely(draft: Draft, ruled: list[Draft]) -> bool:
    """Tell whether the tagger is sure enough of a draft, or the rules find its cue too."""
    if draft.confidence >= _LIKELY:
        return True
    return any(
        a.overlaps(b)
        for rule in ruled
        for a in rule.cue
        for b in draft.cue
        if rule.confidence >= 0.7
    )


def _is_sound(annotated: Annotated, draft: Draft) -> bool:
    """Tell whether a draft is sure, or its cue is a known one, or its content is quoted.

    On PolNeAR dev, leaving out the rest raises precision by 2.6 points and F1 by 0.1. What is done
    is not said: "recalled its ambassador".
    """
    if draft.verb is not None and _is_deed(annotated.doc[draft.verb]):
        return False
    if draft.confidence >= _DOUBTFUL or any(annotated.quotations_in(c) for c in draft.content):
        return True
    for span in draft.cue:
        if ("phrase", span.of(annotated.text).lower().strip()) in cue_table():
            return True
        if any(verb_class(lemma(t)) or noun_class(lemma(t)) for t in annotated.tokens_in(span)):
            return True
    return False


def _is_deed(verb: Token) -> bool:
    objects = deeds().get(lemma(verb))
    if objects is None:
        return False
    held = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    return not objects or any(lemma(noun) in objects for noun in held)


def _mend(annotated: Annotated, draft: Draft, ruled: list[Draft]) -> None:
    """Mend what syntax knows better than the tagger, measured on PolNeAR dev.

    A content cut in pieces that one clause covers is that clause; in a headline, a quotation after
    its cue is the content; no piece of content stands in another heading, nor, unquoted, in a
    sentence before that of a cue that has its content.
    """
    home = annotated.sentence_at(draft.cue[0].start) if draft.cue else None
    if home is not None:
        told_here = any(content.end > home.span.start for content in draft.content)
        kept = [c for c in draft.content if _may_hold(annotated, c, home, told_here)]
        draft.content = kept or draft.content
    if len(draft.content) > 1 and _is_fronted(annotated, draft):
        draft.content = draft.content[1:]
    for rule in ruled:
        if not any(a.overlaps(b) for a in rule.cue for b in draft.cue if rule.confidence >= 0.7):
            continue
        whole = rule.content[0]
        pieces = len(draft.content) > 1 and len(rule.content) == 1
        if pieces and all(whole.covers(_word_span(annotated, c)) for c in draft.content):
            draft.content = [whole]
        elif home is not None and home.heading and _is_quoted(annotated, rule.content):
            draft.content = list(rule.content)
            draft.verb = rule.verb


def _is_fronted(annotated: Annotated, draft: Draft) -> bool:
    """Tell whether the first piece is a phrase before "she said": "Despite the war, she said"."""
    piece = draft.content[0]
    if not draft.cue or piece.end > draft.cue[0].start or annotated.quotations_in(piece):
        return False
    words = [token for token in annotated.tokens_in(piece) if not token.is_punct]
    inside = {token.i for token in words}
    return any(t.dep_ == "prep" and t.head.i not in inside for t in words[:1])


def _may_hold(annotated: Annotated, content: Span, home: Sentence, told_here: bool) -> bool:
    """Tell whether a piece may belong to a cue: not where it is the reporter's sentence before.

    "Trade fell. Prices have doubled, the bank said" puts the second sentence in the bank's mouth.
    """
    sentence = annotated.sentence_at(content.start)
    if sentence is None:
        return True
    if told_here and sentence.span.end <= home.span.start:
        return any(q.outer.overlaps(content) for q in annotated.quotations)
    return not sentence.heading or sentence.paragraph == home.paragraph


def _word_span(annotated: Annotated, span: Span) -> Span:
    """Leave out the marks and "that" at the edges of a span."""
    words = [t for t in annotated.tokens_in(span) if not t.is_punct and t.dep_ != "mark"]
    return Span(words[0].idx, words[-1].idx + len(words[-1])) if words else span


def _is_quoted(annotated: Annotated, content: list[Span]) -> bool:
    return all(any(q.outer == span for q in annotated.quotations) for span in content)


def _without_dateline(annotated: Annotated, span: Span) -> Span:
    """Leave out the dateline that a report begins with: "JERUSALEM, March 3 (Reuters) - "."""
    found = _DATELINE.match(annotated.text, span.start, span.end)
    starts = any(span.start == start for start, _ in annotated.document.paragraphs)
    return Span(found.end(), span.end) if found and starts and found.end() < span.end else span


def _without_opener(annotated: Annotated, span: Span) -> Span:
    """Leave out the dateline, and the reporter's "But" or "Still," at the head of a sentence."""
    span = _without_dateline(annotated, span)
    sentence = annotated.sentence_at(span.start)
    found = _OPENER.match(annotated.text, span.start, span.end)
    if found is None or sentence is None or span.start != sentence.span.start:
        return span
    return Span(found.end(), span.end) if found.end() < span.end else span


def _without_that(annotated: Annotated, span: Span) -> Span:
    """Leave the conjunction "that" out of reported speech."""
    tokens = annotated.tokens_in(span)
    first = next((t for t in tokens if not t.is_punct), None)
    if first is None or first.lower_ != "that" or len(tokens) < 3:
        return span
    if first.dep_ == "mark":
        joins = first.tag_ in ("IN", "WDT", "DT")
    else:
        joins = first.tag_ == "IN" and first.dep_ in ("det", "nsubj", "dobj", "complm", "advmod")
    if not joins:
        return span
    after = tokens[tokens.index(first) + 1]
    return Span(after.idx, span.end)


def _cue_verb(annotated: Annotated, cue: Iterable[Span]) -> int | None:
    """Return the token of the cue's verb: the last with a class, else the last verb."""
    tokens = [token for span in cue for token in annotated.tokens_in(span)]
    verbs = [token for token in tokens if token.tag_.startswith("V")]
    classed = [token for token in verbs if verb_class(lemma(token)) is not None]
    return (classed or verbs)[-1].i if verbs else None


def _is_new(draft: Draft, tagged: list[Draft]) -> bool:
    """Tell whether a draft by rules says what no tagged one says."""
    for other in tagged:
        if any(a.overlaps(b) for a in draft.cue for b in other.cue):
            return False
        if any(a.overlaps(b) for a in draft.content for b in other.content):
            return _inside(draft, other)
    return draft.confidence >= _SURE


def _inside(draft: Draft, outer: Draft) -> bool:
    return any(
        all(span.covers(part) for part in (*draft.cue, *draft.content))
        and span not in draft.content
        for span in outer.content
    )
