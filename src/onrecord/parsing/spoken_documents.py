"""Documents that "it" may mean where it speaks: "The lawsuit was filed on Monday. It accuses …"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.knowledge.actors import actor_table
from onrecord.parsing.annotated import ActorMention, Annotated
from onrecord.parsing.cast import Cast
from onrecord.parsing.syntax import lemma


def spoken_documents(annotated: Annotated, cast: Cast, taken: set[int]) -> Iterator[ActorMention]:
    """Yield the documents that are subjects in the reporter's own words, as tentative actors.

    ``taken`` are the heads of mentions that already have an actor.
    """
    for token in annotated.doc:
        subject = token.tag_ == "NN" and token.dep_ in ("nsubj", "nsubjpass")
        if not subject or token.i in taken or not is_document(token):
            continue
        if annotated.quoted(token.idx) is None:
            known = len(cast.players)
            player = cast.local(lemma(token), "unnamed")
            player.tentative = player.tentative or len(cast.players) > known
            yield ActorMention(
                annotated.span_of(token.i, token.i + 1), token.i, token.i + 1, token.i, "nominal",
                (player.actor.id,), "n", generic=True,
            )  # fmt: skip


def is_document(token: Token) -> bool:
    """Tell whether a noun is one for a document, as the tables of actors have it."""
    agent = actor_table().agent(token.text, lemma(token))
    return agent is not None and agent.kind == "document"
