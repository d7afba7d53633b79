"""Content editors: answers are read, changed and approved; services checked; topics opened; crisis numbers rung."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from bot import clock
from bot.models import Service, Signpost, Topic
from bot.programme import answers, number_checks, review, services
from tests import builders

GOOD = "A unit is a way to count drink. One small glass of wine is about two."
SOURCES = [{"title": "NHS inform", "url": "https://example.org", "seen": "2026"}]


@pytest.fixture
def draft(database):
    with database.write() as db:
        found = builders.an_answer_revision(db, status="draft", review_by=None, sources=SOURCES)
        return found.answer_id


def shown(database):
    with database.read() as db:
        found = answers.current(db, "alcohol", "units", drafts=False)
        return found and (found.text, found.reviewed_by)


def test_one_writes_another_approves(signed_in, draft, database, audited):
    writer, reader = signed_in("editor", "Wren Writer"), signed_in("editor", "Rae Reader")
    writer.get("/answers?topic=alcohol")
    writer.get(f"/answers/{draft}")
    writer.post(f"/answers/{draft}", {"do": "save", "revision": "1", "text": GOOD})
    writer.get(f"/answers/{draft}")
    assert "somebody else" in writer.html and "I stand by it" not in writer.html
    writer.post(f"/answers/{draft}", {"do": "approve", "revision": "2"}, status=422)
    assert shown(database) is None
    reader.get("/answers/sitting")
    reader.post("/answers/sitting", {"approve": f"{draft}:2"})
    assert shown(database) == (GOOD, "Rae Reader")
    assert [a for _, a, _, _ in audited("answer.")] == ["answer.edited", "answer.approved"]


def test_what_was_typed_is_kept_when_it_is_refused(signed_in, draft):
    there = signed_in("editor")
    there.post(f"/answers/{draft}", {"do": "save", "revision": "1", "text": "Text CANCEL now, my friend."}, status=422)
    assert "Text CANCEL now, my friend." in there.html and "Not saved" in there.html


def test_typographic_characters_are_made_fit_for_a_text(signed_in, draft, database):
    there = signed_in("editor")
    there.post(f"/answers/{draft}", {"do": "save", "revision": "1", "text": "It’s fine – really. Ask a nurse."})
    with database.read() as db:
        assert review.newest(db, draft).text == "It's fine - really. Ask a nurse."


def test_an_answer_is_withdrawn(signed_in, database):
    with database.write() as db:
        answer_id = builders.an_answer_revision(db).answer_id
    signed_in("editor").post(f"/answers/{answer_id}", {"do": "withdraw", "revision": "1"})
    assert shown(database) is None


def test_a_sitting_tells_what_could_not_be_approved_and_goes_on(signed_in, draft, database):
    with database.write() as db:
        bare = builders.an_answer_revision(db, key="bare", status="draft", review_by=None).answer_id
    there = signed_in("editor")
    there.post("/answers/sitting", {"approve": [f"{bare}:1", f"{draft}:1", "nonsense", "99999:1"]})
    there.get("/answers/sitting")
    assert "1 approved" in there.html and "names no source" in there.html and "not there any more" in there.html


def test_a_table_goes_out_and_comes_back(signed_in, draft, database):
    there = signed_in("editor")
    table = there.http.get("/answers/table?topic=alcohol").get_data(as_text=True)
    table = table.replace(",,,,", ",,,,").replace("(2026),,", "(2026),approve,")

    def send(does):
        data = {"csrf_token": there.token(), "do": does, "file": (io.BytesIO(table.encode()), "answers.csv")}
        return there.http.post("/answers/table/read", data=data, content_type="multipart/form-data")

    assert "1 approved" in send("look").get_data(as_text=True) and shown(database) is None
    assert "1 approved" in send("do").get_data(as_text=True) and shown(database) is not None


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"a,b\n", b"x" * 200_000])
def test_what_is_no_table_is_told_so(signed_in, body):
    there = signed_in("editor")
    data = {"csrf_token": there.token(), "do": "do", "file": (io.BytesIO(body), "x.csv")}
    response = there.http.post("/answers/table/read", data=data, content_type="multipart/form-data")
    assert response.status_code == 422 and "Not read" in response.get_data(as_text=True)


def test_a_large_body_from_a_stranger_is_refused(client):
    data = {"csrf_token": client.token(), "file": (io.BytesIO(b"x" * 200_000), "x.csv")}
    assert client.http.post("/answers/table/read", data=data, content_type="multipart/form-data").status_code == 413


def test_a_service_is_checked_corrected_and_held(signed_in, database):
    with database.write() as db:
        builders.a_service(db, slug="s")
    there = signed_in("editor", "Rae Reader")
    there.get("/services")
    there.get("/services/s")
    there.post("/services/s", {"do": "checked"})
    with database.read() as db:
        assert services.get(db, "s", live=True).checked_by == "Rae Reader"
    form = {"do": "save", "name": "Service", "what": "Help when you want it.", "phone": "0141 496 0009"}
    there.post("/services/s", form)
    there.post("/services/s", form | {"phone": "call us"}, status=422)
    assert "call us" in there.html
    with database.read() as db:
        assert services.get(db, "s", live=True) is None and db.get(Service, "s").phone == "0141 496 0009"
    there.post("/services/s", {"do": "hold"})
    with database.read() as db:
        assert services.get(db, "s") is None
    there.get("/services/none", status=404)


def test_services_are_looked_through_by_their_state(signed_in, database):
    with database.write() as db:
        builders.a_service(db, slug="held", name="Held Place", hold=True)
        builders.a_service(db, slug="fresh", name="Fresh Place", check_due=clock.now() + timedelta(days=9))
    there = signed_in("editor")
    for state, names in (("held", ["Held Place"]), ("checked", ["Fresh Place"]), ("", ["Fresh Place", "Held Place"])):
        rows = there.get(f"/services?state={state}").one("tbody").all("tr")
        assert sorted(row.one("a").text for row in rows) == names
    assert "None." in there.get("/services?state=unconfirmed").one("main").text
    assert len(there.get("/services?state=nonsense").one("tbody").all("tr")) == 2


def test_a_topic_opens_once_nothing_blocks_it(signed_in, database):
    with database.write() as db:
        for n in range(review.ENOUGH_ANSWERS):
            builders.an_answer_revision(db, topic="mental_health", key=f"k{n}", review_by=clock.now() + timedelta(30))
        db.get(Topic, "mental_health").opened_at = None
        builders.a_service(db, topics=["mental_health"], check_due=clock.now() + timedelta(days=9))
    one, two = signed_in("editor", "Rae Reader"), signed_in("editor", "Wren Writer")
    one.get("/going-live")
    assert "not been rung by 2 people" in one.html
    one.post("/going-live/topics/mental_health", {"do": "open"}, status=422)
    with database.read() as db:
        every = number_checks.numbers(db)
    for there in (one, two):
        there.get("/crisis-numbers")
        for number in every:
            there.post("/crisis-numbers", {"key": number.key, "number": number.number})
    one.post("/crisis-numbers", {"key": "samaritans", "number": "0141 496 0000"}, status=422)
    one.post("/going-live/topics/mental_health", {"do": "open"})
    with database.read() as db:
        assert db.get(Topic, "mental_health").opened_at is not None
    one.post("/going-live/topics/mental_health", {"do": "close"})
    one.post("/going-live/topics/nothing", {"do": "open"}, status=422)


def test_pages_ask_the_database_as_often_for_many_answers_as_for_few(signed_in, database, queries):
    there = signed_in("editor")
    with database.write() as db:
        builders.an_answer_revision(db)
    few = queries(lambda: there.get("/answers?topic=alcohol"))
    with database.write() as db:
        for n in range(30):
            builders.an_answer_revision(db, key=f"k{n}")
            builders.a_service(db)
    assert queries(lambda: there.get("/answers?topic=alcohol")) == few
    assert queries(lambda: there.get("/services")) < 12


def test_a_service_that_several_could_not_get_through_to_is_shown_first(signed_in, database):
    with database.write() as db:
        builders.a_service(db, slug="quiet", name="Quiet line")
        builders.a_service(db, slug="fine", name="Fine line")
        for _ in range(3):
            db.add(
                Signpost(
                    person_id=builders.a_person(db).id, service_slug="quiet", given_at=clock.now(),
                    asked_at=clock.now(), answered_at=clock.now(), answer="not_yet", why="not_reached",
                )
            )  # fmt: skip
    there = signed_in("editor", "Rae Reader")
    (note,) = there.get("/services").all("div", **{"class": "note note-problem"})
    assert "could not get through" in note.text and "Quiet line" in note.text and "Fine line" not in note.text
    assert "could not get through" in there.get("/services/quiet").text
    assert "could not get through" not in there.get("/services/fine").text
    there.post("/services/quiet", {"do": "checked"})
    assert "could not get through" not in there.get("/services").text
