"""The second factor: set up at the first sign-in, asked for at every other, each code once; recovery codes; resets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from bot.console import second_factor
from bot.console.app import create
from bot.models import Staff
from bot.runtime import Runtime
from bot.settings import Settings
from tests import builders
from tests.conftest import SECRET
from tests.console.conftest import PASSWORD, Browser


@pytest.fixture
def app(database, passwords):
    """The console as it is outside the demo."""
    return create(Runtime(Settings(secret_keys=(SECRET,)), database), passwords)


@pytest.fixture
def time():
    with time_machine.travel(builders.NOW, tick=False) as traveller:
        yield traveller


def set_up(client, staff) -> tuple[str, list[str]]:
    """Sign in for the first time; the secret and the recovery codes."""
    assert client.sign_in(staff.email).location.startswith("/sign-in/set-up")
    client.get("/sign-in/set-up")
    key = re.search(r'Key: <span class="code">([^<]+)', client.html)[1].replace("-", "").replace(" ", "")
    client.post("/sign-in/set-up", {"code": second_factor.code_now(key)}, status=200)
    return key, re.findall(r'<li class="code">([^<]+)', client.html)


def test_the_first_sign_in_sets_it_up_and_gets_in(client, account, time, audited):
    key, codes = set_up(client, account())
    assert len(codes) == len(set(codes)) == 10
    client.get("/handoffs")
    actions = [action for _, action, _, _ in audited("staff.")]
    assert "staff.second_factor_set" in actions


def test_a_password_alone_opens_nothing(client, account, time):
    staff = account()
    client.sign_in(staff.email)
    client.get("/handoffs", status=401)


def test_after_that_the_code_is_asked_for_and_counts_once(client, browser, account, time, audited):
    staff = account()
    key, _ = set_up(client, staff)
    there = browser()
    assert there.sign_in(staff.email).location.startswith("/sign-in/code")
    there.get("/handoffs", status=401)
    there.sign_in(staff.email)
    there.post("/sign-in/code", {"code": second_factor.code_now(key)}, status=401)  # the one that set it up
    time.shift(timedelta(seconds=30))
    code = second_factor.code_now(key)
    assert there.post("/sign-in/code", {"code": code, "after": "/handoffs"}).location == "/handoffs"
    there.get("/handoffs")
    other = browser()
    other.sign_in(staff.email)
    other.post("/sign-in/code", {"code": code}, status=401)  # somebody looked over the shoulder
    other.get("/handoffs", status=401)
    assert "staff.second_factor_failed" in [action for _, action, _, _ in audited("staff.")]


@pytest.mark.parametrize("code", ["", "000000", "12345", "1234567", "abcdef", "１２３４５６", "123 45 6 7"])
def test_a_wrong_code_gets_nobody_in(client, browser, account, time, code):
    staff = account()
    set_up(client, staff)
    there = browser()
    there.sign_in(staff.email)
    there.post("/sign-in/code", {"code": code}, status=401)
    there.get("/handoffs", status=401)


def test_guessing_codes_locks_the_account(client, browser, account, time):
    staff = account()
    key, codes = set_up(client, staff)
    there = browser()
    there.sign_in(staff.email)
    for _ in range(10):
        there.post("/sign-in/code", {"code": "000000"}, status=401)
    time.shift(timedelta(seconds=60))
    there.post("/sign-in/code", {"code": second_factor.code_now(key)}, status=401)
    there.post("/sign-in/code", {"code": codes[0]}, status=401)
    time.shift(timedelta(minutes=15))
    there.sign_in(staff.email)
    there.post("/sign-in/code", {"code": second_factor.code_now(key)})


def test_the_right_password_does_not_forgive_wrong_codes(client, browser, account, time):
    staff = account()
    set_up(client, staff)
    there = browser()
    for _ in range(10):
        there.sign_in(staff.email)
        there.post("/sign-in/code", {"code": "000000"}, status=401)
    there.sign_in(staff.email, status=401)


def test_a_recovery_code_gets_in_once(client, browser, account, time, audited):
    staff = account()
    _, codes = set_up(client, staff)
    for expected in (303, 401):
        there = browser()
        there.sign_in(staff.email)
        there.post("/sign-in/code", {"code": f" {codes[3].upper()} "}, status=expected)
    assert ("staff.recovery_code_used", {"left": 9}) in [(a, d) for _, a, _, d in audited("staff.")]


def test_the_code_must_follow_the_password_soon(client, browser, account, time):
    staff = account()
    key, _ = set_up(client, staff)
    there = browser()
    there.sign_in(staff.email)
    time.shift(timedelta(minutes=11))
    assert there.post("/sign-in/code", {"code": second_factor.code_now(key)}).location == "/sign-in"


def test_a_second_set_up_needs_the_first_to_be_taken_off(client, browser, account, time):
    staff = account()
    set_up(client, staff)
    there = browser()
    there.sign_in(staff.email)
    assert there.http.get("/sign-in/set-up").status_code == 303
    assert there.http.get("/sign-in/set-up/picture").status_code == 404


def test_what_is_stored_gives_no_code_away(client, account, time, database):
    staff = account()
    key, codes = set_up(client, staff)
    raw = database.engine.raw_connection()
    rows = str(raw.cursor().execute("SELECT * FROM staff").fetchall() if database.is_sqlite else [])
    raw.close()
    assert key not in rows and codes[0] not in rows


def test_an_administrator_takes_it_off_and_it_is_set_up_anew(client, browser, account, time):
    staff, boss = account(), account("admin", "Bo Admin")
    set_up(client, staff)
    there = browser()
    set_up(there, boss)
    there.post(f"/staff/{staff.id}/second-factor")
    client.get("/handoffs", status=401)
    set_up(client, staff)


def test_the_demo_asks_for_none_unless_there_is_one(database, passwords, account, time):
    there = Browser(create(Runtime(Settings(secret_keys=(SECRET,), demo=True), database), passwords))
    there.sign_in(account().email)
    there.get("/handoffs")


def test_the_demo_asks_for_one_when_it_is_told_to(database, passwords, account):
    settings = Settings(secret_keys=(SECRET,), demo=True, second_factor=True)
    there = Browser(create(Runtime(settings, database), passwords))
    assert there.sign_in(account().email).location.startswith("/sign-in/set-up")


def test_an_invited_account_chooses_its_password_once(client, browser, account, time, database):
    boss = browser()
    set_up(boss, account("admin"))
    boss.get("/staff")
    boss.post("/staff", {"name": "New Person", "email": "new@example.org", "role": "worker"}, status=200)
    code = re.search(r'<p class="number">([^<]+)', boss.html)[1]
    with database.read() as db:
        assert db.query(Staff).filter_by(email="new@example.org").one().password == "!"
    client.sign_in("new@example.org", "!", status=401)
    form = {"email": "new@example.org", "code": code, "password": PASSWORD, "again": PASSWORD}
    client.get("/join")
    client.post("/join", form | {"again": "something else 123"}, status=422)
    client.post("/join", form | {"password": "short", "again": "short"}, status=422)
    assert client.page.one("input", name="code").attributes["value"] == form["code"], "a good code is not typed twice"
    client.post("/join", form | {"code": "0000-0000-0000-0000"}, status=422)
    assert client.post("/join", form).location == "/sign-in"
    client.post("/join", form, status=422)
    with database.read() as db:
        set_up(client, db.query(Staff).filter_by(email="new@example.org").one())
    client.get("/handoffs")


def test_a_one_time_code_grows_old(client, browser, account, time):
    staff, boss = account(), browser()
    set_up(boss, account("admin", "Bo"))
    boss.post(f"/staff/{staff.id}/code", status=200)
    code = re.search(r'<p class="number">([^<]+)', boss.html)[1]
    time.shift(timedelta(days=3, seconds=1))
    client.post("/join", {"email": staff.email, "code": code, "password": PASSWORD, "again": PASSWORD}, status=422)


def test_a_new_password_keeps_the_second_factor(client, browser, account, time):
    staff, boss = account(), browser()
    set_up(client, staff)
    set_up(boss, account("admin", "Bo"))
    boss.post(f"/staff/{staff.id}/code", status=200)
    code = re.search(r'<p class="number">([^<]+)', boss.html)[1]
    other = "another horse battery"
    client.post("/join", {"email": staff.email, "code": code, "password": other, "again": other})
    client.get("/handoffs", status=401)
    assert client.sign_in(staff.email, other).location.startswith("/sign-in/code")


