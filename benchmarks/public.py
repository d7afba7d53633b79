"""The same pipeline on public data: BANKING77 and CLINC150, read from `shared/benchmarks` beside the checkout.

They are for comparison only and are never trained on for the assistant. Each task has its own encoder, fine-tuned from
the pinned weights by the assistant's recipe on the task's training part and the names of its labels alone; the number
of passes over it was fixed beforehand by the size of the task. Baselines in the same run: the classifier on character
and word features alone, and for the task with few examples Rasa's own default pipeline (`benchmarks.diet`). Fine-tuned
encoders are kept in `var/models/public`, so that a second run is quick.
"""

from __future__ import annotations

import csv
import json
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks import diet, figures
from bot import yamlfile
from bot.nlu import build_encoder, tuned
from bot.nlu.encoder import Encoder
from bot.nlu.model import SETTINGS, AnswerModel

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


def named(rows: Rows) -> Rows:
    """The labels' own names as texts: to these tasks what the answers' texts are to the assistant's."""
    return [(label.replace("_", " "), label) for label in sorted({label for _, label in rows})]


def own_encoder(name: str, train: Rows, passes: float, precision: str) -> tuple[Encoder, dict[str, np.ndarray]]:
    """An encoder fine-tuned on `train` and where its labels lie; made once, and anew when the data or recipe change."""
    from bot.nlu import finetune
    from bot.nlu.learner import Recipe, prepare

    # One member: two, averaged, are within chance on these tasks, and take twice as long.
    recipe = Recipe(epochs=passes, members=1)
    folder = ROOT / "var" / "models" / "public" / name
    weights, wanted = folder / "weights", finetune.data_hash(train, [[passes, *asdict(recipe).values()]])
    made = weights / tuned.FACTS
    if not made.exists() or json.loads(made.read_text(encoding="utf-8"))["wanted"] != wanted:
        prepare()
        changed, labels, facts = finetune.teach(train, named(train), recipe)
        weights.mkdir(parents=True, exist_ok=True)
        tuned.write(changed, {**facts, "labels": labels, "wanted": wanted}, weights)
        build_encoder.build(folder, weights=weights)
    return Encoder(folder, precision=precision, threads=2), tuned.prototypes(weights)


def learning() -> tuple[dict, str]:
    """How the assistant's own classifier learns, and the encoder's precision, from config.yml."""
    pipeline = {c["name"].rsplit(".", 1)[-1]: c for c in yamlfile.read(ROOT / "config.yml")["pipeline"]}
    classifier = pipeline["AnswerClassifier"]
    # A little longer than for the assistant: these tasks have fewer messages, and the baseline brings no prototypes.
    ours = {k: classifier.get(k, v) for k, v in SETTINGS.items()} | {"iterations": 30, "regularisation": 0.3}
    return ours, pipeline["SentenceEncoderFeaturizer"]["precision"]


def fit(train: Rows, encoder: Encoder | None, settings: dict, prototypes: dict | None = None) -> AnswerModel:
    train = [*train, *named(train)]
    texts = [t for t, _ in train]
    vectors = _vectors(encoder, texts)
    labels = [label for _, label in train]
    if not encoder:  # nothing lies near anything
        settings = {**settings, "share": 0.0}
    return AnswerModel.fit(texts, vectors, labels, settings, prototypes=prototypes or {})


def _vectors(encoder: Encoder | None, texts: list[str]) -> np.ndarray:
    """Sentence vectors, or nothing to tell messages apart by where the baseline does without."""
    return encoder.encode(texts) if encoder else np.zeros((len(texts), 384), dtype=np.float32)


def predictions(model: AnswerModel, encoder: Encoder | None, texts: list[str]) -> tuple[list[str], np.ndarray]:
    vectors = _vectors(encoder, texts)
    rows = [model.read(t, v)[0] for t, v in zip(texts, vectors, strict=True)]
    return [model.labels[int(np.argmax(r))] for r in rows], np.array([r.max() for r in rows])


def accuracy(model: AnswerModel, encoder: Encoder | None, test: Rows) -> float:
    guessed, _ = predictions(model, encoder, [t for t, _ in test])
    return float(np.mean([g == label for g, (_, label) in zip(guessed, test, strict=True)]))


def main() -> int:
    """Print accuracy on each task, ours beside the baseline."""
    if not DATA.is_dir():
        print("public: the data is not beside this checkout (shared/benchmarks); nothing was measured")
        return 0
    settings, precision = learning()
    test, train = banking("test"), banking("train")
    some = few(train, 10)
    tasks = (
        lambda: _banking("BANKING77, 10 an intent", some, 20.0, test, precision, settings),
        lambda: _diet(some, test),
        lambda: _banking("BANKING77, full", train, 4.0, test, precision, settings),
        lambda: _clinc(precision, settings),
    )
    told = []
    for task in tasks:
        began = time.monotonic()
        told.append(f"{task()} ({time.monotonic() - began:.0f} s)")
        print(told[-1], flush=True)
        figures.keep("public", told, "understanding.md")  # a run that is cut short has told what it found
    return 0


def _diet(train: Rows, test: Rows) -> str:
    return f"Rasa's default pipeline (DIET) on BANKING77, 10 an intent: {diet.accuracy(train, test):.1%}"


def _banking(name: str, train: Rows, passes: float, test: Rows, precision: str, settings: dict) -> str:
    """Accuracy on one size of the task, ours beside words and characters alone."""
    encoder, prototypes = own_encoder(name.replace(", ", "_").replace(" ", "_"), train, passes, precision)
    ours, base = fit(train, encoder, settings, prototypes), fit(train, None, settings)
    return f"{name}: {accuracy(ours, encoder, test):.1%}, words and characters alone {accuracy(base, None, test):.1%}"


def _clinc(precision: str, settings: dict) -> str:
    """In-scope accuracy, and out-of-scope recall at the threshold chosen on the validation part."""
    data = json.loads((DATA / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    rows = {part: [(t, label) for t, label in data[part]] for part in data}
    train = rows["train"] + rows["oos_train"]
    encoder, prototypes = own_encoder("CLINC150", train, 3.0, precision)
    model = fit(train, encoder, settings, prototypes)
    where = model.labels.index("oos")

    def inside(texts: list[str]) -> tuple[list[str], np.ndarray]:
        """The likeliest real label, and how sure it is that the message is in scope at all."""
        found = [model.read(t, v)[0] for t, v in zip(texts, encoder.encode(texts), strict=True)]
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
    return (
        f"CLINC150, full: in scope {right.mean():.1%} ({np.mean(right & (sure >= threshold)):.1%} at the threshold "
        f"{threshold:.2f} chosen on validation), out of scope seen {np.mean(outside < threshold):.1%}"
    )
