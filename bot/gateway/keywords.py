"""Words that work in any state, and the cleaning of what is typed before Rasa sees it."""

from __future__ import annotations

import re
import unicodedata

#: What Rasa is given at most; a text of 100,000 characters once took it 32 seconds and 11.7 GB.
MAX_FOR_RASA = 1_600

#: Stop at once, on every channel.
STOP = frozenset({"stop", "stopall", "stop all", "unsubscribe", "opt out", "optout", "revoke", "stop texts"})
#: The SMS provider itself takes these as opting out and blocks what we send, so by SMS they stop too.
SMS_STOP = frozenset({"cancel", "end", "quit"})
START = frozenset({"start", "unstop", "restart"})
#: The SMS provider takes it as opting in, so it counts for a person who had stopped.
SMS_START = frozenset({"yes"})

#: Whole messages → what Rasa is told. Anything longer is for the language model.
PAYLOADS: dict[str, str] = {
    **dict.fromkeys(("menu", "main menu", "the menu", "options", "home"), "/help"),
    "start": "/greet",  # the first thing that Telegram sends, and harmless by SMS
    **dict.fromkeys(("help", "info", "commands", "help menu"), "/help"),
    **dict.fromkeys(
        ("person", "a person", "human", "a human", "worker", "a worker", "staff", "real person", "speak to someone",
         "talk to someone", "somebody", "agent", "operator"), "/talk_to_person"),
    **dict.fromkeys(("call me", "callme", "call me back", "ring me", "phone me"), "/call_me"),
    **dict.fromkeys(("more", "mair", "tell me more", "more please", "more pls", "go on"), "/more"),
    **dict.fromkeys(("who", "who sees this", "privacy"), "/ask_privacy"),
    **dict.fromkeys(("source", "sources", "where is that from", "wheres that from"), "/source"),
}  # fmt: skip

#: In capitals, and a sentence by itself.
_AT_THE_END = re.compile(r"(?:[.!?,;\n]\s*|^)PERSON\W*\Z")
#: A person, asked for in so many words and nothing else: "ok person then", "get me a member of staff please".
_PERSON_ALONE = re.compile(
    r"\A\W*(?:(?:ok|okay|right|aye|naw|well|fine|just|jist|so|please|pls|then|can|could|kin|i|a|ah|we|want|wanna|need|get|git|"
    r"gie|give|me|us|tae|to|speak|talk|text|wi|wae|with|put|through|oan|on|eh|rather|have|prefer|gonnae|gonny|you|ye)\W+)*"
    r"(?:(?:a|an|the|some) )?(?:(?:real|actual|human|live|proper|reel) )*"
    r"(?:person|human(?: being)?|worker|member (?:of|ae) (?:the )?staff|staff(?: member)?)"
    r"(?:\W+(?:then|please|pls|now|noo|instead|pal|mate|thanks|ta|eh))*\W*\Z",
    re.IGNORECASE,
)
#: These words ask what it is, or whether it is one.
_IS_ONE = re.compile(r"\A\W*(?:(?:so|eh|ok|right)\W+)*(?:are|r|is|am|(?:(?:you|ye|u)(?:'?re| are| r)?|"
    r"this)(?: a| an)? (?:real |actual )?(?:person|human|worker))\b", re.I)
_THUMBS = {"👍": "yes", "👌": "yes", "✅": "yes", "🙌": "yes", "👎": "no", "❌": "no"}


def word(text: str) -> str:
    """`text` as a keyword: lower case, letters, digits and single spaces only."""
    return re.sub(r"[^a-z0-9 ]+", "", re.sub(r"\s+", " ", text.lower())).strip()


def is_stop(text: str, channel: str) -> bool:
    """Whether the whole message asks for no more texts, as the channel's provider would take it."""
    return word(text) in STOP or (channel == "sms" and word(text) in SMS_STOP)


def is_start(text: str, channel: str, stopped: bool) -> bool:
    """Whether the whole message asks for texts again."""
    return stopped and (word(text) in START or (channel == "sms" and word(text) in SMS_START))


def payload_for(text: str) -> str | None:
    """What Rasa is told for a word that works in any state; None if the message is not one.

    PERSON, as our texts write it, is also one behind whatever else is said.
    """
    if _AT_THE_END.search(text) or (_PERSON_ALONE.match(text) and not _IS_ONE.match(text)):
        return "/talk_to_person"
    return PAYLOADS.get(word(text))


#: Thanks at the head of a text that goes on: what comes after them is what is wanted.
_THANKS = re.compile(
    r"^\W*(?:(?:ok|okay|right|aye|yes|yeah|oh|aw|great|brilliant|lovely|perfect|sound|grand|magic|no)\b[ ,.]*)*"
    r"(?:(?:it|that|that'?s?|this)(?: has| really)? (?:helped|helps|is helpful|was helpful|helpful)(?: me)?"
    r"(?: (?:a (?:little|bit|lot)|loads))?[ ,.]*)?"
    r"(?:thank ?(?:you|u|ye)|thanks|thnx|thx|ta|cheers)"
    r"(?: (?:you|very|so|much|kindly|a lot|a million|pal|mate|hen|big man|man|then|again|"
    r"for (?:that|this|telling me|the (?:info|help|number|answer))))*\s*[.!,;-]+\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


def after_thanks(text: str) -> str:
    """`text` without the thanks that it begins with, where it goes on for three words or more; else all of it."""
    found = _THANKS.match(text)
    return found["rest"] if found and len(found["rest"].split()) > 2 else text


def for_rasa(text: str) -> str:
    """`text` so that Rasa can only ever read it as words: no control or format characters, no leading slash, capped.

    Empty when nothing readable is left.
    """
    text = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Zs") else c
        for c in text[: MAX_FOR_RASA * 2]
        if unicodedata.category(c) not in ("Cf", "Co", "Cn", "Cs")
    )
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"^[\s/\uff0f]+", "", text)[:MAX_FOR_RASA].strip()
    if text and not any(c.isalnum() for c in text):
        return next((meaning for thumb, meaning in _THUMBS.items() if thumb in text), text)
    return text
