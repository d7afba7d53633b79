"""One person in every table there is, by way of the functions that everybody uses, a word of theirs in all they said;
and what can be found of them afterwards, by looking at every column of every table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from bot import clock, crypto
from bot.conversations import (
    addresses,
    alarms,
    call_backs,
    desk,
    handoffs,
    labels,
    link_codes,
    messages,
    quality,
    readings,
    staff_phones,
    staff_texts,
)  # fmt: skip
from bot.conversations import (
    hours as office,
)
from bot.db import Base, Encrypted
from bot.gateway import turns
from bot.gateway.parts import Inbound
from bot.models import (
    Address,
    BroadcastMessage,
    Conversation,
    LinkGuess,
    Message,
    Person,
)  # fmt: skip
from bot.programme import (
    answers,
    apart,
    attendance,
    bookings,
    erasure,
    feedback,
    hours,
    marks,
    merges,
    people,
    profiles,
    references,
    signposts,
)  # fmt: skip
from tests import builders

HOURS = office.parse("Mon-Fri 09:00-17:00")
MARKS = {"understood": "yes", "right": "yes", "kind": "yes", "danger": "yes", "person": "yes"}
#: Text columns in which nothing is personal by itself: codes, statuses, times.
SID = "SM%032x"


@dataclass
class Life:
    """What was written down about somebody, and what they can be recognised by."""

    word: str
    person_id: int
    #: Whatever must not be found of them: words, numbers, random ids and keyed hashes.
    needles: set[str]
    conversation_ids: list[str]
    addresses: list[tuple[str, str]]
    external_ids: list[tuple[str, str]]
    session_to_come: int


def a_life(db, word: str, digits: str) -> Life:
    """Somebody with everything: two phones, a record merged into theirs, danger that was handled, a register kept."""
    now, keys = clock.now(), crypto.keyring()
    worker = builders.a_member_of_staff(db, "coordinator")
    other = builders.a_member_of_staff(db, "worker")
    squad = builders.a_squad(db, other.id)
    revision = builders.an_answer_revision(db, key=f"units{digits}")
    sms, telegram, spare = f"+447700{digits}", f"{digits}77", f"0141 4{digits}"
    ids = iter(range(int(digits) * 1000, int(digits) * 1000 + 999))

    def says(text, channel="sms", address=sms):
        found = turns.accept(db, Inbound(channel, address, SID % next(ids), text), HOURS)
        return db.get(Message, found.message_id)

    first = says(f"my pal {word} is here")
    conversation = first.conversation
    person = conversation.person
    people.rename(db, person.id, f"Jo {word.title()}", by_staff=worker.id)
    profiles.set_contact(db, person.id, by="call", note=f"{word} reads it too", number=spare, by_staff=worker.id)
    profiles.set_squad(db, person.id, squad.id, by_staff=worker.id)
    reference = references.of(db, person)
    # A record of theirs on another phone, with places of its own, that turned out to be the same.
    twin_said = says(f"this is {word} n aw", "telegram", telegram)
    twin = twin_said.conversation.person
    people.rename(db, twin.id, f"Joseph {word.title()}", by_staff=worker.id)
    pseudonyms, twins_reference = {person.pseudonym, twin.pseudonym}, references.of(db, twin)
    merges.merge(db, person.id, twin.id, by_staff=worker.id)
    person, conversation = db.get(Person, person.id), db.get(Conversation, conversation.id)

    addresses.leave_out(db, conversation, "broadcast")
    desk.tag(db, conversation, worker, list(desk.TAGS)[:1])
    desk.note(db, conversation, worker, f"{word} came by the desk")
    code = says("what about it")
    readings.keep(
        db, code, readings.Meaning(f"ask_{word}", 0.4, f"alcohol/{word}"), guessed=True, understood=False
    )
    label = labels.queue(db, says(f"gonna tell me aboot {word.replace(word[0], word[0].upper(), 1)}rium"))
    labels.say(db, label, worker, text=f"about {word}rium", meaning=f"ask_{word}")
    said = messages.say(db, conversation, f"About {word}: yes.", reply_to=code.id, choices=[(f"More {word}", "/more")])
    said.status, said.provider_id, said.settled_at = "delivered", SID % next(ids), now
    answers.show(db, conversation.id, revision, part="text", asked_by=code.id)
    answers.record_helped(db, conversation.id, False, f"it said nothing of {word}")
    call_backs.open_for(db, conversation)
    call_backs.await_number(db, conversation)
    call_backs.take_number(db, conversation, f"ring me on {spare}")
    conversation.pending = None
    signposts.note(db, conversation, [builders.a_service(db)], topic=None, text="drink")
    danger = handoffs.open_for(db, conversation, "crisis_suicide", note=f"{word} is not safe")
    handoffs.add_handover(db, danger, worker, f"look after {word}", "noon")
    builders.a_duty(db, at=now)
    alarms.advance(db, timedelta(minutes=5), clock.now())
    handoffs.close(db, danger, how="staff", staff=worker, outcome="phoned")
    # Sessions: one that was, with its register and a mark from the yard, one to come.
    gone = builders.a_session(db, starts_at=now - timedelta(hours=3))
    to_come = builders.a_session(db, at=now, days=4, places=1)
    booked = bookings.book(
        db, person, gone.id, conversation_id=conversation.id, asked_by=first.id, at=now - timedelta(days=1)
    )
    bookings.add_reason(db, person, booked.id, f"because of {word}")
    marks.mark(db, other.id, booked.id, "came", token=f"{digits}abcd", seen_="", at=now)
    began = f"{clock.london(gone.starts_at + timedelta(minutes=20)):%H:%M}"
    late = {booked.id: {"arrived": began, "off": "10", "why": f"{word} phoned"}}
    attendance.record(
        db, gone.id, [booked.id], "came", by_staff=worker.id, minutes=60, reason=f"{word} was late", typed=late
    )
    (claim,) = hours.claims(db)[-1:]
    hours.approve(db, claim.id, 30, by_staff=worker.id, seen=60, reason=f"{word} left early")
    bookings.book(db, person, to_come.id, conversation_id=conversation.id, asked_by=code.id, at=now)
    feedback.give(
        db, person, conversation_id=conversation.id, kind="feedback", score=4, words=f"{word} was good",
        session_id=gone.id, asked_by=first.id,
    )  # fmt: skip
    order = hours.set_order(db, person, minutes=6000, by_staff=worker.id)
    order.case_number, order.case_hash = f"{word}/1", keys.hash(f"case:{word}/1")
    apart.add(db, person.id, builders.a_person(db).id, reason=f"{word} was hit", by_staff=worker.id)
    link_codes.make(db, person.id, worker)
    db.add(LinkGuess(address_id=conversation.address_id))
    broadcast = builders.a_broadcast(db)
    db.add(BroadcastMessage(message_id=messages.say(db, conversation, broadcast.text).id, broadcast_id=broadcast.id))
    sample = quality.draw(db, worker, now - timedelta(days=1), now + timedelta(days=1), 20)
    for pick, _ in quality.picks_of(db, sample.id):
        if pick.conversation_id == conversation.id:
            quality.review(db, pick, worker, MARKS, f"{word} had to wait")
    # A worker's phone: a text that names them, the answer, and a question that is open.
    phone = staff_phones.redeem(db, "sms", f"+447701{digits}", staff_phones.make_code(db, worker.id).replace(" ", ""))
    asked = staff_texts.keep(db, phone, SID % next(ids), f"{reference} to the {word} thing")
    staff_texts.say(db, phone, f"{reference} (J.Z.): book?", asked)
    one = staff_texts.keep(db, phone, SID % next(ids), "1")
    staff_texts.say(db, phone, f"Booked {twins_reference.replace('-', ' ')}.", one)
    phone.pending, phone.pending_at = json.dumps({"do": "book", "person": person.id, "sessions": [gone.id]}), now
    db.flush()
    db.expire_all()

    mine = [*addresses.of_same_person(db, conversation.id)]
    where = [(c.address.channel, c.address.address) for c in mine]
    inbound = db.execute(sa.select(Message.external_id, Message.provider_id).where(
        Message.conversation_id.in_([c.id for c in mine])
    )).all()  # fmt: skip
    needles = {word, reference, twins_reference, *pseudonyms, *(c.id for c in mine)}
    needles |= {address for _, address in where} | {spare.replace(" ", "").removeprefix("0")}
    needles |= {c.address.address_hash for c in mine} | {person.call_hash, order.case_hash}
    needles |= {one for pair in inbound for one in pair if one}
    external = [("sms", SID % n) for n in range(int(digits) * 1000, next(ids))]
    return Life(word, person.id, needles, [c.id for c in mine], where, external, to_come.id)


def lacking(db, life: Life) -> list[str]:
    """Tables in which nothing of theirs is, and encrypted columns in which no word of theirs is: a life that is not
    whole proves nothing."""
    found = []
    ids = erasure._records(db, life.person_id)
    extra = {
        "addresses": Address.id.in_(sa.select(Conversation.address_id).where(Conversation.person_id.in_(ids))),
        "link_guesses": sa.true(), "staff_texts": sa.true(), "quality_reviews": sa.true(),
    }  # fmt: skip
    tables = {t.name: erasure._which(t, ids) for t in erasure.theirs()}
    for name, which in {**tables, **extra}.items():
        table = Base.metadata.tables[name]
        rows = db.execute(sa.select(table).where(which)).mappings().all()
        if not rows:
            found.append(f"{name}: nothing of theirs is in it")
        for column in table.columns:
            if isinstance(column.type, Encrypted) and not any(row[column.name] for row in rows):
                found.append(f"{name}.{column.name}: nothing of theirs is in it")
    return found


def traces(database, needles: set[str]) -> set[tuple[str, str]]:
    """(table, column) of everything that says one of `needles`, decrypted where it is encrypted: by reflection, so that
    no table is forgotten."""
    found = set()
    needles = {needle.casefold() for needle in needles}
    with database.engine.connect() as connection:
        inspector = sa.inspect(connection)
        for name in inspector.get_table_names():
            if name == "sqlite_sequence":
                continue
            known = Base.metadata.tables.get(name)
            names = [column["name"] for column in inspector.get_columns(name)]
            quoted = ", ".join(f'"{column}"' for column in names)
            for row in connection.exec_driver_sql(f'SELECT {quoted} FROM "{name}"'):
                for column, value in zip(names, row, strict=True):
                    said = [str(value)]
                    if known is not None and isinstance(known.c[column].type, Encrypted) and value is not None:
                        said.append(crypto.keyring().decrypt(value))
                    if any(needle in text.casefold() for text in said for needle in needles):
                        found.add((name, column))
    return found


def everything(database) -> dict[str, list[tuple]]:
    """Every row of every table, as it is stored."""
    with database.engine.connect() as connection:
        inspector = sa.inspect(connection)
        return {
            name: sorted(
                tuple(map(repr, row)) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
            )
            for name in inspector.get_table_names()
        }
