"""Somebody who has never seen the console does what the README's second paragraph says, pressing what it names."""

from __future__ import annotations

import re
import time

import pytest

from bot import clock
from bot.models import Attendance, Handoff
from bot.programme import samples, seeds
from bot.settings import ROOT
from tests.browser.desk import Desk, totp
from tests.console.conftest import PASSWORD

CRISIS = "i want to kill myself"


def named() -> list[str]:
    """What the paragraph says to press, in its order."""
    (paragraph,) = [p for p in (ROOT / "README.md").read_text(encoding="utf-8").split("\n\n") if "**Staff** work" in p]
    return re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", " ".join(paragraph.split()))


@pytest.mark.alone
def test_a_shift_goes_as_the_readme_says(driver, running, database, account, second_tab):
    with database.write() as db:
        seeds.seed(db, demo=True, today=clock.today())
        samples.begun(db, clock.now())
    staff, pressed = account("worker", "New Here"), []

    def press(words: str, on_page: str | None = None) -> Desk:
        pressed.append(words)
        return desk.press(on_page or words)

    desk = Desk(driver, running.console).go("/").fill("E-mail address", staff.email).fill("Password", PASSWORD)
    press("Sign in")
    desk.fill("Six-digit code", totp(driver.find_element("class name", "code").text)).press("Go on")
    desk.until("Recovery codes").press("I have kept them. Go on")
    press("Hand-offs").until("nobody waiting")

    phone = second_tab(running.phone)
    phone.types(CRISIS)
    sent = time.monotonic()
    phone.sends()
    desk.front().until("1 alarm that nobody has answered", patience=5.0 - (time.monotonic() - sent))
    sound = driver.find_element("id", "sound")
    pressed.append(sound.get_attribute("textContent"))
    if sound.is_displayed():  # not where the browser lets the page sound already
        sound.click()
    press("I am on it", "I am on it: ******123").until("You are on it")
    assert CRISIS in desk.text and "What to do" in desk.text
    press("Take").until("You. The assistant is silent.")
    desk.fill("Your message", "I am here. Are you safe just now?")
    press("Send").until("is on its way")
    phone.front().wait(lambda: "Are you safe just now?" in phone.heard, "worker's reply")
    desk.front().choose("What came of it", "Answered here")
    press("Close").until("nobody waiting")

    press("Registers")
    desk.press(next(name for name in desk.names("tbody a") if "Get moving" in name))
    desk.tick("Eddie Sample, no phone").choose("What happened", "Came")
    press("Keep").until("Kept for 4.")

    assert pressed == named(), "the README names something else than what is pressed"
    with database.read() as db:
        assert db.query(Attendance).count() == 4
        assert db.query(Handoff).one().outcome == "answered"
