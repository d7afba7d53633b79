"""`wellbeing content check`: everything that a participant can read, looked at before it is shown."""

from __future__ import annotations

import argparse


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("content", help="the words that participants read")
    verbs = made.add_subparsers(metavar="VERB", required=True)
    verbs.add_parser("check", help="check reading age, length, characters, sources").set_defaults(call=call)


def call(_arguments: argparse.Namespace) -> int:
    """Print what is wrong, a line each; 1 if there is anything."""
    from bot import content

    found = content.check_all()
    print("\n".join(found) or "content: no problems")
    return 1 if found else 0
