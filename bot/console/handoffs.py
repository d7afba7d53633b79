"""The list of hand-offs: who waits for a person, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import abort, current_app, flash, g, jsonify, redirect, render_template, request, url_for

from bot import clock, phone
from bot.console import accounts, ringing, words
from bot.console.conversations import RULE
from bot.console.routing import Pages
from bot.conversations import access, alarms, desk, duty, handoffs, hours, inbox, teams
from bot.db import lock
from bot.models import Alarm, Conversation, Handoff

pages = Pages("handoffs", __name__)
#: Seconds between two refreshes of the list, and between two looks whether anything on it has changed.
REFRESH, LOOK = 30, 2
#: Seconds after which a browser without scripts loads the list anew. It can be stopped at the top of the page: somebody
#: who reads with a screen reader, or slowly, is thrown back to the start each time (WCAG 2.2, 2.2.1 and 2.2.2).
PLAIN = 15
#: View → its tab, and how its heading goes on.
TABS = {
    "waiting": ("Waiting", "waiting"), "mine": ("Mine", "yours"), "unassigned": ("Nobody has", "that nobody has"),
    "snoozed": ("Put off", "put off"), "closed": ("Closed", "closed lately"),
}  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """A hand-off as the list shows it. Not what was passed on: that is read by opening it, and they are told so."""

    conversation_id: str
    priority: int
    reasons: list[str]
    since: datetime
    channel: str
    address: str
    note: bool
    tags: list[str]
    team: str
    taken_by: str | None
    mine: bool
    seen: bool
    stopped: bool
    alarm: str
    rings: bool
    first_reply: str
    until: datetime | None
    closed: datetime | None


@pages.page("/handoffs", permission="read_conversations")
def waiting():
    """Everybody who waits for a person, or another view of the inbox. Refreshes by itself unless asked not to."""
    now, view = clock.now(), request.args.get("view", "waiting")
    if view not in inbox.VIEWS:
        abort(404)
    tag, team = request.args.get("tag", ""), request.args.get("team", "")
    with current_app.extensions["wellbeing"].database.write() as db:
        everybody, known = access.inbox_for(db, g.staff, view, now), teams.names(db)
        if tag not in ("", *desk.TAGS) or team not in ("", *_choosable(known)):
            abort(404)
        found = [handoff for handoff in everybody if _wanted(handoff, tag, team)]
        rings = alarms.latest(db, [handoff.id for handoff in found])
        ids = [i for h in found for i in (h.conversation.taken_by, *ringing.ids(h, rings.get(h.id)))]
        names = accounts.names(db, ids)
        rows = [_row(handoff, rings.get(handoff.id), names, known) for handoff in found]
        stamp = handoffs.stamp(db, g.staff)
        covered, numbers = duty.covered(db, now), inbox.counts(db, g.staff, now)
        replies = inbox.first_replies(db, g.staff, now) if view == "closed" else None
    return render_template(
        "handoffs.html",
        title=title(rows, view),
        view=view,
        tabs=[(name, tab, numbers.get(name)) for name, (tab, _) in TABS.items()],
        replies=replies,
        tags=desk.TAGS,
        tag=tag,
        teams=_choosable(known),
        team=team,
        narrowed=_narrowed(tag, team, known),
        asked={name: value for name, value in (("view", view), ("tag", tag), ("team", team)) if value},
        rows=rows,
        office=office_note(),
        covered=covered,
        refresh=None if request.args.get("refresh") == "off" else REFRESH,
        look=LOOK,
        plain=PLAIN,
        stamp=stamp,
    )


@pages.page("/handoffs/stamp", permission="read_conversations")
def stamp():
    """What changes when the list does, for the script that looks every few seconds: danger does not wait for a
    refresh. Says nothing about anybody, so it is no look at the list, and the trail is not filled with it."""
    with current_app.extensions["wellbeing"].database.read() as db:
        return jsonify(stamp=handoffs.stamp(db, g.staff))


@pages.page(RULE + "/snooze", permission="reply", methods=["POST"])
def snooze(conversation_id: str):
    """Put a hand-off off, or bring it back. Not one in which somebody may be in danger."""
    how_long = request.form.get("how_long", "")
    with current_app.extensions["wellbeing"].database.write() as db:
        if lock(db, Conversation, conversation_id) is None:
            abort(404)
        access.conversation_for(db, g.staff, conversation_id, why="snooze")
        handoff = handoffs.current(db, conversation_id)
        if handoff is None:
            flash("This was closed already.", "problem")
        elif how_long == "now":
            inbox.unsnooze(db, handoff, g.staff)
            flash("Back on the list.", "done")
        elif how_long not in inbox.SNOOZE:
            flash("Choose how long.", "problem")
        else:
            try:
                inbox.snooze(db, handoff, g.staff, how_long, clock.now())
                flash("Put off. It comes back by itself, and at once if they text again.", "done")
            except inbox.Danger:
                flash("Somebody may be in danger here, so it cannot be put off.", "problem")
    return redirect(url_for("handoffs.waiting"), 303)


def title(rows: list[Waiting], view: str) -> str:
    """"Hand-offs: 3 waiting, 1 danger": read out by a screen reader, and seen in the tab of the browser."""
    danger = 0 if view == "closed" else sum(row.priority == 0 for row in rows)
    number = len(rows) or ("nobody" if view == "waiting" else "none")
    return f"Hand-offs: {number} {TABS[view][1]}" + (f", {danger} danger" if danger else "")


def _wanted(handoff: Handoff, tag: str, team: str) -> bool:
    """Whether a hand-off is among those with the tag and of the team ("none": of no team) that were asked for.

    One in which somebody may be in danger always is, while it is open.
    """
    if handoff.priority == 0 and handoff.closed_at is None:
        return True
    person = handoff.conversation.person
    if tag and tag not in desk.tags(handoff.conversation):
        return False
    return not team or team == ("none" if person.team_id is None else str(person.team_id))


def _choosable(known: dict[int, str]) -> dict[str, str]:
    """Teams whose people whoever is signed in sees, to choose from; nothing where there is no team."""
    mine = g.staff.team_id
    found = {str(id_): name for id_, name in known.items() if mine in (None, id_)}
    return {**found, "none": "No team yet"} if found else {}


def _narrowed(tag: str, team: str, known: dict[int, str]) -> str:
    """What the list is narrowed to, in words; nothing when it is whole."""
    parts = [f"tagged {desk.TAGS[tag].lower()}"] if tag else []
    if team:
        parts.append("of no team yet" if team == "none" else f"of team {known[int(team)]}")
    return " ".join(["those", *parts]) if parts else ""


def office_note() -> str:
    """Whether it is office hours, and what people who ask for a person are told."""
    wellbeing, now = current_app.extensions["wellbeing"], clock.now()
    with wellbeing.database.read() as db:
        office = hours.office(db, wellbeing.settings.office_hours)
    if office.open_at(now):
        return f"It is office hours ({office.text}). People are told that somebody reads this today."
    when = office.when_words(now)
    return f"It is outside office hours ({office.text}). People are told that somebody reads this {when}."


def _row(handoff: Handoff, alarm: Alarm | None, names: dict[int, str], known: dict[int, str]) -> Waiting:
    conversation = handoff.conversation
    return Waiting(
        conversation_id=conversation.id,
        priority=handoff.priority,
        reasons=words.reasons(handoff),
        since=handoff.opened_at,
        channel=conversation.address.channel,
        address=phone.masked(conversation.address.address),
        note=bool(handoff.note),
        tags=[desk.TAGS[code] for code in desk.tags(conversation)],
        team=known.get(conversation.person.team_id, ""),
        taken_by=names.get(conversation.taken_by),
        mine=conversation.taken_by == g.staff.id,
        seen=handoff.seen_at is not None,
        stopped=conversation.address.stopped_at is not None,
        alarm=ringing.state(handoff, alarm, names),
        rings=alarm is not None and alarm.acknowledged_at is None and handoff.closed_at is None,
        first_reply=words.span(handoff.first_reply_at - handoff.opened_at) if handoff.first_reply_at else "",
        until=handoff.snoozed_until if inbox.is_snoozed(handoff, clock.now()) else None,
        closed=handoff.closed_at,
    )
