"""Did you go? Who is asked, about what, when, and what is made of the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import wording
from bot.conversations import addresses, choices, handoffs, messages, outbox
from bot.gateway.scheduling import still_wanted
from bot.models import Message, Signpost
from bot.programme import answers, merges, seeds, services, signposts
from tests import builders
from tests.builders import NOW

#: Noon, two weeks after NOW.
THEN = NOW + timedelta(days=14, hours=1)
PHONES = ("sms", "telegram")


@pytest.fixture
def directory(db):
    seeds.seed(db, demo=False, today=NOW.date())
    return {service.slug: service for service in services.directory(db)}


def given(db, *places, conversation=None, at=NOW, topic="alcohol", text="", **values):
    """Somebody who was given these places (one about alcohol) at NOW; their conversation."""
    conversation = conversation or builders.a_conversation(db)
    signposts.note(db, conversation, places or [builders.a_service(db)], topic=topic, text=text, at=at, **values)
    return conversation


def rows(db, conversation=None):
    query = sa.select(Signpost).order_by(Signpost.id)
    if conversation is not None:
        query = query.where(Signpost.person_id == conversation.person_id)
    return list(db.execute(query).scalars())


def texts(db, conversation):
    return [m for m in builders.texts_to(db, conversation.person) if m.purpose == signposts.DID_YOU_GO]


# --- what may be asked about ---------------------------------------------------------------------


def test_nothing_that_a_shared_phone_must_not_tell_is_ever_asked_about(directory):
    asked = {slug for slug, service in directory.items() if signposts.may_be_asked_about(service)}
    told = {"domestic_abuse", "sexual_health", "suicide_prevention", "womens_health", "emergency"}
    assert not [slug for slug in asked if set(directory[slug].topics) & told]
    assert not asked & {
        "samaritans", "breathing-space", "domestic-abuse-helpline", "mens-advice-line", "sandyford", "the-thistle",
        "injecting-equipment", "cruse-scotland", "andys-man-club", "stop-illegal-lending", "simon-connect-hub",
        "naloxone-from-pharmacy", "nhs24-111", "tomorrows-women", "assist",
    }  # fmt: skip
    assert asked >= {"stepchange", "alcoholics-anonymous", "glasgow-city-mission", "quit-your-way", "shelter-scotland"}


@pytest.mark.parametrize(
    "values",
    [
        {"topics": []},
        {"topics": ["alcohol", "something_new"]},
        {"topics": ["alcohol", "emergency"]},
        {"name": "Rape Crisis"},
        {"what": "Help for people whose partner is violent and abusive."},
        {"what": "Tests for HIV."},
        {"audience": "women"},
        {"phone": "116 123"},
        {"hold": True},
    ],
    ids=str,
)
def test_one_doubt_is_enough_to_leave_a_service_out(db, values):
    assert signposts.may_be_asked_about(builders.a_service(db))
    service = builders.a_service(db, **values)
    assert not signposts.may_be_asked_about(service)
    conversation = given(db)
    given(db, builders.a_service(db), service, conversation=conversation, at=NOW + timedelta(hours=1))
    assert rows(db) == [], "nor what was given beside it, nor what was waiting"


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("womens_health", ""), ("sexual_health", ""), ("suicide_prevention", ""), (None, "he hits me, where can i go"),
        (None, "the morning after pill"), ("alcohol", "ma partner is abusive when he drinks"), (None, "loan shark"),
    ],
)  # fmt: skip
def test_what_they_looked_for_counts_as_well_as_what_they_got(db, topic, text):
    given(db, topic=topic, text=text)
    assert rows(db) == []


def test_after_danger_nothing_is_noted(db):
    given(db, shaken=True)
    conversation = builders.a_conversation(db, crisis_at=NOW - timedelta(hours=30))
    given(db, conversation=conversation)
    other = builders.a_conversation(db)
    handoffs.open_for(db, other, "crisis_abuse")
    given(db, conversation=other)
    assert rows(db) == []


def test_the_last_places_of_a_day_are_those_that_count(db):
    first, second = builders.a_service(db), builders.a_service(db)
    conversation = given(db, first)
    given(db, second, conversation=conversation, at=NOW + timedelta(minutes=3))
    given(db, first, conversation=conversation, at=NOW + timedelta(days=2))
    assert [row.service_slug for row in rows(db)] == [second.slug, first.slug]


# --- the question --------------------------------------------------------------------------------


def test_two_weeks_later_they_are_asked_once_in_words_that_name_nothing(db):
    conversation = given(db, builders.a_service(db, name="Sober House"), builders.a_service(db))
    assert signposts.due(db, THEN - timedelta(days=1)) == 0
    assert [signposts.due(db, THEN), signposts.due(db, THEN + timedelta(hours=1))] == [1, 0]
    [text] = texts(db, conversation)
    offered = choices.of_message(db, text.id)
    assert [choice.label for choice in offered] == ["I went or rang", "Not yet", "Don't ask again"]
    shown = f"{text.body} {' '.join(choice.label for choice in offered)}".lower()
    assert "two weeks ago" in shown and "changes nothing else" in shown
    for word in ("sober", "house", "alcohol", "drink", "drug", "money", "order", "court", "must", "0141"):
        assert word not in shown
    assert all(row.asked_at == THEN for row in rows(db))


def test_nobody_is_asked_at_night_and_nobody_too_late(db):
    conversation = given(db)
    for hour in (1, 8, 9, 19, 23):
        assert signposts.due(db, THEN.replace(hour=hour)) == 0
    assert signposts.due(db, THEN + timedelta(days=4)) == 0
    assert texts(db, conversation) == [] and rows(db) == [], "what was never asked is not kept"


def _stopped(db, conversation):
    conversation.address.stopped_at = NOW


def _unreachable(db, conversation):
    conversation.address.unreachable_at = NOW


def _released(db, conversation):
    addresses.release(db, conversation)


def _by_call(db, conversation):
    conversation.person.contact_by = "call"


def _left_out(db, conversation):
    addresses.leave_out(db, conversation, signposts.DID_YOU_GO)


def _order_over(db, conversation):
    builders.an_order(db, conversation.person, closed_at=NOW, outcome="completed")


def _held(db, conversation):
    services.hold(db, rows(db)[0].service_slug, builders.a_member_of_staff(db), True)


def _crisis(db, conversation):
    conversation.crisis_at = THEN - timedelta(days=13)


def _crisis_on_another_phone(db, conversation):
    builders.a_conversation(db, conversation.person, crisis_at=THEN - timedelta(hours=47))


def _an_answer_named(db, conversation, topic):
    slug = builders.a_service(db, topics=[topic]).slug
    revision = builders.an_answer_revision(db, key=topic, services=[slug])
    answers.show(db, conversation.id, revision, part="text", asked_by=1).shown_at = NOW


def _an_answer_named_a_helpline(db, conversation):
    _an_answer_named(db, conversation, "domestic_abuse")


NEVER = [
    _crisis, _crisis_on_another_phone, _an_answer_named_a_helpline, _stopped, _unreachable, _released, _by_call,
    _left_out, _order_over, _held,
]  # fmt: skip


@pytest.mark.parametrize("why", NEVER)
def test_who_is_not_to_be_asked_is_forgotten(db, why):
    conversation = given(db)
    why(db, conversation)
    db.flush()
    assert signposts.due(db, THEN) == 0 and rows(db) == [] and texts(db, conversation) == []


def _in_a_form(db, conversation):
    conversation.task, conversation.task_at = "booking", THEN


def _with_staff(db, conversation):
    conversation.taken_by = builders.a_member_of_staff(db).id


def _danger_open(db, conversation):
    handoffs.open_for(db, conversation, "crisis_suicide")


def _another_question(db, conversation):
    message = messages.say(db, conversation, "Coming?", choices=[("I'm coming", "/confirm_coming")])
    message.created_at = THEN - timedelta(hours=2)


NOT_NOW = [_in_a_form, _with_staff, _danger_open, _another_question]


@pytest.mark.parametrize("why", NOT_NOW)
def test_who_is_busy_or_in_danger_is_asked_later_or_not_at_all(db, why):
    conversation = given(db)
    why(db, conversation)
    db.flush()
    assert signposts.due(db, THEN) == 0 and texts(db, conversation) == []
    assert [row.asked_at for row in rows(db)] == [None]


@pytest.mark.parametrize("why", [*NEVER, *NOT_NOW[:3]])
def test_it_is_looked_at_again_right_before_it_goes_out(db, why):
    conversation = given(db)
    assert signposts.due(db, THEN) == 1
    why(db, conversation)
    db.flush()
    db.expire_all()
    assert outbox.claim(db, PHONES, THEN, still_wanted=still_wanted) is None
    [text] = texts(db, conversation)
    assert text.status == "stopped" and all(choice.closed_at for choice in choices.of_message(db, text.id))
    if why in NOT_NOW:
        assert [row.asked_at for row in rows(db)] == [None], "a later round may ask"


def test_a_question_that_came_after_it_is_not_cut_off(db):
    conversation = given(db)
    signposts.due(db, THEN)
    pick = [("This", "/a"), ("That", "/b")]
    messages.say(db, conversation, "Which one?", choices=pick, expires_at=THEN + timedelta(hours=1))
    assert outbox.claim(db, PHONES, THEN, still_wanted=still_wanted).purpose == "reply", "it goes first"
    db.execute(sa.update(Message).where(Message.status == "sending").values(status="sent"))
    assert outbox.claim(db, PHONES, THEN, still_wanted=still_wanted) is None
    assert [row.asked_at for row in rows(db)] == [None]


def test_it_goes_out_when_nothing_is_against_it(db):
    given(db)
    signposts.due(db, THEN)
    assert outbox.claim(db, PHONES, THEN, still_wanted=still_wanted).purpose == signposts.DID_YOU_GO


def test_once_a_fortnight_and_not_for_a_quarter_after_no_answer(db):
    answered, silent = given(db), given(db)
    for conversation in (answered, silent):
        given(db, conversation=conversation, at=NOW + timedelta(days=3))
        given(db, conversation=conversation, at=NOW + timedelta(days=15))
        given(db, conversation=conversation, at=NOW + timedelta(days=80))
    assert signposts.due(db, THEN) == 2
    assert signposts.went(db, answered, rows(db, answered)[0].id)
    assert signposts.due(db, THEN + timedelta(days=3)) == 0, "asked three days ago"
    assert signposts.due(db, THEN + timedelta(days=15)) == 1
    assert [len(texts(db, answered)), len(texts(db, silent))] == [2, 1]
    later = rows(db, answered)[-2]
    assert signposts.not_yet(db, answered, later.id)
    assert signposts.due(db, THEN + timedelta(days=80)) == 1
    assert len(texts(db, silent)) == 1


def test_an_answer_about_anything_else_is_no_hindrance(db):
    conversation = given(db)
    _an_answer_named(db, conversation, "mental_health")
    assert signposts.due(db, THEN) == 1


def test_nobody_is_asked_on_another_phone_than_they_were_told_on(db):
    conversation = given(db)
    builders.a_conversation(db, conversation.person, channel="telegram")
    addresses.release(db, conversation)
    assert signposts.due(db, THEN) == 0


# --- the answer ----------------------------------------------------------------------------------


@pytest.fixture
def asked(db):
    """Somebody who was asked about two places; their conversation and the two rows."""
    conversation = given(db, builders.a_service(db), builders.a_service(db))
    signposts.due(db, THEN)
    return conversation, *rows(db)


def test_who_went_to_one_went_to_no_other(db, asked):
    conversation, one, other = asked
    assert signposts.went(db, conversation, other.id) and signposts.say_helped(db, conversation, other.id, True)
    assert [(r.answer, r.helped) for r in (one, other)] == [("other", None), ("went", True)]


def test_who_did_not_go_went_to_neither_but_could_not_reach_one(db, asked):
    conversation, one, other = asked
    assert signposts.not_yet(db, conversation, one.id) and signposts.say_why(db, conversation, one.id, "not_reached")
    assert [(r.answer, r.why) for r in (one, other)] == [("not_yet", "not_reached"), ("not_yet", None)]
    assert signposts.say_why(db, conversation, one.id, "no_time")
    assert [r.why for r in (one, other)] == ["no_time", "no_time"]
    with pytest.raises(ValueError):
        signposts.say_why(db, conversation, one.id, "whatever")


def test_nobody_answers_for_another_or_before_they_were_asked(db, asked):
    _, one, _ = asked
    stranger = given(db)
    unasked = rows(db, stranger)[0]
    for conversation, row in ((stranger, one), (stranger, unasked)):
        assert not signposts.went(db, conversation, row.id) and not signposts.not_yet(db, conversation, row.id)
        assert not signposts.say_why(db, conversation, row.id, "no_time")
    assert not any(row.answer for row in rows(db))


def test_dont_ask_again_is_remembered_until_they_say_start(db, asked):
    conversation, one, _ = asked
    given(db, conversation=conversation, at=THEN)
    signposts.never_again(db, conversation, one.id)
    assert [row.answer for row in rows(db)] == ["never", "never"], "what was still to be asked is gone"
    given(db, conversation=conversation, at=THEN)
    assert len(rows(db)) == 2, "nothing is noted of somebody who is not asked"
    addresses.start(db, conversation)
    given(db, conversation=conversation, at=THEN)
    assert len(rows(db)) == 3


# --- the end --------------------------------------------------------------------------------------


def test_two_records_that_are_one_person_are_one_here(db):
    kept, gone = builders.a_conversation(db), given(db)
    _left_out(db, kept)
    merges.merge(db, kept.person_id, gone.person_id, by_staff=builders.a_member_of_staff(db).id)
    assert [row.person_id for row in rows(db)] == [kept.person_id]
    assert signposts.due(db, THEN) == 0, "who said no on one phone is not asked on the other"


def test_every_word_of_it_can_be_sent_and_threatens_nobody():
    said = [text for key, text in wording.sentences().items() if key.startswith("did_you_go.")]
    assert len(said) > 20
    for text in said:
        assert wording.is_gsm(text) and not {"breach", "order", "hours"} & set(text.lower().replace(".", " ").split())
