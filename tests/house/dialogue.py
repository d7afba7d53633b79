"""Reading the dialogue: what actions say, which of them write, what rules and domain promise each other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from bot import yamlfile
from tests.house.code import ROOT, Module

#: Intents that are only ever the payload of a choice, or Rasa's own: nobody types them, so nothing is learnt for them.
PAYLOAD_ONLY = frozenset({"choose", "accept_offer", "decline_offer", "confirm_coming", "nlu_fallback"})
#: Intents of the label guide that no file teaches because the answer bank does.
FROM_THE_BANK = "ask_"


def domain() -> dict:
    return yamlfile.read(ROOT / "domain.yml")


def rules() -> list[dict]:
    """Every rule of data/rules."""
    files = sorted((ROOT / "data" / "rules").glob("*.yml"))
    return [rule for path in files for rule in yamlfile.read(path)["rules"]]


def taught_intents() -> set[str]:
    """The intents with examples in data/nlu or in the answer bank."""
    found = set()
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for row in yamlfile.read(path)["nlu"]:
            if "intent" in row and row.get("examples", "").strip():
                found.add(row["intent"])
    return found | {f"ask_{path.stem}" for path in (ROOT / "data" / "answers").glob("*.yml")}


def intent_names(tree: dict) -> set[str]:
    return {next(iter(i)) if isinstance(i, dict) else i for i in tree["intents"]}


# --- what actions say ----------------------------------------------------------------------


def said(modules: Iterable[Module]) -> tuple[dict[str, str], list[str]]:
    """What `.say(...)` is called with: names (with where), and patterns of those that are put together.

    Only Speech.say counts: its first argument is a name. Messages and wording have a `say` of their own.
    """
    names: dict[str, str] = {}
    patterns: list[str] = []
    for module in modules:
        for call in _say_calls(module.tree):
            for node in _leaves(call.args[0]):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    names[node.value] = f"{module.name} line {node.lineno}"
                elif isinstance(node, ast.JoinedStr):
                    parts = [re.escape(v.value) if isinstance(v, ast.Constant) else ".+" for v in node.values]
                    patterns.append("".join(parts))
    return names, patterns


def _say_calls(tree: ast.AST) -> Iterable[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "say"
            and node.args
        ):
            owner = node.func.value
            if (isinstance(owner, ast.Name) and owner.id == "speech") or isinstance(owner, ast.Call):
                yield node


def _leaves(node: ast.expr) -> Iterable[ast.expr]:
    """The values an expression may have: both arms of an `a if x else b`."""
    if isinstance(node, ast.IfExp):
        yield from _leaves(node.body)
        yield from _leaves(node.orelse)
    else:
        yield node


def string_constants(modules: Iterable[Module]) -> set[str]:
    return {
        node.value
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def unknown_utterances(modules: list[Module], responses: Iterable[str]) -> list[str]:
    """Names that an action says and the domain lacks."""
    known = {name.removeprefix("utter_") for name in responses}
    names, patterns = said(modules)
    found = [f'{where} says "{n}": write utter_{n} into domain.yml.' for n, where in names.items() if n not in known]
    for pattern in patterns:
        if not any(re.fullmatch(pattern, name) for name in known):
            found.append(f'An action says "{pattern}": nothing in domain.yml is called utter_{pattern}.')
    return found


def unused_utterances(modules: list[Module], responses: Iterable[str]) -> list[str]:
    """Responses of the domain that no action can say."""
    constants = string_constants(modules)
    _, patterns = said(modules)
    found = []
    for name in sorted(n.removeprefix("utter_") for n in responses):
        if name not in constants and not any(re.fullmatch(pattern, name) for pattern in patterns):
            found.append(f"utter_{name} is said by no action: remove it from domain.yml.")
    return found


def literal_choices(modules: Iterable[Module]) -> dict[str, list[str]]:
    """Sentence → the labels of the choices written out beside it (those from the database are not here)."""
    found: dict[str, list[str]] = {}
    for module in modules:
        lists = {
            target.id: node.value
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name) and node.value is not None
        }
        for call in _say_calls(module.tree):
            if len(call.args) < 2:
                continue
            labels = _labels(call.args[1], lists)
            for leaf in _leaves(call.args[0]):
                if isinstance(leaf, ast.Constant) and labels:
                    found[leaf.value] = max(found.get(leaf.value, []), labels, key=lambda x: sum(map(len, x)))
    return found


def _labels(node: ast.expr, lists: dict[str, ast.expr]) -> list[str]:
    if isinstance(node, ast.Name) and node.id in lists:
        node = lists[node.id]
    labels = []
    for pair in getattr(node, "elts", ()):
        if isinstance(pair, ast.Tuple) and pair.elts and isinstance(pair.elts[0], ast.Constant):
            labels.append(str(pair.elts[0].value))
    return labels


def labels_in(modules: Iterable[Module]) -> dict[str, str]:
    """Every label of a choice written out in an action → where: the first of a pair whose second is a payload."""
    found = {}
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant):
                first, second = node.elts
                payload = isinstance(second, ast.Constant) and str(second.value).startswith("/")
                ours = isinstance(second, ast.Call) and getattr(second.func, "id", "") in ("option", "intent_payload")
                named = isinstance(second, ast.Name) and second.id.isupper()
                if isinstance(first.value, str) and (payload or ours or named):
                    found[first.value] = f"{module.name} line {node.lineno}"
    return found


# --- what actions write --------------------------------------------------------------------


def action_names(modules: Iterable[Module]) -> dict[str, str]:
    """Name of an action → the class that has it."""
    found = {}
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and (name := _action_name(node)):
                found[name] = f"{module.name}.{node.name}"
    return found


def _action_name(node: ast.ClassDef) -> str | None:
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant) and statement.value.value:
            if getattr(statement.targets[0], "id", "") == "action_name":
                return statement.value.value
    return None


def writing_actions(modules: list[Module]) -> set[str]:
    """Actions that open a writing transaction, themselves or through a function of another action module."""
    calls: dict[str, set[str]] = {}
    writers: set[str] = set()
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                called = {
                    getattr(c.func, "id", getattr(c.func, "attr", ""))
                    for c in ast.walk(node)
                    if isinstance(c, ast.Call)
                }
                calls.setdefault(node.name, set()).update(called)
                if "write" in called:
                    writers.add(node.name)
    writers -= {"_bring_a_person", "_guarded", "TurnAction"}  # what every action does when it breaks down
    while grown := {name for name, called in calls.items() if called & writers} - writers - {"TurnAction"}:
        writers |= grown
    return {name for name, where in action_names(modules).items() if where.rsplit(".", 1)[1] in writers}


def rule_problems(rule: dict, writing: set[str]) -> list[str]:
    """What a rule may not do: speak for an action, or go on after one that writes."""
    found, wrote = [], None
    for step in rule["steps"]:
        action = step.get("action")
        if action is None:
            continue
        if action.startswith("utter_"):
            found.append(f"rule {rule['rule']!r} says {action}: let the action before it speak.")
        if wrote:
            found.append(
                f"rule {rule['rule']!r} goes on with {action} after {wrote}, which writes: when the write fails Rasa "
                "carries on, so nothing may come after it. Let the action that writes speak."
            )
        if action in writing:
            wrote = action
    return found


def intents_without_a_way(tree: dict, all_rules: list[dict]) -> list[str]:
    answered = {step["intent"] for rule in all_rules for step in rule["steps"] if "intent" in step}
    return [f"{i} has no rule: add one to data/rules." for i in sorted(intent_names(tree) - answered)]


def lists_of_labels(modules: Iterable[Module]) -> dict[str, list[str]]:
    """Name of a list of choices (MENU, SCORES) → its labels."""
    found = {}
    for module in modules:
        for node in ast.walk(module.tree):
            target = node.target if isinstance(node, ast.AnnAssign) else None
            if isinstance(node, ast.Assign):
                target = node.targets[0]
            if isinstance(target, ast.Name) and node.value is not None and (labels := _labels(node.value, {})):
                found[target.id] = labels
    return found
