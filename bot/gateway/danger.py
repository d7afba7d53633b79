"""Danger, answered in the gateway itself: neither Rasa nor the actions are needed for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from bot import clock, crisis, safety, wording
from bot.conversations import again, asking, choices, duty, handoffs, messages, outbox
from bot.conversations.hours import OfficeHours
from bot.gateway import keywords, told
from bot.gateway.told import CHOICE
from bot.models import Conversation, Message

#: Rules of what is said in answer to our own question, or counted up over a day: nothing else weighs that.
SAID = told.RULES | safety.OVER_THE_DAY
#: The answers to a question about danger that say yes.
YESES = frozenset({crisis.YES, crisis.YES_OTHER})

MORE_PLACES = '/choose{"option": "services"}'  # "Others", under places
#: In `error` of what was not said, because the question about danger had to stand alone; said after a no to it.
KEPT_BACK = "danger_first"
#: What stands under "I didn't get that": the menu and a person.
WAYS_OUT = frozenset({"/help", "/talk_to_person"})
#: Said of what was told, by who wishes that it had not been: "forget a said it".
_RETRACTED = re.compile(
    r"\b(?:forget (?:it|that|about it|i said|a said|ah said|what i|whit a)|never ?mind|ignore (?:me|that|it)|"
    r"(?:wish|wisht) (?:i|a|ah) (?:never|hadn'?t|hadnae)|shouldn'?(?:t|ae)(?:'?ve| have| huv)? said|"
    r"(?:just |jist )?leave (?:me|it)(?: (?:alone|be))?\W*$)",
    re.IGNORECASE,
)
#: What is counted up, or told bit by bit: so far back, and no more texts than that.
A_DAY, _A_DAYS_TEXTS = timedelta(hours=24), 20
#: More words than this say something besides, and so do these.
_FEW = 12
_WANTED = re.compile(r"\b(?:cancel|book|stop|text|ring|phone|call|change|move|send|help|wh[ai]ts?|need|want)\b", re.I)


class Said(Protocol):
    """What this module needs to know of a reply."""

    text: str
    choices: Sequence[tuple[str, str]]
    purpose: str
    understood: bool


Reply = TypeVar("Reply", bound=Said)


def screened(text: str, recent: Sequence[str] = (), alone: bool = False) -> safety.Verdict | None:
    """The screen's verdict. A screen that breaks is treated as "cannot read": a person looks, and the bot goes on."""
    try:
        return safety.screen(text, recent, alone)
    except Exception:  # noqa: BLE001  a fault here must never cost the message
        return safety.Verdict(safety="suicide", kind="unreadable", about="self", strength="weak", rule="screen_failed")


def heard(db: Session, message: Message, text: str, recent: Sequence[str] = ()) -> safety.Verdict | None:
    """The danger in an inbound message: what the screen sees, or a yes to our question.

    The learnt list only asks. It does not ask about what answers its question, or picks one of our own choices.
    """
    verdict = screened(text, recent)
    if verdict is not None and verdict.strength == "strong":
        denies = recent and put_right(db, message) is not None and only_weak(screened(text))
        return None if denies else verdict  # joined on to what was said before, a denial loses its head
    if (counted := _over_the_day(db, message, text)) is not None:
        return counted
    said = said_when_asked(db, message)
    if said == crisis.YES:
        return _said_yes(db, message)
    if said == crisis.YES_OTHER:
        return told.SAID_YES_OF_ANOTHER
    if (outright := told.outright(db, message) or told.late(db, message)) is not None:
        return outright
    if only_asks(verdict) and (said or _picks(db, message)):
        return None
    if verdict is not None and verdict.rule == safety.DENIED and _asked(db, message):
        return None  # that is their answer
    if verdict is not None and put_right(db, message) is not None:
        return None  # the words of a denial sound like what they deny
    return verdict


def _over_the_day(db: Session, message: Message, text: str) -> safety.Verdict | None:
    """What a text of words means beside those of the same day."""
    if message.kind != "text":
        return None
    earlier = messages.recent_texts(db, message.conversation_id, message.id, within=A_DAY, most=_A_DAYS_TEXTS)
    try:
        return safety.over_the_day(text, earlier) if earlier else None
    except Exception:  # noqa: BLE001  as in `screened`; by itself the text has been judged
        return None


def _said_yes(db: Session, message: Message) -> safety.Verdict:
    """A yes to the question about an earlier text is as close as that text was."""
    before = _asked_about(db, message.conversation)
    close = before is not None and safety.close_at_hand(before.body)
    return replace(told.SAID_YES, kind="plan") if close else told.SAID_YES


def only_weak(verdict: safety.Verdict | None) -> bool:
    """Is this no more than a question?"""
    return verdict is None or verdict.strength == "weak"


def only_asks(verdict: safety.Verdict | None) -> bool:
    """Is this a doubt, which staff read in daylight and which wakes nobody?"""
    return safety.only_doubted(verdict)


def waits(conversation: Conversation, text: str, recent: Sequence[str]) -> bool:
    """Is what was heard a doubt that the classifier is to weigh too, before anybody is asked about it, or a question
    that comes after the answer?

    Where a worker has the conversation nothing is asked, and they read it at once.
    """
    if conversation.taken_by is not None:
        return False
    try:
        return safety.doubts(text, recent) or safety.asked_after(safety.screen(text, recent))
    except Exception:  # noqa: BLE001  as in `screened`: then it is not put off
        return False


def waiting(message: Message) -> bool:
    """Is there a doubt about `message` that has not been weighed yet? True until it is settled."""
    return message.error == messages.DOUBT


def ask_after_all(db: Session, message: Message, hours: OfficeHours) -> None:
    """Ask about a doubt that was put off and that nobody else will weigh, whether `message` is settled yet or not."""
    if waiting(message):
        message.error = None
    verdict = screened(message.body)
    if verdict is not None:
        answer(db, message.conversation, message, verdict, hours)


def due_after_the_answer(message: Message) -> safety.Verdict | None:
    """What is to be asked about once `message` has been answered, where nobody has asked yet."""
    verdict = screened(message.body) if waiting(message) and message.purpose != "crisis" else None
    return verdict if safety.asked_after(verdict) else None


def ask_after_the_answer(
    db: Session, message: Message, verdict: safety.Verdict, replies: Sequence[Reply], hours: OfficeHours
) -> None:
    """What `message` asked for has been answered with `replies`: now the question that was put off for it.

    Under choices it is one without a yes and a no, so that "1" means one thing only.
    """
    offered = any(reply.choices for reply in replies)
    answer(db, message.conversation, message, replace(verdict, kind=crisis.OPEN) if offered else verdict, hours)


def for_rasa(message: Message) -> str:
    """The words of `message` that Rasa is to answer: those beside a plain denial of suicide, else all of them.

    In a form all of them count: they may be what is written down.
    """
    denies = message.conversation.task is None and _denies(message)
    words = keywords.for_rasa(safety.beside_a_denial(message.body) if denies else message.body)
    return words if message.conversation.task is not None else keywords.for_rasa(keywords.after_thanks(words))


def _denies(message: Message) -> bool:
    """Does the screen take `message` for a plain denial of suicide?"""
    verdict = screened(message.body)
    return verdict is not None and verdict.rule == safety.DENIED


def left_alone(db: Session, message: Message, hours: OfficeHours) -> None:
    """Rasa does not weigh the words of `message`: ask about what was put off, and once about fainter signs too."""
    if waiting(message):
        ask_after_all(db, message, hours)
    elif not message.error and message.purpose != "crisis" and not messages.replies_to(db, message.id):
        verdict = screened(message.body, alone=True)
        if only_asks(verdict) and not said_when_asked(db, message) and not _picks(db, message):
            answer(db, message.conversation, message, verdict, hours)


def offer(db: Session, message: Message) -> bool:
    """Whether the words that `message` cannot be answered yet are to name whom to turn to: nothing else weighs its
    faint signs, and nobody has asked."""
    typed = not (message.error or "").startswith(CHOICE)
    return typed and safety.faintly(message.body) and asking.offer(db, message.conversation, message.id)


def _asked(db: Session, message: Message) -> bool:
    """Is a question about danger open?"""
    return any(c.payload in YESES for c in choices.open_choices(db, message.conversation.id))


def _picks(db: Session, message: Message) -> bool:
    chosen = (message.error or "").startswith(CHOICE)
    return chosen or choices.pick(db, message.conversation, message.body) is not None


def answer(
    db: Session,
    conversation: Conversation,
    message: Message,
    verdict: safety.Verdict,
    hours: OfficeHours,
    said: Sequence[str] = (),
) -> None:
    """Say the words for `verdict` and open the hand-off. What is sure closes everything else that was going on.

    `said`: the words for it that went out already, past the database. They are written down as they were said.
    """
    now = clock.now()
    if only_asks(verdict):
        if not said and asking.answered_just_now(conversation, now):
            return  # asked, or answered, a moment ago: the ordinary answer is enough
        handoffs.open_for(db, conversation, "maybe_danger")
        if not said and conversation.taken_by is not None:
            return  # a worker is reading along, and asks better
    else:
        handoffs.open_for(db, conversation, handoffs.danger(verdict.safety, verdict.about))
    conversation.crisis_at = now
    message.purpose = "crisis"
    on_call = None if only_asks(verdict) else duty.covered(db, now)
    words = said or _words(db, message, verdict, hours, on_call)
    _say(db, message, words, crisis.choices(verdict), went_out=bool(said))
    if conversation.address.stopped_at is not None:
        messages.mark(db, conversation, wording.say("marker.stopped"))
    if verdict.kind == safety.WATCHED:
        asking.mind_the_phone(db, conversation)
    if verdict.strength == "strong" or verdict.kind == safety.WATCHED:
        message.error = f"crisis_{verdict.safety}"  # what Rasa is told, so that an open form closes
        conversation.task = conversation.pending = None  # what they say next is no number to ring
        choices.close_all(db, conversation.id)


def _words(
    db: Session, message: Message, verdict: safety.Verdict, hours: OfficeHours, on_call: bool | None
) -> Sequence[str]:
    """The words for `verdict`; shorter ones where the same were said a moment ago, and none that tell anything where no
    text is to come back."""
    if verdict.safety == "abuse" and safety.wants_no_text(message.body):
        return [wording.say("crisis.quiet")]
    full = crisis.replies(verdict, when=hours.when_words(clock.now()), on_call=on_call)
    return again.instead_of(db, message.conversation, verdict, full)


def _say(
    db: Session, message: Message, texts: Sequence[str], offered: Sequence[tuple[str, str]], went_out: bool
) -> None:
    """Answer `message` with crisis words, the choices under the last. `went_out`: they were sent past the database."""
    for number, text in enumerate(texts, 1):
        under = offered if number == len(texts) else ()
        row = messages.say(
            db, message.conversation, text, purpose="crisis", reply_to=message.id, choices=under
        )  # fmt: skip
        if went_out:
            outbox.settle(db, row, "wired")


def write_down(db: Session, message: Message, said: Sequence[str]) -> None:
    """Crisis words that `message` was answered with past the database and that its thread would not say by itself."""
    _say(db, message, said, (), went_out=True)


def said_when_asked(db: Session, message: Message) -> str | None:
    """One of YESES or crisis.NO, where the message answers a question about danger; None otherwise."""
    conversation = message.conversation
    payloads = {c.payload for c in choices.open_choices(db, conversation.id)}
    if not payloads & {*YESES, crisis.NO}:
        return None
    if (message.error or "").startswith(CHOICE):
        picked = choices.by_id(db, conversation, int(message.error.removeprefix(CHOICE)))
    else:
        picked = choices.pick(db, conversation, message.body)
    # a thumb is a word too
    said = picked.payload if picked is not None else crisis.answer(keywords.for_rasa(message.body))
    if said == crisis.YES and crisis.YES_OTHER in payloads:
        return crisis.YES_OTHER
    return said if said in payloads else None


def question_first(db: Session, message: Message, replies: Sequence[Reply]) -> list[Reply]:
    """Those of `replies` that may be said now. While we ask about danger "1" must mean one thing only: what offers
    something else is kept back, and read back after a no; a place to sleep, under which are "others", is said without.
    """
    conversation = message.conversation
    asked = {c.payload for c in choices.open_choices(db, conversation.id)}
    asked |= {payload for reply in replies for _, payload in reply.choices}
    if not YESES & asked:
        return [reply for reply in replies if reply.understood]  # asked kindly: "did you mean" would only confuse
    replies = [replace(reply, choices=()) if _only_offers_more(reply) else reply for reply in replies]
    for reply in replies:
        if reply.purpose != "crisis" and reply.choices and _leads_on(reply):
            kept = messages.say(db, conversation, reply.text, reply_to=message.id)
            choices.keep(db, kept, reply.choices)
            outbox.settle(db, kept, "stopped", error=KEPT_BACK)
    return [r for r in replies if r.purpose == "crisis" or r.understood and not r.choices]


def _only_offers_more(reply: Reply) -> bool:
    """Whether nothing can be picked under a reply but more of the same: its words stand by themselves."""
    return bool(reply.choices) and all(payload == MORE_PLACES for _, payload in reply.choices)


def _leads_on(reply: Said) -> bool:
    """Whether a reply is worth reading back: not "say it another way", with nothing under it but the way out."""
    return reply.understood or not {payload for _, payload in reply.choices} <= WAYS_OUT


def put_right(db: Session, message: Message) -> str | None:
    """What `message` says beside denying the danger that was spoken of within the hour; "" where that is all, None
    where it denies none. In a form all of it may be what is written down. Where somebody else reads the phone nothing
    is said of what was spoken of before.
    """
    conversation = message.conversation
    if conversation.person.contact_by == "person":
        return None
    if message.purpose == "crisis" or message.kind != "text" or conversation.task is not None:
        return None
    if not asking.spoke_of_danger(db, conversation):
        return None
    if _RETRACTED.search(message.body):
        return None  # it is not we who were wrong
    if _denies(message) and safety.beside_a_denial(message.body) is not None:
        return None  # a plain denial beside a request is an answer, and no more is made of it
    rest = safety.beside_putting_right(keywords.for_rasa(message.body))
    return None if rest is None or crisis.takes_back(message.body) else keywords.for_rasa(rest)


def took_back(db: Session, message: Message, hours: OfficeHours) -> bool:
    """Answer who wishes that they had not told of danger, within the hour after it: they are not hurried, and it is not
    we who were wrong. False, and nothing said, for any other message."""
    conversation, text = message.conversation, message.body or ""
    if message.kind != "text" or message.purpose == "crisis" or conversation.task is not None:
        return False
    if not _RETRACTED.search(text) or _WANTED.search(text) or "?" in text:
        return False
    if len(text.split()) > _FEW or not asking.still_shaken(db, conversation, clock.now()) or _asked(db, message):
        return False
    if not messages.replies_to(db, message.id):
        words = wording.say("crisis.taken_back", when=hours.when_words(clock.now()))
        messages.say(db, conversation, words, author="system", reply_to=message.id)
    return True


def stand_corrected(db: Session, message: Message, rest: str) -> None:
    """We heard danger where they say there is none: they are believed, and `rest` is answered next. Staff read it all
    the same. Where we had only asked, the hour of care for who is shaken is over.
    """
    conversation = message.conversation
    if messages.replies_to(db, message.id):
        return  # said already: Rasa was down, and is asked again
    if _asked(db, message):
        if not rest:
            said_no(db, message)
            return
        choices.close_all(db, conversation.id)
        conversation.crisis_at = clock.now() - asking.SHAKEN
    key = "crisis.stand_corrected" if rest else "crisis.stand_corrected_again"
    messages.say(db, conversation, wording.say(key), author="system", reply_to=message.id)


def said_no(db: Session, message: Message) -> None:
    """They are not thinking about suicide: they are believed, and taken back to where they were, or given what they
    had asked for; staff read it all the same.
    """
    conversation = message.conversation
    about = _asked_about(db, conversation)
    asked_about = about.id if about is not None else 0
    before = _left_at(db, conversation, asked_about)
    wanted = [before] if before is not None else _kept_back(db, asked_about)
    choices.close_all(db, conversation.id)
    key = "said_no_back" if before is not None else "said_no_wanted" if wanted else "said_no"
    messages.say(db, conversation, wording.say(f"crisis.{key}"), author="system", reply_to=message.id)
    for said in wanted:
        pairs = [(choice.label, choice.payload) for choice in choices.of_message(db, said.id)]
        messages.say(db, conversation, said.body, reply_to=message.id, choices=pairs)


def _asked_about(db: Session, conversation: Conversation) -> Message | None:
    """The text that the open question about danger was asked for; None where it is gone."""
    asked = next(c for c in choices.open_choices(db, conversation.id) if c.payload in {*YESES, crisis.NO})
    return db.get(Message, db.get(Message, asked.message_id).reply_to or 0)


def _left_at(db: Session, conversation: Conversation, asked_about: int) -> Message | None:
    """The question of the open form, as it stood when danger was asked about; None when no form is open."""
    return None if conversation.task is None else messages.last_answer(db, conversation.id, asked_about)


def _kept_back(db: Session, asked_about: int) -> list[Message]:
    """What was made of the words that made us ask, and has not been said yet."""
    return [said for said in messages.replies_to(db, asked_about) if said.error == KEPT_BACK]
