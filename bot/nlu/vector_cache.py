"""Sentence vectors of training messages, kept between trainings: most messages are the same as last time.

The file may be deleted at any time. It is bound to the encoder that made it, byte for byte, and a vector to its words.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import numpy as np

from bot.nlu.encoder import DIMENSIONS, Encoder, manifest

NAME = "cache.npz"
#: Bytes of a message's hash; the words themselves are not written down twice.
KEY = 16
#: More messages than this are not kept: then those of the training at hand are, and the others are forgotten.
MOST = 150_000


def encode(encoder: Encoder, texts: list[str], workers: int | None = None) -> np.ndarray:
    """What `encoder.encode(texts)` gives, from the file beside the encoder as far as it is there."""
    path, maker = encoder.folder / NAME, _maker(encoder)
    known = _read(path, maker)
    keys = [hashlib.sha256(t.encode("utf-8", "replace")).digest()[:KEY] for t in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        fresh = encoder.encode(list(missing.values()), workers or min(os.cpu_count() or 1, 4))
        known.update(zip(missing, fresh, strict=True))
    found = np.stack([known[key] for key in keys]) if keys else np.zeros((0, DIMENSIONS), dtype=np.float32)
    if missing and maker:
        _write(path, maker, known if len(known) <= MOST else {key: known[key] for key in keys})
    return found


def _maker(encoder: Encoder) -> str:
    """The hashes of the graph and the tokenizer, or nothing where no manifest vouches: then none is kept."""
    files = manifest(encoder.folder).get("files", {})
    names = (encoder.graph, "tokenizer.json")
    return " ".join(files[n] for n in names) if all(n in files for n in names) else ""


def _read(path: Path, maker: str) -> dict[bytes, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as file:
            if not maker or str(file["maker"]) != maker:
                return {}
            keys, vectors = file["keys"], file["vectors"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}  # none yet, or cut short: it is only a cache
    if keys.shape[1:] != (KEY,) or vectors.shape != (len(keys), DIMENSIONS):
        return {}
    return dict(zip((k.tobytes() for k in keys), vectors, strict=True))


def _write(path: Path, maker: str, known: dict[bytes, np.ndarray]) -> None:
    keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(-1, KEY)
    beside = path.with_name(f".{NAME}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            np.savez(file, maker=np.array(maker), keys=keys, vectors=np.stack(list(known.values())))
        os.replace(beside, path)
    except OSError:  # a read-only place: slower next time, and nothing else
        beside.unlink(missing_ok=True)
