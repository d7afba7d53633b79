"""The menu on a phone: folded until somebody opens it, with the keyboard too."""

from __future__ import annotations

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import NARROW


def test_on_a_phone_the_menu_is_folded_and_the_keyboard_opens_it(desk):
    there = desk("coordinator").go("/sessions")
    wide = _shown(there)
    assert {"Hand-offs", "Sessions", "Facts"} <= set(wide)

    metrics = {"width": NARROW, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    there.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert _shown(there) == []
    there.driver.find_element(By.CSS_SELECTOR, ".folded summary").send_keys(Keys.ENTER)
    assert _shown(there) == wide


def _shown(there) -> list[str]:
    return [one.text for one in there.driver.find_elements(By.CSS_SELECTOR, "nav a") if one.is_displayed()]
