"""The tables of the programme database, a module for each noun. Import from here."""

from bot.models.answers import Answer, AnswerRevision, AnswerShown
from bot.models.attendance import Attendance, Order
from bot.models.bookings import ACTIVE, HOLDS_A_PLACE, Booking
from bot.models.broadcasts import Broadcast, BroadcastMessage
from bot.models.call_backs import CallBack
from bot.models.conversations import Address, Conversation, Person
from bot.models.devices import Device
from bot.models.duties import Alarm, AlarmCall, Duty
from bot.models.feedback import Feedback
from bot.models.handoffs import Handoff
from bot.models.labels import Label
from bot.models.leftovers import Leftover
from bot.models.link_codes import LinkCode, LinkGuess
from bot.models.marks import Mark
from bot.models.messages import Choice, Message
from bot.models.pairs import KeepApart, Merge
from bot.models.quality import QualityPick, QualityReview, QualitySample
from bot.models.readings import Reading
from bot.models.ready_replies import ReadyReply
from bot.models.services import NumberCheck, Service
from bot.models.sessions import ProgrammeSession, Topic
from bot.models.signposts import Signpost
from bot.models.squads import Squad, Supervision
from bot.models.staff import AuditEntry, Fact, Staff
from bot.models.staff_phones import StaffPhone, StaffText
from bot.models.states import State
from bot.models.tallies import Tally
from bot.models.teams import Team

__all__ = [
    "ACTIVE", "Address", "Alarm", "AlarmCall", "Answer", "AnswerRevision", "AnswerShown", "Attendance",
    "AuditEntry", "Booking", "Broadcast", "BroadcastMessage", "CallBack", "Choice", "Conversation", "Device",
    "Duty", "Fact", "Feedback", "HOLDS_A_PLACE", "Handoff", "KeepApart", "Label", "Leftover", "LinkCode",
    "LinkGuess", "Mark", "Merge", "Message", "NumberCheck", "Order", "Person", "ProgrammeSession", "QualityPick",
    "QualityReview", "QualitySample", "Reading", "ReadyReply", "Service", "Signpost", "Squad", "Staff",
    "StaffPhone", "StaffText", "State", "Supervision", "Tally", "Team", "Topic",
]  # fmt: skip
