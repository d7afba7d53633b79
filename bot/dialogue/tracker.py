"""Rasa's tracker store, encrypted: what people wrote is in `data`, and `data` is written with the process's keys.

SQLite (its own file, WAL) or PostgreSQL. Named in `endpoints.yml`; the URL comes from the settings.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm  # Rasa's module uses it without importing it
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

from bot import crypto, settings
from bot.db import Encrypted
from bot.dialogue.storage import engine, forget

__all__ = ["EncryptedTrackerStore", "forget"]


class EncryptedTrackerStore(SQLTrackerStore):
    """Rasa's SQL tracker store with `data` encrypted, off the event loop, and ordered by row instead of by clock."""

    Base = sa.orm.declarative_base()

    class SQLEvent(Base):
        """One event of a conversation; the same table as Rasa's."""

        __tablename__ = "events"
        __table_args__ = (sa.Index("ix_events_sender_id_type_name", "sender_id", "type_name"),)

        id = sa.Column(sa.Integer, primary_key=True)
        sender_id = sa.Column(sa.String(255), nullable=False)
        type_name = sa.Column(sa.String(255), nullable=False)
        timestamp = sa.Column(sa.Float)
        #: Rasa fills in these two. What somebody asked about is as private as how they put it, so they stay empty.
        intent_name = sa.Column(sa.String(255))
        action_name = sa.Column(sa.String(255))
        data = sa.Column(Encrypted)

        @sa.orm.validates("intent_name", "action_name")
        def _not_in_the_clear(self, _key: str, _value: str | None) -> None:
            return None

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **_ignored: Any,
    ):
        """Open the store at `host` (a database URL), or at the URL of the settings, with the settings' keys."""
        if host is None:
            loaded = settings.load()
            crypto.use(loaded.secret_keys)
            host = loaded.tracker_url
        self.engine = engine(host)
        self.Base.metadata.create_all(self.engine)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)
        TrackerStore.__init__(self, domain, event_broker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker since the latest start of a session."""
        return await _in_thread(super().retrieve, sender_id)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The tracker with every session."""
        return await _in_thread(super().retrieve_full_tracker, conversation_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that are not stored yet."""
        await _in_thread(super().save, tracker)

    async def keys(self) -> list[str]:
        """Every conversation that there is."""
        return list(await _in_thread(super().keys))

    def _event_query(self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool) -> Any:
        """The events of a sender, by row. Rasa compares time stamps, and loses a session when the clock is set back."""
        event = self.SQLEvent
        query = session.query(event).filter(event.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            started = (
                session.query(sa.func.max(event.id))
                .filter(event.sender_id == sender_id, event.type_name == SessionStarted.type_name)
                .scalar_subquery()
            )
            query = query.filter(event.id >= sa.func.coalesce(started, 0))
        return query.order_by(event.id)


async def _in_thread(call: Callable[..., Any], *arguments: Any) -> Any:
    """Run one of Rasa's methods, which block in spite of being coroutines, away from everybody else's turn."""
    return await asyncio.to_thread(lambda: asyncio.run(call(*arguments)))
