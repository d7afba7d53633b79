"""The bell that wakes workers: one ring, one worker, so that eight need not look at the table for one message.

Not everything rings: a message that is tried again later, or that another process has put into the table, is found by
looking. One of those who wait looks often; who that is passes on, so that a worker that is held up holds up no other's.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque

#: Seconds until the one who is on watch looks without a ring; and until the others do.
WATCH, SWEEP = 0.5, 15.0


class Bell:
    """Rings are kept until somebody waits, at most as many as there are workers. Any thread may ring."""

    def __init__(self, workers: int):
        self.workers = workers
        self._rings, self._watched = 0, False
        self._waiting: deque[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = deque()
        self._turn = threading.Lock()

    def ring(self) -> None:
        """There is something to do: whoever has waited longest looks."""
        with self._turn:
            while self._waiting:
                loop, woken = self._waiting.popleft()
                if not loop.is_closed():
                    loop.call_soon_threadsafe(woken.set)
                    return
            self._rings = min(self._rings + 1, self.workers)

    async def wait(self, at_most: float = SWEEP) -> bool:
        """Wait until it is time to look; whether that was because of a ring. No longer than `at_most` seconds."""
        me = asyncio.get_running_loop(), asyncio.Event()
        with self._turn:
            if self._rings:
                self._rings -= 1
                return True
            self._waiting.append(me)
            watches, self._watched = not self._watched, True
        try:
            await asyncio.wait_for(me[1].wait(), min(at_most, WATCH if watches else SWEEP))
        except asyncio.TimeoutError:
            pass
        finally:
            with self._turn:
                rung = me not in self._waiting  # also when it rang in the very moment in which the waiting ended
                if not rung:
                    self._waiting.remove(me)
                if watches:
                    self._watched = False
        return rung
