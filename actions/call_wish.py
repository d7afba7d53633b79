"""When somebody wants to be rung: said beside the wish, changed as long as nobody has rung, and asked after.

They are told what is asked for, never that it will be so: a worker rings when one is free.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import underway
from actions.speech import Pair, Speech
from actions.stores import conversation_of, database
from bot import clock, wording
from bot.conversations import call_backs, call_wishes, handoffs, messages

if TYPE_CHECKING:
    from actions.turn import Turn

_OTHER: tuple[Pair, ...] = underway.TIMES[-1:]

#: What `last_said` is while a call is spoken of.
CALL = "call"

_RING = r"(?:(?:phone |fone )?call(?!ed\b)\w*|phon\w+|fon(?:e|in)\w*|ring\w*|bell|buzz)"
#: What is said of a call, and what says that it is about something and not when.
_RINGING = re.compile(rf"\b{_RING}\b(.{{0,60}})", re.IGNORECASE | re.DOTALL)
_ABOUT = re.compile(r"\b(?:about|aboot|for|fur|cos|because|re|regarding)\b", re.IGNORECASE)
_ANY_TIME = re.compile(r"\b(?:any ?time|whenever|ony ?time)\b", re.IGNORECASE)
_FREE = re.compile(r"\b(?:free|aff|off|in the hoose|home|hame|available|after|efter)\b", re.IGNORECASE)
#: The time is to be another one.
_CHANGES = re.compile(
    r"\b(?:instead|mak it|make it|chang\w*|chynge|move|shift|swap|no \d|not \d|needs? (?:to|tae) be|better|"
    r"rather|wrong time|(?:cannae|canny|can'?t|cant|cannot) (?:do|dae|make|mak|talk|answer))\b",
    re.IGNORECASE,
)
#: It is of something else that has a time.
_ELSEWHERE = re.compile(
    r"\b(?:sessions?|class(?:es)?|groups?|course|booking|book(?:ed)?|appointment|doctor|gp|dwp|"
    r"job ?centre|lawyer|solicitor|squad (?:time|start))\b",
    re.IGNORECASE,
)
#: "Is somebody phoning me or no", "whit time are they phonin".
_ASKS = re.compile(
    rf"\b(?:(?:is|are|am|will|wull|gonna|gonnae|did|does|has|huv|have|when|wh?[ai]t time|wit time)\b.{{0,25}}"
    rf"\b{_RING}\b|(?:my|ma|the|that) (?:phone )?call\b.{{0,25}}\b(?:happening|happenin|still|booked|sorted|when|on|"
    r"coming|comin))",
    re.IGNORECASE,
)

#: It is they who ring, or another who is rung.
_OTHERS_RING = re.compile(
    r"\b(?:will|wull|can|kin|could|should|if|when|am|are|is) (?:i|a|ah|we)\b.{0,12}"
    r"\b(?:call|phone|fone|ring)\b|\b(?:ring|phone|call)\w* (?:him|her|the|my|ma)\b",
    re.IGNORECASE,
)
#: Whether they will be rung for sure: not "did you ask them".
_WILL = re.compile(
    rf"\b(?:will|wull|is|are|am i|am a|gonna|gonnae|gonny|going (?:to|tae))\b.{{0,30}}\b{_RING}\b|"
    rf"\b(?:def\w*|for sure|promise|guarantee\w*|certain)\b.{{0,30}}\b{_RING}\b",
    re.IGNORECASE,
)
#: "Wit if a miss it", "what if am at ma work when they phone".
_MISSES = re.compile(
    r"\b(?:if|when|and|cos|incase|in case)\b.{0,20}\b(?:miss(?:ed)?\b|(?:can'?t|cannae|canny|cannot|don'?t|dinnae|"
    r"dinny|didn'?t|didnae|no|not) (?:\w+ )?(?:answer|pick|hear|get (?:to|tae)|in|there|aboot|free)\b|"
    r"(?:phone|fone|battery)(?:'?s| is)? (?:\w+ )?(?:aff|off|deid|dead)\b|at (?:my |ma )?work\b)|"
    r"\b(?:a|i|ah) miss (?:it|the (?:phone )?call|them|yous?|their call)\b",
    re.IGNORECASE,
)
#: "Dont leave a message", "nae voicemails": a statement, or asked whether it is so.
_NO_VOICEMAIL = re.compile(
    r"\b(?:don'?t|dinnae|dinny|do not|no (?:to|tae)|not (?:to|tae)|never|won'?t|wont|wullnae|willnae|will not|"
    r"no gonna|no gonny|no gonnae|nae|no)(?: \w+){0,2}? "
    r"(?:(?:leave|leavin\w*|put)(?: (?:a|any|ony|nae|no|me))* (?:message|msg|voice ?mail|voice message)|"
    r"voice ?mails?|voice messages?|answer ?machine)",
    re.IGNORECASE,
)


def asked_for(text: str) -> call_wishes.Wish | None:
    """When somebody wants to be rung, where they say so beside the wish."""
    found = _RINGING.search(text)
    if found is None or _ABOUT.search(found[1]):
        return None
    if _ANY_TIME.search(found[1]):
        return call_wishes.Wish("any", None, None)
    wish = call_wishes.read(found[1], clock.today())
    return wish if wish or not _FREE.search(text) else call_wishes.read(text, clock.today())


def arrange(turn: Turn, speech: Speech, wish: call_wishes.Wish) -> None:
    """Keep when, and say what is asked for; where only the day was named, the time of day is asked."""
    if (words := keep(turn, speech, wish)) is None:
        return
    key, choices = ("asked_at", _OTHER) if wish.part else ("asked_day", underway.TIMES)
    speech.say_text(wording.say(f"call.{key}", part=words, when=underway.staff_hours()), choices)


def keep(turn: Turn, speech: Speech, wish: call_wishes.Wish) -> str | None:
    """Keep when it is safe to ring, as it is said back; None where the number is asked for next, because Telegram
    tells us none."""
    with database().write() as db:
        conversation = conversation_of(db, turn)
        wanted = call_backs.set_wish(db, conversation, wish)
        words = call_backs.said(wanted)
        lacking = conversation.address.channel == "telegram" and not wanted.number
        if lacking and wanted.part:
            call_backs.await_number(db, conversation)
    if not lacking or not wish.part:
        return words
    if wish.part != "any":
        speech.say_text(wording.say("gateway.call_number_next", part=words))
    else:
        speech.say("call_which_number")
    return None


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Change the time of a call that is asked for, or say how it stands; None, and nothing said, for anything else, or
    where no call is asked for."""
    of_the_call = _RINGING.search(turn.typed) is not None
    spoken_of = turn.slots.get("last_said") == CALL  # else "thursday instead" may be of a session
    if (told := _beside_it(turn, speech, of_the_call or spoken_of)) is not None:
        return told
    asks, wish = _ASKS.search(turn.typed) is not None and turn.intent != "call_me", None
    if (of_the_call or (spoken_of and _CHANGES.search(turn.typed))) and not _ELSEWHERE.search(turn.typed):
        wish = call_wishes.read(turn.typed, clock.today())
    if (wish is None and not asks) or (turn.intent == "call_me" and not _CHANGES.search(turn.typed)):
        return None
    with database().read() as db:
        found = call_backs.wanted(db, turn.conversation_id)
        if found is None:
            return None
        before = call_backs.said(found)
    if wish is not None:
        words = keep(turn, speech, wish)
        with database().write() as db:
            conversation = conversation_of(db, turn)
            handoffs.open_for(db, conversation, "call_me")  # back on the list, though it was read or closed before
            when = call_backs.said(call_backs.open_for(db, conversation))
            messages.mark(db, conversation, wording.say("marker.call_time", part=when))
        if words is not None:
            key = "time_changed" if before else "asked_at"
            speech.say_text(wording.say(f"call.{key}", part=words, when=underway.staff_hours()))
        return [SlotSet("last_said", CALL)]
    return None if underway.say(turn, speech) is None else [SlotSet("last_said", CALL)]


def _beside_it(turn: Turn, speech: Speech, of_it: bool) -> list[EventType] | None:
    """What is asked or told of the call that is asked for, besides when; None, and nothing said, for anything else."""
    text = turn.typed.replace("\u2019", "'")
    quiet = _NO_VOICEMAIL.search(text) is not None
    misses = of_it and _MISSES.search(text) is not None and _ELSEWHERE.search(text) is None
    will = _WILL.search(text) is not None and _OTHERS_RING.search(text) is None
    if not (quiet or misses or will) or (not quiet and call_wishes.read(text, clock.today())):
        return None
    with database().read() as db:
        found = call_backs.wanted(db, turn.conversation_id)
        part = call_backs.said(found) if found is not None else ""
        waits = found is not None and underway.of(db, turn.conversation_id, "call_me") is not None
    if found is None or (will and not waits and not (quiet or misses)):
        return None
    if quiet:
        note = wording.say("marker.no_voicemail")
        with database().write() as db:
            conversation = conversation_of(db, turn)
            open_ = handoffs.current(db, conversation.id)
            if open_ is None or note not in (open_.note or ""):
                handoffs.open_for(db, conversation, "call_me", note=note)
                messages.mark(db, conversation, note)
    key = "no_voicemail" if quiet else "missed_it" if misses else "no_promise" if part else "no_promise_yet"
    times = underway.TIMES if key == "no_promise_yet" else ()
    speech.say_text(wording.say(f"call.{key}", **_facts(key, part)), times)
    return [SlotSet("last_said", CALL)]


def _facts(key: str, part: str) -> dict[str, str]:
    if not key.startswith("no_promise"):
        return {}
    return {"when": underway.staff_hours()} | ({"part": part} if part else {})
