"""A coordinator erases somebody from their page: what goes is shown in counts first, and it takes their reference."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot import clock
from bot.conversations import handoffs
from bot.models import Conversation, Message, Person
from bot.programme import hours, references
from tests import builders


@pytest.fixture
def known(database, waiting):
    """Somebody with a name, an order and a text who asked to be deleted: (person, conversation, reference)."""
    conversation_id = waiting("my secret words", reason="delete_my_data", note="delete my secret stuff")
    with database.write() as db:
        person = db.get(Conversation, conversation_id).person
        person.name = "Jo Bloggs"
        hours.set_order(db, person, minutes=6000, by_staff=builders.a_member_of_staff(db).id)
        builders.a_booking(db, person, builders.a_session(db, at=clock.now(), title="A walk"))
        return person.id, conversation_id, references.of(db, person)


def test_what_goes_is_shown_and_then_it_goes(signed_in, database, audited, known):
    person_id, conversation_id, reference = known
    there = signed_in("coordinator")
    there.get(f"/conversations/{conversation_id}")
    assert "What erasing them does" in there.html
    there.get(f"/people/{person_id}")
    assert "Erase this person" in there.html
    there.get(f"/people/{person_id}/erase")
    goes = ("Texts to and from them", "Their order is open", "1 place at sessions to come")
    for words in (*goes, "Sums for the figures"):
        assert words in there.html, words
    assert "my secret" not in there.html and "delete my" not in there.html
    form = {"seen": there.page.one("input", name="seen").attributes["value"], "reason": "asked", "minded": "yes"}
    wrong = [
        ({"reference": "BB-0000"}, "reference is not theirs"),
        ({"reference": reference, "reason": "because"}, "Choose why."),
        ({"reference": reference, "minded": ""}, "Say that you have seen to"),
        ({"reference": reference, "seen": "1.2"}, "has come in or changed"),
    ]
    for change, words in wrong:
        there.post(f"/people/{person_id}/erase", form | change, status=422)
        assert words in there.html, words
    with database.read() as db:
        assert db.get(Person, person_id).name == "Jo Bloggs"
    there.post(f"/people/{person_id}/erase", form | {"reference": reference.lower().replace("-", "- ")})
    there.get("/people")
    assert "They are erased" in there.html
    there.get(f"/people/{person_id}", status=404)
    there.get(f"/conversations/{conversation_id}", status=404)
    with database.read() as db:
        assert db.execute(sa.select(Message).where(Message.conversation_id == conversation_id)).first() is None
    ((actor, _, object_, details),) = audited("person.erased")
    assert (actor, object_) == (f"staff:{there.staff.id}", f"person:{person_id}")
    assert details["reason"] == "asked" and set(details) == {"reason", "rows"}
    assert [a[3] for a in audited("person.viewed") if a[2] == f"person:{person_id}"].count({"why": "erase"}) == 5


def test_somebody_in_danger_is_not_erased(signed_in, database, known):
    person_id, conversation_id, _ = known
    with database.write() as db:
        handoffs.open_for(db, db.get(Conversation, conversation_id), "crisis_suicide")
    there = signed_in("coordinator")
    there.get(f"/people/{person_id}/erase")
    assert "Close that hand-off first" in there.html and "Erase them everywhere" not in there.html


@pytest.mark.parametrize("role", ["worker", "admin"])
def test_nobody_else_may(signed_in, known, role):
    there = signed_in(role)
    there.get(f"/people/{known[0]}/erase", status=403)
    there.post(f"/people/{known[0]}/erase", {"reference": known[2]}, status=403)
    if role == "worker":
        there.get(f"/people/{known[0]}")
        assert "Erase this person" not in there.html


def test_another_teams_people_are_not_there(signed_in, database, known):
    from bot.conversations import teams
    from bot.models import Staff

    there = signed_in("coordinator")
    with database.write() as db:
        theirs, ours = (teams.add(db, name, by_staff=there.staff.id).id for name in ("Theirs", "Ours"))
        db.get(Person, known[0]).team_id, db.get(Staff, there.staff.id).team_id = theirs, ours
    there.get(f"/people/{known[0]}/erase", status=404)
    there.post(f"/people/{known[0]}/erase", {"reference": known[2]}, status=404)
