"""The note for whoever is on next, when somebody may be in danger: written line by line, and printed."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for

from bot import clock, phone
from bot.console import crisis_words, ringing, words
from bot.console.conversations import RULE
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.conversations import access, handoffs
from bot.db import lock
from bot.models import Conversation
from bot.programme import people, profiles

pages = Pages("crisis_panel", __name__)
#: The longest note that is added at once.
LONGEST = 2_000


@pages.page(RULE + "/note", permission="reply", methods=["POST"])
def noted(conversation_id: str):
    """Another line for whoever is on next. The person never sees it."""
    text = request.form.get("note", "").strip()[:LONGEST]
    with database().write() as db:
        if lock(db, Conversation, conversation_id) is None:
            abort(404)
        access.conversation_for(db, g.staff, conversation_id, why="note")
        handoff = handoffs.current(db, conversation_id)
        if handoff is None or not text:
            flash("Write the note first." if handoff else "This was closed already.", "problem")
        else:
            handoffs.add_handover(db, handoff, g.staff, text, f"{clock.london(clock.now()):%a %d %b, %H:%M}")
            flash("Kept with the hand-off.", "done")
    return redirect(url_for("crisis_panel.handover", conversation_id=conversation_id), 303)


@pages.page(RULE + "/handover", permission="read_conversations")
def handover(conversation_id: str):
    """The sheet for whoever is on next (Monday): what happened, who did what, what is safe. Made to be printed."""
    with database().write() as db:
        found = access.conversation_for(db, g.staff, conversation_id, why="handover")
        handoff = handoffs.last(db, conversation_id)
        if handoff is None:
            abort(404)
        _, stands, calls = ringing.of(db, handoff)
        page = {
            "label": people.labels(db, [found.person])[found.person.id],
            "reasons": words.reasons(handoff),
            "sent": crisis_words.sent(db, handoff),
            "masked": phone.masked(found.address.address),
        }
        return render_template(
            "handover.html", conversation=found, handoff=handoff, person=found.person, stands=stands, calls=calls,
            contact=profiles.CONTACT, status=words.status, now=clock.now(), **page,
        )  # fmt: skip
