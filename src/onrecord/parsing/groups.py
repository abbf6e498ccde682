"""Groups that "they" may mean: names joined by "and", "he and his partner"; and "who" of them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.record import Span

_MOST = 6


def joint(annotated: Annotated, mentions: list[ActorMention]) -> Iterator[ActorMention]:
    """Yield names joined by "and", as one mention of them all."""
    heads = {m.head: m for m in mentions if m.how == "name" or m.generic}
    for head in heads:
        if annotated.doc[head].dep_ != "conj":
            group = _group_at(annotated, annotated.doc[head], heads)
            if group is not None:
                yield group


def joined_by(
    annotated: Annotated, mention: ActorMention, resolved: list[ActorMention]
) -> ActorMention | None:
    """Return the group that a mention closes with those before it: "he and his partner"."""
    token = annotated.doc[mention.head]
    first = token.head
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    if token.dep_ != "conj" or token.right_edge.i < max(t.i for t in (token, *first.conjuncts)):
        return None
    heads = {m.head: m for m in resolved if len(m.actors) == 1}
    return _group_at(annotated, first, {**heads, mention.head: mention})


def _group_at(
    annotated: Annotated, first: Token, heads: dict[int, ActorMention]
) -> ActorMention | None:
    """Return the mention of those joined to a word, which heads the first of them, if several."""
    others = [heads[t.i] for t in first.conjuncts if t.i in heads]
    mention = heads.get(first.i)
    if mention is None or not others:
        return None
    actors = tuple(dict.fromkeys(a for m in (mention, *others) for a in m.actors))
    either = any(child.lower_ in ("or", "nor") for child in first.children)
    if either or not 1 < len(actors) <= _MOST:
        return None
    last = max(others, key=lambda m: m.last)
    return ActorMention(
        Span(mention.span.start, last.span.end), mention.first, last.last, first.i,
        "name", actors, number="plural",
    )  # fmt: skip


def antecedent_of(token: Token, resolved: list[ActorMention]) -> ActorMention | None:
    """Return the mention that a relative clause is about: "officials who"."""
    clause = token.head
    for _ in range(4):
        if clause.dep_ in ("relcl", "acl") or clause.head.i == clause.i:
            break
        clause = clause.head
    found = [m for m in resolved if m.head == clause.head.i and m.span.start < token.idx]
    return max(found, key=lambda m: m.last - m.first, default=None)
