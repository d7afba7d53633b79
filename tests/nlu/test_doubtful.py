"""Messages that the others contradict are left out of the learning; danger never is."""

import numpy as np

from bot.nlu import doubtful
from bot.nlu.bank import DOUBTFUL, bank_messages, messages, questions
from bot.nlu.bank import doubtful as listed

NAMES = ["ask_alcohol", "crisis_suicide", "greet"]
ALCOHOL, SUICIDE, GREET = range(3)


def unit(*angles):
    return np.array([[np.cos(a), np.sin(a)] for a in angles], dtype=np.float32)


def contradicted(angles, intents):
    intents = np.array(intents)
    shares = doubtful.voices(unit(*angles), intents, len(NAMES), nearest=4, warmth=0.03)
    return doubtful.contradicted(shares, intents, NAMES).tolist()


def test_one_among_many_of_another_intent_is_doubtful():
    angles = [0.0, 0.01, 0.02, 0.03, 0.04, 2.0, 2.01, 2.02, 2.03, 2.04]
    intents = [ALCOHOL] * 4 + [GREET] + [GREET] * 5
    assert contradicted(angles, intents) == [False] * 4 + [True] + [False] * 5


def test_neither_danger_nor_what_sounds_like_it_is_left_out():
    angles = [0.0, 0.01, 0.02, 0.03, 0.04, 2.0, 2.01, 2.02, 2.03, 2.04]
    among_alcohol = [ALCOHOL] * 4 + [SUICIDE] + [SUICIDE] * 5
    among_danger = [SUICIDE] * 4 + [ALCOHOL] + [ALCOHOL] * 5
    assert not any(contradicted(angles, among_alcohol))
    assert not any(contradicted(angles, among_danger))


def test_a_message_has_no_voice_about_itself():
    shares = doubtful.voices(unit(0.0, 0.01, 0.02), np.array([GREET, ALCOHOL, ALCOHOL]), 3, nearest=2, warmth=0.03)
    assert shares[0].tolist() == [1.0, 0.0, 0.0]


def test_messages_on_the_list_are_not_learnt_from(tmp_path):
    (tmp_path / "data/nlu").mkdir(parents=True)
    (tmp_path / "data/nlu/talk.yml").write_text('nlu:\n- intent: greet\n  examples: |\n    - hiya\n    - "wrong" one\n')
    assert messages(tmp_path) == [("hiya", "greet"), ('"wrong" one', "greet")]
    (tmp_path / DOUBTFUL).write_text('message\tlabel\tthe_others_say\n"""wrong"" one"\tgreet\tcorrection\n')
    assert messages(tmp_path) == [("hiya", "greet")]


def test_the_list_names_messages_that_are_there_and_never_the_question_over_an_answer():
    root = doubtful.ROOT
    left_out, learnt = listed(root), set(messages(root))
    assert left_out and not left_out & learnt
    bank = {(words, label) for words, label in ((w, f"ask_{a}") for w, _, a in bank_messages(root / "data/answers"))}
    lines = [
        line.strip() for path in (root / "data/nlu").glob("*.yml") for line in path.read_text("utf-8").splitlines()
    ]
    plain = {line[2:].strip() for line in lines if line.startswith("- ")}
    gone = [m for m in left_out if m not in bank and m[0] not in plain]
    assert not gone
    assert not {words for words, _ in left_out} & questions(root / "data/answers")
    assert not [label for _, label in left_out if label.startswith(doubtful.CRISIS)]
    assert not [words for words, _ in left_out if len(words.split()) < doubtful.FEW]
