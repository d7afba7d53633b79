"""How well a short message is understood that leans on the answer before it: tests/understanding/follow_{dev,test}.csv.

"How long after" is read once as it stands and once beside the question that was answered. Of messages that lean, the
share is told that is read right each way; of messages that stand by themselves, the share that keeps its meaning.
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import figures as pages
from bot.nlu import training
from bot.nlu.bank import question_of
from bot.nlu.reading import ASK, Reading
from bot.nlu.understanding import Understander

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "understanding"
#: What is expected where the very same answer is asked about, and no other fits better than the rest of it.
SAME = "same"


@dataclass(frozen=True)
class FollowUp:
    """A message after `answer` ("topic/key"), what may be meant by it, and whether it leans on that answer."""

    answer: str
    text: str
    expected: frozenset[str]
    leans: bool


@dataclass(frozen=True)
class Figures:
    """Shares of 1. `alone` is the first of those that lean when they are read as they stand."""

    messages: int
    leaning: int
    alone: float
    first: float
    three: float
    kept: float


def read(part: str) -> list[FollowUp]:
    """The follow-ups of a part ("dev" or "test")."""
    with (FOLDER / f"follow_{part}.csv").open(newline="", encoding="utf-8") as file:
        return [
            FollowUp(
                row["answer"],
                row["follow_up"],
                frozenset(row["answer"] if e == SAME else e for e in row["expected"].split("|")),
                row["kind"] == "leans",
            )
            for row in csv.DictReader(file)
        ]


def measure(understander: Understander, rows: list[FollowUp]) -> Figures:
    """Read every follow-up both ways and count. For an answer the right one counts, for the rest the intent."""
    questions = question_of(ROOT / "data" / "answers")
    alone, first, three, kept = [], [], [], []
    for row in rows:
        by_itself = _meanings(understander.read(row.text))
        told = _meanings(understander.read_after(row.text, row.answer, questions[row.answer]))
        if row.leans:
            alone.append(by_itself[0] in row.expected)
            first.append(told[0] in row.expected)
            three.append(not row.expected.isdisjoint(told[:3]))
        else:
            kept.append(told[0] in row.expected)
    return Figures(len(rows), len(first), _share(alone), _share(first), _share(three), _share(kept))


def _meanings(read: Reading) -> list[str]:
    """The answers ("topic/key") that a reading leads to, the likeliest first; a plain intent comes before them."""
    found = [f"{a['topic']}/{a['key']}" for a in read.answers]
    names = {f"{ASK}{name.split('/')[0]}" for name in found}
    return found if read.intent in names and found else [read.intent, *found]


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def lines(part: str, f: Figures) -> list[str]:
    """The figures as a person reads them."""
    return [
        f"follow-ups, {part}: {f.messages} messages, {f.leaning} of them lean on the answer before",
        f"  right first               {f.first:.1%} (read as they stand {f.alone:.1%})",
        f"  in the first three        {f.three:.1%}",
        f"  those by themselves kept  {f.kept:.1%}",
    ]


def main(record: bool = False) -> int:
    """Print the figures of both parts; with `record` keep those of the test part for the tests to hold."""
    understander = Understander.load(training.MODEL)
    for part in ("dev", "test"):
        figures = measure(understander, read(part))
        told = lines(part, figures)
        print("\n".join(told), flush=True)
    pages.keep("follow-ups", [" ".join(line.split()) for line in told], "understanding.md")
    if record:
        numbers = {name: round(getattr(figures, name), 4) for name in ("first", "three", "kept")}
        (FOLDER / "follow_figures.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--record" in sys.argv))
