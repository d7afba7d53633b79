"""What is said to "where is that from?" passes the wording rules, whatever a source is called."""

from bot.models import AnswerRevision


def test_a_source_whose_title_names_people_by_an_offence_is_passed_over():
    from actions.answers import source_words

    named = {"title": "Management of Offenders (Scotland) Act 2019", "url": "https://example.org/1", "seen": "2019"}
    plain = {"title": "Telling an employer, mygov.scot", "url": "https://example.org/2", "seen": "2023"}
    said = source_words(AnswerRevision(status="draft", sources=[named, plain]))
    assert "mygov.scot" in said and "Offender" not in said


def test_with_no_title_to_read_out_the_state_of_review_is_still_told():
    from actions.answers import source_words

    named = {"title": "Management of Offenders (Scotland) Act 2019", "url": "https://example.org/1", "seen": "2019"}
    said = source_words(AnswerRevision(status="draft", sources=[named]))
    assert said.startswith("No one from the programme has checked")
