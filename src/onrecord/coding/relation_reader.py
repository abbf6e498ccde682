"""The relation encoder: how likely each PLOVER type is of what one marked actor does to another.

In: a text, and the spans of source and target.  Out: a chance for each of the sixteen types.  A small
encoder (int8 ONNX, one pair at a time) reads the words around the two with a mark before and behind
each.  Its files are checked against their hashes before they are opened.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np

from onrecord.coding.model_files import checked_files, one_thread_session
from onrecord.coding.tagger import ACTS
from onrecord.coding.tagger import MODEL_DIR as TAGGER_DIR
from onrecord.coding.wordpiece import CLS, SEP, WordPiece
from onrecord.errors import OnrecordError
from onrecord.record import EventType, Span

if TYPE_CHECKING:
    import onnxruntime

MODEL_DIR = Path(__file__).resolve().parent.parent / "models" / "relation"
TYPES = ACTS
"""The types in the order of the network's scores."""
SOURCE, SOURCE_END, TARGET, TARGET_END = 3, 4, 5, 6
"""Ids of [unused2] to [unused5], which stand for the marks."""
LONGEST = 160
"""Pieces read at most, [CLS] and [SEP] apart."""
_AROUND = 1200

Mark = tuple[int, int]


def marks_of(source: Span, target: Span) -> list[Mark]:
    """Return the marks of a pair, each with its place in the text, in the order of the text."""
    ends = [(source.end, SOURCE_END), (target.end, TARGET_END)]
    starts = [(source.start, SOURCE), (target.start, TARGET)]
    return sorted([*ends, *starts], key=lambda mark: (mark[0], mark in starts))


def marked_pieces(text: str, marks: Sequence[Mark], words: WordPiece) -> list[int]:
    """Return the piece ids of a text with marks, [CLS] and [SEP] around them.

    A text of more than ``LONGEST`` pieces is cut evenly on both sides of the marks.
    """
    ids: list[int] = []
    at = 0
    for place, mark in marks:
        ids += _pieces(text[at:place], words)
        ids.append(mark)
        at = place
    ids += _pieces(text[at:], words)
    if len(ids) > LONGEST:
        places = [i for i, piece in enumerate(ids) if SOURCE <= piece <= TARGET_END]
        middle = (places[0] + places[-1]) // 2 if places else 0
        first = max(0, min(middle - LONGEST // 2, len(ids) - LONGEST))
        ids = ids[first : first + LONGEST]
    return [CLS, *ids, SEP]


def _pieces(text: str, words: WordPiece) -> list[int]:
    return [piece for word in words.words(text) for piece in word.pieces]


class RelationReader:
    """The model of one folder; ``chances`` is deterministic."""

    def __init__(self, model_dir: Path, vocab_dir: Path) -> None:
        """Check the files in both folders; raises ``OnrecordError``."""
        self._model = checked_files(model_dir, ("model.onnx",))["model.onnx"]
        vocab = checked_files(vocab_dir, ("vocab.txt",))["vocab.txt"]
        self._words = WordPiece(vocab.decode("utf-8"))

    @functools.cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return one_thread_session(self._model)

    def chances(self, text: str, source: Span, target: Span) -> dict[EventType, float]:
        """Return the chance of each type, all together one."""
        if not (0 <= source.start < source.end and 0 <= target.start < target.end):
            raise OnrecordError("source and target want at least one character each")
        first = max(0, min(source.start, target.start) - _AROUND)
        last = max(source.end, target.end) + _AROUND
        marks = [(place - first, mark) for place, mark in marks_of(source, target)]
        ids = marked_pieces(text[first:last], marks, self._words)
        logits = self._session.run(
            ["logits"], {"ids": np.array(ids, np.int64), "pools": pools(ids)}
        )[0][0]
        powers = np.exp(logits - logits.max())
        return dict(zip(TYPES, (float(p) for p in powers / powers.sum()), strict=True))


def pools(ids: Sequence[int]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return the weights [4, n] of the four means read: [CLS], all, the marks of source and target."""
    row = np.array(ids)
    weights = np.stack([
        np.arange(len(row)) == 0, np.ones(len(row)), row == SOURCE, row == TARGET
    ]).astype(np.float32)  # fmt: skip
    return np.asarray(weights / np.maximum(weights.sum(1, keepdims=True), 1))


@functools.lru_cache(maxsize=1)
def load_reader() -> RelationReader:
    """Load the encoder shipped with onrecord."""
    if set(TYPES) != set(get_args(EventType)):
        raise OnrecordError("the relation encoder's types are not those of a record")
    return RelationReader(MODEL_DIR, TAGGER_DIR)
