"""Ready-made replies, for those who keep them: written, changed, taken out of use."""

from __future__ import annotations

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from bot.console.routing import Pages
from bot.conversations import ready_replies

pages = Pages("ready_replies", __name__)


@pages.page("/ready-replies", permission="edit_content")
def every():
    """Every ready-made reply, and a form for another."""
    return _page()


@pages.page("/ready-replies", permission="edit_content", methods=["POST"])
def changed():
    """Another reply, another wording of one, or one out of use. What was typed is kept when it is refused."""
    reply_id, does = request.form.get("reply", None, int), request.form.get("do", "")
    title, text = request.form.get("title", ""), request.form.get("text", "").replace("\r\n", "\n")
    try:
        with current_app.extensions["wellbeing"].database.write() as db:
            if does == "retire" and reply_id is not None:
                ready_replies.retire(db, reply_id, by_staff=g.staff.id)
            else:
                ready_replies.save(db, reply_id, title, text, by_staff=g.staff.id)
    except ValueError as problem:
        return _page(reply_id or 0, title, text, str(problem)), 422
    except LookupError:
        abort(404)
    flash("Out of use." if does == "retire" else "Saved. Workers can use it from now on.", "done")
    return redirect(url_for("ready_replies.every"), 303)


def _page(editing: int | None = None, title: str = "", text: str = "", problem: str = ""):
    """`editing`: the id of the reply whose form comes back with what was typed; 0 for a new one."""
    with current_app.extensions["wellbeing"].database.read() as db:
        rows = ready_replies.everyone(db)
    at = "text" if 0 < len(title.strip()) <= ready_replies.TITLE else "title"
    return render_template(
        "ready_replies.html", rows=rows, editing=editing, title=title, text=text, problem=problem, at=at,
        longest=ready_replies.TITLE,
    )  # fmt: skip
