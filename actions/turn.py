"""What every action shares: the message as it was understood, a way to speak, and what happens when something breaks.

An action is slots in, one programme call, words and events out. It runs in a thread, because rasa-sdk would otherwise
run it on its event loop. Who somebody is comes from the conversation id alone, never from a slot or an entity.
"""

from __future__ import annotations

import abc
import asyncio
import logging
import re
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import dropping, follow_up, heard, said_once
from actions.asking import ask_about_danger, bring_a_person
from actions.lead import put_first
from actions.slots import FORM_SLOTS, forget_forms
from actions.speech import Pair, Speech, intent_payload, option
from actions.stores import conversation_of, database, settings
from bot import safety

__all__ = [
    "FORM_SLOTS", "SURE_YES", "Pair", "Speech", "Turn", "TurnAction", "ask_about_danger", "back_to_form",
    "conversation_of", "database", "forget_forms", "intent_payload", "option", "settings",
]  # fmt: skip

log = logging.getLogger("wellbeing.actions")

#: From this confidence a yes is one: nobody is booked, or has anything passed on, by what was half understood.
SURE_YES = 0.5
#: "naw its fine" sounds like a yes to the language model. What begins with a no is never taken for one.
_NO = re.compile(
    r"\W*(?:no|naw|nah|nope|nae|na|dont|don't|dinnae|dinna)\b(?!\W*(?:bother|problem|worries|prob))", re.IGNORECASE
)

#: "why not" asks, whatever it sounds like.
_WHY = re.compile(r"\W*(?:but |how |and )?(?:why|how no|how come)\b", re.IGNORECASE)


@dataclass
class Turn:
    """One message of a person, as Rasa understood it."""

    conversation_id: str
    message_id: int | None
    text: str
    intent: str
    confidence: float
    slots: dict[str, Any] = field(default_factory=dict)
    parse: dict[str, Any] = field(default_factory=dict)
    loop: str | None = None
    #: True when other actions ran since the message came: a form is only coming back to its question.
    returning: bool = False
    #: True when something was said already in answer to this message.
    answered: bool = False
    #: Seconds between this message and the one before it.
    pause: float = 0.0
    #: The talk so far, as the tracker keeps it (`actions.past`).
    events: list[dict[str, Any]] = field(default_factory=list)
    #: How many messages before this one left a question of ours alone.
    passed_over: int = 0

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        message = tracker.latest_message or {}
        intent = message.get("intent") or {}
        events = list(tracker.events)
        users = [n for n, e in enumerate(events) if e.get("event") == "user"]
        since = events[users[-1] + 1 :] if users else []
        loop = (tracker.active_loop or {}).get("name")
        ran = [e.get("name") for e in since if e.get("event") == "action"]
        times = [events[n].get("timestamp") or 0 for n in users[-2:]]
        raw_id = str(message.get("message_id") or "")
        return cls(
            conversation_id=tracker.sender_id,
            message_id=int(raw_id) if raw_id.isdigit() else None,
            text=message.get("text") or "",
            intent=intent.get("name") or "",
            confidence=float(intent.get("confidence") or 0),
            slots=dict(tracker.slots),
            parse=message,
            loop=loop,
            returning=any(
                n not in (loop, "action_listen", "action_extract_slots", "action_session_start") for n in ran
            ),
            answered=any(e.get("event") == "bot" for e in since),
            pause=times[1] - times[0] if len(times) == 2 else 0.0,
            events=events,
            passed_over=dropping.passed_over(events),
        )

    @property
    def danger(self) -> safety.Verdict | None:
        """What the classifier sees of danger in what was written: weak is to be asked about. None if it sees none."""
        told = self.parse.get("danger")
        if not told or not self.typed:
            return None
        return heard.verdict_of(told, self.typed)

    @property
    def typed(self) -> str:
        """What the person wrote; empty when they picked a choice."""
        return "" if self.text.startswith("/") else self.text

    def entity(self, name: str) -> Any:
        """The value of the first entity of that name in this message, or None."""
        return next((e.get("value") for e in self.parse.get("entities") or () if e.get("entity") == name), None)

    def place(self) -> str | None:
        """The district that was named ("Govan"), as people say it; None when none was."""
        return next((e.get("place") for e in self.parse.get("entities") or () if e.get("entity") == "area"), None)

    def audience(self) -> str | None:
        """ "women" or "men" when a group for them alone was asked for."""
        return "women" if self.entity("women_only") else "men" if self.entity("men_only") else None

    def option(self) -> list[str]:
        """The parts of a picked choice of ours (["session", "12"]); empty when none was picked."""
        return str(self.entity("option") or "").split(":") if self.intent == "choose" else []

    def means_yes(self) -> bool:
        says_so = self.intent == "affirm" and self.confidence >= SURE_YES
        return says_so and not _NO.match(self.typed) and not _WHY.match(self.typed)

    def begins_with_no(self) -> bool:
        return _NO.match(self.typed) is not None

    def means_no(self) -> bool:
        return self.intent == "deny" or (self.intent == "affirm" and _NO.match(self.typed) is not None)


class TurnAction(Action, abc.ABC):
    """An action of ours. Subclasses set `action_name` and write `turn`."""

    action_name: str = ""

    def name(self) -> str:
        return self.action_name

    @abc.abstractmethod
    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        """Do it, say it, and return Rasa's events. Runs in a thread; opens its own transaction."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        return await asyncio.to_thread(self._guarded, dispatcher, Turn.of(tracker))

    def _guarded(self, dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
        asks = not turn.returning and turn.danger is not None and not turn.intent.startswith("crisis_")
        doubt = asks and turn.danger.rule in (safety.LEARNT, safety.FAINT)
        if asks and not doubt:
            ask_about_danger(turn, Speech(dispatcher))  # beside the answer, and kept even if the answer breaks
        before = len(dispatcher.messages)
        events = self._spoken(dispatcher, turn)
        said_once.say_otherwise(dispatcher, before, turn)
        if doubt or not asks:
            put_first(dispatcher, before, turn)
        if doubt:
            ask_about_danger(turn, Speech(dispatcher), beside=dispatcher.messages[before:])
        return events

    def _spoken(self, dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
        before = len(dispatcher.messages)
        try:
            told = dropping.take(turn, self.name()) or follow_up.reply_to(turn, Speech(dispatcher))
            return self.turn(turn, Speech(dispatcher)) if told is None else told
        except Exception as error:  # noqa: BLE001  whatever broke, the person must hear so and a person must come
            log.error("%s broke down in message %s: %s", self.name(), turn.message_id, type(error).__name__)
            del dispatcher.messages[before:]  # nothing of it was written, so nothing of it may be said
            Speech(dispatcher).say("broken")
            bring_a_person(turn)
            return [ActiveLoop(None), SlotSet("requested_slot", None), *forget_forms()]


def back_to_form(turn: Turn) -> list[EventType]:
    """After a digression: the open form asks its question again."""
    return [FollowupAction(turn.loop)] if turn.loop else []
