"""What a worker does about a conversation beside replying: a private note, tags, giving it to a colleague."""

from __future__ import annotations

from datetime import date

from flask import abort, current_app, flash, g, redirect, request, url_for
from sqlalchemy.orm import Session

from bot import clock
from bot.console.routing import Pages
from bot.conversations import access, desk, follow_ups, handoffs
from bot.db import lock
from bot.models import Conversation, Handoff

pages = Pages("desk", __name__)
RULE = "/conversations/<string(length=32):conversation_id>"


@pages.page(RULE + "/private-note", permission="reply", methods=["POST"])
def note(conversation_id: str):
    """Keep a private note in the thread."""
    with current_app.extensions["wellbeing"].database.write() as db:
        found, _ = _locked(db, conversation_id, "note")
        try:
            desk.note(db, found, g.staff, request.form.get("note", ""))
            flash("Your note is in the thread. Only staff see it.", "done")
        except ValueError as problem:
            flash(str(problem), "problem")
    return _back(conversation_id, "notes")


@pages.page(RULE + "/tags", permission="reply", methods=["POST"])
def tags(conversation_id: str):
    """Mark the conversation with the tags that are ticked."""
    with current_app.extensions["wellbeing"].database.write() as db:
        found, _ = _locked(db, conversation_id, "tags")
        desk.tag(db, found, g.staff, request.form.getlist("tag"))
    flash("The tags are saved.", "done")
    return _back(conversation_id, "tags")


@pages.page(RULE + "/follow-up", permission="reply", methods=["POST"])
def follow_up(conversation_id: str):
    """Come back to somebody on a day."""
    with current_app.extensions["wellbeing"].database.write() as db:
        found, _ = _locked(db, conversation_id, "follow_up")
        try:
            day = date.fromisoformat(request.form.get("day", ""))
            follow_ups.plan(db, found, g.staff, day, clock.now())
        except ValueError as problem:
            said = str(problem) if str(problem).endswith(".") else "Choose a day, like 2026-12-08."
            flash(said, "problem")
        else:
            flash("It is on your list on that day, and under Put off till then.", "done")
    return _back(conversation_id, "follow-up")


@pages.page(RULE + "/assign", permission="reply", methods=["POST"])
def assign(conversation_id: str):
    """Give the hand-off, or the conversation that one has, to a colleague, with a note."""
    to = request.form.get("to", 0, int)
    with current_app.extensions["wellbeing"].database.write() as db:
        found, handoff = _locked(db, conversation_id, "assign")
        if handoff is None:
            flash("Nobody is waited for here any more, so there is nothing to give to anybody.", "problem")
            return _back(conversation_id, "give")
        mine = found.taken_by == g.staff.id
        try:
            other = desk.assign(db, handoff, g.staff, to, request.form.get("why", ""))
        except desk.NotTheirs:
            flash("Another worker has this conversation, so it is theirs to pass on.", "problem")
        except ValueError as problem:
            flash(str(problem), "problem")
        else:
            still = "The assistant stays silent." if mine else "The assistant answers until they take it."
            flash(f"It is with {other.name} now. {still}", "done")
    return _back(conversation_id, "give")


def _locked(db: Session, conversation_id: str, why: str) -> tuple[Conversation, Handoff | None]:
    if lock(db, Conversation, conversation_id) is None:
        abort(404)
    return access.conversation_for(db, g.staff, conversation_id, why=why), handoffs.current(db, conversation_id)


def _back(conversation_id: str, anchor: str):
    return redirect(url_for("conversations.conversation", conversation_id=conversation_id, _anchor=anchor), 303)
