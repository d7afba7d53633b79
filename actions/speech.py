"""How an action speaks: fixed sentences by name, other texts as they are, and choices under them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence

from rasa_sdk.executor import CollectingDispatcher

from bot import crisis, safety

#: (label, payload): what can be picked.
Pair = tuple[str, str]
#: The way to a person, and the way back to everything, as they stand under many a sentence.
PERSON: Pair = ("Talk to a person", "/talk_to_person")
TO_MENU: Pair = ("Menu", "/help")

#: Characters of a choice: more would take the choices past a text.
_LABEL = 60


def label(question: str) -> str:
    """A question as a choice: a long one ends at a word."""
    return textwrap.shorten(question, _LABEL, placeholder="...")


def option(kind: str, *parts: object) -> str:
    """The payload of a choice that is ours to read: "session:12" inside `/choose`."""
    return "/choose" + json.dumps({"option": ":".join([kind, *(str(p) for p in parts)])})


def intent_payload(intent: str, **entities: object) -> str:
    """The payload of a choice that is an intent, with entities."""
    return f"/{intent}" + (json.dumps({k: str(v) for k, v in entities.items()}) if entities else "")


class Speech:
    """Says things through Rasa: fixed sentences by name (`utter_...` in domain.yml), other texts as they are."""

    def __init__(self, dispatcher: CollectingDispatcher):
        self._dispatcher = dispatcher

    def say(self, name: str, choices: Sequence[Pair] = (), *, understood: bool = True, **facts: object) -> None:
        """Say `utter_<name>` with its facts filled in and `choices` under it."""
        self._dispatcher.utter_message(
            response=f"utter_{name}",
            buttons=_buttons(choices),
            json_message=None if understood else {"understood": False},
            **{key: str(value) for key, value in facts.items()},
        )

    def say_text(
        self, text: str, choices: Sequence[Pair] = (), *, purpose: str = "reply", understood: bool = True
    ) -> None:
        """Say a text that is content of the database (an answer, a service) or was filled in already."""
        extra: dict[str, object] = {} if purpose == "reply" else {"purpose": purpose}
        extra |= {} if understood else {"understood": False}
        self._dispatcher.utter_message(text=text, buttons=_buttons(choices), json_message=extra or None)

    def danger(self, verdict: safety.Verdict, when: str, on_call: bool | None = False) -> None:
        """The words for danger; under the last of them the answers, where something is asked."""
        self.danger_words(verdict, crisis.replies(verdict, when=when, on_call=on_call))

    def danger_words(self, verdict: safety.Verdict, words: Sequence[str]) -> None:
        """`words` for danger; under the last of them the answers, where something is asked."""
        *before, last = words
        for text in before:
            self.say_text(text, purpose="crisis")
        self.say_text(last, crisis.choices(verdict), purpose="crisis")


def _buttons(choices: Iterable[Pair]) -> list[dict[str, str]] | None:
    return [{"title": label, "payload": payload} for label, payload in choices] or None
