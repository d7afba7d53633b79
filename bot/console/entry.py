"""The way in: sign-in and sign-out, the front page, health, and the files that pages need."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import sqlalchemy as sa
from flask import (
    abort,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    send_from_directory,
    session,
    url_for,
)

from bot.console import accounts, auth
from bot.console.routing import Pages
from bot.conversations import access

pages = Pages("entry", __name__)
STATIC = Path(__file__).parent / "static"


@pages.page("/", permission="public")
def front():
    """To the first page that the member of staff may use; to the sign-in for everybody else."""
    g.staff = auth.signed_in()
    if g.staff is None:
        return redirect(url_for("entry.sign_in"), 303)
    if access.may(g.staff, "read_conversations"):
        return redirect(url_for("handoffs.waiting"), 303)
    return render_template("front.html")


@pages.page("/sign-in", permission="public")
def sign_in():
    """The sign-in form."""
    return render_template("sign_in.html", after=request.args.get("after", ""))


@pages.page("/sign-in", permission="public", methods=["POST"])
def sign_in_submitted():
    """Sign in. The answer to anything wrong is the same, so that nobody learns which addresses have accounts."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    runtime = current_app.extensions["wellbeing"]
    staff = accounts.sign_in(runtime.database, current_app.extensions["passwords"], email, password)
    after = request.form.get("after", "")
    if staff is None:
        return render_template("sign_in.html", refused=True, after=after, email=email), 401
    auth.begin(staff)
    return redirect(auth.within(after), 303)


@pages.page("/sign-out", permission="signed_in", methods=["POST"])
def sign_out():
    """Sign out everywhere."""
    with current_app.extensions["wellbeing"].database.write() as db:
        accounts.sign_out(db, g.staff.id)
    session.clear()
    return redirect(url_for("entry.sign_in"), 303)


@pages.page("/health", permission="public")
def health():
    """200 when the console can read its database, 503 when it cannot."""
    try:
        with current_app.extensions["wellbeing"].database.read() as db:
            db.execute(sa.text("SELECT 1 FROM staff LIMIT 1"))
    except sa.exc.SQLAlchemyError:
        return jsonify(status="down", database="down"), 503
    return jsonify(status="ok", database="ok")


@pages.page("/static/<name>", permission="public")
def static(name: str):
    """The style sheet and the script."""
    if name not in {path.name for path in STATIC.iterdir()}:
        abort(404)
    response = send_from_directory(STATIC, name)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@functools.lru_cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file; it changes when the file does, so that browsers may keep the old one for ever."""
    return url_for("entry.static", name=name, v=_digest(name))
