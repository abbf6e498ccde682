"""From the network's label scores to spans of words, and from an attribution's numbers to its confidence.

In: label logits of the words of a text.  Out: the best sequence of labels under the CRF, its spans, the labels'
marginals, and the chance that an attribution made of such spans (`attribution_arcs`) is right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Range = tuple[int, int]
"""Half-open range of word numbers."""

SOURCE, CUE, CONTENT = range(3)
FORBIDDEN = -1e4
SETTINGS = {
    "begin": 0.3,
    "least_arc": 0.05,
    "least_cue": 0.3,
    "split": 6.0,
    "least_confidence": 0.35,
    "least_read": 0.2,
}


@dataclass(frozen=True)
class Parameters:
    """The CRF's moves [7, 7] and start [7]; arc biases by distance [2, 41] and by paragraphs between [2, 9].

    `settings`: `begin`, added to the logits of a span's first word (more, shorter spans); `least_arc`, under which a
    content stays without a cue; `least_cue`, from which a word that contents point at is a cue though not labelled so;
    `split`, what it costs a content's words, in nats, to change their cue half-way; `least_confidence`, under which an attribution is dropped, and `least_read`, under which it
    is dropped though rules should find it too.  `confidence`: weights of the logistic function.
    """

    begin: Floats
    moves: Floats
    distance: Floats
    paragraph: Floats
    settings: Mapping[str, float]
    confidence: Mapping[str, float]

    @staticmethod
    def of(values: Mapping[str, Any]) -> Parameters:
        """Read from the decoded JSON; moves that cannot be (into the inside of another span) are forbidden."""
        moves, begin = np.array(values["moves"], np.float64), np.array(values["begin"], np.float64)
        for inside in (2, 4, 6):
            begin[inside] = FORBIDDEN
            moves[[i for i in range(7) if i not in (inside - 1, inside)], inside] = FORBIDDEN
        return Parameters(
            begin,
            moves,
            np.array(values["distance"], np.float64),
            np.array(values["paragraph"], np.float64),
            {**SETTINGS, **values.get("settings", {})},
            values.get("confidence", {}),
        )


@dataclass
class Group:
    """One attribution in words, and the probabilities its confidence is made of."""

    source: list[Range] = field(default_factory=list)
    cue: list[Range] = field(default_factory=list)
    content: list[Range] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)


def best_labels(logits: Floats, parameters: Parameters) -> list[int]:
    """Find the likeliest sequence of labels for logits [w, 7] (Viterbi)."""
    if not len(logits):
        return []
    logits = logits + parameters.settings["begin"] * np.array([0.0, 1, 0, 1, 0, 1, 0])
    moves = parameters.moves.T.copy()
    score, back, columns = parameters.begin + logits[0], [], np.arange(7)
    for row in logits[1:]:
        through = moves + score
        best = through.argmax(1)
        back.append(best)
        score = through[columns, best] + row
    labels = [int(score.argmax())]
    for best in reversed(back):
        labels.append(int(best[labels[-1]]))
    return labels[::-1]


def marginals(logits: Floats, parameters: Parameters) -> Floats:
    """Return each word's probability of each label, [w, 7], under the CRF."""
    if not len(logits):
        return np.zeros((0, 7))
    moves = np.exp(parameters.moves)
    emitted = np.exp(logits - logits.max(1, keepdims=True))
    ahead, behind = np.empty_like(emitted), np.ones_like(emitted)
    now = np.exp(parameters.begin) * emitted[0]
    for i in range(len(logits)):
        if i:
            now = (now @ moves) * emitted[i]
        now = now / now.sum()
        ahead[i] = now
    now = behind[-1]
    for i in range(len(logits) - 2, -1, -1):
        now = moves @ (emitted[i + 1] * now)
        now = now / now.sum()
        behind[i] = now
    both = ahead * behind
    return np.asarray(both / both.sum(1, keepdims=True), np.float64)


def spans_of(
    labels: Sequence[int], bare: Sequence[bool]
) -> tuple[list[Range], list[Range], list[Range]]:
    """List the spans of sources, cues and contents; words in `bare` (paragraph breaks) do not stand at an edge."""
    found: tuple[list[Range], list[Range], list[Range]] = ([], [], [])
    start, role = 0, -1
    for i, label in enumerate([*labels, 0]):
        inside = role >= 0 and label == 2 * role + 2
        if inside:
            continue
        if role >= 0:
            a, b = start, i
            while a < b and bare[a]:
                a += 1
            while a < b and bare[b - 1]:
                b -= 1
            if a < b:
                found[role].append((a, b))
        start, role = i, (label - 1) // 2 if label else -1
    return found


def _chance(values: Floats) -> float:
    """Return the mean of some probabilities as log odds, kept finite."""
    mean = min(max(float(values.mean()), 1e-4), 1 - 1e-4)
    return math.log(mean / (1 - mean))


def weigh(made: Group, sure: Floats, quoted: NDArray[np.bool_]) -> None:
    """Add to a group's features what the label marginals [w, 7] say of its spans; `quoted` [w]: between quotation marks."""

    def over(spans: Sequence[Range], role: int) -> float:
        rows = [sure[a:b, 2 * role + 1 : 2 * role + 3].sum(1) for a, b in spans]
        return _chance(np.concatenate(rows)) if rows else 0.0

    features = made.features
    for name in ("to_cue", "to_source"):
        features[name] = _chance(np.array([features[name]]))
    features["cue"], features["source"] = over(made.cue, CUE), over(made.source, SOURCE)
    features["content"] = over(made.content, CONTENT)
    features["begin"] = _chance(sure[[a for a, _ in made.content], 5])
    features["end"] = _chance(1 - sure[[min(b, len(sure) - 1) for _, b in made.content], 6])
    features["no_cue"], features["no_source"] = float(not made.cue), float(not made.source)
    features["pieces"] = float(len(made.content) > 1)
    features["quoted"] = float(np.mean(np.concatenate([quoted[a:b] for a, b in made.content])))


def confidence(made: Group, parameters: Parameters) -> float:
    """Return the chance that a group is right: its features through a logistic function fitted on held-out articles."""
    weights = parameters.confidence
    total = weights.get("bias", 0.0) + sum(
        weights.get(name, 0.0) * value for name, value in made.features.items()
    )
    return 1 / (1 + math.exp(-min(max(total, -30.0), 30.0)))
