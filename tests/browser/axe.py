"""axe-core, run in an open page. The script comes with the package axe-playwright-python, of which nothing else is
used."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
from collections.abc import Iterator
from pathlib import Path

from selenium.webdriver.chrome.webdriver import WebDriver

#: WCAG 2.2 at level AA, and what axe-core counts as good practice beside it.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
#: The rules among them that depend on how wide the screen is.
LAYOUT = ["target-size", "scrollable-region-focusable"]
_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: arguments[0], resultTypes: ["violations"] }).then(
  (found) => done(found.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id} (${rule.impact}): ${node.target.join(" ")}: ${node.failureSummary}: ${node.html}`))),
  (error) => done(["axe-core failed: " + error]));
"""


@functools.lru_cache
def script() -> str:
    """axe-core's source."""
    (folder,) = importlib.util.find_spec("axe_playwright_python").submodule_search_locations
    return (Path(folder) / "axe.min.js").read_text(encoding="utf-8")


@contextlib.contextmanager
def everywhere(driver: WebDriver) -> Iterator[None]:
    """Every page that is opened meanwhile has axe-core in it."""
    command = "Page.addScriptToEvaluateOnNewDocument"
    identifier = driver.execute_cdp_cmd(command, {"source": script()})
    yield
    driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", identifier)


def violations(driver: WebDriver, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds wrong with the open page, a line for each place; by these rules only, if any are given."""
    chosen = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    return driver.execute_async_script(_RUN, chosen)
