"""Answers: which revision may be shown, what was shown, and whether it helped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.programme import answers
from tests import builders
from tests.builders import NOW

DAY = timedelta(days=1)


def revision(db, *, drafts, key="units"):
    found = answers.current(db, "alcohol", key, drafts=drafts, at=NOW)
    return found.revision if found else None


def test_live_shows_the_newest_approved_revision_and_the_demo_drafts_too(db):
    builders.an_answer_revision(db, revision=1)
    builders.an_answer_revision(db, revision=2)
    builders.an_answer_revision(db, revision=3, status="draft", review_by=None)
    builders.an_answer_revision(db, revision=4, status="withdrawn")
    assert revision(db, drafts=False) == 2
    assert revision(db, drafts=True) == 3


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_live_shows_nothing_that_is_not_approved(db, status):
    builders.an_answer_revision(db, status=status)
    assert revision(db, drafts=False) is None
    assert revision(db, drafts=True) == (None if status == "withdrawn" else 1)


@pytest.mark.parametrize("review_by", [NOW - DAY, NOW, None])
def test_live_shows_nothing_whose_review_is_overdue(db, review_by):
    builders.an_answer_revision(db, revision=1)
    builders.an_answer_revision(db, revision=2, review_by=review_by)
    assert revision(db, drafts=False) is None
    assert revision(db, drafts=True) == 2


def test_an_answer_that_is_not_there(db):
    assert revision(db, drafts=True, key="nonsense") is None


def test_what_was_shown_is_noted_once_for_each_message_and_part(db):
    conversation, found = builders.a_conversation(db), builders.an_answer_revision(db)
    first = answers.show(db, conversation.id, found, part="text", asked_by=5)
    assert answers.show(db, conversation.id, found, part="text", asked_by=5).id == first.id
    more = answers.show(db, conversation.id, found, part="more", asked_by=5)
    assert answers.last_shown(db, conversation.id).id == more.id != first.id
    assert answers.last_shown(db, conversation.id).revision.answer.key == "units"
    assert answers.last_shown(db, builders.a_conversation(db).id) is None
    with pytest.raises(ValueError, match="part"):
        answers.show(db, conversation.id, found, part="rest", asked_by=6)


def test_whether_it_helped_is_asked_now_and_then(db):
    conversation, found = builders.a_conversation(db), builders.an_answer_revision(db)
    asked = []
    for message in range(1, 10):
        answers.show(db, conversation.id, found, part="text", asked_by=message, at=NOW)
        asked.append(answers.should_ask_if_helped(db, conversation, at=NOW))
        if asked[-1]:
            answers.asked_if_helped(db, conversation.id)
            assert not answers.should_ask_if_helped(db, conversation, at=NOW)
    assert asked == [False, True, False] * 3


def test_nobody_is_asked_within_a_day_of_a_crisis(db):
    conversation, found = builders.a_conversation(db, crisis_at=NOW), builders.an_answer_revision(db)
    for message in (1, 2):
        answers.show(db, conversation.id, found, part="text", asked_by=message, at=NOW)
    assert not answers.should_ask_if_helped(db, conversation, at=NOW + DAY - timedelta(seconds=1))
    assert answers.should_ask_if_helped(db, conversation, at=NOW + DAY)


def test_a_no_is_there_for_staff_until_there_is_a_newer_revision(db):
    conversation, found = builders.a_conversation(db), builders.an_answer_revision(db)
    assert answers.record_helped(db, conversation.id, False) is None
    shown = answers.show(db, conversation.id, found, part="text", asked_by=5, at=NOW)
    answers.record_helped(db, conversation.id, False, comment=" did not say where ", at=NOW)
    db.flush()
    assert [(s.id, s.comment) for s in answers.not_helped(db)] == [(shown.id, "did not say where")]
    builders.an_answer_revision(db, revision=2, status="draft")
    assert answers.not_helped(db) == []


def test_a_yes_or_a_late_no_is_not_on_the_list(db):
    conversation, found = builders.a_conversation(db), builders.an_answer_revision(db)
    answers.show(db, conversation.id, found, part="text", asked_by=5, at=NOW)
    assert answers.record_helped(db, conversation.id, False, at=NOW + 3 * DAY) is None
    answers.record_helped(db, conversation.id, True, at=NOW)
    assert answers.not_helped(db) == []


def test_the_questions_asked_most_come_first(db):
    conversation = builders.a_conversation(db)
    for key in ("one", "two", "three"):
        builders.an_answer_revision(db, key=key)
    builders.an_answer_revision(db, key="hidden", status="draft")
    for message in (1, 2):
        found = answers.current(db, "alcohol", "two", drafts=True)
        answers.show(db, conversation.id, found, part="text", asked_by=message)
    keys = [a.key for a in answers.common(db, "alcohol", drafts=False, at=NOW)]
    assert keys == ["two", "one", "three"]
    assert len(answers.common(db, "alcohol", drafts=True, limit=2, at=NOW)) == 2


def test_what_needs_a_reviewer(db):
    builders.an_answer_revision(db, key="fine", review_by=NOW + 90 * DAY)
    builders.an_answer_revision(db, key="draft", status="draft", review_by=None)
    builders.an_answer_revision(db, key="due", review_by=NOW + 3 * DAY)
    builders.an_answer_revision(db, key="overdue", review_by=NOW - DAY)
    builders.an_answer_revision(db, key="improved", revision=1, review_by=NOW - DAY)
    builders.an_answer_revision(db, key="improved", revision=2)
    found = [(r.answer.key, why) for r, why in answers.review_needed(db, at=NOW)]
    assert found == [("overdue", "overdue"), ("due", "due"), ("draft", "draft")]
