"""Train the relation encoder: python training/relation/train.py --encoder DIR --examples FILE --out FILE [--fold K]

With ``--fold`` one fold of PLV train is kept out, and what the network thinks of it is written beside the weights.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from data import CLASSES, Frames, Row, classes_of, folds, pieces, read_plv, targets
from network import Reader
from onrecord.coding.wordpiece import WordPiece
from torch import Tensor

SMOOTHING = 0.05


def stack(found: list[list[int]]) -> tuple[Tensor, Tensor]:
    lengths = torch.tensor([len(ids) for ids in found])
    out = torch.zeros(len(found), int(lengths.max()), dtype=torch.long)
    for i, ids in enumerate(found):
        out[i, : len(ids)] = torch.tensor(ids)
    return out, lengths


def loss_of(logits: Tensor, right: Tensor, weight: Tensor) -> Tensor:
    """Cross-entropy of the sum of the right classes' chances, smoothed over all classes."""
    log = torch.log_softmax(logits, -1)
    chance = torch.logsumexp(log.masked_fill(right == 0, -1e9), -1)
    each = -(1 - SMOOTHING) * chance - SMOOTHING * log.mean(-1)
    return (each * weight).sum() / weight.sum()


def batches(
    rows: list[Row], ids: list[list[int]], size: int, rng: random.Random
) -> list[list[int]]:
    """Batches of rows of like length, in random order."""
    order = sorted(range(len(rows)), key=lambda i: len(ids[i]) + rng.uniform(0, 12))
    found = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(found)
    return found


def read_examples(path: Path, weight: float) -> list[Row]:
    """The patterns' examples, one JSON object a line: `marked` and `type`."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Row(row["marked"], classes_of(row["type"]), weight) for row in rows]


@torch.no_grad()
def think(model: Reader, ids: list[list[int]]) -> np.ndarray:
    """Log chances [rows, 16], one row at a time."""
    model.eval()
    return np.stack([torch.log_softmax(model(*stack([row]))[0], -1).numpy() for row in ids])


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, default=Path("../shared/data/plv/PLV_train.tsv"))
    ap.add_argument(
        "--encoder", type=Path, required=True, help="folder with model.safetensors and vocab.txt"
    )
    ap.add_argument("--start", type=Path, help="weights of another network with the same layers")
    ap.add_argument("--examples", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--fold", type=int, default=-1)
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--rate", type=float, default=1e-4)
    ap.add_argument("--head-rate", type=float, default=5e-4)
    ap.add_argument("--batch", type=int, default=16)
    ap.add_argument("--own-weight", type=float, default=0.5)
    ap.add_argument(
        "--own-epochs", type=int, default=12, help="our own sentences only in the first so many"
    )
    ap.add_argument("--tuned", type=int, default=5, help="layers tuned, from the top")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=1)
    a = ap.parse_args()
    torch.manual_seed(17)
    torch.set_num_threads(a.threads)
    rng = random.Random(a.seed)
    random.seed(a.seed)
    wordpiece = WordPiece((a.encoder / "vocab.txt").read_text("utf-8"))
    plv = read_plv(a.data)
    fold = folds(plv, a.folds)
    kept = [row for row, k in zip(plv, fold, strict=True) if k != a.fold]
    out = [row for row, k in zip(plv, fold, strict=True) if k == a.fold]
    examples, frames = read_examples(a.examples, a.own_weight), Frames()
    counts = np.maximum(targets(kept).sum(0), 1)
    class_weight = (counts.mean() / counts) ** 0.5
    model = Reader()
    model.load_encoder(a.encoder / "model.safetensors")
    if a.start:
        model.load_layers(torch.load(a.start, weights_only=True))
    torch.manual_seed(a.seed)
    model.freeze(a.tuned)
    head = [
        p for name, p in model.named_parameters() if name.startswith("head") and p.requires_grad
    ]
    body = [
        p for name, p in model.named_parameters() if not name.startswith("head") and p.requires_grad
    ]
    optimizer = torch.optim.AdamW(
        [{"params": head, "lr": a.head_rate}, {"params": body, "lr": a.rate}], weight_decay=0.01
    )
    own = len(examples) + len(frames.frames)
    total = (len(kept) * a.epochs + own * min(a.own_epochs, a.epochs)) // a.batch + a.epochs
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.1 * total), max(0.0, (total - s) / (0.9 * total)))
    )
    began, held = time.process_time(), [pieces(row.marked, wordpiece) for row in out]
    for epoch in range(a.epochs):
        rows = list(kept)
        if epoch < a.own_epochs:
            rows += examples + frames.rows(rng, a.own_weight)
        ids, right = [pieces(row.marked, wordpiece) for row in rows], targets(rows)
        weights = (
            np.array([row.weight for row in rows]) * (right * class_weight).sum(1) / right.sum(1)
        )
        seen = 0.0
        model.train()
        for batch in batches(rows, ids, a.batch, rng):
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(*stack([ids[i] for i in batch]), p=0.1)
            loss = loss_of(
                logits.float(), torch.tensor(right[batch]), torch.tensor(weights[batch]).float()
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            seen += loss.item() * len(batch) / len(rows)
        line: dict[str, float] = {
            "epoch": epoch,
            "loss": round(seen, 4),
            "cpu": round(time.process_time() - began),
        }
        if held and epoch >= a.epochs - 3:
            best = think(model, held).argmax(1)
            line["accuracy"] = round(
                float(np.mean([CLASSES[k] in r.classes for k, r in zip(best, out)])), 4
            )
        print(json.dumps(line), flush=True)
    torch.save(model.state_dict(), a.out)
    if held:
        np.save(a.out.with_suffix(".npy"), think(model, held))


if __name__ == "__main__":
    main()
