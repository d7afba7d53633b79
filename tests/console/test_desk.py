"""What a worker does beside replying: notes, tags, colleagues, outcomes, ready-made replies, a word about the hour."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot import clock
from bot.conversations import desk, handoffs, messages, ready_replies
from bot.models import Conversation, Handoff, Message
from bot.programme import seeds


def path(conversation_id: str, act: str = "") -> str:
    return f"/conversations/{conversation_id}" + (f"/{act}" if act else "")


def the_handoff(database) -> Handoff:
    with database.read() as db:
        return db.query(Handoff).one()


# --- notes and tags --------------------------------------------------------------------------


def test_a_private_note_stands_in_the_thread_and_is_never_sent(signed_in, waiting, texts, database, audited):
    conversation_id = waiting()
    ann, bob = signed_in(), signed_in(name="Bob Other")
    before = texts(conversation_id)
    ann.post(path(conversation_id, "private-note"), {"note": "Her sister rang. <b>Call</b> on Monday."})
    assert texts(conversation_id) == before
    note = bob.get(path(conversation_id)).one("ol", id="thread").one("li", class_="note")
    assert note.text.startswith("Ann Worker: private note, for staff alone")
    assert "Her sister rang. <b>Call</b> on Monday." in note.text
    with database.read() as db:
        row = db.query(Message).filter_by(kind="note").one()
        assert (row.direction, row.status) == ("marker", "noted")
    assert audited("note.written") == [
        (f"staff:{ann.staff.id}", "note.written", f"conversation:{conversation_id}", {"message": row.id})
    ]


@pytest.mark.parametrize("text", ["", "   ", "x" * (desk.NOTE + 1)])
def test_no_note_is_no_note(signed_in, waiting, database, text):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "private-note"), {"note": text})
    assert "Write a note" in there.get(path(conversation_id)).text
    with database.read() as db:
        assert db.query(Message).filter_by(kind="note").count() == 0


def test_tags_are_of_a_fixed_list(signed_in, waiting, database):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "tags"), {"tag": ["money", "housing", "<b>", "he did it"]})
    page = there.get(path(conversation_id))
    assert "Housing, Money" in page.one("dl", class_="facts").text
    assert [i.attributes["value"] for i in page.all("input", name="tag") if "checked" in i.attributes] == [
        "housing", "money",
    ]  # fmt: skip
    there.post(path(conversation_id, "tags"), {})
    with database.read() as db:
        assert db.get(Conversation, conversation_id).tags is None


# --- colleagues ------------------------------------------------------------------------------


def test_a_hand_off_is_given_to_a_colleague_and_the_assistant_goes_on(signed_in, waiting, texts, database, audited):
    conversation_id = waiting()
    ann, bob = signed_in(), signed_in(name="Bob Other")
    before = texts(conversation_id)
    ann.post(path(conversation_id, "assign"), {"to": bob.staff.id, "why": "You know her."})
    page = bob.get(path(conversation_id))
    assert "Bob Other, who has not taken it yet" in page.text
    thread = page.one("ol", id="thread").text
    assert "You know her." in thread and "Ann Worker gave this to Bob Other." in thread
    assert texts(conversation_id) == before
    with database.read() as db:
        assert db.get(Conversation, conversation_id).taken_by is None
    assert [d for _, _, _, d in audited("handoff.assigned")] == [{"to": bob.staff.id}]


def test_a_conversation_is_passed_on_and_the_person_is_told(signed_in, waiting, texts, database):
    conversation_id = waiting()
    ann, bob = signed_in(), signed_in(name="Bob Other")
    ann.post(path(conversation_id, "take"))
    ann.post(path(conversation_id, "assign"), {"to": bob.staff.id, "why": "I am off now."})
    assert "different worker" in texts(conversation_id)[-1][1]
    with database.read() as db:
        assert db.get(Conversation, conversation_id).taken_by == bob.staff.id
    ann.post(path(conversation_id, "reply"), {"text": "hi"}, status=422)
    bob.post(path(conversation_id, "reply"), {"text": "Bob here."})
    assert texts(conversation_id)[-1] == ("staff", "Bob here.")


@pytest.mark.parametrize(
    "form", [{"why": "x"}, {"to": "999", "why": "x"}, {"to": "bob"}, {"to": "supervisor", "why": "x"}]
)
def test_it_goes_to_nobody_without_a_note_or_to_somebody_who_may_not(signed_in, waiting, account, database, form):
    conversation_id = waiting()
    ann = signed_in()
    ids = {"bob": account("worker", "Bob Other").id, "supervisor": account("supervisor", "Sue Visor").id}
    ann.post(path(conversation_id, "assign"), form | {"to": ids.get(form.get("to"), form.get("to", ""))})
    assert the_handoff(database).assigned_to is None


def test_nobody_passes_on_what_another_has(signed_in, waiting, database):
    conversation_id = waiting()
    ann, bob = signed_in(), signed_in(name="Bob Other")
    ann.post(path(conversation_id, "take"))
    bob.post(path(conversation_id, "assign"), {"to": bob.staff.id, "why": "mine"})
    assert "theirs to pass on" in bob.get(path(conversation_id)).text
    assert the_handoff(database).assigned_to is None


# --- closing ---------------------------------------------------------------------------------


def test_closing_says_what_came_of_it(signed_in, waiting, database):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "close"))
    assert "Choose what came of it" in there.get(path(conversation_id)).text
    assert the_handoff(database).closed_at is None
    there.post(path(conversation_id, "close"), {"outcome": "service"})
    closed = the_handoff(database)
    assert (closed.outcome, closed.closed_how) == ("service", "staff")
    assert "Closed by staff: passed to a service" in there.get(path(conversation_id)).text


# --- the box ---------------------------------------------------------------------------------


def at(monkeypatch, hour: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, hour, 30, tzinfo=timezone.utc))


def test_quiet_hours_are_told_before_anybody_is_woken(signed_in, waiting, database, monkeypatch):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "take"))
    at(monkeypatch, 12)
    with database.write() as db:
        db.get(Conversation, conversation_id).last_inbound_at = clock.now()
    at(monkeypatch, 22)
    there = signed_in(name="Cat Third")
    with database.write() as db:
        db.get(Conversation, conversation_id).taken_by = there.staff.id
    assert "quiet hours until 9am" in there.get(path(conversation_id)).one("p", id="quiet").text
    with database.write() as db:
        db.get(Conversation, conversation_id).last_inbound_at = clock.now()  # they have only just written
    assert not there.get(path(conversation_id)).all("p", id="quiet")


def seeded(database) -> list:
    with database.write() as db:
        seeds._ready_replies(db)
        return ready_replies.usable(db)


def test_a_ready_made_reply_is_put_into_the_box_and_not_sent(signed_in, waiting, texts, database):
    conversation_id, ready = waiting(), seeded(database)
    there = signed_in()
    there.post(path(conversation_id, "take"))
    before = texts(conversation_id)
    form = {"text": "Hiya Jo.", "ready": ready[0].id, "do": "ready"}
    there.post(path(conversation_id, "reply"), form, status=200)
    assert there.page.one("textarea", id="text").children[0].strip() == f"Hiya Jo.\n{ready[0].text}"
    assert "text" in there.page.one("p", id="length").text
    assert texts(conversation_id) == before


def test_ready_made_replies_are_kept_by_those_who_keep_content(signed_in, database, audited):
    first = seeded(database)[0]
    there = signed_in("coordinator")
    there.post(
        "/ready-replies", {"title": "Running late", "text": "I'm running late. I'll text you soon.", "do": "save"}
    )
    there.post("/ready-replies", {"reply": first.id, "title": first.title, "text": "Short and kind.", "do": "save"})
    assert "Short and kind." in there.get("/ready-replies").text
    there.post("/ready-replies", {"reply": first.id, "do": "retire"})
    titles = [reply.title for reply in seeded(database)]  # seeding again brings nothing back
    assert "Running late" in titles and first.title not in titles
    assert len(audited("ready_reply.changed")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\U0001f642 hi",
        "x" * 400,
    ],
)
def test_words_that_are_not_fit_to_be_sent_are_refused_and_kept(signed_in, database, text):
    there = signed_in("coordinator")
    there.post("/ready-replies", {"title": "New", "text": text, "do": "save"}, status=422)
    assert there.page.all("p", class_="problem")
    assert text in there.page.text
    with database.read() as db:
        assert ready_replies.everyone(db) == []


def test_a_missing_title_is_told_at_the_title_in_the_form_that_was_sent(signed_in, database):
    first = seeded(database)[0]
    there = signed_in("coordinator")
    there.post("/ready-replies", {"reply": first.id, "title": " ", "text": "Hiya.", "do": "save"}, status=422)
    (open_,) = [one for one in there.page.one("main").all("details") if "open" in one.attributes]
    wrong = [one.attributes["id"] for one in open_.all("input") if "aria-invalid" in one.attributes]
    assert wrong == [f"title-{first.id}"] and open_.one("textarea").text == "Hiya."
    assert there.page.one("div", role="alert").one("a").attributes["href"] == f"#title-{first.id}"


def test_a_note_is_not_taken_for_the_persons_words(database, waiting, account):
    conversation_id, staff = waiting("first words here"), account()
    with database.write() as db:
        conversation = db.get(Conversation, conversation_id)
        desk.note(db, conversation, staff, "note words here")

        assert handoffs.last_words(db, conversation) == "first words here"
        assert "note words here" in [m.body for m in messages.transcript(db, conversation_id)]
