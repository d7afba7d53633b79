"""Named points of the road, between any two of which a process may die. Nothing happens at them in production.

The crash test puts its own `hook` here, in a process of its own, and kills that process at each of NAMES in turn.
"""

from __future__ import annotations

from collections.abc import Callable

NAMES = (
    "intake.storing",  # the message is in the transaction, which is not committed
    "intake.stored",  # committed; the provider has no 200 yet
    "intake.spooled",  # in the spool; the provider has no 200 yet
    "intake.importing",  # a spooled message is in the transaction, which is not committed
    "intake.imported",  # committed; the file is still in the spool
    "answering.claimed",  # Rasa has not been asked yet
    "answering.asked",  # Rasa has answered; nothing is written down
    "answering.settling",  # replies and "answered" are in the transaction, which is not committed
    "answering.settled",
    "sending.claimed",  # the provider has not been called yet
    "sending.taken",  # the provider took it; nothing is written down
    "sending.settling",  # "sent" is in the transaction, which is not committed
    "sending.settled",
)

hook: Callable[[str], None] | None = None


def reached(name: str) -> None:
    """The process is at the point `name`."""
    if hook is not None:
        hook(name)
