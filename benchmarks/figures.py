"""Figures that the docs show: printed by the benchmarks, and with `--keep` written by them into their page in docs/."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
#: Set by `python -m benchmarks --keep`.
keeping = False


def keep(name: str, lines: list[str], page: str = "road.md") -> None:
    """Put `lines` in the place of what `page` says under `name`, if asked to."""
    if not keeping:
        return
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    # Who shares the machine shares the time: a load above the number of cores makes every figure worse.
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[2]:.1f}, {date.today():%d %B %Y}"
    block = "\n".join([begin, f"Measured on a machine with {machine}:", "", *(f"- {line}" for line in lines), end])
    text = (DOCS / page).read_text(encoding="utf-8")
    made, times = re.subn(re.escape(begin) + ".*?" + re.escape(end), lambda _: block, text, flags=re.DOTALL)
    if times != 1:
        raise ValueError(f"docs/{page} has no place for {name}")
    (DOCS / page).write_text(made, encoding="utf-8")
