"""To whom something is said: "told X", "urged X to", "in a letter to X", "asked by X", "Katy, you"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.coding.drafts import Draft
from onrecord.coding.interviews import hearer_of_turn, is_question_or_answer
from onrecord.coding.speakers import is_people, unnamed
from onrecord.knowledge.actors import actor_table
from onrecord.knowledge.cues import verb_class
from onrecord.knowledge.parsing import word_list
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.syntax import lemma
from onrecord.record import Span

_YOU = frozenset("you your yours you're you’re you've you’ve yourself thank thanks please".split())
_HEARER_VERBS = frozenset(("tell", "ask", "warn", "demand", "promise", "answer", "say", "accuse"))
_HEARER_NOUNS = word_list("talks")
_GIVEN = word_list("given")
_SPEAKS_TO = frozenset(("speak", "talk", "testify", "respond", "reply", "appeal", "pitch"))
_NOT_TO = frozenset(
    "refer allude point look turn object pledge commit contribute donate link compare agree "
    "react accord lead go come return subject open give stick".split()
)
_PROGRAMMES = frozenset(
    "show program programme podcast series broadcast newscast board panel column newsletter".split()
)
_OCCASIONS = frozenset(("in", "during", "on", "at", "after", "before"))
_AT_ONCE = frozenset("address lecture implore beg question press grill challenge thank".split())
_GATHERINGS = frozenset("gathering group crowd audience room throng meeting roomful".split())


def addressees_of(annotated: Annotated, draft: Draft, speakers: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of those to whom the text says it was said, as "told X", "in a letter to X"."""
    if is_question_or_answer(annotated, draft):
        return hearer_of_turn(annotated, draft)
    spoken = set(speakers)
    called = _called_by_name(annotated, draft, spoken)
    if called:
        return called
    if draft.verb is None:
        return ()
    verb = annotated.doc[draft.verb]
    hearers = list(_hearers(annotated, verb, draft))
    # The parser may make each word of "co-host Joe Scarborough" an object of its own.
    named = [t for t in hearers if t.dep_ == hearers[0].dep_ and _is_named(annotated, t)]
    for token in named or hearers:
        found = _heard_by(annotated, _gathered(token), verb)
        if found and not spoken.intersection(found):
            return found
    return ()


def _heard_by(annotated: Annotated, token: Token, verb: Token) -> tuple[str, ...]:
    mention = annotated.mention_at(token.i) or _named_inside(annotated, token)
    if mention is None:
        owner = _owner(annotated, token)
        if owner:
            return owner
        return (unnamed(annotated, list(token.subtree), token),) if _may_hear(token, verb) else ()
    if is_people(annotated, token, mention):
        return (unnamed(annotated, list(token.subtree), token),)
    found = list(mention.actors)
    for other in token.conjuncts:
        joined = annotated.mention_at(other.i)
        if joined is not None:
            found.extend(a for a in joined.actors if a not in found)
    return tuple(found)


def _gathered(token: Token) -> Token:
    """Return who has gathered in "a gathering of industry leaders"."""
    link = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
    if link is None or lemma(token) not in _GATHERINGS:
        return token
    return next((c for c in link.children if c.tag_ in ("NNS", "NNPS")), token)


def _owner(annotated: Annotated, token: Token) -> tuple[str, ...]:
    """Return whose programme was told: "USA Today's video series"."""
    owner = next((c for c in token.lefts if c.dep_ == "poss"), None)
    mention = annotated.mention_at(owner.i) if owner is not None else None
    if mention is None or mention.how != "name":
        return ()
    media = any(annotated.actors[actor].kind == "media" for actor in mention.actors)
    titled = media and (token.tag_ in ("NNP", "NNPS") or token.nbor(-1).is_quote)
    return mention.actors if titled or lemma(token) in _PROGRAMMES else ()


def _called_by_name(annotated: Annotated, draft: Draft, spoken: set[str]) -> tuple[str, ...]:
    """Return whom quoted words call by name: "Katy, you're not", "Here he is, Donald."."""
    for span in draft.content:
        if not annotated.quotations_in(span) and not draft.by_colon(annotated.text):
            continue
        for mention in annotated.mentions_in(span):
            if (
                mention.how != "name"
                or mention.gender not in ("m", "f")
                or len(mention.actors) != 1
            ):
                continue
            if mention.actors[0] not in spoken and _set_off(annotated, mention, span):
                return mention.actors
    return ()


def _set_off(annotated: Annotated, mention: ActorMention, span: Span) -> bool:
    """Tell whether a name, with its title, stands between commas or the ends of what is said."""
    first = mention.first
    while (
        first
        and annotated.doc[first - 1].tag_ == "NNP"
        and annotated.doc[first - 1].idx >= span.start
    ):
        first -= 1
    before = annotated.doc[first - 1] if first else None
    after = annotated.doc[mention.last] if mention.last < len(annotated.doc) else None
    starts = before is None or before.idx < span.start or before.text in ("“", '"', "‘", "''", "``")
    parted = before is not None and before.text == ","
    if after is None or after.text not in (",", ".", "?", "!", "—", "”", '"'):
        return False
    if not starts and not parted:
        return False
    near = annotated.text[max(span.start, mention.span.start - 60) : mention.span.end + 90].lower()
    if not any(word in _YOU for word in re.findall(r"[a-z’']+", near)):
        return False
    return after.text == "," or starts or after.idx + 2 >= span.end


def _is_named(annotated: Annotated, token: Token) -> bool:
    mention = annotated.mention_at(token.i)
    return mention is not None and mention.how == "name" and bool(mention.actors)


def _may_hear(token: Token, verb: Token) -> bool:
    """Tell whether a noun that names nobody we know can be spoken to: people, or "told X"."""
    if token.tag_ not in ("NNS", "NNP", "NNPS", "NN") or len(token) < 3:
        return False
    agent = actor_table().agent(token.text, lemma(token))
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


def _hearers(annotated: Annotated, verb: Token, draft: Draft) -> Iterable[Token]:
    kind = verb_class(lemma(verb))
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    direct = (
        kind in _HEARER_VERBS and kind not in ("say", "accuse")
    ) or lemma(verb) in _AT_ONCE  # fmt: skip
    if kind in ("tell", "ask", "warn", "demand"):
        yield from (t for t in _passive_hearers(verb, passive) if _is_living(annotated, t))
    for child in verb.children:
        if _is_said(child, draft):
            continue
        given = child.dep_ == "dative" and child.lower_ != "to"
        objects = child.dep_ in ("dobj", "iobj") and direct and not passive
        if given or (objects and (kind == "tell" or _is_living(annotated, child))):
            yield child
        called = child.lower_ == "on" and lemma(verb) in ("call", "prevail", "press", "lean")
        to = child.lower_ == "to" and lemma(verb) not in _NOT_TO
        if called or (child.dep_ in ("prep", "dative") and to):
            yield from (c for c in child.children if c.dep_ == "pobj")
        if child.dep_ == "advcl" and lemma(child) == "ask":
            yield from _askers(child)
        if child.dep_ == "dobj" and lemma(child) in _GIVEN:
            yield from _behind(child, ("to", "with"))
    if direct:
        yield from _complement_subjects(verb, draft)
    yield from _through_noun(verb)
    yield from _spoken_with(verb)


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


def _is_living(annotated: Annotated, token: Token) -> bool:
    """Tell whether a subject can be told something: not "jokes are told"."""
    agent = actor_table().agent(token.text, lemma(token))
    named = _is_named(annotated, token) or token.tag_ in ("NNP", "PRP", "WP")
    return named or (agent is not None and agent.kind != "document")


def _askers(verb: Token) -> Iterable[Token]:
    """Yield who asks in "Asked by reporters, he said" and "he said when Ms. Boyle asked him"."""
    if verb.tag_ != "VBN":
        yield from (c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in ("PRP", "WP"))
    for child in verb.children:
        if child.dep_ == "agent" or child.lower_ == "by":
            yield from (c for c in child.children if c.dep_ == "pobj")


def _behind(noun: Token, links: tuple[str, ...]) -> Iterable[Token]:
    """Yield who stands behind a noun of speech: "a letter to X", "an interview with X"."""
    for link in noun.children:
        if link.dep_ in ("prep", "dative") and link.lower_ in links:
            yield from (c for c in link.children if c.dep_ in ("pobj", "dobj"))


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
    """Yield the hearer in "in a letter to X", "in response to a question from X"."""
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ not in _OCCASIONS:
            continue
        for noun in child.children:
            if noun.dep_ == "pobj" and lemma(noun) in _HEARER_NOUNS:
                yield from _behind(noun, ("to", "with"))
            if noun.dep_ == "pobj" and lemma(noun) in ("response", "answer", "reply"):
                for question in _behind(noun, ("to",)):
                    yield from _behind(question, ("from", "by"))


def _spoken_with(verb: Token) -> Iterable[Token]:
    """Yield the hearer in "Speaking to X, she said", "officials who spoke with X said"."""
    around = [c for c in verb.children if c.dep_ in ("advcl", "acl", "prep", "pcomp")]
    for subject in verb.children:
        if subject.dep_ == "nsubj":
            around += [c for c in subject.rights if c.dep_ in ("acl", "relcl")]
    if verb.dep_ in ("advcl", "pcomp", "conj") and verb.tag_ == "VBG":
        outer = verb.head.head if verb.dep_ == "pcomp" else verb.head
        around.append(outer)
    for other in around:
        if other.tag_.startswith("V") and lemma(other) in _SPEAKS_TO:
            yield from _behind(other, ("to", "with"))
