"""The staff line: a worker books somebody in by text, with one question read back and one SMS for each answer.

It books by the same function as everybody else, for the sessions that anybody could book now: private ones, and those
whose booking is closed, are for the console, where more can be seen than fits a text.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.conversations import staff_phones, teams
from bot.models import Person, ProgrammeSession, Staff, StaffPhone, StaffText
from bot.programme import (
    booking_rules,
    bookings,
    notices,
    offers,
    orders,
    people,
    references,
    sessions,
    staff_words,
    topics,
)
from bot.programme.refusals import Refused
from bot.programme.sessions import SessionView
from bot.programme.staff_words import Said

#: How long a question stays open.
OPEN = timedelta(minutes=15)
#: How far ahead a session may be that is named without a day.
AHEAD = timedelta(days=60)
#: Lines of a list, where they fit.
MOST = 4


def answer(db: Session, phone: StaffPhone, text: str, at: datetime | None = None) -> str:
    """What is answered to a text from a linked phone: at most one SMS. Books when that is what was confirmed."""
    at = at or clock.now()
    pending = _pending(phone, at)
    picked = staff_words.option(text)
    if picked is not None:
        return _picked(db, phone, pending, picked, at)
    phone.pending = phone.pending_at = None
    said = staff_words.read(text, clock.london(at).date())
    if said.other:
        return _say("only_books")
    if said.several:
        return _say("one_person")
    if said.counts and said.reference is None:
        return _ask_which(db, phone, None, said, at) if said.names_a_session else _say("which_count")
    if said.reference is None:
        wants = said.names_a_session and text.strip().lower().startswith(("book", "put", "add"))
        return _say("which_person" if wants else "help")
    person = references.find(db, said.reference, db.get(Staff, phone.staff_id).team_id)
    if person is None:
        if staff_phones.miss(db, phone):
            return _say("guessing")
        return _say("nobody", reference=said.reference)
    people.viewed(db, phone.staff_id, [person.id], "staff_line")
    if not said.names_a_session:
        return _say("which_session", who=_who(db, person), reference=references.of(db, person))
    return _ask_which(db, phone, person, said, at)


def forget(db: Session, gone: list[Person]) -> int:
    """Texts to and from workers' phones that name somebody who is being erased go, and questions about them are open
    no more; how many texts. They are named by a reference, or by their name if a worker wrote it all the same."""
    references_ = {person.reference for person in gone if person.reference}
    names = [set(people.words(person.name)) for person in gone if person.name]
    ids = {person.id for person in gone}
    for phone in db.execute(sa.select(StaffPhone).where(StaffPhone.pending.is_not(None))).scalars():
        if json.loads(phone.pending).get("person") in ids:
            phone.pending = phone.pending_at = None
    found = [
        row.id
        for row in db.execute(sa.select(StaffText)).scalars()
        if references_ & references.every(row.body) or any(name <= set(people.words(row.body)) for name in names)
    ]
    db.flush()
    for column in (StaffText.reply_to, StaffText.id):  # an answer points at what it answers
        db.execute(sa.delete(StaffText).where(column.in_(found)).execution_options(synchronize_session=False))
    return len(found)


def _ask_which(db: Session, phone: StaffPhone, person: Person | None, said: Said, at: datetime) -> str:
    """The session that is meant, read back; or the few that may be, numbered. `person` None: only how full it is."""
    start, end = said.days or (clock.london(at).date(), clock.london(at + AHEAD).date())
    views = sessions.open_sessions(db, start=start, end=end, part=said.part, at=at)
    named = {t.slug: f"{t.slug} {t.name} {t.label}".replace("_", " ") for t in topics.active(db)}
    found = staff_words.matching(said, views, named)
    if not found:
        return _say("none")
    if len(found) == 1:
        return _read_back(db, phone, person, found[0].id, at)
    return _offer(phone, person, found, at)


def _offer(phone: StaffPhone, person: Person | None, found: list[SessionView], at: datetime) -> str:
    more, shown = _say("pick_more"), []
    text = _say("pick")
    for number, view in enumerate(found[:MOST], start=1):
        line = f"{number} {_when(view.starts_at, at)} {_shorter(view.title, 24)}, {_shorter(view.area, 16)}"
        longer = "\n".join([text, line])
        if wording.size("\n".join([longer, more])).segments > 1:
            break
        text, shown = longer, [*shown, view.id]
    if len(shown) < len(found):
        text = "\n".join([text, more])
    _ask(phone, {"do": "pick", "person": person.id if person else None, "sessions": shown}, at)
    return text


def _read_back(db: Session, phone: StaffPhone, person: Person | None, session_id: int, at: datetime) -> str:
    row = db.get(ProgrammeSession, session_id)
    if person is None:
        return _count(db, row, at)
    mine = booking_rules.active(db, person, row)
    if mine is not None and mine.status in ("booked", "waiting"):
        return _say(f"refused_already_{mine.status}", who=_who(db, person))
    full = sessions.session(db, session_id, at, seen_by=person.id).left == 0 and mine is None
    first = "wait" if full else "book"
    _ask(phone, {"do": first, "person": person.id, "sessions": [session_id]}, at)
    warning = f"\n{_say('over')}" if orders.is_over(db, person) else ""
    lines = f"{warning}\n1 {_say(first)}\n2 {_say('leave')}"
    return _fit("confirm_full" if full else "confirm", row, at, lines, who=_who(db, person))


def _picked(db: Session, phone: StaffPhone, pending: dict | None, number: int, at: datetime) -> str:
    """A number (or yes, or no) in answer to what was asked last."""
    if pending is None:
        return _say("which_number")
    last = len(pending["sessions"]) if pending["do"] == "pick" else 2
    if not 1 <= number <= last:
        return _say("pick_again", last=last)
    phone.pending = phone.pending_at = None
    person = db.get(Person, pending["person"]) if pending["person"] is not None else None
    seen = person is not None and teams.sees(db.get(Staff, phone.staff_id).team_id, person)
    if pending["person"] is not None and (not seen or person.erased_at is not None):
        return _say("refused_gone")
    if pending["do"] == "pick":
        return _read_back(db, phone, person, pending["sessions"][number - 1], at)
    if number == 2:
        return _say("left")
    return _book(db, phone, person, pending["sessions"][0], pending["do"] == "wait", at)


def _book(db: Session, phone: StaffPhone, person: Person, session_id: int, waits: bool, at: datetime) -> str:
    row = db.get(ProgrammeSession, session_id)
    can_be_booked = {view.id for view in sessions.open_sessions(db, at=at)}
    if session_id not in can_be_booked:
        return _say(f"refused_{_gone(row, at)}")
    join = bookings.join_waiting_list if waits else bookings.book
    try:
        booking = join(db, person, session_id, conversation_id=None, asked_by=None, at=at, by_staff=phone.staff_id)
    except Refused as refused:
        if refused.code == "full":  # it has filled up since it was read back
            return _read_back(db, phone, person, session_id, at)
        return _say(f"refused_{refused.code}", who=_who(db, person))
    audit.record(db, audit.staff(phone.staff_id), "booking.by_text", f"booking:{booking.id}", phone=phone.id)
    booked = booking.status == "booked"
    told = notices.tell(db, booking, row, f"session.{'booked' if booked else 'waiting'}_for_you", at=at)
    done = "booked" if booked else "waiting"
    return _fit(done, row, at, who=_who(db, person), told=_say("told" if told else "not_told"))


def _gone(row: ProgrammeSession | None, at: datetime) -> str:
    """Why a session that was read back can be booked here no more."""
    if row is not None and row.status == "cancelled":
        return "cancelled"
    return "started" if row is not None and clock.aware(row.starts_at) <= at else "gone"


def _count(db: Session, row: ProgrammeSession, at: datetime) -> str:
    """How full a session is: figures, never who."""
    taken, waiting = offers.count(db, row, "booked", "offered", "attended"), offers.count(db, row, "waiting")
    return _fit("count", row, at, taken=taken, places=row.places, waiting=waiting)


def _who(db: Session, person: Person) -> str:
    """ "KT-4821 (J.B.)": the reference, and the initials of somebody who has a name."""
    initials = references.initials(person)
    return references.of(db, person) + (f" ({initials})" if initials else "")


def _when(moment: datetime, at: datetime) -> str:
    return f"{clock.day_words(moment, clock.london(at).date())} {clock.time_words(moment)}"


def _fit(key: str, row: ProgrammeSession, at: datetime, lines: str = "", **facts: object) -> str:
    """A sentence about a session in one SMS: title and place are cut short before anything else is."""
    title = notices.title_of(row)
    facts["audience"] = "" if row.audience == "everyone" else " " + _say("audience", audience=row.audience)
    for title_room, place_room in ((80, 80), (40, 30), (28, 20), (20, 12)):
        text = _say(
            key, title=_shorter(title, title_room), when=_when(row.starts_at, at),
            place=_shorter(row.place, place_room), **facts,
        )  # fmt: skip
        if wording.size(wording.to_gsm(text + lines)).segments == 1:
            break
    return text + lines


def _shorter(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 2].rstrip(" ,.:") + ".."


def _say(key: str, **facts: object) -> str:
    return wording.say(f"staff_line.{key}", **facts)


def _ask(phone: StaffPhone, pending: dict, at: datetime) -> None:
    phone.pending, phone.pending_at = json.dumps(pending), at


def _pending(phone: StaffPhone, at: datetime) -> dict | None:
    if phone.pending is None or clock.aware(phone.pending_at) <= at - OPEN:
        return None
    return json.loads(phone.pending)
