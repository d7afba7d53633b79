"""A person's thread as a page shows it: people, assistant, staff and markers in one line of time.

Somebody who writes by SMS and by Telegram has a conversation on each; the thread is one story all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot import clock
from bot.console import accounts, meanings, picks, words
from bot.conversations import choices, labels, messages, readings
from bot.models import Conversation, Message
from bot.programme import answers

#: How many entries are shown at first; the whole thread is one link away.
RECENT = 100


@dataclass(frozen=True)
class Entry:
    """One message or marker. `new_day` is set on the first of a London day; `way` names the channel where it is another
    conversation of theirs than the one that is open."""

    id: int
    side: str  # person | assistant | staff | notice | marker | note
    author: str
    text: str
    kind: str
    at: datetime
    status: str
    trouble: bool
    choices: list[str]
    new_day: bool
    way: str
    #: What the assistant took it to mean, in words; empty where it was not asked.
    meaning: str
    unclear: bool
    #: A reply of the assistant to words that it had to read: staff can say whether it was right.
    judged: bool
    #: What staff said of it, "Marked wrong, approved"; empty while nobody has.
    marked: str
    #: The id of the conversation that it is in.
    conversation: str


def entries(
    db: Session, open_: str, conversations: Sequence[Conversation], after: int = 0, last: int | None = None
) -> list[Entry]:  # fmt: skip
    """The story of a person's `conversations` in order, of which `open_` is the id of the one whose page it is.

    Of what comes after message `after` the `last` entries alone. Call `access.story_for` first: this asks no leave.
    """
    ways = {
        c.id: "" if c.id == open_ else words.CHANNEL.get(c.address.channel, c.address.channel) for c in conversations
    }
    return _entries(db, messages.story(db, list(ways), after, last), ways, counted=after == 0)


def between(db: Session, conversation: Conversation, begins: datetime, ends: datetime) -> list[Entry]:
    """What was said in one conversation in a span of time. Call `access.conversation_for` first."""
    rows = messages.between(db, conversation.id, begins, ends)
    return _entries(db, rows, {conversation.id: ""}, counted=True)


def _entries(db: Session, rows: Sequence[Message], ways: dict[str, str], *, counted: bool) -> list[Entry]:
    """Rows as a page shows them; `ways`: conversation → its channel, where that is to be named. `counted`: the first
    of them begins a day."""
    names = accounts.names(db, (row.staff_id for row in rows))
    offered = choices.of_messages(db, [row.id for row in rows if row.direction == "out"])
    asked = {row.id: row.id if row.direction == "in" else row.reply_to for row in rows}
    read = readings.of(db, {id_ for id_ in asked.values() if id_})
    said = labels.of(db, read)
    questions = answers.questions(db, {r.answer for r in read.values() if r.answer})
    found, day = [], None
    for row in rows:
        today, reading = clock.london(row.created_at).date(), read.get(row.id)
        judged = row.author == "assistant" and readings.guessed(read.get(asked[row.id]))
        found.append(
            Entry(
                id=row.id,
                side=_side(row),
                author=words.author(row, names),
                text=row.body,
                kind=words.kind(row),
                at=row.created_at,
                status=words.status(row),
                trouble=row.status in words.TROUBLE,
                choices=[choice.label for choice in offered.get(row.id, ())],
                new_day=today != day and (counted or day is not None),
                way=ways[row.conversation_id],
                meaning=meanings.words(reading, questions) if reading else "",
                judged=judged,
                marked=meanings.marked(said.get(asked[row.id])) if judged or reading else "",
                conversation=row.conversation_id,
                unclear=reading is not None and not reading.understood,
            )
        )
        day = today
    return found


def as_text(found: list[Entry], heading: str) -> str:
    """A thread as plain text. Every line that somebody wrote is set in, so that no words pass for a line of ours."""
    lines, picked = [heading], picks.of(found)
    for entry in found:
        local = clock.london(entry.at)
        lines += ["", f"{local:%a %d %b %Y, %H:%M}  {entry.author or 'Note'}{entry.way and f', by {entry.way}'}"]
        lines += [f"    (sent {entry.kind}, which is not kept here)"] if entry.kind else []
        lines += [f"    {line}" for line in entry.text.splitlines()]
        lines += [f"    (that is: {picked[entry.id]})"] if entry.id in picked else []
        lines += [f"    {number}. {label}" for number, label in enumerate(entry.choices, start=1)]
        lines += [f"  [{entry.status}]"] if entry.status else []
    return "\r\n".join(lines) + "\r\n"


def _side(row: Message) -> str:
    if row.direction == "marker":
        return "note" if row.kind == "note" else "marker"
    return row.author.replace("system", "notice")
