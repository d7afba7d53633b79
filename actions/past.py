"""What was said in this talk before the message at hand, as the tracker keeps it. Pure: events in, words out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Event = Mapping[str, Any]
#: So many seconds back it is still the same talk.
TALK = 1800.0
#: A choice that is an answer of the bank.
_ANSWER = re.compile(r"/ask_(\w+)(\{.*\})")
#: "Something else", under answers that were offered.
_OTHER = '"option": "other"'
#: It was not that: "no its no a shark", "a said PREGNANT", "no what a asked".
_NOT_IT = re.compile(
    r"^\W*(?:no|naw|nah|nope|nae|wrong|wrang|not)\b(?!\W*(?:bother|problem|worries|prob|bad))|"
    r"\b(?:i|a|ah)(?:'?ve)? (?:just |jist |already )?(?:said|sayed|meant|mean|asked|telt|told you)\b|"
    r"\b(?:no|not|isnae|isn'?t) (?:what|whit|wit|that|wan|one) (?:i|a|ah)\b|\byou(?:'?ve)? got (?:it|that|me) wrong\b|"
    r"\b(?:that'?s|that is|its|it'?s|this is) (?:(?:pure|just|jist|all|aw|totally) )?"
    r"(?:(?:no|not|nae) (?:it|that|right|what|whit|wit)|wrong|wrang|rubbish|shite|nonsense)\b|"
    r"\b(?:not|no|never) (?:listening|listenin)\b|"
    r"\b(?:disnae|doesn'?t|doesnt|didnae|didn'?t|didnt|no|not|nae) (?:really )?(?:a )?help\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reply:
    """One text of ours: its words, the fixed sentence that it is ("privacy"), where it is one, and what stood under it.
    """

    text: str
    name: str | None = None
    picks: tuple[str, ...] = ()


def puts_right(text: str) -> bool:
    """Whether a message says that what came was not what they meant."""
    return _NOT_IT.search(text.replace("’", "'")) is not None


def own_words(events: Sequence[Event], *, ever: bool = False) -> list[str]:
    """What they wrote before the message at hand in this talk; or `ever`: who is pregnant is so for months."""
    said = [str(e.get("text") or "") for e in (events if ever else _of_this_talk(events)) if e.get("event") == "user"]
    return [text for text in said[:-1] if text and not text.startswith("/")]


def told(events: Sequence[Event]) -> list[Reply]:
    """What we said to the message before the one at hand."""
    exchanges = _exchanges(events)
    return exchanges[-2].replies if len(exchanges) > 1 else []


def told_lately(events: Sequence[Event]) -> list[Reply]:
    """What we said in this talk, up to the message at hand."""
    return [reply for exchange in _exchanges(events)[:-1] for reply in exchange.replies]


def refused(events: Sequence[Event]) -> set[str]:
    """The answers ("topic/key") that were given or offered in this talk, and the next words said were not it."""
    found: set[str] = set()
    exchanges = _exchanges(events)
    for before, after in zip(exchanges, exchanges[1:], strict=False):
        picked_none = after.said.startswith("/") and _OTHER in after.said
        if picked_none or (not after.said.startswith("/") and puts_right(after.said)):
            found |= before.answers
    return found


def put_right(events: Sequence[Event]) -> bool:
    """Whether they said in this talk that what came was not it."""
    said = [exchange.said for exchange in _exchanges(events)[1:]]
    return any(not text.startswith("/") and puts_right(text) for text in said)


@dataclass
class _Exchange:
    said: str
    replies: list[Reply]
    answers: set[str]


def _exchanges(events: Sequence[Event]) -> list[_Exchange]:
    """The messages of this talk, each with what came of it; the last is the one at hand."""
    found: list[_Exchange] = []
    for event in _of_this_talk(events):
        if event.get("event") == "user":
            found.append(_Exchange(str(event.get("text") or ""), [], set()))
        elif not found:
            continue
        elif event.get("event") == "bot":
            text = str(event.get("text") or "").strip()
            name = (event.get("metadata") or {}).get("utter_action")
            if text:
                named = str(name).removeprefix("utter_") if name else None
                found[-1].replies.append(Reply(text, named, tuple(payloads(event.get("data") or {}))))
            found[-1].answers.update(_offered(event))
        elif event.get("event") == "slot" and event.get("name") == "answer" and event.get("value"):
            found[-1].answers.add(str(event["value"]))
    return found


def _of_this_talk(events: Sequence[Event]) -> Sequence[Event]:
    now = next((e.get("timestamp") or 0.0 for e in reversed(events) if e.get("event") == "user"), 0.0)
    return [e for e in events if now - (e.get("timestamp") or now) <= TALK]


def payloads(message: Mapping[str, Any]) -> Iterator[str]:
    """What the choices under a message of ours do."""
    return (str(button.get("payload") or "") for button in message.get("buttons") or ())


def _offered(event: Event) -> Iterator[str]:
    for payload in payloads(event.get("data") or {}):
        if found := _ANSWER.fullmatch(payload):
            yield f"{found[1]}/{json.loads(found[2]).get('answer')}"
