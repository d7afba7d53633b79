"""Feedback after a session or whenever: a score of 1 to 5, kept at once."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.asked_on import FEEDBACK, LOW, adds_to_feedback, keep_more
from actions.forms import Form, open_task
from actions.praise_words import is_praise
from actions.said import says_something
from actions.scores import (
    LABELS,
    SCORES,
    score_in,
    score_in_a_story,
    score_in_words,
    score_out_of,
    tells_how_it_was,
)  # fmt: skip
from actions.sessions import label
from actions.turn import Speech, Turn, TurnAction, conversation_of, database, forget_forms, option
from bot.programme import feedback, people

#: Slot `remark` for a few words of praise by somebody who was at no session.
PRAISE = "praise"
#: The same for more words on what was just rated.
MORE = "more_feedback"


class FeedbackForm(Form):
    """Reads "which session?" and a score of 1 to 5."""

    action_name = "validate_feedback_form"
    slots = ("feedback_session", "feedback_score")
    opened_by = "give_feedback"

    def begin(self, turn: Turn) -> dict[str, object]:
        rated = _sessions_to_rate(turn)
        if not rated and is_praise(turn.typed):  # of what we said: there is no session that it could be of
            return {"remark": PRAISE, "requested_slot": None}
        if not rated and adds_to_feedback(turn):
            return {"remark": MORE, "requested_slot": None}
        found: dict[str, object] = {"remark": None}
        if not rated:
            found["feedback_session"] = 0  # about the programme as a whole
        elif len(rated) == 1:
            found["feedback_session"] = rated[0].id
        score = score_out_of(turn.typed) or score_in_words(turn.typed) or score_in_a_story(turn.typed)
        if score is not None:
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
        if (number := score_in_words(turn.typed)) is not None:  # "good aye" is an answer, and they said why
            return {"feedback_score": number, "words": turn.slots.get("words") or turn.typed}
        return {}


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
        # Whoever has said what it was like is thanked for that first; the score comes after it.
        told = turn.slots.get("words") and turn.intent == "give_feedback"
        speech.say("ask_score_after_words" if told else "ask_score", SCORES)
        open_task(turn, "feedback")
        return []


class SaveFeedback(TurnAction):
    """Keeps the score at once, then asks for a few words, which may be left out."""

    action_name = "action_save_feedback"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        score = turn.slots.get("feedback_score")
        if turn.slots.get("remark") == PRAISE:
            speech.say("glad" if turn.slots.get("last_said") else "thank")
            return forget_forms()
        if turn.slots.get("remark") == MORE:
            keep_more(turn, speech)
            return [*forget_forms(), SlotSet("last_said", FEEDBACK)]
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
    heard = score_in_words(turn.typed) or score_in_a_story(turn.typed)
    if words and heard is not None:
        speech.say("feedback_heard_low" if heard <= LOW else "feedback_heard", score=LABELS[heard - 1])
        return [*forget_forms(), SlotSet("last_said", FEEDBACK)]
    if words:
        speech.say("feedback_thanks")
        return [*forget_forms(), SlotSet("last_said", FEEDBACK)]
    return [*forget_forms(), SlotSet("words_for", f"feedback:{feedback_id}"), FollowupAction("words_form")]


def unasked(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Keep "it wis brilliant" from somebody who was at a session lately as what they think of it; None, and nothing
    kept, for anything else. "Good aye" says nothing by itself: it may answer a reminder that went out hours ago.
    """
    score = score_in_words(turn.typed) if tells_how_it_was(turn.typed) else None
    if score is None:
        return None
    with database().read() as db:
        lately = feedback.session_just_over(db, people.person_of(db, turn.conversation_id))
    return save(turn, speech, lately.id, score, turn.typed) if lately is not None else None
