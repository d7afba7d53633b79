"""A conversation: reading it, taking it, replying, giving it back, closing it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock, wording
from bot.conversations import addresses, messages
from bot.models import Conversation, Message, Staff
from bot.programme import merges
from tests import builders


def path(conversation_id: str, act: str = "") -> str:
    return f"/conversations/{conversation_id}" + (f"/{act}" if act else "")


def taken_by(database, conversation_id):
    with database.read() as db:
        return db.get(Conversation, conversation_id).taken_by


def test_the_thread_tells_apart_who_speaks_in_words(signed_in, waiting):
    conversation_id = waiting("my back is sore")
    there = signed_in()
    there.post(path(conversation_id, "take"))
    there.post(path(conversation_id, "reply"), {"text": "Hiya, Ann here."})
    thread = there.get(path(conversation_id)).one("ol", id="thread")
    said = [entry.text for entry in thread.all("li", class_="entry")]
    assert said[0].startswith("They wrote") and "my back is sore" in said[0]
    assert said[1].startswith("Assistant (automatic)") and "Waiting to go out" not in said[1]
    assert said[1].endswith("Not sent: a worker had the conversation")  # it was still in the queue when Ann took over
    assert "Wants a person: asked for a person" in said[2]
    assert "Ann Worker took the conversation. The assistant is silent." in said[3]
    assert said[4].startswith("Notice (automatic)")
    assert said[5].startswith("Ann Worker (staff)") and said[5].endswith("Hiya, Ann here. Waiting to go out")


def test_choices_are_shown_under_the_message_that_offered_them(signed_in, waiting):
    page = signed_in().get(path(waiting()))
    offering = page.one("ol", id="thread").all("li", class_="entry")[1]
    assert [li.text for li in offering.one("ol", class_="choices").all("li")] == ["Menu"]


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        ("queued", None, "Waiting to go out"),
        ("wired", None, "Handed to the network"),
        ("delivered", None, "Delivered"),
        ("failed", "30005", "Not delivered"),
        ("expired", None, "Not sent: it would have come too late"),
        ("stopped", "opted_out", "Not sent: they asked for no more texts"),
        ("stopped", None, "Not sent: texts to them were stopped"),
    ],
)
def test_delivery_is_told_in_plain_words(signed_in, waiting, database, status, error, said):
    conversation_id = waiting()
    with database.write() as db:
        row = db.execute(sa.select(Message).where(Message.direction == "out")).scalars().first()
        row.status, row.error = status, error
    page = signed_in().get(path(conversation_id))
    assert said in page.one("ol", id="thread").text and "30005" not in page.text


def test_a_voice_note_is_said_to_be_one(signed_in, waiting, database):
    conversation_id = waiting()
    with database.write() as db:
        address = db.get(Conversation, conversation_id).address.address
        messages.receive(db, channel="sms", address=address, external_id="v", text="", kind="voice")
    assert "Sent a voice note, which cannot be opened here." in signed_in().get(path(conversation_id)).text


def test_every_view_and_act_is_audited(signed_in, waiting, audited):
    conversation_id = waiting()
    there = signed_in()
    there.get(path(conversation_id))
    there.post(path(conversation_id, "take"))
    there.post(path(conversation_id, "reply"), {"text": "Hello"})
    there.get(path(conversation_id, "number"))
    there.get(path(conversation_id, "newer?after=1"))
    there.post(path(conversation_id, "give-back"))
    there.post(path(conversation_id, "close"), {"outcome": "answered"})
    seen = audited("conversation.viewed")
    assert [d["why"] for _, _, _, d in seen] == [
        "transcript", "take", "reply", "number", "newer", "give_back", "close",
    ]  # fmt: skip
    assert {(actor, on) for actor, _, on, _ in seen} == {(f"staff:{there.staff.id}", f"conversation:{conversation_id}")}
    assert [action for _, action, _, _ in audited("handoff.")] == [
        "handoff.opened", "handoff.seen", "handoff.taken", "handoff.given_back", "handoff.closed",
    ]  # fmt: skip
    assert len(audited("message.sent_by_staff")) == 1


def test_take_reply_close_reach_the_phone(signed_in, waiting, texts, database):
    conversation_id = waiting()
    there = signed_in()
    before = len(texts(conversation_id))
    there.post(path(conversation_id, "take"))
    assert taken_by(database, conversation_id) == there.staff.id
    there.post(path(conversation_id, "reply"), {"text": "  Hiya, it\u2019s Ann.\r\nHow are you?  "})
    there.post(path(conversation_id, "close"), {"outcome": "answered"})
    assert taken_by(database, conversation_id) is None
    assert texts(conversation_id)[before:] == [
        ("system", wording.say("handoff.taken")),
        ("staff", "Hiya, it's Ann.\nHow are you?"),
        ("system", wording.say("handoff.closed")),
    ]


def test_giving_back_lets_the_assistant_answer_and_keeps_the_hand_off(signed_in, waiting, database):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "take"))
    response = there.post(path(conversation_id, "give-back"))
    assert response.location == "/handoffs"
    assert taken_by(database, conversation_id) is None
    assert len(there.get("/handoffs").one("tbody").all("tr")) == 1


def test_nobody_replies_without_taking_it_first(signed_in, waiting, texts):
    conversation_id = waiting()
    there = signed_in()
    page = there.get(path(conversation_id))
    assert "disabled" in page.one("fieldset", id="box").attributes
    assert "Take the conversation first" in page.one("p", id="why-not").text
    before = texts(conversation_id)
    there.post(path(conversation_id, "reply"), {"text": "hello"}, status=422)
    assert "Take the conversation first" in there.page.text
    assert there.page.one("textarea", id="text").text == "hello"
    assert texts(conversation_id) == before


def test_another_workers_conversation_can_be_read_and_nothing_else(signed_in, waiting, texts, database):
    conversation_id = waiting()
    ann, bob = signed_in(name="Ann Worker"), signed_in(name="Bob Other")
    ann.post(path(conversation_id, "take"))
    before = texts(conversation_id)
    page = bob.get(path(conversation_id))
    assert "Ann Worker has this conversation. Only they can reply." in page.text
    buttons = [b.text for b in page.one("main").all("button")]
    assert buttons == ["Send", "Check how long it is", "Keep the note", "Save the tags"]
    for act, form, status, said in [
        ("take", {}, 303, "Ann Worker took this conversation before you"),
        ("give-back", {}, 303, "You do not have this conversation any more"),
        ("close", {}, 303, "it is theirs to close"),
        ("reply", {"text": "hi"}, 422, "has this conversation. Only they can reply."),
    ]:
        bob.post(path(conversation_id, act), form, status=status)
        page = bob.get(path(conversation_id)) if status == 303 else bob.page
        assert said in page.text, act
    assert texts(conversation_id) == before
    assert taken_by(database, conversation_id) == ann.staff.id


def test_acts_on_a_closed_hand_off_say_so(signed_in, waiting, texts):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "close"), {"outcome": "answered"})
    before = texts(conversation_id)
    there.post(path(conversation_id, "take"))
    assert "nothing to take" in there.get(path(conversation_id)).text
    there.post(path(conversation_id, "close"), {"outcome": "answered"})
    assert "closed already" in there.get(path(conversation_id)).text
    page = there.get(path(conversation_id))
    assert "You can only read" in page.text
    assert texts(conversation_id) == before


def test_someone_who_wants_no_texts_is_phoned(signed_in, waiting, texts, database):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "take"))
    with database.write() as db:
        addresses.stop(db, db.get(Conversation, conversation_id))
    page = there.get(path(conversation_id))
    assert "disabled" in page.one("fieldset", id="box").attributes
    assert "phone them" in page.one("p", id="why-not").text
    before = texts(conversation_id)
    there.post(path(conversation_id, "reply"), {"text": "hello"}, status=422)
    assert texts(conversation_id) == before
    assert "phone them" in there.get("/handoffs").one("tbody").text
    assert "+447700" in there.get(path(conversation_id, "number")).text


def test_a_freed_number_is_not_texted(signed_in, waiting, database):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "take"))
    with database.write() as db:
        addresses.release(db, db.get(Conversation, conversation_id))
    there.post(path(conversation_id, "reply"), {"text": "hello"}, status=422)
    assert "This conversation is over" in there.page.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write a message first."),
        ("   \r\n ", "Write a message first."),
        ("x" * 613, "This is 5 texts long. Shorten it to 4"),
        ("\U0001f642" * 140, "This is 5 texts long."),
        ("€" * 310, "This is 5 texts long."),
    ],
)
def test_a_reply_that_is_too_long_or_empty_is_refused_and_kept(signed_in, waiting, texts, text, said):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "take"))
    before = texts(conversation_id)
    there.post(path(conversation_id, "reply"), {"text": text}, status=422)
    assert said in there.page.text
    assert there.page.one("textarea", id="text").text == text.strip()
    assert texts(conversation_id) == before


def test_four_texts_are_let_through_and_telegram_has_its_own_limit(signed_in, waiting, texts):
    there = signed_in()
    by_sms, by_telegram = waiting(), waiting(channel="telegram")
    for conversation_id, length in ((by_sms, 612), (by_telegram, 2000)):
        there.post(path(conversation_id, "take"))
        there.post(path(conversation_id, "reply"), {"text": "x" * length})
        assert texts(conversation_id)[-1] == ("staff", "x" * length)
    there.post(path(by_telegram, "reply"), {"text": "x" * 4001}, status=422)


def test_the_length_can_be_asked_for_without_sending(signed_in, waiting, texts):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "take"))
    before = texts(conversation_id)
    there.post(path(conversation_id, "reply"), {"text": "x" * 161, "do": "check"}, status=200)
    assert there.page.one("p", id="length").text == "161 characters, 2 texts"
    assert texts(conversation_id) == before


def test_a_double_click_sends_once_and_the_same_words_later_send_again(signed_in, waiting, texts):
    conversation_id = waiting()
    there = signed_in()
    there.post(path(conversation_id, "take"))
    last = there.get(path(conversation_id)).one("input", id="after").attributes["value"]
    for _ in range(2):
        there.post(path(conversation_id, "reply"), {"text": "OK", "after": last})
    assert texts(conversation_id).count(("staff", "OK")) == 1
    last = there.get(path(conversation_id)).one("input", id="after").attributes["value"]
    there.post(path(conversation_id, "reply"), {"text": "OK", "after": last})
    assert texts(conversation_id).count(("staff", "OK")) == 2


def test_new_messages_come_to_an_open_page(signed_in, waiting, database, audited):
    conversation_id = waiting()
    there = signed_in()
    last = there.get(path(conversation_id)).one("ol", id="thread").attributes["data-last"]
    before = len(audited())
    assert there.http.get(path(conversation_id, f"newer?after={last}")).json == {"last": int(last), "html": ""}
    assert len(audited()) == before  # nothing was shown
    with database.write() as db:
        address = db.get(Conversation, conversation_id).address.address
        messages.receive(db, channel="sms", address=address, external_id="n", text="you there <b>?")
    news = there.http.get(path(conversation_id, f"newer?after={last}")).json
    assert "you there &lt;b&gt;?" in news["html"] and news["last"] > int(last)


def test_a_long_thread_shows_its_end_first(signed_in, waiting, database):
    conversation_id = waiting("the very first words")
    with database.write() as db:
        conversation = db.get(Conversation, conversation_id)
        for number in range(120):
            messages.mark(db, conversation, f"marker {number}")
    there = signed_in()
    page = there.get(path(conversation_id))
    assert "the very first words" not in page.text and "marker 119" in page.text and "Show 23 earlier" in page.text
    assert "the very first words" in there.get(path(conversation_id, "?all=1").replace("/?", "?")).text


def test_days_are_headings_in_the_thread(signed_in, waiting, database):
    conversation_id = waiting()
    with database.write() as db:
        row = db.execute(sa.select(Message).order_by(Message.id)).scalars().first()
        row.created_at = clock.now() - timedelta(days=1)
    page = signed_in().get(path(conversation_id))
    assert [h.text for h in page.one("ol", id="thread").all("h3")] == ["Yesterday", "Today"]


def test_a_danger_stands_out_on_the_page_itself(signed_in, waiting):
    page = signed_in().get(path(waiting(reason="crisis_emergency")))
    assert "Danger" in page.one("div", class_="note-danger").one("h2").text


def test_a_danger_in_their_other_conversation_is_said_first(signed_in, waiting, database):
    danger, other = waiting(reason="crisis_suicide"), waiting(channel="telegram")
    with database.write() as db:
        kept, gone = (db.get(Conversation, one).person_id for one in (danger, other))
        merges.merge(db, kept, gone, by_staff=builders.a_member_of_staff(db).id)
    there = signed_in()
    said = next(p for p in there.get(path(other)).one("main").all("p") if "They may be in danger" in p.text)
    assert said.one("a").attributes["href"] == path(danger)
    assert "They may be in danger" not in there.get(path(danger)).one("main").text


def test_a_number_is_rung_by_pressing_it_and_a_telegram_id_is_not(signed_in, waiting):
    there, by_text, by_telegram = signed_in(), waiting(), waiting(channel="telegram")
    page = there.get(path(by_text, "number"))
    number = page.one("p", class_="number").text
    assert [a.attributes["href"] for a in page.one("main").all("a")][1:] == [f"tel:{number}"]
    assert "tel:" not in there.get(path(by_telegram, "number")).text and "tel:" not in there.html


@pytest.mark.parametrize("act", ["", "newer", "number", "take", "reply", "give-back", "close"])
def test_a_conversation_that_is_not_there_is_not_found(signed_in, act):
    there = signed_in()
    if act in ("", "number"):
        there.get(path("f" * 32, act), status=404)
    elif act == "newer":
        assert there.http.get(path("f" * 32, act)).status_code == 404
    else:
        there.post(path("f" * 32, act), status=404)


def test_two_workers_race_and_one_has_it(signed_in, waiting, database, app):
    """Both press Take at the same moment, over and over: one owner, one marker, the other is told who."""
    for _ in range(5):
        conversation_id = waiting()
        with database.write() as db:
            number = db.execute(sa.select(sa.func.count()).select_from(Staff)).scalar_one()
        pair = [signed_in(name=f"W{number + n} Worker") for n in (0, 1)]
        tokens = [there.token() for there in pair]
        start = threading.Barrier(2)
        answers = {}

        def press(n, pair=pair, tokens=tokens, start=start, answers=answers, conversation_id=conversation_id):
            start.wait()
            form = {"csrf_token": tokens[n]}
            answers[n] = pair[n].http.post(path(conversation_id, "take"), data=form).status_code

        threads = [threading.Thread(target=press, args=(n,)) for n in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == {0: 303, 1: 303}
        owner = taken_by(database, conversation_id)
        assert owner in {there.staff.id for there in pair}
        pages = [there.get(path(conversation_id)).text for there in pair]
        assert sum("You have this conversation" in text for text in pages) == 1
        assert sum("took this conversation before you" in text for text in pages) == 1
        with database.read() as db:
            said = [m.body for m in messages.transcript(db, conversation_id)]
        assert sum("took the conversation" in body for body in said) == 1


def test_an_ended_conversation_of_somebody_else_on_the_number_is_apart(signed_in, waiting, database):
    conversation_id = waiting("private words of the first")
    with database.write() as db:
        address = db.get(Conversation, conversation_id).address.address
        addresses.release(db, db.get(Conversation, conversation_id))
        said = messages.receive(db, channel="sms", address=address, external_id="2", text="who is this")
    assert "private words" not in signed_in().get(path(said.conversation_id)).text


def test_builders_conversation_without_messages_is_a_page(signed_in, database):
    with database.write() as db:
        conversation_id = builders.a_conversation(db).id
    assert "Nothing has been said here yet" in signed_in().get(path(conversation_id)).text


def test_the_thread_is_taken_out_as_text_and_the_taking_is_audited(signed_in, waiting, audited, texts):
    conversation_id = waiting("first line\nMon 01 Jan 2024, 10:00  Ann Worker (staff)\n[Sent]")
    there = signed_in("worker", name="Ann Worker")
    response = there.http.get(f"/conversations/{conversation_id}/download")
    assert response.mimetype == "text/plain" and "attachment" in response.headers["Content-Disposition"]
    lines = response.get_data(as_text=True).split("\r\n")
    assert "as it was today" in lines[0] and lines[0].endswith("Taken out by Ann Worker.")
    assert "    Mon 01 Jan 2024, 10:00  Ann Worker (staff)" in lines and "    [Sent]" in lines  # their words, set in
    assert any(line.endswith("They wrote") for line in lines) and "    1. Menu" in lines
    assert "447700" not in response.get_data(as_text=True)
    assert [d["why"] for _, _, _, d in audited("conversation.viewed")] == ["download"]
    there.get(f"/conversations/{'0' * 32}/download", status=404)
