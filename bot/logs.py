"""Logging that cannot tell what people wrote: our own sentences in full, of any other record only where it is from.

Rasa puts messages, slots and trackers into its log records, at WARNING too (an unknown "/greet i feel awful" is printed
whole). So a record of a library is written as the place in the code that made it; the place is what finds the fault.
An exception is written as its type and its frames, without its message: that may quote a row or a request.
"""

from __future__ import annotations

import logging
import sys
import traceback
import warnings

#: Loggers whose sentences we write ourselves: ids only, a house rule.
OURS = ("bot", "actions", "wellbeing")


class PlacesOnly(logging.Formatter):
    """Formats our records in full and everybody else's as "logger file:line"."""

    def format(self, record: logging.LogRecord) -> str:
        time = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        ours = record.name.split(".")[0] in OURS
        said = record.getMessage() if ours else f"({record.filename}:{record.lineno})"
        lines = [f"{time} {record.levelname} {record.name} {said}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines.append(describe(record.exc_info[1]))
        return "\n".join(lines)


def describe(error: BaseException) -> str:
    """The types and frames of `error` and of what caused it, innermost last, without their messages."""
    lines = []
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    for link in reversed(chain):
        lines.append(f"  {type(link).__module__}.{type(link).__name__}")
        for frame in traceback.extract_tb(link.__traceback__)[-6:]:
            lines.append(f"    {frame.filename}:{frame.lineno} in {frame.name}")
    return "\n".join(lines)


def configure(level: int = logging.INFO) -> None:
    """Send our records from `level`, and the warnings of libraries, to standard error in the safe format.

    Call it again after importing a library that sets up logging by itself: it replaces what it finds.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlacesOnly())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if isinstance(logger, logging.Logger) and name.split(".")[0] not in OURS:
            # Handlers of their own would print what the root's does not; their levels would let DEBUG pass.
            logger.handlers[:] = []
            logger.propagate = True
            logger.setLevel(max(logger.level, logging.WARNING))
    logging.raiseExceptions = False  # a failing handler prints the record's arguments
    warnings.showwarning = _show_warning


def _show_warning(message, category, filename, lineno, file=None, line=None) -> None:
    if issubclass(category, (DeprecationWarning, PendingDeprecationWarning, FutureWarning)):
        return  # the libraries are pinned: there is nothing that we could do about it
    logging.getLogger("bot.warnings").info("%s at %s:%s", category.__name__, filename, lineno)
