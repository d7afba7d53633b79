"""Plays a script in a world and says what was not as it should be, with the whole talk."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa

from bot import wording
from bot.models import Address, Answer, AnswerRevision, AnswerShown, Booking, Conversation, Feedback, Handoff, Signpost
from tests.conversations.script import Script, Step
from tests.conversations.world import Text, World, as_sms, plain

#: Bits of the sentences that are said when something broke.
_BROKEN = ("something went wrong", "taking me longer than it should")
_NOTICE = wording.sentences()["gateway.notice"]


class Player:
    """One script on one channel."""

    def __init__(self, world: World, script: Script, channel: str):
        self.world, self.script, self.channel = world, script, channel
        self.lines: list[str] = []
        self.wrong: list[str] = []
        self.noticed = 0
        self.said: list[list[tuple[str, tuple[str, ...], str]]] = []

    def play(self) -> None:
        """Play it to its end; AssertionError with the talk when anything was wrong."""
        self.world.begin(self.channel, self.script.given)
        for number, step in enumerate(self.script.talk, start=1):
            before = len(self.wrong)
            self._step(step)
            if len(self.wrong) > before:
                self.wrong[before:] = [f"step {number}: {w}" for w in self.wrong[before:]]
        self._check_rows()
        if self.wrong:
            raise AssertionError(self._report())

    def outcome(self) -> tuple[list[list[tuple[str, tuple[str, ...], str]]], dict[str, Any]]:
        """What came of it: the words, choices and purpose of each text, step by step, and the rows at the end."""
        return self.said, self._rows()

    def _report(self) -> str:
        head = f"{self.script.name} by {self.channel}: {self.script.does}"
        lines = ["", head, "", *self.lines, "", *(f"WRONG  {w}" for w in self.wrong)]
        if any("broke down" in w for w in self.wrong):
            lines += ["", self.world.server_logs()]
        return "\n".join(lines)

    # --- a step

    def _step(self, step: Step) -> None:
        if step.actor == "me":
            self._me(step)
        elif step.actor == "staff":
            self.lines.append(f"staff  {step.act}")
            self.world.staff(step.act)
        elif step.actor == "others":
            self.lines.append(f"other  {step.act}")
            self.world.others(step.act)
        else:
            self.lines.append(f"later  {step.act}")
            self.world.later(step.act)
        texts = self.world.delivered()
        self.said.append([(t.body, t.choices, t.purpose) for t in texts])
        for text in texts:
            self.lines.append(f"  {'STAFF' if text.author == 'staff' else 'bot'}  {text.body}")
            self.lines += [f"         {n}. {label}" for n, label in enumerate(text.choices, start=1)]
        self._check_all(step, texts)
        self._check_bot(step.bot, [t for t in texts if not t.notice], texts)

    def _me(self, step: Step) -> None:
        act = step.act
        if isinstance(act, str):
            act = {"type": act}
        if "choose" in act:
            self._choose(str(act["choose"]))
        elif "press_old" in act:
            self.lines.append(f"me     [old button: {act['press_old']}]")
            if (choice := self.world.old_choice(act["press_old"])) is None:
                self.wrong.append(f"no choice {act['press_old']!r} was ever offered")
            else:
                self.world.text("", "choice", choice)
        elif "send" in act:
            self.lines.append(f"me     [{act['send']}] {act.get('words', '')}")
            self.world.text(act.get("words", ""), act["send"])
        else:
            body = str(act["type"]) * int(act.get("times", 1))
            self.lines.append(f"me     {body[:300]}")
            if step.means is not None and (meant := self.world.understood_as(body)) != step.means:
                self.wrong.append(f"was understood as {meant}, means {step.means}")
            self.world.text(body)

    def _choose(self, label: str) -> None:
        rows = self.world.open_choices()
        exact = [r for r in rows if r.label.lower() == label.lower()]
        row = next(iter(exact or [r for r in rows if _has(r.label, label)]), None)
        if row is None:
            self.lines.append(f"me     [{label}]")
            self.wrong.append(f"{label!r} is not offered; open are {[r.label for r in rows]}")
            return
        self.lines.append(f"me     [{row.position}. {row.label}]")
        if self.world.road.buttons:
            self.world.text("", "choice", row.id)
        else:
            self.world.text(str(row.position))

    # --- what holds of every text

    def _check_all(self, step: Step, texts: list[Text]) -> None:
        if not texts and step.actor == "me" and not step.silence:
            self.wrong.append("silence")
        if texts and step.silence:
            self.wrong.append("there should be silence")
        for text in texts:
            if text.author != "staff":
                self.wrong += [f"{p}: {text.body[:60]!r}" for p in _faults(text)]
            if not step.breaks and any(bit in text.body for bit in _BROKEN):
                self.wrong.append(f"it broke down: {text.body[:60]!r}")
        if left := self.world.unsettled():
            self.wrong.append(f"a message is not settled: {left}")
        notices = [n for n, text in enumerate(texts) if text.body == _NOTICE]
        self.noticed += len(notices)
        if notices and (self.noticed > 1 or notices[-1] != len(texts) - 1 or len(texts) == 1):
            self.wrong.append("the notice comes once, after the first answer")

    def _check_bot(self, said: dict[str, Any], texts: list[Text], everything: list[Text]) -> None:
        whole = "\n".join(t.body for t in everything)
        labels = [label for t in texts for label in t.choices]
        for wanted in _list(said.get("says")):
            if not _has(whole, wanted):
                self.wrong.append(f"does not say {wanted!r}")
        for unwanted in _list(said.get("never")):
            if _has("\n".join([whole, *labels]), unwanted):
                self.wrong.append(f"should not say {unwanted!r}")
        for wanted in _list(said.get("choices")):
            if not any(_has(label, wanted) for label in labels):
                self.wrong.append(f"does not offer {wanted!r}, but {labels}")
        if said.get("no_choices") and labels:
            self.wrong.append(f"should offer nothing, but offers {labels}")
        for key, index in (("first", 0), ("last", -1)):
            if key in said and not (texts and _has(texts[index].body, said[key])):
                self.wrong.append(f"the {key} text is not {said[key]!r}")
        if "texts" in said and len(texts) != said["texts"]:
            self.wrong.append(f"{len(texts)} texts, not {said['texts']}")

    # --- what is in the database at the end

    def _check_rows(self) -> None:
        found = self._rows()
        for key, wanted in self.script.then.items():
            if isinstance(wanted, list):
                self._check_list(key, wanted, found[key])
            elif found[key] != wanted:
                self.wrong.append(f"then {key}: {found[key]!r}, not {wanted!r}")

    def _check_list(self, key: str, wanted: list[Any], found: list[Any]) -> None:
        same = len(wanted) == len(found) and all(_like(w, f) for w, f in zip(wanted, found, strict=True))
        if not same:
            self.wrong.append(f"then {key}: {found}, not {wanted}")

    def _rows(self) -> dict[str, Any]:
        world = self.world
        with world.database.read() as db:
            conversation = db.get(Conversation, world.conversation_id)
            mine = sa.select(Booking).where(Booking.person_id == world.person_id).order_by(Booking.id)
            asked = sa.select(Handoff).where(Handoff.conversation_id == world.conversation_id).order_by(Handoff.id)
            told = sa.select(Feedback).where(Feedback.person_id == world.person_id).order_by(Feedback.id)
            pointed = sa.select(Signpost).where(Signpost.person_id == world.person_id).order_by(Signpost.id)
            shown = (
                sa.select(Answer.topic_slug, Answer.key, AnswerShown.part, AnswerShown.helped)
                .join(AnswerRevision, AnswerRevision.answer_id == Answer.id)
                .join(AnswerShown, AnswerShown.revision_id == AnswerRevision.id)
                .where(AnswerShown.conversation_id == world.conversation_id)
                .order_by(AnswerShown.id)
            )
            answers = list(db.execute(shown))
            return {
                "bookings": [
                    {"title": b.session.title, "area": b.session.area, "status": b.status, "reason": b.reason}
                    for b in db.execute(mine).scalars()
                ],
                "handoffs": [
                    {
                        "reason": h.reason, "priority": h.priority, "open": h.closed_at is None, "note": h.note,
                        "reasons": [reason for reason, _ in h.reasons],
                    }
                    for h in db.execute(asked).scalars()
                ],
                "feedback": [
                    {"kind": f.kind, "score": f.score, "words": f.words, "session": f.session_id is not None}
                    for f in db.execute(told).scalars()
                ],
                "shown": [f"{topic}/{key}" for topic, key, part, _ in answers if part == "text"],
                "helped": next((h for *_, h in reversed(answers) if h is not None), None),
                "stopped": db.get(Address, world.address_id).stopped_at is not None,
                "went": [
                    {"service": s.service_slug, "answer": s.answer, "helped": s.helped, "why": s.why}
                    for s in db.execute(pointed).scalars()
                ],
                "form": conversation.task,
                "taken": conversation.taken_by is not None,
                "ended": conversation.ended_at is not None,
            }  # fmt: skip


def _like(wanted: Any, found: Any) -> bool:
    """Whether a row is as wanted: each part that is named is the same; words may be a /pattern/."""
    if isinstance(wanted, dict):
        return all(key in found and _like(value, found[key]) for key, value in wanted.items())
    if isinstance(wanted, str) and wanted.startswith("/"):
        return isinstance(found, str) and _has(found, wanted)
    return wanted == found


def _faults(text: Text) -> list[str]:
    """What is wrong with a text whoever reads it."""
    found = []
    if not wording.is_gsm(text.body + "".join(text.choices)):
        found.append("not GSM-7")
    if (alone := wording.size(text.body).segments) > 2:
        found.append(f"{alone} segments")
    if (whole := wording.size(as_sms(text)).segments) > 3:
        found.append(f"{whole} segments with its choices")
    found += [p for p in wording.problems(text.body, budget=None, max_age=99.0) if not p.startswith("not GSM-7")]
    return found


def _has(text: str, wanted: Any) -> bool:
    wanted, text = str(wanted), plain(text)
    if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
        return re.search(wanted[1:-1], text, re.IGNORECASE) is not None
    return plain(wanted).lower() in text.lower()


def _list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
