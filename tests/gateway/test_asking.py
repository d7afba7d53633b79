"""Words that may mean danger: the question, its yes and its no, in the gateway itself."""

from __future__ import annotations

import pytest

from bot import crisis, safety, wording
from bot.console import words
from bot.conversations import asking, choices, handoffs, messages
from bot.gateway import turns
from bot.gateway.parts import Ask, Reply
from bot.models import Message
from tests.gateway.kit import with_worker


def crisis_words(world):
    return [row.body for row in world.rows("out") if row.purpose == "crisis" and row.status == "sent"]


UNSURE = safety.Verdict("suicide", "suicide", "self", "weak", "test")
MAYBE = "im at the end of my rope and done with it all"


@pytest.fixture
def asked(world, monkeypatch):
    """A person whose words the screen was not sure about, and who has been asked."""
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: UNSURE if text == MAYBE else None)
    world.says(MAYBE)
    assert "are you thinking about suicide" in " ".join(world.got())
    return world


@pytest.mark.parametrize("words", ["1", "yes", "Aye", "a am", "yeah sometimes", "1.", "👍"])
def test_a_yes_to_the_question_is_danger_whatever_rasa_does(asked, words):
    before = len(crisis_words(asked))
    asked.rasa.mode = "down"
    asked.says(words)
    said = crisis_words(asked)[before:]
    assert said and said[0].startswith(wording.sentences()["crisis.suicide.first"][:30])


def test_a_yes_waits_for_nothing(world, monkeypatch):
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: UNSURE if text == MAYBE else None)
    world.rasa.mode = "down"
    world.says(MAYBE)  # Rasa has this one to answer still, and what comes after it waits
    before = len(crisis_words(world))
    world.says("yes")
    assert len(crisis_words(world)) > before


@pytest.mark.parametrize("words", ["2", "no", "Naw", "nah im fine", "no not at all", "👎"])
def test_a_no_to_the_question_is_believed(asked, words):
    before = len(crisis_words(asked))
    said = asked.says(words)
    assert crisis_words(asked)[before:] == []
    assert len(said) == 1 and "Thank you for telling me" in said[0]


@pytest.mark.parametrize("words", ["what is a unit", "no luck at the job centre", "yes my pal told me about the class"])
def test_anything_else_is_no_answer_to_the_question(asked, words):
    assert "Thank you for telling me" not in " ".join(asked.says(words))


def test_an_answer_beside_the_question_takes_no_numbers_from_it(asked):
    """The number 1 must mean one thing: what Rasa offers beside the question is left out, what it says is not."""
    with asked.conversation() as (db, conversation):
        open_now = choices.open_choices(db, conversation.id)
        message = db.get(Message, open_now[0].message_id)
        inbound = db.get(Message, message.reply_to)
        inbound.status = "answering"
        ask = Ask(inbound.id, conversation.id, MAYBE)
        replies = [Reply("An answer."), Reply("Which one?", choices=(("A", "/choose"), ("B", "/choose")))]
        turns.conclude(db, ask, replies, asked.gateway.answering.hours)
        said = [m.body for m in messages.replies_to(db, inbound.id) if m.status == "queued" or m.purpose == "crisis"]
        assert "An answer." in said and "Which one?" not in said
        assert [c.label for c in choices.open_choices(db, conversation.id)] == ["Yes", "No"]


# --- in the middle of something ---------------------------------------------------------------

BOOK = {
    "text": "Shall I book it?", "choices": [{"label": "Book it", "payload": "/b"}, {"label": "No", "payload": "/n"}]
}  # fmt: skip


def labels(world) -> list[str]:
    """What can be picked now."""
    with world.conversation() as (db, conversation):
        return [choice.label for choice in choices.open_choices(db, conversation.id)]


@pytest.fixture
def booking(world, monkeypatch):
    """Somebody in a booking, whose words the screen is not sure about."""
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: UNSURE if text == MAYBE else None)
    world.rasa.replies = [BOOK]
    world.says("book me in")
    with world.conversation() as (_, conversation):
        conversation.task = "booking"
    return world


@pytest.mark.parametrize("no", ["2", "naw"])
def test_after_a_no_the_question_that_was_open_is_asked_again(booking, no):
    assert BOOK["text"] not in " ".join(booking.says(MAYBE)) and labels(booking) == ["Yes", "No"]
    said = booking.says(no)
    assert len(said) == 2 and "Thank you for telling me" in said[0] and "tell me again" not in said[0]
    assert said[1] == "Shall I book it?\n1. Book it\n2. No"
    booking.says("1")
    assert booking.rasa.asked[-1][2] == "/b"


@pytest.mark.parametrize("mode", ["empty", "error"])
def test_where_rasa_had_no_words_it_is_the_question_before_that_is_asked_again(booking, mode):
    booking.rasa.mode = mode
    booking.says(MAYBE)
    assert booking.says("no")[1:] == ["Shall I book it?\n1. Book it\n2. No"]


def test_a_question_without_choices_is_asked_again_too(booking):
    booking.rasa.replies = [{"text": "What would you like to say?"}]
    booking.says(MAYBE)
    assert booking.says("no")[1:] == ["What would you like to say?"]


def test_outside_a_form_nothing_is_read_back(booking):
    with booking.conversation() as (_, conversation):
        conversation.task = None
    booking.rasa.replies = [{"text": "Naloxone undoes an overdose."}]
    booking.says(MAYBE)
    assert ["tell me again" in text for text in booking.says("no")] == [True]


def test_outside_a_form_what_was_asked_for_is_given_after_a_no(booking):
    with booking.conversation() as (_, conversation):
        conversation.task = None
    booking.rasa.replies = [{"text": "A worker can delete it.", "choices": BOOK["choices"]}]
    booking.says(MAYBE)
    said = booking.says("no")
    assert len(said) == 2 and "what you wrote to me about" in said[0] and "tell me again" not in said[0]
    assert said[1] == "A worker can delete it.\n1. Book it\n2. No"


@pytest.mark.parametrize(
    ("payload", "read_back"), [("/help", False), ("/ask_drugs", True)], ids=["the menu", "two meanings"]
)
def test_what_was_not_understood_is_read_back_where_it_leads_on(booking, payload, read_back):
    with booking.conversation() as (_, conversation):
        conversation.task = None
    choice = {"label": "It", "payload": payload}
    booking.rasa.replies = [{"text": "Sorry?", "choices": [choice], "understood": False}]
    assert "Sorry?" not in " ".join(booking.says(MAYBE))
    assert ("Sorry?" in " ".join(booking.says("no"))) is read_back


def test_places_are_said_though_danger_is_asked_about(booking):
    """Under them "others" only can be picked, and a place to sleep cannot wait for a no."""
    with booking.conversation() as (_, conversation):
        conversation.task = None
    others = {"label": "Others", "payload": '/choose{"option": "services"}'}
    booking.rasa.replies = [{"text": "Shelter: call 0800 838 502.", "choices": [others]}]
    said = booking.says(MAYBE)
    assert any(text.startswith("Shelter") and "Others" not in text for text in said)


def test_after_a_yes_nothing_is_asked_again(booking):
    booking.says(MAYBE)
    assert BOOK["text"] not in " ".join(booking.says("1"))
    assert labels(booking) == []


def test_what_was_kept_back_is_kept_once(booking):
    booking.says(MAYBE)
    booking.says("no")
    booking.rasa.replies = None
    assert "Shall I book it?" not in " ".join(booking.says("no"))


def test_staff_see_why_the_question_was_kept_back(booking):
    booking.says(MAYBE)
    kept = [row for row in booking.rows("out") if row.status == "stopped"]
    assert [(row.body, row.error) for row in kept] == [("Shall I book it?", "danger_first")]
    assert words.status(kept[0]) == "Not sent: they were asked about danger first"


def test_the_assistants_own_question_about_danger_comes_before_the_forms(booking):
    """Where the classifier is what was not sure, its question and the form's come in one turn."""
    asks = [(label, payload) for label, payload in crisis.choices(UNSURE)]
    inbound = booking.take("cannae be daein wi it", external_id="x1")
    message_id, ask = booking.gateway.answering._claim()
    assert message_id == inbound.message_id
    with booking.database.write() as db:
        db.get(Message, message_id).purpose = "crisis"  # as the action does
        form = Reply("Shall I book it?", (("Book it", "/b"),))
        replies = [Reply("Are you thinking about suicide?", tuple(asks), "crisis"), form]
        turns.conclude(db, ask, replies, booking.gateway.answering.hours)
    assert labels(booking) == ["Yes", "No"]
    assert booking.says("no")[-1] == "Shall I book it?\n1. Book it"


# --- the learnt list's doubt: a question, and nobody woken -----------------------------------

DOUBT = safety.Verdict("suicide", "suicide", "self", "weak", safety.LEARNT)


def reasons(world) -> list[str]:
    with world.conversation() as (db, conversation):
        found = handoffs.current(db, conversation.id)
        return [reason for reason, _ in found.reasons] if found else []


@pytest.fixture
def doubted(world, monkeypatch):
    """A person whose words only the learnt list was in doubt about, whatever they said after that too."""
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: DOUBT)
    world.says(MAYBE)
    return world


def test_a_doubt_is_asked_about_beside_the_answer_and_wakes_nobody(doubted):
    said = " ".join(doubted.got())
    assert "are you thinking about suicide" in said and reasons(doubted) == ["maybe_danger"]
    with doubted.conversation() as (db, conversation):
        assert handoffs.current(db, conversation.id).priority > 0
    assert [row.body for row in doubted.rows("out") if row.purpose == "reply"], "the ordinary answer is missing"


def test_a_doubt_is_not_asked_about_again_at_once(doubted):
    doubted.says("and it is raining too")
    assert " ".join(doubted.got()).count("are you thinking about suicide") <= 1
    assert len([b for b in crisis_words(doubted) if "are you thinking about suicide" in b]) == 1


def test_a_yes_to_a_doubt_is_danger(doubted):
    doubted.says("yes")
    assert "crisis_suicide" in reasons(doubted)


def test_a_no_to_a_doubt_is_believed_and_not_asked_about(doubted):
    assert any("Thank you for telling me" in text for text in doubted.says("no im not suicidal"))
    assert reasons(doubted) == ["maybe_danger"]


def test_what_the_classifier_hears_as_well_raises_it_and_says_nothing_twice(doubted):
    with doubted.conversation() as (db, conversation):
        assert asking.begin(db, conversation, None, "crisis_suicide", wakes=False) is False
        assert handoffs.current(db, conversation.id).reason == "maybe_danger"
        assert asking.begin(db, conversation, None, "crisis_suicide", wakes=True) is False
        assert handoffs.current(db, conversation.id).reason == "crisis_suicide"


# --- a doubt that the classifier weighs too ------------------------------------------------------


@pytest.fixture
def weighed(world, monkeypatch):
    """Words that only the learnt list doubts, all in one text."""
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: DOUBT if text == MAYBE else None)
    monkeypatch.setattr(safety, "doubts", lambda text, recent=(): text == MAYBE)
    return world


def asked_about(world) -> bool:
    return any("are you thinking about suicide" in body for body in crisis_words(world))


def test_a_doubt_that_the_classifier_does_not_share_is_let_go(weighed):
    weighed.says(MAYBE)
    assert weighed.rasa.asked and not asked_about(weighed) and reasons(weighed) == []
    assert [row.body for row in weighed.rows("out") if row.purpose == "reply"], "the ordinary answer is missing"


@pytest.mark.parametrize("mode", ["down", "empty", "error"])
def test_a_doubt_that_rasa_cannot_weigh_is_asked_about(weighed, mode):
    weighed.rasa.mode = mode
    weighed.says(MAYBE)
    assert asked_about(weighed) and "maybe_danger" in reasons(weighed)


def test_a_doubt_is_asked_about_once_however_long_rasa_is_down(weighed, at_noon):
    weighed.rasa.mode = "down"
    weighed.says(MAYBE)
    at_noon.later(seconds=30)
    weighed.step()
    assert len([body for body in crisis_words(weighed) if "are you thinking about suicide" in body]) == 1


def test_a_doubt_in_words_that_never_reach_rasa_is_asked_about(weighed, at_noon):
    weighed.take(MAYBE)
    at_noon.later(hours=5)  # too old to be answered
    weighed.step()
    assert weighed.rasa.asked == [] and asked_about(weighed)


def test_a_doubt_in_words_that_a_fault_keeps_from_rasa_is_asked_about(weighed):
    taken = weighed.take(MAYBE)
    with weighed.database.write() as db:
        db.get(Message, taken.message_id).attempts = messages.MAX_ATTEMPTS + 1
    weighed.step()
    assert weighed.rasa.asked == [] and asked_about(weighed)


def test_a_doubt_about_words_that_a_worker_broke_down_over_is_asked_about_once(weighed):
    weighed.take(MAYBE)
    with weighed.database.write() as db:
        message = messages.claim(db)
        message.attempts = messages.MAX_ATTEMPTS
        turns.broke_down(db, message.id, weighed.gateway.answering.hours)
    weighed.step()
    assert len([body for body in crisis_words(weighed) if "are you thinking about suicide" in body]) == 1


def test_with_a_worker_a_doubt_is_theirs_to_read_at_once(weighed):
    weighed.says("hello")
    with_worker(weighed)
    weighed.says(MAYBE)
    assert "maybe_danger" in reasons(weighed) and not asked_about(weighed)


# --- fainter signs, where nobody else will weigh them --------------------------------------------


@pytest.fixture
def faint(world, monkeypatch):
    """Words that the learnt list doubts only when it is left alone with them."""

    def screen(text, recent=(), alone=False):
        return DOUBT if alone and text == MAYBE else None

    monkeypatch.setattr(safety, "screen", screen)
    monkeypatch.setattr(safety, "doubts", lambda text, recent=(): False)
    return world


def test_a_faint_sign_is_left_to_rasa(faint):
    faint.says(MAYBE)
    assert not asked_about(faint) and reasons(faint) == []


@pytest.mark.parametrize("mode", ["down", "empty", "error"])
def test_a_faint_sign_is_asked_about_once_where_rasa_cannot_weigh_it(faint, at_noon, mode):
    faint.rasa.mode = mode
    faint.says(MAYBE)
    assert asked_about(faint) and "maybe_danger" in reasons(faint)
    at_noon.later(seconds=30)
    faint.step()
    assert len([body for body in crisis_words(faint) if "are you thinking about suicide" in body]) == 1


@pytest.fixture
def fainter(world, monkeypatch):
    """Words that are not asked about by anybody, and yet sound a little like danger."""
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: None)
    monkeypatch.setattr(safety, "faintly", lambda text: text == MAYBE)
    return world


SAMARITANS = wording.say("gateway.holding_offer").split("Samaritans listen on ")[1].split(",")[0]


@pytest.mark.parametrize("mode", ["down", "empty", "error"])
def test_late_words_name_whom_to_turn_to_where_a_sign_is_too_faint_to_ask(fainter, mode):
    fainter.rasa.mode = mode
    fainter.says(MAYBE)
    [said] = fainter.got()
    assert SAMARITANS in said and not asked_about(fainter) and "maybe_danger" not in reasons(fainter)


def test_it_is_said_once_a_day(fainter, at_noon):
    fainter.rasa.mode = "empty"
    fainter.says(MAYBE)
    at_noon.later(hours=1)
    assert SAMARITANS not in " ".join(fainter.says(MAYBE))
    at_noon.later(hours=20)
    assert SAMARITANS in " ".join(fainter.says(MAYBE))


def test_other_words_get_the_ordinary_ones(fainter):
    fainter.rasa.mode = "down"
    assert SAMARITANS not in " ".join(fainter.says("what is a unit"))


# --- a question about somebody else --------------------------------------------------------------

OF_ANOTHER = safety.Verdict("suicide", f"suicide{crisis.DOUBT}", "other", "weak", safety.LEARNT)


@pytest.fixture
def of_another(world, monkeypatch):
    """Somebody who told of a relative, and was asked whether they may be thinking about suicide."""
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: OF_ANOTHER if text == MAYBE else None)
    world.says(MAYBE)
    assert "could they be thinking about suicide" in " ".join(world.got())
    return world


@pytest.mark.parametrize("words", ["1", "aye", "yes"])
def test_a_yes_about_somebody_else_is_danger_to_them(of_another, words):
    assert "worried about someone's life" in of_another.says(words)[0]
    assert "crisis_other" in reasons(of_another)


@pytest.mark.parametrize("words", ["2", "naw"])
def test_a_no_about_somebody_else_is_believed(of_another, words):
    assert "Thank you for telling me" in of_another.says(words)[0]
    assert reasons(of_another) == ["maybe_danger"]
