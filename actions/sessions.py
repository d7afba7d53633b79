"""Sessions: what is on, for whom, where and when; and how a session is put in a few words."""

from __future__ import annotations

import re

from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions import after_list, details, practical, underway
from actions.bank import say_answer
from actions.finding import ELSE, FIT, NAMING, NEAR, SHOWN, TIMES, closest, find, named
from actions.search import Search, in_words
from actions.session_like import asks_what_it_is_like, say_what_it_is_like
from actions.slots import forget_forms
from actions.turn import Pair, Speech, Turn, TurnAction, back_to_form, option
from bot import clock, wording
from bot.programme import subjects
from bot.programme.sessions import SessionView

#: "a class on that": what was last talked about. "On this week" is not.
_ABOUT_IT = re.compile(
    r"\b(?:about|aboot|on|oan|for|fur|like) (?:that|this|it)\W*(?:pal|mate|please|pls)?\W*$", re.IGNORECASE
)


def day(s: SessionView) -> str:
    """ "Tomorrow", "Tue 8 Dec", as a line begins."""
    words = clock.day_words(s.starts_at)
    return words[0].upper() + words[1:]


def label(s: SessionView) -> str:
    """A session as one numbered line: "Tue 8 Dec 2pm Govan: Drink and you"."""
    limits = {"women": " (women)", "men": " (men)"}.get(s.audience, "")
    full = " FULL" if s.left <= 0 else ""
    return f"{day(s)} {clock.time_words(s.starts_at)} {s.area}: {s.title}{limits}{full}"


def day_and_time(s: SessionView) -> str:
    """ "Tue 8 Dec, 2pm to 4pm"."""
    return f"{day(s)}, {clock.time_words(s.starts_at)} to {clock.time_words(s.ends_at)}"


def where(s: SessionView) -> str:
    """Place, street and how to get there, as far as they are known."""
    place = ", ".join(part for part in (s.place, s.address) if part)
    return f"{place}. {s.directions.rstrip('.')}" if s.directions else place


def say_heading(speech: Speech, heading: str, search: Search, pairs: list[Pair]) -> None:
    """A list under its sentence, which says what was asked for where that is not what is shown."""
    subject = subjects.known().get(search.subject or "")
    if heading == NEAR and subject and subject.sentence:
        speech.say_text(wording.say(f"search.{subject.sentence}"), pairs)
    elif heading in (ELSE, TIMES):
        speech.say_text(wording.say(heading, said=in_words(search)), pairs)
    else:
        speech.say(heading, pairs, **({"said": in_words(search)} if heading in NAMING else {}))


def choices(found: list[SessionView]) -> list[Pair]:
    return [(label(s), option("session", s.id)) for s in found]


class ListSessions(TurnAction):
    """Says what is on, and lets the person pick one to book."""

    action_name = "action_list_sessions"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if underway.asks_when(turn.typed) and (told := underway.tell(turn, speech)) is not None:
            return told
        search = Search.of(turn)
        if search.topic is None and turn.slots.get("topic") and _ABOUT_IT.search(turn.typed):  # "a class on that"
            search = search.over(Search(topic=turn.slots["topic"]))
        if turn.returning and turn.intent in after_list.OF_THE_LIST:  # "naw, on the thursday", of what was listed
            search = search.over(Search.kept(turn.slots.get("search")))
        return list_sessions(turn, speech, search)


#: "Can I come at 8", "anything then or later": they ask what is on at that time.
_WHATS_ON = re.compile(
    r"\b(?:any ?thing|any ?thin|any ?hin|owt|something|sumhin|sessions?|class(?:es)?|groups?)\b|"
    r"\b(?:can|could|kin|cud) (?:i|a|ah|we) (?:still |just )?(?:come|go|attend)\b",
    re.IGNORECASE,
)


def asks_for_a_time(turn: Turn) -> bool:
    """Whether a message that was taken for something else asks what is on at a time that it names."""
    return turn.loop is None and _WHATS_ON.search(turn.typed) is not None and Search.of(turn).has_time()


def list_sessions(turn: Turn, speech: Speech, search: Search) -> list[EventType]:
    """The sessions that fit `search`, to pick from."""
    if turn.loop is None and details.reply_to(turn, speech):  # "how long is the Gorbals one and is it free"
        practical.say_beside_details(turn, speech)
        return []
    if search.is_empty() or not practical.say_beside_a_list(turn, speech):
        if (told := practical.reply_to(turn, speech)) is not None:
            return told + back_to_form(turn)
    if turn.loop and turn.loop != "words_form":  # a look around in mid-booking: the form shows what fits
        return back_to_form(turn)
    # Why they cannot come was asked, and need not be told.
    why = [ActiveLoop(None), SlotSet("requested_slot", None), *forget_forms()] if turn.loop else []
    # "What about thursday" follows.
    again = [*why, SlotSet("search", search.as_slot()), SlotSet("last_said", "sessions")]
    if search.is_past():
        speech.say(
            "date_past",
            choices(find(Search(topic=search.topic, area=search.area, sector=search.sector), limit=SHOWN)),
        )
        return why
    found, heading = closest(search)
    if not found:
        speech.say("no_sessions")
        return why
    if asks_what_it_is_like(turn.typed):
        say_what_it_is_like(speech, named(turn.typed, found))
    samples = heading == FIT and any(s.sample for s in found)
    say_heading(speech, "sessions_sample" if samples else heading, search, choices(found))
    subject = subjects.known().get(search.subject or "")
    if heading == NEAR and subject and subject.answer and not find(Search(subject=search.subject)):
        say_answer(turn, speech, *subject.answer, ask=False)
    topic = search.topic or turn.slots.get("topic")
    return [*again, SlotSet("offered", [s.id for s in found]), SlotSet("topic", topic)]
