"""Bringing people in from the case system, as a coordinator does it."""

from __future__ import annotations

import io

from bot.models import Person

GOOD = "case_number,name,hours\nGC1,Jo Bloggs,100\nGC2,Sam Hill,5\n"


def send(there, text, does="look", status=200):
    data = text if isinstance(text, bytes) else text.encode()
    form = {"file": (io.BytesIO(data), "people.csv"), "do": does}
    there.post("/people/import", form, status=status)
    return there.page.one("main").text


def test_a_table_is_looked_at_and_then_brought_in(signed_in, database, audited, caplog):
    there = signed_in("coordinator")
    there.get("/people/import")
    said = send(there, GOOD)
    assert "Nothing has been brought in yet" in said
    assert "What it would do 1 added" in said and "Line 3: The hours are not" in said
    with database.read() as db:
        assert db.query(Person).count() == 0
    assert audited("people.imported") == []
    said = send(there, GOOD, "do")
    assert "Nothing has been brought in yet" not in said
    assert "Done 1 added" in said and "1 with a problem" in said
    assert "0 added, 0 brought up to date, 1 as they were" in send(there, GOOD, "do")
    assert [d for _, _, _, d in audited("people.imported")] == [{"added": 1, "changed": 0}, {"added": 0, "changed": 0}]
    assert "Bloggs" not in caplog.text and "Bloggs" not in there.html


def test_what_is_no_table_is_refused(signed_in):
    there = signed_in("coordinator")
    assert "no column" in send(there, "a,b\n1,2\n", status=422)
    assert "not UTF-8" in send(there, b"\xff\xfe\x00", status=422)
    there.post("/people/import", {"do": "do"}, status=422)


def test_many_lines_are_brought_in_a_few_at_a_time(signed_in, database, audited):
    there = signed_in("coordinator")
    rows = "".join(f"GC{n},Person {chr(65 + n % 26)},{20 + n % 280}\n" for n in range(120))
    assert "120 added" in send(there, "case_number,name,hours\n" + rows, "do")
    assert len(audited("people.imported")) == 3
