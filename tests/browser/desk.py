"""A member of staff (or a person with a phone) at a browser: finds things by the words that are on them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

#: Seconds until what should come has come.
PATIENCE = 20.0
_CAME = "return !window.left && document.readyState === 'complete'"
_NAMES = """
return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent.trim().replace(/\\s+/g, " "));
"""
_SUBMIT = """
window.left = true;
const form = document.querySelector("main form").cloneNode(false);
form.action = arguments[0];
const fields = { ...arguments[1], csrf_token: document.querySelector("[name=csrf_token]").value };
for (const [name, value] of Object.entries(fields)) {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
}
document.body.append(form);
form.submit();
"""
_NAMED = """
const name = (one) => one.textContent.trim().replace(/\\s+/g, " ");
const all = [...document.querySelectorAll("button, a")];
return [all.find((one) => name(one) === arguments[0]) || null, all.map(name)];
"""


class Desk:
    """One tab of the browser on one site."""

    def __init__(self, driver: WebDriver, address: str):
        self.driver, self.address = driver, address
        self.tab = driver.current_window_handle

    def front(self) -> Desk:
        """Bring this tab to the front."""
        self.driver.switch_to.window(self.tab)
        return self

    def go(self, path: str) -> Desk:
        """Open the page at `path`."""
        self.driver.get(self.address + path)
        return self

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.address)

    @property
    def text(self) -> str:
        """The words that can be seen."""
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def heading(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "h1").text

    def labelled(self, label: str) -> WebElement:
        """The field with exactly this label."""
        words = self.driver.find_element(By.XPATH, f"//label[normalize-space()={_quoted(label)}]")
        return self.driver.find_element(By.ID, words.get_attribute("for"))

    def fill(self, label: str, text: str) -> Desk:
        """Type into the field with this label."""
        field = self.labelled(label)
        field.clear()
        field.send_keys(text)
        return self

    def choose(self, label: str, option: str) -> Desk:
        """Choose in the list with this label."""
        Select(self.labelled(label)).select_by_visible_text(option)
        return self

    def tick(self, label: str) -> Desk:
        self.labelled(label).click()
        return self

    def press(self, words: str) -> Desk:
        """Press the button, or follow the link, with these words, and wait for the page that comes."""
        found, names = self.driver.execute_script(_NAMED, words)
        assert found, f"no button or link {words!r} on {self.path}, only {names}"
        self.driver.execute_script("window.left = true")
        found.click()
        self.wait(lambda: self.driver.execute_script(_CAME), f"page after {words!r}")
        return self

    def names(self, selector: str) -> list[str]:
        """What the elements that fit are called, as `press` and the labels of fields are given."""
        return self.driver.execute_script(_NAMES, selector)

    def menu(self) -> list[str]:
        """The paths that the menu leads to."""
        links = self.driver.find_elements(By.CSS_SELECTOR, "nav a")
        return [link.get_attribute("href").removeprefix(self.address) for link in links]

    def submit(self, path: str, form: dict[str, str]) -> Desk:
        """Post a form that no button of the open page would post: to get at once to the page that answers it."""
        self.go("/sign-in")
        self.driver.execute_script(_SUBMIT, path, form)
        self.wait(lambda: self.driver.execute_script(_CAME), f"page after {path}")
        return self

    def until(self, said: str, patience: float = PATIENCE) -> Desk:
        """Wait until the page says something."""
        self.wait(lambda: said in self.text, f"{said!r} on {self.path}", patience)
        return self

    def wait(self, what: Callable[[], Any], named: str, patience: float = PATIENCE) -> Any:
        """Wait until `what()` is true; what it was."""
        waiting = WebDriverWait(self.driver, patience, 0.05, (StaleElementReferenceException, WebDriverException))
        return waiting.until(lambda _: what(), f"there is no {named} after {patience:.0f} s")

    # --- what only the console has

    def sign_in(self, email: str, password: str) -> Desk:
        return self.go("/sign-in").fill("E-mail address", email).fill("Password", password).press("Sign in")


class Phone(Desk):
    """The page of the demo with a phone on it."""

    def says(self, text: str) -> Phone:
        return self.types(text).sends()

    def types(self, text: str) -> Phone:
        self.driver.find_element(By.ID, "words").send_keys(text)
        return self

    def sends(self) -> Phone:
        self.driver.find_element(By.ID, "send").click()
        return self

    @property
    def heard(self) -> str:
        """Everything on the phone's screen."""
        return self.driver.find_element(By.ID, "log").text


def totp(key: str, at: float | None = None) -> str:
    """The six digits that an authenticator app shows (RFC 6238): worked out here, without the code under test."""
    secret = re.sub(r"[\s-]", "", key).upper()
    secret += "=" * (-len(secret) % 8)
    step = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
