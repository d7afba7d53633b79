"""Every page of the console, and how one gets there; and a database in which none of them is empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa

from bot import clock
from bot.conversations import addresses, handoffs, messages, quality, teams
from bot.models import (
    Attendance,
    Conversation,
    Feedback,
    Handoff,
    Order,
    ProgrammeSession,
    Signpost,
    Staff,
)
from bot.programme import broadcasts, merges, seeds, services, signposts
from tests import builders

#: What is fetched and is no page: data for scripts and spreadsheets, pictures, a redirect.
NO_PAGES = {
    "entry.front", "entry.health", "entry.static", "entry.set_up_picture", "conversations.newer", "handoffs.stamp",
    "answers.table", "conversations.download", "figures.table",
}  # fmt: skip
#: Pages before one is signed in. tests/browser/test_every_page.py goes through them by hand.
BEFORE = {"entry.sign_in", "entry.code", "entry.set_up", "entry.join", "entry.pin"}
#: Who looks at a page, the first who may.
ROLES = ("coordinator", "admin", "supervisor", "worker", "editor", "analyst")
SENT = {"audience": "everyone", "text": "The hall in Govan is shut on Monday. We meet next door.", "hours": "24"}
MARKS = {"understood": "yes", "right": "partly", "kind": "yes", "danger": "none", "person": "no"}
#: What the assistant has filled in for the conversation that the worker has.
NOTED = {
    "topic": "alcohol", "offered": [1, 2], "booking_session": 1, "requested_slot": "booking_confirm",
    "search": {"topic": "alcohol", "area": "Govan", "start": "2026-12-07", "end": "2026-12-13", "part": "evening"},
    "service_search": {"topic": "financial_health", "area": "Govan", "text": "", "women": True},
}  # fmt: skip
LONG = "Somebody With A Remarkably Long Double-Barrelled Name-That-Goes-On"


@dataclass(frozen=True)
class Place:
    """One page: as whom, where, and what is posted there to get it (None: it is only opened)."""

    role: str
    path: str
    form: dict[str, str] | None = field(default=None)


def opened(app, may: dict[str, frozenset[str]], known: dict) -> Iterator[Place]:
    """Every page that has an address, generated from the routes: new ones are looked at as soon as they exist."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in NO_PAGES | BEFORE:
            continue
        permission = app.view_functions[rule.endpoint].permission
        role = next(role for role in ROLES if permission == "signed_in" or permission in may[role])
        parts = {name: known[name] for name in rule.arguments}
        path = app.url_map.bind("localhost").build(rule.endpoint, parts, method="GET")
        yield Place(role, path + ("?day=" + clock.today().isoformat() if rule.endpoint == "registers.day" else ""))


def posted(known: dict) -> list[Place]:
    """Pages that come only after a form: what is asked before it is done, what was wrong, what is shown once."""
    session, person = f"/sessions/{known['session_id']}", f"/people/{known['person_id']}"
    booking = f"{session}/bookings/{known['booking_id']}"
    register = f"/sessions/{known['begun_id']}/register"
    over = f"/sessions/{known['over_id']}/register"
    when = {"day": f"{clock.today() + timedelta(days=40)}", "starts": "14:00", "ends": "15:30"}
    where = {"place": "Sample Hall", "area": "Govan", "address": "", "directions": ""}
    return [
        Place("worker", "/handoffs"),
        Place("coordinator", "/duty"),
        Place("worker", "/sessions"),
        Place("worker", session),
        Place("worker", "/facts"),  # refused: not for this role
        Place("worker", "/my-phone", {"do": "code"}),
        Place("worker", "/nowhere"),
        Place("coordinator", "/quality", {"begins": "x", "ends": "", "size": "0"}),
        Place("worker", f"/quality/{known['sample_id']}/{known['pick_id']}", {"understood": "yes"}),
        Place("worker", f"/conversations/{known['taken_id']}"),
        Place("worker", f"/conversations/{known['danger_id']}"),
        Place("worker", f"/conversations/{known['danger_id']}/number"),
        Place("worker", f"/conversations/{known['danger_id']}/handover"),
        Place("worker", f"/conversations/{known['elsewhere_id']}"),
        Place("worker", f"/conversations/{known['conversation_id']}/reply", {"text": "x" * 3000}),
        Place("worker", "/people", {"who": "Bloggs"}),
        Place("worker", f"{person}/code", {}),
        Place("worker", person, {"do": "order", "hours": "many"}),
        Place("coordinator", f"{person}/merge", {"who": "Bloggs", "other": f"{known['other_id']}"}),
        Place("coordinator", f"{person}/merge", {"who": ""}),
        Place("coordinator", f"{person}/close"),
        Place("coordinator", f"{person}/close", {"outcome": ""}),
        Place("coordinator", f"/people/{known['other_id']}/erase"),
        Place("coordinator", f"/people/{known['other_id']}/erase", {"reference": "BB-0000", "reason": "asked"}),
        Place("coordinator", f"{person}/apart", {"who": "Bloggs"}),
        Place("coordinator", register),
        Place("coordinator", register, {"outcome": ""}),
        Place("coordinator", over, {"outcome": "not_there", "booking": f"{known['marked_id']}"}),
        Place("coordinator", f"{register}/add", {"who": "Bloggs"}),
        Place("coordinator", f"{session}/book", {"who": "Bloggs"}),
        Place("coordinator", f"{session}/book", {"who": ""}),
        Place("coordinator", f"{booking}/move", {}),
        Place("coordinator", f"{session}/move", when | where),
        Place("coordinator", f"{session}/move", {"day": "x"}),
        Place("coordinator", f"{session}/edit", {"title": "", "places": "x"}),
        Place("coordinator", "/sessions/new", {"title": ""}),
        Place("coordinator", "/hours", {"claim": "1:x"}),
        Place("coordinator", "/texts/new", SENT),
        Place("coordinator", "/texts/new", SENT | {"text": "", "hours": "x"}),
        Place("coordinator", "/facts", {"office_number": "nonsense", "closed_days": "soon"}),
        Place("coordinator", f"/answers/{known['answer_id']}", {"do": "nothing"}),
        Place("coordinator", "/answers?topic=mental_health"),
        Place("coordinator", f"/services/{known['slug']}", {"do": "nothing"}),
        Place("coordinator", f"/services/{known['unreached']}"),
        Place("coordinator", "/services?state=checked"),
        Place("coordinator", "/ready-replies", {"reply": "1", "title": "", "text": "Hiya."}),
        Place("coordinator", f"/labels/{known['label_id']}", {"do": "label", "text": "my words", "meaning": ""}),
        Place("coordinator", "/crisis-numbers", {"key": "nothing"}),
        Place("admin", "/staff", {"name": "Somebody New", "email": "somebody.new@example.org", "role": "worker"}),
        Place("admin", "/staff", {"name": "", "email": "", "role": ""}),
        Place("admin", "/squads", {"name": ""}),
        Place("admin", "/office-hours", {"key": "quiet_hours", "from": "9pm", "to": ""}),
        Place("supervisor", "/squad"),
        Place("supervisor", "/squad/phone", {"pin": "1"}),
        Place(
            "supervisor",
            "/squad/marks",
            {"booking": f"{known['marked_id']}", "outcome": "not_there", "seen": "old", "token": "0123456789abcdef"},
        ),
    ]


def furnish(database, staff: dict[str, int]) -> dict[str, object]:
    """Fill the lists of every page; the ids that `posted` names beside those of the console's `parameters`."""
    now = clock.now()
    with database.write() as db:
        seeds.seed(db, demo=True, today=clock.today())
        unreached = next(s.slug for s in services.directory(db) if s.phone and signposts.may_be_asked_about(s))
        squad = builders.a_squad(db, staff["supervisor"])
        people = [
            builders.a_person(db, name=name, squad_id=squad.id)
            for name in ("Jo Bloggs", LONG, "Al Bloggs", "Sam Hill", "Mo Bloggs")
        ]
        begun = builders.a_session(db, starts_at=now - timedelta(hours=2), title="A walk along the canal, with a talk")
        today = builders.a_session(db, starts_at=now + timedelta(hours=1), title="Food that costs little")
        builders.a_session(db, at=now, title="Money worries", topic="financial_health", squad_id=squad.id)
        full = builders.a_session(db, at=now, places=1, title="Sleep, stress and what helps when nothing seems to")
        for session in (begun, today, full):
            for number, person in enumerate(people[:4]):
                status = "booked" if session is not full or number == 0 else "waiting"
                builders.a_booking(db, person, session, status=status)
        bookings = [builders.a_booking(db, person, _over(db, now, n)) for n, person in enumerate(people)]
        for number, booking in enumerate(bookings):
            row = Attendance(booking_id=booking.id, outcome="came", claimed=90, recorded_by=staff["worker"])
            if number == 1:
                row.arrived_at = booking.session.starts_at + timedelta(minutes=20)
                row.claimed, row.taken_off, row.taken_off_why = 60, 10, "Came back late from the break, twice"
            if number > 2:
                row.approved, row.approved_by, row.approved_at = 90, staff["coordinator"], now
            db.add(row)
        db.add_all(
            Signpost(
                person_id=person.id, service_slug=unreached, given_at=now - timedelta(days=15), answer="not_yet",
                asked_at=now, answered_at=now, why="not_reached",
            )
            for person in people
        )  # fmt: skip
        db.add_all(Order(pseudonym=p.pseudonym, minutes=60 * 120, imposed_at=now) for p in people[:3])
        for number, words in enumerate(["Warm and useful, I would come again.", "The room was locked. " * 9, None]):
            kind = ("feedback", "complaint", "priority")[number]
            db.add(Feedback(person_id=people[number].id, kind=kind, score=number + 2, words=words, session_id=begun.id))
        _told_everyone(db, now, staff["coordinator"])
        taken = _conversations(db, people, staff["worker"])
        south = teams.add(db, "South", by_staff=staff["admin"])
        people[1].team_id = db.get(Staff, staff["editor"]).team_id = south.id
        danger = _in_danger(db)
        merge_id = merges.merge(db, people[0].id, builders.a_person(db).id, by_staff=staff["coordinator"]).id
        sample = quality.draw(
            db, db.get(Staff, staff["coordinator"]), now - timedelta(days=7), now + timedelta(minutes=1), 3,
            trial="A shorter menu in the first week",
        )  # fmt: skip
        for pick, _ in quality.picks_of(db, sample.id)[:2]:
            quality.review(db, pick, db.get(Staff, staff["coordinator"]), MARKS, "The menu came too soon.")
        return {
            "danger_id": danger,
            "unreached": unreached,
            "elsewhere_id": builders.conversation_id(db, people[0]),
            "begun_id": begun.id,
            "marked_id": bookings[0].id,
            "over_id": bookings[0].session_id,
            "other_id": people[2].id,
            "taken_id": taken,
            "person_id": people[0].id,
            "merge_id": merge_id,
        }


def _in_danger(db) -> str:
    """The conversation in which somebody waits who may be in danger."""
    return db.execute(sa.select(Handoff.conversation_id).where(Handoff.priority == 0)).scalars().one()


def _over(db, now, number: int) -> ProgrammeSession:
    return builders.a_session(db, starts_at=now - timedelta(days=2, hours=3 * number), title="Drink and you")


def _told_everyone(db, now, by_staff: int) -> None:
    reach = broadcasts.audience(db, "everyone", None)
    broadcasts.send(
        db, nonce="x" * 32, text=SENT["text"], kind="everyone", of=None, seen=len(reach), send_after=now, hours=24,
        by_staff=by_staff,
    )  # fmt: skip


def _conversations(db, people, worker_id: int) -> str:
    """People who wait for a person, for several reasons; the id of the one that the worker has."""
    said = {
        "crisis_suicide": "i dont want to be here any more",
        "complaint": "nobody turned up on tuesday and i was out in the rain for an hour " * 4,
        "shift": "i cant make my shift the morra",
        "asked": "https://example.org/" + "a" * 120,
    }
    conversation = None
    for person, (reason, words) in zip(people, said.items(), strict=False):
        conversation = db.get(Conversation, builders.conversation_id(db, person))
        address = conversation.address
        message = messages.receive(
            db, channel="sms", address=address.address, external_id=f"w{reason}", text=words, status="answered"
        )
        messages.say(
            db, conversation, "Thanks. A worker reads this.", reply_to=message.message_id, choices=[("Menu", "/menu")]
        )
        handoffs.open_for(db, conversation, reason, note=words if reason == "shift" else None)
    addresses.stop(db, conversation)
    worker = db.get(Staff, worker_id)
    handoff = handoffs.current(db, conversation.id)
    handoffs.take(db, handoff, worker)
    handoffs.reply(db, conversation, worker, "I am Ann. What would help?")
    return conversation.id
