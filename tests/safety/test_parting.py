"""An everyday goodbye is no danger; a goodbye to people, or for good, is; one with thanks for everything is asked about softly."""

from __future__ import annotations

import pytest

from bot import crisis
from bot.nlu import danger
from bot.safety import asked_after, only_parting, parting_for_all, screen

ALL_CRISIS = [{"name": "crisis_suicide", "confidence": 0.9}, {"name": "goodbye", "confidence": 0.1}]


@pytest.mark.parametrize(
    "text",
    [
        "cheers pal that's me away, see ye",
        "ta ra, off now",
        "am oot, peace",
        "right that's me away hame, cheers",
        "thanks for listening, im away",
        "you take care of yourself pal, cheerio",
        "cheers big man, that's me sorted, bye",
        "that's me away to ma bed night night",
        "ta for the number, catch ye efter",
        "have a good weekend, cheerio",
    ],
)
def test_a_goodbye_as_people_end_a_chat_is_no_danger_to_anybody(text):
    assert only_parting(text) and screen(text) is None
    assert danger.seen(ALL_CRISIS, "crisis_suicide", text) is None


@pytest.mark.parametrize("text", ["I would prefer not to, thank you.", "i'd rather not", "naw no for me ta", "another time pal"])
def test_turning_something_down_is_no_danger(text):
    assert only_parting(text) and screen(text) is None
    assert danger.seen(ALL_CRISIS, "crisis_suicide", text) is None


@pytest.mark.parametrize("text", ["call me tonight", "gonnae ring me back later on", "phone me efter six pal"])
def test_to_be_rung_at_a_time_is_no_danger(text):
    assert only_parting(text) and danger.seen(ALL_CRISIS, "crisis_suicide", text) is None


@pytest.mark.parametrize("text", ["call me now", "please call me", "call me tonight or ill do it", "call me tonight im scared"])
def test_but_now_or_with_more_it_may_be(text):
    assert not only_parting(text)


@pytest.mark.parametrize("text", ["id rather not be here anymore", "i would rather not wake up", "no, not anymore, im done"])
def test_and_not_wanting_to_live_is(text):
    assert not only_parting(text)


@pytest.mark.parametrize(
    "text",
    [
        "goodbye, tell my weans I love them",
        "bye everyone, tell ma maw i love her",
        "thats me away for good, tell ma maw am sorry",
        "goodbye forever everyone",
        "see yous on the other side",
        "thanks for everything, you'll no hear fae me again",
        "that's me away, sorry for everything",
        "this is me signing off for good",
        "am away now, look after my dug",
        "ive had enough, bye",
        "thats it then, goodbye",
    ],
)
def test_a_goodbye_that_says_more_is_heard(text):
    assert not only_parting(text) and not parting_for_all(text)
    assert screen(text) is not None and not asked_after(screen(text))
    assert danger.seen(ALL_CRISIS, "crisis_suicide", text) is not None


@pytest.mark.parametrize("text", ["thanks for all you've done, bye", "thanks for everything bye", "well thats me done, cheerio"])
def test_thanks_for_everything_is_answered_first_and_asked_about_in_one_text(text):
    verdict = screen(text)
    assert asked_after(verdict) and len(crisis.replies(verdict, when="tomorrow")) == 1


@pytest.mark.parametrize("text", ["ta for everything, am offski", "am away then, thanks for everything"])
def test_where_only_list_and_classifier_hear_it_it_is_a_doubt_at_most(text):
    found = danger.seen(ALL_CRISIS, "crisis_suicide", text)
    assert (found.level, found.doubt) == ("asks", True)
