"""How well the classifier does on messages that it has not seen: the numbers in `config.yml` come from here.

`python -m bot.nlu.crossvalidation [--folds N]` reads `config.yml` and the training data as they are, holds back one
message in five, and prints accuracy, how honest the probabilities are, and what each limit would cost. The encoder is
one that was fine-tuned without those messages (`python -m bot.nlu.finetune --fold N`).
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path

import numpy as np

from bot import yamlfile
from bot.nlu import build_encoder, reading, tuned, vector_cache
from bot.nlu.bank import messages
from bot.nlu.encoder import FOLDER, Encoder
from bot.nlu.model import SETTINGS, AnswerModel
from bot.nlu.normaliser import SPELLINGS

ROOT = Path(__file__).resolve().parents[2]
PARTS = 5


def parts(texts: list[str]) -> np.ndarray:
    """Which part each message belongs to: by its words, so that it stays there when others are added."""
    return np.array([zlib.crc32(text.lower().encode()) % PARTS for text in texts])


def fold_folder(fold: int) -> Path:
    """Where `finetune --fold` puts the encoder that has not seen part `fold`."""
    return ROOT / "var" / "models" / f"encoder-fold-{fold}"


def held_back(
    data: list[tuple[str, str]], config: dict[str, dict], folds: int
) -> tuple[np.ndarray, list[str], list[str]]:
    """Probabilities for messages while they were held back, the labels of the columns, and the truth of the rows."""
    texts, truth = [t for t, _ in data], [label for _, label in data]
    vectors = config["SentenceEncoderFeaturizer"]
    spell = SPELLINGS[vectors["spelling"]]
    settings = {name: config["AnswerClassifier"].get(name, value) for name, value in SETTINGS.items()}
    part = parts(texts)
    labels = sorted(set(truth))
    rows, right = [], []
    for fold in range(folds):
        folder, taught = encoder_without(fold)
        encoded = vector_cache.encode(Encoder(folder, precision=vectors["precision"]), [spell(t) for t in texts])
        known, new = np.flatnonzero(part != fold), np.flatnonzero(part == fold)
        model = AnswerModel.fit(
            [texts[i] for i in known], encoded[known], [truth[i] for i in known], settings, prototypes=taught
        )
        place = np.array([labels.index(label) for label in model.labels])
        for i in new:
            row = np.zeros(len(labels))
            row[place] = model.read(texts[i], encoded[i])[0]
            rows.append(row)
            right.append(truth[i])
        print(f"  part {fold + 1} of {folds}: {len(new)} messages", flush=True)
    return np.array(rows), labels, right


def encoder_without(fold: int) -> tuple[Path, dict[str, np.ndarray]]:
    """The folder of an encoder that has not learnt from part `fold`, and its prototypes.

    SystemExit where there is none: the one that ships has seen every message, and would flatter itself.
    """
    if not tuned.expected_hash():
        return FOLDER, {}
    folder = fold_folder(fold)
    if not (folder / "weights").exists():
        raise SystemExit(f"first, and it takes a while: python -m bot.nlu.finetune --fold {fold}")
    build_encoder.build(folder, weights=folder / "weights")
    return folder, tuned.prototypes(folder / "weights")


def report(rows: np.ndarray, labels: list[str], truth: list[str]) -> list[str]:
    """Lines that say how the held-back messages fared."""
    reader = reading.Reader(labels, reading.Limits(intent=0.0, answer=0.0, margin=0.0))
    read = [reader.read(row) for row in rows]
    right = np.array([r.intent == t.split("/")[0] for r, t in zip(read, truth, strict=True)])
    sure = np.array([r.confidence for r in read])
    asked = [i for i, t in enumerate(truth) if "/" in t]
    order = np.argsort(-rows, axis=1)
    first = [labels[order[i, 0]] == truth[i] for i in asked]
    three = [truth[i] in {"/".join((f"ask_{a['topic']}", a["key"])) for a in read[i].answers[:3]} for i in asked]
    lines = [
        f"{len(rows)} messages held back, {len(labels)} meanings",
        f"intent right {right.mean():.1%}",
        f"of the answers: first {np.mean(first):.1%}, in the first three {np.mean(three):.1%}",
        "intent limit: believed, right of these",
    ]
    for limit in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6):
        kept = sure >= limit
        lines.append(
            f"  {limit:.2f}  {kept.mean():6.1%}  {right[kept].mean():6.1%}   (said too modestly: {right[~kept].sum()})"
        )
    lines.append("said with: right (honest if they agree)")
    for low in np.arange(0.1, 1.0, 0.2):
        here = (sure >= low) & (sure < low + 0.2)
        if here.any():
            lines.append(f"  {sure[here].mean():6.1%}  {right[here].mean():6.1%}  of {here.sum()}")
    lines.append("answer limit, margin: given, right of these")
    for limit, margin in ((0.3, 0.1), (0.35, 0.15), (0.4, 0.2), (0.5, 0.2), (0.6, 0.3)):
        strict = reading.Reader(labels, reading.Limits(intent=0.0, answer=limit, margin=margin))
        given = [(strict.read(rows[i]).answer, truth[i].removeprefix(reading.ASK)) for i in range(len(truth))]
        said = [a == t for a, t in given if a]
        lines.append(f"  {limit:.2f} {margin:.2f}  {len(said) / len(asked):6.1%}  {np.mean(said):6.1%}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=int, default=1, choices=range(1, PARTS + 1))
    folds = parser.parse_args().folds
    pipeline = yamlfile.read(ROOT / "config.yml")["pipeline"]
    config = {part["name"].rsplit(".", 1)[1]: part for part in pipeline}
    data = messages(ROOT)
    print(f"{len(data)} messages", flush=True)
    print("\n".join(report(*held_back(data, config, folds))))


if __name__ == "__main__":
    main()
