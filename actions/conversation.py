"""The conversation itself: hello, the menu, choices, and what to do when a message was not understood."""

from __future__ import annotations

import json

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import answers, feedback, handoffs, texts
from actions.services import more_services, tell, topic_choices
from actions.turn import (
    Pair,
    Speech,
    Turn,
    TurnAction,
    back_to_form,
    conversation_of,
    database,
    intent_payload,
    option,
    settings,
)  # fmt: skip
from bot.conversations import choices as open_choices
from bot.conversations import handoffs as handoff_rows
from bot.programme import answers as answer_bank

MENU: tuple[Pair, ...] = (
    ("Ask a health question", option("menu", "topics")),
    ("Sessions: see and book", "/list_sessions"),
    ("My bookings", "/my_bookings"),
    ("Find a service", "/find_service"),
    ("Your hours or order", option("menu", "order")),
    ("Talk to a person", "/talk_to_person"),
    ("More things", option("menu", "more")),
)
MORE_MENU: tuple[Pair, ...] = (
    ("Give feedback", "/give_feedback"),
    ("Make a complaint", "/complaint"),
    ("What you want from us", "/share_priorities"),
    ("Check my drinking", "/alcohol_check"),
    ("Who sees this", "/ask_privacy"),
    ("Stop texts or delete my data", option("menu", "leave")),
)
ORDER_MENU: tuple[Pair, ...] = (
    ("Do sessions count as hours", "/ask_hours"),
    ("A question on my order", "/ask_order"),
    ("Can't make my shift", "/cant_make_shift"),
    ("I'm ill", "/im_ill"),
)
LEAVE_MENU: tuple[Pair, ...] = (("Stop the texts", "/stop_messages"), ("Delete my data", "/delete_my_data"))

#: Intents as "did you mean" names them.
NAMES = {
    "ask_alcohol": "A question on alcohol",
    "ask_drugs": "A question on drugs",
    "ask_sexual_health": "Sexual health",
    "ask_mental_health": "Mental health",
    "ask_suicide_prevention": "Worry about suicide",
    "ask_womens_health": "Women's health",
    "ask_financial_health": "Money worries",
    "ask_physical_health": "Physical health",
    "find_service": "Find a service",
    "list_sessions": "See what's on",
    "book_session": "Book a session",
    "change_booking": "Change a booking",
    "cancel_booking": "Can't come to a session",
    "my_bookings": "My bookings",
    "ask_hours": "Hours and sessions",
    "ask_order": "A question on my order",
    "ask_privacy": "Who sees this",
    "alcohol_check": "Check my drinking",
    "give_feedback": "Give feedback",
    "complaint": "Make a complaint",
    "share_priorities": "What you want from us",
    "talk_to_person": "Talk to a person",
    "call_me": "Get a call back",
    "cant_make_shift": "Can't make my shift",
    "im_ill": "I'm ill",
    "stop_messages": "Stop the texts",
    "delete_my_data": "Delete my data",
}


class Greet(TurnAction):
    action_name = "action_greet"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        speech.say("greet")
        return back_to_form(turn)


class Menu(TurnAction):
    action_name = "action_menu"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if turn.loop:  # help in the middle of a form: what can be done, then the question again
            speech.say("help_in_form")
            return back_to_form(turn)
        speech.say("menu", MENU)
        return []


class Choose(TurnAction):
    """Acts on a picked choice that no open form has taken."""

    action_name = "action_choose"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        return chosen(turn, speech, turn.option())


def chosen(turn: Turn, speech: Speech, picked: list[str]) -> list[EventType]:
    """What a choice of ours does."""
    match picked:
        case ["menu", "topics"]:
            speech.say("which_topic", topic_choices("topic"))
        case ["menu", "order"]:
            speech.say("menu_order", ORDER_MENU)
        case ["menu", "leave"]:
            speech.say("menu_leave", LEAVE_MENU)
        case ["menu", "more"]:
            speech.say("menu_more", MORE_MENU)
        case ["topic", slug]:
            return answers.ask_which(turn, speech, slug)
        case ["service", slug]:
            return tell(turn, speech, topic=slug, area=None, text="", women=slug == "womens_health")
        case ["services"]:
            return more_services(turn, speech)
        case ["session", number]:
            return [SlotSet("booking_session", int(number)), SlotSet("booking_confirm", None), FollowupAction("booking_form")]
        case ["join", number]:
            return [SlotSet("booking_session", int(number)), SlotSet("booking_confirm", "wait"), FollowupAction("booking_form")]
        case ["browse"]:
            return [SlotSet("search", None), SlotSet("booking_session", None), FollowupAction("action_list_sessions")]
        case ["booking", number]:
            return [SlotSet("change_booking", int(number)), FollowupAction("change_form")]
        case ["helped", yes]:
            return answers.helped(turn, speech, yes == "1")
        case ["absence", kind, answer]:
            return handoffs.absence_answer(turn, speech, kind, answer == "1")
        case ["handoff", reason, answer]:
            return handoffs.offer_answer(turn, speech, reason, answer == "1")
        case ["stop", answer]:
            return texts.stop_answer(turn, speech, answer == "1")
        case ["wrong", answer]:
            return texts.wrong_answer(turn, speech, answer == "1")
        case ["rate", session_id, score]:
            return feedback.save(turn, speech, int(session_id) or None, int(score))
        case ["other"]:
            speech.say("menu", MENU)
        case ["none"] | ["skip"]:
            speech.say("ok_nothing")
        case _:
            speech.say("choice_gone")
    return []


class YesOrNo(TurnAction):
    """ "Aye" or "naw" outside a form: it answers the open yes-or-no question, if there is one.

    A set of exactly two choices is such a question, the yes first.
    """

    action_name = "action_yes_or_no"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if turn.loop:
            return back_to_form(turn)
        with database().read() as db:
            rows = open_choices.open_choices(db, turn.conversation_id)
        if len(rows) == 2:
            payload = rows[0 if turn.means_yes() else 1].payload
            if payload.startswith("/choose"):
                return chosen(turn, speech, json.loads(payload.removeprefix("/choose"))["option"].split(":"))
            intent, _, entities = payload[1:].partition("{")
            if intent in ("accept_offer", "decline_offer"):
                from actions.changes import AnswerOffer

                turn.intent = intent
                turn.parse = {"entities": [{"entity": k, "value": v} for k, v in json.loads("{" + entities).items()]}
                return AnswerOffer().turn(turn, speech)
        speech.say("ok_yes" if turn.means_yes() else "ok_nothing")
        return []


class NotUnderstood(TurnAction):
    """Once: "did you mean", with the two likeliest. Twice: the menu and a person."""

    action_name = "action_not_understood"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        with database().write() as db:
            conversation = conversation_of(db, turn)
            conversation.misunderstood += 1
            times = conversation.misunderstood
            if times >= 2:
                handoff_rows.open_for(db, conversation, "not_understood")
                conversation.misunderstood = 0
        if turn.loop:
            speech.say("not_understood_in_form", understood=False)
            return back_to_form(turn)
        if times >= 2:
            speech.say("not_understood_twice", MENU, understood=False, when=handoffs.when_words())
            return []
        meant = self._likeliest(turn)
        if meant:
            speech.say("did_you_mean", [*meant, ("Something else", option("other"))], understood=False)
        else:
            speech.say("not_understood", [("Menu", "/help"), ("Talk to a person", "/talk_to_person")], understood=False)
        return []

    @staticmethod
    def _likeliest(turn: Turn) -> list[Pair]:
        """The two likeliest meanings: an answer of the bank where one leads, else the intent."""
        found: list[Pair] = []
        ranked = [a for a in turn.parse.get("answers") or () if a["confidence"] >= 0.05]
        for row in turn.parse.get("intent_ranking") or ():
            name = row["name"]
            if name not in NAMES or len(found) == 2 or row["confidence"] < 0.05:
                continue
            topic = name.removeprefix("ask_")
            best = next((a for a in ranked if a["topic"] == topic), None) if name.startswith("ask_") else None
            if best is not None:
                with database().read() as db:
                    revision = answer_bank.current(db, topic, best["key"], drafts=settings().drafts)
                    if revision is not None:
                        found.append((revision.answer.question[:60], intent_payload(name, answer=best["key"])))
                        continue
            found.append((NAMES[name], intent_payload(name)))
        return found


class OutOfScope(TurnAction):
    """Says honestly that this is not something it can help with, and what is."""

    action_name = "action_out_of_scope"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if turn.loop:
            speech.say("not_understood_in_form")
            return back_to_form(turn)
        speech.say("out_of_scope", [("Menu", "/help"), ("Talk to a person", "/talk_to_person")])
        return []


class Say(TurnAction):
    """Fixed sentences for intents that need nothing else: thanks, goodbye, "are you a bot"."""

    action_name = "action_say"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        known = {"thank", "goodbye", "bot_challenge"}
        speech.say(turn.intent if turn.intent in known else "ok_nothing")
        return back_to_form(turn)
