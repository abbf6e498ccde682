"""Actors by name: known names, people and bodies the entity recogniser sees, and surnames.

Two passes. The first enters full names and everything unambiguous; the second reads bare surnames
and ambiguous names in the light of the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.knowledge.actors import Candidate, fold, surname
from onrecord.knowledge.first_names import first_names
from onrecord.parsing.annotated import ActorMention, Annotated, Gender
from onrecord.parsing.cast import Cast, Player
from onrecord.record import Actor, Span

_LOCATIVE = frozenset(["in", "at", "near", "outside", "around", "across", "throughout", "inside", "into", "within"])
_MOTION = frozenset(
    ["fly", "flew", "flown", "travel", "travelled", "traveled", "go", "goes", "went", "come", "came", "return", "returned", "arrive", "arrived", "move", "moved", "head", "headed", "live", "lived", "based", "flight", "trip", "visit"]
)
_NOT_NAMES = frozenset(
    ["I", "The", "A", "An", "He", "She", "It", "They", "We", "You", "This", "That", "These", "Those", "But", "And", "Or", "If", "In", "On", "At", "For", "To", "Of", "By", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "God", "Twitter", "Facebook", "Instagram", "Constitution", "Congress", "Senate", "House", "Internet", "English", "Spanish", "French", "Arabic", "Russian", "Republican", "Democrat", "Democratic", "Christmas", "Easter", "Thanksgiving", "Mr.", "Mrs.", "Ms.", "Dr.", "President", "Sen.", "Rep.", "Gov.", "Secretary", "Senator"]
)
_PLACE_HEADS = frozenset(
    ["Tower", "Towers", "Street", "Avenue", "Road", "Hotel", "University", "Foundation", "Organization", "Organisation", "Plaza", "School", "College", "Hospital", "Airport", "Library", "Building", "Center", "Centre", "Institute", "Inc", "Corp", "Act", "Bill", "Amendment", "Doctrine", "Accord", "Accords", "Party", "News", "Times", "Post", "Journal", "House", "Park", "Square", "Stadium", "Island", "Islands", "River", "Lake", "Bay", "County", "City", "Bridge", "Prize", "Award", "Cup"]
)


@dataclass(frozen=True)
class _Match:
    first: int
    last: int
    candidates: tuple[Candidate, ...]


def find_names(annotated: Annotated, cast: Cast) -> list[ActorMention]:
    """Return the mentions by name in the order of the text, entering their actors in the cast."""
    doc = annotated.doc
    matches = list(_table_matches(doc, cast))
    people = list(_people(doc, matches, cast))
    matches = [m for m in matches if not _inside(m, people)]
    countries = _countries(matches, cast)
    found = [_known(annotated, m, countries, cast) for m in matches]
    mentions = [mention for mention in found if mention is not None]
    taken = {i for mention in mentions for i in range(mention.first, mention.last)}
    taken |= {m.head for m in mentions}
    for first, last in people:
        if not taken.intersection(range(first, last)):
            mentions.append(_new_person(annotated, first, last, cast))
            taken.update(range(first, last))
    mentions += _surnames(annotated, taken, cast)
    mentions += _bodies(annotated, taken, cast)
    return sorted(mentions, key=lambda mention: mention.span)


def _table_matches(doc: Doc, cast: Cast) -> Iterator[_Match]:
    first_words = cast.table.first_words
    position = 0
    while position < len(doc):
        match = None
        token = doc[position]
        word = fold(token.text)
        if token.text[:1].isupper() or token.text[:1].isdigit() or word in first_words:
            match = _longest(doc, position, cast)
        if match is None:
            position += 1
        else:
            yield match
            position = match.last


def _longest(doc: Doc, position: int, cast: Cast) -> _Match | None:
    word = fold(doc[position].text)
    shout = word.isupper() and len(word) > 4
    size = max(
        cast.table.first_words.get(word, 0),
        cast.table.first_words.get(word.capitalize(), 0) if shout else 0,
    )
    for length in range(min(size, len(doc) - position), 0, -1):
        text = doc.text[
            doc[position].idx : doc[position + length - 1].idx + len(doc[position + length - 1])
        ]
        if "\n" in text or not text[-1:].strip():
            continue
        candidates = cast.table.candidates(text)
        if not candidates and text.isupper() and len(text) > 4:
            candidates = cast.table.candidates(text.title())
        if candidates:
            return _Match(position, position + length, tuple(candidates))
    return None


def _people(doc: Doc, matches: list[_Match], cast: Cast) -> Iterator[tuple[int, int]]:
    """Yield token ranges of full names of people that the table does not hold."""
    taken = {
        i for m in matches if any(c.actor.startswith("person/") for c in m.candidates)
        for i in range(m.first, m.last)
    }  # fmt: skip
    bounds = sorted(
        {_trim(doc, ent.start, ent.end, cast) for ent in doc.ents if ent.label_ == "PERSON"}
        | set(_by_first_name(doc, cast))
    )
    end = -1
    for first, last in bounds:
        if last - first < 2 or first < end or taken.intersection(range(first, last)):
            continue
        if "\n" in doc.text[doc[first].idx : doc[last - 1].idx] or not _name_like(doc, first, last):
            continue
        yield first, last
        end = last


def _trim(doc: Doc, first: int, last: int, cast: Cast) -> tuple[int, int]:
    """Cut titles from the front and possessives and marks from the end of a name."""
    while first < last and (
        doc[first].text.lower().rstrip(".") in cast.table.titles or not doc[first].text[:1].isalpha()
        or doc[first].text in _NOT_NAMES
    ):  # fmt: skip
        first += 1
    while last > first and (
        doc[last - 1].text in ("’s", "'s", "’", "'") or not doc[last - 1].text[:1].isalpha()
    ):
        last -= 1
    return first, last


def _by_first_name(doc: Doc, cast: Cast) -> Iterator[tuple[int, int]]:
    known = first_names()
    for token in doc[: max(len(doc) - 1, 0)]:
        if token.text not in known or token.text in _NOT_NAMES or token.ent_type_ in ("GPE", "LOC"):
            continue
        last = token.i + 1
        while last < len(doc) and last - token.i < 4 and _is_name_word(doc[last]):
            last += 1
        if last - token.i >= 2:
            yield token.i, last


def _is_name_word(token: Token) -> bool:
    text = token.text
    return (
        text[:1].isupper() and token.tag_ in ("NNP", "NN") and text not in _NOT_NAMES
        and text not in _PLACE_HEADS and (len(text) > 1) and not (text.isupper() and len(text) > 3)
    ) or (len(text) == 2 and text[1] == "." and text[0].isupper())  # fmt: skip


def _name_like(doc: Doc, first: int, last: int) -> bool:
    words = [doc[i] for i in range(first, last)]
    if words[-1].text in _PLACE_HEADS or words[0].text in _NOT_NAMES:
        return False
    if last < len(doc) and doc[last].text in _PLACE_HEADS:
        return False
    return all(
        w.text[:1].isupper() or w.text.lower() in ("de", "van", "der", "von", "bin", "al", "el", "-",
        "’", "'", "da", "la", "ibn", "del", "di", "dos")
        for w in words
    ) and not all(w.text.isupper() and len(w.text) > 1 for w in words)  # fmt: skip


def _inside(match: _Match, people: list[tuple[int, int]]) -> bool:
    return any(
        first <= match.first and match.last <= last and last - first > match.last - match.first
        for first, last in people
    )


def _countries(matches: list[_Match], cast: Cast) -> Counter[str]:
    """Count the countries of unambiguous names, to settle the ambiguous ones."""
    counts: Counter[str] = Counter()
    for match in matches:
        actors = {c.actor for c in match.candidates}
        if len(actors) == 1:
            country = cast.table.actors[next(iter(actors))].country
            if country:
                counts[country] += 1
    return counts


def _known(
    annotated: Annotated, match: _Match, countries: Counter[str], cast: Cast
) -> ActorMention | None:
    doc = annotated.doc
    name = fold(doc.text[doc[match.first].idx : doc[match.last - 1].idx + len(doc[match.last - 1])])
    if match.last - match.first == 1 and (name in _NOT_NAMES and len(match.candidates) == 0):
        return None
    if match.last < len(doc) and doc[match.last].text in _PLACE_HEADS and doc[match.last].idx == (
        doc[match.last - 1].idx + len(doc[match.last - 1]) + 1
    ) and match.last - match.first == 1 and doc[match.last].ent_type_ in ("ORG", "FAC", "WORK_OF_ART"):  # fmt: skip
        return None
    choice = _choose(annotated, match, countries, cast)
    if choice is None:
        return None
    player = cast.known(choice.actor)
    player.named += 1
    if player.actor.sector == "PTY" and name.endswith("s") and name != fold(player.actor.name):
        return _members(annotated, match, name, player.actor, cast)
    mention = _mention(annotated, match.first, match.last, choice.actor, cast)
    if choice.use == "people":
        mention.generic = True
        mention.number = "plural" if name.endswith(("s", "ese", "sh", "ch", "ss")) else "singular"
    return mention


def _members(
    annotated: Annotated, match: _Match, name: str, party: Actor, cast: Cast
) -> ActorMention:
    """Enter the members of a party as a group of their own: "Democrats", "Tories"."""
    actor = f"group/{party.id.rpartition('/')[2]}-members"
    if actor not in cast.players:
        cast.players[actor] = Player(Actor(actor, name, "group", party.country, party.sector))
    mention = _mention(annotated, match.first, match.last, actor, cast)
    mention.number, mention.generic = "plural", True
    return mention


def _choose(
    annotated: Annotated, match: _Match, countries: Counter[str], cast: Cast
) -> Candidate | None:
    options = [
        c for c in match.candidates if not (c.use == "metonym" and _is_place(annotated, match))
    ]
    metonym_only = not options and bool(match.candidates)
    if metonym_only or not options:
        return None
    if _partial_person(annotated, match):
        return None

    def weight(candidate: Candidate) -> tuple[float, float, int]:
        actor = cast.table.actors[candidate.actor]
        if actor.kind == "person":
            return (2 + cast.table.prominence(candidate.actor, cast.day), 0.0, 0)
        sovereign = 1.0 if candidate.actor.startswith("state/") else 0.0
        near = countries.get(actor.country or "", 0)
        return (near if near else sovereign, sovereign, -match.candidates.index(candidate))

    return max(options, key=weight)


def _partial_person(annotated: Annotated, match: _Match) -> bool:
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


def _is_place(annotated: Annotated, match: _Match) -> bool:
    """Tell whether a metonym is meant as a place: "in Washington", "flew to Moscow"."""
    head = annotated.doc[match.last - 1]
    governor = head.head
    if head.dep_ == "pobj":
        word = governor.lower_
        if word in _LOCATIVE:
            return True
        if word in ("to", "from", "of") and (
            governor.head.lower_ in _MOTION
            or (governor.head.tag_.startswith("NN")
            and word == "from")
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


def _mention(annotated: Annotated, first: int, last: int, actor: str, cast: Cast) -> ActorMention:
    player = cast.players[actor]
    kind = player.actor.kind
    gender: Gender = player.gender if kind == "person" else "n"
    head = _head(annotated.doc, first, last)
    mention = ActorMention(
        Span(annotated.doc[first].idx, annotated.doc[last - 1].idx + len(annotated.doc[last - 1])),
        first, last, head, "name", (actor,), gender,
        country=player.actor.country, sector=player.actor.sector,
    )  # fmt: skip
    if (
        kind in ("group", "armed group")
        or (kind == "organisation"
        and mention_is_plural(annotated.doc[last - 1]))
    ):
        mention.number = "plural"
    return mention


def mention_is_plural(token: Token) -> bool:
    """Tell whether the word that heads a mention is plural."""
    return token.tag_ in ("NNS", "NNPS")


def _head(doc: Doc, first: int, last: int) -> int:
    """Return the token of the range whose syntactic head lies outside it."""
    for index in range(last - 1, first - 1, -1):
        if not first <= doc[index].head.i < last or doc[index].head.i == index:
            return index
    return last - 1


def _new_person(annotated: Annotated, first: int, last: int, cast: Cast) -> ActorMention:
    name = annotated.text[
        annotated.doc[first].idx : annotated.doc[last - 1].idx + len(annotated.doc[last - 1])
    ]
    known = cast.by_surname(surname(name))
    folded = fold(name).split()
    player = None
    if known is not None and last - first > 1:
        other = fold(cast.players[known].actor.name).split()
        if other[0] == folded[0] and other[-1] == folded[-1]:
            player = cast.players[known]
    if player is None:
        player = cast.local(name, "person")
    player.named += 1
    player.full = True
    return _mention(annotated, first, last, player.actor.id, cast)


def _title_before(doc: Doc, index: int, cast: Cast) -> str | None:
    if index == 0:
        return None
    word = doc[index - 1].text.lower().rstrip(".")
    return word if word in cast.table.titles and doc[index - 1].text[:1].isupper() else None


def _surnames(annotated: Annotated, taken: set[int], cast: Cast) -> list[ActorMention]:
    """Read bare surnames: of people of this article first, then of office holders of the day."""
    found = []
    doc = annotated.doc
    for token in doc:
        if token.i in taken or not token.text[:1].isupper() or token.text in _NOT_NAMES:
            continue
        for length in (3, 2, 1):
            if token.i + length > len(doc) or taken.intersection(range(token.i, token.i + length)):
                continue
            actor = _surname_actor(annotated, token.i, length, cast)
            if actor is not None:
                cast.players[actor].named += 1
                found.append(_mention(annotated, token.i, token.i + length, actor, cast))
                taken.update(range(token.i, token.i + length))
                break
    return found


def _surname_actor(annotated: Annotated, first: int, length: int, cast: Cast) -> str | None:
    doc = annotated.doc
    last = doc[first + length - 1]
    name = doc.text[doc[first].idx : last.idx + len(last)]
    if name.isupper() and len(name) > 3:
        name = name.title()
    after = doc[first + length] if first + length < len(doc) else None
    if after is not None and after.text in _PLACE_HEADS:
        return None
    title = _title_before(doc, first, cast)
    gender: Gender = (cast.table.titles[title].gender or "") if title else ""
    actor = cast.by_surname(name, gender)
    if actor is not None:
        return actor
    if length > 1 and not any(name_word in "-'’" for name_word in name):
        return _known_surname(name, cast)
    prominent = _known_surname(name, cast)
    plausible = title is not None or (last.ent_type_ in ("PERSON", "ORG", "") and last.tag_ == "NNP")
    if prominent is not None and plausible and not _starts_longer(doc, first, length):
        return prominent
    if title is not None and last.tag_ == "NNP":
        return cast.local(name, "person", gender=gender).actor.id
    if (
        last.ent_type_ == "PERSON"
        and doc[first].ent_iob_ == "B"
        and not _starts_longer(doc, first, length)
    ):
        return cast.local(name, "person").actor.id if _speaks(doc, first) else None
    return None


def _known_surname(name: str, cast: Cast) -> str | None:
    actor = cast.prominent(name)
    if actor is not None:
        cast.known(actor)
    return actor


def _starts_longer(doc: Doc, first: int, length: int) -> bool:
    """Tell whether capitalised words stand right beside, so that this is no bare surname."""
    before = doc[first - 1] if first else None
    after = doc[first + length] if first + length < len(doc) else None
    if (
        after is not None
        and after.tag_ == "NNP"
        and after.text[:1].isupper()
        and after.ent_iob_ == "I"
    ):
        return True
    return before is not None and before.text in first_names() and before.ent_type_ == "PERSON"


def _speaks(doc: Doc, index: int) -> bool:
    return doc[index].dep_ in ("nsubj", "poss", "pobj", "dobj", "nsubjpass", "appos", "conj")


def _bodies(annotated: Annotated, taken: set[int], cast: Cast) -> list[ActorMention]:
    """Enter organisations that only the entity recogniser sees, if they look like names."""
    found = []
    for ent in annotated.doc.ents:
        if ent.label_ != "ORG" or taken.intersection(range(ent.start, ent.end)):
            continue
        first, last = ent.start, ent.end
        if annotated.doc[first].lower_ == "the":
            first += 1
        first, last = _trim(annotated.doc, first, last, cast) if last > first else (first, last)
        name = (
            annotated.text[
                annotated.doc[first].idx : annotated.doc[last - 1].idx
                + len(annotated.doc[last - 1])
            ]
            if last > first
            else ""
        )
        if "\n" in name or not _body_like(name):
            continue
        actor = cast.local(name, "organisation").actor.id
        cast.players[actor].named += 1
        found.append(_mention(annotated, first, last, actor, cast))
        taken.update(range(first, last))
    return found


def _body_like(name: str) -> bool:
    words = name.split()
    if len(words) == 1:
        return name.isupper() and 2 <= len(name) <= 6 and name.isalpha()
    return sum(word[:1].isupper() for word in words) >= 2 and not name.isupper()
