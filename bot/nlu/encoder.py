"""The sentence encoder: all-MiniLM-L6-v2 as an ONNX graph, run on the CPU without PyTorch or TensorFlow.

Built once by `bot.nlu.build_encoder`; loads in a fraction of a second and is shared by training, Rasa and `understand`.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

#: Where `build_encoder` writes and everybody reads, relative to the checkout.
FOLDER = Path(__file__).resolve().parents[2] / "var" / "models" / "encoder"
DIMENSIONS = 384
#: The model was trained on 128 tokens; a text message of 1,600 characters is cut here rather than slow the others down.
MAX_TOKENS = 128
FILES = {"fp32": "encoder.onnx", "int8": "encoder.int8.onnx"}


class Encoder:
    """Turns messages into unit vectors of 384 numbers.

    `path` is the graph file, or the folder of them (then `precision` chooses); the tokenizer lies beside it.
    """

    def __init__(self, path: Path | str = FOLDER, threads: int = 1, precision: str = "int8") -> None:
        path = Path(path)
        graph = path / FILES[precision] if path.is_dir() else path
        if not graph.exists():
            raise FileNotFoundError(f"{graph.name} is not built: run `python -m bot.nlu.build_encoder`")
        self.folder, self.graph = graph.parent, graph.name
        self._tokenizer = Tokenizer.from_file(str(graph.parent / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Idle threads that spin would eat the core of the process next door.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])

    def encode(self, texts: list[str], workers: int = 1) -> np.ndarray:
        """`texts` in, an array (len(texts), 384) of float32 out, one unit vector a text, in the order given.

        Each travels through the graph alone: an int8 graph scales by the largest activation that it sees, and a
        message must not be read differently because of its neighbours. `workers` is how many travel side by side.
        """
        tokens = [e.ids for e in self._tokenizer.encode_batch_fast([_readable(t) for t in texts])]
        if workers == 1 or len(tokens) <= 1:
            found = [self._vector(ids) for ids in tokens]
        else:
            with ThreadPoolExecutor(workers) as pool:
                found = list(pool.map(self._vector, tokens))
        return np.stack(found) if found else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def _vector(self, ids: list[int]) -> np.ndarray:
        return self._session.run(None, {"input_ids": np.array(ids, dtype=np.int64)})[0]


def _readable(text: str) -> str:
    """A lone surrogate cannot be given to the tokenizer; it becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def manifest(folder: Path = FOLDER) -> dict:
    """What is built in `folder` (hashes of the files and of their source), or an empty dict if nothing is."""
    path = folder / "manifest.json"
    return json.loads(path.read_text()) if path.exists() else {}
