"""Reading the checkout: what is tracked, and what may not be in it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.house.code import ROOT

# Put together here, so that this file does not hold what it looks for.
_FORBIDDEN: tuple[tuple[str, str], ...] = (
    (r"(?<![\w.)}-])/" + r"(?:work|home|root|Users)/\w", "a path of somebody's machine"),
    (r"\b(?:pypi\.org|files\.python" + r"hosted\.org|registry\.npm" + r"js\.org)\b", "a package registry"),
    (r"--(?:extra-)?index" + r"-url", "a package index"),
    (r"\bTO" + r"DO\b|\bFIX" + r"ME\b|\bXX" + r"X\b", "something left to do"),
    (r"\bNotImpl" + r"ementedError\b", "something that is not there yet"),
)
_BINARY = {".png", ".jpg", ".ico", ".woff2", ".npy", ".onnx", ".gz", ".db", ".ogg", ".mp3"}


def tracked() -> Iterator[Path]:
    """The files of the checkout that git tracks; every file of ours where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, timeout=30
        ).stdout.decode()
        paths = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.SubprocessError):
        skipped = {".venv", ".git", "var", "__pycache__", ".pytest_cache", ".ruff_cache"}
        paths = [p for p in ROOT.rglob("*") if p.is_file() and not skipped & set(p.relative_to(ROOT).parts)]
    yield from (p for p in paths if p.is_file() and p.suffix not in _BINARY)


def forbidden(text: str) -> list[str]:
    """What of a file's text may not be in the checkout."""
    found = []
    for pattern, what in _FORBIDDEN:
        for match in re.finditer(pattern, text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"line {line}: {what} ({match.group(0)!r})")
    return found


def lock_problems(text: str) -> list[str]:
    """What a pinned list of packages lacks: a hash for each, and nobody's index in it."""
    found = [f"names an index: {line}" for line in text.splitlines() if re.match(r"\s*(--|-i\b|-f\b)(?!hash)", line)]
    entries = re.split(r"(?m)^(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", text))
    for entry in filter(str.strip, entries):
        name = entry.split()[0]
        if "==" not in name and " @ " not in entry:
            found.append(f"{name} is not pinned: compile the lock again.")
        if "--hash=sha256:" not in entry:
            found.append(f"{name} has no hash: compile the lock with --generate-hashes.")
    return found
