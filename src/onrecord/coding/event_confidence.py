"""How sure an event row is: a logistic function of what the patterns and the network say of it.

The weights stand in ``knowledge/plover/confidence.tsv``; ``training/acts/confidence.py`` fits them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from onrecord.knowledge.plover import confidence_weights

if TYPE_CHECKING:
    from onrecord.coding.event_rows import Row

_MOST = 4.0
"""The log odds of the network's chance are kept within this."""


def evidence(row: Row) -> dict[str, float]:
    """Return what speaks for and against a row, by the names of the table of weights."""
    view = row.view
    seen = _log_odds(view.chance(row.pattern.type)) if view is not None else 0.0
    return {
        "bias": 1.0,
        "network alone": float(row.learned),
        "chance beside a pattern": 0.0 if row.learned else seen,
        "chance alone": seen if row.learned else 0.0,
        "noun": float(row.pattern.kind == "noun"),
        "object": float(any(not name.startswith("!") for name in row.pattern.object)),
        "actor": float(any(party.actors for party in row.actors)),
        "recipient": float(any(party.actors for party in row.recipients)),
    }


def confidence(row: Row) -> float:
    """Return the chance that the row's type is right for its sentence, 0 to 1, in hundredths."""
    weights = confidence_weights()
    score = sum(weights[name] * value for name, value in evidence(row).items())
    return round(1 / (1 + math.exp(-score)), 2)


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return min(max(math.log(chance / (1 - chance)), -_MOST), _MOST)
