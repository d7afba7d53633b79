"""Choosing a session: the list, what a message means by it, and reading one back. Booking and changing share it."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, SlotSet

from actions import details, practical, session_picked, was_at
from actions.finding import ELSE, FIT, SHOWN, closest, find, named
from actions.forms import open_task
from actions.search import Search, in_words
from actions.sessions import choices, day_and_time, say_heading, where
from actions.turn import Pair, Speech, Turn, option
from bot import clock, wording
from bot.programme import sessions

CONFIRM, WAIT, OTHERS, NONE = option("confirm"), option("wait"), option("others"), option("none")

#: Slot `remark` while a session is read back that is the one nearest to what was asked for, and not quite that.
NEAREST = "nearest"

#: Intents that, inside a booking, may speak of another session than the one read back.
_ABOUT_SESSIONS = frozenset({"book_session", "change_booking", "correction", "list_sessions", "deny", "affirm"})


#: "Whatever is soonest", "any of them", "the first wan".
_SOONEST = re.compile(
    r"\W*(?:aye|ok|okay|well|just|the|a|go (?:wi|for)|gie me|book|book me|which ?ever|what ?ever|any|wan|one|"
    r"that'?s|is|comes|on|in|for|that|\W)*"
    r"(?:soonest|earliest|first (?:wan|one|available|yin)|nearest date|next (?:wan|one|yin)|"
    r"any (?:of them|ae them|wan|one)|(?:don'?t|dinnae|dont) mind|not fussy|no fussed)"
    r"(?:\W+(?:please|pls|pal|mate|will do|is fine|then|thanks|ta))*\W*",
    re.IGNORECASE,
)


def pick_session(turn: Turn, offered: list[int], search: Search) -> dict[str, object] | None:
    """Which session a message means, given those on offer. Shared by booking and changing.

    Returns slots: `session` (an id) when one is meant, else a new `search`; {} for something else, None to leave.
    """
    picked = turn.option()
    if picked[:1] == ["session"]:
        return {"session": int(picked[1])}
    if picked[:1] == ["others"]:
        return {"search": None, "remark": "others"}
    if picked[:1] == ["none"]:
        return None
    if offered and _SOONEST.fullmatch(turn.typed):  # a list is in the order of its days
        return {"session": offered[0]}
    if (number := session_picked.picked_of(turn, offered)) is not None:  # "no the last one"
        return {"session": number}
    if was_at.asks(turn):
        return {"remark": was_at.REMARK}
    said = Search.of(turn)
    bare = said == Search(topic=said.topic)
    if details.asks(turn.typed) or (bare and practical.asked(turn.typed, of_a_session=True)):
        return {}  # "is it far fae ibrox", "will there be food"
    if not said.is_empty() and _is_about_sessions(turn):
        if said.is_past():
            return {"remark": "date_past"}
        among = named(turn.typed, [s for s in find(said) if s.id in offered])
        if len(among) == 1:
            return {"session": among[0].id}
        wish = said.over(search)
        found = find(wish, limit=SHOWN + 1)
        if not found:  # "the Govan one", of those that were shown instead of what was not there
            wish = said.over(Search(topic=search.topic, audience=search.audience))
            found = find(wish, limit=SHOWN + 1)
        return {"session": found[0].id} if len(found) == 1 else {"search": wish.as_slot(), "remark": None}
    agrees = turn.means_yes() or (turn.intent in ("book_session", "change_booking") and not turn.means_no())
    if agrees:  # "aye", "book me in", "change it then"
        return {"session": offered[0]} if len(offered) == 1 else {"remark": "which_one"}
    if turn.means_no():
        return None
    return {}


def _is_about_sessions(turn: Turn) -> bool:
    """Whether a message with a day, a place or a topic in it speaks of the session to book, and is no new question.

    "the Tuesday wan" and "govan" do; "what's naloxone" names a topic too, but asks something.
    """
    if turn.intent in _ABOUT_SESSIONS:
        return True
    asks = turn.intent.startswith("ask_") and turn.parse.get("answer")
    return (
        not asks and not turn.typed.rstrip().endswith("?") and (turn.confidence < 0.5 or len(turn.typed.split()) <= 4)
    )


def show_sessions(turn: Turn, speech: Speech, task: str, skip: tuple[int, ...]) -> list[EventType]:
    """The list a booking (or a change) is chosen from. Says what was not found before showing what is near."""
    remark = turn.slots.get("remark")
    search = Search.kept(turn.slots.get("search"))
    if remark == "others":
        seen = tuple(turn.slots.get("offered") or ()) + skip
        found, how = find(Search(topic=search.topic), limit=SHOWN, skip=seen) or find(Search(), limit=SHOWN), FIT
    else:
        found, how = closest(search)
    found = [s for s in found if s.id not in skip]
    if not found and (others := find(Search(topic=search.topic), skip=skip) or find(Search(), skip=skip)):
        found, how = others[:SHOWN], ELSE if in_words(search) else FIT  # all that fits is theirs already
    if not found:
        speech.say("no_sessions")
        return [SlotSet("remark", "empty")]
    if remark == was_at.REMARK:
        speech.say_text(wording.say("underway.was_at"))
    heading = {"date_past": "date_past", "which_one": "which_session"}.get(remark or "", "")
    asked = remark != "others" and in_words(search)
    heading = heading or (how if how != FIT else "which_session_of" if asked else "which_session")
    say_heading(speech, heading, search, [*choices(found), ("None of these", NONE)])
    open_task(turn, task)
    return [SlotSet("offered", [s.id for s in found]), SlotSet("remark", None)]


def say_nearest(speech: Speech, search: Search) -> None:
    """Before a session is read back that does not quite fit: what there is none of."""
    speech.say("session_nearest", said=in_words(search))


def read_back(
    speech: Speech, view: sessions.SessionView, actions: list[Pair], instead_of: sessions.SessionView | None = None
) -> None:
    """A session as it stands, with what can be done about it; and which place is given up for it, if one is."""
    name = "read_back_full" if view.left <= 0 else "read_back"
    audience = {"women": " This group is for women.", "men": " This group is for men."}.get(view.audience, "")
    sample = " (Sample session, not real.)" if view.sample else ""
    facts = {"title": view.title, "when": day_and_time(view), "where": where(view), "audience": audience,
        "sample": sample}  # fmt: skip
    ways = [*actions, ("Show me others", OTHERS), ("Leave it", NONE)]
    if instead_of is not None and view.left > 0:
        day = clock.day_words(instead_of.starts_at)
        speech.say_text(wording.say("underway.swap", old=instead_of.title, day=day, **facts), ways)
        return
    speech.say(name, ways, **facts)
