"""Training messages that the others contradict: left out of the learning, and listed for people to see.

Several hands wrote the messages, a line at a time and without a conversation around it: some of them could mean
anything ("do I have to do it"), and some have a label that another hand would not give. Each has a voice of its own
among the nearest messages (`bot.nlu.neighbours`), and is better silent. `python -m bot.nlu.doubtful` asks of every
message what the others would make of it, and writes those of which they are sure that it is something else into
`data/nlu/doubtful.tsv` (`docs/decisions/0024`). Nothing that is danger or sounds like it is ever left out, nor the
question that stands over an answer, nor a message of one or two words.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from bot import yamlfile
from bot.nlu import vector_cache
from bot.nlu.bank import DOUBTFUL, doubtful, messages, questions
from bot.nlu.encoder import Encoder
from bot.nlu.model import SETTINGS
from bot.nlu.normaliser import SPELLINGS

ROOT = Path(__file__).resolve().parents[2]
#: At most this share of the others' voices is for the message's own intent...
OWN = 0.05
#: ...and at least this share for one other.
OTHER = 0.80
#: A message of fewer words is its own best evidence ("marhaba", "cystitis"): no other says it.
FEW = 3
CRISIS = "crisis_"
#: Messages compared with all others at a time: what fits into memory.
ROWS = 1_000


def voices(vectors: np.ndarray, intents: np.ndarray, count: int, nearest: int, warmth: float) -> np.ndarray:
    """For each message a share for each of `count` intents, by the messages `nearest` to it, itself left out.

    `vectors` are unit vectors, `intents` their intents' numbers; louder the nearer, as `Neighbours.shares` has it.
    """
    found = np.zeros((len(vectors), count), dtype=np.float32)
    for start in range(0, len(vectors), ROWS):
        cosines = vectors[start : start + ROWS] @ vectors.T
        here = np.arange(len(cosines))
        cosines[here, start + here] = -np.inf
        best = np.argpartition(-cosines, nearest, axis=1)[:, :nearest]
        for row in here:
            near = cosines[row, best[row]]
            shares = np.bincount(intents[best[row]], np.exp((near - near.max()) / warmth), minlength=count)
            found[start + row] = shares / shares.sum()
    return found


def contradicted(shares: np.ndarray, intents: np.ndarray, names: list[str]) -> np.ndarray:
    """Which messages the others are sure are something else. Danger, and what they take for danger, never is."""
    likeliest = shares.argmax(axis=1)
    crisis = np.array([name.startswith(CRISIS) for name in names])
    sure = (shares[np.arange(len(shares)), intents] < OWN) & (shares.max(axis=1) > OTHER)
    return sure & ~crisis[intents] & ~crisis[likeliest]


def main() -> None:
    """Write the list."""
    config = {c["name"].rsplit(".", 1)[-1]: c for c in yamlfile.read(ROOT / "config.yml")["pipeline"]}
    featurizer, classifier = config["SentenceEncoderFeaturizer"], SETTINGS | config["AnswerClassifier"]
    everything = sorted({*messages(ROOT), *doubtful(ROOT)})
    spell = SPELLINGS[featurizer["spelling"]]
    vectors = vector_cache.encode(Encoder(precision=featurizer["precision"]), [spell(text) for text, _ in everything])
    of = [label.split("/", 1)[0] for _, label in everything]
    names = sorted(set(of))
    intents = np.array([names.index(name) for name in of])
    shares = voices(vectors, intents, len(names), int(classifier["neighbours"]), classifier["warmth"])
    kept = questions(ROOT / "data/answers")
    kept |= {text for text, _ in everything if len(text.split()) < FEW}
    left_out = [i for i in np.flatnonzero(contradicted(shares, intents, names)) if everything[i][0] not in kept]
    with (ROOT / DOUBTFUL).open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(["message", "label", "the_others_say"])
        rows.writerows([*everything[i], names[shares[i].argmax()]] for i in left_out)
    print(f"doubtful: {len(left_out)} of {len(everything)} messages left out of the learning")


if __name__ == "__main__":
    main()
