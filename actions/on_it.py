"""Whether they are on a session, off it, or waiting for it: "am a in the money wan", "did ye take me aff it"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet

from actions.search import Search
from actions.slots import forget_forms
from actions.speech import Speech
from actions.stores import database
from actions.title_words import telling
from bot import clock, wording
from bot.programme import bookings, people, sessions
from bot.programme.bookings import BookingView
from bot.programme.sessions import SessionView

if TYPE_CHECKING:
    from actions.turn import Turn

_A_SESSION = (
    r"(?:the |that |this |ma |my )?(?:\w+ ){0,4}"
    r"(?:wan|one|yin|class|session|group|course|thing|hing|list|walk|talk)"
)
_OFF = re.compile(
    r"\b(?:(?:did|have|huv|hiv|has) (?:ye|you|u|yous|youse) (?:\w+ )?"
    r"(?:cancel\w*|(?:take|taken|took|tak|tk|tuik|get|git) (?:me|it|that|ma|my|us))\b|"
    r"(?:am|um|is that) (?:i|a|ah|me) (?:\w+ )?"
    rf"(?:cancelled|(?:aff|off|oot|out)(?: (?:it|that|(?:of |ae )?{_A_SESSION}))?\W*$)|"
    r"is (?:it|that|(?:the|ma|my) (?:\w+ ){0,3}(?:wan|one|class|session)) (?:cancelled|cancelt|aff the list))",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(?:(?:am|um|is that) (?:i|a|ah|me) (?:\w+ ){0,2}?"
    rf"(?:booked|buked|signed up|(?:in|on|oan|doon|down|still)(?: (?:in|on|oan|for|fur))*(?: {_A_SESSION}\b|\W*$))|"
    r"(?:did|have|huv|hiv|has) (?:ye|you|u|yous|youse) (?:\w+ )?(?:put|pit|booked?|buked?|sign(?:ed)?) "
    r"(?:me|it|that|us)\b|"
    r"(?:have|huv|hiv|do|dae) (?:i|a|ah) (?:still )?(?:have |huv |got |goat )?(?:a )?(?:place|space|spot)\b|"
    r"(?:wan|one|class|session) (?:as well|anaw|an aw|too|still) (?:is it|in it|int it)\W*$)",
    re.IGNORECASE,
)
#: Somebody else's place, which is not ours to book.
_THEIRS = re.compile(
    r"\b(?:is|are|wis|was) (?:she|he|her|him|they|(?:ma|my) (?!self)\w+|the (?:wife|wean|burd)) (?:\w+ )?"
    r"(?:booked|buked|signed up|(?:doon|down) for (?:it|that)|on the list|"
    r"(?:in|on|oan)(?: it)? (?:or (?:no|not|naw)|as well|anaw|an aw|too|wi me))\b|"
    r"\b(?:did|have|huv) (?:ye|you|u) (?:book|buk|put)(?:ed)? (?:her|him|them|us both|(?:ma|my) \w+)\b",
    re.IGNORECASE,
)
_WAITING = re.compile(r"\bwait(?:in|ing|en)?[ -]?list\b", re.IGNORECASE)
#: Lists that are not ours.
_ELSEWHERE = re.compile(
    r"\b(?:nhs|gp|doctors?|hospital|rehab|detox|house|hoose|housing|flat|council|camhs|counsell\w*|therap\w+|"
    r"psych\w+|dentists?|surgery|operation|scan|"
    r"adhd|autism|assessment|clinic|cpn|treatment|methadone|script|mental health team)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\b(?:put|pit|add|stick|get|join|sign|tak|take|want|can i|kin a|is there|how long is)\b", re.IGNORECASE
)


def asks(text: str) -> bool:
    """Whether a message asks whether somebody has a place, is off the list, or how the waiting list stands."""
    return _of_a_waiting_list(text) or any(p.search(text) for p in (_OFF, _ON, _THEIRS))


def asks_if_off(text: str) -> bool:
    """Whether it asks whether they are off the list; to be taken off is another matter."""
    return _OFF.search(text) is not None


def is_elsewhere(text: str) -> bool:
    """Whether a list is one of theirs that are not ours: of a surgery, of the housing."""
    return _ELSEWHERE.search(text) is not None


def _of_a_waiting_list(text: str) -> bool:
    return _WAITING.search(text) is not None and not (_JOINS.search(text) or _ELSEWHERE.search(text))


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say how it stands with the session that is named; None, and nothing said, where none is, or nothing is asked."""
    if not turn.typed or not asks(turn.typed):
        return None
    if _THEIRS.search(turn.typed):
        speech.say_text(wording.say("practical.two"))
        return []
    with database().read() as db:
        held = bookings.bookings_of(db, people.person_of(db, turn.conversation_id))
        open_now = sessions.open_sessions(db)
    if _of_a_waiting_list(turn.typed):
        return _say_waiting(speech, [b for b in held if b.status in ("waiting", "offered")])
    said = Search.of(turn)
    mine = [b for b in held if is_named(b.session, turn.typed, said)]
    if mine:
        for booking in mine:
            speech.say_text(state(booking))
        return []
    others = [s for s in open_now if is_named(s, turn.typed, said)]
    if not others:
        return None
    titles = {s.title for s in others}
    if len(titles) > 1:
        if turn.loop is None and said.topic is not None:  # "so am a booked on the money wan or no"
            speech.say_text(wording.say("underway.not_on_any"))
            return [FollowupAction("action_list_sessions")]
        speech.say_text(wording.say("underway.not_on_one"))
        return []
    speech.say_text(wording.say("underway.not_on", title=titles.pop()))
    if _OFF.search(turn.typed) or turn.loop == "booking_form":
        return []
    start = [SlotSet("search", Search(topic=others[0].topic).as_slot())] if len(others) > 1 else []
    one = SlotSet("booking_session", others[0].id if len(others) == 1 else None)
    return [ActiveLoop(None), *forget_forms(), *start, one, FollowupAction("booking_form")]


def state(booking: BookingView) -> str:
    """How it stands with a booking, in a sentence."""
    view = booking.session
    facts = {"title": view.title, "day": clock.day_words(view.starts_at), "time": clock.time_words(view.starts_at)}
    if booking.status == "waiting":
        return wording.say("underway.waiting", ahead=booking.ahead or 0, **facts)
    if booking.status == "offered" and booking.offer_expires_at is not None:
        return wording.say("underway.offered", until=clock.time_words(booking.offer_expires_at), **facts)
    return wording.say("underway.has_place", **facts)


def _say_waiting(speech: Speech, waiting: Sequence[BookingView]) -> list[EventType]:
    for booking in waiting:
        speech.say_text(state(booking))
    if not waiting:
        speech.say_text(wording.say("underway.not_waiting"))
    return []


def is_named(view: SessionView, text: str, said: Search) -> bool:
    """Whether a message speaks of this session: by its title, whom it is for, its topic, its place or its day."""
    if telling(text) & telling(view.title):
        return True
    if said.audience is not None:
        return view.audience == said.audience
    if said.area is not None:
        return view.area == said.area
    if said.topic is not None:
        return view.topic == said.topic
    day = clock.london(view.starts_at).date().isoformat()
    return said.start is not None and said.start <= day <= (said.end or said.start)
