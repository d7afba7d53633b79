"""House rules: what keeps this code easy to change. Each failure says what to do; each rule is shown to bite."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot import models, settings
from bot.programme.refusals import CODES
from tests.house import code, dialogue, repository
from tests.house.code import ROOT
from tests.house.problems import bad, none

BOT = list(code.modules("bot"))
ACTIONS = list(code.modules("actions"))
OURS = BOT + ACTIONS

#: Longest module of ours, and the ones that may be longer.
LONGEST, LONGEST_ACTION = 400, 200
LONGER_WITH_REASON: dict[str, str] = {}


# --- who imports whom ----------------------------------------------------------------------


def test_layers_import_downwards():
    none(p for m in OURS for p in code.layer_problems(m))


def test_an_import_upwards_is_noticed():
    assert code.layer_problems(bad("from bot.programme import bookings", "bot.conversations.example"))
    assert code.layer_problems(bad("from bot import runtime", "bot.programme.example"))
    assert code.layer_problems(bad("def f():\n    from bot.console import app", "bot.gateway.example"))
    assert code.layer_problems(bad("import bot.programme.bookings", "bot.gateway.example"))
    assert not code.layer_problems(bad("import bot.programme.bookings", "bot.gateway.scheduling"))
    assert not code.layer_problems(bad("from bot import clock", "bot.conversations.example"))


def test_every_seam_is_one_that_is_used():
    """A seam that nothing uses any more is a hole."""
    by_name = {m.name: code.imports(m) for m in OURS}
    none(
        f"{module} does not import {other} any more: remove the seam from tests/house/code.py."
        for module, other in code.SEAMS
        if module in by_name and not any(n == other or n.startswith(other + ".") for n in by_name[module])
    )


def test_libraries_stay_where_they_belong():
    none(p for m in OURS for p in code.confined_problems(m))


def test_a_library_out_of_place_is_noticed():
    assert code.confined_problems(bad("from telegram import Bot", "bot.gateway.sending"))
    assert code.confined_problems(bad("import rasa.shared", "bot.console.app"))
    assert code.confined_problems(bad("from rasa_sdk import Action", "bot.dialogue.server"))
    assert not code.confined_problems(bad("from twilio.rest import Client", "bot.gateway.sms"))


def test_the_safety_screen_needs_the_standard_library_alone():
    none(p for m in BOT if m.name.startswith("bot.safety") for p in code.foreign_problems(m))


def test_a_dependency_of_the_screen_is_noticed():
    assert code.foreign_problems(bad("import numpy", "bot.safety.screen"))
    assert code.foreign_problems(bad("from bot import clock", "bot.safety.screen"))
    assert not code.foreign_problems(bad("import re\nfrom bot.safety import grammar", "bot.safety.screen"))


def test_the_environment_is_read_in_settings_only():
    none(p for m in OURS for p in code.environment_problems(m))


def test_a_read_of_the_environment_is_noticed():
    for source in ("import os\nos.environ['A']", "import os\nos.getenv('A')", "from os import environ"):
        assert code.environment_problems(bad(source)), source


def test_the_time_is_asked_of_the_clock_only():
    none(p for m in OURS for p in code.clock_problems(m))


def test_a_look_at_the_wall_clock_is_noticed():
    for source in (
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.utcnow()",
        "from datetime import date\ndate.today()",
        "import time\ntime.time()",
        "from time import time",
    ):
        assert code.clock_problems(bad(source)), source
    assert not code.clock_problems(bad("import time\ntime.monotonic()"))


def test_nobody_commits_but_the_owner_of_the_transaction():
    none(
        p
        for m in OURS
        if m.name.startswith(("bot.programme", "bot.conversations", "actions"))
        for p in code.commit_problems(m)
    )


def test_a_commit_is_noticed():
    assert code.commit_problems(bad("def f(db):\n    db.commit()"))


def test_logs_hold_ids_and_codes():
    none(p for m in OURS for p in code.log_problems(m))


def test_words_in_a_log_are_noticed():
    for source in ('log.info("got %s", message.body)', 'logger.error(f"no {x}")', 'log.warning("from %s", address)'):
        assert code.log_problems(bad(source)), source
    assert not code.log_problems(bad('log.info("message %s: %s", message.id, type(error).__name__)'))


# --- nothing opens a connection at import time ---------------------------------------------

_IMPORT_ALL = """
import importlib, json, pkgutil, sys
opened = []
def hook(event, args):
    if event == "socket.bind" and args[-1][1] == 0:
        return  # urllib3 looks whether this machine speaks IPv6
    if event in ("sqlite3.connect", "socket.connect", "socket.bind", "socket.getaddrinfo"):
        opened.append(f"{importing}: {event} {args[-1]!r}")
sys.addaudithook(hook)
names = sys.argv[1:]
for importing in names:
    try:
        importlib.import_module(importing)
    except Exception as error:
        opened.append(f"{importing}: {type(error).__name__}: {error}")
print(json.dumps(opened))
"""
#: Alembic runs these with a context of its own; they are not imported by anybody.
_RUN_BY_ALEMBIC = ("bot.migrations.env", "bot.migrations.versions")


def opened_by_importing(names: list[str], folder) -> list[str]:
    """What importing these modules opens, in a process whose database cannot be reached."""
    environment = dict(os.environ) | {
        "WELLBEING_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "WELLBEING_TRACKER_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)]),
    }
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _IMPORT_ALL, *names],
        capture_output=True, text=True, cwd=folder, env=environment, timeout=240,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout.strip().splitlines()[-1])


@pytest.mark.timeout(300)
def test_importing_opens_nothing(tmp_path):
    names = [m.name for m in OURS if not m.name.startswith(_RUN_BY_ALEMBIC)]
    none(
        f"{found}: open it in a function that bot/runtime.py calls, not at import time."
        for found in opened_by_importing(names, tmp_path)
    )


def test_a_connection_at_import_time_is_noticed(tmp_path):
    (tmp_path / "opens_a_file.py").write_text("import sqlite3\nsqlite3.connect(':memory:')\n")
    (tmp_path / "opens_a_socket.py").write_text("import socket\nsocket.socket().connect(('127.0.0.1', 1))\n")
    found = opened_by_importing(["opens_a_file", "opens_a_socket"], tmp_path)
    assert [f.split(":")[0] for f in found][:2] == ["opens_a_file", "opens_a_socket"]


# --- actions -------------------------------------------------------------------------------


def test_actions_make_no_queries_and_no_http():
    none(p for m in ACTIONS for p in code.query_problems(m))


def test_a_query_in_an_action_is_noticed():
    for source in ("import httpx", "import sqlalchemy as sa", "from sqlalchemy import select", "db.query(Person)"):
        assert code.query_problems(bad(source, "actions.example")), source


def test_modules_are_short():
    none(p for m in ACTIONS for p in code.length_problems(m, LONGEST_ACTION, {}))
    none(p for m in BOT for p in code.length_problems(m, LONGEST, LONGER_WITH_REASON))


def test_a_long_module_is_noticed():
    long = bad("x = 1\n" * 401)
    assert code.length_problems(long, LONGEST, {})
    assert not code.length_problems(long, LONGEST, {long.name: "a table"})


# --- domain, rules and actions agree -------------------------------------------------------

DOMAIN = dialogue.domain()


def test_what_actions_say_is_in_the_domain():
    none(dialogue.unknown_utterances(ACTIONS, DOMAIN["responses"]))


def test_an_unknown_sentence_is_noticed():
    action = bad('speech.say("nonsense")\nspeech.say("a" if x else "b")\nspeech.say(f"refused_{code}")', "actions.x")
    assert len(dialogue.unknown_utterances([action], ["utter_a"])) == 3
    assert not dialogue.unknown_utterances([action], ["utter_nonsense", "utter_a", "utter_b", "utter_refused_full"])


def test_every_sentence_of_the_domain_is_said():
    none(dialogue.unused_utterances(ACTIONS, DOMAIN["responses"]))


def test_an_unused_sentence_is_noticed():
    assert dialogue.unused_utterances([bad('speech.say("a")', "actions.x")], ["utter_a", "utter_b"])


def test_domain_and_action_classes_agree():
    listed, there = set(DOMAIN["actions"]), set(dialogue.action_names(ACTIONS))
    none(f"{name} has no class: write one in actions/ or remove it from domain.yml." for name in sorted(listed - there))
    none(f"{name} is not listed under actions in domain.yml." for name in sorted(there - listed))


def test_action_classes_are_found():
    module = bad('class A(TurnAction):\n    action_name = "action_a"\nclass B(TurnAction):\n    action_name = ""')
    assert dialogue.action_names([module]) == {"action_a": "bot.programme.example.A"}


def test_nothing_follows_an_action_that_writes():
    writing = dialogue.writing_actions(ACTIONS)
    none(p for rule in dialogue.rules() for p in dialogue.rule_problems(rule, writing))


def test_writing_actions_are_found():
    writing = dialogue.writing_actions(ACTIONS)
    assert writing >= {
        "action_book_session", "action_change_booking", "action_cancel_booking", "action_save_feedback",
        "action_keep_words", "action_talk_to_person", "action_crisis", "action_answer_offer", "action_choose",
    }  # fmt: skip
    assert not writing & {"action_privacy", "action_confirm_coming"}


def test_a_rule_that_goes_on_is_noticed():
    steps = [{"intent": "x"}, {"action": "action_book_session"}, {"action": "utter_booked"}]
    assert len(dialogue.rule_problems({"rule": "x", "steps": steps}, {"action_book_session"})) == 2
    assert not dialogue.rule_problems({"rule": "x", "steps": steps[:2]}, {"action_book_session"})


def test_every_intent_has_a_rule():
    none(dialogue.intents_without_a_way(DOMAIN, dialogue.rules()))


def test_an_intent_without_a_rule_is_noticed():
    assert dialogue.intents_without_a_way({"intents": ["a", {"b": {}}]}, [{"steps": [{"intent": "a"}]}])


def test_every_refusal_has_words():
    none(
        f"A refusal may be {name!r}: write utter_refused_{name} into domain.yml."
        for name in CODES
        if f"utter_refused_{name}" not in DOMAIN["responses"]
    )
    none(
        f"{name} is for a refusal that there is not: remove it."
        for name in DOMAIN["responses"]
        if name.startswith("utter_refused_") and name.removeprefix("utter_refused_") not in CODES
    )


def test_every_intent_is_taught():
    intents, taught = dialogue.intent_names(DOMAIN), dialogue.taught_intents()
    none(
        f"{name} has no examples: add some to data/nlu, or list it in PAYLOAD_ONLY if nobody can type it."
        for name in sorted(intents - taught - dialogue.PAYLOAD_ONLY)
    )
    none(f"{name} has examples but is no intent of domain.yml." for name in sorted(taught - intents))
    none(f"{name} is payload-only but has examples." for name in sorted(taught & dialogue.PAYLOAD_ONLY))


# --- settings, schema, network, checkout ---------------------------------------------------


def undocumented(readme: str) -> list[str]:
    return [
        f"{v} is not in README.md: add it to the table of settings."
        for v in settings.VARIABLES
        if f"`{v}`" not in readme
    ]


def test_every_setting_is_in_the_readme():
    none(undocumented((ROOT / "README.md").read_text(encoding="utf-8")))


def test_an_undocumented_setting_is_noticed():
    assert len(undocumented("`WELLBEING_DEMO`")) == len(settings.VARIABLES) - 1


def schema_differences(database) -> list[str]:
    """What the models have and the migrated database has not, or the other way round."""
    with database.engine.connect() as connection:
        ours = {"include_name": lambda name, *_: name != "sqlite_sequence"}  # where SQLite keeps its own counts
        context = MigrationContext.configure(connection, opts={"compare_type": True} | ours)
        return [str(difference) for difference in compare_metadata(context, models.Message.metadata)]


def test_the_migrations_make_what_the_models_say(any_database):
    none(f"{d}: write a migration in bot/migrations/versions." for d in schema_differences(any_database))


def test_a_missing_migration_is_noticed(database):
    with database.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE facts ADD COLUMN forgotten INTEGER"))
    assert "forgotten" in schema_differences(database)[0]


def test_tests_reach_this_machine_only():
    with pytest.raises(RuntimeError, match="loopback"), socket.socket() as sock:
        sock.settimeout(0.1)
        sock.connect(("192.0.2.1", 80))
    with pytest.raises(RuntimeError, match="loopback"):
        socket.getaddrinfo("example.org", 80)
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        client.connect(server.getsockname())


def test_the_checkout_holds_no_leftovers():
    found = []
    for path in repository.tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)} {p}: take it out." for p in repository.forbidden(text)]
    none(found)


def test_leftovers_are_noticed():
    for text in (
        "cd /ho" + "me/sam/x",
        "# TO" + "DO later",
        "raise NotImplemented" + "Error",
        "https://py" + "pi.org/x",
    ):
        assert repository.forbidden(text), text
    assert not repository.forbidden("https://example.org/home/page and mastodon and [data-todo]")


def test_the_lock_is_hashed_and_names_no_index():
    for path in sorted(ROOT.glob("requirements*.lock")):
        none(f"{path.name}: {p}" for p in repository.lock_problems(path.read_text(encoding="utf-8")))
    assert (ROOT / "requirements.lock").exists()


def test_a_bad_lock_is_noticed():
    good = "a==1 \\\n    --hash=sha256:00\n    # via b\n"
    assert not repository.lock_problems(good)
    assert repository.lock_problems("a==1\n")
    assert repository.lock_problems("a>=1 \\\n    --hash=sha256:00\n")
    assert repository.lock_problems("--index" + "-url https://example.org\n" + good)
