"""The action server: `python -m actions.server`. Rasa's SDK behind a secret, on loopback, with nothing to inflate.

The SDK's own start-up binds to every address, checks no secret, inflates what it is sent (an 800 kB body took 2.4 GB)
and puts the whole tracker into the body of a 500.
"""

from __future__ import annotations

import hmac
import logging
import os
import secrets
import sys
from typing import Any

from bot import logs, runtime, settings
from bot.settings import Settings

logger = logging.getLogger("actions.server")

SECRET_HEADER = "X-Wellbeing-Secret"
LARGEST_BODY = 1_000_000


def main() -> int:
    """Serve until told to stop; 2 for a mistake in the settings."""
    os.umask(0o077)
    try:
        loaded = settings.load()
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    logs.configure()
    runtime.install(runtime.build(loaded))
    application = build(loaded)
    logger.info("serving on 127.0.0.1:%s", loaded.actions_port)
    application.run(host="127.0.0.1", port=loaded.actions_port, workers=1, access_log=False, motd=False)
    return 0


def build(loaded: Settings, package: Any = "actions") -> Any:
    """The Sanic application with the actions of `package`."""
    from rasa_sdk.endpoint import create_app
    from sanic.response import json

    application = create_app(package, cors_origins="")
    logs.configure()  # again: what was imported has set up its own
    application.config.REQUEST_MAX_SIZE = LARGEST_BODY
    application.config.GRACEFUL_SHUTDOWN_TIMEOUT = 3.0
    application.error_handler = _handler()

    @application.middleware("request")
    async def guard(request: Any) -> Any:
        if request.path == "/health" and request.method == "GET":
            return None
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), loaded.internal_secret.encode()):
            return json({"error": "not allowed"}, status=401)
        if request.headers.get("Content-Encoding"):
            return json({"error": "compressed bodies are not taken"}, status=415)
        return None

    return application


def _handler() -> Any:
    """An error handler that says which error it was by an id, and never what was sent."""
    from sanic.exceptions import SanicException
    from sanic.handlers import ErrorHandler
    from sanic.response import json

    class IdsOnly(ErrorHandler):
        def response(self, request: Any, exception: Exception) -> Any:
            status = exception.status_code if isinstance(exception, SanicException) else 500
            if status < 500:
                return json({"error": type(exception).__name__}, status=status)
            mark = secrets.token_hex(4)
            logger.error("error %s in an action", mark, exc_info=exception)
            return json({"error": "the action failed", "id": mark}, status=500)

    return IdsOnly()


if __name__ == "__main__":
    sys.exit(main())
