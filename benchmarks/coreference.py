"""Pronouns: F1 on GAP's development set, scored as GAP scores it.

``python benchmarks/coreference.py [--shared DIR] [--errors N]``

GAP marks one pronoun and two names in a snippet of Wikipedia, and says of each name whether the
pronoun means it. A name is answered "yes" where our mention of the pronoun shares an actor with a
mention that is headed by a word of the name, or, if there is none, with one that overlaps it. Each
pronoun gives two answers; precision, recall and F1 are over all of them.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.parsing import Annotated, annotate
from onrecord.record import Document, Span
from shared import SHARED, need

_FEMININE = frozenset({"she", "her", "hers"})


class Snippet(msgspec.Struct, frozen=True):
    """One row of GAP: a text, a pronoun in it, and two names with whether it means them."""

    name: str
    text: str
    pronoun: Span
    candidates: tuple[tuple[Span, bool], tuple[Span, bool]]


class Answer(msgspec.Struct, frozen=True):
    """What we said of one snippet: of each name yes or no, and whom else the pronoun was given."""

    snippet: Snippet
    yes: tuple[bool, bool]
    given: tuple[str, ...]


def snippets(path: Path) -> Iterator[Snippet]:
    """Yield the rows of a GAP file."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            first, second = (
                (_span(row[letter], row[f"{letter}-offset"]), row[f"{letter}-coref"] == "TRUE")
                for letter in "AB"
            )
            pronoun = _span(row["Pronoun"], row["Pronoun-offset"])
            yield Snippet(row["ID"], row["Text"], pronoun, (first, second))


def _span(words: str, offset: str) -> Span:
    return Span(int(offset), int(offset) + len(words))


def answer(snippet: Snippet) -> Answer:
    """Resolve the pronoun of one snippet."""
    size = len(snippet.text)
    document = Document(id=snippet.name, text=snippet.text, language="en", paragraphs=((0, size),))
    annotated = annotate(document)
    given = pronoun_actors(annotated, snippet.pronoun)
    first, second = (bool(given & actors_of(annotated, span)) for span, _ in snippet.candidates)
    names = tuple(sorted(annotated.actors[actor].name for actor in given))
    return Answer(snippet, (first, second), names)


def pronoun_actors(annotated: Annotated, pronoun: Span) -> set[str]:
    """Return the actors that the pronoun at this place is said to mean."""
    found = [m for m in annotated.mentions if m.how == "pronoun" and m.span.overlaps(pronoun)]
    return {actor for mention in found for actor in mention.actors}


def actors_of(annotated: Annotated, name: Span) -> set[str]:
    """Return the actors of the mentions headed by a word of a name, else of those overlapping it."""
    near = [m for m in annotated.mentions if m.how != "pronoun" and m.span.overlaps(name)]
    headed = [m for m in near if name.start <= annotated.doc[m.head].idx < name.end]
    return {actor for mention in headed or near for actor in mention.actors}


def score(answers: list[Answer]) -> dict[str, float]:
    """Return precision, recall and F1 in percent, F1 by gender, and bias (feminine / masculine)."""
    counts: dict[str, Counter[str]] = {
        "": Counter(),
        "feminine ": Counter(),
        "masculine ": Counter(),
    }
    for one in answers:
        pronoun = one.snippet.pronoun.of(one.snippet.text).lower()
        gender = "feminine " if pronoun in _FEMININE else "masculine "
        for (_, gold), said in zip(one.snippet.candidates, one.yes, strict=True):
            kind = {(True, True): "right", (False, True): "extra", (True, False): "missed"}.get(
                (gold, said), "left"
            )
            counts[""][kind] += 1
            counts[gender][kind] += 1
    right, extra, missed = (counts[""][kind] for kind in ("right", "extra", "missed"))
    figures = {
        "precision": 100 * right / max(1, right + extra),
        "recall": 100 * right / max(1, right + missed),
    }
    figures |= {f"{gender}F1": _f1(count) for gender, count in counts.items()}
    figures["bias"] = figures["feminine F1"] / max(1e-9, figures["masculine F1"])
    return figures


def _f1(count: Counter[str]) -> float:
    both = 2 * count["right"]
    return 100 * both / max(1, both + count["extra"] + count["missed"])


def group(one: Answer) -> str | None:
    """Return the kind of error in an answer, or none if both names are answered rightly."""
    wanted = tuple(gold for _, gold in one.snippet.candidates)
    if wanted == one.yes:
        return None
    if not one.given:
        return "left unresolved"
    if not any(wanted):
        return "a candidate, where neither is meant"
    if not any(one.yes):
        return "somebody else than the two"
    return "the other candidate" if wanted == one.yes[::-1] else "both candidates"


def answers_of(shared: Path = SHARED, part: str = "development") -> list[Answer]:
    """Answer all snippets of a part of GAP. Raises ``MissingData`` where it is not there."""
    return [answer(one) for one in snippets(need(shared / "data" / "gap" / f"gap-{part}.tsv"))]


def run(shared: Path = SHARED) -> dict[str, float]:
    """Return the figures of GAP's development set."""
    return score(answers_of(shared))


def main() -> None:
    """Print the figures, and with ``--errors`` the first wrong answers with their kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--part", choices=("development", "validation"), default="development")
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    begun = time.process_time()
    answers = answers_of(arguments.shared, arguments.part)
    print(f"{time.process_time() - begun:.0f} CPU-seconds")
    for name, value in score(answers).items():
        print(f"{name:20s} {value:8.2f}")
    wrong = [(kind, one) for one in answers if (kind := group(one))]
    for kind, number in Counter(kind for kind, _ in wrong).most_common():
        print(f"{number:6d}  {kind}")
    for kind, one in wrong[:: max(1, len(wrong) // max(1, arguments.errors))][: arguments.errors]:
        text = one.snippet.text
        wanted = [span.of(text) for span, gold in one.snippet.candidates if gold]
        start, end = one.snippet.pronoun.start, one.snippet.pronoun.end
        shown = f"{text[:start]}[[{text[start:end]}]]{text[end : end + 80]}"
        print(f"\n{one.snippet.name}: {kind}: wanted {wanted}, given {list(one.given)}\n  {shown}")


if __name__ == "__main__":
    main()
