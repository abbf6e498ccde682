"""Interviews as questions and answers: "Q: …", "A: …". The answers are the interviewed person's."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.coding.drafts import Draft
from onrecord.knowledge.parsing import word_list
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.syntax import lemma

QUESTIONS = frozenset(("q", "question"))
ANSWERS = frozenset(("a", "answer"))
"""What stands before the colon of a question and of an answer."""
_FIRST = re.compile(r"(?m)^(?:Q|Question)\s?:")
_ASKED = re.compile(r"\*\*[^*]{8,600}\*\*\s*")
_TALK = frozenset(("speak", "talk", "sit", "chat", "converse", "correspond", "interview"))
_DEEPEST = 4
_PARTNER = 2
_ASKS = "JRN"


def is_question_or_answer(annotated: Annotated, draft: Draft) -> bool:
    """Tell whether a draft is a turn of an interview that names nobody: "Q:", "Answer:"."""
    source = draft.source[0].of(annotated.text).lower() if len(draft.source) == 1 else ""
    return source in QUESTIONS | ANSWERS and draft.by_colon(annotated.text)


def speaker_of_turn(annotated: Annotated, draft: Draft) -> tuple[str, ...]:
    """Return who speaks a turn that is only marked as an answer; who asks is not known."""
    answers = draft.source[0].of(annotated.text).lower() in ANSWERS
    return _interviewed(annotated, draft) if answers else ()


def hearer_of_turn(annotated: Annotated, draft: Draft) -> tuple[str, ...]:
    """Return whom a turn that is only marked as a question asks; who is answered is not known."""
    asks = draft.source[0].of(annotated.text).lower() in QUESTIONS
    return _interviewed(annotated, draft) if asks else ()


def _interviewed(annotated: Annotated, draft: Draft) -> tuple[str, ...]:
    """Return who is most in view before the first question: named, and said to be talked with.

    A journalist is not, for that is who asks.
    """
    first = _FIRST.search(annotated.text)
    return _in_view(annotated, first.start() if first else draft.source[0].start)


def interviewed_at(annotated: Annotated, offset: int) -> tuple[str, ...]:
    """Return who answers here, in an interview whose questions are headings or bold paragraphs.

    None where nobody is said to be talked with, as in an article of questions and answers.
    """
    document = annotated.document
    blocks = sorted([*document.headings, *document.paragraphs])
    asked = [
        (start, end) for start, end in blocks
        if _ASKED.fullmatch(annotated.text, start, end)
        or ((start, end) in document.headings and annotated.text[start:end].rstrip().endswith("?"))
    ]  # fmt: skip
    if len(asked) < 2 or offset < asked[0][0] or any(s <= offset < e for s, e in asked):
        return ()
    return _in_view(annotated, asked[0][0], talking=True)


def _in_view(annotated: Annotated, offset: int, *, talking: bool = False) -> tuple[str, ...]:
    views: Counter[str] = Counter()
    partners: set[str] = set()
    for mention in annotated.mentions:
        if mention.span.start >= offset or len(mention.actors) != 1:
            continue
        actor = annotated.actors[mention.actors[0]]
        if actor.kind == "person" and actor.sector != _ASKS:
            talks = _talks(annotated, mention)
            views[actor.id] += 1 + _PARTNER * talks
            partners.update([actor.id] * talks)
    leading = tuple(actor for actor, _ in views.most_common(1))
    return leading if not talking or partners.issuperset(leading) else ()


def _talks(annotated: Annotated, mention: ActorMention) -> bool:
    """Tell whether somebody is talked with: "spoke with Lopez", "an interview with Lopez"."""
    token = annotated.doc[mention.head]
    subject = token.dep_ == "nsubj" and lemma(token.head) in _TALK
    link = token.head
    partner = token.dep_ == "pobj" and link.lower_ in ("with", "to")
    told = token.dep_ == "dobj" and lemma(token.head) == "interview"
    current = link
    for _ in range(_DEEPEST):
        word = lemma(current)
        if partner and (word in _TALK or word in word_list("talks")):
            return True
        current = current.head
    return subject or told
