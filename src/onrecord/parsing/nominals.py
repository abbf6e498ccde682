"""Actors by role and common noun: "the Mexican president", "US forces", "senior officials"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.knowledge.actors import Agent, Title
from onrecord.knowledge.cues import verb_class
from onrecord.parsing.annotated import ActorMention, Annotated, Gender
from onrecord.parsing.cast import Cast, Description, Player
from onrecord.parsing.syntax import lemma, stands_apart
from onrecord.record import Actor, ActorKind

_INSIDE = frozenset(
    "det amod compound nmod poss nummod quantmod advmod predet case punct npadvmod".split()
)
_LINKS = frozenset("of from in for at with on behind against".split())
_GOVERNMENTS = frozenset(
    "government administration regime authorities authority cabinet state nation country".split()
)
_DETERMINERS = frozenset("the a an this that these those his her its their our my your".split())
_FOCUSING = frozenset("even not just perhaps".split())
_INDEFINITE = frozenset("a an some several many few one two three four five other another".split())
_COUNTRY_NOUNS = frozenset(("countries", "nations", "governments", "sides", "states"))
_LEADER_NOUNS = frozenset(
    ("leaders", "presidents", "men", "women", "candidates", "ministers", "rivals")
)


OWNED = frozenset(("campaign", "administration", "team", "camp"))
"""Bodies that are called after their head: "his campaign" is the Trump campaign."""
_PAIRS = frozenset(("two", "both", "each"))


@dataclass(frozen=True)
class Nominal:
    """A noun phrase for an actor: head token, first and last token, the entry that knows it."""

    head: int
    first: int
    last: int
    noun: str
    agent: Agent | None
    title: Title | None


def find_nominals(annotated: Annotated, cast: Cast) -> list[ActorMention]:
    """Return the mentions by role or common noun; names must be in ``annotated.mentions``.

    Titles before and after names are given to the named person in the cast instead.
    """
    inside = {i: m for m in annotated.mentions for i in range(m.first, m.last)}
    found = []
    for token in annotated.doc:
        if token.lower_ in _PAIRS and _is_pair(token):
            found.append(_pair(annotated, token))
        if token.i in inside or token.tag_ not in ("NN", "NNS", "NNP", "NNPS"):
            continue
        nominal = _nominal(token, cast)
        if nominal is None or not _may_act(token, nominal):
            continue
        country = _country(annotated, nominal, inside, cast)
        named = _named_beside(token, inside)
        if named is not None and len(named.actors) == 1 and _is_person(named, cast):
            _describe(named, nominal, token, country, cast)
            if token.dep_ in ("compound", "nmod") or token.i + 1 == named.first:
                continue
        if token.dep_ in ("compound", "nmod", "amod") and token.head.tag_.startswith("N"):
            continue
        if _second_description(token, nominal, cast):
            continue
        mention = _mention(annotated, nominal, country, named, inside, cast)
        if mention is not None:
            found.append(mention)
    return found


def _is_pair(token: Token) -> bool:
    """Tell whether "the two", "both" or "each" stands without a noun: "the two agreed"."""
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos"):
        return False
    if any(child.lower_ == "of" for child in token.rights):
        return False
    before = token.nbor(-1) if token.i else None
    return token.lower_ != "two" or (before is not None and before.lower_ in ("the", "these"))


def _pair(annotated: Annotated, token: Token) -> ActorMention:
    first = token.i - (token.lower_ == "two")
    return ActorMention(
        annotated.span_of(first, token.i + 1), first, token.i + 1, token.i, "nominal",
        number="plural", generic=True,
    )  # fmt: skip


def _may_act(token: Token, nominal: Nominal) -> bool:
    """Tell whether a document is said to speak here: a deal or a report is else no actor."""
    if nominal.agent is None or nominal.agent.kind != "document" or nominal.title is not None:
        return True
    return token.dep_ in ("nsubj", "nsubjpass") and verb_class(lemma(token.head)) is not None


def _nominal(token: Token, cast: Cast) -> Nominal | None:
    """Return the longest known role or agent that ends at ``token``, or none."""
    doc = token.doc
    if token.tag_ in ("NNP", "NNPS") and not _lone_title(token, cast):
        return None
    agent, title, noun = None, None, ""
    for length in (4, 3, 2, 1):
        first = token.i - length + 1
        if first < 0:
            continue
        phrase = doc[first : token.i + 1].text.lower()
        title = title or cast.table.titles.get(phrase)
        single = phrase if length > 1 else lemma(token)
        agent = agent or cast.table.agents.get(single) or cast.table.plurals.get(phrase)
        if (title or agent) and not noun:
            noun = single
    if agent is None and title is None and token.lower_ not in _COUNTRY_NOUNS:
        return None
    if agent is None and title is not None and title.role is None and title.sector is None:
        return None
    first, last = _extent(token)
    return Nominal(token.i, first, last, noun or token.lower_, agent, title)


def _lone_title(token: Token, cast: Cast) -> bool:
    """Tell whether a capitalised title stands without a name: "the President said"."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    before = token.nbor(-1) if token.i else None
    agent = cast.table.agents.get(token.lower_)
    member = agent is not None and agent.kind == "person" and agent.noun[0].isupper()
    phrase = f"{before.lower_} {token.lower_}" if before is not None else ""
    if phrase in cast.table.agents:
        return True
    if not member and token.lower_ not in cast.table.titles and phrase not in cast.table.titles:
        return False
    return after is None or after.tag_ not in ("NNP", "NNPS")


def _extent(head: Token) -> tuple[int, int]:
    """Return the tokens of a noun phrase: its modifiers, and the "of", "from" phrases behind."""
    first, last = head.i, head.i + 1
    for child in head.lefts:
        if child.dep_ in _INSIDE:
            first = min(first, child.left_edge.i)
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in _LINKS and child.i <= last + 1:
            if child.right_edge.i - head.i < 12:
                last = max(last, child.right_edge.i + 1)
            break
        if child.i > last and child.dep_ not in ("punct", "case"):
            break
    doc = head.doc
    while first < head.i and (doc[first].is_space or doc[first].is_punct):
        first += 1
    while last - 1 > head.i and (
        doc[last - 1].is_space or doc[last - 1].is_punct or doc[last - 1].tag_ in ("CC", "IN")
    ):
        last -= 1
    commas = [i for i in range(first, head.i) if doc[i].text in (",", ";", ":")]
    # A determiner opens a phrase: what stands before a comma without one is no part of it.
    apart = bool(commas) and doc[first].tag_ not in ("DT", "PRP$", "JJ")
    return (commas[-1] + 1 if apart else first), last


def _country(
    annotated: Annotated, nominal: Nominal, inside: dict[int, ActorMention], cast: Cast
) -> str | None:
    """Return the country that modifies the noun: "Mexican", "Mexico's", "of Mexico"."""
    head = annotated.doc[nominal.head]
    for index in [
        *range(nominal.head - 1, nominal.first - 1, -1),
        *range(nominal.head + 1, nominal.last),
    ]:
        mention = inside.get(index)
        if mention is None or not mention.actors:
            continue
        actor = cast.players[mention.actors[0]].actor
        if actor.kind in ("state", "organisation", "person") and actor.country:
            if index > nominal.head and annotated.doc[nominal.head + 1].lower_ not in (
                "of", "from", "in", "for"
            ):  # fmt: skip
                continue
            if actor.kind == "person" and head.lower_ not in _GOVERNMENTS and lemma(head) not in (
                "official", "minister", "aide", "spokesman", "spokeswoman"
            ):  # fmt: skip
                continue
            return actor.country
    return None


def _named_beside(token: Token, inside: dict[int, ActorMention]) -> ActorMention | None:
    """Return the name that the noun is a title or apposition of, or none."""
    if token.dep_ in ("compound", "nmod") and token.head.i in inside and token.i < token.head.i:
        return inside[token.head.i]
    if token.dep_ == "appos" and token.head.i in inside:
        return inside[token.head.i]
    for child in token.children:
        if child.dep_ == "appos" and child.i in inside:
            return inside[child.i]
    behind = _behind_its_object(token, inside)
    if behind is not None:
        return behind
    after = inside.get(token.i + 1)
    if after is not None and after.first == token.i + 1 and token.dep_ != "conj":
        return after
    if token.dep_ == "attr" and token.head.lower_ in ("is", "was"):
        subject = next((c for c in token.head.lefts if c.dep_ == "nsubj"), None)
        return inside.get(subject.i) if subject is not None else None
    return None


def _behind_its_object(token: Token, inside: dict[int, ActorMention]) -> ActorMention | None:
    """Return the name in "an attorney for Pagliano, Mark MacDougall", which is the attorney's."""
    for link in token.rights:
        if link.dep_ != "prep" or link.lower_ not in _LINKS:
            continue
        for owner in link.children:
            for child in owner.children:
                if child.dep_ == "appos" and child.i in inside and owner.i in inside:
                    return inside[child.i]
    return None


def _is_person(mention: ActorMention, cast: Cast) -> bool:
    return cast.players[mention.actors[0]].actor.kind == "person"


def _is_second(head: Token) -> bool:
    """Tell whether an office is that of a deputy: "vice-governor", "deputy chief"."""
    before = [head.nbor(-back).lower_ for back in (1, 2) if head.i >= back]
    if before[:1] == ["-"]:
        before = before[1:]
    return before[:1] in (["vice"], ["deputy"], ["assistant"])


def _describe(
    mention: ActorMention, nominal: Nominal, head: Token, country: str | None, cast: Cast
) -> None:
    player = cast.players[mention.actors[0]]
    if not _is_second(head):
        player.titles.add(nominal.noun)
    entry = nominal.title or nominal.agent
    if entry is not None:
        player.gender = player.gender or entry.gender or ""
        cast.describe(player.actor.id, country=country, sector=entry.sector)
    mention.gender = player.gender
    actor = player.actor
    mention.country, mention.sector = actor.country, actor.sector


def _mention(
    annotated: Annotated,
    nominal: Nominal,
    country: str | None,
    named: ActorMention | None,
    inside: dict[int, ActorMention],
    cast: Cast,
) -> ActorMention | None:
    head = annotated.doc[nominal.head]
    entry = nominal.agent or nominal.title
    gender: Gender = (entry.gender or "") if entry is not None else ""
    sector = _sector(nominal)
    mention = ActorMention(
        annotated.span_of(nominal.first, nominal.last), nominal.first, nominal.last, nominal.head,
        "role" if nominal.title is not None and nominal.title.role else "nominal",
        gender=gender, number="plural" if head.tag_.endswith("S") else "singular",
        generic=True, country=country, sector=sector,
    )  # fmt: skip
    behind = named is not None and named.first > nominal.head and _is_person(named, cast)
    described = behind or (named is not None and head.dep_ in ("appos", "attr"))
    if described or _appositive(head, inside):
        known = (
            named or inside[next(c.i for c in head.children if c.dep_ == "appos" and c.i in inside)]
        )
        mention.actors = known.actors
        mention.gender = known.gender or gender
        return mention
    mention.actors = _resolve(annotated, nominal, mention, inside, cast)
    pending = _is_definite(annotated, nominal) or nominal.head in cast.descriptions
    return mention if mention.actors or pending or not nominal.agent else None


def _second_description(token: Token, nominal: Nominal, cast: Cast) -> bool:
    """Tell whether a noun describes the person before again: "the former first lady and senator"."""
    if token.dep_ != "conj" or token.tag_ not in ("NN", "NNP") or not _personal(nominal):
        return False
    before = token.head
    determined = any(child.tag_ in ("DT", "PRP$", "POS") for child in token.lefts)
    definite = any(child.lower_ in ("the", "a", "an") for child in before.lefts)
    other = cast.table.titles.get(before.lower_) or cast.table.agents.get(before.lower_)
    return not determined and definite and other is not None and before.tag_ in ("NN", "NNP")


def _appositive(head: Token, inside: dict[int, ActorMention]) -> bool:
    return any(child.dep_ == "appos" and child.i in inside for child in head.children)


def _sector(nominal: Nominal) -> str | None:
    if nominal.agent is not None and nominal.agent.sector:
        return nominal.agent.sector
    return nominal.title.sector if nominal.title is not None else None


def _is_definite(annotated: Annotated, nominal: Nominal) -> bool:
    return annotated.doc[nominal.first].lower_ in ("the", "both", "this", "that", "these", "those")


def _resolve(
    annotated: Annotated, nominal: Nominal, mention: ActorMention,
    inside: dict[int, ActorMention], cast: Cast,
) -> tuple[str, ...]:  # fmt: skip
    """Resolve what needs no look back over the article; the rest is left to coreference."""
    first = annotated.doc[nominal.first].lower_
    head = annotated.doc[nominal.head]
    second = annotated.doc[min(nominal.first + 1, nominal.head)].lower_
    country = mention.country
    if lemma(head) in OWNED and annotated.doc[nominal.first].tag_ == "PRP$":
        cast.descriptions[nominal.head] = Description(
            _bare_words(annotated, nominal), "organisation", country, mention.sector
        )
        return ()
    pair = first in ("both", "two") or (first == "the" and second == "two")
    if pair and head.lower_ in _COUNTRY_NOUNS | _LEADER_NOUNS:
        return ()
    if second == "two" and first in ("the", "these") and _personal(nominal):
        cast.descriptions[nominal.head] = Description(
            _bare_words(annotated, nominal), "group", country, mention.sector
        )
        return ()
    role = nominal.title.role if nominal.title is not None else None
    if role and country and mention.number == "singular" and first not in _INDEFINITE:
        former = any(annotated.doc[i].lower_ in ("former", "ex", "deputy", "late", "vice", "acting", "then")
                     for i in range(nominal.first, nominal.head))  # fmt: skip
        holder = None if former else cast.table.holder(country, role, cast.day)
        if holder is not None:
            return (cast.known(holder).actor.id,)
    if country and lemma(head) in _GOVERNMENTS | {"government", "administration"}:
        return (cast.known(f"state/{country}").actor.id,) if country in cast.table.states else ()
    if (
        first == "the"
        and country is None
        and mention.number == "singular"
        and nominal.last == nominal.head + 1
    ):
        return ()
    if first in ("the", "this", "that") and mention.number == "singular" and _personal(nominal):
        name = _bare_words(annotated, nominal)
        cast.descriptions[nominal.head] = Description(
            name, "unnamed", country, mention.sector, mention.gender
        )
        return ()
    owned = any(child.dep_ == "poss" for child in head.lefts) and not country
    if owned and mention.number == "singular" and _personal(nominal):
        cast.descriptions[nominal.head] = Description(
            _bare_words(annotated, nominal), "unnamed", None, mention.sector, mention.gender
        )
        return ()
    return (_group(annotated, nominal, mention, inside, cast),)


def _personal(nominal: Nominal) -> bool:
    return nominal.title is not None or (
        nominal.agent is not None and nominal.agent.kind == "person"
    )


def _bare_words(annotated: Annotated, nominal: Nominal) -> str:
    """Return the words of a noun phrase without its determiner and number."""
    words = [annotated.doc[i] for i in range(nominal.first, nominal.last)]
    while words and (
        words[0].lower_ in _DETERMINERS | _FOCUSING
        or words[0].tag_ in ("HYPH", ":")
        or (words[0].tag_ in ("CD", "DT", "PRP$", "PDT") and stands_apart(words[0]))
    ):
        words = words[1:]
    name = annotated.text[words[0].idx : words[-1].idx + len(words[-1])] if words else nominal.noun
    return " ".join(name.split())


def _group(
    annotated: Annotated, nominal: Nominal, mention: ActorMention,
    inside: dict[int, ActorMention], cast: Cast,
) -> str:  # fmt: skip
    """Enter people or a body without a name of their own, and return the actor's id."""
    words = [
        i for i in range(nominal.first, nominal.last) if annotated.doc[i].lower_ not in _DETERMINERS
    ]
    name = _bare_words(annotated, nominal)
    kind: ActorKind = "unnamed" if mention.number == "singular" else "group"
    if nominal.agent is not None and nominal.agent.kind in ("body", "document"):
        kind = "organisation" if nominal.agent.kind == "body" else "unnamed"
    if nominal.agent is not None and nominal.agent.kind == "group":
        kind = "group"
    modified = [i for i in range(nominal.first, nominal.last) if i in inside]
    if mention.country and kind in ("group", "organisation") and modified and len(words) <= 3:
        return _national(nominal, mention, name, kind, cast)
    return cast.local(
        name, kind, country=mention.country, sector=mention.sector, gender=mention.gender
    ).actor.id


def _national(
    nominal: Nominal, mention: ActorMention, name: str, kind: ActorKind, cast: Cast
) -> str:
    """Enter a body of a country ("US forces") under an id that other articles share."""
    noun = nominal.noun.replace(" ", "-")
    actor = f"group/{(mention.country or '').lower()}-{(mention.sector or 'unk').lower()}-{noun}"
    if actor not in cast.players:
        cast.players[actor] = Player(
            Actor(actor, name, kind, mention.country, mention.sector), mention.gender
        )
    return actor
