"""An ONNX graph as it is built: int8 layers of a BERT encoder, with the fused operators of onnxruntime."""

from __future__ import annotations

import numpy as np
import onnx
import torch
from model import HEADS, HIDDEN
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
        """x + skip, normalised; onnxruntime's fused SkipLayerNormalization takes three times as long on a CPU."""
        return self.node(
            "LayerNormalization",
            [
                self.node("Add", [x, skip]),
                self.constant(name + ".w", layer.weight.detach().numpy()),
                self.constant(name + ".b", layer.bias.detach().numpy()),
            ],
            axis=-1,
            epsilon=1e-12,
        )

    def word_vectors(self, words: torch.nn.Embedding) -> str:
        """`ids` [n] -> [n, 384], from an int8 table with one scale a row."""
        table = words.weight.detach().numpy()
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        small = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        rows = self.node("Gather", [self.constant("words", small), "ids"])
        scales = self.node("Gather", [self.constant("words.s", scale.astype(np.float32)), "ids"])
        return self.node("Mul", [self.node("Cast", [rows], to=TensorProto.FLOAT), scales])

    def encoded(
        self,
        x: str,
        places: torch.nn.Embedding,
        norm: torch.nn.LayerNorm,
        layers: torch.nn.ModuleList,
    ) -> str:
        """[n, 384] -> [n, 384]: the places are added, and the encoder's layers read the whole."""
        table = self.node(
            "Slice",
            [
                self.constant("places", places.weight.detach().numpy()),
                self.constant("zero", np.array([0])),
                self.node("Shape", ["ids"]),
                self.constant("axis", np.array([0])),
            ],
        )
        # every tensor keeps a leading batch axis of one: the fused attention wants [1, n, 384]
        x = self.node("Unsqueeze", [x, "axis"])
        x = self.norm(x, self.node("Unsqueeze", [table, "axis"]), norm, "norm")
        split = self.constant("split", np.array([HIDDEN] * 3))
        for i, layer in enumerate(layers):
            at = f"layer{i}."
            qkv = self.linear(x, layer.qkv, at + "qkv")
            names = [f"{at}{part}" for part in "qkv"]
            self.nodes.append(
                helper.make_node("Split", [qkv, split], names, axis=2, name=at + "split")
            )
            a = self.node("MultiHeadAttention", names, CONTRIB, num_heads=HEADS)
            x = self.norm(x, self.linear(a, layer.out, at + "out"), layer.norm1, at + "norm1")
            h = self.node("Gelu", [self.linear(x, layer.up, at + "up")], CONTRIB)
            x = self.norm(x, self.linear(h, layer.down, at + "down"), layer.norm2, at + "norm2")
        return self.node("Squeeze", [x, "axis"])

    def model(
        self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """The whole, ready to be saved."""
        return helper.make_model(
            helper.make_graph(self.nodes, name, inputs, outputs, self.constants),
            opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)],
            ir_version=8,
        )
