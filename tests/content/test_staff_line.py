"""The words of the staff line: one text each, in the phone's alphabet, and nothing that leads a stranger to it."""

from __future__ import annotations

from bot import wording


def test_fixed_sentences_are_one_text_each():
    for key, sentence in wording.sentences().items():
        if key.startswith("staff_line."):
            filled = sentence.format(
                who="KT-4821 (J.B.)", reference="KT-4821", title="T" * 20, when="Wed 30 Sep 10:30am", place="P" * 12,
                audience=" (for women)", taken=12, places=12, waiting=3, last=4,
                told=wording.say("staff_line.not_told"),
            )  # fmt: skip
            assert wording.size(filled).segments == 1, key


def test_nothing_that_participants_read_speaks_of_the_staff_line():
    for key, sentence in wording.sentences().items():
        if not key.startswith("staff_line."):
            assert "reference" not in sentence.lower() and "UNLINK" not in sentence, key
