"""Files of a shipped model: read, and checked against the hashes of their manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    import onnxruntime


class ModelError(OnrecordError):
    """A model's files are missing, or are not those that the manifest names."""


def checked_files(folder: Path, needed: Iterable[str]) -> dict[str, bytes]:
    """Read the files of a model that are needed, each with the hash that ``manifest.json`` gives.

    Raises ``ModelError`` where a file is missing, unreadable or not the one that is named.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        wanted: dict[str, str] = manifest["sha256"]
        names = set(needed)
        files = {name: (folder / name).read_bytes() for name in names & wanted.keys()}
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"the model in {folder} cannot be read: {error}") from error
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != wanted[name]:
            raise ModelError(
                f"{folder / name} is not the file that manifest.json names: its sha256 differs"
            )
    missing = names - files.keys()
    if missing:
        raise ModelError(f"manifest.json in {folder} names no {', '.join(sorted(missing))}")
    return files


def one_thread_session(model: bytes) -> onnxruntime.InferenceSession:
    """Return an ONNX session that runs on one thread and gives the same result each time."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
