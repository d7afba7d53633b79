"""Questions about coming to a session that nobody has written an answer to: children, fares, steps, food.

What is not known is said to be not known, and staff are offered, rather than a list that was not asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import details, underway
from actions.speech import Pair, Speech, option
from bot import wording

if TYPE_CHECKING:
    from actions.turn import Turn

#: What `last_said` is after such an answer: "food?" after "do yous pay the bus" is asked of a session too.
LAST = "practical"
_OF_SESSIONS = frozenset({"list_sessions", "book_session", "change_booking"})

#: It is about a session, whatever the language model made of it.
_SESSION = re.compile(
    r"\b(?:sessions?|class(?:es)?|groups?|courses?|workshops?|talks?|the (?:wan|one|thing|walk))\b", re.IGNORECASE
)
_CHILD = (
    r"(?:weans?|kids?|child(?:ren)?|bab(?:y|ies)|babby|bairns?|toddlers?|son|daughter|"
    r"wee (?:yin|one|man|boy|girl|lassie))"
)
_BRING = r"\b(?:bring|brings|bringing|bringin|brang|take|tak|taking|fetch|huv|have)\b"
#: What is asked → how; a sentence of data/wording/practical.yml each. The first that fits counts.
_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(said, re.IGNORECASE))
    for kind, said in (
        ("child", rf"{_BRING} (?:\w+ ){{0,3}}{_CHILD}\b|\b(?:child ?care|cr[eè]che|baby ?sit\w*)\b"),
        (
            "what",
            r"\b(?:what|whit|wit|wot|wat)\b.{0,20}\b(?:bring|wear|take wi me|take with me)\b|"
            r"\b(?:bring|wear|take) (?:anything|anyhin|owt)\b|\bbring something\b|"
            r"\b(?:what|whit|wot) (?:clothes|claes|gear) (?:(?:do|dae|should|will) )?(?:i|a|we) (?:need|wear|bring)\b|"
            r"\bbring (?:my |ma |any |a )?(?:id|passport|papers)\b",
        ),
        (
            "runs",
            r"\bwho(?:'?s| is| wid be| will be)? (?:runs?|running|runnin|taking|takin|teach\w*|in charge)\b|"
            r"\b(?:will|is) (?:it |there )?(?:be )?(?:a )?(?:woman|wumman|man|lassie|guy) (?:be )?"
            r"(?:running|runnin|taking|doing)\b",
        ),
        ("parking", r"\b(?:parking|parkin|car ?park|park (?:my|ma|the|a) (?:car|van|motor|bike))\b"),
        (
            "more_than_one",
            r"\bcan\b.{0,20}\b(?:more than (?:one|wan|1)|"
            r"(?:two|twa|2|three|3|both|all) (?:sessions|classes))\b",
        ),
        (
            "who_for",
            r"\bis (?:it|this|that|they|the \w+) (?:aw )?(?:just|jist|only) (?:(?:for|fur) )?"
            r"(?:\w+ )?(?:boys|men|guys|lads|women|lassies|girls)\b|"
            r"\bis (?:it|this|that) (?:a )?(?:mixed|(?:wo)?men only)\b|"
            r"\b(?:is|are|will) there (?:be )?(?:any |ony |other )?(?:guys|men|boys|lads|women|lassies)\b|"
            r"\bcan (?:\w+ )?(?:lassies|women|men|boys|lads|girls|guys|anybody|anyone) (?:go|come)\b",
        ),
        (
            "by_staff",
            r"\bcan (?:my|ma) (?:supervisor|worker|gaffer|case manager|social worker) "
            r"(?:book|put) me\b",
        ),
        (
            "opening",
            r"\b(?:when|wh?[ai]t (?:time|hours?)) (?:are|r) (?:yous|youse|you|ye|u|yees) "
            r"(?:aw )?(?:open|in|there|aboot|about)\b|\b(?:your|yer) (?:opening )?(?:hours|times)\b",
        ),
        (
            "reading",
            r"\b(?:cannae|canny|can't|cant|don't|dinnae|struggle (?:to|tae|wi)|no good at|nae good at|bad at) (?:\w+ )?"
            r"(?:read|write|spell|readin\w*|writin\w*)\b|\bdyslexi\w+",
        ),
        (
            "others",
            r"\b(?:who|polis|police|supervisors?|gaffers?|"
            r"same (?:folk|people|ones|wans))\b.{0,25}\b(?:there|go|goes|be at|comes?)\b",
        ),
        (
            "for_another",
            r"\b(?:book|sign up) (?:her|him|them|ma (?!self)\w+|my (?!self)\w+)\W*$|"
            r"\b(?:ma|my) (?:maw|mum|mam|ma|da|dad|sister|brother|wife|man|partner|burd|girlfriend|boyfriend|pal|mate|"
            r"friend|daughter|son) (?:wants?|wid like|would like|needs?) (?:to |tae )"
            r"(?:go|come|book|sign up|get booked)\b|"
            r"\b(?:book|put|sign|get) (?:a|the|one of my|my|ma|our) (?:client|service user|lad|resident|patient)s? "
            r"(?:on|in|down|up|a place|for)|"
            r"\b(?:refer(?:ring)? (?:him|her|them|some\w+|a \w+|my|ma|our)|my (?:clients?|service users?)|"
            r"(?:put|book|sign|get) (?:him|her|them|john|ma \w+|my (?!self|name|place)\w+) "
            r"(?:down|in|up|on|oan|a place|on tae)|"
            r"(?:his|her|their) (?:session|booking|place|class)|"
            r"(?:place|spot|space) for (?:him|her|them|some(?:one|body)|ma (?!self)\w+|my (?!self)\w+))\b",
        ),
        (
            "company",
            rf"{_BRING} (?:\w+ ){{0,3}}(?:pal|mate|friend|partner|wife|husband|girlfriend|boyfriend|burd|someone|"
            r"somebody|sumdy|any(?:one|body)|mum|maw|da|dad|brother|sister|dug|dog|carer|support worker|plus one)\b",
        ),
        (
            "access",
            r"\b(?:wheel ?chairs?|step ?-?free|stairs|ramps?|disabled (?:access|toilet)|crutches|zimmer|"
            r"hearing loop)\b",
        ),
        ("online", r"\b(?:zoom|online|on ?line|video ?call|ms teams|virtual(?:ly)?|fae (?:the hoose|hame))\b"),
        (
            "fares",
            r"\b(?:bus|train|travel\w*|taxi|subway) ?(?:fares?|money|costs?|expenses?|pass|tickets?)\b|"
            r"\b(?:expenses|fares)\b|\bpay (?:for )?(?:my|ma|the|oor|our) (?:bus|train|taxi|travel\w*|fares?)\b",
        ),
        (
            "pay",
            r"(?s:^(?!.*\b(?:bank(?! holiday)|accounts?)\b).*)\b(?:get|git|gettin|getting|be|you|ye|yous|we) "
            r"(?:paid|pay us|pay me|wages)\b",
        ),
        (
            "food",
            r"\b(?:any|is there|free|get|git|do|dae|a|(?:will|wull|does|dis) (?:there|it|they) (?:be|have|huv)) "
            r"(?:\w+ )?(?:food|lunch|grub|scran|tea|coffee|biscuits|"
            r"a piece|feed)\b|\bfed at\b|\b(?:give|gies?|get|serve) (?:\w+ )?(?:lunch|food|dinner)\b|\bhalal\b",
        ),
        (
            "cost",
            r"\b(?:(?:do|dae|does|will|wull|must|hae|have|huv) (?:i |a |ah |we |you |ye )?(?:have |hae |huv |need )?"
            r"(?:to |tae )?pay(?! (?:the|my|ma|a|it|them|back|off))|free or pay|pay for it|"
            r"is (?:it|that|this|they) (?:a' |all )?free|how much|whit dis it cost|(?:what|whit).* cost)\b",
        ),
        (
            "language",
            r"\b(?:interpret\w*|translat\w*|sign language|bsl)\b|"
            r"\b(?:in|speaks?|speaking) (?:polish|arabic|urdu|punjabi|romanian|farsi|chinese|mandarin|cantonese|french|"
            r"spanish|ukrainian|russian|slovak|romani|tigrinya|somali)\b",
        ),
    )
)
#: Under what staff can answer: a yes is the first.
WAYS: tuple[Pair, ...] = (("Ask staff", option("handoff", "asked", 1)), ("What's on", "/list_sessions"))
#: These may be asked of anything: of a session only where one is spoken of.
_OF_ANYTHING = frozenset({
    "reading", "others", "for_another", "food", "cost", "online", "language", "access", "runs", "who_for",
})  # fmt: skip
#: These we know: staff need not be asked.
_KNOWN = frozenset({"more_than_one", "who_for", "by_staff", "opening"})
_ASKS = re.compile(
    r"\?|\b(?:can|kin|could|is|are|do|dae|does|dis|will|wull|any|whit|what|wot|wat|how|who|"
    r"wants|refer|should|need|allowed|ok to|user|get)\b",
    re.IGNORECASE,
)


def asked(text: str, *, of_a_session: bool) -> str | None:
    """The kind of practical question that `text` puts; None if it puts none.

    `of_a_session`: a session is what the talk is of already, so it need not be named.
    """
    if not text or not _ASKS.search(text):
        return None
    named = of_a_session or _SESSION.search(text) is not None
    found = (kind for kind, said in _ASKED if said.search(text))
    return next((kind for kind in found if named or kind not in _OF_ANYTHING), None)


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say what is known, and offer to ask staff, if a message puts such a question; None, and nothing said, if not.

    A yes is the first of the two choices. In the middle of a form there are none: the form goes on asking.
    """
    spoken_of = turn.intent in _OF_SESSIONS or turn.slots.get("last_said") in (LAST, "sessions")
    if details.reply_to(turn, speech):
        return []
    kind = asked(turn.typed, of_a_session=spoken_of or turn.loop is not None)
    if kind in _KNOWN:
        speech.say_text(_known(kind))
        return [SlotSet("last_said", LAST)]
    if kind is None or (kind == "for_another" and not turn.loop):  # that stands beside a booking only
        return None
    if turn.loop:
        speech.say_text(beside(kind))
        return []
    if (when := underway.staff_read(turn)) is not None:  # they need not be asked twice
        speech.say_text(f"{wording.say(f'practical.{kind}')} {wording.say('underway.they_read_it', when=when)}")
        return [SlotSet("last_said", LAST)]
    speech.say_text(f"{wording.say(f'practical.{kind}')} {wording.say('practical.ask')}", WAYS)
    return [SlotSet("last_said", LAST)]


def _known(kind: str) -> str:
    return wording.say(f"practical.{kind}", **({"when": underway.staff_hours()} if kind == "opening" else {}))


def beside(kind: str) -> str:
    """The same in one text without choices, for where a form goes on asking."""
    if kind in _KNOWN:
        return _known(kind)
    return f"{wording.say(f'practical.{kind}')} {wording.say('practical.text_person')}"
