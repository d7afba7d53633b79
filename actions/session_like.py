"""What a session is like, from what the programme has written down about it, and nothing made up."""

from __future__ import annotations

import re

from actions.speech import Speech
from actions.turn import database
from bot.programme import topics
from bot.programme.sessions import SessionView

#: "What's it like", "whit happens at it": the session itself is asked about, before its dates.
_LIKE = re.compile(
    r"\b(?:wh?[ai]t(?:'?s| is| are)? (?:it|that|they|he|the|a|wan|one|wans|ones)?.*\b(?:like|about|aboot)\b|"
    r"wh?[ai]t (?:happens|goes on|do (?:you|ye|yous|we|they)(?: all)? (?:do|dae))|wh?[ai]t(?:'?s| is) (?:in|involved)|"
    r"wh?[ai]t(?:'?s| is| are) (?:a |an |this |yer )?(?:wellbeing )?(?:sessions?|class(?:es)?)\b|"
    r"how (?:does|dae) (?:it|they) work|is it (?:a )?(?:long|lang)\b|how many (?:people|folk))\b",
    re.IGNORECASE,
)

#: "whit about wed" proposes another day.
_HOW_ABOUT = re.compile(r"\W*(?:and |so |ok |naw )?(?:wh?[ai]t|how) (?:about|aboot) (?:\w+\W*){1,3}$", re.IGNORECASE)


def asks_what_it_is_like(text: str) -> bool:
    """Whether a message asks what a session is like, beside when and where it is."""
    return _LIKE.search(text) is not None and _HOW_ABOUT.match(text) is None


def say_what_it_is_like(speech: Speech, found: list[SessionView]) -> None:
    """One or two plain sentences about the session, or about all of them where they differ."""
    minutes = sorted({int((s.ends_at - s.starts_at).total_seconds() // 60) for s in found})
    long = f"{minutes[0]} minutes" if len(minutes) == 1 else f"{minutes[0]} to {minutes[-1]} minutes"
    places = max(s.places for s in found)
    if len({s.title for s in found}) > 1:
        speech.say("sessions_like", long=long, places=places)
        return
    with database().read() as db:
        topic = next((t.name for t in topics.active(db) if t.slug == found[0].topic), found[0].title)
    about = {"title": found[0].title, "topic": topic[0].lower() + topic[1:], "long": long, "places": places}
    if found[0].provider:
        speech.say("session_like_run_by", provider=found[0].provider, **about)
    else:
        speech.say("session_like", **about)
