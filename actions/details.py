"""When and where a session is, for somebody who has a place on it, has it before them, or calls it by its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.speech import Speech
from actions.stores import database
from actions.title_words import telling
from bot import clock, wording
from bot.programme import bookings, needs, people, sessions
from bot.programme.sessions import SessionView

if TYPE_CHECKING:
    from actions.turn import Turn

#: "What time does it finish", "where is it again", "how do i get there", "send me the address for ...".
_ASKS = re.compile(
    r"\b(?:wh?[aio]t time (?:does|dis|is|do|dae|wis|will)|when (?:does|dis|will) (?:it|that|the \w+|my \w+|ma \w+)|"
    r"when(?:'?s| is) (?:it|that|my|ma)\b|how long (?:is|does|dis|will|for)|"
    r"wh(?:ere|aur|are|er)(?:'?s| is| are| abouts?)? "
    r"(?:it|that|this|my|ma|the (?:class|session|group|place|walk|wan|one))\b|"
    r"wh(?:ere|aur|are|er) (?:do|dae|will|should) (?:i|a|ah|we) (?:go|get aff|meet|turn up)\b|"
    r"(?:the )?address\b|directions\b|how (?:do|dae|can|will) (?:i|a|ah|we|you|ye) (?:get|find)\b|"
    r"(?:is there|wh?[aio]t|which|any) (?:a )?bus(?:es)?\b|the bus (?:fae|from|to|tae)\b|"
    r"is (?:it|that) (?:far|near|close)\b|how far\b)",
    re.IGNORECASE,
)
#: The same in fewer words, right after a place was booked: it can only be of that.
_ASKS_AFTER = re.compile(
    r"\b(?:wh(?:ere|aur|are|er)(?:'?s| is)? (?:exactly|aboots?|abouts?|that|it|is it)\b|"
    r"wh?[aio]t (?:street|address|road|building)\b|nae street\b|no street\b|(?:which|wh?[aio]t|is there a) bus\b|"
    r"how (?:(?:do|dae|can|will|to|i|a|ah|we) )+(?:go|get|travel)(?: (?:there|to it|tae it|from|fae|by bus)\b|\W*$)|"
    r"(?:wh?[aio]t|which) (?:time|hour)s? (?:it|does it|dis it|is it)\b|finish(?:es)? (?:at )?(?:wh?[aio]t|when)\b|"
    r"when (?:it |does it |dis it )(?:finish|start|end|stop)\w*|how long is it\b)",
    re.IGNORECASE,
)
#: "Wot bus do i get fae partick", "how do a get tae easterhoose": the way to what was spoken of.
_TRAVELS = re.compile(
    r"\b(?:wh?[aio]t|which|is there|any|the|get) (?:a |the )?(?:bus(?:es)?|train|subway)\b|"
    r"\bhow (?:do|dae|can|will|wid) (?:i|a|ah|we) get (?:there|to|tae|fae|from|it)\b",
    re.IGNORECASE,
)
#: Said of a session that need not be named, as it is the only one spoken of.
_OF_IT = re.compile(r"\b(?:it|that|this|there|session|class|group|again|bus(?:es)?)\b|\baddress\W*$", re.IGNORECASE)
#: Of something else, whatever they are booked on.
_ELSE = re.compile(
    r"\b(?:order|hours|sentence|shifts?|squad|work|court|script|waiting|list|place|clinic|hospital|office)\b",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"\b(?:the|that) (\w+(?: (?:centre|end|side))?) (?:one|wan|yin|class|session|group)\b", re.IGNORECASE
)
#: The longest such question.
_WORDS = 12


def reply_to(turn: Turn, speech: Speech) -> bool:
    """Say when and where the session is that a message asks about; False, and nothing said, where it asks for none."""
    if not turn.typed or not asks(turn.typed):
        return False
    if (view := _meant(turn)) is None:
        return False
    _say(speech, view)
    return True


def _say(speech: Speech, view: SessionView) -> None:
    begins, ends = clock.time_words(view.starts_at), clock.time_words(view.ends_at)
    place = ", ".join(part for part in (view.place, view.address) if part)
    where = f"{place}. {view.directions.rstrip('.')}" if view.directions else place
    when = f"{clock.day_words(view.starts_at)}, {begins} to {ends}"
    speech.say_text(wording.say("session.details", title=view.title, when=when[0].upper() + when[1:], where=where))


def reply_after_booking(turn: Turn, speech: Speech) -> bool:
    """As `reply_to`, right after a place was booked, for fewer words: "where exactly", "how i go there"."""
    text = turn.typed
    if len(text.split()) > _WORDS or _ELSE.search(text) or not (_ASKS_AFTER.search(text) or _ASKS.search(text)):
        return False
    with database().read() as db:
        held = bookings.bookings_of(db, people.person_of(db, turn.conversation_id))
    if not held:
        return False
    _say(speech, max(held, key=lambda booking: booking.id).session)
    return True


def asks(text: str) -> bool:
    """Whether a few words ask when, where or how far something is."""
    return len(text.split()) <= _WORDS and _ASKS.search(text) is not None


def _meant(turn: Turn) -> SessionView | None:
    """The session that is called by its name; else the one that is read back, or the only one they are down for."""
    with database().read() as db:
        held = [b.session for b in bookings.bookings_of(db, people.person_of(db, turn.conversation_id))]
        named = _named(turn.typed, held) or _named(turn.typed, sessions.open_sessions(db))
        if named is not None:
            return named
        travels = _TRAVELS.search(turn.typed) is not None
        if not (travels or _OF_IT.search(turn.typed)) or _ELSE.search(turn.typed):
            return None
        if turn.loop == "booking_form" and turn.slots.get("booking_session"):
            return sessions.session(db, int(turn.slots["booking_session"]))
    if turn.loop is not None or not held or turn.entity("topic") is not None:
        return None
    if travels and turn.slots.get("last_said") == "booked":
        return held[-1]
    return held[0] if len(held) == 1 else None


def _named(text: str, among: list[SessionView]) -> SessionView | None:
    """The first of them whose whole title is said, or the only title with a telling word of it."""
    said = text.lower()
    if whole := next((s for s in among if s.title.lower() in said), None):
        return whole
    if needs.needs_of(text):  # "where do i go for naloxone" wants no session
        return None
    words = telling(said)
    if found := _IN_PLACE.search(text):  # "the Gorbals one"
        there = [s for s in among if s.area.lower() == found[1].lower()]
        if there and not any(words & telling(s.title) for s in among):
            return min(there, key=lambda s: s.audience != "everyone")
    fitting = [s for s in among if words & telling(s.title)]
    if (areas := {s.area for s in fitting if s.area.lower() in said}) and len(areas) == 1:
        fitting = [s for s in fitting if s.area in areas]
    return fitting[0] if fitting and (areas or len({s.title for s in fitting}) == 1) else None
