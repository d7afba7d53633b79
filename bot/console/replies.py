"""What a worker may send: when the box is closed and why, how long a reply is, and a reply sent twice by accident."""

from __future__ import annotations

import json
import unicodedata

from sqlalchemy.orm import Session

from bot import clock, wording
from bot.conversations import desk, limits, messages
from bot.models import Conversation, Handoff, ReadyReply, Staff
from bot.settings import Settings

MAX_SEGMENTS = 4
#: Telegram takes 4,096 characters; some are left for what the channel may add.
MAX_TELEGRAM = 4_000
LIMITS = {"segments": MAX_SEGMENTS, "telegram": MAX_TELEGRAM}
#: What the counter in the browser needs, from the one place that knows.
ALPHABET = {
    "basic": "".join(sorted(wording.GSM_BASIC)),
    "extended": "".join(sorted(wording.GSM_EXTENDED)),
    "replaced": json.dumps({chr(code): text for code, text in wording.TRANSLITERATE.items()}),
}


def tidy(text: str) -> str:
    """The text as it is sent: line ends as phones know them, no control characters, no space around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return wording.to_gsm(text).strip()


def blocked(
    conversation: Conversation, handoff: Handoff | None, staff: Staff, owner: str | None = None
) -> str | None:
    """Why nothing can be sent in the conversation, as a sentence; None when it can."""
    address = conversation.address
    if conversation.ended_at is not None:
        return "This conversation is over: the number is not theirs any more. Nothing can be sent."
    if address.stopped_at is not None:
        return "They have asked for no more texts, so nothing can be sent. If it matters, phone them."
    if address.unreachable_at is not None:
        return "Texts do not reach them at the moment. If it matters, phone them."
    if conversation.taken_by is None:
        if handoff is None:
            return "Nobody asked for a person here, and the assistant is answering. You can only read."
        return "Take the conversation first. Until then the assistant goes on answering."
    if conversation.taken_by != staff.id:
        return f"{owner or 'Another worker'} has this conversation. Only they can reply."
    return None


def quiet(db: Session, conversation: Conversation, settings: Settings) -> str | None:
    """That a text may wake them, as a sentence; None when it is not quiet hours, or they have only just written."""
    until = limits.parse(settings.quiet_hours, settings.texts_a_day).by_now(db).quiet_until(clock.now())
    if until is None or desk.awake(conversation):
        return None
    return f"It is quiet hours until {clock.time_words(until)}. What you send goes out at once, and may wake them."


def with_ready(db: Session, text: str, reply_id: int) -> str:
    """What is in the box with a ready-made reply after it; the text alone when there is no such reply."""
    found = db.get(ReadyReply, reply_id)
    return "\n".join(part for part in (text, found.text if found and found.active else "") if part)


def problem(text: str, channel: str) -> str | None:
    """Why a text cannot be sent as it is, as a sentence; None when it can."""
    if not text:
        return "Write a message first."
    if channel != "sms":
        if len(text) <= MAX_TELEGRAM:
            return None
        return f"This is {len(text)} characters long. Shorten it to {MAX_TELEGRAM}, or send two messages."
    size = wording.size(text)
    if size.segments <= MAX_SEGMENTS:
        return None
    odd = " It has an emoji or an unusual letter, which makes it count double." if size.encoding != "GSM-7" else ""
    return f"This is {size.segments} texts long. Shorten it to {MAX_SEGMENTS}, or send two replies.{odd}"


def length(text: str, channel: str) -> str:
    """How long a text is, in words: "164 characters, 2 texts"."""
    if channel != "sms":
        return f"{len(text)} characters"
    size = wording.size(text)
    return f"{len(text)} characters, {size.segments} {'text' if size.segments == 1 else 'texts'}"


def said_already(db: Session, conversation: Conversation, staff: Staff, text: str, after: int) -> bool:
    """Whether this worker has sent the same words since the page they replied from was made: a double click."""
    since = messages.transcript(db, conversation.id, after) if after else []
    return any(m.author == "staff" and m.staff_id == staff.id and m.body == text for m in since)
