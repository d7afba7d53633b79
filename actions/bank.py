"""An answer of the bank, said and noted: which revision went to whom."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import EventType, SlotSet

from actions.turn import Pair, Speech, Turn, conversation_of, database, option, settings
from bot import content
from bot.programme import answers

HELPED: tuple[Pair, ...] = (("It helped", option("helped", "1")), ("Not really", option("helped", "0")))


def say_answer(turn: Turn, speech: Speech, topic: str, key: str, *, ask: bool = True) -> list[EventType] | None:
    """Note which revision goes to whom, then say it; now and then ask whether it helped, unless more is to follow.

    None, and nothing said, where the bank has no such answer that may be shown.
    """
    with database().write() as db:
        revision = answers.current(db, topic, key, drafts=settings().drafts)
        if revision is None:
            return None
        conversation = conversation_of(db, turn)
        shown = answers.show(db, conversation.id, revision, part="text", asked_by=turn.message_id)
        asks = ask and turn.loop is None and answers.should_ask_if_helped(db, conversation)
        shown.asked_if_helped = asks
        text, rest = revision.text, bool(revision.more or revision.urgent)
    speech.say_text(text + (content.OFFER_OF_MORE if rest else ""))
    if asks:
        speech.say("did_that_help", HELPED)
    return [SlotSet("topic", topic), SlotSet("answer", f"{topic}/{key}"), SlotSet("last_said", "answer")]


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
