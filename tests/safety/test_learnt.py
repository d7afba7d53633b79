"""The learnt list: as it was written, quick, explainable, and only ever a question."""

from __future__ import annotations

import statistics
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu import danger_words
from bot.safety import LEARNT, better_asked, learnt, screen
from bot.safety.screen import SPELLER, spelt
from tests.safety.test_screen import POSITIVE


def test_the_file_is_as_it_was_written():
    table, notes = learnt.read()
    assert table == learnt.LEARNT and len(table.points) > 10_000
    assert notes["written by"] == "python -m bot.nlu.danger_words"


def test_a_file_changed_by_hand_is_refused(tmp_path):
    changed = tmp_path / "learnt.tsv"
    changed.write_text(learnt.FILE.read_text(encoding="utf-8").replace("asks: -", "asks: "), encoding="utf-8")
    with pytest.raises(ValueError, match="changed by hand"):
        learnt.read(changed)


def test_without_the_file_the_rules_go_on(monkeypatch, tmp_path):
    monkeypatch.setattr(learnt, "FILE", tmp_path / "gone.tsv")
    monkeypatch.setattr(learnt.read, "__defaults__", (tmp_path / "gone.tsv",))
    empty = learnt._loaded()
    assert empty == learnt.Points()
    monkeypatch.setattr(learnt, "LEARNT", empty)
    assert screen("i want to kill myself").strength == "strong"
    assert screen("can i book the class on tuesday") is None


def test_it_has_learnt_from_about_what_there_is_to_learn_from():
    """Some new training messages do not make it stale; a sixth more or fewer do: run python -m bot.nlu.danger_words."""
    words = learnt.read()[1]["learnt from"].split()
    then = int(words[0]), int(words[3])
    data = danger_words.lines()
    now = sum(1 for line in data if line.kind), sum(1 for line in data if not line.kind)
    assert all(5 / 6 < a / b < 6 / 5 for a, b in zip(then, now, strict=True)), (then, now)


def test_it_says_why():
    plain = spelt("the bairns would be happier if i wasnt in the picture")
    points = dict(learnt.why(plain))
    assert points and set(points) <= learnt.pieces(plain.replace("|", " ").split())


def test_read_and_written_are_the_same(tmp_path):
    table = learnt.Points(-100, -200, -250, -300, -210, (1, 2, 3), {"^ a": (1, 0, 0, 0), "a b": (5, -1, 0, 4)})
    path = tmp_path / "list.tsv"
    path.write_text(learnt.written(table, {"note": "a: b"}), encoding="utf-8")
    assert learnt.read(path) == (table, {"note": "a: b"} | {k: v for k, v in learnt.read(path)[1].items() if k != "note"})


@given(st.lists(st.sampled_from([*sorted(SPELLER.known)[::7], "|", "x", "zzz"]), max_size=200))
@settings(max_examples=150, deadline=None)
def test_weighing_never_raises_and_only_asks(words):
    text = " ".join(words)
    plain = spelt(text)
    learnt.kind(learnt.heaviest(plain)[1])
    learnt.why(plain)
    verdict = screen(text)
    assert verdict is None or verdict.rule != LEARNT or verdict.strength == "weak"


@pytest.mark.alone
def test_a_text_takes_less_than_two_milliseconds():
    times = []
    for line in [line for group in POSITIVE.values() for line in group["lines"]]:
        start = time.process_time()
        screen(line)
        times.append(time.process_time() - start)
    assert statistics.median(times) < 0.002


@pytest.mark.parametrize("word", ["stop", "START", "help", "yes", "no", "1", "2", "ok", "thanks", "cancel", "aye", "hiya", "more", "Book it", "Govan"])
def test_one_word_and_a_choice_are_not_asked_about(word):
    assert screen(word) is None


@pytest.mark.parametrize(
    "line",
    [
        "i overdosed in 2014, clean ever since", "used to cut myself as a teenager, i am fine now", "he battered me for years, that is long ago and i am happily married now",
        "my uncle hung himself when i was a wee boy", "i'm not suicidal, i pressed the wrong button", "nobody is hurting me hen", "i never had a fit, i ticked the wrong box",
        "read in the paper about a man that was stabbed", "sorry for the panic, nobody is bleeding, it was paint", "didnt mean it literally",
    ],
)  # fmt: skip
def test_what_is_long_over_or_denied_sounds_no_alarm(line):
    assert better_asked(line)
    verdict = screen(line)
    assert verdict is None or verdict.strength == "weak"


@pytest.mark.parametrize(
    "line",
    [
        "i told them i was ok, i'm not, i want to die", "he used to hit me and last night he strangled me",
        "not joking i want to kill myself", "i never wanted to live and i am going to hang myself", "no chest pain but i can't stop the bleeding", "my brother hung himself when i was wee and now i want to kill myself",
    ],
)  # fmt: skip
def test_what_is_happening_now_still_does(line):
    assert screen(line).strength == "strong"


@pytest.mark.parametrize("line", ["cheerio the noo", "ok bye!! x", "right cheerio pal", "Goodnight for now, thanks"])
def test_an_everyday_goodbye_is_not_asked_about(line):
    assert screen(line) is None


@pytest.mark.parametrize("line", ["goodbye all of you", "cheerio, tell ma weans a loved them", "this is goodbye, its over"])
def test_a_goodbye_to_people_is(line):
    assert screen(line) is not None


def test_a_goodbye_after_small_talk_is_not_asked_about_and_gifts_are():
    assert screen("cheerio the noo", ["cheers pal thats magic"]) is None
    assert screen("gied the dug tae ma sister an paid everybody back, cheerio") is not None


def test_every_hand_is_held_back_by_itself():
    stems = {path.stem for path in (danger_words.ROOT / "data" / "nlu").glob("*.yml")}
    endings = {stem.removeprefix(f"{noun}_") for stem in stems for noun in stems if stem.startswith(f"{noun}_")}
    assert endings == set(danger_words.HANDS)
