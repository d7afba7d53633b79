"""The same text does not come twice in a row, but where it is asked for, urgent, or waits for a pick."""

from __future__ import annotations

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import said_once
from actions.speech import Speech, option
from actions.turn import Turn
from bot import safety, wording
from tests.actions.test_past import bot, user

ORDER = "Tell your case manager."
ALL = wording.say("again.that_is_all")


def heard(before, say, text="words", intent="ask_order", **turn):
    """What is read by somebody to whom `before` was said, and now `say` would be."""
    dispatcher = CollectingDispatcher()
    say(Speech(dispatcher))
    events = [user("first"), *before, user(text)]
    said_once.say_otherwise(dispatcher, 0, Turn("c", 1, text, intent, 0.9, events=events, **turn))
    return [m["text"] or m["response"] for m in dispatcher.messages]


def order(speech):
    speech.say_text(ORDER)


def test_the_same_again_is_the_offer_of_a_worker_and_then_other_words():
    assert heard([bot(ORDER)], order) == [ALL]
    assert heard([bot(ORDER), bot(ALL, *(payload for _, payload in said_once.WAYS))], order) != [ORDER]
    assert heard([bot("Something else.")], order) == [ORDER]


def test_a_fixed_sentence_is_known_by_its_name():
    def hours(speech):
        speech.say("hours_number", number="0141 496 0000")

    told = bot("Ask your case manager: 0141 496 0000.", name="hours_number")
    assert heard([told], hours) == [ALL]
    assert heard([bot("Ask your case manager: 0141 496 1111.", name="hours_number")], hours) == ["utter_hours_number"]


@pytest.mark.parametrize(
    "turn",
    [
        {"text": "whit wis that again"}, {"intent": "repeat"}, {"loop": "booking_form"}, {"pause": 1000.0},
        {"intent": "crisis_suicide"}, {"text": "/choose"},
    ],
)  # fmt: skip
def test_it_is_said_again_where_that_is_wanted(turn):
    assert heard([bot(ORDER)], order, **turn) == [ORDER]


def test_what_is_urgent_is_never_held_back():
    assert heard([bot("Call 999 now.")], lambda speech: speech.say_text("Call 999 now.")) == ["Call 999 now."]
    crisis = lambda speech: speech.say_text(ORDER, purpose="crisis")  # noqa: E731
    assert heard([bot(ORDER)], crisis) == [ORDER]


def test_a_doubt_about_danger_holds_nothing_back():
    danger = {"safety": "suicide", "level": "asks", "about": "self", "doubt": True, "faint": False}
    assert heard([bot(ORDER)], order, parse={"danger": danger}) == [ORDER]
    assert heard([bot(ORDER)], order, parse={"danger": {**danger, "faint": True}}) == [ALL]
    assert safety.FAINT


def test_a_list_is_shown_again():
    pick = option("session", 12)
    assert heard([bot("Pick one.", pick)], lambda s: s.say_text("Pick one.", [("Wed", pick)])) == ["Pick one."]


def test_where_and_when_a_session_is_may_be_asked_as_often_as_they_like():
    text = "Drink and you: Thu 26 Nov, 2pm to 3:30pm. Govan Hall."
    assert heard([bot(text)], lambda speech: speech.say_text(text)) == [text]


def test_why_nothing_can_be_booked_is_said_each_time():
    def refused(speech):
        speech.say("refused_finished")

    assert heard([bot("Sorry.", name="refused_finished")], refused) == ["utter_refused_finished"]


def test_other_choices_are_no_repetition():
    one, two = ('/ask_alcohol{"answer": "a"}', '/ask_alcohol{"answer": "b"}')
    told = bot("Did you mean:", one, name="did_you_mean")
    assert heard([told], lambda s: s.say("did_you_mean", [("B", two)])) == ["utter_did_you_mean"]
    assert heard([told], lambda s: s.say("did_you_mean", [("A", one)])) == [wording.say("again.did_you_mean")]


def test_an_absence_is_the_same_whatever_message_told_of_it():
    before, now = option("absence", "shift", 1, 7), option("absence", "shift", 1, 9)
    assert heard([bot(ORDER, before)], lambda s: s.say_text(ORDER, [("Pass it on", now)])) == [ALL]


def test_small_talk_may_be_the_same_or_has_other_words():
    assert heard([bot("No bother.", name="thank")], lambda s: s.say("thank"), intent="thank") == ["Any time."]
    assert heard([bot("Cheerio.", name="goodbye")], lambda s: s.say("goodbye")) == ["utter_goodbye"]


def test_what_is_new_beside_it_is_kept():
    def both(speech):
        speech.say_text("Sorry.")
        speech.say_text(ORDER)

    assert heard([bot(ORDER)], both) == ["Sorry.", ALL]
