"""What fine-tuning changed in the encoder: tensors in `weights/encoder.safetensors`, vouched for by `encoder.json`.

Written by `bot.nlu.finetune` and read by `bot.nlu.build_encoder`. The tensors are halves (16 bits): the encoder reads
the same to the third decimal, and the repository carries half as much.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import numpy as np
from safetensors.numpy import load, save

FOLDER = Path(__file__).resolve().parent / "weights"
TENSORS, FACTS = "encoder.safetensors", "encoder.json"
#: The word vectors, of which only those of words that were met are written, and which rows of the whole those are.
WORDS, ROWS = "embeddings.word_embeddings.weight", "embeddings.word_embeddings.rows"
#: A word vector that moved by less than this share of its length is one that only faded.
MOVED = 1e-3
#: The tensor that is no part of the encoder: a unit vector for each of the labels in the facts.
PROTOTYPES = "prototypes"


def expected_hash(folder: Path = FOLDER) -> str | None:
    """The SHA-256 that `encoder.json` vouches for, or None where nothing was fine-tuned."""
    facts = folder / FACTS
    if not facts.exists():
        if (folder / TENSORS).exists():
            raise ValueError(f"nothing vouches for {TENSORS}: {FACTS} is missing")
        return None
    return json.loads(facts.read_text(encoding="utf-8"))["sha256"]


def tensors(folder: Path = FOLDER) -> dict[str, np.ndarray]:
    """The changed tensors by name, empty where nothing was fine-tuned.

    ValueError unless the file is, byte for byte, the one that `encoder.json` vouches for.
    """
    expected = expected_hash(folder)
    if expected is None:
        return {}
    path = folder / TENSORS
    data = path.read_bytes() if path.exists() else b""
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise ValueError(f"{TENSORS} has SHA-256 {found}, not {expected}: refused")
    return {name: value if name == ROWS else value.astype(np.float32) for name, value in load(data).items()}


def prototypes(folder: Path = FOLDER) -> dict[str, np.ndarray]:
    """Where the messages of each fine label lie, as learnt; empty where nothing was fine-tuned."""
    found = tensors(folder).get(PROTOTYPES)
    if found is None:
        return {}
    return dict(zip(json.loads((folder / FACTS).read_text(encoding="utf-8"))["labels"], found, strict=True))


def merged(weights: dict[str, np.ndarray], changed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """`weights` with `changed` over them. ValueError for a tensor that is not there or has another shape."""
    changed = {name: value for name, value in changed.items() if name != PROTOTYPES}
    if ROWS in changed:
        words, rows = weights[WORDS].astype(np.float32), changed.pop(ROWS)
        if len(rows) != len(changed[WORDS]) or rows.min() < 0 or rows.max() >= len(words):
            raise ValueError(f"{TENSORS}: {ROWS} does not fit the model it is for")
        words[rows] = changed[WORDS]
        changed[WORDS] = words
    for name, value in changed.items():
        if name not in weights or weights[name].shape != value.shape:
            raise ValueError(f"{TENSORS}: {name} does not fit the model it is for")
    return {**weights, **changed}


def met(changed: dict[str, np.ndarray], weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """`changed` with the word vectors cut down to those that moved from where they are in `weights`."""
    before, after = weights[WORDS].astype(np.float32), changed[WORDS]
    way = np.linalg.norm(after - before, axis=1) / np.maximum(np.linalg.norm(before, axis=1), 1e-9)
    rows = np.flatnonzero(way > MOVED)
    return {**changed, WORDS: after[rows], ROWS: rows.astype(np.int32)}


def write(changed: dict[str, np.ndarray], facts: dict, folder: Path = FOLDER) -> str:
    """Write the tensors and, last, the facts that vouch for them; returns the tensors' SHA-256."""
    data = save({name: changed[name] if name == ROWS else changed[name].astype(np.float16) for name in sorted(changed)})
    digest = hashlib.sha256(data).hexdigest()
    folder.mkdir(exist_ok=True)
    for name, content in (
        (TENSORS, data),
        (FACTS, (json.dumps({**facts, "sha256": digest, "bytes": len(data)}, indent=1) + "\n").encode()),
    ):
        beside = folder / f".{name}.new"
        beside.write_bytes(content)
        os.replace(beside, folder / name)
    return digest
