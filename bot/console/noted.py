"""What the assistant has filled in so far in a conversation, in plain words: it stands beside the thread.

It comes from Rasa's tracker, which may be older than this code or out of reach. What is not understood is passed over,
and a tracker that cannot be read is said to be so: the thread itself does not depend on it. Their own words are not
repeated here; they stand in the thread.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import crypto
from bot.console import words
from bot.dialogue.storage import Reader
from bot.models import Booking, Service
from bot.programme import answers, sessions, topics

logger = logging.getLogger(__name__)
#: The question that a form has asked last, by the slot it is to fill.
ASKED = {
    "booking_session": "which session they want",
    "booking_confirm": "whether to book it",
    "change_booking": "which booking to change",
    "change_session": "what to change it to",
    "change_confirm": "whether to change it",
    "cancel_booking_id": "which booking to give back",
    "cancel_confirm": "whether to give it back",
    "feedback_session": "which session their feedback is about",
    "feedback_score": "a score from 1 to 5",
    "words": "a few words of their own",
    "resume": "whether to carry on or start again",
}
#: What a few words of their own are for, by the beginning of the code.
_WORDS_FOR = {
    "complaint": "a complaint", "priority": "what they want of the programme", "feedback": "feedback",
    "reason": "why they cannot come",
}  # fmt: skip
_PARTS = {"morning": "in the morning", "afternoon": "in the afternoon", "evening": "in the evening"}
_AUDIENCES = {"women": "for women", "men": "for men", "everyone": "for everyone"}
#: Slots that make a line, and those that do not: bookkeeping of the dialogue, and words that stand in the thread.
SHOWN = frozenset({
    "topic", "answer", "search", "offered", "booking_session", "change_booking", "change_session", "cancel_booking_id",
    "feedback_session", "feedback_score", "words_for", "service_search", "services_seen",
})  # fmt: skip
LEFT_OUT = frozenset({
    "last_said", "question", "services_told", "whom", "others", "remark", "resume", "booking_confirm",
    "change_confirm", "cancel_confirm", "words",
})  # fmt: skip


@dataclass(frozen=True)
class Noted:
    """Labels with what is filled in, when it was noted last, and whether it could be read at all."""

    rows: list[tuple[str, str]]
    at: datetime | None = None
    readable: bool = True


def of(db: Session, reader: Reader, conversation_id: str, person_id: int) -> Noted:
    """What is filled in for the conversation of a person. Whoever calls has shown that the reader may see it."""
    try:
        filled = reader.filled(conversation_id)
    except (SQLAlchemyError, crypto.Undecryptable, ValueError, KeyError, TypeError) as error:
        logger.warning("the tracker of conversation %s cannot be read: %s", conversation_id, type(error).__name__)
        return Noted([], readable=False)
    rows = [(label, said) for label, said in _rows(db, filled.slots, person_id) if said]
    return Noted(rows, filled.noted_at)


def _rows(db: Session, slots: dict[str, Any], person_id: int) -> Iterator[tuple[str, str]]:
    booked = _bookings(db, slots, person_id)
    shown = _sessions(db, slots, booked)
    answer, asked = slots.get("answer"), slots.get("requested_slot")
    yield "Waiting to hear", ASKED.get(asked, "") if isinstance(asked, str) else ""
    yield "Talked about", _topic(db, slots.get("topic"))
    yield "Answer given last", answers.questions(db, [answer]).get(answer, "") if isinstance(answer, str) else ""
    yield "Looking for a session", _search(db, slots.get("search"))
    offered = [shown[one] for one in _ids(slots.get("offered")) if one in shown]
    yield "Sessions shown to them", "; ".join(offered)
    yield "Session they chose", shown.get(_id(slots.get("booking_session")), "")
    yield "Booking to change", shown.get(booked.get(_id(slots.get("change_booking"))), "")
    yield "To change to", shown.get(_id(slots.get("change_session")), "")
    yield "Booking to give back", shown.get(booked.get(_id(slots.get("cancel_booking_id"))), "")
    about = _id(slots.get("feedback_session"))
    yield "Feedback on", "the programme as a whole" if about == 0 else shown.get(about, "")
    score = _id(slots.get("feedback_score"))
    yield "Score", f"{score} of 5" if score is not None else ""
    yield "Their words are for", _WORDS_FOR.get(str(slots.get("words_for", "")).partition(":")[0], "")
    yield "Looking for a service", _service_search(db, slots.get("service_search"))
    yield "Services told", _services(db, slots.get("services_seen"))


def _bookings(db: Session, slots: dict[str, Any], person_id: int) -> dict[int, int]:
    """Booking → its session, for the bookings that slots name, if they are this person's."""
    named = [n for slot in ("change_booking", "cancel_booking_id") if (n := _id(slots.get(slot))) is not None]
    found = db.execute(sa.select(Booking).where(Booking.id.in_(named), Booking.person_id == person_id)).scalars()
    return {booking.id: booking.session_id for booking in found}


def _sessions(db: Session, slots: dict[str, Any], booked: dict[int, int]) -> dict[int, str]:
    """"Drink and you, Tue 8 Dec, 2pm" of every session that slots name."""
    single = (_id(slots.get(slot)) for slot in ("booking_session", "change_session", "feedback_session"))
    named = {*_ids(slots.get("offered")), *booked.values(), *(n for n in single if n)}
    return {n: f"{view.title}, {words.moment(view.starts_at)}" for n, view in sessions.views(db, sorted(named)).items()}


def _search(db: Session, search: object) -> str:
    """"about alcohol; in Govan; 7 Dec to 13 Dec; in the evening": what they want of a session."""
    if not isinstance(search, dict):
        return ""
    topic, area, sector = _topic(db, search.get("topic")), search.get("area"), search.get("sector")
    where = f"in {area}" if area else (f"in the {sector} of the city" if sector else "")
    about = f"about {topic[:1].lower()}{topic[1:]}" if topic else ""
    parts = [about, where, _days(search.get("start"), search.get("end")),
             _PARTS.get(search.get("part"), ""), _AUDIENCES.get(search.get("audience"), "")]  # fmt: skip
    return "; ".join(part for part in parts if part)


def _service_search(db: Session, search: object) -> str:
    """"money; near Govan; for women": what they want of a service."""
    if not isinstance(search, dict):
        return ""
    near = f"near {area}" if (area := search.get("area")) else ""
    parts = [_topic(db, search.get("topic")), near, "for women" if search.get("women") else ""]
    return "; ".join(part for part in parts if part)


def _services(db: Session, slugs: object) -> str:
    if not isinstance(slugs, list):
        return ""
    found = db.execute(sa.select(Service.name).where(Service.slug.in_([str(s) for s in slugs])).order_by(Service.name))
    return "; ".join(found.scalars())


def _topic(db: Session, slug: object) -> str:
    found = topics.get(db, slug) if isinstance(slug, str) else None
    return found.label if found else ""


def _days(start: object, end: object) -> str:
    """"7 Dec", "7 Dec to 13 Dec": ISO days as they are said; nothing for what is no day."""
    try:
        first, last = (date.fromisoformat(str(day)) for day in (start, end))
    except ValueError:
        return ""
    said = f"{first.day} {first:%b}"
    return said if first == last else f"{said} to {last.day} {last:%b}"


def _id(value: object) -> int | None:
    """A whole number, as some actions keep it as text; None for anything else."""
    return int(value) if isinstance(value, (int, str)) and str(value).isdecimal() else None


def _ids(values: object) -> list[int]:
    return [n for value in values if (n := _id(value)) is not None] if isinstance(values, list) else []
