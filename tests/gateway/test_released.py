"""A number that belongs to somebody else now: nothing that was on its way to the one before is sent to it again."""

from __future__ import annotations

import pytest

from bot.conversations import addresses, messages
from bot.gateway import channels, delivery
from bot.gateway.channels import Report


def release(world):
    with world.conversation() as (db, conversation):
        addresses.release(db, conversation)


@pytest.mark.parametrize("purpose", ["staff", "crisis", "reminder"])
def test_a_send_that_is_cut_off_by_the_release_is_not_tried_again(any_world, at_noon, purpose):
    any_world.says("hello")
    with any_world.conversation() as (db, conversation):
        messages.say(db, conversation, "for the one before", purpose=purpose)
    any_world.gateway.sending.still_wanted = None
    job = any_world.gateway.sending._claim()
    release(any_world)
    any_world.gateway.sending._settle(job, channels.TryAgain("503"))
    at_noon.later(minutes=2)
    any_world.step()
    assert "for the one before" not in any_world.got()
    assert (any_world.rows("out")[-1].status, any_world.rows("out")[-1].error) == ("stopped", "released")


def test_a_text_that_found_the_phone_off_is_not_sent_to_the_next_holder(any_world, at_noon):
    any_world.says("hello")
    with any_world.conversation() as (db, conversation):
        messages.say(db, conversation, "for the one before", author="staff", purpose="staff")
    any_world.step()
    row = any_world.rows("out")[-1]
    release(any_world)
    with any_world.database.write() as db:
        delivery.report(db, "sms", Report(row.provider_id, "failed", "30003", row.id, "out_of_reach"))
    at_noon.later(minutes=31)
    any_world.step()
    assert any_world.got().count("for the one before") == 1


def test_the_next_holder_is_a_new_person_and_late_reports_of_the_one_before_say_nothing_of_them(any_world):
    any_world.says("hello")
    before = any_world.rows("out")[0]
    release(any_world)
    any_world.says("who is this")
    assert len({row.conversation_id for row in any_world.rows("in")}) == 2
    with any_world.database.write() as db:
        delivery.report(db, "sms", Report(before.provider_id, "failed", "30005", before.id, "unreachable"))
    assert any_world.says("still here") == ["You said still here"]


def test_a_late_report_of_the_one_before_does_not_hold_back_what_the_next_holder_is_told(any_world):
    any_world.says("hello")
    before = any_world.rows("out")[0]
    release(any_world)
    any_world.says("who is this")
    with any_world.database.write() as db:
        delivery.report(db, "sms", Report(before.provider_id, "failed", "30005", before.id, "unreachable"))
        newer = db.get(type(before), any_world.rows("in")[-1].id).conversation
        messages.say(db, newer, "for the new one", author="staff", purpose="staff")
    any_world.step()
    assert "for the new one" in any_world.got()
