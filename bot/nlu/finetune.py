"""Teaches the sentence encoder our own messages: `python -m bot.nlu.finetune`.

Its word vectors and six layers learn to put messages of one meaning together; what changed is written to
`bot/nlu/weights/`, and `build_encoder` lays it over the pinned weights. Tens of minutes on two cores, the same result
every time on one kind of processor. `--fold N` leaves out the part of the messages that `crossvalidation` holds back as
its part N, and writes to `var/models/`: only an encoder that has not seen a message can be measured by it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from bot.nlu import build_encoder, crossvalidation, tuned
from bot.nlu.bank import messages as all_messages
from bot.nlu.bank import passages
from bot.nlu.noise import mistyped, passage, shortened
from bot.nlu.normaliser import SPELLINGS

ROOT = Path(__file__).resolve().parents[2]
SPELLING = "normal"


def data_hash(messages: list[tuple[str, str]], texts: list[tuple[str, str]]) -> str:
    """A hash over what is learnt from, in its order."""
    return hashlib.sha256(json.dumps([messages, texts], ensure_ascii=False).encode()).hexdigest()


class Source:
    """The messages as tokens: ways of asking with a word lost here and there, passages of the answers' texts."""

    def __init__(self, asked: list[str], texts: list[str], recipe, seed: int) -> None:
        self._asked = asked
        self._texts = texts
        self._lost, self._slips = recipe.lost_words, recipe.slips
        self._randomness = np.random.default_rng([seed, 1])
        self._tokenizer = Tokenizer.from_file(str(build_encoder.weights_folder() / "tokenizer.json"))
        self._tokenizer.enable_truncation(recipe.tokens)
        self._tokenizer.no_padding()

    def __call__(self, rows: np.ndarray) -> list[list[int]]:
        """The tokens of `rows`; the passages come after the ways of asking."""
        return [e.ids for e in self._tokenizer.encode_batch([self._words(int(row)) for row in rows])]

    def _words(self, row: int) -> str:
        if row < len(self._asked):
            typed = mistyped(self._asked[row], self._slips, self._randomness) if self._slips else self._asked[row]
            return shortened(SPELLINGS[SPELLING](typed), self._lost, self._randomness)
        return SPELLINGS[SPELLING](passage(self._texts[row - len(self._asked)], self._randomness))


def teach(messages: list[tuple[str, str]], texts: list[tuple[str, str]], recipe) -> tuple[dict, list[str], dict]:
    """Learn by `recipe`. Returns the changed tensors (and the prototypes), the labels of the prototypes, the facts.

    Several members learn side by side, each in a process of its own on one thread: the steps are small, and a second
    thread gives one member almost nothing.
    """
    labels = sorted({label for _, label in messages})
    known = set(labels)
    texts = [(text, label) for text, label in texts if label in known]
    seeds = range(recipe.seed, recipe.seed + recipe.members)
    if recipe.members == 1:
        learnt = [taught_once(messages, texts, recipe, seeds[0])]
    else:
        processes = min(recipe.members, os.cpu_count() or 1)
        with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_alone) as pool:
            learnt = list(pool.map(partial(taught_once, messages, texts, recipe), seeds))
    changed = {name: sum(member[name] for member in learnt) / recipe.members for name in learnt[0]}
    facts = {
        "recipe": asdict(recipe),
        "spelling": SPELLING,
        "messages": len(messages),
        "passages": len(texts),
        "meanings": len(labels),
        "data": data_hash(messages, texts),
        "starting_weights": build_encoder.WEIGHTS_SHA256,
    }
    weights = build_encoder.checked_weights(build_encoder.weights_folder() / "model.safetensors")
    return tuned.met(changed, weights), labels, facts


def taught_once(messages: list[tuple[str, str]], texts: list[tuple[str, str]], recipe, seed: int) -> dict:
    """The tensors of one member, from one seed: its weights and a unit vector a label, labels in their order."""
    from bot.nlu.learner import Learner

    labels = sorted({label for _, label in messages})
    place = {label: i for i, label in enumerate(labels)}
    truth = np.array([place[label] for _, label in [*messages, *texts]])
    weights = build_encoder.checked_weights(build_encoder.weights_folder() / "model.safetensors")
    source = Source([m for m, _ in messages], [t for t, _ in texts], recipe, seed)
    learner = Learner(recipe, weights, len(labels))
    learner.learn(source, truth, seed)
    unit = learner.prototypes.numpy()
    return {**learner.bert.weights(), tuned.PROTOTYPES: unit / np.linalg.norm(unit, axis=1, keepdims=True)}


def _alone() -> None:
    """At the start of a process that has one member to learn."""
    from bot.nlu.learner import prepare

    prepare(threads=1)


def _processor() -> float:
    """Seconds of processor time, of this process and of those it has waited for."""
    return sum(os.times()[:4])


def run(fold: int | None, recipe) -> Path:
    """Learn from all messages into the checkout, or from all but one part into `var/`; returns the folder."""
    started, cpu = time.monotonic(), _processor()
    messages = all_messages(ROOT)
    if fold is not None:
        kept = crossvalidation.parts([m for m, _ in messages]) != fold
        messages = [m for m, known in zip(messages, kept, strict=True) if known]
    print(f"finetune: {len(messages)} messages of {len({label for _, label in messages})} meanings", flush=True)
    changed, labels, facts = teach(messages, passages(ROOT / "data/answers"), recipe)
    facts["left_out"] = fold
    facts["seconds"] = {"wall": round(time.monotonic() - started), "processor": round(_processor() - cpu)}
    folder = tuned.FOLDER if fold is None else crossvalidation.fold_folder(fold) / "weights"
    digest = tuned.write(changed, {**facts, "labels": labels}, folder)
    print(f"finetune: {tuned.TENSORS} {digest} in {facts['seconds']['wall']} s", flush=True)
    build_encoder.build(folder=build_encoder.FOLDER if fold is None else folder.parent, weights=folder)
    return folder


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fold", type=int, choices=range(crossvalidation.PARTS))
    parser.add_argument("--recipe", type=json.loads, default={}, help="JSON over the recipe's values, to try something")
    asked = parser.parse_args()
    if asked.fold is None and asked.recipe:
        parser.error("what ships follows the recipe as it is written: --recipe needs --fold")
    os.putenv("TF_CPP_MIN_LOG_LEVEL", "3")  # reaches TensorFlow without being a setting of ours
    from bot.nlu.learner import Recipe, prepare

    prepare()
    run(asked.fold, Recipe(**asked.recipe))


if __name__ == "__main__":
    main()
