"""Write the trained tagger as an int8 ONNX model: python training/attributions/export.py --weights FILE --encoder DIR --out DIR

Weights and embeddings become int8 with one scale a channel (a row, for embeddings); activations are quantised as the
model runs.  One window at a time: inputs `ids` [n], `kinds` [n] (quotation state * 3 + case) and `first` [w] (each word's
first piece), outputs `labels` [w, 7], `arcs` [w, 260] and `acts` [w, 17].
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import onnx
import torch
from export_graph import CONTRIB, Graph
from manifest import write_manifest
from model import ACT_COUNT, ARC, HIDDEN, Tagger
from onnx import TensorProto, helper


def build(model: Tagger, top: int) -> onnx.ModelProto:
    g = Graph(top)
    kinds = (
        (model.quotes.weight[:, None] + model.cases.weight[None])
        .reshape(-1, HIDDEN)
        .detach()
        .numpy()
    )
    words = g.word_vectors(model.words)
    x = g.node("Add", [words, g.node("Gather", [g.constant("kinds.w", kinds), "kinds"])])
    x = g.encoded(x, model.places, model.norm, model.layers)
    x = g.node("Gather", [x, "first"])
    labels = g.plain_linear(x, model.label, "label")
    acts = g.plain_linear(x, model.act, "act")
    arcs = g.linear(
        g.node("Gelu", [g.linear(x, model.arc_in, "arc_in")], CONTRIB), model.arc_out, "arc_out"
    )
    g.nodes += [
        helper.make_node("Identity", [labels], ["labels"]),
        helper.make_node("Identity", [arcs], ["arcs"]),
        helper.make_node("Identity", [acts], ["acts"]),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [size])
        for name, size in (("ids", "n"), ("kinds", "n"), ("first", "w"))
    ]
    outputs = [
        helper.make_tensor_value_info("labels", TensorProto.FLOAT, ["w", 7]),
        helper.make_tensor_value_info("arcs", TensorProto.FLOAT, ["w", 4 * ARC + 4]),
        helper.make_tensor_value_info("acts", TensorProto.FLOAT, ["w", ACT_COUNT]),
    ]
    return g.model("attributions", inputs, outputs)


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
