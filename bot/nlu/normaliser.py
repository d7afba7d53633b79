"""Words as they are said and texted in Glasgow, in the spelling that the sentence encoder learnt from.

The encoder was trained on the web's English: "cannae" is three unknown pieces to it, "cannot" is a word. What is
replaced here are function words and text-speak that mean one thing only; the message itself is kept as it was, and
the classifier reads both.
"""

from __future__ import annotations

import re
import unicodedata

from bot.nlu.spelling import mended

#: One spelling → the one that the encoder knows. Words that also mean something else (gate, ken, wean) stay out.
_WORDS = {
    # not
    "cannae": "cannot", "canny": "cannot", "cannie": "cannot", "canna": "cannot", "cant": "cannot",
    "dinnae": "do not", "dinny": "do not", "dinna": "do not", "didnae": "did not", "didny": "did not",
    "doesnae": "does not", "disnae": "does not", "doesny": "does not", "dont": "do not", "didnt": "did not",
    "doesnt": "does not", "wouldnae": "would not", "wouldny": "would not", "couldnae": "could not",
    "couldny": "could not", "shouldnae": "should not", "shouldny": "should not", "havenae": "have not",
    "huvnae": "have not", "hivnae": "have not", "hasnae": "has not", "hasny": "has not", "huvny": "have not",
    "wasnae": "was not", "wisnae": "was not", "wasny": "was not", "isnae": "is not", "isny": "is not",
    "arenae": "are not", "urnae": "are not", "werenae": "were not", "willnae": "will not",
    "wullnae": "will not", "winnae": "will not", "amnae": "am not", "amny": "am not", "hadnae": "had not",
    "naw": "no", "nah": "no", "nae": "no", "nope": "no", "nuhin": "nothing", "nothin": "nothing",
    "nuthin": "nothing",
    # small words
    "aye": "yes", "ay": "yes", "yass": "yes", "yep": "yes", "ae": "of", "tae": "to", "dae": "do",
    "daein": "doing", "daeing": "doing", "dain": "doing", "dis": "does", "whit": "what", "whits": "what is",
    "whit's": "what is", "wit": "what", "wits": "what is", "wan": "one", "wans": "ones", "wance": "once",
    "wi": "with", "wae": "with", "wey": "with", "fae": "from", "frae": "from", "aff": "off", "oot": "out",
    "aboot": "about", "abootit": "about it", "doon": "down", "roon": "round", "roond": "round", "noo": "now",
    "hoo": "how", "hoose": "house", "mooth": "mouth", "toon": "town", "hame": "home", "ma": "my",
    "masel": "myself", "masell": "myself", "maself": "myself", "mysel": "myself", "yersel": "yourself",
    "himsel": "himself", "hersel": "herself", "yer": "your", "yir": "your", "yis": "you", "yous": "you",
    "youse": "you", "yer'": "your", "ye": "you", "oan": "on", "an": "and", "n": "and", "av": "i have",
    "ah": "i", "ahm": "i am", "am": "i am", "im": "i am", "ive": "i have", "ah'm": "i am", "ah've": "i have",
    "id": "i would", "ill": "i will", "hae": "have", "huv": "have", "hiv": "have", "hus": "has", "huz": "has",
    "hud": "had", "wis": "was", "wiz": "was", "wur": "were", "wir": "our", "oor": "our", "gie": "give",
    "gies": "give me", "gonnae": "going to", "gonny": "going to", "gonna": "going to", "gaun": "going",
    "gaunnae": "going to", "goan": "going", "goin": "going", "gony": "going to", "tak": "take",
    "takin": "taking", "mair": "more", "maist": "most", "sair": "sore", "heid": "head", "deid": "dead",
    "deed": "dead", "fitba": "football", "wummin": "woman", "wimmin": "women", "wumman": "woman",
    "wumin": "woman", "burd": "girlfriend", "maw": "mother", "mammy": "mother", "mam": "mother",
    "mum": "mother", "da": "father", "dad": "father", "faither": "father", "wean": "child", "weans": "children",
    "wain": "child", "wains": "children", "bairn": "child", "bairns": "children", "lassie": "girl",
    "auld": "old", "cauld": "cold", "dug": "dog", "pal": "friend", "mucker": "friend", "theday": "today",
    "themorra": "tomorrow", "morra": "tomorrow", "efter": "after", "afore": "before", "cos": "because",
    "cuz": "because", "coz": "because", "cause": "because", "bout": "about", "till": "until", "til": "until",
    "aw": "all", "aa": "all", "baw": "ball", "baws": "testicles", "fur": "for", "o": "of", "ower": "over",
    "ony": "any", "onything": "anything", "anythin": "anything", "somethin": "something",
    "sumthin": "something", "sumdy": "somebody", "somedy": "somebody", "somebdy": "somebody",
    "naebody": "nobody", "nobdy": "nobody", "embdy": "anybody", "anybdy": "anybody", "wee": "small",
    "skint": "no money", "bevvy": "alcohol", "bevvying": "drinking alcohol", "bevy": "alcohol",
    "swally": "alcohol drink", "steamin": "drunk", "blootered": "drunk", "peely": "pale",
    "peely-wally": "pale and ill", "boak": "vomit", "boaking": "vomiting", "boakin": "vomiting",
    "scunnered": "fed up", "greetin": "crying", "greeting": "crying", "jag": "injection", "jags": "injections",
    "jaggy": "needle", "vallies": "valium", "vally": "valium", "blues": "street valium", "eccies": "ecstasy",
    "eckies": "ecstasy", "charlie": "cocaine", "ching": "cocaine", "coke": "cocaine", "gear": "heroin",
    "smack": "heroin", "kit": "heroin", "weed": "cannabis", "hash": "cannabis", "giro": "benefit payment",
    "broo": "job centre", "buroo": "job centre", "brew": "job centre", "uc": "universal credit",
    "cpo": "community payback order", "doc": "doctor", "dr": "doctor", "gp": "doctor",
    # text-speak
    "u": "you", "ur": "your", "r": "are", "y": "why", "b": "be", "c": "see", "k": "ok", "2nite": "tonight",
    "2day": "today", "2moro": "tomorrow", "2morro": "tomorrow", "tmrw": "tomorrow", "tmw": "tomorrow",
    "2mrw": "tomorrow", "wot": "what", "wat": "what", "wots": "what is", "wats": "what is", "whats": "what is",
    "hows": "how is", "wheres": "where is", "whos": "who is", "thats": "that is", "theres": "there is",
    "pls": "please", "plz": "please", "plse": "please", "thx": "thanks", "thnx": "thanks", "ta": "thanks",
    "cheers": "thanks", "ty": "thanks", "msg": "message", "txt": "text", "appt": "appointment",
    "sesh": "session", "info": "information", "abt": "about", "b4": "before", "bcoz": "because",
    "bc": "because", "bcos": "because", "gd": "good", "gr8": "great", "l8": "late", "l8r": "later",
    "m8": "friend", "mate": "friend", "ppl": "people", "sum1": "someone", "any1": "anyone", "some1": "someone",
    "every1": "everyone", "no1": "no one", "idk": "i do not know", "dunno": "do not know", "wanna": "want to",
    "gotta": "have to", "lemme": "let me", "gimme": "give me", "kinda": "kind of", "rn": "right now",
    "asap": "soon", "tbh": "to be honest", "cud": "could", "wud": "would", "shud": "should", "hav": "have",
    "havin": "having", "feelin": "feeling", "drinkin": "drinking", "smokin": "smoking", "usin": "using",
    "gettin": "getting", "wrk": "work", "wk": "week", "wkend": "weekend", "hr": "hour", "hrs": "hours",
    "mins": "minutes", "yrs": "years", "yr": "year",
}  # fmt: skip
#: A digit stands for a word only between words ("want 2 go"), never beside a unit or a number.
_DIGITS = (
    (re.compile(r"(?<=[a-z] )2(?= (?:go|get|see|be|do|come|book|talk|stop|take|my|the|u|you|me)\b)"), "to"),
    (re.compile(r"(?<=[a-z] )4(?= (?:me|my|the|a|you|u|it)\b)"), "for"),
)
_TOKEN = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_LONG = re.compile(r"(.)\1{2,}")


def plain(text: str) -> str:
    """`text` in lower case with one kind of quote, one kind of space, no accents and no letter more than twice."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").replace("`", "'").lower()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(_LONG.sub(r"\1\1", text).split())


def normalise(text: str) -> str:
    """`text`, plain, with Scots and text-speak spelt the way that the encoder knows."""
    text = plain(text)
    for pattern, word in _DIGITS:
        text = pattern.sub(word, text)
    return _TOKEN.sub(lambda m: _WORDS.get(m.group(0), m.group(0)), text)


def corrected(text: str) -> str:
    """As `normalise`, and slips of the thumb mended (`bot.nlu.spelling`)."""
    text = plain(text)
    for pattern, word in _DIGITS:
        text = pattern.sub(word, text)
    return _TOKEN.sub(lambda m: _WORDS.get(m.group(0)) or _mended(m.group(0)), text)


def _mended(word: str) -> str:
    better = mended(word)
    return _WORDS.get(better, better)


#: How a message may be spelt before it is encoded, by the name in `config.yml`.
SPELLINGS = {"normal": normalise, "corrected": corrected, "plain": plain}
