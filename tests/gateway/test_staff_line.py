"""A worker books somebody in by text from their own linked phone: one SMS an answer, no names, no hint for others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock, wording
from bot.conversations import staff_phones, staff_texts
from bot.models import KeepApart, Message, Person, StaffText
from bot.programme import bookings, references
from tests import builders
from tests.gateway.staff_line import WORKER, audit_of, booked, fill, texts


@pytest.mark.parametrize(
    "text",
    ["book {} into alcohol thursday", "Book {} alcohol thurs 2pm pls", "{} drink govan", "put {} down for alc on thu",
     "book {} into alchohol thursday"],
)  # fmt: skip
def test_it_is_read_back_confirmed_booked_and_told(line, text):
    (asked,) = texts(line, text.format(line.reference))
    assert asked == f"{line.reference} (J.B.): Drink and you, Thu 26 Nov 2pm, Sample Hall, Govan.\n1 Book\n2 Leave it"
    assert booked(line) == []
    (said,) = texts(line, "1")
    assert said == f"Booked: {line.reference} (J.B.), Drink and you, Thu 26 Nov 2pm. They get a text."
    (booking,) = booked(line)
    assert (booking.person_id, booking.session_id, booking.status) == (line.person, line.session, "booked")
    assert "You have a place at Drink and you" in line.got(line.theirs)[0]
    made = audit_of(line, "booking.made", "booking.by_text")
    assert [(action, actor) for action, actor, _ in made] == [
        ("booking.made", f"staff:{line.staff}"), ("booking.by_text", f"staff:{line.staff}"),
    ]  # fmt: skip
    assert (("person.viewed", f"staff:{line.staff}", {"why": "staff_line"})) in audit_of(line, "person.viewed")


@pytest.mark.parametrize("how", [str, str.lower, *(lambda r, by=by: r.replace("-", by) for by in ("", " ", " - "))])
def test_a_reference_is_read_however_it_is_typed(line, how):
    assert line.reference in texts(line, f"book {how(line.reference)} into alcohol thursday")[0]


def test_two_leaves_it(line):
    texts(line, f"book {line.reference} into alcohol thursday")
    assert "nothing was booked" in texts(line, "2")[0]
    assert "from before" in texts(line, "1")[0] and booked(line) == []


def test_a_question_lapses(line, at_noon):
    texts(line, f"book {line.reference} into alcohol thursday")
    at_noon.later(minutes=16)
    assert "from before" in texts(line, "1")[0] and booked(line) == []


def test_a_number_that_is_not_there(line):
    texts(line, f"book {line.reference} into alcohol thursday")
    assert texts(line, "3")[0] == "Pick a number from 1 to 2."
    assert "Booked" in texts(line, "1")[0]


def test_what_may_be_meant_is_numbered(line):
    with line.database.write() as db:
        other = builders.a_session(db, title="Cutting down safely", place="Sample Rooms", area="City centre", days=4).id
    (asked,) = texts(line, f"book {line.reference} into alcohol")
    assert asked.splitlines() == [
        "Which one?", "1 Thu 26 Nov 2pm Drink and you, Govan", "2 Fri 27 Nov 2pm Cutting down safely, City centre",
    ]  # fmt: skip
    assert "Cutting down safely, Fri 27 Nov 2pm" in texts(line, "2")[0]
    assert "Booked" in texts(line, "aye")[0]
    assert [row.session_id for row in booked(line)] == [other]


def test_many_that_fit_are_still_one_text(line):
    with line.database.write() as db:
        for days in range(4, 12):
            builders.a_session(db, title="A rather long title of a session", area="Castlemilk and around", days=days)
    (asked,) = texts(line, f"book {line.reference} into alcohol")
    assert wording.size(asked).segments == 1 and asked.endswith("There are more: add the day or place.")


def test_a_full_session_has_a_waiting_list(line):
    fill(line)
    assert "is full.\n1 Waiting list" in texts(line, f"book {line.reference} into alcohol thursday")[0]
    assert texts(line, "1")[0].startswith(f"On the waiting list: {line.reference}")
    assert [row.status for row in booked(line)][-1] == "waiting"
    assert "waiting list for Drink and you" in line.got(line.theirs)[0]


def test_a_session_that_fills_up_meanwhile_is_read_back_again(line):
    texts(line, f"book {line.reference} into alcohol thursday")
    fill(line)
    assert "is full.\n1 Waiting list" in texts(line, "1")[0]
    assert "On the waiting list" in texts(line, "1")[0]


def test_somebody_kept_apart_reads_full_and_no_more(line):
    with line.database.write() as db:
        other = builders.a_person(db)
        db.add(KeepApart(one_id=line.person, other_id=other.id, made_by=line.staff))
        bookings.book(db, other, line.session, conversation_id=None, asked_by=None)
    fill_words = f"{line.reference} (J.B.): Drink and you, Thu 26 Nov 2pm is full.\n1 Waiting list\n2 Leave it"
    assert texts(line, f"book {line.reference} into alcohol thursday") == [fill_words]
    texts(line, "1")
    assert [row.status for row in booked(line)] == ["booked", "waiting"]


def test_what_the_rules_refuse_is_said(line):
    with line.database.write() as db:
        person = db.get(Person, line.person)
        clash = builders.a_session(db, topic="drugs", title="Naloxone")
        bookings.book(db, person, clash.id, conversation_id=None, asked_by=None)
    texts(line, f"book {line.reference} into alcohol thursday")
    assert "another session at that time" in texts(line, "1")[0]
    assert "has a place there already" in texts(line, f"book {line.reference} into naloxone thursday")[0]
    assert len(booked(line)) == 1


@pytest.mark.parametrize(
    "values",
    [{"private": True}, {"book_until": builders.NOW - timedelta(hours=1)}, {"book_from": builders.NOW + timedelta(1)},
     {"status": "cancelled"}],
)  # fmt: skip
def test_what_nobody_could_book_now_is_for_the_console(line, values):
    with line.database.write() as db:
        builders.a_session(db, topic="drugs", title="Naloxone", **values)
    assert "No open session fits" in texts(line, f"book {line.reference} into naloxone")[0]


def test_a_session_called_off_between_question_and_answer(line):
    texts(line, f"book {line.reference} into alcohol thursday")
    with line.database.write() as db:
        db.get(builders.ProgrammeSession, line.session).status = "cancelled"
    assert "is off" in texts(line, "1")[0] and booked(line) == []


def test_somebody_without_a_phone_is_for_the_worker_to_tell(line):
    with line.database.write() as db:
        person = Person(pseudonym="p" * 32, name="Al")
        db.add(person)
        db.flush()
        reference = references.of(db, person)
    texts(line, f"book {reference} into alcohol thursday")
    assert "tell them yourself" in texts(line, "1")[0]


def test_a_session_for_women_says_so(line):
    with line.database.write() as db:
        builders.a_session(db, topic="womens_health", title="Health hour", audience="women")
    assert "Health hour (for women), Thu" in texts(line, f"book {line.reference} into health hour")[0]


# --- what may not be said on a phone -------------------------------------------------------


@pytest.mark.parametrize("text", ["who's in alcohol thursday", "whos in drink thu?", "how many in alcohol thursday",
                                  "names for alcohol thursday please, who is coming"])  # fmt: skip
def test_who_is_coming_is_a_figure(line, text):
    with line.database.write() as db:
        builders.a_booking(db, db.get(Person, line.person), db.get(builders.ProgrammeSession, line.session))
    (said,) = texts(line, text)
    if text.startswith("names"):
        assert "No names or numbers here" in said
    else:
        assert said.startswith("Drink and you, Thu 26 Nov 2pm: 1 of 8 places taken, 0 waiting.")
    assert "Jo" not in said and "Bloggs" not in said and line.reference not in said


@pytest.mark.parametrize("text", ["book Jo Bloggs into alcohol thursday", "book {} into alcohol thursday"])
def test_nobody_is_found_by_name_or_number(line, text):
    (said,) = texts(line, text.format(line.theirs))
    assert "No names or phone numbers here" in said and "Bloggs" not in said
    assert booked(line) == []


def test_a_slip_of_one_sign_is_nobodys_reference(line):
    first, second, digits = line.reference[0], line.reference[1], line.reference[3:]
    wrong = f"{first}{second}-{digits[:3]}{(int(digits[3]) + 1) % 10}"
    assert texts(line, f"book {wrong} into alcohol thursday")[0].startswith(f"Nobody has the reference {wrong}")


def test_trying_references_out_unlinks_the_phone(line):
    for _ in range(staff_phones.MISSES - 1):
        assert "Nobody has" in texts(line, "book BB-0001 into alcohol")[0]
    assert "not linked any more" in texts(line, "book BB-0001 into alcohol")[0]
    assert audit_of(line, "staff_phone.ended")[0][1:] == ("system", {"why": "guessing"})


def test_every_answer_is_one_text_in_the_phones_alphabet(line):
    with line.database.write() as db:
        builders.a_session(
            db, topic="drugs", title="T" * 80, place="P" * 80, area="A" * 40, audience="women", sample=True
        )
        db.get(Person, line.person).name = "Ñandú Ólafsdóttir Ęcki"
    for text in (f"book {line.reference} into drugs", "1", "how many drugs", f"book {line.reference}", "hello", "help",
                 "book BB-0001 into drugs", f"book {line.reference} into knitting", "3"):  # fmt: skip
        for said in texts(line, text):
            size = wording.size(said)
            assert (size.encoding, size.segments) == ("GSM-7", 1), said


@pytest.mark.parametrize(
    "text",
    ["cancel {} alcohol thursday", "move {} to alcohol thursday", "take {} off alcohol thursday",
     "{} can't make alcohol thursday", "is {} booked in alcohol thursday", "{} into naloxone instead of alcohol"],
)  # fmt: skip
def test_what_cannot_be_done_from_here_is_not_taken_for_a_booking(line, text):
    assert "Only booking works by text" in texts(line, text.format(line.reference))[0]
    assert "from before" in texts(line, "1")[0] and booked(line) == []


@pytest.mark.parametrize("title", ["Periods, pain and the change", "Bills and benefits drop-in"])
def test_a_session_may_be_called_after_such_a_word(line, title):
    with line.database.write() as db:
        builders.a_session(db, topic="drugs", title=title)
    assert title in texts(line, f"book {line.reference} into {title.lower()}")[0]


def test_two_people_in_one_text_are_asked_for_one_by_one(line):
    with line.database.write() as db:
        other = references.of(db, builders.a_person(db))
    assert "One person in each text" in texts(line, f"book {line.reference} and {other} into alcohol thursday")[0]


# --- danger, faults, floods ----------------------------------------------------------------


def test_danger_from_a_worker_gets_the_numbers_and_says_that_nobody_else_knows(line):
    said = texts(line, "KT-4821 says he wants to kill himself tonight")
    assert any("999" in text for text in said) and "went to nobody else" in said[-1]
    assert line.handoffs() == [] and line.rows() == []


def test_words_in_doubt_get_the_numbers_and_no_lesson_in_booking(line):
    said = texts(line, "i cannae go on")
    assert any("999" in text for text in said) and "went to nobody else" in said[-1]


def test_danger_in_a_booking_does_not_stop_it_where_it_is_a_topic(line):
    with line.database.write() as db:
        builders.a_session(db, topic="suicide_prevention", title="Talking about suicide", days=4)
    said = texts(line, f"book {line.reference} into suicide prevention friday")
    assert "Talking about suicide, Fri 27 Nov 2pm" in said[-1]


def test_danger_is_answered_while_the_database_is_locked(line):
    with line.locked():
        line.take("i want to kill myself", sender=WORKER, external_id="spooled")
    direct = line.got(WORKER)[len(line.linked) :]
    assert any("999" in text for text in direct)
    assert line.gateway.intake.import_spool() == 1
    line.step()
    with line.database.read() as db:
        assert db.query(Message).count() == 0
    assert line.got(WORKER)[len(line.linked) :] == direct  # not said twice


def test_a_photo_is_answered_too(line):
    assert "Text only" in texts(line, "", kind="photo")[0]


def test_telegram_works_the_same(line):
    with line.database.write() as db:
        code = staff_phones.make_code(db, line.staff)
    texts(line, f"/start {code.replace(' ', '')}", sender="1001", channel="telegram")
    assert "1 Book" in texts(line, f"book {line.reference} into alcohol", sender="1001", channel="telegram")[0]
    assert "Booked" in texts(line, "1", sender="1001", channel="telegram")[0]


def test_a_redelivery_books_nothing_twice(line):
    texts(line, f"book {line.reference} into alcohol thursday", external_id="a")
    texts(line, "1", external_id="b")
    assert texts(line, "1", external_id="b") == [] and len(booked(line)) == 1


def test_a_fault_is_apologised_for_and_stops_nobody(line, monkeypatch):
    monkeypatch.setattr(bookings, "book", lambda *a, **k: 1 / 0)
    texts(line, f"book {line.reference} into alcohol thursday")
    assert "Something went wrong" in texts(line, "1")[0] and booked(line) == []
    assert "No names or numbers here" in texts(line, "hello")[0]


def test_a_flood_is_written_down_and_not_answered(line, at_noon):
    for _ in range(staff_texts.FLOOD):
        texts(line, "hello")
    assert texts(line, "hello") == []
    at_noon.later(minutes=11)
    assert texts(line, "hello") != []


def test_what_was_texted_is_not_kept(line, at_noon):
    texts(line, "hello")
    at_noon.later(days=31)
    with line.database.write() as db:
        assert staff_texts.forget(db, clock.now()) == 2
        assert db.query(StaffText).count() == 0


def test_whose_order_is_closed_is_booked_after_a_warning_that_names_no_order(line):
    with line.database.write() as db:
        builders.an_order(db, db.get(Person, line.person), closed_at=clock.now(), outcome="completed")
    (asked,) = texts(line, f"book {line.reference} into alcohol thursday")
    assert "Read their page on the console first.\n1 Book" in asked and "order" not in asked
    assert wording.size(wording.to_gsm(asked)).segments == 1
    texts(line, "1")
    assert [booking.status for booking in booked(line)] == ["booked"]
