"""A backup from before somebody was erased is restored: they do not stay."""

from __future__ import annotations

import asyncio
import os
import sqlite3

import pytest
import sqlalchemy as sa

from bot.gateway.ledger import Ledger
from bot.models import AuditEntry, Conversation, Handoff, Message, Person
from bot.programme import erasure
from tests.gateway.kit import PHONE

OTHER = "+447700900999"


class Backup:
    """What is in the world's database now, to bring back later."""

    def __init__(self, world, folder):
        self.world, self.copy = world, folder / "backup.db"
        self.file = world.database.engine.url.database
        with sqlite3.connect(self.file) as there, sqlite3.connect(self.copy) as here:
            there.backup(here)

    def restore(self) -> None:
        """As `wellbeing restore` does, and then a gateway starts."""
        self.world.database.engine.dispose()
        for ending in ("-wal", "-shm"):
            if os.path.exists(self.file + ending):
                os.remove(self.file + ending)
        os.replace(self.copy, self.file)
        self.world.gateway.forgetting._looked = None


def erase(world) -> None:
    """Whoever texts from PHONE."""
    forgetting = world.gateway.forgetting
    forgetting.tracker_url = forgetting.tracker_url or f"sqlite:///{world.settings.var}/tracker.db"
    with world.database.write() as db:
        person = db.get(Person, person_of(world, PHONE))
        seen = erasure.preview(db, person).seen
        erasure.erase(db, person.id, reason="asked", seen=seen, minded=True, by_staff=None)


def person_of(world, sender: str) -> int | None:
    with world.database.read() as db:
        rows = db.execute(sa.select(Conversation)).scalars()
        return next((row.person_id for row in rows if row.address.address == sender), None)


def follows(world) -> None:
    asyncio.run(world.gateway.forgetting.round())


def test_whom_a_backup_brings_back_is_erased_again(world, at_noon, tmp_path):
    world.says("hello")
    world.says("hello", sender=OTHER)
    backup = Backup(world, tmp_path)
    erase(world)
    follows(world)
    backup.restore()
    assert person_of(world, PHONE) is not None
    follows(world)
    assert person_of(world, PHONE) is None and person_of(world, OTHER) is not None
    with world.database.read() as db:
        told = db.execute(sa.select(AuditEntry.details).where(AuditEntry.action == "person.erased")).scalars().all()
        assert [details["reason"] for details in told] == ["again"]
        assert {m.conversation.address.address for m in db.execute(sa.select(Message)).scalars()} == {OTHER}


def test_the_file_says_nothing_about_anybody(world, at_noon):
    world.says("hello")
    with world.database.read() as db:
        pseudonym = db.execute(sa.select(Person.pseudonym)).scalar_one()
    erase(world)
    follows(world)
    path = world.gateway.forgetting.ledger.path
    assert len(path.read_text().split()) == 1 and path.stat().st_mode & 0o077 == 0
    assert pseudonym not in path.read_text() and PHONE not in path.read_text()


def test_nobody_is_erased_again_while_they_may_be_in_danger(world, at_noon, tmp_path):
    world.says("i want to kill myself")
    backup = Backup(world, tmp_path)
    with world.database.write() as db:
        db.execute(sa.update(Handoff).values(closed_at=at_noon.time))
    erase(world)
    follows(world)
    backup.restore()
    follows(world)
    assert person_of(world, PHONE) is not None
    with world.database.write() as db:
        db.execute(sa.update(Handoff).values(closed_at=at_noon.time))
    at_noon.later(hours=1)
    follows(world)
    assert person_of(world, PHONE) is None


def test_whoever_was_never_erased_stays(world, at_noon, tmp_path):
    world.says("hello")
    Backup(world, tmp_path).restore()
    follows(world)
    assert person_of(world, PHONE) is not None


@pytest.mark.parametrize("torn", ["", "0123abc", "\n" + "e" * 63])
def test_a_line_that_broke_off_costs_no_other(tmp_path, torn):
    ledger = Ledger(tmp_path / "erased")
    ledger.add(["a" * 64])
    with ledger.path.open("a") as file:
        file.write(torn)
    ledger.add(["b" * 64, "a" * 64])
    assert ledger.read() == {"a" * 64, "b" * 64}
