"""Threads of a talk: what a few words mean by what the same person said before them, or was told last.

Somebody who said that she is pregnant and then asks for "a wee drink" does not ask about weekends. The rows, `THREADS`,
are data/threads.yml; everything here is pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot import yamlfile
from bot.wording import DATA


@dataclass(frozen=True)
class Thread:
    """`said`, `unless`: what the words at hand say, and must not. `before`: how the name of the answer that was given
    last begins. `earlier`, `never`: what their own words in this talk say, these included, and must not; either
    `before` or `earlier` is enough, where there are both. `ever`: however long ago they said it, and not in this talk
    alone. `own`: only for somebody who asks for themselves. `most`: no message of more words belongs to it. `over`:
    intents of other business that it is taken for. `always`: also where its words are surely read as something else.

    What is said: an `answer` of the bank, or a `sentence` of ours with choices ("label", "topic/key") under it; `about`
    is the answer that is talked about after a sentence.
    """

    name: str
    said: re.Pattern[str]
    unless: re.Pattern[str] | None
    before: re.Pattern[str] | None
    earlier: re.Pattern[str] | None
    never: re.Pattern[str] | None
    most: int
    answer: str | None
    sentence: str | None
    about: str | None
    choices: tuple[tuple[str, str], ...]
    own: bool
    ever: bool
    over: frozenset[str]
    always: bool


#: More words than this say by themselves what they are about.
_MOST = 24


def _load(rows: dict[str, dict], words: dict[str, str]) -> tuple[Thread, ...]:
    def pattern(row: dict, key: str, begins: str = r"\b") -> re.Pattern[str] | None:
        if key not in row:
            return None
        parts = re.sub(r"<(\w+)>", lambda name: words[name[1]], "|".join(row[key]))
        return re.compile(rf"{begins}(?:{parts})", re.IGNORECASE)

    return tuple(
        Thread(
            name, pattern(row, "said"), pattern(row, "unless"), pattern(row, "before", "^"), pattern(row, "earlier"),
            pattern(row, "never"), row.get("most", _MOST), row.get("answer"), row.get("sentence"), row.get("about"),
            tuple((str(label), str(name)) for label, name in row.get("choices", ())), bool(row.get("own")),
            bool(row.get("ever")), frozenset(row.get("over", ())),
            bool(row.get("always")),
        )
        for name, row in rows.items()
    )  # fmt: skip


def _read() -> tuple[Thread, ...]:
    tree = yamlfile.read(DATA / "threads.yml")
    return _load(tree["threads"], {name: f"(?:{'|'.join(said)})" for name, said in tree["words"].items()})


THREADS = _read()


def found(
    text: str, own: Sequence[str], given: str | None, *, ever: Sequence[str] = (), for_another: bool = False
) -> Thread | None:
    """The thread that `text` belongs to, after their `own` words in this talk, what they `ever` said and the answer
    that was `given` last; None where it stands by itself."""
    said = _plain(text)
    lately, always = [*map(_plain, own), said], [*map(_plain, ever), *map(_plain, own), said]
    fitting = (t for t in THREADS if len(said.split()) <= t.most)
    return next((t for t in fitting if _fits(t, said, always if t.ever else lately, given or "", for_another)), None)


def _fits(thread: Thread, said: str, mine: Sequence[str], given: str, for_another: bool) -> bool:
    if (thread.own and for_another) or not thread.said.search(said):
        return False
    if thread.unless is not None and thread.unless.search(said):
        return False
    if thread.never is not None and any(map(thread.never.search, mine)):
        return False
    if thread.before is None and thread.earlier is None:
        return True
    told = thread.before is not None and thread.before.search(given) is not None
    return told or (thread.earlier is not None and any(map(thread.earlier.search, mine)))


def _plain(text: str) -> str:
    return text.replace("\u2019", "'").lower()
