"""`wellbeing doctor`: what is right and what is wrong, in plain words, and what to do about it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

OK, WRONG, MISSING, NOTE = "OK", "WRONG", "MISSING", "NOTE"


@dataclass(frozen=True)
class Finding:
    """One check: how it went, what was looked at, and what to do if it is not right."""

    state: str
    what: str
    do: str = ""


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("doctor", help="look everything over, and say what to do about what is wrong")
    made.set_defaults(call=call)


def call(_arguments: argparse.Namespace) -> int:
    """Print every finding; 1 if anything is wrong or missing."""
    bad = 0
    for finding in findings():
        bad += finding.state in (WRONG, MISSING)
        print(f"{finding.state:8}{finding.what}", flush=True)
        if finding.do:
            print(f"        → {finding.do}", flush=True)
    print("Everything is right." if not bad else f"{bad} thing{'s' if bad > 1 else ''} to see to.")
    return 1 if bad else 0


def findings() -> Iterator[Finding]:
    """Every check, one after the other. One that cannot be made is a finding too, and the others go on."""
    from bot import settings
    from bot.commands import checks

    yield checks.python_version()
    try:
        loaded = settings.load()
    except settings.SettingsError as error:
        for sentence in str(error).splitlines():
            yield Finding(WRONG, f"settings: {sentence}", "Correct it in .env or in the environment.")
        return
    yield Finding(OK, "settings")
    for check in checks.ALL:
        try:
            yield from check(loaded)
        except Exception as error:  # noqa: BLE001  a doctor that falls over helps nobody
            name = check.__name__.replace("_", " ")
            yield Finding(WRONG, f"{name}: could not be checked ({type(error).__name__})", "See the log, or ask.")
