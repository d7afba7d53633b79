"""References: what a worker names somebody by in a text, "KT-4821". It stands for a person here and says nothing of
them: it is no name, no number and nothing from the case system.

Two letters and four digits. The second letter checks the other five, so that one wrong sign, or two that changed
places, is nobody's reference instead of somebody else's.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.conversations import teams
from bot.models import Merge, Person

#: Nineteen of them, a prime: then the sum below notices every slip of one sign and every swap of two.
LETTERS = "BCDFGHJKMNPQRTVWXYZ"
_WEIGHTS = (3, 5, 7, 11, 13)
_SHAPE = re.compile(rf"(?<![A-Za-z0-9])([{LETTERS}]{{2}})\s?[-–—_.]?\s?([0-9]{{4}})(?![A-Za-z0-9])", re.IGNORECASE)


def of(db: Session, person: Person) -> str:
    """A person's reference; made now if they have none."""
    ensure(db, [person])
    return person.reference


def ensure(db: Session, people: Iterable[Person]) -> None:
    """Give a reference to each of several people who has none."""
    lacking = [person for person in people if person.reference is None]
    while lacking:
        fresh = {_draw() for _ in range(2 * len(lacking))}
        fresh -= set(db.execute(sa.select(Person.reference).where(Person.reference.in_(fresh))).scalars())
        for reference in fresh:
            if lacking:
                lacking.pop().reference = reference
        db.flush()


def read(text: str) -> tuple[str | None, str]:
    """The first thing in a text that looks like a reference, as it is kept, and the text without it."""
    match = _SHAPE.search(text)
    if match is None:
        return None, text
    return f"{match[1].upper()}-{match[2]}", f"{text[: match.start()]} {text[match.end() :]}"


def every(text: str) -> set[str]:
    """Everything in a text that looks like a reference, as it is kept."""
    return {f"{letters.upper()}-{digits}" for letters, digits in _SHAPE.findall(text)}


def find(db: Session, reference: str, team: int | None = None) -> Person | None:
    """The person with a reference; of a record that was merged, the one it became.

    None when it is nobody's, or somebody's whom staff of a team (None: of none) do not see.
    """
    if not _checks(reference):
        return None
    found = db.execute(sa.select(Person).where(Person.reference == reference)).scalars().first()
    while found is not None and found.erased_at is not None:
        kept = sa.select(Merge.kept_id).where(Merge.gone_id == found.id, Merge.undone_at.is_(None))
        kept_id = db.execute(kept.order_by(Merge.id.desc()).limit(1)).scalar()
        found = db.get(Person, kept_id) if kept_id is not None else None
    return found if found is not None and teams.sees(team, found) else None


def initials(person: Person) -> str:
    """ "J.B.": enough to see that it is not somebody else, and no more. Nothing for somebody without a name."""
    plain = unicodedata.normalize("NFKD", person.name or "").encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z]+(?:['-][A-Za-z]+)*", plain)
    return "".join(f"{word[0].upper()}." for word in words[:3])


def _draw() -> str:
    first, digits = secrets.choice(LETTERS), f"{secrets.randbelow(10_000):04d}"
    return f"{first}{_check(first, digits)}-{digits}"


def _checks(reference: str) -> bool:
    first, second, digits = reference[0], reference[1], reference[3:]
    return first in LETTERS and second == _check(first, digits)


def _check(first: str, digits: str) -> str:
    values = (LETTERS.index(first), *map(int, digits))
    return LETTERS[sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True)) % len(LETTERS)]
