"""Learns the classifier from all messages: `python -m bot.nlu.learning ROOT FOLDER` writes it into FOLDER.

Rasa is not asked to carry the messages: it copies and fingerprints every one a dozen times, half a minute of each
training. `bot.nlu.training` runs this beside Rasa's own imports, and the Rasa component takes up what was learnt.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from bot import yamlfile
from bot.nlu import in_context, tuned, vector_cache
from bot.nlu.bank import messages
from bot.nlu.encoder import Encoder
from bot.nlu.model import SETTINGS, AnswerModel
from bot.nlu.normaliser import SPELLINGS
from bot.nlu.talk import TALKS, Talk, Turn, read_talks

ROOT = Path(__file__).resolve().parents[2]


def learn(root: Path) -> AnswerModel:
    """The model of every message of `root`, learnt the way that its config.yml says.

    ValueError when there are not messages of at least two meanings.
    """
    pipeline = yamlfile.read(root / "config.yml")["pipeline"]
    config = {part["name"].rsplit(".", 1)[-1]: part for part in pipeline}
    reading, choosing = config["SentenceEncoderFeaturizer"], config["AnswerClassifier"]
    known = messages(root)
    texts, labels = [text for text, _ in known], [label for _, label in known]
    if len(set(labels)) < 2:
        raise ValueError("the classifier needs messages of at least two meanings")
    spell = SPELLINGS[reading.get("spelling", "normal")]
    encoder = Encoder(precision=reading.get("precision", "int8"))
    print(f"learning: reading {len(texts)} messages", flush=True, file=sys.stderr)
    vectors = vector_cache.encode(encoder, [spell(text) for text in texts])
    print(f"learning: {len(set(labels))} meanings", flush=True, file=sys.stderr)
    settings = {name: choosing.get(name, value) for name, value in SETTINGS.items()}
    model = AnswerModel.fit(texts, vectors, labels, settings, prototypes=tuned.prototypes())
    if (root / TALKS).exists():
        _learn_talks(model, encoder, spell, read_talks(root / TALKS))
    return model


def _learn_talks(model: AnswerModel, encoder: Encoder, spell: Callable[[str], str], talks: list) -> None:
    """Read every turn of the labelled `talks` by itself and behind the one before it, and learn how they go on."""
    print(f"learning: {len(talks)} talks", flush=True, file=sys.stderr)
    texts = []
    for talk in talks:
        spoken = [text for text, _ in talk]
        behind = [in_context.beside(before, text) for before, text in zip(spoken, spoken[1:], strict=False)]
        texts += [*spoken, *spoken[:1], *behind]  # before the first there is none: it stands for itself twice
    vectors = vector_cache.encode(encoder, [spell(text) for text in texts])
    read = iter([model.read(text, vector)[0] for text, vector in zip(texts, vectors, strict=True)])
    learnt = []
    for talk in talks:
        alone, behind = ([next(read) for _ in talk] for _ in range(2))
        learnt.append([Turn(a, b, right) for a, b, (_, right) in zip(alone, behind, talk, strict=True)])
    model.talk = Talk.learn(model.labels, learnt)


def main(root: Path, folder: Path) -> None:
    """Learn, and write what was learnt into `folder`."""
    learn(root).save(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
