"""What a message means by the answer before it, and when it has nothing to do with that."""

import numpy as np
import pytest

from bot.nlu.reading import Limits, Reader

LABELS = ["ask_womens_health/old_assault", "goodbye", "out_of_scope"]
READER = Reader(LABELS, Limits())


@pytest.mark.parametrize("chat", ["goodbye", "out_of_scope"])
def test_what_is_surely_chat_is_not_read_behind_a_grave_answer(chat):
    alone = np.array([0.0001 if label != chat else 0.9998 for label in LABELS])
    behind = np.array([0.998, 0.001, 0.001])
    assert READER.read_after(alone, behind, "womens_health/old_assault").intent == chat


def test_what_may_be_half_a_question_is_read_behind_the_answer():
    alone, behind = np.array([0.05, 0.05, 0.9]), np.array([0.998, 0.001, 0.001])
    assert READER.read_after(alone, behind, "womens_health/old_assault").answer == "womens_health/old_assault"
