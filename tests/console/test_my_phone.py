"""A worker links their own phone on the console, and they or an administrator unlink it."""

from __future__ import annotations

import re

import pytest

from bot.console import accounts
from bot.conversations import staff_phones
from bot.models import Person, StaffPhone
from bot.programme import references
from tests import builders

PHONE = "+447700900700"


def code_on(there) -> str:
    return re.search(r'<p class="number">([^<]+)</p>', there.html)[1]


def link(there, database, phone=PHONE):
    there.post("/my-phone", {"do": "code"}, status=200)
    with database.write() as db:
        assert staff_phones.redeem(db, "sms", phone, code_on(there).replace(" ", "")) is not None


def is_linked(database, phone=PHONE) -> bool:
    with database.read() as db:
        return staff_phones.find(db, "sms", phone) is not None


@pytest.mark.parametrize("role", ["worker", "coordinator"])
def test_a_code_is_shown_once_and_kept_as_a_hash(signed_in, database, audited, role):
    there = signed_in(role)
    assert "No phone is linked." in there.get("/my-phone").text
    there.post("/my-phone", {"do": "code"}, status=200)
    code = code_on(there)
    assert code not in there.get("/my-phone").text
    with database.read() as db:
        assert code.replace(" ", "") not in db.query(StaffPhone).one().code_hash
    assert [actor for actor, _, _, _ in audited("staff_phone.code_made")] == [f"staff:{there.staff.id}"]


def test_the_owner_sees_it_masked_and_unlinks_it(signed_in, database):
    there = signed_in("worker")
    link(there, database)
    page = there.get("/my-phone").text
    assert "******700" in page and PHONE not in there.html
    there.post("/my-phone", {"do": "unlink"})
    assert not is_linked(database)
    assert "No phone is linked." in there.get("/my-phone").text


def test_a_newer_code_replaces_the_one_before_and_keeps_the_phone(signed_in, database):
    there = signed_in("worker")
    link(there, database)
    there.post("/my-phone", {"do": "code"}, status=200)
    old = code_on(there)
    there.post("/my-phone", {"do": "code"}, status=200)
    with database.write() as db:
        assert staff_phones.redeem(db, "sms", "+447700900701", old.replace(" ", "")) is None
    assert is_linked(database)


def test_an_administrator_sees_that_there_is_one_and_unlinks_it(signed_in, database, audited):
    worker = signed_in("worker")
    link(worker, database)
    admin = signed_in("admin", "Al Admin")
    admin.get("/staff")
    assert "******700" in admin.html and PHONE not in admin.html
    admin.post(f"/staff/{worker.staff.id}/phone")
    assert not is_linked(database)
    assert [(actor, details) for actor, _, _, details in audited("staff_phone.ended")] == [
        (f"staff:{admin.staff.id}", {"why": "administrator"})
    ]


@pytest.mark.parametrize("path,form", [("/code", {}), ("/second-factor", {}), ("", {"do": "off"}),
                                       ("", {"do": "role", "role": "supervisor"})])  # fmt: skip
def test_it_ends_with_whatever_ends_the_account_or_its_ways_in(signed_in, database, path, form):
    worker = signed_in("worker")
    link(worker, database)
    admin = signed_in("admin", "Al Admin")
    answer = admin.http.post(f"/staff/{worker.staff.id}{path}", data=form | {"csrf_token": admin.token()})
    assert answer.status_code in (200, 303)
    assert not is_linked(database)
    if form.get("do") == "off":  # switched on again, it is not back
        admin.post(f"/staff/{worker.staff.id}", {"do": "on"})
        assert not is_linked(database)


def test_the_command_line_ends_it_too(signed_in, database):
    worker = signed_in("worker")
    link(worker, database)
    with database.write() as db:
        accounts.disable(db, worker.staff.id)
    assert not is_linked(database)


@pytest.mark.parametrize("role", ["supervisor", "analyst", "editor", "admin"])
def test_no_other_role_can_make_a_code(account, database, role):
    staff = account(role)
    with database.write() as db, pytest.raises(LookupError):
        staff_phones.make_code(db, staff.id)


def test_a_person_has_one_reference_for_good(signed_in, database):
    with database.write() as db:
        person = builders.a_person(db, name="Jo Bloggs").id
    there = signed_in("worker")
    there.get(f"/people/{person}")
    with database.read() as db:
        reference = db.get(Person, person).reference
    assert reference in there.html
    there.get(f"/people/{person}")
    assert reference in there.html
    with database.read() as db:
        assert references.find(db, reference).id == person


def test_a_reference_of_a_record_that_was_merged_is_of_the_one_that_is_kept(signed_in, database):
    with database.write() as db:
        kept, gone = builders.a_person(db, name="Jo"), builders.a_person(db, name="Joe")
        references.ensure(db, [kept, gone])
        kept_id, gone_id, reference = kept.id, gone.id, gone.reference
    there = signed_in("coordinator")
    there.post(f"/people/{kept_id}/merge", {"other": str(gone_id), "do": "confirm"}, status=303)
    with database.read() as db:
        assert references.find(db, reference).id == kept_id


def test_every_slip_of_one_sign_and_every_swap_of_two_is_noticed(database):
    with database.write() as db:
        person = builders.a_person(db)
        reference = references.of(db, person)
        first, second, digits = reference[0], reference[1], reference[3:]
        slips = {f"{x}{second}-{digits}" for x in references.LETTERS} | {
            f"{first}{x}-{digits}" for x in references.LETTERS
        }
        slips |= {f"{first}{second}-{digits[:n]}{x}{digits[n + 1 :]}" for n in range(4) for x in "0123456789"}
        for n in range(4):
            for m in range(n):
                swapped = list(digits)
                swapped[n], swapped[m] = swapped[m], swapped[n]
                slips.add(f"{first}{second}-{''.join(swapped)}")
        slips.discard(reference)
        assert len(slips) > 70 and not any(references._checks(slip) for slip in slips)


def test_a_worker_books_on_the_console_and_changes_no_session(signed_in, database):
    with database.write() as db:
        session, person = builders.a_session(db, at=builders.NOW, days=3650), builders.a_person(db, name="Jo Bloggs")
        session_id, person_id = session.id, person.id
    there = signed_in("worker")
    there.get("/sessions")
    assert "Call off" not in there.html and "A new session" not in there.html
    there.post(f"/sessions/{session_id}/book", {"who": "Bloggs", "person": str(person_id)})
    there.get(f"/sessions/{session_id}")
    assert "Jo Bloggs" in there.html and "Repeat" not in there.html
    there.get(f"/sessions/{session_id}/cancel", status=403)
