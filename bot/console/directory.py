"""The directory of services for content editors: what is stale first, correct, hold, "I rang it and it is right"."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from bot import clock
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.models import Service, Staff
from bot.programme import services, signposts

pages = Pages("directory", __name__)
AREAS = {
    "uk": "UK", "scotland": "Scotland", "glasgow-wide": "All of Glasgow", "north-west": "North west",
    "north-east": "North east", "south": "South",
}  # fmt: skip
STATES = {"unchecked": "To check", "held": "Held back", "unconfirmed": "Not confirmed", "checked": "Checked"}


@pages.page("/services", permission="edit_content")
def every():
    """Every service, or those in one state: those never checked first, then by how soon the check runs out."""
    with database().read() as db:
        rows = [(service, _state(service)) for service in services.directory(db)]
        slugs = signposts.not_reached(db)
    counts = {state: sum(s == state for _, s in rows) for state in STATES}
    wanted = request.args.get("state", "")
    shown = [row for row in rows if row[1] == wanted or wanted not in STATES]
    unreached = [service for service, _ in rows if service.slug in slugs]
    return render_template(
        "services.html", rows=shown, all=len(rows), counts=counts, areas=AREAS, states=STATES, wanted=wanted,
        unreached=unreached,
    )  # fmt: skip


@pages.page("/services/<slug>", permission="edit_content")
def service(slug: str):
    """One service as a participant reads it, and the form to correct it."""
    return _page(slug, None, "")


@pages.page("/services/<slug>", permission="edit_content", methods=["POST"])
def service_submitted(slug: str):
    """Correct it, hold or release it, or say that it was checked."""
    does, values = request.form.get("do", ""), {n: " ".join(request.form.get(n, "").split()) for n in services.EDITABLE}
    try:
        with database().write() as db:
            staff = db.get(Staff, g.staff.id)
            if does == "save":
                services.edit(db, slug, staff, values)
                told = "Saved. Ring it, and say so here, before participants get it."
            elif does == "checked":
                services.check(db, slug, staff)
                told = "Noted in your name: every line of it is right today."
            elif does in ("hold", "release"):
                services.hold(db, slug, staff, does == "hold")
                told = "Nobody is sent there any more." if does == "hold" else "It may be shown again."
            else:
                raise ValueError("Nothing was chosen.")
    except ValueError as problem:
        return _page(slug, values if does == "save" else None, str(problem)), 422
    except LookupError:
        raise NotFound from None
    flash(told, "done")
    return redirect(url_for("directory.service", slug=slug), 303)


def _page(slug: str, values: dict | None, problem: str):
    with database().read() as db:
        found = db.get(Service, slug)
        if found is None:
            raise NotFound
        line = services.lines(found, clock.today())
        unreached = slug in signposts.not_reached(db)
    values = values or {name: getattr(found, name) or "" for name in services.EDITABLE}
    return render_template(
        "service.html", service=found, state=_state(found), line=line, values=values, problem=problem,
        longest=services.EDITABLE, unreached=unreached,
    )  # fmt: skip


def _state(found: Service) -> str:
    if found.hold:
        return "held"
    if found.confidence not in ("confirmed", "secondary"):
        return "unconfirmed"
    return "checked" if found.check_due is not None and found.check_due > clock.now() else "unchecked"
