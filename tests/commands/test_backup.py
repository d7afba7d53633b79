"""Backup and restore: whole, encrypted, never over what is there."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from bot import cli, crypto, runtime
from bot.commands import archive, backup
from bot.models import Topic

CANARY = "zanzibarcanary"


@pytest.fixture
def made(home, tmp_path, capsys):
    """A backup of a database with a topic called CANARY, and of a tracker database."""
    cli.main(["db", "upgrade"])
    database = runtime.current().database
    with database.write() as db:
        db.add(Topic(slug="alcohol", name=CANARY, label="x", position=1))
    tracker = sa.create_engine(home.tracker_url)
    with tracker.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE events (data TEXT)")
    file = tmp_path / "one.backup"
    assert cli.main(["backup", "--to", str(file)]) == 0  # while the database is open and its log is not emptied
    database.close()
    capsys.readouterr()
    return file


def clear(home):
    for path in backup.databases(home):
        for each in path.parent.glob(path.name + "*"):
            each.unlink()
    runtime.install(None)


def test_comes_back_as_it_was(home, made):
    clear(home)
    assert cli.main(["restore", str(made)]) == 0
    with runtime.current().database.read() as db:
        assert db.get(Topic, "alcohol").name == CANARY
    assert backup.databases(home)[1].exists()


def test_is_encrypted_and_its_manifest_is_not(home, made, monkeypatch, capsys):
    assert CANARY.encode() not in made.read_bytes()
    assert made.stat().st_mode & 0o077 == 0
    monkeypatch.delenv("WELLBEING_SECRET_KEYS")
    assert cli.main(["restore", "--show", str(made)]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in facts["files"]] == ["programme.db", "tracker.db"]
    assert facts["schema"] and facts["made_at"]


def test_is_never_restored_over_a_database(home, made, capsys):
    assert cli.main(["restore", str(made)]) == 1
    assert "is there" in capsys.readouterr().err


def test_nor_beside_the_log_of_one(home, made, capsys):
    clear(home)
    programme = backup.databases(home)[0]
    programme.with_name(programme.name + "-wal").write_bytes(b"left over")
    assert cli.main(["restore", str(made)]) == 1
    assert not programme.exists()


@pytest.mark.parametrize("harm", ["cut", "changed", "manifest", "other keys", "not one"])
def test_a_harmed_backup_changes_nothing(home, made, monkeypatch, capsys, harm):
    clear(home)
    raw = made.read_bytes()
    if harm == "cut":
        made.write_bytes(raw[:-50])
    elif harm == "changed":
        made.write_bytes(raw[:-50] + bytes([raw[-50] ^ 1]) + raw[-49:])
    elif harm == "manifest":
        made.write_bytes(raw.replace(b'"schema": "', b'"schema": "9', 1))
    elif harm == "other keys":
        monkeypatch.setenv("WELLBEING_SECRET_KEYS", "another secret that is long enough too")
    else:
        made.write_bytes(b"hello")
    assert cli.main(["restore", str(made)]) == 1
    assert "Not restored" in capsys.readouterr().err
    assert not any(path.exists() for path in backup.databases(home))


def test_a_rotated_key_still_opens_it(home, made, monkeypatch):
    clear(home)
    monkeypatch.setenv("WELLBEING_SECRET_KEYS", "a new secret that is long enough for it," + home.secret_keys[0])
    assert cli.main(["restore", str(made)]) == 0


def test_large_files_travel_in_pieces(tmp_path):
    source, target = tmp_path / "a.db", tmp_path / "a.backup"
    source.write_bytes(b"x" * (archive.PIECE * 2 + 7))
    archive.write(target, [source], {})
    (tmp_path / "out").mkdir()
    assert archive.read(target, tmp_path / "out")[0].read_bytes() == source.read_bytes()
    with pytest.raises(archive.Unreadable):
        target.write_bytes(target.read_bytes()[: archive.PIECE])
        (tmp_path / "again").mkdir()
        archive.read(target, tmp_path / "again")
    assert crypto.keyring()


def test_postgresql_is_pointed_to_pg_dump(home, monkeypatch, capsys):
    monkeypatch.setenv("WELLBEING_DATABASE_URL", "postgresql+psycopg2://u@127.0.0.1/x")
    assert cli.main(["backup"]) == 1
    assert "pg_dump" in capsys.readouterr().err
