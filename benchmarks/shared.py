"""Where the benchmarks find their data and scorers: the folder ``shared`` beside the repository."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"


class MissingData(FileNotFoundError):
    """A benchmark's data is not here; the message says which set and where it belongs."""


def need(path: Path) -> Path:
    """Return ``path`` if it exists. Raises ``MissingData`` otherwise."""
    if not path.exists():
        raise MissingData(f"missing: {'/'.join(path.parts[-3:])} (put it under ../shared)")
    return path


def scorer(shared: Path, name: str) -> ModuleType:
    """Import a scorer of ``shared/tools`` by its file name without ``.py``."""
    path = need(shared / "tools" / f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise MissingData(f"{path.name} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-lines file, gzipped or not."""
    with (gzip.open(need(path), "rt", encoding="utf-8") if path.suffix == ".gz"
          else need(path).open(encoding="utf-8")) as file:  # fmt: skip
        for line in file:
            if line.strip():
                yield json.loads(line)
