"""Where the alarm of a hand-off stands, in words."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, g

from bot.console import accounts, words
from bot.console.words import moment
from bot.conversations import alarms, duty
from bot.models import Alarm, AlarmCall, Handoff

CALL = {
    "queued": "waits to go out", "sending": "is going out", "sent": "sent, not known to have arrived",
    "delivered": "arrived at their phone",
}  # fmt: skip


def count() -> int:
    """How many alarms nobody has answered yet that whoever is signed in can open."""
    with current_app.extensions["wellbeing"].database.read() as db:
        return alarms.ringing(db, g.staff)


def state(handoff: Handoff, alarm: Alarm | None, names: dict[int, str]) -> str:
    """Where an alarm stands, as a sentence; nothing for a hand-off that rang none."""
    if handoff.contacted_at is not None:
        return f"{names.get(handoff.contacted_by, 'Somebody')} reached them {moment(handoff.contacted_at)}."
    if alarm is None:
        return ""
    if alarm.acknowledged_at is not None:
        who = names.get(alarm.acknowledged_by, "Somebody")
        return f"{who} is on it since {moment(alarm.acknowledged_at)}. Not reached yet."
    if alarm.failed_at is not None:
        return "Nobody on duty has answered. They know, and need somebody now."
    return "Nobody is on it yet."


def became(call: AlarmCall) -> str:
    """What became of a call, in words."""
    if call.error == duty.NEEDLESS:
        return "not made: nobody needed it any more"
    if call.status in duty.LOST:
        return f"not reached: {words.why_failed(call.error) or 'it did not arrive'}"
    return CALL[call.status]


def ids(handoff: Handoff, alarm: Alarm | None) -> list[int | None]:
    """Members of staff whom `state` may name."""
    return [handoff.contacted_by, alarm.acknowledged_by if alarm else None]


def of(db, handoff: Handoff) -> tuple[Alarm | None, str, list[tuple[str, datetime, str]]]:
    """A hand-off's alarm, where it stands in words, and who was alarmed: (name, when, what became of it)."""
    alarm = alarms.latest(db, [handoff.id]).get(handoff.id)
    calls = alarms.called(db, alarm) if alarm else []
    names = accounts.names(db, [*ids(handoff, alarm), *(person.staff_id for _, person in calls)])
    told = [(names.get(person.staff_id, "Somebody"), call.created_at, became(call)) for call, person in calls]
    return alarm, state(handoff, alarm, names), told
