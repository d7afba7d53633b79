"""`wellbeing staff add`: an account for the console."""

from __future__ import annotations

import argparse
import getpass
import sys


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("staff", help="accounts of staff")
    add = made.add_subparsers(metavar="VERB", required=True).add_parser("add", help="add an account for the console")
    add.add_argument("--email", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, help="worker, coordinator, supervisor or admin")
    # Never an argument: the list of processes is for everybody to read.
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add.set_defaults(call=call)


def call(arguments: argparse.Namespace) -> int:
    """Add the account; 1 with a sentence when it cannot be added."""
    from bot import runtime
    from bot.console import accounts

    if arguments.password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("The same again: "):
            print("The two are not the same.", file=sys.stderr)
            return 1
    try:
        with runtime.current().database.write() as db:
            staff = accounts.add(
                db, email=arguments.email, name=arguments.name, role=arguments.role, password=password
            )
            print(f"staff: {staff.email} added as {staff.role}")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
