"""Who does it, to whom: the arguments of a verb or a noun, found through the syntax.

Every function takes a token of spaCy's English pipeline and returns tokens: the heads of noun
phrases. Control, raising, relative clauses, participles, passives and coordination are followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.knowledge.plover import load_classes, load_governors
from onrecord.parsing.syntax import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

DEPTH = 6
NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "WP", "DT", "PRP$", "JJ"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_INTO = frozenset({"in", "into", "out", "on", "with", "to"})
_NEAREST = 40
_PAST = frozenset({"VBN", "VBD"})
_LOOSE = frozenset({"prep", "punct", "npadvmod", "advcl", "advmod"})
_DASHES = frozenset({"–", "—", "-", "--", "―"})
_PHRASAL = frozenset("prep pobj dobj prt advmod compound amod nmod poss dative conj".split())
# Verbs whose infinitive is done by their subject even where they have an object.
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "use", "pledge", "need", "take"})


def base_form(token: Token) -> str:
    """Return the lemma, a plural that the dictionary keeps ("talks", "troops") made singular."""
    if token.tag_ == "VB":
        return token.lower_
    if token.lower_ == "fire" and token.i > 1 and token.nbor(-2).lower_ == "cease":
        return "ceasefire"
    word = lemma(token)
    if word.endswith("ies") and word[:-3] + "y" in load_classes()["relational"]:
        return word[:-3] + "y"
    if token.tag_ == "NNS" and word == token.lower_ and word.endswith("s") and word[-2:] != "ss":
        return word[:-1]
    return word


def misread_subject(verb: Token) -> list[Token]:
    """Return the subject of a verb read as a modifier: "Trump cancelled talks" as one noun phrase.

    Only where the sentence has no main verb, as in headlines.
    """
    head = verb.head
    if verb.dep_ not in ("amod", "compound") or head.dep_ != "ROOT" or head.tag_[:1] != "N":
        return []
    own = children(verb, "nsubj")
    before = [token for token in head.lefts if token.i == verb.i - 1 and token.tag_[:1] in "NJ"]
    if not own and (not before or before[0].dep_ not in ("compound", "nmod", "amod", "nsubj")):
        return []
    return expand(own[0] if own else before[0])


def expand(token: Token) -> list[Token]:
    """Return a noun and those coordinated with it."""
    found, queue = [], [token]
    while queue:
        head = queue.pop(0)
        found.append(head)
        queue += [
            child for child in head.children if child.dep_ == "conj" and child.tag_ in NOMINAL
        ]
    return found


def children(token: Token, *labels: str) -> list[Token]:
    """Return the children of a token with one of these dependency labels."""
    return [child for child in token.children if child.dep_ in labels]


def is_passive(verb: Token, depth: int = 0) -> bool:
    """Tell whether a verb is in the passive, reduced ("troops sent by Kenya") or not."""
    labels = {child.dep_ for child in verb.children}
    if labels & {"auxpass", "nsubjpass"} or ("agent" in labels and verb.tag_ in _PAST):
        return True
    if verb.tag_ not in _PAST or "dobj" in labels:
        return False
    if _caused(verb) or _undergone(verb):
        return True
    if misread_subject(verb):
        return False
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod", "advcl") and "nsubj" not in labels:
        return "aux" not in labels
    shared = verb.dep_ == "conj" and verb.tag_ == "VBN" and not labels & {"nsubj", "aux"}
    deeper = shared and verb.head.tag_[:1] == "V" and depth < DEPTH
    return deeper and is_passive(verb.head, depth + 1)


def _caused(verb: Token) -> bool:
    """Tell whether somebody has it done: "to get their demands met", "had him arrested"."""
    causing = verb.dep_ in ("ccomp", "xcomp") and lemma(verb.head) in ("get", "have")
    return causing and not children(verb, "mark", "aux")


def _undergone(verb: Token) -> bool:
    """Tell whether a verb that needs an object stands without one: "Opposition leader jailed"."""
    if verb.tag_ != "VBD" or lemma(verb) not in load_classes()["undergo"]:
        return False
    bare = all(child.i < verb.i or child.dep_ in _LOOSE for child in verb.children)
    own = bool(children(verb, "nsubj")) and not children(verb, "aux", "mark")
    relative = any(child.lower_ in RELATIVE for child in children(verb, "nsubj"))
    return bare and own and not relative and verb.dep_ in ("ROOT", "ccomp", "parataxis", "conj")


def _antecedents(token: Token, verb: Token) -> list[Token]:
    """Resolve a relative pronoun to what it stands for."""
    if token.lower_ not in RELATIVE:
        return expand(token)
    clause, depth = verb, 0
    while clause.dep_ in ("conj", "xcomp", "ccomp") and depth < DEPTH:
        clause, depth = clause.head, depth + 1
    if clause.dep_ == "relcl":
        return expand(clause.head)
    return []


def _past_dateline(subject: Token) -> Token:
    """Return the subject behind a dateline: "New York (AFP) – Vice President Joe Biden said"."""
    if subject.tag_[:3] != "NNP" or not children(subject, "appos"):
        return subject
    near = subject.doc[subject.i + 1 : subject.i + 8]
    dash = next((token.i for token in near if token.text in _DASHES), None)
    if dash is None:
        return subject
    agency = subject.doc[dash - 1].text == ")" and subject.tag_ == "NNP"
    if subject.ent_type_ not in ("GPE", "LOC", "FAC") and not agency:
        return subject
    for token in subject.subtree:
        if token.i > dash and token.dep_ == "appos" and token.head.i < dash:
            return token
    return subject


def is_imperative(verb: Token) -> bool:
    """Tell whether a verb bids: "Stop the war", "go out and fight"; also after "let us"."""
    if verb.tag_ != "VB" or children(verb, "nsubj", "nsubjpass", "aux", "expl", "mark", "csubj"):
        return False
    if verb.dep_ == "conj":
        return is_imperative(verb.head)
    if verb.dep_ == "ccomp" and verb.head.lower_ == "let":
        return True
    if verb.dep_ in ("ROOT", "parataxis"):
        return True
    begins = verb.i == 0 or verb.nbor(-1).tag_ in ("``", "''") or bool(verb.is_sent_start)
    return verb.dep_ in ("ccomp", "advcl", "dep") and begins


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the subjects a verb has or shares, whether it is active or passive."""
    if depth > DEPTH:
        return []
    own = children(verb, "nsubj", "nsubjpass")
    if own:
        return _antecedents(_past_dateline(own[-1]), verb)
    if misread := misread_subject(verb):
        return misread
    if is_imperative(verb):
        return []
    head, label = verb.head, verb.dep_
    misread_verb = head.tag_ == "NN" and bool(children(head, "nsubj"))
    if label == "conj" and verb.tag_ == "VBD" and head.tag_ == "VB":
        head = finite(head)
    if label == "conj" and (head.tag_[:1] == "V" or head.tag_ in ("MD", "JJ") or misread_verb):
        return surface_subjects(head, depth + 1)
    if label == "xcomp" or (label == "ccomp" and _infinitive(verb)):
        return controllers(head, depth + 1)
    if label == "advcl" and verb.tag_ in ("VBD", "VBZ", "VBP") and not children(verb, "aux"):
        return _misplaced(verb)
    if label in ("advcl", "prep", "dep", "acomp", "oprd", "attr", "aux") and head is not verb:
        if label == "advcl" and _infinitive(verb) and moves_another(head):
            return controllers(head, depth + 1)
        if head.tag_[:1] in "VJ":
            return surface_subjects(head, depth + 1)
        return expand(head) if verb.tag_ == "VBG" and label == "advcl" else []
    if label == "acl":
        return noun_owners(head, depth + 1) if _infinitive(verb) else expand(head)
    if label == "relcl":
        return expand(head)
    if label == "pcomp":
        return _of_preposition(head, depth + 1)
    return []


def _misplaced(verb: Token) -> list[Token]:
    """Return the subject that the parser hung on a word of time: "a day after a bomb killed 18".

    A clause with a tense of its own does not share the subject above.
    """
    times = [place for word in verb.lefts for place in (word, *word.rights)]
    return [
        noun
        for place in times
        if place.dep_ == "prep" and place.lower_ in ("after", "before", "since", "until", "as")
        for noun in children(place, "pobj")
    ][:1]


def finite(verb: Token) -> Token:
    """Return the finite verb over an infinitive: who "called on him to go and left" is the caller."""
    for _ in range(DEPTH):
        if verb.tag_ != "VB" or verb.dep_ not in ("xcomp", "ccomp", "advcl", "acl", "conj"):
            break
        verb = verb.head
    return verb


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.lower_ == "to" for child in children(verb, "aux"))


def moves_another(verb: Token) -> bool:
    """Tell whether a verb with an object says what that object shall do: "pressed Serbia, again, to act"."""
    rows = load_governors().get(("verb", lemma(verb)), ())
    return any(row.acts == "object" for row in rows) and bool(children(verb, "dobj"))


def controllers(head: Token, depth: int = 0) -> list[Token]:
    """Return who would do the infinitive under ``head``: "urged X to", "are scheduled to"."""
    if head.tag_[:1] == "V" and not is_passive(head):
        objects = children(head, "dobj", "dative")
        if objects and lemma(head) not in SUBJECT_CONTROL:
            return expand(objects[0])
        if lemma(head) in ("call", "appeal", "plead", "prevail"):
            for name in ("on", "upon", "to", "with"):
                if held := held_by(head, name):
                    return held
    return surface_subjects(head, depth)


def _of_preposition(preposition: Token, depth: int) -> list[Token]:
    """Return who does the "-ing" after a preposition: "accused X of bombing", "by bombing"."""
    head = preposition.head
    if head.tag_[:1] == "V":
        patients = objects_of(head)
        if not patients and preposition.lower_ == "for":  # "lashed out at X for bombing"
            patients = held_by(head, "at") or held_by(head, "against")
        if patients and preposition.lower_ in ("of", "from", "for", "against", "into", "with"):
            return patients
        return surface_subjects(head, depth)
    if head.tag_[:1] == "N":
        return noun_owners(head, depth)
    if head.tag_[:1] == "J":
        return surface_subjects(head.head if head.dep_ == "acomp" else head, depth)
    return []


def noun_owners(noun: Token, depth: int = 0) -> list[Token]:
    """Return whose noun it is: its possessor, or the subject of the verb that carries it."""
    if depth > DEPTH:
        return []
    owners = children(noun, "poss")
    if owners:
        return [found for owner in owners for found in expand(owner)]
    verb = light_verb(noun)
    if verb is not None:
        return subjects(verb, depth + 1)
    for name in ("from", "by"):
        if held := held_by(noun, name):
            return held
    if noun.head.tag_[:1] == "V" and noun.dep_ in ("dobj", "attr"):
        return subjects(noun.head, depth + 1)
    return []


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return who does it: the subject, or the agent of a passive."""
    if not is_passive(verb):
        return surface_subjects(verb, depth)
    for agent in children(verb, "agent"):
        held = children(agent, "pobj")
        if held:
            return expand(held[0])
    if verb.dep_ == "conj" and verb.head.tag_[:1] == "V" and is_passive(verb.head):
        return subjects(verb.head, depth + 1) if depth < DEPTH else []
    return []


def objects_of(verb: Token) -> list[Token]:
    """Return whom it is done to: the object, or the subject of a passive."""
    if is_passive(verb):
        return surface_subjects(verb)
    own = children(verb, "dobj")
    if own:
        return [found for token in own[:1] for found in _antecedents(token, verb)]
    if misread_subject(verb):
        return expand(verb.head)
    shared = children(verb, "conj") if not children(verb, "prep") else []
    for other in shared:  # "attacked and destroyed the base"
        if other.tag_ == verb.tag_ and children(other, "dobj") and not children(other, "nsubj"):
            return expand(children(other, "dobj")[0])
    if verb.dep_ == "relcl" and children(verb, "nsubj"):
        relatives = [child.lower_ for child in children(verb, "nsubj", "mark")]
        relatives += [noun.lower_ for child in children(verb, "prep") for noun in child.children]
        if not RELATIVE & set(relatives) and not children(verb, "ccomp", "xcomp"):
            return expand(verb.head)
    if verb.dep_ == "xcomp" and verb.head.tag_[:1] == "J":
        return []
    raised = [
        child
        for child in children(verb, "ccomp")
        if (child.tag_ == "VB" or child.tag_[:1] == "J") and not children(child, "mark")
    ]
    if raised:
        return [
            found
            for child in raised
            for token in children(child, "nsubj")
            for found in expand(token)
        ]
    return []


def datives(verb: Token) -> list[Token]:
    """Return the indirect objects: "gave Kyiv tanks"."""
    found = []
    for token in children(verb, "dative"):
        held = children(token, "pobj") if token.tag_ in ("IN", "TO") else [token]
        found += [noun for first in held for noun in expand(first)]
    return found


def complement_subjects(verb: Token) -> list[Token]:
    """Return the subjects of the clause under a verb: "demanded that Israel withdraw"."""
    places = [verb, *children(verb, "dobj")]
    for clause in [
        found
        for place in places
        for found in children(place, "ccomp", "xcomp", "acl", "advcl", "relcl")
    ]:
        own = children(clause, "nsubj", "nsubjpass")
        marks = {mark.lower_ for mark in children(clause, "mark")}
        marked = "for" in marks or (clause.dep_ == "acl" and "that" in marks)
        if own and (clause.dep_ in ("ccomp", "xcomp") or marked) and own[0].lower_ not in RELATIVE:
            return expand(own[0])
    return []


def held_by(token: Token, preposition: str) -> list[Token]:
    """Return the nouns after ``preposition`` at a token, at its object or its particle."""
    places = [token, *children(token, "dobj", "prt", "advmod", "attr", "acomp", "oprd", "prep")]
    if token.tag_[:1] == "V" and is_passive(token):
        places += children(token, "nsubjpass")
    if preposition not in ("by", "of", "from"):
        places += [noun for place in children(token, "prep") for noun in children(place, "pobj")]
    if preposition not in ("of", "in", "at"):  # "spurned offers for talks by Kabul"
        places += [
            noun
            for thing in children(token, "dobj")
            for place in children(thing, "prep")
            for noun in children(place, "pobj")
        ]
    for place in places:
        if place.tag_ == "IN" and place is not token and preposition == "of":
            continue  # "out of his hands"
        for child in place.children:
            if child.lower_ == preposition and child.dep_ in (
                "prep",
                "agent",
                "dative",
                "prt",
                "aux",
            ):
                held = [noun for noun in children(child, "pobj") if not is_time(noun)]
                if held:
                    return expand(held[0])
    return []


def is_time(token: Token) -> bool:
    """Tell whether a noun tells a time: the "Wednesday" of "on Wednesday"."""
    return token.ent_type_ in ("DATE", "TIME")


def light_verb(noun: Token) -> Token | None:
    """Return the verb that only carries a noun's act: "launched" of "launched an attack"."""
    head, label = noun.head, noun.dep_
    depth = 0
    while label == "conj" and depth < DEPTH:
        label, head, depth = head.dep_, head.head, depth + 1
    if label in ("dobj", "nsubjpass") and head.tag_[:1] == "V":
        return head if lemma(head) in load_classes()["light"] else None
    if label == "pobj" and head.lower_ in _INTO and head.head.tag_[:1] == "V":
        verb = head.head
        return verb if base_form(verb) in load_classes()["carried"] else None
    return None


def blamed(noun: Token) -> list[Token]:
    """Return who is blamed for a noun: "accused X of interference", "traced the attack to X"."""
    verb = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and lemma(verb) in load_classes()["ascribe"]:
        return held_by(verb, "to") or held_by(verb, "on")
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("of", "for", "over"):
        return []
    verb = noun.head.head
    if verb.tag_[:1] != "V" or lemma(verb) not in load_classes()["blame"]:
        return []
    return held_by(verb, "against") or held_by(verb, "at") or objects_of(verb)


def left_modifiers(noun: Token) -> list[Token]:
    """Return what stands before a noun and belongs to it, possessors first."""
    owners = [found for child in children(noun, "poss") for found in expand(child)]
    return owners + children(noun, "compound", "amod", "nmod")


def predicated(token: Token) -> list[Token]:
    """Return what an adjective or noun is said of: its subject, or the noun it stands before."""
    if token.dep_ in ("amod", "nmod"):
        return [token.head]
    place = token.head if token.dep_ in ("acomp", "oprd", "attr", "conj") else token
    if place.tag_[:1] in "VM":
        return surface_subjects(place)
    return surface_subjects(place) if place is token else [place]


def around_right(token: Token) -> list[Token]:
    """Return the nouns to the right of a trigger in its own phrase, the nearest first.

    Clauses below it are left out: they tell acts of their own.
    """
    found: list[Token] = []
    queue = [child for child in token.children if child.i > token.i]
    while queue and len(found) < _NEAREST:
        child = queue.pop(0)
        purpose = child.dep_ in ("xcomp", "advcl", "acl") and child.tag_ == "VB"
        if child.dep_ in _PHRASAL or purpose:
            found += [child] if child.tag_[:1] in "NJ" and not is_time(child) else []
            queue += list(child.children)
    return sorted(found, key=lambda noun: noun.i)
