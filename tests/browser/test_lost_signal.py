"""A supervisor on a phone whose signal goes: what is tapped is not lost, counts once, and overwrites nobody."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from selenium.webdriver.common.by import By

from bot import clock
from bot.models import Attendance, Mark
from bot.programme import attendance
from tests import builders
from tests.browser.conftest import NARROW


@pytest.fixture
def boss(desk, driver, database):
    """A supervisor at the page of the squad, 390 pixels wide; two of the squad are at a session."""
    there = desk("supervisor", "Bo Boss")
    with database.write() as db:
        squad = builders.a_squad(db, there.staff.id)
        session = builders.a_session(db, starts_at=clock.now() - timedelta(minutes=30))
        people = [builders.a_person(db, name=name, squad_id=squad.id) for name in ("Jo Bloggs", "Al Hill")]
        there.bookings = [builders.a_booking(db, person, session).id for person in people]
        there.session, there.worker = session.id, builders.a_member_of_staff(db, "worker").id
    metrics = {"width": NARROW, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.execute_cdp_cmd("Network.enable", {})
    there.go("/squad")
    yield there
    signal(there, True)
    driver.execute_script("try { localStorage.clear() } catch (none) {}")


def signal(there, on: bool) -> None:
    conditions = {"offline": not on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    there.driver.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)


def tap(there, booking: int, outcome: str) -> None:
    there.driver.find_element(By.CSS_SELECTOR, f'.mark[data-row="{booking}"] button[value="{outcome}"]').click()


def state(there, booking: int) -> str:
    return there.driver.find_element(By.CSS_SELECTOR, f'.mark[data-row="{booking}"] .state').text


def kept(there) -> list[dict]:
    found = there.driver.execute_script("return localStorage.getItem('marks')")
    return json.loads(found)["marks"] if found else []


def rows(database) -> dict[int, str]:
    with database.read() as db:
        return {row.booking_id: row.outcome for row in db.query(Attendance)}


def test_marks_made_without_signal_arrive_once_when_it_is_back(boss, database):
    first, second = boss.bookings
    signal(boss, False)
    tap(boss, first, "came")
    tap(boss, second, "came")
    tap(boss, second, "not_there")  # thought better of
    boss.until("2 marks are not sent yet.")
    assert state(boss, first) == "Was there (not sent yet)" and state(boss, second) == "Was not there (not sent yet)"
    assert rows(database) == {}
    stored = json.dumps(kept(boss))
    assert "Bloggs" not in stored and "Hill" not in stored and len(kept(boss)) == 2
    signal(boss, True)
    boss.wait(lambda: not kept(boss), "sending of what was kept")
    assert rows(database) == {first: "came", second: "not_there"}
    assert state(boss, first) == "Was there" and "not sent" not in boss.text
    with database.read() as db:
        assert db.query(Mark).count() == 2


def test_marks_outlive_the_page_and_an_expired_session(boss, database):
    first, _ = boss.bookings
    signal(boss, False)
    tap(boss, first, "came")
    boss.until("1 mark is not sent yet.")
    boss.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    signal(boss, True)
    boss.until("Sign in again to send.")
    assert rows(database) == {}
    boss.sign_in(boss.staff.email, "correct horse battery").go("/squad")
    boss.wait(lambda: rows(database) == {first: "came"}, "mark after signing in again")
    boss.wait(lambda: not kept(boss), "nothing kept")


def test_what_somebody_else_marked_meanwhile_is_shown_and_stands(boss, database):
    first, _ = boss.bookings
    signal(boss, False)
    tap(boss, first, "came")
    with database.write() as db:
        attendance.record(db, boss.session, [first], "not_there", by_staff=boss.worker)
    signal(boss, True)
    boss.until("Somebody else marked “Was not there”")
    assert rows(database) == {first: "not_there"}
    boss.go("/squad").until("Somebody else marked")  # a reload does not lose the question
    boss.driver.find_element(By.XPATH, "//button[starts-with(., 'Change it to')]").click()
    boss.wait(lambda: rows(database) == {first: "came"}, "change that was asked for")
    boss.wait(lambda: not kept(boss), "nothing kept")


def test_signing_out_takes_them_along_after_a_warning(boss, database):
    signal(boss, False)
    tap(boss, boss.bookings[0], "came")
    boss.until("1 mark is not sent yet.")
    out = boss.driver.find_element(By.CSS_SELECTOR, "form.out button")
    out.click()
    boss.until("Press “Sign out” once more to lose it.")
    boss.driver.execute_script("window.fetch = () => Promise.reject(new TypeError('no signal'))")
    signal(boss, True)
    boss.press("Sign out")
    assert kept(boss) == [] and rows(database) == {}


def test_what_is_a_day_old_or_somebody_elses_is_dropped(boss, database):
    first, second = boss.bookings
    old = {"row": str(first), "outcome": "came", "seen": "", "token": "0" * 24, "at": 1}
    boss.driver.execute_script(
        "localStorage.setItem('marks', JSON.stringify({ staff: arguments[0], marks: [arguments[1]] }))",
        str(boss.staff.id), old,
    )  # fmt: skip
    boss.go("/squad")
    assert kept(boss) == []
    boss.driver.execute_script(
        "const mark = { ...arguments[0], at: Date.now() };"
        "localStorage.setItem('marks', JSON.stringify({ staff: '999', marks: [mark] }))", old,
    )  # fmt: skip
    boss.go("/squad")
    assert kept(boss) == [] and rows(database) == {}
