"""`wellbeing seed`: topics, services and answers from data/ into the database; sample sessions in demo mode."""

from __future__ import annotations

import argparse


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("seed", help="bring topics, services and answers in the database up to data/")
    made.set_defaults(call=call)


def call(_arguments: argparse.Namespace) -> int:
    """Seed, and say what was added."""
    from bot import clock, runtime
    from bot.programme import samples, seeds

    built = runtime.current()
    with built.database.write() as db:
        added = seeds.seed(db, demo=built.settings.demo, today=clock.today())
        added["sample registers"] = samples.begun(db, clock.now()) if built.settings.demo else 0
    print("seed: " + (", ".join(f"{n} {what} added" for what, n in added.items() if n) or "nothing new"))
    return 0
