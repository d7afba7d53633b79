"""Danger on the page: what to do, what was sent, which number is safe, and a note for the next that prints."""

from __future__ import annotations

import pytest

from bot import wording, yamlfile
from bot.console import crisis_words
from bot.conversations import handoffs, messages
from bot.models import Conversation, Message
from tests import builders

CRISES = [reason for reason, priority in handoffs.PRIORITIES.items() if priority == 0]


def danger(database, waiting, reason="crisis_suicide", **person) -> str:
    conversation_id = waiting("words of mine", reason=reason)
    with database.write() as db:
        found = db.get(Conversation, conversation_id)
        messages.say(db, found, "Call 999 now, please.", purpose="crisis")
        for name, value in person.items():
            setattr(found.person, name, value)
    return conversation_id


@pytest.mark.parametrize("reason", CRISES)
def test_every_kind_of_danger_has_its_steps_with_numbers_from_the_one_file(reason, database):
    with database.write() as db:
        found = crisis_words.steps(handoffs.open_for(db, builders.a_conversation(db), reason))
    assert len(found) >= 5 and "999" in " ".join(found) and "{" not in " ".join(found)
    raw = yamlfile.read(wording.DATA / "crisis_steps.yml")
    assert not wording.numbers(" ".join(raw[reason])), "numbers are filled in"


def test_in_abuse_with_something_else_the_careful_steps_win(database):
    with database.write() as db:
        conversation = builders.a_conversation(db)
        handoffs.open_for(db, conversation, "crisis_abuse")
        found = crisis_words.steps(handoffs.open_for(db, conversation, "crisis_suicide"))
    assert any("voicemail" in step for step in found)


def test_the_panel_says_what_to_do_what_was_sent_and_how_to_reach_them(signed_in, database, waiting):
    conversation_id = danger(database, waiting, call_number="+441414960000", contact_note="after 4pm only")
    page = signed_in().get(f"/conversations/{conversation_id}")
    panel = page.one("div", class_="note-danger").text
    assert "Ring them" in panel and "Call 999 now, please." in panel and "waiting to go out" in panel
    assert "after 4pm only" in panel and "******000" in panel
    assert page.one("div", class_="note-danger").one("q").text == "words of mine", "their own words come first"
    assert "open" not in page.one("main").one("details").attributes, "what went out is folded away"
    calm = signed_in(name="Bob Other").get(f"/conversations/{waiting()}")
    assert "What to do" not in calm.text


def test_what_was_grave_stays_on_top_whatever_was_written_after_it(signed_in, database, waiting):
    conversation_id = waiting("when is the bus", reason="crisis_suicide")
    with database.write() as db:
        found = db.get(Conversation, conversation_id)
        for number, text in enumerate(("i want to die", "ok", "is the dentist free", "and for ma mum", "ta")):
            heard = messages.receive(
                db, channel="sms", address=found.address.address, external_id=f"y{number}", text=text, status="answered"
            )
            words = {"text": "Call 999 now, please.", "purpose": "crisis"} if not number else {"text": "An answer."}
            messages.say(db, found, reply_to=heard.message_id, **words)
    panel = signed_in().get(f"/conversations/{conversation_id}").one("div", class_="note-danger")
    assert [q.text for q in panel.all("q")] == ["i want to die", "is the dentist free", "and for ma mum", "ta"]
    assert panel.one("p", class_="grave").one("q").text == "i want to die"


def test_one_tap_shows_the_safe_number_first_with_what_to_mind_and_it_is_audited(signed_in, database, waiting, audited):
    conversation_id = danger(database, waiting, call_number="+441414960000", contact_note="ask for Jo")
    there = signed_in()
    assert "4960000" not in there.http.get(f"/conversations/{conversation_id}").get_data(as_text=True)
    page = there.get(f"/conversations/{conversation_id}/number")
    assert page.all("p", class_="number")[0].text == "+441414960000" and "ask for Jo" in page.text
    assert [d["why"] for _, _, _, d in audited("conversation.viewed")][-1] == "number"


def test_the_note_for_monday_grows_line_by_line_is_encrypted_and_prints_what_happened(
    signed_in, database, waiting, texts, audited
):
    conversation_id = danger(database, waiting, contact_by="call")
    before, there, other = texts(conversation_id), signed_in(), signed_in(name="Bob Other")
    there.post(f"/conversations/{conversation_id}/on-it")
    there.post(f"/conversations/{conversation_id}/note", {"note": "Rang twice, no answer."})
    other.post(f"/conversations/{conversation_id}/note", {"note": "Reached them. Sister is there."})
    page = other.get(f"/conversations/{conversation_id}/handover")
    for said in ("Ann Worker: Rang twice", "Bob Other: Reached them", "Ann Worker is on it", "Call 999 now, please."):
        assert said in page.text
    with database.engine.connect() as connection:
        [(kept,)] = connection.exec_driver_sql("SELECT handover FROM handoffs").all()
    assert "Sister" not in kept
    assert texts(conversation_id) == before, "the person hears nothing of it"
    assert [a for _, a, _, _ in audited("handoff.noted")] == ["handoff.noted"] * 2
    there.post(f"/conversations/{conversation_id}/close", {"outcome": "answered"})
    assert "Sister is there" in there.get(f"/conversations/{conversation_id}/handover").text


def test_there_is_no_note_where_nobody_was_ever_wanted(signed_in, database):
    with database.write() as db:
        conversation_id = builders.a_conversation(db).id
    signed_in().get(f"/conversations/{conversation_id}/handover", status=404)


def test_what_did_not_go_out_is_not_folded_away(signed_in, database, waiting):
    conversation_id = danger(database, waiting)
    with database.write() as db:
        for message in db.query(Message).filter_by(conversation_id=conversation_id, purpose="crisis"):
            message.status = "failed"
    main = signed_in().get(f"/conversations/{conversation_id}").one("main")
    assert "open" in main.one("details").attributes and "not delivered" in main.one("summary").text
