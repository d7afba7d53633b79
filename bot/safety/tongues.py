"""Danger said in another language than English: the plainest ways of saying it, in languages that are spoken in Glasgow.

Our answers are English and stay so; what is heard here brings a person, who can bring an interpreter. None of it is shown
to anybody. The phrases were written without native speakers: a person who speaks the language should read its line.
"""

from __future__ import annotations

import re
import unicodedata

from bot.safety.verdict import Verdict

#: The rule named.
RULE = "other_tongue"
_UNFOLDED = str.maketrans({"ł": "l", "đ": "d", "ı": "i", "ø": "o", "ß": "ss", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ё": "е", "’": "'", "ʼ": "'"})

#: Latin script, accents off, whole words: (strong, what is only named, asked about).
_SUICIDE = (
    # Polish, Romanian
    r"chce (?:sie )?(?:umrzec|zabic)|zabije sie|powiesze sie|nie chce (?:juz )?(?:dluzej )?zyc|(?:skonczyc|skoncze) ze soba|odebrac sobie zycie|"
    r"(?:vreau|as vrea) sa (?:mor|ma omor|ma sinucid)|ma (?:omor|sinucid)|nu mai vreau sa traiesc|imi iau viata|"
    # Spanish, Portuguese, French, Italian, German
    r"(?:me )?quiero (?:morir|morirme|matarme|suicidarme)|me voy a matar|no quiero vivir|quitarme la vida|"
    r"quero (?:morrer|me matar)|vou me matar|nao quero (?:mais )?viver|"
    r"(?:je )?veux (?:mourir|me tuer|me suicider)|je vais me (?:tuer|suicider)|plus envie de vivre|"
    r"voglio (?:morire|uccidermi|ammazzarmi)|mi (?:uccido|ammazzo)|non voglio (?:piu )?vivere|"
    r"ich will (?:sterben|nicht mehr leben)|mich umbringen|"
    # Albanian, Turkish, Kurdish (Kurmanji), Somali, Vietnamese
    r"dua te vdes|(?:do ta|te|do te) vras veten|nuk dua te jetoj|olmek istiyorum|kendimi oldur\w+|yasamak istemiyorum|"
    r"dixwazim bimirim|xwe bikujim|inaan dhinto|inaan is dilo|muon chet|muon tu tu|khong muon song|"
    # Russian, Ukrainian, Bulgarian in Latin letters; Urdu, Hindi, Punjabi
    r"k?hochu (?:umeret|pomerty|umyeret)|ne k?hochu (?:zhit|zhyty)|ubyu sebya|iskam da umra|shte se ubiya|"
    r"mar(?:na|jana| jana) chah?(?:ta|ti|unda|undi)|(?:jeena|jina) nahi? chah?(?:ta|ti)|khud(?:kushi|kashi|khushi) kar\w*|apni jaan le\w*"
)
_SUICIDE_NAMED = r"samoboj\w+|sinucid\w+|suicid(?:io|arme|armi|er|ar|arse)|vetevrasj\w+|intihar\w*|khud(?:kushi|kashi|khushi)|selbstmord|samogub\w*|samoubi\w+"
_EMERGENCY = (
    r"(?:wezwij|wezwijcie|wezwac|potrzebuje|potrzebna|dzwon po) (?:po )?karetk\w+|nie oddycha|nie moge oddychac|przedawkowal\w*|ma zawal|"
    r"(?:chemati|cheama|vreau|trebuie) (?:o )?ambulant\w+|nu (?:mai )?respira|nu pot (?:sa )?respir\w*|supradoza|"
    r"(?:llama|llamen|llame|necesito) (?:a )?(?:una )?ambulancia|no (?:puedo )?respira\w*|sobredosis|chama(?:r)? (?:uma )?ambulancia|nao (?:consigo )?respira\w*|"
    r"ne respire (?:pas|plus)|(?:peux|arrive) (?:pas|plus) (?:a )?respirer|non (?:riesco a )?respira\w*|chiam\w+ (?:un )?ambulanza|"
    r"nuk merr fryme|nefes al(?:amiyorum|miyor)|ambulans (?:cagirin|lazim)|saans nahi?|ne dyshit|ne mogu dyshat"
)
_ABUSE = (
    r"bije mnie|mnie bije|grozi mi|chce mnie zabic|zgwalci\w+|ma bate(?= (?:sotul|el|barbatul|tata|iubitul|zilnic|rau))|(?:sotul|el|barbatul|iubitul) ma bate|m-?a violat|"
    r"me (?:pega|golpea|violo|quiere matar)|me (?:violou|quer matar)|(?:il|mari) me (?:bat|frappe)|m'a violee?|mi picchia|mi ha violentata|"
    r"me rreh|me rrah|beni dov\w+|tecavuz\w*|mujhe (?:marta|maarta|marte|maarte)|wuu i garaac\w*"
)
#: Other scripts, where no space need stand between words.
_SUICIDE_SCRIPTS = (
    "хочу умереть|не хочу жить|покончить с собой|покончу с собой|убить себя|убью себя|повешусь|"
    "хочу померти|не хочу жити|покінчити з собою|покінчу з собою|вбити себе|вб'ю себе|искам да умра|ще се убия|не искам да живея|"
    "اريد ان اموت|اريد الموت|بدي اموت|بدي موت|عايز اموت|عايزه اموت|اقتل نفسي|اقتل حالي|انهي حياتي|لا اريد ان اعيش|لا اريد العيش|ما بدي عيش|"
    "مي خواهم بميرم|ميخواهم بميرم|ميخوام بميرم|مي خوام بميرم|خودم را بكشم|خودمو بكشم|نمي خواهم زنده|نميخوام زنده|"
    "مرنا چاہتا|مرنا چاہتي|جينا نہيں چاہتا|جينا نہيں چاہتي|خود كو مار|دەمەوێت بمرم|دەمەوێ بمرم|خۆم دەكوژم|"
    "मरना चाहता|मरना चाहती|जीना नहीं चाहता|जीना नहीं चाहती|ਮਰਨਾ ਚਾਹੁੰਦ|ਜੀਣਾ ਨਹੀਂ ਚਾਹੁੰਦ|"
    "ክመውት ይደሊ|ነብሰይ ክቐትል|መሞት እፈልጋለሁ|ራሴን ማጥፋት|ራሴን ላጠፋ|想死|不想活|要自杀|要自殺|想自杀|想自殺|结束生命|結束生命"
)
_SUICIDE_NAMED_SCRIPTS = "самоубий|суицид|самогуб|انتحار|انتحر|خودكشي|خۆكوشتن|आत्महत्या|खुदकुशी|ਖੁਦਕੁਸ਼ੀ|自杀|自殺"
_EMERGENCY_SCRIPTS = (
    "скорую|не дышит|не могу дышать|передозировк|швидку|не дихає|не можу дихати|не диша|не мога да дишам|"
    "اسعاف|لا يتنفس|لا استطيع التنفس|جرعه زائده|امبولانس|نفس نمي كش|نفس نميكش|ايمبولينس|سانس نہيں|"
    "एम्बुलेंस|सांस नहीं|ਐਂਬੂਲੈਂਸ|救护车|救護車|没有呼吸|沒有呼吸|不能呼吸|喘不过气"
)
_ABUSE_SCRIPTS = (
    "бьет меня|меня бьет|избивает|изнасил|б'є мене|мене б'є|згвалт|зґвалт|бие ме|ме бие|يضربني|ضربني|اغتصب|يهددني|كتكم ميزن|مرا ميزند|منو ميزن|"
    "مجھے مارتا|मुझे मारता|ਮੈਨੂੰ ਮਾਰਦਾ|打我|家暴|强奸|強姦"
)


_BETWEEN = re.compile(r"[\s.,!?;:()\"-]+")


def _folded(text: str) -> str:
    """Small letters, accents off, one space between words and around the whole."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text.lower().translate(_UNFOLDED)) if not _accent(c))
    return f" {_BETWEEN.sub(' ', unicodedata.normalize('NFC', letters)).strip()} "


def _accent(letter: str) -> bool:
    """Is it an accent, an Arabic vowel sign or an unseen joiner? Other marks are part of their words."""
    return "\u0300" <= letter <= "\u036f" or "\u064b" <= letter <= "\u0652" or letter in "\u0640\u200b\u200c\u200d\u200e\u200f"


def _either(words: str, scripts: str) -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{words})(?= )|{_folded(scripts).strip()}")


_HEARD = tuple(
    (_either(words, scripts), Verdict(safety, kind, "self", strength, RULE))
    for words, scripts, safety, kind, strength in (
        (_EMERGENCY, _EMERGENCY_SCRIPTS, "emergency", "emergency", "strong"),
        (_SUICIDE, _SUICIDE_SCRIPTS, "suicide", "suicide", "strong"),
        (_ABUSE, _ABUSE_SCRIPTS, "abuse", "partner", "strong"),
        (_SUICIDE_NAMED, _SUICIDE_NAMED_SCRIPTS, "suicide", "suicide", "weak"),
    )
)


def heard(text: str) -> list[Verdict]:
    """The danger that `text` speaks of in another language, the gravest first; none where it is English."""
    plain = _folded(text)
    return [verdict for pattern, verdict in _HEARD if pattern.search(plain)]
