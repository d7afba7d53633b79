"""The question about danger and the ordinary answer: which comes first, and that neither replaces the other."""

from __future__ import annotations

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.crisis import Crisis
from actions.turn import TurnAction
from bot import clock, runtime
from bot.conversations import handoffs
from bot.models import Conversation, Message
from tests import builders
from tests.gateway.kit import settings


class Says(TurnAction):
    """An action that says one thing."""

    action_name = "action_says"

    def turn(self, turn, speech):
        speech.say_text("The answer.")
        return []


class Breaks(Says):
    def turn(self, turn, speech):
        raise RuntimeError


@pytest.fixture
def conversation(database, tmp_path):
    runtime.install(runtime.Runtime(settings(database, tmp_path), database))
    with database.write() as db:
        begun = builders.a_conversation(db).id
    yield begun
    runtime.install(None)


def said(action, conversation, danger, intent="find_service", answers=(), text="words", number=None) -> list[str]:
    """What the action says to words that the classifier read so."""
    message = {
        "text": text, "intent": {"name": intent, "confidence": 0.9}, "danger": danger, "answers": list(answers),
        "message_id": number,
    }  # fmt: skip
    tracker = Tracker(conversation, {}, message, [{"event": "user"}], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    asyncio.run(action.run(dispatcher, tracker, {}))
    return [m.get("text") or m.get("response") for m in dispatcher.messages]


def danger(doubt: bool, level: str = "asks", safety: str = "suicide", faint: bool = False) -> dict:
    return {"safety": safety, "level": level, "about": "self", "doubt": doubt, "faint": faint}


def reason(database, conversation) -> str:
    with database.read() as db:
        return handoffs.current(db, conversation).reason


def test_a_doubt_comes_after_the_answer_in_one_gentle_text(database, conversation):
    texts = said(Says(), conversation, danger(doubt=True))
    assert len(texts) == 2 and texts[0] == "The answer."
    assert "got this wrong" in texts[1] and "are you thinking about suicide" in texts[1]
    assert reason(database, conversation) == "maybe_danger"


FAINT = danger(doubt=True, faint=True)


def test_where_a_doubt_is_faint_the_answer_gets_a_line_on_whom_to_turn_to_and_nobody_is_told(database, conversation):
    answer, line = said(Says(), conversation, FAINT)
    assert answer == "The answer." and "116 123" in line and "?" not in line.removesuffix("In danger? Call 999.")
    with database.read() as db:
        assert handoffs.current(db, conversation) is None


def test_the_line_is_said_once_a_day_and_a_doubt_that_is_more_is_still_asked_about(database, conversation):
    with database.write() as db:
        talk = db.get(Conversation, conversation)
        sent = {"direction": "in", "author": "person", "channel": "sms", "status": "answered", "body": "words"}
        rows = [Message(conversation=talk, **sent) for _ in range(3)]
        db.add_all(rows)
        db.flush()
        messages = [row.id for row in rows]
    heard = [said(Says(), conversation, FAINT, number=number) for number in messages[:2]]
    assert [len(texts) for texts in heard] == [2, 1]
    assert len(said(Says(), conversation, danger(doubt=True), number=messages[2])) == 2


def test_the_line_is_not_said_after_danger(database, conversation):
    with database.write() as db:
        db.get(Conversation, conversation).crisis_at = clock.now()
    assert said(Says(), conversation, FAINT) == ["The answer."]


def test_the_line_is_not_said_to_a_phone_that_somebody_else_reads(database, conversation):
    with database.write() as db:
        db.get(Conversation, conversation).person.contact_by = "person"
    assert said(Says(), conversation, FAINT) == ["The answer."]


def test_a_faint_doubt_about_abuse_on_a_phone_that_is_watched_is_none(conversation):
    texts = said(Says(), conversation, danger(True, safety="abuse", faint=True), text="my phone is his phone")
    assert "I won't text you first" in texts[-1]


def test_what_is_more_than_a_doubt_comes_before_the_answer(database, conversation):
    texts = said(Says(), conversation, danger(doubt=False))
    assert texts[-1] == "The answer." and "are you thinking about suicide" in texts[0]
    assert reason(database, conversation) == "crisis_suicide"


def test_a_doubt_is_asked_about_where_the_answer_broke(conversation):
    assert any("are you thinking about suicide" in text for text in said(Breaks(), conversation, danger(doubt=True)))


@pytest.mark.parametrize(
    ("kind", "share", "given"), [("suicide", 0.3, True), ("suicide", 0.02, False), ("abuse", 0.3, False)]
)
def test_the_nearest_answer_stands_beside_the_question(monkeypatch, conversation, kind, share, given):
    monkeypatch.setattr("actions.crisis.say_answer", lambda turn, speech, topic, key: speech.say_text(f"{topic}/{key}"))
    near = [{"topic": "drugs", "key": "using_alone", "confidence": share}]
    texts = said(Crisis(), conversation, danger(False, safety=kind), intent=f"crisis_{kind}", answers=near)
    assert ("drugs/using_alone" in texts) is given and len(texts) > given


@pytest.mark.parametrize("level", ["asks", "alarm"])
@pytest.mark.parametrize("text", ["my phone is his phone", "say you are the dentist if ye text", "no ring the house"])
def test_where_somebody_else_reads_the_phone_there_is_one_text_and_staff_know(database, conversation, level, text):
    [only] = said(Crisis(), conversation, danger(False, level, "abuse"), intent="crisis_abuse", text=text)
    assert "I won't text you first" in only
    with database.read() as db:
        assert db.get(Conversation, conversation).person.contact_by == "person"


def test_an_emergency_in_words_of_drugs_is_asked_about_as_an_overdose(conversation):
    doubted = said(Says(), conversation, danger(True, safety="emergency"), text="ma pal's lips are blue efter the gear")
    assert doubted[0] == "The answer." and "naloxone" in doubted[-1] and "may have got this wrong" in doubted[-1]


def test_an_emergency_without_drugs_is_asked_about_as_one(conversation):
    doubted = said(Says(), conversation, danger(True, safety="emergency"), text="ma pal's chest is sair")
    assert "naloxone" not in doubted[-1] and "NHS" in doubted[-1]


def test_abuse_that_is_only_asked_about_is_not_told_whose_fault_it_is(conversation):
    asked = " ".join(said(Says(), conversation, danger(True, safety="abuse"), text="somebody's wantin ma place"))
    assert "Are you safe where you are?" in asked and "I've read it. It's not your fault" not in asked


class SaysWhomToRing(Says):
    def turn(self, turn, speech):
        speech.say_text("If you feel unsafe, phone 111. In danger now? Phone 999.")
        return []


def test_the_line_is_not_said_beside_numbers_that_are_given_nor_under_a_sore_back(conversation):
    assert len(said(SaysWhomToRing(), conversation, FAINT)) == 1
    assert said(Says(), conversation, FAINT, intent="im_ill", text="ma back is killin me") == ["The answer."]
    assert len(said(Says(), conversation, FAINT)) == 2  # it has not been said yet


def test_a_doubt_that_is_more_is_asked_about_beside_numbers_and_a_sore_back_too(conversation):
    texts = said(SaysWhomToRing(), conversation, danger(doubt=True), intent="im_ill", text="ma back is killin me")
    assert "are you thinking about suicide" in texts[-1]
