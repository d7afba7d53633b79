"""The web application: doors, limits, health, the simulator, the page."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bot.gateway import health as health_module
from bot.gateway.app import real_channels
from bot.gateway.simulator import Simulator
from tests import builders
from tests.gateway.kit import World

DANGER = "i want to die"


@pytest.fixture
def demo(database, tmp_path):
    """A gateway in demo mode with its workers running, and a client."""
    world = World(database, tmp_path, channels={name: Simulator(name) for name in ("sms", "telegram")})
    world.app.router.lifespan_context = _with_workers(world)
    with TestClient(world.app, raise_server_exceptions=False, client=("127.0.0.1", 1)) as client:
        world.client = client
        yield world


def _with_workers(world):
    import asyncio
    import contextlib

    from bot.gateway import app as app_module

    @contextlib.asynccontextmanager
    async def lifespan(app):
        tasks = app_module._start(world.gateway)
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        world.gateway.leader.let_go()

    return lifespan


@pytest.fixture
def client(world):
    return TestClient(world.app, raise_server_exceptions=False)


def post(demo, **fields):
    return demo.client.post("/simulator/messages", json={"channel": "sms", "from": "07700 900123"} | fields)


def test_a_simulated_message_takes_the_real_road(demo):
    answer = post(demo, text="what is a unit").json()
    assert answer["replies"][0] == {"text": "You said what is a unit", "choices": []}
    assert re.fullmatch("[0-9a-f]{32}", answer["conversation"]) and answer["with_staff"] is False
    [row] = demo.rows("in")
    assert row.status == "answered" and row.channel == "sms"
    assert {row.status for row in demo.rows("out")} == {"delivered"}


def test_danger_is_answered_in_the_simulator(demo):
    demo.rasa.mode = "down"
    assert post(demo, text=DANGER).json()["replies"]


def test_choices_are_given_and_picked(demo):
    demo.rasa.replies = [{"text": "Where?", "choices": [{"label": "Govan", "payload": "/a"}]}]
    assert post(demo, text="where").json()["replies"][0] == {"text": "Where?", "choices": ["Govan"]}
    post(demo, text="1")
    assert demo.rasa.asked[-1][2] == "/a"
    query = {"channel": "sms", "from": "+447700900123"}
    shown = demo.client.get("/simulator/thread", params=query).json()["messages"][0]
    assert shown["text"] == "Where?\n1. Govan"
    assert (shown["encoding"], shown["units"], shown["segments"]) == ("GSM-7", 15, 1)


def test_the_thread_shows_telegram_buttons_and_what_staff_said(demo):
    demo.rasa.replies = [{"text": "Where?", "choices": [{"label": "Govan", "payload": "/a"}]}]
    post(demo, channel="telegram", **{"from": "1001"}, text="where")
    query = {"channel": "telegram", "from": "1001", "own": "1"}
    own, where, _notice = demo.client.get("/simulator/thread", params=query).json()["messages"]
    assert own["author"] == "person" and [b["label"] for b in where["buttons"]] == ["Govan"]
    post(demo, channel="telegram", **{"from": "1001"}, choice=where["buttons"][0]["id"])
    assert demo.rasa.asked[-1][2] == "/a"
    after = demo.client.get("/simulator/thread", params=query | {"after": own["id"]}).json()["messages"]
    assert own["id"] not in [message["id"] for message in after]


def test_a_repeated_id_is_one_message(demo):
    first, second = post(demo, text="hello", id="a").json(), post(demo, text="hello", id="a").json()
    assert first == second and len(demo.rows("in")) == 1


def test_with_a_worker_nobody_answers(demo):
    from bot.conversations import handoffs

    post(demo, text="hello")
    with demo.conversation() as (db, conversation):
        handoffs.take(db, handoffs.open_for(db, conversation, "asked"), builders.a_member_of_staff(db))
    answer = post(demo, text="are you there").json()
    assert answer["with_staff"] is True and answer["replies"] == []


@pytest.mark.parametrize(
    "fields",
    [{"channel": "fax"}, {"from": "x"}, {"from": None}, {"text": 7}, {"kind": "smell"}, {"choice": "1"},
     {"choice": True},
     {"channel": "telegram", "from": "+44"}, {"id": ""}],
)  # fmt: skip
def test_what_is_no_message_is_refused_with_a_sentence(demo, fields):
    response = post(demo, **({"text": "x"} | fields))
    assert response.status_code == 400 and response.json()["error"].endswith(".")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"7"])
def test_what_is_not_json_is_refused(demo, body):
    assert demo.client.post("/simulator/messages", content=body).status_code == 400


def test_another_sites_page_cannot_text(demo):
    headers = {"sec-fetch-site": "cross-site"}
    response = demo.client.post("/simulator/messages", content=b"{}", headers=headers)
    assert response.status_code == 403


def test_the_page_has_nothing_inline_and_nothing_from_elsewhere(client):
    response = client.get("/")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert "demonstration" in response.text
    assert not re.search(r"<style|style=|<script>|\son\w+=|(src|href)=\"(https?:)?//", response.text)
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', response.text):
        assert client.get(path).status_code == 200
    ids = re.findall(r'\sid="([^"]+)"', response.text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\sfor="([^"]+)"', response.text)) <= set(ids)


@pytest.mark.parametrize("path", ["/", "/simulator/messages", "/simulator/thread", "/static/phone.js"])
def test_outside_demo_mode_there_is_no_simulator(database, tmp_path, path):
    world = World(database, tmp_path, demo=False)
    client = TestClient(world.app, raise_server_exceptions=False)
    assert client.get(path).status_code == 404
    assert client.post(path, json={"channel": "sms", "from": "1", "text": "x"}).status_code == 404


def test_real_and_simulated_channels_never_mix(world):
    assert {type(channel) for channel in real_channels(world.settings).values()} == {Simulator}


def test_health_is_well_only_when_everything_is(world, client):
    world.gateway.scheduling.round()
    told = client.get("/health").json()
    assert told["status"] == "ok" and told["rasa"]["state"] == "ok" and told["scheduler"]["state"] == "ok"


def test_health_notices_a_rasa_that_understands_nothing(world, client):
    world.rasa.healthy = False
    response = client.get("/health")
    assert response.status_code == 200 and response.json()["rasa"]["state"] == "down"
    assert response.json()["status"] == "degraded"


def test_health_notices_a_scheduler_that_stands_still_and_messages_that_wait(world, client, at_noon):
    world.gateway.scheduling.round()
    world.take("hello")
    at_noon.later(seconds=120)
    told = client.get("/health").json()
    assert told["scheduler"]["state"] == "down" and told["inbox"]["state"] == "degraded"


def test_without_a_database_it_still_takes_messages_into_the_spool(world, client, monkeypatch):
    def gone(self):
        raise OSError

    monkeypatch.setattr(health_module.Health, "_count", gone)
    response = client.get("/health")
    assert response.status_code == 200 and response.json()["database"]["state"] == "down"
    monkeypatch.setattr(type(world.gateway.intake.spool), "writable", lambda self: False)
    assert client.get("/health").status_code == 503


def test_metrics_are_for_this_machine_only(world):
    inside = TestClient(world.app, client=("127.0.0.1", 1))
    assert b"wellbeing_waiting" in inside.get("/metrics").content
    assert inside.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    assert TestClient(world.app, client=("10.0.0.9", 1)).get("/metrics").status_code == 404


@pytest.mark.parametrize("path, status", [("/nothing", 404), ("/telegram", 405), ("/conversations/x/tracker", 404)])
def test_errors_are_generic_and_have_an_id(client, path, status):
    response = client.get(path)
    assert response.status_code == status and set(response.json()) == {"error", "id"}


@pytest.mark.parametrize(
    "content, headers, status",
    [(b"x" * 65_537, {}, 413), (b"", {"content-length": "1000000"}, 413), (b"x", {"content-encoding": "deflate"}, 415),
     (iter([b"x" * 40_000] * 3), {}, 413)],
)  # fmt: skip
def test_bodies_are_limited_and_never_unpacked(client, content, headers, status):
    assert client.post("/simulator/messages", content=content, headers=headers).status_code == status


def test_a_fault_shows_nothing_of_itself(world, client, monkeypatch):
    def fault(self, *args):
        raise ValueError("canary")

    monkeypatch.setattr(health_module.Health, "look", fault)
    response = client.get("/health")
    assert response.status_code == 500 and "canary" not in response.text
