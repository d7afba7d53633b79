"""Editing, approving and withdrawing answers; opening topics; checks of crisis numbers; the reviewers' table."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
import time_machine

from bot import clock
from bot.models import Service, Topic
from bot.programme import answer_sheets, answers, number_checks, review, services
from bot.programme.review import Refused, Words
from tests import builders
from tests.builders import NOW

GOOD = "A unit is a way to count drink. One small glass of wine is about two."


@pytest.fixture
def db(any_database):
    with time_machine.travel(NOW, tick=False), any_database.write() as db:
        yield db


@pytest.fixture
def writer(db):
    return builders.a_member_of_staff(db, "editor", name="Wren Writer")


@pytest.fixture
def reader(db):
    return builders.a_member_of_staff(db, "editor", name="Rae Reader")


def a_draft(db, key="units", topic="alcohol", **values):
    values = {"sources": [{"title": "NHS inform", "url": "https://example.org", "seen": "2026"}]} | values
    return builders.an_answer_revision(db, key=key, topic=topic, status="draft", review_by=None, **values)


def shown(db, key="units", topic="alcohol"):
    found = answers.current(db, topic, key, drafts=False)
    return found and found.text


def test_an_approved_answer_is_given_in_the_name_of_its_approver(db, writer, reader):
    first = a_draft(db)
    made = review.edit(db, first.answer_id, 1, Words(GOOD, simple="A unit counts drink."), writer.id)
    assert shown(db) is None
    review.approve(db, first.answer_id, made.revision, reader)
    assert shown(db) == GOOD
    found = answers.current(db, "alcohol", "units", drafts=False)
    assert (found.reviewed_by, found.reviewed_at, found.review_by) == ("Rae Reader", NOW, NOW + review.GOOD_FOR)


def test_nobody_approves_their_own_words(db, writer):
    first = a_draft(db)
    made = review.edit(db, first.answer_id, 1, Words(GOOD), writer.id)
    with pytest.raises(Refused, match="You wrote"):
        review.approve(db, first.answer_id, made.revision, writer)


def test_an_edit_leaves_the_approved_wording_in_force(db, writer):
    builders.an_answer_revision(db, text="Old and approved.")
    first = review.newest(db, 1) or builders.an_answer_revision(db)
    review.edit(db, first.answer_id, first.revision, Words(GOOD), writer.id)
    assert shown(db) == "Old and approved."


def test_what_changed_meanwhile_is_neither_overwritten_nor_approved(db, writer, reader):
    first = a_draft(db)
    review.edit(db, first.answer_id, 1, Words(GOOD), writer.id)
    for act in (
        lambda: review.edit(db, first.answer_id, 1, Words("Other words here."), reader.id),
        lambda: review.approve(db, first.answer_id, 1, reader),
        lambda: review.withdraw(db, first.answer_id, 1, reader),
    ):
        with pytest.raises(Refused, match="meanwhile"):
            act()


@pytest.mark.parametrize("text", ["", "x" * 400, "Clever – typography", "Reply CANCEL to end it.", "y" * 3000])
def test_words_that_break_the_rules_are_refused(db, writer, text):
    first = a_draft(db)
    with pytest.raises(Refused):
        review.edit(db, first.answer_id, 1, Words(text), writer.id)
    assert review.newest(db, first.answer_id).revision == 1


@pytest.mark.parametrize("days", [-1, 0, 800])
def test_an_approval_has_a_date_that_means_something(db, reader, days):
    first = a_draft(db)
    with pytest.raises(Refused, match="review is between"):
        review.approve(db, first.answer_id, 1, reader, review_by=NOW + timedelta(days=days))


def test_an_answer_without_a_source_is_not_approved(db, reader):
    first = a_draft(db, sources=[])
    with pytest.raises(Refused, match="source"):
        review.approve(db, first.answer_id, 1, reader)


def test_withdrawing_takes_every_wording_back_at_once(db, reader):
    first = builders.an_answer_revision(db, revision=1)
    builders.an_answer_revision(db, revision=2)
    review.withdraw(db, first.answer_id, 2, reader)
    assert shown(db) is None and answers.current(db, "alcohol", "units", drafts=True) is None


def test_a_sitting_is_fifteen_the_most_urgent_first(db):
    for n in range(14):
        a_draft(db, key=f"a{n}")
    for n in range(14):
        a_draft(db, key=f"s{n}", topic="suicide_prevention")
    builders.an_answer_revision(db, key="old", review_by=NOW - timedelta(days=1))
    found = review.sitting(db)
    assert len(found) == 15
    assert found[0].answer.key == "old"
    assert {r.answer.topic_slug for r in found[1:]} == {"suicide_prevention"}
    assert {r.answer.topic_slug for r in review.sitting(db, "alcohol")} == {"alcohol"}


def test_use_counts_who_saw_it_and_whom_it_helped(db):
    conversation, found = builders.a_conversation(db), builders.an_answer_revision(db)
    for n, helped in enumerate([True, False, None]):
        answers.show(db, conversation.id, found, part="text", asked_by=n + 1).helped = helped
    db.flush()
    assert review.use(db)[found.answer_id] == review.Use(shown=3, helped=1, did_not=1)


# --- going live ----------------------------------------------------------------------------


def ready(db, slug):
    """All that a topic needs, crisis numbers apart."""
    builders.a_topic(db, slug, opened_at=None)
    for n in range(review.ENOUGH_ANSWERS):
        builders.an_answer_revision(db, key=f"k{n}", topic=slug)
    builders.a_service(db, slug=f"s-{slug}", topics=[slug], check_due=NOW + timedelta(days=9))


def numbers_rung(db, *people):
    for staff in people:
        for number in number_checks.numbers(db):
            number_checks.check(db, number.key, number.number, staff.id)
    db.flush()


def test_a_closed_topic_gives_no_answer_outside_the_demo(db):
    builders.an_answer_revision(db)
    db.get(Topic, "alcohol").opened_at = None
    assert shown(db) is None
    assert answers.current(db, "alcohol", "units", drafts=True) is not None


def test_topics_open_one_by_one_those_on_danger_first(db, writer, reader):
    for slug in ("alcohol", *review.FIRST):
        ready(db, slug)
    with pytest.raises(Refused, match="crisis numbers"):
        review.open_topic(db, "suicide_prevention", reader.id)
    numbers_rung(db, writer, reader)
    with pytest.raises(Refused, match="opens first"):
        review.open_topic(db, "alcohol", reader.id)
    for slug in (*review.FIRST, "alcohol"):
        review.open_topic(db, slug, reader.id)
    assert all(row.opened_at == NOW and not row.blocks for row in review.readiness(db))
    review.close_topic(db, "alcohol", reader.id)
    assert shown(db, "k0") is None


def test_readiness_says_what_is_missing(db):
    builders.a_topic(db, "alcohol", opened_at=None)
    a_draft(db)
    builders.an_answer_revision(db, key="old", review_by=NOW)
    row = next(r for r in review.readiness(db) if r.slug == "alcohol")
    assert (row.approved, row.overdue, row.waiting) == (0, 1, 1)
    assert any("Approved answers: 0 of the 15" in block for block in row.blocks)
    assert any("No service" in block for block in row.blocks)


def test_a_crisis_number_is_sure_when_two_people_rang_it_lately(db, writer, reader):
    samaritans = next(n for n in number_checks.numbers(db) if n.key == "samaritans")
    for _ in range(2):
        number_checks.check(db, "samaritans", samaritans.number, writer.id)
    assert "samaritans" in {n.key for n in number_checks.unsure(db)}, "the same person twice is one person"
    number_checks.check(db, "samaritans", samaritans.number, reader.id)
    db.flush()
    assert "samaritans" not in {n.key for n in number_checks.unsure(db)}
    later = clock.now() + number_checks.GOOD_FOR
    assert "samaritans" in {n.key for n in number_checks.unsure(db, later)}
    with pytest.raises(ValueError, match="changed"):
        number_checks.check(db, "samaritans", "0141 496 0000", reader.id)


# --- services ------------------------------------------------------------------------------


def test_a_checked_service_is_shown_live_until_the_check_runs_out(db, reader):
    builders.a_service(db, slug="s", checked_by=None, checked_at=None, check_due=None)
    assert services.get(db, "s", live=True) is None
    services.check(db, "s", reader)
    assert services.get(db, "s", live=True).checked_by == "Rae Reader"
    assert services.get(db, "s", live=True, at=NOW + services.CHECK_GOOD_FOR) is None


def test_a_corrected_number_has_to_be_rung_again(db, reader):
    builders.a_service(db, slug="s")
    services.edit(db, "s", reader, {"phone": "0141 496 0001"})
    assert services.get(db, "s", live=True) is None
    assert db.get(Service, "s").phone == "0141 496 0001"


@pytest.mark.parametrize("values", [{"phone": "ring us"}, {"name": " "}, {"what": "w" * 301}, {"hours": "☎ always"}])
def test_a_bad_correction_is_refused_in_words(db, reader, values):
    builders.a_service(db, slug="s")
    with pytest.raises(ValueError, match=r"\.$"):
        services.edit(db, "s", reader, values)


def test_a_held_service_is_shown_to_nobody(db, reader):
    builders.a_service(db, slug="s")
    services.hold(db, "s", reader, True)
    assert services.get(db, "s") is None


# --- the table -----------------------------------------------------------------------------


def table(db, **cells):
    rows = list(csv.DictReader(io.StringIO(answer_sheets.export(db))))
    for row in rows:
        row |= cells
    out = io.StringIO()
    writer = csv.DictWriter(out, answer_sheets.COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_table_approves_changes_and_withdraws(db, reader):
    first = a_draft(db)
    approvals = table(db, decision="approve", review_by="2027-05-31")
    assert answer_sheets.read(db, approvals, reader, dry_run=False).approved == 1
    assert shown(db) == first.text
    assert answer_sheets.read(db, table(db, decision="change", text=GOOD), reader, dry_run=False).changed == 1
    assert review.newest(db, first.answer_id).text == GOOD
    assert answer_sheets.read(db, table(db, decision="withdraw"), reader, dry_run=False).withdrawn == 1
    assert shown(db) is None


def test_a_dry_run_says_what_would_happen_and_does_nothing(db, reader):
    a_draft(db)
    assert answer_sheets.read(db, table(db, decision="approve"), reader, dry_run=True).approved == 1
    assert shown(db) is None


def test_every_bad_line_is_told_and_the_others_count(db, reader):
    a_draft(db, key="a"), a_draft(db, key="b")
    text = table(db, decision="approve").replace("alcohol,a,1", "alcohol,a,7")
    result = answer_sheets.read(db, text, reader, dry_run=False)
    assert result.approved == 1
    assert result.problems == ["Line 2: Somebody has changed this answer meanwhile. Read the newest wording first."]


@pytest.mark.parametrize("cells", [{"decision": "yes"}, {"decision": "approve", "review_by": "31/5/27"},
                                   {"decision": "approve", "text": "Other words."}, {"decision": "change", "key": "no"},
                                   {"decision": "approve", "revision": "one"}])  # fmt: skip
def test_a_line_that_makes_no_sense_does_nothing(db, reader, cells):
    a_draft(db)
    result = answer_sheets.read(db, table(db, **cells), reader, dry_run=False)
    assert len(result.problems) == 1 and result.approved + result.changed == 0


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", 'topic,"key\n'])
def test_what_is_no_table_is_refused(db, reader, text):
    with pytest.raises(ValueError, match=r"\.$"):
        answer_sheets.read(db, text, reader, dry_run=False)


def test_a_cell_is_never_a_formula(db, reader):
    a_draft(db, text='=HYPERLINK("x") is one unit')
    text = answer_sheets.export(db)
    assert '"\'=HYPERLINK' in text
    result = answer_sheets.read(db, table(db, decision="approve"), reader, dry_run=False)
    assert result.problems == [] or "differ" not in result.problems[0]
