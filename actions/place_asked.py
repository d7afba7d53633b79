"""What somebody asks of a place that was just given: its number, when it opens, where it is, the cost, a referral.

What is written down about it is said again, and nothing is made up. Without this "whats the number" would be a new
search, and bring another place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.speech import Speech
from actions.stores import database, settings
from bot import clock, wording
from bot.models import Service
from bot.programme import services

if TYPE_CHECKING:
    from actions.turn import Turn

#: Slot of the places (their slugs) that the last text about places gave.
TOLD = "services_told"
#: More words than this are a question by themselves.
_SHORT = 11
_IT = r"(?:it|that|this|they|them|there|the place|that place|that wan|that one|the (?:first|second) (?:one|wan))"
_END = (
    r"(?:\W+(?:there|here|now|the noo|the day|today|for (?:it|them|that)|pls|please|plz|pal|mate|then|first|up|tho|"
    r"though|or whit|or what))*\W*$"
)
_START = (
    r"^\W*(?:(?:and|but|so|ok|okay|aye|right|thanks|thank you|cheers|ta|well|ah|aw|oh|great|brilliant|magic|sound|"
    r"nice (?:one|wan)|perfect|no bother|cool|naw|no)\W+)*"
)
_A_PLACE = re.compile(r"\b(?:place|number|line|service|cruse|samaritans|sandyford)\b", re.IGNORECASE)
#: What is asked of it → how. The first that fits counts.
_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(_START + said, re.IGNORECASE))
    for kind, said in (
        (
            "number",
            r"(?:(?:wh?[ai]t|wit|wot)(?:'?s| is| wis)? (?:the|their|thair|that|its|it's)? ?"
            rf"(?:phone ?|contact ?)?(?:number|num|nummer|phone|details)(?: again)?{_END}|"
            r"(?:(?:have|huv|hae|got|do|dae) (?:you|ye|u) (?:got |have |hae |know )?)?(?:a |the |their )?"
            rf"(?:phone |contact )?(?:number|num|nummer|details){_END}|"
            r"(?:(?:i|a|ah) )?(?:don'?t|dinnae|haven'?t|hivnae|havnae) (?:have |got |hae |huv )*"
            rf"(?:a |the |their |ony |any )?(?:phone )?(?:number|num|nummer){_END}|"
            rf"how (?:do|dae|can) (?:i|a|ah|we) (?:contact|phone|ring|call|get (?:hold|a haud) (?:of|ae)|reach) {_IT})",
        ),
        (
            "booked",
            r"(?:(?:can|kin|could|do|dae|should|will) (?:i|a|ah|we|you|ye) (?:just |jist |have to |need to |need tae |"
            r"need |hae tae |huv tae |huv to |gotta )*"
            r"(?:walk in|turn up|go in|drop in|show up|make an appointment|book|get referred|be referred|"
            r"phone|call|ring|(?:a|an) (?:appointment|referral|appt))"
            rf"(?: (?:first )?(?:or|and|an) (?:can|kin|could|do|dae|just|jist|is|wait|turn|walk)\b.*$|{_END})|"
            rf"(?:is {_IT}|are they) (?:a )?(?:walk ?in|drop ?in|by appointment)\b|"
            rf"(?:do|dae) (?:you|ye|i|a|ah|we) need (?:an? )?(?:appointment|referral|referred|appt){_END}|"
            r"walk in\W*$|(?:by )?appointment\W*$|appointment or)",
        ),
        (
            "open",
            rf"(?:is {_IT} (?:still )?(?:open|shut|closed)|are (?:they|{_IT}) (?:still )?(?:open|shut|closed)|"
            rf"(?:when|wh?[ai]t time|wh?[ai]t hours?|wh?[ai]t days?|how late)(?:'?s| is| are| r| do| dae| does| dis)? ?"
            rf"{_IT} (?:open|shut|close|on|there)|when (?:do|dae|does|dis|is|are|r) {_IT}|"
            r"(?:opening|openin) (?:times?|hours?)\b|open (?:now|the day|today|the morra|tomorrow|late|at)\b|"
            rf"(?:on|at|oan) (?:a )?(?:night|nights|weekends?|sundays?|saturdays?|sunday|saturday)\W*$|"
            rf"(?:do|dae|does|dis) {_IT} (?:open|shut|close|do nights?|do weekends?|work weekends?)\b|"
            r"(?:wh?[ai]t|how) (?:about|aboot) (?:at |on )?(?:nights?|weekends?|sundays?|saturdays?|christmas)\W*$)",
        ),
        (
            "where",
            rf"(?:where(?:'?s| is| are| aboots?| abouts?)? {_IT}|whaur(?:'?s| is)? {_IT}|whereabouts\b|"
            rf"how (?:do|dae|can|would) (?:i|a|ah|we|you|ye) get (?:there|to {_IT}|tae {_IT})|"
            rf"(?:is|are|iz) {_IT} (?:far|near|close|nearby)\b|how far(?: is {_IT}| away)?{_END}|"
            r"(?:wh?[ai]t|which) (?:street|bus|train|part)\b|(?:wh?[ai]t(?:'?s| is) )?(?:the |its |their )?"
            rf"(?:address|postcode){_END})",
        ),
        (
            "cost",
            rf"(?:(?:is|are) {_IT} (?:aw |all |a )?(?:free|dear|expensive)\b|(?:do|dae|will|wull|does|dis) "
            rf"(?:i|a|ah|we|you|ye|{_IT}) (?:have to |need to |hae tae |huv tae |need tae )?(?:pay|charge|cost)\b|"
            rf"how much(?: is {_IT})?{_END}|"
            r"(?:wh?[ai]t|wit) (?:does|dis|wid|will|would) (?:it|that|they) (?:cost|charge)|free\W*$|"
            rf"(?:is|are) there a (?:charge|fee|cost)|(?:does|dis) {_IT} cost|"
            r"(?:so )?(?:it'?s )?free (?:then|aye)\W*$)",
        ),
        (
            "other",
            rf"(?:(?:is|are) {_IT} (?:any )?(?:good|nice|ok|safe|private|confidential|busy|mixed|for \w+){_END}|"
            rf"(?:do|dae|does|dis|will|wull|would|wid) {_IT} "
            r"(?:do|dae|take|have|hae|huv|help|speak|let|see|ask|want)\b|"
            r"(?:do|dae|will|wull|would) (?:i|a|ah|we|you|ye) need (?:an? |any |ony |my |ma |to (?:bring|have|show) )*"
            rf"(?:id|i\.?d|proof|passport|papers?|letter|voucher|line){_END}|"
            rf"(?:can|kin|could) (?:i|a|ah|we|you|ye) (?:stay|sleep|eat|wash|get (?:a bed|fed)) {_IT}\b|"
            rf"who runs (?:it|that){_END})",
        ),
    )
)  # fmt: skip


def asked(text: str) -> str | None:
    """What a message asks of a place ("number", "open", "where", "cost", "booked" or "other"); None if nothing."""
    said = text.replace("’", "'")
    found = _asked_in(said)
    last = re.split(r"[.!;]+\s+", said.strip())[-1]
    return found or (_asked_in(last) if last != said.strip() else None)  # "naw am alright masel. is that place free"


def _asked_in(said: str) -> str | None:
    if len(said.split()) > _SHORT:
        return None
    return next((kind for kind, pattern in _ASKED if pattern.search(said)), None)


def is_of_the_answer(text: str) -> bool:
    """Whether what is asked after an answer that named a place is rather of what the answer was about: "is it free"."""
    return asked(text) in ("other", "cost") and _A_PLACE.search(text) is None


def reply_to(turn: Turn, speech: Speech) -> bool:
    """Say what is known of the places that were given last; False, and nothing said, where nothing is asked of them."""
    told = turn.slots.get(TOLD) or ()
    kind = asked(turn.typed) if told and turn.typed and turn.loop is None else None
    if kind is None:
        return False
    with database().read() as db:
        found = [s for slug in told if (s := services.get(db, slug, live=not settings().demo)) is not None]
        texts = [wording.to_gsm(" ".join([_known(kind, s), *services.last_check(s, clock.today())])) for s in found]
    texts = [text for text in texts if _fits(text)]
    if not texts:
        return False
    together = "\n".join(texts)
    speech.say_text(together if _fits(together) else texts[0])
    return True


def _fits(text: str) -> bool:
    return wording.size(text).units <= wording.ANSWER_BUDGET


def _known(kind: str, service: Service) -> str:
    """What is known of `service`, in one sentence or two."""
    name, way = service.name, services.way_in(service)
    if kind == "number":
        return wording.say("place.number" if service.phone or service.sms else "place.no_number", name=name, way=way)
    if kind == "open" and service.hours:
        return wording.say("place.open", name=name, hours=service.hours.rstrip("."), way=way)
    if kind == "where" and service.address:
        return wording.say("place.where", name=name, address=service.address)
    if kind == "cost" and re.search(r"(?:^|\. )free\b", service.what or "", re.IGNORECASE):
        return wording.say("place.cost_free", name=name, way=way)
    if kind == "booked" and service.self_referral is not None:
        return wording.say("place.yourself" if service.self_referral else "place.referred", name=name, way=way)
    not_known = {"open": "open_unknown", "where": "where_unknown", "cost": "cost_unknown", "booked": "book_unknown"}
    return wording.say(f"place.{not_known.get(kind, 'other')}", name=name, way=way)
