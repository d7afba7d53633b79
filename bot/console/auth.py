"""Who is asking: the session cookie, how long it lasts, and the guard in front of every route."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from flask import abort, current_app, g, jsonify, render_template, request, session
from flask.sessions import SecureCookieSessionInterface

from bot import clock
from bot.conversations import access
from bot.models import Staff

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
#: How long the code may take after the password.
HALF = timedelta(minutes=10)
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class CookieSessions(SecureCookieSessionInterface):
    """The session cookie is Secure unless the console is on loopback and spoken to without TLS (a desktop demo)."""

    def get_cookie_secure(self, app) -> bool:
        """Whether the cookie may travel over TLS only."""
        return app.config["COOKIE_ALWAYS_SECURE"] or request.is_secure


def begin(staff: Staff) -> None:
    """A fresh session for `staff`; nothing of the one before is kept, its id and CSRF token included."""
    session.clear()
    now = clock.now().timestamp()
    session.update(id=secrets.token_hex(16), staff=staff.id, key=staff.fs_uniquifier, began=now, seen=now)


def device_cookie() -> str:
    """What the cookie of a remembered phone is called; the prefix as for the session cookie."""
    return "__Host-phone" if current_app.config["COOKIE_ALWAYS_SECURE"] else "phone"


def begin_half(staff: Staff, new_secret: str | None = None) -> None:
    """A session in which the password was right and the code is still to come. It opens no page."""
    session.clear()
    session.update(half=staff.id, half_key=staff.fs_uniquifier, half_at=clock.now().timestamp())
    if new_secret:
        session["new_secret"] = new_secret


def half() -> Staff | None:
    """Whose code is awaited; None when nobody gave a password, or too long ago."""
    if "half" not in session or clock.now().timestamp() - session["half_at"] > HALF.total_seconds():
        return None
    return _owner(session["half"], session["half_key"])


def body_limit():
    """Run before anything reads a form: a page that takes a file may take more than a form, from whoever is in."""
    limit = getattr(current_app.view_functions.get(request.endpoint), "body_limit", None)
    if limit is not None and signed_in() is not None:
        request.max_content_length = limit


def guard():
    """Run before every request: finds out who asks, and lets through only those whom the route lets in."""
    g.staff = None
    view = current_app.view_functions.get(request.endpoint)
    permission = getattr(view, "permission", None)
    if permission == "public":
        return None
    g.staff = signed_in()
    if view is None:
        return None  # there is no such page, and the answer says so
    if g.staff is None:
        return signed_out()
    # A route that declares nothing has the permission None, which no role has: forgetting it shuts the route.
    if permission != "signed_in" and not access.may(g.staff, permission):
        abort(403)
    return None


def signed_in() -> Staff | None:
    """Whose session it is; None when there is none, it is too old, or the account or its sessions were ended."""
    if "staff" not in session:
        return None
    now = clock.now().timestamp()
    if now - session["seen"] > IDLE.total_seconds() or now - session["began"] > ABSOLUTE.total_seconds():
        return None
    staff = _owner(session["staff"], session["key"])
    if staff is None:
        return None
    if request.args.get("auto") != "1":  # a page that refreshes by itself does not mean that somebody is there
        session["seen"] = now
    return staff


def _owner(staff_id: int, key: str) -> Staff | None:
    """The account, while it is active and its sessions have not been ended since."""
    with current_app.extensions["wellbeing"].database.read() as db:
        staff = db.get(Staff, staff_id)
        db.expunge_all()  # it outlives the transaction that read it
    if staff is None or not staff.active or not hmac.compare_digest(staff.fs_uniquifier, key):
        return None
    return staff


def signed_out():
    """401 with the sign-in form in place of the page that was asked for; JSON for what a script asked."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error="signed out"), 401
    expired = "staff" in session
    session.clear()
    after = request.full_path.rstrip("?") if request.method == "GET" else ""
    return render_template("sign_in.html", expired=expired, after=after), 401


def within(path: str) -> str:
    """`path` when it is one of this console's, else its front page: a sign-in never leads to another site."""
    local = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if local else "/"
