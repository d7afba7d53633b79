"""Words for what a session or a service is about → the eight topics, however they are said."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Topic → words and phrases (regular expressions). A topic added in the console is known by its own name.
_WORDS = {
    "alcohol": r"""
        alcohol|alchohol|alcahol|alcohl|alchol|drinks?|drinkin|drinking|booze|boozing|bevvy\w*|bevy|swally
        |swallying|the drink|buckfast|bucky|vodka|voddy|wine|beer|lager|cider|units?|hangover|hungover|sober
        |abi|wine class|pub
    """,
    "drugs": r"""
        drugs?|drug use|substance\w*|hash|weed|cannabis|grass|green|cocaine|coke|charlie|ching|crack|heroin
        |smack\w*|kit|gear|vall(?:y|ies|ium)|valium|benzos?|blues|street blues|jellies|ecstasy|eccies|eckies
        |speed|spice|ket|ketamine|naloxone|prenoxad|nyxoid|methadone|buvidal|subutex|overdose awareness
        |harm reduction|needle exchange|injecting|gabbies|pregabs?|pregabalin|jaggin|comedown
    """,
    "sexual_health": r"""
        sexual health|sexual|sex|sex health|stis?|stds?|condoms?|johnnies|rubbers|hiv|hep ?[bc]
        |hepatitis(?: [bc])?|bbvs?|blood borne(?: virus\w*)?|chlamydia|gonorrh?oea|syphilis|herpes|warts|prep
        |the clap|the sandyford|sandyford clinic
    """,
    "mental_health": r"""
        mental health|mental|ma heid|my heid|heid (?:is )?(?:mince|nippin|wrecked|aw over)
        |head (?:is )?(?:mince|wrecked)|anxiety|anxious|depress\w*|stress\w*|panic attacks?|low mood|mood
        |nerves|sleep|sleeping|insomnia|worry\w*|ptsd|trauma|adhd|counselling|counsellor|therapy
        |wellbeing group|mindfulness|anger|lonely|loneliness|grief
    """,
    "suicide_prevention": r"""
        suicide|suicide prevention|suicidal|safetalk|safe talk|asist|suicide awareness|suicide class
        |suicide talk
    """,
    "womens_health": r"""
        wom[ae]n'?s'? health|wom[ae]n'?s (?:group|class|session|thing|stuff)|wummin'?s?(?: health)?
        |wumman'?s(?: health)?|wimmin'?s(?: health)?|female health|ladies'? health|lassies'? health|periods?
        |menopause|the change|smear\w*|cervical|pregnan\w*|contracept\w*|the pill|the coil|mammogram|breast\w*
        |hrt|the implant
    """,
    "financial_health": r"""
        financ\w*|money|dosh|skint|debts?|in debt|budget\w*|bills?|benefits?|universal credit|uc|pip|giro
        |fines?|rent|rent arrears|arrears|loans?|loan shark\w*|gambl\w*|bookies|betting|savings?|wages?
        |bank account|food ?bank\w*|money advice|welfare rights
    """,
    "physical_health": r"""
        physical health|physical|fitness|fit|exercise|gym|the gym|walking group|fitba|football|running|weight
        |lose weight|diet|healthy eating|eating|food|smoking|smokin|stop smoking|quit smoking|vap(?:e|es|ing)
        |fags|ciggies|dentist|teeth|toothache|heart|blood pressure|diabetes|asthma|copd|back pain|cancer
        |health check|bowel
    """,
}
#: Topic → its name as staff and choices write it; the slug itself is understood too.
NAMES = {
    "alcohol": "alcohol", "drugs": "drug use", "sexual_health": "sexual health and blood borne viruses",
    "mental_health": "mental health", "suicide_prevention": "suicide prevention", "womens_health": "women's health",
    "financial_health": "financial health", "physical_health": "physical health",
}  # fmt: skip
SLUGS = tuple(NAMES)


@dataclass(frozen=True)
class Topic:
    """A topic that was named, and where in the message."""

    start: int
    end: int
    slug: str


def _pattern(slug: str, words: str) -> re.Pattern:
    ways = "|".join([re.escape(slug), re.escape(NAMES[slug]), re.sub(r"\n\s*", "", words).strip()])
    return re.compile(rf"(?<![\w'])(?:{ways})(?![\w'])")


_PATTERNS = {slug: _pattern(slug, words) for slug, words in _WORDS.items()}


def topics(text: str) -> list[Topic]:
    """Every topic that `text` names, in the order of the text; where two overlap the longer words win."""
    text = text.lower().replace("’", "'")
    found = [Topic(m.start(), m.end(), slug) for slug, p in _PATTERNS.items() for m in p.finditer(text)]
    kept: list[Topic] = []
    for topic in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        if all(topic.end <= other.start or topic.start >= other.end for other in kept):
            kept.append(topic)
    return sorted(kept, key=lambda t: t.start)


def topic_of(text: str) -> str | None:
    """The first topic that `text` names, or None."""
    found = topics(text)
    return found[0].slug if found else None
