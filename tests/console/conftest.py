"""A console on a fresh database, browsers for it, and people to sign in as."""

from __future__ import annotations

import functools
import re
import secrets
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from bot import clock
from bot.console import accounts
from bot.console.app import create
from bot.console.passwords import Passwords
from bot.conversations import handoffs, labels, messages, quality, teams
from bot.models import AuditEntry, Message, Staff
from bot.programme import merges
from bot.runtime import Runtime
from bot.settings import Settings
from tests import builders
from tests.conftest import SECRET
from tests.console import pagecheck, two_teams

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def passwords():
    """Argon2 with the least work it accepts: the tests sign in often."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def app(database, passwords):
    """The console on a fresh database, without a second factor: test_second_factor.py has its own."""
    return create(Runtime(Settings(secret_keys=(SECRET,), second_factor=False), database), passwords)


class Browser:
    """A test client that reads every page it GETs, and fills in the CSRF token of the forms it posts."""

    def __init__(self, app):
        self.http = app.test_client()

    def get(self, path: str, status: int = 200):
        """The page at `path` as a tree; the page itself is checked."""
        response = self.http.get(path)
        assert response.status_code == status, f"{path}: {response.status_code}"
        self.html = response.get_data(as_text=True)
        self.page = self._checked(response, path)
        return self.page

    def post(self, path: str, form: dict | None = None, *, token: bool = True, status: int = 303):
        """Post a form with a good CSRF token (or none), not following a redirect; the response."""
        data = dict(form or {})
        if token:
            data["csrf_token"] = self.token()
        response = self.http.post(path, data=data)
        assert response.status_code == status, f"{path}: {response.status_code}"
        self.html = response.get_data(as_text=True)
        if status != 303:
            self.page = self._checked(response, path)
        return response

    def token(self) -> str:
        """A CSRF token of this browser's session."""
        html = self.http.get("/sign-in").get_data(as_text=True)
        return re.search(r'name="csrf_token" value="([^"]+)"', html)[1]

    def sign_in(self, email: str, password: str = PASSWORD, status: int = 303):
        """Sign in with the form."""
        return self.post("/sign-in", {"email": email, "password": password}, status=status)

    def _checked(self, response, path):
        if response.mimetype != "text/html":
            return None
        found = pagecheck.problems(self.html)
        assert not found, f"{path}: " + "; ".join(found)
        return pagecheck.read(self.html)


@pytest.fixture
def browser(app):
    """Makes browsers, each with its own cookies."""
    return lambda: Browser(app)


@pytest.fixture
def client(browser):
    """A browser in which nobody is signed in."""
    return browser()


@pytest.fixture
def account(database, passwords):
    """Makes accounts: `account("worker", name="Ann")`. Their password is PASSWORD."""

    def make(role: str = "worker", name: str = "Ann Worker", email: str | None = None):
        with database.write() as db:
            email = email or f"{role}.{name.split()[0].lower()}@example.org"
            return accounts.add(db, email=email, name=name, role=role, password=PASSWORD, passwords=passwords)

    return make


@pytest.fixture
def signed_in(browser, account):
    """Makes browsers in which a member of staff is signed in: `signed_in("worker")`."""

    def make(role: str = "worker", name: str = "Ann Worker"):
        staff = account(role, name)
        there = browser()
        there.sign_in(staff.email)
        there.staff = staff
        return there

    return make


@pytest.fixture
def waiting(database):
    """Makes conversations in which a person is waited for; the id of the conversation."""

    def make(text="can i talk to somebody", reason="asked", note=None, channel="sms"):
        with database.write() as db:
            conversation = builders.a_conversation(db, channel=channel)
            said = messages.receive(
                db,
                channel=channel,
                address=conversation.address.address,
                external_id=f"x{conversation.id}",
                text=text,
                status="answered",
            )
            messages.say(
                db, conversation, "A worker will read this.", reply_to=said.message_id, choices=[("Menu", "/menu")]
            )
            handoffs.open_for(db, conversation, reason, note=note)
            return conversation.id

    return make


@pytest.fixture
def parameters(database, waiting, account):
    """Makes what the variable parts of the console's addresses name; every name in one place. Fresh at each call."""
    conversation_id, colleague = waiting("my secret words"), account("worker", "Colleague Of All").id
    now = clock.now()
    with database.write() as db:
        drawn_by = builders.a_member_of_staff(db)
        sample = quality.draw(db, drawn_by, now - timedelta(days=1), now + timedelta(days=1), quality.LEAST)
        pick = quality.picks_of(db, sample.id)[0][0]

    def make() -> dict:
        with database.write() as db:  # a fresh session each time: the route before may have called it off
            person = builders.a_person(db)
            team_id = teams.add(db, secrets.token_hex(8), by_staff=drawn_by.id).id
            merge_id = merges.merge(db, person.id, builders.a_person(db).id, by_staff=drawn_by.id).id
            session_id = builders.a_session(db, at=clock.now(), days=30).id
            answer_id = builders.an_answer_revision(db, key=f"k{session_id}").answer_id
            service = builders.a_service(db)
            squad, broadcast = builders.a_squad(db), builders.a_broadcast(db)
            duty = builders.a_duty(db, at=clock.now())
            message = messages.transcript(db, conversation_id)[0]
            label = labels.queue(db, message)
            booking = builders.a_booking(db, person, db.get(builders.ProgrammeSession, session_id))
        return {
            "conversation_id": conversation_id, "session_id": session_id, "staff_id": colleague, "answer_id": answer_id,
            "slug": service.slug, "booking_id": booking.id, "person_id": booking.person_id,
            "message_id": message.id, "label_id": label.id, "sample_id": sample.id, "pick_id": pick.id,
            "merge_id": merge_id, "team_id": team_id, "squad_id": squad.id, "broadcast_id": broadcast.id,
            "duty_id": duty.id,
        }  # fmt: skip

    return make


def queries_of(database, act) -> int:
    """How many statements `act` sends to the database."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)
    return len(seen)


@pytest.fixture
def queries(database):
    """Counts the statements that something sends to the database."""
    return functools.partial(queries_of, database)


@pytest.fixture
def texts(database):
    """The outbound rows of a conversation as (author, body), oldest first."""

    def find(conversation_id: str):
        with database.read() as db:
            query = sa.select(Message).where(Message.conversation_id == conversation_id, Message.direction == "out")
            return [(m.author, m.body) for m in db.execute(query.order_by(Message.id)).scalars()]

    return find


@pytest.fixture
def audited(database):
    """The audit trail as (actor, action, object, details), oldest first; only actions that begin with `prefix`."""

    def find(prefix: str = ""):
        with database.read() as db:
            rows = db.execute(sa.select(AuditEntry).order_by(AuditEntry.id)).scalars()
            return [(r.actor, r.action, r.object, r.details) for r in rows if r.action.startswith(prefix)]

    return find


@pytest.fixture
def two(database, account) -> two_teams.Two:
    """Two teams, and somebody of the second with everything that hangs on a person."""
    return two_teams.fill(database, account("coordinator", "Their Colleague").id)


@pytest.fixture
def of_team(signed_in, database):
    """Makes browsers in which somebody of a team (None: of no team) is signed in."""

    def make(role: str, team_id: int | None, name: str = "Ann Apart"):
        there = signed_in(role, name)
        with database.write() as db:
            db.get(Staff, there.staff.id).team_id = team_id
        return there

    return make
