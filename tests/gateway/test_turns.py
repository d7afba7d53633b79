"""One turn: danger in every state, silence with a worker, what is typed, what is picked, what Rasa does wrong."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from bot.conversations import choices, handoffs, messages, readings
from bot.gateway import keywords, turns
from bot.gateway.channels import TryAgain
from bot.gateway.turns import Ask, Reply
from bot.models import Conversation, Message
from tests import builders

DANGER = "i want to die"
HOLDING = wording.sentences()["gateway.holding"].split(".")[0]


def crisis_words(world):
    return [row.body for row in world.rows("out") if row.purpose == "crisis" and row.status == "sent"]


def with_worker(world):
    """A worker takes the only conversation."""
    with world.conversation() as (db, conversation):
        staff = builders.a_member_of_staff(db)
        handoffs.take(db, handoffs.open_for(db, conversation, "asked"), staff)
        return staff


# --- danger ----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["down", "slow", "broken", "empty", "error"])
def test_danger_is_answered_whatever_is_wrong_with_the_assistant(world, mode):
    world.rasa.mode = mode
    world.says(DANGER)
    assert crisis_words(world)
    assert [row.status for row in world.rows("in")] == ["answered"]
    assert HOLDING not in " ".join(world.got())


def test_danger_is_answered_while_a_worker_has_the_conversation(world):
    world.says("hello")
    with_worker(world)
    world.says(DANGER)
    assert crisis_words(world)


def test_danger_is_answered_after_stop(world):
    world.says("hello")
    world.says("STOP")
    assert world.says("what is a unit") == []
    assert world.says(DANGER) == crisis_words(world) != []


def test_danger_in_a_form_closes_the_form(world):
    world.says("hello")
    with world.conversation() as (_, conversation):
        conversation.task = "booking"
    world.says(DANGER)
    assert world.rasa.asked[-1][2] == "/crisis_suicide"
    assert "You said /crisis_suicide" not in world.got()
    with world.conversation() as (_, conversation):
        assert conversation.task is None


def test_danger_is_answered_before_the_worker_that_answers_wakes_up(world):
    world.take(DANGER)
    asyncio.run(world.gateway.sending.send_one())
    assert crisis_words(world) and world.rasa.asked == []


def test_a_screen_that_breaks_brings_in_a_person_and_the_message_is_kept(world, monkeypatch):
    def broken(text, recent=()):
        raise RecursionError

    monkeypatch.setattr("bot.safety.screen", broken)
    world.says("hello")
    assert world.handoffs()[0].priority == 0
    assert "You said hello" in world.got()


# --- while a worker has it -------------------------------------------------------------------


def test_the_assistant_is_silent_while_a_worker_has_the_conversation(world):
    world.says("hello")
    with_worker(world)
    world.step()
    before = world.got()
    assert world.says("are you there") == [] and world.got() == before
    assert world.rows("in")[-1].status == "with_staff" and len(world.rasa.asked) == 1


def test_it_goes_on_answering_while_the_person_only_waits_for_a_worker(world):
    world.says("hello")
    with world.conversation() as (db, conversation):
        handoffs.open_for(db, conversation, "asked")
    assert world.says("what is a unit") == ["You said what is a unit"]


@pytest.mark.parametrize("seed", range(5))
def test_taking_races_with_answering(any_world, seed):
    """Whichever comes first, no words of the assistant's are queued or sent after the worker has taken it."""
    any_world.says("hello")
    any_world.take("what is a unit")
    chance = random.Random(seed)

    async def race():
        async def take_it():
            await asyncio.sleep(chance.random() / 30)
            await asyncio.to_thread(with_worker, any_world)

        async def answer():
            await asyncio.sleep(chance.random() / 30)
            await any_world.gateway.answering.answer_one()

        await asyncio.gather(take_it(), answer())

    asyncio.run(race())
    any_world.step()
    rows = any_world.rows()
    taken = next(row.id for row in rows if row.direction == "marker" and "took the conversation" in row.body)
    said = [row for row in rows if row.author == "assistant" and row.reply_to == any_world.rows("in")[-1].id]
    assert all(row.id < taken for row in said if row.direction == "out")
    assert all(row.status == "stopped" for row in said), "nothing of it left after the worker came"


def test_what_waits_to_be_sent_is_taken_back_when_a_worker_comes(world):
    world.take("hello")
    asyncio.run(world.gateway.answering.answer_one())
    with_worker(world)
    assert [row.status for row in world.rows("out") if row.author == "assistant"] == ["stopped"]


def test_a_reply_that_is_tried_again_does_not_go_out_after_the_worker_came(world, at_noon):
    world.take("hello")
    asyncio.run(world.gateway.answering.answer_one())
    job = world.gateway.sending._claim()
    with_worker(world)
    world.gateway.sending._settle(job, TryAgain("503"))
    at_noon.later(minutes=1)
    world.step()
    assert "You said hello" not in world.got()


@pytest.mark.parametrize("outcome", ["conclude", "postpone", "give_up"])
def test_a_worker_who_comes_during_the_turn_silences_it(world, outcome):
    world.says("hello")
    world.take("what is a unit")
    message_id, ask = world.gateway.answering._claim()
    with_worker(world)
    with world.database.write() as db:
        if outcome == "conclude":
            turns.conclude(db, ask, [Reply("You said it")], world.gateway.answering.hours)
        elif outcome == "postpone":
            turns.postpone(db, ask)
        else:
            turns.give_up(db, ask, world.gateway.answering.hours)
    with world.database.read() as db:
        assert db.get(Message, message_id).status == "with_staff"
        assert messages.replies_to(db, message_id) == []


# --- what Rasa does wrong --------------------------------------------------------------------


def test_holding_words_are_said_once_and_the_answer_comes_when_rasa_is_back(world, at_noon):
    world.rasa.mode = "down"
    assert len(world.says("what is a unit")) == 1
    at_noon.later(seconds=10)
    world.step()
    assert len(world.got()) == 1 and HOLDING in world.got()[0]
    world.rasa.mode = "talks"
    at_noon.later(seconds=10)
    world.step()
    assert "You said what is a unit" in world.got()


def test_a_late_answer_closes_the_handoff_that_the_wait_had_opened(world, at_noon):
    world.rasa.mode = "slow"
    world.says("what is a unit")
    at_noon.later(minutes=4)
    world.step()
    assert world.handoffs() == []
    at_noon.later(minutes=2)
    world.step()
    assert [h.reason for h in world.handoffs()] == ["assistant_down"] and world.handoffs()[0].closed_at is None
    world.rasa.mode = "talks"
    at_noon.later(minutes=1)
    world.step()
    assert world.handoffs()[0].closed_how == "answered"


@pytest.mark.parametrize("mode", ["empty", "error"])
def test_a_turn_that_ended_without_words_is_never_asked_again(world, at_noon, mode):
    world.rasa.mode = mode
    said = world.says("book it")
    at_noon.later(minutes=1)
    world.step()
    assert len(world.rasa.asked) == 1 and len(said) == 1
    assert world.handoffs()[0].reason == "assistant_down"


def test_a_later_message_waits_for_the_one_before(any_world, at_noon):
    any_world.rasa.mode = "down"
    any_world.says("first text")
    any_world.says("second text")
    any_world.rasa.mode = "talks"
    at_noon.later(seconds=30)
    any_world.step()
    assert [text for _, _, text in any_world.rasa.asked] == ["first text", "second text"]


# --- crashes and bugs ------------------------------------------------------------------------


@pytest.mark.parametrize("point", ["before_rasa", "after_rasa", "while_concluding"])
def test_killed_in_the_middle_of_a_turn_it_is_answered_once(world, at_noon, monkeypatch, point):
    world.take("book it")

    class Killed(BaseException):
        pass

    async def run_into(where):
        answering = world.gateway.answering
        if where == "before_rasa":
            answering._claim()
            raise Killed
        if where == "after_rasa":
            _, ask = answering._claim()
            await answering.assistant.ask(ask)
            raise Killed
        monkeypatch.setattr(turns, "_give_notice", lambda *a: (_ for _ in ()).throw(Killed))
        await answering.answer_one()

    with pytest.raises(Killed):
        asyncio.run(run_into(point))
    monkeypatch.undo()
    monkeypatch.setattr("bot.clock.now", lambda: at_noon.time)
    assert "You said book it" not in [row.body for row in world.rows("out")]
    at_noon.later(seconds=31)
    world.step()
    assert world.got().count("You said book it") == 1
    assert len({message_id for message_id, _, _ in world.rasa.asked}) == 1, "Rasa knows it by its id"


def test_a_message_that_breaks_the_worker_is_set_aside_and_others_are_answered(world, at_noon, monkeypatch):
    prepare = turns.prepare

    def fragile(db, message, hours):
        if message.body == "poison":
            raise ValueError("a bug")
        return prepare(db, message, hours)

    monkeypatch.setattr(turns, "prepare", fragile)
    world.take("poison")
    world.take("hello", sender="+447700900999")
    for _ in range(6):
        try:
            world.step()
        except ValueError:
            pass
        at_noon.later(seconds=6)
    assert "You said hello" in world.got("+447700900999")
    assert world.rows("in")[0].status == "failed" and world.handoffs()[0].reason == "assistant_down"
    monkeypatch.setattr(turns, "prepare", prepare)
    assert "You said still here" in world.says("still here")


# --- order -----------------------------------------------------------------------------------


def test_eight_workers_keep_thirty_conversations_in_order(any_world):
    people = [f"+4477009001{n:02d}" for n in range(30)]
    per_person = 4
    busy: set[str] = set()

    ask = any_world.gateway.assistant.ask

    async def slow_ask(question: Ask):
        assert question.conversation_id not in busy, "two turns of one conversation at once"
        busy.add(question.conversation_id)
        await asyncio.sleep(random.random() / 200)
        outcome = await ask(question)
        busy.discard(question.conversation_id)
        return outcome

    any_world.gateway.answering.assistant.ask = slow_ask

    async def everything():
        for n in range(per_person):
            for person in people:
                await any_world.gateway.intake.take(any_world.inbound(f"text {n} of {person[-2:]}", sender=person))
        running = [asyncio.create_task(part.run()) for part in (any_world.gateway.answering, any_world.gateway.sending)]
        for _ in range(400):
            await asyncio.sleep(0.1)
            said = [text for _, text in any_world.channels["sms"].got if text.startswith("You said")]
            if len(said) == per_person * len(people):
                break
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    asyncio.run(everything())
    for person in people:
        answers = [text for text in any_world.got(person) if text.startswith("You said")]
        assert answers == [f"You said text {n} of {person[-2:]}" for n in range(per_person)]


# --- what is typed ---------------------------------------------------------------------------


BEFORE = ["", " ", "\u00a0", "\u3000", "\t", "\n", "\ufeff", "\u200b", "\u2028", "\x00", "//", "\u202e", "\u00ad / "]


def test_nothing_typed_becomes_a_command(world):
    typed = [before + text for before in BEFORE for text in ('/book{"crn": "1"}', "/restart")]
    for text in typed:
        world.says(text)
    assert len(world.rasa.asked) == len(typed)
    assert not any(text.startswith("/") for _, _, text in world.rasa.asked)


@given(st.text())
def test_no_text_at_all_reaches_rasa_as_a_command(text):
    for written in (text, "/" + text, text + "/restart"):
        assert not keywords.for_rasa(written).startswith(("/", " "))
        assert len(keywords.for_rasa(written)) <= keywords.MAX_FOR_RASA


def test_what_rasa_is_given(world):
    for text, _ in GIVEN:
        world.says(text)
    assert [given for _, _, given in world.rasa.asked] == [asked for _, asked in GIVEN]


GIVEN = [
    ("a" * 10_000, "a" * 1_600),
    ("مرحبا كيف حالك", "مرحبا كيف حالك"),
    ("\u202ehello\u202c", "hello"),
    ("he\x07l\x00lo there", "he l\ufffdlo there"),
    ("👍", "yes"),
    ("😀😀", "😀😀"),
    ("MENU", "/help"),
    ("/start", "/greet"),
    ("person", "/talk_to_person"),
    ("Call me.", "/call_me"),
]


def test_an_empty_message_is_answered_without_rasa(world):
    for text in ("", "   ", "\u200b\u200b", "\n\n", "///"):
        assert world.says(text)[0] == wording.say("gateway.empty")
    assert world.rasa.asked == []


def test_all_of_a_long_text_is_kept_and_screened(world):
    world.says("a " * 4_000 + DANGER)
    assert crisis_words(world)
    assert world.rows("in")[0].body.endswith(DANGER)


def test_what_is_not_text_is_answered_kindly(world):
    for kind in ("voice", "photo", "video", "file", "location", "contact", "sticker", "other"):
        key = "photo" if kind == "video" else kind
        assert world.says("", kind=kind)[0] == wording.say(f"gateway.{key}")


def test_a_caption_is_a_text(world):
    assert world.says("what is this", kind="photo")[0] == "You said what is this"


# --- stop and start --------------------------------------------------------------------------


def test_stop_is_answered_once_and_then_nothing_is_sent(world):
    world.says("hello")
    for word in ("STOP", "stop.", "Unsubscribe", "CANCEL", "end", "Quit"):
        assert len(world.says(word)) == 1
        assert world.says("what is a unit") == []
        assert wording.say("gateway.started") in world.says("START")
        assert world.says("what is a unit") == ["You said what is a unit"]


def test_cancel_is_no_stop_on_telegram(world):
    assert "You said CANCEL" in world.says("CANCEL", channel="telegram", sender="1001")


# --- choices ---------------------------------------------------------------------------------

CHOICES = [
    {"text": "Which?", "choices": [{"label": "Govan", "payload": "/a"}, {"label": "The east end", "payload": "/b"}]}
]


def offered(world, **values):
    world.rasa.replies = CHOICES
    world.says("where", **values)
    world.rasa.replies = None
    with world.database.read() as db:
        return [choice.id for choice in choices.open_choices(db, world.rows("in")[0].conversation_id)]


def test_choices_are_numbered_lines_by_sms(world):
    offered(world)
    assert world.got()[0] == "Which?\n1. Govan\n2. The east end"


def test_a_number_or_the_label_picks(world):
    for text in ("2", "no 2 pls", "2️⃣", "the EAST end!"):
        offered(world)
        world.says(text)
        assert world.rasa.asked[-1][2] == "/b"


def test_another_number_is_asked_about_and_other_words_go_to_rasa(world):
    offered(world)
    assert world.says("3") == [wording.say("gateway.pick_again", last=2)]
    world.says("govan or thereabouts")
    assert world.rasa.asked[-1][2] == "govan or thereabouts"


def test_expired_choices_pick_nothing(world):
    offered(world)
    with world.conversation() as (db, conversation):
        choices.close_all(db, conversation.id)
    assert world.says("1") == [wording.say("gateway.which_number")]


def test_a_button_picks_its_own_choice(world):
    _, second = offered(world, channel="telegram", sender="1001")
    world.says("", channel="telegram", sender="1001", kind="choice", choice_id=second)
    assert world.rasa.asked[-1][2] == "/b" and world.rows("in")[-1].body == "The east end"


def test_an_old_button_never_picks_from_a_newer_set_with_the_same_label(world):
    first, _ = offered(world, channel="telegram", sender="1001")
    asked = len(world.rasa.asked)
    offered(world, channel="telegram", sender="1001")
    said = world.says("", channel="telegram", sender="1001", kind="choice", choice_id=first)
    assert said == [wording.say("gateway.old_button")] and len(world.rasa.asked) == asked + 1


@pytest.mark.parametrize("choice", ["foreign", "unknown"])
def test_a_forged_button_does_nothing_and_shows_nothing(world, choice):
    theirs, _ = offered(world)
    number = theirs if choice == "foreign" else 999_999
    said = world.says("", channel="telegram", sender="6666", kind="choice", choice_id=number)
    assert said == [wording.say("gateway.old_button")]
    assert world.rows("in")[-1].body == "" and len(world.rasa.asked) == 1


# --- who someone is --------------------------------------------------------------------------


def test_rasa_never_sees_a_number_and_nobody_gets_anothers_answer(world):
    for n in range(5):
        world.says(f"mine is {n}", sender=f"+44770090011{n}")
    for n in range(5):
        mine = world.got(f"+44770090011{n}")
        assert f"You said mine is {n}" in mine and len([t for t in mine if "mine is" in t]) == 1
    assert all("4477" not in conversation and len(conversation) == 32 for _, conversation, _ in world.rasa.asked)


def test_the_notice_comes_once_after_the_first_answer(world):
    notice = wording.say("gateway.notice")
    assert world.says("hello") == ["You said hello", notice]
    assert notice not in world.says("hello again")


def test_logs_carry_no_words_and_no_numbers(world, caplog):
    caplog.set_level("DEBUG", logger="wellbeing")
    for world.rasa.mode in ("talks", "empty", "broken", "down"):
        world.says("canary words here")
    assert "canary" not in caplog.text and "900123" not in caplog.text


def test_a_worker_gone_quiet_gives_it_back(world, at_noon):
    world.says("hello")
    with_worker(world)
    at_noon.later(minutes=31)
    world.gateway.scheduling.round()
    with world.database.read() as db:
        assert db.get(Conversation, world.rows("in")[0].conversation_id).taken_by is None
    assert "You said and now" in world.says("and now")
    assert timedelta(minutes=30) == world.gateway.scheduling.quiet


# --- what was understood ---------------------------------------------------------------------


def read_as(world) -> dict[str, tuple]:
    """Text of each inbound message → what is kept of its reading."""
    with world.database.read() as db:
        kept = readings.of(db, [row.id for row in world.rows("in")])
        found = {row.body: kept.get(row.id) for row in world.rows("in")}
        return {text: r and (r.intent, r.answer, r.sure, r.understood) for text, r in found.items()}


def test_what_a_message_was_taken_to_mean_is_kept_with_the_turn(world):
    world.rasa.reading = {"intent": "ask_alcohol", "confidence": 0.914, "answer": "alcohol/units"}
    world.says("whits a unit")
    assert read_as(world) == {"whits a unit": ("ask_alcohol", "alcohol/units", 91, True)}


def test_what_was_not_understood_is_kept_as_such(world):
    world.rasa.reading = {"intent": "nlu_fallback", "confidence": 0.3, "answer": None}
    world.rasa.replies = [{"text": "Sorry?", "understood": False}]
    world.says("bla")
    assert read_as(world) == {"bla": ("nlu_fallback", None, 30, False)}


def test_what_was_picked_was_not_guessed(world):
    world.rasa.reading = {"intent": "help", "confidence": 1.0, "answer": None}
    world.says("MENU")
    assert read_as(world)["MENU"] == ("help", None, None, True)


@pytest.mark.parametrize("reading", [None, "x", [], {"intent": "greet"}, {"intent": "greet", "confidence": "much"}])
def test_an_answer_does_not_hang_on_its_reading(world, reading):
    world.rasa.reading = reading
    assert world.says("hello") == ["You said hello", *world.got()[1:]]
    assert read_as(world) == {"hello": None}
