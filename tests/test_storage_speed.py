"""Enough speed, in processor seconds, so that a busy machine does not fail the test."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from onrecord.asking import open_store
from records import synthetic


def seconds(action: Callable[[], object]) -> float:
    begun = time.process_time()
    action()
    return time.process_time() - begun


def test_adding_and_asking_are_fast_enough(tmp_path: Path) -> None:
    records = [synthetic(number) for number in range(150)]
    with open_store(tmp_path / "news.db") as store:
        adding = seconds(lambda: [store.add(record) for record in records])
        pair = min(seconds(lambda: store.timeline("MEX", "DEU", start="2026-03")) for _ in range(5))
        said = min(seconds(lambda: store.statements(by="Jo Doe20", limit=50)) for _ in range(5))
        held = min(seconds(lambda: store.positions("DEU")) for _ in range(3))
    assert adding < 150 / 50  # 190 records a second of a free core
    assert pair < 0.05  # 2 ms
    assert said < 0.05
    assert held < 0.5  # 90 passages, less than a millisecond each
