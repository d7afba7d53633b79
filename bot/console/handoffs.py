"""The list of hand-offs: who waits for a person, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, g, jsonify, render_template, request

from bot import clock, phone
from bot.console import accounts, ringing, words
from bot.console.routing import Pages
from bot.conversations import access, alarms, duty, handoffs, hours
from bot.models import Alarm, Handoff

pages = Pages("handoffs", __name__)
#: Seconds between two refreshes of the list, and between two looks whether anything on it has changed.
REFRESH, LOOK = 30, 2


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
    taken_by: str | None
    mine: bool
    seen: bool
    stopped: bool
    alarm: str
    rings: bool


@pages.page("/handoffs", permission="read_conversations")
def waiting():
    """Everybody who waits for a person. Refreshes by itself unless asked not to."""
    with current_app.extensions["wellbeing"].database.write() as db:
        found = access.waiting_for(db, g.staff)
        rings = alarms.latest(db, [handoff.id for handoff in found])
        ids = [i for h in found for i in (h.conversation.taken_by, *ringing.ids(h, rings.get(h.id)))]
        names = accounts.names(db, ids)
        rows = [_row(handoff, rings.get(handoff.id), names) for handoff in found]
        stamp = handoffs.stamp(db)
        covered = duty.covered(db, clock.now())
    return render_template(
        "handoffs.html",
        title=title(rows),
        rows=rows,
        office=office_note(),
        covered=covered,
        refresh=None if request.args.get("refresh") == "off" else REFRESH,
        look=LOOK,
        stamp=stamp,
    )


@pages.page("/handoffs/stamp", permission="read_conversations")
def stamp():
    """What changes when the list does, for the script that looks every few seconds: danger does not wait for a
    refresh. Says nothing about anybody, so it is no look at the list, and the trail is not filled with it."""
    with current_app.extensions["wellbeing"].database.read() as db:
        return jsonify(stamp=handoffs.stamp(db))


def title(rows: list[Waiting]) -> str:
    """"Hand-offs: 3 waiting, 1 danger": read out by a screen reader, and seen in the tab of the browser."""
    danger = sum(row.priority == 0 for row in rows)
    return f"Hand-offs: {len(rows) or 'nobody'} waiting" + (f", {danger} danger" if danger else "")


def office_note() -> str:
    """Whether it is office hours, and what people who ask for a person are told."""
    text, now = current_app.extensions["wellbeing"].settings.office_hours, clock.now()
    office = hours.parse(text)
    if office.open_at(now):
        return f"It is office hours ({text}). People are told that somebody reads this today."
    return f"It is outside office hours ({text}). People are told that somebody reads this {office.when_words(now)}."


def _row(handoff: Handoff, alarm: Alarm | None, names: dict[int, str]) -> Waiting:
    conversation = handoff.conversation
    return Waiting(
        conversation_id=conversation.id,
        priority=handoff.priority,
        reasons=words.reasons(handoff),
        since=handoff.opened_at,
        channel=conversation.address.channel,
        address=phone.masked(conversation.address.address),
        note=bool(handoff.note),
        taken_by=names.get(conversation.taken_by),
        mine=conversation.taken_by == g.staff.id,
        seen=handoff.seen_at is not None,
        stopped=conversation.address.stopped_at is not None,
        alarm=ringing.state(handoff, alarm, names),
        rings=alarm is not None and alarm.acknowledged_at is None,
    )
