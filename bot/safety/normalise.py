"""One plain spelling of a text: lower-case words a-z, single spaces, `|` where a sentence ends.

People disguise, misspell, shout and text in Scots; the rules should not have to know. Everything here is pure and
linear in the length of the text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.safety.grammar import cues
from bot.safety.mending import LEAVE, MEND
from bot.safety.spelling import PHRASES, SPELLING

#: Emoji that can carry the meaning; the names are words that only our rules use. A skull is laughter: not here.
_EMOJI = {
    "💊": "emojipill", "🔫": "emojigun", "🔪": "emojiknife", "🗡": "emojiknife", "🪒": "emojiblade", "🪢": "emojirope",
    "⚰": "emojicoffin", "⚱": "emojicoffin", "🪦": "emojigrave", "🩸": "emojiblood", "🌉": "emojibridge",
    "🚑": "emojiambulance", "🆘": "emojisos", "🔥": "emojifire", "👊": "emojifist",
}  # fmt: skip
_LETTERS = {
    # Cyrillic, Greek, Armenian, small capitals and other look-alikes of Latin letters
    **dict(zip("аеорсухіѕјкмтвнгпԁӏһոɡԛԝҽ", "aeopcyxisjkmtbhrndlhngqwe", strict=True)),
    **dict(zip("αοεικνρτυχηβγωμσςζδλπ", "aoeikvptuxnbywmssz" + "dln", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True)),
    **dict(zip("ıłøđħŧɑɩʋœəɛɔⅼ|", "ilodhtaivoeeoll", strict=True)), "æ": "ae", "€": "e",
}  # fmt: skip
for _first in (0x1F150, 0x1F170, 0x1F1E6):  # negative circled, negative squared, flags: letters to a reader
    _LETTERS.update({chr(_first + i): chr(97 + i) for i in range(26)})
_ODD = str.maketrans({**_LETTERS, **{emoji: f" {word} " for emoji, word in _EMOJI.items()}})
_QUOTES = str.maketrans("", "", "'’‘`´ʼ′‛")
_CURLY = str.maketrans("’‘`´ʼ′‛", "'" * 7)
#: "ma da's collapsed": of the people one talks about, 's is mostly "is" or "has"
_IS = re.compile(
    r"\b(pal|mate|friend|bro|brother|sister|sis|mum|maw|da|dad|son|daughter|wean|boy|lassie|lad|man|woman|partner|wife|husband|"
    r"girlfriend|boyfriend|burd|bird|cousin|uncle|auntie|gran|granda|kid|baby|guy|someone|somebody|nobody|naebody|everyone|"
    r"flatmate|neighbour|ex|missus|girl|tonight|life|chest|face|me|toddler|bairn|infant|niece|nephew|grandson|stepdad|fella|yin|uncle|father|mother)'s\b"
)
_OD = re.compile(r"\b(?:o\.?d\.?['’](d|ing?)|o\.d\.?(ed))\b", re.I)
_SYMBOLS = str.maketrans("@$!|€", "asile")
_DIGITS = str.maketrans("0345789", "oeastbg")

#: Dots in a row are a pause inside a sentence ("i want to... die"), not its end.
_PAUSE = re.compile(r"\.{2,}|…+")
_BREAK = re.compile(r"[.!?;]+(?=[\s|]|$)|[\r\n]+|[!?]{2,}")
#: k.i.l.l, k-i-l-l, and k i l l (three letters or more; two are enough when a dot ties them together)
_DOTTED = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[.\-_*~/+,:]{1,3}[a-z0-9])+(?![a-z0-9])")
_SPACED = re.compile(r"(?<![^\s])[a-z0-9](?:[ .\-_]{1,3}[a-z0-9]){2,}(?![^\s.!?,])")
_IN_WORD = re.compile(r"(?<=[a-z0-9])\$(?!\w)|(?<=[a-z0-9])[@$!|€](?=[a-z0-9])|(?<![a-z0-9])[@$](?=[a-z0-9])")
_NOT_WORD = re.compile(r"[^a-z0-9|*.\-_ ]+")
_SUICIDE = re.compile(r"s(?:u+|oo|ew|w)[aeiouyw]*[scz]+h?[aeiouy]+d(?:e|al|el|le|il|ul|l|all|ally|es)?")
_NOT_SUICIDE = frozenset("succeed succeeds sued suds suede sucede susie susan".split())
_LONGEST = 120


def _ascii(text: str) -> str:
    text = text.translate(_ODD)
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return text.translate(_ODD)


class Speller:
    """Turns a word as typed into the word as the rules write it, for a given vocabulary of rule words."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        small = "i a am im my me to it is be in on no of do go so at up by an we he id if us".split()
        self.known = frozenset(vocabulary) | {w for v in SPELLING.values() for w in v.split()} | frozenset(small)
        self.pieces = {w for w in self.known if len(w) > 2} | set(small) | set("wanna gonnae wantae mysel masel tae tonite".split())
        self.all_pieces = self.pieces | {w for w in SPELLING if len(w) > 1}
        self.near: dict[str, list[str]] = {}
        for word in sorted({w for w in self.known | SPELLING.keys() if len(w) >= 4 and w.isalpha()}):
            for key in _shorter(word) if word in MEND or len(word) >= 7 else {word}:
                self.near.setdefault(key, []).append(word)
        self.respell = functools.lru_cache(maxsize=50_000)(self._respell)

    def lookup(self, word: str) -> str | None:
        """The rule words for a spelling that is known as it stands."""
        if word in SPELLING:
            return SPELLING[word]
        return word if word in self.known else None

    def _respell(self, word: str) -> str:
        found = self.lookup(word)
        if found is not None or word in LEAVE or word.isdigit():
            return found or word
        if "*" in word:
            return self._starred(word)
        if not word.isalpha():
            return self._from_digits(word)
        for squeezed in _squeezed(word):
            if found := self.lookup(squeezed):
                return found
        if re.search(r"(.)\1\1", word):
            return self._respell(re.sub(r"(.)\1\1+", r"\1", word))
        if _SUICIDE.fullmatch(word) and word not in _NOT_SUICIDE:
            return "suicidal" if word.endswith(("l", "ly")) else "suicide"
        if word.endswith(("in", "en")) and (found := self.lookup(word[:-2] + "ing")):
            return found
        if len(word) >= 4 and (found := self._nearest(word)):
            return found
        if len(word) >= 7 and (found := self._apart(word, self.pieces if len(word) < 12 else self.all_pieces)):
            return found
        return word

    def _from_digits(self, word: str) -> str:
        """k1ll, su1cide, w4n7, 2nite; "20pills" is a number and a word."""
        parts = re.findall(r"\d+|[a-z]+", word)
        if len(parts) == 2 and parts[0].isdigit() and len(parts[1]) > 2 and self.lookup(parts[1]):
            return f"{parts[0]} {self.respell(parts[1])}"
        plain = word.translate(_DIGITS)
        for guess in (plain.replace("11", "ll").replace("1", "i"), plain.replace("1", "l"), plain.replace("1", "i").replace("6", "g")):
            guess = guess.replace("2", "to")
            answer = self.respell(guess) if guess.isalpha() else ""
            if answer and all(w in self.known for w in answer.split()):
                return answer
        return " ".join(self.respell(p) for p in parts) if len(parts) == 2 and parts[0].isdigit() else word

    def _starred(self, word: str) -> str:
        """su*cide, k**l: the rule word of that length that fits, if the star stands for letters at all."""
        bare = word.replace("*", "")
        if len(bare) < 2 or word[0] == "*":
            return self.respell(bare) if bare else ""
        if found := self.lookup(bare):
            return found
        shape = re.compile(word.replace("*", "[a-z]"))
        fits = sorted(w for w in self.known | SPELLING.keys() if len(w) == len(word) and shape.fullmatch(w))
        best = next((w for w in fits if w in _WORTH_HIDING), fits[0] if fits else bare)
        return self.lookup(best) or best

    def _nearest(self, word: str) -> str | None:
        """The rule word one slip away: a letter lost, added, changed or two swapped; the first letter stays."""
        swapped = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
        for guess in swapped:
            if found := self.lookup(guess):
                return found
        if len(word) < 5:
            return None
        for key in _shorter(word):
            for candidate in self.near.get(key, ()):
                # a plural or an added ending is another word, not a slip
                ending = word.startswith(candidate[:-1]) or candidate.startswith(word)
                if candidate[0] == word[0] and _one_slip(word, candidate) and (candidate in MEND or not ending):
                    return self.lookup(candidate)
        return None

    def together(self, letters: str) -> str:
        """Letters that were written apart, as words again if they can be told."""
        respelt = self.respell(letters)
        if all(w in self.known for w in respelt.split()):
            return respelt
        return self._apart(letters, self.all_pieces, any_words=True) or letters

    def _apart(self, word: str, pieces: set[str], any_words: bool = False) -> str | None:
        """Words written together ("iwanttodie"), if every part is one that we know."""
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 12), end):
                before = best[start]
                if before is not None and word[start:end] in pieces:
                    here = best[end]
                    if here is None or len(before) + 1 < len(here):
                        best[end] = before + [word[start:end]]
        parts = best[-1]
        if parts and len(parts) > 1 and (any_words or _WORTH_JOINING & set(parts)):
            return " ".join(SPELLING.get(p, p) for p in parts)
        if not any_words and len(word) > 11 and (said := _SAID_TOGETHER.search(word)):
            return self._apart(said[0], self.all_pieces, any_words=True)
        return None


def _squeezed(word: str) -> Iterator[str]:
    """soooo, wannnt, diee: fewer of a repeated letter, the fewest last."""
    if re.search(r"(.)\1\1", word):
        yield re.sub(r"(.)\1{2,}", r"\1\1", word)
        yield re.sub(r"(.)\1{2,}", r"\1", word)
    single = re.sub(r"(.)\1+", r"\1", word)
    if single != word and len(word) > 3 and (single in MEND or re.search(r"(.)\1\1", word)):
        yield single


_SAID_TOGETHER = re.compile(r"kill(?:ing)?(?:myself|masel|mysel)|w[ai]nn?t?(?:to|a|tae)die|endmylife|wishiwas?(?:dead|deid)|endit(?:all|aw)?|suicide|suicidal|takenanoverdose")

_WORTH_JOINING = frozenset(
    "die kill killing suicide suicidal myself mysel masel life dead deid overdose breathe breathing raped alive living end tablets hits "
    "batters naebody nobody cannae point".split()
)
_WORTH_HIDING = frozenset("kill die suicide suicidal rape raped cut dead hang stab pills overdose murder shoot wish deid better want myself masel life living".split())


def _shorter(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _one_slip(a: str, b: str) -> bool:
    """Optimal string alignment distance of at most one."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    i = 0
    while i < len(a) and a[i] == b[i]:
        i += 1
    if len(a) == len(b):
        return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    return a[i:] == b[i + 1 :]


def _joined(match: re.Match[str], speller: Speller) -> str:
    typed = match.group(0)
    letters = re.sub(r"[^a-z0-9]", "", typed)
    if letters.isdigit():  # "3, 4, 5" and "10.30" are numbers, not a disguise; 9 9 9 is a call for help
        return letters if letters in ("999", "112", "111", "116123") else typed
    if " " not in typed:
        return letters
    words = re.split(r" {2,}", typed) if re.search(r"\S \S", typed) else [typed]
    return " ".join(speller.together(re.sub(r"[^a-z0-9]", "", word)) for word in words)


#: A phrase is looked for only where one of its cues is; one that begins with a stem ("(mum|dad)s") has no whole words.
_PHRASES = [
    (frozenset() if typed[0] == "(" and typed[1] != "?" else cues(typed) or frozenset(), re.compile(rf"(?<![a-z0-9])(?:{typed})(?![a-z0-9])"), instead) for typed, instead in PHRASES
]


#: What a worker names somebody by: two letters and four digits say nothing, though "BF-0231" begins like a boyfriend.
_REFERENCE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[-–—_.][0-9]{4}(?![A-Za-z0-9])")


def normalise(text: str, speller: Speller) -> str:
    """The text in plain words, with a space before and after: " i want to die | " """
    # the bar counts as a letter only inside a word ("ki||"); elsewhere it would look like our own sentence mark
    text = _PAUSE.sub(" ", _REFERENCE.sub(" ", text))
    text = text.lower() if text.isascii() else _ascii(text)
    text = _OD.sub(lambda m: "overdosing" if (m[1] or "").startswith("in") else "overdosed", text)
    text = _IS.sub(r"\1 is", text.translate(_CURLY)).translate(_QUOTES)
    text = re.sub(r"(?<![a-z])\|+|\|+(?![a-z|])", " ", text)
    text = _IN_WORD.sub(lambda m: m.group(0).translate(_SYMBOLS), text)
    text = _SPACED.sub(lambda m: _joined(m, speller), _DOTTED.sub(lambda m: _joined(m, speller), text))
    text = _NOT_WORD.sub(" ", _BREAK.sub(" | ", text).replace("&", " and "))
    words: list[str] = []
    tokens = text.split()
    disguised = sum(1 for t in tokens if re.search(r"[a-z]\d|\d[a-z]", t)) > 1
    for typed in tokens:
        if disguised and typed.isdigit() and (hidden := speller.lookup(typed.translate(_DIGITS).replace("1", "i"))):
            typed = hidden  # "4m g0nn4 3nd 17": among so much disguise a number is a word too
        if typed == "|":
            if words and words[-1] != "|":
                words.append("|")
            continue
        typed = typed.strip("*.-_|")
        plain = re.sub(r"[.\-_|]", "", typed)
        if plain != typed and speller.lookup(plain) is None and not _SUICIDE.fullmatch(plain):
            parts = [p for p in re.split(r"[.\-_|]+", typed) if p]
        else:
            parts = [plain]
        for part in parts:
            respelt = speller.respell(part[:_LONGEST]).split()
            # a flood of one word says no more than three of it, and costs time
            words.extend(w for w in respelt if words[-3:] != [w, w, w])
    words = _mended(words, speller)
    plain_text, present = f" {' '.join(words)} ", set(words)
    for needed, pattern, instead in _PHRASES:
        if not needed or not needed.isdisjoint(present):
            plain_text, changed = pattern.subn(instead, plain_text)
            if changed:
                present.update(instead.split())
    return plain_text


def _mended(words: list[str], speller: Speller) -> list[str]:
    """Two scraps that make one rule word ("sui cide", "ki ll") put together."""
    mended: list[str] = []
    for word in words:
        before = mended[-1] if mended else ""
        whole = before + word
        scraps = before not in speller.known and before.isalpha() and (word not in speller.known or len(before) == 1)
        if scraps and word.isalpha() and before not in ("i", "a") and len(whole) > 3:
            if (found := speller.lookup(whole)) or (_SUICIDE.fullmatch(whole) and (found := speller.respell(whole))):
                mended[-1] = found
                continue
        mended.append(word)
    return mended
