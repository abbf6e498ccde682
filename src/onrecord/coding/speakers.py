"""Who speaks and to whom: the actors that the source and the words around the cue point at."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.coding.drafts import Draft
from onrecord.knowledge.actors import actor_table
from onrecord.knowledge.cues import noun_class, verb_class
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.syntax import lemma
from onrecord.record import Actor, ActorKind, Span, identifier

FIRST_PERSON = frozenset(
    ["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"]
)
SECOND_PERSON = frozenset(["you", "your", "yours", "yourself"])
_VAGUE = frozenset(
    [
        "some",
        "many",
        "others",
        "most",
        "few",
        "several",
        "both",
        "each",
        "everyone",
        "everybody",
        "nobody",
        "someone",
        "somebody",
        "anyone",
        "those",
        "these",
        "one",
        "all",
        "people",
        "none",
        "either",
        "neither",
    ]
)
_LEFT_OUT = frozenset(
    ("DT", "PRP$", "PDT", "CD", "POS", "WDT", "WP$", "IN", "TO", "RB", ",", "``", "''")
)
_HEARER_VERBS = frozenset(("tell", "ask", "warn", "demand", "promise", "answer", "say", "accuse"))
_HEARER_NOUNS = frozenset(
    [
        "letter",
        "interview",
        "email",
        "e-mail",
        "message",
        "memo",
        "statement",
        "speech",
        "remarks",
        "address",
        "conversation",
        "call",
        "note",
        "briefing",
        "testimony",
        "text",
        "tweet",
        "appeal",
        "talk",
    ]
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
    return [_unnamed(annotated, tokens, head)]


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


def _unnamed(annotated: Annotated, tokens: list[Token], head: Token) -> str:
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


def addressees_of(annotated: Annotated, draft: Draft, speakers: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of those to whom the text says it was said, as "told X", "in a letter to X"."""
    verb = annotated.doc[draft.verb] if draft.verb is not None else _cue_verb(annotated, draft)
    if verb is None:
        return ()
    spoken = set(speakers)
    hearers = list(_hearers(verb, draft))
    # The parser may make each word of "co-host Joe Scarborough" an object of its own.
    named = [t for t in hearers if t.dep_ == hearers[0].dep_ and _is_named(annotated, t)]
    for token in named or hearers:
        mention = annotated.mention_at(token.i) or _named_inside(annotated, token)
        if mention is not None and mention.actors and not spoken.intersection(mention.actors):
            found = list(mention.actors)
            for other in token.conjuncts:
                joined = annotated.mention_at(other.i)
                if joined is not None:
                    found.extend(a for a in joined.actors if a not in found)
            return tuple(found)
        if mention is None and _may_hear(token, verb):
            return (_unnamed(annotated, list(token.subtree), token),)
    return ()


def _is_named(annotated: Annotated, token: Token) -> bool:
    mention = annotated.mention_at(token.i)
    return mention is not None and mention.how == "name" and bool(mention.actors)


def _may_hear(token: Token, verb: Token) -> bool:
    """Tell whether a noun that names nobody we know can be spoken to: people, or "told X"."""
    if token.tag_ not in ("NNS", "NNP", "NNPS", "NN") or len(token) < 3:
        return False
    agent = actor_table().agents.get(lemma(token))
    people = agent is not None and agent.kind in ("person", "group", "body")
    return people or verb_class(lemma(verb)) == "tell"


def _named_inside(annotated: Annotated, token: Token) -> ActorMention | None:
    """Return the person named at the end of a noun phrase: "co-host Joe Scarborough"."""
    last = token.right_edge.i
    for mention in annotated.mentions:
        if (
            mention.how == "name"
            and token.i < mention.head <= last
            and mention.gender in ("m", "f")
        ):
            return mention
    return None


def _cue_verb(annotated: Annotated, draft: Draft) -> Token | None:
    for span in draft.cue:
        for token in annotated.tokens_in(span):
            if token.tag_.startswith("V") and verb_class(lemma(token)) is not None:
                return token
    return None


def _hearers(verb: Token, draft: Draft) -> Iterable[Token]:
    kind = verb_class(lemma(verb))
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    direct = (kind in _HEARER_VERBS and kind not in ("say", "accuse")) or lemma(verb) == "thank"
    if kind in ("tell", "ask", "warn", "demand"):
        yield from _passive_hearers(verb, passive)
    for child in verb.children:
        if _is_said(child, draft):
            continue
        given = child.dep_ == "dative" and child.lower_ != "to"
        if given or (child.dep_ in ("dobj", "iobj") and direct and not passive):
            yield child
        called = child.lower_ == "on" and lemma(verb) in ("call", "prevail", "press", "lean")
        if called or (child.dep_ in ("prep", "dative") and child.lower_ == "to"):
            yield from (c for c in child.children if c.dep_ == "pobj")
        if child.dep_ == "advcl" and lemma(child) == "ask" and child.tag_ == "VBN":
            yield from _askers(child)
    if direct:
        yield from _complement_subjects(verb, draft)
    yield from _through_noun(verb)


def _is_said(child: Token, draft: Draft) -> bool:
    """Tell whether a word belongs to what was said, not being the hearer it may begin with."""
    for span in draft.content:
        if span.start <= child.idx < span.end:
            opens = span is draft.content[0] and child.left_edge.idx <= span.start + 1
            return not (opens and child.dep_ in ("dobj", "dative", "iobj"))
    return False


def _passive_hearers(verb: Token, passive: bool) -> Iterable[Token]:
    """Yield who is asked in "Reagan was asked" and "Asked about it, Clinton said"."""
    if passive:
        yield from (c for c in verb.children if c.dep_ == "nsubjpass")
    elif (
        verb.tag_ == "VBN"
        and verb.dep_ in ("advcl", "acl")
        and not any(c.dep_ in ("nsubj", "aux", "dobj") for c in verb.children)
    ):
        yield from (c for c in verb.head.children if c.dep_ == "nsubj")


def _askers(verb: Token) -> Iterable[Token]:
    """Yield who asks in "Asked by reporters, he said"."""
    for child in verb.children:
        if child.dep_ == "agent" or child.lower_ == "by":
            yield from (c for c in child.children if c.dep_ == "pobj")


def _complement_subjects(verb: Token, draft: Draft) -> Iterable[Token]:
    """Yield the hearer that the parser took for the subject of what was said: "told X that".

    So is X in "urged X to go", whose clause begins with its hearer.
    """
    for child in verb.children:
        if child.dep_ not in ("ccomp", "xcomp"):
            continue
        for token in child.children:
            if token.dep_ in ("nsubj", "nsubjpass") and token.i > verb.i:
                said = any(s.start <= token.idx < s.end for s in draft.content)
                infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
                if not said or infinitive:
                    yield token


def _through_noun(verb: Token) -> Iterable[Token]:
    """Yield the hearer in "in a letter to X", "in an interview with X"."""
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ not in ("in", "during", "on", "at", "after"):
            continue
        for noun in child.children:
            if noun.dep_ == "pobj" and lemma(noun) in _HEARER_NOUNS:
                for link in noun.children:
                    if link.dep_ == "prep" and link.lower_ in ("to", "with"):
                        yield from (c for c in link.children if c.dep_ == "pobj")
