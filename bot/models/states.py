"""What a process must remember between two starts: the Telegram offset, the scheduler's last round."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class State(Base):
    __tablename__ = "states"

    key = sa.Column(sa.String(40), primary_key=True)
    value = sa.Column(sa.String(300), nullable=False)
    at = sa.Column(Moment, nullable=False, default=clock.now)
