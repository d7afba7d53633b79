"""The world that a script is played in: its rows, its staff, the other people, and the road of a message."""

from __future__ import annotations

import asyncio
import itertools
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot import clock, when
from bot.conversations import addresses, choices, handoffs, hours, outbox
from bot.db import Base, Database
from bot.gateway import channels as channels_module
from bot.gateway import turns
from bot.gateway.answering import Answering
from bot.gateway.assistant import Assistant
from bot.gateway.scheduling import still_wanted
from bot.models import Booking, Choice, Conversation, Fact, Message, Person, ProgrammeSession, Staff
from bot.programme import bookings, seeds, sessions, signposts
from bot.settings import Settings
from tests import builders
from tests.conversations import roads
from tests.conversations.moved_clock import MovedClock

#: Monday noon: staff are in, and it is no night.
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=clock.UTC)
#: Tables that are seeded once and kept from script to script.
KEPT = {"topics", "services", "answers", "answer_revisions"}
#: Turns that one message may take; more is a loop.
_MANY = 12
_SESSION = {
    "title": "Drink and you", "topic": "alcohol", "area": "Govan", "day": "next tuesday", "at": "14:00", "minutes": 90,
    "places": 8, "left": None, "waiting": 0, "audience": "everyone", "place": None, "address": "12 Sample Street",
    "directions": "Two minutes from the subway", "sample": False, "private": False, "status": "scheduled",
}  # fmt: skip
PHONES = ("sms", "telegram")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Text:
    """One message as the person has it on the phone."""

    body: str
    choices: tuple[str, ...]
    purpose: str
    author: str
    notice: bool


class World:
    """One database and the servers on it. `begin` empties it for the next script."""

    def __init__(
        self, database: Database, loaded: Settings, moved: MovedClock, loop: asyncio.AbstractEventLoop, logs: Path
    ):
        self.database, self.settings, self.clock, self.loop, self.logs = database, loaded, moved, loop, logs
        self.hours = hours.parse(loaded.office_hours)
        self.assistant = Assistant(loaded.rasa_url, loaded.internal_secret, loaded.turn_budget)
        self._roads: dict[str, roads.Road] = {}
        self.answering = Answering(database, self.assistant, self.hours)
        with database.write() as db:
            seeds.seed(db, demo=False, today=NOON.date())

    def begin(self, road: str, given: dict[str, Any]) -> None:
        """An empty programme with what `given` says in it, and a person on that road who has never texted."""
        if road not in self._roads:  # a client of its provider's is costly to make
            self._roads[road] = roads.make(road, self.settings)
        self.road = self._roads[road]
        channel = self.road.channel
        self.clock.put(_moment(given.get("now")))
        number = next(_numbers)
        self.channel = channel
        self.address = f"+447812{number:06d}" if channel == "sms" else str(100_000 + number)
        with self.database.write() as db:
            for table in reversed(Base.metadata.sorted_tables):
                if table.name not in KEPT:
                    db.execute(table.delete())
        with self.database.write() as db:
            conversation = addresses.find_or_begin(db, channel, self.address)
            self.conversation_id, self.address_id = conversation.id, conversation.address_id
            self.person_id = conversation.person_id
            self.staff_id = builders.a_member_of_staff(db, "worker", name="Sam").id
            for row in given.get("sessions") or ():
                self._session(db, row)
            for row in given.get("mine") or ():
                self._booking(db, row)
            for key, value in (given.get("facts") or {}).items():
                db.add(Fact(key=key, value=value))
            if given.get("order_over"):
                builders.an_order(db, db.get(Person, self.person_id), closed_at=clock.now(), outcome="completed")
            if given.get("stopped"):
                addresses.stop(db, conversation)
        if given.get("staff_has_it"):
            self.staff("takes")
            self._deliver()

    # --- what people do

    def text(self, body: str, kind: str = "text", choice_id: int | None = None) -> None:
        """The person sends something, and it is answered."""
        inbound = self.road.inbound(self.address, body, kind, choice_id)
        with self.database.write() as db:
            turns.accept(db, inbound, self.hours)
        self.loop.run_until_complete(self._answer())

    async def _answer(self) -> None:
        for _ in range(_MANY):
            if not await self.answering.answer_one():
                return

    def staff(self, act: Any) -> None:
        """The worker takes, reads, closes or gives back; says something; calls a session off."""
        with self.database.write() as db:
            worker, conversation = db.get(Staff, self.staff_id), db.get(Conversation, self.conversation_id)
            handoff = handoffs.current(db, conversation.id)
            if act == "takes":
                handoffs.take(db, handoff or handoffs.open_for(db, conversation, "asked"), worker)
            elif act == "reads":
                handoffs.see(db, handoff, worker)
            elif act == "closes":
                handoffs.close(db, handoff, staff=worker)
            elif act == "gives_back":
                handoffs.give_back(db, handoff, "released")
            elif isinstance(act, dict) and "says" in act:
                handoffs.reply(db, conversation, worker, act["says"])
            elif isinstance(act, dict) and "calls_off" in act:
                sessions.cancel(db, self._titled(db, act["calls_off"]).id, by_staff=worker.id)
            else:
                raise AssertionError(f"staff cannot do this: {act}")

    def others(self, act: dict[str, str]) -> None:
        """Somebody else takes a place, or gives theirs up."""
        ((what, title),) = act.items()
        with self.database.write() as db:
            session = self._titled(db, title)
            if what == "take":
                builders.a_booking(db, session=session)
                return
            query = sa.select(Booking).where(
                Booking.session_id == session.id, Booking.status == "booked", Booking.person_id != self.person_id
            )
            booking = db.execute(query).scalars().first()
            bookings.cancel(db, booking.person, booking.id)

    def later(self, words: str) -> None:
        """The clock moves on ("5 hours"), and the scheduler does what is due."""
        number, unit = words.split()
        self.clock.move(timedelta(**{unit.rstrip("s") + "s": float(number)}))
        quiet = timedelta(minutes=self.settings.staff_quiet_minutes)
        with self.database.write() as db:
            bookings.expire_offers(db, clock.now())
            handoffs.give_back_quiet(db, quiet=quiet, in_hours=self.hours.open_at(clock.now()))
            signposts.due(db, clock.now())

    # --- what the person has on the phone

    def delivered(self) -> list[Text]:
        """What reaches the phone now, in the order of its arrival."""
        return self._deliver()

    def _deliver(self) -> list[Text]:
        arrived = []
        while True:
            with self.database.write() as db:
                message = outbox.claim(db, PHONES, still_wanted=still_wanted)
                if message is None:
                    return arrived
                outbox.settle(db, message, "delivered", provider_id=f"p{message.id}")
                if message.conversation.address_id == self.address_id:
                    rows = choices.of_message(db, message.id)
                    buttons = [channels_module.Button(row.id, row.position, row.label) for row in rows]
                    shown = "\n".join(part.text for part in self.road.shown(message.body, buttons))
                    assert self.road.buttons or all(row.label in shown for row in rows), "a choice is not shown"
                    arrived.append(
                        Text(
                            body=message.body,
                            choices=tuple(row.label for row in rows),
                            purpose=message.purpose,
                            author=message.author,
                            notice=message.purpose == "notice" and message.reply_to is not None,
                        )
                    )

    def open_choices(self) -> list[Choice]:
        """What the person can pick from now."""
        with self.database.read() as db:
            return choices.open_choices(db, self.conversation_id)

    def old_choice(self, label: str) -> int | None:
        """The id of a choice that was offered once and is closed."""
        with self.database.read() as db:
            query = (
                sa.select(Choice)
                .where(Choice.conversation_id == self.conversation_id, Choice.closed_at.is_not(None))
                .order_by(Choice.id.desc())
            )
            found = [c for c in db.execute(query).scalars() if label.lower() in c.label.lower()]
            return found[0].id if found else None

    def unsettled(self) -> list[str]:
        """States of inbound messages that are not as they should be after a turn."""
        with self.database.read() as db:
            query = sa.select(Message.status, Message.error).where(Message.direction == "in")
            return [f"{s} ({e})" for s, e in db.execute(query) if s not in ("answered", "with_staff")]

    def server_logs(self) -> str:
        """The end of what the servers wrote: why something broke down."""
        return "\n".join(f"--- {f.name}\n{f.read_text(errors='replace')[-3000:]}" for f in self.logs.glob("*.log"))

    def understood_as(self, text: str) -> str:
        """The intent that Rasa's own parser gives a text."""

        async def ask() -> str:
            response = await self.assistant._client.get("/webhooks/wellbeing/health", params={"text": text})
            return response.json()["intent"]

        return self.loop.run_until_complete(ask())

    # --- rows

    def _session(self, db, row: dict[str, Any]) -> None:
        if unknown := set(row) - set(_SESSION):
            raise AssertionError(f"a session has no {', '.join(sorted(unknown))}")
        told = {**_SESSION, **row}
        day = _day(told["day"])
        starts = clock.from_london(day, time.fromisoformat(told["at"]))
        session = builders.a_session(
            db,
            topic=told["topic"],
            title=told["title"],
            area=told["area"],
            sector=None,
            place=told["place"] or f"{told['area']} Hall",
            address=told["address"],
            directions=told["directions"],
            starts_at=starts,
            minutes=told["minutes"],
            places=told["places"],
            audience=told["audience"],
            sample=told["sample"],
            private=told["private"],
            status=told["status"],
        )
        taken = 0 if told["left"] is None else told["places"] - told["left"]
        for _ in range(taken):
            builders.a_booking(db, session=session)
        for _ in range(told["waiting"]):
            builders.a_booking(db, session=session, status="waiting")

    def _booking(self, db, row: dict[str, Any]) -> None:
        session = self._titled(db, row["title"])
        db.add(
            Booking(
                session_id=session.id, person_id=self.person_id, conversation_id=self.conversation_id,
                status=row.get("status", "booked"),
            )
        )  # fmt: skip
        db.flush()

    @staticmethod
    def _titled(db, title: str) -> ProgrammeSession:
        """The first session whose title (or "title, area") is that."""
        name, _, area = title.partition(", ")
        query = sa.select(ProgrammeSession).where(ProgrammeSession.title == name)
        if area:
            query = query.where(ProgrammeSession.area == area)
        found = db.execute(query.order_by(ProgrammeSession.id)).scalars().first()
        assert found is not None, f"no session is called {title!r}"
        return found


def as_sms(text: Text) -> str:
    """The text with its choices as an SMS has them."""
    buttons = [channels_module.Button(n, n, label) for n, label in enumerate(text.choices, start=1)]
    return "\n".join(part.text for part in channels_module.as_sms(text.body, buttons))


def _moment(said: Any) -> datetime:
    if said is None:
        return NOON
    moment = said if isinstance(said, datetime) else datetime.fromisoformat(str(said))
    return clock.from_london(moment.date(), moment.time())


def _day(said: str | int) -> date:
    if isinstance(said, int):
        return clock.today() + timedelta(days=said)
    found = when.read(said, clock.today())
    assert found is not None, f"{said!r} names no day"
    return found.start


def plain(text: str) -> str:
    """A text for comparing: one line, one space."""
    return re.sub(r"\s+", " ", text).strip()
