"""Date words as people text them. Today is Tuesday 24 November 2026 in every row, unless the row says otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from bot import when

TODAY = date(2026, 11, 24)  # a Tuesday

#: What is texted → first day, last day (None: the same), part of the day.
ROWS = [
    # today and tonight
    ("today", "11-24", None, None),
    ("anything on today?", "11-24", None, None),
    ("whit's on the day", "11-24", None, None),
    ("can a come the day", "11-24", None, None),
    ("2day", "11-24", None, None),
    ("tonight", "11-24", None, "evening"),
    ("is there wan the night", "11-24", None, "evening"),
    ("2nite pls", "11-24", None, "evening"),
    ("this evening", "11-24", None, "evening"),
    ("this afternoon", "11-24", None, "afternoon"),
    ("later today about 2pm", "11-24", None, "afternoon"),
    # tomorrow
    ("tomorrow", "11-25", None, None),
    ("the morra", "11-25", None, None),
    ("the morn", "11-25", None, None),
    ("the morn's night", "11-25", None, "evening"),
    ("the morns morning", "11-25", None, "morning"),
    ("tmrw morning", "11-25", None, "morning"),
    ("2moro", "11-25", None, None),
    ("tommorow efternoon", "11-25", None, "afternoon"),
    ("TOMORROW AT 10AM", "11-25", None, "morning"),
    ("day after tomorrow", "11-26", None, None),
    ("the day after the morra", "11-26", None, None),
    # days of the week
    ("tues", "11-24", None, None),
    ("wednesday", "11-25", None, None),
    ("wensday", "11-25", None, None),
    ("thurs wan", "11-26", None, None),
    ("thursday's", "11-26", None, None),
    ("fri at 6pm", "11-27", None, "evening"),
    ("sat", "11-28", None, None),
    ("on sat morning", "11-28", None, "morning"),
    ("monday", "11-30", None, None),
    ("put me doon for monday", "11-30", None, None),
    ("tuesday wan", "11-24", None, None),
    ("this tuesday", "11-24", None, None),
    ("this coming friday", "11-27", None, None),
    ("next tues", "12-01", None, None),
    ("nxt friday", "12-04", None, None),
    ("tuesday next week", "12-01", None, None),
    ("next week on the thursday", "12-03", None, None),
    ("a week on thursday", "12-03", None, None),
    ("thursday week", "12-03", None, None),
    ("a week tomorrow", "12-02", None, None),
    ("last tuesday", "11-17", None, None),
    ("last friday", "11-20", None, None),
    # days of the month
    ("the 27th", "11-27", None, None),
    ("the 24th", "11-24", None, None),
    ("the 3rd", "12-03", None, None),
    ("3rd of dec", "12-03", None, None),
    ("3 december", "12-03", None, None),
    ("dec 3", "12-03", None, None),
    ("Dec 3rd please", "12-03", None, None),
    ("the third of december", "12-03", None, None),
    ("thurs 3rd dec", "12-03", None, None),
    ("tuesday the 1st", "12-01", None, None),
    ("monday 14th", "12-14", None, None),
    ("3/12", "12-03", None, None),
    ("03/12/26", "12-03", None, None),
    ("3-12-2026", "12-03", None, None),
    ("3.12.26", "12-03", None, None),
    ("2026-12-03", "12-03", None, None),
    ("4th jan", "2027-01-04", None, None),
    ("3rd of november", "2027-11-03", None, None),
    ("1st january 2020", "2020-01-01", None, None),
    ("the 31st", "12-31", None, None),
    # so many days or weeks
    ("in 3 days", "11-27", None, None),
    ("in a week", "12-01", None, None),
    ("a week today", "12-01", None, None),
    ("in 2 weeks", "12-08", None, None),
    ("in two weeks time", "12-08", None, None),
    ("2 weeks fae now", "12-08", None, None),
    ("a fortnight", "12-08", None, None),
    ("in a couple of days", "11-26", None, None),
    ("a month fae now", "12-24", None, None),
    # weeks, weekends, months
    ("this week", "11-24", "11-29", None),
    ("next week", "11-30", "12-06", None),
    ("nxt wk", "11-30", "12-06", None),
    ("the week after next", "12-07", "12-13", None),
    ("next week in the mornings", "11-30", "12-06", "morning"),
    ("the weekend", "11-28", "11-29", None),
    ("at the wkend", "11-28", "11-29", None),
    ("next weekend", "12-05", "12-06", None),
    ("end of the week", "11-26", "11-29", None),
    ("start of next week", "11-30", "12-01", None),
    ("end of next week", "12-03", "12-06", None),
    ("this month", "11-24", "11-30", None),
    ("next month", "12-01", "12-31", None),
    ("end of the month", "11-24", "11-30", None),
    ("in december", "12-01", "12-31", None),
    ("any sessions in march", "2027-03-01", "2027-03-31", None),
    ("start of december", "12-01", "12-07", None),
    # several
    ("mon or tues", "11-30", "12-01", None),
    ("wed or thurs", "11-25", "11-26", None),
    ("thurs/fri", "11-26", "11-27", None),
    ("mon to wed", "11-30", "12-02", None),
    ("between monday and friday", "11-30", "12-04", None),
    ("the 3rd or the 4th", "12-03", "12-04", None),
    ("today or tomorrow", "11-24", "11-25", None),
    ("1st to 4th of december", "12-01", "12-04", None),
    ("cannae make tuesday, is there wan on thursday", "11-26", None, None),
    ("move ma wednesday wan tae friday", "11-27", None, None),
    ("thursday or friday next week", "12-03", "12-04", None),
    ("any time in the next 2 weeks", "11-24", "12-08", None),
    ("the next few days", "11-24", "11-28", None),
    ("before xmas", "11-24", "12-24", None),
    ("20th", "12-20", None, None),
    ("satuday", "11-28", None, None),
    # gone by
    ("yesterday", "11-23", None, None),
    ("last night", "11-23", None, "evening"),
    ("last week", "11-16", "11-22", None),
    ("3 days ago", "11-21", None, None),
    # named days
    ("boxing day", "12-26", None, None),
    ("xmas eve", "12-24", None, None),
]

#: Looks like a date and is none.
NONE = [
    "",
    "hi",
    "good morning",
    "I sat down",
    "c'mon",
    "the sun is out",
    "I may come",
    "drunk 24/7",
    "1/2 bottle a day",
    "how many units in the day",
    "the best time of the day",
    "the day he left",
    "what do I bring on the day",
    "the second one",
    "the 1st wan",
    "morning after pill",
    "i cant sleep in the night",
    "99/99",
    "the 32nd",
    "31 feb",
    "2 weeks without a drink",
    "i march every day",
    "14 units",
    "are the mon then",
    "I drink 3 days a week",
]


def _day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


@pytest.mark.parametrize(("text", "start", "end", "part"), ROWS)
def test_reads(text, start, end, part):
    found = when.read(text, TODAY)
    assert found, text
    assert (found.start, found.end, found.part) == (_day(start), _day(end or start), part)


@pytest.mark.parametrize("text", NONE)
def test_reads_nothing(text):
    assert when.read(text, TODAY) is None


def test_says_which_words_it_read():
    assert when.read("can I come next Tues please", TODAY).words == "next tues"


def test_a_part_of_the_day_alone_can_be_asked_for():
    assert when.read_part("mornings are best") == "morning"
    assert when.read_part("efter work") == "evening"
    assert when.read_part("i am fine") is None


def test_at_the_weekend_the_weekend_is_now():
    sunday = date(2026, 11, 29)
    assert when.read("the weekend", sunday).start == sunday
    assert when.read("next week", sunday).start == date(2026, 11, 30)
    assert when.read("end of the week", sunday).start == sunday


def test_the_days_of_short_months_are_skipped():
    assert when.read("the 30th", date(2027, 1, 31)).start == date(2027, 3, 30)
    assert when.read("29th feb", TODAY).start == date(2028, 2, 29)
    assert when.read("in a month", date(2027, 1, 31)).start == date(2027, 2, 28)


def test_a_very_long_message_is_read_quickly():
    assert when.read("on and on the " * 5_000, TODAY) is None
