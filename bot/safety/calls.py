"""Calls for help: a number texted, or a danger named and nothing else."""

from __future__ import annotations

import re

from bot.safety.verdict import Verdict

_CALL = re.compile(
    r"\A(?: (?:help|please|pls|me|need|call|phone|ring|text|dial|want|i|the|get|now|send|its|this|an|a|medical|real|samaritan|can|you|someone|number|urgent|us|quick|emergency|sos|im|in|to|speak|talk|for|and))*"
    r" (?P<number>9 ?9 ?9|1 ?1 ?2|1 ?1 ?1|1 ?1 ?6 ?1 ?2 ?3|116 123|999999|911|samaritans|emergency|ambulance|police|sos|emojisos|emojiambulance|mayday|help me help me)"
    r"(?: (?:help|please|pls|me|now|\||emergency|need|quick|number|call|sos|999|112|111|urgent|asap|i|it|they|ambulance|police|us))* *\Z"
)
#: One word or two and nothing else: it may be an alarm or a topic, so it is asked about.
_BARE = re.compile(
    r"\A (?:its |an |help |overdose )*(?:overdose|overdosed|overdosing|narcan|too many (?:pills|tablets)|too much gear|suicide)(?: help| now| \|)* \Z"
)
#: A danger named and nothing else.
_BARE_NAMES = {
    "domestic abuse": ("abuse", "partner"), "domestic violence": ("abuse", "partner"), "dv": ("abuse", "partner"), "abuse": ("abuse", "partner"),
    "abused": ("abuse", "partner"), "rape": ("abuse", "sexual_assault"), "raped": ("abuse", "sexual_assault"), "fire": ("emergency", "fire"),
    "dts": ("emergency", "withdrawal"), "blue lips": ("emergency", "not_breathing"), "seizure": ("emergency", "fit"), "heart attack": ("emergency", "chest_pain"),
    "gasping": ("emergency", "breathing"), "passing out": ("emergency", "not_breathing"), "unconscious": ("emergency", "not_breathing"), "out cold": ("emergency", "not_breathing"),
    "poisoned": ("emergency", "poisoning"), "scalded": ("emergency", "bleeding"), "electric shock": ("emergency", "bleeding"), "dying here": ("emergency", "call_for_help"), "threatened": ("abuse", "threatened"), "strangled": ("abuse", "partner"), "held hostage": ("abuse", "partner"),
    "asthma attack": ("emergency", "breathing"), "stabbed": ("emergency", "bleeding"), "cant move": ("emergency", "stroke"), "stroke": ("emergency", "stroke"),
}  # fmt: skip
_BARE_NAME = re.compile(rf"\A (?:the |its |an? |i need help with |help )*(?P<name>{'|'.join(_BARE_NAMES)})(?: and i need help| help| now| please| what to do| what do i do| first aid| \|)* \Z")


def call_for_help(plain: str) -> Verdict | None:
    """The verdict on a text (as `normalise` leaves it) that calls for help; None when it is something else."""
    if len(plain) < 120 and (found := _CALL.match(plain.replace(" | ", " "))):
        number = found["number"].replace(" ", "")
        lonely = number in ("116123", "samaritans")
        return Verdict("suicide" if lonely else "emergency", "call_for_help", "self", "strong", f"texted_{number}")
    if _BARE.match(plain):
        suicide_named = "suicide" in plain
        kind = "suicide" if suicide_named else "overdose"
        return Verdict("suicide" if suicide_named else "emergency", kind, "self", "weak", f"bare_{kind}")
    if found := _BARE_NAME.match(plain):
        safety, kind = _BARE_NAMES[found["name"]]
        return Verdict(safety, kind, "self", "weak", f"bare_{kind}")
    return None
