"""The content check: a bad sample for each rule, so that none of them is asleep."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from bot import content, wording

TODAY = date(2026, 11, 23)


def an_answer(**changes):
    """An answer without a fault."""
    good = {
        "key": "what_is_a_unit",
        "question": "What's a unit?",
        "asks": [f"way of asking {n}" for n in range(12)],
        "text": "A unit is a way to measure drink.",
        "more": "It is 10ml of pure alcohol.",
        "simple": "A unit tells how much you drink.",
        "services": ["good-service"],
        "sources": [{"title": "A page", "url": "https://example.org", "seen": "undated"}],
        "revision": 1,
        "status": "draft",
    }
    return good | changes


def the_problems(tmp_path, *answers, topic="alcohol", name="alcohol"):
    path = tmp_path / f"{name}.yml"
    path.write_text(yaml.safe_dump({"topic": topic, "answers": list(answers)}, allow_unicode=True), encoding="utf-8")
    return content.check_answers(path, {"good-service"})


def test_a_good_answer_has_no_problems(tmp_path):
    assert the_problems(tmp_path, an_answer()) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"asks": ["only one"]}, "at least 12"),
        ({"text": "", "simple": "Drink."}, "text: is empty"),
        ({"text": "x" * 307, "more": None}, "307 units"),
        ({"text": "Smart “quotes” are no letters of a text."}, "not GSM-7"),
        ({"more": "You are an addict."}, "names the person"),
        ({"urgent": "Reply YES for help."}, "opting out or in"),
        ({"simple": None}, "no simple words"),
        ({"text": "Yes. A unit is a way to measure drink."}, "a bare yes or no"),
        ({"text": "It can be. A unit is a way to measure drink."}, "a perhaps to begin with"),
        ({"simple": "No. A unit tells how much."}, "a bare yes or no"),
        ({"simple": "A unit is 20ml."}, "simple: 20 is not in the answer"),
        ({"sources": []}, "no sources"),
        ({"sources": [{"title": "A page", "url": ""}]}, "without title or url"),
        ({"status": "finished"}, "status 'finished'"),
        ({"status": "approved"}, "approved without a reviewer"),
        ({"revision": "1"}, "no revision"),
        ({"services": ["closed-service"]}, "'closed-service' is not in the directory"),
    ],
)
def test_a_bad_answer_is_noticed(tmp_path, changes, problem):
    found = the_problems(tmp_path, an_answer(**changes))
    assert len(found) == 1 and problem in found[0]
    assert found[0].startswith("alcohol/what_is_a_unit")


def test_the_offer_of_more_counts(tmp_path):
    text = "Ten units. " * 27  # 297 units: fits alone, not with the offer
    assert the_problems(tmp_path, an_answer(text=text.strip(), more=None)) == []
    assert "the budget is 306" in the_problems(tmp_path, an_answer(text=text.strip()))[0]


def test_doubles_are_noticed(tmp_path):
    assert the_problems(tmp_path, an_answer(), an_answer(key="other"))[0].endswith(
        "is also a way of asking what_is_a_unit"
    )
    assert "alcohol/what_is_a_unit: twice" in the_problems(tmp_path, an_answer(), an_answer())
    assert "topic is 'drugs'" in the_problems(tmp_path, an_answer(), topic="drugs")[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("It is “on”.", "not GSM-7"),
        ("Hello {stranger}.", "nobody fills in stranger"),
        ("{title}, {where}, {where}, {where}, {where}.", "the budget is 306"),
        ("Text CANCEL to get out.", "opting out or in"),
        ("Notwithstanding administrative considerations, individuals unable to participate should communicate.", "age"),
    ],
)
def test_a_bad_sentence_is_noticed(text, problem):
    assert problem in content.check_sentences({"key": text})[0]


def test_good_sentences_and_their_facts():
    assert content.check_sentences({"a": "A worker will read it {when}. In danger call {emergency}."}) == []
    assert content.WHEN_SESSION in content.filled("{title}: {when}.")
    assert content.WHEN_STAFF in content.filled("A worker will read it {when}.")
    assert content.filled("Call {number}.", {"number": "1"}) == "Call 1."


def test_the_domain_has_one_text_for_everybody(tmp_path):
    path = tmp_path / "domain.yml"
    path.write_text(yaml.safe_dump({"responses": {"utter_a": [{"text": "Hiya."}, {"text": "Hello."}]}}))
    assert "utter_a: one text" in content.check_domain(path)[0]
    path.write_text(yaml.safe_dump({"responses": {"utter_a": [{"text": "Hiya.", "channel": "sms"}]}}))
    assert "utter_a: one text" in content.check_domain(path)[0]
    path.write_text(yaml.safe_dump({"responses": {"utter_a": [{"text": "Hiya."}]}}))
    assert content.check_domain(path) == []


A_TOPIC = {"slug": "alcohol", "name": "Alcohol", "label": "Alcohol"}


def test_topics():
    assert content.check_topics([A_TOPIC]) == []
    assert "lower-case" in content.check_topics([A_TOPIC | {"slug": "Al Cohol"}])[0]
    assert "twice" in content.check_topics([A_TOPIC, A_TOPIC])[0]
    assert "label: is empty" in content.check_topics([A_TOPIC | {"label": ""}])[0]
    assert "budget is 40" in content.check_topics([A_TOPIC | {"label": "x" * 41}])[0]


A_SESSION = {
    "topic": "alcohol", "title": "Drink and you", "place": "Sample Hall", "area": "Govan", "week": 0, "day": "Tue",
    "at": "14:00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"topic": "golf"}, "no topic 'golf'"),
        ({"place": "Govan Hall"}, "begins with Sample"),
        ({"day": "Tuesday"}, "is none of"),
        ({"at": 840}, "no time 840"),  # what YAML makes of 14:00 without quotes
        ({"audience": "lads"}, "audience 'lads'"),
        ({"title": "For addicts"}, "names the person"),
    ],
)
def test_sessions(changes, problem):
    assert content.check_sessions([A_SESSION], {"alcohol"}) == []
    assert problem in content.check_sessions([A_SESSION | changes], {"alcohol"})[0]


A_SERVICE = {
    "slug": "a", "name": "A service", "what": "Help.", "topics": ["alcohol"], "audience": "everyone",
    "area": "glasgow-wide", "phone": "0141 496 0000", "sms": None, "hours": None, "self_referral": True,
    "confidence": "confirmed", "hold": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": "Café Привет"}, "not GSM-7"),
        ({"name": "x" * 120, "hours": "y" * 200}, "the budget is 306"),
        ({"phone": 1414960000}, "not in quotes"),
        ({"confidence": "sure"}, "confidence 'sure'"),
        ({"confidence": "unconfirmed"}, "so it has no number"),
        ({"hold": None}, "hold is true or false"),
        ({"area": "mars"}, "area 'mars'"),
    ],
)
def test_services(changes, problem):
    assert content.check_services([A_SERVICE], TODAY) == []
    assert content.check_services([A_SERVICE | {"name": "“Curly”"}], TODAY) == []  # made GSM-7 on its way out
    assert any(problem in p for p in content.check_services([A_SERVICE | changes], TODAY))
    assert "service a: twice" in content.check_services([A_SERVICE, A_SERVICE], TODAY)


def test_crisis_numbers_are_those_of_the_directory():
    directory = [A_SERVICE | {"phone": "116 123"}]
    assert content.check_crisis_numbers({"samaritans": {"number": "116123"}}, directory) == []
    assert "samaritans: 116 132" in content.check_crisis_numbers({"samaritans": {"number": "116 132"}}, directory)[0]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Call 0141 496 0000.", []),
        ("Call 0141 496 0001.", ["0141 496 0001"]),
        ("Call 0800 22 44 88, or 116 124.", ["0800 22 44 88", "116 124"]),
        ("Text HELP to 85285.", ["85285"]),
        ("It's 10,000 steps, 999 of them at 9.30, since 2012.", ["999"]),
        ("14 units, 25ml at 40%, 1,000 and 0.5.", []),
    ],
)
def test_numbers_in_sentences_are_those_of_the_directory(text, wrong):
    found = content.check_numbers({"key": text}, [A_SERVICE])
    assert found == [f"key: {number} is no number of data/services.yml" for number in wrong]


def test_everything_passes_and_everything_is_looked_at():
    assert content.check_all() == []
    names = content.texts()
    assert {"utter_booked", "gateway.stopped", "alcohol/what_is_a_unit text"} <= set(names)
    assert not any(name.startswith(content.FOR_STAFF) for name in names)


def test_a_bad_sentence_anywhere_fails_the_whole_check(monkeypatch):
    real = wording.sentences()
    monkeypatch.setattr(wording, "sentences", lambda: real | {"gateway.bad": "You are an addict."})
    assert any("gateway.bad" in problem for problem in content.check_all())


def test_the_first_words_in_a_crisis_are_one_segment(monkeypatch):
    text = ("Call {emergency} now. " * 9).strip()  # 9 times "Call 999 now." is 125, 12 times 167
    monkeypatch.setattr(wording, "sentences", lambda: {"crisis.x.first": text, "crisis.x.rest": text})
    assert content.check_wording() == []
    longer = ("Call {emergency} now. " * 12).strip()
    monkeypatch.setattr(wording, "sentences", lambda: {"crisis.x.first": longer, "crisis.x.rest": longer})
    assert content.check_wording() == ["crisis.x.first: 167 units, the budget is 160"]


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    path = tmp_path / "alcohol.yml"
    path.write_text(yaml.safe_dump({"topic": "alcohol", "answers": [an_answer(services=[])]}))
    assert content.main([str(path)]) == 0
    assert capsys.readouterr().out == "no problems\n"
    path.write_text(yaml.safe_dump({"topic": "alcohol", "answers": [an_answer(services=[], sources=[])]}))
    assert content.main([str(path)]) == 1
    assert "no sources" in capsys.readouterr().out
