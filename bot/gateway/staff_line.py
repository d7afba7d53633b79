"""The door for workers' own phones, before everything that is for participants.

What comes from a linked phone is written down apart, in the transaction in which it comes, and never reaches Rasa, the
message table or what is learnt from. The screen looks at it all the same: danger gets the numbers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import crisis, wording
from bot.conversations import link_codes, messages, staff_phones, staff_texts
from bot.conversations.messages import Received
from bot.gateway import danger, keywords
from bot.models import StaffPhone, StaffText

if TYPE_CHECKING:
    from bot.gateway.parts import Inbound

#: What is kept of a code in place of it.
CODE = "(code)"


def take(db: Session, inbound: Inbound) -> Received | None:
    """Keep a text that came from a linked phone, or links one; None when it is a participant's and goes its usual way.

    A redelivery finds the first one, even after the phone was unlinked: it never turns into somebody's message.
    """
    if (before := staff_texts.seen(db, inbound.channel, inbound.external_id)) is not None:
        return Received(None, None, True, before.id)
    phone = staff_phones.find(db, inbound.channel, inbound.address)
    code = link_codes.code_in(inbound.text) if phone is None else None
    if (phone is None and code is None) or messages.known(db, inbound.channel, inbound.external_id) is not None:
        return None
    if phone is None:
        phone = staff_phones.redeem(db, inbound.channel, inbound.address, code)
        return None if phone is None else _answered(db, phone, inbound, CODE, "linked")
    if keywords.is_stop(inbound.text, inbound.channel) or keywords.word(inbound.text) == "unlink":
        staff_phones.end_all(db, phone.staff_id, by_staff=phone.staff_id, why="by_text")
        return _answered(db, phone, inbound, inbound.text, "unlinked")
    recent = staff_texts.recent(db, phone)
    if inbound.kind not in ("text", "edit") and not keywords.for_rasa(inbound.text):
        return _answered(db, phone, inbound, inbound.text, "text_only")
    verdict = danger.screened(inbound.text, recent)
    sure = verdict is not None and verdict.strength == "strong"
    command = any(sign.isdigit() for sign in inbound.text)  # a reference, or the number of a choice
    done = verdict is not None and (sure or not command)
    row = staff_texts.keep(db, phone, inbound.external_id, inbound.text, at=inbound.at, done=done)
    if verdict is not None:  # the numbers at once; a booking that the screen is not sure of is answered as well
        said = crisis.advice(replace(verdict, strength="strong"))
        for text in (*said, wording.say("staff_line.danger")):
            staff_texts.say(db, phone, text, row)
    return Received(None, None, False, row.id)


def already_said(db: Session, staff_text: int) -> None:
    """What is in the outbox in answer to this text went out past the database, when it could not be written to."""
    query = sa.select(StaffText).where(StaffText.reply_to == staff_text)
    for row in db.execute(query).scalars():
        staff_texts.settle(row, "sent")


def _answered(db: Session, phone: StaffPhone, inbound: Inbound, body: str, key: str) -> Received:
    row = staff_texts.keep(db, phone, inbound.external_id, body, at=inbound.at, done=True)
    staff_texts.say(db, phone, wording.say(f"staff_line.{key}"), row)
    return Received(None, None, False, row.id)
