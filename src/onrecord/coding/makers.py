"""Who speaks in a document: the maker of "Trump's letter", "a Pew poll", "an account she gave"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.knowledge.actors import actor_table
from onrecord.knowledge.cues import noun_class
from onrecord.knowledge.parsing import word_list
from onrecord.parsing.annotated import Annotated
from onrecord.parsing.syntax import lemma
from onrecord.record import Actor, ActorKind, Span, identifier

_MAKES = word_list("makes")
_WRITINGS = word_list("writing")
_SITES = word_list("site")
_WORDS_OF = word_list("words of")
_COUNTS = frozenset(("poll", "survey", "polling", "census", "study", "data", "statistic"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_FARTHEST = 1500


def maker_of(annotated: Annotated, head: Token) -> tuple[str, ...]:
    """Return whoever speaks in what a noun names: a document's maker, the owner of "his eyes".

    A document named before keeps its maker: "the report" is what the Pentagon published. Nobody is
    returned where the text does not say who made it, or the noun names a person.
    """
    agent = actor_table().agent(head.text, lemma(head))
    document = agent is not None and agent.kind == "document"
    if document or noun_class(lemma(head)) is not None or lemma(head) in _SITES | _WRITINGS:
        return _made(annotated, head) or _made_before(annotated, head)
    if head.tag_ in ("NNP", "NNPS"):
        return _beside(annotated, head) or _by(annotated, head)
    owned = agent is None and any(child.dep_ == "poss" for child in head.lefts)
    return _beside(annotated, head) or _by(annotated, head) if owned else ()


def _made(annotated: Annotated, head: Token) -> tuple[str, ...]:
    return (
        _beside(annotated, head)
        or _by(annotated, head)
        or _of_clause(annotated, head)
        or _of_site(annotated, head)
        or _of_verb(annotated, head)
    )


def _actors_at(annotated: Annotated, token: Token) -> tuple[str, ...]:
    """Return the actors of the mention that a token heads or stands in."""
    mention = annotated.mention_at(token.i)
    if mention is None:
        near = annotated.mentions_in(Span(token.sent.start_char, token.sent.end_char))
        mention = next((m for m in near if m.first <= token.i < m.last), None)
    return mention.actors if mention is not None else ()


def _beside(annotated: Annotated, head: Token) -> tuple[str, ...]:
    """Return who stands before the noun: "Trump's letter", "a Pew poll"."""
    for dependency in ("poss", "compound", "amod", "nmod"):
        for child in head.lefts:
            if child.dep_ != dependency:
                continue
            found = _actors_at(annotated, child)
            place = dependency != "poss" and lemma(head) in _COUNTS and any(
                annotated.actors[actor].kind == "state" for actor in found
            )  # fmt: skip
            if found and not place:
                return found
    return _pollster(annotated, head) if lemma(head) in _COUNTS else ()


def _pollster(annotated: Annotated, head: Token) -> tuple[str, ...]:
    """Enter the body that names a poll: "a new Latino Decisions poll"."""
    words: list[Token] = []
    for token in reversed(list(head.lefts)):
        if token.dep_ not in ("compound", "nmod", "amod") or token.tag_ not in ("NNP", "NNPS"):
            break
        words = [t for t in token.subtree if t.tag_ in ("NNP", "NNPS", "HYPH", "SYM")] + words
    if not words or any(t.ent_type_ not in ("ORG", "PERSON", "") for t in words):
        return ()
    return (enter(annotated, _words(annotated, words), "organisation"),)


def _words(annotated: Annotated, tokens: list[Token]) -> str:
    return " ".join(annotated.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])].split())


def _by(annotated: Annotated, head: Token) -> tuple[str, ...]:
    """Return who is named with "by" or "from": "a poll released on Friday by Pew"."""
    for link in _links(head):
        for target in link.children:
            if target.dep_ not in ("pobj", "pcomp"):
                continue
            found = [a for t in (target, *target.conjuncts) for a in _actors_at(annotated, t)]
            if found:
                return tuple(dict.fromkeys(found))
            if target.tag_ in ("NNP", "NNPS") and link.lower_ == "by":
                words = [t for t in target.lefts if t.tag_ == "NNP"]
                return (enter(annotated, _words(annotated, [*words, target]), "organisation"),)
    return ()


def _links(head: Token) -> Iterator[Token]:
    spoken = lemma(head) in _WORDS_OF
    for child in head.rights:
        if child.dep_ in ("prep", "agent"):
            if child.lower_ in ("by", "from") or (child.lower_ == "of" and spoken):
                yield child
            for target in child.children:
                yield from _agents(target)
    yield from _agents(head)


def _agents(noun: Token) -> Iterator[Token]:
    """Yield "by" in "poll released by", "letter signed by"."""
    for clause in noun.rights:
        if clause.dep_ == "acl" and clause.tag_ == "VBN" and lemma(clause) in _MAKES:
            yield from (c for c in clause.children if c.lower_ == "by")


def _of_clause(annotated: Annotated, head: Token) -> tuple[str, ...]:
    """Return who made it by the clause behind: "an account she gave", "the letter he wrote"."""
    for clause in head.rights:
        if clause.dep_ == "relcl" and lemma(clause) in _MAKES:
            for subject in clause.lefts:
                if subject.dep_ == "nsubj" and subject.tag_ not in ("WDT", "WP"):
                    return _actors_at(annotated, subject)
    return ()


def _of_site(annotated: Annotated, head: Token) -> tuple[str, ...]:
    """Return whose site a document is on: "a document on the campaign's website"."""
    for link in head.rights:
        if link.dep_ == "prep" and link.lower_ in ("on", "of", "in"):
            for site in link.children:
                if lemma(site) in _SITES:
                    return _beside(annotated, site)
    return ()


def _of_verb(annotated: Annotated, head: Token) -> tuple[str, ...]:
    """Return who makes it in this sentence: "The Post published an article"."""
    verb = head.head
    if head.dep_ != "dobj" or lemma(verb) not in _MAKES:
        return ()
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    return _actors_at(annotated, subject) if subject is not None else ()


def _made_before(annotated: Annotated, head: Token) -> tuple[str, ...]:
    """Return who made a document named before: "the report", "this letter"."""
    word = lemma(head)
    if not any(child.lower_ in _DEFINITE for child in head.lefts):
        return ()
    same = _WRITINGS if word in _WRITINGS else {word}
    for index in range(head.i - 1, max(-1, head.i - _FARTHEST), -1):
        token = annotated.doc[index]
        if token.tag_ in ("NN", "NNS", "NNP") and token.lower_ != head.lower_:
            if lemma(token) not in same:
                continue
        elif token.lower_ != head.lower_:
            continue
        found = _made(annotated, token)
        if any(annotated.actors[actor].kind not in ("unnamed", "group") for actor in found):
            return found
    return ()


def enter(annotated: Annotated, name: str, kind: ActorKind) -> str:
    """Enter an actor that only this article knows, and return its id."""
    actor = identifier("actor", annotated.document.id, kind, name.lower())
    annotated.actors.setdefault(actor, Actor(actor, name, kind))
    return actor
