"""The relation encoder: MiniLM's six layers, and sixteen scores from [CLS], the mean and the marks of source and target."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from data import CLASSES, MARKS
from safetensors.torch import load_file
from torch import Tensor, nn

sys.path.append(str(Path(__file__).resolve().parent.parent / "attributions"))
from model import HIDDEN, LAYERS, POSITIONS, VOCAB, Layer, dropper, load_layer


class Reader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCAB, HIDDEN)
        self.places = nn.Embedding(POSITIONS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head_in = nn.Linear(4 * HIDDEN, HIDDEN)
        self.head_out = nn.Linear(HIDDEN, len(CLASSES))

    def load_encoder(self, path: Path) -> None:
        """Weights of a BERT encoder as Hugging Face stores them; the marks begin as the words nearest to them."""
        w = load_file(path)
        self.words.weight.data.copy_(w["embeddings.word_embeddings.weight"])
        self.places.weight.data.copy_(w["embeddings.position_embeddings.weight"])
        self.places.weight.data += w["embeddings.token_type_embeddings.weight"][0]
        self.norm.weight.data.copy_(w["embeddings.LayerNorm.weight"])
        self.norm.bias.data.copy_(w["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(self.layers):
            load_layer(layer, w, f"encoder.layer.{i}.")

    def load_layers(self, state: dict[str, Tensor]) -> None:
        """Start from the layers of the attribution tagger."""
        own = {
            k: v for k, v in state.items() if k in self.state_dict() and not k.startswith("head")
        }
        self.load_state_dict(own, strict=False)

    def freeze(self, tuned: int) -> None:
        """Tune the top layers, the head, and of the embeddings only the marks."""
        for p in (*self.places.parameters(), *self.norm.parameters()):
            p.requires_grad = False
        for layer in self.layers[: LAYERS - tuned]:
            for p in layer.parameters():
                p.requires_grad = False
        self.words.weight.requires_grad = False

    def forward(self, ids: Tensor, lengths: Tensor, p: float = 0.0) -> Tensor:
        """[b, n] pieces -> [b, 16] logits."""
        n = ids.shape[1]
        keep = torch.arange(n)[None] < lengths[:, None]
        x = self.words(ids) + self.places.weight[:n]
        drop = dropper(x, p if self.training else 0.0)
        x = drop(self.norm(x))
        mask = None
        if int(lengths.min()) < n:
            kind = torch.bfloat16 if torch.is_autocast_enabled("cpu") else x.dtype
            mask = torch.zeros(keep.shape, dtype=kind).masked_fill(~keep, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, mask, drop)
        parts = [x[:, 0], pooled(x, keep)]
        parts += [pooled(x, ids == MARKS[mark]) for mark in ("<s>", "<t>")]
        h = torch.cat(parts, -1)
        h = nn.functional.dropout(h, p, self.training)
        h = nn.functional.gelu(self.head_in(h))
        return self.head_out(nn.functional.dropout(h, p, self.training))


def pooled(x: Tensor, chosen: Tensor) -> Tensor:
    """The mean of the states chosen; nothing where none is."""
    weight = chosen.to(x.dtype)[..., None]
    return (x * weight).sum(1) / weight.sum(1).clamp(min=1)
