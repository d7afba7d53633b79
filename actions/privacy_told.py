"""Who sees this, said as it was asked: the short answer to what is named, the limit once, and never the same twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions import past, privacy_fears, privacy_words, said_once
from actions.speech import Speech
from actions.stores import database
from bot import safety, wording
from bot.conversations import handoffs

if TYPE_CHECKING:
    from actions.turn import Turn

#: Those that say the limit themselves, or have none.
_WHOLE = frozenset({
    "child", "child_again", "means", "others", "health", "health_again", "kept", "how_long", "list", "records",
    "all_again", "sure",
})  # fmt: skip
#: No is an answer to a question on one of these.
_NO = frozenset({"police", "social_worker", "supervisor", "boss", "family", "drugs", "file"})
#: What is asked of us; and why a worker is told unasked.
_OF_US = _NO | {"kept"}
_GRAVE = ("crisis_", "maybe_danger")
_AGAIN = {"all": "all_again", "child": "child_again", "health": "health_again"}
#: What is said where all of it was said.
_SURE = "sure"
#: What is said of doctors, clinics and helplines.
_OF_THEM = ("health", "health_too", "health_again")
#: What a mother's use of drink or drugs is asked as, and how surely.
_OF_A_MOTHER, _SURELY = frozenset({"ask_womens_health", "ask_drugs", "ask_alcohol"}), 0.7
#: What is about the body or the mind, after which "they" are a doctor, a clinic or a helpline.
_HEALTH = frozenset({"answer", "services"})
#: What hardly stands by itself, after what was told on who sees this.
_HARDLY = frozenset({
    "ask_privacy", "ask_order", "ask_hours", "correction", "simpler", "more", "find_service", "list_sessions", "deny",
    "out_of_scope", "nlu_fallback", "repeat", "my_bookings", "ask_womens_health", "ask_suicide_prevention",
    "bot_challenge", "affirm", "source", "help", "share_priorities",
})  # fmt: skip


def say_who_sees(turn: Turn, speech: Speech, kind: str | None = None) -> None:
    """Answer who sees this; `kind` is a sentence of data/wording/privacy.yml where it is known already."""
    if privacy_fears.fears_shame(turn.typed):
        speech.say_text(_sentence("no_shame"))
        return
    too = kind is None and _after_health(turn) and privacy_words.of_whoever(turn.typed)
    kind = kind or _asked(turn)
    lately = [reply.text for reply in past.told_lately(turn.events)]
    said = lately if kind == "all" else [reply.text for reply in past.told(turn.events)]
    for name in (kind, _AGAIN.get(kind, _SURE), _SURE):
        told = {_sentence(name), _sentence("health_too")} if name == "health" else {_sentence(name)}
        if not any(sentence in text for text in said for sentence in told):
            kind = name
            break
    else:
        kind = _SURE
    if kind == _SURE:
        if turn.loop:
            speech.say_text(_sentence("sure_in_form"))
        else:
            speech.say_text(_sentence(kind), said_once.WAYS)
        return
    text = _sentence(kind)
    whether = privacy_words.asks_whether(turn.typed)
    handed = kind in _OF_US and privacy_fears.of_what_was_said(turn.typed) and _went_to_a_worker(turn)
    if handed:  # a bare "no" would be untrue of that
        speech.say_text(_sentence("after_danger"))
    elif whether and kind == "health":
        text = wording.say("privacy.says_no_rule", said=text)
    elif whether and kind in _NO:
        text = wording.say("privacy.says_no", said=text)
    if kind == "all":
        speech.say_text(text)
        speech.say_text(_sentence("limits"))
    elif kind in _WHOLE or _limit_was_told(lately):
        speech.say_text(text)
    else:
        speech.say_text(f"{text} {_sentence('but')}")
    if too and kind in _NO:
        speech.say_text(_sentence("health_too"))


def asked_on(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer what is asked about who sees this in words that were read as something else; None, and nothing said, for
    any other message."""
    if turn.intent.startswith("crisis_") or (turn.danger is not None and turn.danger.rule != safety.FAINT):
        return None
    if privacy_words.surely(turn.typed) and not _is_answered(turn):
        kind = "child" if privacy_words.kind_of(turn.typed) == "child" else "social_worker"
    elif privacy_words.results_to_others(turn.typed, _after_health(turn)) and turn.intent != "ask_privacy":
        kind = "health"
    elif turn.intent in _HARDLY and _told_just_now(turn) and turn.intent != "ask_privacy":
        kind = privacy_words.asks_on(turn.typed)
    else:
        return None
    if kind is None:
        return None
    say_who_sees(turn, speech, kind)
    return []


def _is_answered(turn: Turn) -> bool:
    """Whether an answer on health says it better: "am 10 weeks and on methadone. will they take my baby"."""
    answer = str(turn.parse.get("answer") or "")
    return turn.intent in _OF_A_MOTHER and turn.confidence >= _SURELY and "pregnan" in answer


def _asked(turn: Turn) -> str:
    if privacy_words.kind_of(turn.typed) != "list" and privacy_words.of_others(turn.typed, _after_health(turn)):
        return "health"
    on = privacy_words.asks_on(turn.typed) if _told_just_now(turn) else None
    return on or privacy_words.kind_of(turn.typed) or "all"


def _after_health(turn: Turn) -> bool:
    """Whether "they" may be a doctor, a clinic or a helpline: after an answer on health, places, or what those tell."""
    said = past.told(turn.events)
    of_them = any(_sentence(name) in reply.text for reply in said for name in _OF_THEM)
    about = turn.slots.get("topic") != "financial_health" and turn.slots.get("last_said") in _HEALTH
    return about and (of_them or not _told_just_now(turn))


def _went_to_a_worker(turn: Turn) -> bool:
    """Whether a worker was told of danger in this conversation."""
    with database().read() as db:
        found = handoffs.last(db, turn.conversation_id)
    return found is not None and any(reason.startswith(_GRAVE) for reason, _ in found.reasons)


def _limit_was_told(said: list[str]) -> bool:
    limits = [_sentence(name) for name in ("but", "limits", "child", "means")]
    return any(limit in text for limit in limits for text in said)


def _told_just_now(turn: Turn) -> bool:
    """Whether who sees this is what we spoke of last."""
    ours = [text for key, text in wording.sentences().items() if key.startswith("privacy.") and "{" not in text]
    return any(sentence in reply.text for reply in past.told(turn.events) for sentence in ours)


def _sentence(name: str) -> str:
    return wording.say(f"privacy.{name}")
