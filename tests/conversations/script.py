"""The small language of the conversation files, read and checked. README.md beside this describes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot import yamlfile

HERE = Path(__file__).parent
CHANNELS = ("sms", "telegram")
_TOP = {"does", "channels", "given", "talk", "then"}
_GIVEN = {"now", "sessions", "mine", "facts", "order_over", "staff_has_it", "stopped"}
_BOT = {"says", "never", "choices", "no_choices", "first", "last", "texts"}
_THEN = {"bookings", "handoffs", "feedback", "shown", "stopped", "form", "taken", "ended", "helped", "went"}
_ACTS = ("me", "staff", "others", "later")
_BESIDE = {"bot", "means", "silence", "breaks"}


class BadScript(ValueError):
    """A file says something that the language does not have."""


@dataclass(frozen=True)
class Step:
    """One thing that happens, and what the person then reads."""

    #: me | staff | others | later
    actor: str
    act: Any
    bot: dict[str, Any] = field(default_factory=dict)
    means: str | None = None
    silence: bool = False
    breaks: bool = False


@dataclass(frozen=True)
class Script:
    """One file."""

    name: str
    does: str
    channels: tuple[str, ...]
    given: dict[str, Any]
    talk: tuple[Step, ...]
    then: dict[str, Any]


def every() -> list[Script]:
    """All scripts, by path."""
    return [read(path) for path in sorted(HERE.glob("*/*.yml"))]


def read(path: Path) -> Script:
    """The script in a file. BadScript, naming the file, for anything that the language does not have."""
    name = path.relative_to(HERE).with_suffix("").as_posix()
    try:
        tree = yamlfile.read(path)
        _only(tree, _TOP, "a file")
        _only(tree.get("given") or {}, _GIVEN, "given")
        _only(tree.get("then") or {}, _THEN, "then")
        return Script(
            name=name,
            does=tree["does"],
            channels=tuple(tree.get("channels") or CHANNELS),
            given=tree.get("given") or {},
            talk=tuple(_step(row) for row in tree["talk"]),
            then=tree.get("then") or {},
        )
    except (BadScript, KeyError, yaml.YAMLError) as error:
        raise BadScript(f"{name}: {error}") from error


def _step(row: dict[str, Any]) -> Step:
    actors = [a for a in _ACTS if a in row]
    if len(actors) != 1:
        raise BadScript(f"a step has one of {', '.join(_ACTS)}: {row}")
    _only(row, _BESIDE | {actors[0]}, "a step")
    _only(row.get("bot") or {}, _BOT, "bot")
    return Step(
        actor=actors[0],
        act=row[actors[0]],
        bot=row.get("bot") or {},
        means=row.get("means"),
        silence=bool(row.get("silence")),
        breaks=bool(row.get("breaks")),
    )


def _only(tree: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := set(tree) - known:
        raise BadScript(f"{where} has no {', '.join(sorted(unknown))}")
