"""Erasing somebody, always by way of a page that says what goes and what stays. For coordinators."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for

from bot.console.lookups import database, person_or_404
from bot.console.routing import Pages
from bot.programme import erasure, people, references

pages = Pages("erasures", __name__)
RULE = "/people/<int:person_id>/erase"
#: What goes, in words, and the tables that are counted for it. What is only counted with something else is not named.
SHOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Phones and chats they text from", ("conversations",)),
    ("Texts to and from them, notes and markers among them", ("messages",)),
    ("Hand-offs, with what was noted and handed over", ("handoffs",)),
    ("Calls they asked for", ("call_backs",)),
    ("Places at sessions, and what registers say of them", ("bookings",)),
    ("Orders with their hours", ("orders",)),
    ("Scores, complaints and wishes", ("feedback",)),
    ("Services they were given, and whether they went", ("signposts",)),
    ("Answers they were given", ("answers_shown",)),
    ("Messages that were put up to learn from", ("labels",)),
    ("People they are or were kept apart from", ("keep_apart",)),
    ("Records that were merged with theirs", ("merges",)),
    ("Codes for a new phone", ("link_codes",)),
)


@pages.page(RULE, permission="erase_people")
def erase(person_id: int):
    """Ask before somebody is erased: in counts, what goes; in sentences, what to see to before and what stays."""
    return _show(person_id, {})


@pages.page(RULE, permission="erase_people", methods=["POST"])
def erase_confirmed(person_id: int):
    """Erase them, and say that it is done."""
    form = {name: request.form.get(name, "")[:2000].strip() for name in ("reason", "seen", "minded", "reference")}
    try:
        with database().write() as db:
            person = person_or_404(db, person_id)
            if form["reference"].upper().replace(" ", "") != references.of(db, person):
                raise erasure.Wrong("The reference is not theirs. Type it as it stands on this page.")
            gone = erasure.erase(
                db, person_id, reason=form["reason"], seen=form["seen"], minded=form["minded"] == "yes",
                by_staff=g.staff.id,
            )  # fmt: skip
    except erasure.Wrong as problem:
        return _show(person_id, form, str(problem))
    flash(f"They are erased: {gone.total} records are gone. The assistant forgets its turns within minutes.", "done")
    return redirect(url_for("people.search"), 303)


def _show(person_id: int, form: dict[str, str], problem: str = ""):
    with database().write() as db:
        person = person_or_404(db, person_id)
        found, label = erasure.preview(db, person), people.labels(db, [person])[person_id]
        reference = references.of(db, person)
        people.viewed(db, g.staff.id, [person_id], "erase")
    counts = [(words, sum(found.rows[table] for table in tables)) for words, tables in SHOWN]
    page = render_template(
        "erase.html", person=person, label=label, reference=reference, found=found, form=form, problem=problem,
        counts=[(words, number) for words, number in counts if number], reasons=erasure.REASONS,
    )  # fmt: skip
    return page, 422 if problem else 200
