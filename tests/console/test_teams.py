"""Teams: what belongs to one is nowhere to be seen for another, whatever page, search, count or address one tries."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock
from bot.conversations import alarms, call_backs, desk, handoffs, labels, messages, quality, readings, teams
from bot.conversations.access import MAY
from bot.conversations.readings import Meaning
from bot.db import Base
from bot.models import (
    AnswerShown,
    Attendance,
    Booking,
    Conversation,
    Feedback,
    Handoff,
    Person,
    Staff,
    StaffPhone,
    Team,
)
from bot.programme import apart, case_sheets, hours, merges, people, profiles, references, staff_line
from tests import builders

#: What stands on a page only if it shows somebody of the other team.
SECRETS = ("Zebedee", "Quux", "zanzibar", "98765", "cassowary", "Northbound text")
#: Parts of an address that name somebody of the other team, or something of theirs.
OF_SOMEBODY = {"conversation_id", "person_id", "booking_id", "message_id", "merge_id", "pick_id", "label_id"}


@dataclass
class Two:
    """Two teams, and somebody of the second with everything that hangs on a person."""

    one: int
    other: int
    known: dict = field(default_factory=dict)
    #: A person of the first team, for pages on which one looks for another.
    ours: int = 0
    began: int = 0
    attendance: int = 0
    number: str = "+447700998765"


@pytest.fixture
def two(database, account) -> Two:
    now = clock.now()
    worker = account("coordinator", "Their Colleague")
    with database.write() as db:
        by = worker.id
        one, other = (teams.add(db, name, by_staff=by).id for name in ("South", "North"))
        db.get(Staff, by).team_id = other
        them = db.get(Staff, by)
        person = builders.a_person(db, name="Zebedee Quux", team_id=other, contact_note="zanzibar at home")
        ours = builders.a_person(db, name="Al Ours", team_id=one)
        conversation = db.get(Conversation, builders.conversation_id(db, person))
        conversation.address.address = "+447700998765"
        profiles.set_number(person, "+447700998765")
        said = messages.receive(
            db, channel="sms", address=conversation.address.address, external_id="z1", text="zanzibar is my word",
            status="answered",
        )  # fmt: skip
        assert said.conversation_id != conversation.id  # found by its hash: the address above is for show
        message = messages.mark(db, conversation, "zanzibar is my word")
        message.direction, message.author, message.kind, message.status = "in", "person", "text", "answered"
        stray = db.get(Conversation, said.conversation_id)
        stray.person_id = person.id
        reply = messages.say(db, conversation, "We know zanzibar.", reply_to=message.id)
        readings.keep(db, message, Meaning("nlu_fallback", 0.2), guessed=True, understood=False)
        handoff = handoffs.open_for(db, conversation, "call_me", note="zanzibar")
        desk.note(db, conversation, them, "a note on zanzibar")
        desk.tag(db, conversation, them, ["housing"])
        assert call_backs.current(db, conversation.id)
        begun = builders.a_session(db, starts_at=now - timedelta(hours=2), title="Walk")
        ahead = builders.a_session(db, at=now, days=5)
        past, booking = (builders.a_booking(db, person, session) for session in (begun, ahead))
        attendance = Attendance(booking_id=past.id, outcome="came", claimed=45, recorded_by=by, reason="zanzibar")
        db.add(attendance)
        db.add(Feedback(person_id=person.id, kind="complaint", words="the zanzibar room", topics=[]))
        hours.set_order(db, person, minutes=6000, by_staff=by)
        apart.add(db, person.id, ours.id, reason="zanzibar", by_staff=by)
        kept = builders.a_person(db, name="Zebedee Second", team_id=other)
        merge = merges.merge(db, kept.id, builders.a_person(db, team_id=other).id, by_staff=by)
        revision = builders.an_answer_revision(db, key="zz")
        shown = {"conversation_id": conversation.id, "revision_id": revision.id, "part": "text", "asked_by": reply.id}
        db.add(AnswerShown(**shown, comment="cassowary helped"))
        sample = quality.draw(db, them, now - timedelta(days=1), now + timedelta(days=1), 3)
        picks = [p for p, _ in quality.picks_of(db, sample.id) if p.conversation_id == conversation.id]
        broadcast = builders.a_broadcast(db, text="Northbound text", team_id=other, made_by=by)
        label = labels.queue(db, message)
        db.flush()
        known = {
            "conversation_id": conversation.id, "person_id": person.id, "booking_id": booking.id,
            "session_id": ahead.id, "message_id": message.id, "merge_id": merge.id, "pick_id": picks[0].id,
            "sample_id": sample.id, "label_id": label.id, "staff_id": by, "answer_id": revision.answer_id,
            "slug": builders.a_service(db).slug, "squad_id": builders.a_squad(db).id, "broadcast_id": broadcast.id,
            "duty_id": builders.a_duty(db, at=now).id, "team_id": one,
        }  # fmt: skip
        assert handoff.closed_at is None
        return Two(one, other, known, ours.id, begun.id, attendance.id)


@pytest.fixture
def of_team(signed_in, database):
    """Makes browsers in which somebody of a team (None: of no team) is signed in."""

    def make(role: str, team_id: int | None, name: str = "Ann Apart"):
        there = signed_in(role, name)
        with database.write() as db:
            db.get(Staff, there.staff.id).team_id = team_id
        return there

    return make


def everything(database) -> dict:
    """Every row there is, but for who looked at what."""
    with database.read() as db:
        tables = (t for t in Base.metadata.sorted_tables if t.name not in ("audit", "staff"))
        return {table.name: [tuple(row) for row in db.execute(sa.select(table))] for table in tables}


def routes(app, role: str, known: dict):
    """(method, path, names of the variable parts) of every page that a role may use."""
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        if permission in MAY[role] and rule.arguments <= set(known):
            parts = {name: known[name] for name in rule.arguments}
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield method, app.url_map.bind("localhost").build(rule.endpoint, parts, method=method), rule.arguments


def forms(two: Two) -> list[dict]:
    """What is posted to every address in turn: nothing, and what would do something if it were let in."""
    person, booking = f"{two.known['person_id']}", f"{two.known['booking_id']}"
    return [
        {},
        {"who": "Zebedee"}, {"who": two.number}, {"who": "quux", "other": person, "do": "confirm"},
        {"who": "x", "person": person}, {"other": person, "do": "check"}, {"booking": booking, "outcome": "came"},
        {"claim": f"{two.attendance}:45"}, {"do": "right"}, {"do": "approve"}, {"do": "drop"}, {"do": "stop"},
        {"do": "team", "team": f"{two.one}"}, {"text": "hello", "do": "send"}, {"outcome": "answered"},
        {"note": "x"}, {"tag": "money"}, {"how_long": "hour"}, {"to": f"{two.known['staff_id']}", "why": "x"},
        {"text": "Hello all.", "audience": "everyone", "hours": "24"},
        {"understood": "yes", "right": "yes", "kind": "yes", "danger": "none", "person": "none"},
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["worker", "coordinator"])
def test_no_page_of_another_team_shows_somebody_or_lets_anything_be_done(app, of_team, two, role, database):
    there, closed = of_team(role, two.one), {"people", "conversations", "quality"}
    began = {**two.known, "session_id": two.began}
    checked, token = 0, there.token()
    for known in (two.known, began):
        for method, path, names in routes(app, role, known):
            if known is began and "session_id" not in names:
                continue
            theirs = bool(names & OF_SOMEBODY)
            before = everything(database) if theirs and method == "POST" else None
            for form in [{}] if method == "GET" else forms(two):
                data = form | {"csrf_token": token} if method == "POST" else None
                response = there.http.open(path, method=method, data=data)
                told, body = f"{method} {path} {form}", response.get_data(as_text=True)
                assert response.status_code < 500, told
                typed = repr(form)  # a page may say again what was typed into it
                assert not [word for word in SECRETS if word in body and word not in typed], told
                if theirs and path.split("/")[1] in closed:
                    assert response.status_code == 404, f"{told}: {response.status_code}"
                checked += 1
            assert before is None or everything(database) == before, f"{path} changed something"
    assert checked > 100


@pytest.mark.parametrize("role", ["worker", "coordinator"])
def test_and_the_same_walk_meets_them_everywhere_for_their_own_team_and_for_staff_of_none(app, of_team, two, role):
    """Else the walk above would prove nothing."""
    for team, name in ((two.other, "Bea Theirs"), (None, "Cat Whole")):
        there, met = of_team(role, team, name), set()
        for known in (two.known, {**two.known, "session_id": two.began}):
            for method, path, _ in routes(app, role, known):
                if method == "GET":
                    body = there.http.get(path).get_data(as_text=True)
                    met |= {path.split("?")[0] for word in SECRETS if word in body}
        person, conversation = two.known["person_id"], two.known["conversation_id"]
        wanted = {f"/people/{person}", f"/conversations/{conversation}", f"/sessions/{two.began}/register", "/labels"}
        wanted |= {f"/conversations/{conversation}/download", f"/conversations/{conversation}/handover"}
        if role == "coordinator":
            wanted |= {"/hours", "/feedback", "/texts", "/unanswered", f"/answers/{two.known['answer_id']}"}
            wanted |= {f"/sessions/{two.began}", f"/people/{two.known['person_id']}/merge"}
        assert wanted <= met, wanted - met


def test_what_is_posted_nowhere_in_an_address_is_refused_too(of_team, two, database):
    """Somebody of another team chosen by id in a form of a page that is one's own."""
    there, person = of_team("coordinator", two.one), f"{two.known['person_id']}"
    before = everything(database)
    for path, form in (
        (f"/people/{two.ours}/apart", {"who": "x", "other": person}),
        (f"/people/{two.ours}/merge", {"who": "x", "other": person, "do": "check"}),
        (f"/people/{two.ours}/merge", {"who": "x", "other": person, "do": "confirm"}),
        (f"/sessions/{two.known['session_id']}/book", {"who": "x", "person": person}),
        (f"/sessions/{two.began}/register/add", {"who": "x", "person": person}),
        (f"/sessions/{two.began}/register", {"booking": f"{two.known['booking_id']}", "outcome": "came"}),
        ("/hours", {"claim": f"{two.attendance}:45", f"minutes-{two.attendance}": "45"}),
    ):
        there.post(path, form, status=422)
        assert not [word for word in SECRETS if word in there.html], path
        assert everything(database) == before, path


def test_of_a_pair_with_somebody_of_another_team_no_more_is_said_than_that(of_team, two):
    page = of_team("coordinator", two.one).get(f"/people/{two.ours}/apart")
    assert "Somebody of another team" in page.text and "zanzibar" not in page.text


def test_searches_find_nobody_of_another_team(of_team, two):
    there, own = of_team("coordinator", two.one), of_team("coordinator", two.other, "Bea Theirs")
    for who in ("Zebedee", "quux", two.number, "07700998765"):
        there.post("/people", {"who": who}, status=200)
        assert "Quux" not in there.html and f"/people/{two.known['person_id']}" not in there.html
        own.post("/people", {"who": who}, status=200)
        assert "Quux" in own.html


def test_counts_count_nobody_of_another_team(of_team, two, database):
    there, own = of_team("coordinator", two.one), of_team("coordinator", two.other, "Bea Theirs")
    assert "nobody waiting" in there.get("/handoffs").text and "1 waiting" in own.get("/handoffs").text
    assert [t for t in there.page.one("ul", class_="tabs").text.split() if t.startswith("(")] == ["(0)"] * 4
    news = there.http.get("/handoffs/stamp").json
    with database.write() as db:
        conversation = db.get(Conversation, two.known["conversation_id"])
        handoffs.open_for(db, conversation, "crisis_suicide")
    assert there.http.get("/handoffs/stamp").json == news  # not even that something has happened
    assert own.http.get("/handoffs/stamp").json != news
    assert there.http.get("/alarms").json == {"ringing": 0} and own.http.get("/alarms").json == {"ringing": 1}
    figures = [[td.text for td in b.get("/registers").all("td", class_="figure")] for b in (there, own)]
    assert set(figures[0]) == {"0"} and "1" in figures[1]


def test_a_text_to_many_goes_to_ones_own_team(of_team, two, database):
    with database.write() as db:
        db.query(Conversation).update({"last_inbound_at": clock.now()})
        db.query(Conversation).update({"crisis_at": None})
    form = {"text": "The hall is shut on Monday.", "audience": "everyone", "hours": "24"}
    there, whole = of_team("coordinator", two.one), of_team("coordinator", None, "Cat Whole")
    there.post("/texts/new", form, status=200)
    ours = int(there.page.one("input", name="seen").attributes["value"])
    nonce = there.page.one("input", name="nonce").attributes["value"]
    whole.post("/texts/new", form, status=200)
    assert ours < int(whole.page.one("input", name="seen").attributes["value"])
    there.post("/texts/new", form | {"seen": f"{ours}", "nonce": nonce, "do": "confirm"})
    with database.read() as db:
        query = sa.text("select count(*) from messages where purpose = 'broadcast' and conversation_id = :id")
        assert db.execute(query, {"id": two.known["conversation_id"]}).scalar() == 0
        assert db.execute(sa.text("select count(*) from messages where purpose = 'broadcast'")).scalar() == ours


def test_an_import_neither_changes_nor_names_somebody_of_another_team(of_team, two, database):
    csv = "case_number,name,hours\nCP/1,Zebedee Quux,120\n"
    with database.write() as db:
        by = two.known["staff_id"]
        case_sheets.bring_in(db, case_sheets.read("case_number,name,hours\nCP/1,Zed North,100\n")[0], by_staff=by)
        assert db.query(Person).filter_by(team_id=two.other).count() >= 3  # whoever is added belongs to the team
    there = of_team("coordinator", two.one)
    before = everything(database)
    for does in ("", "do"):
        token = there.token()
        data = {"csrf_token": token, "do": does, "file": (io.BytesIO(csv.encode()), "x.csv")}
        body = there.http.post("/people/import", data=data).get_data(as_text=True)
        assert "Zed North" not in body and "ask a coordinator of all teams" in body
    assert everything(database) == before


@pytest.mark.parametrize("mine", [True, False])
def test_a_reference_texted_by_a_worker_of_another_team_is_nobodys(two, account, database, mine):
    worker = account("worker", "Ann Apart")
    with database.write() as db:
        db.get(Staff, worker.id).team_id = two.other if mine else two.one
        reference = references.of(db, db.get(Person, two.known["person_id"]))
        phone = StaffPhone(staff_id=worker.id, channel="sms", address="+447700900001", address_hash="h")
        phone.code_hash, phone.expires_at = "h", clock.now()
        db.add(phone)
        db.flush()
        builders.a_session(db, at=clock.now(), days=9, title="Canal walk")
        said = staff_line.answer(db, phone, f"book {reference} canal walk")
        assert ("Z.Q." in said) is mine, said
        if mine:  # and what was asked before they changed teams is not answered after
            db.get(Staff, worker.id).team_id = two.one
            before = db.query(Booking).count()
            assert "Z.Q." not in staff_line.answer(db, phone, "1") and db.query(Booking).count() == before


def test_a_conversation_is_given_to_nobody_who_may_not_see_it(of_team, two, database):
    own = of_team("coordinator", two.other, "Bea Theirs")
    of_team("worker", two.one, "Outside Colleague")
    of_team("worker", None, "Whole Colleague")
    page = own.get(f"/conversations/{two.known['conversation_id']}")
    offered = page.one("select", id="to").text
    assert "Whole Colleague" in offered and "Outside Colleague" not in offered


# --- danger goes through the wall where it has to ------------------------------------------


@pytest.fixture
def in_danger(two, database) -> str:
    with database.write() as db:
        conversation = db.get(Conversation, two.known["conversation_id"])
        handoffs.open_for(db, conversation, "crisis_suicide")
        return conversation.id


def test_whoever_is_on_duty_sees_danger_of_every_team(of_team, two, in_danger, database):
    there = of_team("worker", two.one)
    there.get(f"/conversations/{in_danger}", status=404)
    with database.write() as db:
        builders.a_duty(db, db.get(Staff, there.staff.id), at=clock.now())
    assert "1 danger" in there.get("/handoffs").text and there.http.get("/alarms").json == {"ringing": 1}
    assert "zanzibar" in there.get(f"/conversations/{in_danger}").text
    there.post(f"/conversations/{in_danger}/on-it")
    there.post(f"/conversations/{in_danger}/take")
    there.get(f"/people/{two.known['person_id']}", status=404)  # the conversation, and no more than that
    there.post(f"/conversations/{in_danger}/close", {"outcome": "phoned"})
    there.get(f"/conversations/{in_danger}", status=404)


def test_danger_that_nobody_on_duty_answers_is_seen_by_every_worker(of_team, two, in_danger, database):
    there = of_team("worker", two.one)
    with database.write() as db:
        for minutes in (0, 6):  # whoever is on duty is alarmed, and says nothing
            alarms.advance(db, timedelta(minutes=5), clock.now() + timedelta(minutes=minutes))
    assert "zanzibar" in there.get(f"/conversations/{in_danger}").text
    with database.write() as db:
        alarms.acknowledge(db, db.query(Handoff).filter_by(conversation_id=in_danger).one(), db.query(Staff).first())
    there.get(f"/conversations/{in_danger}", status=404)


def test_whoever_has_a_conversation_keeps_it_when_their_duty_ends(of_team, two, in_danger, database):
    there = of_team("worker", two.one)
    with database.write() as db:
        duty = builders.a_duty(db, db.get(Staff, there.staff.id), at=clock.now()).id
    there.post(f"/conversations/{in_danger}/take")
    with database.write() as db:
        db.execute(sa.text("update duties set removed_at = starts_at where id = :id"), {"id": duty})
    assert "zanzibar" in there.get(f"/conversations/{in_danger}").text
    there.get("/handoffs?view=mine")
    assert in_danger in there.html


# --- teams and who is in them --------------------------------------------------------------


def test_a_person_is_given_to_a_team_and_is_gone_from_the_others(of_team, two, database, audited):
    there, whole = of_team("worker", two.one), of_team("worker", None, "Cat Whole")
    path = f"/people/{two.ours}"
    there.get(path)
    assert there.post(path, {"do": "team", "team": f"{two.other}"}).location == "/people"
    there.get(path, status=404)
    whole.post(path, {"do": "team", "team": ""})
    assert "No team yet" in there.get(path).text
    there.post(path, {"do": "team", "team": "99"}, status=422)
    assert [details["team"] for *_, details in audited("person.team_set")] == [two.other, None]


def test_whoever_is_added_belongs_to_the_team_of_whoever_adds_them(of_team, two, database):
    there = of_team("worker", two.one)
    there.post("/people", {"do": "add", "who": "New Person"})
    with database.read() as db:
        assert db.query(Person).order_by(Person.id.desc()).first().team_id == two.one


def test_a_merge_takes_the_team_over_and_its_undoing_gives_it_back(two, database):
    with database.write() as db:
        bare = builders.a_person(db).id
        merges.merge(db, bare, two.ours, by_staff=two.known["staff_id"])
        assert db.get(Person, bare).team_id == two.one


def test_an_administrator_makes_teams_and_puts_staff_into_them(signed_in, account, database, audited):
    there, worker = signed_in("admin"), account("worker", "Ann Worker")
    there.get("/teams")
    there.post("/teams", {"name": "South"})
    there.post("/teams", {"name": " south "}, status=422)
    there.post("/teams", {"name": ""}, status=422)
    there.post(f"/staff/{worker.id}", {"do": "team", "team": "1"})
    assert "Ann Worker" in there.get("/teams").one("tbody").text
    there.post("/teams/1", {"do": "off"})
    there.post("/teams/9", {"do": "off"}, status=404)
    there.post(f"/staff/{worker.id}", {"do": "team", "team": "9"})
    with database.read() as db:
        assert (db.get(Staff, worker.id).team_id, db.get(Team, 1).active) == (1, False)
    there.post(f"/staff/{worker.id}", {"do": "team", "team": ""})
    assert [details["team"] for *_, details in audited("staff.team_set")] == [1, None]


def test_people_of_no_team_are_seen_by_every_team(of_team, two, database):
    with database.write() as db:
        db.get(Person, two.known["person_id"]).team_id = None
    assert "Zebedee" in of_team("worker", two.one).get(f"/people/{two.known['person_id']}").text
    with database.read() as db:
        assert db.query(Booking).count() and people.find(db, "zebedee", team=two.one)
