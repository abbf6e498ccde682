"""Questions in, answers out: rows that carry what a person wants to see and the proof of it.

In: the tables of a store. Out: the frozen values of ``rows.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.asking.answers import Answers


def open_store(place: str | Path, *, create: bool = True, patience: float = 30.0) -> Answers:
    """Open the store at ``place`` (a path, ``sqlite:///PATH`` or ``:memory:``), or make a new one.

    ``patience`` is how many seconds to wait while another program writes. Raises ``OnrecordError``
    where there is none and ``create`` is false, or what is there cannot be used.
    """
    from onrecord.asking.answers import Answers

    return Answers(place, create=create, patience=patience)
