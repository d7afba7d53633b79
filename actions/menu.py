"""The menu and what is under it, and the names that "did you mean" gives to intents."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import talk, underway
from actions.complaints import what_happens
from actions.turn import Pair, Speech, Turn, TurnAction, back_to_form, option

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


class Menu(TurnAction):
    action_name = "action_menu"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := talk.reply_to(turn, speech)) is not None:  # "a dunno whit tae ask"
            return told
        if turn.loop:  # help in the middle of a form: what can be done, then the question again
            speech.say("help_in_form")
            return back_to_form(turn)
        if (told := underway.tell(turn, speech)) is not None:  # "go and ask them"
            return told
        if (told := what_happens(turn, speech)) is not None:  # "whit noo" after a complaint
            return told
        speech.say("menu", MENU)
        return []
