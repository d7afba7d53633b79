"""Messages that were underway when their person was erased: spooled, delivered twice, fetched late. They stay out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.conversations import leftovers
from bot.gateway import danger

if TYPE_CHECKING:
    from bot.gateway.parts import Inbound


def of_somebody_erased(db: Session, inbound: Inbound) -> bool:
    """Whether a message is one of somebody who has been erased, that was underway: it does not bring them back.

    Danger in a text that nobody has seen yet is heard all the same, as if from somebody new.
    """
    if leftovers.known(db, inbound.channel, inbound.external_id):
        return True
    late = leftovers.sent_before(db, inbound.channel, inbound.address, inbound.at)
    return late and danger.screened(inbound.text) is None
