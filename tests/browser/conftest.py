"""A real browser (Debian's chromium), and the real gateway and console that it looks at."""

from __future__ import annotations

import os
import shutil

import pytest
from selenium import webdriver

from tests.browser import servers
from tests.browser.desk import Desk, Phone
from tests.console.conftest import PASSWORD, account, audited, parameters, passwords, texts, waiting

__all__ = ["account", "audited", "parameters", "passwords", "texts", "waiting"]  # fixtures of the console's tests

#: Set by .ci/run: there these tests fail, rather than being skipped, when there is no browser.
NEEDED = os.environ.get("WELLBEING_TEST_BROWSER")
WIDE, NARROW = 1280, 390


def _missing() -> str | None:
    lacking = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    if lacking:
        return f"{' and '.join(lacking)} not found: install Debian's packages chromium and chromium-driver"
    return None


@pytest.fixture(scope="session")
def _chromium(tmp_path_factory):
    """One chromium for all of these tests; each gets it without cookies and with one empty tab."""
    if problem := _missing():
        if NEEDED:
            pytest.fail(problem)
        pytest.skip(problem)
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
        "--no-proxy-server", "--lang=en-GB", "--hide-scrollbars", f"--window-size={WIDE},1000",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):  # fmt: skip
        options.add_argument(argument)
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))  # named: nothing is looked for
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "localhost,127.0.0.1")  # the driver is here, whatever the way to the outside
        driver = webdriver.Chrome(options=options, service=service)
    driver.set_page_load_timeout(60)
    driver.set_script_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture
def driver(_chromium):
    yield _chromium
    first, *others = _chromium.window_handles
    for other in others:
        _chromium.switch_to.window(other)
        _chromium.close()
    _chromium.switch_to.window(first)
    _chromium.get("about:blank")
    _chromium.execute_cdp_cmd("Network.clearBrowserCookies", {})
    _chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture
def running(database, tmp_path, passwords):
    """The two servers; a second factor is asked for, as it is outside the demo."""
    with servers.running(database, tmp_path, passwords, second_factor=True) as there:
        yield there


@pytest.fixture
def plain(database, tmp_path, passwords):
    """The two servers, without a second factor."""
    with servers.running(database, tmp_path, passwords, second_factor=False) as there:
        yield there


@pytest.fixture
def desk(driver, plain, account):
    """Makes a desk at which a new member of staff is signed in: `desk("worker")`."""

    def make(role: str = "worker", name: str = "Ann Worker") -> Desk:
        staff = account(role, name)
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        there = Desk(driver, plain.console).sign_in(staff.email, PASSWORD)
        there.staff = staff
        return there

    return make


@pytest.fixture
def second_tab(driver):
    """Makes a phone in a tab of its own."""

    def make(address: str) -> Phone:
        driver.switch_to.new_window("tab")
        return Phone(driver, address).go("/")

    return make
