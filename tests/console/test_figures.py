"""Figures: sums for the analyst and the coordinator, none of them about so few people that it says who."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from bot import clock
from bot.conversations import handoffs
from bot.models import Attendance, Feedback
from bot.programme.figures import Quarter
from tests import builders

NAME, HELD = "Jo Bloggs", "held back"


@pytest.fixture
def busy(database):
    """Today. Alcohol: six came, two were ill. Money: one came. Six asked for a person, two may be in danger."""
    with database.write() as db:
        staff = builders.a_member_of_staff(db).id
        now = clock.now()
        drink = builders.a_session(db, starts_at=now, places=20)
        for number in range(8):
            person = builders.a_person(db, name=NAME)
            booking = builders.a_booking(db, person, drink, status="attended" if number < 6 else "missed")
            outcome = "came" if number < 6 else "ill"
            db.add(
                Attendance(
                    booking_id=booking.id, outcome=outcome, claimed=90, approved=90 if number < 6 else 0,
                    recorded_by=staff,
                )
            )  # fmt: skip
            said = {"kind": "feedback", "score": 5, "words": "my secret words"}
            db.add(Feedback(person_id=person.id, session_id=drink.id, **said))
        money = builders.a_session(db, topic="financial_health", starts_at=now)
        alone = builders.a_booking(db, builders.a_person(db), money, status="attended")
        db.add(Attendance(booking_id=alone.id, outcome="came", claimed=60, approved=60, recorded_by=staff))
        for number in range(8):
            conversation = builders.a_conversation(db)
            handoffs.open_for(db, conversation, "asked" if number < 6 else "crisis_suicide", note="my secret words")


def line(page, caption: str, first: str) -> list[str]:
    (table,) = [t for t in page.all("table") if t.one("caption").text == caption]
    (row,) = [r for r in table.one("tbody").all("tr") if r.one("th").text == first]
    return [cell.text for cell in row.all("td")]


def test_an_analyst_comes_in_at_the_figures_and_sees_sums_alone(signed_in, busy):
    there = signed_in("analyst")
    assert there.http.get("/").location == "/figures"
    page = there.get("/figures")
    assert line(page, "Sessions by topic", "Alcohol") == ["1", HELD, "6", HELD, "0", "9"]
    assert line(page, "Sessions by topic", "Financial health") == ["1", HELD, HELD, "0", "0", HELD]
    assert line(page, "Feedback by topic", "Alcohol") == ["8", "5.0"]
    assert line(page, "Feedback by topic", "Financial health") == ["0", "none"]
    assert line(page, "Hand-offs to a person by reason", "Asked for a person") == ["6", "0", "6"]
    assert line(page, "Hand-offs to a person by reason", "May be thinking of suicide or self-harm") == [HELD, "0", HELD]
    assert NAME not in there.html and "secret" not in there.html


def test_where_nothing_was_said_there_is_no_empty_table(signed_in, busy):
    page = signed_in("analyst").get("/figures")
    assert all(table.one("tbody").all("tr") for table in page.all("table"))
    assert "Did they go where they were pointed, by topic Nothing yet." in page.one("main").text


def test_the_table_to_take_along_holds_back_the_same(signed_in, busy):
    text = signed_in("coordinator").http.get("/figures.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    found = {(r["table"], r["line"], r["figure"]): r["value"] for r in rows}
    assert found["Sessions by topic", "Alcohol", "Came"] == "6"
    assert found["Sessions by topic", "Financial health", "Came"] == HELD
    few = {figure for (_, _, figure), value in found.items() if value in {"1", "2", "3", "4"}}
    assert few == {"Sessions"}, "only sessions are counted one by one"


def test_each_quarter_is_apart(signed_in, busy):
    there = signed_in("analyst")
    options = [o.attributes["value"] for o in there.get("/figures").one("select").all("option")]
    assert len(options) == 12 == len(set(options))
    page = there.get(f"/figures?quarter={options[5]}")
    assert line(page, "Sessions by topic", "Alcohol") == ["0"] * 6
    for unknown in ("2020-Q5", "soon", "9999-Q1"):
        there.get(f"/figures?quarter={unknown}", status=404)


def test_a_quarter_follows_a_quarter():
    last = Quarter.of(date(2026, 12, 31))
    assert last == Quarter(2026, 4) and last.first == date(2026, 10, 1)
    assert last.after == Quarter(2027, 1) and last.after.before == last and last.before == Quarter(2026, 3)
    assert Quarter.of(date(2026, 1, 1)) == Quarter(2026, 1)


@pytest.mark.parametrize("role", ["worker", "supervisor", "editor", "admin"])
def test_nobody_else_sees_figures(signed_in, role):
    signed_in(role).get("/figures", status=403)
