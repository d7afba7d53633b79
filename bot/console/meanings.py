"""What the assistant's readings are called on a page: intent, answer and how sure it was, in words for staff."""

from __future__ import annotations

from bot.models import Label, Reading

#: Intent → what the person wants, after "They". One for each of domain.yml that words can have (a test compares).
INTENTS = {
    "greet": "say hello",
    "goodbye": "say goodbye",
    "thank": "say thanks",
    "affirm": "say yes",
    "deny": "say no",
    "help": "want the menu, or to know what this is",
    "bot_challenge": "ask whether this is a machine",
    "more": "want more of the last answer",
    "source": "ask where the last answer is from",
    "simpler": "want the last answer in plainer words",
    "repeat": "want the last message again",
    "correction": "put right what was just understood",
    "choose": "picked one of the choices",
    "ask_alcohol": "ask about alcohol",
    "ask_drugs": "ask about drugs",
    "ask_sexual_health": "ask about sexual health",
    "ask_mental_health": "ask about mental health",
    "ask_suicide_prevention": "ask about suicide, or worry about somebody else",
    "ask_womens_health": "ask about women's health",
    "ask_financial_health": "ask about money",
    "ask_physical_health": "ask about physical health",
    "find_service": "look for a service",
    "list_sessions": "ask what sessions are on",
    "book_session": "want a place at a session",
    "change_booking": "want to change a booking",
    "cancel_booking": "want to give a booking back",
    "my_bookings": "ask what they are booked on",
    "accept_offer": "take the place they were offered",
    "decline_offer": "do not want the place they were offered",
    "confirm_coming": "say that they are coming",
    "ask_hours": "ask about their hours",
    "ask_order": "ask about their order",
    "ask_privacy": "ask who sees what they write",
    "delete_my_data": "want their data deleted",
    "alcohol_check": "want the alcohol check",
    "give_feedback": "give feedback",
    "complaint": "complain",
    "share_priorities": "say what they want of the programme",
    "talk_to_person": "ask for a person",
    "call_me": "ask to be called",
    "cant_make_shift": "can't make their unpaid work",
    "im_ill": "are ill",
    "crisis_suicide": "may be thinking of suicide or self-harm",
    "crisis_emergency": "speak of an emergency",
    "crisis_abuse": "speak of abuse or violence",
    "stop_messages": "want no more texts",
    "start_messages": "want texts again",
    "wrong_number": "are not the person we think",
    "out_of_scope": "say something that is not ours to answer",
    "nlu_fallback": "were not understood",
}
#: Percent from which a reading is called sure, and fairly sure.
SURE, FAIRLY = 80, 50


def intent(code: str) -> str:
    """What the person wants, to follow "They": "ask about alcohol"."""
    return INTENTS.get(code, code.replace("_", " "))


#: What nobody means by words of their own: it is picked, or it is no meaning.
NOT_SAID = ("choose", "nlu_fallback")


def options(answers: dict[str, str]) -> dict[str, str]:
    """What a message can mean, for a list to choose from: plain intents, then the answers ("topic/key" → question)."""
    plain = {
        code: f"They {said}" for code, said in INTENTS.items() if not code.startswith("ask_") and code not in NOT_SAID
    }
    for code in ("ask_hours", "ask_order", "ask_privacy"):
        plain[code] = f"They {INTENTS[code]}"
    topic = {name: name.partition("/")[0].replace("_", " ").capitalize() for name in answers}
    return plain | {name: f"{topic[name]}: {question}" for name, question in answers.items()}


def words(reading: Reading, questions: dict[str, str]) -> str:
    """A reading as a line under a message. `questions`: "topic/key" → the question that an answer is for."""
    said = f"they {intent(reading.intent)}"
    if reading.answer:
        said += f" ({questions.get(reading.answer, reading.answer)})"
    if reading.sure is None:
        return f"Picked, not guessed: {said}"
    if reading.intent == "nlu_fallback":
        return "Not understood by the assistant"
    how = "sure" if reading.sure >= SURE else "fairly sure" if reading.sure >= FAIRLY else "not sure"
    asked = "" if reading.understood else ", so it asked what they meant"
    return f"Understood as: {said}. {how.capitalize()}, {reading.sure}%{asked}"


def marked(label: Label | None) -> str:
    """What staff have said of it so far, for the thread; nothing where nobody has said anything."""
    if label is None or label.status == "dropped":
        return ""
    judged = "Marked" if label.right is None else "Marked right" if label.right else "Marked wrong"
    return judged + (", and approved" if label.status == "approved" else ", waits for a second yes")
