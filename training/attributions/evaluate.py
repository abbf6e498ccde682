"""Tag the dev articles with an exported model: python training/attributions/evaluate.py [--model DIR] --out FILE

Writes the predictions as JSON lines; score them with `score_attributions.py dev.jsonl.gz FILE`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))
from onrecord.coding.tagger import MODEL_DIR, AttributionTagger  # noqa: E402


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, default=Path("../shared/data/polnear/dev.jsonl.gz"))
    ap.add_argument("--model", type=Path, default=MODEL_DIR)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    tagger = AttributionTagger(a.model)
    tagger.tag("Warm up, she said.")
    words, spent = 0, 0.0
    with (
        gzip.open(a.data, "rt", encoding="utf-8") as lines,
        a.out.open("w", encoding="utf-8") as out,
    ):
        for row in map(json.loads, lines):
            began = time.process_time()
            found = tagger.tag(row["text"])
            spent += time.process_time() - began
            words += len(row["text"].split())
            kept = [
                {"source": t.source, "cue": t.cue, "content": t.content, "confidence": t.confidence}
                for t in found
            ]
            out.write(json.dumps({"id": row["id"], "attributions": kept}) + "\n")
    print(f"{words} words, {spent:.1f} CPU-s, {words / spent:.0f} words a CPU-second")


if __name__ == "__main__":
    main()
