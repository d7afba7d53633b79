"""Tables of the case system: what each line does, and what is said of a bad one."""

from __future__ import annotations

import pytest

from bot import clock
from bot.models import Conversation, Order, Person
from bot.programme import case_sheets, hours, people
from tests import builders

HEAD = "case_number,name,hours,phone,imposed_on,complete_by,squad"


def table(*lines, head=HEAD):
    return "\r\n".join([head, *lines]) + "\r\n"


def bring(db, staff, *lines):
    read, report = case_sheets.read(table(*lines))
    look = case_sheets.look(db, read)
    done = case_sheets.bring_in(db, read, by_staff=staff)
    assert (look.added, look.changed, look.same, look.problems) == (
        done.added, done.changed, done.same, done.problems,
    ), "the dry run foretells what is done"  # fmt: skip
    report.take(done)
    return report


def everybody(db):
    return sorted(p.name or "" for p in db.query(Person) if p.erased_at is None)


def test_a_line_is_a_person_with_an_order_and_no_text_goes_to_the_number(db, staff):
    builders.a_squad(db, name="North")
    line = "GC/1 23,Jo Bloggs,120,07700 900123,2026-10-01,01/04/2027,north"
    report = bring(db, staff, line)
    assert (report.added, report.problems, report.notes) == (1, [], [])
    (person,) = people.find(db, "07700900123")
    order = hours.order_of(db, person)
    assert (person.name, order.minutes, order.case_number, person.squad_id is not None) == (
        "Jo Bloggs", 7200, "GC/123", True,
    )  # fmt: skip
    assert f"{clock.london(order.ends_at):%d %b %Y}" == "01 Apr 2027"
    assert db.query(Conversation).count() == 0
    assert bring(db, staff, line).same == 1


def test_looking_writes_nothing(db, staff):
    read, _ = case_sheets.read(table("GC1,Jo Bloggs,120,,,,"))
    assert case_sheets.look(db, read).added == 1
    assert db.query(Person).count() == 0


def test_the_same_case_number_again_brings_the_order_up_to_date(db, staff):
    bring(db, staff, "GC1,Jo Bloggs,120,,,,")
    assert bring(db, staff, "gc 1,Joanne Bloggs,150,,,,").changed == 1
    assert everybody(db) == ["Jo Bloggs"]
    assert [o.minutes for o in db.query(Order)] == [9000]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",Jo,100,,,,", "case number"),
        ("GC1;DROP,Jo,100,,,,", "case number"),
        ("GC1,,100,,,,", "name"),
        ("GC1,07700900123,100,,,,", "name"),
        ("GC1,Jo,19,,,,", "20 to 300"),
        ("GC1,Jo,301,,,,", "20 to 300"),
        ("GC1,Jo,12.5,,,,", "20 to 300"),
        ("GC1,Jo,100,7700900123,,,", "first 0"),
        ("GC1,Jo,100,999,,,", "phone number"),
        ("GC1,Jo,100,,31/02/2026,,", "imposed_on"),
        ("GC1,Jo,100,,,46000,", "complete_by"),
        ("GC1,Jo,100,,2026-05-01,2026-05-01,", "complete before"),
        ("GC1,Jo,100,,,,Nowhere", "no squad"),
    ],
)
def test_a_bad_line_is_told_by_its_number_without_its_words_and_the_others_go_on(db, staff, line, said):
    report = bring(db, staff, "GC8,Ann Good,100,,,,", line, "GC9,Bob Good,100,,,,")
    ((number, sentence),) = report.problems
    assert number == 3 and said in sentence
    assert not any(word in sentence for word in ("Jo", "GC1", "Nowhere", "900123"))
    assert everybody(db) == ["Ann Good", "Bob Good"]


def test_a_case_number_twice_in_one_table_counts_once(db, staff):
    report = bring(db, staff, "GC1,Jo Bloggs,100,,,,", "", "gc1,Sam Hill,200,,,,")
    assert [n for n, _ in report.problems] == [4] and everybody(db) == ["Jo Bloggs"]


def test_a_number_of_somebody_without_a_name_is_noted_and_not_taken_for_them(db, staff):
    person = builders.a_person(db)
    number = people.ways(db, [person.id])[person.id][0].address.address
    report = bring(db, staff, f"GC1,Jo Bloggs,100,{number},,,")
    assert (report.added, [n for n, _ in report.notes]) == (1, [2])
    assert hours.order_of(db, person) is None


def test_a_number_and_a_name_that_agree_are_the_same_person(db, staff):
    person = builders.a_person(db, name="Jo")
    number = people.ways(db, [person.id])[person.id][0].address.address
    assert bring(db, staff, f"GC1,Jo Bloggs,100,{number},,,").changed == 1
    assert hours.order_of(db, person).minutes == 6000
    assert bring(db, staff, f"GC2,Jo Bloggs,100,{number},,,").problems != []


def test_a_case_number_of_another_name_is_looked_at_by_hand(db, staff):
    bring(db, staff, "GC1,Jo Bloggs,100,,,,")
    report = bring(db, staff, "GC1,Sam Hill,200,,,,")
    assert "another name" in report.problems[0][1] and [o.minutes for o in db.query(Order)] == [6000]


def test_a_safe_number_that_staff_wrote_down_is_not_overwritten(db, staff):
    bring(db, staff, "GC1,Jo Bloggs,100,0141 496 0001,,,")
    bring(db, staff, "GC1,Jo Bloggs,120,0141 496 0002,,,")
    assert [p.call_number for p in db.query(Person)] == ["+441414960001"]


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "case_number,name\nGC1,Jo\n", 'case_number,name,hours\n"GC1,Jo,1\n']
)
def test_what_is_no_such_table_is_refused_whole(text):
    with pytest.raises(ValueError, match="no column|not a CSV"):
        case_sheets.read(text)


def test_other_columns_in_any_order_and_a_byte_mark_are_read_over():
    lines, report = case_sheets.read("\ufeffHours,Offence, NAME ,Case_Number\n100,secret,Jo,GC1\n")
    assert (lines[0].name, lines[0].minutes, report.problems) == ("Jo", 6000, [])


def test_a_table_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(case_sheets, "MOST", 2)
    with pytest.raises(ValueError, match="at most 2"):
        case_sheets.read(table(*(f"GC{n},Jo,100,,,," for n in range(10, 13))))
