"""A call that was asked for, or was taken to be, is called off by text: "cancel the call, he could answer it".

Whoever says so is told at once that nobody will ring: somebody else may pick the phone up.
"""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from bot import clock, wording
from bot.conversations import call_backs, handoffs, messages
from bot.models import Conversation

#: What closes a hand-off that was only for the call.
CALLED_OFF = "called_off"
_NOT = r"(?:do not|dont|dinnae|dinny|doan|never|please dont|no to)"
_RING = r"(?:ring|phone|fone|call|bell|bother ringing|bother phoning|bother calling)"
_OFF = re.compile(
    rf"\b(?:{_NOT} (?:be )?{_RING}(?:ing|in)?\b"
    r"(?! me (?:an?|that|thick|stupid|daft|names|hen|pal|mate|son|love|dear|darling|mental|crazy)\b)"
    r"(?! (?:the po\w+|polis|999|an ambulance|my mum|my worker|him|her|them|it)\b)|"
    rf"(?:can|could|wid|would) (?:you|ye|yous|u) (?:please )?(?:no|not) {_RING}\b|"
    r"no (?:phone ?|more )?calls?\b|no (?:ringing|phoning|calling)\b|"
    r"(?:cancel|stop|forget|scrap|leave) (?:the|that|my|ma|this) (?:phone ?)?(?:call|callback|ring)(?: ?back)?\b|"
    r"(?:i|a|ah) (?:do not|dont|dinnae|dinny|never|didnt|didny|didnae|no longer) "
    r"(?:want|wanted|need|needed|ask|asked) (?:for )?"
    r"(?:a|the|any|nae|that|this|your) (?:phone ?)?(?:call|callback|ring)(?: ?back)?\b|"
    r"(?:just )?text (?:me )?(?:instead|only)\b|"
    r"(?:i|id|a|ah) (?:would )?(?:rather|prefer) (?:you |yous |ye |to be )?text(?:ed|s|ing)?\b)",
)  # fmt: skip
_ASKS = re.compile(
    r"\?|\b(?:what|whats|where|how|when|who|is it|is there|does|do you|can i|can a|will|whit|wheres)\b"
)


def asks_for_that(text: str) -> bool:
    """Whether `text` says that nobody is to ring."""
    return _OFF.search(_plain(text)) is not None


def take(db: Session, conversation: Conversation, text: str) -> bool:
    """Call off the call that is wanted in `conversation`, or keep that none is, where `text` says that nobody is to
    ring; False where it does not. In a form it may be what is written down.

    Staff see it in the thread. A hand-off that was only for the call is closed.
    """
    if conversation.task is not None or not asks_for_that(text):
        return False
    wanted = call_backs.current(db, conversation.id)
    if wanted is not None:
        wanted.answer, wanted.checked_at = CALLED_OFF, clock.now()
    if conversation.pending == call_backs.PENDING:
        conversation.pending = None
    handoff = handoffs.current(db, conversation.id)
    if handoff is not None and {reason for reason, _ in handoff.reasons} == {"call_me"}:
        handoffs.close(db, handoff, how=CALLED_OFF)
    else:
        messages.mark(db, conversation, wording.say("marker.called_off"))
    return True


def beside(text: str) -> str | None:
    """What `text` asks beside that, in plain spelling; None where it asks nothing."""
    plain = _plain(text)
    rest = re.sub(r"\s+", " ", _OFF.sub(" ", plain)).strip(" .,")
    return rest if len(rest.split()) > 2 and _ASKS.search(rest) else None


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9?., ]+", "", text.lower().replace("\n", " "))
