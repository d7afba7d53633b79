"""Notices when an action fails: Rasa logs it, forgets it and carries on, so nobody else would know."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig

#: An action's answer that means "not me, not now" (a form that rejects), which is no failure.
REJECTED = 400


@dataclass
class Seen:
    """What was noticed during one turn."""

    failed: bool = False


_seen: ContextVar[Seen | None] = ContextVar("actions_seen", default=None)


@contextlib.contextmanager
def actions() -> Iterator[Seen]:
    """Notice failing actions in the turn that runs inside the block."""
    seen = Seen()
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


class WatchedEndpoint(EndpointConfig):
    """The action server as Rasa knows it, with a note for the turn when it fails."""

    @classmethod
    def of(cls, plain: EndpointConfig) -> WatchedEndpoint:
        """The same endpoint, watched."""
        return cls(plain.url, plain.params, plain.headers, plain.basic_auth, plain.token, plain.token_name)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Ask the action server, as Rasa's own does."""
        try:
            return await super().request(*args, **kwargs)
        except BaseException as error:
            rejected = isinstance(error, ClientResponseError) and error.status == REJECTED
            if (seen := _seen.get()) is not None and not rejected:
                seen.failed = True
            raise
