"""What codes, moments and sizes are called on a page."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import clock, phone, wording
from bot.models import Handoff, Message, ProgrammeSession, QualitySample

PRIORITY = {0: "Danger", 1: "Soon", 2: "Ordinary"}
CHANNEL = {"sms": "SMS", "telegram": "Telegram"}
FEEDBACK = {"feedback": "Feedback", "complaint": "Complaint", "priority": "What they want more of"}
ROLE = {
    "worker": "worker", "coordinator": "coordinator", "supervisor": "supervisor", "analyst": "analyst",
    "editor": "content editor", "admin": "administrator",
}  # fmt: skip
#: What each role is for, in a sentence: whoever gives one out has to know.
DUTIES = {
    "worker": "Reads and answers conversations, books people onto sessions and keeps registers.",
    "coordinator": "All that a worker may; and runs sessions, approves hours, sets duty, texts many, keeps the answers"
    " and services, brings people in and erases them.",
    "supervisor": "Sees when people of their own squads are at a session and marks who was there. Sees no health talk.",
    "analyst": "Sees figures alone: no names and no words.",
    "editor": "Keeps the answers and services. Reads no conversation.",
    "admin": "Runs accounts, teams, office hours and the audit. Reads no conversation.",
}

#: Why an outbound message was held back, by its error code.
_STOPPED = {
    "opted_out": "Not sent: they asked for no more texts",
    "with_staff": "Not sent: a worker had the conversation",
    "taken_back": "Not sent: taken back by staff",
    "crisis": "Not sent: they had been in danger",
    "released": "Not sent: the number is somebody else's now",
    "unreachable": "Not sent: nothing arrives at their number",
    "danger_first": "Not sent: they were asked about danger first",
    "order_over": "Not sent: their order is over",
    "no_question": "Not sent: they had answered, or no worker waited any more",
    "not_by_text": "Not sent: they want no texts of our own accord",
}
_STATUS = {
    "received": "Waiting to be answered",
    "answering": "Being answered",
    "answered": "Answered",
    "with_staff": "For staff to answer",
    "queued": "Waiting to go out",
    "sending": "Being sent",
    "wired": "Handed to the network",
    "sent": "Sent",
    "delivered": "Delivered",
    "expired": "Not sent: it would have come too late",
}
#: Why a text did not arrive, by Twilio's code; Telegram has no more to say than that it did not.
_FAILED = {
    "30003": "the phone was off or out of reach",
    "30004": "the number blocks texts",
    "30005": "there is no such number",
    "30006": "the number is a landline, or cannot get texts",
    "30007": "the network took it for spam",
}
#: The form that is open, by its code.
_TASK = {
    "booking": "booking a session", "change": "changing a booking", "cancel": "giving a booking back",
    "feedback": "giving feedback", "priorities": "saying what they want of the programme",
}  # fmt: skip
_KIND = {"voice": "a voice note", "photo": "a photo", "video": "a video", "file": "a file", "location": "a map pin",
         "contact": "a contact card", "sticker": "a sticker"}  # fmt: skip
#: Statuses that somebody may have to do something about.
TROUBLE = frozenset({"failed", "expired", "stopped"})


def status(message: Message) -> str:
    """What became of a message, in plain words; nothing for a marker."""
    if message.direction == "marker":
        return ""
    if message.status == "failed":
        if message.direction == "in":
            return "Could not be answered"
        why = why_failed(message.error)
        return f"Not delivered: {why}" if why else "Not delivered"
    if message.status == "stopped":
        return _STOPPED.get(message.error, "Not sent: texts to them were stopped")
    return _STATUS.get(message.status, message.status)


def why_failed(code: str | None) -> str:
    """Why a text did not arrive, by the provider's code; nothing where it says no more than that."""
    return _FAILED.get(code or "", "")


def task(code: str | None) -> str:
    """What they are in the middle of with the assistant; nothing when they are in the middle of nothing."""
    return _TASK.get(code, "answering a question") if code else ""


def author(message: Message, names: dict[int, str]) -> str:
    """Whose message it is, in words."""
    if message.kind == "note":
        return f"{names.get(message.staff_id, 'Somebody')}: private note, for staff alone"
    if message.author == "staff":
        return f"{names.get(message.staff_id, 'Somebody')} (staff)"
    if message.kind == "edit":
        return "They changed an earlier text to"
    return {"person": "They wrote", "assistant": "Assistant (automatic)"}.get(message.author, "Notice (automatic)")


def kind(message: Message) -> str:
    """What came when it was not a text: "a voice note"; nothing for a text."""
    if message.kind in ("text", "choice", "edit", "marker", "note"):
        return ""
    return _KIND.get(message.kind, "something else")


def reason(code: str) -> str:
    """Why a person is wanted."""
    return wording.sentences().get(f"reason.{code}", "wants a person")


def reasons(handoff: Handoff) -> list[str]:
    """Every reason of a hand-off in words: the one that counts first, each once."""
    codes = [handoff.reason, *(code for code, _ in handoff.reasons)]
    return [reason(code) for code in dict.fromkeys(codes)]


def moment(at: datetime) -> str:
    """"today, 2:05pm", "Tue 8 Dec, 9am": a London time."""
    return f"{day(at)}, {clock.time_words(at)}"


def day(at: datetime) -> str:
    """"today", "yesterday", "Tue 8 Dec", with the year when it is another one."""
    local, today = clock.london(at).date(), clock.today()
    if local == today - timedelta(days=1):
        return "yesterday"
    year = "" if local.year == today.year else f" {local.year}"
    return clock.day_words(at, today) + year


def on_paper(at: datetime) -> str:
    """"Sat 28 Nov 2026, 8:04pm": a London time for what is printed and read on another day."""
    local = clock.london(at)
    return f"{local:%a} {local.day} {local:%b %Y}, {clock.time_words(at)}"


def sample_days(sample: QualitySample) -> str:
    """"1 Nov to 28 Nov 2026": the days that a sample of conversations is from, both included."""
    first, last = (clock.london(at).date() for at in (sample.begins_at, sample.ends_at - timedelta(minutes=1)))
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%b}{year} to {last.day} {last:%b %Y}"


def full_day(at: datetime) -> str:
    """"Saturday 28 November 2026": for paper, on which "today" says nothing tomorrow."""
    local = clock.london(at)
    return f"{local:%A} {local.day} {local:%B %Y}"


def ago(since: datetime) -> str:
    """"just now", "5 minutes", "2 hours 5 minutes", "3 days": how long something has waited."""
    waited = clock.now() - since
    return span(waited) if waited >= timedelta(minutes=1) else "just now"


def span(length: timedelta) -> str:
    """"less than a minute", "5 minutes", "2 hours 5 minutes", "3 days": a length of time."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    days, hours = minutes // 1440, minutes // 60
    if days >= 2:
        return f"{days} days"
    if hours == 0:
        return _plural(minutes, "minute")
    rest = minutes % 60
    return _plural(hours, "hour") + (f" {_plural(rest, 'minute')}" if rest else "")


def iso(at: datetime) -> str:
    """A moment for machines."""
    return clock.london(at).isoformat(timespec="minutes")


def sentence(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def iso_day(at: datetime | None) -> str:
    """A London day as a date field has it; nothing for none."""
    return f"{clock.london(at):%Y-%m-%d}" if at else ""


def people(number: int) -> str:
    """"nobody", "1 person", "12 people"."""
    return {0: "nobody", 1: "1 person"}.get(number, f"{number} people")


def minutes(number: int) -> str:
    """"45 minutes", "1 hour", "1 hour 30 minutes": a length, for hours worked."""
    hours, rest = divmod(number, 60)
    parts = ([_plural(hours, "hour")] if hours else []) + ([_plural(rest, "minute")] if rest or not hours else [])
    return " ".join(parts)


def credit(session: ProgrammeSession) -> str:
    """How long a session can count for, in words."""
    whole = int((session.ends_at - session.starts_at).total_seconds() // 60)
    return minutes(whole if session.credit_minutes is None else session.credit_minutes)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


STATE = {
    "approved": "Approved", "in_review": "For review", "draft": "Draft", "withdrawn": "Withdrawn",
    "overdue": "Review overdue",
}  # fmt: skip

BOOKING = {"booked": "Booked", "offered": "Offered a place", "waiting": "On the waiting list"}


def event(action: str) -> str:
    """"Conversation: viewed": an action of the audit trail as it is read."""
    noun, _, verb = action.replace("_", " ").partition(".")
    return sentence(f"{noun}: {verb}")


FILTERS = {
    "moment": moment,
    "day": day,
    "full_day": full_day,
    "clock_time": clock.time_words,
    "ago": ago,
    "iso": iso,
    "span": span,
    "on_paper": on_paper,
    "sample_days": sample_days,
    "iso_day": iso_day,
    "sentence": sentence,
    "event_words": event,
    "masked": phone.masked,
    "people": people,
    "minutes": minutes,
    "credit": credit,
    "priority_words": PRIORITY.get,
    "channel_words": lambda channel: CHANNEL.get(channel, channel),
    "feedback_words": FEEDBACK.get,
    "role_words": ROLE.get,
    "booking_words": lambda status: BOOKING.get(status, status),
    "state_words": lambda state: STATE.get(state, state),
}
