"""What `wellbeing doctor` looks at. Each check takes the settings and yields findings."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.commands.doctor import MISSING, NOTE, OK, WRONG, Finding
from bot.settings import ROOT, Settings

#: Bytes that must be free: a day of texts, logs and a backup, generously.
ENOUGH_DISK = 1_000_000_000


def python_version() -> Finding:
    """Rasa runs on nothing newer than 3.10."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] == (3, 10):
        return Finding(OK, f"Python {found}")
    return Finding(WRONG, f"Python {found}", "Rasa needs 3.10: remove .venv and run `make environment`.")


def files(loaded: Settings) -> Iterator[Finding]:
    """Secrets and state are for nobody else to read; there is room on the disk."""
    yield from _private(ROOT / ".env", 0o600, "No .env: fine if the environment has the settings.")
    yield from _private(loaded.var, 0o700, "`make run` makes it.")
    if loaded.var.is_dir():
        free = shutil.disk_usage(loaded.var).free
        state, do = (OK, "") if free >= ENOUGH_DISK else (WRONG, "Make room: a full disk means lost texts.")
        yield Finding(state, f"disk: {free / 1e9:.1f} GB free", do)


def _private(path: Path, mode: int, if_missing: str) -> Iterator[Finding]:
    if not path.exists():
        yield Finding(NOTE, f"{path.name}: not there", if_missing)
        return
    found = stat.S_IMODE(path.stat().st_mode)
    if found & ~mode:
        yield Finding(WRONG, f"{path.name}: others may read it ({found:o})", f"chmod {mode:o} {path}")
    else:
        yield Finding(OK, f"{path.name}: only its owner may read it")


def database(loaded: Settings) -> Iterator[Finding]:
    """The programme database answers and has the schema of this code."""
    import sqlalchemy as sa

    from bot import migrations
    from bot.db import Database

    opened = Database(loaded.database_url)
    try:
        if opened.is_sqlite and not Path(opened.url.database).exists():
            yield Finding(MISSING, "database: there is none yet", "Run `make run`, or `wellbeing db upgrade`.")
            return
        try:
            with opened.engine.connect() as connection:
                found = None
                if sa.inspect(connection).has_table("alembic_version"):
                    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        except sa.exc.SQLAlchemyError as error:
            yield Finding(WRONG, f"database: cannot be reached ({type(error).__name__})", "See WELLBEING_DATABASE_URL.")
            return
        if found == migrations.newest():
            yield Finding(OK, f"database: at {found}")
        else:
            yield Finding(WRONG, f"database: at {found}, the code is at {migrations.newest()}", "wellbeing db upgrade")
    finally:
        opened.close()


def language(_loaded: Settings) -> Iterator[Finding]:
    """The encoder and the model are the ones that were built here, from what is here now."""
    from bot.nlu import build_encoder, training

    if build_encoder.is_current():
        yield Finding(OK, "sentence encoder: byte for byte what was built")
    else:
        yield Finding(MISSING, "sentence encoder: not built, or changed", "wellbeing train")
    if (wrong := training.problem()) is not None:
        yield Finding(WRONG if training.MODEL.exists() else MISSING, f"language model: {wrong}", "wellbeing train")
    elif json.loads(training.manifest_of(training.MODEL).read_text()).get("sources") != training.fingerprint():
        yield Finding(WRONG, "language model: its sources have changed since it was trained", "wellbeing train")
    else:
        yield Finding(OK, "language model: as trained, from what is here now")


def processes(loaded: Settings) -> Iterator[Finding]:
    """Each process is well or its port is free; Rasa answers nothing but our channel."""
    from bot.commands import health

    for process in health.processes(loaded):
        if health.well(process):
            yield Finding(OK, f"{process.name}: runs and is well (port {process.port})")
        elif health.taken(process.port):
            yield Finding(
                WRONG,
                f"{process.name}: port {process.port} is taken by something that is not well or not ours",
                f"See var/log/{process.name}.log, or set {process.setting} to another port.",
            )
        else:
            yield Finding(NOTE, f"{process.name}: does not run (port {process.port} is free)", "`make run` starts it.")
    status, _ = health.get(loaded.rasa_port, "/status")
    if status not in (0, 404):
        yield Finding(
            WRONG,
            f"rasa: its HTTP API answers ({status} on /status), which lets anybody load a model or read talks",
            "Start it with `python -m bot.dialogue.server`, never with --enable-api.",
        )
    elif status == 404:
        yield Finding(OK, "rasa: its HTTP API is off")


def telegram(loaded: Settings) -> Iterator[Finding]:
    """Messages from Telegram get here: as the running gateway says, or, where none runs, as Telegram does."""
    from bot.commands import health

    if not loaded.telegram_on:
        return
    _, body = health.get(loaded.gateway_port, "/health")
    told = body.get("telegram") if isinstance(body, dict) else None
    if isinstance(told, dict):
        way = "by webhook" if told.get("by") == "webhook" else "by polling"
        if "problem" not in told:
            yield Finding(OK, f"telegram: messages get here {way}")
        else:
            state = NOTE if told.get("state") == "ok" else WRONG
            yield Finding(state, f"telegram ({way}): {told['problem']}", str(told.get("what")))
        return
    code = _asked_telegram(loaded)
    if code is None:
        yield Finding(OK, "telegram: it knows the bot")
    else:
        from bot.gateway import way_in

        yield Finding(WRONG, f"telegram: {code}", way_in.sentence(code))


def _asked_telegram(loaded: Settings) -> str | None:
    """What Telegram says is wrong while no gateway runs; None when nothing is. It changes nothing there."""
    import asyncio

    from bot.gateway.channels import SendError
    from bot.gateway.telegram import Telegram

    async def ask() -> str | None:
        channel = Telegram(loaded)
        try:
            found = await channel.webhook()
        except SendError as error:
            return error.code
        finally:
            await channel.close()
        if found.url == channel.webhook_url:
            return None
        return "webhook_elsewhere" if channel.webhook_url and found.url else "webhook_set" if found.url else None

    return asyncio.run(ask())


def words(_loaded: Settings) -> Iterator[Finding]:
    """What participants read passes the content check."""
    from bot import content

    found = content.check_all()
    if found:
        yield Finding(WRONG, f"content: {len(found)} problems, the first: {found[0]}", "wellbeing content check")
    else:
        yield Finding(OK, "content: no problems")


def crisis_numbers(loaded: Settings) -> Iterator[Finding]:
    """Two people have rung every number that is given in a crisis, and not too long ago."""
    from bot.db import Database
    from bot.programme import number_checks

    opened = Database(loaded.database_url)
    try:
        if opened.is_sqlite and not Path(opened.url.database).exists():
            return
        with opened.read() as db:
            every, unsure = number_checks.numbers(db), number_checks.unsure(db)
    finally:
        opened.close()
    if unsure:
        yield Finding(
            NOTE if loaded.demo else WRONG,
            f"crisis numbers: {len(unsure)} of {len(every)} not checked by two people in date: "
            f"{', '.join(number.key for number in unsure)}",
            "Two people ring each, and say so in the console under Crisis numbers.",
        )
    else:
        yield Finding(OK, f"crisis numbers: all {len(every)} checked by two people")


def approvals(loaded: Settings) -> Iterator[Finding]:
    """How many answers and services still wait for a person. Needed before going live, not for a demo."""
    import sqlalchemy as sa

    from bot import clock
    from bot.db import Database
    from bot.models import Answer, AnswerRevision, Service

    opened = Database(loaded.database_url)
    try:
        if opened.is_sqlite and not Path(opened.url.database).exists():
            return
        with opened.read() as db:
            approved = sa.select(AnswerRevision.answer_id).where(AnswerRevision.status == "approved")
            count = sa.select(sa.func.count())
            answers = db.execute(count.select_from(Answer)).scalar()
            waiting = db.execute(count.select_from(Answer).where(Answer.id.not_in(approved))).scalar()
            services = db.execute(count.select_from(Service)).scalar()
            checked = sa.and_(Service.checked_at.is_not(None), Service.check_due > clock.now())
            sure = db.execute(count.select_from(Service).where(checked)).scalar()
    finally:
        opened.close()
    state = NOTE if loaded.drafts else WRONG
    if waiting or not answers:
        what = f"answers: {waiting} of {answers} that nobody has approved"
        yield Finding(state, what, "Review them in the console before going live.")
    else:
        yield Finding(OK, f"answers: all {answers} approved")
    if sure < services:
        yield Finding(
            NOTE if loaded.demo else WRONG,
            f"services: {services - sure} of {services} without a check by a person that is in date",
            "Outside the demo they are not shown; check them in the console.",
        )
    else:
        yield Finding(OK, f"services: all {services} checked")


ALL = (files, database, language, processes, telegram, words, crisis_numbers, approvals)
