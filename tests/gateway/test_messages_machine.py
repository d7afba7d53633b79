"""Whatever happens to messages, in whatever order: each is answered once, in turn, and nothing is said out of place.

Workers claim, settle, stall and die; people text, repeat themselves, stop; staff come and go; time passes.
"""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from bot import clock
from bot.conversations import handoffs, hours, messages, outbox
from bot.gateway import channels, delivery, turns
from bot.gateway.channels import Report, Sent
from bot.gateway.parts import Inbound, Reply
from bot.models import Conversation, Message
from tests import builders

PEOPLE = ("+447700900001", "+447700900002")
OFFICE = hours.parse("Mon-Fri 09:00-17:00")
FINAL = {"answered", "with_staff", "failed", "delivered", "expired", "stopped", "noted"}
UNDER_WAY = {"received", "answering", "queued", "sending"}
who = st.sampled_from(PEOPLE)


class Messages(RuleBasedStateMachine):
    """One transaction for each example, thrown away at its end."""

    database = None

    @initialize()
    def begin(self):
        self.write = self.database.write()
        self.db, self.now, self.ids = self.write.__enter__(), builders.NOW, itertools.count(1)
        clock.now = lambda: self.now
        self.asks, self.jobs, self.before, self.claims = [], [], {}, Counter()
        self.staff = builders.a_member_of_staff(self.db)

    def teardown(self):
        if hasattr(self, "write"):
            try:
                self._everything_ends()
            finally:  # left by its own door: the next example would wait for the writer's turn until patience ends
                thrown_away = RuntimeError()
                self.write.__exit__(RuntimeError, thrown_away, None)

    def rows(self, *where):
        query = sa.select(Message).where(*where).order_by(Message.id).execution_options(populate_existing=True)
        self.db.flush()
        return list(self.db.execute(query).scalars())

    def conversation(self, address):
        found = self.db.execute(sa.select(Conversation)).scalars().all()
        return next((c for c in found if c.address.address == address), None)

    # --- people -----------------------------------------------------------------------------

    @rule(person=who, text=st.sampled_from(["hello", "what is a unit", "2", "", "i want to die", "STOP", "START"]))
    def text(self, person, text):
        turns.accept(self.db, Inbound("sms", person, f"SM{next(self.ids)}", text), OFFICE)

    @rule(person=who, number=st.integers(1, 5))
    def redelivery(self, person, number):
        known = len(self.rows(Message.direction == "in"))
        received = turns.accept(self.db, Inbound("sms", person, f"SM{number}", "hello"), OFFICE)
        if number < next(self.ids):
            assert len(self.rows(Message.direction == "in")) == known + (not received.duplicate)

    @rule(seconds=st.sampled_from([1, 6, 31, 61, 16 * 60, 5 * 3600]))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    # --- the worker that answers ------------------------------------------------------------

    @rule()
    def claim_to_answer(self):
        message = messages.claim(self.db)
        if message is None:
            return
        earlier = self.rows(
            Message.conversation_id == message.conversation_id, Message.direction == "in", Message.id < message.id,
            Message.status.in_(("received", "answering")),
        )  # fmt: skip
        assert earlier == [], "out of its turn"
        if (ask := turns.prepare(self.db, message, OFFICE)) is not None:
            self.asks.append(ask)

    @precondition(lambda self: self.asks)
    @rule(data=st.data(), how=st.sampled_from(["answer", "nothing", "later", "death", "fault"]))
    def end_a_turn(self, data, how):
        ask = data.draw(st.sampled_from(self.asks))
        self.asks.remove(ask)  # a worker that stalled may come with its answer long after another took over
        if how == "answer":
            turns.conclude(self.db, ask, [Reply("Which?", choices=(("One", "/a"), ("Two", "/b")))], OFFICE)
        elif how == "nothing":
            turns.give_up(self.db, ask, OFFICE)
        elif how == "later":
            turns.postpone(self.db, ask, OFFICE)
        elif how == "fault":
            turns.broke_down(self.db, ask.message_id, OFFICE)

    # --- the worker that sends --------------------------------------------------------------

    @rule()
    def claim_to_send(self):
        message = outbox.claim(self.db, ["sms"])
        if message is None:
            return
        conversation = message.conversation
        assert message.expires_at > self.now
        if message.purpose != "crisis":
            assert conversation.taken_by is None or not handoffs.is_assistants(message), "a worker has it"
            assert conversation.address.stopped_at is None or message.purpose == "farewell", "they said stop"
        overtaken = [
            row.id
            for row in self.rows(Message.conversation_id == conversation.id, Message.status == "queued")
            if (row.lane, row.id) < (message.lane, message.id) and (row.send_after is None or row.attempts)
        ]  # fmt: skip
        # What a dead worker left half-way is finished first, whatever came meanwhile.
        assert overtaken == [] or self.before.get(message.id) == "sending"
        self.jobs.append(message.id)

    @precondition(lambda self: self.jobs)
    @rule(
        data=st.data(),
        how=st.sampled_from(["sent", "delivered", "later", "refused", "stopped", "blocked", "death", "reported"]),
    )
    def end_a_send(self, data, how):
        message_id = data.draw(st.sampled_from(self.jobs))
        self.jobs.remove(message_id)
        errors = {
            "later": channels.TryAgain("503"), "refused": channels.Refused("30007"),
            "stopped": channels.Stopped("21610"), "blocked": channels.Blocked("403"),
        }  # fmt: skip
        if how in errors:
            delivery.not_taken(self.db, message_id, errors[how])
        elif how == "reported":
            delivery.report(self.db, "sms", Report(f"P{message_id}", "delivered", message_id=message_id))
        elif how != "death":
            delivery.sent(self.db, message_id, Sent(f"P{message_id}", how))

    @rule(status=st.sampled_from(["wired", "sent", "delivered", "failed"]), n=st.integers(0, 20))
    def report(self, status, n):
        sent = self.rows(Message.provider_id.is_not(None))
        if sent:
            delivery.report(self.db, "sms", Report(sent[n % len(sent)].provider_id, status))

    # --- staff and the clock ----------------------------------------------------------------

    @rule(person=who, act=st.sampled_from(["take", "reply", "close", "quiet"]))
    def staff_acts(self, person, act):
        conversation = self.conversation(person)
        if conversation is None:
            return
        if act == "take":
            handoffs.take(self.db, handoffs.open_for(self.db, conversation, "asked"), self.staff)
        elif act == "reply" and conversation.taken_by is not None:
            handoffs.reply(self.db, conversation, self.staff, "Hello, it's Sam.")
        elif act == "close" and (found := handoffs.current(self.db, conversation.id)) is not None:
            handoffs.close(self.db, found, staff=self.staff)
        elif act == "quiet":
            handoffs.give_back_quiet(self.db, quiet=timedelta(minutes=30), in_hours=True)

    @rule(person=who, purpose=st.sampled_from(["notice", "reminder", "broadcast"]), minutes=st.integers(1, 300))
    def begin_a_text(self, person, purpose, minutes):
        conversation = self.conversation(person)
        if conversation is not None:
            until = self.now + timedelta(minutes=minutes)
            messages.say(self.db, conversation, "Words", author="system", purpose=purpose, expires_at=until)

    # --- always -----------------------------------------------------------------------------

    @invariant()
    def statuses_only_move_forward(self):
        if not hasattr(self, "db"):
            return
        for row in self.rows():
            was = self.before.get(row.id)
            assert was not in FINAL or row.status == was, f"{was} became {row.status}"
            if row.direction == "out" and was in ("wired", "sent"):
                assert outbox.ORDER[row.status] >= outbox.ORDER[was]
            self.before[row.id] = row.status

    @invariant()
    def one_at_a_time(self):
        if not hasattr(self, "db"):
            return
        answering = Counter(row.conversation_id for row in self.rows(Message.status == "answering"))
        sending = Counter((row.conversation_id, row.lane == 0) for row in self.rows(Message.status == "sending"))
        assert set(answering.values()) <= {1} and set(sending.values()) <= {1}

    @invariant()
    def answered_once(self):
        if not hasattr(self, "db"):
            return
        answers = Counter(row.reply_to for row in self.rows(Message.author == "assistant", Message.purpose == "reply"))
        assert set(answers.values()) <= {1}
        warned = self.rows(Message.purpose == "crisis", Message.direction == "out")
        crises = Counter((row.reply_to, row.body) for row in warned)
        assert set(crises.values()) <= {1}

    def _everything_ends(self):
        """Workers that die no more leave nothing under way."""
        self.asks, self.jobs = [], []
        for _ in range(200):
            self.now += timedelta(seconds=61)
            self.claim_to_answer()
            while self.asks:
                turns.conclude(self.db, self.asks.pop(), [Reply("Done")], OFFICE)
            self.claim_to_send()
            while self.jobs:
                message_id = self.jobs.pop()
                delivery.sent(self.db, message_id, Sent(f"P{message_id}", "sent"))
            if not self.rows(Message.status.in_(UNDER_WAY)):
                break
        left = [(row.id, row.lane, row.status, row.attempts) for row in self.rows(Message.status.in_(UNDER_WAY))]
        assert left == []
        self.statuses_only_move_forward()
        self.answered_once()


def test_messages_in_whatever_order(database, monkeypatch):
    monkeypatch.setattr(clock, "now", clock.now)  # put back at the end
    machine = type("Machine", (Messages,), {"database": database})
    run(
        machine,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, database=None, derandomize=True,
            phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
