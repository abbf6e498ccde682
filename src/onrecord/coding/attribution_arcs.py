"""Which spans belong together: contents to their cue, cues to their source, by the network's arcs.

In: spans of words and, for each window of the text, its words' arc vectors.  Out: one group of spans an attribution.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.coding.attribution_decoding import Floats, Group, Ints, Parameters, Range

ARC = 64
TO_CUE, TO_SOURCE = 0, 1
"""Kinds of arcs: from a content's words to their cue, from a cue's words to their source."""
FARTHEST = 1024
"""More words than a window holds."""
LEAST = 0.1
"""The least probable arc along which a head that nothing points at is given a dependent."""
BLOCK = 10
"""Rows of a product of arc vectors done at once."""

_DISTANCES = np.arange(-FARTHEST, FARTHEST + 1)
_BUCKETS = 20 + np.sign(_DISTANCES) * np.minimum(
    (2 * np.log2(np.maximum(np.abs(_DISTANCES), 1))).astype(np.int64) + (_DISTANCES != 0), 20
)


@lru_cache(maxsize=64)
def _buckets(length: int) -> Ints:
    """Return the bucket of the distance from each word of a window to each other, [words, words]."""
    words = np.arange(length)
    return np.asarray(_BUCKETS[words[None] - words[:, None] + FARTHEST], np.int64)


@dataclass(frozen=True)
class Part:
    """One window's numbers: words `start` to `end`, arc vectors [end - start, 260]."""

    start: int
    end: int
    arcs: NDArray[np.float32]


@dataclass(frozen=True)
class Arcs:
    """All windows of a text, and each word's paragraph."""

    parts: Sequence[Part]
    paragraph: Ints
    parameters: Parameters
    known: dict[int, Floats] = field(default_factory=dict, compare=False, repr=False)
    """The tables of whole windows for contents, by the window's first word: each is made once."""

    def tables(self, span: Range, kind: int) -> Iterator[tuple[int, int, Part, Floats]]:
        """Yield for each window its rows of the span (first, last word), itself, and the table of heads.

        The table [rows, 1 + window's words] says how probable each word of the window is as the head of each row;
        column 0: no word of this window.
        """
        for part in self.parts:
            first, last = max(span[0], part.start), min(span[1], part.end)
            if first < last:
                yield first, last, part, self._rows(first, last, part, kind)

    def _rows(self, first: int, last: int, part: Part, kind: int) -> Floats:
        """Return the table of some words; contents are asked for again and again, so theirs is made whole and kept."""
        if kind == TO_SOURCE:
            return self._table(first, last, part, kind)
        if part.start not in self.known:
            self.known[part.start] = self._table(part.start, part.end, part, kind)
        return self.known[part.start][first - part.start : last - part.start]

    def _table(self, first: int, last: int, part: Part, kind: int) -> Floats:
        rows = part.arcs[first - part.start : last - part.start]
        queries = rows[:, kind * ARC : (kind + 1) * ARC] / np.float32(math.sqrt(ARC))
        heads = part.arcs[:, (2 + kind) * ARC : (3 + kind) * ARC].T
        # a few rows at a time: a larger product would wake a second thread, and cost more than it saves
        blocks = [queries[i : i + BLOCK] @ heads for i in range(0, len(queries), BLOCK)]
        scores = np.concatenate(blocks) + part.arcs[:, 4 * ARC + 2 + kind]
        scores += self._bias(first, last, part, kind)
        table = np.concatenate([rows[:, 4 * ARC + kind, None], scores], 1)
        table -= table.max(1, keepdims=True)
        np.exp(table, out=table)
        table /= table.sum(1, keepdims=True)
        return table.astype(np.float64)

    def _bias(self, first: int, last: int, part: Part, kind: int) -> NDArray[np.float32]:
        """Return what distance and paragraph say of each word of the window as head of some, [rows, words]."""
        where = self.paragraph[part.start : part.end]
        step = np.clip(where[None] - self.paragraph[first:last, None], -4, 4) + 4
        values = self.parameters.distance[kind][:, None] + self.parameters.paragraph[kind][None]
        near = _buckets(part.end - part.start)[first - part.start : last - part.start]
        return np.asarray(
            values.astype(np.float32).ravel()[near * values.shape[1] + step], np.float32
        )

    def among(self, span: Range, heads: Sequence[Range], kind: int) -> Floats:
        """Return how probable each of `heads` is for each word of `span`, [words, heads]: the best over the windows."""
        out = np.zeros((span[1] - span[0], len(heads)))
        for first, last, part, table in self.tables(span, kind):
            columns = [j for j, (a, _) in enumerate(heads) if part.start <= a < part.end]
            chosen = table[:, [0, *(1 + heads[j][0] - part.start for j in columns)]]
            chosen = chosen[:, 1:] / np.maximum(chosen.sum(1, keepdims=True), 1e-12)
            here = slice(first - span[0], last - span[0])
            out[here, columns] = np.maximum(out[here, columns], chosen)
        return out


def unlabelled_cues(contents: Sequence[Range], cues: Sequence[Range], arcs: Arcs) -> list[Range]:
    """Find words outside `cues` at which a content's words point all the same, each a cue of one word."""
    taken = np.zeros(len(arcs.paragraph), np.bool_)
    for a, b in cues:
        taken[a:b] = True
    found: set[int] = set()
    for content in contents:
        best, word = arcs.parameters.settings["least_cue"], -1
        for _, _, part, table in arcs.tables(content, TO_CUE):
            mean = table[:, 1:].mean(0)
            if mean.max() > best:
                best, word = float(mean.max()), part.start + int(mean.argmax())
        if word >= 0 and not taken[word]:
            found.add(word)
    return [(word, word + 1) for word in found]


def _runs(chances: Floats, cost: float) -> list[tuple[int, int]]:
    """Cut rows [words, heads] into runs of one head each, a change costing `cost` nats (Viterbi)."""
    score, back = np.log(chances[0] + 1e-4), []
    stay = np.arange(chances.shape[1])
    for row in np.log(chances[1:] + 1e-4):
        best = int(score.argmax())
        back.append(np.where(score >= score[best] - cost, stay, best))
        score = np.maximum(score, score[best] - cost) + row
    path = [int(score.argmax())]
    for row in reversed(back):
        path.append(int(row[path[-1]]))
    path.reverse()
    edges = [0, *(i for i in range(1, len(path)) if path[i] != path[i - 1]), len(path)]
    return list(pairwise(edges))


def split_contents(
    contents: Sequence[Range], cues: Sequence[Range], arcs: Arcs
) -> list[tuple[Range, Floats]]:
    """Cut contents whose words change their cue half-way; each piece comes with its chances of each cue, [cues]."""
    found: list[tuple[Range, Floats]] = []
    for start, end in contents:
        chances = arcs.among((start, end), cues, TO_CUE)
        runs = [(0, end - start)]
        if int((chances.max(0, initial=0.0) > 0.3).sum()) > 1:
            runs = _runs(chances, arcs.parameters.settings["split"])
        found += [((start + a, start + b), chances[a:b].mean(0)) for a, b in runs]
    return found


def _head_of(chances: Floats, arcs: Arcs) -> int:
    """Return the number of the cue that a content most probably has, -1 where none is probable."""
    best = int(chances.argmax()) if len(chances) else -1
    return best if best >= 0 and chances[best] >= arcs.parameters.settings["least_arc"] else -1


def _leave_none_empty(heads: list[int], chances: Sequence[Floats]) -> None:
    """Give a head that nothing points at the likeliest dependent of a head that has several.

    Each cue has a content, and each source a cue. Where a sentence is built as the one before it,
    arcs waver between the two.
    """
    empty = set(range(len(chances[0]) if chances else 0)) - set(heads)
    likeliest = sorted(
        ((row[head], head, i) for i, row in enumerate(chances) for head in empty),
        reverse=True,
    )
    for chance, head, i in likeliest:
        if chance > LEAST and head in empty and heads.count(heads[i]) > 1:
            heads[i] = head
            empty.remove(head)


def group(spans: tuple[list[Range], list[Range], list[Range]], arcs: Arcs) -> list[Group]:
    """Put the contents of one cue together, and with the cue its source; contents without a cue stand alone."""
    sources, cues, contents = spans
    cues = sorted(cues + unlabelled_cues(contents, cues, arcs))
    found: dict[int, Group] = {}
    pieces = split_contents(contents, cues, arcs)
    heads = [_head_of(chances, arcs) for _, chances in pieces]
    _leave_none_empty(heads, [chances for _, chances in pieces])
    for (content, chances), best in zip(pieces, heads, strict=True):
        number = best if best >= 0 else -1 - content[0]
        made = found.setdefault(number, Group(cue=[cues[best]] if best >= 0 else []))
        made.content.append(content)
        sure = float(chances[best]) if best >= 0 else 0.0
        made.features["to_cue"] = min(made.features.get("to_cue", 1.0), sure)
    _add_sources(found, cues, sources, arcs)
    return [found[number] for number in sorted(found, key=lambda n: found[n].content[0])]


def _add_sources(
    found: Mapping[int, Group], cues: Sequence[Range], sources: Sequence[Range], arcs: Arcs
) -> None:
    """Give each cue's group the source that its cue points at, unless it rather points at none."""
    for made in found.values():
        made.features["to_source"] = 1.0
    numbers = [number for number in found if number >= 0] if sources else []
    chances = [arcs.among(cues[number], sources, TO_SOURCE).mean(0) for number in numbers]
    heads = []
    for number, row in zip(numbers, chances, strict=True):
        none, best = 1.0 - float(row.sum()), int(row.argmax())
        found[number].features["to_source"] = max(none, float(row[best]))
        heads.append(best if row[best] > none else -1)
    _leave_none_empty(heads, chances)
    for number, head in zip(numbers, heads, strict=True):
        if head >= 0:
            found[number].source = [sources[head]]
