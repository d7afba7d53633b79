"""What goes into a turn and comes out of it: an inbound message, what to ask Rasa, and what it wants said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Ask:
    """What to send to Rasa for a claimed message."""

    message_id: int
    conversation_id: str
    text: str
    #: The screen has answered already: Rasa is only told, so that an open form closes; its words are not used.
    silent: bool = False
    #: The outbound message whose choice was picked: used once, its choices close when the turn is done.
    picked_of: int | None = None
    #: The outbound message whose buttons are to go, because one of them was picked by typing.
    keyboard_of: int | None = None
    #: What is asked in the same text, behind a choice that it picks: a turn of its own.
    also: str | None = None


@dataclass(frozen=True)
class Reply:
    """One message that Rasa (or an action) wants said."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    purpose: str = "reply"
    #: False when the assistant did not understand the message.
    understood: bool = True


@dataclass(frozen=True)
class Inbound:
    """What an adapter makes of an incoming update."""

    channel: str
    address: str
    external_id: str
    text: str
    kind: str = "text"
    #: When it was sent, if that may be some time ago (fetched late, spooled); now if None.
    at: datetime | None = field(default=None, compare=False)
    #: The choice whose button was pressed. Not believed until it is found to be one of this conversation's.
    choice_id: int | None = None
    #: For a changed text (kind "edit"): the external_id of the text as it was first sent.
    edits: str = field(default="", compare=False)
    #: The provider's id of our message that this one was sent as a reply to.
    replies_to: str = field(default="", compare=False)
    #: What the adapter needs to tell its provider that the message has arrived.
    receipt: tuple[str, ...] = field(default=(), compare=False)
