"""Fills the vector cache with the training messages: `python -m bot.nlu.ahead ROOT`.

`bot.nlu.training` runs it beside itself: Rasa's imports keep one core busy for ten seconds, this uses the other. When
it fails nothing is lost, the training reads what is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from bot.nlu import vector_cache
from bot.nlu.bank import messages
from bot.nlu.encoder import Encoder
from bot.nlu.normaliser import SPELLINGS


def main(root: Path) -> None:
    """Encode every message of `root` the way that its config.yml says."""
    pipeline = yaml.safe_load((root / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    config = next(part for part in pipeline if part["name"].endswith(".SentenceEncoderFeaturizer"))
    spell = SPELLINGS[config.get("spelling", "normal")]
    encoder = Encoder(precision=config.get("precision", "int8"))
    vector_cache.encode(encoder, [spell(text) for text, _ in messages(root)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
