"""How a row's people, words and days are put into text, alike on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.record import Record, Span, When


def names_of(record: Record, actors: Iterable[str], *, countries: bool = False) -> str:
    """Return the names of actors, by comma; with their country where they are no state, if asked."""
    known = {actor.id: actor for actor in record.actors}
    names = []
    for identifier in actors:
        actor = known[identifier]
        placed = countries and actor.country and actor.kind != "state"
        names.append(f"{actor.name} ({actor.country})" if placed else actor.name)
    return ", ".join(names)


def words_of(record: Record, spans: Iterable[Span]) -> str:
    """Return the words of spans on one line, an ellipsis between two."""
    return " … ".join(" ".join(span.of(record.document.text).split()) for span in spans)


def days_of(when: When | None) -> str | None:
    """Return a day, or the first and last of several; none if unknown."""
    if when is None or when.start is None or when.end is None:
        return None
    first, last = when.start[:10], when.end[:10]
    return first if first == last else f"{first} to {last}"
