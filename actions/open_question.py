"""Whether something was asked that waits for its answer, by the choices that stand open."""

from __future__ import annotations

import json

from actions.stores import database
from bot.conversations import choices
from bot.models import Choice

#: Choices that stand under many a text and wait for no answer, by the beginning of their payload.
_LIGHT = ("/help", "/talk_to_person", "/more", "/list_sessions", "/find_service", "/ask_")
_LIGHT_OPTIONS = frozenset({"helped", "services", "service", "session", "browse", "none", "other", "menu"})
#: What stands under the questions of a form: outside one they were answered in words ("yes is good, book").
_OF_FORMS = frozenset({"confirm", "booking", "others"})


def waits(conversation_id: str, *, besides: tuple[str, ...] = ()) -> bool:
    """Whether what is written now in a conversation may be the answer to a question of ours; `besides`: one whose
    choices do something that does not begin so.
    """
    with database().read() as db:
        rows = choices.open_choices(db, conversation_id)
    return not all(_is_light(row) or row.payload.startswith(besides) for row in rows)


def asks_if_it_helped(conversation_id: str) -> bool:
    """Whether "did that help?" is open."""
    with database().read() as db:
        rows = choices.open_choices(db, conversation_id)
    return any('"helped:' in row.payload for row in rows)


def _is_light(row: Choice) -> bool:
    if row.payload.startswith("/choose"):
        return json.loads(row.payload.removeprefix("/choose"))["option"].split(":")[0] in _LIGHT_OPTIONS | _OF_FORMS
    return row.payload.startswith(_LIGHT)
