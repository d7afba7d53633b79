"""What is told in answer to our own questions about danger: outright, late, or setting right whom it is about."""

from __future__ import annotations

import re
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, crisis, safety, wording
from bot.conversations import asking, choices, handoffs, messages
from bot.gateway import keywords
from bot.models import Choice, Message

#: What marks, in a stored message's `error`, the button that was pressed: the choice's id follows.
CHOICE = "choice:"
#: A yes to "are you thinking about suicide?" is danger, answered at once as if the screen had heard it.
SAID_YES = safety.Verdict(safety="suicide", kind="suicide", about="self", strength="strong", rule="said_yes")
#: A yes to "could they be thinking about suicide?"
SAID_YES_OF_ANOTHER = replace(SAID_YES, about="other")
#: Questions without a yes and a no under them, by their sentence: which plain answer means danger, and how it is taken.
#: Whoever answers "has someone taken too much?" with "aye" has not said who.
_UNSAFE = safety.Verdict(safety="abuse", kind="partner", about="self", strength="strong", rule="said_not_safe")
_UNWELL = safety.Verdict(safety="emergency", kind="emergency", about="self", strength="strong", rule="said_yes")
_TOO_MUCH = replace(_UNWELL, kind="overdose", about="other")
ASKED_OUTRIGHT = {
    "crisis.partner.weak.first": (crisis.NO, _UNSAFE),
    "crisis.call_for_help.weak.first": (crisis.NO, replace(_UNWELL, kind="call_for_help", rule="said_not_safe")),
    "crisis.withdrawal.weak.first": (crisis.YES, replace(_UNWELL, kind="withdrawal")),
    "crisis.poisoning.other.first": (crisis.YES, _UNWELL),
    "crisis.emergency.weak.first": (crisis.YES, _UNWELL),
    "crisis.emergency_doubt.weak.first": (crisis.YES, _UNWELL),
    "crisis.overdose.weak.first": (crisis.YES, _TOO_MUCH),
    "crisis.overdose_doubt.weak.first": (crisis.YES, _TOO_MUCH),
}
#: The rules that these verdicts name.
RULES = frozenset({SAID_YES.rule, _UNSAFE.rule})

#: "aye am thinkin it", minutes after the question was passed over.
_YES = re.compile(
    r"^(?:\W*(?:aye|yes|yeah|ye|ok|well|right|fine|a|i|ah|said|telt|told|you)\b)*\W*"
    r"(?:i'?m|am|a'?m|i am|ah'?m|i|a|ah)?\s*(?:been )?(?:think|thinkin|thinking|thought)\s"
    r"(?:about |aboot |of |on )?(?:it|suicide|endin\w* it|killin\w* masel\w*)\b",
    re.IGNORECASE,
)
_BEGINS_WITH_YES = re.compile(r"^\W*(?:aye|yes|yeah|ye)\b", re.IGNORECASE)
#: What makes it something else: "yes thinking about it, the class".
_ELSE = re.compile(r"\b(?:class|session|course|group|book|place|job|flat|\w+day)\b", re.IGNORECASE)
#: "it's me am talkin aboot, no ma sister".
_ME = re.compile(
    r"\b(?:it'?s|it is|meant|mean|about|aboot|talkin\w* (?:about|aboot|of)) (?:me|mysel\w*|masel\w*)\b|"
    r"\b(?:i'?m|am|a'?m|i am) the (?:one|wan|yin) (?:that|who|wha|thats|that's)\b",
    re.IGNORECASE,
)
_NOT_ME = re.compile(
    r"\b(?:not|no|nae|isn'?t|isnae|never) (?:about |aboot )?(?:me|mysel\w*|masel\w*)\b", re.IGNORECASE
)
#: Texts of more words tell something besides.
_FEW = 16


def outright(db: Session, message: Message) -> safety.Verdict | None:
    """The danger in a plain answer to one of ASKED_OUTRIGHT, asked with the last thing we said and within the hour.

    Where an ordinary answer came after the question, what picks something under it is meant for that.
    """
    if (message.error or "").startswith(CHOICE):
        return None  # a button says what it is the answer to
    last = messages.last_said(db, message.conversation_id, message.id)
    if last is None or clock.now() - last.created_at > asking.SHAKEN:
        return None
    asked = [m.body for m in messages.replies_to(db, last.reply_to or 0) if m.purpose == "crisis"]
    if not asked or last.purpose != "crisis" and choices.pick(db, message.conversation, message.body) is not None:
        return None
    plain = keywords.for_rasa(message.body)
    for sentence, (dangerous, verdict) in ASKED_OUTRIGHT.items():
        if any(body.startswith(wording.say(sentence)) for body in asked):
            said = crisis.safe(plain) if dangerous == crisis.NO else crisis.answer(plain)
            return verdict if said == dangerous else None
    return None


def late(db: Session, message: Message) -> safety.Verdict | None:
    """A yes to the question about suicide within the hour, when it can no longer be picked; or that the danger which we
    took for somebody else's is their own. None for any other message."""
    text = message.body or ""
    if message.kind != "text" or len(text.split()) > _FEW:
        return None
    if _YES.match(text) and _BEGINS_WITH_YES.match(text) and not _ELSE.search(text) and _asked_lately(db, message):
        return SAID_YES
    if _ME.search(text) and not _NOT_ME.search(text) and _took_for_another(db, message):
        close = safety.close_at_hand(text)
        return replace(SAID_YES, kind="plan") if close else SAID_YES
    return None


def _asked_lately(db: Session, message: Message) -> bool:
    since = clock.now() - asking.SHAKEN
    asked = (
        sa.select(Choice.id)
        .join(Message, Message.id == Choice.message_id)
        .where(
            Choice.conversation_id == message.conversation_id, Message.created_at > since,
            Choice.payload.in_([crisis.YES, crisis.YES_OTHER]),
        )
    )  # fmt: skip
    return db.execute(asked.limit(1)).first() is not None


def _took_for_another(db: Session, message: Message) -> bool:
    found = handoffs.current(db, message.conversation_id)
    if found is None or found.reason != "crisis_other":
        return False
    return asking.spoke_of_danger(db, message.conversation)
