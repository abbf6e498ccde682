"""Names that the tables know: states, organisations, people by full name, words for governments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.knowledge.actors import Candidate, fold, misspelt_state
from onrecord.knowledge.first_names import first_names
from onrecord.knowledge.parsing import word_list
from onrecord.knowledge.places import places_named
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.cast import Cast, Player
from onrecord.parsing.name_words import PLACE_HEADS, mention_of
from onrecord.parsing.syntax import is_dictionary_word
from onrecord.record import Actor

_NAME_LINKS = frozenset(("For", "Against", "United", "Without"))
#: From this many letters on, a demonym is no other word as well ("Polish", "Swede").
_DEMONYM = 7
_PEOPLES = ("GPE", "NORP")
_LOCATIVE = word_list("locative")


_MOTION = word_list("motion")


@dataclass(frozen=True)
class Match:
    """A name of the tables in the text: tokens ``[first, last)``, and what it may mean."""

    first: int
    last: int
    candidates: tuple[Candidate, ...]


def matches_in(doc: Doc, cast: Cast) -> Iterator[Match]:
    """Yield the longest known names from left to right, none overlapping another."""
    first_words = cast.table.first_words
    position = 0
    while position < len(doc):
        match = None
        token = doc[position]
        word = fold(token.text)
        if token.text[:1].isupper() or token.text[:1].isdigit() or word in first_words:
            match = _longest(doc, position, cast)
        if match is not None and token.lower_ == "the" and position + 1 < len(doc):
            further = _longest(doc, position + 1, cast)  # "the East African Community"
            match = further if further is not None and further.last > match.last else match
        if match is None:
            position += 1
        else:
            yield match
            position = match.last


def _longest(doc: Doc, position: int, cast: Cast) -> Match | None:
    word = fold(doc[position].text)
    shout = word.isupper() and len(word) > 4
    size = max(
        cast.table.first_words.get(word, 0),
        cast.table.first_words.get(word.capitalize(), 0) if shout else 0,
    )
    for length in range(min(size, len(doc) - position), 0, -1):
        text = doc[position : position + length].text
        if "\n" in text or not text[-1:].strip():
            continue
        candidates = cast.table.candidates(text)
        if not candidates and text.isupper() and len(text) > 4:
            candidates = cast.table.candidates(text.title())
        if candidates:
            return Match(position, position + length, tuple(candidates))
    return None


def countries_of(doc: Doc, matches: list[Match], cast: Cast) -> Counter[str]:
    """Count the countries of unambiguous names, to settle the ambiguous ones.

    A lone common word ("Army spokesman") is not one of them.
    """
    counts: Counter[str] = Counter()
    for match in matches:
        actors = {c.actor for c in match.candidates}
        body = next(iter(actors)).startswith("organisation/")
        common = body and match.last - match.first == 1 and _is_common(doc[match.first])
        if len(actors) == 1 and not common:
            country = cast.table.actors[next(iter(actors))].country
            if country:
                counts[country] += 1
    return counts


def _is_common(token: Token) -> bool:
    return token.text.istitle() and is_dictionary_word(token.lower_)


def known_mention(
    annotated: Annotated, match: Match, countries: Counter[str], cast: Cast
) -> ActorMention | None:
    """Return the mention of a known name, its actor chosen; none where it means no actor here."""
    doc = annotated.doc
    name = fold(doc[match.first : match.last].text)
    if match.last - match.first == 1 and _is_no_name(annotated, doc[match.first], match):
        return None
    choice = _choose(annotated, match, countries, cast)
    if choice is None or _is_member(doc[match.last - 1], match, cast):
        return None
    player = cast.known(choice.actor)
    player.named += 1
    if player.actor.sector == "PTY" and name.endswith("s") and name != fold(player.actor.name):
        return _members(annotated, match, name, player.actor, cast)
    mention = mention_of(annotated, match.first, match.last, choice.actor, cast)
    if choice.use == "people":
        mention.generic = True
        mention.number = "plural" if name.endswith(("s", "ese", "sh", "ch", "ss")) else "singular"
    return mention


def misspelt_states(annotated: Annotated, taken: set[int], cast: Cast) -> list[ActorMention]:
    """Return the mentions of states whose name is misspelt: "the Phillipines".

    The recogniser must take the words for a place or a people that no table knows.
    """
    found = []
    for ent in annotated.doc.ents:
        first = ent.start + (annotated.doc[ent.start].lower_ == "the")
        if ent.label_ not in _PEOPLES or taken.intersection(range(first, ent.end)):
            continue
        candidate = _misspelt(annotated.doc[first : ent.end].text, cast)
        if candidate is None or candidate.actor not in cast.table.actors:
            continue
        player = cast.known(candidate.actor)
        player.named += 1
        mention = mention_of(annotated, first, ent.end, candidate.actor, cast)
        mention.generic = candidate.use == "people"
        found.append(mention)
        taken.update(range(first, ent.end))
    return found


def _misspelt(name: str, cast: Cast) -> Candidate | None:
    if not name.istitle() or name in first_names() or fold(name) in cast.table.surnames:
        return None
    if is_dictionary_word(name.lower()) or places_named(name) or cast.by_surname(name):
        return None
    return misspelt_state(name)


def _is_no_name(annotated: Annotated, token: Token, match: Match) -> bool:
    """Tell whether one capitalised word is no name here: part of another, or an ordinary word."""
    if match.last < len(annotated.doc):
        after = annotated.doc[match.last]
        beside = after.idx == token.idx + len(token) + 1
        if beside and after.text in _NAME_LINKS and token.tag_ in ("NNPS", "NNP", "NNS"):
            return True  # "Americans For Citizens Voting"
        if (
            beside
            and after.text in PLACE_HEADS
            and after.ent_type_ in ("ORG", "FAC", "WORK_OF_ART")
        ):
            return True
    if token.text.isupper() or not is_dictionary_word(token.lower_):
        return False
    if _is_demonym(annotated.doc, token, match):
        return False
    if token.ent_type_ in ("ORG", "GPE", "NORP", "PERSON", "LOC"):
        return False
    sentence = annotated.sentence_at(token.idx)
    first = sentence is None or sentence.heading or token.i == sentence.first
    if token.tag_ == "JJ" and all(c.use == "adjective" for c in match.candidates):
        return first
    return first or token.tag_ not in ("NNP", "NNPS")


def _is_demonym(doc: Doc, token: Token, match: Match) -> bool:
    """Tell whether a word names a people only, and no half of "Syrian-American"."""
    beside = (
        doc[match.first - 1].text if match.first else "",
        doc[match.last : match.last + 1].text,
    )
    uses = {candidate.use for candidate in match.candidates}
    return len(token) >= _DEMONYM and "-" not in beside and uses <= {"adjective", "people"}


def _is_member(token: Token, match: Match, cast: Cast) -> bool:
    """Tell whether the name of a party means one of its members: "the Utah Republican said"."""
    agent = cast.table.agents.get(token.lower_) if match.last - match.first == 1 else None
    if agent is None or agent.kind != "person" or token.tag_ not in ("NN", "NNP"):
        return False
    return token.dep_ in ("nsubj", "nsubjpass", "attr", "appos")


def _members(
    annotated: Annotated, match: Match, name: str, party: Actor, cast: Cast
) -> ActorMention:
    """Enter the members of a party as a group of their own: "Democrats", "Tories"."""
    actor = f"group/{party.id.rpartition('/')[2]}-members"
    if actor not in cast.players:
        cast.players[actor] = Player(Actor(actor, name, "group", party.country, party.sector))
    mention = mention_of(annotated, match.first, match.last, actor, cast)
    mention.number, mention.generic = "plural", True
    return mention


def _choose(
    annotated: Annotated, match: Match, countries: Counter[str], cast: Cast
) -> Candidate | None:
    options = [
        c for c in match.candidates if not (c.use == "metonym" and _is_place(annotated, match))
    ]
    if not options or _partial_person(annotated, match):
        return None

    if not _names_no_body(options) and _common_words(annotated, match):
        # "the Senate", "the Post": of a country the article is about, or nobody we know.
        about = {country for country, _ in countries.most_common(3)}
        options = [
            c for c in options
            if not about or cast.table.actors[c.actor].country in about
            or _is_one_of_a_kind(cast.table.actors[c.actor], match, cast)
        ]  # fmt: skip
        if not options:
            return None

    def weight(candidate: Candidate) -> tuple[float, float, int, int]:
        actor = cast.table.actors[candidate.actor]
        if actor.kind == "person":
            return (2 + cast.table.prominence(candidate.actor, cast.day), 0.0, 0, 0)
        sovereign = 1.0 if candidate.actor.startswith("state/") else 0.0
        near = countries.get(actor.country or "", 0)
        order = match.candidates.index(candidate)
        return (near if near else sovereign, sovereign, near, -order)

    return max(options, key=weight)


def _is_one_of_a_kind(actor: Actor, match: Match, cast: Cast) -> bool:
    """Tell whether a name of several words means the same in each country: "United Nations"."""
    several = match.last - match.first > 1
    firm = actor.kind in ("company", "media")
    return several and (firm or actor.country not in cast.table.states)


def _names_no_body(options: list[Candidate]) -> bool:
    """Tell whether a name may mean a state, a region or a person, rather than a body."""
    return any(c.actor.startswith(("state/", "region/", "person/")) for c in options)


def _common_words(annotated: Annotated, match: Match) -> bool:
    words = [annotated.doc[i] for i in range(match.first, match.last)]
    words = [w for w in words if w.lower_ != "the"]
    return not any(w.text.isupper() for w in words) and all(
        is_dictionary_word(w.lower_) for w in words
    )


def _partial_person(annotated: Annotated, match: Match) -> bool:
    """Tell whether the match is a piece of a longer person's name ("Michael Jordan")."""
    token = annotated.doc[match.first]
    if match.last - match.first > 1 or token.ent_type_ != "PERSON":
        return False
    before = annotated.doc[token.i - 1] if token.i else None
    after = annotated.doc[token.i + 1] if token.i + 1 < len(annotated.doc) else None
    known = first_names()
    if before is not None and before.ent_type_ == "PERSON" and before.text in known:
        return True
    return (
        after is not None and after.ent_type_ == "PERSON" and token.text in known
        and after.text[:1].isupper()
    )  # fmt: skip


def _is_place(annotated: Annotated, match: Match) -> bool:
    """Tell whether a metonym is meant as a place: "in Washington", "flew to Moscow"."""
    head = annotated.doc[match.last - 1]
    governor = head.head
    if head.dep_ == "pobj":
        word = governor.lower_
        if word in _LOCATIVE:
            return True
        if word in ("to", "from", "of") and (
            governor.head.lower_ in _MOTION
            or (governor.head.tag_.startswith("NN") and word == "from")
        ):
            return True
        return word == "on" and governor.head.lower_ in ("march", "marched")
    if head.dep_ == "dobj" and governor.lower_ in ("visit", "visited", "visiting", "left", "leave"):
        return True
    follows = annotated.doc[match.last] if match.last < len(annotated.doc) else None
    return follows is not None and follows.text in ("Post", "Times", ",") and (
        follows.text != "," or annotated.doc[min(match.last + 1, len(annotated.doc) - 1)].text
        in ("D.C.", "DC")
    )  # fmt: skip
