"""The console's application and server: `python -m bot.console.app`."""

from __future__ import annotations

import logging
import secrets
import traceback
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from bot import clock
from bot.console import (
    alarms,
    answers,
    auth,
    bookings,
    broadcasts,
    claims,
    closings,
    conversations,
    crisis_panel,
    desk,
    directory,
    duty,
    entry,
    erasures,
    facts,
    feedback,
    figures,
    going_live,
    handoffs,
    imports,
    labels,
    marks,
    my_phone,
    opening,
    pairs,
    persons,
    quality,
    ready_replies,
    registers,
    ringing,
    session_calendar,
    session_forms,
    sessions,
    squads,
    staff,
    teams,
    trail,
    words,
)
from bot.console.passwords import Passwords
from bot.conversations import access
from bot.dialogue import storage

if TYPE_CHECKING:
    from bot.runtime import Runtime

logger = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": the CSRF check over TLS wants to see that a form came from one of our own pages.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
#: Status → what the page says. Anything else says what 500 says.
ERRORS = {
    400: ("This did not work", "The form was too old or incomplete. Go back, reload the page and try again."),
    403: ("Not for your role", "Your role does not include this page. Ask an administrator if it should."),
    404: ("Not found", "There is nothing at this address. It may have been closed or deleted."),
    405: ("Not found", "There is nothing at this address. It may have been closed or deleted."),
    413: ("Too long", "That was too long to be taken in. Shorten it and try again."),
    500: ("Something went wrong", "Nothing was changed. Try again; if it happens again, tell support this number."),
}


#: Every module with pages.
MODULES = (
    entry, handoffs, conversations, desk, ready_replies, labels, quality,
    alarms, crisis_panel, duty, sessions, session_calendar, session_forms, bookings, registers, claims,
    persons, closings, erasures, pairs, my_phone, squads, marks, imports, broadcasts, feedback, figures, answers,
    directory, going_live, facts, opening, staff, teams, trail,
)  # fmt: skip


def create(runtime: Runtime, passwords: Passwords | None = None) -> Flask:
    """The console for `runtime`. Opens no connection yet."""
    app = Flask(__name__, static_folder=None)
    newest, *older = (session_key(secret) for secret in runtime.settings.secret_keys)
    exposed = runtime.settings.host not in auth.LOOPBACK
    app.config.update(
        SECRET_KEY=newest,
        SECRET_KEY_FALLBACKS=older,
        # The prefix makes browsers insist on Secure and refuse a cookie that a neighbouring host tries to plant.
        SESSION_COOKIE_NAME="__Host-console" if exposed else "console",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        COOKIE_ALWAYS_SECURE=exposed,
        PERMANENT_SESSION_LIFETIME=auth.ABSOLUTE,
        MAX_CONTENT_LENGTH=64 * 1024,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session, so that a slow typist loses nothing
    )
    app.session_interface = auth.CookieSessions()
    app.extensions["wellbeing"] = runtime
    app.extensions["tracker"] = storage.Reader(runtime.settings.tracker_url)
    app.extensions["passwords"] = passwords or Passwords()
    app.before_request(auth.body_limit)
    CSRFProtect(app)
    app.before_request(auth.guard)
    app.after_request(_headers)
    app.register_error_handler(Exception, _error)
    for module in MODULES:
        app.register_blueprint(module.pages)
    app.jinja_env.filters.update(words.FILTERS)
    app.jinja_env.tests["allowed"] = _may
    app.context_processor(_everywhere)
    return app


def session_key(secret: str) -> bytes:
    """The key that signs session cookies, derived from one of WELLBEING_SECRET_KEYS."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"console sessions").derive(secret.encode())


def _may(what: str) -> bool:
    return g.get("staff") is not None and access.may(g.staff, what)


def _everywhere() -> dict:
    """What every page has at hand, beside what its own function gives it."""
    return {
        "staff": g.get("staff"), "may": _may, "asset": entry.asset, "ringing": _ringing(), "printed_at": clock.now(),
    }  # fmt: skip


def _ringing() -> int:
    """Alarms that nobody has answered, for the badge; none for those who may not open what they are about."""
    try:
        return ringing.count() if _may("read_conversations") else 0
    except SQLAlchemyError:  # the page that says that something went wrong must still be shown
        return 0


def _headers(response):
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _error(error: Exception):
    """Plain words and a number; what really happened goes to the log as the number, types and places, never values."""
    number = secrets.token_hex(4)
    if isinstance(error, HTTPException):
        status = error.code or 500
        if status < 400:
            return error
    elif isinstance(error, access.Forbidden):
        status = 403
    elif isinstance(error, LookupError) and str(error) == "no such conversation":
        status = 404
    else:
        status = 500
    if status >= 500:
        # Not the exception's own message: a database error quotes what was being written.
        places = "".join(traceback.format_tb(error.__traceback__))
        logger.error("error %s at %s: %s\n%s", number, request.endpoint, type(error).__name__, places)
    elif isinstance(error, CSRFError):
        logger.warning("error %s at %s: CSRF", number, request.endpoint)
    title, sentence = ERRORS.get(status, ERRORS[500 if status >= 500 else 400])
    return render_template("error.html", title=title, sentence=sentence, number=number, status=status), status


def main() -> None:
    """Serve the console until stopped."""
    import waitress

    from bot import runtime  # the composition root imports its processes, so not at the top

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    built = runtime.current()
    waitress.serve(
        create(built),
        host=built.settings.host,
        port=built.settings.console_port,
        threads=8,
        ident=None,
        # A proxy on the same machine may say that it speaks TLS to the outside; then the cookie is Secure.
        trusted_proxy="127.0.0.1",
        trusted_proxy_headers={"x-forwarded-proto"},
        clear_untrusted_proxy_headers=True,
    )


if __name__ == "__main__":
    main()
