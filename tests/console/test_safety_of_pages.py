"""What people write is shown and never run; forms without a token do nothing; errors and logs give nothing away."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.conversations import handoffs
from bot.models import Conversation, Feedback, Message, ProgrammeSession
from tests import builders
from tests.console import pagecheck
from tests.console.test_permissions import routes

CONSOLE = Path(__file__).parents[2] / "bot" / "console"

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title><h1>x</h1>",
    "<!-- ", "-->", "]]>",
    "&lt;script&gt;", "&#60;script&#62;",
    "javascript:alert(1)",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "\u202egnp.exe \u0000 \u2028",
    "=HYPERLINK(\"x\")",
]  # fmt: skip


@pytest.fixture
def shape():
    """The elements of a page, without their words."""

    def of(html: str):
        return [(node.tag, sorted(node.attributes)) for node in pagecheck.read(html).all()]

    return of


@pytest.mark.parametrize("channel", ["sms", "telegram"])
def test_hostile_words_are_words(signed_in, waiting, shape, database, channel):
    conversation_id = waiting("harmless", note="harmless", channel=channel)
    there = signed_in()
    there.get(f"/conversations/{conversation_id}")
    harmless = shape(visit(there, f"/conversations/{conversation_id}"))
    for text in HOSTILE:
        shown = text.replace("\x00", "�")
        with database.write() as db:
            for message in db.execute(sa.select(Message).where(Message.direction != "marker")).scalars():
                message.body = shown
            handoffs.current(db, conversation_id).note = shown
        page = there.get(f"/conversations/{conversation_id}")
        assert shape(there.html) == harmless, text
        assert page.text.count(" ".join(shown.split())) >= 3, text
        news = there.http.get(f"/conversations/{conversation_id}/newer?after=0").json["html"]
        assert "<script" not in news and "<img" not in news


def test_hostile_replies_sessions_and_feedback_are_words(signed_in, waiting, shape, database):
    conversation_id = waiting()
    with database.write() as db:
        session = builders.a_session(db, days=900, title="harmless", place="harmless")
        person_id = db.get(Conversation, conversation_id).person_id
        row = Feedback(person_id=person_id, kind="complaint", score=1, words="harmless", session_id=session.id)
        db.add(row)
        db.flush()
        session_id, feedback_id = session.id, row.id
    there = signed_in("coordinator", name="<b>Harmless</b>")
    paths = ("/feedback", "/sessions", f"/sessions/{session_id}/cancel", f"/sessions/{session_id}/move")

    def shapes(text):
        there.post(f"/conversations/{conversation_id}/reply", {"text": text}, status=422)
        return [shape(there.html)] + [shape(visit(there, path)) for path in paths]

    harmless = shapes("harmless")
    for text in HOSTILE:
        shown = text.replace("\x00", "�")
        with database.write() as db:
            session = db.get(ProgrammeSession, session_id)
            session.title, session.place = shown[:80], shown[:80]
            db.get(Feedback, feedback_id).words = shown
        assert shapes(text) == harmless, text


def visit(there, path):
    there.get(path)
    return there.html


def test_what_was_typed_into_the_sign_in_is_words(client, shape):
    client.sign_in("a@example.org", "wrong", status=401)
    before = shape(client.html)
    for text in HOSTILE:
        client.post("/sign-in", {"email": text, "password": text, "after": text}, status=401)
        assert shape(client.html) == before


def test_no_template_switches_escaping_off():
    for template in (CONSOLE / "templates").iterdir():
        found = re.findall(r"\|\s*safe\b|autoescape|Markup|style=|<style|\son\w+=", template.read_text())
        assert not found, f"{template.name}: {found}"
    for module in CONSOLE.glob("*.py"):
        assert "Markup" not in module.read_text() and "render_template_string" not in module.read_text(), module.name


def test_every_form_without_a_token_is_refused_and_changes_nothing(app, signed_in, parameters, texts):
    known = parameters()
    there = signed_in("coordinator")
    before = texts(known["conversation_id"])
    for rule, method, _ in routes(app):
        if method != "POST":
            continue
        path = app.url_map.bind("localhost").build(rule.endpoint, known, method="POST")
        there.post(path, {"text": "x", "do": "confirm", "csrf_token": "forged"}, token=False, status=400)
        there.post(path, {"text": "x", "do": "confirm"}, token=False, status=400)
    assert texts(known["conversation_id"]) == before
    there.get("/handoffs")  # not even signed out


def test_a_token_of_another_session_is_refused(signed_in, waiting):
    ann, bob = signed_in(name="Ann Worker"), signed_in(name="Bob Other")
    response = ann.http.post(f"/conversations/{waiting()}/take", data={"csrf_token": bob.token()})
    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/sign-in", "/handoffs", "/health", "/nowhere", "/static/console.css"])
def test_every_answer_carries_the_security_headers(signed_in, path):
    headers = signed_in().http.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store" or path.startswith("/static/")


def test_a_fault_shows_a_number_and_logs_no_words(app, signed_in, waiting, caplog):
    canary = "canary of a person's words"
    there = signed_in()

    def broken(*_args, **_kwargs):
        raise RuntimeError(canary)

    for endpoint in ("handoffs.waiting", "conversations.conversation"):
        broken.permission = "read_conversations"
        app.view_functions[endpoint] = broken
    with caplog.at_level(logging.DEBUG):
        page = there.get("/handoffs", status=500)
    number = page.one("strong", class_="code").text
    assert re.fullmatch(r"[0-9a-f]{8}", number) and number in caplog.text
    assert canary not in there.html and "Traceback" not in there.html
    assert canary not in caplog.text and "RuntimeError" in caplog.text


def test_ordinary_use_logs_no_words_numbers_or_names(signed_in, waiting, caplog):
    with caplog.at_level(logging.DEBUG):
        conversation_id = waiting("canary words")
        there = signed_in(name="Canary Name")
        there.post(f"/conversations/{conversation_id}/take")
        there.post(f"/conversations/{conversation_id}/reply", {"text": "canary reply"})
        there.get(f"/conversations/{conversation_id}/number")
    assert "anary" not in caplog.text and "447700" not in caplog.text


def test_a_body_that_is_too_large_is_refused(signed_in, waiting):
    there = signed_in()
    there.post(f"/conversations/{waiting()}/reply", {"text": "x" * 70_000}, status=413)


def test_health_needs_nobody_signed_in_and_tells_when_the_database_is_gone(app, client, database):
    assert client.http.get("/health").json == {"status": "ok", "database": "ok"}
    with database.write() as db:
        db.execute(sa.text("ALTER TABLE staff RENAME TO gone"))
    response = client.http.get("/health")
    assert (response.status_code, response.json["status"]) == (503, "down")


def test_static_files_are_two_kinds_and_nothing_beside_them(client):
    for name in ("console.css", "console.js", "icon.svg"):
        assert client.http.get(f"/static/{name}").status_code == 200
    for name in ("../app.py", "%2e%2e%2fapp.py", "nothing.js"):
        assert client.http.get(f"/static/{name}").status_code == 404


def test_a_missing_page_is_a_page(client, signed_in):
    client.get("/nowhere", status=404)
    signed_in().get("/conversations/short", status=404)
