"""Who speaks: the actors that the words of a source point at."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.coding.drafts import Draft
from onrecord.knowledge.actors import actor_table
from onrecord.knowledge.cues import noun_class
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.syntax import lemma
from onrecord.record import Actor, ActorKind, Span, identifier

FIRST_PERSON = frozenset("i me my mine myself we us our ours ourselves".split())


SECOND_PERSON = frozenset(["you", "your", "yours", "yourself"])


_VAGUE = frozenset(
    "some many others most few several both each everyone everybody nobody someone somebody "
    "anyone those these one all people none either neither".split()
)


_LEFT_OUT = frozenset(
    ("DT", "PRP$", "PDT", "CD", "POS", "WDT", "WP$", "IN", "TO", "RB", ",", "``", "''")
)


def speakers_of(annotated: Annotated, draft: Draft) -> tuple[str, ...]:
    """Return the ids of the actors that the source means: two for a joint one, none if unnamed."""
    found: list[str] = []
    for span in draft.source:
        found.extend(actor for actor in _actors_of(annotated, span) if actor not in found)
    return tuple(found)


def _actors_of(annotated: Annotated, span: Span) -> list[str]:
    tokens = annotated.tokens_in(span)
    if not tokens:
        return []
    head = _head(tokens)
    mentions = [m for m in annotated.mentions if m.span.overlaps(span)]
    found: list[str] = []
    for token in [head, *_joined(head, tokens)]:
        found.extend(a for a in _of_head(token, mentions) if a not in found)
    if found:
        return found
    return _of_phrase(annotated, tokens, head, mentions)


def _head(tokens: list[Token]) -> Token:
    inside = {t.i for t in tokens}
    nouns = [t for t in tokens if t.tag_[:1] in "NPWDC" or t.tag_ in ("JJ", "JJS")]
    for token in nouns or tokens:
        if token.head.i not in inside or token.head.i == token.i:
            return token
    for token in nouns or tokens:
        if token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "ROOT"):
            return token
    return tokens[0]


def _joined(head: Token, tokens: list[Token]) -> list[Token]:
    """Return the other members of "Trump and Clinton"."""
    inside = {t.i for t in tokens}
    found, queue = [], [head]
    while queue:
        current = queue.pop()
        for child in current.children:
            if child.dep_ == "conj" and child.i in inside:
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda t: t.i)


def _of_head(token: Token, mentions: list[ActorMention]) -> tuple[str, ...]:
    widest = max(
        (m for m in mentions if m.head == token.i or (m.first <= token.i < m.last and m.how == "name"
         and m.head in (token.i, *(c.i for c in token.children if c.dep_ == "compound")))),
        key=lambda m: (m.how == "name", m.last - m.first), default=None,
    )  # fmt: skip
    if widest is None or not widest.actors:
        for child in token.children:
            if child.dep_ == "appos":
                named = next((m for m in mentions if m.head == child.i and m.how == "name"), None)
                if named is not None:
                    return named.actors
        return ()
    return widest.actors


def _of_phrase(
    annotated: Annotated, tokens: list[Token], head: Token, mentions: list[ActorMention]
) -> list[str]:
    """Resolve a source whose head is no actor: a document's maker, a vague group, a noun phrase."""
    if head.lower_ in FIRST_PERSON | SECOND_PERSON:
        return []
    maker = _maker(head, mentions, tokens)
    if maker is not None:
        return list(maker)
    if head.tag_ in ("WDT", "WP", "EX", "PRP") and head.lower_ not in _VAGUE:
        return []
    first_names = [m for m in mentions if m.how == "name" and m.head in {t.i for t in tokens}]
    if head.tag_ in ("NNP", "NNPS") and first_names:
        return list(first_names[-1].actors)
    return [unnamed(annotated, tokens, head)]


def _maker(
    head: Token, mentions: list[ActorMention], tokens: list[Token]
) -> tuple[str, ...] | None:
    """Return the maker of a document: "Trump's letter", "a Pew poll", "a report by the IMF"."""
    agent = actor_table().agents.get(lemma(head))
    spoken = noun_class(lemma(head)) is not None or (agent is not None and agent.kind == "document")
    if not spoken and head.tag_ not in ("NNP", "NNPS"):
        possessor = next((t for t in tokens if t.head.i == head.i and t.dep_ == "poss"), None)
        if possessor is None or agent is not None:
            return None
    inside = {t.i for t in tokens}
    for dependency in ("poss", "compound", "amod", "nmod"):
        for child in head.children:
            if child.dep_ == dependency and child.i in inside:
                mention = next((m for m in mentions if m.first <= child.i < m.last), None)
                if mention is not None and mention.actors:
                    return mention.actors
    for child in head.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of"):
            for target in child.children:
                mention = next((m for m in mentions if m.head == target.i), None)
                if mention is not None and mention.actors:
                    return mention.actors
    return None


def unnamed(annotated: Annotated, tokens: list[Token], head: Token) -> str:
    """Enter whom the source describes without a name, by the words of its noun phrase."""
    words = [t for t in tokens if t.i <= head.i]
    while len(words) > 1 and (words[0].tag_ in _LEFT_OUT or words[0].is_punct):
        words = words[1:]
    last = head.i
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "from") and child.i == head.i + 1:
            last = child.right_edge.i
    words += [t for t in tokens if head.i < t.i <= last]
    name = " ".join(t.text for t in words) or head.text
    kind: ActorKind = (
        "group" if head.tag_ in ("NNS", "NNPS") or head.lower_ in _VAGUE else "unnamed"
    )
    if head.tag_ == "NNP":
        kind = "organisation"
    return enter(annotated, name, kind)


def enter(annotated: Annotated, name: str, kind: ActorKind) -> str:
    """Enter an actor that only this article knows, and return its id."""
    actor = identifier("actor", annotated.document.id, kind, name.lower())
    annotated.actors.setdefault(actor, Actor(actor, name, kind))
    return actor
