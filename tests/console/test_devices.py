"""A supervisor's remembered phone: phone and PIN together let in, and nothing else does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from bot.console import devices
from bot.models import Device, Staff

PIN = "271828"


@pytest.fixture
def boss(signed_in):
    """A supervisor whose phone is remembered, signed out again."""
    there = signed_in("supervisor", "Bo Boss")
    there.get("/squad/phone")
    there.post("/squad/phone", {"pin": PIN, "again": PIN, "do": "remember"})
    there.post("/sign-out")
    there.get("/squad", status=401)
    return there


def enter(there, pin=PIN, status=303):
    return there.post("/sign-in/pin", {"pin": pin}, status=status)


def test_the_phone_and_the_pin_let_in(boss, audited):
    assert "Use the PIN of this phone" in boss.get("/sign-in").text
    boss.get("/sign-in/pin")
    assert enter(boss).location == "/squad"
    boss.get("/squad")
    assert [actor for actor, _, _, _ in audited("device.signed_in")] == [f"staff:{boss.staff.id}"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(signed_in):
    there = signed_in("supervisor")
    answer = there.post("/squad/phone", {"pin": PIN, "again": PIN, "do": "remember"})
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("phone=")]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Max-Age=2592000" in cookie


def test_the_pin_without_the_phone_lets_nobody_in(boss, browser):
    other = browser()
    assert "PIN of this phone" not in other.get("/sign-in").text
    enter(other, status=401)
    other.http.set_cookie("phone", "made up")
    enter(other, status=401)


def test_five_wrong_pins_in_a_row_end_it(boss, database):
    for _ in range(4):
        enter(boss, "000000", status=401)
    enter(boss)  # the fifth is right: the count begins anew
    boss.post("/sign-out")
    for _ in range(5):
        enter(boss, "111222", status=401)
    enter(boss, status=401)
    assert "PIN of this phone" not in boss.get("/sign-in").text
    with database.read() as db:
        assert db.query(Device).one().ended_at is not None


@pytest.mark.parametrize(
    "change",
    [
        {"active": False},
        {"role": "worker"},
        {"password": "another hash"},
    ],
)
def test_another_password_role_or_switch_of_the_account_ends_it(boss, database, change):
    with database.write() as db:
        for name, value in change.items():
            setattr(db.get(Staff, boss.staff.id), name, value)
    enter(boss, status=401)


def test_it_ends_by_itself(boss, database):
    with database.write() as db:
        db.query(Device).one().expires_at = clock.now() - timedelta(seconds=1)
    enter(boss, status=401)


def test_its_owner_and_an_administrator_can_end_it(boss, signed_in, database):
    enter(boss)
    boss.post("/squad/phone", {"do": "forget"})
    boss.post("/sign-out")
    enter(boss, status=401)
    boss.sign_in(boss.staff.email)
    boss.post("/squad/phone", {"pin": PIN, "again": PIN, "do": "remember"})
    signed_in("admin", "Al Admin").post(f"/staff/{boss.staff.id}/code", status=200)
    boss.post("/sign-out")
    enter(boss, status=401)


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "abcdef", "123456", "987654", "901234", "000000", "121212", "१२३४५६"]
)
def test_a_pin_that_is_easy_or_none_is_refused(signed_in, database, pin):
    there = signed_in("supervisor")
    there.post("/squad/phone", {"pin": pin, "again": pin, "do": "remember"}, status=422)
    with database.read() as db:
        assert db.query(Device).count() == 0


def test_two_that_differ_are_refused(signed_in):
    there = signed_in("supervisor")
    there.post("/squad/phone", {"pin": PIN, "again": "271829", "do": "remember"}, status=422)
    assert "not the same" in there.page.one("p", id="pin-problem").text


@pytest.mark.parametrize("role", ["worker", "coordinator", "admin", "analyst", "editor"])
def test_no_other_role_is_remembered(account, database, role):
    staff = account(role)
    with database.write() as db, pytest.raises(LookupError):
        devices.remember(db, staff.id, "hash")


def test_neither_token_nor_pin_is_kept(boss, database):
    token = boss.http.get_cookie("phone").value
    with database.read() as db:
        row = db.query(Device).one()
        assert token not in (row.token_hash, row.stamp) and PIN not in row.pin
