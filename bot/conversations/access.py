"""The only door through which staff reach a conversation. Closed by default; every look is audited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot import audit, clock
from bot.conversations import addresses, inbox, teams
from bot.models import Conversation, Handoff, Staff

#: Role → what it may do. A supervisor sees attendance and approved hours, never health talk, scores or transcripts;
#: an administrator runs accounts and settings and reads no transcript either; an analyst sees sums alone.
MAY: dict[str, frozenset[str]] = {
    "worker": frozenset(
        {
            "read_conversations", "reply", "label", "see_people", "keep_register", "book_people", "review_quality",
            "see_quality",
        }
    ),
    "coordinator": frozenset(
        {
            "read_conversations", "reply", "label", "see_people", "keep_register", "book_people", "approve_hours",
            "run_sessions", "run_squads", "set_duty", "merge_people", "erase_people", "keep_apart", "import_people",
            "text_many", "set_facts", "edit_content", "see_figures", "review_quality", "see_quality", "draw_sample",
        }
    ),
    "supervisor": frozenset({"see_attendance", "mark_squad"}),
    "analyst": frozenset({"see_figures", "see_quality"}),
    "editor": frozenset({"edit_content", "label"}),
    "admin": frozenset({"set_facts", "set_hours", "manage_staff", "read_audit", "run_squads"}),
}  # fmt: skip


class Forbidden(Exception):
    """This member of staff may not do that."""


def may(staff: Staff, what: str) -> bool:
    """Whether `staff` is active and their role allows `what`."""
    return bool(staff.active) and what in MAY.get(staff.role, frozenset())


def require(staff: Staff, what: str) -> None:
    if not may(staff, what):
        raise Forbidden(what)


def inbox_for(db: Session, staff: Staff, view: str, at: datetime) -> list[Handoff]:
    """The hand-offs of a view (`inbox.VIEWS`) that `staff` may see, with the look audited."""
    require(staff, "read_conversations")
    found = inbox.view(db, view, staff, at)
    audit.record(db, audit.staff(staff.id), "handoffs.listed", "handoffs", count=len(found))
    return found


def conversation_for(db: Session, staff: Staff, conversation_id: str, why: str) -> Conversation:
    """A conversation for `staff` to read, with the view audited. Forbidden, or LookupError when there is none for them:
    one of another team's is not told from one that is not there.

    `why` is a short code of the page or act: "transcript", "reply", "take", "close".
    """
    require(staff, "read_conversations")
    conversation = db.get(Conversation, conversation_id)
    if conversation is None or not teams.may_open(db, staff, conversation, clock.now()):
        raise LookupError("no such conversation")
    audit.record(db, audit.staff(staff.id), "conversation.viewed", f"conversation:{conversation_id}", why=why)
    return conversation


def story_for(db: Session, staff: Staff, conversation_id: str, why: str) -> list[Conversation]:
    """Every conversation of the person, the one that is asked for first: what they said by SMS and by Telegram is one
    story. Each view is audited, the others as "story". Raises as `conversation_for` does.
    """
    found = conversation_for(db, staff, conversation_id, why)
    others = [other for other in addresses.of_same_person(db, conversation_id) if other.id != conversation_id]
    for other in others:
        audit.record(db, audit.staff(staff.id), "conversation.viewed", f"conversation:{other.id}", why="story")
    return [found, *others]
