"""Hard mentions of our own: whom they mean on the day, in ``cases/mentions.tsv``."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from articles import annotated
from onrecord.knowledge.actors import fold
from onrecord.knowledge.tables import read_table
from onrecord.parsing import ActorMention, Annotated

TABLE = Path(__file__).parent / "cases" / "mentions.tsv"


class Case(msgspec.Struct, frozen=True):
    """Words in a text of a day, whom they mean, and the country and sector of it."""

    words: str
    text: str
    published: str | None = None
    actors: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None


CASES = read_table(TABLE, Case)


def mentions_of(parsed: Annotated, words: str) -> list[ActorMention]:
    start = parsed.text.rindex(words)
    end = start + len(words)
    return [m for m in parsed.mentions if (m.span.start, m.span.end) == (start, end)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.words}-{case.published}")
def test_mention_means_whom_it_meant_that_day(case: Case) -> None:
    parsed = annotated(case.text, case.published)
    found = mentions_of(parsed, case.words)
    actors = [parsed.actors[a] for m in found for a in m.actors]
    names = sorted({fold(actor.name) for actor in actors})
    if case.actors or not case.country:
        assert names == sorted(fold(name) for name in case.actors)
    if case.country:
        assert case.country in {a.country for a in actors} | {m.country for m in found}
    if case.sector:
        assert case.sector in {a.sector for a in actors} | {m.sector for m in found}


def test_there_are_three_hundred_cases_and_more() -> None:
    assert len(CASES) >= 300
