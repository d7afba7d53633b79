"""Hours and the order: what is known in general, and who decides. Never legal advice, never a promise."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, FollowupAction

from actions import order_words, passed_on, practical, talk
from actions.bank import say_answer
from actions.complaints import what_happens
from actions.handoffs import Absence
from actions.speech import PERSON, TO_MENU
from actions.turn import Speech, Turn, TurnAction, back_to_form, database
from bot import wording
from bot.programme import facts

#: Somebody asks for their own number: what they have done, or what is left of it.
_OWN = re.compile(
    r"\b(?:left|remaining|to go|done so far|have (?:i|ah|a) (?:got|done|left)|hours (?:i|ah|a)(?:'ve| have|ve)|"
    r"(?:am|are|is) (?:i|he|she|they) (?:at|on|up to)|still (?:have|got|owe|to do)|"
    r"(?:my|ma|his|her) (?:hours|total|balance))\b"
)


#: "Wit classes uv got that count 4 my hrs": the list is asked for as well.
_WHICH_CLASSES = re.compile(
    r"\b(?:wh?[ai]t|wit|wot|which|any|show me|got)\b(?:\W+\w+){0,3}?\W+(?:class(?:es)?|sessions?|groups?|courses?)\b"
    r"(?!\W+(?:count|counts|gie|give|am i|do i))",
    re.IGNORECASE,
)
#: "Whats a cpo": what the words mean, which is no advice.
_WHAT_IS_IT = re.compile(
    r"\b(?:wh?[ai]t|wit|wot)(?:'?s| is| does)? (?:a |an |the )?(?:cpo|community pay ?back(?: order)?)\b", re.IGNORECASE
)


#: From this confidence on it is the order that is asked about, whatever was said before.
SURELY = 0.8
#: What the bank says of unpaid work: whether it is safe is no advice on the order.
_AT_WORK = {
    "drink": ("alcohol", "drinking_and_unpaid_work"),
    "pregnant": ("womens_health", "pregnant_on_unpaid_work"),
}


#: What is told of by the sentences of data/wording/order.yml.
_TOLD = frozenset({
    "missed", "ill", "late_if", "warning", "court", "job", "address", "clothes", "travel", "paper", "lighter",
})


def _say(turn: Turn, speech: Speech, kind: str, number: str | None) -> list[EventType]:
    """What helps, whom to ring, and where somebody keeps away from a shift the offer to pass it on."""
    ring = wording.say("order.number", number=number) if number else wording.say("order.letter")
    texts = [wording.say(f"order.{kind}"), ring]
    choices, events = [PERSON, TO_MENU], []
    if kind in order_words.ABSENT and turn.loop is None:
        texts.append(wording.say("order.pass_on"))
        choices, events = passed_on.offer(turn, "ill" if kind == "ill" else "shift")
    speech.say_text(" ".join(texts), choices)
    return events


class Hours(TurnAction):
    """Sessions can count; the case manager decides."""

    action_name = "action_hours"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := practical.reply_to(turn, speech)) is not None:
            return told + back_to_form(turn)
        with database().read() as db:
            number = facts.get(db, "case_manager_number")
        kind = order_words.kind_of(turn.typed)
        if kind in ("late_if", "missed", "ill") and order_words.fears_for_it(turn.typed):
            return _say(turn, speech, kind, number) + back_to_form(turn)
        name = "hours_left" if _OWN.search(turn.text.lower()) else "hours"
        if number:
            speech.say(f"{name}_number", number=number)
        else:
            speech.say(name)
        if turn.loop is None and name.startswith("hours") and _WHICH_CLASSES.search(turn.typed):
            return [FollowupAction("action_list_sessions")]
        return back_to_form(turn)


class Order(TurnAction):
    """Questions about the order go to the case manager or a solicitor."""

    action_name = "action_order"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if turn.confidence < SURELY and (told := what_happens(turn, speech)) is not None:
            return told  # "what happens now", after a complaint
        if (told := practical.reply_to(turn, speech)) is not None:
            return told + back_to_form(turn)
        if (told := talk.reply_to(turn, speech)) is not None:
            return told
        if _WHAT_IS_IT.search(turn.typed):
            speech.say_text(wording.say("practical.what_is_a_cpo"))
            return back_to_form(turn)
        kind = order_words.kind_of(turn.typed)
        if kind == "late":
            return Absence().turn(turn, speech)
        if kind in _AT_WORK and (told := say_answer(turn, speech, *_AT_WORK[kind])) is not None:
            return told + back_to_form(turn)
        with database().read() as db:
            number = facts.get(db, "case_manager_number")
        if kind in _TOLD:
            return _say(turn, speech, kind, number) + back_to_form(turn)
        if kind in ("day", "manager"):
            name = {"day": "order_day", "manager": "case_manager"}[kind] + ("_number" if number else "")
            speech.say_text(wording.say(f"practical.{name}", number=number), [PERSON, TO_MENU])
            return back_to_form(turn)
        choices = [PERSON, ("Find a service", "/find_service")]
        if number:
            speech.say("order_number", choices, number=number)
        else:
            speech.say("order", choices)
        return back_to_form(turn)
