"""The command line: what is wrong is a sentence and an exit status, never a traceback."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from bot import cli, runtime
from bot.console import accounts, second_factor
from bot.console.passwords import Passwords
from bot.models import Staff


def test_a_mistake_in_the_settings_is_sentences_and_2(home, monkeypatch, capsys):
    monkeypatch.setenv("WELLBEING_SECRET_KEYS", "short")
    assert cli.main(["db", "upgrade"]) == 2
    assert "must each have 32 characters" in capsys.readouterr().err


def test_db_upgrade_may_be_repeated(home, capsys):
    assert cli.main(["db", "upgrade"]) == 0
    assert cli.main(["db", "upgrade"]) == 0
    assert "database: at " in capsys.readouterr().out


def test_seed_may_be_repeated(home, capsys):
    cli.main(["db", "upgrade"])
    assert cli.main(["seed"]) == 0
    capsys.readouterr()
    assert cli.main(["seed"]) == 0
    assert "nothing new" in capsys.readouterr().out


ADD = ["staff", "add", "--email", "Sam@example.org", "--name", "Sam", "--password-stdin", "--role"]


def test_staff_add_makes_an_account_that_can_sign_in(home, monkeypatch, capsys):
    cli.main(["db", "upgrade"])
    monkeypatch.setattr("sys.stdin", io.StringIO("three words do well\n"))
    assert cli.main([*ADD, "worker"]) == 0
    with runtime.current().database.read() as db:
        staff = db.execute(sa.select(Staff)).scalar_one()
        assert staff.password.startswith("$argon2id$")
    assert "three words" not in capsys.readouterr().out
    assert accounts.sign_in(runtime.current().database, accounts.Passwords(), "sam@example.org", "three words do well")


@pytest.mark.parametrize(("role", "password"), [("boss", "three words do well"), ("worker", "short")])
def test_staff_add_refuses_with_a_sentence(home, monkeypatch, capsys, role, password):
    cli.main(["db", "upgrade"])
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    assert cli.main([*ADD, role]) == 1
    assert capsys.readouterr().err.strip().endswith(".")


def test_understand_without_a_message_asks_for_one(home, capsys):
    assert cli.main(["understand"]) == 1
    assert "Give a message" in capsys.readouterr().err


def test_understand_says_when_the_file_has_no_text_column(home, tmp_path, capsys):
    file = tmp_path / "messages.csv"
    file.write_text("words\nhello\n")
    assert cli.main(["understand", "--csv", str(file)]) == 1
    assert "no column called text" in capsys.readouterr().err


def test_chat_says_when_nothing_runs(home, capsys):
    assert cli.main(["chat"]) == 1
    assert "make run" in capsys.readouterr().err


def test_staff_reset_gives_a_code_and_takes_the_second_factor_off(home, capsys):
    assert cli.main(["db", "upgrade"]) == 0
    secret = second_factor.new_secret()
    database = runtime.current().database
    with database.write() as db:
        one = accounts.add(db, email="a@example.org", name="A", role="admin", password="correct horse battery")
    assert second_factor.enrol(database, one.id, secret, second_factor.code_now(secret))
    assert cli.main(["staff", "reset", "--email", "b@example.org"]) == 1
    assert "no account" in capsys.readouterr().err
    assert cli.main(["staff", "reset", "--email", "A@example.org"]) == 0
    code = capsys.readouterr().out.split("the code ")[1].split()[0]
    with database.read() as db:
        assert db.get(Staff, one.id).tf_totp_secret is None
    chosen = accounts.choose_password(database, Passwords(), "a@example.org", code, "another horse battery")
    assert chosen is not None and chosen.id == one.id
