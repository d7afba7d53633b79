"""What became of an outbound message, for the database. Each function runs inside the caller's transaction."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from bot import clock, wording
from bot.conversations import addresses, alarms, messages, outbox
from bot.db import lock
from bot.gateway import channels
from bot.gateway.channels import Report, SendError, Sent
from bot.models import Address, Message

#: Seconds until the next try, by how many there have been; the last one for all that follow.
BACKOFF = (1, 5, 15, 60, 300)
CRISIS_BACKOFF = (1, 2, 5)
#: After this many tries of a crisis reply staff are told to phone; it is tried on all the same.
CRISIS_TRIES = 3
#: A phone that was out of reach as often as this, half an hour apart, is taken to be gone until it is heard of again.
OUT_OF_REACH_TRIES = 3
#: When our own account is at fault nothing gets better by the second.
FAULT_WAIT = timedelta(minutes=1)


def sent(db: Session, message_id: int, taken: Sent) -> None:
    """The provider took it."""
    message = lock(db, Message, message_id)
    if message is not None:  # else the person was erased while it went out
        outbox.settle(db, message, taken.status, provider_id=taken.provider_id)


def not_taken(db: Session, message_id: int, error: SendError) -> str:
    """The provider did not take it; the new status of the message."""
    message = lock(db, Message, message_id)
    if message is None:
        return "erased"
    off = isinstance(error, channels.OutOfReach)
    gone = off and message.attempts >= OUT_OF_REACH_TRIES
    if isinstance(error, (channels.TryAgain, channels.Misconfigured)) and not gone:
        outbox.retry(db, message, _wait(message, error), outbox.OUT_OF_REACH if off else error.code)
        hopeless = off or isinstance(error, channels.Misconfigured)
        if message.purpose == "crisis" and (hopeless or message.attempts >= CRISIS_TRIES):
            outbox.undelivered(db, message)
        return message.status
    stopped = isinstance(error, channels.Stopped)
    if outbox.settle(db, message, "stopped" if stopped else "failed", error=error.code):
        _for_good(db, message)
    if gone or isinstance(error, (channels.Blocked, channels.Unreachable)):
        _unreachable(db, message)
    elif stopped:
        _stopped(db, message)
    return message.status


def report(db: Session, channel: str, told: Report) -> bool:
    """A provider's status report. Statuses only move forward, but for a text that found the phone out of reach: it is
    sent again. False when it changed nothing.
    """
    message = None
    if told.message_id is not None and told.message_id < 0:  # an alarm to somebody on duty: see alarming.py
        return _of_an_alarm(db, channel, told, -told.message_id)
    if told.message_id is not None:
        message = lock(db, Message, told.message_id)
        if message is not None and (message.direction != "out" or message.channel != channel):
            message = None
    if message is None:
        message = outbox.by_provider_id(db, channel, told.provider_id)
    if message is None:
        return _of_an_alarm(db, channel, told, None)
    if told.status != "delivered" and _of_an_earlier_try(message, told):
        return False
    if message.conversation.ended_at is not None:  # the number may be somebody else's by now: nothing follows for it
        return outbox.settle(db, message, told.status, provider_id=told.provider_id, error=told.error)
    gone = told.means == "out_of_reach" and message.attempts >= OUT_OF_REACH_TRIES
    if told.means == "out_of_reach" and not gone and outbox.send_again(db, message, channels.OutOfReach("").after):
        return True
    moved = outbox.settle(db, message, told.status, provider_id=told.provider_id, error=told.error)
    if moved and told.status == "failed":
        _for_good(db, message)
    if told.status == "delivered":
        message.conversation.address.unreachable_at = None  # whatever was thought of it, something arrives there
    if told.means == "unreachable" or (gone and moved):
        _unreachable(db, message)
    elif told.means == "stopped":
        _stopped(db, message)
    return moved


def _of_an_alarm(db: Session, channel: str, told: Report, call_id: int | None) -> bool:
    call = alarms.find_call(db, channel, told.provider_id, call_id)
    return call is not None and alarms.reported(db, call, told.status, told.error, clock.now())


def _of_an_earlier_try(message: Message, told: Report) -> bool:
    """Whether a report speaks of a text that has been handed over again since, or is about to be."""
    if message.provider_id is None or not told.provider_id:
        return False
    again = message.status in ("queued", "sending")
    return told.provider_id == message.provider_id if again else (
        message.attempts > 1 and told.provider_id != message.provider_id
    )  # fmt: skip


def reachable(db: Session, channel: str, address: str, yes: bool) -> None:
    """The provider says that an address takes messages again, or does not."""
    found = addresses.find(db, channel, address)
    if found is not None:
        lock(db, Address, found.id).unreachable_at = None if yes else clock.now()


def _wait(message: Message, error: SendError) -> timedelta:
    crisis = message.purpose == "crisis"
    steps = CRISIS_BACKOFF if crisis else BACKOFF
    wait = timedelta(seconds=steps[min(message.attempts, len(steps)) - 1])
    if isinstance(error, channels.Misconfigured) and not crisis:
        return FAULT_WAIT
    return max(wait, getattr(error, "after", None) or wait)


def _for_good(db: Session, message: Message) -> None:
    if message.purpose == "crisis":
        outbox.undelivered(db, message)


def _unreachable(db: Session, message: Message) -> None:
    if message.conversation.address.unreachable_at is None:
        message.conversation.address.unreachable_at = clock.now()
        messages.mark(db, message.conversation, wording.say("marker.unreachable"))


def _stopped(db: Session, message: Message) -> None:
    if message.conversation.address.stopped_at is None:
        addresses.stop(db, message.conversation, by="provider")
        messages.mark(db, message.conversation, wording.say("marker.stopped"))
