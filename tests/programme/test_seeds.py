"""Seeding: complete, harmless to repeat, and never a sample outside the demo nor an edit overwritten."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import yaml

from bot import clock, wording
from bot.models import Answer, AnswerRevision, Booking, ProgrammeSession, Service, Topic
from bot.programme import areas, seeds, sessions
from tests.builders import NOW

TODAY = date(2026, 11, 24)


@pytest.fixture
def db(database):
    with database.write() as db:
        yield db


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder of our own, with one topic, one service and one answer."""
    monkeypatch.setattr(seeds, "DATA", tmp_path)
    (tmp_path / "answers").mkdir()
    write(tmp_path / "topics.yml", [{"slug": "alcohol", "name": "Alcohol", "label": "Alcohol"}])
    write(tmp_path / "services.yml", [a_service()])
    write(tmp_path / "sessions.yml", [])
    write(tmp_path / "answers/alcohol.yml", {"topic": "alcohol", "answers": [an_answer()]})
    return tmp_path


def write(path, tree):
    path.write_text(yaml.safe_dump(tree))


def a_service(**values):
    return {
        "slug": "aa", "name": "AA", "what": "Meetings.", "topics": ["alcohol"], "audience": "everyone", "area": "uk",
        "phone": "0800 1", "confidence": "confirmed", "hold": False, "source_url": "https://example.org",
    } | values  # fmt: skip


def an_answer(**values):
    return {"key": "units", "question": "What is a unit?", "text": "One.", "revision": 1, "status": "draft"} | values


def seed(db, demo=True, today=TODAY):
    return seeds.seed(db, demo=demo, today=today)


def everything(db):
    tables = (Topic, Service, AnswerRevision, ProgrammeSession)
    return [db.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for t in tables]


# --- the real seed ------------------------------------------------------------------------------


def test_the_seed_is_complete_and_harmless_to_repeat(db):
    added = seed(db)
    assert (added["topics"], added["services"]) == (8, 130)
    assert added["sessions"] >= 28
    before = everything(db)
    assert set(seed(db).values()) == {0}
    assert everything(db) == before


def test_samples_say_so_and_cover_the_topics_and_the_city(db):
    seed(db)
    rows = db.execute(sa.select(ProgrammeSession)).scalars().all()
    assert all(s.sample and s.place.startswith("Sample ") for s in rows)
    assert set(Counter(s.topic_slug for s in rows).values()) <= {3, 4, 5} and len({s.topic_slug for s in rows}) == 8
    assert {s.sector for s in rows} == set(areas.SECTORS) and len({s.area for s in rows}) >= 10
    assert {"women", "men", "everyone"} == {s.audience for s in rows}
    assert min(s.places for s in rows) == 1 and max(s.places for s in rows) <= 15
    assert all(clock.start_of_day(TODAY + timedelta(days=1)) <= s.starts_at for s in rows)
    assert max(s.starts_at for s in rows) < clock.start_of_day(TODAY + timedelta(days=36))


@pytest.mark.parametrize("offset", range(7))
def test_the_demo_has_something_on_in_the_next_week_whatever_the_day(db, offset):
    today = TODAY + timedelta(days=offset)
    seed(db, today=today)
    now = clock.start_of_day(today)
    assert len(sessions.open_sessions(db, end=now + timedelta(days=8), at=now)) >= 5


def test_sessions_of_a_demo_that_runs_on_are_topped_up(db):
    seed(db)
    later = TODAY + timedelta(days=14)
    upcoming = sa.select(sa.func.count()).where(ProgrammeSession.starts_at > clock.start_of_day(later))
    assert seed(db, today=TODAY + timedelta(days=1))["sessions"] == 0
    while db.execute(upcoming).scalar_one() >= seeds.ENOUGH_SAMPLES:
        later += timedelta(days=1)
        upcoming = sa.select(sa.func.count()).where(ProgrammeSession.starts_at > clock.start_of_day(later))
    assert seed(db, today=later)["sessions"] > 0
    rows = db.execute(sa.select(ProgrammeSession.title, ProgrammeSession.place, ProgrammeSession.starts_at)).all()
    assert len(rows) == len(set(rows))


def test_no_sample_is_ever_made_outside_the_demo(db):
    assert seed(db, demo=False)["sessions"] == 0
    assert db.execute(sa.select(ProgrammeSession)).first() is None
    assert db.execute(sa.select(Booking)).first() is None


# --- what staff did stays -------------------------------------------------------------------------


def test_services_follow_the_file_unless_staff_edited_them(db, data):
    seed(db)
    service = db.get(Service, "aa")
    service.checked_by, service.checked_at, service.check_due = "Sam", NOW, NOW
    write(data / "services.yml", [a_service(what="Free meetings.")])
    seed(db)
    assert (service.what, service.checked_by) == ("Free meetings.", "Sam")
    service.edited, service.phone = True, "0800 2"
    write(data / "services.yml", [a_service(phone="0800 3")])
    seed(db)
    assert (service.phone, service.checked_by) == ("0800 2", "Sam")


def test_a_check_does_not_outlive_the_number_that_was_checked(db, data):
    seed(db)
    service = db.get(Service, "aa")
    service.checked_by, service.checked_at, service.check_due = "Sam", NOW, NOW
    write(data / "services.yml", [a_service(phone="0800 3")])
    seed(db)
    assert (service.phone, service.checked_by, service.checked_at, service.check_due) == ("0800 3", None, None, None)


def test_a_service_taken_out_of_the_file_is_held_back(db, data):
    seed(db)
    write(data / "services.yml", [a_service(slug="bb")])
    seed(db)
    assert (db.get(Service, "aa").hold, db.get(Service, "bb").hold) == (True, False)


def revisions(db):
    query = sa.select(AnswerRevision.revision, AnswerRevision.text, AnswerRevision.origin).order_by(AnswerRevision.id)
    return [tuple(row) for row in db.execute(query)]


def test_a_newer_revision_in_the_file_is_added_and_the_old_one_kept(db, data):
    seed(db)
    write(data / "answers/alcohol.yml", {"topic": "alcohol", "answers": [an_answer(text="Changed, same number.")]})
    seed(db)
    assert revisions(db) == [(1, "One.", "seed")]
    newer = an_answer(text="Two.", revision=2, status="approved", reviewed_by="Sam", review_by=date(2027, 5, 1))
    write(data / "answers/alcohol.yml", {"topic": "alcohol", "answers": [newer]})
    seed(db)
    assert revisions(db) == [(1, "One.", "seed"), (2, "Two.", "seed")]
    row = db.execute(sa.select(AnswerRevision).where(AnswerRevision.revision == 2)).scalars().one()
    assert (row.reviewed_by, row.review_by) == ("Sam", clock.start_of_day(date(2027, 5, 1)))


def test_an_answer_that_staff_rewrote_is_theirs(db, data):
    seed(db)
    answer = db.execute(sa.select(Answer)).scalars().one()
    db.add(AnswerRevision(answer_id=answer.id, revision=2, text="Ours.", status="approved", origin="staff"))
    db.flush()
    write(data / "answers/alcohol.yml", {"topic": "alcohol", "answers": [an_answer(text="Three.", revision=3)]})
    seed(db)
    assert [text for _, text, _ in revisions(db)] == ["One.", "Ours."]


def test_a_file_that_is_empty_or_of_no_topic_is_passed_over(db, data):
    write(data / "answers/half_written.yml", {"topic": "alcohol", "answers": None})
    write(data / "answers/other.yml", {"topic": "knitting", "answers": [an_answer()]})
    (data / "answers/empty.yml").write_text("")
    assert seed(db)["answers"] == 1


def test_the_words_of_topics_and_samples_are_plain():
    topics, samples = seeds._read(seeds.DATA / "topics.yml"), seeds._read(seeds.DATA / "sessions.yml")
    texts = [t["label"] for t in topics] + [f"{s['title']}: {s['place']}" for s in samples]
    assert {text: found for text in texts if (found := wording.problems(text, budget=80))} == {}
