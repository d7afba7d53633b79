"""Disguise, length and rubbish: the screen is not dodged, not slow and never raises."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import yamlfile
from bot.safety import grammar, harmless, only_parting, screen
from bot.safety.normalise import normalise
from bot.safety.screen import RULES, SPELLER

HERE = Path(__file__).parent
SEEN = [
    line
    for group in yamlfile.read(HERE / "positive.yml").values()
    for line in group["lines"]
    if screen(line)
]
PLAIN = [line for lines in yamlfile.read(HERE / "negative.yml").values() for line in lines]


def _longest_words(line: str, change) -> str:
    words = sorted(re.finditer(r"[A-Za-z]{4,}", line), key=lambda m: -len(m[0]))[:2]
    for word in sorted(words, key=lambda m: -m.start()):
        line = line[: word.start()] + change(word[0]) + line[word.end() :]
    return line


MUTATIONS = {
    "capitals": str.upper,
    "one for i": lambda t: t.replace("i", "1"),
    "dots in the words that matter": lambda t: _longest_words(t, ".".join),
    "spaces in the words that matter": lambda t: _longest_words(t, " ".join),
    "hyphens": lambda t: _longest_words(t, lambda w: w[:2] + "-" + w[2:]),
    "zero-width joiners": "\u200d".join,
    "full width": lambda t: t.translate({i: i + 0xFEE0 for i in range(33, 127)}),
    "Cyrillic look-alikes": lambda t: t.translate(str.maketrans("aeopcyxi", "аеорсухі")),
    "accents": lambda t: re.sub("[aeiou]", lambda m: m[0] + "\u0301", t),
    "mathematical letters": lambda t: "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in t.lower()),
    "curly apostrophes": lambda t: t.replace("'", "’"),
    "underscores": lambda t: t.replace(" ", "_"),
    "long vowels": lambda t: re.sub(r"\b(\w+)([aeiou])(\w*)", r"\1\2\2\2\3", t),
    "swapped letters": lambda t: _longest_words(t, lambda w: w[0] + w[2] + w[1] + w[3:]),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_disguise(name):
    missed = [line for line in SEEN if screen(MUTATIONS[name](line)) is None]
    assert len(missed) <= 0.05 * len(SEEN), missed[:10]


def test_split_over_two_texts():
    pick = random.Random(3)
    missed = []
    for line in (line for line in SEEN if len(line.split()) > 3):
        words = line.split()
        cut = pick.randrange(1, len(words))
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        if screen(first) is None and screen(second, [first]) is None:
            missed.append(line)
    assert len(missed) <= 0.05 * len(SEEN), missed


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("k1ll", "kill"), ("k.i.l.l", "kill"), ("k i l l", "kill"), ("K!LL", "kill"), ("su1cide", "suicide"), ("su*cide", "suicide"),
        ("sooicide", "suicide"), ("suisidal", "suicidal"), ("2nite", "tonight"), ("wnt 2 die", "want to die"), ("masel", "myself"),
        ("cannae", "cant"), ("naebody", "nobody"), ("iwanttodie", "i want to die"), ("dieeee", "die"), ("paracetmol", "paracetamol"),
        ("20pills", "20 pills"), ("9 9 9", "999"), ("succeed", "succeed"), ("booking", "booking"), ("cooking", "cooking"),
    ],
)  # fmt: skip
def test_plain_spelling(typed, plain):
    assert normalise(typed, SPELLER).strip() == plain


@given(st.text(max_size=300))
@settings(max_examples=400, deadline=None)
def test_never_raises(text):
    screen(text)


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
@settings(max_examples=200, deadline=None)
def test_never_raises_with_recent(text, recent):
    screen(text, recent)


@given(st.lists(st.sampled_from(sorted(SPELLER.known) + ["|", "'", "*", "1", "\n", "💊"]), max_size=80))
@settings(max_examples=200, deadline=None)
def test_never_raises_on_its_own_words(words):
    screen(" ".join(words))


def _seconds(text: str) -> float:
    """The best of three, in processor time, so that a busy machine does not fail the test."""
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        screen(text)
        best = min(best, time.process_time() - start)
    return best


def _chatter(length: int) -> str:
    return ". ".join(random.Random(5).choices(PLAIN, k=length // 10))[:length]


@pytest.mark.parametrize(
    "text",
    ["a" * 4096, "a " * 2048, ("i want to " * 500)[:4096], "k.i.l.l." * 512, "\u200b" * 4096, "z\u0301" * 2048, "1k2l" * 1024, "k*" * 2048, _chatter(4096)],
    ids=["one letter", "letters", "half a sentence", "dots", "zero width", "accents", "digits", "stars", "chatter"],
)  # fmt: skip
def test_quick_at_4096_characters(text):
    # about 10 ms on the machine it was written on; ten times that leaves room for a slow one, and fails on backtracking
    assert _seconds(text) < 0.1


@pytest.mark.alone
@pytest.mark.parametrize(
    ("run", "end"),
    [("i wanted to ", "want to die"), ("bye ", "then i jumped"), ("the wean drank some ", "rubbish"), ("thats me away now then ", "no")],
)
def test_one_phrase_again_and_again_is_read_in_a_breath(run, end):
    """Few enough that a pattern with two readings of each would end, and far too late."""
    text = run * 22 + end
    assert _seconds(text) < 0.5
    began = time.process_time()
    only_parting(text)
    assert time.process_time() - began < 0.5


def test_time_grows_with_the_length_and_no_faster():
    screen(_chatter(32_000))
    assert _seconds(_chatter(32_000)) < 4 * 4 * max(_seconds(_chatter(8_000)), 0.001)


def test_any_length_is_accepted():
    assert screen("word " * 40_000 + "i want to kill myself").kind == "suicide"


def test_every_rule_has_cues_that_its_own_words_can_meet():
    for rule in RULES:
        assert rule.cues, rule.name
        assert all(len(word) > 0 for word in rule.cues)
        # a cue that is not a known word could never be in a text: a sign of half a word in a pattern
        strange = {word for word in rule.cues if len(word) > 2 and word not in SPELLER.known}
        assert not strange, (rule.name, strange)


def test_rule_names_are_unique():
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_idioms_are_words_of_the_grammar():
    assert all(grammar.expand(idiom) for idiom in harmless.IDIOMS)


def test_a_list_that_names_itself_raises_instead_of_growing():
    with pytest.raises(ValueError, match="names itself"):
        grammar.filled("{a}", {"a": "x|{b}", "b": "y|{a}"})
    with pytest.raises(ValueError, match="names itself"):
        grammar.filled("(?:{a})", {"a": "x|{a}"})


def test_a_pattern_that_grows_beyond_reason_raises():
    lists = {"a": "abcdefghij", **{name: "|".join([f"{{{inside}}}"] * 10) for inside, name in zip("abcdef", "bcdefg", strict=True)}}
    with pytest.raises(ValueError, match="characters"):
        grammar.filled("{g}", lists)


def test_lists_are_written_out_once():
    assert not any(re.search(r"\{[a-z_]+\}", words) for words in grammar.LISTS.values())
    assert sum(len(rule.regex.pattern) for rule in RULES) < 2_000_000


@pytest.mark.parametrize("reference", ["BF-0231", "hd-8924", "BF-7884"])
def test_a_reference_is_no_word(reference):
    assert screen(f"book {reference} into naloxone", alone=True) is None
