"""What somebody picked, in words: "2" under a list of sessions says nothing to whoever reads it without the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.conversations import choices

if TYPE_CHECKING:
    from bot.console.thread import Entry


def of(entries: Iterable[Entry]) -> dict[int, str]:
    """Entry id → the label that it picks from the newest choices before it, where it says so by number."""
    offered: dict[str, list[str]] = {}
    found: dict[int, str] = {}
    for entry in entries:
        if entry.choices:
            offered[entry.conversation] = entry.choices
        elif entry.side == "person" and not entry.kind:
            number, labels = choices.number(entry.text), offered.get(entry.conversation, [])
            if number is not None and 1 <= number <= len(labels):
                found[entry.id] = labels[number - 1]
    return found
