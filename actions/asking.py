"""What goes beside a turn when something is wrong: the question about danger, and a person where an action broke."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from actions import needless
from actions.speech import Speech
from actions.stores import conversation_of, database, settings
from bot import clock, crisis, safety, wording
from bot.conversations import again, asking, duty, handoffs, hours
from bot.models import Conversation

if TYPE_CHECKING:
    from actions.turn import Turn

log = logging.getLogger("wellbeing.actions")


def ask_about_danger(turn: Turn, speech: Speech, beside: Sequence[Mapping[str, Any]] = ()) -> bool:
    """The classifier is not sure: ask kindly and tell a person, unless danger was answered a moment ago. Returns
    whether it was asked. `beside` is what was said to the same message already."""
    verdict = turn.danger
    if verdict.rule == safety.FAINT:
        return not needless.line(turn.typed, turn.intent, beside) and _offer_somebody(turn, speech)
    wakes = verdict.rule != safety.LEARNT
    with database().write() as db:
        on_call = duty.covered(db, clock.now()) if wakes else None
        when = hours.office(db, settings().office_hours).when_words(clock.now())
        reason = handoffs.danger(verdict.safety, verdict.about)
        conversation = conversation_of(db, turn)
        due = asking.begin(db, conversation, turn.message_id, reason, wakes)
        if verdict.kind == safety.WATCHED:
            asking.mind_the_phone(db, conversation)
        words = again.instead_of(db, conversation, verdict, crisis.replies(verdict, when=when, on_call=on_call))
    if due:
        speech.danger_words(verdict, words)
    return bool(due)


def _offer_somebody(turn: Turn, speech: Speech) -> bool:
    """A line on whom to turn to, with no question in it; nobody is told. False where it, or danger, came up lately."""
    if safety.asked_after(safety.screen(turn.typed)):
        return False  # the gateway asks, once this is answered
    with database().write() as db:
        due = asking.offer(db, conversation_of(db, turn), turn.message_id)
    if due:
        speech.say_text(wording.say("crisis.faint"))
    return due


def bring_a_person(turn: Turn) -> None:
    """Open a hand-off because an action broke; where even that fails it is logged, and nothing is raised."""
    try:
        with database().write() as db:
            conversation = db.get(Conversation, turn.conversation_id)
            if conversation is not None:
                conversation.task = None
                handoffs.open_for(db, conversation, "assistant_down")
    except Exception as error:  # noqa: BLE001  the database itself is gone; the gateway opens a hand-off when it is back
        log.error("no hand-off for message %s: %s", turn.message_id, type(error).__name__)
