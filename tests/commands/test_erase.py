"""`wellbeing erase`: it says what goes, asks, and takes no number on the command line."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from bot import cli, runtime
from bot.conversations import leftovers
from bot.dialogue import storage
from bot.models import AuditEntry, Conversation, Message, Person
from bot.programme import references
from tests import builders


@pytest.fixture
def known(home):
    """Somebody who has texted: (id, reference, number, conversation)."""
    cli.main(["db", "upgrade"])
    with runtime.current().database.write() as db:
        person = builders.a_person(db, name="Jo Zanzibar")
        conversation = db.query(Conversation).one()
        builders.a_booking(db, person)
        return person.id, references.of(db, person), conversation.address.address, conversation.id


def run(monkeypatch, capsys, arguments, typed):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    status = cli.main(["erase", *arguments])
    said = capsys.readouterr()
    assert "Zanzibar" not in said.out + said.err and "+44" not in said.out + said.err
    return status, said.out, said.err


def test_by_reference_it_asks_and_erases_the_tracker_too(known, home, monkeypatch, capsys):
    person_id, reference, _, conversation_id = known
    with storage.engine(home.tracker_url).begin() as connection:
        connection.execute(sa.text("CREATE TABLE events (sender_id TEXT)"))
        connection.execute(sa.text("INSERT INTO events VALUES (:id)"), {"id": conversation_id})
    status, out, _ = run(monkeypatch, capsys, [reference, "--reason", "asked"], f"{reference}\n")
    assert status == 0 and "bookings" in out and f"{reference} is gone" in out
    with storage.engine(home.tracker_url).connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM events")).scalar() == 0
    with runtime.current().database.read() as db:
        assert db.get(Person, person_id).erased_at is not None and db.query(Conversation).count() == 0
        assert db.query(AuditEntry).filter_by(action="person.erased").one().actor == "system"
        assert leftovers.of_kind(db, leftovers.TRACKER)  # the gateway looks once more, when turns have ended


def test_by_number_from_standard_input(known, monkeypatch, capsys):
    _, reference, number, _ = known
    status, out, _ = run(monkeypatch, capsys, ["--number-stdin", "--reason", "over"], f"{number}\n{reference}\n")
    assert status == 0 and "is gone" in out


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["{reference}", "--reason", "asked"], "yes\n", "Nobody was erased."),
        (["{reference}", "--reason", "asked"], "", "Nobody was erased."),
        (["{reference}", "--reason", "Jo asked"], "{reference}\n", "Choose why."),
        (["KT-0000", "--reason", "asked"], "KT-0000\n", "There is nobody by that."),
        (["--number-stdin", "--reason", "asked"], "+447700999999\n", "There is nobody by that."),
        (["--number-stdin", "--reason", "asked"], "Jo\n", "There is nobody by that."),
    ],
)
def test_anything_else_erases_nobody(known, monkeypatch, capsys, arguments, typed, said):
    filled = [a.format(reference=known[1]) for a in arguments]
    status, _, err = run(monkeypatch, capsys, filled, typed.format(reference=known[1]))
    assert status == 1 and said in err
    with runtime.current().database.read() as db:
        assert db.get(Person, known[0]).erased_at is None and db.query(Message).count() == 0


def test_a_number_is_no_argument(known, monkeypatch, capsys):
    with pytest.raises(SystemExit):
        cli.main(["erase", "--number", known[2], "--reason", "asked"])
