"""`wellbeing chat`: text the assistant from the terminal, as by SMS or Telegram, through the demo's simulator."""

from __future__ import annotations

import argparse
import sys
from typing import Any

#: Numbers that Ofcom keeps free for fiction, and a Telegram id that nobody has.
SENDERS = {"sms": "+447700900123", "telegram": "1001"}


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("chat", help="text the assistant in the terminal (demo mode, while it runs)")
    made.add_argument("--channel", choices=sorted(SENDERS), default="sms", help="show replies as this channel would")
    made.add_argument("--from", dest="sender", metavar="NUMBER", help="texting from this number or Telegram id")
    made.set_defaults(call=call)


def call(arguments: argparse.Namespace) -> int:
    """Chat until the input ends."""
    import httpx

    from bot import settings

    loaded = settings.load()
    url = f"http://127.0.0.1:{loaded.gateway_port}"
    sender = arguments.sender or SENDERS[arguments.channel]
    with httpx.Client(base_url=url, timeout=30) as client:
        if (wrong := _wrong(client)) is not None:
            print(wrong, file=sys.stderr)
            return 1
        print(f"You are {sender} on {arguments.channel}. An empty line or Ctrl-D ends it.")
        for text in _lines():
            body = {"channel": arguments.channel, "from": sender, "text": text}
            try:
                response = client.post("/simulator/messages", json=body)
            except httpx.HTTPError as error:
                print(f"No answer from the gateway ({type(error).__name__}).", file=sys.stderr)
                return 1
            if response.status_code != 200:
                print(f"The gateway refused it: {response.status_code} {response.text[:200]}", file=sys.stderr)
                continue
            answer = response.json()
            for reply in answer.get("replies", ()):
                print(shown(reply, arguments.channel), flush=True)
            if answer.get("with_staff"):
                print("  (with a worker now: the assistant is silent)")
    return 0


def shown(reply: dict[str, Any], channel: str) -> str:
    """A reply as the channel would show it: choices numbered by SMS, as buttons on Telegram."""
    from bot import wording

    choices = [c if isinstance(c, str) else c.get("label", "") for c in reply.get("choices") or ()]
    text = reply["text"]
    if channel == "telegram":
        return "\n".join(["  " + text.replace("\n", "\n  "), *(f"  [{label}]" for label in choices)])
    # The gateway may have written the numbers into the text already.
    missing = [f"{n} {label}" for n, label in enumerate(choices, 1) if f"{n} {label}" not in text]
    whole = "\n".join([text, *missing]) if missing else text
    parts = wording.size(whole).segments
    return "  " + whole.replace("\n", "\n  ") + f"\n  ({parts} part{'' if parts == 1 else 's'})"


def _wrong(client: Any) -> str | None:
    """A sentence on why one cannot chat, or None."""
    import httpx

    try:
        client.get("/health")
        # No message in it: a simulator refuses it (4xx but 404), a gateway without one does not know the way.
        status = client.post("/simulator/messages", json={}).status_code
    except httpx.HTTPError:
        return "The assistant is not running: start it with `make run`, in another terminal."
    if status == 404:
        return "This is not a demo (WELLBEING_DEMO is off): text it by SMS or Telegram instead."
    return None


def _lines():
    while True:
        try:
            line = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        if not line:
            return
        yield line
