"""The screen's second list: words and pairs of words with points, learnt from the training messages (decision 0021).

The rules say what danger is; this list knows what danger sounds like where no rule has words for it. It only ever
*asks*, or turns an alarm of the classifier's into a question: it raises no alarm and silences nothing. It is a table
of whole numbers in `learnt.tsv`, read and added up here with the standard library alone. `python -m
bot.nlu.danger_words` writes it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

log = logging.getLogger("wellbeing.safety")

FILE = Path(__file__).with_name("learnt.tsv")
KINDS = ("suicide", "emergency", "abuse")
#: Words looked at together, so that a long text is read in parts and no part drowns another.
_STRETCH = 40
#: A sentence of fewer words says too little by itself.
_SHORT = 4
#: A long text is also looked at so many words at a time before danger in it is made small: what else it says is no doubt.
_CLOSE = 12
#: From here on the list is as good as sure.
HEAVY = 200
#: Words of suicide that sound less like danger than this (hundredths) are asked about though a rule is sure (decision 0029).
ALARMS = -100
#: Of so few words the list knows too little to say that.
FEW = 4
#: So many pieces have their full weight each; of a text with more, each counts for less.
FULL = 8


@dataclass(frozen=True)
class Points:
    """`points` of each piece: for danger, then for each of KINDS. At `asks` it is asked about, at `alone` where nothing
    else can weigh the words, and from `faint` the answer that is late then names whom to turn to; below `harmless` it is
    surely nothing. All in hundredths."""

    asks: int = 10**9
    alone: int = 10**9
    faint: int = 10**9
    harmless: int = -(10**9)
    bias: int = 0
    kind_bias: tuple[int, ...] = (0, 0, 0)
    points: dict[str, tuple[int, ...]] = field(default_factory=dict)


def pieces(words: list[str]) -> set[str]:
    """The words, the pairs of neighbours, and the pairs with one word between them. "^" begins and "$" ends."""
    row = ["^", *words, "$"]
    found = set(words)
    found.update(f"{a} {b}" for a, b in zip(row, row[1:], strict=False))
    found.update(f"{a} _ {b}" for a, b in zip(row, row[2:], strict=False))
    return found


def stretches(plain: str) -> Iterator[list[str]]:
    """The parts of a text (as `normalise` leaves it) that are weighed: all of it, if it is short, and each sentence."""
    words = plain.replace("|", " ").split()
    for i in range(0, max(1, len(words) - _STRETCH // 2), _STRETCH // 2):
        yield words[i : i + _STRETCH]
    sentences = [s.split() for s in plain.split("|")]
    if len(words) <= _STRETCH * 4 and sum(1 for s in sentences if s) > 1:
        yield from (s for s in sentences if len(s) >= _SHORT)


def weigh(words: list[str], table: Points) -> int:
    """How much like danger these words are, in hundredths: 0 is as likely as not."""
    known = [table.points[p][0] for p in pieces(words) if p in table.points]
    return round(table.bias + sum(known) / max(FULL, len(known)) ** 0.5)


def heaviest(plain: str, table: Points | None = None) -> tuple[int, list[str]]:
    """The weight of the heaviest part of a text, and its words."""
    table = LEARNT if table is None else table
    return max(((weigh(words, table), words) for words in stretches(plain)), key=lambda found: found[0])


def asks(plain: str) -> bool:
    """Does this sound enough like danger to ask?"""
    return heaviest(plain)[0] >= LEARNT.asks


def closest(plain: str) -> tuple[int, list[str]]:
    """The weight of the heaviest part, a long text looked at closely too: "is it still on tuesday, and she took a box of pills"."""
    weight, words = heaviest(plain)
    said = plain.replace("|", " ").split()
    if len(said) > _CLOSE * 3 // 2:
        weight = max(weight, *(weigh(said[i : i + _CLOSE], LEARNT) for i in range(0, len(said) - _CLOSE // 2, _CLOSE // 2)))
    return weight, words


def surely_harmless(plain: str) -> bool:
    """Is this so unlike danger that asking is enough, whoever sounds the alarm?"""
    return closest(plain)[0] < LEARNT.harmless


def doubts_an_alarm(plain: str) -> bool:
    """Is this so little like danger that words of suicide are rather asked about? Of few words it cannot say."""
    weight, words = closest(plain)
    return weight < ALARMS and len(words) > FEW


def kind(words: list[str]) -> str:
    """Which of KINDS it is likeliest to be, if it is danger."""
    rows = [LEARNT.points[p] for p in pieces(words) if p in LEARNT.points]
    share = max(FULL, len(rows)) ** 0.5
    totals = [LEARNT.kind_bias[i] + sum(row[i + 1] for row in rows) / share for i in range(len(KINDS))]
    return KINDS[totals.index(max(totals))]


def why(plain: str, most: int = 8) -> list[tuple[str, int]]:
    """The pieces that spoke loudest for or against danger, with their points in hundredths."""
    _, words = heaviest(plain)
    rows = [(p, LEARNT.points[p][0]) for p in pieces(words) if p in LEARNT.points]
    return sorted(rows, key=lambda row: (-abs(row[1]), row[0]))[:most]


def written(table: Points, notes: dict[str, str]) -> str:
    """The file's text. Its first line is the SHA-256 of the rest."""
    head = {
        **notes,
        "asks": str(table.asks),
        "asks alone": str(table.alone),
        "faint alone": str(table.faint),
        "harmless": str(table.harmless),
        "bias": " ".join(map(str, (table.bias, *table.kind_bias))),
    }
    lines = [f"# {name}: {value}" for name, value in head.items()]
    for piece in sorted(table.points):
        numbers = list(table.points[piece])
        while len(numbers) > 1 and not numbers[-1]:
            numbers.pop()
        lines.append("\t".join([piece, *map(str, numbers)]))
    rest = "\n".join(lines) + "\n"
    return f"# sha256: {hashlib.sha256(rest.encode()).hexdigest()}\n{rest}"


def read(path: Path = FILE) -> tuple[Points, dict[str, str]]:
    """The list in a file, and its notes. ValueError when it is not as it was written."""
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    if first != f"# sha256: {hashlib.sha256(rest.encode()).hexdigest()}":
        raise ValueError(f"{path.name} was changed by hand or is cut short")
    notes: dict[str, str] = {}
    points: dict[str, tuple[int, ...]] = {}
    for line in rest.splitlines():
        if line.startswith("# "):
            name, _, value = line[2:].partition(": ")
            notes[name] = value
        else:
            piece, *numbers = line.split("\t")
            row = [*map(int, numbers), 0, 0, 0]
            points[piece] = tuple(row[:4])
    bias, *kinds = map(int, notes["bias"].split())
    limits = (int(notes[name]) for name in ("asks", "asks alone", "faint alone", "harmless"))
    return Points(*limits, bias, tuple(kinds), points), notes


def _loaded() -> Points:
    try:
        return read()[0]
    except (OSError, ValueError, KeyError) as error:  # the rules go on without it
        log.error("the screen's learnt list cannot be read: %s", type(error).__name__)
        return Points()


LEARNT = _loaded()
