"""Call-backs: the number is read by the gateway alone and read back, and a day later they are asked whether it came."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.conversations import call_backs, call_times, handoffs, hours
from bot.models import CallBack, Message
from tests import builders
from tests.gateway.kit import PHONE, Clock

OPEN = hours.parse("Mon-Fri 09:00-17:00").next_open
SAFE = "0141 496 0000"


@pytest.fixture
def time(monkeypatch):
    return Clock(monkeypatch, builders.NOW)


def wanted(world) -> CallBack:
    with world.database.read() as db:
        return db.execute(sa.select(CallBack).order_by(CallBack.id.desc())).scalars().first()


def asks_for_a_call(world) -> None:
    """They have asked, and are asked for another number."""
    world.says("call me")
    with world.conversation() as (db, conversation):
        handoffs.open_for(db, conversation, "call_me")
        call_backs.await_number(db, conversation)


def test_a_number_is_read_back_and_rasa_never_sees_it(world, time):
    asks_for_a_call(world)
    before = list(world.rasa.asked)
    [back] = world.says(f"aye its {SAFE} ma sisters")
    assert "0141" in back and "Is that right" in back and "1. That's right" in back
    assert world.rasa.asked == before
    assert (wanted(world).number, wanted(world).confirmed) == ("+441414960000", False)
    with world.conversation() as (db, conversation):
        assert call_backs.confirm(db, conversation)
    world.says("1")
    assert world.rasa.asked[-1][2] == '/choose{"option": "call:right"}'
    assert wanted(world).confirmed


def test_the_number_is_encrypted(world, time):
    asks_for_a_call(world)
    world.says(SAFE)
    with world.database.engine.connect() as connection:
        [(kept,)] = connection.exec_driver_sql("SELECT number FROM call_backs").all()
    assert "4960000" not in kept


def test_what_is_no_number_is_a_message_like_any_other(world, time):
    asks_for_a_call(world)
    assert "You said whits on this week" in world.says("whits on this week")
    assert "You said 07700 900555" in world.says("07700 900555"), "only the next text is awaited"
    assert wanted(world).number is None


def test_danger_comes_before_any_number(world, time):
    asks_for_a_call(world)
    assert "999" in world.says(f"im going to kill myself {SAFE}")[0]


def test_changing_the_number_forgets_the_one_before(world, time):
    asks_for_a_call(world)
    world.says(SAFE)
    with world.conversation() as (db, conversation):
        call_backs.await_number(db, conversation)
        assert not call_backs.confirm(db, conversation)


def ask_round(world, at) -> int:
    with world.database.write() as db:
        return call_backs.due(db, OPEN, at)


def test_did_they_call_is_asked_once_a_working_day_later_and_an_answer_is_kept(world, time):
    asks_for_a_call(world)
    assert ask_round(world, time.time + timedelta(hours=23)) == 0
    later = time.time + timedelta(hours=25)
    assert [ask_round(world, later), ask_round(world, later)] == [1, 0]
    world.step()
    assert "Did somebody ring you?" in world.got(PHONE)[-1] and "3. No, still waiting" in world.got(PHONE)[-1]
    with world.conversation() as (db, conversation):
        assert not call_backs.answered(db, conversation, "yes")
    assert wanted(world).answer == "yes"


def test_after_a_worker_rang_it_is_asked_the_same_day(world, time):
    asks_for_a_call(world)
    with world.database.write() as db:
        row = db.execute(sa.select(CallBack)).scalars().one()
        call_backs.rang(db, row, builders.a_member_of_staff(db), "talked")
    assert ask_round(world, time.time + timedelta(hours=3)) == 1


def test_missed_asks_again_for_the_same_number_and_time(world, time):
    asks_for_a_call(world)
    world.says(SAFE)
    with world.conversation() as (db, conversation):
        call_backs.set_part(db, conversation, "evening"), call_backs.confirm(db, conversation)
    ask_round(world, time.time + timedelta(hours=26))
    with world.conversation() as (db, conversation):
        assert call_backs.answered(db, conversation, "missed")
    again = wanted(world)
    assert (again.part, again.number, again.confirmed, again.checked_at) == ("evening", "+441414960000", True, None)


@pytest.mark.parametrize("why", ["stopped", "call", "crisis", "form"])
def test_who_must_not_be_texted_is_not_asked(world, time, why):
    asks_for_a_call(world)
    with world.conversation() as (db, conversation):
        if why == "stopped":
            conversation.address.stopped_at = time.time
        elif why == "call":
            conversation.person.contact_by = "call"
        elif why == "crisis":
            conversation.crisis_at = time.time
        else:
            conversation.task = "booking"
    assert ask_round(world, time.time + timedelta(hours=25)) == 0
    with world.database.read() as db:
        bodies = [m.body for m in db.execute(sa.select(Message).where(Message.direction == "out")).scalars()]
    assert not any("Did somebody ring" in body for body in bodies)


def test_nobody_is_asked_at_the_weekend_why_nobody_rang_on_saturday(database):
    saturday = builders.NOW + timedelta(days=5)
    with database.write() as db:
        conversation = builders.a_conversation(db)
        call_backs.open_for(db, conversation).asked_at = saturday
        db.flush()
        assert call_backs.due(db, OPEN, saturday + timedelta(days=1)) == 0
        assert call_backs.due(db, OPEN, saturday + timedelta(days=3)) == 1


def test_the_scheduler_asks(world, time):
    asks_for_a_call(world)
    time.later(hours=25)
    world.gateway.scheduling.round(time.time)
    assert wanted(world).checked_at == time.time


@pytest.mark.parametrize(
    "text, part",
    [
        ("after six", "evening"), ("6pm or so pls", "evening"), ("in the mornin then", "morning"),
        ("efter 2 is best", "afternoon"), ("this number", None), ("it happens at night", None),
        ("am done wi this tonight", None), ("bleeding right now", None), ("anytime", None),
    ],
)  # fmt: skip
def test_under_the_question_for_a_number_only_a_time_is_one(database, text, part):
    with database.write() as db:
        conversation = builders.a_conversation(db)
        call_backs.await_number(db, conversation)
        said = call_backs.take_time(db, conversation, text)
        assert (said and call_backs.current(db, conversation.id).part) == part
        assert conversation.pending == call_backs.PENDING


def test_a_time_by_itself_just_after_it_is_another_time_for_the_call(database, time):
    with database.write() as db:
        conversation = builders.a_conversation(db)
        call_backs.set_part(db, conversation, "evening")
        assert call_backs.change_time(db, conversation, "it happens at night") is None
        assert call_backs.change_time(db, conversation, "efter 2 is best") == "after 2pm"
        assert call_backs.current(db, conversation.id).part == "afternoon"
        time.later(minutes=6)
        assert call_backs.change_time(db, conversation, "in the mornin") is None


# --- called off ------------------------------------------------------------------------------------

OFF = "OK. I've noted that nobody should ring you."
#: The same where they never asked for one: it was our mistake.
SORRY = "Sorry, I got you wrong. I've noted that nobody should ring you."


@pytest.mark.parametrize(
    "words",
    [
        "cancel the call please. he could answer it", "dont ring me", "I never asked for a call",
        "naw dinnae phone me", "no calls pls", "just text me instead",
    ],
)  # fmt: skip
def test_a_call_is_called_off_in_their_own_words(world, time, words):
    asks_for_a_call(world)
    assert world.says(words)[0].startswith(SORRY if "never asked" in words else OFF)
    with world.conversation() as (db, conversation):
        assert call_backs.current(db, conversation.id) is None and handoffs.current(db, conversation.id) is None
        assert conversation.pending is None
        assert handoffs.last(db, conversation.id).closed_how == "called_off"


def test_what_they_ask_beside_it_is_answered(world, time):
    asks_for_a_call(world)
    said = world.says("I never asked for a call. dont ring me. does it show on the bill?")
    assert said[0].startswith(SORRY) and said[1].startswith("You said") and "does it show on the bill" in said[1]


def test_a_handoff_for_more_than_the_call_stays(world, time):
    asks_for_a_call(world)
    with world.conversation() as (db, conversation):
        handoffs.open_for(db, conversation, "complaint")
    world.says("dont ring me")
    with world.conversation() as (db, conversation):
        assert handoffs.current(db, conversation.id) is not None
        assert call_backs.current(db, conversation.id) is None
    assert markers(world)


def markers(world) -> list[str]:
    with world.database.read() as db:
        return [m.body for m in db.execute(sa.select(Message)).scalars() if m.body and "not to be rung" in m.body]


@pytest.mark.parametrize("words", ["dont ring me", "I never asked for a call"])
def test_where_no_call_is_wanted_staff_are_told_all_the_same_and_none_is_begun(world, time, words):
    assert world.says(words)[0].startswith(OFF) and markers(world)
    with world.conversation() as (db, conversation):
        assert call_backs.current(db, conversation.id) is None and handoffs.current(db, conversation.id) is None


@pytest.mark.parametrize(
    "words",
    [
        "dont call me stupid", "dont call me that", "i never call in sick", "i have no phone call credit",
        "no phone call from social work yet", "dont call at night", "dont call the house phone",
        "if i miss a day i dont call is that bad", "please can someone ring me but dont call before 10",
    ],
)  # fmt: skip
def test_what_sets_an_hour_or_is_of_something_else_calls_nothing_off(world, time, words):
    assert f"You said {words}" in world.says(words)


@pytest.mark.parametrize(
    "words", ["dont phone the polis", "can you call me", "did you ring", "who do i call about the gas"]
)
def test_other_words_about_ringing_call_nothing_off(world, time, words):
    asks_for_a_call(world)
    assert OFF not in " ".join(world.says(words))


@pytest.mark.parametrize(
    "words, part",
    [
        ("Mornings please but not before 10, I mind my grandson till then", "morning"),
        ("any day in the afternoon wid be fine", "afternoon"),
        ("not mornings", None),
        ("any time but mornings", None),
        ("my husband is here every evening", None),
        ("he finishes in the evening so before that", None),
        ("mornings or evenings", None),
        ("is there a class in the morning?", None),
    ],
)
def test_a_longer_answer_names_a_part_of_the_day(words, part):
    assert call_times.named(words) == part
