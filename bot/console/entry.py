"""The way in: sign-in and sign-out, the front page, health, and the files that pages need."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import sqlalchemy as sa
from flask import (
    abort,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    send_from_directory,
    session,
    url_for,
)

from bot.console import accounts, auth, devices, second_factor
from bot.console.passwords import TooWeak
from bot.console.routing import Pages
from bot.conversations import access

pages = Pages("entry", __name__)
STATIC = Path(__file__).parent / "static"
#: What somebody may do → the page that they come in at: the first of these that is theirs.
FIRST = (
    ("read_conversations", "handoffs.waiting"), ("edit_content", "going_live.overview"),
    ("see_attendance", "squads.mine"), ("see_figures", "figures.overview"), ("manage_staff", "staff.everyone"),
)  # fmt: skip


@pages.page("/", permission="public")
def front():
    """To the first page that the member of staff may use; to the sign-in for everybody else."""
    g.staff = auth.signed_in()
    if g.staff is None:
        return redirect(url_for("entry.sign_in"), 303)
    for permission, endpoint in FIRST:
        if access.may(g.staff, permission):
            return redirect(url_for(endpoint), 303)
    abort(403)  # a role that may do nothing


@pages.page("/sign-in", permission="public")
def sign_in():
    """The sign-in form."""
    with current_app.extensions["wellbeing"].database.read() as db:
        remembered = devices.known(db, request.cookies.get(auth.device_cookie()))
    return render_template("sign_in.html", after=request.args.get("after", ""), remembered=remembered)


@pages.page("/sign-in", permission="public", methods=["POST"])
def sign_in_submitted():
    """Check the password. The answer to anything wrong is the same, so that nobody learns which addresses exist."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    runtime = current_app.extensions["wellbeing"]
    staff = accounts.sign_in(runtime.database, current_app.extensions["passwords"], email, password)
    after = request.form.get("after", "")
    if staff is None:
        return render_template("sign_in.html", refused=True, after=after, email=email), 401
    if staff.tf_totp_secret is not None:
        auth.begin_half(staff)
        return redirect(url_for("entry.code", after=after), 303)
    if runtime.settings.asks_second_factor:
        auth.begin_half(staff, new_secret=second_factor.new_secret())
        return redirect(url_for("entry.set_up", after=after), 303)
    auth.begin(staff)
    return redirect(auth.within(after), 303)


@pages.page("/sign-in/pin", permission="public")
def pin():
    """Ask for the PIN of a phone that is remembered."""
    return render_template("sign_in_pin.html")


@pages.page("/sign-in/pin", permission="public", methods=["POST"])
def pin_submitted():
    """In, when phone and PIN are right. The answer to anything wrong is the same."""
    runtime, passwords = current_app.extensions["wellbeing"], current_app.extensions["passwords"]
    token = request.cookies.get(auth.device_cookie())
    staff = devices.sign_in(runtime.database, passwords, token, request.form.get("pin", "").strip()[:20])
    if staff is None:
        return render_template("sign_in_pin.html", refused=True), 401
    auth.begin(staff)
    return redirect(url_for("squads.mine"), 303)


@pages.page("/sign-in/code", permission="public")
def code():
    """Ask for the code from the app."""
    if auth.half() is None:
        return redirect(url_for("entry.sign_in"), 303)
    return render_template("sign_in_code.html", after=request.args.get("after", ""))


@pages.page("/sign-in/code", permission="public", methods=["POST"])
def code_submitted():
    """In, when the code is right."""
    after, staff = request.form.get("after", ""), auth.half()
    if staff is None:
        return redirect(url_for("entry.sign_in"), 303)
    database = current_app.extensions["wellbeing"].database
    if staff.tf_totp_secret is None or not second_factor.check(database, staff.id, request.form.get("code", "")):
        return render_template("sign_in_code.html", refused=True, after=after), 401
    auth.begin(staff)
    return redirect(auth.within(after), 303)


@pages.page("/sign-in/set-up", permission="public")
def set_up():
    """The secret to put into an app."""
    if (secret := _new_secret()) is None:
        return redirect(url_for("entry.sign_in"), 303)
    return _set_up_page(secret, request.args.get("after", ""))


@pages.page("/sign-in/set-up/picture", permission="public")
def set_up_picture():
    """The secret as a picture to scan."""
    secret, staff = _new_secret(), auth.half()
    if secret is None or staff is None:
        abort(404)
    return current_app.response_class(second_factor.picture(secret, staff.email), mimetype="image/svg+xml")


@pages.page("/sign-in/set-up", permission="public", methods=["POST"])
def set_up_submitted():
    """Turn the second factor on when the app shows the right code; the recovery codes, this once."""
    after, staff, secret = request.form.get("after", ""), auth.half(), _new_secret()
    if staff is None or secret is None:
        return redirect(url_for("entry.sign_in"), 303)
    database = current_app.extensions["wellbeing"].database
    codes = second_factor.enrol(database, staff.id, secret, request.form.get("code", ""))
    if codes is None:
        return _set_up_page(secret, after, refused=True), 401
    auth.begin(staff)
    g.staff = staff
    return render_template("recovery_codes.html", codes=codes, after=auth.within(after))


def _new_secret() -> str | None:
    """The secret that is being set up; None when the account has a second factor, or nobody gave a password."""
    staff = auth.half()
    return None if staff is None or staff.tf_totp_secret is not None else session.get("new_secret")


def _set_up_page(secret: str, after: str, refused: bool = False):
    key, stamp = second_factor.pretty(secret), hashlib.sha256(secret.encode()).hexdigest()[:8]
    return render_template("sign_in_set_up.html", key=key, stamp=stamp, after=after, refused=refused)


@pages.page("/join", permission="public")
def join():
    """The form in which a one-time code is turned into a password."""
    return _join_page({})


@pages.page("/join", permission="public", methods=["POST"])
def join_submitted():
    """Set the password; then sign in with it."""
    form = {name: request.form.get(name, "") for name in ("email", "code", "password", "again")}
    if form["password"] != form["again"]:
        return _join_page({"again": "The two passwords are not the same."}), 422
    runtime, passwords = current_app.extensions["wellbeing"], current_app.extensions["passwords"]
    try:
        staff = accounts.choose_password(runtime.database, passwords, form["email"], form["code"], form["password"])
    except TooWeak as problem:
        return _join_page({"password": str(problem)}), 422
    if staff is None:
        return _join_page({"code": "Address and code do not fit, or the code is too old. Ask for a new one."}), 422
    flash("Your password is saved. Sign in with it.", "done")
    return redirect(url_for("entry.sign_in"), 303)


def _join_page(problems: dict[str, str]):
    email = request.form.get("email", request.args.get("email", ""))
    code = request.form.get("code", "")[:100] if "code" not in problems else ""  # a good one is not typed twice
    return render_template("join.html", problems=problems, email=email, code=code, days=accounts.INVITE_LIFE.days)


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
