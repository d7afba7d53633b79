"""Choices: numbered lines by SMS, buttons on Telegram, rows here.

A digit or the exact label picks one and becomes its payload; any other wording is for the language model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock
from bot.conversations import call_times, going
from bot.models import Choice, Conversation, Message

#: "2", "2.", "no 2", "number two", "option 2", "the 2nd one": a pick by number and nothing else.
_NUMBER = re.compile(
    r"^\W*(?:(?:number|no\.?|num|option|opt|choice|pick|the|(?P<yes>aye|yes|yeah|yep|ok))[\s,.]+)*(\d{1,2})(?:st|nd|rd|th)?"
    r"(?:[\s,.]+(?:one|wan|yin|please|pls|plz|thanks|ta|pal|(?P<aye>aye|yes|yeah|yep)))*\W*$",
    re.IGNORECASE,
)
#: "Aye 2", where 2 is no, says both.
_NO = re.compile(r"^no\b", re.IGNORECASE)
#: So long after a question a few words still answer it.
IN_WORDS = timedelta(days=1)
_WORDS = {
    "one": 1, "wan": 1, "two": 2, "twa": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
#: "the first one", "second wan", "aye the third": a pick by number too.
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_BEFORE = r"^(?:(?:aye|yes|yeah|ok|naw|no|the|that|ill|i ll|a ll|take|tak|go for|gie me|give me|book|book me) )*"
_AFTER = r"(?: (?:one|wan|yin|please|pls|plz|thanks|ta|pal|then))*$"
_ORDINAL = re.compile(rf"{_BEFORE}(first|second|third|fourth|fifth){_AFTER}")
_LAST = re.compile(rf"{_BEFORE}(?:last|bottom) (?:one|wan|yin){_AFTER}")
_WAY_OUT = re.compile(r'"(?:none|others?|skip)"')
_KEYCAPS = {f"{n}\ufe0f\u20e3": str(n) for n in range(10)} | {f"{n}\u20e3": str(n) for n in range(10)}


def offer(db: Session, message: Message, pairs: Sequence[tuple[str, str]]) -> list[Choice]:
    """Attach (label, payload) choices to an outbound message; the conversation's earlier choices close."""
    close_all(db, message.conversation_id)
    return _add(db, message, pairs, None)


def keep(db: Session, message: Message, pairs: Sequence[tuple[str, str]]) -> None:
    """Note what a message that is not said would have offered; none of it can be picked."""
    _add(db, message, pairs, clock.now())


def _add(
    db: Session, message: Message, pairs: Sequence[tuple[str, str]], closed_at: datetime | None
) -> list[Choice]:  # fmt: skip
    rows = [
        Choice(
            conversation_id=message.conversation_id, message_id=message.id, position=n, label=label, payload=payload,
            closed_at=closed_at,
        )
        for n, (label, payload) in enumerate(pairs, start=1)
    ]  # fmt: skip
    db.add_all(rows)
    db.flush()
    return rows


def close_all(db: Session, conversation_id: str) -> None:
    """No choice of the conversation can be picked any more."""
    db.execute(
        sa.update(Choice)
        .where(Choice.conversation_id == conversation_id, Choice.closed_at.is_(None))
        .values(closed_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def close_of(db: Session, message_id: int) -> None:
    """The choices of one outbound message are used up."""
    db.execute(
        sa.update(Choice)
        .where(Choice.message_id == message_id, Choice.closed_at.is_(None))
        .values(closed_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def open_choices(db: Session, conversation_id: str) -> list[Choice]:
    """The choices that can be picked now, in their order."""
    query = (
        sa.select(Choice)
        .where(Choice.conversation_id == conversation_id, Choice.closed_at.is_(None))
        .order_by(Choice.position)
    )
    return list(db.execute(query).scalars())


def asked_in_reply_to(db: Session, rows: Sequence[Choice], message_id: int) -> bool:
    """Whether `rows` stand under what was said to that very inbound message, which then cannot pick from them."""
    under = {row.message_id for row in rows}
    query = sa.select(Message.id).where(Message.id.in_(under), Message.reply_to == message_id)
    return db.execute(query).first() is not None


def of_message(db: Session, message_id: int) -> list[Choice]:
    """The choices that went out with a message, open or not."""
    query = sa.select(Choice).where(Choice.message_id == message_id).order_by(Choice.position)
    return list(db.execute(query).scalars())


def of_messages(db: Session, message_ids: Sequence[int]) -> dict[int, list[Choice]]:
    """Message id → the choices that went out with it, open or not, for those that had any."""
    query = sa.select(Choice).where(Choice.message_id.in_(list(message_ids))).order_by(Choice.position)
    found: dict[int, list[Choice]] = {}
    for choice in db.execute(query).scalars():
        found.setdefault(choice.message_id, []).append(choice)
    return found


def by_id(db: Session, conversation: Conversation, choice_id: int) -> Choice | None:
    """The choice whose button was pressed; None if it is closed or another conversation's."""
    choice = db.get(Choice, choice_id)
    if choice is None or choice.conversation_id != conversation.id or choice.closed_at is not None:
        return None
    return choice


def pick(db: Session, conversation: Conversation, text: str) -> Choice | None:
    """The open choice that `text` picks by digit or exact label; None if it picks none.

    What was asked about a place within a day may be answered in a few words as well (`going`), and so may when
    to ring (`call_times`).
    """
    rows = open_choices(db, conversation.id)
    if (picked := among(rows, text)) is not None or not rows:
        return picked
    meaning = (going.means, call_times.means)
    said = next((choice for choice in rows if any(means(choice.payload, text) for means in meaning)), None)
    fresh = said is not None and clock.now() - db.get(Message, said.message_id).created_at < IN_WORDS
    return said if fresh else None


def among(rows: Sequence[Choice], text: str) -> Choice | None:
    """The one of `rows` that `text` picks by digit or exact label; None if it picks none."""
    wanted = number(text)
    said = _plain(text)
    if wanted is None:
        wanted = _in_order(rows, said)
    for choice in rows:
        if choice.position == wanted or (said and _plain(choice.label) == said):
            return None if _NO.match(choice.label) and _says_yes(text) else choice
    return None


def _says_yes(text: str) -> bool:
    """Whether a yes stands beside the number."""
    match = _NUMBER.match(text)
    return match is not None and bool(match["yes"] or match["aye"])


def _in_order(rows: Sequence[Choice], said: str) -> int | None:
    """The position that "the second wan" or "the last one" picks. The last is the last of what was listed: "None of
    these" under it is no part of the list.
    """
    listed = [row.position for row in rows if not _WAY_OUT.search(row.payload)]
    reads_back = any('"confirm"' in row.payload or '"wait"' in row.payload for row in rows)
    if reads_back:  # "no the last one", to "shall I book it?", is of what was listed before
        return None
    if match := _ORDINAL.match(said):
        return _ORDINALS[match.group(1)]
    return listed[-1] if listed and _LAST.match(said) else None


def number(text: str) -> int | None:
    """The number that a text consists of ("2", "no 2 please", "two", a keycap emoji); None if it is anything else."""
    for cap, digit in _KEYCAPS.items():
        text = text.replace(cap, digit)
    if match := _NUMBER.match(text):
        return int(match.group(2))
    words = re.sub(r"^(?:number|num|option|choice|pick) | (?:please|pls|plz|thanks|ta|pal)$", "", _plain(text))
    return _WORDS.get(words)


def is_a_day(text: str) -> bool:
    """Whether a number may be the day of a month: "the 9th"."""
    found = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)\b", text, re.IGNORECASE)
    return found is not None and 1 <= int(found[1]) <= 31


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
