"""What a channel is: it verifies, parses, renders and sends; it decides nothing.

A provider's answer comes back as an error that carries the decision, so that the worker that sends needs to know no
provider:

    SendError
    ├── TryAgain     for now: throttled, down
    │   └── OutOfReach  their phone is off or has no signal: tried again later, and nothing arrives there after that
    ├── Stopped      they asked the provider itself for no more texts
    │   └── Blocked  they blocked us; their next message shows that they do not any more
    ├── Unreachable  nothing arrives there: switched off for good, a landline
    ├── Refused      this message will never go out
    └── Misconfigured  our account or token is wrong: everybody's messages wait, somebody must look
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.gateway.parts import Inbound

#: The longest text of one message: Telegram's in UTF-16 units, ours by SMS in characters (ten parts).
TELEGRAM_LIMIT, SMS_LIMIT = 4096, 1530


class SendError(Exception):
    """A message was not taken. `code` is the provider's, for staff and logs; never its words, which may quote ours."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class TryAgain(SendError):
    """Not now. `after` is how long the provider wants to be left alone, None when it did not say."""

    def __init__(self, code: str, after: timedelta | None = None):
        super().__init__(code)
        self.after = after


class OutOfReach(TryAgain):
    """Their phone is switched off or has no signal: mostly that passes within the hour."""

    def __init__(self, code: str):
        super().__init__(code, timedelta(minutes=30))


class Stopped(SendError):
    """They told the provider that they want no texts: only they can change that."""


class Blocked(Stopped):
    """They have blocked us. Nothing arrives until they unblock us, which needs no word of theirs."""


class Unreachable(SendError):
    """The address takes no messages."""


class Refused(SendError):
    """The provider will not take this message, now or later."""


class Misconfigured(SendError):
    """The provider does not know us: wrong token, suspended account."""


class Unreadable(ValueError):
    """A webhook call is not what the provider sends."""


@dataclass(frozen=True)
class Call:
    """A webhook call as it came in."""

    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Gone:
    """The provider says that nothing arrives at this address any more (blocked)."""

    address: str


@dataclass(frozen=True)
class Back:
    """The provider says that messages arrive at this address again."""

    address: str


@dataclass(frozen=True)
class InGroup:
    """Somebody wants us in a group, where everybody would read along."""

    address: str


@dataclass(frozen=True)
class Report:
    """What became of an outbound message, by our own id if the provider was given it; below nought: of an alarm."""

    provider_id: str
    status: str
    error: str | None = None
    message_id: int | None = None
    means: str | None = None  # stopped | unreachable | out_of_reach


Event = Inbound | Gone | Back | InGroup | Report


@dataclass(frozen=True)
class Button:
    """A choice as a channel offers it: by its number or by its row's id."""

    id: int
    position: int
    label: str


@dataclass(frozen=True)
class Rendered:
    """One message as it will look on the phone. `buttons` only where the channel has them; `life`: how long it is of
    use, for a provider that would keep on trying.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    life: timedelta | None = None

    def seconds(self, longest: timedelta) -> int:
        """How long a provider may try, in whole seconds: a minute at least, and no more than `longest`."""
        return int(min(longest, max(self.life or longest, timedelta(minutes=1))).total_seconds())


@dataclass(frozen=True)
class Sent:
    """A message was taken. `status`: wired (handed over), sent or delivered."""

    provider_id: str
    status: str = "wired"


class Channel(Protocol):
    """A way to and from phones. Implementations: telegram, sms, simulator."""

    name: str

    def verify(self, call: Call) -> bool:
        """Whether the call was made by the provider."""

    def parse(self, call: Call) -> Sequence[Event]:
        """What the call says; empty if nothing that concerns us. Unreadable when it is no call of the provider's."""

    def render(self, text: str, buttons: Sequence[Button] = ()) -> list[Rendered]:
        """The messages that a text and its choices become."""

    async def send(self, address: str, message: Rendered, message_id: int) -> Sent:
        """Hand a message over. SendError when it is not taken; `message_id` is ours."""

    async def acknowledge(self, inbound: Inbound, again: bool = False) -> None:
        """Tell the provider that a message has arrived, where it wants to know. Never raises.

        `again`: it had come before; whoever sent it is to know that it counts once.
        """

    async def close(self) -> None:
        """Let go of connections."""


def as_sms(text: str, buttons: Sequence[Button] = ()) -> list[Rendered]:
    """A text with its choices as numbered lines."""
    lines = [text, *(f"{b.position}. {b.label}" for b in buttons)]
    return [Rendered(part) for part in split("\n".join(lines), SMS_LIMIT)]


def as_telegram(text: str, buttons: Sequence[Button] = ()) -> list[Rendered]:
    """A text with its choices as buttons under the last part."""
    *first, last = split(text, TELEGRAM_LIMIT)
    return [*(Rendered(part) for part in first), Rendered(last, tuple(buttons))]


def split(text: str, limit: int) -> list[str]:
    """`text` in parts of at most `limit` UTF-16 units, cut at a line, sentence or space, never inside a character."""
    parts = []
    while _units(text) > limit:
        end = _index_at(text, limit)
        cut = max(text.rfind("\n", 0, end), text.rfind(". ", 0, end) + 1)
        if cut < end // 2:
            cut = text.rfind(" ", 0, end)
        if cut <= 0:
            cut = end
            while cut > 1 and _joins(text[cut - 1], text[cut]):
                cut -= 1
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text] if text or not parts else parts


def _units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


def _index_at(text: str, units: int) -> int:
    for index, char in enumerate(text):
        units -= 2 if char > "\uffff" else 1
        if units < 0:
            return index
    return len(text)


def _joins(before: str, after: str) -> bool:
    """Whether two characters belong to one that is seen: accents, joiners, skin tones, flags."""
    return (
        unicodedata.category(after) in ("Mn", "Me", "Mc")
        or "\u200d" in (before, after)
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff")
    )
