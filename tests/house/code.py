"""Reading our own code: who imports whom, who asks for the time, who commits. Each function returns sentences."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Layer → the layers it may import, itself apart. Runtime, the commands and the command line may import all.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "safety": frozenset(),
    "base": frozenset({"safety"}),
    "nlu": frozenset({"base", "safety"}),
    "dialogue": frozenset({"base", "safety"}),
    "conversations": frozenset({"base", "safety"}),
    "programme": frozenset({"base", "safety", "conversations"}),
    "content": frozenset({"base", "safety", "conversations", "programme"}),
    "gateway": frozenset({"base", "safety", "conversations"}),
    "console": frozenset({"base", "safety", "conversations", "programme", "content"}),
    "actions": frozenset({"base", "safety", "conversations", "programme", "content"}),
}
EVERYTHING = frozenset({"runtime", "commands"})

#: (module, module it imports) → why this one line may cross a layer.
SEAMS: dict[tuple[str, str], str] = {
    ("bot.gateway.scheduling", "bot.programme"): "the seam: the clock that makes offers lapse and reminders go out",
    (
        "bot.gateway.staff_answering",
        "bot.programme",
    ): "the seam: a text from a worker's phone in, the words to answer it out",
    (
        "bot.gateway.forgetting",
        "bot.dialogue.storage",
    ): "the seam: an erased conversation is taken out of Rasa's tracker, for which no Rasa is needed",
    ("bot.gateway.forgetting", "bot.programme.erasure"): "the seam: whom a backup brought back is erased again",
    ("actions.stores", "bot.runtime"): "rasa-sdk builds the actions, so they fetch what the process holds open",
    ("actions.server", "bot.runtime"): "the entry point of the action server builds its runtime",
    ("bot.console.app", "bot.dialogue.storage"): "the reader of what is filled in, built once for the console",
    ("bot.console.noted", "bot.dialogue.storage"): "what is filled in is read from Rasa's store, without Rasa",
    ("bot.console.app", "bot.runtime"): "the entry point of the console builds its runtime",
    ("bot.gateway.app", "bot.runtime"): "the entry point of the gateway builds its runtime",
    ("bot.gateway.main", "bot.runtime"): "the entry point of the gateway builds its runtime",
    ("bot.dialogue.server", "bot.nlu"): "the entry point of the Rasa server sets up what Rasa loads",
}

#: Package of somebody else's → the modules (or packages) of ours that may import it.
CONFINED: dict[str, tuple[str, ...]] = {
    "telegram": ("bot.gateway.telegram",),
    "twilio": ("bot.gateway.sms",),
    "rasa_sdk": ("actions",),
    "rasa": ("bot.nlu", "bot.dialogue"),
    "flask": ("bot.console",),
    "starlette": ("bot.gateway",),
    "alembic": ("bot.migrations",),
}

_CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


@dataclass(frozen=True)
class Module:
    """A module of ours: its dotted name and its syntax tree."""

    name: str
    tree: ast.Module
    lines: int = 0

    @classmethod
    def of(cls, name: str, source: str) -> Module:
        return cls(name, ast.parse(source), source.count("\n"))


def modules(*packages: str) -> Iterator[Module]:
    """Every module under the given top-level packages."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield Module.of(name, path.read_text(encoding="utf-8"))


def imports(module: Module) -> set[str]:
    """What a module imports, wherever in it: "bot", "bot.wording" for `from bot import wording`."""
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(name: str) -> str | None:
    """The layer that a dotted name belongs to; None when it is not ours."""
    parts = name.split(".")
    if parts[0] == "actions":
        return "actions"
    if parts[0] != "bot" or len(parts) == 1:
        return None
    if parts[1] in MAY_IMPORT and parts[1] not in ("base", "actions"):
        return parts[1]
    return {"runtime": "runtime", "cli": "commands", "commands": "commands"}.get(parts[1], "base")


def layer_problems(module: Module) -> list[str]:
    """Imports that cross the layers the wrong way."""
    own = layer(module.name)
    if own is None or own in EVERYTHING:
        return []
    found = []
    for name in sorted(imports(module)):
        other = layer(name)
        if other is None or other == own or other in MAY_IMPORT[own]:
            continue
        if any(module.name == a and (name == b or name.startswith(b + ".")) for a, b in SEAMS):
            continue
        found.append(
            f"{module.name} ({own}) imports {name} ({other}). Move what it needs down to a layer that {own} may import "
            f"({', '.join(sorted(MAY_IMPORT[own])) or 'none'}), or name the seam and its reason in tests/house/code.py."
        )
    return found


def confined_problems(module: Module) -> list[str]:
    """Packages imported outside the one place that may."""
    found = []
    for name in sorted(imports(module)):
        allowed = CONFINED.get(name.split(".")[0])
        if allowed and not any(module.name == a or module.name.startswith(a + ".") for a in allowed):
            found.append(f"{module.name} imports {name}: only {' and '.join(allowed)} may. Call that module instead.")
    return found


def foreign_problems(module: Module) -> list[str]:
    """What a standard-library-only module imports beside the standard library."""
    return [
        f"{module.name} imports {name}: the safety screen is standard library only, so that nothing can take it down."
        for name in sorted(imports(module))
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("bot.safety")
    ]


def environment_problems(module: Module) -> list[str]:
    """Reads of the process environment outside `bot.settings`."""
    if module.name == "bot.settings":
        return []
    found = [n for n in ast.walk(module.tree) if _is(n, "os", "environ") or _is(n, "os", "getenv")]
    named = {"os.environ", "os.getenv"} & imports(module)
    if not found and not named:
        return []
    return [f"{module.name} reads the environment: add the setting to bot/settings.py and take it from Settings."]


def clock_problems(module: Module) -> list[str]:
    """Reads of the wall clock outside `bot.clock` (time.monotonic is fine)."""
    if module.name == "bot.clock":
        return []
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and any(_is(node, a, b) or _ends(node, a, b) for a, b in _CLOCKS):
            found.append(f"{module.name} line {node.lineno} asks for the time: call bot.clock.now() or today().")
    if "time.time" in imports(module):
        found.append(f"{module.name} imports time.time: call bot.clock.now().")
    return found


def commit_problems(module: Module) -> list[str]:
    """Commits in functions whose caller owns the transaction."""
    return [
        f"{module.name} line {node.lineno} commits: leave that to the caller's `with database.write()`."
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]


def query_problems(module: Module) -> list[str]:
    """SQL and HTTP in an action: both belong behind one programme call."""
    found = []
    for name in sorted(imports(module)):
        top = name.split(".")[0]
        if top in ("httpx", "requests", "urllib", "aiohttp", "socket"):
            found.append(f"{module.name} imports {name}: actions make no HTTP; ask bot.programme.")
        if top == "sqlalchemy" and name != "sqlalchemy.orm.Session":
            found.append(f"{module.name} imports {name}: put the query into bot/programme and call it.")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("execute", "query", "scalars", "select"):
                found.append(f"{module.name} line {node.lineno} queries: put the query into bot/programme.")
    return found


def length_problems(module: Module, limit: int, allowed: dict[str, str]) -> list[str]:
    """Modules longer than `limit` lines that have no reason to be."""
    if module.lines <= limit or module.name in allowed:
        return []
    return [f"{module.name} has {module.lines} lines, the limit is {limit}: split it by noun."]


def _is(node: ast.AST, owner: str, attribute: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == attribute
        and isinstance(node.value, ast.Name)
        and node.value.id == owner
    )


def _ends(node: ast.Attribute, owner: str, attribute: str) -> bool:
    """`datetime.datetime.now`."""
    return node.attr == attribute and isinstance(node.value, ast.Attribute) and node.value.attr == owner


#: What a log line may not hold, by the name it has in our code.
_NOT_LOGGED = frozenset({"text", "body", "address", "words", "note", "comment", "label", "email", "title"})


def log_problems(module: Module) -> list[str]:
    """Values in log lines that may be somebody's words, number or name. Ids and codes are fine."""
    found = []
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        if not (isinstance(owner, ast.Name) and owner.id in ("log", "logger", "logging", "LOG")):
            continue
        if node.func.attr not in ("debug", "info", "warning", "error", "exception", "critical"):
            continue
        for argument in node.args:
            if isinstance(argument, ast.JoinedStr):
                found.append(f"{module.name} line {node.lineno} logs an f-string: pass ids as arguments.")
            for leaf in ast.walk(argument):
                named = leaf.attr if isinstance(leaf, ast.Attribute) else getattr(leaf, "id", None)
                if named in _NOT_LOGGED:
                    found.append(f"{module.name} line {node.lineno} logs `{named}`: log an id instead.")
    return found
