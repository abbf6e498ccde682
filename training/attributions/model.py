"""The tagger: a BERT encoder with two extra embeddings, a CRF over seven labels, and arcs from words to earlier or later words."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, HEADS, LAYERS, INNER, POSITIONS, VOCAB = 384, 12, 6, 1536, 512, 30522
LABEL_COUNT, ARC, ACT_COUNT = 7, 64, 17
DISTANCES, PARAGRAPHS = 41, 9


def dropper(like: Tensor, p: float) -> Callable[[Tensor], Tensor]:
    """Dropout whose masks are slices, at random places, of one pool drawn for this step (drawing is slow on a CPU)."""
    if p == 0:
        return lambda x: x
    kind = torch.bfloat16 if torch.is_autocast_enabled("cpu") else like.dtype
    pool = torch.empty(2 * like.numel()).bernoulli_(1 - p).div_(1 - p).to(kind)

    def drop(x: Tensor) -> Tensor:
        at = random.randrange(like.numel())
        return x * pool[at : at + like.numel()].view(like.shape)

    return drop


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None, drop: Callable[[Tensor], Tensor]) -> Tensor:
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q * (HIDDEN // HEADS) ** -0.5) @ k.transpose(-1, -2)
        a = torch.softmax(scores if mask is None else scores + mask, -1, dtype=scores.dtype) @ v
        a = self.out(a.transpose(1, 2).reshape(b, n, HIDDEN))
        x = self.norm1(x + drop(a))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + drop(h))


def load_layer(layer: Layer, weights: dict[str, Tensor], at: str) -> None:
    """Fill one layer with the weights of a BERT encoder whose names begin with ``at``."""
    for kind in ("weight", "bias"):
        parts = [weights[f"{at}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
        getattr(layer.qkv, kind).data.copy_(torch.cat(parts))
        for ours, theirs in (
            ("out", "attention.output.dense"),
            ("norm1", "attention.output.LayerNorm"),
            ("up", "intermediate.dense"),
            ("down", "output.dense"),
            ("norm2", "output.LayerNorm"),
        ):
            getattr(getattr(layer, ours), kind).data.copy_(weights[f"{at}{theirs}.{kind}"])


class Tagger(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCAB, HIDDEN)
        self.places = nn.Embedding(POSITIONS, HIDDEN)
        self.quotes = nn.Embedding(5, HIDDEN)
        self.cases = nn.Embedding(3, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.label = nn.Linear(HIDDEN, LABEL_COUNT)
        self.arc_in = nn.Linear(HIDDEN, HIDDEN)
        self.arc_out = nn.Linear(HIDDEN, 4 * ARC + 4)
        self.act = nn.Linear(HIDDEN, ACT_COUNT)
        self.moves = nn.Parameter(torch.zeros(LABEL_COUNT, LABEL_COUNT))
        self.begin = nn.Parameter(torch.zeros(LABEL_COUNT))
        self.distance = nn.Parameter(torch.zeros(2, DISTANCES))
        self.paragraph = nn.Parameter(torch.zeros(2, PARAGRAPHS))
        for table in (self.quotes, self.cases):
            nn.init.normal_(table.weight, std=0.01)
        nn.init.normal_(self.label.weight, std=0.02)

    def load_encoder(self, path: Path) -> None:
        """Weights of a BERT encoder as Hugging Face stores them."""
        w = load_file(path)
        copy = lambda p, name: p.data.copy_(w[name])  # noqa: E731
        copy(self.words.weight, "embeddings.word_embeddings.weight")
        copy(self.places.weight, "embeddings.position_embeddings.weight")
        self.places.weight.data += w["embeddings.token_type_embeddings.weight"][0]
        copy(self.norm.weight, "embeddings.LayerNorm.weight")
        copy(self.norm.bias, "embeddings.LayerNorm.bias")
        for i, layer in enumerate(self.layers):
            load_layer(layer, w, f"encoder.layer.{i}.")

    def forward(
        self,
        ids: Tensor,
        quote: Tensor,
        case: Tensor,
        lengths: Tensor | None = None,
        p: float = 0.1,
    ) -> tuple[Tensor, Tensor]:
        """[b, n] pieces -> label logits [b, n, 7] and arc vectors [b, n, 4 * 64 + 4]."""
        x, drop = self.states(ids, quote, case, lengths, p)
        x = drop(x)
        return self.label(x), self.arc_out(F.gelu(self.arc_in(x)))

    def states(
        self, ids: Tensor, quote: Tensor, case: Tensor, lengths: Tensor | None, p: float
    ) -> tuple[Tensor, Callable[[Tensor], Tensor]]:
        """[b, n] pieces -> states [b, n, 384] after the last layer, and the dropout of this step."""
        n = ids.shape[1]
        x = self.words(ids) + self.places.weight[:n] + self.quotes(quote) + self.cases(case)
        drop = dropper(x, p if self.training else 0.0)
        x = drop(self.norm(x))
        mask = None
        if lengths is not None and int(lengths.min()) < n:
            keep = torch.arange(n)[None] < lengths[:, None]
            mask = torch.zeros(
                keep.shape, dtype=torch.bfloat16 if torch.is_autocast_enabled("cpu") else x.dtype
            )
            mask = mask.masked_fill(~keep, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, mask, drop)
        return x, drop


def distance_bucket(d: Tensor) -> Tensor:
    """Signed distance in words -> 0 .. 40, two buckets a doubling."""
    size = (2 * torch.log2(d.abs().clamp(min=1).float())).long() + (d != 0).long()
    return 20 + torch.sign(d) * size.clamp(max=20)


def arc_scores(arcs: Tensor, rows: Tensor, kind: int, paragraph: Tensor, model: Tagger) -> Tensor:
    """Arc vectors of words [w, 260] -> scores [rows, 1 + w] of dependents to heads; column 0: no head in this window."""
    dependents = arcs[rows]
    q, k = (
        dependents[:, kind * ARC : (kind + 1) * ARC],
        arcs[:, (2 + kind) * ARC : (3 + kind) * ARC],
    )
    near = distance_bucket(torch.arange(arcs.shape[0])[None] - rows[:, None])
    step = (paragraph[None] - paragraph[rows][:, None]).clamp(-4, 4) + 4
    table = (model.distance[kind][:, None] + model.paragraph[kind][None]).reshape(-1, 1)
    bias = F.embedding(near * PARAGRAPHS + step, table)[..., 0]
    scores = q @ k.T / math.sqrt(ARC) + arcs[:, 4 * ARC + 2 + kind][None] + bias
    return torch.cat([dependents[:, 4 * ARC + kind, None], scores], 1)


def crf_loss(emit: Tensor, label: Tensor, begins: bool, model: Tagger) -> Tensor:
    """Negative log-likelihood of the labels of one window: emit [w, 7]; the partition by a tree of matrix products."""
    w = emit.shape[0]
    start = model.begin if begins else torch.zeros_like(model.begin)
    gold = (
        emit.gather(1, label[:, None]).sum()
        + start[label[0]]
        + model.moves[label[:-1], label[1:]].sum()
    )
    if w == 1:
        return torch.logsumexp(emit[0] + start, 0) - gold
    m = model.moves[None] + emit[1:, None, :]
    while m.shape[0] > 1:
        odd = m[-1:] if m.shape[0] % 2 else m[:0]
        even = m[: m.shape[0] // 2 * 2]
        m = torch.cat([log_product(even[0::2], even[1::2]), odd])
    return torch.logsumexp((start + emit[0])[:, None] + m[0], (0, 1)) - gold


def log_product(a: Tensor, b: Tensor) -> Tensor:
    """Matrix products in the log semiring, [k, 7, 7] each."""
    top_a, top_b = a.amax(2, keepdim=True).detach(), b.amax(1, keepdim=True).detach()
    return (
        torch.log(torch.bmm(torch.exp(a - top_a), torch.exp(b - top_b)).clamp(min=1e-30))
        + top_a
        + top_b
    )
