"""How fast a provider may be sent to. Faster is refused (429), and who is refused often is refused for longer.

Telegram: one message a second to one chat, thirty a second in all (Bots FAQ, "My bot is hitting limits"). Ordinary
messages leave some of the thirty free, so that crisis words find a way out at once; these wait for no chat's second
and for no pause either, because a refused try costs nothing next to a late one. It counts for this process; where
several send, the provider's own refusals do the rest.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.conversations.outbox import Held

SECOND = 1.0


@dataclass(frozen=True)
class Rate:
    """Messages a second in all, how many of them are kept for crisis words, and seconds between two to one chat."""

    a_second: int = 30
    kept: int = 5
    apart: float = 1.0


class Pace:
    """What was sent lately on one channel, and so what has to wait. Safe to use from several threads."""

    def __init__(self, rate: Rate, now: Callable[[], float] = time.monotonic):
        self.rate, self._now = rate, now
        self._sent: deque[float] = deque()
        self._chats: dict[str, float] = {}
        self._paused_until = 0.0
        self._turn = threading.Lock()

    def began(self, conversation_id: str) -> None:
        """A message to a conversation is on its way."""
        with self._turn:
            now = self._now()
            self._sent.append(now)
            self._chats[conversation_id] = now

    def ended(self, conversation_id: str) -> None:
        """It has arrived, or was refused: the chat's second begins now."""
        with self._turn:
            self._chats[conversation_id] = self._now()

    def pause(self, seconds: float) -> None:
        """The provider wants to be left alone that long."""
        with self._turn:
            self._paused_until = max(self._paused_until, self._now() + seconds)

    def full(self, crisis: bool = False) -> bool:
        """Whether no message to anybody may go out now."""
        with self._turn:
            return self._full(crisis)

    def _full(self, crisis: bool) -> bool:
        now = self._now()
        while self._sent and self._sent[0] <= now - SECOND:
            self._sent.popleft()
        if crisis:
            return len(self._sent) >= self.rate.a_second
        return now < self._paused_until or len(self._sent) >= self.rate.a_second - self.rate.kept

    def resting(self) -> frozenset[str]:
        """Conversations that had a message within the last second."""
        with self._turn:
            now = self._now()
            self._chats = {chat: at for chat, at in self._chats.items() if at > now - self.rate.apart}
            return frozenset(self._chats)

    def until_free(self) -> float | None:
        """Seconds until something that is held now may go; None when nothing is held."""
        with self._turn:
            waits = [at + self.rate.apart for at in self._chats.values()]
            if self._full(crisis=False):
                waits = [max(self._paused_until, (self._sent[0] + SECOND) if self._sent else 0.0)]
            return max(0.0, min(waits) - self._now()) if waits else None


def held(paces: Mapping[str, Pace]) -> Held:
    """What may not be claimed now, over all channels that have a pace."""
    return Held(
        channels=frozenset(name for name, pace in paces.items() if pace.full()),
        closed=frozenset(name for name, pace in paces.items() if pace.full(crisis=True)),
        conversations=frozenset().union(*(pace.resting() for pace in paces.values())),
    )
