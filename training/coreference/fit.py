"""Fit the weights of what speaks for an antecedent, and write ``pronoun_weights.tsv``.

``python training/coreference/fit.py [--shared DIR] [--articles N] [--held-out]``

Two sources teach "he" and "she". GAP (Apache-2.0) marks pronouns of Wikipedia with two names and
which of them is meant. The news of PolNeAR's training part has no such marks, but teaches itself:
where one person only of the pronoun's gender was named in the last six sentences, she is meant;
the ranker must learn to find her with genders hidden, also that of the pronoun before. The loss is
the negative log of the share of the candidates that name the right actor; it is weighed down by the
squares of the weights.
The weights for "they" and "it" are kept as they stand in the table. ``--held-out`` writes nothing,
but fits on half of GAP's development part and half of the news, and prints F1 on the rest.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from coreference import Snippet, actors_of, snippets
from onrecord.knowledge.tables import FOLDER
from onrecord.parsing import ActorMention, Annotated, coreference
from onrecord.parsing.antecedents import Candidate
from onrecord.reading.plain import document_from_text
from onrecord.record import Document
from shared import SHARED, need, read_lines

OUT = FOLDER / "parsing" / "pronoun_weights.tsv"
NEWS_WEIGHT = 1
PENALTY = 3.0
LEAST_SEEN = 4
BY_HAND = {"introduced": 1.2, "named in own words": -2.0}
Features = list[tuple[str, float]]


@dataclass(frozen=True)
class Example:
    """A pronoun: the features of its candidates, which are right, and GAP's two answers."""

    features: tuple[Features, ...]
    right: tuple[bool, ...]
    names: tuple[tuple[bool, bool], ...] = ()
    gold: tuple[bool, bool] = (True, False)


class Watcher(coreference.Resolver):
    """A resolver that notes the candidates of each pronoun and their features."""

    hidden = False

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.seen: list[tuple[ActorMention, list[tuple[Candidate, Features]]]] = []
        self.taught: list[Example] = []

    def rank(self, mention: ActorMention, token: object) -> list[tuple[float, Candidate]]:
        if mention.gender in ("m", "f"):
            self.seen.append((mention, [(c, f) for c, f, _ in self.described(mention, token)]))
            example = self.teach(mention, token)
            self.taught += [example] if example else []
        return super().rank(mention, token)

    def _gender_fit(self, wanted: str, candidate: Candidate) -> str:
        if not self.hidden:
            return super()._gender_fit(wanted, candidate)
        return "known" if self.cast.players[candidate.mention.actors[0]].gender else ""

    def teach(self, mention: ActorMention, token: object) -> Example | None:
        """Return the pronoun as an example if gender alone says whom it means."""
        here = self.scene.sentence_of[mention.head]
        right: set[str] = set()
        others = False
        for candidate in self.candidates:
            if candidate.start >= mention.span.start or candidate.place.sentence < here - 6:
                continue
            player = self.cast.players[candidate.mention.actors[0]]
            if player.actor.kind not in ("person", "unnamed") or len(candidate.mention.actors) > 1:
                continue
            if not player.gender and candidate.place.sentence >= here - 2:
                return None
            if player.gender == mention.gender:
                right.add(player.actor.id)
            others = others or player.gender not in ("", mention.gender)
        if len(right) != 1 or not others:
            return None
        known = self.salience.last
        latest = max(
            (known[k] for k in ("m", "f") if k in known), key=lambda pair: pair[1], default=None
        )
        self.hidden, self.salience.last = True, {k: latest for k in ("m", "f") if latest}
        found = [(c, f) for c, f, _ in self.described(mention, token)]
        self.hidden, self.salience.last = False, known
        marks = tuple(c.mention.actors[0] in right for c, _ in found)
        return Example(tuple(f for _, f in found), marks, tuple((m, False) for m in marks))


def watch(document: Document) -> tuple[Annotated, Watcher]:
    """Annotate a document and return it with the resolver that saw its pronouns."""
    from onrecord.parsing import annotate

    watchers: list[Watcher] = []

    def find(annotated: Annotated, cast: object) -> None:
        watchers.append(Watcher(annotated, cast))
        watchers[0].run()

    known = coreference.find_pronouns
    coreference.find_pronouns = find
    try:
        return annotate(document), watchers[0]
    finally:
        coreference.find_pronouns = known


def of_gap(rows: Iterable[Snippet]) -> Iterator[Example]:
    """Yield GAP's rows as examples."""
    for row in rows:
        size = len(row.text)
        document = Document(id=row.name, text=row.text, language="en", paragraphs=((0, size),))
        annotated, watcher = watch(document)
        first, second = (actors_of(annotated, span) for span, _ in row.candidates)
        gold = (row.candidates[0][1], row.candidates[1][1])
        found = next((f for m, f in watcher.seen if m.span == row.pronoun), [])
        names = tuple(
            (bool(first & set(c.mention.actors)), bool(second & set(c.mention.actors)))
            for c, _ in found
        )
        right = tuple(
            (gold[0] and a) or (gold[1] and b) if any(gold) else not (a or b) for a, b in names
        )
        yield Example(tuple(f for _, f in found), right, names, gold)


def of_news(shared: Path, articles: int) -> Iterator[Example]:
    """Yield the pronouns of PolNeAR's training part that teach themselves."""
    rows = read_lines(need(shared / "data" / "polnear" / "train.jsonl.gz"))
    for _, row in zip(range(articles), rows, strict=False):
        _, watcher = watch(document_from_text(row["text"]))
        yield from watcher.taught


def fit(examples: list[Example], steps: int = 300, rate: float = 0.05) -> dict[str, float]:
    """Return the weights that fit the examples, by Adam on the whole set."""
    seen = Counter(n for e in examples for f in e.features for n, _ in f)
    index = {name: i for i, name in enumerate(sorted(n for n in seen if seen[n] >= LEAST_SEEN))}
    usable = [e for e in examples if any(e.right) and not all(e.right)]
    entries = [
        (row, index[name], value)
        for row, found in enumerate(f for e in usable for f in e.features)
        for name, value in found if name in index
    ]  # fmt: skip
    rows, columns = (np.array([entry[k] for entry in entries]) for k in (0, 1))
    values = np.array([entry[2] for entry in entries])
    group = np.repeat(np.arange(len(usable)), [len(e.features) for e in usable])
    right = np.array([mark for e in usable for mark in e.right])
    weights, mean, square = (np.zeros(len(index)) for _ in range(3))
    starts = np.searchsorted(group, np.arange(len(usable)))
    for step in range(1, steps + 1):
        score = np.bincount(rows, weights=values * weights[columns], minlength=len(group))
        power = np.exp(score - np.maximum.reduceat(score, starts)[group])
        share = power / np.bincount(group, weights=power)[group]
        wanted = power * right
        wanted /= np.maximum(np.bincount(group, weights=wanted), 1e-12)[group]
        slope = np.bincount(columns, weights=values * (share - wanted)[rows], minlength=len(index))
        slope = (slope + PENALTY * weights) / len(usable)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: float(weights[i]) for name, i in index.items()}


def f1(examples: list[Example], weights: dict[str, float]) -> float:
    """Return F1 in percent over both names of each example."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for example in examples:
        said = (False, False)
        if example.features:
            scores = [sum(weights.get(n, 0.0) * v for n, v in f) for f in example.features]
            said = example.names[max(range(len(scores)), key=scores.__getitem__)]
        counts.update(zip(example.gold, said, strict=True))
    right = 2 * counts[True, True]
    return 100 * right / max(1, right + counts[True, False] + counts[False, True])


def write(weights: dict[str, float]) -> None:
    """Write the table: the weights for he and she, and those for they and it as they were."""
    other = coreference.pronoun_weights()[1]
    weights = {**weights, **BY_HAND}
    lines = [
        "# What speaks for an antecedent (positive) or against it (negative), in log odds: for he",
        "# and she as training/coreference/fit.py fitted it, for they and it as set by hand. So are",
        '# "introduced" and "named in own words", of which the data show too few.',
        "feature\tperson\tother",
    ]
    for name in sorted({n for n, w in weights.items() if abs(w) > 0.01} | set(other)):
        person = f"{weights[name]:.3f}" if abs(weights.get(name, 0.0)) > 0.01 else ""
        lines.append(f"{name}\t{person}\t{other.get(name, '')}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, and write the table or print how well half of the data predicts the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--articles", type=int, default=800)
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.shared / "data" / "gap"
    development = list(of_gap(snippets(need(folder / "gap-development.tsv"))))
    validation = list(of_gap(snippets(need(folder / "gap-validation.tsv"))))
    news = list(of_news(arguments.shared, arguments.articles))
    if arguments.held_out:
        half = len(news) // 2
        weights = fit(development[:1000] + NEWS_WEIGHT * news[:half])
        print(f"GAP development, second half: F1 {f1(development[1000:], weights):.1f}")
        print(f"GAP validation:               F1 {f1(validation, weights):.1f}")
        print(f"news, second half:            F1 {f1(news[half:], weights):.1f}")
        return
    write(fit(development + validation + NEWS_WEIGHT * news))


if __name__ == "__main__":
    main()
