"""What people say that asks for nothing we have: anger at us, a joke, another language, "dunno", "it's been stopped".

A sensible person answers these as what they are. The language model can only call them out of scope, or takes them for
something that they are not ("dunno" for a wrong number). Nothing here is about danger: that is heard before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions import meant
from actions.bank import helped
from actions.handoffs import when_words
from actions.milestones import is_good_news, is_milestone
from actions.places_told import shaken
from actions.speech import PERSON, TO_MENU, Pair, Speech, intent_payload, option
from actions.talk_words import follows, kind_of, stopped, what_stopped
from actions.whom import same_for
from bot import wording

if TYPE_CHECKING:
    from actions.turn import Turn

#: What is under a sentence, where it is not a person and the menu: most of these are said and done with.
_UNDER: dict[str, list[Pair]] = {
    **dict.fromkeys(("kind_words", "go_away", "laugh", "season", "drunk", "well_done", "good_news", "sorry_said"), []),
    "bored": [("What's on", option("browse")), ("No thanks", option("none"))],
}
#: After these, words about "the other one" are about what was listed.
_LISTS = ("sessions", "services")
#: What follows up an answer and was taken for a wish, or for a question on the order.
_MISTAKEN = frozenset({"share_priorities", "ask_order"})

#: What good news by itself is taken for.
_SAY_LITTLE = frozenset({"out_of_scope", "nlu_fallback", "thank"})


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer such a message; None, and nothing said, for any other. Nothing while a form waits for its answer."""
    if turn.loop or not turn.typed:
        return None
    if same_for_another(turn, speech):
        return []
    after_answer = turn.slots.get("last_said") == "answer"
    kind = kind_of(turn.typed)
    if kind is None and turn.intent in _SAY_LITTLE and is_milestone(turn.typed):
        kind = "well_done"
    if kind is None and turn.intent in _SAY_LITTLE and is_good_news(turn.typed):
        kind = "good_news"
    if kind == "doubted" and not after_answer or kind == "not_that" and turn.slots.get("last_said") in _LISTS:
        return None  # "the other one", of a list, picks
    if kind is not None and shaken(turn):  # "dunno", to what was said about danger: nothing light now
        speech.say_text(wording.say("crisis.still_here", when=when_words()))
        return []
    if kind == "no_help":
        if after_answer:
            return helped(turn, speech, False)
        kind = "not_that"
    if kind == "not_that":
        return _not_that(turn, speech) if after_answer else _say(speech, "not_that", [PERSON, TO_MENU])
    if kind is not None:
        return _say(speech, kind, _UNDER.get(kind, [PERSON, TO_MENU]))
    if stopped(turn.typed) and (named := what_stopped(turn.typed)) is not None:
        return _say(speech, named, [PERSON, TO_MENU])
    if stopped(turn.typed) and not turn.intent.startswith("ask_"):
        return _what_was_stopped(speech)
    if after_answer and turn.intent in _MISTAKEN and follows(turn.typed):
        return _say(speech, "whole_question", [PERSON, TO_MENU])
    return None


def same_for_another(turn: Turn, speech: Speech) -> bool:
    """Answer "what about if it's my mum", after an answer. False, and nothing said, for anything else."""
    if turn.loop or turn.slots.get("last_said") != "answer":
        return False
    same = same_for(turn.typed, str(turn.slots.get("topic") or ""))
    if same is not None:
        speech.say_text(same, [PERSON, TO_MENU])
    return same is not None


def warmly(turn: Turn, speech: Speech) -> None:
    """A warm word before a question about danger, where the message is a proud or a sorry one; else nothing."""
    if turn.loop is None and (kind := kind_of(turn.typed)) in ("well_done", "sorry_said"):
        _say(speech, kind, [])


def _say(speech: Speech, kind: str, choices: list[Pair]) -> list[EventType]:
    speech.say_text(wording.say(f"talk.{kind}"), choices)
    return []


def _not_that(turn: Turn, speech: Speech) -> list[EventType]:
    """What came next nearest to what they asked before, to pick from."""
    others = [tuple(str(name).split("/", 1)) for name in turn.slots.get("others") or ()]
    if not (pairs := meant.questions(turn, others)):
        return _say(speech, "not_that", [PERSON, TO_MENU])
    speech.say_text(wording.say("talk.one_of_these"), [*pairs, PERSON])
    return []


def _what_was_stopped(speech: Speech) -> list[EventType]:
    return _say(
        speech,
        "stopped",
        [
            ("My money or benefits", intent_payload("ask_financial_health", answer="uc_sanction")),
            ("My script", option("talk", "script")),
            ("The texts from you", "/start_messages"),
            PERSON,
        ],
    )
