"""The calendar of sessions: what is on which day of a month, by London time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot import clock
from bot.programme import sessions
from tests import builders


def cell(page, day: str):
    (found,) = [td for td in page.all("td") if td.all("time", datetime=day)]
    return found


@pytest.fixture
def december(database):
    """A session with two booked and one waiting, one late in the evening, one called off."""
    with database.write() as db:
        noon = datetime(2027, 12, 7, 12, 0, tzinfo=timezone.utc)
        full = builders.a_session(db, starts_at=noon, places=2, title="Sleep better")
        for status in ("booked", "booked", "waiting"):
            builders.a_booking(db, session=full, status=status)
        builders.a_session(db, starts_at=datetime(2027, 7, 31, 23, 30, tzinfo=timezone.utc), title="Night walk")
        off = builders.a_session(db, starts_at=noon + timedelta(days=1), title="Stop smoking")
        db.flush()
        sessions.cancel(db, off.id, by_staff=builders.a_member_of_staff(db).id)
        return full.id


def test_each_session_stands_on_its_day_with_how_full_it_is(signed_in, december):
    page = signed_in("coordinator").get("/sessions/calendar?month=2027-12")
    assert page.one("h1").text == "Sessions in December 2027"
    day = cell(page, "2027-12-07")
    assert "12pm Sleep better" in day.text and "2 of 2, 1 waiting" in day.text
    assert day.one("a").attributes["href"] == f"/sessions/{december}"
    assert "Called off" in cell(page, "2027-12-08").text
    assert len(page.one("tbody").all("td")) == 35 and cell(page, "2027-11-29") and cell(page, "2028-01-02")
    assert {"/sessions/calendar?month=2027-11", "/sessions/calendar?month=2028-01"} <= {
        a.attributes["href"] for a in page.all("a")
    }


def test_the_day_is_that_of_london(signed_in, december):
    page = signed_in("coordinator").get("/sessions/calendar?month=2027-08")
    assert "12:30am Night walk" in cell(page, "2027-08-01").text


def test_what_has_begun_leads_to_its_register(signed_in, database):
    with database.write() as db:
        session_id = builders.a_session(db, starts_at=clock.now() - timedelta(minutes=5)).id
    day = clock.london(clock.now() - timedelta(minutes=5)).date()
    page = signed_in("coordinator").get(f"/sessions/calendar?month={day:%Y-%m}")
    assert cell(page, f"{day}").one("a").attributes["href"] == f"/sessions/{session_id}/register"


@pytest.mark.parametrize("month", ["2027-13", "soon", "0001-01", "9999-12"])
def test_no_month_is_this_month(signed_in, month):
    response = signed_in("coordinator").http.get(f"/sessions/calendar?month={month}")
    assert response.status_code == 303 and response.location == "/sessions/calendar"
    page = signed_in("coordinator", "Bo").get("/sessions/calendar")
    assert page.one("h1").text == f"Sessions in {clock.today():%B %Y}"
