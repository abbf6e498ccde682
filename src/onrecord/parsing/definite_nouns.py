"""Definite nouns: whom "the senator", "the Vermont senator" and "both countries" mean.

A description means the person or body met before who is known to fit it: by a title the article
gave, by an office in the tables on the day, by the region or party that the words name. News also
varies its words ("Trump ... the New York businessman"): a subject then means who was in focus.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from onrecord.knowledge.places import places_named
from onrecord.parsing.annotated import ActorMention
from onrecord.parsing.antecedents import Scene
from onrecord.parsing.cast import Cast, Player
from onrecord.parsing.syntax import lemma
from onrecord.record import Document

_COUNTRIES = frozenset(("country", "nation", "government", "side", "state"))
_FORMER = frozenset(("former", "ex", "onetime", "then", "late", "ousted"))
_KINDS = {
    "company": ("company",), "firm": ("company",), "bank": ("company",), "group": ("armed group",),
    "newspaper": ("media",), "paper": ("media",), "magazine": ("media",), "network": ("media",),
    "outlet": ("media",), "broadcaster": ("media",), "agency": ("organisation", "media"),
    "organization": ("organisation",), "organisation": ("organisation",),
    "party": ("organisation",), "committee": ("organisation",), "panel": ("organisation",),
    "court": ("organisation",), "department": ("organisation",), "union": ("organisation",),
    "militia": ("armed group",), "bloc": ("organisation",), "fund": ("organisation",),
    "ministry": ("organisation",), "campaign": ("organisation",), "program": ("organisation",),
    "commission": ("organisation",), "council": ("organisation",), "university": ("organisation",),
}  # fmt: skip
_OF_A_STATE = frozenset(
    ("government", "administration", "military", "army", "parliament", "regime", "state")
)
#: Bodies whose names say what they are.
_NAMED_SO = frozenset(("committee", "court", "program", "campaign", "council", "ministry"))
_REACH = 2
_DATELINE = re.compile(
    r"([A-Z][A-Z .'’-]{2,30}[A-Z])(?:,[^\n–—-]{1,40})?(?:\s?\([^)\n]{1,30}\))?\s?[-–—]{1,2}\s"
)
_DATELINE_WEIGHT, _FIRST, _WIDEST = 3, 3, 120
_SAME = (
    frozenset(("lawyer", "attorney", "counsel")),
    frozenset(("spokesman", "spokeswoman", "spokesperson")),
)
_FAR = 8
_FADING = 0.75


def resolve_noun(
    scene: Scene, mention: ActorMention, before: list[ActorMention], cast: Cast
) -> tuple[str, ...]:
    """Return the actors a definite noun means, of those met before; none where nobody fits."""
    doc = scene.doc
    word = lemma(doc[mention.head])
    first = doc[mention.first].lower_
    pair = first in ("both", "each") or "two" in (first, doc[mention.first + 1].lower_)
    if pair and word in _COUNTRIES:
        return _two_countries(before, cast)
    if pair and mention.number == "plural":
        return _two_people(scene, mention, before, cast)
    if mention.number == "plural":
        return ()
    if _belongs(scene, mention):
        return _somebodys(scene, word, mention, before, cast)
    return (
        _described(scene, word, mention, before, cast)
        or _body(scene, word, mention, before, cast)
        or _in_focus(scene, mention, before, cast)
    )


def _somebodys(
    scene: Scene, word: str, mention: ActorMention, before: list[ActorMention], cast: Cast
) -> tuple[str, ...]:
    """Return the one person whom the article gave this relation: "his attorney", "her husband"."""
    words = next((same for same in _SAME if word in same), frozenset((word,)))
    owners = {c.i for c in scene.doc[mention.head].lefts if c.dep_ == "poss"}
    owner = {actor for m in before if m.head in owners for actor in m.actors}
    called = {
        m.actors[0]
        for m in before
        if len(m.actors) == 1 and words & cast.players[m.actors[0]].titles
    }
    fitting = [a for a in called - owner if not _clash(mention, cast.players[a])]
    return (fitting[0],) if len(fitting) == len(called) == 1 else ()


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


def _two_people(
    scene: Scene, mention: ActorMention, before: list[ActorMention], cast: Cast
) -> tuple[str, ...]:
    """Return the two people that one sentence named last, or else the two most in focus.

    Where the noun names an office, they must be known to hold it, or to be named as a pair.
    """
    word = lemma(scene.doc[mention.head])
    title = cast.table.titles.get(word)
    role = title.role if title is not None else None
    here = scene.sentence_of[mention.head]
    focus: Counter[str] = Counter()
    nearest: dict[int, set[str]] = {}
    for earlier in reversed(before):
        away = here - scene.sentence_of[earlier.head]
        people = [a for a in earlier.actors if cast.players[a].actor.kind == "person"]
        if away > _FAR:
            break
        if len(people) > 2:
            continue
        pair = len(people) == 2
        weight = 3 if pair else 2 if scene.place_of(earlier.head).role in ("subj", "pass") else 1
        for actor in people:
            player = cast.players[actor]
            held = role is None or word in player.titles or _held(player, role, "", False, cast)
            if pair or held:
                focus[actor] += round(1000 * weight * _FADING**away)
                nearest.setdefault(away, set()).add(actor)
    together = next((found for _, found in sorted(nearest.items()) if len(found) > 1), set())
    leading = [actor for actor, _ in focus.most_common(2)]
    return tuple(sorted(together if len(together) == 2 else leading)) if len(leading) == 2 else ()


def _described(
    scene: Scene, word: str, mention: ActorMention, before: list[ActorMention], cast: Cast
) -> tuple[str, ...]:
    """Return the last person who is known to fit the description, or none."""
    title = cast.table.titles.get(word)
    role = title.role if title is not None else None
    words = [scene.doc[i].lower_ for i in range(mention.first, mention.head)]
    former = bool(_FORMER.intersection(words))
    region = _region_of(scene, mention, cast)
    met = list(dict.fromkeys(m.actors[0] for m in reversed(before) if len(m.actors) == 1))
    fitting = [a for a in met if not _clash(mention, cast.players[a])]
    called = [a for a in fitting if word in cast.players[a].titles]
    if called and not region and not former:
        return (called[0],)
    for actor in fitting:
        if _held(cast.players[actor], role, region, former, cast):
            return (actor,)
    if region and role is None:
        named = cast.table.regions[region].name
        for actor in fitting:
            offices = cast.table.tenures.get(actor, ())
            if any(named in (office.note or "", office.organisation) for office in offices):
                return (actor,)
    return ()


def _clash(mention: ActorMention, player: Player) -> bool:
    """Tell whether a description cannot mean a player: no person, another gender or country."""
    if player.actor.kind != "person":
        return True
    if mention.gender in ("m", "f") and player.gender and mention.gender != player.gender:
        return True
    country = player.actor.country
    return bool(mention.country and country and mention.country != country)


def _region_of(scene: Scene, mention: ActorMention, cast: Cast) -> str:
    """Return the id of the region that a description names ("the Vermont senator"), or nothing."""
    for first in range(mention.first, mention.head):
        for last in (first + 2, first + 1):
            if last > mention.head:
                continue
            for candidate in cast.table.candidates(scene.doc[first:last].text):
                if candidate.actor in cast.table.regions:
                    return candidate.actor
    return ""


def _held(player: Player, role: str | None, region: str, former: bool, cast: Cast) -> bool:
    if role is None:
        return False
    named = cast.table.regions[region].name if region else ""
    for tenure in cast.table.tenures.get(player.actor.id, ()):
        if tenure.role != role or (named and named not in (tenure.note or "", tenure.organisation)):
            continue
        if cast.day is None:
            return True
        over = tenure.end is not None and tenure.end < cast.day
        if over if former else tenure.holds(cast.day):
            return True
    return False


def _body(
    scene: Scene, word: str, mention: ActorMention, before: list[ActorMention], cast: Cast
) -> tuple[str, ...]:
    """Return the body of this sort that was named last, or the state the text is about.

    A word that says what a body does must be in its name: "the economy ministry" is no union.
    """
    nouns = [
        c.lower_ for c in scene.doc[mention.head].lefts if c.dep_ in ("compound", "nmod")
        and c.tag_ in ("NN", "NNS")
    ]  # fmt: skip
    kinds = _KINDS.get(word, ())
    if kinds:
        fitting: tuple[str, ...] = ()
        for earlier in reversed(before):
            if len(earlier.actors) != 1 or earlier.how != "name":
                continue
            actor = cast.players[earlier.actors[0]].actor
            name = actor.name.lower()
            if actor.kind in kinds and all(noun in name for noun in nouns):
                if word in name:
                    return earlier.actors
                fitting = fitting or earlier.actors
        if fitting and word not in _NAMED_SO:
            return fitting
    if word == "state" and (region := _last_region(before)):
        return region
    return _one_country(scene, before, cast) if word in _OF_A_STATE else ()


@lru_cache(maxsize=64)
def dateline_country(document: Document) -> str | None:
    """Return the country of the town that a report's dateline names; none where it has none."""
    for start, end in document.paragraphs[:_FIRST]:
        found = _DATELINE.match(document.text, start, min(end, start + _WIDEST))
        if found is not None:
            places = places_named(found.group(1).title())
            return places[0].country if places else None
    return None


def _last_region(before: list[ActorMention]) -> tuple[str, ...]:
    """Return the region named last: "Florida ... the state's population"."""
    return next((m.actors for m in reversed(before) if m.actors[0].startswith("region/")), ())


def _one_country(scene: Scene, before: list[ActorMention], cast: Cast) -> tuple[str, ...]:
    """Return the state that most of the article has been about so far, if one clearly is.

    Where a report is written counts as three mentions: "COLOMBO, Feb. 3 (AP) —".
    """
    counts: Counter[str] = Counter()
    written_in = dateline_country(scene.annotated.document)
    if written_in in cast.table.states:
        counts[written_in] += _DATELINE_WEIGHT
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


def _in_focus(
    scene: Scene, mention: ActorMention, before: list[ActorMention], cast: Cast
) -> tuple[str, ...]:
    """Return the person last in focus, for a description that varies the words.

    Only a singular noun for a person that stands as a subject is read so, only within two
    sentences, and only where the words do not say somebody else ("the senator's lawyer").
    """
    head = scene.doc[mention.head]
    agent = cast.table.agents.get(lemma(head))
    title = cast.table.titles.get(lemma(head))
    person = title is not None or (agent is not None and agent.kind == "person")
    if not person or head.dep_ not in ("nsubj", "nsubjpass") or _belongs(scene, mention):
        return ()
    here = scene.sentence_of[mention.head]
    best: tuple[float, ActorMention] | None = None
    for earlier in reversed(before):
        distance = here - scene.sentence_of[earlier.head]
        if distance > _REACH:
            break
        player = cast.players[earlier.actors[0]]
        if distance < 1 or len(earlier.actors) != 1 or _clash(mention, player):
            continue
        if title is not None and title.role and cast.table.tenures.get(player.actor.id):
            continue
        role = scene.place_of(earlier.head).role
        score = {"subj": 1.3, "pass": 1.3, "obj": 0.4}.get(role, -0.2) - 0.8 * distance
        if best is None or score > best[0]:
            best = (score, earlier)
    return best[1].actors if best is not None and best[0] > -0.4 else ()


def _belongs(scene: Scene, mention: ActorMention) -> bool:
    return any(child.dep_ == "poss" for child in scene.doc[mention.head].lefts)
