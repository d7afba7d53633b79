"""People: who somebody is follows from the conversation id alone."""

import pytest

from bot.programme import people
from tests import builders
from tests.builders import NOW


def test_the_person_of_a_conversation(database):
    with database.write() as db:
        person = builders.a_person(db)
        conversation_id = builders.conversation_id(db, person)
        assert people.person_of(db, conversation_id) is person
        assert people.conversation_of(db, conversation_id).person is person


def test_nobody_is_behind_an_unknown_or_ended_conversation_or_one_of_an_erased_person(database):
    with database.write() as db:
        ended = builders.a_conversation(db, ended_at=NOW)
        erased = builders.a_conversation(db, builders.a_person(db, erased_at=NOW))
        for conversation_id in ("unknown", ended.id, erased.id):
            with pytest.raises(LookupError):
                people.person_of(db, conversation_id)
        assert people.conversation_of(db, ended.id) is ended


# --- finding somebody, and adding somebody without a phone ---------------------------------


@pytest.fixture
def some(any_database):
    with any_database.write() as db:
        names = ["Jo O'Neill", "Joanne Bloggs", "José Núñez", "Mary-Jane Smith", None]
        made = [builders.a_person(db, name=name) for name in names]
        builders.a_person(db, name="Jo Gone", erased_at=NOW)
        yield db, made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jo", ["Jo O'Neill", "Joanne Bloggs", "José Núñez"]),
        ("oneill jo", ["Jo O'Neill"]),
        ("O’NEILL", ["Jo O'Neill"]),
        ("jose nunez", ["José Núñez"]),
        ("jane", ["Mary-Jane Smith"]),
        ("jo jo", []),
        ("gone", []),
        ("", []),
        ("%", []),
        ("..", []),
    ],
)
def test_names_are_found_by_how_their_words_begin(some, typed, found):
    db, _ = some
    assert [p.name for p in people.find(db, typed)] == found


def test_a_number_is_found_however_it_is_written_and_only_whole(some):
    db, made = some
    number = people.ways(db, [made[4].id])[made[4].id][0].address.address
    for typed in (number, "0" + number[3:], f"00{number[1:6]} {number[6:]}"):
        assert [p.id for p in people.find(db, typed)] == [made[4].id], typed
    assert people.find(db, number[:-1]) == []


def test_a_number_that_was_given_up_finds_nobody(some):
    db, made = some
    conversation = people.ways(db, [made[0].id])[made[0].id][0]
    conversation.ended_at = NOW
    db.flush()
    assert people.find(db, conversation.address.address) == []


def test_somebody_without_a_phone_is_added_by_name(some):
    db, _ = some
    staff = builders.a_member_of_staff(db)
    person = people.add(db, "  Sam \u202e  Hill ", by_staff=staff.id, how="walk_in")
    assert person.name == "Sam Hill" and people.labels(db, [person]) == {person.id: "Sam Hill, no phone"}
    for wrong in ("", "  ", "--", "x" * 81):
        with pytest.raises(ValueError, match="A name has letters"):
            people.add(db, wrong, by_staff=staff.id, how="walk_in")
