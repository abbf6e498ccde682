"""Train the attribution tagger: python training/attributions/train.py --encoder DIR --out DIR"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from data import STYLES, Window, batches, disturb, prepare, read_articles, windows
from model import Tagger, arc_scores, crf_loss
from torch import Tensor
from torch.nn import functional as F
from wordpiece import WordPiece


def stack(found: list[np.ndarray]) -> Tensor:
    out = torch.zeros(len(found), max(map(len, found)), dtype=torch.long)
    for i, row in enumerate(found):
        out[i, : len(row)] = torch.from_numpy(row)
    return out


def loss_of(model: Tagger, batch: list[Window], bf16: bool) -> dict[str, Tensor]:
    """Label loss a word, and arc loss a word for content (to its cue) and for cues (to their source)."""
    lengths = torch.tensor([len(w.ids) for w in batch])
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        emit, arcs = model(
            stack([w.ids for w in batch]),
            stack([w.quote for w in batch]),
            stack([w.case for w in batch]),
            lengths,
        )
    emit, arcs = emit.float(), arcs.float()
    label_loss, words = torch.zeros(()), 0
    arc_loss, arc_count = [torch.zeros(()), torch.zeros(())], [0, 0]
    for i, window in enumerate(batch):
        first = torch.from_numpy(window.first)
        label, head = torch.from_numpy(window.label), torch.from_numpy(window.head)
        label_loss = label_loss + crf_loss(emit[i, first], label, window.begins, model)
        words += len(first)
        vectors, paragraph = arcs[i, first], torch.from_numpy(window.paragraph)
        for kind, labels in enumerate(((5, 6), (3, 4))):
            rows = torch.nonzero(((label == labels[0]) | (label == labels[1])) & (head >= -1))[:, 0]
            if len(rows):
                scores = arc_scores(vectors, rows, kind, paragraph, model)
                arc_loss[kind] = arc_loss[kind] + F.cross_entropy(
                    scores, head[rows] + 1, reduction="sum"
                )
                arc_count[kind] += len(rows)
    return {
        "label": label_loss / words,
        "content": arc_loss[0] / max(arc_count[0], 1),
        "cue": arc_loss[1] / max(arc_count[1], 1),
    }


def groups(model: Tagger, rate: float) -> list[dict]:
    """Encoder, new parts (faster), and what is not decayed."""
    out: dict[tuple[float, float], list] = {}
    for name, p in model.named_parameters():
        new = name.split(".")[0] in ("label", "arc_in", "arc_out", "quotes", "cases")
        crf = name in ("moves", "begin", "distance", "paragraph")
        lr = rate * (10 if crf else 3 if new else 1)
        out.setdefault((lr, 0.01 if p.ndim > 1 and not crf else 0.0), []).append(p)
    return [{"params": ps, "lr": lr, "weight_decay": decay} for (lr, decay), ps in out.items()]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, default=Path("../shared/data/polnear/train.jsonl.gz"))
    ap.add_argument(
        "--encoder",
        type=Path,
        required=True,
        help="folder with model.safetensors and vocab.txt of MiniLM-L6",
    )
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=float, default=6)
    ap.add_argument("--window", type=int, default=382)
    ap.add_argument("--batch-pieces", type=int, default=2400)
    ap.add_argument("--rate", type=float, default=3e-4)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument(
        "--own-quotes",
        type=float,
        default=0.65,
        help="share of articles left in their own way of quoting",
    )
    ap.add_argument("--stop-after", type=int, default=0, help="end after this epoch")
    ap.add_argument("--start", type=Path, help="go on from this checkpoint")
    ap.add_argument("--steady", action="store_true", help="keep the rate, and average the weights")
    ap.add_argument("--fp32", action="store_true")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--limit-steps", type=int, default=0)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    random.seed(a.seed)
    rng = random.Random(a.seed)
    wordpiece = WordPiece((a.encoder / "vocab.txt").read_text("utf-8"))
    rows = read_articles(a.data)
    plain = [prepare(r, wordpiece) for r in rows]
    model = Tagger()
    model.load_encoder(a.encoder / "model.safetensors")
    if a.start:
        model.load_state_dict(torch.load(a.start, weights_only=True))
    model.train()
    optimizer = torch.optim.AdamW(groups(model, a.rate), betas=(0.9, 0.98), eps=1e-6, fused=True)
    total = int(a.epochs * sum(len(word) for x in plain for word in x.pieces) / a.batch_pieces)
    falls = 0.0 if a.steady else 1.0
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min((s + 1) / (0.06 * total), max(0.0, 1 - falls * (s / total - 0.06) / 0.94)),
    )
    mean = torch.optim.swa_utils.AveragedModel(model)
    step, epoch, began = 0, 0, time.time()
    seen: dict[str, float] = {}
    print(json.dumps({"steps": total, "articles": len(rows)}), flush=True)
    while step < total:
        epoch += 1
        articles = [
            x if rng.random() < a.own_quotes else prepare(r, wordpiece, rng.choice(list(STYLES)))
            for x, r in zip(plain, rows, strict=True)
        ]
        found = [disturb(w, rng) for x in articles for w in windows(x, a.window, rng)]
        todo = batches(found, a.batch_pieces, rng)
        for batch in todo:
            losses = loss_of(model, batch, not a.fp32)
            loss = losses["label"] + 0.25 * losses["content"] + 0.15 * losses["cue"]
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            step += 1
            if a.steady and step > 0.2 * total and step % 10 == 0:
                mean.update_parameters(model)
            for name, value in losses.items():
                seen[name] = seen.get(name, value.item()) * 0.98 + 0.02 * value.item()
            if step % 25 == 0:
                print(
                    f"epoch {epoch} step {step}/{total} {time.time() - began:.0f}s",
                    {k: round(v, 4) for k, v in seen.items()},
                    flush=True,
                )
            if not math.isfinite(float(loss)):
                raise SystemExit("the loss is not finite")
            if step >= (a.limit_steps or total):
                break
        print(f"epoch {epoch}: {len(todo)} batches, {time.time() - began:.0f}s", flush=True)
        torch.save(model.state_dict(), a.out / "last.pt")
        torch.save(model.state_dict(), a.out / f"epoch{epoch}.pt")
        torch.save(mean.module.state_dict(), a.out / "mean.pt")
        if epoch == a.stop_after:
            break
        if a.limit_steps and step >= a.limit_steps:
            break


if __name__ == "__main__":
    main()
