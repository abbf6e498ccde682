"""The seed article: how many of its facts a record holds, from its text and from its web page.

``python benchmarks/seed.py [--shared DIR]``

The packaged example is read by the command line, as a user would, and its record handed to
``shared/tools/check_seed.py``, which knows the facts.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import onrecord
from shared import SHARED, need

EXAMPLES = Path(onrecord.__file__).parent / "examples"
RETRIEVED_AT = "2026-01-14T09:00:00Z"
_HELD = re.compile(r"facts held: (\d+) of (\d+)")


def record_of(article: Path, hash_seed: str = "0") -> bytes:
    """Return the record of an article as the command line prints it, under a seed of Python's."""
    command = [sys.executable, "-m", "onrecord", "read", str(article), "--json",
               "--retrieved-at", RETRIEVED_AT]  # fmt: skip
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"onrecord read: {done.stderr.decode('utf-8', 'replace')[-400:]}")
    return done.stdout


def checked(record: bytes, shared: Path) -> str:
    """Return what the checker says of a record, a line for each fact lost and one for the sum."""
    tool = need(shared / "tools" / "check_seed.py")
    need(shared / "seed" / "expected.json")
    done = subprocess.run(
        [sys.executable, str(tool)], input=record, capture_output=True, check=False
    )
    said = done.stdout.decode("utf-8", "replace")
    if not _HELD.search(said):
        raise RuntimeError(f"check_seed.py: {done.stderr.decode('utf-8', 'replace')[-400:]}")
    return said


def facts(said: str) -> tuple[int, int]:
    """Return how many facts are held, and of how many."""
    found = _HELD.search(said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def run(shared: Path = SHARED) -> dict[str, float]:
    """Return the facts held from text and page, their number, and whether two runs are equal."""
    need(shared / "tools" / "check_seed.py")
    text = need(EXAMPLES / "sheinbaum-trump.txt")
    first, second = record_of(text), record_of(text, hash_seed="1")
    held, number = facts(checked(first, shared))
    page = facts(checked(record_of(need(EXAMPLES / "sheinbaum-trump.html")), shared))[0]
    return {
        "facts held, from text": float(held),
        "facts held, from page": float(page),
        "facts asked": float(number),
        "attributions coded": float(len(onrecord.Record.from_json(first).attributions)),
        "two runs equal": float(first == second),
    }


def main() -> None:
    """Print the facts that are lost and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    shared = parser.parse_args().shared
    for name in ("sheinbaum-trump.txt", "sheinbaum-trump.html"):
        print(f"{name}\n{checked(record_of(EXAMPLES / name), shared)}")


if __name__ == "__main__":
    main()
