"""Write what the networks of five folds think of the rows kept from them: python training/relation/fold_chances.py --weights FILE...

In: the weights of each fold, in the order of the folds. Out: benchmarks/relation_folds.jsonl, one line a row of PLV train,
the chance of each type of a hundredth and more, by the int8 network. benchmarks/relation.py reads it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from data import CLASSES, folds, pieces, read_plv
from export import build
from network import Reader
from onrecord.coding.model_files import one_thread_session
from onrecord.coding.relation_reader import pools
from onrecord.coding.wordpiece import WordPiece

LEAST = 0.01


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, default=Path("../shared/data/plv/PLV_train.tsv"))
    ap.add_argument("--encoder", type=Path, required=True, help="folder with vocab.txt")
    ap.add_argument("--weights", type=Path, nargs="+", required=True)
    ap.add_argument("--out", type=Path, default=Path("benchmarks/relation_folds.jsonl"))
    a = ap.parse_args()
    rows = read_plv(a.data)
    fold = folds(rows, len(a.weights))
    words = WordPiece((a.encoder / "vocab.txt").read_text("utf-8"))
    lines = [""] * len(rows)
    for number, weights in enumerate(a.weights):
        model = Reader().eval()
        model.load_state_dict(torch.load(weights, weights_only=True))
        session = one_thread_session(build(model, 64).SerializeToString())
        for i in (i for i, k in enumerate(fold) if k == number):
            ids = pieces(rows[i].marked, words)
            feed = {"ids": np.array(ids, np.int64), "pools": pools(ids)}
            powers = np.exp(session.run(["logits"], feed)[0][0].astype(float))
            found = zip(CLASSES, powers / powers.sum(), strict=True)
            chances = {kind: round(float(p), 3) for kind, p in found if p >= LEAST}
            lines[i] = json.dumps({"row": i, "fold": number, "chances": chances})
    a.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
