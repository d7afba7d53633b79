"""`wellbeing labels export`: what staff have labelled and approved, as training data for data/nlu and data/answers."""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("labels", help="messages that staff have labelled")
    verbs = made.add_subparsers(metavar="VERB", required=True)
    export = verbs.add_parser("export", help="write what two of the staff have approved as training data")
    export.add_argument("--out", type=Path, default=Path("data/nlu/labelled.yml"), metavar="FILE")
    export.add_argument("--answers", type=Path, default=Path("labelled_answers.yml"), metavar="FILE")
    export.set_defaults(call=call)


def call(arguments: argparse.Namespace) -> int:
    """Write the two files, and say how many messages are in them."""
    from bot import runtime
    from bot.conversations import labels

    with runtime.current().database.read() as db:
        plain, answers = parts(labels.approved(db))
    _write(arguments.out, plain)
    _write(arguments.answers, answers)
    print(f"labels: {_count(plain)} for {arguments.out}, {_count(answers)} in {arguments.answers}")
    print("Read them once more, paste those for answers into data/answers, then run: wellbeing train")
    return 0


def parts(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    """The labels of plain intents as Rasa reads them, and the ways of asking for answers ("topic/key") as our bank
    writes them.
    """
    by_meaning: dict[str, list[str]] = defaultdict(list)
    for words, meaning in pairs:
        by_meaning[meaning].append(" ".join(words.split()).replace("[", "(").replace("]", ")"))
    plain = [
        f"- intent: {meaning}\n  examples: |\n" + "".join(f"    - {words}\n" for words in found)
        for meaning, found in by_meaning.items()
        if "/" not in meaning
    ]
    asks = [
        f"# {meaning}\n" + "".join(f"      - {_quoted(words)}\n" for words in found)
        for meaning, found in by_meaning.items()
        if "/" in meaning
    ]
    return ('version: "3.1"\n\nnlu:\n' + "".join(plain)) if plain else "", "".join(asks)


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(path: Path, text: str) -> None:
    if text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _count(text: str) -> int:
    return sum(line.startswith(("    - ", "      - ")) for line in text.splitlines())
