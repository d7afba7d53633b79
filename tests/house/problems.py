"""What every test of the house says it with."""

from __future__ import annotations

from tests.house.code import Module


def bad(source: str, name: str = "bot.programme.example") -> Module:
    return Module.of(name, source)


def none(problems) -> None:
    """Fail with every problem on a line of its own."""
    problems = list(problems)
    assert not problems, "\n" + "\n".join(problems)
