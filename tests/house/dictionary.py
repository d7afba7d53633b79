"""The data dictionary: docs/data.md, made from the models' columns and the reasons written beside them in it.

`python -m tests.house.dictionary` adds new columns to the page, without a reason; a test fails until they have one.
"""

from __future__ import annotations

import re

from bot.db import Base, Encrypted
from bot.models import Message  # noqa: F401  (loads the tables)
from tests.house.code import ROOT

PAGE = ROOT / "docs" / "data.md"
_ROW = re.compile(r"\| `(?P<column>\w+)` \| (?P<kind>[^|]+) \| (?P<why>[^|]*) \|")


def kind_of(column) -> str:
    """How a column is kept: "encrypted text", "text", "moment" ..."""
    if isinstance(column.type, Encrypted):
        return "encrypted text"
    if column.foreign_keys:
        return f"id of {next(iter(column.foreign_keys)).column.table.name}"
    names = {
        "String": "text",
        "Text": "text",
        "Integer": "number",
        "Boolean": "yes or no",
        "JSON": "list",
        "Moment": "time",
        "Date": "day",
    }
    return names[type(column.type).__name__]


def columns() -> dict[str, dict[str, str]]:
    """Table → column → kind."""
    return {
        table.name: {column.name: kind_of(column) for column in table.columns}
        for table in sorted(Base.metadata.tables.values(), key=lambda t: t.name)
    }


def written(text: str) -> dict[str, dict[str, tuple[str, str]]]:
    """Table → column → (kind, why), as the page has it."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for part in re.split(r"(?m)^## ", text)[1:]:
        rows = {m["column"]: (m["kind"].strip(), m["why"].strip()) for m in _ROW.finditer(part)}
        found[part.splitlines()[0].strip()] = rows
    return found


def problems(text: str) -> list[str]:
    """What the page lacks, has too much, or says otherwise than the models."""
    page, found = written(text), []
    for table, kinds in columns().items():
        rows = page.get(table, {})
        for column, kind in kinds.items():
            if column not in rows:
                found.append(f"{table}.{column} is not in docs/data.md: run `python -m tests.house.dictionary`.")
            elif rows[column][0] != kind:
                found.append(f"{table}.{column} is {kind}, docs/data.md says {rows[column][0]}.")
            elif not rows[column][1]:
                found.append(f"{table}.{column} has no reason in docs/data.md: say why it is kept, or do not keep it.")
        found += [f"docs/data.md has {table}.{c}, which is gone." for c in rows if c not in kinds]
    found += [f"docs/data.md has a table {t}, which is gone." for t in page if t not in columns()]
    return found


def page(before: str) -> str:
    """The page with every column in it, keeping what is written."""
    intro, old = before.split("\n## ")[0].rstrip(), written(before)
    about = {
        part.splitlines()[0].strip(): part.split("\n\n")[1].strip()
        for part in re.split(r"(?m)^## ", before)[1:]
        if len(part.split("\n\n")) > 2
    }
    parts = [intro]
    for table, kinds in columns().items():
        rows = [f"| `{c}` | {kind} | {old.get(table, {}).get(c, ('', ''))[1]} |" for c, kind in kinds.items()]
        lines = [
            f"## {table}",
            about.get(table, ""),
            "\n".join(["| Field | Kept as | What for |", "| --- | --- | --- |", *rows]),
        ]
        parts.append("\n\n".join(filter(None, lines)))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# What is stored"), encoding="utf-8")
