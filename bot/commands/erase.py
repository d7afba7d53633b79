"""`wellbeing erase KT-4821`: a person, everywhere, for whoever runs the machine when the console cannot be used."""

from __future__ import annotations

import argparse
import sys


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("erase", help="erase a person everywhere; asks first")
    who = made.add_mutually_exclusive_group(required=True)
    who.add_argument("reference", nargs="?", help="their reference, KT-4821; it stands on their page")
    # Never an argument: what is typed here is kept by the shell, and the list of processes is for everybody to read.
    who.add_argument("--number-stdin", action="store_true", help="read their phone number from standard input instead")
    made.add_argument("--reason", required=True, help="asked, over, mistake or died")
    made.set_defaults(call=call)


def call(arguments: argparse.Namespace) -> int:
    """Say what goes, ask, and erase; 1 with a sentence when nobody was erased."""
    from bot import clock, runtime
    from bot.programme import erasure, references

    held = runtime.current()
    try:
        typed = _typed("Their number: ") if arguments.number_stdin else arguments.reference
        with held.database.write() as db:
            person = _find(db, typed, by_number=arguments.number_stdin)
            reference, found = references.of(db, person), erasure.preview(db, person)
            person_id = person.id
        _tell(found)
        if found.why_not is not None:
            raise erasure.Wrong(found.why_not)
        if _typed(f"This cannot be undone. To erase them, type {reference}: ").upper() != reference:
            print("Nobody was erased.", file=sys.stderr)
            return 1
        with held.database.write() as db:
            erasure.erase(
                db, person_id, reason=arguments.reason, seen=found.seen, minded=True, by_staff=None, at=clock.now()
            )
    except (erasure.Wrong, LookupError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"erase: {reference} is gone: {found.total} records")
    _forget_turns(held)
    return 0


def _find(db, typed: str, *, by_number: bool):
    """The one who is meant. LookupError, with a sentence that does not quote what was typed."""
    from bot.programme import people, references

    if by_number:
        found = people.find(db, typed) if any(sign.isdigit() for sign in typed) else []
        if len(found) > 1:
            raise LookupError("More than one person is known by this number. Use a reference.")
        person = found[0] if found else None
    else:
        reference, _ = references.read(typed)
        person = references.find(db, reference) if reference else None
    if person is None:
        raise LookupError("There is nobody by that.")
    return person


def _tell(found) -> None:
    print(f"What goes: {found.total} records")
    for table, number in found.rows.items():
        if number:
            print(f"  {table:20}{number}")
    if found.stopped:
        print(f"What stays: that {found.stopped} of their numbers said STOP, as a code that cannot be read back.")
    for sentence in found.mind:
        print(f"See to this first: {sentence}")


def _forget_turns(held) -> None:
    """The gateway does this too, and again; here it is done at once where it can be."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot import clock
    from bot.gateway import forgetting

    try:
        forgetting.forget_turns(held.database, held.settings.tracker_url, clock.now())
    except SQLAlchemyError as error:
        print(f"Rasa's tracker follows once the gateway runs ({type(error).__name__}).", file=sys.stderr)


def _typed(question: str) -> str:
    print(question, end="", flush=True)
    return sys.stdin.readline().strip()
