"""Attributions: who said what to whom, in which form, with which act, inside which other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter

from spacy.tokens import Token

from onrecord.coding.attribution_drafts import drafts_of
from onrecord.coding.attribution_rules import cue_lemma
from onrecord.coding.drafts import Draft
from onrecord.coding.hearers import addressees_of
from onrecord.coding.speakers import FIRST_PERSON, SECOND_PERSON, speakers_of
from onrecord.coding.writers import writer_at
from onrecord.knowledge.cues import CueClass, cue_table, noun_class, verb_class
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.syntax import is_awaited, lemma
from onrecord.record import Attribution, Form, Span, When, identifier, span_key

_NEGATIONS = frozenset(
    "not n't n’t never no neither nor without decline declined declines refuse refused "
    "refuses refusing declining hardly fail failed fails failing".split()
)
_LONGEST_TITLE = 100
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def find_attributions(annotated: Annotated) -> tuple[Attribution, ...]:
    """Return the attributions of a document in the order of the text.

    Actors that the text leaves without a name are entered in ``annotated.actors``.
    """
    return finish(annotated, drafts_of(annotated))


def finish(annotated: Annotated, drafts: list[Draft]) -> tuple[Attribution, ...]:
    """Resolve drafts into attributions: people, form, class, time and nesting."""
    parents = _parents(drafts)
    identifiers = [
        identifier("attribution", annotated.document.id, span_key(d.source), span_key(d.cue),
                   span_key(d.content))
        for d in drafts
    ]  # fmt: skip
    done: list[Attribution] = []
    order = sorted(range(len(drafts)), key=lambda i: _depth(i, parents))
    resolved: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for index in order:
        resolved[index] = _people(annotated, drafts[index], parents[index], resolved)
    _hear_each_other(annotated, drafts, resolved)
    for index, draft in enumerate(drafts):
        parent = parents[index]
        done.append(
            Attribution(
                id=identifiers[index],
                source=tuple(draft.source),
                cue=tuple(draft.cue),
                content=tuple(draft.content),
                speaker=resolved[index][0],
                addressee=resolved[index][1],
                form=form_of(annotated, draft),
                cue_class=_cue_class(annotated, draft),
                negated=_negated(annotated, draft),
                when=_when(annotated, draft),
                parent=identifiers[parent] if parent is not None else None,
                confidence=round(draft.confidence, 3),
                why=draft.why,
            )
        )
    _take_speakers_view(annotated, done)
    return tuple(done)


def _take_speakers_view(annotated: Annotated, rows: list[Attribution]) -> None:
    """Resolve "I", "we" and "you" inside quoted words: to who speaks, and to whom it is said."""
    pronouns = [
        token
        for token in annotated.doc
        if token.tag_ in ("PRP", "PRP$") and token.lower_ in FIRST_PERSON | SECOND_PERSON
    ]
    places = [token.idx for token in pronouns]
    found: dict[int, tuple[int, ActorMention]] = {}
    for row in rows:
        for span in row.content if row.form != "indirect" else ():
            width = span.end - span.start
            for token in pronouns[bisect_left(places, span.start) : bisect_left(places, span.end)]:
                people = row.speaker if token.lower_ in FIRST_PERSON else row.addressee
                quoted = row.cue_class == "say" or annotated.quoted(token.idx) is not None
                if people and quoted and (token.i not in found or width < found[token.i][0]):
                    place = Span(token.idx, token.idx + len(token))
                    mention = ActorMention(place, token.i, token.i + 1, token.i, "pronoun", people)
                    found[token.i] = (width, mention)
    annotated.mentions = sorted(
        [*annotated.mentions, *(mention for _, mention in found.values())],
        key=lambda mention: (mention.span, -mention.last),
    )


def _parents(drafts: list[Draft]) -> list[int | None]:
    """Return for each draft the one whose content most narrowly holds its cue and content."""
    outer = sorted(
        (span.start, span.end, index) for index, d in enumerate(drafts) for span in d.content
    )
    starts = [start for start, _, _ in outer]
    parents: list[int | None] = []
    for index, draft in enumerate(drafts):
        parts = [*draft.cue, *draft.content]
        first, last = min(s.start for s in parts), max(s.end for s in parts)
        own = {(span.start, span.end) for span in draft.content}
        holds = [
            (end - start, other)
            for start, end, other in outer[: bisect_right(starts, first)]
            if end >= last and other != index and (start, end) not in own
        ]
        parents.append(min(holds)[1] if holds and draft.cue else None)
    return parents


def _depth(index: int, parents: list[int | None]) -> int:
    depth, current = 0, parents[index]
    while current is not None and depth < 20:
        depth += 1
        current = parents[current]
    return depth


def _people(
    annotated: Annotated, draft: Draft, parent: int | None,
    resolved: dict[int, tuple[tuple[str, ...], tuple[str, ...]]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:  # fmt: skip
    speakers = speakers_of(annotated, draft)
    if not speakers and parent in resolved and draft.source:
        text = annotated.text[draft.source[0].start : draft.source[0].end].lower()
        if text in FIRST_PERSON:
            speakers = resolved[parent][0]
        elif text == "you":
            speakers = resolved[parent][1]
    if not speakers and parent is None and draft.source:
        first = draft.source[0]
        if first.of(annotated.text).lower() in FIRST_PERSON:
            speakers = writer_at(annotated, first.start)
    return speakers, addressees_of(annotated, draft, speakers)


def _hear_each_other(
    annotated: Annotated, drafts: list[Draft],
    resolved: dict[int, tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:  # fmt: skip
    """Let the two of a transcript speak to each other, where its turns are theirs alone."""
    turns = [i for i, draft in enumerate(drafts) if _is_turn(annotated, draft, resolved[i][0])]
    named = {actor: annotated.actors[actor].name.lower() for i in turns for actor in resolved[i][0]}
    voices = Counter(named[resolved[index][0][0]] for index in turns)
    if len(voices) != 2 or min(voices.values()) < 2:
        return
    for index in turns:
        speakers, hearers = resolved[index]
        other = next(actor for actor in named if named[actor] != named[speakers[0]])
        resolved[index] = (speakers, hearers or (other,))


def _is_turn(annotated: Annotated, draft: Draft, speakers: tuple[str, ...]) -> bool:
    """Tell whether a draft is a named speaker's turn in a transcript: not "Q:", no headline."""
    if not draft.by_colon(annotated.text) or len(speakers) != 1:
        return False
    sentence = annotated.sentence_at(draft.cue[0].start)
    heading = sentence is not None and sentence.heading
    return not heading and len(annotated.actors[speakers[0]].name) > 2


def form_of(annotated: Annotated, draft: Draft) -> Form:
    """Return whether the content is quoted, partly quoted, or reported.

    Quoted titles (every word capitalised) do not count, but in a headline all words may be so; nor
    do words of the cue in a transcript.
    """
    quoted, words, opens = 0, 0, False
    for number, span in enumerate(draft.content):
        words += len(_WORD.findall(span.of(annotated.text)))
        for quotation in annotated.quotations_in(span):
            home = annotated.sentence_at(quotation.outer.start)
            heading = home is not None and home.heading
            if not heading and _is_title(quotation.inner.of(annotated.text)):
                continue
            first = max(span.start, quotation.inner.start)
            shared = Span(first, min(span.end, quotation.inner.end))
            quoted += len(_WORD.findall(shared.of(annotated.text)))
            opens |= number == 0 and not _WORD.search(annotated.text, span.start, first)
    if draft.by_colon(annotated.text) and (not quoted or opens):
        return "direct"
    if not quoted:
        return "indirect"
    return "direct" if opens and quoted >= 0.8 * words else "mixed"


def _is_title(text: str) -> bool:
    if len(text) > _LONGEST_TITLE:
        return False
    words = [w for w in _WORD.findall(text) if len(w) > 3]
    return 0 < len(words) <= 8 and all(w[0].isupper() for w in words) and text[-1:] not in ",.!?"


def _cue_tokens(annotated: Annotated, draft: Draft) -> list[Token]:
    return [token for span in draft.cue for token in annotated.tokens_in(span)]


def _cue_class(annotated: Annotated, draft: Draft) -> CueClass:
    if draft.verb is not None:
        found = verb_class(cue_lemma(annotated.doc[draft.verb]))
        if found is not None:
            return "claim" if _insists(annotated.doc[draft.verb]) else found
    text = " ".join(span.of(annotated.text).lower() for span in draft.cue)
    phrase = cue_table().get(("phrase", text.strip()))
    if phrase is not None:
        return phrase
    for token in reversed(_cue_tokens(annotated, draft)):
        look = verb_class if token.tag_.startswith("V") else noun_class
        found = look(cue_lemma(token) if token.tag_.startswith("V") else lemma(token))
        if found is not None:
            return found
    return "say"


_WISHED = frozenset(("must", "should", "ought"))
_STATED = frozenset(("are", "were", "have", "do"))


def _insists(verb: Token) -> bool:
    """Tell whether "insist" says what is so ("insists they were told"), not what ought to be."""
    if lemma(verb) != "insist":
        return False
    clause = next((child for child in verb.children if child.dep_ == "ccomp"), None)
    if clause is None:
        return False
    words = [clause, *(child for child in clause.children if child.dep_ in ("aux", "auxpass"))]
    wished = words[-1].tag_ == "VB" or any(word.lower_ in _WISHED for word in words)
    stated = any(word.tag_ in ("VBD", "VBZ", "MD") or word.lower_ in _STATED for word in words)
    return stated and not wished


def _negated(annotated: Annotated, draft: Draft) -> bool:
    tokens = _cue_tokens(annotated, draft)
    if any(token.lower_ in _NEGATIONS or is_awaited(token) for token in tokens):
        return True
    if draft.verb is None:
        return False
    verb = annotated.doc[draft.verb]
    governed = verb.dep_ == "xcomp"
    if governed and (is_awaited(verb.head) or verb.head.lower_ in _NEGATIONS):
        return True
    return is_awaited(verb) or any(child.dep_ == "neg" for child in verb.children)


def _when(annotated: Annotated, draft: Draft) -> When | None:
    """Return the time that stands with the cue, outside what was said."""
    if not draft.cue:
        return None
    sentence = annotated.sentence_at(draft.cue[0].start)
    if sentence is None:
        return None
    for time in annotated.times:
        inside = any(s.overlaps(time.span) for s in draft.content)
        if sentence.span.covers(time.span) and not inside and _dates(annotated, time.span, draft):
            return time.when
    return None


def _dates(annotated: Annotated, span: Span, draft: Draft) -> bool:
    """Tell whether a time hangs on the cue's own verb: not "since taking office in 2024, she said"."""
    if draft.verb is None:
        return True
    token = annotated.token_at(span.start)
    for _ in range(8):
        if token.i == draft.verb:
            return True
        if token.tag_.startswith("V") or token.head.i == token.i:
            return False
        token = token.head
    return False
