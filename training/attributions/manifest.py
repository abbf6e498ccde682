"""The manifest of a shipped model: its version and the hash of each file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

FILES = ("model.onnx", "vocab.txt", "decoding.json")


def write_manifest(
    folder: Path,
    version: str = "1",
    name: str = "onrecord-attributions",
    files: tuple[str, ...] = FILES,
) -> None:
    hashes = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in files}
    manifest = {"name": name, "version": version, "sha256": hashes}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
