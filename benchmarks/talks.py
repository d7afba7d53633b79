"""How well the texts of a talk are understood that say little by themselves: tests/understanding/talk_test.tsv.

Each talk is what one person sent in one sitting, written and labelled turn by turn by a hand that knew the label guide
and the list of questions only. Our own replies are not there: every turn but the first is read once as it stands and
once in the talk.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import crisis
from benchmarks import figures as pages
from bot.nlu import training
from bot.nlu.reading import ASK, CRISIS, Reading
from bot.nlu.talk import read_talks
from bot.nlu.understanding import Understander

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "understanding" / "talk_test.tsv"
KEPT = FILE.with_name("talk_figures.json")
#: From this confidence on a reading that is wrong is a confident one, unless it says that it is none of ours.
SURELY = 0.6
NOTHING = frozenset({"out_of_scope", "nlu_fallback"})


@dataclass(frozen=True)
class Figures:
    """Shares of 1, of the turns that are not the first. `alone` read as they stand, `in_talk` in the talk."""

    talks: int
    turns: int
    alone: float
    in_talk: float
    alone_answer: float
    in_talk_answer: float
    alone_surely_wrong: float
    in_talk_surely_wrong: float
    #: Shares of the turns that nobody in danger wrote: an alarm, a question about danger, the line on whom to turn to.
    alarmed: float
    asked: float
    offered: float
    #: The turns that speak of danger, and how many of them are noticed (the line counts too).
    dangers: int
    noticed: int


def measure(understander: Understander, talks: Sequence[Sequence[tuple[str, tuple[str, ...]]]]) -> Figures:
    """Read every talk both ways and count: what is meant, and for a health question the answer, first of all."""
    rows: list[tuple[tuple[str, ...], Reading, Reading]] = []
    for talk in talks:
        in_talk = understander.read_in_talk([text for text, _ in talk])
        rows += [
            (right, understander.read(text), read)
            for (text, right), read in list(zip(talk, in_talk, strict=True))[1:]
            if right
        ]

    def both(counts: Callable[[tuple[str, ...], Reading], bool]) -> tuple[float, float]:
        alone = sum(counts(right, read) for right, read, _ in rows) / len(rows)
        return alone, sum(counts(right, read) for right, _, read in rows) / len(rows)

    meant, answered = both(_is_meant), both(lambda right, read: bool(set(right) & {_best(read)}))
    wrong = both(lambda right, r: not _is_meant(right, r) and r.confidence >= SURELY and r.intent not in NOTHING)
    return Figures(len(talks), len(rows), *meant, *answered, *wrong, *_of_danger(understander, talks))


def _of_danger(understander: Understander, talks: Sequence[Sequence[tuple[str, tuple[str, ...]]]]) -> tuple:
    """What the screen and the classifier together make of danger in every turn, and in how many there is some."""
    safe, risky = [], []
    for talk in talks:
        for (_, right), seen in zip(talk, crisis.in_talk(understander, [text for text, _ in talk]), strict=True):
            (risky if any(label.startswith(CRISIS) for label in right) else safe).append(seen)
    levels = [sum(s.level == crisis.ALARM for s in safe), sum(s.level == crisis.ASKED and not s.offered for s in safe)]
    shares = [n / len(safe) for n in (*levels, sum(s.offered for s in safe))]
    return *shares, len(risky), sum(s.level != crisis.NOTHING for s in risky)


def _is_meant(right: Sequence[str], read: Reading) -> bool:
    """Whether the intent is one that would be right."""
    return read.intent in {label.split("/", 1)[0] for label in right}


def _best(read: Reading) -> str:
    """The fine label that a reading leads to."""
    near = (a for a in read.answers if f"{ASK}{a['topic']}" == read.intent)
    best = next(near, None)
    return f"{read.intent}/{best['key']}" if best else read.intent


def main(record: bool = False) -> int:
    """Print the figures; with `record` keep them for the test to hold."""
    found = measure(Understander.load(training.MODEL), read_talks(FILE))
    lines = [
        f"talks, test: {found.talks} talks, {found.turns} turns after the first",
        f"meaning right {found.in_talk:.1%} (read as they stand {found.alone:.1%})",
        f"answer right too {found.in_talk_answer:.1%} ({found.alone_answer:.1%})",
        f"surely something else {found.in_talk_surely_wrong:.1%} ({found.alone_surely_wrong:.1%})",
        f"where nobody is in danger: alarms {found.alarmed:.1%}, questions {found.asked:.1%}, "
        f"the line on whom to turn to {found.offered:.1%}; of {found.dangers} turns that speak of danger "
        f"{found.noticed} are noticed",
    ]
    print("\n".join(lines), flush=True)
    pages.keep("talks", lines, "understanding.md")
    if record:
        numbers = {name: round(getattr(found, name), 4) for name in Figures.__dataclass_fields__}
        KEPT.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--record" in sys.argv))
