"""What is typed: nothing becomes a command, all of it is kept, what is no text is answered kindly; STOP and START."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from bot.gateway import keywords

DANGER = "i want to die"


def crisis_words(world):
    return [row.body for row in world.rows("out") if row.purpose == "crisis" and row.status == "sent"]


# --- what is typed -------------------------------------------------------------------------------


BEFORE = ["", " ", "\u00a0", "\u3000", "\t", "\n", "\ufeff", "\u200b", "\u2028", "\x00", "//", "\u202e", "\u00ad / "]


def test_nothing_typed_becomes_a_command(world):
    typed = [before + text for before in BEFORE for text in ('/book{"crn": "1"}', "/restart")]
    for text in typed:
        world.says(text)
    assert len(world.rasa.asked) == len(typed)
    assert not any(text.startswith("/") for _, _, text in world.rasa.asked)


def test_nothing_typed_beside_something_else_becomes_a_command(world):
    helped = [{"label": str(n), "payload": f'/choose{{"option": "helped:{n}"}}'} for n in (1, 0)]
    world.rasa.replies = [{"text": "Did that help?", "choices": helped}]
    world.says("whats a unit")
    for text in ("2. /restart the lot", "thanks. /restart it all please", 'ta pal, //book{"crn": "1"} me in'):
        world.says(text)
    world.says(DANGER)
    world.says("naw thats no what i meant. /restart my session")
    assert not any(text.startswith("/restart") or text.startswith("/book") for _, _, text in world.rasa.asked)


@given(st.sampled_from(["Thank you. ", "cheers, ", "ok ta. "]), st.text())
def test_thanks_at_the_head_are_left_out_and_nothing_else(thanks, text):
    whole = thanks + text
    assert keywords.after_thanks(whole) == whole or text.strip().endswith(keywords.after_thanks(whole).strip())


def test_what_comes_after_thanks_is_what_is_wanted():
    assert keywords.after_thanks("cheers pal. n the number fur families") == "n the number fur families"
    assert keywords.after_thanks("It helped a bit, thank you. My husband gambles.") == "My husband gambles."


def test_thanks_alone_stay():
    for text in ("thanks", "Thank you. Goodbye", "thank you very much!"):
        assert keywords.after_thanks(text) == text


@given(st.text())
def test_no_text_at_all_reaches_rasa_as_a_command(text):
    for written in (text, "/" + text, text + "/restart"):
        assert not keywords.for_rasa(written).startswith(("/", " "))
        assert len(keywords.for_rasa(written)) <= keywords.MAX_FOR_RASA


def test_what_rasa_is_given(world):
    for text, _ in GIVEN:
        world.says(text)
    assert [given for _, _, given in world.rasa.asked] == [asked for _, asked in GIVEN]


GIVEN = [
    ("a" * 10_000, "a" * 1_600),
    ("مرحبا كيف حالك", "مرحبا كيف حالك"),
    ("\u202ehello\u202c", "hello"),
    ("he\x07l\x00lo there", "he l\ufffdlo there"),
    ("👍", "yes"),
    ("😀😀", "😀😀"),
    ("MENU", "/help"),
    ("/start", "/greet"),
    ("person", "/talk_to_person"),
    ("Call me.", "/call_me"),
]


def test_an_empty_message_is_answered_without_rasa(world):
    for text in ("", "   ", "\u200b\u200b", "\n\n", "///"):
        assert world.says(text)[0] == wording.say("gateway.empty")
    assert world.rasa.asked == []


def test_all_of_a_long_text_is_kept_and_screened(world):
    world.says("a " * 4_000 + DANGER)
    assert crisis_words(world)
    assert world.rows("in")[0].body.endswith(DANGER)


def test_what_is_not_text_is_answered_kindly(world):
    for kind in ("voice", "photo", "video", "file", "location", "contact", "sticker", "other"):
        key = "photo" if kind == "video" else kind
        assert world.says("", kind=kind)[0] == wording.say(f"gateway.{key}")


def test_a_caption_is_a_text(world):
    assert world.says("what is this", kind="photo")[0] == "You said what is this"


# --- stop and start ------------------------------------------------------------------------------


def test_stop_is_answered_once_and_then_nothing_is_sent(world):
    world.says("hello")
    for word in ("STOP", "stop.", "Unsubscribe", "CANCEL", "end", "Quit"):
        assert len(world.says(word)) == 1
        assert world.says("what is a unit") == []
        assert wording.say("gateway.started") in world.says("START")
        assert world.says("what is a unit") == ["You said what is a unit"]


def test_cancel_is_no_stop_on_telegram(world):
    assert "You said CANCEL" in world.says("CANCEL", channel="telegram", sender="1001")
