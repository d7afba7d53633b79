"""A few words of the person's own: a complaint (kept apart), what they want from the programme, why they can't come."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import meant, talk
from actions.answers import GiveAnswer
from actions.bank import meant_for
from actions.complaints import COMPLAINT, only_asks, what_happens
from actions.forms import Form, open_task
from actions.handoffs import when_words
from actions.said import says_something
from actions.turn import Speech, Turn, TurnAction, conversation_of, database, forget_forms, option
from bot import clock, wording
from bot.conversations import handoffs
from bot.programme import bookings, feedback, people

SKIP = option("skip")

#: In the words form these are said about something else, even though any words may be an answer there.
_ELSEWHERE = ("ask_", "book_session", "list_sessions", "find_service", "cancel_booking", "my_bookings")


#: What asks something. "Ma wean's no well" is a reason, however sure the language model is of the topic.
_QUESTION = re.compile(
    r"\?\s*$|^\W*(?:(?:och|aye|naw|and|but|so) )*"
    r"(?:wh[aio]\w*|how\w*|when|where|can|could|is|are|do|does|book|show|find)\b",
    re.IGNORECASE,
)


#: "ah want tae stap drinkin" is a wish for help now, not for what the programme should offer.
_OF_ONESELF = re.compile(
    r"\b(?:i|i'd|id|a|ah|am|i'm|im)\b(?: (?:just|really|pure|do|dae|would|wid|like|jist|need|want|wanna|trying|tryin|"
    r"tae|to))+ (?:stop|stap|quit|gie up|give up|cut (?:down|doon|oot|out)|come aff|come off|get aff|get off|"
    r"get clean|get sober|stay (?:clean|sober|aff|off))\b",
    re.IGNORECASE,
)


#: "A service user of mine is asking about prep" complains of nothing, though it speaks of one of us and another.
_ASKS_ABOUT = re.compile(
    r"\b(?:ask(?:s|ed|ing|in)?|wants? (?:to|tae) know|questions?|wondering|wonderin) (?:about|aboot|if)\b",
    re.IGNORECASE,
)


class StartWords(TurnAction):
    """A complaint, or what they want from the programme: asks for it in their own words, unless they have said it."""

    action_name = "action_start_words"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := what_happens(turn, speech)) is not None:
            return told
        if (told := talk.reply_to(turn, speech)) is not None:
            return told
        if _ASKS_ABOUT.search(turn.typed) and (near := meant.near(turn)):
            meant.ask(turn, speech, near)
            return [SlotSet("whom", meant_for(turn))]
        if turn.intent == "share_priorities" and _OF_ONESELF.search(turn.typed) and turn.parse.get("answers"):
            return GiveAnswer().turn(turn, speech)
        kind = COMPLAINT if turn.intent == "complaint" else "priority"
        said = turn.typed if says_something(turn.typed) else None
        return [
            *forget_forms(),
            SlotSet("words_for", kind),
            SlotSet("words", said),
            FollowupAction("action_keep_words" if said else "words_form"),
        ]


class WordsForm(Form):
    """Reads a few words of the person's own: why they can't come, what they thought, what they complain of."""

    action_name = "validate_words_form"
    slots = ("words",)
    never_ours = Form.never_ours - {"im_ill", "cant_make_shift"}  # "ma wean's no well" is why they can't come

    def begin(self, turn: Turn) -> dict[str, object]:
        return {}

    def read(self, turn: Turn, requested: str) -> dict[str, object] | None:
        if turn.option()[:1] in (["skip"], ["none"]) or (turn.means_no() and len(turn.typed.split()) <= 4):
            return None
        if turn.means_yes() and len(turn.typed.split()) <= 2:  # "aye" says nothing of why
            return None
        if turn.option()[:1] == ["why"]:
            return {"words": turn.option()[1].replace("_", " ")}
        if not turn.typed:
            return {}
        if turn.slots.get("words_for") == COMPLAINT and only_asks(turn.typed):  # a question is no part of it
            return {}
        if _QUESTION.search(turn.typed) and turn.intent.startswith(_ELSEWHERE):
            return {}
        return {"words": turn.typed[:1000]}


class AskWords(TurnAction):
    """Asks for the words, by what they are for."""

    action_name = "action_ask_words"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        kind = str(turn.slots.get("words_for") or "").split(":")[0]
        if kind == "reason":
            why = ("Work", "Not well", "Childcare", "Travel")
            pairs = [(w, option("why", w.lower().replace(" ", "_"))) for w in why]
            speech.say("ask_reason", [*pairs, ("Rather not say", SKIP)])
        elif kind == "feedback":
            speech.say("ask_feedback_words", [("No, that's all", SKIP)])
        else:
            speech.say(f"ask_{kind or 'priority'}", [("Leave it", SKIP)])
        open_task(turn, "words")
        return []


class KeepWords(TurnAction):
    """Stores the words where they belong. Complaints reach staff, apart from everything else."""

    action_name = "action_keep_words"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        kind, _, number = str(turn.slots.get("words_for") or "").partition(":")
        words = turn.slots.get("words")
        if not words or not kind:
            open_task(turn, None)
            speech.say("no_words" if kind in ("reason", "feedback") else "ok_nothing")
            return forget_forms()
        with database().write() as db:
            conversation = conversation_of(db, turn)
            conversation.task = None
            person = people.person_of(db, turn.conversation_id)
            if kind == "reason":
                bookings.add_reason(db, person, int(number), words)
            elif kind == "feedback":
                feedback.add_words(db, person, int(number), words)
            else:
                topic = turn.entity("topic")
                before = feedback.complaint_just_made(db, person, clock.now()) if kind == COMPLAINT else None
                adds = before is not None and before.asked_by != turn.message_id
                if adds:
                    feedback.add_words(db, person, before.id, words)
                else:
                    feedback.give(
                        db, person, conversation_id=conversation.id, kind=kind, words=words,
                        topics=(topic,) if topic else (), asked_by=turn.message_id,
                    )  # fmt: skip
                if kind == COMPLAINT:
                    handoffs.open_for(db, conversation, "complaint")
        if kind == COMPLAINT:
            when = when_words()
            if adds:  # the same words as to the first would sound as if nothing had come of it
                speech.say_text(wording.say("taken_back.complaint_more", when=when))
            else:
                speech.say("kept_complaint", when=when)
            return [*forget_forms(), SlotSet("last_said", COMPLAINT)]
        speech.say(f"kept_{kind}")
        return forget_forms()
