"""The second net: the language model hears danger that the screen did not. Same words, same hand-off."""

from __future__ import annotations

import re
from dataclasses import replace

from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from sqlalchemy.orm import Session

from actions import talk
from actions.bank import say_answer
from actions.handoffs import when_words
from actions.in_emergency import OVERDOSE
from actions.place_asked import TOLD
from actions.places_told import tell
from actions.turn import (
    Speech,
    Turn,
    TurnAction,
    ask_about_danger,
    conversation_of,
    database,
    forget_forms,
    settings,
)
from bot import clock, crisis, safety, wording
from bot.conversations import again, asking, choices, duty, handoffs
from bot.models import Conversation, Message
from bot.programme import answers, needs

#: The writer is in it.
_OF_ME = re.compile(r"\b(?:me|my|ma|us|our|oor|i|i'm|im|am|a)\b", re.IGNORECASE)
#: From this share of the probability an answer is near enough to be given beside a question about danger.
NEAR = 0.1


class Crisis(TurnAction):
    """Opens the hand-off with the highest priority, then gives the numbers. Any open form closes."""

    action_name = "action_crisis"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        kind = turn.intent.removeprefix("crisis_")
        closing: list[EventType] = [
            ActiveLoop(None), SlotSet("requested_slot", None), *forget_forms(), SlotSet(TOLD, None),
        ]  # fmt: skip
        if kind != "emergency" or turn.slots.get("answer") != "/".join(OVERDOSE):
            closing.append(SlotSet("last_said", None))  # "is it free" is not of a place given before
        if not turn.typed:  # the screen has answered; Rasa is only told so that the form closes
            return [*closing, *_what_follows(turn)]
        if turn.danger is not None and turn.danger.strength == "weak":
            talk.warmly(turn, speech)
            asked, told = ask_about_danger(turn, speech), _answered_too(turn, speech)
            if not asked and not told and not _screen_spoke_to(turn):
                _again(turn, speech, turn.danger)
            return [SlotSet(TOLD, None), *told]  # an open form stays as it is: it may be nothing
        verdict = turn.danger or safety.Verdict(safety=kind, kind=kind, about="self", strength="strong", rule="nlu")
        verdict = self._as_told(turn, verdict)
        kind = verdict.safety
        with database().write() as db:
            conversation = conversation_of(db, turn)
            answered = asking.answered_just_now(conversation, clock.now())
            doubted = asking.only_asked(db, conversation)
            other = _is_another(db, conversation, handoffs.danger(kind, verdict.about))
            if doubted or other or not answered:  # what the screen was sure of, it has told staff of in its own words
                handoffs.open_for(db, conversation, handoffs.danger(kind, verdict.about))
            question = any(c.payload == crisis.YES for c in choices.open_choices(db, conversation.id))
            spoken = _screen_spoke(db, turn)
            if question and spoken and (kind == "suicide" or not doubted):
                return []  # the screen has asked: a yes closes the form, and after a no it goes on where it was
            conversation.crisis_at, conversation.task = clock.now(), None
            on_call = duty.covered(db, clock.now())
            said = doubted and _asked_about(db, turn, kind)
            if verdict.kind == safety.WATCHED:
                asking.mind_the_phone(db, conversation)
        if not answered or other or doubted and not said:
            with database().read() as db:
                full = crisis.replies(verdict, when=when_words(), on_call=on_call)
                words = again.instead_of(db, conversation_of(db, turn), verdict, full)
            speech.danger_words(verdict, words)
        elif not spoken:
            _again(turn, speech, verdict)
        return [*closing, *_roof(turn, speech, verdict)]

    @staticmethod
    def _as_told(turn: Turn, verdict: safety.Verdict) -> safety.Verdict:
        """`verdict` with the words that fit: of an emergency of which no more is known, where abuse was told of just
        before ("he's outside"), and of who hurts themselves and speaks of no death."""
        if verdict.safety == "suicide" and verdict.kind == "suicide" and safety.of_self_harm(turn.typed):
            return replace(verdict, kind="self_harm")
        generic = verdict.kind == "emergency"
        elses = verdict.safety == "abuse" and verdict.rule == "nlu" and not _OF_ME.search(turn.typed)
        if not (generic or elses):
            return verdict
        with database().read() as db:
            found = handoffs.current(db, turn.conversation_id)
            told = {reason for reason, _ in found.reasons} if found is not None else set()
            lately = asking.spoke_of_danger(db, conversation_of(db, turn))
        if lately and "crisis_abuse" in told and "crisis_emergency" not in told:
            return replace(verdict, safety="abuse", kind="threatened", about="self") if generic else verdict
        if lately and "crisis_other" in told and "crisis_emergency" not in told:  # "he isnt answering"
            return replace(verdict, safety="suicide", kind="plan" if generic else "suicide", about="other")
        return verdict


def _roof(turn: Turn, speech: Speech, verdict: safety.Verdict) -> list[EventType]:
    """After abuse: where to sleep, for whoever says in the same text that they have nowhere."""
    if verdict.safety != "abuse" or verdict.kind == safety.WATCHED or "homeless" not in needs.needs_of(turn.typed):
        return []
    first = needs.NEEDS["homeless"].lead
    return tell(turn, speech, topic=None, area=None, text="nowhere to sleep tonight homeless", women=False, first=first)


def _again(turn: Turn, speech: Speech, verdict: safety.Verdict) -> None:
    """Danger that was answered a moment ago is told of again, or gets worse: never without the number to ring."""
    key = again.key_of(verdict)
    if key == "crisis.again.emergency" and safety.drugs_named(turn.typed):
        key = "crisis.again.overdose"
    if key == "crisis.again.suicide_asked":
        speech.say_text(wording.say(key), crisis.choices(verdict), purpose="crisis")
    elif key is not None:
        speech.say_text(wording.say(key), purpose="crisis")
    else:
        speech.say_text(wording.say("crisis.still_here", when=when_words()))


def answered(turn: Turn, speech: Speech, said: str) -> None:
    """What somebody `said` ("yes", "yes_other", "no") when they were asked whether it is about suicide."""
    if said == "no":
        speech.say_text(wording.say("crisis.still_here", when=when_words()))
        return
    about = "other" if said == "yes_other" else "self"
    with database().write() as db:
        conversation = conversation_of(db, turn)
        handoffs.open_for(db, conversation, handoffs.danger("suicide", about))
        conversation.crisis_at, conversation.task = clock.now(), None
        on_call = duty.covered(db, clock.now())
    verdict = safety.Verdict("suicide", "suicide", about, "strong", "said_yes")
    speech.danger(verdict, when=when_words(), on_call=on_call)


def _what_follows(turn: Turn) -> list[EventType]:
    """After an overdose, what is asked on is read as asked about what to do: "should i put him on his side"."""
    with database().read() as db:
        message = db.get(Message, turn.message_id) if turn.message_id is not None else None
        overdose = turn.intent == "crisis_emergency" and message is not None and safety.drugs_named(message.body or "")
        revision = answers.current(db, *OVERDOSE, drafts=settings().drafts) if overdose else None
        if revision is None:
            return []
        question = revision.answer.question
    name = "/".join(OVERDOSE)
    return [SlotSet("last_said", "answer"), SlotSet("answer", name), SlotSet("question", question)]


def _answered_too(turn: Turn, speech: Speech) -> list[EventType]:
    """The answer that the words are nearest to, beside the question: who asks about using alone, or where to dry out,
    is not left with a question about dying. Nothing in a form, nor about abuse, where each text may be seen.
    """
    near = max(turn.parse.get("answers") or (), key=lambda found: found["confidence"], default=None)
    seen = turn.danger.safety == "abuse" and turn.danger.kind != "temper"
    if turn.loop or seen or near is None or near["confidence"] < NEAR:
        return []
    return say_answer(turn, speech, near["topic"], near["key"]) or []


def _is_another(db: Session, conversation: Conversation, reason: str) -> bool:
    """Is it another danger than those that staff have been told of: abuse, after what was said about suicide?"""
    found = handoffs.current(db, conversation.id)
    told = {name for name, _ in found.reasons} if found is not None else set()
    return any(name.startswith("crisis_") for name in told) and reason not in told


def _screen_spoke_to(turn: Turn) -> bool:
    with database().read() as db:
        return _screen_spoke(db, turn)


def _screen_spoke(db: Session, turn: Turn) -> bool:
    """Has the screen said something about danger to this very message?"""
    message = db.get(Message, turn.message_id) if turn.message_id is not None else None
    return message is not None and message.purpose == "crisis"


def _asked_about(db: Session, turn: Turn, kind: str) -> bool:
    """Has the screen asked about the same danger, about this very message? Then the numbers have been given."""
    message = db.get(Message, turn.message_id) if turn.message_id is not None else None
    asked = safety.screen(turn.typed)
    return message is not None and message.purpose == "crisis" and asked is not None and asked.safety == kind
