"""Whether a port is taken and whether a process answers: what `run`, `chat` and `doctor` ask."""

from __future__ import annotations

import http.client
import json
import socket
import urllib.parse
from dataclasses import dataclass
from typing import Any

from bot.settings import Settings

SECRET_HEADER = "X-Wellbeing-Secret"
#: Parsed by the health check: an answer proves that a model is loaded and understands.
KNOWN_SENTENCE = "what is a unit of alcohol"


@dataclass(frozen=True)
class Process:
    """One of the four: its name, its port, the setting that changes it, and how to ask whether it is well."""

    name: str
    module: str
    port: int
    setting: str
    path: str
    secret: str = ""


def processes(loaded: Settings) -> list[Process]:
    """The four, the slowest to start first."""
    sentence = urllib.parse.urlencode({"text": KNOWN_SENTENCE})
    return [
        Process(
            "rasa",
            "bot.dialogue.server",
            loaded.rasa_port,
            "WELLBEING_RASA_PORT",
            f"/webhooks/wellbeing/health?{sentence}",
            loaded.internal_secret,
        ),
        Process("actions", "actions.server", loaded.actions_port, "WELLBEING_ACTIONS_PORT", "/health"),
        Process("gateway", "bot.gateway.app", loaded.gateway_port, "WELLBEING_GATEWAY_PORT", "/health"),
        Process("console", "bot.console.app", loaded.console_port, "WELLBEING_CONSOLE_PORT", "/health"),
    ]


def get(port: int, path: str, secret: str = "", timeout: float = 2.0) -> tuple[int, Any]:
    """Status and JSON (None if it is none) of a GET on loopback; status 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={SECRET_HEADER: secret} if secret else {})
        response = connection.getresponse()
        body = response.read(1_000_000)
    except (OSError, http.client.HTTPException):
        return 0, None
    finally:
        connection.close()
    try:
        return response.status, json.loads(body)
    except ValueError:
        return response.status, None


def well(process: Process, timeout: float = 2.0) -> bool:
    """Whether `process` answers its health check with 200; for Rasa, whether it understood the sentence too."""
    status, body = get(process.port, process.path, process.secret, timeout)
    if status != 200:
        return False
    return process.name != "rasa" or bool(isinstance(body, dict) and body.get("intent"))


def taken(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody listens on the port already, or the port may not be used."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do: a port just given up is free
        try:
            sock.bind((host, port))
        except OSError:
            return True
    return False
