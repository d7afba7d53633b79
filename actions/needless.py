"""Where the line on whom to turn to would only frighten: beside numbers that are given already, and under a sore back.

Pure. It is about faint doubts alone (decision 0035): a doubt that is more is asked about, whatever was answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot import wording

#: Sentences of domain.yml that name somebody to ring at any hour.
_NAMES_SOMEBODY = frozenset({
    "utter_person", "utter_person_closed", "utter_person_call", "utter_person_call_closed", "utter_call_again",
    "utter_no_service",
})  # fmt: skip
#: What hurts from work or weather, and nobody dies of. No chest, head, heart, belly or breath.
_HURTS = re.compile(
    r"\b(?:(?:my|ma|the|bad|sore|sair) )?(?:back|knees?|shoulders?|ankles?|wrists?|hips?|neck|foot|feet|fit|"
    r"legs?|arms?|elbows?|"
    r"fingers?|thumb|toes?|hauns?|hands?|tooth|teeth|toothache|throat|ear|earache|blisters?|rash|cold|flu|cough|"
    r"hay ?fever|"
    r"sunburn|verruca|spots?|eczema|cramp)\b",
    re.IGNORECASE,
)
#: What is read as an illness, an absence for it, or a question on the body.
_OF_THE_BODY = frozenset({"im_ill", "cant_make_shift", "ask_physical_health"})
#: Anything besides that may be more than a sore back.
_MORE = re.compile(
    r"\b(?:cope|done|end|ended|ending|fed up|had enough|enough|alone|naebody|nobody|no ?one|hate|hates|hit|hits|"
    r"hitting|kick\w*|"
    r"punch\w*|batter\w*|grabb\w*|chok\w*|strang\w*|push\w*|he|she|him|her|they|pills?|tablets?|took|taken|overdos\w*|"
    r"want|wanna|die|dead|dying|kill (?:my|ma)|go on|tired|everything|life|live|jump|cut|cutting|bleed\w*|blood|"
    r"numb|worth\w*|"
    r"scared|feart|cry\w*|greet\w*|goodbye|sorry|bye|sleep|heid|head|hope\w*|anymore|any more)\b",
    re.IGNORECASE,
)
#: More words than this may say more than where it hurts.
_FEW = 12


def line(text: str, intent: str, beside: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the line is needless under what was said `beside` it to `text`, read as `intent`."""
    return _names_somebody(beside) or (intent in _OF_THE_BODY and _only_hurts(text))


def _names_somebody(said: Sequence[Mapping[str, Any]]) -> bool:
    numbers = set(wording.crisis_numbers().values())
    named = any(number in numbers for message in said for number in wording.numbers(str(message.get("text") or "")))
    return named or any(message.get("response") in _NAMES_SOMEBODY for message in said)


def _only_hurts(text: str) -> bool:
    said = text.replace("’", "'")
    return len(said.split()) <= _FEW and _HURTS.search(said) is not None and _MORE.search(said) is None
