"""What only the texts of a whole day say: painkillers counted up, and things seen after the drink was stopped."""

import pytest

from bot import safety

STOPPED = ["stopped the drink two days ago n av got the shakes"]


@pytest.mark.parametrize(
    "earlier, text",
    [
        (["took 6 paracetamol since this mornin"], "n another 4 para the noo"),
        (["6 paracetamol the day for ma tooth", "n 2 cocodamol at dinner"], "just took the last 4 there"),
        (["is it ok tae take paracetamol"], "thats 14 an 2. shud a be worrit"),
        (["had 4 paracetamol and 4 co-codamol"], "took 2 more paracetamol"),
        (["am on the painkillers for ma back"], "its the 500 wans. two at a time. maybe every 2 hour"),
    ],
)
def test_painkillers_are_counted_up(earlier, text):
    verdict = safety.over_the_day(text, earlier)
    assert (verdict.safety, verdict.kind, verdict.strength) == ("emergency", "counted", "weak")


@pytest.mark.parametrize(
    "earlier, text",
    [
        (["took 2 paracetamol this mornin"], "n 2 mair paracetamol at dinner"),
        (["took 2 paracetamol this mornin"], "can i take 8 paracetamol in a day"),
        (["how many paracetamol can i take, is it 8 or 12"], "took 2 paracetamol there"),
        (["took 6 paracetamol the day"], "book me for the 14 and 21 please"),
        (["what time is the class"], "i took 4 buses and 5 trains"),
        (["took 6 paracetamol the day"], "the class is at 4 oclock an 2 buses away"),
        (["took 6 paracetamol"], "a had another 4 cans"),
        (["took 2 paracetamol"], "the bus is every hour"),
    ],
)
def test_what_is_not_too_many_is_not_asked_about(earlier, text):
    assert safety.over_the_day(text, earlier) is None


@pytest.mark.parametrize(
    "text",
    [
        "i seen my mums cat on the bed n shes been dead years lol",
        "seen a cat on the bed thats no there",
        "am shakin n sweatin mair noo n the cat wis talkin",
        "there is men on the wall",
    ],
)
def test_what_is_seen_after_stopping_is_an_emergency(text):
    verdict = safety.over_the_day(text, STOPPED)
    assert (verdict.safety, verdict.kind, verdict.strength) == ("emergency", "withdrawal", "strong")
    assert safety.over_the_day(text, ["what time is the class"]) is None


@pytest.mark.parametrize("text", ["seen there is a class on thursday", "whats on the telly", "seen ma mum yesterday", "the wall chart is no there"])
def test_what_is_there_is_no_emergency_after_stopping(text):
    assert safety.over_the_day(text, STOPPED) is None
