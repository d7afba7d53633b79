"""Signposts: who was pointed to which service, and the one question two weeks later: did you go?

A shared phone must not tell. What is about abuse, sexual health, suicide or a crisis is never asked about and not even
noted: a service is asked about only when everything we know of it says that it may be. The question itself names no
place. Nobody is asked more than once in a fortnight, nor again for a quarter who left the last question unanswered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, wording
from bot.conversations import addresses, choices, handoffs, messages
from bot.conversations.addresses import DID_YOU_GO
from bot.db import lock
from bot.models import AnswerRevision, AnswerShown, Conversation, Message, Person, Service, Signpost
from bot.programme import needs, orders, services

#: Topics that a service may be asked about with: all of its own must be among these. What is not here is not asked.
ASKED_ABOUT = frozenset({
    "alcohol", "drugs", "mental_health", "financial_health", "physical_health", "smoking", "gambling", "food",
    "housing", "employability", "legal", "family",
})  # fmt: skip
#: Topics of which nobody must find out that there was a place at all.
_NEVER_TOLD = frozenset({"domestic_abuse", "sexual_health"})
#: Needs that would pass by their topics and are a matter of somebody else's violence all the same.
_NOT_NEEDS = frozenset({"loan_shark"})
#: Words in the name, line or audience of a service that keep it out whatever its topics say.
_NOT_WORDS = re.compile(
    r"\b(?:abus\w+|violen\w+|rap(?:e|ed)|refuge|assault\w*|stalk\w*|hurt\w*|suicid\w+|self.?harm\w*|bereave\w*|unsafe"
    r"|sex\w*|hiv|hepatitis|condoms?|birth control|pregnan\w*|wom[ae]n'?s?|loan sharks?|illegal lend\w*"
    r"|crisis (?:lines?|services?|teams?))\b",
    re.IGNORECASE,
)
#: When somebody is asked, and how long after that it is still true that it was two weeks ago.
AFTER, WINDOW = timedelta(days=14), timedelta(days=4)
#: Nobody is asked sooner than this after the last time; nor, when they left that unanswered, sooner than this.
EVERY, UNANSWERED = timedelta(days=14), timedelta(days=91)
#: Within a day the last places count: they asked for others because those before were not right.
SAME_SEARCH = timedelta(days=1)
EARLIEST, LATEST = time(10), time(19)
#: Not sent by then it is dropped, and another question of ours goes first.
LIFE, ANOTHER_OPEN = timedelta(hours=2), timedelta(days=1)
QUIET_AFTER_CRISIS, FORM_OVER = timedelta(hours=48), timedelta(hours=2)
#: Why they did not go.
WHY = ("no_time", "not_reached", "not_for_me", "changed", "unsaid")
#: So many people within such a time could not reach a service: staff are shown that it wants ringing.
SEVERAL, LATELY = 3, timedelta(days=91)


def may_be_asked_about(service: Service) -> bool:
    """Whether this service may ever be asked about. No, unless all that is known of it allows it."""
    topics = set(service.topics or ())
    described = f"{service.name} {service.what} {service.audience}"
    crisis = {re.sub(r"\D", "", number) for number in wording.crisis_numbers().values()}
    return (
        bool(topics)
        and topics <= ASKED_ABOUT
        and not service.hold
        and not _NOT_WORDS.search(described)
        and not any(re.sub(r"\D", "", number) in crisis for number in (service.phone, service.sms) if number)
    )


def _may_be_asked_after(topic: str | None, text: str) -> bool:
    """Whether a search was for something that may be asked about."""
    wanted = needs.needs_of(text)
    topics = {topic} if topic else set()
    topics = topics.union(*(needs.NEEDS[need].topics for need in wanted))
    return topics <= ASKED_ABOUT and not _NOT_NEEDS & set(wanted) and not _NOT_WORDS.search(text)


# --- what is noted ---------------------------------------------------------------------------


def note(
    db: Session, conversation: Conversation, given: Sequence[Service], *, topic: str | None, text: str,
    shaken: bool = False, at: datetime | None = None,
) -> None:  # fmt: skip
    """They have been given these services in one text, for a search by `topic` and `text`; `shaken`: after danger.

    Where one of them may not be asked about nothing is noted, and what was waiting to be asked goes too: "a place" in
    the question could be taken for that one.
    """
    at = at or clock.now()
    person = lock(db, Person, conversation.person_id)
    open_ = sa.delete(Signpost).where(Signpost.person_id == person.id, Signpost.asked_at.is_(None))
    harmless = _may_be_asked_after(topic, text) and all(map(may_be_asked_about, given))
    if shaken or not harmless or _in_danger(db, conversation, at):
        db.execute(open_.execution_options(synchronize_session=False))
        return
    lately = open_.where(Signpost.given_at > at - SAME_SEARCH)
    db.execute(lately.execution_options(synchronize_session=False))
    if not addresses.wants(person, DID_YOU_GO):
        return
    db.add_all(
        Signpost(person_id=person.id, conversation_id=conversation.id, service_slug=service.slug, given_at=at)
        for service in given
    )
    db.flush()


# --- the question ----------------------------------------------------------------------------


def due(db: Session, at: datetime) -> int:
    """Ask everybody who is due; how many. Run by the scheduler. Whom nobody asked in time nobody asks any more.

    Who is in a form, with a worker or just out of danger is left alone until a later round.
    """
    forget(db, at)
    if not EARLIEST <= clock.london(at).time() < LATEST:
        return 0
    query = sa.select(Signpost.person_id).where(Signpost.asked_at.is_(None), Signpost.given_at <= at - AFTER)
    people = sorted(set(db.execute(query).scalars()))
    return sum(_ask(db, person_id, at) for person_id in people)


def forget(db: Session, at: datetime) -> None:
    """What was never asked about, and will not be, is not kept."""
    old = sa.delete(Signpost).where(Signpost.asked_at.is_(None), Signpost.given_at <= at - AFTER - WINDOW)
    db.execute(old.execution_options(synchronize_session=False))


def _ask(db: Session, person_id: int, at: datetime) -> bool:
    person = lock(db, Person, person_id)
    query = (
        sa.select(Signpost)
        .where(Signpost.person_id == person_id, Signpost.asked_at.is_(None), Signpost.given_at <= at - AFTER)
        .order_by(Signpost.given_at.desc(), Signpost.id)
    )
    rows = list(db.execute(query).scalars())
    rows = [row for row in rows if row.given_at == rows[0].given_at]
    if not rows or _asked_lately(db, person_id, at):
        return False
    conversation = rows[0].conversation_id and db.get(Conversation, rows[0].conversation_id)
    if not conversation or _never(db, person, conversation, rows, at):
        for row in rows:
            db.delete(row)
        db.flush()
        return False
    if _not_now(db, conversation, at) or _another_question(db, conversation, at):
        return False
    offered = [(wording.say(f"did_you_go.{a}"), _payload(a, rows[0])) for a in ("went", "not_yet", "never")]
    messages.say(
        db, conversation, wording.say("did_you_go.ask"), author="system", purpose=DID_YOU_GO, choices=offered,
        expires_at=at + LIFE,
    )  # fmt: skip
    for row in rows:
        row.asked_at = at
    db.flush()
    return True


def _payload(answer: str, row: Signpost) -> str:
    return "/choose" + json.dumps({"option": f"did_you_go:{answer}:{row.id}"})


def still_wanted(db: Session, message: Message, at: datetime) -> str | None:
    """Why a queued question is not to go out after all; None when it is. Asked right before it does.

    Who cannot be asked just now is asked in a later round, if there is still time.
    """
    conversation, offered = message.conversation, choices.of_message(db, message.id)
    told = json.loads(offered[0].payload.removeprefix("/choose"))["option"] if offered else "::0"
    rows = of_question(db, conversation, int(told.split(":")[2]))
    if not rows:
        return "no_signpost"
    if _never(db, lock(db, Person, conversation.person_id), conversation, rows, at):
        for row in rows:
            db.delete(row)
        return "not_wanted"
    if _not_now(db, conversation, at) or any(choice.closed_at for choice in offered):
        for row in rows:
            row.asked_at = None
        return "not_now"
    return None


def _asked_lately(db: Session, person_id: int, at: datetime) -> bool:
    query = (
        sa.select(Signpost.asked_at, Signpost.answer)
        .where(Signpost.person_id == person_id, Signpost.asked_at.is_not(None))
        .order_by(Signpost.asked_at.desc(), Signpost.answer)
    )
    last = db.execute(query).first()
    return last is not None and at - last.asked_at < (UNANSWERED if last.answer is None else EVERY)


def _never(db: Session, person: Person, conversation: Conversation, rows: Iterable[Signpost], at: datetime) -> bool:
    """Whether they are not to be asked about these at all: it is another phone's, or not wanted, or may not be told."""
    address = conversation.address
    return (
        conversation.ended_at is not None
        or conversation.person_id != person.id
        or address.stopped_at is not None
        or address.unreachable_at is not None
        or person.contact_by not in (None, "text")
        or not addresses.wants(person, DID_YOU_GO)
        or orders.is_over(db, person)
        or not all(_shown(db, row) for row in rows)
        or _could_be_another(db, conversation, at)
    )


def _could_be_another(db: Session, conversation: Conversation, at: datetime) -> bool:
    """Whether about then they were given another place, that must not be told: with words for danger, or in an answer.

    "A place to try" would be taken for that one, by them or by whoever reads their phone.
    """
    theirs, since = addresses.of_same_person(db, conversation.id), at - AFTER - WINDOW
    if any(one.crisis_at is not None and one.crisis_at > since for one in theirs):
        return True
    query = (
        sa.select(AnswerRevision.services)
        .join(AnswerShown, AnswerShown.revision_id == AnswerRevision.id)
        .where(AnswerShown.conversation_id.in_([one.id for one in theirs]), AnswerShown.shown_at > since)
    )
    named = {slug for slugs in db.execute(query).scalars() for slug in slugs or ()}
    topics = db.execute(sa.select(Service.topics).where(Service.slug.in_(named))).scalars()
    return any(_NEVER_TOLD & set(of_one) for of_one in topics)


def _shown(db: Session, row: Signpost) -> bool:
    service = services.get(db, row.service_slug)
    return service is not None and may_be_asked_about(service)


def _not_now(db: Session, conversation: Conversation, at: datetime) -> bool:
    """Whether they are busy, with a worker or in danger, in this conversation or in another of theirs."""
    theirs = [one for one in addresses.of_same_person(db, conversation.id) if one.ended_at is None]
    return _in_danger(db, conversation, at) or any(
        one.taken_by is not None or (one.task is not None and (one.task_at is None or at - one.task_at < FORM_OVER))
        for one in theirs
    )


def _in_danger(db: Session, conversation: Conversation, at: datetime) -> bool:
    """Whether danger was seen within two days, or a worker is still to see to it, in any conversation of theirs."""
    for one in addresses.of_same_person(db, conversation.id):
        if one.crisis_at is not None and at - one.crisis_at < QUIET_AFTER_CRISIS:
            return True
        handoff = handoffs.current(db, one.id)
        if handoff is not None and handoff.priority == 0:
            return True
    return False


def _another_question(db: Session, conversation: Conversation, at: datetime) -> bool:
    """Whether something else was asked within a day and can still be picked: a "1" to it must not land here."""
    open_ = choices.open_choices(db, conversation.id)
    return bool(open_) and at - db.get(Message, open_[0].message_id).created_at < ANOTHER_OPEN


# --- the answer ------------------------------------------------------------------------------


def of_question(db: Session, conversation: Conversation, signpost_id: int) -> list[Signpost]:
    """What somebody was asked about together with that signpost; nothing when it is not theirs or was not asked."""
    row = db.get(Signpost, signpost_id)
    if row is None or row.person_id != conversation.person_id or row.asked_at is None:
        return []
    query = sa.select(Signpost).where(
        Signpost.person_id == row.person_id, Signpost.given_at == row.given_at, Signpost.asked_at.is_not(None)
    )
    return list(db.execute(query.order_by(Signpost.id)).scalars())


def topic_of(db: Session, row: Signpost) -> str | None:
    """What the service is about, before all; None when it is not there any more."""
    service = db.get(Service, row.service_slug)
    return service.topics[0] if service is not None else None


def went(db: Session, conversation: Conversation, signpost_id: int) -> bool:
    """They went to that one. False when there is no such question."""
    rows = of_question(db, conversation, signpost_id)
    for row in rows:
        row.answer, row.why = ("went" if row.id == signpost_id else "other"), None
        row.answered_at = clock.now()
    return bool(rows)


def unsaid(db: Session, conversation: Conversation, signpost_id: int) -> bool:
    """They went to one, and would rather not say to which. False when there is no such question."""
    rows = of_question(db, conversation, signpost_id)
    for row in rows:
        row.answer, row.answered_at = "unsaid", clock.now()
    return bool(rows)


def say_helped(db: Session, conversation: Conversation, signpost_id: int, helped: bool | None) -> bool:
    """Whether it helped; None when they would rather not say. False when there is no such question."""
    rows = of_question(db, conversation, signpost_id)
    for row in rows:
        row.helped = helped if row.id == signpost_id else None
    return bool(rows)


def not_yet(db: Session, conversation: Conversation, signpost_id: int) -> bool:
    """They have been to none of them. False when there is no such question."""
    rows = of_question(db, conversation, signpost_id)
    for row in rows:
        row.answer, row.helped, row.answered_at = "not_yet", None, clock.now()
    return bool(rows)


def say_why(db: Session, conversation: Conversation, signpost_id: int, why: str) -> bool:
    """Why they did not go; that they could not get through is about that one alone. ValueError for another why."""
    if why not in WHY:
        raise ValueError("no such reason")
    rows = of_question(db, conversation, signpost_id)
    for row in rows:
        row.why = why if why != "not_reached" or row.id == signpost_id else None
    return bool(rows)


def never_again(db: Session, conversation: Conversation, signpost_id: int) -> None:
    """They do not want to be asked that any more, about anything: what was to be asked is forgotten."""
    for row in of_question(db, conversation, signpost_id):
        row.answer, row.answered_at = "never", clock.now()
    addresses.leave_out(db, conversation, DID_YOU_GO)
    waiting = sa.delete(Signpost).where(Signpost.person_id == conversation.person_id, Signpost.asked_at.is_(None))
    db.execute(waiting.execution_options(synchronize_session=False))
    messages.mark(db, conversation, wording.say(f"marker.left_out_{DID_YOU_GO}"))


# --- for staff -------------------------------------------------------------------------------


def not_reached(db: Session, at: datetime | None = None) -> set[str]:
    """The services that several people could not reach lately, and that nobody has checked since."""
    at = at or clock.now()
    query = (
        sa.select(Signpost.service_slug)
        .join(Service, Service.slug == Signpost.service_slug)
        .where(
            Signpost.why == "not_reached",
            Signpost.answered_at > at - LATELY,
            sa.or_(Service.checked_at.is_(None), Signpost.answered_at > Service.checked_at),
        )
        .group_by(Signpost.service_slug)
        .having(sa.func.count(sa.distinct(Signpost.person_id)) >= SEVERAL)
    )
    return set(db.execute(query).scalars())


def counted(row: Signpost) -> tuple[str, ...]:
    """Which sums of `tallies` an answer belongs to."""
    if row.answer == "went":
        return ("go_said", "go_went", *(["go_helped"] if row.helped else []))
    if row.answer == "not_yet":
        return ("go_said", "go_not", *(["go_not_reached"] if row.why == "not_reached" else []))
    return ()
