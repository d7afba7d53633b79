"""One turn, as far as the database goes: what is stored, what is decided before Rasa, what is said after it.

Each function runs inside one transaction of the caller's, and none of them talks to the network.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from bot import clock, crisis, wording
from bot.conversations import (
    addresses,
    asking,
    call_backs,
    call_offs,
    choices,
    corrections,
    handoffs,
    link_codes,
    messages,
    outbox,
    picks,
    readings,
)
from bot.conversations.hours import OfficeHours
from bot.db import lock
from bot.gateway import danger, flood, keywords, picking, staff_line, underway
from bot.gateway.danger import CHOICE
from bot.gateway.parts import Ask, Inbound, Reply
from bot.models import Choice, Conversation, Message

#: An unanswered message opens a hand-off after this long ...
HANDOFF_AFTER = timedelta(minutes=5)
#: ... and after this long an answer makes no sense any more: a person reads it instead.
TOO_OLD = timedelta(hours=4)
RETRY_AFTER = timedelta(seconds=5)

#: What came instead of words → the sentence that says so.
_MEDIA = {
    "voice": "voice", "audio": "voice", "photo": "photo", "video": "photo", "file": "file", "location": "location",
    "contact": "contact", "sticker": "sticker",
}  # fmt: skip


def accept(db: Session, inbound: Inbound, hours: OfficeHours, said: Sequence[str] = ()) -> messages.Received:
    """Store an inbound message and, if it speaks of danger, answer that at once, in the same transaction.

    The screen runs on every message in every state: in a form, with staff, after STOP. What it says needs neither Rasa
    nor actions. A redelivery changes nothing. What comes from a worker's linked phone is none of this: see staff_line.
    """
    if (staffs := staff_line.take(db, inbound)) is not None:
        return staffs
    if underway.of_somebody_erased(db, inbound):
        return messages.Received(None, None, True)
    received = messages.receive(
        db,
        channel=inbound.channel,
        address=inbound.address,
        external_id=inbound.external_id,
        text=inbound.text,
        kind=inbound.kind,
        at=inbound.at,
    )
    if received.duplicate:
        return received
    message = db.get(Message, received.message_id)
    conversation = message.conversation
    conversation.address.unreachable_at = None  # whoever writes can be reached
    outbox.in_reach(db, conversation.id)
    if inbound.choice_id is not None:
        message.error = f"{CHOICE}{inbound.choice_id}"
        chosen = db.get(Choice, inbound.choice_id)
        if chosen is not None and chosen.conversation_id == conversation.id:
            message.body = chosen.label
    elif inbound.edits:
        corrections.supersede(db, message, inbound.edits)
    elif inbound.replies_to:
        _pick_from(db, message, inbound.replies_to)
    recent = messages.recent_texts(db, conversation.id, message.id)
    verdict = danger.heard(db, message, inbound.text, recent)
    if said and verdict is not None and verdict == danger.screened(inbound.text):
        danger.answer(db, conversation, message, verdict, hours, said)
        return received
    if said:
        danger.write_down(db, message, said)
    if verdict is not None and verdict.rule not in danger.SAID and danger.waits(conversation, inbound.text, recent):
        message.error = messages.DOUBT
    elif verdict is not None:
        danger.answer(db, conversation, message, verdict, hours)
    return received


def _pick_from(db: Session, message: Message, provider_id: str) -> None:
    """A number sent as a reply to a list picks from that list, not from the newest one."""
    answered = outbox.in_conversation(db, message.conversation_id, provider_id)
    if answered is not None:
        picked = choices.among(choices.of_message(db, answered.id), message.body)
        if picked is not None:
            message.error = f"{CHOICE}{picked.id}"


def prepare(db: Session, message: Message, hours: OfficeHours) -> Ask | None:
    """Decide about a claimed message before Rasa: answer it here and settle it (None), or say what to ask Rasa."""
    doubted = danger.waiting(message)
    ask = _decided(db, message, hours)
    if doubted and (ask is None or ask.text.startswith("/")):  # Rasa will not weigh the words
        danger.ask_after_all(db, message, hours)
    return ask


def _decided(db: Session, message: Message, hours: OfficeHours) -> Ask | None:
    """What `prepare` does with a message, any doubt about it left aside."""
    conversation = message.conversation
    text, now = message.body, clock.now()
    strong_danger = message.purpose == "crisis" and (message.error or "").startswith("crisis_")
    if strong_danger:
        return Ask(message.id, conversation.id, f"/{message.error}", silent=True)
    if message.attempts > messages.MAX_ATTEMPTS:  # claimed again and again and never finished: it breaks the worker
        _set_aside(db, message, hours)
        return None
    if keywords.is_stop(text, message.channel):
        addresses.stop(db, conversation)
        messages.mark(db, conversation, wording.say("marker.stopped"))
        _say(db, message, "gateway.stopped", purpose="farewell")
        messages.settle(db, message)
        return None
    stopped, left_out = conversation.address.stopped_at is not None, conversation.person.without is not None
    if keywords.is_start(text, message.channel, stopped) or (left_out and keywords.word(text) in keywords.START):
        addresses.start(db, conversation)
        messages.mark(db, conversation, wording.say("marker.started"))
        _say(db, message, "gateway.started", purpose="notice")
        messages.settle(db, message)
        return None
    if (code := link_codes.code_in(text)) is not None:
        _link(db, message, code, hours)
        return None
    if conversation.taken_by is not None:
        messages.settle(db, message, "with_staff")
        return None
    if now - message.created_at > TOO_OLD:
        _say(db, message, "gateway.too_old", when=hours.when_words(now))
        handoffs.open_for(db, conversation, "assistant_down")
        messages.settle(db, message, "failed", "too_old")
        return None
    if flood.too_many(db, message):
        if not flood.was_told(db, message):
            _say(db, message, "gateway.too_many")
        messages.settle(db, message, "answered", flood.TOO_MANY)
        return None
    if corrections.too_late(db, message):
        _say(db, message, "gateway.edited")
        messages.settle(db, message)
        return None
    if danger.said_when_asked(db, message) == crisis.NO:
        danger.said_no(db, message)
        messages.settle(db, message)
        return None
    if danger.took_back(db, message, hours):
        messages.settle(db, message)
        return None
    if (beside := danger.put_right(db, message)) is not None:
        danger.stand_corrected(db, message, beside)
        if beside:
            return Ask(message.id, conversation.id, beside)
        messages.settle(db, message)
        return None
    if message.kind not in ("text", "choice", "edit") and not keywords.for_rasa(text):
        _say(db, message, f"gateway.{_MEDIA.get(message.kind, 'other')}")
        messages.settle(db, message)
        return None
    if message.kind == "text" and call_offs.take(db, conversation, text, message.id):
        if (asks := call_offs.beside(text)) is not None:
            return Ask(message.id, conversation.id, keywords.for_rasa(asks))
        messages.settle(db, message)
        return None
    if message.kind == "text" and (part := call_backs.take_time(db, conversation, text)) is not None:
        _say(db, message, "gateway.call_number_next", part=part)
        messages.settle(db, message)
        return None
    if message.kind == "text" and (part := call_backs.change_time(db, conversation, text)) is not None:
        _say(db, message, "gateway.call_time_changed", part=part)
        messages.settle(db, message)
        return None
    if message.kind == "text" and (number := call_backs.take_number(db, conversation, text)) is not None:
        _read_back(db, message, number)
        return None
    if (message.error or "").startswith(CHOICE):
        chosen = choices.by_id(db, conversation, int(message.error.removeprefix(CHOICE)))
        if chosen is not None:
            return picking.picked(message, chosen)
        _say(db, message, "gateway.old_button")
        messages.settle(db, message)
        return None
    if (picked := choices.pick(db, conversation, text)) is not None:
        return picking.picked(message, picked)
    if message.kind == "text" and (found := picks.with_more(db, conversation, text)) is not None:
        return picking.with_more(db, message, *found)
    if message.kind == "location":  # its body is the name of a district, never a place of one's own
        return Ask(message.id, conversation.id, "/find_service" + json.dumps({"area": text}))
    if (asked := _number_of_nothing(db, conversation, text)) is not None:
        _say(db, message, *asked[:1], **asked[1])
        messages.settle(db, message)
        return None
    if (payload := keywords.payload_for(text)) is not None:
        return Ask(message.id, conversation.id, payload)
    cleaned = danger.for_rasa(message)
    if not cleaned:
        _say(db, message, "gateway.empty")
        messages.settle(db, message)
        return None
    return Ask(message.id, conversation.id, cleaned)


def _link(db: Session, message: Message, code: str, hours: OfficeHours) -> None:
    """A code from staff: whoever sends it is the person it was made for. A worker in the conversation sees it work."""
    conversation = message.conversation
    outcome = link_codes.redeem(db, conversation, code)
    if outcome == link_codes.LINKED:
        for other in link_codes.others(db, conversation):
            messages.say(db, other, wording.say("gateway.linked_elsewhere"), author="system", purpose="notice")
    elif outcome == link_codes.CLASH:
        handoffs.open_for(db, conversation, "asked")
    if conversation.taken_by is not None:
        messages.settle(db, message, "with_staff")
        return
    key = {link_codes.LINKED: "linked", link_codes.CLASH: "link_for_staff"}.get(outcome, "link_refused")
    facts = {"when": hours.when_words(clock.now())} if outcome == link_codes.CLASH else {}
    _say(db, message, f"gateway.{key}", **facts)
    messages.settle(db, message)


def _read_back(db: Session, message: Message, number: str) -> None:
    """A number that is safe to ring: Rasa never sees it, and it is read back before it counts."""
    pairs = [
        (wording.say("call.right"), '/choose{"option": "call:right"}'),
        (wording.say("call.change"), '/choose{"option": "call:other"}'),
    ]
    text = wording.say("call.read_back", number=number)
    messages.say(db, message.conversation, text, author="system", reply_to=message.id, choices=pairs)
    messages.settle(db, message)


def _number_of_nothing(db: Session, conversation: Conversation, text: str) -> tuple[str, dict] | None:
    """A bare number that picks nothing: out of range, or of a set that is closed. None if the text is anything else.

    In a form a number may be an answer in itself ("4" for a score), so there it is left to the form.
    """
    if choices.number(text) is None or conversation.task is not None:
        return None
    rows = choices.open_choices(db, conversation.id)
    if rows and choices.is_a_day(text):  # "the 9th", after a list of two
        return None
    return ("gateway.pick_again", {"last": len(rows)}) if rows else ("gateway.which_number", {})


def conclude(
    db: Session, ask: Ask, replies: Sequence[Reply], hours: OfficeHours, meaning: readings.Meaning | None = None
) -> None:
    """Say what Rasa answered and settle the message, together. With a worker in the conversation nothing is said.

    What Rasa took the message to mean is kept with it.
    """
    message, conversation = _locked(db, ask)
    if message is None or message.status != "answering":
        return  # another worker has settled it meanwhile, or the person was erased
    if ask.silent:
        messages.settle(db, message)
        return
    if meaning is not None:
        understood = all(reply.understood for reply in replies)
        readings.keep(db, message, meaning, guessed=not ask.text.startswith("/"), understood=understood)
    if conversation.taken_by is not None:
        replies = [r for r in replies if r.purpose == "crisis"]
    if message.purpose == "crisis":
        replies = danger.question_first(db, message, replies)
    if ask.picked_of is not None:
        choices.close_of(db, ask.picked_of)
    if all(reply.understood for reply in replies):
        conversation.misunderstood = 0
    due = danger.due_after_the_answer(message)
    asked = [n for n, reply in enumerate(replies) if reply.purpose == "crisis"]
    before = len(replies) if due else max(asked, default=0)
    for n, reply in enumerate(replies):
        messages.say(
            db, conversation, reply.text, purpose=reply.purpose, choices=reply.choices, reply_to=message.id,
            ahead=n < before,
        )  # fmt: skip
    if due:
        danger.ask_after_the_answer(db, message, due, replies, hours)
    messages.settle(db, message, "answered" if conversation.taken_by is None else "with_staff")
    _give_notice(db, conversation, message)
    handoff = handoffs.current(db, conversation.id)
    if handoff is not None and handoff.reason == "assistant_down" and conversation.taken_by is None:
        handoffs.close(db, handoff, how="answered")


def postpone(db: Session, ask: Ask, hours: OfficeHours) -> None:
    """Rasa did not finish the turn: keep the message, say so once, open a hand-off when it has waited too long."""
    message, conversation = _locked(db, ask)
    if message is None or message.status != "answering":
        return
    if ask.silent:  # the person has been answered; there is no form left to close that matters
        messages.settle(db, message, "answered", "rasa_not_told")
        return
    if conversation.taken_by is not None:
        messages.settle(db, message, "with_staff")
        return
    danger.left_alone(db, message, hours)
    if not messages.replies_to(db, message.id):  # once, and not on top of crisis words
        _say(db, message, "gateway.holding_offer" if danger.offer(db, message) else "gateway.holding")
    if clock.now() - message.created_at >= HANDOFF_AFTER:
        handoffs.open_for(db, conversation, "assistant_down")
    messages.put_back(db, message, RETRY_AFTER)


def give_up(db: Session, ask: Ask, hours: OfficeHours) -> bool:
    """Rasa finished the turn with nothing to say or an error. It is never asked again: a person reads it.

    Returns whether anything was missing: not where danger was answered before, or a worker has the conversation.
    """
    message, conversation = _locked(db, ask)
    if message is None or message.status != "answering":
        return False
    if ask.silent:
        messages.settle(db, message, "answered", "rasa_not_told")
        return False
    if conversation.taken_by is not None:
        messages.settle(db, message, "with_staff")
        return False
    danger.left_alone(db, message, hours)
    if any(said.purpose in ("crisis", "farewell") for said in messages.replies_to(db, message.id)):
        # Danger was answered before Rasa was asked, or the action has queued the last text itself: nothing is missing.
        messages.settle(db, message)
        return False
    _fail(db, message, hours, "no_answer")
    return True


def broke_down(db: Session, message_id: int, hours: OfficeHours) -> None:
    """A worker broke down over a message (a fault of ours): it is tried again, and after MAX_ATTEMPTS set aside.

    Without this the fault would undo its own claim, and every worker would take up the same message for ever.
    """
    message = lock(db, Message, message_id)
    if message is None or message.status not in ("received", "answering"):
        return
    if message.status == "received":  # the claim was undone with the rest
        message.attempts += 1
    if message.attempts >= messages.MAX_ATTEMPTS:
        danger.left_alone(db, message, hours)
        _set_aside(db, message, hours)
    else:
        message.status, message.send_after = "received", clock.now() + RETRY_AFTER


def _set_aside(db: Session, message: Message, hours: OfficeHours) -> None:
    if message.purpose == "crisis" or message.conversation.taken_by is not None:  # answered, or a worker reads it
        messages.settle(db, message, "failed", "broke_down")
    else:
        _fail(db, message, hours, "broke_down")


def _fail(db: Session, message: Message, hours: OfficeHours, why: str) -> None:
    handoffs.open_for(db, message.conversation, "assistant_down")
    key = "gateway.failed_offer" if danger.offer(db, message) else "gateway.failed"
    _say(db, message, key, when=hours.when_words(clock.now()))
    messages.settle(db, message, "failed", why)


def _locked(db: Session, ask: Ask) -> tuple[Message | None, Conversation | None]:
    """The message and its conversation, locked; None when their person was erased during the turn."""
    conversation = lock(db, Conversation, ask.conversation_id)
    return lock(db, Message, ask.message_id), conversation


def _give_notice(db: Session, conversation: Conversation, message: Message) -> None:
    """The one notice about the service comes after the first answer, not before it, and not on top of a crisis."""
    now = clock.now()
    shaken = message.purpose == "crisis" or asking.still_shaken(db, conversation, now)
    if conversation.notice_at is None and conversation.taken_by is None and not shaken:
        conversation.notice_at = now
        messages.say(
            db, conversation, wording.say("gateway.notice"), author="system", purpose="notice", reply_to=message.id
        )  # fmt: skip


def _say(db: Session, message: Message, key: str, /, *, purpose: str = "reply", **facts: object) -> None:
    """A sentence of the gateway's own in answer to `message`."""
    messages.say(
        db, message.conversation, wording.say(key, **facts), author="system", purpose=purpose, reply_to=message.id
    )  # fmt: skip
