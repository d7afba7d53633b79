"""What was asked of staff is taken back, changed or asked after: how people say so."""

from __future__ import annotations

from datetime import date

import pytest

from actions import call_wish, complaints, errands, not_wanted, number_words, passed_on, privacy_fears, third_party
from actions import taken_back_words as said
from bot.conversations.call_wishes import read

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "naw cancel the complaint", "NO. the complaint. take it back", "can you withdraw my complaint",
        "i dont want to complain any more", "forget about the complaint", "scrap that complaint please",
    ],
)  # fmt: skip
def test_a_complaint_is_taken_back_by_name(text):
    assert said.names_it(text)


@pytest.mark.parametrize(
    "text",
    ["i want to make a complaint", "i want to complain", "they took my complaint", "who do i complain to",
     "he forgot my complaint",
     "can i leave a complaint", "dont forget about my complaint", "my complaint is that they cancelled ma class",
     "did you forget my complaint", "she said she would drop my complaint"],
)
def test_a_complaint_is_made(text):
    assert not said.names_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "actually naw forget it take it back", "take it back", "forget it", "dont send it", "actually dont pass it on",
        "i changed ma mind", "a take it back", "cancel that",
    ],
)  # fmt: skip
def test_it_is_taken_back_right_after(text):
    assert said.takes_it_back(text)


@pytest.mark.parametrize(
    "text", ["he cancelled my session and all", "take me to the menu", "dont leave us waiting",
    "she forgot ma name", "ok", "dont tell her", "leave it in"]
)
def test_more_is_told(text):
    assert not said.takes_it_back(text)


@pytest.mark.parametrize(
    "text",
    ["whos staff?? is it her pals that read it", "will she find oot it wis me", "dont tell her",
     "will karen know", "is it in"],
)
def test_asks_who_reads_it(text):
    assert said.asks_who_reads_it(text)


@pytest.mark.parametrize("text", ["can you see my bookings", "can i get a session", "what is a unit"])
def test_asks_of_no_complaint(text):
    assert not said.asks_who_reads_it(text)


@pytest.mark.parametrize(
    ("text", "part", "day", "at"),
    [
        ("kin somedy phone me. the morra at 2", "afternoon", date(2026, 11, 24), "at 2pm"),
        ("naw mak it 11 in the mornin instead am workin at 2", "morning", None, "at 11am"),
        ("naw the phone call. 11 no 2", "morning", None, "at 11am"),
        ("whit time are they phonin me. a cannae dae 2, it needs tae be 11", "morning", None, "at 11am"),
        ("can you ring me friday afternoon", "afternoon", date(2026, 11, 27), None),
        ("change the call tae 3", "afternoon", None, "at 3pm"),
        ("not before 10", "morning", None, "after 10am"),
    ],
)
def test_when_to_ring(text, part, day, at):
    found = read(text, MONDAY)
    assert (found.part, found.day, found.at) == (part, day, at)


@pytest.mark.parametrize("text", ["call me", "call me about ma 2 bookings", "ring me when you can"])
def test_no_time_is_said(text):
    assert call_wish.asked_for(text) is None


@pytest.mark.parametrize(
    "text",
    ["did u pass it on then", "did ma sick message go tae the staff", "have you told them",
     "has it been passed on", "did they get ma message"],
)
def test_asks_whether_it_was_passed_on(text):
    assert passed_on._ASKS.search(text)


@pytest.mark.parametrize("text", ["did you tell the police", "can you tell me about drink", "did it help"])
def test_asks_something_else(text):
    assert not passed_on._ASKS.search(text)


@pytest.mark.parametrize("text", ["can i talk to a worker about my booking", "i need an interpreter", "help wi a form"])
def test_an_errand(text):
    assert errands.is_ordinary(text)


@pytest.mark.parametrize(
    "text",
    ["PERSON", "i need to talk to someone now about my hours", "my head is gone i need a worker about my booking",
     "someone to talk to"],
)
def test_it_may_be_need(text):
    assert not errands.is_ordinary(text)


@pytest.mark.parametrize(
    "text",
    [
        "actually naw dont delete it. changed ma mind", "keep ma stuff", "please dont delete my data",
        "stop deleting it", "cancel the deletion",
    ],
)  # fmt: skip
def test_it_is_to_be_kept(text):
    assert said.keeps_it(text, just_now=True)


@pytest.mark.parametrize(
    "text",
    [
        "you never deleted it", "forget it delete it all", "stop delete my data", "get rid of it", "bin it",
        "do you keep it", "delete everything",
    ],
)  # fmt: skip
def test_it_is_to_be_deleted(text):
    assert not said.keeps_it(text, just_now=True)


@pytest.mark.parametrize(
    "text",
    [
        "naw am no wantin a person. aye pass it on to the staff then", "a said pass it on a minit ago. 1",
        "thats fine but can you pass that on for me", "just tell the staff please", "pass it on", "ok send it on then",
        "aye can u let the staff know", "can u pass that message on",
    ],
)  # fmt: skip
def test_it_is_to_be_passed_on(text):
    assert passed_on.wants_it_passed(text)


@pytest.mark.parametrize(
    "text",
    ["dont pass it on", "did you pass it on", "what happens if you pass it on", "will you send it to my boss",
     "naw dinnae tell the staff", "who do you pass it on to"],
)  # fmt: skip
def test_it_is_not_to_be_passed_on(text):
    assert not passed_on.wants_it_passed(text)


@pytest.mark.parametrize(
    "text",
    ["did u pass on aboot me bein late", "did they see the message", "does ma squad know am late",
     "have you told them i'm off sick", "did the gaffer get ma message"],
)  # fmt: skip
def test_asks_whether_they_know(text):
    assert passed_on._ASKS.search(text)


@pytest.mark.parametrize(
    "text",
    ["will i get breached for complaining", "is complaining gonnae get me in bother at court",
     "could this go against me", "will it go on my order", "worried it'll affect ma hours",
     "will complaining make things worse for me"],
)  # fmt: skip
def test_fears_what_a_complaint_may_bring(text):
    assert said.fears_trouble(text)


@pytest.mark.parametrize("text", ["she said she'd breach me", "he keeps giving me bother", "i had court the same day"])
def test_tells_of_trouble(text):
    assert not said.fears_trouble(text)


@pytest.mark.parametrize(
    "text",
    ["forget it. i take it back dont want trouble. shes alright really", "a take it aw back sorry, wis ma fault",
     "am takin it back cos shes awright", "dont want it going any further now"],
)  # fmt: skip
def test_it_is_taken_back_with_a_reason(text):
    assert said.takes_it_back(text)


@pytest.mark.parametrize("text", ["she should take it back", "tell her to take it back", "he willnae take it back"])
def test_another_is_to_take_it_back(text):
    assert not said.takes_it_back(text)


@pytest.mark.parametrize(
    "text",
    ["actually naw put the complaint back in", "i want it back in", "dont take it back", "a dae want tae complain",
     "go ahead wi the complaint"],
)  # fmt: skip
def test_it_is_put_back(text):
    assert said.puts_it_back(text)


@pytest.mark.parametrize(
    "text", ["whit happens noo", "is she getting sacked?", "when will i hear", "so who is dealing wi it. when",
             "who do i complain to"]
)
def test_only_asks(text):
    assert complaints.only_asks(text)


@pytest.mark.parametrize(
    "text",
    ["she calls me a cow n worse in front of everybody", "what she did was shocking", "he did it when we had oor piece",
     "he swore at me on friday. what happens now", "when i got there he shouted at me", "has been pure rude",
     "have had enough of him", "who does he think he is talking tae me like that he was roaring"],
)  # fmt: skip
def test_tells_what_happened(text):
    assert not complaints.only_asks(text)


@pytest.mark.parametrize(
    "text", ["wit if a miss it", "what if i cant answer", "and if ma phones aff", "if a miss the call"]
)
def test_they_may_miss_the_call(text):
    assert call_wish._MISSES.search(text)


@pytest.mark.parametrize(
    "text", ["dont leave a message the wife disny know", "so yous wont leave a voicemail", "nae voicemails please",
             "tell them no tae leave a message"]
)
def test_no_voicemail(text):
    assert call_wish._NO_VOICEMAIL.search(text)


@pytest.mark.parametrize("text", ["can i leave a message", "i got no message", "dont text me"])
def test_nothing_of_a_voicemail(text):
    assert not call_wish._NO_VOICEMAIL.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "they're aw websites. a've nae data. sumbdy a can phone",
        "Is there no just a phone number for somebody about drink",
        "can i phone a carers centre", "a mean a number tae phone", "who can i ring about debt",
        "is there a helpline i could call", "is there someone to phone",
    ],
)  # fmt: skip
def test_a_number_is_wanted(text):
    assert number_words.wants_a_number(text)


@pytest.mark.parametrize(
    "text",
    ["can somebody phone me", "call me on ma new number", "my number is 07700900123", "get somebody to ring me",
     "a changed ma number", "whats my case manager's number", "can i phone you"],
)  # fmt: skip
def test_no_number_is_wanted(text):
    assert not number_words.wants_a_number(text)


@pytest.mark.parametrize(
    "text",
    ["how say in english when i call?", "what do i say when i phone",
     "whit dae a say on the phone"],
)  # fmt: skip
def test_what_to_say_on_the_phone(text):
    assert number_words.asks_what_to_say(text)


@pytest.mark.parametrize(
    "text",
    ["naw a don't want a worker. 2-1 the hoops", "nae workers please", "am no wantin tae talk tae anybody",
     "i dont need to speak to a person", "naw leave it, nae worker"],
)  # fmt: skip
def test_a_worker_is_turned_down(text):
    assert not_wanted._REFUSED.search(text)


@pytest.mark.parametrize(
    "text",
    ["i want a worker", "i dont know if i need a worker",
     "is there no worker on", "no. a person"],
)  # fmt: skip
def test_a_worker_is_not_turned_down(text):
    assert not not_wanted._REFUSED.search(text)


@pytest.mark.parametrize(
    "text",
    ["this is her man. what has she been textin u about", "what has my wife been textin you about",
     "has she been texting this number", "its her mum here, who is this", "hi hun its me what u wearin who is this",
     "show me what he said to you in his texts"],
)  # fmt: skip
def test_another_has_the_phone(text):
    assert third_party.is_another(text)


@pytest.mark.parametrize(
    "text",
    ["am her mum, how do i help ma lassie wi drink", "who is this", "what did the doctor say", "ma man texts me aw day",
     "my wife says i drink too much", "what does he say when he takes the hump"],
)  # fmt: skip
def test_it_is_the_one_who_texts(text):
    assert not third_party.is_another(text)


@pytest.mark.parametrize(
    "text",
    ["will they no think am a nutter", "are they gonny judge me",
     "they'll think i'm at it"],
)  # fmt: skip
def test_fears_what_they_think(text):
    assert privacy_fears.fears_shame(text)


@pytest.mark.parametrize("text", ["i think am drinking too much", "i think i'm depressed", "who reads it"])
def test_fears_no_shame(text):
    assert not privacy_fears.fears_shame(text)
