"""Pages on paper: what was to be filled in or pressed is not printed; every sheet says who printed it."""

from __future__ import annotations

from bot import clock
from tests.browser import places
from tests.browser.desk import Desk
from tests.browser.test_every_page import _signed_in

#: What of a page would be on paper and takes answers; ticks may be, for what is gone through on paper.
_ASKS = """
return [...document.querySelectorAll("button, select, textarea, input:not([type=checkbox], [type=radio])")]
  .filter((one) => one.checkVisibility() && !one.closest(".away")).map((one) => one.outerHTML.slice(0, 120));
"""


def test_paper_takes_no_answers_and_says_who_printed_it(driver, running, database, account, parameters):
    staff = {role: account(role, f"{role.capitalize()} Example") for role in places.ROLES}
    known = parameters() | places.furnish(database, {role: one.id for role, one in staff.items()})
    sheets = [
        ("worker", f"/conversations/{known['danger_id']}", "Nobody is on it yet", ("Take the conversation first",)),
        ("coordinator", "/registers/day?day=" + clock.today().isoformat(), "expected", ("Back to registers",)),
        (
            "worker",
            f"/sessions/{known['begun_id']}/register",
            "Not marked yet",
            ("Times", "Arrived, if not", "For everybody"),
        ),
        ("coordinator", "/facts", "Office number\nNot set", ("Given to people who",)),
        ("coordinator", "/duty", "alarms reach them", ("Put somebody on duty",)),
        ("coordinator", f"/answers/{known['answer_id']}", "As a phone gets it", ("Change the words", "Back to")),
        ("coordinator", "/answers/sitting", "I stand by it", ("Approve what is ticked",)),
        ("admin", "/squads", "Supervisor Example", ("Add a squad",)),
    ]
    desk = Desk(driver, running.console)
    for role, path, there, gone in sheets:
        desk.go("/sign-in")
        driver.add_cookie({"name": "console", "value": _signed_in(running.app, database, staff[role])})
        desk.go(path)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert there in desk.text, (path, desk.text)
        assert not [words for words in (*gone, "Sign out") if words in desk.text], path
        assert not driver.execute_script(_ASKS), path
        sheets_of_it = max(1, len(driver.find_elements("class name", "sheet")))
        assert desk.text.count(f"Printed by {staff[role].name} on ") == sheets_of_it, path
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
