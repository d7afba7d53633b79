"""A code from staff makes a new phone or Telegram known as the person's: once, for a week, and not by guessing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.conversations import link_codes
from bot.models import AuditEntry, Booking, LinkCode
from tests.builders import a_booking, a_member_of_staff, a_person, a_session

CHAT = "1001"


@pytest.fixture
def linking(world):
    """Somebody who texts, and a code for them."""
    world.says("hello", channel="sms")
    with world.conversation() as (db, conversation):
        staff = a_member_of_staff(db)
        world.person, world.staff = conversation.person_id, staff.id
        world.code = link_codes.make(db, world.person, staff)
    return world


def person_of(world, channel):
    row = next(row for row in world.rows("in") if row.channel == channel)
    with world.database.read() as db:
        return db.get(type(row), row.id).conversation.person_id


def telegram(world, text):
    return world.says(text, channel="telegram", sender=CHAT)


@pytest.mark.parametrize("said", ["{}", "/start {}", "{} ", "my code is {}.", "Code: {}", "link {}"])
@pytest.mark.parametrize("how", [str, str.lower, *(lambda c, by=by: c.replace(" ", by) for by in ("", "-", "_"))])
def test_a_code_is_read_however_it_is_typed(said, how):
    assert link_codes.code_in(said.format(how("BXKT 4739"))) == "BXKT4739"


@pytest.mark.parametrize("text", ["", "start", "/start", "hello", "34678934", "G51 3BX", "bxkt", "BXKT 473", "x" * 5000,
                                  "BXKT 4739 what is this", "07700900123"])  # fmt: skip
def test_other_messages_are_no_codes(text):
    assert link_codes.code_in(text) is None


def test_a_code_links_telegram_to_the_person_who_texts(linking):
    said = telegram(linking, f"/start {linking.code.replace(' ', '')}")
    assert "know who you are" in said[0] and person_of(linking, "telegram") == linking.person
    assert any("link another chat" in text for text in linking.got())  # the phone is told, in case it was not them
    assert linking.rasa.asked[1:] == []  # Rasa never sees a code


def test_a_code_works_by_sms_too(linking):
    assert "know who you are" in linking.says(linking.code, sender="+447700900999")[0]


def test_a_code_counts_once_and_not_after_a_week(linking, at_noon):
    telegram(linking, linking.code)
    assert "didn't work" in linking.says(linking.code, sender="+447700900999")[0]
    with linking.database.write() as db:
        code = link_codes.make(db, linking.person, linking.staff)
    at_noon.later(days=8)
    assert "didn't work" in linking.says(code, sender="+447700900999")[0]


def test_a_newer_code_replaces_the_one_before(linking):
    with linking.database.write() as db:
        link_codes.make(db, linking.person, linking.staff)
    assert "didn't work" in telegram(linking, linking.code)[0]


def test_guessing_is_stopped_for_the_address_that_guesses_and_for_no_other(linking):
    for _ in range(link_codes.GUESSES):
        telegram(linking, "BBBB 2222")
    assert "didn't work" in telegram(linking, linking.code)[0]
    assert "know who you are" in linking.says(linking.code, sender="+447700900999")[0]


def test_bookings_made_before_the_link_come_along(linking):
    telegram(linking, "hello")
    with linking.database.write() as db:
        row = next(row for row in linking.rows("in") if row.channel == "telegram")
        before = db.get(type(row), row.id).conversation.person
        booking = a_booking(db, before, a_session(db)).id
    telegram(linking, linking.code)
    with linking.database.read() as db:
        assert db.get(Booking, booking).person_id == linking.person


def test_two_places_at_one_session_are_for_a_worker(linking):
    telegram(linking, "hello")
    with linking.database.write() as db:
        row = next(row for row in linking.rows("in") if row.channel == "telegram")
        before, session = db.get(type(row), row.id).conversation.person, a_session(db)
        a_booking(db, before, session)
        a_booking(db, db.get(type(before), linking.person), session)
    assert "a worker will put them together" in telegram(linking, linking.code)[0]
    assert person_of(linking, "telegram") != linking.person and len(linking.handoffs()) == 1


def test_it_is_audited_and_the_code_is_nowhere_in_the_database(linking):
    telegram(linking, "BBBB 2222")
    telegram(linking, linking.code)
    with linking.database.read() as db:
        actions = [entry.action for entry in db.execute(sa.select(AuditEntry)).scalars()]
        stored = db.execute(sa.select(LinkCode.code_hash)).scalar()
    assert [a for a in actions if a.startswith("link")] == ["link_code.made", "link_code.refused", "link_code.used"]
    assert linking.code.replace(" ", "") not in stored


def test_there_is_no_code_for_nobody(database):
    with database.write() as db:
        with pytest.raises(ValueError):
            link_codes.make(db, 999, a_member_of_staff(db))
        gone = a_person(db)
        gone.erased_at = gone.created_at
        with pytest.raises(ValueError):
            link_codes.make(db, gone.id, a_member_of_staff(db))
