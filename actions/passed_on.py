"""Whether it was passed on that somebody is ill or cannot make their shift: answered from what was done.

Whoever thinks that their worker knows, and rings nobody, may be breached for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import underway
from actions.speech import Pair, Speech, option
from actions.stores import conversation_of, database
from bot import clock, wording
from bot.conversations import asking, handoffs

if TYPE_CHECKING:
    from actions.turn import Turn

#: What `last_said` begins with after the offer: its kind and the message that would be passed on stand behind it.
_OFFERED = "absence"
KINDS = ("ill", "shift")
#: What `last_said` is once it was passed on.
PASSED = "passed_on"
#: So long after it "did you pass it on" is about it.
_LATELY = timedelta(days=7)
#: So many seconds after the offer "pass it on" is still about it, whatever was asked between; unless of one of these.
_TALK = 3600.0
_OF_SOMETHING_ELSE = ("feedback", "complaint", "delete_my_data", "call")

_STAFF = (
    r"(?:(?:the |your |yer |my |ma )?(?:staff|workers?|office|boss|squad|supervisor|gaffer|case manager)|"
    r"them|they|some(?:body|one)|sumdy|any(?:body|one))"
)
#: What it was about: "did u pass on aboot me bein late".
_OF_IT = (
    r"(?:(?:that )?(?:i'?m|am|a'm|i|a|ah|me|ma|my)\b.{0,12}\b(?:late|ill|no well|sick|off|aff|missin\w*|shift|squad))"
)
_IT = r"(?:it|that|this|(?:my|ma|the) (?:\w+ )?(?:message|msg|text|txt))"
_ASKS = re.compile(
    r"\b(?:"
    rf"(?:did|have|has|huv|hiv|are|will|wid) (?:you|ye|u|yous|youse)\b.{{0,12}}\b(?:pass\w*|sen[dt]\w*|"
    rf"forward\w*|tell|told|telt)"
    rf" (?:{_IT}|{_STAFF})\b|"
    rf"(?:did|have|has|huv|hiv) (?:you|ye|u|yous|youse)\b.{{0,12}}\b(?:pass\w*|sen[dt]|tell|telt|told)"
    rf"(?: (?:it|on|oan|about|aboot|{_STAFF}))* {_OF_IT}\b|"
    rf"(?:did|has|is|wis|was|does) {_IT} (?:been |get |got |bein |being )?(?:go|goes|gone|went|pass\w*|sent|"
    rf"send|get|got|reach\w*|"
    rf"through|read|seen)\b|"
    rf"(?:did|do|does|dis|have|has|huv|dae) {_STAFF} (?:get|got|hear|know|ken|see|seen|read)"
    rf"(?: (?:about|aboot|on|oan))? (?:{_IT}|{_OF_IT})\b|(?:is|wis|was) {_IT} passed)",
    re.IGNORECASE,
)

_PASS_IT = re.compile(
    r"^\W*(?:(?:aye|yes|yeah|yep|ok|okay|please|pls|actually|naw|no|well|then|can (?:you|ye)|could (?:you|ye))\W+)*"
    r"(?:pass (?:it|that|this)(?: on| oan| along)?|tell (?:them|staff|the staff))"
    r"(?:\W+(?:then|please|pls|aye|for me|tae staff|to staff|pal|mate|thanks|ta))*\W*$",
    re.IGNORECASE,
)

#: The same among other words: "naw am no wantin a person. aye pass it on to the staff then".
_PASS = re.compile(
    r"\b(?:pass|send|forward)(?: (?:it|that|this|(?:that |this |the |ma |my )?(?:message|msg|text|txt)))? "
    r"(?:on|oan|along)\b|\blet (?:the |your |yer )?(?:staff|workers?|them|some(?:body|one)) (?:know|ken)\b|"
    r"\b(?:pass|send) (?:it|that|this) (?:to|tae)\b|\btell (?:the |your |yer )?staff\b",
    re.IGNORECASE,
)
#: In the same clause these ask about it, or say that it is not to be.
_NO_WISH = re.compile(
    r"\b(?:no|naw|not|dont|don'?t|dinnae|dinny|never|if|did|have|has|will|wid|would|should|when|what|whit|wit|who|why|"
    r"how|are|is)\b.{0,20}$",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[.!?;,\n]+|\b(?:but|and|aye|yes)\b", re.IGNORECASE)


def wants_it_passed(text: str) -> bool:
    """Whether a message says that it is to be passed on, whatever stands beside it."""
    clauses = _CLAUSES.split(text.replace("\u2019", "'"))
    found = ((clause, _PASS.search(clause)) for clause in clauses)
    wished = any(at is not None and _NO_WISH.search(clause[: at.start()]) is None for clause, at in found)
    return _PASS_IT.match(text) is not None or wished


def offered(kind: str, said: Sequence[int]) -> str:
    """What `last_said` is after "shall I pass it on?"."""
    return ":".join([_OFFERED, kind, *(str(number) for number in said)])


def choices(kind: str, said: Sequence[object]) -> list[Pair]:
    """Under the offer."""
    return [("Pass it on", option(_OFFERED, kind, 1, *said)), ("No thanks", option(_OFFERED, kind, 0))]


def offer(turn: Turn, kind: str) -> tuple[list[Pair], list[EventType]]:
    """What stands under the offer to pass on what was just written, and the event that remembers it."""
    said = [turn.message_id] if turn.typed and turn.message_id else []  # what is passed on, if they say so
    return choices(kind, said), [SlotSet("last_said", offered(kind, said))]


def answer(turn: Turn, speech: Speech, kind: str, yes: bool, said: Sequence[str] = ()) -> list[EventType]:
    """Pass it to staff, or not. That somebody has read it is told by whoever reads it, not now."""
    if not yes:
        speech.say("absence_kept")
        return []
    with database().write() as db:
        conversation = conversation_of(db, turn)
        note = next((words for number in said if (words := handoffs.words_of(db, conversation, int(number)))), None)
        handoffs.open_for(db, conversation, kind, note=note or handoffs.last_words(db, conversation))
    speech.say("absence_passed", when=underway.staff_hours())
    return [SlotSet("last_said", PASSED)]


def _offered_before(turn: Turn) -> list[str] | None:
    """The offer that was made in this talk and that nobody has answered, though something else was asked since."""
    for event in reversed(turn.events):
        if clock.now().timestamp() - float(event.get("timestamp") or 0) > _TALK:
            return None
        if event.get("event") == "slot" and event.get("name") == "last_said":
            said = str(event.get("value") or "").split(":")
            if said[0] in (_OFFERED, PASSED):
                return said if said[0] == _OFFERED and not _picked_since(turn, event) else None
    return None


def _picked_since(turn: Turn, offer: object) -> bool:
    """Whether the offer was answered: a no leaves `last_said` as it was."""
    since = turn.events[turn.events.index(offer) :]
    return any(e.get("event") == "user" and "absence:" in str(e.get("text") or "") for e in since)


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say whether it was passed on; None, and nothing said, where that is not asked, or there was nothing to pass."""
    last = str(turn.slots.get("last_said") or "").split(":")
    if last[0] not in (_OFFERED, *_OF_SOMETHING_ELSE) and (before := _offered_before(turn)):
        last = before
    wanted = wants_it_passed(turn.typed)
    if last[0] == _OFFERED and wanted:  # said later than the offer too
        return answer(turn, speech, last[1], True, last[2:])
    if not _ASKS.search(turn.typed) and not (wanted and last[0] == PASSED):
        return None
    if last[0] == _OFFERED:
        speech.say_text(wording.say("absence.not_yet"), choices(last[1], last[2:]))
        return []
    with database().read() as db:
        found = handoffs.last(db, turn.conversation_id)
        since = (clock.now() - _LATELY).isoformat()
        passed = found is not None and any(reason in KINDS and at > since for reason, at in found.reasons)
        seen = found is not None and found.seen_at is not None
        if passed and asking.still_shaken(db, conversation_of(db, turn), clock.now()):
            return None
    if not passed:
        return None
    speech.say_text(wording.say("absence.read" if seen else "absence.passed", when=underway.staff_hours()))
    return []
