"""Learns the screen's second list from the training messages: `python -m bot.nlu.danger_words` writes `learnt.tsv`.

Logistic regression on words and pairs of words, after the screen's own spelling. The two limits are chosen on messages
held back by hand (each group of writers of `data/nlu` in turn), so that they are limits for writers not yet seen.
The same messages make the same file. Half a minute.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

from bot import yamlfile
from bot.nlu import danger
from bot.nlu.bank import bank_messages
from bot.safety import learnt
from bot.safety.screen import rules_see, spelt

ROOT = Path(__file__).resolve().parents[2]
#: A piece in fewer messages teaches nothing; `WEIGHT` is the inverse of the regularisation.
FEWEST, WEIGHT = 3, 20.0
#: Of harmless training messages by an unseen hand, at most this share is asked about by the list ...
ASKED = 0.045
#: ... and this share where Rasa cannot weigh the words and nobody else would ask ...
ASKED_ALONE = 0.12
#: ... and for this share the words that the answer is late name whom to turn to ...
FAINT_ALONE = 0.30
#: ... and of dangerous ones this share counts as "surely harmless".
TAKEN_FOR_HARMLESS = 0.12
#: Of those numbers of the list that hardly matter, none is written: |points| below this, in hundredths.
LEAST = 8
_FIRST_PERSON = re.compile(r"\b(?:i|im|i'm|a|am|ma|my|me|i've|ive|id|i'd|myself|masel)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A training message: which of `learnt.KINDS` it is or None, and whose hand wrote it."""

    text: str
    kind: str | None
    hand: str


def lines(root: Path = ROOT) -> list[Line]:
    """What is learnt from. A worry about somebody in particular is danger; on suicide in general, what is said in the
    first person or about somebody is left out, as it may be either."""
    found = [Line(words, _kind(words, intent), "answers") for words, intent, _ in bank_messages(root / "data/answers")]
    kept = [
        line for line, (_, intent, _) in zip(found, bank_messages(root / "data/answers"), strict=False)
        if intent != danger.ABOUT_OTHERS or line.kind or not _doubtful(line.text)
    ]  # fmt: skip
    for path in sorted((root / "data/nlu").glob("*.yml")):
        noun, _, hand = path.stem.rpartition("_")
        hand = hand if noun and hand in HANDS else "first"
        for block in yamlfile.read(path).get("nlu", ()):
            for row in block.get("examples", "").splitlines() if "intent" in block else ():
                if row.strip().startswith("- "):
                    text = row.strip()[2:].strip()
                    kept.append(Line(text, _kind(text, block["intent"]), hand))
    return list(dict.fromkeys([*kept, *tables(root / "tests" / "safety")]))


def tables(folder: Path) -> list[Line]:
    """The tables that the rules are held to: what they must see, and what they must leave alone."""

    def table(name: str) -> dict:
        return yamlfile.read(folder / name)

    dangerous = [(text, group.get("safety")) for group in table("positive.yml").values() for text in group["lines"]]
    found = [Line(str(text), kind, "tables") for text, kind in dangerous if kind]
    return found + [Line(str(text), None, "tables") for rows in table("negative.yml").values() for text in rows]


#: The endings of the files of `data/nlu`, each another hand; files without one are the first.
HANDS = ("more", "danger", "plain", "voices", "hands")


def _kind(text: str, intent: str) -> str | None:
    if intent.startswith(danger.CRISIS):
        return intent.removeprefix(danger.CRISIS)
    return "suicide" if intent == danger.ABOUT_OTHERS and danger.worried_about_somebody(text) else None


def _doubtful(text: str) -> bool:
    return bool(danger.names_somebody(text) or _FIRST_PERSON.search(text))


class Learner:
    """Messages as rows of the pieces they have, and what is learnt from some of them."""

    def __init__(self, data: list[Line]) -> None:
        words = [spelt(line.text).replace("|", " ").split() for line in data]
        rows = [learnt.pieces(w) for w in words]
        count = Counter(piece for row in rows for piece in row)
        self.names = sorted(piece for piece, n in count.items() if n >= FEWEST)
        place = {piece: i for i, piece in enumerate(self.names)}
        known = [sorted(place[p] for p in row if p in place) for row in rows]
        self.rows = sparse.csr_matrix(
            (
                np.concatenate([np.full(len(k), max(learnt.FULL, len(k)) ** -0.5) for k in known]),
                np.concatenate(known).astype(np.int32),
                np.cumsum([0, *map(len, known)]),
            ),
            shape=(len(data), len(self.names)),
        )
        self.kinds = np.array([line.kind or "" for line in data])

    def fit(self, which: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, float]:
        model = LogisticRegression(C=WEIGHT, solver="liblinear", random_state=0)
        model.fit(self.rows[which], wanted[which])
        return model.coef_[0], float(model.intercept_[0])

    def table(self, asks: int, alone: int, faint: int, harmless: int) -> learnt.Points:
        """What is learnt from all of it."""
        danger_row, bias = self.fit(np.arange(len(self.kinds)), self.kinds != "")
        risky = np.flatnonzero(self.kinds != "")
        by_kind = [self.fit(risky, self.kinds == kind) for kind in learnt.KINDS]
        numbers = np.rint(100 * np.stack([danger_row, *(row for row, _ in by_kind)], axis=1)).astype(int)
        points = {
            name: tuple(int(n) for n in row)
            for name, row in zip(self.names, numbers, strict=False)
            if np.abs(row[0]) >= LEAST or np.abs(row[1:]).max() >= 4 * LEAST
        }
        kind_bias = tuple(round(100 * b) for _, b in by_kind)
        return learnt.Points(asks, alone, faint, harmless, round(100 * bias), kind_bias, points)


def held_back(data: list[Line], learner: Learner) -> np.ndarray:
    """The weight of each message while its hand was held back; not a number for those that only teach."""
    hands = np.array([line.hand for line in data])
    weights = np.full(len(data), np.nan)
    for hand in ("first", *HANDS):
        row, bias = learner.fit(np.flatnonzero(hands != hand), learner.kinds != "")
        weights[hands == hand] = 100 * (learner.rows[hands == hand] @ row + bias)
    return weights


def main() -> int:
    """Learn, choose the limits, write the file, and say what it does for hands that it has not seen."""
    data = lines()
    learner = Learner(data)
    weights = held_back(data, learner)
    seen, risky = ~np.isnan(weights), learner.kinds != ""
    asks = round(float(np.quantile(weights[seen & ~risky], 1 - ASKED)))
    alone = round(float(np.quantile(weights[seen & ~risky], 1 - ASKED_ALONE)))
    faint = round(float(np.quantile(weights[seen & ~risky], 1 - FAINT_ALONE)))
    harmless = round(float(np.quantile(weights[seen & risky], TAKEN_FOR_HARMLESS)))
    table = learner.table(asks, alone, faint, harmless)
    everything = "\n".join(sorted(f"{line.kind or ''}\t{line.text}" for line in data))
    notes = {
        "written by": "python -m bot.nlu.danger_words",
        "learnt from": f"{int(risky.sum())} dangerous and {int((~risky).sum())} harmless messages",
        "data sha256": hashlib.sha256(everything.encode()).hexdigest(),
    }
    learnt.FILE.write_text(learnt.written(table, notes), encoding="utf-8")
    of_risky, of_safe = seen & risky, seen & ~risky
    ruled = np.array([bool(at) and rules_see(line.text) is not None for line, at in zip(data, of_risky, strict=True)])
    noticed = ((weights >= asks) | ruled)[of_risky].mean()
    left_alone, with_a_line = (((weights >= limit) | ruled)[of_risky].mean() for limit in (alone, faint))
    limits = f"asks from {asks}, alone {alone}, faint {faint}, surely harmless below {harmless}"
    print(f"{len(table.points)} pieces; hundredths: {limits}")
    print(f"hands held back: the list notices {(weights >= asks)[of_risky].mean():.1%}, with the rules {noticed:.1%}")
    print(f"where Rasa is down: {left_alone:.1%}, with the line {with_a_line:.1%}")
    print(f"asked about of what is harmless: {(weights >= asks)[of_safe].mean():.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
