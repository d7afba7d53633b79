"""When the classifier alarms, when it asks, and when it keeps quiet."""

from __future__ import annotations

import pytest

from bot.nlu import danger
from bot.nlu.danger import Danger
from bot.safety import learnt
from bot.safety.screen import Sound


def ranking(**shares: float) -> list[dict]:
    return [{"name": n, "confidence": c} for n, c in sorted(shares.items(), key=lambda pair: -pair[1])]


def test_what_is_surely_danger_alarms():
    shares = ranking(crisis_suicide=0.7, crisis_abuse=0.25, out_of_scope=0.05)
    assert danger.seen(shares, "crisis_suicide", "a cannae go on, am endin ma life") == Danger("suicide", "alarm")


@pytest.mark.parametrize(
    "text",
    ["do you run a joinery course on fridays", "wrong button, nobody is hurting me", "i was suicidal in 2009"],
)
def test_what_the_screen_takes_for_nothing_denied_or_over_is_asked_about_and_never_silenced(text):
    assert danger.seen(ranking(crisis_suicide=0.9), "crisis_suicide", text) == Danger("suicide", "asks")


def test_what_may_be_danger_is_asked_about_whatever_else_it_is():
    assert danger.seen(ranking(crisis_abuse=0.5, deny=0.4), "crisis_abuse", "words") == Danger("abuse", "asks")
    torn = ranking(book_session=0.8, crisis_suicide=0.3)
    assert danger.seen(torn, "book_session", "words") == Danger("suicide", "asks", doubt=True)


@pytest.mark.parametrize(
    ("share", "weight", "found"),
    [
        (0.02, -8.0, None),
        (0.02, -2.0, Danger("suicide", "asks", doubt=True, faint=True)),  # neither would by itself
        (0.02, 1.5, Danger("abuse", "asks", doubt=True)),
        (0.0, 0.5, None),  # the list would by itself, and the classifier is certain of something else
        (0.0, 4.0, Danger("abuse", "asks", doubt=True)),  # so loud that nobody is certain enough
        (0.3, -4.0, Danger("suicide", "asks", doubt=True)),
        (0.09, -4.0, Danger("suicide", "asks", doubt=True, faint=True)),
    ],
)
def test_the_classifier_and_the_list_are_weighed_together(monkeypatch, share, weight, found):
    asks = weight >= learnt.LEARNT.asks / 100
    monkeypatch.setattr(danger, "sound", lambda text: Sound(weight, asks, "abuse", "self"))
    assert danger.seen(ranking(find_service=0.9, crisis_suicide=share), "find_service", "words") == found


@pytest.mark.parametrize(
    ("share", "weight", "behind", "faint"),
    [
        (0.9, -3.0, 0.02, True),  # "If Tuesday's full he'd take the week after": the text before says what it is about
        (0.9, -3.0, 0.9, False),
        (0.3, 0.0, 0.1, True),
        (0.3, 2.0, 0.1, False),
        (0.02, -1.6, 0.99, False),  # the line by itself, and a question after a text that makes it graver
    ],
)
def test_behind_the_text_before_a_doubt_is_weighed_again(monkeypatch, share, weight, behind, faint):
    monkeypatch.setattr(danger, "sound", lambda text: Sound(weight, weight > 0, "abuse", "self"))
    intent = "crisis_abuse" if share > 0.5 else "find_service"
    shares = ranking(**{"crisis_abuse": share, "find_service": 1 - share})
    found = danger.in_talk(danger.seen(shares, intent, "words"), shares, behind, "words")
    assert found.level == "asks" and found.faint is faint and (found.doubt or not faint)


def test_behind_the_text_before_hardly_anything_is_nothing(monkeypatch):
    monkeypatch.setattr(danger, "sound", lambda text: Sound(-3.0, False, "abuse", "self"))
    for share, found in ((0.02, None), (0.15, Danger("abuse", "asks", doubt=True, faint=True))):
        shares = ranking(crisis_abuse=share, find_service=1 - share)
        seen = danger.seen(shares, "find_service", "words")
        assert seen is not None and danger.in_talk(seen, shares, 0.0, "words") == found


def test_an_alarm_is_no_less_in_a_talk():
    shares = ranking(crisis_suicide=0.97, thank=0.03)
    alarm = danger.seen(shares, "crisis_suicide", "a cannae go on, am endin ma life")
    assert danger.in_talk(alarm, shares, 0.0, "a cannae go on, am endin ma life") == alarm
    assert danger.in_talk(None, ranking(thank=1.0), 1.0, "ta") is None


def test_a_place_surely_given_up_is_not_asked_about_as_abuse_by_the_list_alone(monkeypatch):
    asked = Danger("suicide", "asks", "other", doubt=True)
    for kind, found in (("abuse", None), ("emergency", None), ("suicide", asked)):
        monkeypatch.setattr(danger, "sound", lambda text, kind=kind: Sound(4.0, True, kind, "self"))
        assert danger.seen(ranking(cancel_booking=0.99), "cancel_booking", "my boyfriend cant come") == found
        assert danger.seen(ranking(cancel_booking=0.9), "cancel_booking", "my boyfriend cant come") is not None
        assert danger.seen(ranking(find_service=0.99), "find_service", "my boyfriend cant come") is not None


def test_what_was_not_understood_is_asked_about_only_when_danger_stands_out():
    thin = ranking(nlu_fallback=0.3, stop_messages=0.25, crisis_suicide=0.001)
    assert danger.seen(thin, "nlu_fallback", "words") is None
    stands_out = ranking(nlu_fallback=0.3, crisis_suicide=0.25, deny=0.2)
    assert danger.seen(stands_out, "nlu_fallback", "words") == Danger("suicide", "asks", doubt=True)


def test_what_is_hardly_danger_is_left_alone():
    assert danger.seen(ranking(book_session=0.98, crisis_suicide=0.001), "book_session", "words") is None


@pytest.mark.parametrize(
    "text, asks",
    [
        ("my brother says he's going to do something to himself", True),
        ("ah'm feart for ma pal, he's no right and talkin daft", True),
        ("how do people help someone who feels like that", False),
        ("my brother died that way years ago, who can i talk to", False),
    ],
)
def test_a_worry_about_somebody_in_particular_is_asked_about(text, asks):
    found = danger.seen(ranking(ask_suicide_prevention=0.9), "ask_suicide_prevention", text)
    assert found == (Danger("suicide", "asks", "other") if asks else None)


def test_the_list_speaks_against_an_alarm_and_less_so_in_an_emergency(monkeypatch):
    def level(intent: str, share: float, weight: float) -> str:
        monkeypatch.setattr(danger, "sound", lambda text: Sound(weight, False, "suicide", "self"))
        return danger.seen(ranking(**{intent: share}), intent, "ah'm lyin here seek as a dug, ye want me oot?").level

    monkeypatch.setattr(danger, "better_asked", lambda text: False)
    assert level("crisis_suicide", 0.93, 1.0) == "alarm"
    assert level("crisis_suicide", 0.96, -1.0) == level("crisis_suicide", 0.81, 5.0) == "asks"
    assert level("crisis_emergency", 0.96, -1.0) == "alarm"
