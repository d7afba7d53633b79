"""The roads a message takes: through each provider's own payload in, and as each phone shows it out.

>>> road = make("sms", settings)
>>> road.inbound("+447700900123", "owt on?")     # a signed form of Twilio's, verified and parsed by the adapter
"""

from __future__ import annotations

import itertools
import json
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from twilio.request_validator import RequestValidator

from bot.gateway import simulator
from bot.gateway.channels import Button, Call, Rendered
from bot.gateway.parts import Inbound
from bot.gateway.sms import SIGNATURE, Sms
from bot.gateway.telegram import SECRET, Telegram
from bot.gateway.updates import PREFIX
from bot.settings import Settings

PUBLIC, TOKEN, HOOK = "https://texts.example.org", "a twilio token that is long enough", "a webhook secret of ours"
ROADS = ("sms", "telegram", "simulator")
#: Where somebody stands who sends a map pin, by the district that it is in.
_PINS = {"": (55.8609, -4.2514), "Easterhouse": (55.8650, -4.1100), "Govan": (55.8620, -4.3100)}
_numbers = itertools.count(1)
#: What a phone sends besides words → how Twilio and Telegram say so. By SMS a place or a contact is a file.
_MEDIA = {"voice": "audio/ogg", "photo": "image/jpeg", "video": "video/mp4", "file": "application/pdf"}
_PARTS = {
    "voice": {"voice": {"file_id": "v"}}, "photo": {"photo": [{"file_id": "p"}]},
    "file": {"document": {"file_id": "d"}},
    "sticker": {"sticker": {"file_id": "s"}}, "contact": {"contact": {"phone_number": "1", "first_name": "Canary"}},
}  # fmt: skip


def make(name: str, loaded: Settings) -> Road:
    """The road of that name; `loaded` with the providers' secrets put in."""
    live = replace(
        loaded, public_url=PUBLIC, twilio_auth_token=TOKEN, twilio_account_sid="AC1", sms_from="+447700900000",
        telegram_token="1:a", telegram_webhook_secret=HOOK,
    )  # fmt: skip
    return {"sms": ByTwilio, "telegram": ByTelegram, "simulator": BySimulator}[name](live)


class Road(Protocol):
    """One way in and out. `channel` is what the database calls it."""

    channel: str
    #: Whether choices are pressed and not typed.
    buttons: bool

    def inbound(self, address: str, body: str, kind: str = "text", choice_id: int | None = None) -> Inbound:
        """The message as the adapter reads it from what its provider sends."""

    def shown(self, text: str, buttons: Sequence[Button]) -> list[Rendered]:
        """A message as the phone shows it."""


class ByTwilio:
    """Twilio's signed form."""

    channel, buttons = "sms", False

    def __init__(self, live: Settings):
        self._adapter, self._sign = Sms(live), RequestValidator(TOKEN)

    def inbound(self, address, body, kind="text", choice_id=None):
        form = {"MessageSid": f"SM{next(_numbers):032d}", "From": address, "To": "+447700900000", "Body": body}
        if kind in _PARTS:
            form |= {"NumMedia": "1", "MediaContentType0": _MEDIA.get(kind, "text/vcard")}
        data = urllib.parse.urlencode(form).encode("ascii")
        signature = self._sign.compute_signature(f"{PUBLIC}/sms", form)
        call = Call("/sms", "", {SIGNATURE: signature}, data)
        assert self._adapter.verify(call)
        [found] = self._adapter.parse(call)
        return found

    def shown(self, text, buttons):
        return self._adapter.render(text, buttons)


class ByTelegram:
    """An update of the Bot API, as its webhook gets it."""

    channel, buttons = "telegram", True

    def __init__(self, live: Settings):
        self._adapter = Telegram(live)

    def inbound(self, address, body, kind="text", choice_id=None):
        number, chat = next(_numbers), {"id": int(address), "type": "private"}
        message = {"message_id": number, "date": int(time.time()), "chat": chat}
        if choice_id is not None:
            press = {"id": str(number), "from": {"id": int(address)}, "message": message}
            update = {"callback_query": press | {"data": f"{PREFIX}{choice_id}"}}
        else:
            if kind == "location":  # a script names the district that the pin is in
                here, body = dict(zip(("latitude", "longitude"), _PINS[body], strict=True)), ""
                message["location"] = here
            words = {"caption" if kind in _PARTS else "text": body} if body or kind == "text" else {}
            update = {"message": message | _PARTS.get(kind, {}) | words | {"from": {"id": int(address)}}}
        body = json.dumps(update | {"update_id": number}).encode()
        call = Call("/telegram", "", {SECRET: HOOK}, body)
        assert self._adapter.verify(call)
        [found] = self._adapter.parse(call)
        return replace(found, at=None)  # the script has a clock of its own

    def shown(self, text, buttons):
        return self._adapter.render(text, buttons)


class BySimulator:
    """The phone of the demo page."""

    channel, buttons = "sms", False

    def __init__(self, _live: Settings):
        self._phone = simulator.Simulator("sms")

    def inbound(self, address, body, kind="text", choice_id=None):
        posted = simulator.check({"channel": "sms", "from": address, "text": body, "kind": kind, "choice": choice_id})
        kind = "choice" if choice_id is not None else posted.kind
        return Inbound(
            "sms", posted.address, f"sim{next(_numbers)}", posted.text, kind, choice_id=posted.choice_id
        )  # fmt: skip

    def shown(self, text, buttons):
        return self._phone.render(text, buttons)
