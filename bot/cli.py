"""The `wellbeing` command. Each sub-command is a module in `bot.commands`; this file only finds the right one."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from bot.settings import SettingsError

#: In the order of the help text: what one needs first comes first.
COMMANDS = (
    "run", "chat", "train", "db", "seed", "staff", "understand", "content", "labels", "erase",
    "backup", "restore", "doctor",
)  # fmt: skip
#: Exit status for a mistake in the settings, so that whoever started us does not start us again and again.
SETTINGS_WRONG = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parsed = parser().parse_args(arguments)
    try:
        return parsed.call(parsed) or 0
    except SettingsError as error:
        print(error, file=sys.stderr)
        return SETTINGS_WRONG
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader (head, less) has gone
        sys.stderr.close()
        return 0


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    made = argparse.ArgumentParser(prog="wellbeing", description="The text assistant of the wellbeing programme.")
    commands = made.add_subparsers(metavar="COMMAND", required=True)
    for name in COMMANDS:
        # Cheap: the modules import what is heavy only when they are called.
        importlib.import_module(f"bot.commands.{name}").register(commands)
    return made


if __name__ == "__main__":
    sys.exit(main())
