"""People: who is behind a conversation, finding somebody, and adding somebody who has no phone."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, crypto, phone
from bot.conversations import addresses, teams
from bot.db import lock
from bot.models import Address, Conversation, Person, Staff

#: Longest name that is kept.
NAME = 80
#: How many people a search shows.
FOUND = 20


def conversation_of(db: Session, conversation_id: str) -> Conversation:
    """The conversation with this id. LookupError when there is none."""
    conversation = db.get(Conversation, conversation_id)
    if conversation is None:
        raise LookupError("no such conversation")
    return conversation


def person_of(db: Session, conversation_id: str) -> Person:
    """The person whose conversation this is: from its id alone, never from anything said in it.

    LookupError when there is no such conversation, when it has ended (the number may be somebody else's now), or when
    the person has been erased.
    """
    conversation = conversation_of(db, conversation_id)
    if conversation.ended_at is not None or conversation.person.erased_at is not None:
        raise LookupError("the conversation has ended")
    return conversation.person


def find(db: Session, text: str, team: int | None = None) -> list[Person]:
    """Whom staff of a team (None: of none) may mean by a name or a phone number, FOUND at most, in the order of their
    names.

    A number is looked up by its keyed hash and has to be whole. A name is compared word by word, in any order, by how
    the words begin; names are encrypted, so each is read for it.
    """
    if (number := _number(text)) is not None:
        found = (addresses.find(db, channel, number) for channel in ("sms", "telegram"))
        ids = [address.id for address in found if address is not None]
        query = sa.select(Person).join(Conversation).where(
            Conversation.address_id.in_(ids), Conversation.ended_at.is_(None)
        )  # fmt: skip
        texting = [p for p in db.execute(query.where(teams.theirs(team))).scalars() if p.erased_at is None]
        hashes = crypto.keyring().hashes(f"call:{number}")
        ringing = sa.select(Person).where(
            Person.call_hash.in_(hashes), Person.erased_at.is_(None), teams.theirs(team)
        )  # fmt: skip
        return list(dict.fromkeys([*texting, *db.execute(ringing.order_by(Person.id)).scalars()]))
    wanted = words(text)
    if not wanted:
        return []
    query = sa.select(Person.id, Person.name).where(
        Person.name.is_not(None), Person.erased_at.is_(None), teams.theirs(team)
    )  # fmt: skip
    found = [(name.casefold(), id_) for id_, name in db.execute(query) if _matches(wanted, words(name))]
    ids = [id_ for _, id_ in sorted(found)[:FOUND]]
    people = {p.id: p for p in db.execute(sa.select(Person).where(Person.id.in_(ids))).scalars()}
    return [people[id_] for id_ in ids]


def words(name: str) -> list[str]:
    """The words of a name as they are compared: lower case, without accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’"))


def add(db: Session, name: str, *, by_staff: int, how: str) -> Person:
    """Somebody who has not texted, by name. ValueError for a name that is none. `how`: "walk_in", "booking", "import".

    They belong to the team of whoever adds them. They are not told of anything, since there is no way to text them; a
    link code makes a phone of theirs known.
    """
    team = db.execute(sa.select(Staff.team_id).where(Staff.id == by_staff)).scalar()
    person = Person(pseudonym=secrets.token_hex(16), name=_name(name), team_id=team)
    db.add(person)
    db.flush()
    audit.record(db, audit.staff(by_staff), "person.added", f"person:{person.id}", how=how)
    return person


def rename(db: Session, person_id: int, name: str, *, by_staff: int) -> None:
    """What staff call somebody. ValueError for a name that is none, LookupError when there is no such person."""
    person = there(db, person_id)
    if person.name != (name := _name(name)):
        person.name = name
        audit.record(db, audit.staff(by_staff), "person.renamed", f"person:{person_id}")


def there(db: Session, person_id: int) -> Person:
    """A person, locked. LookupError when there is none, or they have been erased."""
    person = lock(db, Person, person_id)
    if person is None or person.erased_at is not None:
        raise LookupError("no such person")
    return person


def ways(db: Session, person_ids: Iterable[int]) -> dict[int, list[Conversation]]:
    """The open conversations of people, newest first, by person; nothing for those who have none."""
    query = (
        sa.select(Conversation)
        .where(Conversation.person_id.in_(list(person_ids)), Conversation.ended_at.is_(None))
        .options(sa.orm.joinedload(Conversation.address))
        .order_by(Conversation.began_at.desc())
    )
    found: dict[int, list[Conversation]] = {}
    for conversation in db.execute(query).scalars():
        found.setdefault(conversation.person_id, []).append(conversation)
    return found


def labels(db: Session, people: Iterable[Person]) -> dict[int, str]:
    """What to call each of several people on a page for staff: "Jo Bloggs, ******123", "No name yet, ******123"."""
    people = list(people)
    known = ways(db, [person.id for person in people])
    found = {}
    for person in people:
        addresses_: list[Address] = [c.address for c in known.get(person.id, [])]
        tail = phone.masked(addresses_[0].address) if addresses_ else "no phone"
        found[person.id] = f"{person.name or 'No name yet'}, {tail}"
    return found


def viewed(db: Session, staff_id: int, people: Iterable[int], why: str) -> None:
    """Audit that a member of staff looked at people. `why`: a short code of the page."""
    seen = (audit.person(person_id) for person_id in sorted(set(people)))
    audit.record_each(db, audit.staff(staff_id), "person.viewed", seen, why=why)


def _number(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    if len(digits) < 4 or re.search(r"[^\W\d_]", text):
        return None
    try:
        return phone.normalise(text)
    except phone.NotANumber:
        return digits


def _name(text: str) -> str:
    name = " ".join("".join(c for c in text if unicodedata.category(c)[0] != "C" or c.isspace()).split())
    if not re.search(r"[^\W\d_]", name) or len(name) > NAME:
        raise ValueError(f"A name has letters, and {NAME} characters at most.")
    return name


def _matches(wanted: list[str], name: list[str]) -> bool:
    left = list(name)
    for word in wanted:
        hit = next((part for part in left if part.startswith(word)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True
