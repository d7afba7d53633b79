"""Bringing in a person: asked for, a call back, and what is passed on with the person's yes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet

from actions import meant, practical, underway, who_am_i
from actions.kindness import sorry_for
from actions.turn import Pair, Speech, Turn, TurnAction, back_to_form, conversation_of, database, option, settings
from bot import clock, when, wording
from bot.conversations import call_backs, call_times, handoffs, hours
from bot.programme import facts

#: When it is safe to ring, and where.
CALL_TIMES: tuple[Pair, ...] = (
    ("Any time", option("call", "any")),
    ("Morning", option("call", "morning")),
    ("Afternoon", option("call", "afternoon")),
    ("Evening", option("call", "evening")),
    ("Another number", option("call", "other")),
)


#: What is said of a call, and what says that it is about something and not when.
_WHEN_TO_RING = re.compile(r"\b(?:call|phone|fone|ring|bell|buzz)\w*\b(.{0,40})", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|aboot|for|fur|cos|because|re|regarding)\b", re.IGNORECASE)
_ANY_TIME = re.compile(r"\b(?:any ?time|whenever|ony ?time)\b", re.IGNORECASE)


def when_words() -> str:
    """When a person reads what is handed over now: "today", "tomorrow after 9am"."""
    return office().when_words(clock.now())


def office() -> hours.OfficeHours:
    """When staff read what is handed over."""
    with database().read() as db:
        return hours.office(db, settings().office_hours)


class TalkToPerson(TurnAction):
    """Opens a hand-off, then says when someone will read it and whom to ring now."""

    action_name = "action_talk_to_person"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if who_am_i.asks(turn.typed):  # the two sound alike; nobody is brought in by a question
            who_am_i.say(speech, in_a_form=turn.loop is not None)
            return back_to_form(turn)
        if turn.intent == "talk_to_person" and (told := practical.instead_of_a_person(turn, speech)) is not None:
            return told + back_to_form(turn)
        bring(turn, speech, "call_me" if turn.intent == "call_me" else "asked")
        return back_to_form(turn)


def bring(turn: Turn, speech: Speech, reason: str, note: str | None = None) -> None:
    """Open a hand-off for `reason`, then say so; where it was asked for before, that it is under way."""
    with database().write() as db:
        conversation = conversation_of(db, turn)
        before = underway.of(db, conversation.id, reason)
        handoffs.open_for(db, conversation, reason, note=note)
    part = call_part(turn.typed) if reason == "call_me" else None
    if part is not None:  # they have said when: that is not asked again
        _call_at(turn, speech, part)
        return
    if before is not None:
        speech.say_text(before.words(when_words()), CALL_TIMES if before.call and before.part is None else ())
        return
    name = "person_call" if reason == "call_me" else "person"
    choices = CALL_TIMES if reason == "call_me" else ()
    speech.say(name if office().open_at(clock.now()) else f"{name}_closed", choices, when=when_words())


def call_part(text: str) -> str | None:
    """The part of the day (`call_backs.PARTS`) at which somebody wants to be rung, where they say so beside it."""
    found = _WHEN_TO_RING.search(text)
    if found is None or _ABOUT.search(found[1]):
        return None
    if _ANY_TIME.search(found[1]):
        return "any"
    return when.read_part(found[1]) or call_times.part(" ".join(found[1].split()[:5]))


def keep_call_part(turn: Turn, speech: Speech, part: str) -> bool:
    """Keep when it is safe to ring; False where the number is asked for next, because Telegram tells us none."""
    with database().write() as db:
        conversation = conversation_of(db, turn)
        wanted = call_backs.set_part(db, conversation, part)
        lacking = conversation.address.channel == "telegram" and not wanted.number
        if lacking:
            call_backs.await_number(db, conversation)
    if lacking and part != "any":
        speech.say_text(wording.say("gateway.call_number_next", part=call_backs.PARTS[part]))
    elif lacking:
        speech.say("call_which_number")
    return not lacking


def _call_at(turn: Turn, speech: Speech, part: str) -> None:
    if not keep_call_part(turn, speech, part):
        return
    other = ("Another number", option("call", "other"))
    speech.say_text(wording.say("call.asked_at", part=call_backs.PARTS[part], when=when_words()), [other])


class Absence(TurnAction):
    """ "Can't make my shift", "I'm ill": a plain answer first, then the offer to pass it on."""

    action_name = "action_absence"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if turn.intent == "im_ill" and meant.feeling(turn.typed) == "low" and meant.hear(turn, speech):
            return []  # "a feel like a failure" is no sick call
        kind = "ill" if turn.intent == "im_ill" else "shift"
        with database().read() as db:
            number = facts.get(db, "case_manager_number")
        said = [turn.message_id] if turn.typed and turn.message_id else []  # what is passed on, if they say so
        choices = [("Pass it on", option("absence", kind, 1, *said)), ("No thanks", option("absence", kind, 0))]
        told = "shift" if sorry_for(turn.typed, only_loss=True) else kind  # it is not they who are ill
        if number:
            speech.say(f"{told}_number", choices, number=number)
        else:
            speech.say(told, choices)
        return back_to_form(turn)


def absence_answer(turn: Turn, speech: Speech, kind: str, yes: bool, said: Sequence[str] = ()) -> list[EventType]:
    """Pass it to staff, or not. That somebody has read it is told by whoever reads it, not now."""
    if not yes:
        speech.say("absence_kept")
        return []
    with database().write() as db:
        conversation = conversation_of(db, turn)
        note = next((words for number in said if (words := handoffs.words_of(db, conversation, int(number)))), None)
        handoffs.open_for(db, conversation, kind, note=note or handoffs.last_words(db, conversation))
    speech.say("absence_passed", when=when_words())
    return []


def offer_answer(turn: Turn, speech: Speech, reason: str, yes: bool) -> list[EventType]:
    """The answer to "shall I get a person for this?"."""
    if yes:
        bring(turn, speech, reason)
    else:
        speech.say("ok_nothing")
    return []


class OfferPerson(TurnAction):
    """A plain answer about the alcohol check or deleting data, and the offer of a person who does it."""

    action_name = "action_offer_person"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        reason = turn.intent
        speech.say(
            reason, [("Get a person", option("handoff", reason, 1)), ("No thanks", option("handoff", reason, 0))]
        )
        return [SlotSet("last_said", reason), *back_to_form(turn)]
