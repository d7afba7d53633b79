"""People from the case system as a table: looked at first, then brought in; every bad line is told by its number.

A line is one order: who, how many hours, by when. The same case number again is the same order, brought up to date.
Nothing here makes a phone number one that is texted: a number from another system may be somebody else's by now, so it
is kept for ringing, and a phone becomes theirs by a link code alone. Sentences about a line never quote it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, crypto, phone
from bot.conversations import teams
from bot.models import Order, Person, Staff
from bot.programme import hours, people, profiles, squads

COLUMNS = ("case_number", "name", "hours")
OPTIONAL = ("phone", "imposed_on", "complete_by", "squad")
#: The most lines that are read at once.
MOST = 5_000
#: Lines that are brought in within one transaction, so that nobody else's writes wait for the whole table.
AT_A_TIME = 50


@dataclass
class Report:
    """What became of lines: how many did what, and a sentence for each that is bad or needs a look, by line number."""

    added: int = 0
    changed: int = 0
    same: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    def take(self, other: Report) -> None:
        """Add another report to this one."""
        self.added, self.changed, self.same = (
            self.added + other.added, self.changed + other.changed, self.same + other.same,
        )  # fmt: skip
        self.problems += other.problems
        self.notes += other.notes


@dataclass(frozen=True)
class Line:
    """A line of the table that reads well."""

    number: int
    case_number: str
    name: str
    minutes: int
    phone: str | None
    imposed_at: datetime | None
    ends_at: datetime | None
    squad: str | None


class Bad(ValueError):
    """A line that cannot be brought in; the message is a sentence that does not quote it."""


def read(text: str) -> tuple[list[Line], Report]:
    """The lines of a table that read well, and a report of those that do not. ValueError when it is no such table."""
    lines, report, seen = [], Report(), set()
    for number, row in _rows(text):
        if not any(row.values()):
            continue
        try:
            line = _line(number, row)
            if line.case_number in seen:
                raise Bad("The case number stands on an earlier line already.")
            seen.add(line.case_number)
            lines.append(line)
        except Bad as problem:
            report.problems.append((number, str(problem)))
    return lines, report


def look(db: Session, lines: Iterable[Line], *, team: int | None = None) -> Report:
    """What bringing in would do for staff of a team (None: of none). Writes nothing."""
    report = Report()
    for line in lines:
        _decide(db, line, report, None, team)
    return report


def bring_in(db: Session, lines: Iterable[Line], *, by_staff: int) -> Report:
    """Add and bring up to date; each line for itself. Use it on AT_A_TIME lines, a transaction each."""
    report, team = Report(), db.get(Staff, by_staff).team_id
    for line in lines:
        _decide(db, line, report, by_staff, team)
    return report


def _decide(db: Session, line: Line, report: Report, by_staff: int | None, team: int | None) -> None:
    try:
        squad_id = _squad(db, line)
        person, new = _whose(db, line, report, team)
        if person is not None and not new:
            wanted = (line.minutes, line.imposed_at, line.ends_at)
            order = hours.order_of(db, person)
            known = order is not None and order.case_hash in crypto.keyring().hashes(f"case:{line.case_number}")
            same = known and wanted == (order.minutes, order.imposed_at, order.ends_at)
            same = same and squad_id in (None, person.squad_id) and (person.call_number or not line.phone)
            if same:
                report.same += 1
                return
    except Bad as problem:
        report.problems.append((line.number, str(problem)))
        return
    if new:
        report.added += 1
    else:
        report.changed += 1
    if by_staff is not None:
        _write(db, line, person, squad_id, by_staff)


def _whose(db: Session, line: Line, report: Report, team: int | None) -> tuple[Person | None, bool]:
    """The person a line is about, and whether they are new (then None). Bad when two sources disagree on who it is."""
    hashes = crypto.keyring().hashes(f"case:{line.case_number}")
    query = (
        sa.select(Order, Person)
        .join(Person, Person.pseudonym == Order.pseudonym)
        .where(Order.case_hash.in_(hashes), Person.erased_at.is_(None))
        .order_by(Order.id.desc())
    )
    found = db.execute(query).first()
    if found is not None:
        if not teams.sees(team, found.Person):
            raise Bad("This line cannot be brought in from here: ask a coordinator of all teams.")
        if found.Order.closed_at is not None:
            raise Bad("The order of this case number is closed here. Look at it by hand.")
        if not _alike(found.Person, line.name):
            raise Bad("The case number belongs to somebody of another name here. Look at it by hand.")
        return found.Person, False
    there = people.find(db, line.phone, team) if line.phone else []
    named = [person for person in there if person.name and _alike(person, line.name)]
    if len(named) == 1:
        if hours.order_of(db, named[0]) is not None:
            raise Bad("Somebody of this name and number has another order here. Look at it by hand.")
        return named[0], False
    if there:
        sentence = "Somebody else is known by this number. If it is the same person, merge them."
        report.notes.append((line.number, sentence))
    return None, True


def _write(db: Session, line: Line, person: Person | None, squad_id: int | None, by_staff: int) -> None:
    if person is None:
        person = people.add(db, line.name, by_staff=by_staff, how="import")
    else:
        person = people.there(db, person.id)
    if squad_id is not None:
        profiles.set_squad(db, person.id, squad_id, by_staff=by_staff)
    if line.phone and person.call_number is None:
        profiles.set_number(person, line.phone)
    order = hours.set_order(
        db, person, minutes=line.minutes, by_staff=by_staff, imposed_at=line.imposed_at, ends_at=line.ends_at
    )
    order.case_number, order.case_hash = line.case_number, crypto.keyring().hash(f"case:{line.case_number}")
    db.flush()


def _squad(db: Session, line: Line) -> int | None:
    if line.squad is None:
        return None
    squad = squads.by_name(db, line.squad)
    if squad is None:
        raise Bad("There is no squad of this name. Add it under Squads, or correct the line.")
    return squad.id


def _alike(person: Person, name: str) -> bool:
    """Whether two names can be one person's: a word in common, or none known yet."""
    return person.name is None or bool(set(people.words(person.name)) & set(people.words(name)))


def _line(number: int, row: dict[str, str]) -> Line:
    case_number = row["case_number"].upper().replace(" ", "")
    if not re.fullmatch(r"[A-Z0-9/_-]{2,30}", case_number):
        raise Bad("The case number is missing, or has signs that none has.")
    if not re.search(r"[^\W\d_]", row["name"]) or len(row["name"]) > people.NAME:
        raise Bad("The name is missing, or is no name.")
    if not re.fullmatch(r"\d{1,3}", row["hours"]) or not 20 <= int(row["hours"]) <= 300:
        raise Bad("The hours are not a whole number from 20 to 300.")
    number_ = None
    if row["phone"]:
        try:
            number_ = phone.normalise(row["phone"])
        except phone.NotANumber:
            number_ = ""
        if not number_.startswith("+"):
            raise Bad("The phone number is none. Spreadsheets take the first 0 away: format the column as text.")
    imposed_at, ends_at = _day(row["imposed_on"], "imposed_on"), _day(row["complete_by"], "complete_by")
    if imposed_at and ends_at and ends_at <= imposed_at:
        raise Bad("The order would be complete before it was imposed.")
    return Line(
        number, case_number, row["name"], int(row["hours"]) * 60, number_, imposed_at, ends_at, row["squad"] or None
    )  # fmt: skip


def _day(text: str, column: str) -> datetime | None:
    """A day as 2026-12-08 or, as a spreadsheet here writes it, 08/12/2026."""
    if not text:
        return None
    british = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        day = date(int(british[3]), int(british[2]), int(british[1])) if british else date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 2000 <= day.year < 2100:
        raise Bad(f"The day in {column} is none. Write 2026-12-08 or 08/12/2026.")
    return clock.start_of_day(day)


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    found = []
    try:
        reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), strict=True)
        names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
        if missing := [column for column in COLUMNS if column not in names]:
            raise ValueError(f"The table has no column {', '.join(missing)}.")
        for row in reader:
            if len(found) == MOST:
                raise ValueError(f"A table has at most {MOST} lines.")
            cells = {c: " ".join((row.get(names.get(c)) or "").split()) for c in (*COLUMNS, *OPTIONAL)}
            found.append((reader.line_num, {c: cell.removeprefix("'") for c, cell in cells.items()}))
    except csv.Error:
        raise ValueError("This is not a CSV table. Save the sheet as CSV (UTF-8).") from None
    return found
