"""Full names of people that the tables do not hold."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.knowledge.actors import fold, surname
from onrecord.knowledge.first_names import first_names
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.cast import Cast
from onrecord.parsing.known_names import Match
from onrecord.parsing.name_words import NOT_NAMES, PLACE_HEADS, mention_of
from onrecord.parsing.syntax import is_dictionary_word


def people_in(doc: Doc, matches: list[Match], cast: Cast) -> Iterator[tuple[int, int]]:
    """Yield token ranges of full names of people that the table does not hold."""
    taken = {
        i for m in matches if any(c.actor.startswith("person/") for c in m.candidates)
        and not _of_another(doc, m) for i in range(m.first, m.last)
    }  # fmt: skip
    bounds = sorted(
        (first, _hyphened(doc, last))
        for first, last in {
            trimmed(doc, ent.start, ent.end, cast) for ent in doc.ents if ent.label_ == "PERSON"
        }
        | set(_by_first_name(doc, cast))
        | set(_by_surname(doc, cast))
        | set(_by_apposition(doc, cast))
    )
    end = -1
    for first, last in bounds:
        if last - first < 2 or first < end or taken.intersection(range(first, last)):
            continue
        if "\n" in doc[first:last].text or not _name_like(doc, first, last):
            continue
        yield first, last
        end = last


def _hyphened(doc: Doc, last: int) -> int:
    """Return the end of a name with what hyphens join to it: "Kim Jae-ho", "Ann Lee-Smith"."""
    while last + 1 < len(doc) and _joins(doc[last]) and doc[last + 1].ent_type_ == "PERSON":
        last += 2
    return last


def _joins(token: Token) -> bool:
    apart = token.whitespace_ or (token.i and token.nbor(-1).whitespace_)
    return token.text == "-" and token.ent_type_ == "PERSON" and not apart


def _of_another(doc: Doc, match: Match) -> bool:
    """Tell whether a known surname ends a full name that is not the known person's: "Anura Bandaranaike"."""
    word, name = doc[match.first - 1] if match.first else None, doc[match.first]
    if word is None or match.last - match.first > 1 or name.ent_type_ != "PERSON":
        return False
    given = word.ent_type_ == "PERSON" and word.text.istitle() and word.tag_ == "NNP"
    return given and name.ent_iob_ == "I" and not is_dictionary_word(word.lower_)


def _by_apposition(doc: Doc, cast: Cast) -> Iterator[tuple[int, int]]:
    """Yield the capitalised words in "his lawyer, Gonzalo Peredo," whatever the recogniser says."""
    for name in doc:
        if name.dep_ != "appos" or name.tag_ != "NNP" or not _is_name_word(name):
            continue
        noun, first = name.head, name.i
        while first and doc[first - 1].head.i == name.i and _is_name_word(doc[first - 1]):
            first -= 1
        if not 2 <= name.i + 1 - first <= 4 or doc[first - 1].text != ",":
            continue
        if doc[first - 2].i == noun.i and noun.tag_ == "NN" and _is_person_noun(noun, cast):
            yield first, name.i + 1


def _is_person_noun(noun: Token, cast: Cast) -> bool:
    agent = cast.table.agents.get(noun.lower_)
    return noun.lower_ in cast.table.titles or (agent is not None and agent.kind == "person")


def trimmed(doc: Doc, first: int, last: int, cast: Cast) -> tuple[int, int]:
    """Cut titles from the front and possessives and marks from the end of a name."""
    while first < last and (
        doc[first].text.lower().rstrip(".") in cast.table.titles or not doc[first].text[:1].isalpha()
        or doc[first].text in NOT_NAMES
    ):  # fmt: skip
        first += 1
    while last > first and (
        doc[last - 1].text in ("’s", "'s", "’", "'") or not doc[last - 1].text[:1].isalpha()
    ):
        last -= 1
    if last - first == 2 and _only_adjoins(doc[first], doc[first + 1], cast):
        first += 1
    return first, last


def _only_adjoins(word: Token, name: Token, cast: Cast) -> bool:
    """Tell whether a headline's word stands before a surname by chance: "Derelict Obama"."""
    return (
        word.text not in first_names() and len(word) > 2 and is_dictionary_word(word.lower_)
        and fold(name.text) in cast.table.surnames
    )  # fmt: skip


def _by_surname(doc: Doc, cast: Cast) -> Iterator[tuple[int, int]]:
    """Yield a word nobody knows with a surname the tables know: "Ivanka Trump"."""
    for index in range(1, len(doc)):
        word, name = doc[index - 1], doc[index]
        if (
            not (word.text.istitle() and name.text.istitle())
            or name.text not in cast.table.surnames
        ):
            continue
        ordinary = word.tag_ != "NNP" or name.tag_ != "NNP" or word.text in NOT_NAMES
        if ordinary or len(word.text) < 3 or word.lower_ in cast.table.titles:
            continue
        if is_dictionary_word(word.lower_) or cast.table.candidates(word.text):
            continue
        known = cast.prominent(name.text, anywhere=True) is not None
        if known and word.ent_type_ not in ("GPE", "NORP", "LOC"):
            yield index - 1, index + 1


def _by_first_name(doc: Doc, cast: Cast) -> Iterator[tuple[int, int]]:
    known = first_names()
    for token in doc[: max(len(doc) - 1, 0)]:
        if token.text not in known or token.text in NOT_NAMES or token.ent_type_ in ("GPE", "LOC"):
            continue
        last = token.i + 1
        while last < len(doc) and last - token.i < 4 and _is_name_word(doc[last]):
            last += 1
        inner = range(token.i + 1, last if last - token.i > 2 else last - 1)
        offices = any(doc[i].lower_ in cast.table.titles for i in inner)
        ranked = token.lower_ in cast.table.titles and last - token.i > 2  # "Major Felix Otim"
        if last - token.i >= 2 and not offices:
            yield token.i + ranked, last


def _is_name_word(token: Token) -> bool:
    text = token.text
    return (
        text[:1].isupper() and token.tag_ in ("NNP", "NN") and text not in NOT_NAMES
        and text not in PLACE_HEADS and (len(text) > 1) and not (text.isupper() and len(text) > 3)
    ) or (len(text) == 2 and text[1] == "." and text[0].isupper())  # fmt: skip


def _name_like(doc: Doc, first: int, last: int) -> bool:
    words = [doc[i] for i in range(first, last)]
    if words[-1].text in PLACE_HEADS or words[0].text in NOT_NAMES:
        return False
    if last < len(doc) and doc[last].text in PLACE_HEADS:
        return False
    return all(
        w.text[:1].isupper() or (w.i > first and _joins(w.nbor(-1))) or w.text.lower() in ("de", "van", "der", "von", "bin", "al", "el", "-",
        "’", "'", "da", "la", "ibn", "del", "di", "dos")
        for w in words
    ) and not all(w.text.isupper() and len(w.text) > 1 for w in words)  # fmt: skip


def new_person(annotated: Annotated, first: int, last: int, cast: Cast) -> ActorMention:
    """Enter a person whom the tables do not hold, or one already met, and return the mention."""
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
    return mention_of(annotated, first, last, player.actor.id, cast)
