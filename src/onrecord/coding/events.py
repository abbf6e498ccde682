"""Events: what actors do to each other, with PLOVER type, modality, voice and proof.

In: annotated text and its attributions. Out: one :class:`EventMention` for each act that a sentence
states. Patterns find the act, syntax its parties, governing words its modality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.event_actors import ActorFinder, Party
from onrecord.coding.event_arguments import around_right, base_form, children
from onrecord.coding.event_discourse import completed, resumed, unplaced
from onrecord.coding.event_modality import Judgement, is_negated, judge
from onrecord.coding.event_patterns import Act, act_choices, argument
from onrecord.coding.event_rows import Row, build, group
from onrecord.coding.event_speech import spoken_acts
from onrecord.coding.event_voice import Voices
from onrecord.knowledge.plover import load_classes, load_types
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import Attribution, EventMention, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

# An act that is only an aim or the content of a noun ("weapons to strike targets") is told by nobody.
_IDLE = frozenset({"purpose", "infinitive"})
# "It has helped us" is no aid: what "it" stands for is seldom an actor here.
_OFTEN_IT = frozenset({"AID", "SUPPORT"})
_BODIES = frozenset({"state", "organisation", "armed group", "company"})
_PRIVATE = frozenset({None, "CVL", "UNK", "EDU", "MED", "JRN", "SOC"})
# Modes whose act is done to persons: "released her album" is no release.
_PERSONAL = frozenset(
    "release arrest deport abduct targeted torture beat convict expel sexual".split()
)
# Acts that have somebody at the other end even where no plain argument names him.
_DIRECTED = frozenset({"ASSAULT", "MOBILIZE", "SANCTION", "COERCE", "AID", "THREATEN", "COOPERATE"})
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})


def find_events(
    annotated: Annotated, attributions: Sequence[Attribution]
) -> tuple[EventMention, ...]:
    """Return the event mentions of a document, in the order of the text.

    At most one a sentence for the same actor, recipient and type. Mentions of one happening share
    their ``event``.
    """
    coder = _Coder(annotated, attributions)
    rows = [row for sentence in annotated.sentences for row in coder.code(sentence)]
    return group(annotated, build(annotated, rows))


@dataclass
class _Coder:
    annotated: Annotated
    attributions: Sequence[Attribution]

    def __post_init__(self) -> None:
        self.finder = ActorFinder(self.annotated)
        self.voices = Voices(self.annotated, self.attributions)
        self.history: list[Row] = []

    def code(self, sentence: Sentence) -> list[Row]:
        """Return the rows of one sentence."""
        found = []
        for choices in act_choices(self.annotated.doc, sentence.first, sentence.last):
            row = next(filter(None, (self._row(act, sentence) for act in choices)), None)
            found += [row] if row is not None else []
        found = _without_embedded(found)
        found += spoken_acts(self.annotated, sentence, self.finder, self.voices, found)
        found = [completed(row, self.history) for row in found]
        rows = _distinct(sorted(found, key=lambda row: row.trigger.start))
        self.history += rows
        return rows

    def _row(self, act: Act, sentence: Sentence) -> Row | None:
        judged = judge(act.token, sentence.heading)
        victims = self._victims(act)
        actors, place = self._parties(
            act, [(name, token) for name, token in act.actors if token not in victims]
        )
        voice = self.voices.at(act.token)
        if act.pattern.actor == ("speaker",):
            actors, place = self.voices.speakers(voice, self.finder), "speaker"
            if not actors or _unsaid(act, judged):
                return None
        if not actors and judged.actors and act.pattern.kind == "noun":
            actors = [party for token in judged.actors for party in self.finder.find(token)]
            place = "governor"
        if not actors and act.pattern.kind == "verb":
            actors, place = self._makers(act), "maker of the document"
        taken = {party.token for party in actors} | {act.token.i}
        recipients, where = self._parties(
            act, [*act.recipients, *(("left", token) for token in victims)], taken, actors, act.pattern.type in ("THREATEN", "ACCUSE")
        )
        if not recipients and act.pattern.type in _DIRECTED and actors:
            recipients, where = self._near(act, actors), "near the act"
        actors = [self.voices.first_person(party, voice, self.finder) for party in actors]
        recipients = [self.voices.first_person(party, voice, self.finder) for party in recipients]
        if act.pattern.type == "CONSULT" and act.pattern.kind == "noun" and not (actors or recipients):
            earlier = resumed(self.annotated, act.token, self.history)
            if earlier is not None:
                actors, recipients = [unplaced(p) for p in earlier.actors], [unplaced(p) for p in earlier.recipients]
                place = where = "of the meeting named before"
        if not self._enough(act, actors, recipients) or self._foreign(act, sentence):
            return None
        if not self._political([*actors, *recipients]) or self._impersonal(act, recipients):
            return None
        if judged.because in _IDLE or self._domestic(act, actors, recipients):
            return None
        modality = _settled(act, judged, voice is not None)
        return Row(
            pattern=act.pattern,
            token=act.token,
            trigger=self.annotated.span_of(*_stretch(act)),
            sentence=sentence,
            actors=tuple(actors),
            recipients=tuple(recipients),
            modality=modality,
            because=judged.because,
            governor=judged.governor.i if judged.governor is not None else None,
            attribution=voice,
            why=f"actor: {place or 'none'}; recipient: {where or 'none'}",
        )

    def _victims(self, act: Act) -> list[Token]:
        """Return the persons before a noun who undergo its act: "the Maduro seizure"."""
        if act.pattern.kind != "noun" or "of" not in (act.pattern.recipient or ()):
            return []
        known = self.annotated.actors
        return [
            token
            for name, token in act.actors
            if name == "left" and token.dep_ != "poss"
            for party in self.finder.find(token)
            if any(known[actor].kind == "person" for actor in party.actors if actor in known)
        ]

    def _parties(
        self,
        act: Act,
        arguments: Sequence[tuple[str, Token]],
        taken: set[int] = frozenset(),  # type: ignore[assignment]
        others: Sequence[Party] = (),
        abroad: bool = False,
    ) -> tuple[list[Party], str]:
        """Return the parties of the first argument that holds any, and its name."""
        found: list[Party] = []
        used = ""
        for name, token in arguments:
            if used and name != used:
                break
            for party in self.finder.find(token):
                if others and self._own_thing(token, others):
                    continue
                if token.lower_ == "it" and _open(act) and act.pattern.type in _OFTEN_IT:
                    continue
                bare = name == "left" and token.dep_ != "poss" and not party.countries
                if bare and not party.actors:
                    continue
                same = any(_same(party, other) for other in others)
                if name == "clause" and abroad and _home(party) & set().union(*map(_home, others)):
                    continue
                if party.token in taken or same or party in found:
                    continue
                found.append(party)
                used = name
        return found, used

    def _own_thing(self, token: Token, actors: Sequence[Party]) -> bool:
        """Tell whether a noun is the actor's own: "its troops", "his government"."""
        own = {name for party in actors for name in party.actors}
        return any(
            owner.tag_ == "PRP$" and own & set(party.actors)
            for owner in children(token, "poss")
            for party in self.finder.find(owner, 1)
        )

    def _near(self, act: Act, actors: list[Party]) -> list[Party]:
        """Return the nearest state or body of another country in the act's own phrase."""
        own = set().union(*map(_home, actors))
        for token in around_right(act.carrier or act.token):
            for party in self.finder.find(token, 1):
                if party.actors and _home(party) and not _home(party) & own:
                    return [party]
        return []

    def _makers(self, act: Act) -> list[Party]:
        """Return who made the document that "accused" or "urged": "the report blamed Iran"."""
        documents = load_classes()["document"]
        for name, token in act.actors:
            if name != "subject" or base_form(token) not in documents:
                continue
            found = [party for noun in argument(token, "around") for party in self.finder.find(noun)]
            if found:
                return found
            voice = self.voices.before(act.token)
            return [unplaced(party) for party in self.voices.speakers(voice, self.finder)]
        return []

    def _enough(self, act: Act, actors: list[Party], recipients: list[Party]) -> bool:
        needs = act.pattern.needs
        if act.pattern.type == "CONSULT" and act.pattern.kind == "noun":
            several = len(actors) > 1 or any(len(party.actors) > 1 for party in actors)
            return bool(actors) and (bool(recipients) or several)
        if needs == "both":
            return bool(actors) and bool(recipients)
        if needs == "actor":
            return bool(actors)
        if needs == "recipient":
            return bool(recipients)
        return bool(actors) or any(party.actors for party in recipients)

    def _political(self, parties: list[Party]) -> bool:
        """Tell whether anyone here can act in politics: not "men", "a student" among themselves."""
        known = self.annotated.actors
        for party in parties:
            if party.countries:
                return True
            for name in party.actors:
                actor = known.get(name)
                if actor is not None and (actor.kind in _BODIES or actor.sector not in _PRIVATE):
                    return True
                if actor is not None and actor.kind == "person":
                    return True
            if not party.actors and party.direct:
                return True
        return False

    def _impersonal(self, act: Act, recipients: list[Party]) -> bool:
        """Tell whether an act on persons is done to a firm or a thing: "Apple released an iPod"."""
        known = self.annotated.actors
        kinds = {known[name].kind for party in recipients for name in party.actors if name in known}
        if act.pattern.mode in _PERSONAL and kinds and kinds <= {"organisation", "company", "media"}:
            return act.pattern.mode in ("release", "arrest", "abduct", "deport")
        return _only_owned(act, recipients)

    def _domestic(self, act: Act, actors: list[Party], recipients: list[Party]) -> bool:
        """Tell whether a visit or rally is a politician's own: a trip at home, a campaign speech."""
        kinds = {self.annotated.actors[name].kind for party in actors for name in party.actors}
        met = act.pattern.type == "CONSULT" and act.pattern.kind == "verb" and recipients
        if met and not any(party.direct for party in recipients):
            return True
        if act.pattern.mode == "visit":
            here = {country for party in actors for country in party.countries}
            there = {country for party in recipients for country in party.countries}
            return not there or bool(here & there)
        polled = load_classes()["polled"]
        if act.pattern.type in ("SUPPORT", "ACCUSE") and any(
            base_form(token) in polled for _, token in act.actors
        ):
            return True
        words = {base_form(word) for word in act.words}
        return act.pattern.type == "PROTEST" and "rally" in words and kinds <= {"person"}

    def _foreign(self, act: Act, sentence: Sentence) -> bool:
        """Tell whether the sentence is about sport, where the words of war mean games."""
        if load_types()[act.pattern.type].quad != 4:
            return False
        words = load_classes()["sport"]
        tokens = self.annotated.doc[sentence.first : sentence.last]
        return sum(base_form(token) in words for token in tokens if token.tag_[:1] == "N") >= 2


def _unsaid(act: Act, judged: Judgement) -> bool:
    """Tell whether a judgement is negated ("I don't think this is ridiculous") or only in passing."""
    token = act.token
    empty = any(noun.lower_ == "it" for _, noun in act.recipients)
    if judged.modality == "denied" or (empty and children(token, "xcomp", "ccomp")):
        return True
    if act.pattern.type == "THREATEN" and act.pattern.kind == "verb":
        return judged.modality != "planned"
    place = token
    for _ in range(6):
        if place.dep_ == "ccomp" and is_negated(place.head):
            return True
        place = place.head
    if token.dep_ in ("amod", "nmod"):
        noun = token.head
        return noun.dep_ not in ("attr", "ROOT") and not children(noun, "poss")
    return False


def _only_owned(act: Act, recipients: list[Party]) -> bool:
    """Tell whether an act on persons has no person for its object: "released her album"."""
    if act.pattern.mode not in _PERSONAL or act.pattern.kind != "verb":
        return False
    return not any(party.direct for party in recipients)


def _open(act: Act) -> bool:
    """Tell whether a pattern takes any object."""
    return all(name.startswith("!") for name in act.pattern.object)


def _same(party: Party, other: Party) -> bool:
    """Tell whether two parties are one: the same actors, or an actor and his own state's things."""
    if party.actors and party.actors == other.actors:
        return True
    own_state = not party.direct and party.actors and party.actors[0].startswith("state/")
    return bool(own_state) and bool(set(party.countries) & set(other.countries))


def _home(party: Party) -> set[str]:
    return set(party.countries)


def _settled(act: Act, judged: Judgement, spoken: bool) -> Modality:
    modality = judged.modality
    if act.pattern.type == "THREATEN" and spoken and modality == "planned":
        return "happened"  # saying that one will retaliate is the threat
    if act.pattern.actor == ("speaker",):
        return "happened"
    if any(child.lower_ == "no" for word in act.words[1:] for child in word.lefts):
        return "denied"
    if act.pattern.modality and modality in ("happened", "ongoing"):
        return act.pattern.modality
    speech = load_types()[act.pattern.type].quad in (1, 3) and act.pattern.type != "CONSULT"
    return "happened" if modality == "ongoing" and speech else modality


def _stretch(act: Act) -> tuple[int, int]:
    """Return the tokens of the trigger, as one stretch if they stand near each other."""
    first = min(word.i for word in act.words)
    last = max(word.i for word in act.words)
    if last - first > 4:
        return act.token.i, act.token.i + 1
    return first, last + 1


def _without_embedded(rows: list[Row]) -> list[Row]:
    """Drop an act that only fills another (the help somebody agreed to give), and empty promises."""
    governing = {row.token.i: row for row in rows}
    kept, filled = [], set()
    for row in rows:
        over = governing.get(row.governor) if row.governor is not None else None
        if over is not None and over is not row and _filled(over, row):
            filled.add(over.token.i)
            continue
        kept.append(row)
    return [row for row in kept if row.token.i in filled or not _empty_promise(row)]


def _empty_promise(row: Row) -> bool:
    """Tell whether somebody agrees to what is no political act, with nobody."""
    return row.pattern.type == "AGREE" and "to" in row.pattern.object and not row.recipients


def _filled(over: Row, row: Row) -> bool:
    kind, inner = over.pattern.type, row.pattern.type
    if kind == "AGREE":
        return True
    if kind == "REJECT":
        return inner not in _FORCE or not row.actors
    if kind == "REQUEST":
        return not row.actors
    return kind == inner


def _distinct(rows: list[Row]) -> list[Row]:
    """Keep one row for the same type, actor and recipient; a row with a recipient beats one without."""
    kept: list[Row] = []
    for row in rows:
        twin = next((other for other in kept if _repeats(row, other)), None)
        if twin is None:
            kept.append(row)
        elif row.recipients and not twin.recipients:
            kept[kept.index(twin)] = row
    return kept


def _repeats(row: Row, other: Row) -> bool:
    if row.pattern.type != other.pattern.type or _key(row.actors) != _key(other.actors):
        return False
    targets, others = _key(row.recipients), _key(other.recipients)
    return targets == others or not targets or not others


def _key(parties: Sequence[Party]) -> tuple[object, ...]:
    return tuple(party.actors or party.token for party in parties)
