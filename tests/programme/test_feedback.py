"""Feedback: kept once, about a session they were at, and asked for once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.models import AuditEntry, Feedback
from bot.programme import feedback
from bot.programme.refusals import Refused
from tests import builders
from tests.builders import NOW


def give(db, person, kind="feedback", asked_by=1, **values):
    conversation_id = builders.conversation_id(db, person)
    return feedback.give(db, person, conversation_id=conversation_id, kind=kind, asked_by=asked_by, **values)


def test_feedback_is_kept_once(db):
    booking = builders.a_booking(db, session=builders.a_session(db, days=-1))
    first = give(db, booking.person, score=4, words=" good ", session_id=booking.session_id)
    assert give(db, booking.person, score=4, words=" good ", session_id=booking.session_id).id == first.id
    assert (first.kind, first.score, first.words, first.session_id) == ("feedback", 4, "good", booking.session_id)
    assert db.execute(sa.select(sa.func.count()).select_from(Feedback)).scalar_one() == 1
    actions = db.execute(sa.select(AuditEntry.action, AuditEntry.details)).all()
    assert actions == [("feedback.given", {"kind": "feedback"})]


def test_priorities_carry_their_topics(db):
    row = give(db, builders.a_person(db), kind="priority", words="more on sleep", topics=("mental_health",))
    assert row.topics == ["mental_health"]


@pytest.mark.parametrize("values", [{"kind": "praise"}, {"score": 0}, {"score": 6}])
def test_what_is_no_feedback(db, values):
    with pytest.raises(ValueError):
        give(db, builders.a_person(db), **values)


def test_only_a_session_they_had_a_place_at_can_be_rated(db):
    person, session = builders.a_person(db), builders.a_session(db, days=-1)
    builders.a_booking(db, person, session, status="cancelled")
    for session_id, code in ((session.id, "not_yours"), (999_999, "gone")):
        with pytest.raises(Refused) as refused:
            give(db, person, score=1, session_id=session_id)
        assert refused.value.code == code


def test_words_are_added_once_and_only_to_ones_own(db):
    person = builders.a_person(db)
    row = give(db, person, score=2)
    feedback.add_words(db, person, row.id, "too long")
    feedback.add_words(db, person, row.id, "too long")
    feedback.add_words(db, person, row.id, "nice tea")
    assert row.words == "too long\nnice tea"
    for who, number, code in ((builders.a_person(db), row.id, "not_yours"), (person, 999_999, "gone")):
        with pytest.raises(Refused) as refused:
            feedback.add_words(db, who, number, "x")
        assert refused.value.code == code


def test_the_sessions_that_can_be_rated(db):
    person = builders.a_person(db)
    wanted = [builders.a_session(db, days=d, title=f"{d}") for d in (-2, -59)]
    for session in wanted:
        builders.a_booking(db, person, session, status="attended")
    builders.a_booking(db, person, builders.a_session(db, starts_at=NOW - timedelta(minutes=5), title="now"))
    for days, status in ((-61, "attended"), (1, "booked"), (-3, "missed"), (-4, "cancelled"), (-5, "waiting")):
        builders.a_booking(db, person, builders.a_session(db, days=days), status=status)
    assert [s.title for s in feedback.sessions_to_rate(db, person, NOW)] == ["now", "-2", "-59"]
    give(db, person, score=5, session_id=wanted[0].id)
    assert [s.title for s in feedback.sessions_to_rate(db, person, NOW)] == ["now", "-59"]


def test_a_complaint_is_taken_back_and_not_hidden(db):
    person = builders.a_person(db)
    row = give(db, person, kind="complaint", words="he shouted")
    assert feedback.complaint_just_made(db, person, NOW) is not None
    feedback.take_back(db, person, row)
    feedback.take_back(db, person, row)
    assert row.taken_back_at is not None and row.words == "he shouted"
    assert feedback.complaint_just_made(db, person, NOW) is None  # another one is a new complaint
    actions = db.execute(sa.select(AuditEntry.action)).scalars().all()
    assert actions.count("feedback.taken_back") == 1
