"""An answer of the bank, said and noted: which revision went to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet
from sqlalchemy.orm import Session

from actions import past, whom
from actions.speech import PERSON, Pair, Speech, option
from actions.stores import conversation_of, database, settings
from bot import content, two_questions
from bot.models import Service
from bot.programme import answers, services

if TYPE_CHECKING:
    from actions.turn import Turn

#: From this share of the probability on an answer of another topic may have been meant.
NEXT = 0.005
#: How the bank's plain wordings warn of stopping at once.
_AT_ONCE = re.compile(r"\b(?:all at once|suddenly|don't (?:just )?stop|stop(?:ping)? (?:it )?on your own)\b", re.I)
HELPED: tuple[Pair, ...] = (("It helped", option("helped", "1")), ("Not really", option("helped", "0")))


def say_answer(turn: Turn, speech: Speech, topic: str, key: str, *, ask: bool = True) -> list[EventType] | None:
    """Note which revision goes to whom, then say it; now and then ask whether it helped, unless more is to follow:
    before the answer to a second question of the same text nothing is offered.

    What was asked for somebody else is said to them, and who that is stays for what is asked next. None, and nothing
    said, where the bank has no such answer that may be shown.
    """
    follows = two_questions.more_follows(turn.parse)
    with database().write() as db:
        revision = answers.current(db, topic, key, drafts=settings().drafts)
        if revision is None:
            return None
        conversation = conversation_of(db, turn)
        shown = answers.show(db, conversation.id, revision, part="text", asked_by=turn.message_id)
        wants = ask and not follows and turn.loop is None and not past.put_right(turn.events)
        asks = wants and answers.should_ask_if_helped(db, conversation)
        shown.asked_if_helped = asks
        question = revision.answer.question
        text, rest = revision.text, bool(revision.more or revision.urgent) and not follows
        who = meant_for(turn)
        over = whom.lead_for(who, topic, question, text)
        named = [s.slug for slug in revision.services if (s := _showable(db, slug)) is not None and _names(text, s)]
    if over is not None:
        speech.say_text(over)
    speech.say_text(text + (content.OFFER_OF_MORE if rest else ""))
    if asks:
        speech.say("did_that_help", HELPED)
    return [
        SlotSet("topic", topic), SlotSet("answer", f"{topic}/{key}"), SlotSet("last_said", "answer"),
        SlotSet("question", question), SlotSet("services_told", named or None), SlotSet("whom", who),
        SlotSet("others", nearest(turn, topic, key)),
    ]  # fmt: skip


def _showable(db: Session, slug: str) -> Service | None:
    return services.get(db, slug, live=not settings().demo)


def _names(text: str, service: Service) -> bool:
    """Whether the text of an answer names a place, or its number: "whits the address" may be of it."""
    name = service.name.split("(")[0].strip()
    return name in text or bool(service.phone and service.phone in text)


def was_shown_last(turn: Turn, name: str) -> bool:
    """Whether the answer of that name ("topic/key") is the one that was shown last."""
    with database().read() as db:
        shown = answers.last_shown(db, turn.conversation_id)
        return shown is not None and f"{shown.revision.answer.topic_slug}/{shown.revision.answer.key}" == name


def has_more(turn: Turn) -> bool:
    """Whether there is a rest of the answer that was shown last, and it was not shown yet."""
    with database().read() as db:
        shown = answers.last_shown(db, turn.conversation_id)
        return shown is not None and shown.part != "more" and bool(shown.revision.more or shown.revision.urgent)


def say_gist(turn: Turn, speech: Speech, *, only_of_stopping: bool = False) -> bool:
    """Say the answer that was shown last once more, in its plain wording; False, and nothing said, where it has none
    or that was said just now. `only_of_stopping`: only where it speaks of stopping at once.
    """
    with database().write() as db:
        shown = answers.last_shown(db, turn.conversation_id)
        simple = shown.revision.simple if shown is not None and shown.part != "simple" else None
        if not simple or (only_of_stopping and not _AT_ONCE.search(simple)):
            return False
        answers.show(db, turn.conversation_id, shown.revision, part="simple", asked_by=turn.message_id)
    speech.say_text(simple)
    return True


def meant_for(turn: Turn) -> str | None:
    """Whom the answer is for, if not for the one who writes. A picked choice, or a bare "he", is for who it was."""
    before = turn.slots.get("whom")
    if not turn.typed:
        return before
    who = whom.whom(turn.typed)
    return before or who if who == whom.THEM else who


def nearest(turn: Turn, topic: str, key: str) -> list[str]:
    """The answers ("topic/key") that came nearest to what was asked after this one: "no, the other one" means these."""
    ranked = [a for a in turn.parse.get("answers") or () if a["confidence"] >= NEXT or a["topic"] == topic]
    return [f"{a['topic']}/{a['key']}" for a in ranked if (a["topic"], a["key"]) != (topic, key)][:3]


def say_together(turn: Turn, speech: Speech, named: Iterable[tuple[str, str]]) -> list[EventType]:
    """Several answers to one message, those which may be shown; "more" is more of the first. Empty if there is none."""
    said: list[EventType] = []
    for topic, key in named:
        if said:
            _also(speech, topic, key)
        else:
            said = say_answer(turn, speech, topic, key, ask=False) or []
    return said


def _also(speech: Speech, topic: str, key: str) -> None:
    """Say a second answer: no "more" is offered, as that is more of the first."""
    with database().read() as db:
        revision = answers.current(db, topic, key, drafts=settings().drafts)
        text = revision.text if revision else None
    if text is not None:
        speech.say_text(text)


def helped(turn: Turn, speech: Speech, yes: bool) -> list[EventType]:
    """What was said to "did that help?". A no is kept for staff, and gets a way on."""
    with database().write() as db:
        answers.record_helped(db, turn.conversation_id, yes)
    if yes:
        speech.say("glad")
        return []
    topic = turn.slots.get("topic")
    ways: list[Pair] = [("Tell me more", "/more"), PERSON]
    if topic:
        ways.insert(1, ("Find a service", option("service", topic)))
    speech.say("sorry_no_help", ways)
    return []
