"""Stopping texts, and a number that belongs to somebody else. The single word STOP never comes this far."""

from __future__ import annotations

import re

from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions import talk
from actions.bank import say_answer
from actions.conversation import NotUnderstood
from actions.stop_words import is_of_texts, keeps_them
from actions.turn import Speech, Turn, TurnAction, back_to_form, conversation_of, database, forget_forms, option
from bot import wording
from bot.conversations import addresses, messages
from bot.programme import needs

#: How people name a kind of text that they have had enough of, by what may be left out (see addresses.KINDS).
_NAMED = {
    "reminder": re.compile(r"\bremind"),
    "broadcast": re.compile(r"\b(?:news|newsletters?|updates?|adverts?|ads|promos?|(?:group|bulk|mass) texts?)\b"),
}


_REGISTER = re.compile(r"\bregister\w*\b", re.IGNORECASE)


class AskToStop(TurnAction):
    """ "Stop texting me pal" is confirmed once, because it may have meant something else."""

    action_name = "action_ask_to_stop"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := talk.reply_to(turn, speech)) is not None:
            return told
        if turn.begins_with_no() and keeps_them(turn.typed):  # "naw keep them" speaks of texts too
            speech.say("texts_go_on")
            return back_to_form(turn)
        if turn.typed and not is_of_texts(turn.typed):  # "on subs 8mg, i want off"
            return NotUnderstood().turn(turn, speech)
        if (kind := _kind_of(turn.typed)) is not None:
            pick = [("Stop those", option("leave_out", kind)), ("Keep them", option("stop", 0))]
            speech.say(f"ask_to_stop_{kind}", pick)
        else:
            speech.say("ask_to_stop", [("Stop the texts", option("stop", 1)), ("Keep them", option("stop", 0))])
        return [ActiveLoop(None), SlotSet("requested_slot", None), *forget_forms()]


def _kind_of(typed: str) -> str | None:
    """The one kind of text that somebody has had enough of, if they name one: "stop the reminders"."""
    return next((kind for kind, named in _NAMED.items() if named.search(typed.lower())), None)


def leave_out_answer(turn: Turn, speech: Speech, kind: str) -> list[EventType]:
    """No more texts of that kind; answers, and texts of the other kinds, go on."""
    with database().write() as db:
        conversation = conversation_of(db, turn)
        addresses.leave_out(db, conversation, kind)
        messages.mark(db, conversation, wording.say(f"marker.left_out_{kind}"))
    speech.say(f"left_out_{kind}")
    return []


def stop_answer(turn: Turn, speech: Speech, yes: bool) -> list[EventType]:
    """Stop at once: the last text of all is said by the gateway's own sentence."""
    if not yes:
        speech.say("texts_go_on")
        return []
    with database().write() as db:
        conversation = conversation_of(db, turn)
        addresses.stop(db, conversation)
        messages.mark(db, conversation, wording.say("marker.stopped"))
        messages.say(
            db, conversation, wording.say("gateway.stopped"), author="system", purpose="farewell",
            reply_to=turn.message_id,
        )  # fmt: skip
    return []


class StartTexts(TurnAction):
    action_name = "action_start_texts"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := talk.reply_to(turn, speech)) is not None:  # "its been stopped" may be money
            return told
        with database().write() as db:
            conversation = conversation_of(db, turn)
            if conversation.person.without is not None:
                addresses.start(db, conversation)
                messages.mark(db, conversation, wording.say("marker.started"))
        speech.say("texts_on")
        return back_to_form(turn)


class WrongNumber(TurnAction):
    """Asks once before the number is let go of."""

    action_name = "action_wrong_number"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := talk.reply_to(turn, speech)) is not None:  # "dunno" is no wrong number
            return told
        if _REGISTER.search(turn.typed) and not turn.loop:  # "im no registered", after a dentist
            about = f"{turn.typed} {(turn.slots.get('service_search') or {}).get('text') or ''}"
            teeth = {"dentist", "toothache"} & set(needs.needs_of(about))
            key = "find_a_dentist" if teeth else "register_with_gp_no_id"
            if (said := say_answer(turn, speech, "physical_health", key)) is not None:
                return said
        speech.say("ask_wrong_number", [("Wrong person", option("wrong", 1)), ("It's me", option("wrong", 0))])
        return []


def wrong_answer(turn: Turn, speech: Speech, yes: bool) -> list[EventType]:
    """Let go of the number: its conversation ends, and nothing of it is shown to whoever texts from it next."""
    if not yes:
        speech.say("ok_yes")
        return []
    with database().write() as db:
        conversation = conversation_of(db, turn)
        messages.mark(db, conversation, wording.say("marker.released"))
        addresses.release(db, conversation)
        messages.say(
            db, conversation, wording.say("gateway.released"), author="system", purpose="farewell",
            reply_to=turn.message_id,
        )  # fmt: skip
    return []
