"""The same pipeline on public data: BANKING77 and CLINC150, read from `shared/benchmarks` beside the checkout.

They are for comparison only and are never trained on for the assistant. The baseline in the same run is the classifier
on character and word features alone, without the sentence encoder.
"""

from __future__ import annotations

import csv
import json
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import yaml

from bot.nlu.classifier import LEARNING, LinearModel
from bot.nlu.encoder import Encoder

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "benchmarks"

Rows = list[tuple[str, str]]


def banking(part: str) -> Rows:
    with (DATA / "banking77" / f"{part}.csv").open(newline="", encoding="utf-8") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def few(rows: Rows, each: int) -> Rows:
    """The first `each` messages of every label: the same ones at every run."""
    taken: dict[str, int] = defaultdict(int)
    found = []
    for text, label in rows:
        if taken[label] < each:
            taken[label] += 1
            found.append((text, label))
    return found


def learning() -> tuple[dict, str]:
    """How the assistant's own classifier learns, and the encoder's precision, from config.yml."""
    pipeline = {c["name"].rsplit(".", 1)[-1]: c for c in yaml.safe_load((ROOT / "config.yml").read_text())["pipeline"]}
    classifier = pipeline["AnswerClassifier"]
    # The encoder brings no prototypes for these tasks: learning starts from nothing and takes longer.
    ours = {k: classifier.get(k, v) for k, v in LEARNING.items()} | {"iterations": 30, "regularisation": 0.3}
    return ours, pipeline["SentenceEncoderFeaturizer"]["precision"]


def fit(train: Rows, encoder: Encoder | None, settings: dict) -> LinearModel:
    texts = [t for t, _ in train]
    return LinearModel.fit(texts, _vectors(encoder, texts), [label for _, label in train], **settings)


def _vectors(encoder: Encoder | None, texts: list[str]) -> np.ndarray:
    """Sentence vectors, or nothing to tell messages apart by where the baseline does without."""
    return encoder.encode(texts) if encoder else np.zeros((len(texts), 384), dtype=np.float32)


def predictions(model: LinearModel, encoder: Encoder | None, texts: list[str]) -> tuple[list[str], np.ndarray]:
    vectors = _vectors(encoder, texts)
    rows = [model.probabilities(t, v) for t, v in zip(texts, vectors, strict=True)]
    return [model.labels[int(np.argmax(r))] for r in rows], np.array([r.max() for r in rows])


def accuracy(model: LinearModel, encoder: Encoder | None, test: Rows) -> float:
    guessed, _ = predictions(model, encoder, [t for t, _ in test])
    return float(np.mean([g == label for g, (_, label) in zip(guessed, test, strict=True)]))


def main() -> int:
    """Print accuracy on each task, ours beside the baseline."""
    if not DATA.is_dir():
        print("public: the data is not beside this checkout (shared/benchmarks); nothing was measured")
        return 0
    settings, precision = learning()
    encoder = Encoder(precision=precision, threads=2)
    test = banking("test")
    for name, train in (("BANKING77, 10 an intent", few(banking("train"), 10)), ("BANKING77, full", banking("train"))):
        began = time.monotonic()
        ours, base = fit(train, encoder, settings), fit(train, None, settings)
        print(
            f"{name}: {accuracy(ours, encoder, test):.1%}, words and characters alone "
            f"{accuracy(base, None, test):.1%} ({time.monotonic() - began:.0f} s)",
            flush=True,
        )
    _clinc(encoder, settings)
    return 0


def _clinc(encoder: Encoder, settings: dict) -> None:
    """In-scope accuracy, and out-of-scope recall at the threshold chosen on the validation part."""
    data = json.loads((DATA / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    rows = {part: [(t, label) for t, label in data[part]] for part in data}
    model = fit(rows["train"] + rows["oos_train"], encoder, settings)
    where = model.labels.index("oos")

    def inside(texts: list[str]) -> tuple[list[str], np.ndarray]:
        """The likeliest real label, and how sure it is that the message is in scope at all."""
        found = [model.probabilities(t, v) for t, v in zip(texts, encoder.encode(texts), strict=True)]
        best = [int(np.argmax(np.delete(r, where))) for r in found]
        names = [label for label in model.labels if label != "oos"]
        return [names[b] for b in best], np.array([np.delete(r, where).max() for r in found])

    _, known = inside([t for t, _ in rows["val"]])
    _, foreign = inside([t for t, _ in rows["oos_val"]])
    steps = np.linspace(0.05, 0.95, 91)
    threshold = max(steps, key=lambda s: np.mean(known >= s) + np.mean(foreign < s))
    guessed, sure = inside([t for t, _ in rows["test"]])
    right = np.array([g == label for g, (_, label) in zip(guessed, rows["test"], strict=True)])
    _, outside = inside([t for t, _ in rows["oos_test"]])
    print(
        f"CLINC150, full: in scope {right.mean():.1%} ({np.mean(right & (sure >= threshold)):.1%} at the threshold "
        f"{threshold:.2f} chosen on validation), out of scope seen {np.mean(outside < threshold):.1%}",
        flush=True,
    )
