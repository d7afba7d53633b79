"""The channel of demo mode: the phone is the message table, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import phone, wording
from bot.conversations import addresses, choices, staff_phones, staff_texts
from bot.gateway import channels
from bot.gateway.channels import Button, Call, Event, Rendered, Sent
from bot.gateway.parts import Inbound
from bot.models import Conversation, Message, StaffPhone

CHANNELS = ("sms", "telegram")
ARRIVED = ("wired", "sent", "delivered")
KINDS = ("text", "voice", "photo", "video", "file", "location", "contact", "sticker", "other")
#: What a part of a text costs about, in pence: an estimate to compare wordings by, not a price.
PENCE_A_PART = 4
#: Texts of a worker's linked phone are numbered above all messages, so that the phone page takes them for newer.
STAFF_FROM = 10**12


class BadMessage(ValueError):
    """What was posted is no message; the sentence says why."""


class Simulator:
    """Stands in for `name` ("sms" or "telegram") and shows messages as it would."""

    def __init__(self, name: str):
        self.name = name

    def verify(self, call: Call) -> bool:
        """No provider calls in demo mode."""
        return False

    def parse(self, call: Call) -> Sequence[Event]:
        return []

    def render(self, text: str, buttons: Sequence[Button] = ()) -> list[Rendered]:
        return channels.as_sms(text, buttons) if self.name == "sms" else channels.as_telegram(text, buttons)

    async def send(self, address: str, message: Rendered, message_id: int) -> Sent:
        return Sent(f"simulated:{message_id}", "delivered")

    async def acknowledge(self, inbound: Inbound, again: bool = False) -> None:
        """Nobody waits for it."""

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Posted:
    """A message from the simulated phone, checked."""

    channel: str
    address: str
    text: str
    kind: str
    choice_id: int | None
    external_id: str | None


def check(payload: Any) -> Posted:
    """The message in a posted body. BadMessage with a sentence when it is not one."""
    if not isinstance(payload, dict):
        raise BadMessage("The body must be a JSON object.")
    channel, sender, text = payload.get("channel"), payload.get("from"), payload.get("text", "")
    kind, choice, external_id = payload.get("kind", "text"), payload.get("choice"), payload.get("id")
    if not isinstance(text, str):
        raise BadMessage("text must be a string.")
    if kind not in KINDS:
        raise BadMessage(f"kind must be one of {', '.join(KINDS)}.")
    if choice is not None and (isinstance(choice, bool) or not isinstance(choice, int) or not 0 <= choice < 2**53):
        raise BadMessage("choice must be the number of a button.")
    if external_id is not None and not (isinstance(external_id, str) and 0 < len(external_id) <= 64):
        raise BadMessage("id must be a string of up to 64 characters.")
    return Posted(*_address(channel, sender), text, kind, choice, external_id)


def _address(channel: Any, sender: Any) -> tuple[str, str]:
    if channel not in CHANNELS:
        raise BadMessage("channel must be sms or telegram.")
    if isinstance(sender, int) and not isinstance(sender, bool):
        sender = str(sender)
    if not isinstance(sender, str):
        raise BadMessage("from must be a phone number or a Telegram id.")
    if channel == "telegram":
        if not (sender.isascii() and sender.isdigit() and len(sender) <= 15):
            raise BadMessage("from must be a Telegram id of up to 15 digits.")
        return channel, sender
    try:
        return channel, phone.normalise(sender)
    except phone.NotANumber:
        raise BadMessage("from must be a phone number, like +447700900123.") from None


def thread(db: Session, channel: Any, sender: Any, after: int, own: bool = False) -> dict[str, Any]:
    """Every message above `after` that has reached the simulated phone, as its channel shows it.

    With `own` the messages sent from that phone are among them, by author "person".
    """
    channel, address = _address(channel, sender)
    if (phone_ := staff_phones.find(db, channel, address)) is not None:
        return {"messages": _staff_thread(db, phone_, after, own), "with_staff": False}
    found = addresses.find(db, channel, address)
    if found is None:
        return {"messages": [], "with_staff": False}
    arrived = sa.and_(Message.direction == "out", Message.status.in_(ARRIVED))
    query = (
        sa.select(Message)
        .join(Conversation)
        .where(
            Conversation.address_id == found.id,
            sa.or_(arrived, sa.and_(Message.direction == "in", own)),
            Message.id > after,
        )
        .order_by(Message.id)
    )
    shown = [as_shown(db, message) for message in db.execute(query).scalars()]
    taken = sa.select(Conversation.id).where(
        Conversation.address_id == found.id, Conversation.ended_at.is_(None), Conversation.taken_by.is_not(None)
    )
    return {"messages": shown, "with_staff": db.execute(taken).first() is not None}


def as_shown(db: Session, message: Message) -> dict[str, Any]:
    """A message; an outbound one as its channel shows it: numbered lines and segments, or text and buttons."""
    if message.direction == "in":
        return {"id": message.id, "author": "person", "text": message.body, "kind": message.kind}
    rows = choices.of_message(db, message.id)
    buttons = [Button(row.id, row.position, row.label) for row in rows]
    parts = Simulator(message.channel).render(message.body, buttons)
    shown: dict[str, Any] = {"id": message.id, "author": message.author, "purpose": message.purpose}
    shown["text"] = "\n".join(part.text for part in parts)
    if message.channel == "sms":
        shown |= _sizes([part.text for part in parts])
    else:
        is_open = {row.id for row in rows if row.closed_at is None}
        shown["buttons"] = [{"id": b.id, "label": b.label, "open": b.id in is_open} for b in buttons]
    return shown


def _sizes(parts: Sequence[str]) -> dict[str, Any]:
    """How an SMS travels, and about what it costs."""
    sizes = [wording.size(part) for part in parts]
    segments = sum(size.segments for size in sizes)
    shown = {"encoding": sizes[0].encoding, "units": sum(s.units for s in sizes), "segments": segments}
    return shown | {"pence": segments * PENCE_A_PART}


def _staff_thread(db: Session, linked: StaffPhone, after: int, own: bool) -> list[dict[str, Any]]:
    """What a worker's linked phone shows: plain texts, on either channel."""
    found = []
    for row in staff_texts.thread(db, linked):
        shown: dict[str, Any] = {"id": STAFF_FROM + row.id, "author": "person", "text": row.body, "kind": "text"}
        if row.direction == "out":
            shown |= {"author": "assistant", "purpose": "reply"}
            shown |= _sizes([row.body]) if row.channel == "sms" else {"buttons": []}
        if shown["id"] > after and (own if row.direction == "in" else row.status == "sent"):
            found.append(shown)
    return found
