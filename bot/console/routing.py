"""Routes that declare who may use them, beside the path. One without a declaration answers nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint

from bot.conversations.access import MAY

#: "public": anyone. "signed_in": any member of staff. The others are what a role may do.
PERMISSIONS = frozenset({"public", "signed_in"}).union(*MAY.values())


class Pages(Blueprint):
    """A blueprint whose pages name their permission."""

    def page(self, rule: str, *, permission: str, methods: Sequence[str] = ("GET",)) -> Callable:
        """Register the function as the page at `rule`, for those who have `permission`."""
        if permission not in PERMISSIONS:
            raise ValueError(f"no such permission: {permission}")

        def declare(view: Callable) -> Callable:
            view.permission = permission
            self.add_url_rule(rule, endpoint=view.__name__, view_func=view, methods=list(methods))
            return view

        return declare
