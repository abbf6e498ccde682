"""Teach the attribution tagger's network to see acts too: python training/acts/train_acts.py --start FILE --out FILE

A new head learns the type of the act that each word tells. The attributions must stay as good as they
were: a frozen copy of the network we start from is the teacher of labels and arcs on every window, and
every second step learns from a batch of PolNeAR with the loss that the tagger was trained with.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import time
from pathlib import Path

import torch
from act_texts import UNKNOWN, Window, batches, joined, silver, windows, written
from torch import Tensor
from torch.nn import functional as F

sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "attributions"))
import data as polnear  # noqa: E402
from model import Tagger  # noqa: E402
from train import loss_of, stack  # noqa: E402
from wordpiece import WordPiece  # noqa: E402

Losses = tuple[Tensor, Tensor, Tensor]


def quoted_batches(
    rows: list[dict], words: WordPiece, size: int, count: int, rng: random.Random
) -> list[list[polnear.Window]]:
    """Return ``count`` batches of PolNeAR articles, a third of them in another way of quoting."""
    todo: list[list[polnear.Window]] = []
    styles = list(polnear.STYLES)
    while len(todo) < count:
        articles = [
            polnear.prepare(row, words, None if rng.random() < 0.65 else rng.choice(styles)) for row in rows
        ]
        found = [polnear.disturb(w, rng) for x in articles for w in polnear.windows(x, 382, rng)]
        todo += polnear.batches(found, size, rng)
    return todo[:count]


def act_batches(a: argparse.Namespace, words: WordPiece, rng: random.Random) -> list[list[Window]]:
    """Return the batches of all epochs: our own writing twice, and a third of the silver texts, each epoch."""
    own, real = written(a.written), silver(a.silver, words)
    todo: list[list[Window]] = []
    for _ in range(a.epochs):
        texts = joined(own, rng, words) + joined(own, rng, words)
        texts += rng.sample(real, len(real) // 3)
        todo += batches([w for t in texts for w in windows(t, 254, rng)], a.batch_pieces, rng)
    return todo


def losses_of(model: Tagger, teacher: Tagger, batch: list[Window], p: float) -> Losses:
    """Return the loss of acts, and how far labels and arcs are from the teacher's."""
    lengths = torch.tensor([len(w.ids) for w in batch])
    given = [stack([getattr(w, name) for w in batch]) for name in ("ids", "quote", "case")]
    with torch.autocast("cpu", torch.bfloat16):
        x, drop = model.states(*given, lengths, p)
        x = drop(x)
        labels, arcs, acts = model.label(x), model.arc_out(F.gelu(model.arc_in(x))), model.act(x)
        with torch.no_grad():
            wanted, targets = teacher(*given, lengths, 0.0)
    rows = [torch.from_numpy(w.first) for w in batch]

    def at_words(x: Tensor) -> Tensor:
        return torch.cat([x[i, first] for i, first in enumerate(rows)]).float()

    gold = torch.cat([torch.from_numpy(w.label) for w in batch])
    return (
        F.cross_entropy(at_words(acts), gold, ignore_index=UNKNOWN),
        F.mse_loss(at_words(labels), at_words(wanted)),
        F.mse_loss(at_words(arcs), at_words(targets)),
    )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--start", type=Path, required=True, help="checkpoint of the attribution tagger")
    ap.add_argument("--teacher", type=Path, help="whose attributions to keep, if not those of --start")
    ap.add_argument("--encoder", type=Path, required=True, help="folder with vocab.txt")
    ap.add_argument("--written", type=Path, default=Path(__file__).parent / "written")
    ap.add_argument("--silver", type=Path, required=True, help="texts labelled by silver.py")
    ap.add_argument("--polnear", type=Path, default=Path("../shared/data/polnear/train.jsonl.gz"))
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=8)
    ap.add_argument("--rate", type=float, default=8e-5)
    ap.add_argument("--drop", type=float, default=0.1, help="dropout")
    ap.add_argument("--keep", type=float, default=10.0, help="weight of staying as the teacher is")
    ap.add_argument("--quoted", type=float, default=10.0, help="weight of PolNeAR's loss")
    ap.add_argument("--only-head", action="store_true", help="leave all but the head of acts as it is")
    ap.add_argument("--batch-pieces", type=int, default=2400)
    ap.add_argument("--seed", type=int, default=3)
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    torch.set_num_threads(a.threads)
    rng = random.Random(a.seed)
    words = WordPiece((a.encoder / "vocab.txt").read_text("utf-8"))
    todo = act_batches(a, words, rng)
    rows = polnear.read_articles(a.polnear)
    quoted = quoted_batches(rows, words, a.batch_pieces, len(todo) // 2, rng)
    model = Tagger()
    model.load_state_dict(torch.load(a.start, weights_only=True), strict=False)
    teacher = copy.deepcopy(model).eval().requires_grad_(False)
    if a.teacher:
        teacher.load_state_dict(torch.load(a.teacher, weights_only=True), strict=False)
    model.train()
    new = list(model.act.parameters())
    old = [p for n, p in model.named_parameters() if not n.startswith("act.")]
    rates = (0.0 if a.only_head else a.rate, a.rate * 15)
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": rates[0]}, {"params": new, "lr": rates[1]}], weight_decay=0.01
    )
    total, began = len(todo), time.time()
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.04 * total), 1 - 0.7 * s / total)
    )
    mean = torch.optim.swa_utils.AveragedModel(model)
    seen: dict[str, float] = {}
    for step, batch in enumerate(todo, 1):
        act, label, arc = losses_of(model, teacher, batch, a.drop)
        loss = act * 10 + a.keep * (label * 0.1 + arc * 0.5)
        if step % 2 == 0 and a.quoted:
            parts = loss_of(model, quoted.pop(), True)
            own = parts["label"] + 0.25 * parts["content"] + 0.15 * parts["cue"]
            loss = loss + a.quoted * own
            seen["polnear"] = seen.get("polnear", float(own)) * 0.98 + 0.02 * float(own)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        scheduler.step()
        if step > 0.5 * total and step % 5 == 0:
            mean.update_parameters(model)
        for name, value in (("acts", act), ("labels", label), ("arcs", arc)):
            seen[name] = seen.get(name, float(value)) * 0.98 + 0.02 * float(value)
        if step % 25 == 0:
            shown = " ".join(f"{name} {value:.4f}" for name, value in seen.items())
            print(f"step {step}/{total} {time.time() - began:.0f}s {shown}", flush=True)
        if step % 200 == 0 or step == total:
            torch.save(mean.module.state_dict(), a.out)


if __name__ == "__main__":
    main()
