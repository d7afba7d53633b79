"""How people take back what they just asked for, and ask on in half a sentence. Pure."""

from __future__ import annotations

import re

_NOT_AFTER_ALL = re.compile(
    r"^\W*(?:(?:actually|och|aw|oh|wait|sorry|hing is|thing is|no|naw|nah|hold on|haud oan|ma bad|my bad)\W+)*"
    r"(?:actually\W*)?(?:naw|nah|no|cancel (?:it|that)|(?:(?:i|a|ah)(?:'?ve)? )?changed (?:my|ma) mind|"
    r"(?:(?:i|a|ah) )?(?:can'?t|cannae|canny|cannot) (?:go|make (?:it|that))|"
    r"(?:is it|can (?:i|a)).{0,12}(?:too late|still).{0,12}(?:change|cancel|back oot|back out).{0,12}|"
    r"tak(?:e)? me (?:aff|off)(?: (?:it|that))?|forget it|(?:(?:i|a|ah) )?(?:don'?t|dinnae) (?:want|wan) (?:it|that))"
    r"(?:\W+(?:then|sorry|pal|mate|please|pls|actually))*\W*$",
    re.IGNORECASE,
)
_HALF_A_QUESTION = re.compile(
    r"^\W*(?:(?:and|but|so|ok|aye|right)\W+)*(?:how (?:long|much|many|often|come|bad|soon)|why|"
    r"(?:wh?[ai]t|wit) (?:about|aboot|if|for|fur|else|kind)|"
    r"(?:is|are|does|dis|do|dae|can|could|will|wull|would|should) (?:it|that|this|they|them|i|a|ah|he|she|you|ye)\b|"
    r"who (?:does|decides|gives|gies|tells|(?:do|dae|can|should) (?:i|a|ah|we))|when (?:do|dae|does|dis|can|will)|"
    r"(?:how|wh?[ai]t|wit|wot|where) (?:do|dae|can|should) (?:i|a|ah|we|you|ye|u|it))\b",
    re.IGNORECASE,
)
#: Words of who may see or hear of something: then it is about privacy, however short.
_PRIVATE = re.compile(
    r"\b(?:see|sees|seen|tell|tells|telt|told|know|knows|find oot|find out|share\w*|read|reads|record\w*|report\w*|"
    r"private\w*|confidential\w*|secret|police|polis|social|worker|manager|court|texts?|messages?|number|phone|data)\b",
    re.IGNORECASE,
)
#: Naloxone, as it lies at hand beside somebody who has taken too much; and that it was given.
_KIT = re.compile(
    r"\b(?:kit|naloxone|naloxon|narcan|nyxoid|prenoxad|spray|jag|injection|yellow (?:box|case))\b", re.IGNORECASE
)
_GIVEN = re.compile(
    r"\b(?:gave|gied|given|gien|gi'?ed|used|yased|sprayed)\b.{0,20}"
    r"\b(?:kit|naloxone|naloxon|narcan|nyxoid|prenoxad|spray|dose)\b",
    re.IGNORECASE,
)
_SEEKS = re.compile(
    r"\b(?:where|whaur|how(?! (?:do|dae|can) (?:i|a|ah|we|you|ye) (?:use|yase|gie|give))|get|buy|need|want|nae|no|"
    r"without|haven'?t|hivnae|out ?of)\b",
    re.IGNORECASE,
)
#: To stop at once what the body has got used to.
_STOPS = re.compile(
    r"\b(?:stop|stoap|quit|come (?:aff|off)|coming (?:aff|off)|cold turkey|pack it in|chuck it|gie it up|give it up)\b",
    re.IGNORECASE,
)
#: How the thing that an answer is about is used.
_USES = re.compile(
    r"^\W*(?:(?:and|but|so|ok|aye)\W+)*how (?:do|dae|does|dis|can) (?:i|a|ah|you|ye|u|we|it|they) "
    r"(?:use|yase|work|take|tak|dae)(?: (?:it|them|that|wan|one))?\W*$",
    re.IGNORECASE,
)
#: Words of the programme: then it is no question on health.
_OURS = re.compile(
    r"\b(?:session|class|course|group|book|squad|hours?|order|worker|shift|van|court|breach\w*|case manager|gaffer|"
    r"supervisor|texts?|number|bot|robot|thursday|friday|monday|tuesday|wednesday|saturday|sunday|today|tomorrow|morra)"
    r"(?:es|s)?\b",
    re.IGNORECASE,
)
#: More words than this are more than half a question.
_HALF = 6
#: More words than this lean on nothing.
_SHORT = 9
#: More words than this are about something else than who lies there.
_BESIDE = 16
#: Somebody who knows it from their own life.
_BEEN_THROUGH_IT = re.compile(
    r"\b(?:(?:been|went|gone|goin|going|gaun) through (?:it|this|that|the same)|"
    r"(?:lost|had|has|hud|hiv|have) (?:the same|sum(?:e)?(?:body|one|dy)|it) (?:an aw|anaw|too|as well)|"
    r"(?:in|wi|with) the same (?:boat|thing|problem)|(?:folk|people|others|wans?|ones?|someone|sumdy) like me|"
    r"knows what (?:it'?s|its|this is) like)\b",
    re.IGNORECASE,
)
#: The answer that was given, as it begins → the one that says where people meet who have been through the same.
_PEERS = {
    "suicide_prevention/bereaved": "suicide_prevention/bereaved_what_help",
    "mental_health/grief": "mental_health/grief",
    "drugs/": "drugs/recovery_groups",
    "alcohol/": "alcohol/aa_or_smart",
}
#: A bare no, which may ask for others.
_BARE_NO = re.compile(r"^\W*(?:no|naw|nah|nope)(?:\W+(?:no|naw|thanks|ta|cheers|pal|mate|please|pls))*\W*$", re.I)


def is_private(text: str) -> bool:
    """Whether words say who may see, hear or keep something."""
    return _PRIVATE.search(text) is not None


def has_a_kit(text: str) -> str | None:
    """Beside an overdose: "given" where naloxone was given, "at_hand" where it is there; None where neither is said."""
    if len(text.split()) > _BESIDE or _SEEKS.search(text):
        return None
    return "given" if _GIVEN.search(text) else "at_hand" if _KIT.search(text) else None


def where_they_meet(text: str, given: str) -> str | None:
    """The answer on where people meet, for somebody who wants one "that's been through it" after the answer `given`,
    and not just anybody of ours; None for anything else."""
    if len(text.split()) > _BESIDE or _BEEN_THROUGH_IT.search(text) is None:
        return None
    return next((where for begins, where in _PEERS.items() if given.startswith(begins)), None)


def asks_to_stop(text: str) -> bool:
    """Whether a few words ask about stopping: "should i just stop it"."""
    return len(text.split()) <= _SHORT and _STOPS.search(text) is not None


def asks_how_to_use(text: str) -> bool:
    """Whether all that is asked is how something is used, or works: "how do a use it"."""
    return _USES.match(text) is not None


def takes_it_back(text: str) -> bool:
    """Whether nothing is said but that they want no place after all: "actually naw", "changed ma mind"."""
    return _NOT_AFTER_ALL.match(text) is not None


_LEAVES = re.compile(
    r"^\W*(?:(?:no|naw|nah|ok|right|actually|just|jist)\W+)*(?:leave|forget|scrap|never ?mind) "
    r"(?:it|that|this|the (?:booking|session|class))"
    r"(?:\W+(?:the noo|for now|for the now|then|please|pls|pal|thanks))*\W*$",
    re.IGNORECASE,
)


def leaves_it(text: str) -> bool:
    """The same in more than a bare no, which may ask for others: "actually naw", "leave the booking"."""
    return (takes_it_back(text) and _BARE_NO.match(text) is None) or _LEAVES.match(text) is not None


def is_half_a_question(text: str) -> bool:
    """Whether a few words ask on about what was said: "how long", "what if i cant"; never of the programme itself."""
    return is_few(text) and _HALF_A_QUESTION.match(text) is not None


_ADDS = re.compile(r"^\W*(?:and|an|n|also|plus|what about|whit about|how about)\b", re.IGNORECASE)


def adds(text: str) -> bool:
    """Whether a message goes on from what was said: "n a hot dinner"."""
    return _ADDS.match(text) is not None


def is_few(text: str) -> bool:
    """Whether so few words are said, and none of the programme's own, that they may lean on what was said before."""
    return len(text.split()) <= _HALF and _OURS.search(text) is None
