"""What each kind of Telegram update says, good ones and bad ones: a table, and everything else that JSON can hold."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateway import updates
from bot.gateway.channels import Back, Gone, InGroup, Unreadable
from bot.gateway.parts import Inbound

CHAT = {"id": 1001, "type": "private", "first_name": "Canary"}
FROM = {"id": 1001, "is_bot": False, "first_name": "Canary"}
MESSAGE = {"message_id": 5, "date": 1764000000, "chat": CHAT, "from": FROM}
SENT = datetime(2025, 11, 24, 16, tzinfo=timezone.utc)
GROUP = {"id": -77, "type": "group", "title": "Pals"}
SUPERGROUP = {"id": -10077, "type": "supergroup", "title": "Pals"}
FILE = {"file_id": "f", "file_unique_id": "u"}
PLACE = {"longitude": -4.31, "latitude": 55.86}
BOT = {"id": 2, "is_bot": True, "first_name": "b"}


def message(**fields):
    return {"update_id": 3, "message": {**MESSAGE, **fields}}


def edited(**fields):
    return {"update_id": 3, "edited_message": {**MESSAGE, "edit_date": 1764000060, **fields}}


def press(under=None, **fields):
    under = {**MESSAGE, "message_id": 9, "from": BOT} if under is None else under
    return {"update_id": 3, "callback_query": {"id": "q1", "from": FROM, "message": under, "data": "c:4", **fields}}


def member(chat, status):
    return {"update_id": 3, "my_chat_member": {"chat": chat, "from": FROM, "new_chat_member": {"status": status}}}


# --- messages: (fields, words, kind) -----------------------------------------------------------
MESSAGES = {
    "text": ({"text": "whit's a unit"}, "whit's a unit", "text"),
    "text of markup": ({"text": "_*[]()<>&`"}, "_*[]()<>&`", "text"),
    "start with a code": ({"text": "/start BXKT4739", "entities": [{}]}, "/start BXKT4739", "text"),
    "reply": ({"text": "aye", "reply_to_message": {**MESSAGE, "message_id": 4, "text": "Coming?"}}, "aye", "text"),
    "reply to what is gone": ({"text": "aye", "reply_to_message": None}, "aye", "text"),
    "forward": ({"text": "look", "forward_origin": {"type": "hidden_user"}}, "look", "text"),
    "quote": ({"text": "this", "quote": {"text": "bit", "position": 1}}, "this", "text"),
    "text with odd entities": ({"text": "i want to die", "entities": 7}, "i want to die", "text"),
    "text from somebody odd": ({"text": "i want to die", "from": {"id": "x"}}, "i want to die", "text"),
    "voice": ({"voice": {**FILE, "duration": 3}}, "", "voice"),
    "music": ({"audio": {**FILE, "duration": 3}}, "", "voice"),
    "photo": ({"photo": [{**FILE, "width": 1, "height": 1}]}, "", "photo"),
    "photo with words": ({"photo": [{**FILE}], "caption": "what is this"}, "what is this", "photo"),
    "album": ({"photo": [{**FILE}], "media_group_id": "9"}, "", "photo"),
    "video": ({"video": {**FILE, "duration": 1}}, "", "video"),
    "video note": ({"video_note": {**FILE, "duration": 1}}, "", "video"),
    "story": ({"story": {"chat": CHAT, "id": 1}}, "", "video"),
    "file": ({"document": FILE}, "", "file"),
    "animation": ({"animation": FILE, "document": FILE}, "", "sticker"),
    "sticker": ({"sticker": {**FILE, "emoji": "👍"}}, "", "sticker"),
    "venue": ({"venue": {"title": "x", "address": "y", "location": PLACE}, "location": PLACE}, "Govan", "location"),
    "location": ({"location": PLACE}, "Govan", "location"),
    "location far away": ({"location": {"latitude": 51.5, "longitude": -0.12}}, "", "location"),
    "location that is none": ({"location": {"latitude": "55.86", "longitude": -4.31}}, "", "location"),
    "location on no earth": ({"location": {"latitude": 10**9, "longitude": -4.31}}, "", "location"),
    "contact": ({"contact": {"phone_number": "07700900123", "first_name": "x"}}, "", "contact"),
    "dice": ({"dice": {"emoji": "🎲", "value": 3}}, "", "other"),
    "poll": ({"poll": {"id": "1", "question": "who cares if i die", "options": []}}, "who cares if i die", "other"),
    "game": ({"game": {"title": "x"}}, "", "other"),
    "something new": ({"something_new": {"a": 1}}, "", "other"),
    "nothing": ({}, "", "other"),
    "text that is none": ({"text": 7}, "", "other"),
}  # fmt: skip


@pytest.mark.parametrize("fields, words, kind", MESSAGES.values(), ids=MESSAGES)
def test_what_a_message_says(fields, words, kind):
    assert updates.read(message(**fields)) == [Inbound("telegram", "1001", "1001:5", words, kind)]


@pytest.mark.parametrize("fields, words, kind", MESSAGES.values(), ids=MESSAGES)
def test_no_message_tells_where_somebody_is_or_whom_they_know(fields, words, kind):
    [inbound] = updates.read(message(**fields))
    kept = repr(inbound)
    assert not any(secret in kept for secret in ("Canary", "07700900123", "55.86", "4.31"))


EVENTS = {
    "an edit without words": (edited(photo=[FILE]), []),
    "a live location that moves": (edited(location={**PLACE, "live_period": 60}), []),
    "a group": (message(chat=GROUP, text="hello"), [InGroup("-77")]),
    "a group without a kind": (message(chat={"id": -77}, text="hello"), [InGroup("-77")]),
    "an edit in a group": (edited(chat=GROUP, text="hello"), [InGroup("-77")]),
    "a group that migrates": (message(chat=GROUP, migrate_to_chat_id=-10077), [InGroup("-77")]),
    "a supergroup that was a group": (message(chat=SUPERGROUP, migrate_from_chat_id=-77), [InGroup("-10077")]),
    "a bot": (message(text="hello", **{"from": BOT}), []),
    "a pinned message": (message(pinned_message={**MESSAGE, "text": "x"}), []),
    "a timer": (message(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}), []),
    "blocked": (member(CHAT, "kicked"), [Gone("1001")]),
    "back": (member(CHAT, "member"), [Back("1001")]),
    "put into a group": (member(GROUP, "member"), [InGroup("-77")]),
    "put out of a group": (member(GROUP, "left"), []),
    "put into a channel": (member({"id": -100, "type": "channel"}, "administrator"), [InGroup("-100")]),
    "a press in a group": (press({**MESSAGE, "chat": GROUP}), [InGroup("-77")]),
    "a channel's post": ({"update_id": 3, "channel_post": {**MESSAGE, "text": "x"}}, []),
    "a poll's answer": ({"update_id": 3, "poll_answer": {}}, []),
    "a reaction": ({"update_id": 3, "message_reaction": {"chat": CHAT}}, []),
    "something new": ({"update_id": 3, "brand_new": {"chat": CHAT}}, []),
    "nothing": ({"update_id": 3}, []),
}


@pytest.mark.parametrize("update, events", EVENTS.values(), ids=EVENTS)
def test_what_an_update_says(update, events):
    assert updates.read(update) == events


# --- (what was pressed, choice, who is answered) ---------------------------------------------
PRESSES = {
    "a button": (press(), 4, ("q1", "9")),
    "under a message that is too old": (press({"chat": CHAT, "message_id": 9, "date": 0}), 4, ("q1", "9")),
    "under a message that is gone": (press({}), 4, ("q1", "")),
    "under no message": (press(7), 4, ("q1", "")),
    "no data": (press(data=None), 0, ("q1", "9")),
    "a game": (press(data=None, game_short_name="x"), 0, ("q1", "9")),
    "not a number": (press(data="c:x"), 0, ("q1", "9")),
    "a digit of another script": (press(data="c:٣"), 0, ("q1", "9")),
    "a number that is too long": (press(data="c:" + "9" * 40), 0, ("q1", "9")),
    "a command": (press(data="/book{}"), 0, ("q1", "9")),
}


@pytest.mark.parametrize("update, choice, receipt", PRESSES.values(), ids=PRESSES)
def test_what_a_press_says(update, choice, receipt):
    [inbound] = updates.read(update)
    assert (inbound.address, inbound.kind, inbound.choice_id, inbound.receipt) == ("1001", "choice", choice, receipt)


BAD = {
    "a list": [], "a word": "x", "nothing": None, "a number": 7, "no id": {"message": MESSAGE},
    "an id that is none": {"update_id": "3", "message": MESSAGE}, "an id that is true": {"update_id": True},
    "a message that is a number": {"update_id": 3, "message": 7},
    "a message without a chat": {"update_id": 3, "message": {"text": "x"}},
    "a chat without an id": {"update_id": 3, "message": {**MESSAGE, "chat": {"type": "private"}}},
    "a chat with a long id": {"update_id": 3, "message": {**MESSAGE, "chat": {"id": 10**40, "type": "private"}}},
    "a press by nobody": {"update_id": 3, "callback_query": {"id": "q"}},
    "a member of nothing": {"update_id": 3, "my_chat_member": {"new_chat_member": {}}},
    "a member without a state": {"update_id": 3, "my_chat_member": {"chat": CHAT}},
}  # fmt: skip


@pytest.mark.parametrize("update", BAD.values(), ids=BAD)
def test_what_makes_no_sense_is_unreadable(update):
    with pytest.raises(Unreadable):
        updates.read(update)


@pytest.mark.parametrize(
    "date, at",
    [(1764000000, SENT), *((odd, None) for odd in (0, -5, "x", None, True, 10**12, 10**30, 1.5))],
)
def test_a_date_that_is_none_or_lies_ahead_is_now(at_noon, date, at):
    [inbound] = updates.read(message(text="x", date=date))
    assert inbound.at == (at or at_noon.time)


def test_a_reply_says_which_of_our_messages_it_answers():
    for answered, number in (({"message_id": 4, "from": BOT}, "4"), ({"message_id": 4, "from": FROM}, ""), (7, "")):
        assert updates.read(message(text="2", reply_to_message=answered))[0].replies_to == number


def test_an_edit_says_what_it_changes():
    [inbound] = updates.read(edited(text="hello"))
    assert (inbound.kind, inbound.text, inbound.edits) == ("edit", "hello", "1001:5")
    assert inbound.edits == updates.read(message(text="helo"))[0].external_id


def test_a_message_without_a_number_is_told_apart_by_its_update():
    ids = {updates.read({"update_id": n, "message": {"chat": CHAT, "text": "x"}})[0].external_id for n in (3, 4)}
    assert len(ids) == 2


def test_two_edits_within_a_second_are_two_and_one_delivered_twice_is_one():
    ids = [updates.read(edited(text=text))[0].external_id for text in ("helo", "hello", "hello")]
    assert len(set(ids)) == 2 and ids[1] == ids[2]


# --- everything else -----------------------------------------------------------------------------
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(sorted({
    "chat", "from", "text", "caption", "message_id", "date", "edit_date", "id", "type", "is_bot", "data", "message",
    "new_chat_member", "status", "location", "voice", "photo", "reply_to_message", "poll", "question", "entities",
    "pinned_message", "latitude", "longitude", "migrate_to_chat_id",
}))  # fmt: skip
LIKELY = st.deferred(
    lambda: st.dictionaries(NAMES, JSON | LIKELY | st.sampled_from([CHAT, GROUP, FROM, PLACE, 1001]), max_size=6)
)
UPDATES = JSON | st.builds(
    lambda number, field, part: {"update_id": number, field: part},
    st.integers() | JSON,
    st.sampled_from([*updates.WANTED, "channel_post", "poll"]),
    JSON | LIKELY | LIKELY.map(lambda part: {**MESSAGE, **part}),
)


@settings(max_examples=400, deadline=None)
@given(UPDATES)
def test_whatever_comes_is_read_or_unreadable(update):
    try:
        events = updates.read(update)
    except Unreadable:
        return
    for event in events:
        assert int(event.address) and (
            not isinstance(event, Inbound) or (event.external_id and event.at or event.receipt)
        )
