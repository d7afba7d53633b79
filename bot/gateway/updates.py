"""What a Telegram update says, read off the JSON itself: one function, `read`, and no network.

The updates are not decoded by the library that we send with: it refuses a whole batch for one field that it does not
expect, and what somebody in danger wrote would be lost with it. Here only the few fields that we use are looked at, and
whatever is wrong with the others stays their own business. Source: Bot API, "Update", "Message", "CallbackQuery".
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from bot import clock, nearby
from bot.gateway import metrics
from bot.gateway.channels import Back, Event, Gone, InGroup, Unreadable
from bot.gateway.parts import Inbound

log = logging.getLogger("wellbeing.telegram")

#: What we want to be told of.
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
#: In a button: "c:<choice id>".
PREFIX = "c:"

#: Field of a message → our kind. Looked at in order: an animation is a document too, a venue a location.
_KINDS = (
    ("voice", "voice"), ("audio", "voice"), ("photo", "photo"), ("live_photo", "photo"), ("paid_media", "photo"),
    ("video", "video"), ("video_note", "video"), ("story", "video"), ("animation", "sticker"), ("sticker", "sticker"),
    ("document", "file"), ("venue", "location"), ("location", "location"), ("contact", "contact"),
)  # fmt: skip
#: Notes of Telegram's own in a private chat: nobody has said anything, so there is nothing to answer.
_NOTES = frozenset((
    "pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed",
    "connected_website", "boost_added", "proximity_alert_triggered", "video_chat_scheduled", "video_chat_started",
    "video_chat_ended", "video_chat_participants_invited", "forum_topic_created", "forum_topic_edited",
    "forum_topic_closed", "forum_topic_reopened", "new_chat_title", "new_chat_photo", "delete_chat_photo",
))  # fmt: skip
#: Telegram's ids fit 52 bits; anything longer is not one of them.
_LARGEST = 2**53


def id_of(update: Any) -> int | None:
    """The number of an update; None when it has none, and so is no update."""
    return _number(update.get("update_id")) if isinstance(update, dict) else None


def read(update: Any) -> list[Event]:
    """What an update (parsed JSON) says; empty when it does not concern us. Unreadable is all that it ever raises."""
    if id_of(update) is None:
        raise Unreadable("not an update")
    readers = (
        ("message", _message), ("edited_message", _edited), ("callback_query", _press), ("my_chat_member", _member)
    )  # fmt: skip
    for field, reader in readers:
        if update.get(field) is not None:
            return reader(_part(update, field), id_of(update))
    return []


def _message(message: Mapping[str, Any], update_id: int) -> list[Event]:
    chat, private = _chat(message)
    if not private:
        return [InGroup(chat)]
    if _by_a_bot(message) or (not _NOTES.isdisjoint(message) and not _words(message)):
        return []
    number = _number(message.get("message_id"))
    external_id = f"{chat}:{number}" if number is not None else f"{chat}:update:{update_id}"
    kind, words = _kind(message), _words(message)
    if kind == "location":
        words = _whereabouts(message)
    return [
        Inbound(
            "telegram", chat, external_id, words, kind, at=_moment(message.get("date")), replies_to=_replied_to(message)
        )
    ]


def _edited(message: Mapping[str, Any], update_id: int) -> list[Event]:
    """A text that was changed. A live location is "changed" every few seconds, and says nothing by it."""
    chat, private = _chat(message)
    if not private:
        return [InGroup(chat)]
    words = _words(message)
    if _by_a_bot(message) or not words:
        return []
    number, date = _number(message.get("message_id")), message.get("edit_date")
    # Two changes within a second are two changes; the same one delivered twice is one.
    mark = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]
    external_id = f"{chat}:{number}:{_number(date)}:{mark}" if number is not None else f"{chat}:update:{update_id}"
    at = _moment(date if _number(date) else message.get("date"))
    original = "" if number is None else f"{chat}:{number}"
    return [Inbound("telegram", chat, external_id, words, "edit", at=at, edits=original)]


def _press(query: Mapping[str, Any], update_id: int) -> list[Event]:
    message = query.get("message") if isinstance(query.get("message"), dict) else {}
    if isinstance(message.get("chat"), dict):
        chat, private = _chat(message)
        if not private:
            return [InGroup(chat)]
    else:
        chat = str(_required(_part(query, "from").get("id")))
    data = query.get("data") if isinstance(query.get("data"), str) else ""
    number = data.removeprefix(PREFIX)
    known = data.startswith(PREFIX) and number.isascii() and number.isdigit() and len(number) < 18
    choice_id = int(number) if known else 0  # no such choice: "that button is from before"
    message_id = _number(message.get("message_id"))
    under = "" if message_id is None else str(message_id)
    query_id = query.get("id") if isinstance(query.get("id"), str) else str(update_id)
    # The same button pressed twice is one message: the database refuses the second.
    external_id = f"{chat}:press:{under}:{choice_id}" if known else f"{chat}:press:{query_id}"
    receipt = (query_id, under)
    return [Inbound("telegram", chat, external_id, "", "choice", choice_id=choice_id, receipt=receipt)]


def _member(member: Mapping[str, Any], _update_id: int) -> list[Event]:
    chat, private = _chat(member)
    status = _part(member, "new_chat_member").get("status")
    gone = status in ("left", "kicked")
    if not private:
        return [] if gone else [InGroup(chat)]
    return [(Gone if gone else Back)(chat)]


def _chat(holder: Mapping[str, Any]) -> tuple[str, bool]:
    """The chat's id, and whether nobody else reads along."""
    chat = _part(holder, "chat")
    number, kind = _required(chat.get("id")), chat.get("type")
    return str(number), kind == "private" if isinstance(kind, str) else number > 0


def _words(message: Mapping[str, Any]) -> str:
    """Whatever was written in words: the text, a caption, the question of a poll."""
    poll = message.get("poll")
    asked = poll.get("question") if isinstance(poll, dict) else None
    for words in (message.get("text"), message.get("caption"), asked):
        if isinstance(words, str) and words:
            return words
    return ""


def _whereabouts(message: Mapping[str, Any]) -> str:
    """The district that a map pin is in. From here on nobody has the pin: not the spool, not the database, no log."""
    place = message.get("location")
    venue = message.get("venue")
    if not isinstance(place, dict) and isinstance(venue, dict):
        place = venue.get("location")
    pin = [place.get("latitude"), place.get("longitude")] if isinstance(place, dict) else []
    if len(pin) != 2 or not all(isinstance(p, (int, float)) and abs(p) <= 180 for p in pin):
        return ""
    return nearby.district(*pin) or ""


def _replied_to(message: Mapping[str, Any]) -> str:
    """The number of our message that this one answers; empty when it answers none."""
    answered = message.get("reply_to_message")
    if not isinstance(answered, dict) or not _by_a_bot(answered):
        return ""
    number = _number(answered.get("message_id"))
    return "" if number is None else str(number)


def _kind(message: Mapping[str, Any]) -> str:
    if isinstance(message.get("text"), str) and message["text"]:
        return "text"
    return next((kind for field, kind in _KINDS if message.get(field)), "other")


def _by_a_bot(message: Mapping[str, Any]) -> bool:
    """Two machines that answer each other never stop."""
    sender = message.get("from")
    return isinstance(sender, dict) and sender.get("is_bot") is True


def _moment(date: Any) -> datetime:
    """Telegram's seconds since 1970 as a time; now, when they are none, or lie ahead."""
    now, seconds = clock.now(), _number(date)
    if not seconds or seconds < 0:
        return now
    return min(datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=min(seconds, 2**34)), now)


def _part(holder: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    found = holder.get(field)
    if not isinstance(found, dict):
        raise Unreadable(f"no {field}")
    return found


def _number(value: Any) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST
    return value if whole else None


def _required(value: Any) -> int:
    number = _number(value)
    if number is None:
        raise Unreadable("no id")
    return number


def pass_over(update_id: int) -> None:
    """Note, without a word of it, that an update made no sense."""
    log.warning("update %s could not be read and was passed over", update_id)
    metrics.UNREADABLE.labels("telegram").inc()
