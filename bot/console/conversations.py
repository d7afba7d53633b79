"""One conversation: its thread, and what a worker does in it (take, reply, give back, close)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, flash, g, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import clock, phone
from bot.console import crisis_words, noted, picks, replies, ringing, thread, words
from bot.console.routing import Pages
from bot.console.words import reasons
from bot.conversations import access, addresses, call_backs, desk, handoffs, inbox, messages, ready_replies, teams
from bot.db import lock
from bot.models import Conversation, Handoff, Staff
from bot.programme import bookings, people, profiles
from bot.programme.outcomes import OUTCOMES

pages = Pages("conversations", __name__)
RULE = "/conversations/<string(length=32):conversation_id>"
#: How many past bookings stand beside the thread; the person's own page has them all.
PAST = 5


@dataclass(frozen=True)
class Elsewhere:
    """Another conversation of the same person: the way they write there, and whether they wait or are in danger."""

    id: str
    channel: str
    over: bool
    waiting: bool
    danger: bool

    @classmethod
    def of(cls, conversation: Conversation, handoff: Handoff | None) -> Elsewhere:
        waiting, danger = handoff is not None, handoff is not None and handoff.priority == 0
        return cls(conversation.id, conversation.address.channel, conversation.ended_at is not None, waiting, danger)


@pages.page(RULE, permission="read_conversations")
def conversation(conversation_id: str):
    """The thread. Opening it tells a person who passed something on that it has been read."""
    return _show(conversation_id)


@pages.page(RULE + "/newer", permission="read_conversations")
def newer(conversation_id: str):
    """What came after message `after`, for the script that adds it to an open page. Audited when there is something."""
    after = request.args.get("after", 0, int)
    database = current_app.extensions["wellbeing"].database
    with database.read() as db:
        theirs = addresses.of_same_person(db, conversation_id)
        if not any(c.id == conversation_id and teams.may_open(db, g.staff, c, clock.now()) for c in theirs):
            abort(404)
        if not messages.story(db, [c.id for c in theirs], after, last=1):
            return jsonify(last=after, html="")
    with database.write() as db:
        story = access.story_for(db, g.staff, conversation_id, why="newer")
        entries = thread.entries(db, conversation_id, story, after)
    return jsonify(last=entries[-1].id, html=render_template("_thread.html", entries=entries))


@pages.page(RULE + "/number", permission="read_conversations")
def number(conversation_id: str):
    """The whole phone number, for somebody who needs to ring. A page of its own, so that the look is audited."""
    with current_app.extensions["wellbeing"].database.write() as db:
        found = access.conversation_for(db, g.staff, conversation_id, why="number")
        address, person = found.address, found.person
        call_back = call_backs.current(db, conversation_id)
    return render_template(
        "number.html", conversation_id=conversation_id, address=address, person=person, contact=profiles.CONTACT,
        call_back=call_back, call_when=call_backs.said(call_back) if call_back else "",
    )  # fmt: skip


@pages.page(RULE + "/download", permission="read_conversations")
def download(conversation_id: str):
    """The whole thread as a plain text file, for a record that has to leave the console. Audited like a look."""
    database = current_app.extensions["wellbeing"].database
    with database.write() as db:
        if db.get(Conversation, conversation_id) is None:
            abort(404)
        story = access.story_for(db, g.staff, conversation_id, why="download")
        address = phone.masked(story[0].address.address)
        entries = thread.entries(db, conversation_id, story)
    heading = f"Conversation with {address}, as it was {words.moment(clock.now())}. Taken out by {g.staff.name}."
    response = current_app.response_class(thread.as_text(entries, heading), mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="conversation-{clock.today().isoformat()}.txt"'
    return response


@pages.page(RULE + "/take", permission="reply", methods=["POST"])
def take(conversation_id: str):
    """Take the conversation. Of two workers who try at once one gets it, and the other is told who."""
    with current_app.extensions["wellbeing"].database.write() as db:
        found, handoff = _locked(db, conversation_id, "take")
        if handoff is None:
            flash("Nobody is waited for here any more, so there is nothing to take.", "problem")
        else:
            try:
                handoffs.take(db, handoff, g.staff)
                flash("You have this conversation. The assistant is silent until you give it back or close it.")
            except handoffs.AlreadyTaken:
                flash(f"{_owner(db, found)} took this conversation before you. You can read along.", "problem")
    return _back(conversation_id)


@pages.page(RULE + "/reply", permission="reply", methods=["POST"])
def reply(conversation_id: str):
    """Send what the worker wrote, or say why not and keep it in the box."""
    text = replies.tidy(request.form.get("text", ""))
    after, does = request.form.get("after", 0, int), request.form.get("do", "send")
    with current_app.extensions["wellbeing"].database.write() as db:
        found, handoff = _locked(db, conversation_id, "reply")
        problem = replies.blocked(found, handoff, g.staff) or replies.problem(text, found.address.channel)
        text = replies.with_ready(db, text, request.form.get("ready", 0, int)) if does == "ready" else text
        checking = does in ("check", "ready")
        problem = None if does == "ready" else problem
        if problem is None and not checking and not replies.said_already(db, found, g.staff, text, after):
            handoffs.reply(db, found, g.staff, text)
    if problem is not None or checking:
        return _show(conversation_id, text=text, problem=problem, status=200 if problem is None else 422)
    flash("Your reply is on its way.")
    return _back(conversation_id, "latest")


@pages.page(RULE + "/give-back", permission="reply", methods=["POST"])
def give_back(conversation_id: str):
    """Let the assistant answer again; the hand-off stays open for somebody else."""
    with current_app.extensions["wellbeing"].database.write() as db:
        found, handoff = _locked(db, conversation_id, "give_back")
        if handoff is None or found.taken_by != g.staff.id:
            flash("You do not have this conversation any more, so there was nothing to give back.", "problem")
            return _back(conversation_id)
        handoffs.give_back(db, handoff, "released")
    flash("Given back. The assistant answers again, and the hand-off stays on the list.")
    return redirect(url_for("handoffs.waiting"), 303)


@pages.page(RULE + "/close", permission="reply", methods=["POST"])
def close(conversation_id: str):
    """The hand-off is dealt with, and what came of it is said. One that another worker has taken is theirs to close."""
    outcome = request.form.get("outcome", "")
    with current_app.extensions["wellbeing"].database.write() as db:
        found, handoff = _locked(db, conversation_id, "close")
        if handoff is None:
            flash("This was closed already.", "problem")
            return _back(conversation_id)
        if found.taken_by not in (None, g.staff.id):
            flash(f"{_owner(db, found)} has this conversation, so it is theirs to close.", "problem")
            return _back(conversation_id)
        if outcome not in handoffs.OUTCOMES:
            flash("Choose what came of it, then close it.", "problem")
            return _back(conversation_id, "done")
        handoffs.close(db, handoff, staff=g.staff, outcome=outcome)
    flash("Closed. The assistant answers again.")
    return redirect(url_for("handoffs.waiting"), 303)


def _show(conversation_id: str, *, text: str = "", problem: str | None = None, status: int = 200):
    database = current_app.extensions["wellbeing"].database
    whole = request.args.get("all") == "1"
    # Written first and read afterwards: decrypting a long thread must not hold everybody else's writes up.
    with database.write() as db:
        found, *others = access.story_for(db, g.staff, conversation_id, why="transcript")
        handoff = handoffs.current(db, conversation_id)
        if handoff is not None:
            handoffs.see(db, handoff, g.staff)
        owner, address, person = _owner(db, found), found.address, found.person
        elsewhere = [Elsewhere.of(other, handoffs.current(db, other.id)) for other in others]
        snoozed = handoff is not None and inbox.is_snoozed(handoff, clock.now())
        alarm, stands, calls = ringing.of(db, handoff) if handoff else (None, "", [])
    with database.read() as db:
        shown = thread.entries(db, conversation_id, [found, *others], last=None if whole else thread.RECENT)
        hidden = messages.length(db, [found.id, *(other.id for other in others)]) - len(shown)
        coming = bookings.bookings_of(db, person)
        quiet = replies.quiet(db, found, current_app.extensions["wellbeing"].settings)
        call_back = call_backs.current(db, conversation_id)
        danger = crisis_words.facts(db, handoff) if handoff is not None and handoff.priority == 0 else {}
        past = profiles.past(db, person.id, clock.now(), PAST)
        filled = noted.of(db, current_app.extensions["tracker"], conversation_id, person.id)
        label = people.labels(db, [person])[person.id]
        ready = ready_replies.usable(db)
        colleagues = {one.id: one.name for one in desk.colleagues(db, g.staff, person)}
        team_name = teams.names(db).get(person.team_id) if person.team_id else None
        meant_for = db.get(Staff, handoff.assigned_to).name if handoff and handoff.assigned_to else None
    page = render_template(
        "conversation.html",
        conversation=found,
        address=address,
        masked=phone.masked(address.address),
        now=clock.now(),
        handoff=handoff,
        reasons=reasons(handoff) if handoff else [],
        owner=owner,
        person=person,
        label=label,
        task=words.task(found.task),
        elsewhere=elsewhere,
        coming=coming,
        noted=filled,
        past=past,
        outcomes=OUTCOMES,
        contact=profiles.CONTACT,
        alarm=alarm,
        snoozed=snoozed,
        stands=stands,
        **danger,
        call_back=call_back,
        call_when=call_backs.said(call_back) if call_back else "",
        call_outcomes=call_backs.OUTCOMES,
        calls=calls,
        mine=found.taken_by == g.staff.id,
        entries=shown,
        picked=picks.of(shown),
        hidden=max(0, hidden),
        last=shown[-1].id if shown else 0,
        blocked=replies.blocked(found, handoff, g.staff, owner),
        quiet=quiet,
        ready=ready,
        outcome_words=handoffs.OUTCOMES,
        colleagues=colleagues,
        meant_for=meant_for,
        team_name=team_name,
        tags=desk.TAGS,
        tagged=desk.tags(found),
        note_length=desk.NOTE,
        text=text,
        problem=problem,
        length=replies.length(text, address.channel) if text else None,
        alphabet=replies.ALPHABET,
        limits=replies.LIMITS,
    )
    return page, status


def _locked(db: Session, conversation_id: str, why: str) -> tuple[Conversation, Handoff | None]:
    """The conversation and its open hand-off, locked against whoever acts on it at the same time."""
    if lock(db, Conversation, conversation_id) is None:
        abort(404)
    return access.conversation_for(db, g.staff, conversation_id, why=why), handoffs.current(db, conversation_id)


def _owner(db: Session, found: Conversation) -> str | None:
    """Who has the conversation, by name; None when nobody has."""
    owner = db.get(Staff, found.taken_by) if found.taken_by is not None else None
    return owner.name if owner else None


def _back(conversation_id: str, anchor: str | None = None):
    return redirect(url_for("conversations.conversation", conversation_id=conversation_id, _anchor=anchor), 303)
