"""Bringing in a person: asked for, a call back, and what is passed on with the person's yes."""

from __future__ import annotations

import re

from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions import call_wish, errands, meant, passed_on, practical, underway, who_am_i, whom
from actions.kindness import sorry_for
from actions.turn import (
    Speech,
    Turn,
    TurnAction,
    back_to_form,
    conversation_of,
    database,
    forget_forms,
    option,
    settings,
)
from bot import clock, wording
from bot.conversations import handoffs, hours
from bot.programme import facts

#: Beside a wish for a person: what is being asked is to be left.
_LEAVES = re.compile(
    r"\b(?:leave|forget|scrap|drop|stop|never ?mind|cancel)\b(?: (?:about|aboot|it|that|this|the|ma|my))*"
    r"(?: (?:booking|session|class|form|feedback|complaint|questions?))?(?=\W|$)",
    re.IGNORECASE,
)

#: A worker writes for them: it is the client who is ill, and the client's shift.
_SENDERS = frozenset({"your client", whom.THEM})
#: What shows that they are ill.
_PROOF = re.compile(
    r"\b(?:proof|prove|evidence|(?:sick|fit|doctor'?s) ?(?:line|note)s?|self ?cert\w*)\b", re.IGNORECASE
)
#: What they wrote is said back only where it fits in a text, and is no number or name of a place to find somebody at.
_PLAIN = re.compile(r"[A-Za-z ',.?!-]{6,80}")


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
        call = turn.intent == "call_me"
        if turn.loop and _LEAVES.search(turn.typed):  # they are done with what the form asks, and it must not ask again
            with database().write() as db:
                conversation_of(db, turn).task = None
            bring(turn, speech, "call_me" if call else "asked")
            return [ActiveLoop(None), SlotSet("requested_slot", None), *forget_forms()]
        bring(turn, speech, "call_me" if call else "asked")
        return [*([SlotSet("last_said", call_wish.CALL)] if call else []), *back_to_form(turn)]


def bring(turn: Turn, speech: Speech, reason: str, note: str | None = None, *, offered: bool = False) -> None:
    """Open a hand-off for `reason`, then say so; where it was asked for before, that it is under way. `offered`: it was
    we who offered to ask what they wanted to know."""
    with database().write() as db:
        conversation = conversation_of(db, turn)
        before = underway.of(db, conversation.id, reason)
        handoffs.open_for(db, conversation, reason, note=note)
        in_need = errands.in_need(db, conversation, turn)
    wish = call_wish.asked_for(turn.typed) if reason == "call_me" else None
    if wish is not None:  # they have said when: that is not asked again
        call_wish.arrange(turn, speech, wish)
        return
    when = when_words()
    if reason == "delete_my_data":
        speech.say_text(wording.say("talk.deletion_asked" if before else "taken_back.deletion_asked", when=when))
        return
    if before is not None:
        words = f"{before.words(when)} {wording.say('person.numbers')}" if in_need else before.words(when)
        speech.say_text(words, underway.TIMES if before.call and before.part is None else ())
        return
    if reason == "asked" and offered and not in_need and (told := _asked_for_you(turn, when)) is not None:
        speech.say_text(told)
        return
    name = "person_call" if reason == "call_me" else "person"
    is_open = office().open_at(clock.now())
    if in_need or not (is_open or errands.is_ordinary(turn.typed)):
        speech.say(name if is_open else f"{name}_closed", underway.TIMES if reason == "call_me" else (), when=when)
        return
    key = ("call" if reason == "call_me" else "asked") + ("" if is_open else "_closed")
    speech.say_text(wording.say(f"person.{key}", when=when), underway.TIMES if reason == "call_me" else ())


def _asked_for_you(turn: Turn, when: str) -> str | None:
    """That a worker was asked, and what, where it was short and in plain letters; None where it may be a need."""
    with database().read() as db:
        said = handoffs.last_words(db, conversation_of(db, turn)) or ""
    if errands.may_be_need(said):
        return None
    key = "person.ask_this" if _PLAIN.fullmatch(said) else "person.ask_it"
    return wording.say(key, said=said.strip(" .?!"), when=when)


class Absence(TurnAction):
    """ "Can't make my shift", "I'm ill": a plain answer first, then the offer to pass it on."""

    action_name = "action_absence"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if turn.intent == "im_ill" and meant.feeling(turn.typed) == "low" and meant.hear(turn, speech):
            return []  # "a feel like a failure" is no sick call
        kind = "ill" if turn.intent == "im_ill" else "shift"
        with database().read() as db:
            number = facts.get(db, "case_manager_number")
        choices, events = passed_on.offer(turn, kind)
        about = whom.whom(turn.typed)
        if kind == "ill" and about in _SENDERS:
            speech.say_text(wording.say("order.ill_client"), choices)
            return [*events, *back_to_form(turn)]
        if kind == "ill" and about is None and _PROOF.search(turn.typed):
            ring = wording.say("order.number", number=number) if number else wording.say("order.letter")
            texts = (wording.say("order.ill"), ring, wording.say("order.pass_on"))
            speech.say_text(" ".join(texts), choices)
            return [*events, *back_to_form(turn)]
        told = "shift" if about or sorry_for(turn.typed, only_loss=True) else kind  # it is not they who are ill
        if number:
            speech.say(f"{told}_number", choices, number=number)
        else:
            speech.say(told, choices)
        return [*events, *back_to_form(turn)]


def offer_answer(turn: Turn, speech: Speech, reason: str, yes: bool) -> list[EventType]:
    """The answer to "shall I get a person for this?"."""
    if yes:
        bring(turn, speech, reason, offered=True)
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
