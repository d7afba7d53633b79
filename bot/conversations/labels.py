"""Labels: what messages really meant. One of the staff says so, another approves it, and only then is it for training.

Nobody needs to see who wrote a message to say what it means, so it is scrubbed before it is put here.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, scrub
from bot.conversations import teams
from bot.models import Conversation, Label, Message, Staff

#: Longest words that are kept: a training message is a sentence or two.
LONGEST = 400
#: So many that wait are read at once, to find those that say the same: words are stored encrypted.
READ = 1000


class Refused(Exception):
    """It cannot be done; the message is a sentence for staff."""


def queue(db: Session, message: Message) -> Label | None:
    """Put a message of somebody's up to be labelled; the one that is there if it has been. None for no words."""
    query = sa.select(Label).where(Label.message_id == message.id)
    if (found := db.execute(query).scalars().first()) is not None:
        return found
    name = message.conversation.person.name
    words = scrub.scrub(message.body, [name] if name else ())[:LONGEST]
    if not words:
        return None
    found = Label(message_id=message.id, text=words)
    db.add(found)
    db.flush()
    return found


def of(db: Session, message_ids: Iterable[int]) -> dict[int, Label]:
    """Message id → what staff have said of it, for those of which somebody has said something."""
    query = sa.select(Label).where(Label.message_id.in_(list(message_ids)), Label.labelled_by.is_not(None))
    return {row.message_id: row for row in db.execute(query).scalars()}


def mark(db: Session, message: Message, staff: Staff, *, right: bool, meaning: str) -> Label:
    """Say whether the assistant read a message right, and what it means. Refused when it is approved already."""
    found = queue(db, message)
    if found is None:
        raise Refused("There are no words in this message.")
    found.right = right
    return say(db, found, staff, text=found.text, meaning=meaning)


def say(db: Session, label: Label, staff: Staff, *, text: str, meaning: str) -> Label:
    """Say what a message means, in words from which more may have been taken out. It is scrubbed once more."""
    if label.status == "approved":
        raise Refused("This one is approved already.")
    words = scrub.scrub(text)[:LONGEST]
    if not words:
        raise Refused("Leave some words in it, or drop it.")
    label.text, label.meaning, label.status = words, meaning, "labelled"
    label.labelled_by, label.labelled_at = staff.id, clock.now()
    audit.record(db, audit.staff(staff.id), "label.made", f"label:{label.id}")
    return label


def approve(db: Session, label: Label, staff: Staff) -> None:
    """The second yes, after which it is for training. Refused for whoever said the first."""
    if label.status != "labelled":
        raise Refused("Somebody has dealt with this one meanwhile.")
    if label.labelled_by == staff.id:
        raise Refused("You said what this one means, so somebody else has to approve it.")
    label.status, label.approved_by, label.approved_at = "approved", staff.id, clock.now()
    audit.record(db, audit.staff(staff.id), "label.approved", f"label:{label.id}")


def drop(db: Session, label: Label, staff: Staff) -> None:
    """It teaches nothing, or cannot be shown without saying whose it is: its words go."""
    if label.status == "approved":
        raise Refused("This one is approved already.")
    label.status, label.text, label.meaning = "dropped", "", None
    audit.record(db, audit.staff(staff.id), "label.dropped", f"label:{label.id}")


def waiting(db: Session, staff: Staff, status: str, limit: int = 50) -> list[list[Label]]:
    """Those that are `waiting` for a label, or `labelled` and wait for `staff` to approve them; the oldest first.

    Those that say the same stand together, whoever wrote them: one decision is for them all. Scrubbed as they are,
    only those of people whom `staff` see.
    """
    query = sa.select(Label).where(Label.status == status, _theirs(staff))
    if status == "labelled":
        query = query.where(Label.labelled_by != staff.id)
    groups: dict[tuple, list[Label]] = {}
    for row in db.execute(query.order_by(Label.id).limit(READ)).scalars():
        groups.setdefault(_said(row), []).append(row)
    return list(groups.values())[:limit]


def alike(db: Session, staff: Staff, label: Label) -> list[Label]:
    """`label`, and those that stand together with it for `staff`: the same words, as far on, taken to mean the same."""
    if label.status not in ("waiting", "labelled"):
        return [label]
    query = sa.select(Label).where(Label.status == label.status, Label.id != label.id, _theirs(staff))
    if label.labelled_by != staff.id and label.status == "labelled":
        query = query.where(Label.labelled_by != staff.id)
    rows = db.execute(query.order_by(Label.id).limit(READ)).scalars()
    return [label, *(row for row in rows if _said(row) == _said(label))]


def _said(label: Label) -> tuple:
    """What makes two of them the same to whoever decides: capitals and spaces do not count."""
    return " ".join(label.text.casefold().split()), label.meaning, label.right


def one(db: Session, staff: Staff, label_id: int) -> Label | None:
    """The label with that id, for `staff`; None when there is none, or it is from somebody whom they do not see."""
    return db.execute(sa.select(Label).where(Label.id == label_id, _theirs(staff))).scalars().first()


def counts(db: Session) -> dict[str, int]:
    """Status → how many there are."""
    query = sa.select(Label.status, sa.func.count()).group_by(Label.status)
    return {status: count for status, count in db.execute(query)}


def _theirs(staff: Staff):
    """For a query of labels: those of people whom `staff` see."""
    if staff.team_id is None:
        return sa.true()
    conversation = sa.select(Message.id).join(Conversation, Conversation.id == Message.conversation_id)
    return Label.message_id.in_(conversation.where(Conversation.person_id.in_(teams.ids_of(staff.team_id))))


def approved(db: Session) -> list[tuple[str, str]]:
    """(words, meaning) of everything approved, each once, by meaning."""
    rows = db.execute(sa.select(Label).where(Label.status == "approved").order_by(Label.id)).scalars()
    return sorted({(row.text, row.meaning) for row in rows}, key=lambda pair: (pair[1], pair[0]))
