"""The screen against readable tables: what it must see, and what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import yamlfile
from bot.safety import Verdict, screen
from bot.safety.screen import rules_see

HERE = Path(__file__).parent
POSITIVE = yamlfile.read(HERE / "positive.yml")
NEGATIVE = yamlfile.read(HERE / "negative.yml")
KINDS = {
    "suicide", "plan", "self_harm", "goodbye", "attempt", "call_for_help", "overdose", "withdrawal", "not_breathing", "breathing",
    "chest_pain", "stroke", "fit", "bleeding", "poisoning", "head_injury", "fire", "child_emergency", "partner", "choked", "sexual_assault",
    "child", "harm_to_others", "threatened", "assault", "emergency",
}  # fmt: skip


def test_the_tables_are_large_enough():
    assert sum(len(group["lines"]) for group in POSITIVE.values()) >= 250
    assert sum(len(lines) for lines in NEGATIVE.values()) >= 200


def test_recall():
    lines = [line for group in POSITIVE.values() for line in group["lines"]]
    missed = [line for line in lines if screen(line) is None]
    assert len(missed) <= 0.02 * len(lines), missed


@pytest.mark.parametrize("stratum", POSITIVE)
def test_class_and_person(stratum):
    group = POSITIVE[stratum]
    for line in group["lines"]:
        if verdict := screen(line):
            assert verdict.kind in KINDS
            assert group.get("safety") in (None, verdict.safety), line
            assert group.get("about") in (None, verdict.about), line


@pytest.mark.parametrize("stratum", NEGATIVE)
def test_no_false_alarms(stratum):
    raised = {line: verdict for line in NEGATIVE[stratum] if (verdict := rules_see(line))}
    assert raised == {}


def test_the_learnt_list_asks_about_few_of_them_and_alarms_about_none():
    lines = [line for lines in NEGATIVE.values() for line in lines]
    asked = [(line, verdict.strength) for line in lines if (verdict := screen(line))]
    assert len(asked) <= 0.08 * len(lines) and {strength for _, strength in asked} <= {"weak"}, asked


@pytest.mark.parametrize(
    "line",
    ["i want to kill myself", "gonnae hang masel", "he's no breathin", "I've taken 40 paracetamol", "ma man strangled me", "999"],
)
def test_plain_words_are_strong(line):
    assert screen(line).strength == "strong"


@pytest.mark.parametrize("line", ["nae point", "naebody wid miss me", "years ago I tried to kill myself but I'm good now"])
def test_words_in_doubt_are_asked_about(line):
    assert screen(line).strength == "weak"


def test_tablets_taken_and_wishing_to_die_is_an_attempt():
    verdict = screen("a've taen aw ma tablets cos a want tae die")
    assert (verdict.safety, verdict.kind, verdict.strength) == ("suicide", "attempt", "strong")


def test_a_negation_before_the_wish_does_not_undo_it():
    assert screen("i cant dae this anymore i want tae kill masel").strength == "strong"


def test_about_somebody_else():
    assert screen("my pal's talking about ending it").about == "other"
    assert screen("ma pal's no wakin up") == Verdict("emergency", "not_breathing", "other", "strong", "not_waking")
    assert screen("my mum died and i want to die").about == "self"
    assert screen("I miss my brother and I want to kill myself").about == "self"


@pytest.mark.parametrize("line", ["he hits me", "ma man batters me", "she takes all my money", "wife checks my phone", "he raped me"])
def test_abuse_done_to_the_writer_is_about_the_writer(line):
    assert screen(line).about == "self"


@pytest.mark.parametrize("parts", [("i want to", "die"), ("gonna kill", "myself"), ("i am going to", "end it", "all the night")])
def test_wording_split_over_texts(parts):
    *recent, last = parts
    assert screen(last, recent).safety == "suicide"


def test_a_score_completes_nothing():
    assert screen("4", ["i want to leave feedback", "the session was dead good"]) is None


def test_what_was_said_before_is_not_raised_again():
    assert screen("ok thanks", ["i want to die"]) is None
    assert screen("can i book the class on tuesday", ["i want to kill myself", "ok"]) is None


@pytest.mark.parametrize("after", ["1", "Get a person", "yes please"])
def test_leaving_our_records_is_not_raised_by_the_text_after_it(after):
    assert screen(after, ["I want to disappear from your system"]) is None


def test_the_rule_names_are_for_the_log_and_hold_no_words():
    verdict = screen("I want to kill myself at 12 Sample Street")
    assert verdict.rule == "kill_self"


@pytest.mark.parametrize(
    "line",
    [
        "if he takes a fit what do i do", "I get a pain in my chest when I climb the stairs", "I self harm", "my pal says he wants to die", "coming off the drink, do you get fits",
        "wife checks my phone", "domestic abuse", "first aid for an asthma attack",
    ],
)  # fmt: skip
def test_a_case_a_habit_or_a_worry_does_not_sound_the_alarm(line):
    verdict = screen(line)
    assert verdict is None or verdict.strength == "weak"


@pytest.mark.parametrize(
    "line",
    [
        "he's having a fit how do i help him", "i cant breathe what should i do", "my pal is going to kill himself tonight", "he's overdosed how do i use naloxone",
        "he punched me in the face what should i do", "i took 40 pills last night", "i've slashed my arms", "my cousin tried to kill himself last night",
        "hit my head and been sick since", "he's not breathing what do i do", "what's the best way to kill yourself",
    ],
)  # fmt: skip
def test_a_question_does_not_soften_what_is_happening_now(line):
    assert screen(line).strength == "strong"


@pytest.mark.parametrize("before", [[], ["hiya"], ["can i ask you something", "its about the weekend"]])
def test_a_worry_about_somebody_else_stays_theirs_after_other_texts(before):
    """Joined to an earlier text the words lose their subject; what a text says by itself is judged by itself."""
    found = screen("ma pals talkin about ending it", before)
    assert (found.safety, found.about, found.strength) == ("suicide", "other", "weak")


@pytest.mark.parametrize(
    "text", ["i drank before i knew i was pregnant, have i hurt the baby", "worried i've hurt ma baby wi the drink"]
)
def test_a_worry_about_drink_and_a_baby_is_no_threat_to_anybody(text):
    found = screen(text)
    assert found is None or found.kind != "harm_to_others"
    assert screen("i shook the baby").kind == screen("i might hurt my baby").kind == "harm_to_others"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ma gaffer keeps hitting me", "assault"),
        ("a man hit me in the street last night", "assault"),
        ("ma man hits me", "partner"),
        ("my husband is a landlord and he hits me", "partner"),
        ("he hits me", "partner"),
        ("he choked me last night", "choked"),
        ("ma man had his hands round ma neck", "choked"),
        ("he choked up when he hit me", "partner"),
    ],
)
def test_the_words_for_a_partner_are_for_somebody_close(text, kind):
    assert screen(text).kind == kind


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("im gonna stab him", "emergency"),
        ("ah'm scared ah hurt somebody the day", "emergency"),
        ("there's a guy at my door with a machete", "emergency"),
        ("three men outside my house threatening to kill me", "emergency"),
        ("men attack me in street now", "emergency"),
        ("a man hit me in the street last night", "abuse"),
        ("he's at my door with a knife", "abuse"),
        ("my ex is outside ma hoose wi a bat", "abuse"),
        ("i might hurt my baby", "abuse"),
        ("feart a hurt somebody", "emergency"),
        ("is he gonna die", "emergency"),
    ],
)
def test_what_the_writer_means_to_do_and_what_strangers_do_now_is_an_emergency(text, safety):
    assert screen(text).safety == safety


def test_a_grown_child_who_uses_every_night_has_not_swallowed_something():
    found = screen("ma boys takin street vallies every night what do i do")
    assert found is None or found.kind != "child_emergency"
    assert screen("ma boy's taken ma methadone").kind == "child_emergency"
