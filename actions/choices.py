"""Acting on what was picked, and "aye" or "naw" outside a form."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import answers, bank, calls, crisis, feedback, handoffs, offers, praise, signposts, talk, texts
from actions.conversation import NotUnderstood
from actions.handoffs import when_words
from actions.menu import LEAVE_MENU, MORE_MENU, ORDER_MENU
from actions.passed_on import answer as pass_it_on
from actions.places_told import area_asked, more_services, tell, topic_choices
from actions.sessions import choices
from actions.speech import PERSON, TO_MENU
from actions.taken_back import complaint_picked
from actions.turn import Speech, Turn, TurnAction, back_to_form, conversation_of, database
from bot import clock, wording
from bot.conversations import asking
from bot.conversations import choices as open_choices
from bot.models import Choice
from bot.programme import sessions

#: A no of more words than this says something else as well.
LONG_ANSWER = 6
#: Unless it puts it off: "maybe another time, leave it for the now".
_NOT_NOW = re.compile(r"\b(?:(?:an)?other time|leave it|not (?:right )?now|no the noo|later on)\b", re.IGNORECASE)


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
            return tell(turn, speech, topic=slug, area=area_asked(turn), text="", women=slug == "womens_health")
        case ["services"]:
            return more_services(turn, speech)
        case ["session", number]:
            return [
                SlotSet("booking_session", int(number)),
                SlotSet("booking_confirm", None),
                FollowupAction("booking_form"),
            ]
        case ["join", number]:
            return [
                SlotSet("booking_session", int(number)),
                SlotSet("booking_confirm", "wait"),
                FollowupAction("booking_form"),
            ]
        case ["browse"]:
            return [SlotSet("search", None), SlotSet("booking_session", None), FollowupAction("action_list_sessions")]
        case ["booking", number]:
            return [SlotSet("change_booking", int(number)), FollowupAction("change_form")]
        case ["helped", yes]:
            return bank.helped(turn, speech, yes == "1")
        case ["absence", kind, answer, *said]:
            return pass_it_on(turn, speech, kind, answer == "1", said)
        case ["handoff", reason, answer]:
            return handoffs.offer_answer(turn, speech, reason, answer == "1")
        case ["call", what]:
            return calls.chosen(turn, speech, what)
        case ["called", answer]:
            return calls.called(turn, speech, answer)
        case ["did_you_go", what, signpost_id]:
            return signposts.answered(turn, speech, what, int(signpost_id))
        case ["complaint", what]:
            return complaint_picked(turn, speech, what)
        case ["stop", answer]:
            return texts.stop_answer(turn, speech, answer == "1")
        case ["leave_out", kind]:
            return texts.leave_out_answer(turn, speech, kind)
        case ["wrong", answer]:
            return texts.wrong_answer(turn, speech, answer == "1")
        case ["rate", session_id, score]:
            return feedback.save(turn, speech, int(session_id) or None, int(score))
        case ["talk", "script"]:
            speech.say_text(wording.say("talk.script"), [PERSON, TO_MENU])
        case ["crisis", said]:  # in words that the gateway did not take for a yes or a no
            crisis.answered(turn, speech, said)
        case ["other"]:  # the menu is long, and what they want they have said once already
            speech.say_text(wording.say("talk.something_else"), [PERSON, TO_MENU])
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
        if (told := talk.reply_to(turn, speech)) is not None:
            return told
        if (said := praise.heard(turn, speech)) is not None:  # "no bad" is no no
            return said
        if not turn.means_yes() and not turn.means_no():
            return NotUnderstood().turn(turn, speech)
        with database().read() as db:
            rows = open_choices.open_choices(db, turn.conversation_id)
            shaken = asking.still_shaken(db, conversation_of(db, turn), clock.now())
            if turn.message_id is not None and open_choices.asked_in_reply_to(db, rows, turn.message_id):
                return []  # "nah am just tired ae it aw" is what was asked about, and no answer to it
        if (picked := signposts.in_a_word(rows, turn.means_yes())) is not None:
            return chosen(turn, speech, picked)
        if len(rows) == 2:
            payload = rows[0 if turn.means_yes() else 1].payload
            if payload.startswith("/choose"):
                picked = json.loads(payload.removeprefix("/choose"))["option"].split(":")
                if turn.means_yes() and picked[0] in _SERIOUS and not _OUTRIGHT.fullmatch(turn.typed):
                    return NotUnderstood().turn(turn, speech)  # "slowly aye"
                return chosen(turn, speech, picked)
            intent, _, entities = payload[1:].partition("{")
            if intent in ("accept_offer", "decline_offer"):
                turn.intent = intent
                turn.parse = {"entities": [{"entity": k, "value": v} for k, v in json.loads("{" + entities).items()]}
                return offers.AnswerOffer().turn(turn, speech)
        if turn.means_yes() and (offered := _sessions_among(rows)):  # "aye that wan", to a list of several
            return _take_or_ask(turn, speech, offered)
        longer = len(turn.typed.split()) > LONG_ANSWER and not _NOT_NOW.search(turn.typed)
        if longer and turn.means_no():  # "no am serious can u help me wi ma heid"
            return NotUnderstood().turn(turn, speech)
        if turn.means_yes() and len(turn.typed.split()) > 2 and _MORE_THAN_YES.search(turn.typed):
            return NotUnderstood().turn(turn, speech)
        if shaken:  # "ok" to what was said about danger: nothing light now
            speech.say_text(wording.say("crisis.still_here", when=when_words()))
            return []
        if (kept := feedback.unasked(turn, speech)) is not None:  # "aye it wis good", the day after a session
            return kept
        if turn.slots.get("last_said") == "answer":
            speech.say_text(wording.say("talk.ok_after_answer"))
        else:
            speech.say("ok_yes" if turn.means_yes() else "ok_nothing")
        return []


#: A yes that may end our texts, or let a number go, says that and nothing besides.
_OUTRIGHT = re.compile(
    r"\W*(?:(?:aye|yes|yeah|yep|yup|ye|y|ok|okay|please|pls|sure|definitely|absolutely|do it|go (?:ahead|on)|"
    r"(?:that'?s )?(?:right|correct)|(?:it'?s |you (?:have|got) )?(?:the )?(?:wrong|wrang) (?:person|number)|it is|"
    r"(?:i|a) (?:do|dae|am)|(?:i |a )?want (?:to|tae|you to)|stop(?: (?:them|it|texting|everything|the (?:texts|lot)|"
    r"all(?: (?:of (?:it|them)|texts))?))*(?: me)?|then|mate|pal|thanks|ta)\b\W*)+",
    re.IGNORECASE,
)
_SERIOUS = ("stop", "leave_out", "wrong")
#: "Ok just half then", where nothing was asked: said of what is being talked about, and no yes to us.
_MORE_THAN_YES = re.compile(r"\b(?:just|jist|only|half|hauf|every|mair|more|again|instead|anyway)\b", re.IGNORECASE)


def _sessions_among(rows: Sequence[Choice]) -> list[int]:
    """The ids of the sessions that can be picked from now, in their order."""
    ours = [row.payload.removeprefix("/choose") for row in rows if row.payload.startswith("/choose")]
    picks = [json.loads(payload)["option"].split(":") for payload in ours]
    return [int(pick[1]) for pick in picks if pick[0] == "session"]


def _take_or_ask(turn: Turn, speech: Speech, offered: list[int]) -> list[EventType]:
    """The only session that was listed is meant; of several, which one is asked."""
    if len(offered) == 1:
        return chosen(turn, speech, ["session", str(offered[0])])
    with database().read() as db:
        found = [view for number in offered if (view := sessions.session(db, number)) is not None]
    speech.say("which_session", choices(found))
    return []
