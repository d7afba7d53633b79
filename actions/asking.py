"""What goes beside a turn when something is wrong: the question about danger, and a person where an action broke."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from actions.speech import Speech
from actions.stores import conversation_of, database, settings
from bot import clock, safety, wording
from bot.conversations import addresses, asking, duty, handoffs, hours, messages
from bot.models import Conversation

if TYPE_CHECKING:
    from actions.turn import Turn

log = logging.getLogger("wellbeing.actions")


def ask_about_danger(turn: Turn, speech: Speech) -> None:
    """The classifier is not sure: ask kindly and tell a person, unless danger was answered a moment ago."""
    verdict = turn.danger
    wakes = verdict.rule != safety.LEARNT
    with database().write() as db:
        on_call = duty.covered(db, clock.now()) if wakes else None
        when = hours.office(db, settings().office_hours).when_words(clock.now())
        reason = handoffs.danger(verdict.safety, verdict.about)
        due = asking.begin(db, conversation_of(db, turn), turn.message_id, reason, wakes)
        mind_the_phone(db, turn, verdict)
    if due:
        speech.danger(verdict, when=when, on_call=on_call)


def mind_the_phone(db: Session, turn: Turn, verdict: safety.Verdict) -> None:
    """Where somebody else reads the phone nothing of our own accord goes to it any more, and staff are told so."""
    if verdict.kind == safety.WATCHED:
        conversation = conversation_of(db, turn)
        addresses.only_in_person(db, conversation, wording.say("marker.watched"))
        messages.mark(db, conversation, wording.say("marker.watched"))


def bring_a_person(turn: Turn) -> None:
    try:
        with database().write() as db:
            conversation = db.get(Conversation, turn.conversation_id)
            if conversation is not None:
                conversation.task = None
                handoffs.open_for(db, conversation, "assistant_down")
    except Exception as error:  # noqa: BLE001  the database itself is gone; the gateway opens a hand-off when it is back
        log.error("no hand-off for message %s: %s", turn.message_id, type(error).__name__)
