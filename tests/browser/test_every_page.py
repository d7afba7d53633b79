"""Every page of the console, wide and narrow: axe-core finds nothing, nothing is cut off, nothing scrolls sideways.

With WELLBEING_TEST_SHOTS=folder a picture of each is left there, to be looked at by somebody.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from flask import template_rendered
from selenium.webdriver.common.by import By

from bot.console import second_factor
from bot.console.app import create
from bot.conversations.access import MAY
from tests.browser import axe, places
from tests.browser.conftest import NARROW, WIDE
from tests.browser.desk import Desk, totp
from tests.console.conftest import PASSWORD, Browser
from tests.console.tracker import note

SHOTS = os.environ.get("WELLBEING_TEST_SHOTS")
TEMPLATES = Path(create.__code__.co_filename).parent / "templates"
#: Elements that are wider than the screen, but for those that scroll by themselves or are there for readers only.
_OUTSIDE = """
const root = document.documentElement;
if (root.scrollWidth <= root.clientWidth) return [];
return [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !one.closest(".scroll, .away, .sr"))
  .map((one) => one.outerHTML.slice(0, 120)).slice(0, 5);
"""

#: Until the page has been laid out at the new width and its scripts have seen that: what scrolls can then be focused.
_DRAWN = "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])));"


class Look:
    """Looks at pages, and collects what is wrong with them."""

    def __init__(self, driver):
        self.driver, self.problems, self.shots = driver, [], 0

    def at(self, name: str) -> None:
        """Look at the open page at both widths."""
        for width in (WIDE, NARROW):
            metrics = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            self.driver.execute_async_script(_DRAWN)
            found = axe.violations(self.driver, axe.LAYOUT if width == NARROW else None)
            found += [f"wider than the screen: {one}" for one in self.driver.execute_script(_OUTSIDE)]
            self.problems += [f"{name} at {width} px: {one}" for one in found]
            if SHOTS:
                self._shot(name, width)

    def _shot(self, name: str, width: int) -> None:
        self.shots += 1
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        metrics = {"width": width, "height": min(height, 4000), "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        file = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:70]
        self.driver.save_screenshot(str(Path(SHOTS) / f"{(self.shots + 1) // 2:03d}-{file}-{width}.png"))


def test_every_page_is_accessible_and_fits_the_screen(driver, running, database, account, parameters):
    seen = set()
    listen = template_rendered.connected_to(lambda _, template, **__: seen.add(template.name), running.app)
    staff = {role: account(role, f"{role.capitalize()} Example") for role in places.ROLES}
    extra = places.furnish(database, {role: one.id for role, one in staff.items()})
    known = parameters() | extra
    note(running.tracker, known["taken_id"], places.NOTED, "booking_form")
    look = Look(driver)
    with listen, axe.everywhere(driver):
        _before(driver, running, account("worker", "New Colleague"), look)
        Desk(driver, running.phone).go("/")
        look.at("the phone")
        for role in places.ROLES:
            Desk(driver, running.console).go("/sign-in")
            driver.add_cookie({"name": "console", "value": _signed_in(running.app, database, staff[role])})
            here = [*places.opened(running.app, MAY, known), *places.posted(known)]
            for place in (one for one in here if one.role == role):
                desk = Desk(driver, running.console)
                desk.go(place.path) if place.form is None else desk.submit(place.path, place.form)
                if driver.execute_script("return document.contentType") != "text/html":
                    continue  # data for a script
                assert "Something went wrong" not in driver.title, place
                look.at(f"{role} {place.path}{' posted' if place.form is not None else ''}")
    assert not look.problems, "\n" + "\n".join(look.problems)
    pages = {path.name for path in TEMPLATES.glob("[!_]*.html")} - {"layout.html"}
    assert not pages - seen, f"never looked at: {sorted(pages - seen)}; add them to tests/browser/places.py"


def _before(driver, running, staff, look: Look) -> None:
    """The pages before somebody is in."""
    desk = Desk(driver, running.console).go("/join")
    look.at("join")
    desk.submit("/join", {"email": staff.email, "code": "x", "password": "short", "again": "short"})
    look.at("join refused")
    desk.submit("/sign-in/pin", {"pin": "000000"})
    look.at("PIN refused")
    desk.sign_in(staff.email, "wrong")
    look.at("sign-in refused")
    desk.sign_in(staff.email, PASSWORD)
    look.at("second factor to set up")
    key = driver.find_element(By.CLASS_NAME, "code").text
    desk.fill("Six-digit code", totp(key)).press("Go on")
    look.at("recovery codes")
    desk.press("Sign out").sign_in(staff.email, PASSWORD)
    look.at("code")
    desk.fill("Six-digit code", "000000").press("Go on")
    look.at("code refused")
    driver.delete_all_cookies()


def _signed_in(app, database, staff) -> str:
    """The session cookie of somebody who has signed in with a second factor."""
    there, key = Browser(app), second_factor.new_secret()
    assert second_factor.enrol(database, staff.id, key, totp(key))
    there.sign_in(staff.email)
    there.post("/sign-in/code", {"code": totp(key, time.time() + 30)})
    return there.http.get_cookie("console").value
