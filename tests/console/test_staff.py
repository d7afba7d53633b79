"""Administrators run accounts; the audit trail is theirs to read, and reading it is in it."""

from __future__ import annotations

import pytest

from bot.console import words
from bot.conversations import teams
from bot.models import Staff


def test_roles_are_changed_and_accounts_switched_off_and_on(signed_in, account, database, audited):
    boss, other = signed_in("admin"), account("worker", "Kim")
    boss.get("/staff")
    boss.post(f"/staff/{other.id}", {"do": "role", "role": "coordinator"})
    boss.post(f"/staff/{other.id}", {"do": "off"})
    with database.read() as db:
        staff = db.get(Staff, other.id)
        assert (staff.role, staff.active) == ("coordinator", False)
    boss.post(f"/staff/{other.id}", {"do": "on"})
    assert [d for _, _, _, d in audited("staff.changed")][-1] == {"role": "coordinator", "active": True}


def test_nobody_changes_their_own_account(signed_in, database):
    boss = signed_in("admin")
    boss.post(f"/staff/{boss.staff.id}", {"do": "role", "role": "worker"})
    boss.get("/staff")
    assert "own account" in boss.html
    with database.read() as db:
        assert db.get(Staff, boss.staff.id).role == "admin"


def test_the_last_administrator_stays(signed_in, account, database):
    boss, other = signed_in("admin"), account("admin", "Kim")
    boss.post(f"/staff/{other.id}", {"do": "role", "role": "worker"})
    with database.read() as db:
        assert db.get(Staff, other.id).role == "worker"


@pytest.mark.parametrize("form", [{"name": "", "email": "a@b.org", "role": "worker"},
                                  {"name": "A", "email": "nothing", "role": "worker"},
                                  {"name": "A", "email": "a@b.org", "role": "owner"}])  # fmt: skip
def test_a_bad_account_is_refused_in_words(signed_in, form):
    boss = signed_in("admin")
    boss.post("/staff", form, status=422)
    assert "There is a problem" in boss.html


def test_an_administrator_reads_no_transcript(signed_in, waiting):
    conversation_id = waiting("drinking again")
    signed_in("admin").get(f"/conversations/{conversation_id}", status=403)


def test_the_trail_is_read_by_administrators_and_says_so(signed_in, waiting, audited):
    conversation_id = waiting("my words")
    worker, boss = signed_in("worker"), signed_in("admin", "Bo")
    worker.get(f"/conversations/{conversation_id}")
    boss.get("/audit?action=conversation.&record=" + f"conversation:{conversation_id}")
    assert "Conversation: viewed" in boss.html and "my words" not in boss.html and "Ann Worker" in boss.html
    assert audited("audit.viewed")
    boss.get("/audit?action=%25&before=99999999999999999999")
    assert "Nothing is recorded that fits" in boss.html


def test_older_entries_are_a_page_away(signed_in):
    boss = signed_in("admin")
    for _ in range(101):
        boss.http.get("/staff")
    page = boss.get("/audit?action=staff.listed")
    older = page.one("main").one("a").attributes["href"]
    boss.get(older)
    assert boss.html.count("<td>Staff: listed</td>") == 1


def test_the_trail_of_a_member_of_staff_is_found_by_their_name(signed_in, waiting):
    conversation_id = waiting()
    signed_in("worker", "Ann Worker").get(f"/conversations/{conversation_id}")
    boss = signed_in("admin", "Boss")
    rows = boss.get("/audit?actor=ann+w&action=conversation").one("tbody").all("tr")
    assert len(rows) == 1 and "Ann Worker" in rows[0].text and "Conversation: viewed" in rows[0].text
    assert "Nothing is recorded that fits" in boss.get("/audit?actor=nobody+of+that+name").text
    assert "Nothing is recorded that fits" in boss.get("/audit?actor=%25").text


def test_whoever_gives_a_role_out_reads_what_it_may_do_and_what_was_chosen_stays(signed_in, database):
    boss = signed_in("admin", "Boss")
    assert set(words.DUTIES) == set(words.ROLE)
    assert words.DUTIES["editor"] in boss.get("/staff").text
    with database.write() as db:
        south = teams.add(db, "South", by_staff=boss.staff.id).id
    boss.post("/staff", {"name": "Kim", "email": "none", "role": "editor", "team": f"{south}"}, status=422)
    chosen = [one.attributes["value"] for one in boss.page.all("option") if "selected" in one.attributes]
    assert chosen[-2:] == ["editor", f"{south}"]
