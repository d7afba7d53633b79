"""Alarms in the console: the badge that every page has, "I am on it", and "I have reached them"."""

from __future__ import annotations

from flask import current_app, flash, g, jsonify, redirect, request, url_for

from bot.console import ringing as alarm
from bot.console.conversations import RULE
from bot.console.routing import Pages
from bot.conversations import access, alarms, call_backs, handoffs
from bot.db import lock
from bot.models import Conversation, Handoff

pages = Pages("alarms", __name__)


@pages.page("/alarms", permission="read_conversations")
def ringing():
    """How many alarms nobody has answered, for the script that sounds one. Says nothing about anybody."""
    return jsonify(ringing=alarm.count())


@pages.page(RULE + "/on-it", permission="reply", methods=["POST"])
def on_it(conversation_id: str):
    """Somebody says that they are on it: nobody else is woken."""
    with current_app.extensions["wellbeing"].database.write() as db:
        handoff = _open(db, conversation_id, "on_it")
        done = handoff is not None and alarms.acknowledge(db, handoff, g.staff)
    if done:
        flash("You are on it, and nobody else is alarmed. Say so here once you have reached them.", "done")
    else:
        flash("Somebody else was on it before you.", "problem")
    return redirect(url_for("conversations.conversation", conversation_id=conversation_id), 303)


@pages.page(RULE + "/reached", permission="reply", methods=["POST"])
def reached(conversation_id: str):
    """The worker has reached the person. That a text went out to them is not that."""
    with current_app.extensions["wellbeing"].database.write() as db:
        if (handoff := _open(db, conversation_id, "reached")) is not None:
            handoffs.contacted(db, handoff, g.staff)
    flash("Written down: they were reached, by you.", "done")
    return redirect(url_for("conversations.conversation", conversation_id=conversation_id), 303)


@pages.page(RULE + "/rang", permission="reply", methods=["POST"])
def rang(conversation_id: str):
    """The worker rang, and what came of it. The person is asked later whether they see it the same way."""
    outcome = request.form.get("outcome", "")
    with current_app.extensions["wellbeing"].database.write() as db:
        _open(db, conversation_id, "rang")
        call_back = call_backs.current(db, conversation_id)
        if call_back is None or outcome not in call_backs.OUTCOMES:
            flash("Nobody waits for a call here any more.", "problem")
        else:
            call_backs.rang(db, call_back, g.staff, outcome)
            flash("Written down. They are asked later whether the call came.", "done")
    return redirect(url_for("conversations.conversation", conversation_id=conversation_id), 303)


def _open(db, conversation_id: str, why: str) -> Handoff | None:
    if lock(db, Conversation, conversation_id) is None:
        raise LookupError("no such conversation")
    access.conversation_for(db, g.staff, conversation_id, why=why)
    return handoffs.current(db, conversation_id)
