"""Review: readings marked, messages labelled by one and approved by another, and no word that says whose they are."""

from __future__ import annotations

import pytest
import yaml

from bot import scrub
from bot.commands import labels as command
from bot.conversations import labels, messages, readings
from bot.conversations.readings import Meaning
from bot.models import Answer, Conversation, Label
from bot.programme import answers
from tests import builders


@pytest.fixture
def queued(database, waiting):
    """A message that was not understood: the ids of its conversation, itself and its label."""

    def make(text="can ye sort ma heid oot"):
        conversation_id = waiting(text)
        with database.write() as db:
            if db.query(Answer).first() is None:
                builders.an_answer_revision(db, topic="alcohol", key="units")
            message = messages.transcript(db, conversation_id)[0]
            readings.keep(db, message, Meaning("nlu_fallback", 0.3), guessed=True, understood=False)
            return conversation_id, message.id, db.query(Label).filter_by(message_id=message.id).one().id

    return make


def the_label(database, label_id) -> Label:
    with database.read() as db:
        return db.get(Label, label_id)


# --- what is taken out -----------------------------------------------------------------------


@pytest.mark.parametrize("text, left", [
    ("ring me on 07700 900123", "ring me on NUMBER"),
    ("its +44 (0)7700-900-123 ok", "its NUMBER ok"),
    ("jo.bloggs+x@example.co.uk is mine", "EMAIL is mine"),
    ("i stay at 12 Langlands Road g51 4bq", "i stay at ADDRESS POSTCODE"),
    ("my ni is QQ 12 34 56 C", "my ni is NUMBER"),
    ("case CP/123456", "case NUMBER"),
    ("born 3/4/1990", "born DATE"),
    ("ma name is shuggie", "ma name is NAME"),
    ("my pal Shuggie is drinking", "my pal NAME is drinking"),
    ("this is Donna Macpherson here", "this is NAME here"),
    ("Karen and Davie were there, so was Kelly", "NAME and NAME were there, so was NAME"),
    ("see Dr Achebe the morra", "see NAME the morra"),
    ("Is 14 units too much? I had 12 cans", "Is 14 units too much? I had 12 cans"),
    ("What is on in Govan on Tuesday at 2pm", "What is on in Govan on Tuesday at 2pm"),
    ("it's pure murder, this is good", "it's pure murder, this is good"),
])  # fmt: skip
def test_what_says_whose_it_is_is_taken_out_and_the_rest_is_left(text, left):
    assert scrub.scrub(text) == left


def test_the_name_that_staff_know_goes_in_any_letters():
    assert scrub.scrub("tell them kev smith cannae come", ["Kev Smith"]) == "tell them NAME cannae come"


# --- the queue -------------------------------------------------------------------------------


def test_what_was_not_understood_waits_scrubbed_for_a_label(signed_in, queued, database, audited):
    queued("this is Shuggie on 07700 900123, whit noo")
    there = signed_in("worker")
    page = there.get("/labels")
    assert "this is NAME on NUMBER, whit noo" in page.text and "Shuggie" not in there.html
    assert audited("labels.listed")


def test_what_was_understood_does_not(database, waiting):
    conversation_id = waiting("hello")
    with database.write() as db:
        message = messages.transcript(db, conversation_id)[0]
        readings.keep(db, message, Meaning("greet", 0.99), guessed=True, understood=True)
        readings.keep(db, message, Meaning("help", 1.0), guessed=False, understood=False)
        assert db.query(Label).count() == 0


def test_a_label_counts_after_a_second_approval_only(signed_in, queued, database):
    _, _, label_id = queued()
    ann, bob = signed_in(), signed_in("editor", name="Bob Other")
    ann.post(f"/labels/{label_id}", {"do": "label", "text": "sort ma heid", "meaning": "talk_to_person"})
    with database.read() as db:
        assert labels.approved(db) == []
    ann.post(f"/labels/{label_id}", {"do": "approve"}, status=422)
    assert "somebody else has to approve" in ann.page.text
    assert "sort ma heid" in bob.get("/labels").text
    bob.post(f"/labels/{label_id}", {"do": "approve"})
    with database.read() as db:
        assert labels.approved(db) == [("sort ma heid", "talk_to_person")]
    ann.post(f"/labels/{label_id}", {"do": "drop"}, status=422)


def test_whoever_changes_a_label_does_not_approve_it(signed_in, queued, database):
    _, _, label_id = queued()
    ann, bob = signed_in(), signed_in(name="Bob Other")
    ann.post(f"/labels/{label_id}", {"do": "label", "text": "x y", "meaning": "help"})
    bob.post(f"/labels/{label_id}", {"do": "label", "text": "x y", "meaning": "greet"})
    bob.post(f"/labels/{label_id}", {"do": "approve"}, status=422)
    assert the_label(database, label_id).status == "labelled"


@pytest.mark.parametrize(
    "form", [{"text": "x", "meaning": ""}, {"text": "x", "meaning": "<b>"}, {"text": "", "meaning": "help"}]
)
def test_no_meaning_or_no_words_is_no_label(signed_in, queued, database, form):
    _, _, label_id = queued()
    signed_in().post(f"/labels/{label_id}", {"do": "label"} | form, status=422)
    assert the_label(database, label_id).status == "waiting"


def test_what_is_dropped_leaves_no_words(signed_in, queued, database):
    _, _, label_id = queued()
    signed_in().post(f"/labels/{label_id}", {"do": "drop"})
    dropped = the_label(database, label_id)
    assert (dropped.status, dropped.text) == ("dropped", "")


def test_messages_that_say_the_same_are_one_line_with_a_count_and_one_decision(signed_in, queued, database):
    ids = [queued(text)[2] for text in ("whit noo", "Whit  noo", "whit noo", "how many pints is it")]
    ann, bob = signed_in(), signed_in("editor", name="Bob Other")
    lines = [line.text for line in ann.get("/labels").all("ul")[-1].all("li")]
    assert len(lines) == 2 and "Written 3 times" in lines[0] and "Written" not in lines[1]
    assert "Written 3 times. What you decide is for all of them." in ann.get(f"/labels/{ids[1]}").text
    ann.post(f"/labels/{ids[1]}", {"do": "label", "text": "whit noo", "meaning": "help"})
    assert "The same for 2 more in the same words" in ann.get("/labels").text and "whit noo" not in ann.page.text
    assert "Written 3 times" in bob.get("/labels").text
    bob.post(f"/labels/{ids[0]}", {"do": "approve"})
    assert [the_label(database, one).status for one in ids] == ["approved"] * 3 + ["waiting"]


def test_what_is_dropped_takes_those_that_say_the_same_with_it(signed_in, queued, database):
    ids = [queued(text)[2] for text in ("whit noo", "whit noo", "whit")]
    signed_in().post(f"/labels/{ids[0]}", {"do": "drop"})
    assert [the_label(database, one).status for one in ids] == ["dropped", "dropped", "waiting"]
    signed_in("editor", name="Bob Other").get(f"/labels/{ids[0]}")
    assert [the_label(database, one).text for one in ids] == ["", "", "whit"]


def test_the_second_yes_leaves_out_what_one_labelled_oneself(signed_in, queued, database):
    (*_, anns), (*_, bobs) = queued("whit noo"), queued("whit noo, pal")
    ann, bob = signed_in(), signed_in("editor", name="Bob Other")
    ann.post(f"/labels/{anns}", {"do": "label", "text": "whit noo", "meaning": "help"})
    bob.post(f"/labels/{bobs}", {"do": "label", "text": "whit noo", "meaning": "help"})
    bob.post(f"/labels/{anns}", {"do": "approve"})
    assert [the_label(database, one).status for one in (anns, bobs)] == ["approved", "labelled"]


def test_what_was_typed_is_kept_when_no_meaning_was_chosen(signed_in, queued):
    _, _, label_id = queued("ma sister Senga says i need help")
    there = signed_in("worker")
    there.post(f"/labels/{label_id}", {"do": "label", "text": "my sister says i need help", "meaning": ""}, status=422)
    assert there.page.one("textarea").text.strip() == "my sister says i need help"
    assert "Choose what it means" in there.html


# --- marking in the thread -------------------------------------------------------------------


def test_a_reading_is_marked_wrong_with_what_it_means(signed_in, queued, database):
    conversation_id, message_id, label_id = queued("how many pints is it")
    there = signed_in()
    link = f"/conversations/{conversation_id}/messages/{message_id}"
    thread = there.get(f"/conversations/{conversation_id}").one("ol", id="thread")
    assert link in [a.attributes["href"] for a in thread.all("a")]
    there.get(link)
    there.post(link, {"do": "wrong", "meaning": "alcohol/units"})
    found = the_label(database, label_id)
    assert (found.right, found.meaning, found.labelled_by) == (False, "alcohol/units", there.staff.id)


def test_a_reading_is_marked_right(signed_in, waiting, database):
    conversation_id = waiting("whits a unit")
    with database.write() as db:
        builders.an_answer_revision(db, topic="alcohol", key="units")
        message_id = messages.transcript(db, conversation_id)[0].id
        message = messages.transcript(db, conversation_id)[0]
        readings.keep(db, message, Meaning("ask_alcohol", 0.9, "alcohol/units"), guessed=True, understood=True)
    signed_in().post(f"/conversations/{conversation_id}/messages/{message_id}", {"do": "right"})
    with database.read() as db:
        found = db.query(Label).one()
        assert (found.right, found.meaning) == (True, "alcohol/units")


def test_a_message_of_another_conversation_is_not_there(signed_in, queued, waiting):
    _, message_id, _ = queued()
    signed_in().get(f"/conversations/{waiting()}/messages/{message_id}", status=404)


# --- marking a reply of the assistant --------------------------------------------------------


@pytest.fixture
def replied(database, waiting):
    """A message that was read and the reply to it: the ids of the conversation, the message and the reply."""

    def make(text="this is Shuggie, whits a unit", sure=True):
        conversation_id = waiting(text)
        with database.write() as db:
            builders.an_answer_revision(db, topic="alcohol", key="units")
            message, reply, *_ = messages.transcript(db, conversation_id)
            readings.keep(db, message, Meaning("ask_alcohol", 0.9, "alcohol/units"), guessed=sure, understood=True)
            return conversation_id, message.id, reply.id

    return make


def test_a_reply_is_marked_wrong_with_what_should_have_been_said(signed_in, replied, database):
    conversation_id, message_id, reply_id = replied()
    there, link = signed_in(), f"/conversations/{conversation_id}/messages/{reply_id}"
    entry = there.get(f"/conversations/{conversation_id}").one("li", id=f"m{reply_id}")
    assert link in [a.attributes["href"] for a in entry.all("a")]
    page = there.get(link)
    assert "whits a unit" in page.text and "A worker will read this." in page.text
    there.post(link, {"do": "wrong", "meaning": ""}, status=422)
    there.post(link, {"do": "wrong", "meaning": "talk_to_person"})
    with database.read() as db:
        (found,) = db.query(Label).all()
        assert (found.message_id, found.right, found.meaning) == (message_id, False, "talk_to_person")
        assert found.text == "this is NAME, whits a unit"
        assert labels.approved(db) == []
    entry = there.get(f"/conversations/{conversation_id}").one("li", id=f"m{reply_id}")
    assert "Marked wrong, waits for a second yes" in entry.text
    bob = signed_in("editor", name="Bob Other")
    assert "The assistant got it wrong" in bob.get("/labels").text
    assert "the assistant got it wrong" in bob.get(f"/labels/{found.id}").text
    bob.post(f"/labels/{found.id}", {"do": "approve"})
    assert "That is approved" in there.get(link).text and not there.page.one("main").all("select")
    there.post(link, {"do": "right"}, status=422)


def test_a_reply_is_marked_right_and_the_message_is_learnt_from_once(signed_in, replied, database):
    conversation_id, message_id, reply_id = replied()
    there = signed_in()
    for id_ in (reply_id, message_id):  # by its reply, then by what it was taken to mean: the same label
        there.post(f"/conversations/{conversation_id}/messages/{id_}", {"do": "right"})
    with database.read() as db:
        (found,) = db.query(Label).all()
        assert (found.right, found.meaning) == (True, "alcohol/units")


def test_where_nothing_was_guessed_nothing_is_to_be_learnt(signed_in, replied, database):
    conversation_id, _, reply_id = replied(sure=False)
    there, link = signed_in(), f"/conversations/{conversation_id}/messages/{reply_id}"
    entry = there.get(f"/conversations/{conversation_id}").one("li", id=f"m{reply_id}")
    assert link not in [a.attributes["href"] for a in entry.all("a")]
    assert "nothing to learn" in there.get(link).text
    there.post(link, {"do": "wrong", "meaning": "help"}, status=422)
    with database.read() as db:
        assert db.query(Label).count() == 0


def test_what_a_worker_or_a_notice_said_is_not_marked(signed_in, waiting, database):
    conversation_id, there = waiting(), signed_in()
    there.post(f"/conversations/{conversation_id}/take")
    there.post(f"/conversations/{conversation_id}/reply", {"text": "I am Ann."})
    with database.read() as db:
        said = [m.id for m in messages.transcript(db, conversation_id) if m.author in ("staff", "system")]
    assert len(said) >= 3
    for id_ in said:
        there.get(f"/conversations/{conversation_id}/messages/{id_}", status=404)


# --- what comes of it ------------------------------------------------------------------------


def test_questions_without_an_answer_are_listed(signed_in, queued, waiting, database):
    queued("dis it hurt")
    conversation_id = waiting("whits a unit")
    with database.write() as db:
        message = messages.transcript(db, conversation_id)[0]
        readings.keep(db, message, Meaning("ask_alcohol", 0.9, "alcohol/units"), guessed=True, understood=True)
        revision = builders.an_answer_revision(db, topic="alcohol", key="units", revision=2)
    there = signed_in("editor")
    assert "whits a unit" in there.get("/unanswered").text and "dis it hurt" in there.page.text
    with database.write() as db:
        conversation = db.get(Conversation, conversation_id)
        answers.show(db, conversation.id, revision, part="text", asked_by=message.id)
    assert "whits a unit" not in there.get("/unanswered").text


def test_what_is_exported_is_training_data():
    plain, asks = command.parts([
        ("say [that] again", "repeat"), ("whit", "repeat"), ('how many "pints"', "alcohol/units"),
    ])  # fmt: skip
    tree = yaml.safe_load(plain)
    assert tree["nlu"] == [{"intent": "repeat", "examples": "- say (that) again\n- whit\n"}]
    assert yaml.safe_load(asks) == ['how many "pints"'] and asks.startswith("# alcohol/units")
    assert command.parts([]) == ("", "")
