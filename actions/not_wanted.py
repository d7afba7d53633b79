"""A worker is not wanted: said so, or brought in by a text that did not ask for one.

Whoever turns a person down is not given one at the next misunderstanding; only danger brings one in unasked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import meant, underway
from actions.speech import TO_MENU, Speech
from actions.stores import conversation_of, database
from bot import wording
from bot.conversations import handoffs

if TYPE_CHECKING:
    from actions.turn import Turn

#: What `last_said` is once they have turned a worker down.
NO_WORKER = "no_worker"
_NOT = r"(?:do not|don'?t|dinnae|dinny|dinna|never|didn'?t|didnae|didny|not|no|wisnae|wasn'?t|nae)"
_PERSON = r"(?:workers?|persons?|humans?|people|staff|some(?:body|one)|sumdy|any(?:body|one))"
#: "Naw a don't want a worker", "am no wantin tae talk tae anybody", "nae workers".
_REFUSED = re.compile(
    rf"\b(?:i|a|ah|i'?m|am|im)?\s*{_NOT} (?:\w+ )?(?:want|need|wantin\w*|needin\w*|after|lookin\w*)"
    rf"(?: (?:for|fur|to|tae|a|any|ony|yer|your|talk|speak|text|wi|with|tae|nae|the))* {_PERSON}\b|"
    rf"(?:^|[.,;!])\W*(?:(?:naw|no|och|please|aye|ok)\W+)*(?:nae|no) (?:workers?|staff|person)"
    r"(?:\W+(?:please|pls|thanks|ta|pal|mate|then))*\W*$",
    re.IGNORECASE,
)
#: "A didnae ask fur that", "i never asked for a worker".
_UNASKED = re.compile(
    r"\b(?:i|a|ah)(?:'?ve)? (?:never|didn'?t|didnae|didny|haven'?t|havenae|hivnae)(?: even)? ask(?:ed)?"
    rf"(?: (?:for|fur))? (?:that|this|a worker|(?:any|a|your|yer)? ?{_PERSON})\b|"
    rf"\bwho (?:asked|said) (?:for|fur|(?:to|tae) get) (?:a |any )?{_PERSON}\b",
    re.IGNORECASE,
)
#: Only these are undone by it: nothing that they have told us to hand on, and never danger.
_LIGHT = frozenset({"asked", "not_understood", "no_help"})


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say that no worker comes, and call off one who was asked for; None, and nothing said, for anything else."""
    text = turn.typed.replace("\u2019", "'")
    refused, unasked = _REFUSED.search(text) is not None, _UNASKED.search(text) is not None
    if not (refused or unasked):
        return None
    doubt = turn.danger is not None or meant.feeling(turn.typed) is not None  # then nobody is called off
    with database().write() as db:
        conversation = conversation_of(db, turn)
        found = handoffs.current(db, conversation.id)
        reasons = {reason for reason, _ in found.reasons} if found is not None else set()
        light = bool(reasons) and reasons <= _LIGHT and not found.note
        undone = light and found.taken_by is None and not doubt
        if undone:
            handoffs.close(db, found, how="not_wanted")
    if unasked and not refused and not undone:
        if not reasons or reasons == {"call_me"}:
            return None
        speech.say_text(wording.say("underway.not_by_you", when=underway.staff_hours()))
        return []
    key = "never_asked" if undone and unasked else "called_off" if undone else "stays" if reasons else "none"
    speech.say_text(wording.say(f"not_wanted.{key}"), [TO_MENU])
    return [SlotSet("last_said", NO_WORKER)]
