"""Quality review: a sample of every kind, drawn once; the rubric; sums that lead to nobody."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from bot import clock
from bot.conversations import handoffs, messages, quality
from bot.models import Conversation, Handoff, Message, Person, QualityPick, QualityReview, QualitySample
from tests import builders

GOOD = {"understood": "yes", "right": "yes", "kind": "yes", "danger": "none", "person": "none"}


def days() -> dict[str, str]:
    today = clock.today()
    return {"begins": f"{today - timedelta(days=7)}", "ends": f"{today}", "size": "10"}


@pytest.fixture
def wrote(database):
    """Makes conversations with the assistant alone; the id."""

    def make(text="whats a unit", at=None):
        with database.write() as db:
            conversation = builders.a_conversation(db)
            messages.receive(
                db, channel="sms", address=conversation.address.address, external_id=f"q{conversation.id}", text=text,
                status="answered", at=at or clock.now(),
            )  # fmt: skip
            return conversation.id

    return make


@pytest.fixture
def mixed(wrote, waiting):
    """2 conversations with danger, 3 with a hand-off, 20 with the assistant alone."""
    for _ in range(2):
        waiting("i want to die", "crisis_suicide")
    for _ in range(3):
        waiting()
    for _ in range(20):
        wrote()


def drawn(database, size=10, seed=1) -> dict[str, list[str]]:
    now = clock.now()
    with database.write() as db:
        staff = builders.a_member_of_staff(db)
        begins, ends = now - timedelta(days=7), now + timedelta(minutes=1)
        sample = quality.draw(db, staff, begins, ends, size, chance=random.Random(seed))
        found: dict[str, list[str]] = {kind: [] for kind in quality.KINDS}
        for pick, _ in quality.picks_of(db, sample.id):
            found[pick.kind].append(pick.conversation_id)
        return found


def _links(page) -> list[str]:
    """The conversations of a sample's page."""
    return [a.attributes["href"] for a in page.one("table").all("a")]


# --- drawing -------------------------------------------------------------------------------


def test_every_kind_is_in_a_sample(database, mixed):
    found = drawn(database)
    assert {kind: len(ids) for kind, ids in found.items()} == {"danger": 2, "handed": 3, "plain": 5}
    assert len({id_ for ids in found.values() for id_ in ids}) == 10


def test_chance_picks_and_not_the_order(database, mixed):
    assert {tuple(drawn(database, seed=n)["plain"]) for n in range(5)} != {tuple(drawn(database, seed=1)["plain"])}
    assert drawn(database, seed=3) == drawn(database, seed=3)


def test_kinds_share_a_sample_evenly_while_they_last(database, wrote, waiting):
    for _ in range(5):
        waiting("x", "crisis_abuse")
        waiting()
        wrote()
    assert {kind: len(ids) for kind, ids in drawn(database, 6).items()} == {"danger": 2, "handed": 2, "plain": 2}


def test_words_for_danger_make_it_danger_though_the_handoff_is_older(database, wrote):
    conversation_id = wrote()
    with database.write() as db:
        messages.say(db, db.get(Conversation, conversation_id), "Ring 999.", author="system", purpose="crisis")
    assert drawn(database)["danger"] == [conversation_id]


def test_other_times_and_the_erased_are_not_picked(database, wrote):
    wrote(at=clock.now() - timedelta(days=9))
    erased, there = wrote(), wrote()
    with database.write() as db:
        db.get(Person, db.get(Conversation, erased).person_id).erased_at = clock.now()
    assert drawn(database) == {"danger": [], "handed": [], "plain": [there]}


def test_a_coordinator_draws_and_a_worker_does_not(signed_in, mixed, database, audited):
    there, worker = signed_in("coordinator"), signed_in("worker", "Bob Other")
    worker.post("/quality", days(), status=403)
    path = there.post("/quality", days() | {"trial": "shorter menu"}).location
    assert "shorter menu" in there.get(path).text and "2 with danger" in there.page.text
    assert [event[1:] for event in audited("quality.drawn")] == [("quality.drawn", "quality_sample:1", {"count": 10})]
    first = _links(there.get(path))
    assert _links(there.get(path)) == first == _links(worker.get(path))  # it is kept: two people see the same
    assert len(first) == 10


@pytest.mark.parametrize("wrong", [
    {"begins": "x"}, {"ends": "2090-01-01"}, {"size": "2"}, {"size": "51"}, {"size": "many"},
    {"begins": "2020-01-01", "ends": "2020-01-02"}, {"begins": "2026-01-09", "ends": "2026-01-08"},
])  # fmt: skip
def test_what_cannot_be_drawn_is_said(signed_in, mixed, database, wrong):
    there = signed_in("coordinator")
    there.post("/quality", days() | wrong, status=422)
    assert "There is a problem" in there.page.text
    with database.read() as db:
        assert db.query(QualitySample).count() == 0


# --- reviewing -----------------------------------------------------------------------------


@pytest.fixture
def sampled(signed_in, wrote, database):
    """One conversation in a sample: the path of its review, its id, and the coordinator who drew it."""
    conversation_id = wrote("can i drink on ma tablets")
    there = signed_in("coordinator", "Cat Coordinator")
    path = there.post("/quality", days()).location
    with database.read() as db:
        return f"{path}/{db.query(QualityPick).one().id}", conversation_id, there


def test_a_review_shows_that_time_alone_and_the_look_is_audited(sampled, database, audited):
    path, conversation_id, there = sampled
    with database.write() as db:
        conversation = db.get(Conversation, conversation_id)
        old = messages.mark(db, conversation, "a year ago")
        old.created_at = clock.now() - timedelta(days=365)
    page = there.get(path)
    assert "can i drink on ma tablets" in page.text and "a year ago" not in page.text
    seen = (f"staff:{there.staff.id}", "conversation.viewed", f"conversation:{conversation_id}", {"why": "quality"})
    assert seen in audited("conversation.viewed")


def test_marks_and_note_are_kept_and_can_be_changed(sampled, database, audited):
    path, _, there = sampled
    there.post(path, GOOD | {"note": "The menu came too soon."})
    assert "The menu came too soon." in there.get(path).text
    there.post(path, GOOD | {"right": "no", "note": ""})
    with database.read() as db:
        (found,) = db.query(QualityReview).all()
        assert found.marks == GOOD | {"right": "no"} and found.note is None
    assert len(audited("quality.reviewed")) == 2


@pytest.mark.parametrize("wrong", [{"understood": ""}, {"understood": "none"}, {"right": "maybe"}, {"danger": ""}])
def test_every_line_is_marked_or_nothing_is_kept(sampled, database, wrong):
    path, _, there = sampled
    there.post(path, GOOD | {"note": "keep me"} | wrong, status=422)
    assert "Answer every question" in there.page.text and "keep me" in there.page.text
    with database.read() as db:
        assert db.query(QualityReview).count() == 0


def test_nobody_reviews_a_conversation_they_wrote_in(sampled, database, signed_in):
    path, conversation_id, _ = sampled
    worker = signed_in("worker")
    with database.write() as db:
        handoffs.take(db, handoffs.open_for(db, db.get(Conversation, conversation_id), "asked"), worker.staff)
        handoffs.reply(db, db.get(Conversation, conversation_id), worker.staff, "I am Ann.")
    assert "somebody else reviews it" in worker.get(path).text
    worker.post(path, GOOD, status=422)
    with database.read() as db:
        assert db.query(QualityReview).count() == 0


def test_a_pick_is_reached_through_its_own_sample_alone(sampled):
    path, _, there = sampled
    there.get(path.replace("/quality/1/", "/quality/2/"), status=404)
    there.get("/quality/77", status=404)


def test_the_erased_leave_their_marks_and_neither_note_nor_link(sampled, database):
    path, conversation_id, there = sampled
    there.post(path, GOOD | {"note": "He said his sister's name."})
    with database.write() as db:
        quality.forget(db, [conversation_id])
    there.get(path, status=404)
    assert "which has been erased" in there.get(path.rpartition("/")[0]).text
    with database.read() as db:
        assert db.query(QualityReview).one().note is None
        (row,) = quality.figures(db)
        assert row.lines["understood"].yes == 1


# --- sums ----------------------------------------------------------------------------------


def test_the_worse_mark_counts_and_agreement_is_counted(sampled, signed_in, database):
    path, _, there = sampled
    worker = signed_in("worker")
    there.post(path, GOOD)
    worker.post(path, GOOD | {"right": "partly", "danger": "no"})
    with database.read() as db:
        (row,) = quality.figures(db)
    assert (row.lines["understood"].yes, row.lines["understood"].share) == (1, 100)
    assert (row.lines["right"].partly, row.lines["right"].share) == (1, 0)
    assert (row.lines["danger"].no, row.lines["person"].marked, row.lines["person"].share) == (1, 0, None)
    assert (row.agreed, row.compared, row.reviewed, row.picks) == (3, 5, 1, 1)


def test_samples_stand_in_the_order_of_their_time(database, wrote, signed_in):
    wrote()
    wrote(at=clock.now() - timedelta(days=20))
    there, today = signed_in("coordinator"), clock.today()
    for first, last, mark in ((6, 0, "yes"), (24, 15, "no")):
        form = {"begins": f"{today - timedelta(days=first)}", "ends": f"{today - timedelta(days=last)}", "size": "3"}
        path = there.post("/quality", form).location
        there.post(_links(there.get(path))[0], GOOD | {"understood": mark})
    with database.read() as db:
        assert [row.lines["understood"].share for row in quality.figures(db)] == [0, 100]
        assert quality.figures(db, "danger") == []


def test_an_analyst_sees_sums_and_no_way_to_a_conversation(sampled, signed_in, audited):
    path, conversation_id, there = sampled
    there.post(path, GOOD | {"note": "Words of a reviewer."})
    analyst = signed_in("analyst")
    assert "/quality/figures" in [a.attributes["href"] for a in analyst.get("/figures").all("a")]
    page = analyst.get("/quality/figures")
    assert "100%" in page.text and "1 yes, 0 in part, 0 no" in page.text
    assert conversation_id not in analyst.html and "Words of a reviewer" not in analyst.html
    assert {a.attributes["href"].partition("?")[0] for a in page.one("main").all("a")} == {"/quality/figures"}
    for closed in ("/quality", path, path.rpartition("/")[0]):
        analyst.get(closed, status=403)
    assert not [event for event in audited("conversation.viewed") if event[0] == f"staff:{analyst.staff.id}"]
    analyst.get("/quality/figures?kind=secret", status=404)


def test_a_handoff_of_danger_counts_though_nobody_was_warned(database, waiting):
    conversation_id = waiting("he hits me", "crisis_abuse")
    with database.read() as db:
        assert not db.query(Message).filter_by(purpose="crisis").count() and db.query(Handoff).one().priority == 0
    assert drawn(database)["danger"] == [conversation_id]
