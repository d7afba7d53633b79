"""No text comes twice in a row: who asks in other words and reads the same again has not been heard.

What was said a moment ago is said otherwise, or a worker is offered. Whoever asks to hear it again does hear it again;
what may be about danger, what has a number to ring at once, and the question of a form are never held back.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from actions import past
from actions.speech import PERSON, TO_MENU, Pair, Speech, option
from bot import safety, wording

if TYPE_CHECKING:
    from rasa_sdk.executor import CollectingDispatcher

    from actions.turn import Turn

#: After so many seconds the same question may be asked again to hear the same answer.
LATER = 900.0
#: Under the offer of a worker: a yes is the first.
WAYS: tuple[Pair, ...] = (("Ask a worker", option("handoff", "asked", 1)), ("No thanks", option("none")))
#: Asked to hear it again.
_ASKED_FOR = frozenset({"repeat", "simpler", "help", "list_sessions", "my_bookings", "source"})
_AGAIN = re.compile(
    r"\b(?:again|wan ?mair time|one more time|repeat|resend|re-send|send (?:it|that|me (?:it|that)) (?:back|over)|"
    r"number|address|post ?code|remind me|lost (?:it|that|the text|yer text|your text)|deleted (?:it|that|the text))\b",
    re.IGNORECASE,
)
#: Small talk may be said twice, where there is no other way to say it.
_SMALL = frozenset({
    "thank", "goodbye", "greet", "ok_nothing", "ok_yes", "glad", "kept_feedback", "menu",
    "talk.ok_after_answer", "talk.laugh", "talk.season", "talk.kind_words", "talk.well_done", "crisis.still_here",
})  # fmt: skip
#: That somebody comes, and how to reach a place, is told as often as it is asked.
_ON_THE_WAY = (
    "person", "call", "underway.", "place.", "crisis.", "gateway.", "talk.deletion", "talk.texts_cost", "taken_back.",
    "absence", "refused_",
)  # fmt: skip
#: When a session is: "Thu 26 Nov, 2pm to 3:30pm".
_SESSION = re.compile(r"\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} \w{3}|[Tt]oday|[Tt]omorrow), \d")
#: What may stand under a text for it to wait for no pick of its own.
_LIGHT = re.compile(r"/help|/talk_to_person|/find_service|/more|/list_sessions|/ask_\w+.*")
_LIGHT_OPTIONS = frozenset({"handoff", "none", "other", "browse", "service", "services", "helped", "absence"})
_URGENT = re.compile(r"\b(?:999|A&E)\b")
#: What is said instead, in turn.
_OTHERWISE = ("again.that_is_all", "again.no_more")


def say_otherwise(dispatcher: CollectingDispatcher, before: int, turn: Turn) -> None:
    """Put other words in place of what was said from `before` on, where that is what was said last."""
    said = dispatcher.messages[before:]
    if not said or not _may(turn):
        return
    old = past.told(turn.events)
    repeated = [message for message in said if _is_told(message, old)]
    longest = max(said, key=_length)
    if longest not in repeated or any(_waits(message) or _is_urgent(message, old) for message in repeated):
        return
    name = _name(longest)
    if name.startswith(_ON_THE_WAY) or _SESSION.search(str(longest.get("text") or "")):
        return
    own = f"again.{name.removeprefix('talk.')}"
    if own not in wording.sentences() and name in _SMALL:
        return
    new = next((key for key in (own, *_OTHERWISE) if _is_new(key, old)), _OTHERWISE[0])
    del dispatcher.messages[before:]
    dispatcher.messages += [message for message in said if message not in repeated and _is_words(message)]
    under = () if name in _SMALL else WAYS if new == _OTHERWISE[0] else (PERSON, TO_MENU)
    Speech(dispatcher).say_text(wording.say(new), under)


def _may(turn: Turn) -> bool:
    if turn.loop or turn.answered or not turn.typed or turn.pause > LATER or turn.intent in _ASKED_FOR:
        return False
    if turn.intent.startswith("crisis_") or (turn.danger is not None and turn.danger.rule != safety.FAINT):
        return False
    return _AGAIN.search(turn.typed) is None


def _is_told(message: Mapping[str, Any], old: Iterable[past.Reply]) -> bool:
    picks = _picks(past.payloads(message))
    old = [reply for reply in old if _picks(reply.picks) == picks]
    if (response := message.get("response")) is None:
        return any(reply.text == str(message.get("text") or "").strip() for reply in old)
    name = str(response).removeprefix("utter_")
    facts = [str(value) for key, value in message.items() if key not in _NO_FACTS and isinstance(value, str)]
    return any(reply.name == name and all(fact in reply.text for fact in facts) for reply in old)


def _picks(payloads: Iterable[str]) -> list[str]:
    """What can be picked, whatever the message that an absence was told in."""
    return [re.sub(r'(absence:\w+:\d)[:\d]*', r"\1", payload) for payload in payloads]


#: What rasa-sdk puts in every message, beside the facts of a sentence.
_NO_FACTS = frozenset({"text", "response", "template", "image", "attachment"})


def _is_words(message: Mapping[str, Any]) -> bool:
    """Whether something is said, and nothing asked: "did that help?" is of the words that are left out."""
    return message.get("response") != "utter_did_that_help"


def _is_new(key: str, old: Iterable[past.Reply]) -> bool:
    return key in wording.sentences() and all(reply.text != wording.say(key) for reply in old)


def _length(message: Mapping[str, Any]) -> int:
    return len(str(message.get("text") or message.get("response") or ""))


def _waits(message: Mapping[str, Any]) -> bool:
    """Whether something can be picked from it that nothing else offers."""
    return not all(map(_is_light, past.payloads(message)))


def _is_light(payload: str) -> bool:
    if payload.startswith("/choose"):
        return json.loads(payload.removeprefix("/choose"))["option"].split(":")[0] in _LIGHT_OPTIONS
    return _LIGHT.fullmatch(payload) is not None


def _is_urgent(message: Mapping[str, Any], old: Iterable[past.Reply]) -> bool:
    if (message.get("custom") or {}).get("purpose") == "crisis":
        return True
    name = str(message.get("response") or "").removeprefix("utter_")
    text = message.get("text") or next((reply.text for reply in old if reply.name == name), "")
    return _URGENT.search(str(text)) is not None


def _name(message: Mapping[str, Any]) -> str:
    """What the sentence is called: "thank" of domain.yml, "talk.laugh" of our own files; "" where it is content."""
    if message.get("response"):
        return str(message["response"]).removeprefix("utter_")
    text = str(message.get("text") or "")
    return next((key for key, sentence in _patterns().items() if sentence.fullmatch(text)), "")


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Each of our own sentences, with anything in its blanks. One that begins with a blank may be anything."""
    blank = re.compile(r"\\{\w+\\}")
    filled = {key: blank.sub(".+", re.escape(text)) for key, text in wording.sentences().items()}
    longest = sorted(filled.items(), key=lambda pair: -len(pair[1]))  # "No. {said}" may be the beginning of another
    return {key: re.compile(said, re.DOTALL) for key, said in longest if not said.startswith(".+")}
