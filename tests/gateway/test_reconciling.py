"""Invariant 1, its last part: what the provider could not hand over is fetched, once, in order, and screened."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from bot import clock
from bot.gateway import app, channels, state
from bot.gateway.intake import NotTaken
from bot.gateway.reconciling import FIRST, FURTHEST, OVERLAP, Reconciling
from bot.gateway.sms import Sms
from tests.gateway.kit import PUBLIC, TWILIO_TOKEN, World, settings

ACCOUNT, OURS = "AC" + "1" * 32, "+447700900999"
NOON = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)


class Twilio:
    """Twilio's list of messages over HTTP: newest first, in pages of two, with its authentication and errors."""

    def __init__(self):
        self.messages, self.asked, self.status = [], [], 200
        twilio = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                twilio.asked.append(self.path)
                wanted = "Basic " + base64.b64encode(f"{ACCOUNT}:{TWILIO_TOKEN}".encode()).decode()
                status = 401 if self.headers["Authorization"] != wanted else twilio.status
                failed = {"code": 20003, "message": "canary", "status": status}
                body = twilio.page(self.path) if status == 200 else failed
                raw = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, sid: str, text: str, at: datetime, *, sender="+447700900123", direction="inbound", media="0"):
        self.messages.append({
            "sid": sid, "from": sender, "to": OURS, "body": text, "direction": direction, "num_media": media,
            "status": "received", "date_sent": format_datetime(at), "date_created": format_datetime(at),
        })  # fmt: skip

    def page(self, path: str) -> dict:
        parts = urlsplit(path)
        assert parts.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
        query = parse_qs(parts.query)
        start = int(query.get("Page", ["0"])[0]) * 2
        rows = sorted(self.messages, key=lambda m: -NOON.timestamp() + _at(m))[::-1]
        after = datetime.fromisoformat(query["DateSent>"][0].replace("Z", "+00:00")) if "DateSent>" in query else None
        rows = [m for m in rows if after is None or _at(m) >= after.timestamp()]
        following = parts.query.split("&Page=")[0] + f"&Page={start // 2 + 1}"
        more = f"{parts.path}?{following}" if len(rows) > start + 2 else None
        return {"messages": rows[start : start + 2], "next_page_uri": more, "page": start // 2, "page_size": 2}


def _at(message: dict) -> float:
    return parsedate_to_datetime(message["date_sent"]).timestamp()


@pytest.fixture
def twilio():
    made = Twilio()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def away(database, tmp_path, twilio, at_noon):
    """A live gateway with SMS that has just come back; `away.fetch()` is one round."""
    live = {"demo": False, "twilio_account_sid": ACCOUNT, "twilio_auth_token": TWILIO_TOKEN, "sms_from": OURS}
    live |= {"public_url": PUBLIC, "twilio_api_url": twilio.url}
    sms = Sms(settings(database, tmp_path, **live))
    world = World(database, tmp_path, channels={"sms": sms}, **live)
    world.reconciling = Reconciling(sms, database, world.gateway.leader, world.gateway.intake.take)
    world.fetch = lambda: asyncio.run(world.reconciling.round())
    return world


def mark(database):
    with database.read() as db:
        found = state.get(db, state.RECONCILED)
        return found and datetime.fromisoformat(found.value)


def test_twenty_texts_missed_while_away_are_stored_once_in_order(away, twilio):
    for n in range(20):
        twilio.add(f"SM{n}", f"text {n}", NOON - timedelta(minutes=30 - n), sender=f"+4477009001{n % 3:02}")
    away.take("text 3", external_id="SM3", sender="+447700900100")  # this one the webhook had delivered
    assert away.fetch() == 19
    assert away.fetch() == 0
    assert sorted(row.body for row in away.rows("in")) == sorted(f"text {n}" for n in range(20))
    stored = [row.body for row in away.rows("in") if row.body != "text 3"]
    assert stored == [f"text {n}" for n in range(20) if n != 3]
    assert away.rows("in")[1].created_at == NOON - timedelta(minutes=30)


def test_danger_in_a_missed_text_is_answered(away, twilio):
    twilio.add("SM1", "i want to kill myself", NOON - timedelta(minutes=9))
    away.fetch()
    assert [row.purpose for row in away.rows("out")][0] == "crisis"
    assert [handoff.reason for handoff in away.handoffs()] == ["crisis_suicide"]


def test_a_text_too_old_to_answer_goes_to_a_person(away, twilio, at_noon):
    with away.database.write() as db:
        state.put(db, state.RECONCILED, (NOON - timedelta(hours=20)).isoformat())
    twilio.add("SM1", "owt on the morra", NOON - timedelta(hours=19))
    away.fetch()
    asyncio.run(away.gateway.answering.answer_one())
    assert [handoff.reason for handoff in away.handoffs()] == ["assistant_down"]


def test_what_we_sent_ourselves_is_not_taken_in(away, twilio):
    twilio.add("SM1", "hello from us", NOON, direction="outbound-api")
    assert away.fetch() == 0 and away.rows("in") == []


def test_a_missed_photo_gets_its_honest_answer(away, twilio):
    twilio.add("SM1", "", NOON, media="1")
    away.fetch()
    assert [row.kind for row in away.rows("in")] == ["file"]


FAULTS = [(500, channels.TryAgain), (429, channels.TryAgain), (401, channels.Misconfigured)]


@pytest.mark.parametrize("status, error", FAULTS)
def test_while_the_provider_fails_the_mark_stays(away, twilio, status, error):
    twilio.status = status
    with pytest.raises(error):
        away.fetch()
    assert mark(away.database) is None


def test_while_nothing_can_be_stored_the_mark_stays(away, twilio):
    twilio.add("SM1", "hello", NOON)

    async def refuse(_inbound):
        raise NotTaken

    away.reconciling.take = refuse
    with pytest.raises(NotTaken):
        away.fetch()
    assert mark(away.database) is None


def test_it_looks_back_from_the_mark_with_an_overlap_and_not_for_ever(away, twilio, at_noon):
    away.fetch()
    assert mark(away.database) == NOON
    at_noon.later(minutes=5)
    twilio.add("SM1", "late on the list", NOON - OVERLAP + timedelta(seconds=1))
    twilio.add("SM2", "long before", NOON - OVERLAP - timedelta(seconds=1))
    assert away.fetch() == 1
    assert [row.body for row in away.rows("in")] == ["late on the list"]


def test_a_first_start_looks_back_an_hour_and_no_start_more_than_days(away, twilio, at_noon):
    twilio.add("SM1", "before us", NOON - FIRST - timedelta(minutes=1))
    twilio.add("SM2", "just now", NOON - FIRST + timedelta(minutes=1))
    assert away.fetch() == 1
    at_noon.later(days=30)
    twilio.add("SM3", "weeks ago", clock.now() - FURTHEST - timedelta(minutes=1))
    twilio.add("SM4", "days ago", clock.now() - FURTHEST + timedelta(minutes=1))
    assert away.fetch() == 1


def test_health_says_when_it_was_last_done(away, at_noon):
    def told():
        return asyncio.run(away.gateway.health.look())[1]["reconciling"]

    assert told() == {"state": "degraded", "last": None}
    away.fetch()
    assert told() == {"state": "ok", "last": NOON.isoformat()}
    at_noon.later(minutes=13)
    assert told()["state"] == "degraded"


def test_a_process_that_does_not_lead_asks_nobody(away, twilio, tmp_path):
    other = type(away.gateway.leader)(away.database, away.settings.var)
    assert other.lead()

    async def a_while():
        try:
            await asyncio.wait_for(away.reconciling.run(), 0.3)
        except asyncio.TimeoutError:
            pass

    asyncio.run(a_while())
    assert twilio.asked == [] and mark(away.database) is None
    other.let_go()
    asyncio.run(a_while())
    assert twilio.asked and mark(away.database) is not None
    away.gateway.leader.let_go()


def test_the_running_gateway_does_it(away):
    async def names():
        tasks = app._start(away.gateway)
        try:
            return {task.get_name() for task in tasks}
        finally:
            await app._stop(away.gateway, tasks)

    assert "reconciling" in asyncio.run(names())
