"""A hard thing said in passing is heard, and a phone that died is none."""

from __future__ import annotations

import pytest

from actions.kindness import sorry_for, without


@pytest.mark.parametrize(
    "words, sentence",
    [
        ("ma da died, when is the drink class", "about your dad"),
        ("my wee sister passed away on friday can i cancel", "about your sister"),
        ("ma granda’s funeral's oan tuesday so that's me no in", "about your grandad"),
        ("buried ma maw yesterday. whats on", "about your mum"),
        ("I lost my best friend last week, is there a session", "about your friend"),
        ("ma pals deid fae gear last week. wheres the naloxone class", "about your friend"),
        ("my mum has cancer, i cant do the session on tuesday", "about your mum"),
        ("ma wean's in hospital, need tae miss the class", "about your child"),
        ("my client's father has died, can she move her session", "sorry to hear that"),
        ("Owing to a family bereavement I cannot work on Friday", "sorry to hear that"),
        ("we had a death in the family", "sorry to hear that"),
        ("my wee girl is ill i will be late for session", "about your girl"),
        ("ma wean's no well so a cannae make the class", "about your child"),
        ("he has lost his mother. can his session be moved", "sorry to hear that"),
        ("my child have fever i not come", "about your child"),
        ("im skint and hungry when does the cooking class start", "sounds hard"),
        ("lost ma job, when's the money class", "sounds hard"),
        ("ive been kicked out, what sessions are on", "sounds hard"),
    ],
)
def test_something_hard(words, sentence):
    assert sentence in sorry_for(words)


@pytest.mark.parametrize(
    "words",
    [
        "ma phone died there, when is the drink class",
        "ma da died laughing at that",
        "my pal's dead funny",
        "ma brother is dead keen tae come an all",
        "lost my mum's number, can you ring me",
        "ma boy passed his driving test",
        "what help is there with funeral costs",
        "book me on the drink class",
        "im deid tired",
        "ma pal is sick of the squad",
        "me and my mate ill be there",
        "my dad drinks a lot",
        "",
    ],
)
def test_nothing_hard(words):
    assert sorry_for(words) is None


def test_before_an_answer_only_a_loss_is_named():
    assert sorry_for("lost ma job, what can i claim", only_loss=True) is None
    assert "your dad" in sorry_for("ma da died, how do i stop drinking", only_loss=True)


@pytest.mark.parametrize(
    "words, rest",
    [
        ("ma mum passed away on sunday, can i still book the drink session", ", can i still book the drink session"),
        ("ma pals deid fae gear last week. wheres the naloxone class", ". wheres the naloxone class"),
        ("can i book for thursday, ma da died yesterday", "can i book for thursday, "),
        ("book me on tuesday", "book me on tuesday"),
    ],
)
def test_the_day_of_a_death_is_no_wish(words, rest):
    assert without(words) == rest
