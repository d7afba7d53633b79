"""`wellbeing train`: the language model, if something that it is made from has changed."""

from __future__ import annotations

import argparse


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("train", help="train the language model if its sources have changed")
    made.add_argument("--force", action="store_true", help="train even if nothing has changed")
    made.set_defaults(call=call)


def call(arguments: argparse.Namespace) -> int:
    """Train."""
    from bot import settings
    from bot.commands.run import NO_PROGRESS_BARS

    settings.publish(NO_PROGRESS_BARS)  # before Rasa is imported
    from bot.nlu import training

    training.train(force=arguments.force)
    return 0
