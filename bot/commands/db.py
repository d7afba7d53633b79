"""`wellbeing db upgrade`: the programme database to the newest schema."""

from __future__ import annotations

import argparse


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("db", help="the programme database")
    verbs = made.add_subparsers(metavar="VERB", required=True)
    verbs.add_parser("upgrade", help="bring the database to the newest schema; safe to repeat").set_defaults(call=call)


def call(_arguments: argparse.Namespace) -> int:
    """Upgrade, and say to what."""
    from bot import migrations, runtime

    migrations.upgrade(runtime.current().database)
    print(f"database: at {migrations.newest()}")
    return 0
