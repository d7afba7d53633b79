"""Trains the model that Rasa serves, when something that it depends on has changed, and vouches for the file.

`python -m bot.nlu.training` (or `wellbeing train`). Rasa's own `rasa train` is not used: it reports to its makers,
keeps a cache in the working directory, and rewrites `config.yml`.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot import settings
from bot.nlu import blas, build_encoder
from bot.nlu.quiet import hush

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "var" / "models" / "wellbeing.tar.gz"
#: What the model is made from, besides the encoder. A change in any of them asks for a new one.
SOURCES = ("config.yml", "domain.yml", "data/answers", "data/nlu", "data/rules", "data/stories", "bot/nlu")
#: Of a folder, the files of these kinds.
KINDS = (".yml", ".py", ".tsv", ".txt")


class ModelError(Exception):
    """The model file is missing or is not the one that was trained; the message says which."""


def train(force: bool = False, root: Path = ROOT, model: Path = MODEL) -> Path:
    """Train into `model` unless it already is what the sources in `root` make; returns its path. Prints progress."""
    build_encoder.build()
    wanted = fingerprint(root)
    if not force and _facts(model).get("sources") == wanted and not problem(model):
        print(f"model: up to date ({model.name})", flush=True)
        return model
    started = time.monotonic()
    print("model: training", flush=True)
    model.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=model.parent, prefix=".training-") as scratch:
        made = Path(scratch) / model.name
        _train(root, made)
        facts = {"sources": wanted, "sha256": _sha256(made)}
        manifest_of(model).unlink(missing_ok=True)  # between the two moves nothing vouches for the file
        os.replace(made, model)
        beside = Path(scratch) / "manifest.json"
        beside.write_text(json.dumps(facts, indent=1) + "\n")
        os.replace(beside, manifest_of(model))
    print(f"model: trained in {time.monotonic() - started:.0f} s ({model.name})", flush=True)
    return model


def verify(model: Path = MODEL) -> None:
    """ModelError unless `model` is, byte for byte, the file that `train` wrote."""
    if wrong := problem(model):
        raise ModelError(wrong)


def problem(model: Path = MODEL) -> str | None:
    """What is wrong with the model file, as a sentence, or None."""
    if not model.exists():
        return f"There is no trained model ({model.name}): run `wellbeing train`."
    expected = _facts(model).get("sha256")
    if not expected:
        return f"Nothing vouches for {model.name}: run `wellbeing train`."
    if _sha256(model) != expected:
        return f"{model.name} is not the file that was trained: run `wellbeing train`."
    return None


def manifest_of(model: Path) -> Path:
    """The file beside `model` that says what it was made from and what its hash is."""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".manifest.json")


def fingerprint(root: Path = ROOT) -> str:
    """A hash over everything that the model is made from: names and contents."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = root / source
        files = sorted(f for f in path.rglob("*") if f.suffix in KINDS) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                digest.update(f"{file.relative_to(root)}\0{_sha256(file)}\n".encode())
    digest.update(json.dumps(build_encoder.manifest().get("files"), sort_keys=True).encode())
    return digest.hexdigest()


def _facts(model: Path) -> dict:
    path = manifest_of(model)
    try:
        return json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _train(root: Path, output: Path) -> None:
    """One run of Rasa's training graph over the files in `root`."""
    hush()
    if "bot.nlu.components.AnswerClassifier" not in (root / "config.yml").read_text(encoding="utf-8"):
        _run_graph(root, output)
        return
    with tempfile.TemporaryDirectory(prefix="wellbeing-learnt-") as folder:
        # Rasa's imports and its rules keep one core busy; meanwhile the classifier learns beside it.
        learning = subprocess.Popen(
            [sys.executable, "-m", "bot.nlu.learning", str(root.resolve()), folder],
            cwd=ROOT,
            env=settings.environment() | blas.for_learning(),
            stdout=subprocess.DEVNULL,
        )

        def learnt() -> Path:
            if learning.wait():
                raise ModelError("The classifier did not learn: what it printed says why.")
            return Path(folder)

        try:
            _run_graph(root, output, learnt)
        finally:
            learning.kill()
            learning.wait()


def _run_graph(root: Path, output: Path, learnt: Callable[[], Path] | None = None) -> None:
    """Import Rasa and train. `learnt` waits for the classifier where it is learnt elsewhere; its errors pass."""
    from rasa.engine import validation
    from rasa.engine.recipes.recipe import Recipe
    from rasa.engine.runner.dask import DaskGraphRunner
    from rasa.engine.training.graph_trainer import GraphTrainer
    from rasa.shared.core import generator
    from rasa.shared.data import TrainingType
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.shared.utils import io

    import bot.nlu.components as components  # registers ours
    from bot.nlu.rasa_training import LooselyPacked, NoCache

    for asked in (io, generator):  # by its progress bars, which print a line for every rule
        asked.is_logging_disabled = lambda: True
    hush()  # again: what was imported has set its own levels
    domain = root / "domain.yml"
    importer = TrainingDataImporter.load_from_config(
        str(root / "config.yml"), str(domain) if domain.exists() else None, [str(root / "data")]
    )
    everything = domain.exists() and not importer.get_stories().is_empty()
    kind = TrainingType.BOTH if everything else TrainingType.NLU
    if kind is TrainingType.NLU:
        print("model: no domain.yml or no rules yet, language understanding only", flush=True)
    config = importer.get_config()
    schema = Recipe.recipe_for_name(config["recipe"]).graph_config_for_recipe(config, {}, training_type=kind)
    validation.validate(schema)
    components.AnswerClassifier.learnt = learnt
    try:
        with tempfile.TemporaryDirectory(prefix="wellbeing-graph-") as folder:
            trainer = GraphTrainer(LooselyPacked(Path(folder)), NoCache(), DaskGraphRunner)
            trainer.train(schema, importer, output, force_retraining=True)
    finally:
        components.AnswerClassifier.learnt = None


if __name__ == "__main__":
    train(force="--force" in sys.argv)
