"""Write the trained tagger as an int8 ONNX model: python training/attributions/export.py --weights FILE --encoder DIR --out DIR

Weights and embeddings become int8 with one scale a channel (a row, for embeddings); activations are quantised as the
model runs.  One window at a time: inputs `ids` [n], `kinds` [n] (quotation state * 3 + case) and `first` [w] (each word's
first piece), outputs `labels` [w, 7] and `arcs` [w, 260].
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from manifest import write_manifest
from model import ARC, HEADS, HIDDEN, LAYERS, Tagger
from onnx import TensorProto, helper, numpy_helper

CONTRIB = "com.microsoft"


class Graph:
    """Nodes and constants of the ONNX graph as they are added."""

    def __init__(self, top: int) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.top = top

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: list[str], domain: str = "", count: int = 1, **attributes: object
    ) -> str:
        names = [f"{kind.lower()}{len(self.nodes)}_{i}" for i in range(count)]
        self.nodes.append(
            helper.make_node(kind, inputs, names, domain=domain, name=names[0], **attributes)
        )
        return names[0]

    def linear(self, x: str, layer: torch.nn.Linear, name: str) -> str:
        """x [n, in] -> [n, out]; per-channel int8."""
        weight = layer.weight.detach().numpy().T.copy()
        scale = np.maximum(np.abs(weight).max(0), 1e-8) / self.top
        rounded = np.clip(np.rint(weight / scale), -self.top, self.top).astype(np.int8)
        return self.node(
            "DynamicQuantizeMatMul",
            [
                x,
                self.constant(name + ".w", rounded),
                self.constant(name + ".s", scale.astype(np.float32)),
                "",
                self.constant(name + ".b", layer.bias.detach().numpy()),
            ],
            CONTRIB,
        )

    def plain_linear(self, x: str, layer: torch.nn.Linear, name: str) -> str:
        """x [n, in] -> [n, out] in float32, for the small last layers."""
        weight = self.constant(name + ".w", layer.weight.detach().numpy().T)
        return self.node(
            "Gemm", [x, weight, self.constant(name + ".b", layer.bias.detach().numpy())]
        )

    def norm(self, x: str, skip: str, layer: torch.nn.LayerNorm, name: str) -> str:
        return self.node(
            "SkipLayerNormalization",
            [
                x,
                skip,
                self.constant(name + ".w", layer.weight.detach().numpy()),
                self.constant(name + ".b", layer.bias.detach().numpy()),
            ],
            CONTRIB,
            epsilon=1e-12,
        )


def build(model: Tagger, top: int) -> onnx.ModelProto:
    g = Graph(top)
    table = model.words.weight.detach().numpy()
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
    small = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
    kinds = (
        (model.quotes.weight[:, None] + model.cases.weight[None])
        .reshape(-1, HIDDEN)
        .detach()
        .numpy()
    )
    words = g.node(
        "Cast", [g.node("Gather", [g.constant("words", small), "ids"])], to=TensorProto.FLOAT
    )
    words = g.node(
        "Mul", [words, g.node("Gather", [g.constant("words.s", scale.astype(np.float32)), "ids"])]
    )
    count = g.node("Shape", ["ids"])
    places = g.node(
        "Slice",
        [
            g.constant("places", model.places.weight.detach().numpy()),
            g.constant("zero", np.array([0])),
            count,
            g.constant("axis", np.array([0])),
        ],
    )
    x = g.node("Add", [words, g.node("Gather", [g.constant("kinds.w", kinds), "kinds"])])
    # every tensor keeps a leading batch axis of one: the fused attention wants [1, n, 384]
    x = g.node("Unsqueeze", [x, "axis"])
    places = g.node("Unsqueeze", [places, "axis"])
    x = g.norm(x, places, model.norm, "norm")
    split = g.constant("split", np.array([HIDDEN] * 3))
    for i in range(LAYERS):
        layer, at = model.layers[i], f"layer{i}."
        qkv = g.linear(x, layer.qkv, at + "qkv")
        names = [f"{at}{part}" for part in "qkv"]
        g.nodes.append(helper.make_node("Split", [qkv, split], names, axis=2, name=at + "split"))
        a = g.node("MultiHeadAttention", names, CONTRIB, num_heads=HEADS)
        x = g.norm(x, g.linear(a, layer.out, at + "out"), layer.norm1, at + "norm1")
        h = g.node("Gelu", [g.linear(x, layer.up, at + "up")], CONTRIB)
        x = g.norm(x, g.linear(h, layer.down, at + "down"), layer.norm2, at + "norm2")
    x = g.node("Squeeze", [x, "axis"])
    x = g.node("Gather", [x, "first"])
    labels = g.plain_linear(x, model.label, "label")
    arcs = g.linear(
        g.node("Gelu", [g.linear(x, model.arc_in, "arc_in")], CONTRIB), model.arc_out, "arc_out"
    )
    g.nodes += [
        helper.make_node("Identity", [labels], ["labels"]),
        helper.make_node("Identity", [arcs], ["arcs"]),
    ]
    graph = helper.make_graph(
        g.nodes,
        "attributions",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, [size])
            for name, size in (("ids", "n"), ("kinds", "n"), ("first", "w"))
        ],
        [
            helper.make_tensor_value_info("labels", TensorProto.FLOAT, ["w", 7]),
            helper.make_tensor_value_info("arcs", TensorProto.FLOAT, ["w", 4 * ARC + 4]),
        ],
        g.constants,
    )
    return helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)],
        ir_version=8,
    )


def parameters(model: Tagger) -> dict:
    """What decoding needs beside the network: moves between labels, and how arcs depend on distance."""
    rows = lambda t: [[round(float(v), 5) for v in row] for row in t.detach()]  # noqa: E731
    return {
        "begin": rows(model.begin[None])[0],
        "moves": rows(model.moves),
        "distance": rows(model.distance),
        "paragraph": rows(model.paragraph),
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--weights", type=Path, required=True)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--out", type=Path, default=Path("src/onrecord/models/attributions"))
    ap.add_argument(
        "--top",
        type=int,
        default=127,
        help="largest int8 weight; 64 cannot overflow on processors without VNNI",
    )
    ap.add_argument("--version", default="1")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    model = Tagger().eval()
    model.load_state_dict(torch.load(a.weights, weights_only=True))
    onnx.save(build(model, a.top), a.out / "model.onnx")
    shutil.copyfile(a.encoder / "vocab.txt", a.out / "vocab.txt")
    (a.out / "vocab.txt").chmod(0o644)
    decoding = (
        json.loads((a.out / "decoding.json").read_text())
        if (a.out / "decoding.json").exists()
        else {}
    )
    decoding.update(parameters(model))
    (a.out / "decoding.json").write_text(json.dumps(decoding) + "\n")
    write_manifest(a.out, a.version)


if __name__ == "__main__":
    main()
