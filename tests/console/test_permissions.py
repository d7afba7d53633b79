"""Every route declares who may use it, and lets in nobody else. New routes are covered as soon as they exist."""

from __future__ import annotations

import pytest

from bot.console.routing import PERMISSIONS, Pages
from bot.conversations.access import MAY

ROLES = (None, *MAY)


def routes(app):
    """(rule, method, permission) of everything the console answers to."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule, method, getattr(view, "permission", None)


def test_every_route_declares_a_permission(app):
    for rule, method, permission in routes(app):
        assert permission in PERMISSIONS, f"{method} {rule}: declare @pages.page(rule, permission=...) beside the path"


def test_what_is_public_is_only_this(app):
    public = {str(rule) for rule, _, permission in routes(app) if permission == "public"}
    ways_in = {"/sign-in", "/sign-in/code", "/sign-in/set-up", "/sign-in/set-up/picture", "/join", "/sign-in/pin"}
    assert public == {"/", "/health", "/static/<name>"} | ways_in


def test_state_changes_only_by_post(app):
    for rule, method, _ in routes(app):
        assert method in ("GET", "POST"), f"{method} {rule}"


def test_an_unknown_permission_is_refused_at_once():
    with pytest.raises(ValueError, match="no such permission"):
        Pages("x", __name__).page("/x", permission="everyone")


def test_a_route_without_a_permission_answers_nobody(app, browser, account):
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    there = browser()
    there.sign_in(account("admin").email)
    there.get("/forgotten", status=403)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_it_may_and_nothing_else(app, client, account, parameters, role):
    """Role × route, generated from the URL map."""
    if role:
        client.sign_in(account(role).email)
    for rule, method, permission in routes(app):
        if permission in ("public", "signed_in"):
            continue
        path = app.url_map.bind("localhost").build(rule.endpoint, parameters(), method=method)
        form = {"csrf_token": client.token()} if method == "POST" else None
        response = client.http.open(path, method=method, data=form)
        if role is None:
            assert response.status_code == 401, f"{method} {rule}"
        elif permission in MAY[role]:
            assert response.status_code in (200, 303, 422), f"{role}: {method} {rule}: {response.status_code}"
        else:
            assert response.status_code == 403, f"{role}: {method} {rule}: {response.status_code}"
            assert "my secret words" not in response.get_data(as_text=True)


def test_a_supervisor_sees_no_transcript_and_leaves_no_trace_of_one(signed_in, waiting, audited, texts):
    conversation_id = waiting("drinking again", note="cannot make my shift")
    before = texts(conversation_id)
    there = signed_in("supervisor")
    there.get(f"/conversations/{conversation_id}", status=403)
    assert "drinking" not in there.html
    there.get("/handoffs", status=403)
    assert audited("conversation.viewed") == []
    assert texts(conversation_id) == before  # nobody is told that it was read
    assert there.http.get("/").location == "/squad"
