"""What the assistant makes of a message, without a running server: `wellbeing understand`.

The trained model's archive is opened and read by the code that the Rasa components call, but without Rasa: a second
instead of twenty, a tenth of the memory. A test holds the two to the same result.
"""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.nlu import danger, in_context, reading
from bot.nlu.danger import CRISIS
from bot.nlu.encoder import FOLDER, Encoder
from bot.nlu.model import AnswerModel
from bot.nlu.normaliser import SPELLINGS

#: Below this share of the probability an answer is not near, and none is told.
FAR = 0.05
#: Text beyond this is not understood (the gateway cuts it there); the screen sees all of it.
MAX_CHARACTERS = 1_600


class Understander:
    """A trained model, ready to read messages one at a time."""

    def __init__(self, model: AnswerModel, reader: reading.Reader, encoder: Encoder, spelling: str) -> None:
        self._model, self._reader, self._encoder = model, reader, encoder
        self._spell = SPELLINGS[spelling]

    @classmethod
    def load(cls, model_path: Path | str, encoder_folder: Path = FOLDER) -> Understander:
        """Open the archive that `bot.nlu.training` made. FileNotFoundError if it or the encoder is missing."""
        folder = Path(tempfile.mkdtemp(prefix="wellbeing-model-"))
        try:
            with tarfile.open(model_path) as archive:
                nodes = json.load(archive.extractfile(_member(archive, "metadata.json")))["predict_schema"]["nodes"]
                vectors = _node(nodes, "SentenceEncoderFeaturizer")["config"]
                classifier = _node(nodes, "AnswerClassifier")
                part = f"components/{classifier['resource']['name']}"
                for name in AnswerModel.FILES:  # by name, and never by a path that the archive brings
                    with archive.extractfile(_member(archive, f"{part}/{name}")) as source:
                        (folder / name).write_bytes(source.read())
            model = AnswerModel.load(folder)
        finally:
            shutil.rmtree(folder)
        reader = reading.Reader(model.labels, reading.Limits.of(classifier["config"]))
        encoder = Encoder(encoder_folder, precision=vectors["precision"])
        return cls(model, reader, encoder, vectors["spelling"])

    def read(self, text: str) -> reading.Reading:
        """Intent, answer and rankings of `text`, by the classifier alone."""
        text = text[:MAX_CHARACTERS]
        if not text.strip():
            return reading.nothing()
        vector = self._encoder.encode([self._spell(text)])[0]
        return self._reader.read(*self._model.read(text, vector))

    def read_after(self, text: str, answer: str, question: str) -> reading.Reading:
        """What a short `text` means that follows `answer` ("topic/key"), over which `question` stands."""
        if not in_context.is_short(text):
            return self.read(text)
        words = in_context.beside(question, text)
        vectors = self._encoder.encode([self._spell(text), self._spell(words)])
        alone, after = (self._model.read(t, v)[0] for t, v in zip((text, words), vectors, strict=True))
        return self._reader.read_after(alone, after, answer)

    def read_in_talk(self, texts: Sequence[str]) -> list[reading.Reading]:
        """What each of the `texts` means that one person sent in one sitting, with nothing of ours between them."""
        return [read for read, _ in self.in_talk(texts)]

    def in_talk(self, texts: Sequence[str]) -> list[tuple[reading.Reading, danger.Danger | None]]:
        """As `read_in_talk`, and what danger the classifier sees in each."""
        found: list[tuple[reading.Reading, danger.Danger | None]] = []
        for place, text in enumerate(texts):
            alone = self.read(text)
            grave = danger.seen(alone.ranking, alone.intent, text)
            if place and texts[place - 1].strip() and in_context.may_lean(text):
                words = in_context.beside(texts[place - 1], text)
                vectors = self._encoder.encode([self._spell(text), self._spell(words)])
                shares, strange = zip(
                    *(self._model.read(t, v) for t, v in zip((text, words), vectors, strict=True)), strict=True
                )
                before = {row["name"]: row["confidence"] for row in found[-1][0].ranking}
                if not strange[0]:
                    grave = danger.in_talk(grave, alone.ranking, self._reader.danger(shares[1]), text)
                    if grave is not None and grave.faint:
                        shares, alone = self._reader.nothing_grave(shares)
                    alone = self._reader.read_in_talk(self._model.talk, text, shares, before, alone)
            found.append((alone, grave))
        return found

    def danger(self, text: str) -> danger.Danger | None:
        """The danger that the classifier alone sees in `text`."""
        read = self.read(text)
        return danger.seen(read.ranking, read.intent, text)

    def understand(self, text: str, alone: reading.Reading | None = None) -> dict:
        """What the assistant makes of `text`: intent, answer and danger, with the keys that `DESIGN` names.

        `alone` is what `read` says of it, for whoever has asked that already.

        The screen's rules and the classifier are two nets: either raises, neither overrules the other. The learnt
        list's doubt is weighed together with the classifier's.
        """
        from bot.safety import DENIED, LEARNT, beside_a_denial, screen  # not at the top: training needs no screen

        verdict = screen(text)
        rest = verdict and verdict.rule == DENIED and beside_a_denial(text)
        read = self.read(rest) if rest else alone or self.read(text)
        if verdict and verdict.rule == LEARNT:
            verdict = None  # a doubt: weighed below
        found = {
            "text": text,
            "intent": read.intent,
            "confidence": round(read.confidence, 4),
            "answer": None,
            "safety": None,
            "safety_kind": None,
            "about": None,
            "safety_source": None,
        }
        if verdict:
            found |= {
                "safety": verdict.safety,
                "safety_kind": verdict.kind,
                "about": verdict.about,
                "safety_source": "screen",
            }
            if verdict.safety == "suicide" and verdict.about == "other":
                found["intent"] = "ask_suicide_prevention"
            elif verdict.strength == "strong":  # danger to the person beside the one who texts is danger now too
                found["intent"] = f"{CRISIS}{verdict.safety}"
        elif below := danger.seen(read.ranking, read.intent, text):
            found |= {"safety": below.safety, "about": below.about, "safety_source": "nlu"}
        return found | {"answer": _first(read, found["intent"])}


def _first(read: reading.Reading, intent: str) -> str | None:
    """The answer that comes first for a health question of `intent`, sure or not; None when nothing in it is near.

    In a conversation an answer that is not sure is asked about first ("did you mean").
    """
    topic = intent.removeprefix(reading.ASK) if intent.startswith(reading.ASK) else None
    near = (a for a in read.answers if a["topic"] == topic and a["confidence"] >= FAR)
    return next((f"{a['topic']}/{a['key']}" for a in near), None)


def _member(archive: tarfile.TarFile, path: str) -> tarfile.TarInfo:
    """The archive's file at `path`; Rasa writes names with and without a leading "./" or "/"."""
    for member in archive.getmembers():
        if member.name.lstrip("./") == path and member.isfile():
            return member
    raise FileNotFoundError(f"the model has no {path}")


def _node(nodes: dict, component: str) -> dict:
    for name, node in nodes.items():
        if node["uses"].endswith(f".{component}") and name.startswith("run_"):
            return node
    raise FileNotFoundError(f"the model has no {component}")
