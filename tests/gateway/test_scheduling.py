"""What happens by the clock: one scheduler, reminders, the seal on the audit trail."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot import audit
from bot.clock import LONDON, UTC
from bot.conversations import choices, hours, limits
from bot.gateway import channels, state
from bot.gateway.leader import Leader
from bot.models import AuditEntry, Booking, Conversation, LinkGuess, State
from bot.programme import facts, reminders
from tests import builders
from tests.gateway.kit import Phones, World


def test_one_scheduler_at_a_time(any_world, tmp_path):
    other = Leader(any_world.database, tmp_path)
    assert any_world.gateway.scheduling.round()
    assert not other.lead()
    any_world.gateway.leader.let_go()
    assert other.lead() and not any_world.gateway.scheduling.round()


def test_the_lead_is_free_the_moment_it_is_let_go(any_world, tmp_path, monkeypatch):
    unnoticed = []  # connections closed on our side, of which the server has not heard yet
    for closing in ("do_close", "do_terminate"):
        monkeypatch.setattr(any_world.database.engine.dialect, closing, unnoticed.append)
    one, other = any_world.gateway.leader, Leader(any_world.database, tmp_path)
    assert one.lead()
    one.let_go()
    assert other.lead()
    other.let_go()
    for connection in unnoticed:
        connection.close()


def test_a_job_that_fails_keeps_none_of_the_others(world):
    def broken(db, at):
        raise RuntimeError

    broken.__name__ = "offers"
    world.gateway.scheduling.offers = broken
    world.gateway.scheduling.round()
    with world.database.read() as db:
        assert state.get(db, state.HEARTBEAT).value == "offers"


def test_the_gateway_learns_on_which_days_staff_are_not_in(any_world):
    with any_world.database.write() as db:
        facts.set(db, hours.CLOSED_DAYS, "2026-12-25", builders.a_member_of_staff(db).id)
    scheduling = any_world.gateway.scheduling
    assert scheduling.hours.open_at(datetime(2026, 12, 25, 12, tzinfo=LONDON))
    any_world.gateway.leader.let_go()  # every gateway learns it, and not only the one that does the work
    scheduling.round()
    assert not scheduling.hours.open_at(datetime(2026, 12, 25, 12, tzinfo=LONDON))
    assert any_world.gateway.intake.hours is scheduling.hours, "what answers danger knows it too"


def booked(db, *, hours_ahead=26, booked_before=72, **values):
    """A booking of a session some hours after NOW, made some hours before NOW."""
    starts = builders.NOW + timedelta(hours=hours_ahead)
    session = builders.a_session(db, starts_at=starts)
    values = {"created_at": builders.NOW - timedelta(hours=booked_before)} | values
    return builders.a_booking(db, session=session, **values)


def texts(db, booking):
    return builders.texts_to(db, booking.person)


def test_a_reminder_comes_once_the_day_before_with_three_choices(database):
    with database.write() as db:
        booking = booked(db)
        assert [reminders.due(db, builders.NOW), reminders.due(db, builders.NOW)] == [1, 0]
        [text] = texts(db, booking)
        assert text.purpose == "reminder" and "tomorrow" in text.body and "Sample Hall, Govan" in text.body
        payloads = [(c.label, c.payload) for c in choices.of_message(db, text.id)]
        assert payloads == [
            ("I'm coming", f'/confirm_coming{{"booking": "{booking.id}"}}'),
            ("I can't come", f'/cancel_booking{{"booking": "{booking.id}"}}'),
            ("Another day", f'/change_booking{{"booking": "{booking.id}"}}'),
        ]
        assert booking.reminded_at == builders.NOW


def test_nobody_is_reminded_who_need_not_be(database):
    with database.write() as db:
        kept = [
            booked(db, hours_ahead=1),  # begins too soon to change anything
            booked(db, hours_ahead=50),  # the day after tomorrow
            booked(db, booked_before=1),  # has only just booked
            booked(db, status="cancelled"),
            booked(db, status="waiting"),
        ]
        busy = booked(db)
        conversation = db.get(Conversation, busy.conversation_id)
        conversation.task, conversation.task_at = "booking", builders.NOW
        stopped = booked(db)
        db.get(Conversation, stopped.conversation_id).address.stopped_at = builders.NOW
        off = booked(db)
        off.session.status = "cancelled"
        assert reminders.due(db, builders.NOW) == 0
        assert all(texts(db, booking) == [] for booking in kept)
        conversation.task_at = builders.NOW - timedelta(hours=3)  # left open and forgotten
        assert reminders.due(db, builders.NOW) == 1


def test_nobody_is_texted_at_night(database):
    with database.write() as db:
        booked(db, hours_ahead=32)
        for hour in (5, 8, 21, 23):
            assert reminders.due(db, builders.NOW.replace(hour=hour)) == 0
        assert reminders.due(db, builders.NOW.replace(hour=19)) == 1


def test_the_audit_trail_is_sealed_and_a_change_breaks_it(database):
    with database.write() as db:
        for n in range(5):
            audit.record(db, audit.SYSTEM, "fact.set", f"fact:{n}", key="a").at = builders.NOW
        db.flush()
        later = builders.NOW + timedelta(minutes=2)
        assert [audit.seal(db, later), audit.seal(db, later)] == [5, 0]
        audit.record(db, audit.SYSTEM, "fact.set", "fact:6", key="a").at = later
        db.flush()
        assert audit.seal(db, later) == 0, "too young: an older one may still be on its way"
        assert audit.first_broken(db) is None
        assert audit.seal(db, later + timedelta(minutes=2)) == 1
    with database.write() as db:
        assert audit.first_broken(db) is None
        db.execute(sa.update(AuditEntry).where(AuditEntry.object == "fact:2").values(details={"key": "b"}))
        db.expire_all()
        assert audit.first_broken(db) == 3
        db.rollback()
    with database.read() as db:
        db.execute(sa.delete(AuditEntry).where(AuditEntry.object == "fact:2"))
        assert audit.first_broken(db) == 4


# --- between queueing and sending ------------------------------------------------------------


def reminded(world, at_noon):
    """A reminder is queued, not sent yet; its booking's id."""
    with world.database.write() as db:
        booking = booked(db)
        assert reminders.due(db, at_noon.time) == 1
        return booking.id


def outcome(world):
    asyncio.run(world.gateway.sending.send_one())
    [row] = world.rows("out")
    return row.status, row.error


def test_a_reminder_goes_out_while_its_reason_stands(any_world, at_noon):
    reminded(any_world, at_noon)
    assert outcome(any_world) == ("sent", None)


@pytest.mark.parametrize("change, why, again", [
    ("cancelled", "not_booked", False), ("called_off", "not_booked", False), ("moved", "moved", True),
    ("too_late", "too_late", False), ("crisis", "not_now", True), ("taken", "not_now", True), ("form", "not_now", True),
    ("asked", "not_now", True), ("stopped", "opted_out", False),
])  # fmt: skip
def test_a_reminder_whose_reason_has_gone_is_not_sent(world, at_noon, change, why, again):
    booking_id = reminded(world, at_noon)
    with world.database.write() as db:
        booking = db.get(Booking, booking_id)
        conversation = db.get(Conversation, booking.conversation_id)
        if change == "cancelled":
            booking.status = "cancelled"
        elif change == "called_off":
            booking.session.status = "cancelled"
        elif change == "moved":
            booking.session.ends_at += timedelta(days=7)
            booking.session.starts_at += timedelta(days=7)
        elif change == "too_late":
            booking.session.starts_at = at_noon.time + timedelta(hours=1)
        elif change == "crisis":
            conversation.crisis_at = at_noon.time
        elif change == "taken":
            conversation.taken_by = builders.a_member_of_staff(db).id
        elif change == "form":
            conversation.task, conversation.task_at = "booking", at_noon.time
        elif change == "stopped":
            conversation.address.stopped_at = at_noon.time
        elif change == "asked":
            choices.close_all(db, conversation.id)
    assert outcome(world) == ("stopped", why)
    with world.database.read() as db:
        assert (db.get(Booking, booking_id).reminded_at is None) == again
        assert choices.open_choices(db, world.rows("out")[0].conversation_id) == [], "a 1 is not meant for it"


def test_a_reminder_says_what_is_true_when_it_is_sent(world, at_noon):
    booking_id = reminded(world, at_noon)
    with world.database.write() as db:
        db.get(Booking, booking_id).session.place = "New Hall, Partick"
    assert outcome(world) == ("sent", None) and "New Hall, Partick" in world.channels["sms"].got[0][1]


def test_a_dead_schedulers_round_leaves_one_reminder(any_world, at_noon, monkeypatch):
    """Killed in the middle of the round: the next scheduler begins it again, and one reminder is queued."""
    with any_world.database.write() as db:
        booked(db)

    class Killed(BaseException):
        pass

    due = reminders.due

    def dies(db, at):
        due(db, at)
        raise Killed

    monkeypatch.setattr(reminders, "due", dies)
    with pytest.raises(Killed):
        any_world.gateway.scheduling.round(at_noon.time)
    any_world.gateway.leader.let_go()
    monkeypatch.setattr(reminders, "due", due)
    other = World(any_world.database, any_world.settings.var)
    assert other.gateway.scheduling.round(at_noon.time) and not any_world.gateway.scheduling.round(at_noon.time)
    assert len(any_world.rows("out")) == 1


# --- what is forgotten ------------------------------------------------------------------------


def test_guesses_and_counts_that_count_no_more_are_forgotten(any_world, at_noon):
    for code in ("BXKT 4739", "BXKT 4738"):
        any_world.says(code)
    with any_world.database.write() as db:
        for day in ("2025-12-31", "2026-11-10", "2026-11-23"):
            db.add(State(key=f"originated.{day}", value="3", at=at_noon.time))

    def kept() -> tuple[int, list[str]]:
        with any_world.database.read() as db:
            counts = db.execute(sa.select(State.key).where(State.key.like("originated.%"))).scalars()
            return db.query(LinkGuess).count(), sorted(counts)

    any_world.gateway.scheduling.round()
    assert kept() == (2, ["originated.2026-11-23"])
    at_noon.later(hours=25)
    any_world.gateway.scheduling.round()
    assert kept() == (0, ["originated.2026-11-23"])


def test_every_thread_of_the_leader_leads(any_world):
    leader = any_world.gateway.leader
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda _: leader.lead(), range(40)))
    leader.let_go()


# --- the clocks change, the year ends ----------------------------------------------------------


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2027-03-27T21:00", "2027-03-28T09:00"),  # an hour is missing from this night
        ("2027-03-28T00:30", "2027-03-28T09:00"),
        ("2027-10-30T21:00", "2027-10-31T09:00"),  # one of this night's comes twice
        ("2027-10-31T01:30", "2027-10-31T09:00"),
        ("2026-12-31T23:30", "2027-01-01T09:00"),
        ("2027-03-28T09:00", None), ("2027-10-31T19:59", None),
    ],
)  # fmt: skip
def test_the_quiet_hours_end_by_the_clock_on_the_wall(now, until):
    found = limits.parse("20:00-09:00", 100).quiet_until(london(now).astimezone(UTC))
    assert found == (until and london(until).astimezone(UTC))


@pytest.mark.parametrize(
    ("starts", "day_before"),
    [
        ("2027-03-28T14:00", "2027-03-27"), ("2027-03-29T09:30", "2027-03-28"), ("2027-10-31T14:00", "2027-10-30"),
        ("2027-11-01T09:30", "2027-10-31"), ("2027-01-01T14:00", "2026-12-31"), ("2028-02-29T14:00", "2028-02-28"),
    ],
)  # fmt: skip
def test_one_reminder_at_ten_by_the_clock_on_the_wall(world, at_noon, starts, day_before):
    at_noon.time = london(day_before).astimezone(UTC) - timedelta(days=3)
    world.says("hello")
    with world.conversation() as (db, conversation):
        session = builders.a_session(db, starts_at=london(starts).astimezone(UTC))
        builders.a_booking(
            db, session=session, person=conversation.person, conversation_id=conversation.id, created_at=at_noon.time
        )
    sent = []
    at_noon.time = london(f"{day_before}T06:00").astimezone(UTC)
    for _ in range(40 * 3):
        at_noon.later(minutes=20)
        before = len(world.got())
        world.gateway.scheduling.round(at_noon.time)
        world.step()
        if len(world.got()) > before:
            sent.append(at_noon.time.astimezone(LONDON).replace(tzinfo=None).isoformat())
    assert sent == [f"{day_before}T10:00:00"]
    assert "tomorrow" in world.got()[-1]


# --- several gateways ---------------------------------------------------------------------------


def test_two_gateways_that_know_nothing_of_each_others_pace_lose_and_double_nothing(any_database, tmp_path, at_noon):
    """The pace of one process does not bind the other: then the provider refuses, and both leave it alone."""
    phones = {"sms": Phones("sms"), "telegram": Phones("telegram")}
    one, two = (World(any_database, tmp_path / name, channels=phones) for name in ("one", "two"))
    for n in range(6):
        (one, two)[n % 2].take(f"text {n}", channel="telegram", sender="1001", external_id=f"{n}")
    phones["telegram"].fail(*[channels.TryAgain("429", timedelta(seconds=1)), None] * 4)
    for _ in range(20):
        asyncio.run(one.gateway.answering.answer_one())
        asyncio.run(two.gateway.answering.answer_one())
        asyncio.run(two.gateway.sending.send_one())
        asyncio.run(one.gateway.sending.send_one())
        at_noon.later(seconds=2)
    said = [text for text in one.got("1001", "telegram") if text.startswith("You said")]
    assert said == [f"You said text {n}" for n in range(6)]
