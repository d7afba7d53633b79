"""Facts that staff set and the assistant passes on: numbers to ring. Unset means that the assistant names none."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, request, url_for

from bot import phone
from bot.console.routing import Pages
from bot.programme import facts

pages = Pages("facts", __name__)

#: Key → label and what it is for.
FACTS = {
    "case_manager_number": ("Case manager number", "Given to people who ask about shifts, hours or their order."),
    "office_number": ("Office number", "Given to people who ask how to reach the office."),
}


@pages.page("/facts", permission="set_facts")
def show():
    """The facts and their values."""
    with current_app.extensions["wellbeing"].database.read() as db:
        values = {key: facts.get(db, key) or "" for key in FACTS}
    return render_template("facts.html", facts=FACTS, values=values, problems={})


@pages.page("/facts", permission="set_facts", methods=["POST"])
def save():
    """Set the facts that were changed; none of them when one is not a phone number."""
    values = {key: " ".join(request.form.get(key, "").split()) for key in FACTS}
    problems = {key: sentence for key, value in values.items() if (sentence := problem(value))}
    if problems:
        return render_template("facts.html", facts=FACTS, values=values, problems=problems), 422
    with current_app.extensions["wellbeing"].database.write() as db:
        changed = [key for key, value in values.items() if value != (facts.get(db, key) or "")]
        for key in changed:
            facts.set(db, key, values[key], g.staff.id)
    flash("Saved. The assistant uses it from now on." if changed else "Nothing was changed.")
    return redirect(url_for("facts.show"), 303)


def problem(value: str) -> str | None:
    """What is wrong with a number to ring, as a sentence; None for a good one, or none at all."""
    if not value:
        return None
    try:
        number = phone.normalise(value)
    except phone.NotANumber:
        number = ""
    # A short code can be texted from some networks and rung from none.
    return None if number.startswith("+") else "Enter a phone number with its area code, like 0141 496 0000."
