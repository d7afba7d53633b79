"""Review: what messages really meant, said by one of the staff and approved by another; questions without an answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import sqlalchemy as sa
from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import audit
from bot.console import meanings
from bot.console.routing import Pages
from bot.conversations import access, labels, readings
from bot.models import Answer, Label, Message

pages = Pages("labels", __name__)
RULE = "/conversations/<string(length=32):conversation_id>/messages/<int:message_id>"


@pages.page("/labels", permission="label")
def waiting():
    """What waits for a label, and what waits for the second yes. No message says whose it is."""
    with current_app.extensions["wellbeing"].database.write() as db:
        to_label, to_approve = (labels.waiting(db, g.staff, status) for status in ("waiting", "labelled"))
        audit.record(db, audit.staff(g.staff.id), "labels.listed", "labels", count=sum(map(len, to_label + to_approve)))
        counts, options = labels.counts(db), meanings.options(_answers(db))
    return render_template("labels.html", to_label=to_label, to_approve=to_approve, counts=counts, options=options)


@pages.page("/labels/<int:label_id>", permission="label")
def one(label_id: int):
    """One message, to say what it means or to approve what a colleague said."""
    with current_app.extensions["wellbeing"].database.write() as db:
        found = _there(db, label_id)
        audit.record(db, audit.staff(g.staff.id), "labels.listed", f"label:{label_id}", count=1)
        return _page(db, found)


@pages.page("/labels/<int:label_id>", permission="label", methods=["POST"])
def decided(label_id: int):
    """Label, approve or drop it, and with it every other that says the same."""
    does, meaning = request.form.get("do", ""), request.form.get("meaning", "")
    with current_app.extensions["wellbeing"].database.write() as db:
        same = labels.alike(db, g.staff, found := _there(db, label_id))
        try:
            if does == "approve":
                for each in same:
                    labels.approve(db, each, g.staff)
                told = "Approved. It is for training from now on."
            elif does == "drop":
                for each in same:
                    labels.drop(db, each, g.staff)
                told = "Dropped. Its words are gone from here."
            elif meaning not in meanings.options(_answers(db)):
                raise labels.Refused("Choose what it means.")
            else:
                for each in same:
                    labels.say(db, each, g.staff, text=request.form.get("text", ""), meaning=meaning)
                told = "Saved. Somebody else has to approve it."
        except labels.Refused as problem:
            return _page(db, found, str(problem), request.form), 422
    flash(told if len(same) == 1 else f"{told} The same for {len(same) - 1} more in the same words.", "done")
    return redirect(url_for("labels.waiting"), 303)


@pages.page(RULE, permission="read_conversations")
def reading(conversation_id: str, message_id: int):
    """What the assistant took a message to mean, or said to it, so that staff say whether that was right."""
    with current_app.extensions["wellbeing"].database.write() as db:
        access.conversation_for(db, g.staff, conversation_id, why="reading")
        return _reading(db, conversation_id, *_message(db, conversation_id, message_id))


@pages.page(RULE, permission="reply", methods=["POST"])
def marked(conversation_id: str, message_id: int):
    """It was right, or something else was meant. Either way it is the person's message that is learnt from."""
    right = request.form.get("do") == "right"
    with current_app.extensions["wellbeing"].database.write() as db:
        access.conversation_for(db, g.staff, conversation_id, why="reading")
        message, reply = _message(db, conversation_id, message_id)
        read = readings.of(db, [message.id]).get(message.id)
        meaning = (read.answer or read.intent) if right and read else request.form.get("meaning", "")
        try:
            if reply is not None and not readings.guessed(read):
                raise labels.Refused("Nothing was guessed here, so there is nothing to learn from it.")
            if not right and meaning not in meanings.options(_answers(db)):
                raise labels.Refused("Choose what it means.")
            labels.mark(db, message, g.staff, right=right, meaning=meaning)
        except labels.Refused as problem:
            return _reading(db, conversation_id, message, reply, str(problem)), 422
    flash("Thank you. Somebody else has to approve it before the assistant learns from it.", "done")
    return redirect(
        url_for("conversations.conversation", conversation_id=conversation_id, _anchor=f"m{message_id}"), 303
    )


@pages.page("/unanswered", permission="edit_content")
def unanswered():
    """Questions that found no answer: what the bank lacks, or does not recognise. Nobody's words say whose they are."""
    with current_app.extensions["wellbeing"].database.write() as db:
        rows = readings.unanswered(db, g.staff)
        audit.record(db, audit.staff(g.staff.id), "labels.listed", "unanswered", count=len(rows))
    return render_template("unanswered.html", rows=rows, intent=meanings.intent, latest=readings.LATEST)


def _answers(db: Session) -> dict[str, str]:
    query = sa.select(Answer).order_by(Answer.topic_slug, Answer.id)
    return {f"{answer.topic_slug}/{answer.key}": answer.question for answer in db.execute(query).scalars()}


def _there(db: Session, label_id: int) -> Label:
    found = labels.one(db, g.staff, label_id)
    if found is None:
        abort(404)
    return found


def _message(db: Session, conversation_id: str, message_id: int) -> tuple[Message, Message | None]:
    """The message of the person that a page is about, and the reply of the assistant that it was reached by, if so."""
    found = db.get(Message, message_id)
    if found is None or found.conversation_id != conversation_id:
        abort(404)
    if found.direction == "in":
        return found, None
    asked = db.get(Message, found.reply_to) if found.reply_to is not None else None
    if asked is None or found.author != "assistant":
        abort(404)
    return asked, found


def _page(db: Session, found: Label, problem: str = "", typed: Mapping[str, str] = MappingProxyType({})):
    options = meanings.options(_answers(db))
    mine = found.labelled_by == g.staff.id
    times = len(labels.alike(db, g.staff, found))
    return render_template(
        "label.html", label=found, options=options, mine=mine, problem=problem, times=times, typed=typed
    )


def _reading(db: Session, conversation_id: str, message: Message, reply: Message | None, problem: str = ""):
    answers, read = _answers(db), readings.of(db, [message.id]).get(message.id)
    return render_template(
        "reading.html", conversation_id=conversation_id, message=message, reply=reply,
        options=meanings.options(answers), said=meanings.words(read, answers) if read else "",
        learnable=reply is None or readings.guessed(read), label=labels.of(db, [message.id]).get(message.id),
        problem=problem,
    )  # fmt: skip
