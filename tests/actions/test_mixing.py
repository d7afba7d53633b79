"""Two drugs that slow the body, asked about in one message, are answered as a mix."""

from __future__ import annotations

import pytest

from actions import mixing


@pytest.mark.parametrize(
    "text",
    ["can i take codeine on top of ma methadone", "is it ok to take nytol wi ma methadone",
     "pregabs and subs the gether", "zopiclone wi vallies aye or naw", "kin a take co-codamol when am on suboxone"],
)  # fmt: skip
def test_two_at_once(text):
    assert mixing.asked_about(text)


@pytest.mark.parametrize(
    "text",
    ["can i take paracetamol with my methadone", "how do i come off vallies", "is codeine addictive",
     "methadone or subs whats better for me", "can i drink on antibiotics"],
)  # fmt: skip
def test_anything_else(text):
    assert not mixing.asked_about(text)
