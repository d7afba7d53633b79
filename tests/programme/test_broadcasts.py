"""Texts to many: who gets one, once; what is agreed to is what goes out; and what is not of use any more stays in."""

from __future__ import annotations

import secrets
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from bot import clock
from bot.conversations import limits, outbox
from bot.gateway import scheduling
from bot.models import Broadcast, Conversation, Message, Person
from bot.programme import broadcasts
from tests import builders
from tests.builders import NOW

TEXT = "New sessions are up. Text SESSIONS to see what's on."


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def somebody(db, **values):
    """A person who has texted; their conversation."""
    person = values.pop("person", None) or builders.a_person(db, **values.pop("of", {}))
    conversation = db.get(Conversation, builders.conversation_id(db, person))
    for name, value in ({"last_inbound_at": NOW - timedelta(days=2)} | values).items():
        setattr(conversation, name, value)
    db.flush()
    return conversation


def reached(db, kind="everyone", of=None):
    return [reach.conversation_id for reach in broadcasts.audience(db, kind, of)]


def send(db, staff, *, nonce="n", text=TEXT, kind="everyone", of=None, seen=None, hours=24, send_after=NOW):
    seen = len(broadcasts.audience(db, kind, of)) if seen is None else seen
    return broadcasts.send(
        db, nonce=nonce, text=text, kind=kind, of=of, seen=seen, send_after=send_after, hours=hours, by_staff=staff
    )


def queue(db, row):
    total = 0
    while done := broadcasts.queue(db, row.id):
        total += done
    return total


def queued(db):
    return list(db.execute(sa.select(Message).where(Message.purpose == "broadcast").order_by(Message.id)).scalars())


def test_only_who_has_texted_wants_texts_and_is_well_gets_one(db):
    good = somebody(db)
    somebody(db, last_inbound_at=None)
    somebody(db, ended_at=NOW)
    somebody(db, crisis_at=NOW - timedelta(hours=23))
    somebody(db, taken_by=builders.a_member_of_staff(db).id)
    somebody(db, of={"contact_by": "call"})
    somebody(db, of={"erased_at": NOW})
    somebody(db).address.stopped_at = NOW
    somebody(db).address.unreachable_at = NOW
    well = somebody(db, crisis_at=NOW - timedelta(hours=25), last_inbound_at=NOW - timedelta(days=3))
    db.flush()
    assert reached(db) == [good.id, well.id]


def test_a_person_gets_one_where_they_wrote_last_and_a_shared_phone_gets_one(db):
    first = somebody(db)
    newest = builders.a_conversation(db, first.person, channel="telegram", last_inbound_at=NOW)
    shared = builders.a_conversation(db, profile="main", last_inbound_at=NOW - timedelta(days=4))
    other = Conversation(
        id=secrets.token_hex(16), address=shared.address, person=builders.a_person(db), profile="second",
        last_inbound_at=NOW - timedelta(days=5),
    )  # fmt: skip
    db.add(other)
    db.flush()
    assert reached(db) == [newest.id, shared.id]


def test_audiences(db):
    squad, session = builders.a_squad(db), builders.a_session(db)
    mine, booked, other = somebody(db, of={"squad_id": squad.id}), somebody(db), somebody(db)
    builders.a_booking(db, booked.person, session)
    builders.a_booking(db, other.person, session, status="waiting")
    assert reached(db, "squad", squad.id) == [mine.id]
    assert reached(db, "session", session.id) == [booked.id]
    assert set(reached(db, "idle")) == {mine.id, other.id}
    for kind, of in (("squad", None), ("session", None), ("pub", None), ("", 3)):
        with pytest.raises(broadcasts.Wrong):
            broadcasts.audience(db, kind, of)


def test_cost_is_segments_of_the_sms_with_what_goes_under_it(db):
    somebody(db)
    builders.a_conversation(db, channel="telegram", last_inbound_at=NOW)
    found = broadcasts.audience(db, "everyone", None)
    short, long = broadcasts.cost(found, TEXT), broadcasts.cost(found, "New sessions are up. " * 8)
    assert (short.people, short.sms, short.telegram, short.each, short.segments) == (2, 1, 1, 1, 1)
    assert (long.each, long.segments) == (2, 2)


def test_what_was_agreed_to_is_queued_once_however_often_it_is_asked(db, staff, monkeypatch):
    monkeypatch.setattr(broadcasts, "AT_A_TIME", 2)
    for _ in range(5):
        somebody(db)
    row = send(db, staff, send_after=NOW + timedelta(hours=1))
    assert send(db, staff).id == row.id
    assert broadcasts.queue(db, row.id) == 2  # and here the process is killed
    assert queue(db, row) == 3 and queue(db, row) == 0
    assert row.queued_at is not None
    found = queued(db)
    assert len({m.conversation_id for m in found}) == 5
    assert {(m.body, m.send_after, m.expires_at) for m in found} == {
        (f"{TEXT}\nText STOP for no more texts.", NOW + timedelta(hours=1), NOW + timedelta(hours=25))
    }
    assert broadcasts.latest(db)[0].counts == {"queued": 5}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seen": 7}, "to 1 now, not to 7"),
        ({"text": " "}, "is empty"),
        ({"text": "Come \U0001f600"}, "GSM-7"),
        ({"text": "Text CANCEL to end it."}, "cannot go out"),
        ({"text": "x " * 200}, "budget"),
        ({"hours": 0}, "1 to 48"),
        ({"hours": 49}, "1 to 48"),
        ({"kind": "squad", "of": 99}, "Nobody"),
    ],
)
def test_what_may_not_go_out_does_not(db, staff, change, said):
    somebody(db)
    with pytest.raises(broadcasts.Wrong, match=said):
        send(db, staff, **change)
    assert db.query(Broadcast).count() == 0


def test_stopping_takes_back_what_has_not_gone_out(db, staff):
    for _ in range(3):
        somebody(db)
    row = send(db, staff)
    queue(db, row)
    gone = queued(db)[0]
    gone.status = "sent"
    db.flush()
    assert broadcasts.stop(db, row.id, by_staff=staff) == 2
    assert broadcasts.stop(db, row.id, by_staff=staff) == 0
    db.expire_all()
    assert sorted(m.status for m in queued(db)) == ["sent", "stopped", "stopped"]
    with pytest.raises(LookupError):
        broadcasts.stop(db, 999, by_staff=staff)


def test_one_that_was_stopped_or_is_over_is_not_filled_any_more(db, staff):
    somebody(db)
    row = send(db, staff)
    row.stopped_at = NOW
    assert broadcasts.queue(db, row.id) == 0
    late = send(db, staff, nonce="late", send_after=NOW - timedelta(hours=30))
    assert broadcasts.queue(db, late.id) == 0


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"crisis_at": NOW}, "crisis"),
        ({"taken_by": 1}, "with_staff"),
        ({"ended_at": NOW}, "released"),
        ({}, None),
    ],
)
def test_what_changed_since_is_seen_when_it_is_about_to_go_out(db, staff, change, why):
    conversation = somebody(db)
    queue(db, send(db, staff))
    for name, value in change.items():
        setattr(conversation, name, value)
    db.flush()
    claimed = outbox.claim(db, ["sms"], NOW, still_wanted=scheduling.still_wanted)
    (message,) = queued(db)
    assert (message.status, message.error) == (("stopped", why) if why else ("sending", None))
    assert (claimed is not None) == (why is None)


def test_who_wants_no_texts_any_more_gets_none_of_what_was_queued(db, staff):
    conversation = somebody(db)
    queue(db, send(db, staff))
    db.get(Person, conversation.person_id).contact_by = "call"
    db.flush()
    assert outbox.claim(db, ["sms"], NOW, still_wanted=scheduling.still_wanted) is None


def test_the_outbox_keeps_quiet_hours_and_drops_what_is_too_late(db, staff):
    bounds = limits.parse("20:00-09:00", 100)
    somebody(db)
    night = clock.from_london(clock.london(NOW).date(), time(22))
    queue(db, send(db, staff, send_after=night, hours=4))
    assert outbox.claim(db, ["sms"], night, limits_=bounds, still_wanted=scheduling.still_wanted) is None
    morning = night + timedelta(hours=12)
    assert outbox.claim(db, ["sms"], morning, limits_=bounds, still_wanted=scheduling.still_wanted) is None
    assert [m.status for m in queued(db)] == ["expired"]


def test_every_template_may_go_out():
    assert len(broadcasts.templates()) >= 3
    for text in broadcasts.templates().values():
        assert broadcasts.problems(text) == []
