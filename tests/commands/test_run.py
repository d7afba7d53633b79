"""Before anything starts: ports, a second run, the demo's account."""

from __future__ import annotations

import fcntl
import socket

from bot import cli, runtime
from bot.commands import run
from bot.console import accounts


def test_a_taken_port_is_a_sentence_with_its_setting(home, monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("WELLBEING_CONSOLE_PORT", str(port))
        assert cli.main(["run"]) == 1
    said = capsys.readouterr().err
    assert f"Port {port} (console) is taken" in said and "WELLBEING_CONSOLE_PORT" in said


def test_a_second_run_says_where_the_first_one_is(home, capsys):
    home.var.mkdir()
    with (home.var / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert cli.main(["run"]) == 1
    assert "running already" in capsys.readouterr().err


def test_the_state_folder_is_private(home, monkeypatch, capsys):
    monkeypatch.setattr(run, "ports_taken", lambda _loaded: "stop here")
    assert cli.main(["run"]) == 1
    assert home.var.stat().st_mode & 0o077 == 0


def test_the_demo_account_can_sign_in_and_is_made_once(home):
    home.var.mkdir()
    password = run.set_up_database(home)
    file = home.var / run.DEMO_FILE
    assert file.read_text().split() == [run.DEMO_EMAIL, password] and file.stat().st_mode & 0o077 == 0
    assert run.set_up_database(home) is None
    assert accounts.sign_in(runtime.current().database, accounts.Passwords(), run.DEMO_EMAIL, password)
