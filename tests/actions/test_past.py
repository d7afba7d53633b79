"""The talk before a message: what was said to the last one, and what they said that they do not mean."""

from __future__ import annotations

import pytest

from actions import past


def user(text, at=100.0):
    return {"event": "user", "text": text, "timestamp": at}


def bot(text, *payloads, name=None, at=101.0):
    buttons = [{"title": p, "payload": p} for p in payloads]
    return {
        "event": "bot", "text": text, "data": {"buttons": buttons}, "timestamp": at,
        "metadata": {"utter_action": f"utter_{name}"} if name else {},
    }  # fmt: skip


def given(name, at=101.0):
    return {"event": "slot", "name": "answer", "value": name, "timestamp": at}


def test_what_was_said_to_the_message_before():
    events = [user("a"), bot("one"), user("b"), bot("two", name="thank"), bot("three"), user("c")]
    assert [reply.text for reply in past.told(events)] == ["two", "three"]
    assert past.told(events)[0].name == "thank"
    assert [reply.text for reply in past.told_lately(events)] == ["one", "two", "three"]
    assert past.told([user("a")]) == [] == past.told([])


SHARK = '/ask_financial_health{"answer": "loan_shark_spot"}'


@pytest.mark.parametrize("words", ["no its no a shark", "a said PREGNANT", "no whit a meant", "that's wrong"])
def test_what_was_given_or_offered_is_refused(words):
    events = [user("a"), bot("Did you mean:", SHARK), user(words)]
    assert past.refused(events) == {"financial_health/loan_shark_spot"}
    assert past.refused([user("a"), given("alcohol/units"), bot("A unit is"), user(words)]) == {"alcohol/units"}
    assert past.put_right(events)


def test_it_stays_refused_in_the_talk_and_not_for_ever():
    events = [user("a"), bot("Did you mean:", SHARK), user("no"), bot("Sorry"), user("help me", at=500.0)]
    assert past.refused(events) == {"financial_health/loan_shark_spot"}
    assert past.refused([*events[:-1], user("help me", at=9000.0)]) == set()


@pytest.mark.parametrize("words", ["aye that wan", "no bother", "how long does it take", SHARK])
def test_what_is_asked_on_refuses_nothing(words):
    events = [user("a"), bot("Did you mean:", SHARK), user(words)]
    assert past.refused(events) == set() and not past.put_right(events)


def test_something_else_refuses_what_was_offered():
    picked = '/choose{"option": "other"}'
    assert past.refused([user("a"), bot("Did you mean:", SHARK), user(picked)]) == {"financial_health/loan_shark_spot"}
