"""Bare surnames: of people of this article first, then of office holders of the day."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.knowledge.first_names import first_names
from onrecord.parsing.annotated import ActorMention, Annotated, Gender
from onrecord.parsing.cast import Cast
from onrecord.parsing.name_words import NOT_NAMES, PLACE_HEADS, mention_of


def _title_before(doc: Doc, index: int, cast: Cast) -> str | None:
    if index == 0:
        return None
    word = doc[index - 1].text.lower().rstrip(".")
    return word if word in cast.table.titles and doc[index - 1].text[:1].isupper() else None


def surnames_in(annotated: Annotated, taken: set[int], cast: Cast) -> list[ActorMention]:
    """Read bare surnames: of people of this article first, then of office holders of the day."""
    found = []
    doc = annotated.doc
    for token in doc:
        if token.i in taken or not token.text[:1].isupper() or token.text in NOT_NAMES:
            continue
        for length in (3, 2, 1):
            if token.i + length > len(doc) or taken.intersection(range(token.i, token.i + length)):
                continue
            actor = _surname_actor(annotated, token.i, length, cast)
            if actor is not None:
                cast.players[actor].named += 1
                found.append(mention_of(annotated, token.i, token.i + length, actor, cast))
                taken.update(range(token.i, token.i + length))
                break
    return found


def _surname_actor(annotated: Annotated, first: int, length: int, cast: Cast) -> str | None:
    doc = annotated.doc
    last = doc[first + length - 1]
    name = doc[first : first + length].text
    if name.isupper() and len(name) > 3:
        name = name.title()
    after = doc[first + length] if first + length < len(doc) else None
    if after is not None and after.text in PLACE_HEADS:
        return None
    title = _title_before(doc, first, cast)
    gender: Gender = (cast.table.titles[title].gender or "") if title else ""
    actor = cast.by_surname(name, gender)
    if actor is not None:
        return actor
    if length > 1 and not any(name_word in "-'’" for name_word in name):
        return _known_surname(name, cast)
    prominent = _known_surname(name, cast)
    plausible = title is not None or (
        last.ent_type_ in ("PERSON", "ORG", "") and last.tag_ == "NNP"
    )
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
