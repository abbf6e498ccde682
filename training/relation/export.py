"""Write the trained relation encoder as an int8 ONNX model: python training/relation/export.py --weights FILE --out DIR

As in training/attributions/export.py. Inputs `ids` [n] and `pools` [4, n] (the weights of the four means read: [CLS], all
pieces, the marks of source and target), output `logits` [1, 16]. The vocabulary is that of the attribution tagger.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from data import CLASSES
from network import Reader
from onnx import TensorProto, helper
from onrecord.coding.relation_reader import LONGEST

sys.path.append(str(Path(__file__).resolve().parent.parent / "attributions"))
from export_graph import CONTRIB, Graph
from manifest import write_manifest


def build(model: Reader, top: int) -> onnx.ModelProto:
    g = Graph(top)
    places = torch.nn.Embedding.from_pretrained(model.places.weight[: LONGEST + 2])
    x = g.encoded(g.word_vectors(model.words), places, model.norm, model.layers)
    h = g.node("MatMul", ["pools", x])
    h = g.node("Reshape", [h, g.constant("flat", np.array([1, -1]))])
    h = g.node("Gelu", [g.linear(h, model.head_in, "head_in")], CONTRIB)
    logits = g.plain_linear(h, model.head_out, "head_out")
    g.nodes.append(helper.make_node("Identity", [logits], ["logits"]))
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["n"]),
        helper.make_tensor_value_info("pools", TensorProto.FLOAT, [4, "n"]),
    ]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, len(CLASSES)])]
    return g.model("relation", inputs, outputs)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--weights", type=Path, required=True)
    ap.add_argument("--out", type=Path, default=Path("src/onrecord/models/relation"))
    ap.add_argument("--top", type=int, default=64, help="largest int8 weight")
    ap.add_argument("--version", default="1")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    model = Reader().eval()
    model.load_state_dict(torch.load(a.weights, weights_only=True))
    onnx.save(build(model, a.top), a.out / "model.onnx")
    write_manifest(a.out, a.version, "onrecord-relation", ("model.onnx",))


if __name__ == "__main__":
    main()
