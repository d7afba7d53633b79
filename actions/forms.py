"""The base of our forms: one question at a time, a mind can be changed, and silence is noticed.

Rasa calls a form's validation action after each message. `read` turns the message into slots; what it cannot use it
leaves alone, and then the ordinary rules answer it (a digression) and the form asks again.
"""

from __future__ import annotations

import abc

from rasa_sdk.events import EventType, SlotSet

from actions import of_staff, practical, practical_words
from actions.praise_words import says_yes
from actions.slots import SAID
from actions.turn import SURE_YES, Speech, Turn, TurnAction, conversation_of, database, forget_forms, option
from bot import answer_first, clock

#: After this much silence in a form: "carry on or start again?"
LONG_PAUSE = 4 * 3600.0

LEFT = "left"

CARRY_ON = option("resume", "carry_on")
START_AGAIN = option("resume", "again")

#: What a form leaves alone whatever its question is: these are always about something else.
_NEVER_OURS = frozenset({
    "talk_to_person", "call_me", "help", "bot_challenge", "stop_messages", "start_messages", "wrong_number",
    "crisis_suicide", "crisis_emergency", "crisis_abuse", "ask_privacy", "delete_my_data", "cant_make_shift", "im_ill",
})  # fmt: skip


def leave() -> list[EventType]:
    """The person wants out: the form closes, nothing was written. What words were for is still to be answered to."""
    forgotten = [event for event in forget_forms() if event["name"] != "words_for"]
    return [*forgotten, SlotSet("remark", LEFT), SlotSet("requested_slot", None)]


class Form(TurnAction):
    """A validation action. Subclasses set `slots` (in the order they are asked) and write `read` and `begin`."""

    slots: tuple[str, ...] = ()
    #: The intent that opens the form. Said again inside it, it is no new matter: Rasa would try to open it once more.
    opened_by: str = ""
    never_ours: frozenset[str] = _NEVER_OURS

    @abc.abstractmethod
    def begin(self, turn: Turn) -> dict[str, object]:
        """Slots that the message which opened the form fills already."""

    @abc.abstractmethod
    def read(self, turn: Turn, requested: str) -> dict[str, object] | None:
        """Slots that the message fills in answer to `requested`.

        An empty dict when the message is about something else (a digression), None when the person wants out.
        """

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if turn.returning:
            return []
        requested = turn.slots.get("requested_slot")
        if turn.loop is None or requested not in (*self.slots, "resume"):  # new, or opened inside another form
            if (told := _no_form_at_all(turn, speech)) is not None:
                return told
            return _events(self.begin(turn))
        if requested == "resume" or turn.option()[:1] == ["resume"]:
            return self._resumed(turn)
        if turn.intent in self.never_ours:
            return []
        if turn.pause > LONG_PAUSE and not turn.typed.endswith("?") and not self._is_new_matter(turn):
            return [SlotSet("resume", None), SlotSet("remark", "pause"), SlotSet("requested_slot", "resume")]
        found = self.read(turn, requested)
        if found == {} and turn.intent == self.opened_by:
            found = {"remark": "which_one"}
        return leave() if found is None else _events(found)

    def agrees(self, turn: Turn) -> bool:
        """Whether the message says yes to what was read back: "aye", or what opened the form ("aye book it then")."""
        said_again = turn.intent == self.opened_by and turn.confidence >= SURE_YES and not turn.begins_with_no()
        return turn.means_yes() or said_again or says_yes(turn.typed) or answer_first.is_yes(turn.typed)

    def _resumed(self, turn: Turn) -> list[EventType]:
        """The answer to "carry on or start again?"; anything else counts as carrying on."""
        if turn.option() == ["resume", "again"]:
            return [*forget_forms(), SlotSet("resume", "again")]
        return [SlotSet("resume", "carried_on"), SlotSet("remark", None)]

    @staticmethod
    def _is_new_matter(turn: Turn) -> bool:
        """Whether the message after a long pause is plainly about something else, and is best answered as such."""
        plain = {"affirm", "deny", "choose", "correction", "nlu_fallback", "greet", "thank"}
        return turn.intent not in plain and turn.confidence > 0.6


def _no_form_at_all(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer here what only sounds like a booking: "mak it 11 instead", of a call. The form closes without a word."""
    if not turn.typed:
        return None
    told = of_staff.reply_to(turn, speech)
    if told is None and turn.intent == "book_session" and practical_words.only_asks(turn.typed):
        told = practical.offer(turn, speech, str(practical_words.asked(turn.typed, of_a_session=True)))
    if told is None:
        return None
    slots = [event for event in told if event.get("event") == "slot"]
    return [*slots, SlotSet("remark", SAID), SlotSet("requested_slot", None)]


def _events(found: dict[str, object]) -> list[EventType]:
    return [SlotSet(name, value) for name, value in found.items()]


class AskToResume(TurnAction):
    """Asks "carry on or start again?" after hours of silence in a form."""

    action_name = "action_ask_resume"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        speech.say("ask_resume", [("Carry on", CARRY_ON), ("Start again", START_AGAIN)])
        return []


def open_task(turn: Turn, task: str | None) -> None:
    """Note in the database which form is open (None: none is), so that the gateway knows without asking Rasa."""
    with database().write() as db:
        conversation = conversation_of(db, turn)
        conversation.task, conversation.task_at = task, clock.now() if task else None
