"""Subjects: what a session may be about that is narrower than a topic ("a class on gambling").

The list is data/subjects.yml; everything here is pure.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from bot import yamlfile
from bot.wording import DATA


@dataclass(frozen=True)
class Subject:
    """`words`: how people say it. `titles`: how the title of such a session does. `called`: how we do, after "on".

    `topic`: what comes closest. `sentence`: one of ours over that. `answer`: (topic, key) of what is said beside it.
    """

    words: re.Pattern[str]
    titles: re.Pattern[str]
    called: str
    topic: str | None = None
    sentence: str | None = None
    answer: tuple[str, str] | None = None


@functools.lru_cache(maxsize=1)
def known() -> dict[str, Subject]:
    """Subject by its name, in the order of the file."""
    tree = yamlfile.read(DATA / "subjects.yml")
    return {name: _subject(row) for name, row in tree.items()}


def _subject(row: dict) -> Subject:
    topic, _, key = str(row.get("answer") or "").partition("/")
    return Subject(
        words=_any_of(row["words"]),
        titles=_any_of(row["titles"]),
        called=row["called"],
        topic=row.get("topic"),
        sentence=row.get("sentence"),
        answer=(topic, key) if key else None,
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def named_in(text: str, topic: str | None = None) -> str | None:
    """The first subject that `text` names, by its name; None where it names none. With a `topic` that was named too,
    a subject that is close to it, or to no topic."""
    found = [(m.start(), name) for name, s in known().items() if (m := s.words.search(text))]
    return next((name for _, name in sorted(found) if topic in (None, known()[name].topic)), None)
