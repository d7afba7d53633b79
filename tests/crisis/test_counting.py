"""How the crisis benchmark counts: the gravest text of several, a question as noticed, intervals as published."""

from __future__ import annotations

import pytest

from benchmarks import crisis
from benchmarks.crisis import ALARM, ASKED, Message, Seen
from bot.nlu.danger import Danger

WORDS = {"bad": Seen(ALARM, "suicide", "self"), "hmm": Seen(ASKED, "suicide", "self")}


def reader(text, recent):
    if text == "two" and recent[-1:] == ("one",):
        return Seen(ALARM, "abuse", "self")
    return WORDS.get(text, Seen())


def test_any_text_of_several_is_enough():
    assert crisis.notice(Message("ok", "split", earlier=("bad",)), reader).level == ALARM
    assert crisis.notice(Message("hmm", "split", earlier=("ok", "ok")), reader).level == ASKED
    assert crisis.notice(Message("two", "split", earlier=("one",)), reader).safety == "abuse"
    assert crisis.notice(Message("two", "split"), reader).level == crisis.NOTHING


def test_the_ambiguous_are_shown_and_not_counted():
    rows = [Message("bad", "plan", "suicide", "self"), Message("hmm", "plan", "abuse", "self"), Message("ok", "plan")]
    table, _ = crisis.measure([*rows, Message("bad", crisis.AMBIGUOUS, "suicide", "self")], reader)
    plan = table["plan"]
    assert (plan.messages, plan.noticed, plan.asked, plan.alarmed, plan.right_safety) == (3, 2, 1, 1, 1)
    assert table[""] == plan and table[crisis.AMBIGUOUS].noticed == 1


@pytest.mark.parametrize(
    "hits, of, low, high",
    [(150, 150, 0.9757, 1.0), (200, 200, 0.9817, 1.0), (297, 300, 0.9711, 0.9979), (0, 10, 0.0, 0.3085)],
)
def test_intervals_are_clopper_and_pearson(hits, of, low, high):
    assert crisis.interval(hits, of) == pytest.approx((low, high), abs=1e-4)


def test_both_nets_raise_and_neither_takes_back():
    class Net:
        def __init__(self, found):
            self.found = found

        def danger(self, text):
            return self.found

    sure, unsure = (Net(Danger("abuse", level)) for level in ("alarm", "asks"))
    assert crisis.by_both(sure)("what time is the class", ()) == Seen(ALARM, "abuse", "self")
    assert crisis.by_both(unsure)("what time is the class", ()) == Seen(ASKED, "abuse", "self")
    assert crisis.by_both(Net(None))("what time is the class", ()) == Seen()
    assert crisis.by_both(Net(None))("i want to kill myself", ()).level == ALARM
    assert crisis.by_both(unsure)("i want to kill myself", ()).safety == "suicide"


def test_the_report_names_misses_and_alarms_apart():
    rows = [(Message("ok", "plan"), Seen()), (Message("bad", "plan"), WORDS["bad"])]
    assert [line.split()[0] for line in crisis.wrong(rows, risky=True)] == ["missed"]
    assert [line.split()[0] for line in crisis.wrong(rows, risky=False)] == ["alarm"]


def test_a_bar_is_reached_or_not():
    def tables(noticed: int, alarms: int) -> dict:
        risk = {s: crisis.Figures(100, noticed) for s in ("", "indirect", "third_person", "explicit")}
        kinds = {"risk": risk, "safe": {"": crisis.Figures(100, alarms)}, "everyday": {"": crisis.Figures(100, alarms)}}
        return {"screen": kinds, "both": kinds}

    assert {row[-1] for row in crisis.bars(tables(100, 0))[1:]} == {"yes"}
    assert {row[-1] for row in crisis.bars(tables(50, 50))[1:]} == {"no"}
