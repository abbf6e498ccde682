"""Pronouns and definite nouns: whom "she", "the senator" and "both countries" mean.

Candidates before the pronoun are ranked by gender and number, distance, grammatical role,
parallelism and how often they are named (after Lappin and Leass 1994). What no candidate fits
stays unresolved.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.knowledge.cues import verb_class
from onrecord.parsing.annotated import ActorMention, Annotated, Gender, Number
from onrecord.parsing.cast import Cast
from onrecord.parsing.syntax import lemma
from onrecord.record import Span

PRONOUNS: dict[str, tuple[Gender, Number]] = {
    "he": ("m", "singular"), "him": ("m", "singular"), "his": ("m", "singular"),
    "himself": ("m", "singular"), "she": ("f", "singular"), "her": ("f", "singular"),
    "hers": ("f", "singular"), "herself": ("f", "singular"), "they": ("", "plural"),
    "them": ("", "plural"), "their": ("", "plural"), "themselves": ("", "plural"),
    "it": ("n", "singular"), "its": ("n", "singular"),
}  # fmt: skip
_REFLEXIVE = frozenset(("himself", "herself", "themselves"))
_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_NEAR = 4


def find_pronouns(annotated: Annotated, cast: Cast) -> None:
    """Resolve definite nouns and pronouns in the order of the text, adding the mentions."""
    pending = [m for m in annotated.mentions if not m.actors]
    pronouns = list(_pronoun_mentions(annotated))
    resolved = [m for m in annotated.mentions if m.actors]
    resolved = sorted([*resolved, *_joint(annotated, resolved)], key=lambda m: m.span)
    for mention in sorted([*pending, *pronouns], key=lambda m: m.span):
        before = [m for m in resolved if m.span.start < mention.span.start]
        if mention.how == "pronoun":
            mention.actors = _resolve_pronoun(annotated, mention, before, resolved, cast)
        else:
            mention.actors = _resolve_noun(annotated, mention, before, cast)
        if mention.actors:
            resolved.append(mention)
            resolved.sort(key=lambda m: m.span)
    annotated.mentions = sorted(
        [*(m for m in annotated.mentions if m.actors), *(p for p in pronouns if p.actors)],
        key=lambda m: (m.span, -m.last),
    )


def _joint(annotated: Annotated, mentions: list[ActorMention]) -> Iterator[ActorMention]:
    """Yield what "they" may mean: names joined by "and", as one mention of them all."""
    heads = {m.head: m for m in mentions if m.how == "name" or m.generic}
    for head, mention in heads.items():
        token = annotated.doc[head]
        if token.dep_ == "conj":
            continue
        others = [heads[t.i] for t in token.conjuncts if t.i in heads]
        actors = tuple(dict.fromkeys(a for m in (mention, *others) for a in m.actors))
        if others and len(actors) > 1 and len(actors) <= 6:
            last = max(others, key=lambda m: m.last)
            yield ActorMention(
                Span(mention.span.start, last.span.end),
                mention.first,
                last.last,
                head,
                "name",
                actors,
                number="plural",
            )


def _pronoun_mentions(annotated: Annotated) -> Iterator[ActorMention]:
    for token in annotated.doc:
        if token.tag_ not in ("PRP", "PRP$", "WP", "WDT"):
            continue
        span = Span(token.idx, token.idx + len(token))
        if token.lower_ in ("who", "which", "that", "whom") and token.tag_ in ("WP", "WDT"):
            yield ActorMention(span, token.i, token.i + 1, token.i, "pronoun", number="singular")
        elif token.lower_ in PRONOUNS and not _pleonastic(token):
            gender, number = PRONOUNS[token.lower_]
            yield ActorMention(span, token.i, token.i + 1, token.i, "pronoun", (), gender, number)


def _pleonastic(token: Token) -> bool:
    """Tell whether "it" stands for nothing: "it is clear that", "it seems"."""
    if token.lower_ != "it" or token.dep_ not in _SUBJECT:
        return token.lower_ == "it" and token.dep_ == "expl"
    verb = token.head
    if lemma(verb) in ("seem", "appear", "happen", "matter", "rain", "snow", "take"):
        return True
    return lemma(verb) == "be" and any(
        child.dep_ in ("acomp", "attr", "ccomp", "advcl", "xcomp") for child in verb.rights
    )


def _resolve_pronoun(
    annotated: Annotated, pronoun: ActorMention, before: list[ActorMention],
    resolved: list[ActorMention], cast: Cast,
) -> tuple[str, ...]:  # fmt: skip
    token = annotated.doc[pronoun.head]
    if token.tag_ in ("WP", "WDT"):
        return _relative(annotated, token, resolved)
    here = annotated.sentence_at(token.idx)
    if here is None:
        return ()
    ranked = []
    for mention in [*before, *_cataphoric(token, resolved)]:
        score = _score(annotated, pronoun, token, mention, cast)
        if score is not None:
            ranked.append((score, mention.span.start, mention))
    if not ranked:
        return ()
    score, _, best = max(ranked, key=lambda item: item[:2])
    if score < -4.5:
        return ()
    player = cast.players[best.actors[0]]
    if pronoun.gender in ("m", "f") and not player.gender and player.actor.kind == "person":
        player.gender = pronoun.gender
    return best.actors


def _relative(annotated: Annotated, token: Token, resolved: list[ActorMention]) -> tuple[str, ...]:
    clause = token.head
    for _ in range(4):
        if clause.dep_ in ("relcl", "acl") or clause.head.i == clause.i:
            break
        clause = clause.head
    antecedent = clause.head
    found = [m for m in resolved if m.head == antecedent.i and m.span.start < token.idx]
    return max(found, key=lambda m: m.last - m.first).actors if found else ()


def _cataphoric(token: Token, resolved: list[ActorMention]) -> list[ActorMention]:
    """Return the subject of the main clause behind a fronted clause that holds the pronoun."""
    verb = token.head
    for _ in range(5):
        if verb.dep_ in ("advcl", "prep", "pcomp") and verb.head.i > token.i:
            subjects = [c.i for c in verb.head.lefts if c.dep_ in _SUBJECT and c.i > token.i]
            return [m for m in resolved if m.head in subjects and m.how == "name"]
        if verb.head.i == verb.i:
            break
        verb = verb.head
    return []


def _score(
    annotated: Annotated, pronoun: ActorMention, token: Token, mention: ActorMention, cast: Cast
) -> float | None:
    """Rank a candidate; none where it cannot be meant."""
    fit = _agreement(pronoun, mention, cast)
    if fit is None:
        return None
    head = annotated.doc[mention.head]
    here, there = annotated.sentence_at(token.idx), annotated.sentence_at(head.idx)
    if here is None or there is None:
        return None
    distance = annotated.sentences.index(here) - annotated.sentences.index(there)
    if distance > 3 * _NEAR or (pronoun.gender not in ("m", "f") and distance > _NEAR):
        return None
    if distance == 0 and _same_clause(token, head):
        return None
    score = fit - (0.8 * distance if distance <= _NEAR else 0.8 * _NEAR + 0.3 * (distance - _NEAR))
    score += _role(head) + (0.7 if head.dep_ in _SUBJECT and token.dep_ in _SUBJECT else 0.0)
    if token.dep_ in _SUBJECT and head.dep_ in _SUBJECT and _speech(token) and _speech(head):
        score += 1.2
    inside, around = annotated.quoted(token.idx), annotated.quoted(head.idx)
    if around is not None and inside is not around:
        score -= 1.5
    if there.heading:
        score -= 1.0
    if mention.span.start > token.idx:
        score -= 0.5
    named = cast.players[mention.actors[0]].named
    return score + 0.35 * math.log1p(named)


def _agreement(pronoun: ActorMention, mention: ActorMention, cast: Cast) -> float | None:
    actor = cast.players[mention.actors[0]].actor
    gender = cast.players[mention.actors[0]].gender
    several = mention.number == "plural" or len(mention.actors) > 1
    if pronoun.gender in ("m", "f"):
        if (
            several
            or actor.kind not in ("person", "unnamed")
            or (mention.how == "pronoun" and not gender)
        ):
            return None
        if gender in ("m", "f") and gender != pronoun.gender:
            return None
        return (0.0 if gender else -1.0) - (0.6 if actor.kind == "unnamed" else 0.0)
    if pronoun.number == "plural":
        if several or actor.kind == "group":
            return 0.3
        return -0.8 if actor.kind in ("organisation", "company", "armed group") else None
    if several or actor.kind in ("person", "unnamed", "group"):
        return None
    return 0.0


def _same_clause(token: Token, head: Token) -> bool:
    """Tell whether both are arguments of one verb, so that they cannot be the same person."""
    if token.lower_ in _REFLEXIVE or token.tag_ == "PRP$":
        return False
    if head.dep_ in ("poss", "compound", "nmod"):
        return False
    governor, other = token.head, head.head
    if token.dep_ == "pobj":
        governor = governor.head
    if head.dep_ == "pobj":
        other = other.head
    return governor.i == other.i and governor.tag_.startswith("V")


def _role(head: Token) -> float:
    while head.dep_ in ("conj", "appos") and head.head.i != head.i:
        head = head.head
    if head.dep_ in _SUBJECT:
        return 1.3
    if head.dep_ in ("dobj", "dative", "attr", "ROOT"):
        return 0.4
    return -0.4 if head.dep_ in ("compound", "nmod", "poss") else 0.0


def _speech(token: Token) -> bool:
    return verb_class(lemma(token.head)) is not None


def _resolve_noun(
    annotated: Annotated, mention: ActorMention, before: list[ActorMention], cast: Cast
) -> tuple[str, ...]:
    head = annotated.doc[mention.head]
    word = lemma(head)
    first = annotated.doc[mention.first].lower_
    pair = first == "both" or "two" in (first, annotated.doc[mention.first + 1].lower_)
    if pair and word in ("country", "nation", "government", "side", "state"):
        return _two_countries(before, cast)
    if pair and mention.number == "plural":
        return _two_people(before)
    if mention.number == "plural" or first not in ("the", "this", "that"):
        return ()
    return _described(annotated, word, mention, before, cast) or _last_named(
        annotated, mention, before, cast
    )


def _two_countries(before: list[ActorMention], cast: Cast) -> tuple[str, ...]:
    """Return the two states that the text has been about, nearer words counting more."""
    weights: Counter[str] = Counter()
    for age, mention in enumerate(reversed(before)):
        for actor in mention.actors:
            country = cast.players[actor].actor.country
            if country in cast.table.states:
                weights[country] += max(1, 1000 - 40 * age)
    leading = [country for country, _ in weights.most_common(2)]
    if len(leading) < 2:
        return ()
    return tuple(cast.known(f"state/{country}").actor.id for country in sorted(leading))


def _two_people(before: list[ActorMention]) -> tuple[str, ...]:
    seen: list[str] = []
    for mention in reversed(before):
        if len(mention.actors) > 1:
            continue
        for actor in mention.actors:
            if mention.gender in ("m", "f") and actor not in seen:
                seen.append(actor)
        if len(seen) >= 2:
            return tuple(sorted(seen[:2]))
    return ()


def _last_named(
    annotated: Annotated, mention: ActorMention, before: list[ActorMention], cast: Cast
) -> tuple[str, ...]:
    """Return the person last in focus, for a definite noun that describes one already met.

    News varies its words: "Trump ... the New York businessman". Only a singular noun for a person
    that stands as a subject is read so, and only within two sentences.
    """
    head = annotated.doc[mention.head]
    agent = cast.table.agents.get(lemma(head))
    title = cast.table.titles.get(lemma(head))
    if title is None and (agent is None or agent.kind != "person") or head.dep_ not in _SUBJECT:
        return ()
    here = annotated.sentence_at(head.idx)
    best: tuple[float, ActorMention] | None = None
    for earlier in before:
        there = annotated.sentence_at(earlier.span.start)
        if here is None or there is None or len(earlier.actors) != 1:
            continue
        distance = annotated.sentences.index(here) - annotated.sentences.index(there)
        player = cast.players[earlier.actors[0]]
        if player.actor.kind != "person" or not 1 <= distance <= 2:
            continue
        if mention.gender and player.gender and mention.gender != player.gender:
            continue
        score = _role(annotated.doc[earlier.head]) - 0.8 * distance
        if best is None or score >= best[0]:
            best = (score, earlier)
    return best[1].actors if best is not None and best[0] > 0 else ()


def _described(
    annotated: Annotated, word: str, mention: ActorMention, before: list[ActorMention], cast: Cast
) -> tuple[str, ...]:
    """Return the last person given this title, or the last body of this kind, or none."""
    title = cast.table.titles.get(word)
    role = title.role if title is not None else None
    words = mention.span.of(annotated.text).lower()
    region = next((r.name for r in cast.table.regions.values() if r.name.lower() in words), None)
    former = "former" in words.split()
    for earlier in reversed(before):
        if len(earlier.actors) != 1:
            continue
        player = cast.players[earlier.actors[0]]
        if word in player.titles and region is None:
            return earlier.actors
        for tenure in cast.table.tenures.get(player.actor.id, ()):
            if tenure.role != role or (region and region not in (tenure.note or "")):
                continue
            if cast.day is None or tenure.holds(cast.day) != former:
                return earlier.actors
    kinds = {
        "company": "company", "firm": "company", "group": "armed group", "newspaper": "media",
        "paper": "media", "agency": "organisation", "organization": "organisation",
        "organisation": "organisation", "party": "organisation", "bank": "company",
    }  # fmt: skip
    if word in kinds:
        for earlier in reversed(before):
            if len(earlier.actors) == 1 and earlier.how == "name":
                actor = cast.players[earlier.actors[0]].actor
                if actor.kind == kinds[word]:
                    return earlier.actors
    if word in (
        "government",
        "administration",
        "military",
        "army",
        "parliament",
        "regime",
        "state",
    ):
        return _one_country(before, cast)
    return ()


def _one_country(before: list[ActorMention], cast: Cast) -> tuple[str, ...]:
    """Return the state that most of the article has been about so far, if one clearly is."""
    counts: Counter[str] = Counter()
    for mention in before:
        country = cast.players[mention.actors[0]].actor.country
        if country in cast.table.states:
            counts[country] += 1
    if not counts:
        return ()
    country, most = counts.most_common(1)[0]
    if most < 3 or most < 0.6 * sum(counts.values()):
        return ()
    return (cast.known(f"state/{country}").actor.id,)
