"""Two teams, and somebody of the second with everything that hangs on a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot import clock
from bot.conversations import call_backs, desk, handoffs, labels, messages, quality, readings, teams
from bot.conversations.readings import Meaning
from bot.models import AnswerShown, Attendance, Conversation, Feedback, Staff
from bot.programme import apart, hours, merges, profiles
from tests import builders

#: What stands on a page only if it shows somebody of the other team.
SECRETS = ("Zebedee", "Quux", "zanzibar", "98765", "cassowary", "Northbound text")


@dataclass
class Two:
    """Two teams, and somebody of the second with everything that hangs on a person."""

    one: int
    other: int
    known: dict = field(default_factory=dict)
    #: A person of the first team, for pages on which one looks for another.
    ours: int = 0
    began: int = 0
    attendance: int = 0
    number: str = "+447700998765"


def fill(database, by: int) -> Two:
    """Both teams with what is theirs in the database; `by` is the account of a coordinator, who joins the second."""
    now = clock.now()
    with database.write() as db:
        one, other = (teams.add(db, name, by_staff=by).id for name in ("South", "North"))
        db.get(Staff, by).team_id = other
        them = db.get(Staff, by)
        person = builders.a_person(db, name="Zebedee Quux", team_id=other, contact_note="zanzibar at home")
        ours = builders.a_person(db, name="Al Ours", team_id=one)
        conversation = db.get(Conversation, builders.conversation_id(db, person))
        conversation.address.address = "+447700998765"
        profiles.set_number(person, "+447700998765")
        said = messages.receive(
            db, channel="sms", address=conversation.address.address, external_id="z1", text="zanzibar is my word",
            status="answered",
        )  # fmt: skip
        assert said.conversation_id != conversation.id  # found by its hash: the address above is for show
        message = messages.mark(db, conversation, "zanzibar is my word")
        message.direction, message.author, message.kind, message.status = "in", "person", "text", "answered"
        stray = db.get(Conversation, said.conversation_id)
        stray.person_id = person.id
        reply = messages.say(db, conversation, "We know zanzibar.", reply_to=message.id)
        readings.keep(db, message, Meaning("nlu_fallback", 0.2), guessed=True, understood=False)
        handoff = handoffs.open_for(db, conversation, "call_me", note="zanzibar")
        desk.note(db, conversation, them, "a note on zanzibar")
        desk.tag(db, conversation, them, ["housing"])
        assert call_backs.current(db, conversation.id)
        begun = builders.a_session(db, starts_at=now - timedelta(hours=2), title="Walk")
        ahead = builders.a_session(db, at=now, days=5)
        past, booking = (builders.a_booking(db, person, session) for session in (begun, ahead))
        attendance = Attendance(booking_id=past.id, outcome="came", claimed=45, recorded_by=by, reason="zanzibar")
        db.add(attendance)
        db.add(Feedback(person_id=person.id, kind="complaint", words="the zanzibar room", topics=[]))
        hours.set_order(db, person, minutes=6000, by_staff=by)
        apart.add(db, person.id, ours.id, reason="zanzibar", by_staff=by)
        kept = builders.a_person(db, name="Zebedee Second", team_id=other)
        merge = merges.merge(db, kept.id, builders.a_person(db, team_id=other).id, by_staff=by)
        revision = builders.an_answer_revision(db, key="zz")
        shown = {"conversation_id": conversation.id, "revision_id": revision.id, "part": "text", "asked_by": reply.id}
        db.add(AnswerShown(**shown, comment="cassowary helped"))
        sample = quality.draw(db, them, now - timedelta(days=1), now + timedelta(days=1), 3)
        picks = [p for p, _ in quality.picks_of(db, sample.id) if p.conversation_id == conversation.id]
        broadcast = builders.a_broadcast(db, text="Northbound text", team_id=other, made_by=by)
        label = labels.queue(db, message)
        db.flush()
        known = {
            "conversation_id": conversation.id, "person_id": person.id, "booking_id": booking.id,
            "session_id": ahead.id, "message_id": message.id, "merge_id": merge.id, "pick_id": picks[0].id,
            "sample_id": sample.id, "label_id": label.id, "staff_id": by, "answer_id": revision.answer_id,
            "slug": builders.a_service(db).slug, "squad_id": builders.a_squad(db).id, "broadcast_id": broadcast.id,
            "duty_id": builders.a_duty(db, at=now).id, "team_id": one,
        }  # fmt: skip
        assert handoff.closed_at is None
        return Two(one, other, known, ours.id, begun.id, attendance.id)
