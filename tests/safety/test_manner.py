"""In which words danger is answered: as close at hand where a plan is told, and never as a plan where none is."""

from __future__ import annotations

import pytest

from bot import crisis
from bot.safety import asked_after, beside_a_denial, close_at_hand, drugs_named, only_doubted, screen
from bot.safety.manner import doubts


def words(text: str) -> str:
    return " ".join(crisis.replies(screen(text), when="tomorrow"))


@pytest.mark.parametrize(
    "text",
    [
        "got the tablets sitting in front of me",
        "the bottle of pills is in my hand",
        "am up on the bridge",
        "bought the rope the day",
        "i've decided when i'm going to do it",
        "the razor's right here beside me",
        "got it all planned for tonight",
        "im in the woods wi a rope",
        "i'm doing it when the weans are asleep",
        "ive wrote the letters to my weans",
        "sat here wi a knife to my wrist",
        "got ma da's pills in my pocket",
        "am parked up by the river and canny see a way back",
        "planning to step in front of the 10 oclock train",
        "ive a bag packed wi stones and am heading to the loch",
        "ma meds are lined up on the couch",
    ],
)
def test_who_tells_how_where_or_when_is_answered_as_somebody_who_is_close(text):
    verdict = screen(text)
    assert (verdict.kind, verdict.about) == ("plan", "self")
    said = words(text)
    assert "close to ending your life" in said and "call 999 now" in said
    assert "someone who can stay with you" in said and "out of reach" in said


@pytest.mark.parametrize(
    "text",
    ["i want to die", "i keep thinking about killing myself", "i think about suicide every day", "nae point in anything any mair"],
)
def test_who_tells_of_no_plan_is_not_told_that_they_have_one(text):
    assert not close_at_hand(text)
    assert "close to ending your life" not in words(text)


def test_a_plan_that_is_over_is_asked_about_as_what_it_was():
    text = "two year ago i was gonna end it, had the pills in my hand, but im good now"
    assert not close_at_hand(text)
    assert "close to ending your life" not in words(text)


def test_a_farewell_that_is_sure_keeps_its_own_words():
    assert screen("ive said my goodbyes and got the stuff").kind == "goodbye"


def test_a_plan_of_somebody_else_is_theirs():
    verdict = screen("my pal is up on the bridge and says hes going to jump")
    assert verdict.about == "other"
    assert "Someone's life sounds in danger. Please call 999 now" in words("my pal is up on the bridge and says hes going to jump")


def test_a_question_about_a_plan_has_a_yes_and_a_no():
    assert [label for label, _ in crisis.choices(screen("am up on the bridge"))] == ["Yes", "No"]


def test_a_doubt_of_the_list_alone_is_still_weighed():
    assert doubts("the rope's in the cupboard and im ready")


# --- denied beside an ordinary request ---------------------------------------------------------

DENIED = {
    "don't worry not gonna do anything daft, whats a unit": "whats a unit",
    "im not thinking about killing myself before u ask, can u tell me about naloxone": "can u tell me about naloxone",
    "naw im no gonna end it, how do i cancel my session": "how do i cancel my session",
    "before you ask am no wanting to kill masel, got any groups on in govan": "got any groups on in govan",
    "i dont want to die or anything i just feel low, what helps with sleep": "i just feel low, what helps with sleep",
    "i would never kill myself but what helps wi anxiety": "what helps wi anxiety",
    "dont panic im not going to harm myself, what time is the shift": "what time is the shift",
    "I am not planning on ending my life. Where is the class?": "Where is the class?",
    "havent got any plans to kill myself, where can i get my methadone": "where can i get my methadone",
    "i would not kill myself over it but is there help with gambling": "is there help with gambling",
}


@pytest.mark.parametrize(("text", "rest"), DENIED.items())
def test_what_is_asked_for_beside_a_denial_is_told_apart_and_the_question_stays(text, rest):
    verdict = screen(text)
    assert (verdict.kind, verdict.strength, verdict.about) == ("suicide_denied", "weak", "self")
    assert asked_after(verdict) and only_doubted(verdict)
    assert beside_a_denial(text) == rest
    [said] = crisis.replies(verdict, when="tomorrow")
    assert "is suicide on your mind?" in said and [label for label, _ in crisis.choices(verdict)] == ["Yes", "No"]


@pytest.mark.parametrize(
    "text",
    [
        "not suicidal, just want to be dead",
        "im no suicidal but cant see the point anymore",
        "not gonna lie feeling suicidal, whats on",
        "trying not to kill myself, what can i do",
        "naw gonna end it. can you tell my maw",
        "no, gonna kill myself, can u tell ma maw",
        "cant promise im not gonna hurt myself, can someone ring me",
        "im no gonna kill masel the night, can you help me",
        "i dont want to end up killing myself, where can i get help",
        "i dont want to live, whats a unit",
        "im not suicidal i just want it all to stop, can you help",
        "i wish i wasnt suicidal, any help",
        "theres no way im not going to hurt myself, can you help",
        "im not gonna kill myself till ive seen the weans, whats my hours",
    ],
)
def test_what_takes_a_denial_back_or_is_danger_beside_it_is_asked_about_first(text):
    verdict = screen(text)
    assert verdict is not None and not asked_after(verdict)


def test_a_denial_without_a_request_is_asked_about_first():
    assert not asked_after(screen("dont worry am no gonna do anything daft"))


def test_a_denial_after_words_of_danger_is_no_plain_one():
    assert not asked_after(screen("im no gonna do anything daft, whats a unit", ["i want to die"]))


def test_who_only_says_that_they_are_not_suicidal_is_not_asked_for_it():
    assert screen("am not suicidal or that, where can i get a food parcel") is None
    assert doubts("just so you know im not suicidal. what do i do if i miss a shift")  # of the list: weighed as ever


@pytest.mark.parametrize(
    "text",
    [
        "am no gonna finish it the day, can i change my shift",
        "im not gonna jump on the bus for that, is there anything nearer",
        "im not going to die of boredom there am i, whats the class about",
        "i wont end things early, when does the session finish",
    ],
)
def test_what_is_not_done_otherwise_is_no_denial_of_suicide(text):
    assert not asked_after(screen(text))


# --- questions about using drugs ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how not to od on heroin", "suicide_doubt"),
        ("how do i no overdose", "overdose_doubt"),
        ("how many vallies can i take before i overdose", "overdose_doubt"),
        ("whats a lethal dose of etizolam", "suicide_doubt"),
        ("if i take ket will i die", "suicide_doubt"),
        ("will 10 vallies kill me", "suicide_doubt"),
        ("scared i overdose on gear, how much is safe", "overdose_doubt"),
    ],
)
def test_how_to_use_and_live_is_answered_first_and_asked_about_in_one_text(text, kind):
    verdict = screen(text)
    assert (verdict.kind, verdict.strength) == (kind, "weak") and asked_after(verdict)
    assert len(crisis.replies(verdict, when="tomorrow")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "ive took 20 vallies",
        "how many pills to kill myself",
        "how many vallies would kill me",
        "how many paracetamol would kill you",
        "i want to overdose on heroin how much do i need",
        "ive taken too much ket what should i do",
        "my pal took too many blues what do i do",
    ],
)
def test_what_was_taken_or_is_wanted_is_no_question_about_using(text):
    verdict = screen(text)
    assert verdict is not None and not asked_after(verdict)


@pytest.mark.parametrize(
    ("text", "safety", "kind"),
    [
        ("am i gonna die", "emergency", "emergency"),
        ("i took blues am i gonna die", "emergency", "overdose"),
        ("is he gonna die", "emergency", "emergency"),
        ("help please am i gonna die tonight i dont want to die", "emergency", "emergency"),
        ("am i finally gonna die", "suicide", "suicide"),
        ("am i gonna die if i keep takin the jellies", "suicide", "suicide_doubt"),
        ("blues n vodka every weekend am i asking to die", "suicide", "suicide_doubt"),
        ("is it gonna kill me if i take them all, valium", "suicide", "suicide"),
        ("am i going to die tonight if i do enough smack, i hope so", "suicide", "plan"),
    ],
)
def test_who_fears_to_die_is_not_answered_as_who_wants_to(text, safety, kind):
    found = screen(text)
    assert (found.safety, found.kind) == (safety, kind)


def test_what_does_somebody_in_is_not_always_a_person():
    assert screen("he's coming back to finish me off").kind == "threatened"
    found = screen("i take pregabs every night to sleep is that gonna do me in")
    assert found is None or found.safety != "abuse"


def test_an_overdose_is_known_by_what_it_looks_like():
    assert drugs_named("ma mate's eyes are like pins and he keeps noddin aff") and drugs_named("he's gurglin")
    assert not drugs_named("a feel sick and ma heid's burstin")
