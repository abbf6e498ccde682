"""In which sense a word of an act is meant: blows or words, help or business, a vote or an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.coding.event_arguments import base_form, children, held_by, is_passive
from onrecord.coding.event_patterns import Act
from onrecord.knowledge.plover import load_classes
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

_CIVIL_KINDS = frozenset({"person", "organisation", "media", "company", "group"})
_ARMED = frozenset({"MIL", "REB", "COP", "UAF", "SPY", "CRM", "SEP", "IMG"})
_CUSTOMERS = frozenset({"company", "media", "group", "unnamed"})
_OF_FORCE = frozenset({"ASSAULT", "MOBILIZE", "PROTEST"})
_UNOFFICIAL = frozenset(
    {None, "BUS", "CVL", "UNK", "MED", "JRN", "EDU", "SOC", "LAB", "AGR", "ELI"}
)
_IN_POWER = frozenset({"GOV", "MIL", "COP", "JUD", "REB", "SPY", "UAF", "CRM"})
_BLOODY = frozenset({"kill", "shoot", "torture", "bombard", "ambush"})
_SAID = frozenset({"i", "you", "we"})
_BUSINESS = frozenset({"company", "media"})
_AHEAD = frozenset({"will", "would", "could", "may", "might", "can", "shall", "must", "should"})
_LOOMING = frozenset({"risk", "face", "mean", "go", "plan", "intend"})

_PEACEFUL = frozenset(
    {"peacekeeping", "peace", "rescue", "relief", "aid", "humanitarian", "recovery"}
)


def in_words_only(
    annotated: Annotated,
    act: Act,
    sentence: Sentence,
    actors: Sequence[Actor],
    recipients: Sequence[Actor],
) -> bool:
    """Tell whether an assault is one in words: "Trump attacked Clinton", "clashing with Nancy".

    So it is between civilians, where nothing in the sentence tells of blood or weapons.
    """
    classes = load_classes()
    if act.pattern.type != "ASSAULT" or base_form(act.token) not in classes["eitherway"]:
        return False
    said = any(name == "subject" and token.lower_ in _SAID for name, token in act.actors)
    if not (actors or said) or not all(map(_civil, [*actors, *recipients])):
        return False
    if (
        recipients
        and base_form(act.token) not in _BLOODY
        and all(map(_politician, [*actors, *recipients]))
    ):
        return True
    if any(base_form(word) in classes["site"] for word in act.words[1:]):
        return False
    tokens = annotated.doc[sentence.first : sentence.last]
    return not any(base_form(token) in classes["violent"] for token in tokens)


def _politician(actor: Actor) -> bool:
    return actor.kind in ("person", "organisation") and actor.sector in ("PTY", "LEG", "GOV")


def _civil(actor: Actor) -> bool:
    return actor.kind in _CIVIL_KINDS and actor.sector not in _ARMED


def is_business(act: Act, actors: Sequence[Actor], recipients: Sequence[Actor]) -> bool:
    """Tell whether help or trade is only that of firms: "Apple gave customers free cases"."""
    if not actors or not (_contracts(act) or act.pattern.type in ("AID", "COOPERATE", "AGREE")):
        return False
    firms = all(actor.kind in _BUSINESS for actor in actors)
    if _contracts(act) and recipients and all(actor.kind in _BUSINESS for actor in recipients):
        return firms or all(actor.kind == "person" for actor in actors)
    return firms and not any(actor.kind not in _CUSTOMERS for actor in recipients)


def _contracts(act: Act) -> bool:
    """Tell whether an act is one of contracts, as firms have them too: "cut ties", "signed a deal"."""
    return base_form(act.token) in load_classes()["contract"]


def is_idiom(act: Act, actors: Sequence[Actor]) -> bool:
    """Tell whether the words mean something else: a campaign's rally, a roll call, a show of skill."""
    lemmas = {base_form(word) for word in act.words}
    before = {child.lower_ for child in act.token.lefts}
    if act.pattern.type == "PROTEST" and "rally" in lemmas:
        return bool(actors) and all(actor.sector in ("PTY", "LEG", "GOV") for actor in actors)
    if "operation" in lemmas and act.pattern.type == "ASSAULT" and before & _PEACEFUL:
        return True
    if "demonstration" in lemmas and act.pattern.kind == "noun":
        held = [child for child in children(act.token, "prep") if child.lower_ == "of"]
        return any(children(child, "pcomp") for child in held)
    if act.pattern.kind == "noun" and "charge" in lemmas and not before:
        return act.token.dep_ == "pobj" and act.token.head.lower_ == "in"  # "in charge of"
    if act.pattern.type == "CONSULT" and any(map(_asks, act.words)):
        return True
    if act.pattern.type == "THREATEN" and "warn" in lemmas and _warns_of_fact(act.token):
        return True
    if act.pattern.words == "link to" and act.token.dep_ == "acl":
        return True  # "doctors linked to the opposition"
    if act.pattern.words == "restrict" and is_passive(act.token) and held_by(act.token, "to"):
        return True  # "it was restricted to terror targets"
    if lemmas == {"release"} and before & {"news", "press"}:
        return True
    if act.pattern.mode == "visit" and (_errand(act.token) or _carried(act)):
        return True
    return "call" in lemmas and bool(before & {"roll", "curtain", "wake", "judgment", "casting"})


def _carried(act: Act) -> bool:
    """Tell whether somebody is brought where he did not go himself: "flew him to Costa Rica"."""
    return act.pattern.words == "fly to" and bool(children(act.token, "dobj"))


def _errand(token: Token) -> bool:
    """Tell whether somebody travels for himself: "flew to India for treatment"."""
    errands = load_classes()["errand"]
    aims = [*held_by(token, "for"), *held_by(token, "on"), *token.lefts]
    return any(base_form(noun) in errands for noun in aims if noun.tag_[:1] == "N")


def _warns_of_fact(verb: Token) -> bool:
    """Tell whether a warning is of what is or was so: "warned that the deal was a mistake"."""
    clauses = [clause for clause in children(verb, "ccomp") if clause.tag_[:1] in "VM"]
    return bool(clauses) and not any(map(_lies_ahead, clauses))


def _lies_ahead(clause: Token) -> bool:
    helpers = {child.lower_ for child in children(clause, "aux")}
    future = bool(helpers & (_AHEAD | {"'ll", "’ll", "'d", "’d", "wo", "ca", "to"}))
    words = {child.lower_ for child in children(clause, "acomp")}
    ready = bool(words & {"ready", "prepared", "willing", "set", "determined"})
    progressive = clause.tag_ == "VBG" and "been" not in helpers
    return future or ready or progressive or base_form(clause) in _LOOMING or clause.tag_ == "VB"


def _asks(word: Token) -> bool:
    """Tell whether a call is one for something: "joined the calls to delay it"."""
    if base_form(word) != "call" or word.tag_[:1] != "N":
        return False
    aims = children(word, "acl") + children(word.head, "xcomp", "advcl")
    wanted = [child for child in aims if child.tag_ == "VB"]
    return bool(wanted) or any(child.lower_ == "for" for child in children(word, "prep"))


def is_private(act: Act, actors: Sequence[Actor], recipients: Sequence[Actor]) -> bool:
    """Tell whether it is done to relatives or a public: "forced my father to pay", "I thank you"."""
    if act.pattern.words == "thank" and not recipients:
        return True
    if any(actor.kind in ("state", "armed group") or actor.sector in _IN_POWER for actor in actors):
        return False
    private = load_classes()["private"]
    return any(base_form(token) in private for _, token in act.recipients[:1])


def lacks_office(act: Act, actors: Sequence[Actor]) -> bool:
    """Tell whether somebody does what only states, courts and armed men can: Ford bans nobody."""
    if not actors:
        return False
    if act.pattern.type == "MOBILIZE" and all(map(_civil, actors)):
        return not any(actor.sector in ("GOV", "IGO") for actor in actors)
    if act.pattern.type in _OF_FORCE:
        return all(actor.kind in _BUSINESS for actor in actors)
    if base_form(act.token) not in load_classes()["official"]:
        return False
    return all(actor.kind in _BUSINESS or actor.sector in _UNOFFICIAL for actor in actors)


def is_ballot(act: Act, actors: Sequence[Actor]) -> bool:
    """Tell whether voters vote, or anybody does: only who sits in a chamber supports by a vote."""
    if act.pattern.words != "vote for":
        return False
    return not any(
        actor.kind in ("state", "person")
        or (actor.kind != "armed group" and actor.sector in ("LEG", "GOV", "JUD", "IGO"))
        for actor in actors
    )
