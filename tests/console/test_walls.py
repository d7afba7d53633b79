"""Teams: what belongs to one is nowhere to be seen for another, whatever page, search, count or address one tries."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from bot import clock
from bot.conversations import handoffs
from bot.conversations.access import MAY
from bot.db import Base
from bot.models import Booking, Conversation, Person, Staff, StaffPhone
from bot.programme import case_sheets, references, staff_line
from tests import builders
from tests.console.two_teams import SECRETS, Two

#: Parts of an address that name somebody of the other team, or something of theirs.
OF_SOMEBODY = {"conversation_id", "person_id", "booking_id", "message_id", "merge_id", "pick_id", "label_id"}


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
