"""The work of a day, done with mouse and keyboard: an answer approved, somebody booked, a register kept; and what each
role does not get to see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from selenium.webdriver.common.by import By

from bot import clock
from bot.conversations.access import MAY
from bot.models import AnswerRevision, Attendance, Booking
from tests import builders

#: Page → what a role needs to see it. That those who may do see it, test_every_page.py finds.
PAGES = {
    "/handoffs": "read_conversations",
    "/sessions": "book_people",
    "/my-phone": "book_people",
    "/registers": "keep_register",
    "/hours": "approve_hours",
    "/people": "see_people",
    "/squad": "see_attendance",
    "/squads": "run_squads",
    "/feedback": "run_sessions",
    "/figures": "see_figures",
    "/answers": "edit_content",
    "/services": "edit_content",
    "/facts": "set_facts",
    "/staff": "manage_staff",
    "/audit": "read_audit",
}


def test_an_answer_is_approved_by_somebody_else_than_wrote_it(desk, database):
    with database.write() as db:
        revision = builders.an_answer_revision(
            db, status="in_review", text="A unit is half a pint of beer.",
            sources=[{"title": "NHS inform", "url": "https://example.org", "seen": "2026-10-01"}],
        )  # fmt: skip
        answer_id = revision.answer_id
    there = desk("editor").go("/answers").press("What is a unit?")
    assert "A unit is half a pint of beer." in there.text
    there.press("I stand by it: approve").until("Approved in your name.")
    assert "Ann Worker stands by it" in there.text
    with database.read() as db:
        (row,) = db.query(AnswerRevision).filter_by(answer_id=answer_id)
        assert (row.status, row.reviewed_by) == ("approved", "Ann Worker")

    there.fill("First words", "A unit is 10 ml of pure alcohol.").press("Save for review").until("Somebody else has to")
    assert "You wrote this wording, so somebody else approves it." in there.text


def test_somebody_is_booked_and_comes_and_the_hours_are_approved(desk, database, texts):
    with database.write() as db:
        person = builders.a_person(db, name="Jo Bloggs")
        conversation_id = builders.conversation_id(db, person)
        session = builders.a_session(db, starts_at=clock.now() + timedelta(hours=2))
    there = desk("coordinator", "Cat Coordinator").go("/sessions")
    there.press(there.names("tbody a")[0])
    there.fill("Name or phone number", "bloggs").press("Look up").until("1 person found")
    there.tick(there.names("fieldset label")[0]).press("Book").until("Booked. They are told by text.")
    assert "Jo Bloggs" in there.text and "of which 7 free" in there.text
    assert texts(conversation_id)[-1][1].startswith("You have a place at Drink and you")

    with database.write() as db:  # two hours later
        row = db.get(type(session), session.id)
        row.starts_at, row.ends_at = clock.now() - timedelta(hours=1), clock.now() + timedelta(minutes=30)
    there = desk("worker").go("/registers")
    there.press(there.names("tbody a")[0])
    there.choose("What happened", "Came").press("Keep").until("Kept for 1.")
    assert "1 hour 30 minutes" in there.text and "not yet" in there.text
    assert "Minutes to take off" not in there.text, "the times are folded"
    there.driver.find_element(By.CSS_SELECTOR, ".stay summary").click()
    (off, why) = there.names(".stay .row:last-child label")
    there.fill(off, "15").fill(why, "Came back late").tick(there.names("tbody .tick label")[0])
    there.choose("What happened", "Came").press("Keep").until("15 minutes taken off: Came back late")
    assert "1 hour 15 minutes" in there.text

    there = desk("coordinator", "Dan Other").go("/hours")
    there.tick(there.names("tbody label")[0]).press("Approve what is ticked").until("1 approved in your name.")
    with database.read() as db:
        kept = db.query(Attendance).one()
        assert (kept.outcome, kept.claimed, kept.approved) == ("came", 75, 75)
        assert db.query(Booking).one().person_id == person.id


@pytest.mark.parametrize("role", MAY)
def test_each_role_sees_its_own_pages_in_the_menu_and_no_other_at_all(desk, waiting, role):
    conversation_id = waiting("my secret words")
    there = desk(role)
    assert set(there.menu()) & set(PAGES) == {path for path, needed in PAGES.items() if needed in MAY[role]}
    for path in (path for path, needed in PAGES.items() if needed not in MAY[role]):
        assert there.go(path).heading == "Not for your role", f"{role}: {path}"
    there.go(f"/conversations/{conversation_id}")
    assert ("my secret words" in there.text) == ("read_conversations" in MAY[role])
