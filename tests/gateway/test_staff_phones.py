"""A worker's own phone, linked to their account by a code and unlinked again; nobody else learns that it can be."""

from __future__ import annotations

import pytest

from bot import wording
from bot.conversations import link_codes, staff_phones
from bot.models import Address, Conversation, Person, Reading, Staff, StaffPhone, StaffText
from tests.gateway.staff_line import OTHER, WORKER, audit_of, booked, texts


def test_a_code_links_the_phone_and_leaves_nothing_among_participants(line):
    assert "linked to your account" in line.linked[0]
    assert line.rasa.asked == [] and line.rows() == []
    with line.database.read() as db:
        assert db.query(Person).count() == 1 and db.query(Reading).count() == 0
        row = db.query(StaffPhone).one()
        assert (row.address, row.channel) == (WORKER, "sms") and row.address_hash != WORKER
        assert line.code.replace(" ", "") not in str([t.body for t in db.query(StaffText)])
    (entry,) = audit_of(line, "staff_phone.linked")
    assert entry[1] == f"staff:{line.staff}"


def test_a_code_counts_once_and_for_a_quarter_of_an_hour(line, at_noon):
    assert "linked" not in texts(line, line.code, sender=OTHER)[0]
    with line.database.write() as db:
        code = staff_phones.make_code(db, line.staff)
    at_noon.later(minutes=16)
    said = texts(line, code, sender=OTHER)
    assert said[0] == wording.say("gateway.link_refused")  # as for any wrong code of a participant's


def test_whoever_is_not_linked_learns_nothing_of_it(line):
    line.rasa.replies = [{"text": "I did not get that."}]
    for text in (f"book {line.reference} into alcohol thursday", "unlink", "who's in alcohol thursday"):
        assert texts(line, text, sender=OTHER)[0] == "I did not get that."
    assert len(line.rasa.asked) == 3 and booked(line) == []


def test_guessing_a_staff_code_is_stopped_like_guessing_any_other(line):
    with line.database.write() as db:
        code = staff_phones.make_code(db, line.staff)
    for _ in range(link_codes.GUESSES):
        texts(line, "BBBB 2222", sender=OTHER)
    assert texts(line, code, sender=OTHER)[0] == wording.say("gateway.link_refused")


def test_a_participants_phone_is_never_linked(line):
    """The code was handed to the wrong person: nobody is told what it was, and it is used up."""
    with line.database.write() as db:
        code = staff_phones.make_code(db, line.staff)
    assert texts(line, code, sender=line.theirs)[0] == wording.say("gateway.link_refused")
    assert audit_of(line, "staff_phone.refused")[0][2] == {"why": "participant"}
    assert "linked" not in texts(line, code, sender=OTHER)[0]


def test_a_phone_from_which_the_worker_tried_the_assistant_can_be_linked(line):
    texts(line, "whats a unit", sender=OTHER)
    with line.database.write() as db:
        code = staff_phones.make_code(db, line.staff)
    assert "linked" in texts(line, code, sender=OTHER)[0]
    with line.database.read() as db:
        address = db.query(Address).filter(Address.channel == "sms").order_by(Address.id.desc()).first()
        assert [c.ended_at is not None for c in db.query(Conversation).filter_by(address_id=address.id)] == [True]
        assert staff_phones.find(db, "sms", WORKER) is None  # one phone for each account


@pytest.mark.parametrize("word", ["unlink", "UNLINK.", "stop"])
def test_a_text_unlinks_it(line, word):
    assert "not linked any more" in texts(line, word)[0]
    line.rasa.replies = [{"text": "I did not get that."}]
    assert texts(line, f"book {line.reference} into alcohol thursday")[0] == "I did not get that."
    assert audit_of(line, "staff_phone.ended")[0][2] == {"why": "by_text"}


@pytest.mark.parametrize("change", [{"active": False}, {"role": "supervisor"}, {"role": "editor"}])
def test_the_link_of_somebody_who_left_opens_nothing(line, change):
    with line.database.write() as db:
        for name, value in change.items():
            setattr(db.get(Staff, line.staff), name, value)
    line.rasa.replies = [{"text": "I did not get that."}]
    assert texts(line, f"book {line.reference} into alcohol thursday")[0] == "I did not get that."
    assert booked(line) == []


def test_a_text_that_came_before_is_not_taken_twice_whatever_was_linked_since(line):
    """The provider is asked for what it has every few minutes: what it tells again belongs where it was."""
    line.take("hello", sender=OTHER, external_id="old")
    with line.database.write() as db:
        code = staff_phones.make_code(db, line.staff)
    texts(line, code, sender=OTHER, external_id="link")
    assert line.take("hello", sender=OTHER, external_id="old").message_id is not None
    texts(line, "help", sender=OTHER, external_id="help")
    texts(line, "unlink", sender=OTHER)
    before = len(line.rows("in"))
    assert line.take("help", sender=OTHER, external_id="help").duplicate
    assert line.take(code, sender=OTHER, external_id="link").duplicate
    assert len(line.rows("in")) == before
