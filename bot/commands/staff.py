"""`wellbeing staff add` and `wellbeing staff reset`: accounts of the console, for whoever runs the machine."""

from __future__ import annotations

import argparse
import getpass
import sys


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("staff", help="accounts of staff")
    verbs = made.add_subparsers(metavar="VERB", required=True)
    add = verbs.add_parser("add", help="add an account for the console")
    add.add_argument("--email", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, help="worker, coordinator, supervisor, analyst, editor or admin")
    # Never an argument: the list of processes is for everybody to read.
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add.set_defaults(call=call)
    again = verbs.add_parser("reset", help="a one-time code for a new password, and the second factor off")
    again.add_argument("--email", required=True)
    again.set_defaults(call=reset)


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


def reset(arguments: argparse.Namespace) -> int:
    """Take the second factor off and print a one-time code for /join: when no administrator can get in."""
    from bot import audit, runtime
    from bot.console import accounts, second_factor

    with runtime.current().database.write() as db:
        staff = accounts.find(db, arguments.email)
        if staff is None:
            print("There is no account with this e-mail address.", file=sys.stderr)
            return 1
        second_factor.remove(db, staff.id)
        audit.record(db, audit.SYSTEM, "staff.second_factor_removed", f"staff:{staff.id}")
        code = accounts.new_code(db, audit.SYSTEM, staff.id)
    days = accounts.INVITE_LIFE.days
    print(f"staff: at /join, {staff.email} chooses a password with the code {code} within {days} days")
    return 0
