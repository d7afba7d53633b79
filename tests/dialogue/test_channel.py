"""Our channel in a running Rasa: the secret, the replies, and a message that is asked again."""

from __future__ import annotations

import logging

import pytest
from rasa.shared.core.events import SessionStarted, UserUttered
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot import two_questions
from bot.dialogue import channel, sessions
from tests.dialogue.conftest import INTERNAL

CANARY = "zanzibarcanary"


def test_answers_who_knows_the_secret_and_nobody_else(rasa):
    async def test(served):
        assert (await served.say("hello", secret="wrong")).status_code == 401
        assert (await served.client.post("/webhooks/wellbeing/webhook", json={})).status_code == 401
        assert (await served.client.get("/webhooks/wellbeing/health?text=hello")).status_code == 401
        response = await served.say("hello")
        assert response.status_code == 200
        assert response.json() == {
            "replies": [{"text": "Hello there.", "choices": [], "purpose": "reply", "understood": True}],
            "error": False,
            "unfinished": False,
            "reading": {"intent": "greet", "confidence": 1.0, "answer": None},
        }
        assert (await served.client.get("/status")).status_code == 404  # no HTTP API

    rasa(test)


def test_a_message_that_was_answered_is_replayed_and_not_run_again(rasa):
    async def test(served):
        first = await served.say("book", "7")
        again = await served.say("book", "7")
        assert again.json() == first.json()
        assert first.json()["reading"]["intent"] == "book"
        assert again.json()["replies"][0]["choices"] == [{"label": "Govan", "payload": '/pick{"place": "govan"}'}]
        tracker = await served.agent.tracker_store.retrieve("c1")
        assert len([e for e in tracker.events if isinstance(e, UserUttered)]) == 1
        assert (await served.say("somewhere", "8")).json()["replies"][0]["text"] == "Done: somewhere."

    rasa(test)


def test_two_questions_of_one_text_are_two_turns_and_one_message(rasa, monkeypatch):
    monkeypatch.setattr(two_questions, "parts", lambda text: [text.split(" and ")] if " and " in text else [])
    monkeypatch.setattr(two_questions, "both", lambda *found: found)

    async def test(served):
        first = await served.say("hello and book", "7")
        assert [r["text"] for r in first.json()["replies"]] == ["Hello there.", "Where?"]
        tracker = await served.agent.tracker_store.retrieve("c1")
        said = [e for e in tracker.events if isinstance(e, UserUttered)]
        assert [(e.text, e.message_id) for e in said] == [("hello", "7"), ("book", "7")]
        assert [two_questions.more_follows(e.parse_data) for e in said] == [True, False]
        assert (await served.say("hello and book", "7")).json() == first.json(), "asked again it is not run again"
        in_a_form = (await served.say("somewhere and hello", "8")).json()
        assert in_a_form["replies"][0]["text"] == "Done: somewhere and hello."

    rasa(test)


def test_two_copies_at_once_are_one_turn(rasa):
    import asyncio

    async def test(served):
        answers = await asyncio.gather(*(served.say("hello", "7") for _ in range(5)))
        assert {a.text for a in answers} == {answers[0].text}
        tracker = await served.agent.tracker_store.retrieve("c1")
        assert len([e for e in tracker.events if isinstance(e, UserUttered)]) == 1

    rasa(test)


def test_a_turn_that_could_not_be_stored_is_unfinished_and_runs_anew(rasa, monkeypatch):
    async def test(served):
        store = served.agent.tracker_store
        with monkeypatch.context() as broken:
            broken.setattr(type(store), "save", _raise)
            response = await served.say("hello", "7")
            assert response.status_code == 500 and response.json()["unfinished"] is True
        assert (await served.say("hello", "7")).json()["replies"][0]["text"] == "Hello there."

    rasa(test)


async def _raise(*_args):
    raise OSError("disk full")


def test_an_action_that_fails_is_a_finished_turn_with_an_error(rasa, monkeypatch):
    async def fails(*_args, **_kwargs):
        raise ClientResponseError(500, "Internal", b"{}")

    async def test(served):
        monkeypatch.setattr(EndpointConfig, "request", fails)
        response = await served.say("remember", "7")
        assert response.status_code == 200
        told = response.json()
        assert (told["replies"], told["error"], told["unfinished"]) == ([], True, False)
        assert (await served.say("remember", "7")).json()["error"] is True

    rasa(test)


def test_what_an_action_says_keeps_its_purpose_and_its_choices(rasa, monkeypatch):
    said = [
        {"text": "Ring 999 now.", "custom": {"purpose": "crisis"}},
        {"custom": {"understood": False}},
        {"text": "Did you mean?", "custom": {"understood": False}, "buttons": [{"title": "Yes", "payload": "/affirm"}]},
    ]

    async def answers(*_args, **kwargs):
        assert kwargs["json"]["tracker"]["latest_message"]["message_id"] == "7"
        return {"events": [], "responses": said}

    async def test(served):
        monkeypatch.setattr(EndpointConfig, "request", answers)
        first, again = await served.say("remember", "7"), await served.say("remember", "7")
        assert [(r["text"], r["purpose"], r["understood"]) for r in first.json()["replies"]] == [
            ("Ring 999 now.", "crisis", True),
            ("Did you mean?", "reply", False),
        ]
        assert first.json()["replies"][1]["choices"] == [{"label": "Yes", "payload": "/affirm"}]
        assert again.json() == first.json()

    rasa(test)


@pytest.mark.parametrize("body", [None, [], {}, {"conversation": "c", "message_id": 1, "text": "x"},
                                  {"conversation": "c", "message_id": "1", "text": None}])  # fmt: skip
def test_a_question_that_is_no_question_is_refused(rasa, body):
    async def test(served):
        headers = {"X-Wellbeing-Secret": INTERNAL}
        assert (await served.client.post("/webhooks/wellbeing/webhook", json=body, headers=headers)).status_code == 400

    rasa(test)


def test_health_parses_a_sentence_and_is_503_without_a_model(rasa):
    async def test(served):
        headers = {"X-Wellbeing-Secret": INTERNAL}
        health = await served.client.get("/webhooks/wellbeing/health", params={"text": "hello"}, headers=headers)
        assert health.json() == {"intent": "greet", "confidence": 1.0}
        served.application.ctx.agent = None
        health = await served.client.get("/webhooks/wellbeing/health", params={"text": "hello"}, headers=headers)
        assert health.status_code == 503

    rasa(test)


@pytest.mark.parametrize("level", [logging.WARNING, logging.DEBUG])
def test_no_log_has_a_word_of_what_was_written(rasa, capfd, monkeypatch, level):
    async def test(served):
        logging.getLogger("rasa").setLevel(level)
        texts = [f"/greet {CANARY}", f"/{CANARY}", f'/greet{{"{CANARY}": 1}}', CANARY, "book", CANARY]
        for number, text in enumerate(texts):
            await served.say(text, str(number))
        monkeypatch.setattr(type(served.agent.tracker_store), "save", _raise)
        await served.say(CANARY, "99")
        await served.client.get("/webhooks/wellbeing/health", params={"text": CANARY},
                                headers={"X-Wellbeing-Secret": INTERNAL})  # fmt: skip

    rasa(test)
    out, err = capfd.readouterr()
    assert CANARY not in out + err
    assert "broke off" in err  # something was logged


def test_a_long_conversation_gets_a_new_session_and_keeps_its_slots(rasa, monkeypatch):
    async def remembers(*_args, **_kwargs):
        return {"events": [{"event": "slot", "name": "topic", "value": "alcohol"}], "responses": [{"text": "ok"}]}

    async def test(served):
        monkeypatch.setattr(EndpointConfig, "request", remembers)
        await served.say("remember", "first")
        for number in range(60):
            await served.say("hello", str(number))
        store = served.agent.tracker_store
        tracker = await store.retrieve("c1")
        assert len(tracker.events) <= sessions.LONG + 12
        assert tracker.get_slot("topic") == "alcohol"
        full = await store.retrieve_full_tracker("c1")
        assert len([e for e in full.events if isinstance(e, SessionStarted)]) > 1
        assert len([e for e in full.events if isinstance(e, UserUttered)]) == 61

    rasa(test)


def test_a_form_left_open_for_long_is_carried_into_the_new_session(rasa, monkeypatch):
    async def test(served):
        await served.say("book", "1")
        monkeypatch.setattr(sessions, "VERY_LONG", 3)
        answer = await served.say("somewhere", "2")
        assert [r["text"] for r in answer.json()["replies"]] == ["Done: somewhere."]

    rasa(test)


def test_no_model_is_an_unfinished_turn():
    import asyncio

    status, body = asyncio.run(channel.WellbeingChannel("x" * 32).turn(None, _raise, None))
    assert status == 503 and body["unfinished"] is True


def test_what_a_message_follows_is_told_by_the_names_that_the_language_model_reads():
    from types import SimpleNamespace

    from bot.dialogue.channel import follows
    from bot.nlu import in_context

    slots = {"last_said": "answer", "answer": "alcohol/units", "question": "What's a unit?"}
    tracker = SimpleNamespace(active_loop_name=None, get_slot=slots.get, events=[])
    assert follows(tracker) == {in_context.AFTER: "alcohol/units", in_context.QUESTION: "What's a unit?"}
    assert follows(SimpleNamespace(active_loop_name="booking_form", get_slot=slots.get)) is None
    elsewhere = {**slots, "last_said": "sessions"}.get
    assert follows(SimpleNamespace(active_loop_name=None, get_slot=elsewhere, events=[])) is None


@pytest.mark.parametrize(
    "text, ago, leans",
    [
        ("a run oot on wednesday", 60, True),
        ("/help", 60, False),
        ("a run oot on wednesday", 3600, False),
        ("word " * 41, 60, False),
    ],
)
def test_what_a_message_follows_is_the_persons_own_text_too(text, ago, leans):
    from types import SimpleNamespace

    from rasa.shared.core.events import BotUttered, UserUttered

    from bot.dialogue.channel import follows
    from bot.nlu import in_context

    read = {"intent_ranking": [{"name": "ask_drugs", "confidence": 0.6}, {"name": "help", "confidence": 0.1}]}
    said = UserUttered(text, {"name": "ask_drugs"}, parse_data=read, timestamp=1_000_000.0)
    tracker = SimpleNamespace(active_loop_name=None, get_slot={}.get, events=[said, BotUttered("OK.")])
    own = {in_context.BEFORE: text, in_context.READING: {"ask_drugs": 0.6, "help": 0.1}}
    assert follows(tracker, now=1_000_000.0 + ago) == (own if leans else None)
    slots = {"last_said": "answer", "answer": "a/b", "question": "Q"}
    answered = SimpleNamespace(active_loop_name=None, get_slot=slots.get, events=tracker.events)
    asked = {in_context.AFTER: "a/b", in_context.QUESTION: "Q"}
    assert follows(answered, now=1_000_000.0 + ago) == ((own if leans else {}) | asked)
    assert follows(answered, now=1_000_000.0 + 5 * 3600) is None  # another sitting: the answer is forgotten
