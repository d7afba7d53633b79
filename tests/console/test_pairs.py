"""Keeping two people apart and merging two records, as a coordinator does it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from bot.models import Merge, Person
from bot.programme import apart
from tests import builders


@pytest.fixture
def two(database):
    with database.write() as db:
        return builders.a_person(db, name="Jo Bloggs").id, builders.a_person(db, name="Sam Hill").id


def test_two_are_kept_apart_and_staff_who_book_see_a_full_session(signed_in, two, database, audited):
    jo, sam = two
    with database.write() as db:
        session = builders.a_session(db, at=clock.now(), days=5, title="Sleep")
        both = builders.a_session(db, at=clock.now(), days=9, title="Walks")
        for person in two:
            builders.a_booking(db, db.get(Person, person), both)
        builders.a_booking(db, db.get(Person, jo), session)
    there = signed_in("coordinator")
    there.get(f"/people/{jo}/apart")
    there.post(f"/people/{jo}/apart", {"who": "sam"}, status=200)
    assert there.page.one("label", **{"for": f"p{sam}"}).text.startswith("Sam Hill")
    there.post(f"/people/{jo}/apart", {"who": "sam", "other": str(sam), "reason": "court order"})
    page = there.get(f"/people/{jo}/apart")
    assert "court order" in page.text and "Both have a place already: Walks" in page.text
    there.post(f"/sessions/{session.id}/book", {"who": "sam", "person": str(sam)}, status=422)
    assert "No place is free" in there.page.text and "apart" not in there.page.one("main").text.lower()
    with database.read() as db:
        pair = apart.of(db, jo)[0][0].id
    there.post(f"/people/{jo}/apart/end", {"pair": str(pair)})
    there.post(f"/sessions/{session.id}/book", {"who": "sam", "person": str(sam)})
    assert [a for _, a, _, _ in audited("apart.")] == ["apart.added", "apart.ended"]


def test_a_worker_does_not_learn_of_a_pair(signed_in, two, database):
    jo, sam = two
    with database.write() as db:
        apart.add(db, jo, sam, reason="court order", by_staff=builders.a_member_of_staff(db).id)
    there = signed_in("worker")
    page = there.get(f"/people/{jo}")
    assert "apart" not in page.text and "Sam" not in page.text
    there.get(f"/people/{jo}/apart", status=403)


@pytest.mark.parametrize("form", [{}, {"who": "x", "other": "99999"}, {"who": "jo", "other": "self"}])
def test_a_pair_that_cannot_be_is_not_made(signed_in, two, database, form):
    jo, _ = two
    there = signed_in("coordinator")
    form = {k: str(jo) if v == "self" else v for k, v in form.items()}
    there.post(f"/people/{jo}/apart", form, status=422)
    with database.read() as db:
        assert apart.of(db, jo) == []


def test_a_pair_of_others_is_not_ended(signed_in, two, database):
    jo, sam = two
    with database.write() as db:
        third = builders.a_person(db).id
        pair = apart.add(db, jo, sam, reason=None, by_staff=builders.a_member_of_staff(db).id).id
    there = signed_in("coordinator")
    for form in ({"pair": str(pair)}, {"pair": "99999"}, {}):
        there.post(f"/people/{third}/apart/end", form)
    with database.read() as db:
        assert len(apart.of(db, jo)) == 1


def test_two_records_are_shown_side_by_side_before_they_are_made_one(signed_in, two, database, audited):
    jo, sam = two
    there = signed_in("coordinator", name="Ann Lead")
    there.get(f"/people/{jo}/merge")
    there.post(f"/people/{jo}/merge", {"who": "sam"}, status=200)
    there.post(f"/people/{jo}/merge", {"who": "sam", "other": str(sam), "do": "check"}, status=200)
    assert "Sam Hill" in there.page.one("tbody").text
    with database.read() as db:
        assert db.get(Person, sam).erased_at is None
    there.post(f"/people/{jo}/merge", {"who": "sam", "other": str(sam), "do": "confirm"})
    assert there.get(f"/people/{jo}").text.count("Conversation by SMS") == 2
    there.get(f"/people/{sam}", status=404)
    assert "by Ann Lead" in there.get(f"/people/{jo}/merge").text
    assert [(on, d) for _, _, on, d in audited("person.merged")] == [(f"person:{jo}", {"gone": sam})]
    there.post(f"/people/{jo}/merge", {"other": str(sam), "do": "confirm"}, status=422)


def test_two_with_a_place_at_one_session_are_not_made_one(signed_in, two, database):
    jo, sam = two
    with database.write() as db:
        session = builders.a_session(db, at=clock.now(), days=5)
        for person in two:
            builders.a_booking(db, db.get(Person, person), session)
    there = signed_in("coordinator")
    there.post(f"/people/{jo}/merge", {"other": str(sam), "do": "confirm"}, status=422)
    assert "Give one of them back first" in there.page.one("div", role="alert").text


def test_a_merge_is_undone_from_the_page_of_the_record_that_was_kept(signed_in, two, database, audited):
    jo, sam = two
    there = signed_in("coordinator", name="Ann Lead")
    there.post(f"/people/{jo}/merge", {"other": str(sam), "do": "check"}, status=200)
    assert "can be undone for 7 days" in there.page.text
    there.post(f"/people/{jo}/merge", {"other": str(sam), "do": "confirm"})
    (link,) = [a.attributes["href"] for a in there.get(f"/people/{jo}/merge").all("a") if "Undo it" in a.text]
    page = there.get(link)
    assert "1 phone or chat" in page.text and "What cannot be undone" in page.text
    assert there.post(link).location == f"/people/{sam}"
    assert "Sam Hill" in there.get(f"/people/{sam}").text
    assert "undone today, by Ann Lead" in there.get(f"/people/{jo}/merge").text
    assert "undid it" in there.get(link).text and not there.page.one("main").all("button")
    there.post(link, status=422)
    assert [(on, d) for _, _, on, d in audited("person.unmerged")] == [(f"person:{jo}", {"gone": sam})]
    there.get(link.replace(f"/{jo}/", f"/{sam}/"), status=404)


def test_a_merge_of_long_ago_is_not_undone_and_the_page_says_why(signed_in, two, database):
    jo, sam = two
    there = signed_in("coordinator")
    there.post(f"/people/{jo}/merge", {"other": str(sam), "do": "confirm"})
    with database.write() as db:
        merge = db.query(Merge).one()
        merge.merged_at -= timedelta(days=8)
    there.post(f"/people/{jo}/merge/{merge.id}", status=422)
    assert "more than 7 days ago" in there.page.text
    there.get(f"/people/{sam}", status=404)
