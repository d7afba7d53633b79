"""An answer to us at the head of a text that goes on: "aye book it. wot bus do i get", "the money wan. is it free".

A text has one meaning to the classifier, the louder of the two: the question would be heard and the yes be lost, and a
person who said yes would not be booked. Told apart here by shape alone; whether it answers anything, and whether there
is danger in it, is for whoever asks.
"""

from __future__ import annotations

import re

#: A longer text is a story, and one thing to be understood whole.
LONGEST = 45
_YES = r"(?:yes|yeah|yeh|yep|yup|yea|ya|ye|yass|aye|ay|please do)"
#: No yes by themselves: "ok. what is naloxone".
_WELL = r"(?:ok|okay|right|sure|great|grand|perfect|sound|well|please|pls)"
_KIND = r"(?:please|pls|plz|pal|mate|man|hen|thanks|ta|cheers|then|thank you|hun|bud|big man)"
_DO = (
    r"(?:(?:just )?(?:book|buk|bk|bok|boook) (?:it|me|us|that|this)(?: (?:in|on|oan|onto))?"
    r"(?: (?:it|that|this|(?:that|the) (?:one|wan|yin)))?|"
    r"(?:put|pit|stick|sign) (?:me|us) (?:down|doon|on|oan|in|up)(?: (?:for|fur))?(?: (?:it|that|this))?|"
    r"(?:i|a|ah)(?:'?ll| will| wid| would)? (?:take|tak|have|huv|dae|do|like) (?:it|that)(?: (?:one|wan|yin))?|"
    r"pass (?:it|that|this)(?: on| oan)?|"
    r"(?:ask|go ask|go and ask|tell) (?:them|staff|the staff|(?:the|a|yer) workers?|somebody|someone)|"
    r"do (?:it|that)|dae (?:it|that)|"
    r"go (?:on|for it|ahead)|change it|move me|that'?s (?:fine|grand|good|great|me|sound)|"
    r"(?:that|it) (?:suits|wid dae|will do|'?ll do)(?: me)?)"
)
_BOOKS = re.compile(
    r"\b(?:book|buk|bk|boook|(?:put|pit|stick|sign) (?:me|us) (?:down|doon|on|oan|in|up))\b", re.IGNORECASE
)
#: Behind a yes only: to "shall I book it?" it is none.
_OFF = r"(?:(?:take|tak|tk|tek|get|git) (?:me|us|ma name|my name) (?:aff|off|of|oot|out)(?: (?:it|that|the list))?)"
#: What ends the answer: the end of a sentence, or "and" and its like.
_END = r"(?:\s*[.!?;,\n]+\s+(?:(?:and|an|n|also|oh|btw)[, ]+)*|\s+(?:and|an|n|btw|also|oh)\s+(?!then\b))"
#: A comma goes on: "naw, the ither wan, in Partick".
_SENTENCE_ENDS = _END.replace(",\\n]+", "\\n]+", 1)
_BEHIND = r"(?P<rest>\S.*)$"
_FLAGS = re.IGNORECASE | re.DOTALL
_SAYS_YES = (
    rf"(?:(?:(?:i|a|ah) )?said[ ,]+)?"
    rf"(?:(?:{_WELL}[ ,]+)*{_YES}(?:[ ,]+(?:{_YES}|{_WELL}|{_KIND}))*(?:[ ,]+(?:{_DO}|{_OFF}))?|(?:{_WELL}[ ,]+)*{_DO})"
    rf"(?: {_KIND})*"
)
_YES_FIRST = re.compile(
    rf"^\W*(?P<first>{_SAYS_YES}){_END}{_BEHIND}",
    _FLAGS,
)
_ONLY_YES = re.compile(rf"^\W*{_SAYS_YES}\W*$", _FLAGS)
#: A yes to a worker, and how: "aye but dont phone, a never answer numbers a dont know".
_YES_BUT_NO_CALL = re.compile(
    rf"^\W*(?:{_WELL}[ ,]+)*{_YES}[ ,.]+(?:(?:please|pls|but|just|jist)[ ,]+)*"
    r"(?:do ?not|don'?t|dinnae|dinny|no|not|nae|never) (?:want (?:a |any )?|be |get (?:them to )?)?"
    r"(?:phone|phonin|phoning|ring|ringin|call|callin|calls|phone ?calls)\b",
    re.IGNORECASE,
)
_ONE = r"(?:one|wan|yin|yn|1|session|class|group|thing|hing)"
_DAY = r"(?:mon|tue|wed|wen|thu|ther|thir|fri|sat|sun)\w*"
_WORD = r"(?!(?:and|an|n|but|cancel)\b)[\w']+"
#: "The money wan", "aye the furst wan", "thursday wan", "put me doon for the walk".
_PICK_FIRST = re.compile(
    rf"^\W*(?!(?:no\W+)*no that\b)(?P<first>(?:(?:{_YES}|{_WELL}|no|naw|och|book|buk|me|us|on|oan|for|fur|go|i|a|ah|"
    r"i'll|ill|want|take|tak|gie|just|jist|in)[ ,]+)*"
    rf"(?:(?:the|that|da|thon) (?:{_WORD} ){{0,3}}{_ONE}|{_DAY} {_ONE})(?: {_KIND})*|"
    rf"(?:{_YES}[ ,]+)*(?:(?:can|could) (?:you|ye|u) )?(?:just |jist )?(?:put|pit|book|buk|sign|stick) (?:me|us) "
    rf"(?:(?:down|doon|in|on|oan|up) )*(?:(?:for|fur|on|oan|onto|tae|to|in|intae|at) )?(?:the |that )?"
    rf"(?:{_WORD} ){{0,3}}?{_WORD})(?P<end>{_SENTENCE_ENDS}){_BEHIND}",
    _FLAGS,
)
#: The way out of what we asked: "leave the booking. get me a person".
_LEAVES_FIRST = re.compile(
    r"^\W*(?P<first>(?:(?:no|naw|nah|ok|right|actually|just|jist)[ ,]+)*(?:leave|forget|scrap|never ?mind) "
    r"(?:it|that|this|the (?:booking|session|class))(?: (?:the noo|for now|for the now|then|please|pls))*)"
    rf"{_END}{_BEHIND}",
    _FLAGS,
)
#: That we got it wrong.
_NOT_THAT = re.compile(
    r"^\W*(?:(?:no|naw|nah|eh|wit|what|whit|but)\W+)*(?:(?:that|it)'?s|that is|thats) (?:no|not|nae) "
    r"(?:wh?[ai]t|wit) (?:i|a|ah|i'?m|am) ?(?:'?ve |have )?"
    r"(?:asked?|ast|meant?|mean|said|say|wanted|want|askin\w*|after|looking for|lookin for)"
    r"(?: (?:for|fur|about|aboot|you|ye|u))*"
    r"\W+(?P<rest>\S.*)$",
    _FLAGS,
)
#: What takes a yes back, or means something else by it: "aye. naw wait", "ye but the ither wan".
_BUT = re.compile(
    r"\b(?:(?:book|put|pit|sign|get) (?:him|her|them)|(?:for|fur) (?:him|her|them))\b|"
    r"^\W*(?:but|no|not|naw|nah|wait|actually|if|only|unless|instead|sorry|see)\b|"
    r"\b(?:instead|the (?:other|ither)|different|changed (?:my|ma) mind|(?:don'?t|dinnae) (?:book|take|want))\b|"
    rf"^\W*(?:on |the |that |for )*{_DAY}\b|"
    r"^\W*(?:in|at|on|oan|no|wi) (?:the )?\w+\W*$|^\W*(?:the |that )(?:\w+ ){0,3}(?:wan|one|yin)\W*$",
    re.IGNORECASE,
)
#: Asked for beside the reason that was asked for: "cos its too early. book the money one".
_ASKS_FOR = re.compile(
    r"^\W*(?:(?:so|and|n|but|can|could|you|ye|u|please|pls|just|jist)\W+)*(?:book|buk|put me|pit me|sign me|gie me|"
    r"get me|"
    r"give me|show me|wh?[ai]t(?:'?s| is| else)? ?(?:is )?on\b|(?:is there|any|anything|got)\b|"
    r"(?:i|a|ah)(?:'?d| wid| would)? (?:want|like|need)\b|(?:i|a|ah)'?ll (?:take|dae|do)\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\s*[.!?;\n]+\s*")


def yes(text: str) -> tuple[str, str] | None:
    """The yes that `text` begins with, and what comes behind it; None where it begins otherwise, or is taken back."""
    return _apart(_YES_FIRST, text)


def is_yes(text: str) -> bool:
    """Whether a text says yes, and nothing else: "ye buk it", "aye tk me aff"."""
    return _ONLY_YES.match(text) is not None or _YES_BUT_NO_CALL.match(text) is not None


def books(text: str) -> bool:
    """Whether the yes asks for a place: "right stick me doon" is none to "shall I ask staff?"."""
    return _BOOKS.search(text) is not None


def pick(text: str) -> tuple[str, str] | None:
    """The one of a list that `text` calls by its name first, and what comes behind it."""
    return _apart(_PICK_FIRST, text)


def leaves(text: str) -> tuple[str, str] | None:
    """The wish to leave what we asked that `text` begins with, and what is wanted instead."""
    return _apart(_LEAVES_FIRST, text)


def reason(text: str) -> tuple[str, str] | None:
    """The reason that was asked for, and the wish in the sentence behind it."""
    for end in _SENTENCE.finditer(text):
        first, rest = text[: end.start()].strip(), text[end.end() :].strip()
        if len(first.split()) > 1 and _few(rest) and _ASKS_FOR.match(rest):
            return first, rest
    return None


def put_right(text: str) -> str | None:
    """What was meant, behind the words that say that we got it wrong: "that's no what a asked. menopause"."""
    found = _NOT_THAT.match(text)
    rest = found["rest"].strip() if found is not None else ""
    return rest if rest and not rest.startswith("/") and len(text.split()) <= LONGEST else None


def _apart(shape: re.Pattern[str], text: str) -> tuple[str, str] | None:
    found = shape.match(text) if len(text.split()) <= LONGEST else None
    if found is None or not _few(found["rest"]) or _BUT.search(found["rest"]):
        return None
    return found["first"].strip(), found["rest"].strip()


def _few(rest: str) -> bool:
    """Whether there is something behind, of two words at least. What begins with a slash would be no words to Rasa."""
    return len(rest.split()) > 1 and not rest.startswith("/")
