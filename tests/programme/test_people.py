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
