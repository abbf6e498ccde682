"""The tagger: who is cited, the words that say so, what they say, and which words tell political acts.

In: a text.  Out: `TaggedAttribution`s with spans in code points of that text, and for each word the chances that it
tells an act of each PLOVER type.  A small encoder (int8 ONNX, one window at
a time, so that a text's result never hangs on its neighbours) labels words and draws arcs; `attribution_decoding` reads
them.  Model files are checked against their hashes before they are opened.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.coding.attribution_arcs import Arcs, Part, group
from onrecord.coding.attribution_decoding import (
    Floats,
    Group,
    Ints,
    Parameters,
    Range,
    best_labels,
    confidence,
    marginals,
    spans_of,
    weigh,
)
from onrecord.coding.model_files import checked_files, one_thread_session
from onrecord.coding.tagger_input import case_of, quote_states
from onrecord.coding.wordpiece import BREAK, CLS, SEP, Word, WordPiece
from onrecord.record import EventType

if TYPE_CHECKING:
    import onnxruntime

    from onrecord.parsing.annotated import Annotated

MODEL_DIR = Path(__file__).resolve().parent.parent / "models" / "attributions"
WINDOW = 382
"""Pieces in one window, [CLS] and [SEP] apart: as in training."""
OVERLAP = 104
"""Pieces that neighbouring windows share at least."""
CASES = 3
ACTS: tuple[EventType, ...] = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT",
)  # fmt: skip
"""The types of acts in the order of the network's scores, behind the score of no act."""

Pair = tuple[int, int]
Window = tuple[int, int]
_LINE_END = re.compile(r"[\r\n]")


@dataclass(frozen=True)
class TaggedAttribution:
    """Spans are half-open, in code points of the text given; `confidence` is the calibrated chance that it is right."""

    source: list[Pair]
    cue: list[Pair]
    content: list[Pair]
    confidence: float


@dataclass(frozen=True)
class ActChances:
    """For each word (half-open, in code points) the chance of no act and of each of `ACTS`: [words, 17]."""

    starts: Ints
    ends: Ints
    chances: NDArray[np.float32]

    def between(self, start: int, end: int) -> NDArray[np.float32]:
        """Return the rows of the words that share a code point with `[start, end)`."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        last = int(np.searchsorted(self.starts, end, side="left"))
        return self.chances[first:last]


@dataclass(frozen=True)
class Reading:
    """What the network makes of one text."""

    attributions: list[TaggedAttribution]
    acts: ActChances


def _lined(text: str, paragraphs: Sequence[Pair] | None) -> str:
    """Return the text, no longer and no shorter, with a line end between paragraphs and none within."""
    if paragraphs is None:
        return text
    parts, last = [], 0
    for start, end in sorted(paragraphs):
        start, end = max(start, last), min(end, len(text))
        if start >= end:
            continue
        gap = text[last:start]
        if last and gap and not _LINE_END.search(gap):
            gap = gap[:-1] + "\n" if gap[-1].isspace() else gap
        parts += [gap, _LINE_END.sub(" ", text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def _windows(words: Sequence[Word]) -> list[Window]:
    """Half-open word ranges of at most `WINDOW` pieces, each sharing about `OVERLAP` pieces with the next."""
    ends = np.cumsum([len(word.pieces) for word in words])
    found: list[Window] = []
    start = 0
    while True:
        before = int(ends[start - 1]) if start else 0
        end = int(np.searchsorted(ends, before + WINDOW, side="right"))
        found.append((start, end))
        if end >= len(words):
            return found
        start = max(
            start + 1, int(np.searchsorted(ends, int(ends[end - 1]) - OVERLAP, side="right"))
        )


class AttributionTagger:
    """The model of one folder.  `tag` is deterministic, and linear in the length of the text."""

    def __init__(self, model_dir: Path) -> None:
        """Check the files in `model_dir`; raises `ModelError`."""
        files = checked_files(model_dir, ("model.onnx", "vocab.txt", "decoding.json"))
        self._words = WordPiece(files["vocab.txt"].decode("utf-8"))
        self._parameters = Parameters.of(json.loads(files["decoding.json"]))
        self._model = files["model.onnx"]

    @functools.cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return one_thread_session(self._model)

    def tag(self, text: str, paragraphs: Sequence[Pair] | None = None) -> list[TaggedAttribution]:
        """Find the attributions of `text` in the order of their contents; line ends are paragraph breaks unless `paragraphs` are given."""
        least = self._parameters.settings["least_confidence"]
        found = self.read(text, paragraphs).attributions
        return [made for made in found if made.confidence >= least]

    def read(self, text: str, paragraphs: Sequence[Pair] | None = None) -> Reading:
        """Find the attributions of `text`, the doubtful too, and the chances of its words to tell an act."""
        words, found, acts = self.groups(text, paragraphs)
        placed = [self._placed(made, words) for made in found]
        least = self._parameters.settings["least_read"]
        powers = np.exp(acts - acts.max(1, keepdims=True)) if len(words) else acts
        chances = ActChances(
            np.array([word.start for word in words], np.int64),
            np.array([word.end for word in words], np.int64),
            (powers / powers.sum(1, keepdims=True)).astype(np.float32),
        )
        return Reading([made for made in placed if made.confidence >= least], chances)

    def groups(
        self, text: str, paragraphs: Sequence[Pair] | None = None
    ) -> tuple[list[Word], list[Group], Floats]:
        """Return the words of `text`, its attributions as groups of word spans with the features of their confidence, and act logits [words, 17]."""
        lined = _lined(text, paragraphs)
        words = self._words.words(lined)
        if not words:
            return [], [], np.zeros((0, 1 + len(ACTS)))
        states = np.frombuffer(quote_states(lined), np.uint8).astype(np.int64)[
            [word.start for word in words]
        ]
        cases = np.array([case_of(lined[word.start : word.end]) for word in words], np.int64)
        logits, acts, parts = self._read(words, states * CASES + cases)
        breaks = [word.pieces == (BREAK,) for word in words]
        arcs = Arcs(parts, np.cumsum(breaks), self._parameters)
        found = group(spans_of(best_labels(logits, self._parameters), breaks), arcs)
        sure = marginals(logits, self._parameters)
        for made in found:
            weigh(made, sure, states > 0)
        return words, found, acts

    def _read(self, words: Sequence[Word], kinds: Ints) -> tuple[Floats, Floats, list[Part]]:
        """Return logits of labels [words, 7] and of acts [words, 17], and arcs by window.

        Where windows overlap the logits are a mean, each window weighing the more the farther the word is from its edge.
        """
        logits, weights = np.zeros((len(words), 7 + 1 + len(ACTS))), np.zeros((len(words), 1))
        parts = []
        for start, end in _windows(words):
            labels, arcs, acts = self._run(words[start:end], kinds[start:end])
            parts.append(Part(start, end, arcs))
            places = np.arange(start, end)
            left = places - start + 1 if start else np.full(end - start, WINDOW)
            right = end - places if end < len(words) else np.full(end - start, WINDOW)
            weight = np.minimum(left, right)[:, None]
            logits[start:end] += weight * np.concatenate([labels, acts], 1)
            weights[start:end] += weight
        logits /= weights
        return logits[:, :7], logits[:, 7:], parts

    def _run(
        self, words: Sequence[Word], kinds: Ints
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """One window through the network: labels [words, 7], arcs [words, 260] and acts [words, 17]."""
        counts = np.array([len(word.pieces) for word in words])
        feed: dict[str, Any] = {
            "ids": np.array(
                [CLS, *(piece for word in words for piece in word.pieces), SEP], np.int64
            ),
            "kinds": np.concatenate([[0], np.repeat(kinds, counts), [0]]).astype(np.int64),
            "first": 1 + np.cumsum(counts) - counts,
        }
        labels, arcs, acts = self._session.run(["labels", "arcs", "acts"], feed)
        return labels, arcs, acts

    def _placed(self, made: Group, words: Sequence[Word]) -> TaggedAttribution:
        """Turn the group's word spans into code points."""

        def place(spans: Sequence[Range]) -> list[Pair]:
            return [(words[a].start, words[b - 1].end) for a, b in spans]

        return TaggedAttribution(
            place(made.source),
            place(made.cue),
            place(made.content),
            confidence(made, self._parameters),
        )


@functools.lru_cache(maxsize=1)
def load_tagger() -> AttributionTagger:
    """Load the tagger shipped with onrecord."""
    return AttributionTagger(MODEL_DIR)


def read_document(annotated: Annotated) -> Reading:
    """Return what the shipped tagger reads in a document."""
    blocks = sorted([*annotated.document.headings, *annotated.document.paragraphs])
    return _reading(annotated.text, tuple(blocks))


@functools.lru_cache(maxsize=1)
def _reading(text: str, blocks: tuple[Pair, ...]) -> Reading:
    """Return what the tagger reads, and keep it for the next stage of the same document."""
    return load_tagger().read(text, blocks)
