"""A programme of any size, written straight into the tables: the pages that list things are tried on it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from bot import clock, crypto
from bot.models import (
    Address,
    AnswerRevision,
    AnswerShown,
    Attendance,
    AuditEntry,
    Booking,
    Choice,
    Conversation,
    Feedback,
    Handoff,
    Label,
    Merge,
    Message,
    Order,
    Person,
    ProgrammeSession,
    QualityPick,
    QualityReview,
    QualitySample,
    Squad,
    Supervision,
)
from bot.programme import seeds

NAMES = ("Jo", "Sam", "Al", "Mo", "Chris", "Dee", "Kit", "Lou", "Pat", "Ray")
SURNAMES = ("Bloggs", "Hill", "Smith", "Reid", "Khan", "Murray", "Ross", "Kelly", "Stewart", "Boyle")
#: People in a squad.
SQUAD = 50
SAID = ("whats a unit", "i cannae sleep", "book me a session", "when am i booked", "thanks pal", "help wi my rent")


@dataclass(frozen=True)
class Size:
    """How many there are of each. A page's worth of each is at hand whatever the size."""

    people: int = 5_000
    messages: int = 100_000
    sessions: int = 500
    #: Bookings of each session.
    each: int = 10
    handoffs: int = 100
    audit: int = 50_000
    #: Of the conversation that has the most.
    longest: int = 500


def fill(database, size: Size, staff_id: int, supervisor_id: int) -> dict[str, object]:
    """Write it all; the ids that the addresses of pages name."""
    now = clock.now()
    with database.write() as db:
        seeds.seed(db, demo=False, today=clock.today())
        _add(db, Squad, ({"id": n, "name": f"Squad {n}", "active": True} for n in range(1, 2 + size.people // SQUAD)))
        _add(db, Supervision, ({"squad_id": n, "staff_id": supervisor_id} for n in (1,)))
        _add(db, Person, _people(size))
        _add(db, Address, _addresses(size))
        _add(db, Conversation, conversations := list(_conversations(size, now)))
        ids = [row["id"] for row in conversations]
        _add(db, Message, _messages(size, ids, now))
        _add(db, Choice, _choices(size, ids))
        _add(db, Handoff, _handoffs(size, ids, now))
        _add(db, ProgrammeSession, sessions := list(_sessions(size, now)))
        _add(db, Booking, bookings := list(_bookings(size, sessions, ids)))
        _add(db, Attendance, _attendances(bookings, sessions, now, staff_id))
        pseudonyms = db.execute(sa.select(Person.pseudonym).where(Person.id <= size.people // 2)).scalars()
        _add(db, Order, ({"pseudonym": p, "minutes": 7200, "imposed_at": now} for p in pseudonyms))
        _add(db, Feedback, _feedback(size, sessions, ids, now))
        revisions = list(db.execute(sa.select(AnswerRevision.id)).scalars())
        _add(db, AnswerShown, _shown(size, ids, revisions, now))
        _add(db, AuditEntry, _audit(size, staff_id, now))
        _add(db, Label, _labels(size, now))
        _add(db, QualitySample, _samples(size, staff_id, now))
        _add(db, QualityPick, picks := list(_picks(size, ids)))
        _add(db, QualityReview, _reviews(picks, supervisor_id))
        _add(db, Person, [{"id": size.people + 1, "pseudonym": secrets.token_hex(16), "erased_at": now}])
        before = json.dumps({"kept": {}, "gone": {}, "closed": [], "pairs": []})
        made = {"id": 1, "kept_id": 1, "gone_id": size.people + 1, "merged_by": staff_id, "before": before, "moved": {}}
        _add(db, Merge, [made])
        db.execute(sa.text("ANALYZE"))
    soon = next(row["id"] for row in sessions if row["starts_at"] > now)
    answer = revisions[0]
    return {
        "conversation_id": ids[0], "session_id": soon, "person_id": 1, "answer_id": answer, "slug": "samaritans",
        "label_id": 1, "message_id": 1, "sample_id": 1, "pick_id": 1, "merge_id": 1,
    }  # fmt: skip


def _add(db, model, rows: Iterable[dict]) -> None:
    rows = iter(rows)
    while chunk := [row for _, row in zip(range(5_000), rows, strict=False)]:
        db.execute(model.__table__.insert(), chunk)


def _people(size: Size) -> Iterator[dict]:
    for n in range(1, size.people + 1):
        name = f"{NAMES[n % 10]} {SURNAMES[n // 10 % 10]}" if n % 3 else None
        yield {
            "id": n, "pseudonym": secrets.token_hex(16), "name": name, "squad_id": 1 + n // SQUAD,
            "reference": f"BB-{n:04d}",  # staff have opened their page before: it is made only once
        }  # fmt: skip


def _addresses(size: Size) -> Iterator[dict]:
    hash_ = crypto.keyring().hash
    for n in range(1, size.people + 1):
        number = f"+4477{n:08d}"
        yield {"id": n, "channel": "sms", "address_hash": hash_(f"sms:{number}"), "address": number}


def _conversations(size: Size, now) -> Iterator[dict]:
    for n in range(1, size.people + 1):
        yield {"id": secrets.token_hex(16), "address_id": n, "person_id": n, "last_inbound_at": now}


def _messages(size: Size, ids: list[str], now) -> Iterator[dict]:
    """The first conversation has the longest thread; the others share the rest."""
    for n in range(size.messages):
        mine = n < size.longest
        inbound = n % 2 == 0
        yield {
            "id": n + 1, "conversation_id": ids[0] if mine else ids[n % len(ids)],
            "direction": "in" if inbound else "out", "author": "person" if inbound else "assistant",
            "channel": "sms", "kind": "text", "body": SAID[n % len(SAID)],
            "status": "answered" if inbound else "delivered", "purpose": "reply", "lane": 1, "attempts": 1,
            "created_at": now - timedelta(minutes=size.messages - n), "reply_to": None,
        }  # fmt: skip


def _choices(size: Size, ids: list[str]) -> Iterator[dict]:
    """Three with every fifth message, among them some of the longest thread."""
    for n in range(1, size.messages, 10):
        for position, label in enumerate(("Book one", "Ask a question", "Menu"), start=1):
            conversation_id = ids[0] if n < size.longest else ids[n % len(ids)]
            yield {
                "message_id": n + 1, "conversation_id": conversation_id, "position": position, "label": label,
                "payload": "/menu",
            }  # fmt: skip


def _handoffs(size: Size, ids: list[str], now) -> Iterator[dict]:
    reasons = ("asked", "complaint", "shift", "crisis_suicide")
    for n in range(size.handoffs):
        reason, at = reasons[n % 4], now - timedelta(hours=n)
        yield {
            "conversation_id": ids[n], "reason": reason, "reasons": [[reason, at.isoformat()]], "priority": n % 3,
            "opened_at": at, "note": "cannae make it" if n % 4 == 2 else None,
        }  # fmt: skip


def _sessions(size: Size, now) -> Iterator[dict]:
    """Ten a day; four fifths of them are over."""
    for n in range(1, size.sessions + 1):
        starts = now + timedelta(days=(n - 0.8 * size.sessions) / 10, hours=1)
        yield {
            "id": n, "topic_slug": "alcohol", "title": "Drink and you", "place": "Sample Hall", "area": "Govan",
            "starts_at": starts, "ends_at": starts + timedelta(minutes=90), "places": 12, "audience": "everyone",
            "private": False, "status": "scheduled", "sample": True,
        }  # fmt: skip


def _bookings(size: Size, sessions: list[dict], ids: list[str]) -> Iterator[dict]:
    for n in range(size.each * len(sessions)):
        person = n % size.people
        yield {
            "id": n + 1, "session_id": sessions[n // size.each]["id"], "person_id": person + 1, "status": "booked",
            "conversation_id": ids[person],
        }  # fmt: skip


def _attendances(bookings: list[dict], sessions: list[dict], now, staff_id: int) -> Iterator[dict]:
    over = {row["id"] for row in sessions if row["starts_at"] < now}
    for n, row in enumerate(b for b in bookings if b["session_id"] in over):
        decided = n % 5 > 0
        yield {
            "booking_id": row["id"], "outcome": "came", "claimed": 90, "recorded_by": staff_id,
            "approved": 90 if decided else None, "approved_by": staff_id if decided else None,
            "approved_at": now if decided else None,
        }  # fmt: skip


def _feedback(size: Size, sessions: list[dict], ids: list[str], now) -> Iterator[dict]:
    for n in range(len(sessions) * 4):
        yield {
            "person_id": 1 + n % size.people, "session_id": sessions[n // 4]["id"], "kind": "feedback", "score": 4,
            "words": "It was useful and warm.", "topics": [], "conversation_id": ids[n % size.people],
        }  # fmt: skip


def _shown(size: Size, ids: list[str], revisions: list[int], now) -> Iterator[dict]:
    for n in range(size.messages // 5):
        yield {
            "conversation_id": ids[n % len(ids)], "revision_id": revisions[n % len(revisions)], "part": "text",
            "asked_by": n, "asked_if_helped": True, "helped": n % 3 > 0,
        }  # fmt: skip


def _audit(size: Size, staff_id: int, now) -> Iterator[dict]:
    for n in range(size.audit):
        yield {
            "actor": f"staff:{staff_id + n % 7}", "action": "person.viewed", "object": f"person:{n % size.people}",
            "details": {"why": "search"}, "at": now - timedelta(minutes=size.audit - n),
        }  # fmt: skip


def _labels(size: Size, now) -> Iterator[dict]:
    for n in range(size.handoffs * 2):
        yield {
            "id": n + 1, "message_id": 1 + 2 * n, "text": "whits the script wi that", "made_at": now,
            "status": "labelled" if n % 2 else "waiting", "meaning": "ask_hours" if n % 2 else None,
        }  # fmt: skip


def _samples(size: Size, staff_id: int, now) -> Iterator[dict]:
    for n in range(size.handoffs // 4):
        yield {
            "id": n + 1, "begins_at": now - timedelta(days=28 + n), "ends_at": now - timedelta(days=n),
            "of": {"danger": 3, "handed": 9, "plain": 99}, "drawn_by": staff_id, "drawn_at": now,
        }  # fmt: skip


def _picks(size: Size, ids: list[str]) -> Iterator[dict]:
    for n in range(size.handoffs):
        yield {"id": n + 1, "sample_id": 1 + n // 4, "conversation_id": ids[n], "kind": ("danger", "plain")[n % 2]}


def _reviews(picks: list[dict], staff_id: int) -> Iterator[dict]:
    marks = {"understood": "yes", "right": "partly", "kind": "yes", "danger": "none", "person": "none"}
    for row in picks:
        yield {"pick_id": row["id"], "staff_id": staff_id, "marks": marks, "note": "The menu came too soon."}
