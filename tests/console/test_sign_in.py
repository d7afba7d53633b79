"""Signing in and out, and everything that must not get anybody in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher

from bot import clock
from bot.console import accounts, auth
from bot.console.app import create, session_key
from bot.console.passwords import Passwords, TooWeak
from bot.models import Staff
from bot.runtime import Runtime
from bot.settings import Settings
from tests import builders
from tests.conftest import SECRET
from tests.console.conftest import PASSWORD, Browser

LATER = builders.NOW


def plain(html: str) -> str:
    """A page without what differs by chance (token) or by what was typed (address)."""
    html = re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", html)
    return re.sub(r'(id="email"[^>]* value=")[^"]+', r"\1", html)


class Counting(PasswordHasher):
    """Counts the checks: the time of an answer is the time of its one check."""

    checks = 0

    def verify(self, hash, password):
        self.checks += hash.startswith("$argon2id$")  # anything else is refused at once, in no time
        return super().verify(hash, password)


def test_the_right_password_gets_in_and_nothing_else_does(client, account, audited):
    staff = account("worker")
    client.get("/handoffs", status=401)
    client.sign_in(staff.email, "wrong horse battery", status=401)
    client.get("/handoffs", status=401)
    client.sign_in(staff.email.upper())
    client.get("/handoffs")
    assert [action for _, action, _, _ in audited("staff.")] == [
        "staff.added", "staff.sign_in_failed", "staff.signed_in",
    ]  # fmt: skip


def test_unknown_address_wrong_password_locked_and_disabled_get_the_same_answer(client, account, database):
    known, locked, disabled = account(name="Known"), account(name="Locked"), account(name="Disabled")
    with database.write() as db:
        db.get(Staff, locked.id).locked_until = clock.now() + timedelta(minutes=5)
        accounts.disable(db, disabled.id)
    answers = set()
    for email, password in [
        ("nobody@example.org", PASSWORD),
        (known.email, "wrong horse battery"),
        (locked.email, PASSWORD),
        (disabled.email, PASSWORD),
    ]:
        response = client.sign_in(email, password, status=401)
        answers.add((plain(client.html), response.status_code))
    assert len(answers) == 1


def test_an_unknown_address_costs_the_same_check_as_a_known_one(database):
    hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    passwords = Passwords(hasher)
    with database.write() as db:
        accounts.add(db, email="a@example.org", name="A", role="worker", password=PASSWORD, passwords=passwords)
    assert accounts.sign_in(database, passwords, "a@example.org", "wrong horse battery") is None
    assert hasher.checks == 1
    assert accounts.sign_in(database, passwords, "b@example.org", "wrong horse battery") is None
    assert hasher.checks == 2


def test_ten_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(client, account):
    staff = account()
    with time_machine.travel(LATER, tick=False) as time:
        for _ in range(10):
            client.sign_in(staff.email, "wrong horse battery", status=401)
        client.sign_in(staff.email, status=401)  # the right one is no use now
        time.shift(timedelta(minutes=14, seconds=59))
        client.sign_in(staff.email, status=401)
        time.shift(timedelta(seconds=2))
        client.sign_in(staff.email)


def test_a_right_password_starts_the_count_again(client, account, browser):
    staff = account()
    for _ in range(2):
        for _ in range(9):
            client.sign_in(staff.email, "wrong horse battery", status=401)
        browser().sign_in(staff.email)


def test_signing_in_makes_a_new_session_and_token(client, account):
    token_before = client.token()
    client.get("/sign-in")
    before = client.http.get_cookie("console").value
    client.post("/sign-in", {"email": account().email, "password": PASSWORD})
    assert client.http.get_cookie("console").value != before
    with client.http.session_transaction() as session:
        first = session["id"]
    response = client.http.post("/sign-out", data={"csrf_token": token_before})
    assert response.status_code == 400  # a token from before the sign-in is worth nothing
    client.sign_in(client_email := "worker.ann@example.org")
    with client.http.session_transaction() as session:
        assert session["id"] != first, client_email


def test_the_cookie_is_for_this_site_and_for_no_script(client, account):
    cookie = client.sign_in(account().email).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert "Secure" not in cookie  # loopback without TLS


def test_the_cookie_is_secure_wherever_else_it_may_be_seen(database, passwords):
    settings = Settings(secret_keys=(SECRET,), host="10.0.0.5")
    cookie = create(Runtime(settings, database), passwords).test_client().get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("__Host-console=") and "Secure" in cookie
    local = create(Runtime(Settings(secret_keys=(SECRET,)), database), passwords).test_client()
    response = local.get("/sign-in", base_url="https://localhost")
    assert "Secure" in response.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in response.headers


def test_a_session_ends_after_a_quarter_of_an_hour_of_nothing(client, account):
    with time_machine.travel(LATER, tick=False) as time:
        client.sign_in(account().email)
        time.shift(timedelta(minutes=14))
        client.get("/handoffs")
        time.shift(timedelta(minutes=14))
        client.get("/handoffs?auto=1")  # the page refreshes itself: nobody need be there
        time.shift(timedelta(minutes=2))
        client.get("/handoffs", status=401)


def test_a_session_ends_after_twelve_hours_however_busy(client, account):
    with time_machine.travel(LATER, tick=False) as time:
        client.sign_in(account().email)
        for _ in range(12 * 6):
            time.shift(timedelta(minutes=10))
            client.get("/facts", status=403)
        time.shift(timedelta(seconds=1))
        client.get("/facts", status=401)


def test_signing_out_ends_copied_cookies_too(signed_in, browser):
    there, thief = signed_in(), browser()
    thief.http.set_cookie("console", there.http.get_cookie("console").value)
    thief.get("/handoffs")
    there.post("/sign-out")
    there.get("/handoffs", status=401)
    thief.get("/handoffs", status=401)


def test_disabling_an_account_ends_its_sessions_at_once(signed_in, database):
    there = signed_in()
    there.get("/handoffs")
    with database.write() as db:
        accounts.disable(db, there.staff.id)
    there.get("/handoffs", status=401)
    there.sign_in(there.staff.email, status=401)


def test_an_account_made_inactive_by_other_hands_is_out_too(signed_in, database):
    there = signed_in()
    with database.write() as db:
        db.get(Staff, there.staff.id).active = False
    there.get("/handoffs", status=401)


def test_a_changed_role_counts_from_the_next_request(signed_in, database):
    there = signed_in("coordinator")
    there.get("/sessions")
    with database.write() as db:
        db.get(Staff, there.staff.id).role = "analyst"
    there.get("/sessions", status=403)


def test_a_forged_cookie_is_nobodys(client, account, database, passwords):
    staff = account()
    other = Settings(secret_keys=("another secret of 32 characters or more",))
    forger = Browser(create(Runtime(other, database), passwords))
    forger.sign_in(staff.email)
    client.http.set_cookie("console", forger.http.get_cookie("console").value)
    client.get("/handoffs", status=401)


def test_sessions_survive_the_rotation_of_secrets(signed_in, database, passwords):
    cookie = signed_in().http.get_cookie("console").value
    rotated = Settings(secret_keys=("a newer secret of 32 characters or more", SECRET))
    there = Browser(create(Runtime(rotated, database), passwords))
    there.http.set_cookie("console", cookie)
    there.get("/handoffs")


def test_the_signing_key_is_not_the_secret():
    assert SECRET.encode() not in session_key(SECRET) and len(session_key(SECRET)) == 32


def test_after_signing_in_one_is_where_one_wanted_to_be(client, account):
    page = client.get("/handoffs?refresh=off", status=401)
    after = page.one("input", name="after").attributes["value"]
    response = client.post("/sign-in", {"email": account().email, "password": PASSWORD, "after": after})
    assert response.location == "/handoffs?refresh=off"


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\nb", "\t//x"])
def test_signing_in_leads_to_no_other_site(path):
    assert auth.within(path) == "/"


@pytest.mark.parametrize("password", ["", "short", "x" * 501])
def test_a_password_is_neither_short_nor_endless(passwords, password):
    with pytest.raises(TooWeak):
        passwords.hash(password)


def test_an_account_is_added_once(account):
    account(email="a@example.org")
    with pytest.raises(ValueError, match="already"):
        account(email=" A@Example.org ")
    with pytest.raises(ValueError, match="role"):
        account(role="owner")


def test_passwords_are_rehashed_when_the_parameters_grow(database, account, passwords):
    staff = account()
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert accounts.sign_in(database, stronger, staff.email, PASSWORD).password != staff.password
    assert accounts.sign_in(database, stronger, staff.email, PASSWORD) is not None
