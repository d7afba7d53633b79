"""Our door into Rasa: one question, one answer, behind a secret. A message that was answered is not asked twice.

Rasa's own REST channel checks no secret, answers 200 after an exception, and runs a turn again when it is asked again.
Here a turn that broke is a 500, and a message id that the tracker already holds gets the replies that are stored.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import clock, settings
from bot.dialogue import sessions, taking_apart, watch
from bot.dialogue.taking_apart import ALSO

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Wellbeing-Secret"
#: Seconds until a turn is given up. The gateway stops listening after eight, but a turn that ends later is stored, and
#: asking again then costs nothing; under the sixty that Rasa's lock on a conversation lasts.
TURN_LIMIT = 30.0
#: Seconds from which a turn is worth a line in the log.
SLOW = 3.0
#: Characters that Rasa is given at most; the gateway cuts before, this is the second lock on that door.
LONGEST = 1_600
#: What `last_said` is where the next message may lean on the answer before it.
_LEANT_ON = ("answer", "services")
#: Seconds within which a message may lean on the same person's text before it, and the words that one has at most.
RECENT, LETTER = 900.0, 40
#: Seconds after which no message leans on an answer any more.
LONG_AGO = 4 * 3600.0
Reply = dict[str, Any]


class Replies(OutputChannel):
    """Collects what is said in a turn, whole: text, choices and the facts beside them."""

    def __init__(self) -> None:
        self.said: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name, for `channel:` variants in responses."""
        return "wellbeing"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep `message`, which Rasa's default would take apart into several."""
        if (reply := as_reply(message)) is not None:
            self.said.append(reply)


class WellbeingChannel(InputChannel):
    """POST /webhooks/wellbeing/webhook and GET /webhooks/wellbeing/health, for whoever knows the secret."""

    def __init__(self, secret: str):
        self.secret = secret

    @classmethod
    def name(cls) -> str:
        """The name in URLs and in trackers."""
        return "wellbeing"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WellbeingChannel:
        """The channel with the secret of the settings: one written into a file would be one more to keep."""
        return cls(settings.load().internal_secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. `on_new_message` runs a turn."""
        door = Blueprint("wellbeing_webhook", "wellbeing")

        @door.middleware("request")
        async def knows_the_secret(request: Request) -> HTTPResponse | None:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode("utf-8", "replace"), self.secret.encode()):
                return json({"message": "not allowed"}, status=401)
            return None

        @door.post("/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            message = _message(request)
            if message is None:
                return json({"message": "conversation, message_id and text are needed"}, status=400)
            # Shielded: when the gateway stops waiting, the turn still ends and is stored for when it asks again.
            turn = asyncio.ensure_future(self.turn(request.app.ctx.agent, on_new_message, message))
            status, body = await asyncio.shield(turn)
            return json(body, status=status)

        @door.get("/health")
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return json({"message": "no model"}, status=503)
            parsed = await agent.parse_message(request.args.get("text", "")[:LONGEST])
            intent = parsed.get("intent") or {}
            return json({"intent": intent.get("name"), "confidence": intent.get("confidence")})

        return door

    async def turn(
        self, agent: Any, on_new_message: Callable[[UserMessage], Awaitable[Any]], message: UserMessage
    ) -> tuple[int, dict[str, Any]]:
        """Run the turn of `message`, or replay it: an HTTP status and a body."""
        if agent is None or not agent.is_ready():
            return 503, _body([], unfinished=True)
        began = time.monotonic()
        try:
            # The name carries no conversation: Rasa takes the conversation's own lock inside.
            async with agent.lock_store.lock(f"turn:{message.message_id}", wait_time_in_seconds=0.1):
                return await asyncio.wait_for(self._once(agent, on_new_message, message), TURN_LIMIT)
        except Exception as error:  # noqa: BLE001  whatever it was, the gateway is to ask again
            logger.error("turn %s broke off: %s", message.message_id, type(error).__name__, exc_info=error)
            return 500, _body([], unfinished=True)
        finally:
            if (took := time.monotonic() - began) > SLOW:
                logger.warning("turn %s took %.1f s", message.message_id, took)

    async def _once(
        self, agent: Any, on_new_message: Callable[[UserMessage], Awaitable[Any]], message: UserMessage
    ) -> tuple[int, dict[str, Any]]:
        store = agent.tracker_store
        tracker = await store.retrieve(message.sender_id)
        if (stored := stored_replies(tracker, message.message_id)) is not None:
            logger.info("turn %s replayed", message.message_id)
            return 200, _body(stored, reading=stored_reading(tracker, message.message_id))
        if tracker is not None and sessions.begin_anew(tracker, agent.domain):
            await store.save(tracker)
        # Rasa would do this next, and keep what it finds to itself.
        also, message.metadata = message.metadata, follows(tracker)
        message.parse_data = await agent.processor.parse_message(message, tracker)
        message.metadata = None  # for the reading alone; it is not kept with the message
        reading = as_reading(message.parse_data)
        turns = await taking_apart.turns(agent, tracker, message, also) or (message,)
        with watch.actions() as seen:
            try:
                for n, turn in enumerate(turns):
                    await on_new_message(turn)
                    if n + 1 < len(turns) and taking_apart.is_passed_over(turn, turns[n + 1]):
                        message.output_channel.said.clear()
            except Exception as error:
                tracker = await store.retrieve(message.sender_id)
                if (stored := stored_replies(tracker, message.message_id)) is None:
                    raise
                logger.error("turn %s broke after it was stored", message.message_id, exc_info=error)
                return 200, _body(stored, failed=True, reading=reading)
        return 200, _body(message.output_channel.said, failed=seen.failed, reading=reading)


def follows(tracker: DialogueStateTracker | None, now: float | None = None) -> dict[str, Any] | None:
    """What the next message may lean on: the person's own last text of the last minutes, and the answer that was given
    last with the question over it, places named meanwhile or not. None where there is neither, or where a form waits
    for its own answer. The names are those of `bot.nlu.in_context`; `now` is in seconds of the epoch."""
    if tracker is None or tracker.active_loop_name:
        return None
    at = now if now is not None else clock.now().timestamp()
    found = _own_text(tracker, at)
    last = _last_of_theirs(tracker)
    if (last is None or at - last.timestamp <= LONG_AGO) and tracker.get_slot("last_said") in _LEANT_ON:
        answer, question = tracker.get_slot("answer"), tracker.get_slot("question")
        if answer and question:
            found |= {"after": str(answer), "question": str(question)}
    return found or None


def _own_text(tracker: DialogueStateTracker, now: float) -> dict[str, Any]:
    """The person's last text and what it was read as; nothing where it was a choice, long, or long ago."""
    last = _last_of_theirs(tracker)
    text = (last.text or "").strip() if last is not None else ""
    if not text or text.startswith("/") or now - last.timestamp > RECENT or len(text.split()) > LETTER:
        return {}
    ranking = (last.parse_data or {}).get("intent_ranking") or ()
    return {"before": text, "reading": {str(row["name"]): float(row["confidence"]) for row in ranking}}


def _last_of_theirs(tracker: DialogueStateTracker) -> UserUttered | None:
    return next((e for e in reversed(tracker.events) if isinstance(e, UserUttered)), None)


def as_reply(message: dict[str, Any]) -> Reply | None:
    """Rasa's message as a reply of ours; None if there are no words in it."""
    text = str(message.get("text") or "").strip()
    if not text:
        return None
    buttons = message.get("buttons") or message.get("quick_replies") or ()
    facts = message.get("custom") or {}
    return {
        "text": text,
        "choices": [{"label": str(b["title"]), "payload": str(b.get("payload") or b["title"])} for b in buttons],
        "purpose": "crisis" if facts.get("purpose") == "crisis" else "reply",
        "understood": facts.get("understood", True) is not False,
    }


def as_reading(parsed: dict[str, Any] | None) -> dict[str, Any] | None:
    """What Rasa made of a message: intent, how sure, and the answer if one was sure; None if it made nothing of it."""
    intent = (parsed or {}).get("intent") or {}
    if not intent.get("name"):
        return None
    return {
        "intent": str(intent["name"]),
        "confidence": float(intent.get("confidence") or 0.0),
        "answer": parsed.get("answer"),
    }


def stored_reading(tracker: DialogueStateTracker, message_id: str) -> dict[str, Any] | None:
    """What was made of the message with that id, as the tracker keeps it."""
    for event in tracker.events:
        if isinstance(event, UserUttered) and event.message_id == message_id:
            return as_reading(event.parse_data)
    return None


def stored_replies(tracker: DialogueStateTracker | None, message_id: str) -> list[Reply] | None:
    """What was said to the message with that id; None if the tracker does not hold the message. One that asked two
    things is there twice."""
    if tracker is None:
        return None
    found: list[Reply] | None = None
    for event in tracker.events:
        if isinstance(event, UserUttered):
            if event.message_id == message_id:
                found = found if found is not None else []
            elif found is not None:
                break
        elif found is not None and isinstance(event, BotUttered):
            if (reply := as_reply(event.message())) is not None:
                found.append(reply)
    return found


def _message(request: Request) -> UserMessage | None:
    """The request's message, or None if something is missing in it."""
    try:
        body = request.json
        conversation, message_id, text = (body[key] for key in ("conversation", "message_id", "text"))
    except Exception:  # noqa: BLE001  no JSON, no object, a key missing: all the same to the caller
        return None
    if not all(isinstance(value, str) and value for value in (conversation, message_id, text)):
        return None
    also = body.get(ALSO)
    beside = {ALSO: also[:LONGEST]} if isinstance(also, str) and also else None
    return UserMessage(
        text[:LONGEST], Replies(), conversation, input_channel="wellbeing", message_id=message_id, metadata=beside
    )


def _body(
    replies: list[Reply], *, failed: bool = False, unfinished: bool = False, reading: dict[str, Any] | None = None
) -> dict[str, Any]:
    # An action that raised is a finished turn for Rasa, mostly without a word: that is an error too.
    error = not unfinished and (failed or not replies)
    # After two turns the question of an open form stands under each: once is enough, and last.
    told = [reply for n, reply in enumerate(replies) if reply not in replies[n + 1 :]]
    return {"replies": told, "error": error, "unfinished": unfinished, "reading": reading}
