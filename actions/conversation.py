"""The conversation itself: hello, thanks, and what to do when a message was not understood."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import feedback, handoffs, meant, places_told, practical, praise, services, talk, underway, who_am_i
from actions.bank import say_together
from actions.complaints import what_happens
from actions.menu import MENU, NAMES
from actions.not_wanted import NO_WORKER
from actions.search import Search
from actions.session_like import asks_what_it_is_like
from actions.sessions import asks_for_a_time, list_sessions
from actions.speech import PERSON, TO_MENU
from actions.turn import (
    Pair,
    Speech,
    Turn,
    TurnAction,
    back_to_form,
    conversation_of,
    database,
    intent_payload,
)  # fmt: skip
from actions.unasked_complaints import found_nobody, passed_on_as_complaint
from bot import wording
from bot.conversations import handoffs as handoff_rows
from bot.programme import needs


class Greet(TurnAction):
    action_name = "action_greet"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if not turn.loop and asks_what_it_is_like(turn.typed) and turn.slots.get("last_said") == "sessions":
            return list_sessions(turn, speech, Search.kept(turn.slots.get("search")))
        if (told := underway.tell(turn, speech)) is not None:  # "is anybody coming"
            return told
        if turn.danger is not None:  # "i want tae greet" may be weeping: nothing light beside the question about it
            speech.say_text(wording.say("kindness.hard"))
            return back_to_form(turn)
        speech.say("greet")
        return back_to_form(turn)


class Say(TurnAction):
    """Fixed sentences for intents that need nothing else: thanks, goodbye, "are you a bot"."""

    action_name = "action_say"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := talk.reply_to(turn, speech)) is not None:  # "thanks but that disnae help"
            return told
        if turn.intent == "bot_challenge":
            who_am_i.say(speech, in_a_form=turn.loop is not None)
        elif turn.intent == "thank" and (said := praise.heard(turn, speech)) is not None:
            return said
        else:
            speech.say(turn.intent if turn.intent in ("thank", "goodbye") else "ok_nothing")
        return back_to_form(turn)


#: Below this an "out of scope" is as likely a message that was not understood.
SURELY_ELSEWHERE = 0.7
#: From this share of the probability on an answer is offered beside it: what is truly elsewhere is near to none.
HALF_NEAR = 0.05


class NotUnderstood(TurnAction):
    """Once: "did you mean", with the two likeliest. Twice: the menu and a person."""

    action_name = "action_not_understood"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (answered := _after_all(turn, speech)) is not None:
            return answered
        said = Search.of(turn)
        if not turn.loop and turn.slots.get("last_said") == "sessions" and not said.is_empty():
            if len(turn.typed.split()) <= 6:  # "whit about thursday", after a list of sessions
                return list_sessions(turn, speech, said.over(Search.kept(turn.slots.get("search"))))
        with database().write() as db:
            conversation = conversation_of(db, turn)
            times = conversation.misunderstood + 1
            alone = turn.slots.get("last_said") == NO_WORKER  # turned down: nobody is brought in unasked
            if times >= 2 and not alone:
                handoff_rows.open_for(db, conversation, "not_understood")
            conversation.misunderstood = 0 if times >= 2 else times
        if turn.loop:
            name = "not_understood_in_form" if times < 2 else "not_understood_in_form_twice"
            speech.say(name, understood=False, when=handoffs.when_words())
            return back_to_form(turn)
        if times >= 2:
            if alone:
                speech.say_text(wording.say("not_wanted.still_lost"), MENU, understood=False)
            else:
                speech.say("not_understood_twice", MENU, understood=False, when=handoffs.when_words())
            return []
        if pairs := self._likeliest(turn):
            meant.ask(turn, speech, pairs, understood=False)
        else:
            speech.say("not_understood", [TO_MENU, PERSON], understood=False)
        return []

    @staticmethod
    def _likeliest(turn: Turn) -> list[Pair]:
        """The two likeliest meanings: an answer of the bank where one leads, else the intent. None where no answer is
        near: then no word was known."""
        found: list[Pair] = []
        if not turn.parse.get("answers"):
            return found
        ranked = [a for a in turn.parse.get("answers") or () if a["confidence"] >= 0.05]
        for row in turn.parse.get("intent_ranking") or ():
            name = row["name"]
            if name not in NAMES or len(found) == 2 or row["confidence"] < 0.05:
                continue
            topic = name.removeprefix("ask_")
            best = next((a for a in ranked if a["topic"] == topic), None) if name.startswith("ask_") else None
            if best is not None and (pairs := meant.questions(turn, [(topic, best["key"])])):
                found += pairs
                continue
            found.append((NAMES[name], intent_payload(name)))
        return found


def _after_all(turn: Turn, speech: Speech) -> list[EventType] | None:
    """What needs no language model: what is needed today, what a session was like, what comes of a complaint."""
    if (told := talk.reply_to(turn, speech)) is not None:
        return told
    if (told := practical.reply_to(turn, speech)) is not None:
        return told + back_to_form(turn)
    if who_am_i.asks(turn.typed):
        who_am_i.say(speech, in_a_form=turn.loop is not None)
        return back_to_form(turn)
    if turn.loop:
        return None
    if (told := underway.tell(turn, speech)) is not None:
        return told
    if (said := praise.heard(turn, speech)) is not None:
        return said
    if asks_for_a_time(turn):
        return list_sessions(turn, speech, Search.of(turn))
    if said := say_together(turn, speech, needs.needed_today(turn.typed)):
        return said
    if (said := feedback.unasked(turn, speech)) is not None:
        return said
    if needs_a_place(turn):
        return services.FindService().turn(turn, speech)
    if (told := places_told.nearer(turn, speech)) is not None:
        return told
    if found_nobody(turn.typed):
        return passed_on_as_complaint(turn)
    if (told := what_happens(turn, speech)) is not None:
        return told
    return [] if meant.hear(turn, speech) else None


#: Needs that say by themselves what to look for, however little of the rest was understood.
_PLAIN_NEEDS = frozenset({
    "homeless", "foodbank", "food", "gp", "dentist", "toothache", "needles", "condoms", "eviction", "gambling",
    "job_hunting", "hepatitis", "interpreter", "letters", "reading", "citizens_advice",
})  # fmt: skip


#: So few words with the name of a service in them are about it.
FEW = 6


def needs_a_place(turn: Turn) -> bool:
    """Whether a message that was not understood names what is needed ("got made homeless yesterday"), or in a few words
    who gives it ("is penumbra open")."""
    names_one = set(needs.called(turn.typed)) - needs.ALSO_A_DISTRICT and len(turn.typed.split()) <= FEW
    return bool(names_one or _PLAIN_NEEDS & set(needs.needs_of(turn.typed)))


class OutOfScope(TurnAction):
    """Says honestly that this is not something it can help with, and what is."""

    action_name = "action_out_of_scope"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := talk.reply_to(turn, speech)) is not None:
            return told
        if (told := practical.reply_to(turn, speech)) is not None:
            return told + back_to_form(turn)
        if not turn.loop and found_nobody(turn.typed):
            return passed_on_as_complaint(turn)
        if (told := underway.tell(turn, speech)) is not None:
            return told
        if (said := praise.heard(turn, speech)) is not None:
            return said
        if turn.loop or turn.confidence < SURELY_ELSEWHERE or asks_for_a_time(turn) or needs_a_place(turn):
            return NotUnderstood().turn(turn, speech)
        if meant.hear(turn, speech):
            return []
        if pairs := meant.near(turn, least=HALF_NEAR):  # "how do i pay the court"
            meant.ask(turn, speech, pairs)
            return []
        speech.say("out_of_scope", [TO_MENU, PERSON])
        return []
