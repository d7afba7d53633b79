"""Another language than English, and the wish for one: "po polsku prosze", "you speak romana?". Pure."""

from __future__ import annotations

import re


def _anywhere(*said: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(said)})\b", re.IGNORECASE)


#: Scripts that are not ours, and common words of the languages that are spoken in Glasgow beside English.
_SCRIPT = re.compile("[\u0370-\u052f\u0590-\u06ff\u0900-\u0e7f\u1200-\u137f\u3040-\u9fff\uac00-\ud7af]{2}")
_FOREIGN = _anywhere(
    "dzie[nń] dobry|gdzie|jest|jestem|boli|mnie|prosz[eę]|dzi[eę]kuj[eę]|potrzebuj[eę]|lekarz|pomoc|"
    r"cze[sś][cć]|czy|mog[eę]|mo[zż]esz|po polsku|pisa[cć]|chc[eę]|nie wiem",  # Polish
    "bun[aă]|unde|doare|mul[tț]umesc|ajutor|vreau|vorbi[tțţ]i|vorbe[sșş]ti|limba|rom[aâ]n[aă]|rom[aâ]ne[sșş]te",
    "bonjour|je suis|j'ai|s'il vous|merci|où|hola|tengo|gracias|por favor|d[oó]nde|ayuda|necesito",
    "obrigad[oa]|preciso|ajuda|ciao|dove|aiuto|grazie|dobry den|prosim|potrebujem|te[sş]ekk[uü]r|yard[iı]m",
    "salaam?|kya|mujhe|nahi|madad|chahiye|dard|waan|caawimo|shukran|marhaba",
)
_ENGLISH = _anywhere(
    "the|is|are|what|how|can|my|to|and|for|you|please|help|do|in|of|have|where|i|am|not|a|it|me|ma|wi|aye|need|want"
)
#: Languages by the names that people ask for them.
_LANGUAGE = (
    "(?:polish|polski|romanian|rom[aâ]n[aă]|romani|arabic|urdu|punjabi|panjabi|hindi|bengali|farsi|persian|dari|pashto|"
    "kurdish|sorani|chinese|mandarin|cantonese|french|spanish|portuguese|italian|german|ukrainian|russian|slovak|czech|"
    "hungarian|bulgarian|lithuanian|latvian|albanian|turkish|vietnamese|tigrinya|amharic|oromo|somali|swahili|gaelic)"
)
#: Of us: what others speak, at a session or a clinic, is another question.
_SPEAK = "(?:speak\\w*|spik|write|text|talk|know|understand|answer|reply|say (?:it|that|this))"
_WISH = re.compile(
    rf"\b(?:you|u|ye|yous|bot|robot) (?:can |also )?{_SPEAK}(?: to me| me| it| this)?(?: in| a bit of)? {_LANGUAGE}\b|"
    rf"^\W*(?:in )?{_LANGUAGE}(?: language)?(?: please| pls| only| text)*\W*$|"
    rf"^\W*(?:please |pls |only )?(?:{_SPEAK} )?(?:in )?{_LANGUAGE}(?: please| pls)?\W*$|"
    rf"\b(?:can|could|is it possible)\b.{{0,25}}\b(?:texts?|messages?|write|answers?|this|it|you)\b.{{0,15}} "
    rf"in {_LANGUAGE}\b|"
    r"\b(?:another|other|my|different) language\b.{0,12}$",
    re.IGNORECASE,
)


def another_language(said: str) -> bool:
    """Whether a message is in another language, or asks us for one."""
    if _SCRIPT.search(said) is not None or _WISH.search(said) is not None:
        return True
    foreign = len(_FOREIGN.findall(said))
    return foreign > 0 and foreign >= len(_ENGLISH.findall(said))
