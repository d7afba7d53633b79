"""A call-back in the console: when and where it is safe to ring, the number one tap away, and what came of it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from bot.conversations import call_backs, call_wishes, handoffs
from bot.models import CallBack, Conversation


def test_the_worker_sees_when_and_where_and_says_what_came_of_it(signed_in, waiting, database, audited):
    conversation_id = waiting(reason="call_me")
    with database.write() as db:
        row = call_backs.set_part(db, db.get(Conversation, conversation_id), "evening")
        row.number = "+441414960000"
    there = signed_in()
    page = there.get(f"/conversations/{conversation_id}")
    assert "In the evening" in page.text and "******000" in page.text and "not said that it is right" in page.text
    assert "4960000" not in there.html
    page = there.get(f"/conversations/{conversation_id}/number")
    assert page.all("p", class_="number")[0].text == "+441414960000"
    there.post(f"/conversations/{conversation_id}/rang", {"outcome": "no_answer"})
    with database.read() as db:
        row = db.execute(sa.select(CallBack)).scalars().one()
        assert (row.outcome, row.rang_by) == ("no_answer", there.staff.id)
    page = there.get(f"/conversations/{conversation_id}")
    assert "Last rung" in page.text and "nobody picked up" in page.text
    assert [a for _, a, _, _ in audited("call_back")] == ["call_back.rang"]


def test_the_worker_sees_the_day_and_the_hour_that_were_asked_for(signed_in, waiting, database):
    conversation_id = waiting(reason="call_me")
    with database.write() as db:
        wish = call_wishes.Wish("morning", date(2026, 11, 24), "at 11am")
        call_backs.set_wish(db, db.get(Conversation, conversation_id), wish)
    assert "On Tue 24 Nov at 11am" in signed_in().get(f"/conversations/{conversation_id}").text


def test_no_call_is_wanted_no_panel(signed_in, waiting):
    there, conversation_id = signed_in(), waiting(reason="asked")
    assert "They want to be rung" not in there.get(f"/conversations/{conversation_id}").text
    there.post(f"/conversations/{conversation_id}/rang", {"outcome": "talked"})
    assert "Nobody waits for a call" in there.get(f"/conversations/{conversation_id}").text


def test_a_wish_taken_back_is_seen_first_and_read_anew(signed_in, waiting, database):
    conversation_id = waiting(reason="delete_my_data")
    there = signed_in()
    there.get(f"/conversations/{conversation_id}")
    with database.write() as db:
        found = handoffs.open_for(db, db.get(Conversation, conversation_id), "keep_my_data")
        assert found.seen_at is None and found.reason == "keep_my_data"
        assert handoffs.wants(found, "keep_my_data") and not handoffs.wants(found, "delete_my_data")
    assert "NOT want their data deleted" in there.get("/handoffs").text
    with database.write() as db:
        found = handoffs.open_for(db, db.get(Conversation, conversation_id), "delete_my_data")
        assert handoffs.wants(found, "delete_my_data")
