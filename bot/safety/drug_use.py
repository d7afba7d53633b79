"""How much is too much, what is the safest way: a question about using drugs, whose words are those of an overdose.

It is asked by people who mean to live. Whoever has taken too much already, or says what it would be for, asks otherwise.
"""

from __future__ import annotations

import re

#: What is used, rather than what is prescribed against pain or low mood: of those a question about "enough" is a darker one.
_DRUG = re.compile(
    r" (?:heroin|smack|gear|brown|kit|valium|street valium|blues|xanax|etizolam|benzos|jellies|downers|coke|cocaine|crack|speed|amphetamines?|meth|mdma|mandy|molly|eccies|ecstasy|e|pills? at (?:a |the )?(?:rave|club|dancing)|"
    r"ket|ketamine|ghb|gbl|g|spice|hash|weed|cannabis|methadone|subutex|buvidal|buprenorphine|pregabalin|pregabs|gabapentin|gabbies|gabs|opiates|opioids|fentanyl|nitazenes|oxy|oxycodone|lsd|acid|mushies|mushrooms|drugs|street drugs|bags?|hits?|lines?) "
)
_ASKED = re.compile(
    r" (?:how (?:much|many|long|strong|soon|often|do|can|should|would|to|not|no|dangerous|risky|likely|easy)|what(?:s| is| are|) |whats|what (?:dose|amount|happens|counts|should)|can|could|will|would|is|are|am i|does|do|should|safest|safer|best way|whats (?:the|a)|lethal dose of|fatal dose of) "
)
#: How not to: whoever asks this wants to live, whatever it is that they take.
_TO_LIVE = re.compile(
    r" (?:how (?:do (?:i|you|we) |can (?:i|you|we) |to |should i )?(?:no|not|never|avoid|dont|best not|to no|to not)(?: to)? (?:overdosed?|overdosing|go over|going over|die|dying)|without (?:overdosing|dying|going over)|"
    r"(?:dont|not|no|doesnt) (?:want|wanting) to (?:overdosed?|go over|die)|stop (?:myself |me )?(?:overdosing|going over)) "
)
#: It happened already, or it is wanted.
_MEANT = re.compile(
    r" (?:ive (?:just |already )?(?:took|taken|had|swallowed|done|necked|injected)|i (?:just |already )?(?:took|taken|had|swallowed|necked|injected)|just (?:took|taken)|myself|to (?:kill|end|finish|die)|(?:end|ending|finish|finishing) (?:it|things|my life)|(?<!dont )(?<!not )(?<!no )(?<!never )(?:want|wanting|wish|hope|hoping|plan|planning|trying) to overdose|(?:take|taken|took|taking|neck|necked|do|did|swallow) (?:them all|all of (?:it|them)|the lot|the whole|every)|hope so|hopefully|do the job|never wake|not wake|dont wake|"
    r"(?:want|wants|wanting|wish|going|gonna|ready|rather|better) (?:to )?(?:be )?(?:die|dead|go for good)|kill me off|how (?:much|many) (?:[a-z0-9]+ ){0,6}(?:kill|finish) me|painless|painlessly|suicide|suicidal|goodbye|(?:hes|shes|he|she|they|theyre|pal|mate|brother|sister|son|daughter|baby|wean|dad|mum) (?:[a-z]+ ){0,2}(?:took|taken|has|had|is|wont|not)) "
)
#: What somebody fears of what they use, and does not want: "am i gonna die if i keep taking these".
_FEARED = re.compile(
    r" (?:am i|will i|would i|could i|can i|is (?:it|that|this)|will (?:it|that|they|this)|are they|could (?:it|that|they)) "
    r"(?:just |really |actually )?(?:gonna |going to |asking to |likely to )?(?:die|kill me)(?= )"
)


def is_asked(plain: str) -> bool:
    """Does a text in plain spelling only ask about using drugs, with nothing taken and nothing wanted of it?"""
    asked = _DRUG.search(plain) or _TO_LIVE.search(plain)
    return bool(asked and _ASKED.search(plain)) and not _MEANT.search(_FEARED.sub(" ", plain.replace(" stop myself ", " stop ")))
