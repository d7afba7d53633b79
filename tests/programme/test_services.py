"""Services: what may be shown at all, what is found for whom, and how it reads."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from bot import wording, yamlfile
from bot.programme import areas, needs, seeds, services
from tests import builders
from tests.builders import NOW

TOPICS = [
    (), ("alcohol",), ("drugs",), ("sexual_health",), ("mental_health",), ("suicide_prevention",), ("womens_health",),
    ("financial_health",), ("physical_health",), ("housing",), ("food",), ("gambling",), ("domestic_abuse", "legal"),
]  # fmt: skip


@pytest.fixture(scope="module")
def directory(tmp_path_factory, _migrated):
    """A database with the whole directory of data/services.yml in it."""
    import shutil

    from bot.db import Database

    path = tmp_path_factory.mktemp("directory") / "services.db"
    shutil.copy(_migrated, path)
    database = Database(f"sqlite:///{path}")
    with database.write() as db:
        seeds.seed(db, demo=False, today=NOW.date())
    yield database
    database.close()


def test_every_name_is_that_of_a_service_in_the_directory(directory):
    with directory.read() as db:
        known = {s.slug for s in services.directory(db)}
    assert set(needs.NAMES) <= known and len(needs.NAMES) > 50


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("sandyford opens when", ("sandyford",)),
        ("is the lodgin hoose open the night", ("lodging-house-mission",)),
        ("where's turning point n the city mission", ("glasgow-alcohol-drug-crisis", "glasgow-city-mission")),
        ("will i gain weight, need a cab to the shelter in the park", ()),
    ],
)
def test_a_service_is_known_by_what_people_call_it(text, slugs):
    assert needs.called(text) == slugs


@pytest.mark.parametrize("slug", needs.CRISIS_LINES)
def test_a_crisis_line_gives_its_reviewed_number_checked_or_not(slug):
    number = wording.crisis_numbers()[needs.CRISIS_LINES[slug]]
    assert number in services.crisis_line(("penumbra", slug))


def test_no_other_service_has_a_number_that_nobody_checked():
    assert services.crisis_line(("penumbra", "stepchange")) is None


@pytest.fixture
def db(database):
    with database.write() as db:
        yield db


def slugs(db, **wanted):
    return [s.slug for s in services.find(db, at=NOW, **wanted)]


# --- what may be shown --------------------------------------------------------------------------


def test_nothing_unconfirmed_or_on_hold_ever_comes_out(directory):
    texts = ["", "men and women", "gambling, HIV test, young refugee family in prison, over 50"]
    with directory.read() as db:
        hidden = {s.slug for s in db.query(services.Service) if s.hold or s.confidence == "unconfirmed"}
        assert len(hidden) > 40
        places = (None, "south", "Maryhill", "Easterhouse")
        ways = itertools.product(TOPICS, places, (False, True), (False, True), texts)
        shown = set()
        for topics, area, women, urgent, text in ways:
            shown |= set(
                slugs(db, topics=topics, area=area, women_only=women, urgent=urgent, text=text, limit=None)
            )  # fmt: skip
        for need in needs.NEEDS:
            shown |= set(slugs(db, need=need, limit=None))
        assert shown and not shown & hidden
        assert all(services.get(db, slug) is None for slug in hidden)


@pytest.mark.parametrize("values", [{"confidence": "unconfirmed"}, {"confidence": "odd"}, {"hold": True}])
def test_closed_by_default(db, values):
    builders.a_service(db, checked_at=NOW - timedelta(days=1), check_due=NOW + timedelta(days=1), **values)
    assert slugs(db) == slugs(db, live=True) == slugs(db, topics=("alcohol",)) == slugs(db, urgent=True) == []


def test_live_shows_only_what_somebody_has_checked_lately(db):
    day = timedelta(days=1)
    builders.a_service(db, "unchecked")
    builders.a_service(db, "in-date", checked_at=NOW - day, check_due=NOW + day)
    builders.a_service(db, "out-of-date", checked_at=NOW - 9 * day, check_due=NOW - day)
    builders.a_service(db, "no-due-date", checked_at=NOW - day)
    assert slugs(db, live=True, limit=None) == ["in-date"]
    assert len(slugs(db, limit=None)) == 4
    assert services.get(db, "unchecked", live=True, at=NOW) is None
    assert services.get(db, "unchecked", at=NOW).slug == "unchecked"


def test_nothing_of_the_seed_is_live_before_somebody_has_checked_it(directory):
    with directory.read() as db:
        assert slugs(db, live=True, limit=None) == []


# --- what fits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nae leccy in the meter", "home-energy-scotland"),
        ("am starving, need a foodbank", "glasgow-city-mission"),
        ("where can i get naloxone", "glasgow-alcohol-drug-crisis"),
        ("needle exchange", "glasgow-alcohol-drug-crisis"),
        ("condoms", "sandyford"),
        ("STI test", "sandyford"),
        ("a loan shark is chasing me", "stop-illegal-lending"),
        ("i owe money on bills", "castlemilk-law-centre"),
        ("my mum died", "cruse-scotland"),
        ("stop smoking", "quit-your-way"),
        ("toothache", "urgent-dental"),
        ("homeless tonight", "homeless-out-of-hours"),
        ("got an eviction letter", "eviction-court-helpdesk"),
        ("my landlord is at it", "shelter-scotland"),
        ("my son is taking drugs", "sfad-helpline"),
        ("job with a criminal record", "next-chapter-scotland"),
        ("whaur's the hep clinic", "sandyford"),
        ("need a hepatitis test near govan", "sandyford"),
        ("foodbank in govan", "glasgow-city-mission"),
        ("wheres theres a free dentist in south glasgow", "urgent-dental"),
        ("am gettin evicted on friday", "shelter-scotland"),
    ],
)
def test_the_words_of_a_request_find_what_it_needs(directory, text, first):
    with directory.read() as db:
        assert slugs(db, text=text)[0] == first


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("any groups about the bookies", []),  # nothing that is merely about money
        ("wheres theres a free dentist in south glasgow", ["urgent-dental"]),  # nothing that is merely in the south
        ("is there a place for a hep c test am in springburn", ["sandyford"]),  # no credit union, "a fair place"
        ("is there a place that helps ye learn tae read", []),
    ],
)
def test_what_does_not_fit_is_not_given_for_want_of_something_that_does(directory, text, whole):
    with directory.read() as db:
        assert slugs(db, text=text, area=areas.sector_of(text)) == whole


def test_a_request_that_says_nothing_finds_nothing(directory):
    with directory.read() as db:
        assert slugs(db, text="asdf") == []


def test_urgent_finds_the_crisis_lines_first(directory):
    with directory.read() as db:
        assert slugs(db, urgent=True) == ["emergency-999", "nhs24-111", "samaritans"]
        assert slugs(db, topics=("suicide_prevention",), urgent=True)[0] == "samaritans"
        assert slugs(db, topics=("domestic_abuse",), urgent=True)[:2] == ["emergency-999", "domestic-abuse-helpline"]
        assert "emergency-999" not in slugs(db, topics=("financial_health",), urgent=True)
        assert "emergency-999" not in slugs(db, topics=("mental_health",))


def test_near_comes_before_far(db):
    for area in ("uk", "scotland", "north-east", "south", "glasgow-wide"):
        builders.a_service(db, area, area=area)
    assert slugs(db, topics=("alcohol",), area="Govan", limit=None) == ["south", "glasgow-wide", "scotland", "uk"]
    assert slugs(db, topics=("alcohol",), limit=None)[:3] == ["glasgow-wide", "scotland", "uk"]
    assert slugs(db, topics=("alcohol",), area="Narnia", limit=None) == ["glasgow-wide", "scotland", "uk"]


def test_what_needs_a_referral_and_what_was_checked_long_ago_sink(db):
    builders.a_service(db, "referral", self_referral=False)
    builders.a_service(db, "undated")
    builders.a_service(db, "old", seen="2015-03")
    builders.a_service(db, "new", seen="about 2026")
    builders.a_service(db, "checked", checked_at=NOW - timedelta(days=9), check_due=NOW + timedelta(days=9))
    assert slugs(db, topics=("alcohol",), limit=None) == ["checked", "new", "old", "undated", "referral"]


def test_the_topic_named_first_counts_most(db):
    builders.a_service(db, "second", topics=["mental_health", "alcohol"])
    builders.a_service(db, "first", topics=["alcohol", "mental_health"])
    builders.a_service(db, "neither", topics=["housing"])
    assert slugs(db, topics=("alcohol",)) == ["first", "second"]
    assert slugs(db, topics=("mental_health",)) == ["second", "first"]


@pytest.mark.parametrize(("sex", "asks"), [("women", "a women's group"), ("men", "men's group please")])
def test_services_for_one_sex_are_offered_to_those_who_ask(db, sex, asks):
    builders.a_service(db, "all")
    builders.a_service(db, sex, audience=f"{sex}, 18 and over")
    assert slugs(db, topics=("alcohol",)) == ["all"]
    assert slugs(db, topics=("alcohol",), text=asks) == [sex, "all"]
    assert slugs(db, topics=("alcohol",), text="aye man, my mum died") == ["all"]


def test_women_only_is_meant_literally(db):
    builders.a_service(db, "all")
    builders.a_service(db, "women", audience="women")
    builders.a_service(db, "men", audience="men")
    assert slugs(db, topics=("alcohol",), women_only=True) == ["women"]
    builders.a_service(db, "clinic", topics=["womens_health"])
    assert slugs(db, topics=("womens_health",), women_only=True) == ["clinic"]


def test_womens_health_finds_womens_services(directory):
    with directory.read() as db:
        assert "tomorrows-women" in slugs(db, topics=("womens_health",))


@pytest.mark.parametrize(
    ("audience", "text"),
    [
        ("under-19", "am 17"),
        ("refugees", "got leave to remain"),
        ("families", "my da's drinking"),
        ("people leaving remand or a sentence under 4 years", "just out of jail"),
        ("women from minority ethnic communities", "a muslim women's group"),
    ],
)
def test_services_with_limits_are_offered_to_those_who_say_they_are_meant(db, audience, text):
    builders.a_service(db, "limited", audience=audience)
    assert slugs(db, topics=("alcohol",)) == []
    assert slugs(db, topics=("alcohol",), text=text) == ["limited"]


def test_what_was_shown_already_can_be_left_out(directory):
    with directory.read() as db:
        first = slugs(db, topics=("drugs",))
        assert not set(first) & set(slugs(db, topics=("drugs",), exclude=first))


def test_an_unknown_need_is_a_mistake(db):
    with pytest.raises(KeyError):
        services.find(db, need="yacht", at=NOW)


def test_the_first_need_that_is_named():
    assert services.need_of("skint and nae gas") == "debt"
    assert services.need_of("hello") is None


@pytest.mark.parametrize(
    ("text", "sector"),
    [("Govan", "south"), ("am in govanhill", "south"), ("north west", "north-west"), ("Possil", "north-west"),
     ("the east end", "north-east"), ("Paris", None), ("", None), (None, None)],
)  # fmt: skip
def test_a_district_is_in_a_sector(text, sector):
    assert areas.sector_of(text) == sector


# --- how it reads -------------------------------------------------------------------------------


def test_a_service_in_one_line(db):
    service = builders.a_service(
        db, name="Helping Hands", what="Free help with money. They call back.", phone="0808 800 0000",
        hours="Mon-Fri 9am-5pm.", cost_to_call="free",
        audience="women", checked_at=NOW - timedelta(days=20),
    )  # fmt: skip
    assert services.lines(service, NOW.date()) == (
        "Helping Hands (for women): Free help with money. Call 0808 800 0000, free to call. "
        "Open: Mon-Fri 9am-5pm. Checked Nov 2026."
    )


def test_what_it_does_is_left_out_where_two_segments_would_not_hold_it(db):
    service = builders.a_service(db, name="Helping Hands", what="Help with " + "many things and " * 20)
    assert services.lines(service, NOW.date()).startswith("Helping Hands: call ")


def test_hours_of_one_thing_are_not_called_opening_hours(db):
    line = services.lines(builders.a_service(db, hours="Clean needles: 24 hours"), NOW.date())
    assert "Clean needles: 24 hours." in line and "Open:" not in line


@pytest.mark.parametrize(
    ("values", "way"),
    [
        ({"sms": "85258", "sms_keyword": "SHOUT"}, "text shout to 85258"),
        ({"sms": "85258"}, "text 85258"),
        ({"address": "55 Hunter Street"}, "go to 55 hunter street"),
        ({"url": "https://www.example.org/help/"}, "see example.org/help"),
        ({}, "ask a worker"),
    ],
)
def test_the_way_in(db, values, way):
    line = services.lines(builders.a_service(db, phone=None, **values), NOW.date())
    assert way in line.lower() and line.endswith("It may have changed.")


def test_a_referral_is_said(db):
    assert "must ask for you" in services.lines(builders.a_service(db, self_referral=False), NOW.date())


def test_every_service_that_may_be_shown_reads_well(directory):
    with directory.read() as db:
        shown = services._showable(db, False, NOW)
        assert len(shown) == 80
        for service in shown:
            line = services.lines(service, date(2026, 11, 24))
            assert wording.is_gsm(line), service.slug
            assert wording.size(line).units <= wording.ANSWER_BUDGET, service.slug


# --- what is said before, or instead of, places -----------------------------------------------


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("where can i get the morning after pill", "sexual_health/emergency_contraception"),
        ("where do a go fur pep", "sexual_health/pep_after_risk"),
        ("naloxone kit", "drugs/get_naloxone"),
        ("condoms", None),
    ],
)
def test_a_need_names_the_answer_that_comes_first(text, answer):
    found = next((needs.NEEDS[n].answer for n in needs.needs_of(text) if needs.NEEDS[n].answer), None)
    assert ("/".join(found) if found else None) == answer


def test_every_answer_and_sentence_that_a_need_names_is_there():
    named = [n.answer for n in needs.NEEDS.values() if n.answer] + [a for row in needs.TODAY for a in row.answers]
    assert named
    for topic, key in named:
        tree = yamlfile.read(wording.DATA / "answers" / f"{topic}.yml")
        assert key in {answer["key"] for answer in tree["answers"]}
    for sentence in (s for n in needs.NEEDS.values() for s in (n.sentence, n.before) if s):
        assert f"service.{sentence}" in wording.sentences()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("no money for heating", "crisis_grant"),
        ("cannae afford tae pit the heating on", "crisis_grant"),
        ("nae money for the leccy the night", "energy_topup"),
        ("i've no gas left and nae money", "energy_topup"),
        ("i've no money for food till friday", "no_money_for_food"),
        ("weans havenae eaten, nae money for their tea", "no_money_for_food"),
        ("do i get money for heating in winter", None),
        ("cannae pay ma gas bill", None),
        ("cannae eat ma dinner feel sick", None),
        ("i've no money for the bus", None),
    ],
)
def test_no_money_for_today_is_told_from_other_questions_about_money(text, first):
    found = needs.needed_today(text)
    assert (found[0][1] if found else None) == first


def test_999_needs_no_note_that_nobody_has_checked_it(directory):
    with directory.read() as db:
        line = services.lines(services.get(db, "emergency-999"), NOW.date())
    assert "999" in line and "checked" not in line


def test_the_services_that_lead_after_abuse_are_there_and_fit(directory):
    leading = {name: need.lead for name, need in needs.NEEDS.items() if need.lead}
    assert set(leading) == {"abuse", "sexual_violence"}
    with directory.read() as db:
        for name, lead in leading.items():
            assert needs.needs_of(name.replace("_", " ")) == [name]
            for service in (services.get(db, slug) for slug in lead):
                assert needs.fits(name, f"{service.name} {service.what}")
