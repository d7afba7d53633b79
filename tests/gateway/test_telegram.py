"""Telegram at the wire: the secret, payloads, sending, errors, polling."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bot import clock, wording
from bot.gateway import channels, updates
from bot.gateway.channels import Button, Rendered
from bot.gateway.telegram import Telegram
from tests.gateway.kit import PUBLIC, SECRET, World, settings
from tests.gateway.test_updates import UPDATES

CHAT = {"id": 1001, "type": "private", "first_name": "Canary"}
FROM = {"id": 1001, "is_bot": False, "first_name": "Canary"}
MESSAGE = {"message_id": 5, "date": 1764000000, "chat": CHAT, "from": FROM}
GROUP = {"id": -77, "type": "group", "title": "Pals"}
FILE = {"file_id": "f", "file_unique_id": "u"}


class Wire:
    """The Bot API: answers each method with what it is given."""

    def __init__(self):
        self.asked, self.answers = [], {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        method = request.url.path.rsplit("/", 1)[1]
        fields = dict(httpx.QueryParams(request.content.decode()))
        self.asked.append((method, fields))
        answer = self.answers.get(method, [])
        status, payload = answer.pop(0) if answer else (200, DEFAULT.get(method, True))
        if isinstance(payload, Exception):
            raise payload
        ok = {"ok": True, "result": payload} if status == 200 else {"ok": False, "error_code": status, **payload}
        return httpx.Response(status, json=ok)

    def methods(self):
        return [method for method, _ in self.asked]


DEFAULT = {"sendMessage": {**MESSAGE, "message_id": 9, "text": "x"}, "getUpdates": []}


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture
def bot(database, tmp_path, wire):
    """A live-mode gateway with Telegram, and a client that is Telegram."""
    live = {"demo": False, "telegram_token": "1:canary", "telegram_webhook_secret": SECRET, "public_url": PUBLIC}
    telegram = Telegram(settings(database, tmp_path, **live), transport=httpx.MockTransport(wire))
    world = World(database, tmp_path, channels={"telegram": telegram}, **live)
    world.client = TestClient(world.app, raise_server_exceptions=False)
    world.telegram = telegram
    return world


def post(world, payload, secret: bytes | None = SECRET.encode()):
    headers = {} if secret is None else {"x-telegram-bot-api-secret-token": secret}
    content = payload if isinstance(payload, bytes) else json.dumps(payload)
    return world.client.post("/telegram", content=content, headers=headers)


@pytest.mark.parametrize(
    "secret", [None, b"", b"wrong", SECRET[:-1].encode(), SECRET.encode() + b"x", "é".encode(), b"\xff\xfe"]
)
def test_a_forged_update_is_turned_away(bot, secret):
    response = post(bot, {"update_id": 1, "message": {**MESSAGE, "text": "hello"}}, secret)
    assert response.status_code == 403 and bot.rows() == []


@pytest.mark.parametrize(
    "fields, text, kind",
    [
        ({"text": "whit's a unit"}, "whit's a unit", "text"),
        ({"text": "_*[]()<>&`"}, "_*[]()<>&`", "text"),
        ({"voice": {**FILE, "duration": 3}}, "", "voice"),
        ({"photo": [{**FILE, "width": 1, "height": 1}], "caption": "what is this"}, "what is this", "photo"),
        ({"video": {**FILE, "width": 1, "height": 1, "duration": 1}}, "", "video"),
        ({"document": FILE}, "", "file"),
        ({"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}}, "",
         "sticker"),
        ({"location": {"longitude": 1.0, "latitude": 2.0}}, "", "location"),
        ({"location": {"longitude": -4.3141, "latitude": 55.8621}}, "Govan", "location"),
        ({"contact": {"phone_number": "1", "first_name": "x"}}, "", "contact"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "", "other"),
        ({"something_new": {"a": 1}}, "", "other"),
    ],
)  # fmt: skip
def test_what_an_update_becomes(bot, fields, text, kind):
    assert post(bot, {"update_id": 1, "message": {**MESSAGE, **fields}}).status_code == 200
    [row] = bot.rows("in")
    assert (row.body, row.kind, row.channel) == (text, kind, "telegram")


def test_a_replay_changes_nothing(bot):
    update = {"update_id": 1, "message": {**MESSAGE, "text": "helo"}}
    assert [post(bot, update).status_code for _ in range(3)] == [200] * 3
    assert [row.body for row in bot.rows("in")] == ["helo"]


@pytest.mark.parametrize(
    "payload",
    [{"update_id": 1}, {"update_id": 1, "channel_post": {**MESSAGE, "text": "x"}}, {"update_id": 1, "poll_answer": {}}],
)
def test_what_does_not_concern_us_is_taken_and_left(bot, payload):
    assert post(bot, payload).status_code in (200, 400)
    assert bot.rows() == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"update_id": "x"}', b"[" * 60_000],
)
def test_what_is_no_update_is_a_bad_request(bot, body):
    response = post(bot, body)
    assert response.status_code == 400 and set(response.json()) == {"error", "id"}


@pytest.mark.parametrize("part", [7, {}, {"chat": {"id": "x"}}, {"chat": 7}, []])
def test_an_update_that_makes_no_sense_is_taken_so_that_it_is_not_sent_again_for_ever(bot, part):
    assert post(bot, {"update_id": 1, "message": part}).status_code == 200
    assert bot.rows() == []


def press(data, query="q1"):
    message = {**MESSAGE, "message_id": 9, "text": "Which?", "from": {"id": 2, "is_bot": True, "first_name": "b"}}
    query = {"id": query, "from": FROM, "chat_instance": "c", "message": message, "data": data}
    return {"update_id": 3, "callback_query": query}


def test_a_press_is_acknowledged_once_stored_and_a_second_one_is_told_that_it_counts_once(bot, wire):
    with bot.client:
        assert post(bot, press("c:4")).status_code == 200
        assert post(bot, press("c:4", "q2")).status_code == 200
    [row] = bot.rows("in")
    assert row.kind == "choice" and row.error == "choice:4"
    answered = {fields["callback_query_id"]: fields for method, fields in wire.asked if method == "answerCallbackQuery"}
    assert "text" not in answered["q1"] and answered["q2"]["text"] == wording.say("gateway.pressed_already")
    assert "editMessageReplyMarkup" in wire.methods()


def test_a_press_whose_question_is_too_old_for_telegram_counts_all_the_same(bot, wire):
    wire.answers["answerCallbackQuery"] = [(400, {"description": "Bad Request: query is too old"})]
    wire.answers["editMessageReplyMarkup"] = [(400, {"description": "Bad Request: message is not modified"})]
    with bot.client:
        assert post(bot, press("c:4")).status_code == 200
    assert len(bot.rows("in")) == 1 and "editMessageReplyMarkup" in wire.methods()


def test_a_choice_that_was_typed_takes_the_buttons_away_too(bot, wire):
    def says(text, number):
        fresh = {"message_id": number, "date": int(clock.now().timestamp()), "text": text}
        post(bot, {"update_id": number, "message": {**MESSAGE, **fresh}})
        asyncio.run(step())

    async def step():
        while await bot.gateway.answering.answer_one() or await bot.gateway.sending.send_one():
            pass
        await bot.gateway.keyboards.drained()

    bot.rasa.replies = [{"text": "Where?", "choices": [{"label": "Govan", "payload": "/a"}]}]
    says("where", 1)
    assert "editMessageReplyMarkup" not in wire.methods()
    bot.rasa.replies = None
    says("govan", 2)
    [taken] = [fields for method, fields in wire.asked if method == "editMessageReplyMarkup"]
    assert taken == {"chat_id": "1001", "message_id": "9"} and bot.rasa.asked[-1][2] == "/a"


@pytest.mark.parametrize("data", ["c:", "c:x", "c:-1", "c:٣", "c:1 OR 1", "/book{}", "c:" + "9" * 40])
def test_a_forged_press_names_no_choice(bot, data):
    assert post(bot, press(data)).status_code == 200
    assert bot.rows("in")[0].error == "choice:0"


def in_group(bot, *texts):
    with bot.client:
        for text in texts:
            assert post(bot, {"update_id": 1, "message": {**MESSAGE, "chat": GROUP, "text": text}}).status_code == 200


def test_groups_are_refused_politely_once_and_left(bot, wire):
    in_group(bot, "hello", "is it working", "hello?")
    assert bot.rows() == [] and sorted(wire.methods()) == ["leaveChat", "leaveChat", "leaveChat", "sendMessage"]
    [told] = [fields for method, fields in wire.asked if method == "sendMessage"]
    assert (told["chat_id"], told["text"]) == ("-77", wording.say("gateway.group"))


def test_a_group_that_has_moved_is_left_where_it_is_now(bot, wire):
    moved = {"description": "Bad Request: group chat was upgraded", "parameters": {"migrate_to_chat_id": -10077}}
    wire.answers["sendMessage"] = [(400, moved)]
    in_group(bot, "hello")
    assert [(method, fields["chat_id"]) for method, fields in wire.asked] == [
        ("sendMessage", "-77"), ("sendMessage", "-10077"), ("leaveChat", "-10077")
    ]  # fmt: skip


def member(chat, status):
    user = {"user": {"id": 2, "is_bot": True, "first_name": "b"}}
    old, new = {**user, "status": "member"}, {**user, "status": status}
    if status == "kicked":
        new["until_date"] = 0
    return {"chat": chat, "from": FROM, "date": 1764000000, "old_chat_member": old, "new_chat_member": new}


def test_a_block_makes_unreachable_until_they_are_back(bot):
    post(bot, {"update_id": 1, "message": {**MESSAGE, "text": "hello"}})
    for status, reachable in (("kicked", False), ("member", True)):
        post(bot, {"update_id": 2, "my_chat_member": member(CHAT, status)})
        with bot.conversation() as (_, conversation):
            assert (conversation.address.unreachable_at is None) is reachable


def test_sending_plain_text_with_buttons(bot, wire):
    message = Rendered("_*[]()<>&", (Button(7, 1, "Govan"),))
    sent = asyncio.run(bot.telegram.send("1001", message, 3))
    assert (sent.provider_id, sent.status) == ("9", "sent")
    [(_, fields)] = wire.asked
    assert fields["text"] == "_*[]()<>&" and "parse_mode" not in fields
    assert json.loads(fields["reply_markup"])["inline_keyboard"] == [[{"callback_data": "c:7", "text": "Govan"}]]


@pytest.mark.parametrize(
    "answer, error",
    [
        ((403, {"description": "Forbidden: bot was blocked by the user"}), channels.Blocked),
        ((400, {"description": "Bad Request: chat not found"}), channels.Unreachable),
        ((400, {"description": "Bad Request: PEER_ID_INVALID"}), channels.Unreachable),
        ((400, {"description": "x", "parameters": {"migrate_to_chat_id": -10077}}), channels.Unreachable),
        ((400, {"description": "Bad Request: message is too long canary"}), channels.Refused),
        ((429, {"description": "Too Many Requests", "parameters": {"retry_after": 30}}), channels.TryAgain),
        ((401, {"description": "Unauthorized"}), channels.Misconfigured),
        ((409, {"description": "Conflict"}), channels.Misconfigured),
        ((403, {"description": "Forbidden: user is deactivated"}), channels.Blocked),
        ((502, {"description": "Bad Gateway"}), channels.TryAgain),
        ((200, httpx.ReadTimeout("canary")), channels.TryAgain),
        ((200, httpx.ConnectError("canary")), channels.TryAgain),
    ],
)
def test_what_telegrams_errors_mean(bot, wire, answer, error):
    wire.answers["sendMessage"] = [answer]
    with pytest.raises(channels.SendError) as raised:
        asyncio.run(bot.telegram.send("1001", Rendered("hello"), 3))
    assert type(raised.value) is error and "canary" not in str(raised.value)
    if answer[0] == 429:
        assert raised.value.after.total_seconds() == 30


def test_what_was_taken_with_an_odd_answer_is_not_sent_again(bot, wire):
    wire.answers["sendMessage"] = [(200, {"message_id": 9})]
    assert asyncio.run(bot.telegram.send("1001", Rendered("hello"), 3)).status == "sent"


def test_the_webhook_is_set_with_our_secret(bot, wire):
    asyncio.run(bot.telegram.set_webhook())
    [(method, fields)] = wire.asked
    assert method == "setWebhook" and fields["url"] == f"{PUBLIC}/telegram" and fields["secret_token"] == SECRET


def is_an_update(body: bytes) -> bool:
    """Whether a body is JSON with the number of an update in it."""
    try:
        told = json.loads(body)
    except ValueError:
        return False
    return isinstance(told, dict) and updates.id_of(told) is not None


@settings_(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | UPDATES.map(lambda update: json.dumps(update).encode()))
def test_whatever_is_posted_is_taken_or_a_bad_request(bot, body):
    call = channels.Call("/telegram", "", {}, body)
    try:
        bot.telegram.parse(call)
    except channels.Unreadable:
        assert not is_an_update(body)
