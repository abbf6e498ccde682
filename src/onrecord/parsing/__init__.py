"""Annotated text: sentences and syntax, actors and whom pronouns mean, times, numbers, places.

In: a ``Document``. Out: an :class:`Annotated`, the one thing that ``coding/`` reads.
"""

from __future__ import annotations

from onrecord.parsing.annotated import ActorMention, Annotated, Quotation, Sentence
from onrecord.record import Document

__all__ = ["ActorMention", "Annotated", "Quotation", "Sentence", "annotate"]


def annotate(document: Document) -> Annotated:
    """Parse a document: sentences, syntax, quotations, actors, times, quantities, places."""
    from onrecord.parsing.cast import Cast, name_as_written
    from onrecord.parsing.coreference import find_pronouns
    from onrecord.parsing.headline_case import in_sentence_case
    from onrecord.parsing.names import find_names
    from onrecord.parsing.nominals import find_nominals
    from onrecord.parsing.places import find_places
    from onrecord.parsing.quantities import find_quantities
    from onrecord.parsing.quotations import find_quotations
    from onrecord.parsing.syntax import parse
    from onrecord.parsing.tense import tense_at
    from onrecord.parsing.times import find_times

    doc, sentences = parse(document, in_sentence_case(document))
    annotated = Annotated(document, doc, sentences, find_quotations(document))
    cast = Cast(document)
    annotated.mentions = find_names(annotated, cast)
    annotated.mentions += find_nominals(annotated, cast)
    annotated.mentions.sort(key=lambda mention: (mention.span, -mention.last))
    find_pronouns(annotated, cast)
    name_as_written(cast, annotated.mentions, document.text)
    annotated.actors = {name: player.actor for name, player in cast.players.items()}
    blocks = sorted([*document.headings, *document.paragraphs])
    annotated.times = find_times(
        document.text,
        anchor=document.published,
        spans=blocks,
        tense_at=lambda offset: tense_at(annotated, offset),
    )
    annotated.quantities = find_quantities(document.text, times=annotated.times, spans=blocks)
    annotated.places = find_places(annotated)
    return annotated
