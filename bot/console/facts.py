"""Facts that staff set: numbers to ring, which the assistant passes on, and how many hours of an order may count."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, request, url_for

from bot import clock, phone
from bot.console.routing import Pages
from bot.conversations import hours as office_hours
from bot.conversations.hours import CLOSED_DAYS, days_of
from bot.programme import facts, hours

pages = Pages("facts", __name__)

#: Key → label and what it is for.
FACTS = {
    "case_manager_number": ("Case manager number", "Given to people who ask about shifts, hours or their order."),
    "office_number": ("Office number", "Given to people who ask how to reach the office."),
}
#: What is a whole number instead: key → label, what it is for, least and most. Your name and the day stay with it.
FIGURES = {
    hours.PERCENT: (
        "Other activity: per cent of the hours imposed",
        "How much of an order sessions can count for. Left empty it is 30, and pages say that nobody has confirmed it.",
        0, 100,
    ),
    hours.MOST: ("Other activity: hours at most", "However long the order is. Left empty it is 30.", 0, 300),
}  # fmt: skip
#: Longest list of days that fits a fact.
LONGEST = 300
DAYS = {
    CLOSED_DAYS: (
        "Days when nobody reads the hand-offs",
        "Public holidays, like 2026-12-25 2026-12-28. People are told when somebody reads it next.",
    )
}  # fmt: skip
LABELS = FACTS | DAYS | {key: (label, hint) for key, (label, hint, _, _) in FIGURES.items()}


@pages.page("/facts", permission="set_facts")
def show():
    """The facts and their values."""
    with current_app.extensions["wellbeing"].database.read() as db:
        values = {key: facts.get(db, key) or "" for key in LABELS}
    return _page(values, {})


@pages.page("/facts", permission="set_facts", methods=["POST"])
def save():
    """Set the facts that were changed; none of them when one is not a phone number."""
    values = {key: " ".join(request.form.get(key, "").split()) for key in LABELS}
    values[CLOSED_DAYS] = request.form.get(CLOSED_DAYS, "").strip()
    problems = {key: sentence for key, value in values.items() if (sentence := problem(key, value))}
    if problems:
        return _page(values, problems), 422
    values[CLOSED_DAYS] = " ".join(f"{day}" for day in days_of(values[CLOSED_DAYS]) if day >= clock.today())
    with current_app.extensions["wellbeing"].database.write() as db:
        changed = [key for key, value in values.items() if value != (facts.get(db, key) or "")]
        for key in changed:
            facts.set(db, key, values[key], g.staff.id)
    flash("Saved. The assistant uses it from now on." if changed else "Nothing was changed.")
    return redirect(url_for("facts.show"), 303)


def problem(key: str, value: str) -> str | None:
    """What is wrong with a fact, as a sentence; None for a good one, or none at all."""
    if not value:
        return None
    if key in DAYS:
        return _no_days(value)
    if key in FIGURES:
        _, _, least, most = FIGURES[key]
        good = value.isdecimal() and value.isascii() and len(value) < 5 and least <= int(value) <= most
        return None if good else f"Enter a whole number from {least} to {most}."
    try:
        number = phone.normalise(value)
    except phone.NotANumber:
        number = ""
    # A short code can be texted from some networks and rung from none.
    return None if number.startswith("+") else "Enter a phone number with its area code, like 0141 496 0000."


def _no_days(value: str) -> str | None:
    try:
        days = [day for day in days_of(value) if day >= clock.today()]
    except ValueError:
        return "Enter days like 2026-12-25, with a space between them."
    return None if len(days) * len("2026-12-25 ") <= LONGEST else "These are too many days at once."


def _page(values: dict[str, str], problems: dict[str, str]) -> str:
    wellbeing = current_app.extensions["wellbeing"]
    with wellbeing.database.read() as db:
        office = office_hours.hours_text(db, wellbeing.settings.office_hours)
    return render_template(
        "facts.html", facts=LABELS, figures=FIGURES, days=DAYS, values=values, problems=problems, office=office
    )  # fmt: skip
