"""Events: what actors do to each other, with PLOVER type, modality, voice and proof.

In: annotated text and its attributions. Out: one :class:`EventMention` for each act that a sentence
states. Patterns find the act, syntax its parties, governing words its modality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.coding.event_about import about_of
from onrecord.coding.event_actors import ActorFinder
from onrecord.coding.event_arguments import base_form, children, held_by, is_passive
from onrecord.coding.event_clause import Judgement, is_negated
from onrecord.coding.event_detector import Detector
from onrecord.coding.event_discourse import completed
from onrecord.coding.event_merging import distinct, without_embedded
from onrecord.coding.event_modality import judge
from onrecord.coding.event_numbers import numbers_of
from onrecord.coding.event_parties import RoleFinder, Roles, ascribed
from onrecord.coding.event_patterns import Act, act_choices
from onrecord.coding.event_politics import Politics
from onrecord.coding.event_rows import Details, Row, build, group
from onrecord.coding.event_speech import spoken_acts
from onrecord.coding.event_voice import Voices
from onrecord.knowledge.plover import load_classes, load_types
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import Attribution, EventMention, EventType, Modality

# An act that is only an aim or the content of a noun ("weapons to strike targets") is told by nobody.
_IDLE = frozenset({"purpose", "infinitive"})
_PERHAPS = frozenset(
    {"can", "could", "may", "might", "would", "condition", "where", "'able'", "'likely'"}
)


# Tokens. A longer "sentence" is a list or junk, and its parse is worth nothing.
LONGEST = 400


def find_events(
    annotated: Annotated, attributions: Sequence[Attribution], *, detects: bool = True
) -> tuple[EventMention, ...]:
    """Return the event mentions of a document, in the order of the text.

    At most one a sentence for the same actor, recipient and type. Mentions of one happening share
    their ``event``. Without ``detects`` only the patterns find acts, not the network beside them.
    """
    coder = Coder(annotated, attributions, detects)
    rows = [row for sentence in annotated.sentences for row in coder.code(sentence)]
    numbers = numbers_of(annotated, rows)
    details = [
        Details(about_of(annotated, row), found) for row, found in zip(rows, numbers, strict=True)
    ]
    return group(annotated, build(annotated, rows, details))


@dataclass
class Coder:
    """Codes the sentences of one document in order; by patterns alone unless ``detects``."""

    annotated: Annotated
    attributions: Sequence[Attribution]
    detects: bool = True

    def __post_init__(self) -> None:
        self.finder = ActorFinder(self.annotated)
        self.voices = Voices(self.annotated, self.attributions)
        self.politics = Politics(self.annotated)
        self.roles = RoleFinder(self.annotated, self.finder, self.voices)
        self.detector = Detector(self.annotated) if self.detects else None
        self.history: list[Row] = []

    def code(self, sentence: Sentence) -> list[Row]:
        """Return the rows of one sentence; what is longer than any sentence of news gives none."""
        if sentence.last - sentence.first > LONGEST:
            return []
        found = []
        taken: dict[int, EventType] = {}
        for choices in act_choices(self.annotated.doc, sentence.first, sentence.last):
            for act in choices:
                if (row := self._row(act, sentence)) is not None:
                    found.append(row)
                    taken |= {word.i: act.pattern.type for word in act.words}
                    break
        for act in self.detector.proposals(sentence, taken) if self.detector else ():
            row = None if self.voices.says(act.token) else self._row(act, sentence)
            found += [row] if row is not None else []
        found = without_embedded(found)
        found += spoken_acts(self.annotated, sentence, self.finder, self.voices, found)
        found = [completed(row, self.history) for row in found]
        rows = distinct(sorted(found, key=lambda row: row.trigger.start))
        self.history += rows
        return rows

    def _row(self, act: Act, sentence: Sentence) -> Row | None:
        """Return the row of an act, or none where its parties or its politics are wanting."""
        judged = judge(act.token, sentence.heading)
        voice = self.voices.at(act.token)
        if act.pattern.type == "REJECT" and judged.because == "negation":
            return None  # "did not rule out"
        if act.pattern.words == "trade" and act.token.dep_ == "nsubj":
            return None  # "trade between them fell by a third"
        if _idle(act, judged) or (_by_speaker(act) and _unsaid(act, judged)):
            return None
        roles = self.roles.roles(act, judged, voice, self.history)
        if not _enough(act, roles, judged):
            return None
        if not self.politics.admits(act, sentence, roles.actors, roles.recipients):
            return None
        return Row(
            pattern=act.pattern,
            token=act.token,
            trigger=self.annotated.span_of(*_stretch(act)),
            sentence=sentence,
            actors=tuple(roles.actors),
            recipients=tuple(roles.recipients),
            modality=_settled(act, judged, voice is not None),
            because=judged.because,
            governor=judged.governor.i if judged.governor is not None else None,
            attribution=voice,
            why=roles.why,
            view=self.detector.view(act.token) if self.detector else None,
        )


def _by_speaker(act: Act) -> bool:
    """Tell whether the speaker of a quotation does the act, by saying these words."""
    return act.pattern.actor == ("speaker",)


def _idle(act: Act, judged: Judgement) -> bool:
    """Tell whether nobody does or means the act: an aim, a question, words one might say."""
    if act.pattern.type == "PROTEST" and judged.because == "purpose":
        return act.token.head.tag_ != "VBD"  # "gathered to protest"
    if _by_telephone(act, judged):
        return False
    reasons = set(judged.because.split())
    if judged.because in _IDLE or "question" in reasons:
        return True
    if _by_speaker(act) or ascribed(act):
        return False
    words = load_types()[act.pattern.type].quad in (1, 3)
    return words and judged.modality == "hypothetical" and judged.because in _PERHAPS


def _by_telephone(act: Act, judged: Judgement) -> bool:
    """Tell whether what somebody calls or writes for is said by it: "called Modi to congratulate him"."""
    words = load_types()[act.pattern.type].quad in (1, 3) and act.pattern.type != "CONSULT"
    over = base_form(act.token.head)
    return words and judged.because == "purpose" and over in load_classes()["calling"]


def _enough(act: Act, roles: Roles, judged: Judgement) -> bool:
    """Tell whether those whom the pattern needs were found."""
    needs, actors, recipients = act.pattern.needs, roles.actors, roles.recipients
    several = len(actors) > 1 or any(len(party.actors) > 1 for party in actors)
    if act.pattern.type == "CONSULT" and act.pattern.kind == "noun":
        return bool(actors) and (bool(recipients) or several)
    if needs == "both" and act.pattern.type in ("COOPERATE", "AGREE") and several:
        return True
    if act.pattern.type == "ASSAULT" and not actors and needs == "both" and _by_attack(act):
        known = any(party.actors or party.countries for party in recipients)
        return known and judged.modality == "happened"
    if act.pattern.type == "MOBILIZE" and recipients and is_passive(act.token):
        return True  # "troops were sent to Kashmir"
    if needs == "both" and act.pattern.type == "COOPERATE" and _joint(act):
        return bool(actors)
    if act.pattern.type == "COOPERATE" and _own_drill(act, roles):
        return False
    if needs == "both":
        return bool(actors) and bool(recipients)
    if needs == "actor" or _by_speaker(act):
        return bool(actors)
    if needs == "recipient":
        return bool(recipients)
    return bool(actors) or any(party.actors for party in recipients)


def _joint(act: Act) -> bool:
    """Tell whether something is done together, with whomever: "held joint drills"."""
    return any(child.lower_ == "joint" for word in act.words for child in word.lefts)


def _own_drill(act: Act, roles: Roles) -> bool:
    """Tell whether somebody trains alone near others: "held drills near Taiwan"."""
    drills = load_classes()["exercise"]
    drill = any(base_form(word) in drills for word in act.words)
    return drill and roles.recipient_from == "near the act" and len(roles.actors) == 1


def _by_attack(act: Act) -> bool:
    """Tell whether an attack does the harm, whoever made it: "a bomb killed", "shot in a raid"."""
    classes = load_classes()
    causes = [token for name, token in act.actors if name == "subject"]
    if is_passive(act.token):
        causes += [noun for name in ("in", "by") for noun in held_by(act.token, name)]
        causes += [act.token.head] if act.token.dep_ == "relcl" else []
    harmful = classes["attack"] | classes["weapon"] | classes["blast"]
    return any(base_form(noun) in harmful for noun in causes)


def _unsaid(act: Act, judged: Judgement) -> bool:
    """Tell whether a judgement is negated ("I don't think this is ridiculous") or only in passing."""
    token = act.token
    empty = any(noun.lower_ == "it" for _, noun in act.recipients)
    if judged.modality == "denied" or (empty and children(token, "xcomp", "ccomp")):
        return True
    if act.pattern.type == "THREATEN":
        clause = token if act.pattern.kind == "verb" else token.head
        return judge(clause).modality != "planned"
    place = token
    for _ in range(6):
        if place.dep_ == "ccomp" and is_negated(place.head):
            return True
        place = place.head
    if token.dep_ in ("amod", "nmod"):
        noun = token.head
        return noun.dep_ not in ("attr", "ROOT") and not children(noun, "poss")
    return False


def _settled(act: Act, judged: Judgement, spoken: bool) -> Modality:
    """Return the modality of a row; speech acts that are being made have happened."""
    modality = judged.modality
    if act.pattern.type == "THREATEN" and spoken and modality == "planned":
        return "happened"  # saying that one will retaliate is the threat
    if _by_speaker(act) or (ascribed(act) and spoken):
        return "happened"
    if act.pattern.type == "PROTEST" and judged.because == "purpose":
        return "happened"
    if _by_telephone(act, judged):
        return "happened"
    if any(child.lower_ == "no" for word in act.words[1:] for child in word.lefts):
        return "denied"
    if act.pattern.modality and modality in ("happened", "ongoing"):
        return act.pattern.modality
    if modality == "offered" and act.pattern.type in ("ASSAULT", "COERCE", "SANCTION"):
        return "threatened"  # "ready to attack"
    speech = load_types()[act.pattern.type].quad in (1, 3) and act.pattern.type != "CONSULT"
    return "happened" if modality == "ongoing" and speech else modality


def _stretch(act: Act) -> tuple[int, int]:
    """Return the tokens of the trigger, as one stretch if they stand near each other."""
    first = min(word.i for word in act.words)
    last = max(word.i for word in act.words)
    if last - first > 4:
        return act.token.i, act.token.i + 1
    return first, last + 1
