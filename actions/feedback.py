"""Feedback after a session or whenever: a score of 1 to 5, kept at once."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.forms import Form, open_task
from actions.said import says_something
from actions.sessions import label
from actions.turn import Pair, Speech, Turn, TurnAction, conversation_of, database, forget_forms, option
from bot.conversations import choices as choice_rows
from bot.programme import feedback, people

SCORES: tuple[Pair, ...] = tuple(
    (word, option("score", n))
    for n, word in enumerate(("Poor", "Not great", "OK", "Good", "Great"), start=1)
)  # fmt: skip


class FeedbackForm(Form):
    """Reads "which session?" and a score of 1 to 5."""

    action_name = "validate_feedback_form"
    slots = ("feedback_session", "feedback_score")
    opened_by = "give_feedback"

    def begin(self, turn: Turn) -> dict[str, object]:
        rated = _sessions_to_rate(turn)
        found: dict[str, object] = {"remark": None}
        if not rated:
            found["feedback_session"] = 0  # about the programme as a whole
        elif len(rated) == 1:
            found["feedback_session"] = rated[0].id
        if (score := score_out_of(turn.typed)) is not None:
            found["feedback_score"] = score
        if says_something(turn.typed):
            found["words"] = turn.typed  # they have said it already: the score is asked, the words are kept
        return found

    def read(self, turn: Turn, requested: str) -> dict[str, object] | None:
        picked = turn.option()
        if requested == "feedback_session":
            if picked[:1] == ["session"]:
                return {"feedback_session": int(picked[1])}
            if picked[:1] == ["none"] or turn.means_no():
                return None
            return {}
        if picked[:1] == ["score"]:
            return {"feedback_score": int(picked[1])}
        if turn.means_no() or picked[:1] == ["none"]:
            return None
        if (number := score_in(turn.typed)) is not None:
            return {"feedback_score": number}
        return {}


def score_in(text: str) -> int | None:
    """A score of 1 to 5 said in a few words ("4", "a 5 pal", "4/5", "four oot ae five"); None if there is none."""
    if (score := score_out_of(text)) is not None:
        return score
    said = text.lower()
    found = [n for word in said.split() if (n := choice_rows.number(word)) is not None and 1 <= n <= 5]
    return found[0] if len(found) == 1 and len(said.split()) <= 6 else None


#: "5 oot ae 5", "four out of five", "8/10".
_OUT_OF = re.compile(
    r"\b(\d{1,2}|one|wan|two|twa|three|four|five|six|seven|eight|nine|ten)\s*(?:/|(?:out|oot)\s*(?:of|o|ae|a)?)\s*"
    r"(5|five|10|ten)\b",
    re.IGNORECASE,
)


def score_out_of(text: str) -> int | None:
    """The score in "4 oot ae 5" or "8/10", as 1 to 5; None when none is said so, or more than there is to give."""
    if not (match := _OUT_OF.search(text)):
        return None
    given = 10 if match[1].lower() == "ten" else choice_rows.number(match[1])
    of_ten = match[2].lower() in ("10", "ten")
    if given is None or given > (10 if of_ten else 5):
        return None
    return max(1, (given + 1) // 2 if of_ten else given)


def _sessions_to_rate(turn: Turn):
    with database().read() as db:
        return feedback.sessions_to_rate(db, people.person_of(db, turn.conversation_id))


class AskFeedbackSession(TurnAction):
    action_name = "action_ask_feedback_session"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        rated = _sessions_to_rate(turn)[:4]
        pairs = [(label(s), option("session", s.id)) for s in rated]
        speech.say("which_to_rate", [*pairs, ("The programme as a whole", option("session", 0))])
        open_task(turn, "feedback")
        return []


class AskFeedbackScore(TurnAction):
    action_name = "action_ask_feedback_score"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        speech.say("ask_score", SCORES)
        open_task(turn, "feedback")
        return []


class SaveFeedback(TurnAction):
    """Keeps the score at once, then asks for a few words, which may be left out."""

    action_name = "action_save_feedback"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        score = turn.slots.get("feedback_score")
        if not score:
            open_task(turn, None)
            speech.say("ok_nothing")
            return forget_forms()
        return save(turn, speech, turn.slots.get("feedback_session") or None, int(score), turn.slots.get("words"))


def save(turn: Turn, speech: Speech, session_id: int | None, score: int, words: str | None = None) -> list[EventType]:
    """Store a score, then thank without fuss."""
    with database().write() as db:
        conversation = conversation_of(db, turn)
        conversation.task = None
        row = feedback.give(
            db, people.person_of(db, turn.conversation_id), conversation_id=conversation.id, kind="feedback",
            score=score, words=words, session_id=session_id, asked_by=turn.message_id,
        )  # fmt: skip
        feedback_id = row.id
    if words:
        speech.say("feedback_thanks")
        return forget_forms()
    return [*forget_forms(), SlotSet("words_for", f"feedback:{feedback_id}"), FollowupAction("words_form")]
