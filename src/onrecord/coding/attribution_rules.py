"""Attributions by syntax: a cue verb with its subject and what it governs, and quotations."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.coding.drafts import Draft
from onrecord.knowledge.actors import actor_table
from onrecord.knowledge.cues import noun_class, verb_class
from onrecord.knowledge.parsing import word_list
from onrecord.parsing.annotated import Annotated, Quotation
from onrecord.parsing.syntax import lemma
from onrecord.record import Span

_SUBJECT = frozenset(("nsubj", "nsubjpass", "csubj"))
_WITH_TO = frozenset(("promise", "threaten", "demand", "plan", "hope", "ask", "agree", "reject"))
_WITH_PREPOSITION = {
    "hint at": ("at",), "warn": ("of", "about", "against"), "call for": ("for",), "push for": ("for",), "press for": ("for",), "complain": ("about", "of"),
    "boast": ("of", "about"), "insist": ("on",), "speak": ("of", "about"), "talk": ("about", "of"),
    "argue": ("for", "against"), "appeal": ("for",), "speculate": ("about", "on"),
    "ask": ("for", "about"), "think": ("of", "about"),
}  # fmt: skip
_FEWEST = 2
_SENTENCE = 4
_SHORT_WORD = 3


def draft_by_rules(annotated: Annotated) -> list[Draft]:
    """Return drafts in the order of their first character."""
    drafts: list[Draft] = []
    used: set[int] = set()
    for token in annotated.doc:
        if token.lower_ == "according":
            drafts.extend(_according(annotated, token))
        elif token.tag_.startswith("V"):
            draft = _by_verb(annotated, token, used)
            if draft is not None:
                drafts.append(draft)
    drafts.extend(_by_layout(annotated, used))
    _continue_quotations(annotated, drafts, used)
    return sorted(drafts, key=lambda draft: (draft.extent, draft.content))


def cue_lemma(token: Token) -> str:
    """Return the lemma of a verb with its particle: "rule out", "point out", "hint at"."""
    word = lemma(token)
    for child in token.children:
        if child.dep_ in ("prt", "prep") and verb_class(f"{word} {child.lower_}"):
            return f"{word} {child.lower_}"
    return word


def subject_of(token: Token) -> Token | None:
    """Return the subject of a verb, its own or the one it shares through control or conjunction."""
    verb = token
    for _ in range(6):
        subjects = [c for c in verb.children if c.dep_ in _SUBJECT]
        if subjects:
            return subjects[-1] if subjects[-1].i < token.i or len(subjects) == 1 else subjects[0]
        if verb.dep_ in ("relcl", "acl") and verb.tag_ == "VBG":
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "acl") or verb.head.i == verb.i:
            return None
        if verb.dep_ == "ccomp" and verb.tag_ not in ("VBG", "VB"):
            return None
        verb = verb.head
    return None


def phrase_of(annotated: Annotated, token: Token) -> Span:
    """Return the words of a noun phrase with what follows it, commas at the edge left out."""
    first, last = token.left_edge.i, token.right_edge.i + 1
    while last - 1 > token.i and (
        annotated.doc[last - 1].is_punct or annotated.doc[last - 1].is_space
    ):
        last -= 1
    while first < token.i and (annotated.doc[first].is_punct or annotated.doc[first].is_space):
        first += 1
    return annotated.span_of(first, last)


def _by_verb(annotated: Annotated, token: Token, used: set[int]) -> Draft | None:
    word = cue_lemma(token)
    kind = verb_class(word)
    if kind is None or (any(c.dep_ == "neg" for c in token.children) and kind == "believe"):
        return None
    here = annotated.quoted(token.idx)
    quotation = _quotation_beside(annotated, token, used) if here is None else None
    clause = _clause(annotated, token, kind, word, quotation)
    if quotation is None and clause is None:
        return None
    content = _join(annotated, quotation, clause, used)
    if content is None or not content:
        return None
    subject = subject_of(token)
    if subject is not None and quotation is None and _is_evidence(annotated, subject, word):
        return None
    draft = Draft(cue=[_cue_span(annotated, token)], content=content, verb=token.i)
    if subject is not None:
        span = phrase_of(annotated, subject)
        if not any(span.overlaps(c) for c in content):
            draft.source = [span]
        elif not any(s.overlaps(Span(subject.idx, subject.idx + len(subject))) for s in content):
            draft.source = [Span(subject.idx, subject.idx + len(subject))]
    draft.confidence = 0.9 if quotation is not None and draft.source else 0.7
    draft.why = f"cue verb '{word}' ({kind}) with " + (
        "a quotation" if quotation is not None else "the clause it governs"
    )
    return draft


def _is_evidence(annotated: Annotated, subject: Token, word: str) -> bool:
    """Tell whether a fact shows something, so that nobody speaks: "which means that", "this shows"."""
    evident = word in word_list("evidence")
    if subject.tag_ == "WDT":
        clause = subject.head
        while clause.dep_ not in ("relcl", "acl") and clause.head.i != clause.i:
            clause = clause.head
        return word == "mean" or (evident and not _may_speak(annotated, clause.head))
    if subject.lower_ in ("this", "that", "it") and not _may_speak(annotated, subject):
        return True
    thing = subject.tag_ in ("NN", "NNS", "VBG") and not subject.lower_.endswith(("one", "body"))
    return evident and thing and not _may_speak(annotated, subject)


def _may_speak(annotated: Annotated, noun: Token) -> bool:
    """Tell whether a word means an actor, or a document or people by a noun that the tables know."""
    agent = actor_table().agent(noun.text, lemma(noun))
    known = agent is not None or noun_class(lemma(noun)) is not None
    return known or annotated.mention_at(noun.i) is not None


def _cue_span(annotated: Annotated, token: Token) -> Span:
    first, last = token.i, token.i + 1
    for child in token.children:
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < token.i:
            between = annotated.doc[child.i + 1 : token.i]
            if all(
                t.dep_ in ("aux", "auxpass", "neg", "advmod") and t.head.i == token.i
                for t in between
            ):
                first = min(first, child.i)
        if child.dep_ in ("prt",) and child.i == last:
            last = child.i + 1
    return annotated.span_of(first, last)


def _quotation_beside(annotated: Annotated, token: Token, used: set[int]) -> Quotation | None:
    """Return the quotation that the verb of saying stands beside, in its own sentence."""
    sentence = annotated.sentence_at(token.idx)
    if sentence is None:
        return None
    best: tuple[int, Quotation] | None = None
    for quotation in annotated.quotations_in(_stretch(annotated, sentence.span)):
        if quotation.outer.start in used:
            continue
        gap = _gap(annotated, token, quotation)
        if gap is not None and (best is None or gap < best[0]):
            best = (gap, quotation)
    return best[1] if best is not None else None


def _stretch(annotated: Annotated, span: Span) -> Span:
    return Span(max(0, span.start - 2), min(len(annotated.text), span.end + 2))


def _gap(annotated: Annotated, token: Token, quotation: Quotation) -> int | None:
    """Count the words between verb and quotation that belong to neither; none if too far."""
    words = len(annotated.text[quotation.inner.start : quotation.inner.end].split())
    if words < _FEWEST:
        return None
    tokens = annotated.tokens_in(quotation.inner)
    if not tokens or _is_title(tokens):
        return None
    inside = {t.i for t in tokens}
    links: tuple[str, ...] = ("ccomp", "parataxis", "dep", "oprd")
    if words >= _SENTENCE:
        links = (*links, "dobj", "xcomp", "advcl")
    linked = any(t.head.i == token.i and t.dep_ in links for t in tokens) or (
        token.head.i in inside and token.dep_ in ("parataxis", "ccomp", "advcl", "conj", "ROOT")
    )
    distance = tokens[0].i - token.i if tokens[0].i > token.i else token.i - tokens[-1].i
    if linked:
        return distance
    if words < _SENTENCE:
        return None
    return distance + 3 if distance <= 8 and not _other_verb(annotated, token, tokens) else None


def _is_title(tokens: list[Token]) -> bool:
    """Tell whether quoted words are the name of a work: "The Old Man and the Sea"."""
    words = [token for token in tokens if token.is_alpha and len(token) > _SHORT_WORD]
    return len(words) > 1 and all(word.text[0].isupper() for word in words)


def _other_verb(annotated: Annotated, token: Token, tokens: list[Token]) -> bool:
    first, last = sorted((token.i, tokens[0].i if tokens[0].i > token.i else tokens[-1].i))
    return any(t.tag_ in ("VBD", "VBZ", "VBP") for t in annotated.doc[first + 1 : last])


def _clause(
    annotated: Annotated, token: Token, kind: str, word: str, quotation: Quotation | None
) -> Span | None:
    for child in token.children:
        if child.dep_ == "ccomp" and (child.i > token.i or _inverted(child, token)):
            return _clause_span(annotated, child, token)
    for child in token.children:
        if child.dep_ == "xcomp" and kind in _WITH_TO and child.i > token.i and quotation is None:
            return _clause_span(annotated, child, token)
        if child.dep_ == "prep" and child.lower_ in _WITH_PREPOSITION.get(word, ()):
            target = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if target is not None and quotation is None:
                return _clause_span(annotated, target, token)
    return None


def _inverted(child: Token, verb: Token) -> bool:
    """Tell whether the clause stands before its verb: "He will go, she said"."""
    subject = next((c for c in verb.children if c.dep_ in _SUBJECT), None)
    return subject is not None and child.i < verb.i and child.right_edge.i < subject.i


def _clause_span(annotated: Annotated, clause: Token, verb: Token) -> Span | None:
    sentence = annotated.sentence_at(verb.idx)
    first, last = clause.left_edge.i, clause.right_edge.i + 1
    if sentence is not None:
        first, last = max(first, sentence.first), min(last, sentence.last)
    if first <= verb.i < last:
        first, last = (verb.i + 1, last) if clause.i > verb.i else (first, verb.i)
    doc = annotated.doc
    while first < last and (
        doc[first].is_punct
        or doc[first].is_space
        or (doc[first].lower_ == "that" and doc[first].dep_ == "mark")
    ):
        if doc[first].text in "“\"‘'«„":
            break
        first += 1
    while last > first and (
        doc[last - 1].is_space or doc[last - 1].text in (",", ".", ";", ":", "!", "?")
    ):
        last -= 1
    if last - first < _FEWEST:
        return None
    return annotated.span_of(first, last)


def _join(
    annotated: Annotated, quotation: Quotation | None, clause: Span | None, used: set[int]
) -> list[Span] | None:
    """Join quotation and clause: a clause with a short quotation inside it is one content."""
    if quotation is None:
        return [clause] if clause is not None else None
    if (
        clause is not None
        and clause.covers(quotation.inner)
        and (quotation.outer.start - clause.start > 2)
    ):
        return [clause]
    used.add(quotation.outer.start)
    return [quotation.outer]


def _according(annotated: Annotated, token: Token) -> Iterator[Draft]:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    target = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    sentence = annotated.sentence_at(token.idx)
    if to is None or target is None or sentence is None:
        return
    source = phrase_of(annotated, target)
    doc = annotated.doc
    if token.i - sentence.first <= 1:
        first, last = target.right_edge.i + 1, sentence.last
    else:
        first, last = sentence.first, token.i
    while first < last and (doc[first].is_space or doc[first].text in (",", "—", "–", "-")):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text in (",", ".", "—")):
        last -= 1
    if last - first >= _FEWEST:
        yield Draft(
            [source], [annotated.span_of(token.i, to.i + 1)], [annotated.span_of(first, last)],
            None, 0.8, "'according to' with its source",
        )  # fmt: skip


def _by_layout(annotated: Annotated, used: set[int]) -> Iterator[Draft]:
    """Read "NAME: words" in headlines and transcripts, "Name, outlet: “words”" in lists."""
    for sentence in annotated.sentences:
        text = annotated.text[sentence.span.start : sentence.span.end]
        colon = text.find(": ")
        if colon < 2 or colon > 60 or len(text) - colon < 8:
            continue
        start = sentence.span.start
        before = Span(start, start + colon)
        mention = next((m for m in annotated.mentions_in(before) if m.how == "name" and
                        (m.span.start == start or text[:colon].isupper())), None)  # fmt: skip
        if mention is None or any(
            t.tag_ in ("VBD", "VBZ", "VBP") for t in annotated.tokens_in(before)
        ):
            continue
        content = Span(start + colon + 2, sentence.span.end)
        for quotation in annotated.quotations_in(content):
            if quotation.outer.start == content.start:
                used.add(content.start)
                content = quotation.outer
        yield Draft(
            [before],
            [Span(before.end, before.end + 1)],
            [content],
            None,
            0.75,
            "name, colon, words",
        )


def _continue_quotations(annotated: Annotated, drafts: list[Draft], used: set[int]) -> None:
    """Add to a draft the quotation that goes on behind its cue, or in the next paragraph."""
    for index, quotation in enumerate(annotated.quotations):
        if quotation.outer.start in used or index == 0:
            continue
        previous = annotated.quotations[index - 1]
        draft = next((d for d in drafts if previous.outer in d.content), None)
        if draft is None or any(c.covers(quotation.outer) for d in drafts for c in d.content):
            continue
        between = annotated.text[previous.outer.end : quotation.outer.start]
        if "\n" in between:
            goes_on = not previous.closed and not between.strip()
        else:
            stretch = Span(previous.outer.end, quotation.outer.start)
            goes_on = all(stretch.overlaps(c) or c.start < stretch.start for c in draft.cue) and (
                len(between) < 120 and draft.extent.end >= previous.outer.end
                and not _states(annotated, draft, stretch)
            )  # fmt: skip
        if goes_on:
            draft.content.append(quotation.outer)
            used.add(quotation.outer.start)


def _states(annotated: Annotated, draft: Draft, stretch: Span) -> bool:
    """Tell whether the words between two quotations say more than who speaks."""
    return any(
        t.tag_ in ("VBD", "VBZ", "VBP")
        and t.i != draft.verb
        and t.dep_ in ("ROOT", "conj", "ccomp")
        for t in annotated.tokens_in(stretch)
    )
