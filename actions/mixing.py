"""Two drugs that slow the body, named in one question: what mixing does is answered, whichever it was read as.

"Can I take codeine on top of my methadone" read as a question on codeine leaves out what could kill.
"""

from __future__ import annotations

import re

#: Each is one drug, or one family of which one is enough.
_SLOWS = tuple(
    re.compile(rf"\b(?:{names})\b", re.IGNORECASE)
    for names in (
        "methadone|physeptone|green(?: stuff)?|subs|subutex|suboxone|buvidal|espranor",
        "heroin|smack|kit|gear|opioids?|opiates?|fentanyl|nitazenes?",
        r"codeine|co-? ?codamol|dihydrocodeine|dihydros|dfs|tramadol|oxy\w*|morphine|solpadeine",
        r"vall?ies?|valium|vallys?|diazepam|xanax|xannies|blues|benzos?|temazepam|lorazepam|etizolam|street blues",
        r"pregab\w*|gabapentin|gabbies|lyrica",
        r"zopiclone|nytol|phenergan|promethazine|sleepers|sleeping (?:pills?|tablets?)",
    )
)
_TOGETHER = re.compile(
    r"\b(?:can|kin|could|ok|safe|mix\w*|on tap|on top|together|the ?gether|wi|with|wae|bad|alright|awright|"
    r"at the same time|along ?side|and|n)\b",
    re.IGNORECASE,
)
#: The answer ("topic", "key") on what mixing does.
ANSWER = ("drugs", "mixing")


def asked_about(text: str) -> bool:
    """Whether a message asks about two of them at once."""
    return sum(bool(drug.search(text)) for drug in _SLOWS) >= 2 and _TOGETHER.search(text) is not None
