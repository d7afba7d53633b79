"""The composition root: builds everything once, from settings. Processes and tests start here."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from bot import crypto
from bot import settings as settings_module
from bot.db import Database
from bot.settings import Settings


@dataclass(frozen=True)
class Runtime:
    """What a process of ours holds open: its settings and its database."""

    settings: Settings
    database: Database


def build(settings: Settings) -> Runtime:
    """A runtime for `settings`; installs their keys as the process's keys. Opens no connection yet."""
    crypto.use(settings.secret_keys)
    return Runtime(settings, Database(settings.database_url))


@functools.lru_cache(maxsize=1)
def current() -> Runtime:
    """The process's runtime, built from the environment on first use. `install` replaces it (tests)."""
    return _installed or build(settings_module.load())


_installed: Runtime | None = None


def install(runtime: Runtime | None) -> None:
    """Make `runtime` the one that `current` returns; None goes back to the environment."""
    global _installed
    _installed = runtime
    current.cache_clear()
