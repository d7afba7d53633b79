"""The doctor: plain words, something to do for each mistake, and no falling over."""

from __future__ import annotations

import http.server
import threading

import pytest

from bot import cli
from bot.commands import checks
from bot.commands.doctor import MISSING, NOTE, OK, WRONG, findings


def found(check, home):
    return {finding.what: finding for finding in check(home)}


def test_mistakes_in_the_settings_are_findings(home, monkeypatch, capsys):
    monkeypatch.setenv("WELLBEING_SECRET_KEYS", "short")
    assert cli.main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "WRONG" in out and "must each have 32" in out and "→" in out


def test_a_database_that_is_not_there_or_old_is_told(home):
    (missing,) = checks.database(home)
    assert missing.state == MISSING
    cli.main(["db", "upgrade"])
    (right,) = checks.database(home)
    assert right.state == OK
    from bot.db import Database

    opened = Database(home.database_url)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    opened.close()
    (old,) = checks.database(home)
    assert old.state == WRONG and "upgrade" in old.do


def test_a_database_that_cannot_be_reached_is_told(home, monkeypatch):
    from dataclasses import replace

    (wrong,) = checks.database(replace(home, database_url="postgresql+psycopg2://u@127.0.0.1:1/x"))
    assert wrong.state == WRONG and "cannot be reached" in wrong.what


def test_files_that_others_may_read_are_told(home, tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    (tmp_path / ".env").write_text("")
    (tmp_path / ".env").chmod(0o644)
    home.var.mkdir()
    home.var.chmod(0o755)
    states = [f.state for f in checks.files(home)]
    assert states[:2] == [WRONG, WRONG]
    (tmp_path / ".env").chmod(0o600)
    home.var.chmod(0o700)
    assert [f.state for f in checks.files(home)] == [OK, OK, OK]


def test_a_full_disk_is_told(home, monkeypatch):
    home.var.mkdir(mode=0o700)
    monkeypatch.setattr(checks, "ENOUGH_DISK", 10**18)
    assert [f for f in checks.files(home) if f.state == WRONG and "disk" in f.what]


@pytest.mark.parametrize(("status", "state"), [(200, WRONG), (401, WRONG), (404, OK)])
def test_an_open_api_of_rasa_is_told(home, status, state):
    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_args):
            pass

    from dataclasses import replace

    with http.server.HTTPServer(("127.0.0.1", 0), Answers) as rasa:
        threading.Thread(target=rasa.serve_forever, daemon=True).start()
        findings_ = list(checks.processes(replace(home, rasa_port=rasa.server_port)))
        rasa.shutdown()
    assert findings_[-1].state == state and "API" in findings_[-1].what


def test_processes_that_do_not_run_are_a_note(home):
    assert {f.state for f in checks.processes(home)} == {NOTE}


def test_answers_without_approval_are_a_note_in_the_demo_and_wrong_without(home):
    from dataclasses import replace

    cli.main(["db", "upgrade"])
    cli.main(["seed"])
    assert next(checks.approvals(home)).state == NOTE
    assert next(checks.approvals(replace(home, demo=False))).state == WRONG


def test_a_check_that_breaks_is_a_finding_and_the_others_go_on(home, monkeypatch):
    def broken_check(_loaded):
        raise RuntimeError("boom")

    monkeypatch.setattr(checks, "ALL", (broken_check, checks.processes))
    all_of_them = list(findings())
    assert any("broken check: could not be checked" in f.what for f in all_of_them)
    assert len(all_of_them) > 4


@pytest.mark.parametrize(
    "told, state, words",
    [
        ({"state": "ok", "by": "polling"}, OK, "by polling"),
        ({"state": "degraded", "by": "polling", "problem": "409", "what": "Stop the other one."}, WRONG, "409"),
        ({"state": "ok", "by": "polling", "problem": "webhook_was_set", "what": "Look."}, NOTE, "webhook_was_set"),
    ],
)
def test_how_telegrams_messages_get_here_is_told_as_the_gateway_says(home, monkeypatch, told, state, words):
    from dataclasses import replace

    from bot.commands import health

    monkeypatch.setattr(health, "get", lambda port, path: (200, {"status": "ok", "telegram": told}))
    [finding] = checks.telegram(replace(home, telegram_token="1:canary"))
    assert finding.state == state and words in finding.what and finding.do == told.get("what", "")


def test_without_a_gateway_telegram_itself_is_asked_and_nothing_is_changed_there(home):
    from dataclasses import replace

    asked = []

    class BotApi(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.path)
            body = b'{"ok": true, "result": {"url": "https://other.example.org/", "has_custom_certificate": false, '
            body += b'"pending_update_count": 0}}'
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), BotApi) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        [finding] = checks.telegram(replace(home, telegram_token="1:canary", telegram_api_url=url, gateway_port=1))
        server.shutdown()
    assert finding.state == WRONG and "webhook_set" in finding.what and asked == ["/bot1:canary/getWebhookInfo"]
    assert list(checks.telegram(home)) == []
