"""`wellbeing understand`: what the assistant makes of messages, one JSON object a line. Needs no running server."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("understand", help="say what the assistant makes of a message")
    made.add_argument("text", nargs="*", help="messages")
    made.add_argument("--csv", type=Path, metavar="FILE", help="a CSV file with a column called text")
    made.add_argument("--why", action="store_true", help="add the words that the screen's learnt list weighed")
    made.set_defaults(call=call)


def call(arguments: argparse.Namespace) -> int:
    """Read the messages; 1 with a sentence when there is nothing to read them with."""
    if not arguments.text and not arguments.csv:
        print("Give a message, or --csv FILE.", file=sys.stderr)
        return 1
    from bot.nlu import training
    from bot.nlu.understanding import Understander

    try:
        texts = [*arguments.text, *(_column(arguments.csv) if arguments.csv else ())]
        training.verify()
        understander = Understander.load(training.MODEL)
    except (training.ModelError, OSError, KeyError) as error:
        print(error.args[0] if isinstance(error, KeyError) else error, file=sys.stderr)
        return 1
    for text in texts:
        found = understander.understand(text)
        if arguments.why:
            found |= _why(text)
        print(json.dumps(found, ensure_ascii=False), flush=True)
    return 0


def _why(text: str) -> dict:
    """The weight of a text in the screen's learnt list, and the pieces that spoke loudest for (+) or against danger."""
    from bot.safety import learnt
    from bot.safety.screen import spelt

    plain = spelt(text)
    weight, from_here = learnt.heaviest(plain)[0] / 100, learnt.LEARNT.asks / 100
    points = {piece: number / 100 for piece, number in learnt.why(plain)}
    return {"list": {"weight": weight, "asks_from": from_here, "points": points}}


def _column(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if "text" not in (rows.fieldnames or ()):
            raise KeyError(f"{path.name} has no column called text.")
        yield from (row["text"] or "" for row in rows)
