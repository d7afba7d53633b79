""" "Did you go?", two weeks after somebody was given a place: what they pick, and what it leads to."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from rasa_sdk.events import EventType
from sqlalchemy.orm import Session

from actions.places_told import tell
from actions.turn import Pair, Speech, Turn, conversation_of, database, option, settings
from bot import clock, wording
from bot.models import Choice, Conversation
from bot.programme import services, signposts

#: The kind of our choices; after it what was picked and which signpost it is about.
KIND = "did_you_go"
#: The longest label of a choice.
_LABEL = 40


def answered(turn: Turn, speech: Speech, what: str, signpost_id: int) -> list[EventType]:
    """One step of the talk about a place: each answer is kept before anything is said to it."""
    match what:
        case "went":
            return _which_or(turn, speech, signpost_id, ("which", "this", "which_unsaid"), _went)
        case "this":
            return _went(turn, speech, signpost_id)
        case "helped_yes" | "helped_no" | "helped_unsaid":
            return _helped(turn, speech, signpost_id, {"helped_yes": True, "helped_no": False}.get(what))
        case "which_unsaid":
            known = _keep(turn, lambda db, conversation: signposts.unsaid(db, conversation, signpost_id))
            speech.say_text(wording.say("did_you_go.fine")) if known else speech.say("choice_gone")
            return []
        case "not_yet":
            return _not_yet(turn, speech, signpost_id)
        case "not_reached":
            return _which_or(turn, speech, signpost_id, ("which_not", "not_this", "unsaid"), _not_reached)
        case "not_this":
            return _not_reached(turn, speech, signpost_id)
        case "no_time" | "not_for_me" | "changed" | "unsaid":
            return _why(turn, speech, signpost_id, what)
        case "again":
            return _again(turn, speech, signpost_id)
        case "others":
            return _others(turn, speech, signpost_id)
        case "never":
            return _never(turn, speech, signpost_id)
    speech.say("choice_gone")
    return []


def in_a_word(rows: Sequence[Choice], yes: bool) -> list[str] | None:
    """What "aye" or "naw" picks of the open choices: the first or the second of ours, where they are a yes and a no."""
    if len(rows) < 2 or not all(row.payload.startswith("/choose") for row in rows[:2]):
        return None
    first, second = (json.loads(row.payload.removeprefix("/choose"))["option"].split(":") for row in rows[:2])
    asked = first[0] == KIND and (first[1], second[1]) in (("went", "not_yet"), ("helped_yes", "helped_no"))
    return (first if yes else second) if asked else None


def _went(turn: Turn, speech: Speech, signpost_id: int) -> list[EventType]:
    """They went to that one: did it help?"""
    if not _keep(turn, lambda db, conversation: signposts.went(db, conversation, signpost_id)):
        speech.say("choice_gone")
        return []
    speech.say_text(
        wording.say("did_you_go.helped"),
        [
            _pair("helped_yes", "helped_yes", signpost_id),
            _pair("helped_no", "helped_no", signpost_id),
            _pair("unsaid", "helped_unsaid", signpost_id),
        ],
    )
    return []


def _helped(turn: Turn, speech: Speech, signpost_id: int, helped: bool | None) -> list[EventType]:
    if not _keep(turn, lambda db, conversation: signposts.say_helped(db, conversation, signpost_id, helped)):
        speech.say("choice_gone")
    elif helped is False:
        speech.say_text(wording.say("did_you_go.not_helped"), _ways_on(signpost_id))
    else:
        speech.say_text(wording.say("did_you_go.glad" if helped else "did_you_go.fine"))
    return []


def _not_yet(turn: Turn, speech: Speech, signpost_id: int) -> list[EventType]:
    if not _keep(turn, lambda db, conversation: signposts.not_yet(db, conversation, signpost_id)):
        speech.say("choice_gone")
        return []
    reasons = [_pair(why, why, signpost_id) for why in signposts.WHY]
    speech.say_text(wording.say("did_you_go.why"), [*reasons, _pair("once_more", "again", signpost_id)])
    return []


def _why(turn: Turn, speech: Speech, signpost_id: int, why: str) -> list[EventType]:
    if not _keep(turn, lambda db, conversation: signposts.say_why(db, conversation, signpost_id, why)):
        speech.say("choice_gone")
        return []
    if why == "no_time":
        return _again(turn, speech, signpost_id)
    if why == "unsaid":
        speech.say_text(wording.say("did_you_go.fine"))
    else:
        speech.say_text(wording.say("did_you_go.instead"), _ways_on(signpost_id))
    return []


def _not_reached(turn: Turn, speech: Speech, signpost_id: int) -> list[EventType]:
    if not _keep(turn, lambda db, conversation: signposts.say_why(db, conversation, signpost_id, "not_reached")):
        speech.say("choice_gone")
        return []
    speech.say_text(wording.say("did_you_go.try_another"), _ways_on(signpost_id))
    return []


def _again(turn: Turn, speech: Speech, signpost_id: int) -> list[EventType]:
    """The place once more, as it is written by now."""
    with database().read() as db:
        rows = signposts.of_question(db, conversation_of(db, turn), signpost_id)
        found = [services.get(db, row.service_slug, live=not settings().demo) for row in rows]
        lines = [services.lines(service, clock.today()) for service in found if service is not None]
    if not rows:
        speech.say("choice_gone")
    elif not lines:
        speech.say_text(wording.say("did_you_go.again_not"), _ways_on(signpost_id))
    else:
        texts = [wording.say("did_you_go.again")]
        for line in lines:  # as few texts as hold them
            joined = f"{texts[-1]}\n{line}"
            texts[-1:] = [joined] if wording.size(joined).units <= wording.ANSWER_BUDGET else [texts[-1], line]
        for text in texts:
            speech.say_text(text)
    return []


def _others(turn: Turn, speech: Speech, signpost_id: int) -> list[EventType]:
    """Other places for the same thing."""
    with database().read() as db:
        rows = signposts.of_question(db, conversation_of(db, turn), signpost_id)
        topic = signposts.topic_of(db, rows[0]) if rows else None
        seen = tuple(row.service_slug for row in rows)
    if topic is None:
        speech.say("choice_gone")
        return []
    events = tell(turn, speech, topic=topic, area=None, text="", women=False, seen=seen)
    return [e for e in events if e.get("name") != "topic"]  # the directory has more topics than the dialogue


def _never(turn: Turn, speech: Speech, signpost_id: int) -> list[EventType]:
    with database().write() as db:
        signposts.never_again(db, conversation_of(db, turn), signpost_id)
    speech.say_text(wording.say("did_you_go.stopped"))
    return []


def _which_or(
    turn: Turn, speech: Speech, signpost_id: int, names: tuple[str, str, str],
    go_on: Callable[[Turn, Speech, int], list[EventType]],
) -> list[EventType]:  # fmt: skip
    """Where two places were in that text: which one? Where there was one, on with it.

    `names`: the question, what a place picked is, and what it is to say neither.
    """
    question, picked, neither = names
    with database().read() as db:
        rows = signposts.of_question(db, conversation_of(db, turn), signpost_id)
        found = [(services.get(db, row.service_slug), row) for row in rows]
        named = [(_short(service.name), option(KIND, picked, row.id)) for service, row in found if service is not None]
    if len(rows) < 2:
        return go_on(turn, speech, signpost_id)
    speech.say_text(wording.say(f"did_you_go.{question}"), [*named, _pair("unsaid", neither, signpost_id)])
    return []


def _short(name: str) -> str:
    """A name without what stands behind it in brackets or after a colon: a choice has little room."""
    name = name.partition(" (")[0].partition(":")[0]
    return name if len(name) <= _LABEL else name[: _LABEL - 3].rstrip() + "..."


def _keep(turn: Turn, write: Callable[[Session, Conversation], bool]) -> bool:
    with database().write() as db:
        return write(db, conversation_of(db, turn))


def _pair(label: str, what: str, signpost_id: int) -> Pair:
    return wording.say(f"did_you_go.{label}"), option(KIND, what, signpost_id)


def _ways_on(signpost_id: int) -> list[Pair]:
    return [_pair("others", "others", signpost_id), (wording.say("did_you_go.person"), "/talk_to_person")]
