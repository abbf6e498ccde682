"""Bare names: surnames and first names of people of this article, then office holders of the day.

A capitalised word that nobody explains is entered tentatively: it stays an actor only if the
recogniser takes it for a person or a body, or if a pronoun shows that it is one (``coreference``).
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.knowledge.cues import verb_class
from onrecord.knowledge.first_names import first_names
from onrecord.knowledge.parsing import word_list
from onrecord.knowledge.places import cities_named
from onrecord.parsing.annotated import ActorMention, Annotated, Gender
from onrecord.parsing.cast import Cast
from onrecord.parsing.name_words import NOT_NAMES, PLACE_HEADS, mention_of
from onrecord.parsing.syntax import is_dictionary_word, lemma

_LOCATIVE = word_list("locative")
_NO_PERSON = frozenset(
    "DATE TIME MONEY PERCENT QUANTITY ORDINAL CARDINAL LANGUAGE EVENT LAW WORK_OF_ART".split()
)
_PLACES = frozenset(("GPE", "LOC", "FAC", "NORP"))
_LARGE = 100_000
_ACTING = frozenset(("nsubj", "nsubjpass", "poss", "dobj", "conj", "appos"))


def title_before(doc: Doc, index: int, cast: Cast) -> str | None:
    """Return the title right before a token ("Sen.", "co-host"), as the tables spell it, or none."""
    if index == 0:
        return None
    word = doc[index - 1].text.lower().rstrip(".")
    return word if word in cast.table.titles and doc[index - 1].text[:1].isupper() else None


def surnames_in(annotated: Annotated, taken: set[int], cast: Cast) -> list[ActorMention]:
    """Read bare names: of people of this article first, then of office holders of the day."""
    found = []
    doc = annotated.doc
    for token in doc:
        if token.i in taken or not token.text[:1].isupper():
            continue
        if token.text in NOT_NAMES and not _named_all_the_same(token, cast):
            continue
        for length in (3, 2, 1):
            last = token.i + length
            if last > len(doc) or taken.intersection(range(token.i, last)):
                continue
            actor = _bare_name(annotated, token.i, length, cast)
            if actor is not None:
                cast.players[actor].named += 1
                found.append(mention_of(annotated, token.i, last, actor, cast))
                taken.update(range(token.i, last))
                break
    return found


def _named_all_the_same(token: Token, cast: Cast) -> bool:
    """Tell whether a word that is rarely a name is one here: "Mrs. May", "May said"."""
    if token.i and title_before(token.doc, token.i, cast) is not None:
        return cast.by_surname(token.text) is not None
    acts = token.dep_ == "nsubj" and token.tag_ == "NNP" and token.head.tag_[0] == "V"
    return acts and token.head.i > token.i and cast.by_surname(token.text) is not None


def _bare_name(annotated: Annotated, first: int, length: int, cast: Cast) -> str | None:
    """Return the actor that the tokens from ``first`` mean, entering a new one if need be."""
    doc = annotated.doc
    last = doc[first + length - 1]
    if length > 1 and not (last.text[:1].isupper() or doc[first + 1].text == "-"):
        return None
    name = doc[first : first + length].text
    if name.isupper() and len(name) > 3:
        name = name.title()
    after = doc[first + length] if first + length < len(doc) else None
    if after is not None and after.text in PLACE_HEADS and last.tag_ == "NNP":
        return None
    title = title_before(doc, first, cast)
    gender: Gender = (cast.table.titles[title].gender or "") if title else ""
    actor = cast.by_surname(name, gender)
    if actor is not None and (last.tag_[0] == "N" or length > 1 or not _ordinary(doc[first])):
        return actor
    if length > 1 and not any(char in "-'’" for char in name):
        return _prominent(name, cast)
    plausible = title is not None or (
        last.ent_type_ in ("PERSON", "ORG", "")
        and (last.tag_ == "NNP" or (last.tag_ == "NN" and last.dep_ in ("nsubj", "poss")))
    )
    if plausible and not _starts_longer(doc, first, length):
        prominent = _prominent(name, cast)
        if prominent is not None:
            return prominent
    if length == 1 and (actor := cast.by_first_name(name, gender)) is not None:
        return actor if not _starts_longer(doc, first, length) else None
    if title is not None and last.tag_ == "NNP":
        return cast.local(name, "person", gender=gender).actor.id
    return _lone(annotated, first, length, name, cast)


def _ordinary(token: Token) -> bool:
    return is_dictionary_word(token.lower_) and not token.ent_type_


def _prominent(name: str, cast: Cast) -> str | None:
    actor = cast.prominent(name)
    if actor is not None:
        cast.known(actor)
    return actor


def _lone(annotated: Annotated, first: int, length: int, name: str, cast: Cast) -> str | None:
    """Enter a name nobody knows, if it stands alone where a person's or a body's may."""
    doc = annotated.doc
    token, last = doc[first], doc[first + length - 1]
    hyphened = length == 3 and doc[first + 1].text == "-" and doc[first + 1].whitespace_ == ""
    if (length > 1 and not hyphened) or len(name) < 2 or not name[1:].replace("-", "").isalpha():
        return None
    if token.ent_type_ in _NO_PERSON or not _stands_alone(doc, first, length):
        return None
    given = name.split("-")[0] in first_names()
    labelled = last.ent_type_ == "PERSON"
    if last.tag_ not in ("NNP", "NNPS") and not (given or labelled):
        return None
    sentence = annotated.sentence_at(token.idx)
    opens = sentence is None or sentence.heading or first == sentence.first
    common = is_dictionary_word(name.lower()) and not (given or labelled)
    if name.isupper() or (common and (opens or last.dep_ not in _ACTING)):
        return None
    if not given and _is_city(name) and title_before(doc, first, cast) is None:
        return None
    if not labelled and _is_located(last, given):
        return None
    if sentence is None or (sentence.heading and not labelled):
        return None
    if _common_opening(token, name, opens, given):
        return None
    if labelled or (given and last.dep_ in ("nsubj", "nsubjpass", "poss") and not token.ent_type_):
        return cast.local(name, "person").actor.id
    speaks = last.dep_ == "nsubj" and verb_class(lemma(last.head)) == "say"
    if speaks and last.ent_type_ in ("", "GPE"):
        return cast.local(name, "person").actor.id
    player = cast.local(name, "organisation")
    player.tentative = player.tentative or player.named == 0
    player.convertible = player.tentative
    return player.actor.id


def _common_opening(token: Token, name: str, opens: bool, given: bool) -> bool:
    """Tell whether an ordinary word has its capital only because it opens the sentence."""
    if not opens or given or not is_dictionary_word(name.lower()):
        return False
    return not (token.dep_ == "nsubj" and verb_class(lemma(token.head)) == "say")


def _is_city(name: str) -> bool:
    cities = cities_named(name)
    return bool(cities) and cities[0].population >= _LARGE


def _is_located(token: Token, given: bool) -> bool:
    """Tell whether an unexplained name reads as a place: "in Genese", a city of the gazetteer."""
    if token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE:
        return True
    return token.ent_type_ in _PLACES and not given and bool(cities_named(token.text))


def _stands_alone(doc: Doc, first: int, length: int) -> bool:
    """Tell whether no capitalised words stand right beside, so that this is no longer name."""
    if first and _capital(doc[first - 1]) and doc[first - 1].text not in NOT_NAMES:
        return False
    after = doc[first + length] if first + length < len(doc) else None
    return after is None or not _capital(after)


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS", "CD")


def _starts_longer(doc: Doc, first: int, length: int) -> bool:
    """Tell whether words of a longer name stand right beside, so that this is no bare name."""
    before = doc[first - 1] if first else None
    after = doc[first + length] if first + length < len(doc) else None
    if (
        after is not None and after.tag_ == "NNP" and after.text[:1].isupper()
        and after.ent_iob_ == "I"
    ):  # fmt: skip
        return True
    return before is not None and before.text in first_names() and before.ent_type_ == "PERSON"
