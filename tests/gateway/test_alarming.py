"""Danger reaches whoever is on duty within seconds, then the next; if nobody answers the person hears so at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import safety
from bot.conversations import alarms, duty, handoffs, inbox
from bot.gateway import channels, delivery
from bot.gateway.alarming import POLL
from bot.models import Alarm, AlarmCall, Duty, Staff
from tests import builders
from tests.gateway.kit import PHONE, Clock

DANGER, ABUSE = "i want to kill myself", "my boyfriend hits me and wont let me out"
NEUTRAL = "Wellbeing: an urgent alert waits. Sign in to the console now and press: I am on it."


@pytest.fixture
def time(monkeypatch):
    return Clock(monkeypatch, builders.NOW)


@pytest.fixture
def round_(world):
    """One look of the worker that alarms."""
    return lambda: asyncio.run(world.gateway.alarming.round())


def on_duty(world, rung=1, **values) -> str:
    """Somebody on duty; their number."""
    with world.database.write() as db:
        return builders.a_duty(db, rung=rung, **values).address


def answer(world) -> None:
    with world.database.write() as db:
        [handoff] = inbox.view(db, "waiting", Staff(id=0), builders.NOW)
        assert alarms.acknowledge(db, handoff, db.execute(sa.select(Staff)).scalars().first())


def test_danger_alarms_whoever_is_on_duty_at_the_next_look_and_says_nothing_about_anybody(world, time, round_):
    phone = on_duty(world)
    said = world.says(DANGER)
    assert "on call now" in said[-1]
    round_()
    assert world.got(phone) == [NEUTRAL]
    assert POLL <= 2  # the next look is seconds away
    round_()
    assert world.got(phone) == [NEUTRAL], "once is enough while they have time to answer"


@pytest.mark.parametrize("safe", ["suicide", "emergency", "abuse"])
def test_a_doubt_that_wakes_nobody_is_not_said_to_be_known_to_whoever_is_on_call(
    world, time, round_, monkeypatch, safe
):
    phone = on_duty(world)
    doubt = safety.Verdict(safe, safe, "self", "weak", safety.LEARNT)
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: doubt)
    said = " ".join(world.says("cannae be daein wi it"))
    assert "999" in said and "on call" not in said and "worker" in said
    round_()
    assert world.got(phone) == []


def test_the_alarm_is_written_with_the_hand_off_so_a_crash_loses_neither(world, time):
    world.take(DANGER)  # and the process dies here
    with world.database.read() as db:
        [alarm] = db.execute(sa.select(Alarm)).scalars().all()
        [handoff] = inbox.view(db, "waiting", Staff(id=0), builders.NOW)
        assert alarm.handoff_id == handoff.id


def test_a_call_that_a_crash_cut_off_is_made_again(world, time, round_):
    phone = on_duty(world)
    world.take(DANGER)
    alarming = world.gateway.alarming
    alarming._advance()
    assert alarming._claim() is not None  # and the process dies here
    round_()
    assert world.got(phone) == []
    time.later(seconds=61)
    round_()
    assert world.got(phone) == [NEUTRAL]


def test_what_is_not_danger_wakes_nobody(world, time, round_):
    phone = on_duty(world)
    with world.database.write() as db:
        for reason in ("not_understood", "complaint", "asked", "assistant_down"):
            handoffs.open_for(db, builders.a_conversation(db), reason)
    round_()
    assert world.got(phone) == []


def test_the_next_on_the_ladder_is_alarmed_when_nobody_answers_and_nobody_is_after_that(world, time, round_):
    first, second = on_duty(world), on_duty(world, rung=2)
    world.says(DANGER)
    round_()
    time.later(minutes=4, seconds=59)
    round_()
    assert world.got(second) == []
    time.later(seconds=1)
    round_()
    assert (len(world.got(first)), len(world.got(second))) == (1, 1)
    answer(world)
    time.later(minutes=20)
    round_()
    assert (len(world.got(first)), len(world.got(second))) == (1, 1)


def test_when_the_whole_ladder_fails_the_person_hears_it_at_once_with_numbers_and_it_goes_on(world, time, round_):
    first, second = on_duty(world), on_duty(world, rung=2)
    world.says(DANGER)
    for _ in range(3):
        round_()
        time.later(minutes=5)
    world.step()
    told = world.got(PHONE)[-1]
    assert "could not reach a worker" in told and "116 123" in told and "999" in told
    before = len(world.got(PHONE))
    for _ in range(4):
        round_()
        world.step()
        time.later(minutes=15)
    assert len(world.got(PHONE)) == before, "said once"
    assert len(world.got(first)) > 2 and len(world.got(second)) > 2, "and staff are alarmed again and again"


def test_a_phone_that_somebody_else_reads_is_not_told_that_nobody_answered(world, time, round_):
    on_duty(world)
    world.says("he batters me and he reads my phone")
    for _ in range(4):
        round_()
        time.later(minutes=10)
    world.step()
    assert len(world.got(PHONE)) == 1
    assert "They were not told" in " ".join(row.body for row in world.rows())


@pytest.mark.parametrize("minutes_since_they_wrote, numbers", [(10, False), (0, True)])
def test_in_abuse_numbers_go_unasked_only_to_a_phone_that_is_in_their_hand(
    world, time, round_, minutes_since_they_wrote, numbers
):
    on_duty(world)
    world.says(ABUSE)
    [handoff] = world.handoffs()
    assert handoff.reason == "crisis_abuse"
    round_()
    time.later(minutes=10 - minutes_since_they_wrote)
    if not minutes_since_they_wrote:
        world.says("hello?")
    else:
        time.later(minutes=minutes_since_they_wrote)
    round_()
    world.step()
    told = world.got(PHONE)[-1]
    assert "could not reach" in told
    assert any(c.isdigit() for c in told) is numbers


def test_with_nobody_on_duty_they_are_told_so_in_the_first_answer_and_whoever_comes_on_is_alarmed(world, time, round_):
    said = world.says(DANGER)
    assert "Nobody is on call" in said[-1]
    round_()
    world.step()
    assert len(world.got(PHONE)) == len(said), "not told the same twice"
    phone = on_duty(world)
    time.later(minutes=5)
    round_()
    assert len(world.got(phone)) == 1


def test_a_number_that_fails_costs_no_five_minutes(world, time, round_):
    on_duty(world)
    second = on_duty(world, rung=2)
    world.says(DANGER)
    world.channels["sms"].fail(channels.Unreachable("30006"))
    round_()
    round_()
    assert world.got(second) == [NEUTRAL]


def test_a_provider_that_stumbles_is_tried_again(world, time, round_):
    phone = on_duty(world)
    world.says(DANGER)
    world.channels["sms"].fail(channels.TryAgain("500"))
    round_()
    time.later(seconds=1)
    round_()
    assert world.got(phone) == [NEUTRAL]


def test_a_duty_begins_with_a_test_and_until_its_code_is_back_nobody_is_on(world, time, round_):
    phone = on_duty(world, tested=False, starts_at=builders.NOW + timedelta(minutes=30))
    round_()
    assert world.got(phone) == []
    time.later(minutes=20)
    round_()
    [test] = world.got(phone)
    assert test.startswith("Wellbeing: test alert")
    time.later(minutes=10)
    assert "Nobody is on call" in world.says(DANGER)[-1]
    with world.database.write() as db:
        found = db.execute(sa.select(Duty)).scalars().one()
        owner, other = db.get(Staff, found.staff_id), builders.a_member_of_staff(db)
        assert found.code in test
        assert not duty.confirm(db, found, owner, "0000", time.time)
        assert not duty.confirm(db, found, other, found.code, time.time)
        assert not duty.covered(db, time.time)
        assert duty.confirm(db, found, owner, f" {found.code} ", time.time)
        assert duty.covered(db, time.time)
    assert "on call now" in world.says("im going to end my life", sender="+447700900124")[-1]


def test_an_untested_phone_is_alarmed_too_after_everybody_else(world, time, round_):
    untested, tested = on_duty(world, tested=False, test_sent_at=builders.NOW), on_duty(world, rung=3)
    world.says(DANGER)
    round_()
    assert (world.got(untested), world.got(tested)) == ([], [NEUTRAL])
    time.later(minutes=5)
    round_()
    assert world.got(untested) == [NEUTRAL]


def test_who_is_off_duty_off_the_rota_or_off_the_staff_is_left_alone(world, time, round_):
    phones = [
        on_duty(world, starts_at=builders.NOW + timedelta(hours=1)),
        on_duty(world, ends_at=builders.NOW),
        on_duty(world, removed_at=builders.NOW),
    ]
    with world.database.write() as db:
        gone = builders.a_member_of_staff(db, active=False)
        phones.append(builders.a_duty(db, gone).address)
    assert "Nobody is on call" in world.says(DANGER)[-1]
    round_()
    assert [world.got(phone) for phone in phones] == [[], [], [], []]


def test_said_that_they_are_on_it_but_nobody_was_reached_is_alarmed_again(world, time, round_):
    phone = on_duty(world)
    world.says(DANGER)
    round_()
    answer(world)
    time.later(minutes=29)
    round_()
    assert len(world.got(phone)) == 1
    time.later(minutes=1)
    round_()
    assert len(world.got(phone)) == 2
    with world.database.write() as db:
        [handoff] = inbox.view(db, "waiting", Staff(id=0), builders.NOW)
        handoffs.contacted(db, handoff, db.execute(sa.select(Staff)).scalars().first())
        assert handoff.contacted_at == time.time and handoff.seen_at is None, "reached is not read"
    time.later(hours=2)
    round_()
    assert len(world.got(phone)) == 2


def test_new_danger_after_the_alarm_was_answered_is_a_new_alarm(world, time, round_):
    phone = on_duty(world)
    world.says(DANGER)
    round_()
    answer(world)
    world.says("i have taken all my tablets")
    round_()
    assert len(world.got(phone)) == 1, "whoever is on it reads it"
    time.later(minutes=6)
    world.says("i am going to kill myself now")
    round_()
    assert len(world.got(phone)) == 2


def test_only_one_gateway_climbs_the_ladder(any_world, time, tmp_path):
    on_duty(any_world)
    any_world.says(DANGER)
    leader = any_world.gateway.leader
    any_world.gateway.alarming.leader = type("Follower", (), {"lead": lambda self: False})()
    asyncio.run(any_world.gateway.alarming.round())
    with any_world.database.read() as db:
        assert db.execute(sa.select(AlarmCall)).first() is None
    any_world.gateway.alarming.leader = leader
    asyncio.run(any_world.gateway.alarming.round())
    with any_world.database.read() as db:
        assert [call.status for call in db.execute(sa.select(AlarmCall)).scalars()] == ["sent"]


# --- what the provider reports of an alarm --------------------------------------------------


def calls(world) -> list[AlarmCall]:
    with world.database.read() as db:
        return list(db.execute(sa.select(AlarmCall).order_by(AlarmCall.id)).scalars())


def report(world, call: AlarmCall, status: str, error: str | None = None, **values) -> bool:
    told = {"provider_id": call.provider_id, "status": status, "error": error, "message_id": -call.id} | values
    with world.database.write() as db:
        return delivery.report(db, "sms", channels.Report(**told))


def test_an_alarm_that_is_reported_undelivered_moves_the_ladder_on_at_once(world, time, round_):
    first, second = on_duty(world), on_duty(world, rung=2)
    world.says(DANGER)
    round_()
    [call] = calls(world)
    assert (call.status, world.got(second)) == ("sent", [])
    time.later(seconds=4)
    assert report(world, call, "failed", "30003")
    round_()
    assert (world.got(first), world.got(second)) == ([NEUTRAL], [NEUTRAL])
    assert [(c.status, c.error) for c in calls(world)] == [("undelivered", "30003"), ("sent", None)]
    assert not report(world, call, "delivered"), "what did not arrive stays so"
    assert not report(world, call, "failed", "30003"), "said once"


def test_the_last_of_the_ladder_not_reached_the_person_hears_it_at_once(world, time, round_):
    on_duty(world)
    world.says(DANGER)
    round_()
    report(world, calls(world)[0], "failed", "30005")
    round_()
    world.step()
    assert "could not reach a worker" in world.got(PHONE)[-1]
    before = len(calls(world))
    for _ in range(5):  # and a provider that fails is not called every second from then on
        time.later(seconds=1)
        for call in calls(world):
            report(world, call, "failed", "30005")
        round_()
    assert len(calls(world)) == before


def test_an_alarm_that_arrived_is_known_to_have_and_keeps_its_time(world, time, round_):
    on_duty(world)
    second = on_duty(world, rung=2)
    world.says(DANGER)
    round_()
    [call] = calls(world)
    assert report(world, call, "delivered", message_id=None), "found by the provider's number too"
    assert not report(world, call, "failed", "30003")
    round_()
    assert (calls(world)[0].status, world.got(second)) == ("delivered", [])


@pytest.mark.parametrize("other", [
    {"message_id": -99}, {"provider_id": "SMother"}, {"provider_id": "SMother", "message_id": None}, {"status": "sent"},
])  # fmt: skip
def test_a_report_of_something_else_changes_nothing(world, time, round_, other):
    on_duty(world)
    world.says(DANGER)
    round_()
    [call] = calls(world)
    assert not report(world, call, **({"status": "failed"} | other))
    assert calls(world)[0].status == "sent"


def test_a_report_that_is_faster_than_our_own_note_counts(world, time, round_):
    on_duty(world)
    world.says(DANGER)
    alarming = world.gateway.alarming
    alarming._advance()
    job = alarming._claim()
    [call] = calls(world)
    assert report(world, call, "failed", "30003", provider_id="SM1")
    alarming._settle(job, None, "SM1")
    assert calls(world)[0].status == "undelivered"


def test_whoever_was_not_reached_does_not_count_as_on_until_a_test_comes_back(world, time, round_):
    on_duty(world)
    world.says(DANGER)
    round_()
    report(world, calls(world)[0], "failed", "30003")
    assert "Nobody is on call" in world.says("im going to end my life", sender="+447700900124")[-1]
    with world.database.write() as db:
        [row] = db.execute(sa.select(Duty)).scalars().all()
        assert duty.lost(db, [row.id]) == {row.id}
        duty.send_test(db, row, time.time)
    time.later(minutes=1)
    round_()
    with world.database.write() as db:
        [row] = db.execute(sa.select(Duty)).scalars().all()
        assert not duty.covered(db, time.time)
        assert duty.confirm(db, row, db.get(Staff, row.staff_id), row.code, time.time)
        assert duty.covered(db, time.time)
