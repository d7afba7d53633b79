"""A conversation's thread as a page shows it: people, assistant, staff and markers in one line of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot import clock
from bot.console import accounts, words
from bot.conversations import choices, messages

#: How many entries are shown at first; the whole thread is one link away.
RECENT = 100


@dataclass(frozen=True)
class Entry:
    """One message or marker. `new_day` is set on the first of a London day."""

    id: int
    side: str  # person | assistant | staff | notice | marker
    author: str
    text: str
    kind: str
    at: datetime
    status: str
    trouble: bool
    choices: list[str]
    new_day: bool


def entries(db: Session, conversation_id: str, after: int = 0) -> list[Entry]:
    """The thread in order. Call `access.conversation_for` first: this asks nobody's leave."""
    rows = messages.transcript(db, conversation_id, after)
    names = accounts.names(db, (row.staff_id for row in rows))
    found, day = [], None
    for row in rows:
        today = clock.london(row.created_at).date()
        offered = choices.of_message(db, row.id) if row.direction == "out" else []
        found.append(
            Entry(
                id=row.id,
                side="marker" if row.direction == "marker" else row.author.replace("system", "notice"),
                author=words.author(row, names),
                text=row.body,
                kind=words.kind(row),
                at=row.created_at,
                status=words.status(row),
                trouble=row.status in words.TROUBLE,
                choices=[choice.label for choice in offered],
                new_day=today != day and (after == 0 or day is not None),
            )
        )
        day = today
    return found
