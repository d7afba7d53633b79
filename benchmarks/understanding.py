"""How well the trained assistant understands messages that others wrote: tests/understanding/{dev,test}_*.csv.

Development messages are for choosing, test messages for the figure that is quoted. Neither is ever trained on.
"""

from __future__ import annotations

import csv
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import figures as pages
from bot.nlu import training
from bot.nlu.understanding import Understander

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "understanding"
OUT = "out_of_scope"
BINS = 10


@dataclass(frozen=True)
class Labelled:
    """A message with what it means: its intent, and for a health question its answer ("topic/key")."""

    text: str
    intent: str
    answer: str | None
    voice: str = ""


@dataclass
class Figures:
    """What came out for one set of messages. Shares are of 1."""

    messages: int = 0
    intent: float = 0.0
    first: float = 0.0
    three: float = 0.0
    questions: int = 0
    out_recall: float = 0.0
    out_false: float = 0.0
    calibration: float = 0.0
    #: Share of the crisis messages that raised an alarm, by screen or classifier, of whatever kind.
    danger: float = 0.0
    median_ms: float = 0.0
    by_intent: dict[str, tuple[int, float]] = field(default_factory=dict)
    by_voice: dict[str, tuple[int, float]] = field(default_factory=dict)
    confused: list[tuple[str, str, int]] = field(default_factory=list)


def read(part: str, folder: Path = FOLDER) -> list[Labelled]:
    """The messages of a part ("dev" or "test"), from every file of it."""
    found = []
    for path in sorted(folder.glob(f"{part}_*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                found.append(Labelled(row["text"], row["intent"], row["answer"] or None, row.get("voice") or ""))
    return found


def measure(understander: Understander, messages: Iterable[Labelled]) -> Figures:
    """Read every message and count.

    The intent counts as the whole assistant sees it, screen included: a screened message of a crisis label is right.
    The calibration figure is the expected calibration error over ten bins of confidence (Guo et al. 2017).
    """
    rows, times = [], []
    for message in messages:
        began = time.perf_counter()
        reading = understander.read(message.text)
        times.append(time.perf_counter() - began)
        rows.append((message, reading, understander.understand(message.text, reading)))
    if not rows:
        return Figures()
    hits = [seen["intent"] == m.intent for m, _, seen in rows]
    asked = [(m, r) for m, r, _ in rows if m.answer]
    ranked = [[f"{a['topic']}/{a['key']}" for a in r.answers] for _, r in asked]
    out = [(m.intent == OUT, seen["intent"] in (OUT, "nlu_fallback")) for m, _, seen in rows]
    outside = [called for is_out, called in out if is_out]
    bare = [(r.confidence, _best(r) == m.intent) for m, r, _ in rows]
    return Figures(
        messages=len(rows),
        intent=_share(hits),
        first=_share([bool(a) and a[0] == m.answer for (m, _), a in zip(asked, ranked, strict=True)]),
        three=_share([m.answer in a[:3] for (m, _), a in zip(asked, ranked, strict=True)]),
        questions=len(asked),
        out_recall=_share(outside),
        out_false=_share([seen["intent"] == OUT for m, _, seen in rows if m.intent != OUT]),
        calibration=_calibration(bare),
        danger=_share([seen["safety"] is not None for m, _, seen in rows if m.intent.startswith("crisis_")]),
        median_ms=1000 * statistics.median(times),
        by_intent=_grouped((m.intent, hit) for (m, _, _), hit in zip(rows, hits, strict=True)),
        by_voice=_grouped((m.voice, hit) for (m, _, _), hit in zip(rows, hits, strict=True)),
        confused=_confused((m.intent, seen["intent"]) for m, _, seen in rows),
    )


def _best(reading) -> str:
    """The likeliest intent, whether or not it was believed."""
    return next((row["name"] for row in reading.ranking if row["name"] != "nlu_fallback"), reading.intent)


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def _grouped(pairs: Iterable[tuple[str, bool]]) -> dict[str, tuple[int, float]]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for name, hit in pairs:
        groups[name].append(hit)
    return {name: (len(hits), _share(hits)) for name, hits in sorted(groups.items())}


def _confused(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for meant, seen in pairs:
        if meant != seen:
            counts[meant, seen] += 1
    return sorted(((m, s, n) for (m, s), n in counts.items()), key=lambda row: -row[2])[:15]


def _calibration(rows: list[tuple[float, bool]]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, hit in rows:
        bins[min(BINS - 1, int(sure * BINS))].append((sure, hit))
    return sum(
        len(group) / len(rows) * abs(_share([hit for _, hit in group]) - sum(s for s, _ in group) / len(group))
        for group in bins.values()
    )


def lines(name: str, f: Figures) -> list[str]:
    """The figures as a person reads them."""
    if not f.messages:
        return [f"{name}: no messages in {FOLDER.name}/"]
    weak = [f"{intent} {share:.0%} of {n}" for intent, (n, share) in f.by_intent.items() if n >= 20 and share < 0.85]
    return [
        f"{name}: {f.messages} messages, {f.questions} of them health questions",
        f"  intent right              {f.intent:.1%}",
        f"  right answer first        {f.first:.1%}",
        f"  in the first three        {f.three:.1%}",
        f"  out of scope seen         {f.out_recall:.1%}, real ones called so {f.out_false:.1%}",
        f"  danger noticed            {f.danger:.1%}",
        f"  calibration error         {f.calibration:.3f}",
        f"  one message               {f.median_ms:.1f} ms (median, one thread)",
        "  by voice                  " + ", ".join(f"{v or '?'} {s:.0%} of {n}" for v, (n, s) in f.by_voice.items()),
        "  intents under 85 %        " + (", ".join(weak) or "none with 20 messages or more"),
        "  taken for another         " + ", ".join(f"{m} as {s} x{n}" for m, s, n in f.confused[:10]),
    ]


def main(record: bool = False) -> int:
    """Print the figures of both parts; with `record` keep those of the test messages for the tests to hold."""
    understander = Understander.load(training.MODEL)
    for part in ("dev", "test"):
        figures = measure(understander, read(part))
        told = lines(part, figures)
        print("\n".join(told), flush=True)
    pages.keep("own", [told[0], *(" ".join(line.split()) for line in told[1:])], "understanding.md")
    if record:
        kept = ("messages", "questions", "intent", "first", "three", "out_recall", "out_false", "calibration", "danger")
        numbers = {name: round(getattr(figures, name), 4) for name in kept}
        (FOLDER / "figures.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--record" in sys.argv))
