"""Checks what an action answers against Rasa's schema, with the schema itself read once.

Rasa checks the schema anew for every action that it runs, which takes six times as long as checking the answer, and
more than all the rest of a turn. Its error also quotes the answer, words of the person and all: ours says where it is
wrong.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any


def check_once() -> None:
    """Let every action of Rasa's be checked by `check`. To be called before the first turn."""
    from rasa.core.actions.action import RemoteAction

    RemoteAction._validate_action_result = lambda _action, result: check(result)


def check(result: Any) -> bool:
    """True where `result` is as Rasa wants an action's answer; ValidationError, which quotes nothing of it, if not."""
    from jsonschema import ValidationError

    error = next(_validator().iter_errors(result), None)
    if error is None:
        return True
    where = "/".join(str(part) for part in error.absolute_path) or "the whole"
    raise ValidationError(f"an action's answer is not as it should be at {where}: {error.validator}")


@lru_cache(maxsize=1)
def _validator() -> Any:
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)
