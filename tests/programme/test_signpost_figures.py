"""What people said of the places they were pointed to: what staff are shown of it, and the figures."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from bot import clock
from bot.models import Signpost
from bot.programme import erasure, figures, services, signposts, tallies
from tests import builders
from tests.builders import NOW

#: Noon, two weeks after NOW.
THEN = NOW + timedelta(days=14, hours=1)


def says(db, service, answer, why=None, helped=None, at=THEN):
    """One person's answer about a service."""
    conversation = builders.a_conversation(db)
    db.add(
        Signpost(
            person_id=conversation.person_id, conversation_id=conversation.id, service_slug=service.slug,
            given_at=at - signposts.AFTER, asked_at=at, answered_at=at, answer=answer, why=why, helped=helped,
        )
    )  # fmt: skip
    db.flush()
    return conversation.person


def test_a_service_that_several_could_not_reach_is_shown_until_somebody_has_checked_it(db, monkeypatch):
    service, fine = builders.a_service(db), builders.a_service(db)
    says(db, fine, "not_yet", "no_time"), says(db, fine, "went", helped=True)
    person = says(db, service, "not_yet", "not_reached")
    for _ in range(2):  # the same person twice more is one person
        db.add(
            Signpost(
                person_id=person.id, service_slug=service.slug, given_at=NOW, asked_at=THEN, answered_at=THEN,
                answer="not_yet", why="not_reached",
            )
        )  # fmt: skip
    says(db, service, "not_yet", "not_reached")
    assert signposts.not_reached(db, THEN) == set()
    says(db, service, "not_yet", "not_reached")
    assert signposts.not_reached(db, THEN) == {service.slug}
    assert signposts.not_reached(db, THEN + timedelta(days=100)) == set()
    monkeypatch.setattr("bot.clock.now", lambda: THEN + timedelta(hours=1))
    services.check(db, service.slug, builders.a_member_of_staff(db))
    assert signposts.not_reached(db, THEN + timedelta(hours=2)) == set()


def places(db):
    """The two tables of the figures, by title's last word: line → values."""
    found = figures.tables(db, THEN - timedelta(days=30), THEN + timedelta(days=30), {})
    return {
        table.title.rpartition(" ")[2]: {line: [f.value for f in row] for line, row in table.rows.items()}
        for table in found
        if table.title.startswith("Did they go")
    }


def test_answers_are_counted_by_service_and_topic_and_few_are_held_back(db):
    builders.a_topic(db, "alcohol", name="Alcohol")
    busy, quiet = builders.a_service(db, name="Busy"), builders.a_service(db, name="Quiet")
    food = builders.a_service(db, name="Meals", topics=["food", "housing"])
    for _ in range(7):
        says(db, busy, "went", helped=True)
    for number in range(6):
        says(db, busy, "not_yet", "not_reached" if number < 5 else "no_time")
    says(db, quiet, "went", helped=True), says(db, busy, "never")
    for _ in range(5):
        says(db, food, "went")
    found = places(db)
    assert found["service"] == {
        "Busy": [13, 7, 7, 6, None], "Quiet": [None, None, None, 0, 0], "Meals": [5, 5, 0, 0, 0],
    }  # fmt: skip
    assert found["topic"] == {"Alcohol": [None, None, None, 6, None], "Food": [5, 5, 0, 0, 0]}
    assert list(found["topic"]) == ["Alcohol", "Food"]


def test_a_part_whose_rest_is_of_few_people_is_held_back(db):
    service = builders.a_service(db, name="Place")
    for number in range(8):
        says(db, service, "went", helped=number < 6)
    assert places(db)["service"]["Place"] == [8, 8, None, 0, 0]


def test_somebody_counts_once_for_a_place(db):
    service = builders.a_service(db, name="Place")
    people = [says(db, service, "went", helped=True) for _ in range(4)]
    for _ in range(4):
        db.add(
            Signpost(
                person_id=people[0].id, service_slug=service.slug, given_at=NOW, asked_at=THEN, answered_at=THEN,
                answer="went", helped=True,
            )
        )  # fmt: skip
    db.flush()
    assert places(db)["service"]["Place"][1] is None, "four people, however often they went"


def test_the_figures_say_the_same_after_somebody_was_erased(db):
    builders.a_topic(db, "alcohol", name="Alcohol")
    service = builders.a_service(db, name="Place")
    people = [says(db, service, "went", helped=True) for _ in range(6)]
    before = places(db)
    quarter = figures.Quarter.of(THEN.date())
    person = people[0]
    seen = erasure.preview(db, person).seen
    erasure.erase(db, person.id, reason="asked", seen=seen, minded=True, by_staff=None)
    assert db.execute(sa.select(sa.func.count()).select_from(Signpost)).scalar() == 5
    with_tallies = tallies.between(db, builders.NOW - timedelta(days=200), builders.NOW + timedelta(days=200))
    assert with_tallies["go_went", service.slug] == 1 and with_tallies["go_helped", service.slug] == 1
    start, end = clock.start_of_day(quarter.first), clock.start_of_day(quarter.after.first)
    found = figures.tables(db, start, end, {})
    after = next(t for t in found if t.title.endswith("by service")).rows["Place"]
    assert [f.value for f in after] == before["service"]["Place"] == [6, 6, 6, 0, 0]
