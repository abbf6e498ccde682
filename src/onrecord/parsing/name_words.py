"""What all readers of names share: words that are no names, and the mention of a name."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.knowledge.parsing import word_list
from onrecord.parsing.annotated import ActorMention, Annotated, Gender
from onrecord.parsing.cast import Cast
from onrecord.record import Span

NOT_NAMES = word_list("no name")


PLACE_HEADS = word_list("named after")


def mention_of(annotated: Annotated, first: int, last: int, actor: str, cast: Cast) -> ActorMention:
    """Return the mention of ``actor`` by the tokens ``[first, last)``."""
    player = cast.players[actor]
    kind = player.actor.kind
    gender: Gender = player.gender if kind == "person" else "n"
    head = _head(annotated.doc, first, last)
    mention = ActorMention(
        Span(annotated.doc[first].idx, annotated.doc[last - 1].idx + len(annotated.doc[last - 1])),
        first, last, head, "name", (actor,), gender,
        country=player.actor.country, sector=player.actor.sector,
    )  # fmt: skip
    if kind in ("group", "armed group") or (
        kind == "organisation" and is_plural(annotated.doc[last - 1])
    ):
        mention.number = "plural"
    return mention


def _head(doc: Doc, first: int, last: int) -> int:
    """Return the token of the range whose syntactic head lies outside it."""
    for index in range(last - 1, first - 1, -1):
        if not first <= doc[index].head.i < last or doc[index].head.i == index:
            return index
    return last - 1


def is_plural(token: Token) -> bool:
    """Tell whether the word that heads a mention is plural."""
    return token.tag_ in ("NNS", "NNPS")
