"""Answers from the reviewed bank: the text, the rest of it, where it is from, and whether it helped."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, SlotSet

from actions import details, meant, mixing, said_already, said_once, talk, underway
from actions.bank import meant_for, say_answer, say_together
from actions.complaints import what_happens
from actions.conversation import NotUnderstood
from actions.number_words import asks_where
from actions.places_told import more_services, shaken
from actions.services import FindService
from actions.speech import PERSON, label
from actions.turn import Pair, Speech, Turn, TurnAction, back_to_form, database, intent_payload, option, settings
from bot import clock, wording
from bot.models import AnswerRevision
from bot.programme import answers, needs, services

#: An answer is given outright from this share of its topic's probability, or when it is this far ahead; below FAR
#: nothing in the bank is near.
SURE, AHEAD, FAR = 0.42, 0.15, 0.08
#: From this share of the probability somebody asks for it again or simpler, to whom nothing was said yet.
SURE_OF_IT = 0.9
#: Of our texts, by somebody who was given no answer yet.
_TOO_LONG = re.compile(r"\b(?:long|longer|short\w*|words|essays?|read (?:aw|all))\b", re.IGNORECASE)


class GiveAnswer(TurnAction):
    """Answers a health question, or asks which of two or three was meant."""

    action_name = "action_answer"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        topic = turn.intent.removeprefix("ask_")
        if talk.same_for_another(turn, speech):
            return []
        if said := say_together(turn, speech, needs.needed_today(turn.typed)):
            return said + back_to_form(turn)
        if (key := turn.entity("answer")) is not None:
            return give(turn, speech, topic, str(key)) + back_to_form(turn)
        if mixing.asked_about(turn.typed):
            return give(turn, speech, *mixing.ANSWER) + back_to_form(turn)
        ranked = [a for a in turn.parse.get("answers") or () if a.get("confidence", 0) >= FAR]
        ranked = [a for a in ranked if a["topic"] == topic] or ranked
        if not ranked:
            return ask_which(turn, speech, topic) + back_to_form(turn)
        best = ranked[0]
        total = sum(a["confidence"] for a in ranked) or 1.0
        ahead = best["confidence"] - (ranked[1]["confidence"] if len(ranked) > 1 else 0.0)
        if best["confidence"] >= SURE or best["confidence"] / total >= 0.6 or ahead >= AHEAD:
            leans = turn.loop is None and meant.leans(turn, best["topic"])
            if leans and (asked := meant.or_more(turn, speech, [(best["topic"], best["key"])])) is not None:
                return asked
            if (told := said_already.instead(turn, speech, best["topic"], best["key"])) is not None:
                return told
            return give(turn, speech, best["topic"], best["key"]) + back_to_form(turn)
        pairs = meant.questions(turn, ((a["topic"], a["key"]) for a in ranked[:3]))
        if not pairs:
            return ask_which(turn, speech, topic) + back_to_form(turn)
        if shaken(turn):
            speech.say_text(wording.say("crisis.when_ready"), [*pairs, ("Something else", option("other"))])
        else:
            meant.ask(turn, speech, pairs)
        return [SlotSet("topic", topic), SlotSet("whom", meant_for(turn)), *back_to_form(turn)]


def give(turn: Turn, speech: Speech, topic: str, key: str) -> list[EventType]:
    """Say the answer; where there is none that may be shown, say so and what else there is."""
    if (said := say_answer(turn, speech, topic, key)) is not None:
        return said
    speech.say("no_answer", [("Find a service", option("service", topic)), PERSON])
    return [SlotSet("topic", topic)]


def ask_which(turn: Turn, speech: Speech, topic: str) -> list[EventType]:
    """The questions asked most in a topic, to pick from."""
    with database().read() as db:
        common = answers.common(db, topic, drafts=settings().drafts, limit=5)
        pairs: list[Pair] = [(label(a.question), intent_payload(f"ask_{topic}", answer=a.key)) for a in common]
    if not pairs:
        speech.say("no_answer", [PERSON])
        return []
    speech.say("which_question", pairs)
    return [SlotSet("topic", topic)]


def last_revision(db, turn: Turn) -> AnswerRevision | None:
    """The revision that the person was shown last."""
    shown = answers.last_shown(db, turn.conversation_id)
    return shown.revision if shown else None


class GiveMore(TurnAction):
    """ "More": the rest of the last answer, or more services if those came last."""

    action_name = "action_more"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := what_happens(turn, speech)) is not None:
            return told
        if turn.slots.get("last_said") == "services":
            return more_services(turn, speech) + back_to_form(turn)
        if (told := talk.reply_to(turn, speech)) is not None:
            return told
        with database().write() as db:
            shown = answers.last_shown(db, turn.conversation_id)
            if shown is None:
                speech.say_text(wording.say("talk.more_of_what"))
                return back_to_form(turn)
            revision, said = shown.revision, shown.part == "more" and turn.pause < said_already.LATER
            parts = [p for p in (revision.more, revision.urgent) if p]
            answers.show(db, turn.conversation_id, revision, part="more", asked_by=turn.message_id)
            slugs = (revision.services or [])[: 2 if len(parts) < 2 else 1]  # more would be a pile
            found = [s for slug in slugs if (s := services.get(db, slug, live=not settings().demo))]
            lines = [services.lines(s, clock.today()) for s in found]
        if said or not parts and not lines:
            speech.say_text(wording.say("again.that_is_all"), said_once.WAYS)
            return back_to_form(turn)
        if len(parts) == 2 and wording.size("\n".join(parts)).units <= wording.ANSWER_BUDGET:
            parts = ["\n".join(parts)]
        for part in parts:
            speech.say_text(part)
        for line in lines:
            speech.say_text(line)
        return back_to_form(turn)


class GiveSource(TurnAction):
    """ "Where is that from?": source, its date, and whether a person of the programme has checked it."""

    action_name = "action_source"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if not turn.loop and asks_where(turn.typed):  # after "how do i get tested"
            return FindService().turn(turn, speech)
        if (told := talk.reply_to(turn, speech)) is not None:
            return told
        with database().read() as db:
            revision = last_revision(db, turn)
            if revision is None:
                speech.say("no_source")
                return back_to_form(turn)
            text = source_words(revision)
        speech.say_text(text)
        return back_to_form(turn)


def source_words(revision: AnswerRevision) -> str:
    """One text: the first source that fits, its date, and the state of review."""
    if revision.status == "approved" and revision.reviewed_at:
        checked = f"Checked by {revision.reviewed_by}, {clock.london(revision.reviewed_at):%b %Y}."
    else:
        checked = "No one from the programme has checked this answer yet."
    for source in revision.sources or ():
        seen = source.get("seen") or ""
        dated = f"Page dated {seen}. " if seen and seen != "undated" else "The page has no date. "
        text = wording.to_gsm(f"That's from {source['title']}. {dated}{checked}")
        if not wording.problems(text, max_age=99):  # titles are as they are: how hard they read is not ours to say
            return text
    return checked


class GiveAgain(TurnAction):
    """ "Say that again": the last answer, word for word. "Simpler" gets the plain wording reviewed with it, and
    a person where there is none: no new words are made up here.
    """

    action_name = "action_repeat"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := talk.reply_to(turn, speech)) is not None:
            return told
        if details.reply_to(turn, speech):  # "where is it again"
            return back_to_form(turn)
        if (told := underway.tell(turn, speech)) is not None:  # "did ye ask them"
            return told
        with database().write() as db:
            revision = last_revision(db, turn)
            text = revision.text if revision else None
            simple = revision.simple if revision and turn.intent == "simpler" else None
            if simple:
                answers.show(db, turn.conversation_id, revision, part="simple", asked_by=turn.message_id)
        if text is None:
            if turn.intent == "simpler" and _TOO_LONG.search(turn.typed):
                speech.say_text(wording.say("talk.too_long"))
                return back_to_form(turn)
            if turn.loop is None and turn.confidence < SURE_OF_IT:  # nothing was said, so hardly asked for again
                return NotUnderstood().turn(turn, speech)
            if not meant.hear(turn, speech):  # "ma heads a mess"
                speech.say("nothing_to_repeat")
        elif simple:
            speech.say_text(simple)
        elif turn.intent == "simpler":
            speech.say("simpler", [PERSON])
        else:
            speech.say_text(text)
        return back_to_form(turn)
