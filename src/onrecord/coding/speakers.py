"""Who speaks: the actors that the words of a source point at."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.coding.drafts import Draft
from onrecord.coding.interviews import is_question_or_answer, speaker_of_turn
from onrecord.coding.makers import enter, maker_of
from onrecord.knowledge.actors import actor_table
from onrecord.knowledge.cues import verb_class
from onrecord.knowledge.parsing import word_list
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.syntax import lemma, stands_apart
from onrecord.record import ActorKind, Span

FIRST_PERSON = frozenset("i me my mine myself we us our ours ourselves".split())


SECOND_PERSON = frozenset(["you", "your", "yours", "yourself"])


_VAGUE = frozenset(
    "some many others most few several both each everyone everybody nobody someone somebody "
    "anyone those these one all people none either neither".split()
)


_LEAD = 4
_NEAR = 200
_HEADLINES = 2
_AND = frozenset(("and", "or", "&"))
_PARTITIVE = word_list("partitive")
_MODIFIERS = frozenset(("compound", "nmod", "amod", "det", "poss"))
_LEFT_OUT = frozenset(
    ("DT", "PRP$", "PDT", "CD", "POS", "WDT", "WP$", "IN", "TO", "RB", ",", "``", "''")
)


def speakers_of(annotated: Annotated, draft: Draft) -> tuple[str, ...]:
    """Return the ids of the actors that the source means: two for a joint one, none if unnamed."""
    if is_question_or_answer(annotated, draft):
        return speaker_of_turn(annotated, draft)
    found: list[str] = []
    for span in draft.source:
        found.extend(actor for actor in _actors_of(annotated, span) if actor not in found)
    return tuple(found)


def _actors_of(annotated: Annotated, span: Span) -> list[str]:
    tokens = annotated.tokens_in(span)
    if not tokens:
        return []
    mentions = [m for m in annotated.mentions if m.span.overlaps(span)]
    listed = _listed(tokens, mentions)
    if listed:
        return list(listed)
    head = _counted(_head(tokens), tokens)
    found: list[str] = []
    for token in [head, *_joined(head, tokens)]:
        found.extend(a for a in _of_head(annotated, token, mentions) if a not in found)
    if not any(annotated.actors[actor].kind == "person" for actor in found):
        found = list(_titled(annotated, tokens, mentions)) or found
    found = found or _of_phrase(annotated, tokens, head, mentions)
    if all(annotated.actors[actor].kind == "unnamed" for actor in found) and _is_person(head):
        return list(_announced(annotated, head)) or found
    return found


def _announced(annotated: Annotated, head: Token) -> tuple[str, ...]:
    """Return whom a headline announces by what he is ("Lawmaker urges sanctions"), from the lead.

    That is a person named in the first sentences, called so there or the first to speak.
    """
    sentence = annotated.sentence_at(head.idx)
    if sentence is None or head.tag_ not in ("NN", "NNP"):
        return ()
    bare = not any(child.dep_ in ("det", "poss") for child in head.lefts)
    if not sentence.heading and not (bare and sentence.paragraph < _HEADLINES):
        return ()
    lead = [s for s in annotated.sentences if not s.heading and s.paragraph > sentence.paragraph]
    best: tuple[int, tuple[str, ...]] = (0, ())
    for place in lead[:_LEAD]:
        words = annotated.text[place.span.start : place.span.end].lower()
        called = lemma(head) in words
        for mention in annotated.mentions_in(place.span):
            token = annotated.doc[mention.head]
            if mention.how != "name" or len(mention.actors) != 1 or token.dep_ != "nsubj":
                continue
            fit = 1 + 2 * called + (verb_class(lemma(token.head)) is not None)
            if fit > best[0] and _may_be(annotated, head, mention.actors[0]):
                best = (fit, mention.actors)
    return best[1]


def _may_be(annotated: Annotated, head: Token, actor: str) -> bool:
    """Tell whether a role can be a person's: the well known are what our tables say."""
    known = annotated.actors[actor]
    table = actor_table()
    if known.kind != "person" or actor not in table.actors:
        return known.kind == "person"
    title, agent = table.titles.get(lemma(head)), table.agent(head.text, lemma(head))
    offices = {office.role for office in table.tenures.get(actor, ())}
    sectors = {entry.sector for entry in (title, agent) if entry is not None}
    legislates = known.sector == "LEG" and "LEG" in sectors
    return legislates or (title is not None and title.role in offices)


def _listed(tokens: list[Token], mentions: list[ActorMention]) -> tuple[str, ...]:
    """Return the members of a list of names, however it was parsed: "Obama and Clinton's"."""
    names = [m for m in mentions if m.how == "name" and not m.generic and len(m.actors) == 1]
    nouns = {t.i for t in tokens if t.tag_.startswith("N")}
    names = [m for m in names if m.last not in nouns]  # not "White House" of its hopefuls
    starts = {m.first for m in names}
    named = {i for m in names for i in range(m.first, m.last)}
    between = [t for t in tokens if t.i not in named and t.tag_ not in ("DT", ",")]
    others = [t for t in between if t.lower_ not in _AND and not (
        t.i + 1 in starts and t.tag_[0] in "NJ")]  # fmt: skip
    if others and others[-1].tag_ == "POS" and others[-1].i == tokens[-1].i:
        others.pop()
    joined = len(names) > 1 and any(t.lower_ in _AND for t in between)
    return tuple(dict.fromkeys(m.actors[0] for m in names)) if joined and not others else ()


def _head(tokens: list[Token]) -> Token:
    """Return the word that heads a source: a noun or pronoun that hangs on a word outside it."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
    for fitting in (_is_nominal, _is_quantity):
        heads = [t for t in tops if fitting(t)]
        if heads:
            first = heads[0]
            # In "the Pew Research Center analysis" all words hang on the one outside.
            beside = [t for t in heads if t.head.i == first.head.i and t.dep_ in _MODIFIERS]
            return beside[-1] if beside and first.dep_ in _MODIFIERS else first
    for token in tokens:
        if token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "ROOT"):
            return token
    return tokens[0]


def _is_nominal(token: Token) -> bool:
    return token.tag_.startswith("N") or token.tag_ in ("PRP", "PRP$", "WP", "WDT", "WP$", "EX")


def _is_quantity(token: Token) -> bool:
    return token.tag_ in ("DT", "CD", "JJ", "JJS", "JJR", "PDT")


def _counted(head: Token, tokens: list[Token]) -> Token:
    """Return who is counted in "47 percent of Cuban Americans", "a number of other members"."""
    inside = {t.i for t in tokens}
    for _ in range(3):
        counts = lemma(head) in _PARTITIVE or head.tag_ == "CD" or head.lower_ in _VAGUE
        link = next((c for c in head.children if c.lower_ in ("of", "among")), None)
        if not counts or link is None:
            break
        target = next((c for c in link.children if c.dep_ == "pobj" and c.i in inside), None)
        if target is None or target.tag_ in ("NN", "CD"):
            break
        head = target
    return head


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


def _of_head(annotated: Annotated, token: Token, mentions: list[ActorMention]) -> tuple[str, ...]:
    widest = max(
        (m for m in mentions if m.head == token.i or (m.first <= token.i < m.last and m.how == "name"
         and m.head in (token.i, *(c.i for c in token.children if c.dep_ == "compound")))),
        key=lambda m: (m.how == "name", m.last - m.first), default=None,
    )  # fmt: skip
    if widest is None or not widest.actors:
        return _in_apposition(token, mentions)
    if widest.how == "name" and widest.generic and is_people(annotated, token, widest):
        return (unnamed(annotated, list(token.subtree), token),)
    nameless = all(annotated.actors[actor].kind == "unnamed" for actor in widest.actors)
    if nameless and token.lower_ == "it":
        token = _document_before(annotated, token, widest.actors[0]) or token
    return (maker_of(annotated, token) if nameless and token.tag_ in ("NN", "NNS") else ()) or (
        widest.actors
    )


def _document_before(annotated: Annotated, pronoun: Token, actor: str) -> Token | None:
    """Return the noun that "it" stands for, of a document the article gives no other name."""
    name = annotated.actors[actor].name.split()[-1]
    earlier = range(pronoun.i - 1, max(-1, pronoun.i - _NEAR), -1)
    return next((annotated.doc[i] for i in earlier if lemma(annotated.doc[i]) == name), None)


def _in_apposition(token: Token, mentions: list[ActorMention]) -> tuple[str, ...]:
    """Return who is named behind a noun: "two objectors, Lawrence Joyce and William Graham"."""
    for child in token.children:
        if child.dep_ == "appos":
            named = [m for m in mentions if m.how == "name" and m.head in (
                child.i, *(other.i for other in child.conjuncts))]  # fmt: skip
            if named and named[0].head == child.i:
                several = named if token.tag_ in ("NNS", "NNPS") else named[:1]
                return tuple(dict.fromkeys(a for m in several for a in m.actors))
    return ()


def is_people(annotated: Annotated, token: Token, mention: ActorMention) -> bool:
    """Tell whether a name means people as a class: "Cuban Americans", not their state."""
    states = [annotated.actors[actor].kind == "state" for actor in mention.actors]
    return token.tag_ in ("NNPS", "NNS") and any(states)


def _titled(
    annotated: Annotated, tokens: list[Token], mentions: list[ActorMention]
) -> tuple[str, ...]:
    """Return the person whose name ends a source: "Florida-based Republican strategist Al Cardenas"."""
    words = [t for t in tokens if not t.is_punct and t.tag_ != "POS"]
    for mention in mentions:
        named = mention.how == "name" and not mention.generic and len(mention.actors) == 1
        if not named or mention.last - 1 != words[-1].i or mention.first <= words[0].i:
            continue
        if annotated.actors[mention.actors[0]].kind != "person":
            continue
        before = [t for t in words if t.i < mention.first]
        others = any(m.how == "name" and m.first < mention.first for m in mentions)
        plain = all(t.tag_ not in ("IN", "TO", ",") and t.tag_[0] not in "VW" for t in before)
        if plain and not (others and any(t.tag_ == "CC" for t in before)):
            return mention.actors
    return ()


def _of_phrase(
    annotated: Annotated, tokens: list[Token], head: Token, mentions: list[ActorMention]
) -> list[str]:
    """Resolve a source whose head is no actor: a document's maker, a vague group, a noun phrase."""
    if head.lower_ in FIRST_PERSON | SECOND_PERSON:
        return []
    maker = maker_of(annotated, head)
    if maker:
        return list(maker)
    if head.tag_ in ("WDT", "WP"):
        return _antecedent(annotated, head)
    if head.tag_ in ("EX", "PRP") and head.lower_ not in _VAGUE:
        return []
    linked = next((t.i for t in tokens if t.i > head.i and t.tag_[:1] in "IV"), len(annotated.doc))
    names = [m for m in mentions if m.how == "name" and m.head in {t.i for t in tokens}]
    names = [m for m in names if m.first < linked]
    if head.tag_ in ("NNP", "NNPS") and names:
        return list(names[-1].actors)
    return [unnamed(annotated, tokens, head)]


def _antecedent(annotated: Annotated, pronoun: Token) -> list[str]:
    """Enter whom a relative clause is about, where that is nobody by name: "voters who say"."""
    clause = pronoun.head
    for _ in range(4):
        if clause.dep_ in ("relcl", "acl") or clause.head.i == clause.i:
            break
        clause = clause.head
    noun = _person_in(clause.head, pronoun) if pronoun.tag_ == "WP" else clause.head
    if noun.i >= pronoun.i or not (noun.tag_.startswith("N") or noun.lower_ in _VAGUE):
        return []
    found: list[str] = []
    for token in (noun, *(t for t in noun.conjuncts if t.i < pronoun.i)):
        words = [t for t in token.subtree if t.i < clause.left_edge.i]
        known = annotated.mention_at(token.i)
        if known is not None and known.how == "name" and token.i != noun.i:
            continue
        found.extend(known.actors if known is not None else [unnamed(annotated, words, token)])
    return list(dict.fromkeys(found))


def _person_in(noun: Token, pronoun: Token) -> Token:
    """Return the people that "who" is about where the parser hung its clause on another noun.

    "Candidates in competitive races who plan", "the support of generals and admirals, who".
    """
    if _is_person(noun):
        return noun
    outer = noun
    while outer.dep_ in ("pobj", "prep") and outer.head.i != outer.i:
        outer = outer.head
        if _is_person(outer):
            return outer
    inner = [t for t in noun.subtree if t.i < pronoun.i and _is_person(t) and t.dep_ != "poss"]
    if not inner and pronoun.i - noun.i > 1:  # "generals -- most gave their support -- who"
        inner = [t for t in pronoun.sent if t.i < noun.i and _is_person(t) and t.dep_ != "poss"]
    nearest = inner[-1] if inner else noun
    while nearest.dep_ == "conj" and _is_person(nearest.head):
        nearest = nearest.head
    return nearest


def _is_person(token: Token) -> bool:
    table = actor_table()
    agent = table.agent(token.text, lemma(token))
    return token.tag_.startswith("N") and (
        (agent is not None and agent.kind in ("person", "group")) or lemma(token) in table.titles
    )


def unnamed(annotated: Annotated, tokens: list[Token], head: Token) -> str:
    """Enter whom the source describes without a name, by the words of its noun phrase."""
    counted = any(t.i < head.left_edge.i and lemma(t) in _PARTITIVE for t in tokens)
    first = head.left_edge.i if counted else 0
    words = [t for t in tokens if first <= t.i <= head.i]
    while len(words) > 1 and (words[0].is_punct or (
        words[0].tag_ in _LEFT_OUT and stands_apart(words[0]))):  # fmt: skip
        words = words[1:]
    last = head.i
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "from") and child.i == head.i + 1:
            last = child.right_edge.i
    words += [t for t in tokens if head.i < t.i <= last]
    name = annotated.text[words[0].idx : words[-1].idx + len(words[-1])] if words else head.text
    name = " ".join(name.split())
    kind: ActorKind = (
        "group" if head.tag_ in ("NNS", "NNPS") or head.lower_ in _VAGUE else "unnamed"
    )
    if head.tag_ == "NNP":
        kind = "organisation"
    return enter(annotated, name, kind)
