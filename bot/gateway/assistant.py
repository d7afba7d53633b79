"""The client of Rasa: one question, one budget, and no trust. What comes back is one of three outcomes.

A turn that Rasa finished is never asked again, even when it has nothing to say: asking again would replay nothing for
ever. A turn it did not finish (no connection, time-out, 5xx from the server itself) is asked again with the same
message id, which our channel in the Rasa server recognises.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.conversations.readings import Meaning
from bot.gateway.parts import Ask, Reply

CHANNEL = "/webhooks/wellbeing/webhook"
SECRET_HEADER = "X-Wellbeing-Secret"
#: Parsed by the health check: an answer proves that a model is loaded and understands.
KNOWN_SENTENCE = "what is a unit of alcohol"


@dataclass(frozen=True)
class Answered:
    """Rasa finished the turn and has something to say."""

    replies: Sequence[Reply] = field(default_factory=tuple)
    #: What it took the message to mean, if it says so.
    meaning: Meaning | None = None


@dataclass(frozen=True)
class Unfinished:
    """Rasa could not be reached, took too long or broke down before the end: ask again later."""

    why: str


@dataclass(frozen=True)
class Speechless:
    """Rasa finished the turn without a word, or with an error inside it: do not ask again."""

    why: str


Outcome = Answered | Unfinished | Speechless


class Assistant:
    """Asks Rasa over loopback HTTP. `transport` replaces the network in tests."""

    def __init__(self, url: str, secret: str, budget: float, transport: httpx.AsyncBaseTransport | None = None):
        self.budget = budget
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={SECRET_HEADER: secret},
            timeout=httpx.Timeout(budget, connect=2.0),
            transport=transport,
            trust_env=False,  # loopback: no proxy of the machine's may come between
        )

    async def ask(self, ask: Ask) -> Outcome:
        """What Rasa makes of a message."""
        body = {"conversation": ask.conversation_id, "message_id": str(ask.message_id), "text": ask.text}
        if ask.also is not None:
            body["also"] = ask.also
        try:  # httpx counts its time-outs a read at a time; the budget is for the whole turn
            response = await asyncio.wait_for(self._client.post(CHANNEL, json=body), self.budget)
        except (httpx.TimeoutException, asyncio.TimeoutError):
            return Unfinished("timeout")
        except httpx.HTTPError as error:
            return Unfinished(type(error).__name__)
        if response.status_code >= 500:
            return Unfinished(f"http_{response.status_code}")
        if response.status_code != 200:
            return Speechless(f"http_{response.status_code}")
        try:
            payload = response.json()
            replies = tuple(_reply(row) for row in payload["replies"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return Speechless("unreadable")
        if payload.get("unfinished"):
            return Unfinished("rasa_said_so")
        replies = tuple(r for r in replies if r.text)
        if payload.get("error") and not replies:
            return Speechless("error_in_turn")
        return Answered(replies, _meaning(payload.get("reading"))) if replies else Speechless("empty")

    async def healthy(self) -> bool:
        """Whether Rasa understands a known sentence. Anything short of that is no."""
        try:
            asked = {"text": KNOWN_SENTENCE}
            response = await self._client.get("/webhooks/wellbeing/health", params=asked, timeout=3.0)
            return response.status_code == 200 and response.json().get("intent") == "ask_alcohol"
        except (httpx.HTTPError, ValueError):
            return False

    async def close(self) -> None:
        await self._client.aclose()


def _meaning(row: Any) -> Meaning | None:
    """The reading beside the replies; None if there is none in it that can be read: an answer does not hang on it."""
    try:
        return Meaning(str(row["intent"]), float(row["confidence"]), str(row["answer"]) if row.get("answer") else None)
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def _reply(row: dict[str, Any]) -> Reply:
    choices = tuple((str(c["label"]), str(c["payload"])) for c in row.get("choices") or ())
    return Reply(
        text=str(row.get("text") or "").strip(),
        choices=choices,
        purpose="crisis" if row.get("purpose") == "crisis" else "reply",
        understood=row.get("understood", True) is not False,
    )
