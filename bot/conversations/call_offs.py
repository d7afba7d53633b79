"""A call that was asked for, or was taken to be, is called off by text: "cancel the call, he could answer it".

Whoever says so is told at once that nobody will ring: somebody else may pick the phone up. Only what says that and sets
no hour, place or other number is taken so; all else is for the language model.
"""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from bot import clock, wording
from bot.conversations import call_backs, handoffs, messages
from bot.models import Conversation

#: What closes a hand-off that was only for the call.
CALLED_OFF = "called_off"
_LEAD = (
    r"(?:(?:no|naw|nah|nope|please|pls|sorry|eh|but|and|so|ok|okay|n|an|actually|wait|i said|a said|just|"
    r"jist|(?:nae|no) bother|aye|right|well|fine)\W+)*"
)
_NOT = r"(?:do not|don'?t|dinnae|dinny)"
_RING = r"(?:ring|phone|fone|call)"
_CALL = r"(?:a|the|any|nae|that|this|your|my|ma) (?:phone ?)?(?:call|ring)(?: ?back)?"
_END = r"(?: (?:back|please|pls|again|any ?more|at all|after all|instead|thanks|ta|pal|mate|hen))*"
#: Said of ringing the writer, whether a call is wanted or not.
_EXPLICIT = re.compile(
    rf"\A\W*{_LEAD}(?:{_NOT} {_RING} (?:me|us)|"
    rf"(?:i|a|ah) (?:do not|don'?t|dinnae|dinny|never|didn'?t|didny|didnae) "
    rf"(?:want|wanted|need|ask|asked)(?: for| fur)? {_CALL}|"
    rf"(?:i'?m |im |am |a'm )?(?:no|not|never) (?:wantin\w*|needin\w*|after|lookin\w* (?:for|fur)) {_CALL}|"
    r"(?:tell|say (?:to|tae)) (?:(?:your|yer|the|that) )?(?:workers?|them|him|her|staff|somebody|folk) "
    rf"(?:no|not|nae) (?:to|tae) {_RING} (?:me|us)|(?:i |a |ah )?(?:said |say )?(?:no|naw) (?:to|tae) "
    rf"(?:{_CALL}|{_RING}(?:ing|in)? (?:me|us))|(?:cancel|scrap) {_CALL}){_END}\W*\Z",
    re.IGNORECASE,
)
#: The same in fewer words, where a call is wanted.
_BARE = re.compile(
    rf"\A\W*{_LEAD}(?:{_NOT} {_RING}|no (?:phone ?)?calls?|(?:cancel|stop|forget|leave) {_CALL}|"
    rf"(?:just )?text (?:me )?(?:instead|only)){_END}\W*\Z",
    re.IGNORECASE,
)
#: Beside it: a wish to be rung after all, another number, or help that is wanted.
_BUT = re.compile(
    rf"\b(?:(?:can|could|please|but|ok|just) (?:you |ye |some\w+ )*{_RING}|"
    rf"{_RING} (?:me|us) (?:on|at|instead|after|before)|help|kill|scared|threat\w*)\b|\d{{4,}}",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:what|whats|where|wheres|how|when|who|is it|is there|does|do you|can i|can a|will|whit|number)\b",
    re.IGNORECASE,
)
#: It came of our mistake.
_NEVER_ASKED = re.compile(
    r"\b(?:never|didn'?t|didny|didnae) (?:want|wanted|ask|asked)\b|"
    r"\b(?:i|a|ah) (?:mean|meant)\b|\b(?:no|not) what (?:i|a|ah) (?:mean|meant|said|asked)\b",
    re.IGNORECASE,
)


def _parts(text: str) -> list[str]:
    """What stands between full stops, commas and the like, in the text's own spelling."""
    return [part.strip() for part in re.split(r"[.!?;,\n\u2026]+", text.replace("’", "'")) if part.strip()]


def take(db: Session, conversation: Conversation, text: str, message_id: int) -> bool:
    """Call off the call that is wanted in `conversation`, or keep that none is, where `text` says that nobody is to
    ring; False where it does not. In a form it may be what is written down.

    Staff see it in the thread. A hand-off that was only for the call is closed.
    """
    if conversation.task is not None or _BUT.search(text):
        return False
    wanted = call_backs.current(db, conversation.id)
    said = [part for part in _parts(text) if _EXPLICIT.match(part) or wanted is not None and _says(part)]
    if not said:
        return False
    if messages.replies_to(db, message_id):
        return True  # said already: Rasa was down, and is asked again
    if wanted is not None:
        wanted.answer, wanted.checked_at = CALLED_OFF, clock.now()
    if conversation.pending == call_backs.PENDING:
        conversation.pending = None
    handoff = handoffs.current(db, conversation.id)
    if handoff is not None and {reason for reason, _ in handoff.reasons} == {"call_me"}:
        handoffs.close(db, handoff, how=CALLED_OFF)
    else:
        messages.mark(db, conversation, wording.say("marker.called_off"))
    ours = wanted is not None and _NEVER_ASKED.search(text.replace("\u2019", "'"))
    key = "gateway.call_off_sorry" if ours else "gateway.call_off"
    messages.say(db, conversation, wording.say(key), author="system", reply_to=message_id)
    return True


def beside(text: str) -> str | None:
    """What `text` asks beside that, in its own spelling; None where it asks nothing."""
    sentences = [s.strip() for s in re.split(r"(?<=[.!?;\n])\s+", text) if s.strip()]
    rest = " ".join(s for s in sentences if not any(_says(part) for part in _parts(s)))
    return rest if len(rest.split()) > 2 and _ASKS.search(rest) else None


def _says(part: str) -> bool:
    return bool(_EXPLICIT.match(part) or _BARE.match(part))
