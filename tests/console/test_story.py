"""One person's thread: every channel of theirs in one story, what was understood, what is booked beside it."""

from __future__ import annotations

from bot import clock
from bot.console import meanings
from bot.conversations import handoffs, messages, readings
from bot.conversations.readings import Meaning
from bot.models import Conversation, Message
from tests import builders
from tests.house import dialogue


def path(conversation_id: str, act: str = "") -> str:
    return f"/conversations/{conversation_id}" + (f"/{act}" if act else "")


def said(page) -> list[str]:
    return [entry.text for entry in page.one("ol", id="thread").all("li", class_="entry")]


def read_as(database, conversation_id, intent, confidence, answer=None, guessed=True, understood=True):
    """Their first message was taken to mean this."""
    with database.write() as db:
        first = messages.transcript(db, conversation_id)[0]
        readings.keep(db, first, Meaning(intent, confidence, answer), guessed=guessed, understood=understood)


def also_by_telegram(database, conversation_id, text):
    """The same person writes by Telegram too; the id of that conversation."""
    with database.write() as db:
        person = db.get(Conversation, conversation_id).person
        other = builders.a_conversation(db, person, channel="telegram")
        row = Message(
            conversation_id=other.id, direction="in", author="person", channel="telegram", body=text, status="answered"
        )
        db.add(row)
        return other.id


def test_what_was_understood_stands_under_the_message(signed_in, waiting, database):
    conversation_id = waiting("whits a unit")
    with database.write() as db:
        builders.an_answer_revision(db, topic="alcohol", key="units")
    read_as(database, conversation_id, "ask_alcohol", 0.874, "alcohol/units")
    entry = said(signed_in().get(path(conversation_id)))[0]
    assert "Understood as: they ask about alcohol (What is a unit?). Sure, 87%" in entry


def test_how_sure_it_was_is_told_in_words(signed_in, waiting, database):
    conversation_id = waiting("hmm")
    there = signed_in()
    read_as(database, conversation_id, "ask_drugs", 0.55)
    assert "Fairly sure, 55%" in said(there.get(path(conversation_id)))[0]
    read_as(database, conversation_id, "ask_drugs", 0.31, understood=False)
    assert "Not sure, 31%, so it asked what they meant" in said(there.get(path(conversation_id)))[0]
    read_as(database, conversation_id, "nlu_fallback", 0.3, understood=False)
    assert "Not understood by the assistant" in said(there.get(path(conversation_id)))[0]
    read_as(database, conversation_id, "help", 1.0, guessed=False)
    assert "Picked, not guessed: they want the menu" in said(there.get(path(conversation_id)))[0]


def test_a_message_that_the_assistant_was_not_asked_about_says_nothing_of_it(signed_in, waiting):
    assert "nderstood" not in said(signed_in().get(path(waiting())))[0]


def test_every_intent_has_words():
    assert dialogue.intent_names(dialogue.domain()) == set(meanings.INTENTS)


def test_sms_and_telegram_of_one_person_are_one_story(signed_in, waiting, database, audited):
    conversation_id = waiting("from the phone")
    other_id = also_by_telegram(database, conversation_id, "from the laptop")
    waiting("somebody else entirely")
    there = signed_in()
    page = there.get(path(conversation_id))
    entries = said(page)
    assert "from the phone" in entries[0] and entries[0].startswith("They wrote ")
    assert any("from the laptop" in e and e.startswith("They wrote, by Telegram") for e in entries)
    assert "somebody else entirely" not in page.text
    assert any(a.attributes["href"] == path(other_id) for a in page.one("dl", class_="facts").all("a"))
    views = {(on, details["why"]) for _, _, on, details in audited("conversation.viewed")}
    assert views == {(f"conversation:{conversation_id}", "transcript"), (f"conversation:{other_id}", "story")}


def test_news_of_the_other_channel_comes_to_the_open_page(signed_in, waiting, database):
    conversation_id = waiting()
    there = signed_in()
    last = there.get(path(conversation_id)).one("ol", id="thread").attributes["data-last"]
    also_by_telegram(database, conversation_id, "are you there")
    news = there.http.get(path(conversation_id, f"newer?after={last}")).json
    assert "are you there" in news["html"] and "by Telegram" in news["html"]


def test_somebody_waited_for_on_the_other_channel_is_not_missed(signed_in, waiting, database):
    conversation_id = waiting()
    other_id = also_by_telegram(database, conversation_id, "help")
    with database.write() as db:
        handoffs.open_for(db, db.get(Conversation, other_id), "asked")
    assert "A person is waited for there" in signed_in().get(path(conversation_id)).text


def test_bookings_stand_beside_the_thread(signed_in, waiting, database):
    conversation_id = waiting()
    with database.write() as db:
        person = db.get(Conversation, conversation_id).person
        session = builders.a_session(db, at=clock.now(), title="Walking group", place="Kelvin Hall")
        builders.a_booking(db, person, session, conversation_id=conversation_id)
        gone = builders.a_session(db, at=clock.now(), days=-9, title="Cooking")
        builders.a_booking(db, person, gone, conversation_id=conversation_id)
    aside = signed_in().get(path(conversation_id)).one("div", class_="aside").text
    assert "Walking group" in aside and "Kelvin Hall" in aside and "Booked" in aside
    assert "Cooking" in aside and "No register yet" in aside


def test_what_to_mind_is_read_before_anybody_is_texted(signed_in, waiting, database):
    conversation_id = waiting()
    with database.write() as db:
        db.get(Conversation, conversation_id).person.contact_note = "Somebody else reads this phone."
    assert "Somebody else reads this phone." in signed_in().get(path(conversation_id)).text


def test_why_a_text_did_not_arrive_is_told(signed_in, waiting, database):
    conversation_id = waiting()
    with database.write() as db:
        row = next(m for m in messages.transcript(db, conversation_id) if m.direction == "out")
        row.status, row.error = "failed", "30005"
    assert "Not delivered: there is no such number" in signed_in().get(path(conversation_id)).text


def test_the_page_costs_the_same_however_long_the_thread(signed_in, waiting, database, queries):
    conversation_id = waiting()
    there = signed_in()
    short = queries(lambda: there.get(path(conversation_id)))
    with database.write() as db:
        conversation = db.get(Conversation, conversation_id)
        for number in range(20):
            messages.say(db, conversation, f"reply {number}", choices=[("Menu", "/help")])
    assert queries(lambda: there.get(path(conversation_id))) <= short


def test_a_number_is_told_in_the_words_that_it_picks(signed_in, database):
    with database.write() as db:
        conversation = builders.a_conversation(db)
        asked = receive(db, conversation, "what's on")
        offered = [("Sleep better", "/a"), ("More", "/b")]
        messages.say(db, conversation, "Here is what is on.", reply_to=asked, choices=offered)
        receive(db, conversation, "1 please")
        receive(db, conversation, "7")
        receive(db, conversation, "half 2 then")
        conversation_id = conversation.id
    there = signed_in()
    thread = there.get(f"/conversations/{conversation_id}").one("ol", id="thread")
    assert [p.text for p in thread.all("p", class_="offered") if "That is" in p.text] == ["That is: Sleep better"]
    text = there.http.get(f"/conversations/{conversation_id}/download").get_data(as_text=True)
    assert "1 please\r\n    (that is: Sleep better)" in text and text.count("that is:") == 1


def receive(db, conversation, text: str) -> int:
    """They text; the message's id."""
    address = conversation.address
    found = messages.receive(
        db, channel=address.channel, address=address.address, external_id=f"p{text}", text=text, status="answered"
    )  # fmt: skip
    return found.message_id
