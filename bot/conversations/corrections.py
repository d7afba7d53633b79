"""Texts that people change after sending them, where their channel lets them.

A change that comes before the answer takes the place of what was sent. One that comes after it is a new text, unless
the talk has gone on meanwhile: a changed "2" must not answer the question that came after the one it was meant for.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import crypto
from bot.conversations import choices, messages
from bot.models import Message

#: In `error` of a text that was changed before anybody answered it, and of a change that changes nothing.
CORRECTED, UNCHANGED = "corrected", "unchanged"


def supersede(db: Session, edit: Message, external_id: str) -> None:
    """Tie a new inbound `edit` to the text with `external_id`, and take back the versions nobody has answered yet.

    Danger that was seen in an earlier version stays seen and answered, and what is doubted is still weighed. A text we
    do not know leaves `edit` a new text.
    """
    versions = _versions(db, edit, external_id)
    if not versions:
        return
    edit.reply_to = versions[0].id
    if versions[-1].body == edit.body:
        messages.settle(db, edit, "answered", UNCHANGED)
        return
    for version in versions:
        if version.status == "received" and version.purpose != "crisis" and version.error != messages.DOUBT:
            messages.settle(db, version, "answered", CORRECTED)


def too_late(db: Session, edit: Message) -> bool:
    """Whether `edit` changes a text that was answered, and can no longer be understood without what was asked then."""
    if edit.kind != "edit" or edit.reply_to is None:
        return False
    if edit.conversation.task is None and choices.number(edit.body) is None:
        return False
    query = sa.select(Message).where(
        sa.or_(Message.id == edit.reply_to, Message.reply_to == edit.reply_to),
        Message.direction == "in",
        Message.id < edit.id,
    )
    return any(version.error not in (CORRECTED, UNCHANGED) for version in db.execute(query).scalars())


def _versions(db: Session, edit: Message, external_id: str) -> list[Message]:
    """The text as it was first sent and every earlier change of it, in order; empty when we do not know it."""
    hashes = [f"{edit.channel}:in:{h}" for h in crypto.keyring().hashes(external_id)]
    query = sa.select(Message).where(
        Message.conversation_id == edit.conversation_id, Message.external_id.in_(hashes), Message.id < edit.id
    )
    first = db.execute(query).scalars().first()
    if first is None:
        return []
    query = (
        sa.select(Message)
        .where(Message.reply_to == first.id, Message.direction == "in", Message.id < edit.id)
        .order_by(Message.id)
    )
    return [first, *db.execute(query).scalars()]
