"""A worker and a person, each at a browser of their own, in one conversation."""

from __future__ import annotations

import time

import httpx
import pytest

from bot.console import handoffs
from tests.browser.desk import Desk, totp
from tests.console.conftest import PASSWORD

CRISIS = "i want to kill myself"


def test_a_conversation_is_taken_over_answered_and_closed_while_it_is_texted(driver, running, account, second_tab):
    staff = account("worker", "Ann Worker")
    desk = Desk(driver, running.console).sign_in(staff.email, PASSWORD)

    # The first sign-in sets the second factor up; the next one asks for it.
    key = driver.find_element("class name", "code").text
    now = time.time()
    desk.fill("Six-digit code", totp(key, now)).press("Go on").until("Recovery codes")
    desk.go("/handoffs").until("nobody waiting").press("Sign out")
    desk.until("Sign in").sign_in(staff.email, PASSWORD).until("Code from your phone")
    desk.fill("Six-digit code", totp(key, now)).press("Go on").until("That code is not right")  # each counts once
    desk.fill("Six-digit code", totp(key, now + 30)).press("Go on").until("Hand-offs: nobody waiting")

    # The person texts; the assistant answers; danger brings a worker in.
    phone = second_tab(running.phone)
    phone.says("hiya").wait(lambda: "You said hiya" in phone.heard, "answer")
    phone.says(CRISIS).wait(lambda: "999" in phone.heard, "crisis reply")

    # The list shows it by itself.
    desk.front().until("1 waiting, 1 danger")
    desk.press("May be thinking of suicide or self-harm, from ******123").until("Nobody. The assistant is answering.")
    assert CRISIS in desk.text
    desk.press("Take").until("The assistant is silent")

    phone.front().wait(lambda: driver.find_element("id", "staff").is_displayed(), "sign that a worker is there")
    before = len(running.rasa.asked)
    phone.says("is somebody there")
    desk.front().until("is somebody there")  # it appears in the open page
    assert len(running.rasa.asked) == before  # the assistant was not asked
    desk.fill("Your message", "Yes, I am Ann. Are you safe just now?").press("Send").until("is on its way")

    phone.front().wait(lambda: "Yes, I am Ann. Are you safe just now?" in phone.heard, "worker's reply")
    assert "A WORKER" in phone.heard.upper()

    desk.front().choose("What came of it", "Answered here").press("Close").until("nobody waiting")
    phone.front().says("thanks").wait(lambda: "You said thanks" in phone.heard, "answer of the assistant")
    assert not driver.find_element("id", "staff").is_displayed()


@pytest.mark.alone
def test_danger_is_on_the_open_list_within_five_seconds(desk, plain, second_tab):
    there = desk("worker").go("/handoffs").until("nobody waiting")
    phone = second_tab(plain.phone)
    phone.types(CRISIS)
    sent = time.monotonic()
    phone.sends()
    there.front().until("1 waiting, 1 danger", patience=5.0 - (time.monotonic() - sent))
    assert "Hand-offs: 1 waiting, 1 danger" in there.driver.title


@pytest.mark.alone
def test_danger_is_on_every_open_page_within_five_seconds_until_somebody_is_on_it(desk, plain, second_tab):
    there = desk("worker").go("/duty")
    phone = second_tab(plain.phone)
    phone.types(CRISIS)
    sent = time.monotonic()
    phone.sends()
    there.front()
    there.wait(lambda: there.driver.title.startswith("(1 danger) "), "the title", 5.0 - (time.monotonic() - sent))
    there.until("1 alarm that nobody has answered")
    there.go("/handoffs").press("I am on it: ******123").until("You are on it")
    assert not there.driver.title.startswith("(") and "that nobody has answered" not in there.text


def test_without_scripts_danger_is_on_the_list_after_a_refresh_that_can_be_stopped(desk, plain):
    there = desk("worker")
    there.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        there.go("/handoffs").until("nobody waiting")
        assert f"every {handoffs.PLAIN} seconds" in there.text
        message = {"channel": "sms", "from": "+447700900123", "text": CRISIS}
        httpx.post(f"{plain.phone}/simulator/messages", json=message, timeout=30).raise_for_status()
        there.until("1 waiting, 1 danger", patience=handoffs.PLAIN + 5.0)
        there.driver.find_element("link text", "Stop that").click()
        there.until("does not refresh by itself")
        assert "every 15 seconds" not in there.text
        assert not there.driver.find_elements("css selector", "meta[http-equiv=refresh]")
    finally:
        there.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
