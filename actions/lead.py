"""What is said before the answer: sorry for what is hard, for a mistake of ours, and what was asked beside a wish."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from actions import for_others, meant, practical
from actions.kindness import sorry_for
from actions.speech import Speech
from bot import wording

if TYPE_CHECKING:
    from rasa_sdk.executor import CollectingDispatcher

    from actions.turn import Turn

#: Requests that a hard thing is said beside. A health question is answered by what it is about, and is kind itself.
_REQUESTS = frozenset({
    "list_sessions", "book_session", "change_booking", "cancel_booking", "my_bookings", "cant_make_shift", "im_ill",
    "ask_hours", "ask_order", "talk_to_person", "call_me", "correction", "stop_messages",
    "find_service", "nlu_fallback", "out_of_scope",
})  # fmt: skip
#: Somebody asks to be helped with what has a hold of them, which is hard to ask.
_OF_HABITS = frozenset({"ask_alcohol", "ask_drugs", "ask_financial_health"})
_PLEADS = re.compile(
    r"\b(?:(?:please|pls|somebody|someone|can (?:you|u|ye|anybody|anyone)) help me|"
    r"(?:i|a|ah) (?:really |just )?need (?:some )?help|help me (?:get (?:aff|off|clean|sober)|stop)|"
    r"(?:i|a|ah) (?:really |just )?(?:want|need) (?:aff|off|oot|out ae|(?:to|tae) get (?:aff|off|clean|sober))|"
    r"(?:cannae|canny|can'?t|cant) stop (?:drinkin\w*|usin\w*|takin\w*|gamblin\w*|bettin\w*))\b",
    re.IGNORECASE,
)
#: Sentences that are sorry already.
_SORRY = ("utter_kept_complaint", "utter_ask_complaint", "utter_broken")
#: "naw i meant money stuff": what came was wrong.
_MEANT = re.compile(r"\b(?:meant|mean|said|asked (?:for|fur)|other|ither|wrong|no that|not that)\b", re.IGNORECASE)


def put_first(dispatcher: CollectingDispatcher, before: int, turn: Turn) -> None:
    """Put what belongs before it in front of what was said from `before` on."""
    said = dispatcher.messages[before:]
    if texts := lead(turn, said):
        del dispatcher.messages[before:]
        for text in texts:
            Speech(dispatcher).say_text(text)
        dispatcher.messages += said


def lead(turn: Turn, said: Sequence[dict[str, Any]]) -> list[str]:
    """Texts for before what an action has `said` in answer to `turn`: none, one or two, each a sentence or two."""
    if not turn.typed or turn.answered or not said or turn.intent.startswith("crisis_"):
        return []
    found = []
    if corrects(turn) and any(m.get("buttons") for m in said):
        found.append(wording.say("kindness.my_mistake"))
    if not any("sorry" in str(m.get("text") or "").lower() or m.get("response") in _SORRY for m in said):
        only_loss = turn.intent not in _REQUESTS and turn.loop is None
        found += [s] if (s := sorry_for(turn.typed, only_loss=only_loss)) else []
    felt = meant.feeling(turn.typed) if turn.loop is None and turn.intent.startswith("ask_") else None
    if felt is None and turn.loop is None and turn.intent in _OF_HABITS and _PLEADS.search(turn.typed):
        felt = "asked"
    if not found and felt is not None and _plain(said):
        found.append(wording.say(f"kindness.{felt}"))
    if turn.intent in ("book_session", "change_booking", "cancel_booking"):  # a wish and a question in one
        kind = practical.asked(turn.typed, of_a_session=True)
        told = [str(m.get("text") or "") for m in said]
        beside = practical.beside(kind) if kind else ""
        found += [beside] if kind and not any(text.startswith(beside[:30]) for text in told) else []
    if turn.intent in ("book_session", "affirm") and for_others.for_two(turn.typed):
        found.append(wording.say("practical.two"))
    return found


#: Answers that begin kindly themselves, or whose first word must be a number to ring.
_KIND = re.compile(
    r"(?:that sounds|it's ok|it's not your|we're|i'm sorry|you don't have|you're not|please|call|phone|go to|"
    r"stay|a panic|here's what)",
    re.IGNORECASE,
)


def _plain(said: Sequence[dict[str, Any]]) -> bool:
    """Whether what is said begins as a matter of fact, so that a kind word may go before it."""
    return not _KIND.match(str(said[0].get("text") or "that sounds"))


def corrects(turn: Turn) -> bool:
    """Whether a message says that what came was not what they meant, and what they do mean ("naw, the ither wan, in
    Partick"); a bare no does not.
    """
    answers = turn.loop is not None or turn.slots.get("last_said") == "sessions"
    names = any(turn.entity(name) for name in ("topic", "area", "when")) or turn.place() is not None
    no, meant = turn.begins_with_no(), _MEANT.search(turn.typed) is not None
    says_so = (no and meant) or (turn.intent == "correction" and (no or meant))  # "the wan in the toon" picks
    return answers and names and says_so
