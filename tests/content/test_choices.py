"""Sentences and the choices under them: labels that read well, and no more than three segments together."""

from __future__ import annotations

from bot import content, wording, yamlfile
from tests.house import code, dialogue
from tests.house.problems import bad, none

ACTIONS = list(code.modules("actions"))
DOMAIN = dialogue.domain()


def test_labels_of_choices_read_well():
    labels = dialogue.labels_in(ACTIONS)
    assert len(labels) > 40
    none(
        f"{where}: the choice {label!r} {p}"
        for label, where in labels.items()
        for p in wording.problems(label, budget=40)
    )


def test_labels_are_found():
    module = bad('X = (("One", "/one"), ("Two", option("two")), ("Three", LATER), ("a", "b"))', "actions.x")
    assert set(dialogue.labels_in([module])) == {"One", "Two", "Three"}


def _longest(texts, count: int) -> list[str]:
    return sorted(texts, key=len, reverse=True)[:count]


def _choices() -> dict[str, list[str]]:
    """Sentence → the longest choices that it has: those written in the actions, and those that content gives."""
    questions = {
        path.stem: [a["question"][:60] for a in yamlfile.read(path)["answers"]]
        for path in content.ANSWERS.glob("*.yml")
    }
    longest = max((_longest(q, 5) for q in questions.values()), key=lambda q: sum(map(len, q)))
    data = wording.DATA
    topics = [row["label"] for row in yamlfile.read(data / "topics.yml")]
    rows = yamlfile.read(data / "sessions.yml")
    sessions = _longest([f"Wed 30 Sep 10:30am {r['area']}: {r['title']} FULL" for r in rows], 4)
    from_content = {
        "which_topic": topics,
        "which_service_topic": topics,
        "which_question": longest,
        "did_you_mean": [*longest[:3], "Something else"],
        "ask_score": ["1 Poor", "2 Not great", "3 OK", "4 Good", "5 Great"],
        "ask_reason": ["Work", "Not well", "Childcare", "Travel", "Rather not say"],
        "which_to_rate": [*sessions, "The programme as a whole"],
        **dict.fromkeys(
            ("which_session", "sessions_later", "sessions_near", "date_past"), [*sessions, "None of these"]
        ),
        **dict.fromkeys(("sessions", "sessions_sample"), sessions),
        **dict.fromkeys(("which_to_change", "which_to_cancel"), [*sessions, "Leave it"]),
        **dict.fromkeys(("read_back", "read_back_full"), ["Join the waiting list", "Show me others", "Leave it"]),
    }
    menus = {"not_understood_twice": "MENU", "menu": "MENU", "menu_more": "MORE_MENU", "menu_order": "ORDER_MENU"}
    lists = dialogue.lists_of_labels(ACTIONS)
    return dialogue.literal_choices(ACTIONS) | {k: lists[v] for k, v in menus.items()} | from_content


def with_choices(text: str, labels: list[str]) -> str:
    return "\n".join([text, *(f"{n}. {label}" for n, label in enumerate(labels, start=1))])


def test_a_sentence_and_its_choices_are_three_segments_at_most():
    choices = _choices()
    assert len(choices) > 30
    found = []
    for name, labels in choices.items():
        if (response := DOMAIN["responses"].get(f"utter_{name}")) is None:
            continue
        size = wording.size(with_choices(content.filled(response[0]["text"]), labels))
        if size.segments > 3 or size.encoding != "GSM-7":
            found.append(f"utter_{name} with its choices is {size.units} units, {size.segments} segments: shorten it.")
    none(found)


def test_long_choices_are_counted():
    assert wording.size(with_choices("Which one?", ["x" * 60] * 8)).segments > 3
    module = bad('M = (("One", "/a"),)\nspeech.say("menu", M)\nspeech.say("b", [("Two", "/b")])', "actions.x")
    assert dialogue.literal_choices([module]) == {"menu": ["One"], "b": ["Two"]}
