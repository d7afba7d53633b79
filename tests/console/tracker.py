"""A tracker database as Rasa leaves it, without Rasa."""

from __future__ import annotations

import json
from datetime import datetime, timezone

import sqlalchemy as sa

from bot.db import Encrypted
from bot.dialogue import storage

EVENTS = sa.Table(
    "events", sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True), sa.Column("sender_id", sa.String(255)),
    sa.Column("type_name", sa.String(255)), sa.Column("timestamp", sa.Float), sa.Column("data", Encrypted),
)  # fmt: skip
AT = datetime(2026, 11, 20, 14, 5, tzinfo=timezone.utc).timestamp()


def note(url: str, conversation_id: str, slots: dict, form: str | None = None) -> None:
    """Write what Rasa writes when slots are set and a form is open."""
    engine = storage.engine(url)
    EVENTS.metadata.create_all(engine)
    events = [("slot", {"event": "slot", "name": name, "value": value}) for name, value in slots.items()]
    events.append(("active_loop", {"event": "active_loop", "name": form}))
    with engine.begin() as connection:
        for kind, data in events:
            row = {"sender_id": conversation_id, "type_name": kind, "timestamp": AT, "data": json.dumps(data)}
            connection.execute(EVENTS.insert(), row)
    engine.dispose()
