"""The content check: everything a participant can read, looked at before it can be shown.

`wellbeing content check` and the tests call `check_all`; a writer may check one file with `python -m bot.content FILE`.
"""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from pathlib import Path

from bot import clock, simpler, wording, yamlfile
from bot.models import Service
from bot.programme import areas, review, services

ANSWERS = wording.DATA / "answers"
DOMAIN = wording.DATA.parent / "domain.yml"
#: Appended to an answer that has a longer version; counted in its budget.
OFFER_OF_MORE = review.OFFER_OF_MORE
STATUSES = {"draft", "in_review", "approved", "withdrawn"}
CONFIDENCE = {"confirmed", "secondary", "unconfirmed"}
AREAS = {"glasgow-wide", "scotland", "uk", *areas.SECTORS}
#: An answer is found for many ways of asking: "is it safe" and "is it bad" must both be told the truth...
_BARE = re.compile(r"(?:Yes|No|Aye)\.")
#: ...and "It can be." says nothing to whoever asked in other words than the answer's own question.
_PERHAPS = re.compile(
    r"(?:Maybe|Maybe not|Not really|Sometimes|You (?:may|can|can't)|Yes, (?:there is|there may be|you may|maybe)|"
    r"(?:It|They) (?:can|may|could|might) be)[.,]"
)
#: The longest ready-made reply, in units: two texts.
READY = 306
#: Sentences for staff, and parts of sentences that are looked at where they are put together.
FOR_STAFF = ("marker.", "reason.", "alarm.", "staff_line.")
#: Crisis numbers that the directory of services cannot have, and why.
NOT_IN_THE_DIRECTORY = {
    "silent": "a key to press during a call",
    "domestic_abuse_text": "the directory has the helpline's phone; the text line has a source of its own",
}
#: A list of somebody's bookings has as many lines as there are bookings; with its choices it is three segments at most.
LISTS = frozenset({"utter_my_bookings"})

#: The longest value that each fact of a sentence usually has. A sentence is looked at with these filled in.
FACTS: dict[str, str] = {
    "title": "Sexual health: ask us anything",
    "old": "Sexual health: ask us anything",
    "where": "Sample Rooms, City centre, 100 Sample Street. Go in by the side door and ask at the desk",
    "place": "Sample Centre, Easterhouse",
    "day": "Wed 30 Sep",
    "time": "10:30am",
    "until": "10:30am tomorrow",
    "audience": " This group is for women.",
    "sample": " (Sample session, not real.)",
    "number": "0141 496 0000",
    "list": "\n".join(["Wed 30 Sep, 10:30am to 12:30pm: Drink and you, Sample Centre, Easterhouse (waiting list)"] * 4),
    "last": "7",
    "name": "Glasgow Helping Hands",
    "what": "Walk in for help with drink, drugs or money",
    "url": "example.org",
    "address": "100 Sample Street, G1 1AA",
    "word": "HELP",
    "way": "call 0141 496 0000, free to call",
    "hours": "24 hours, every day",
    "month": "Sep 2026",
    "part": "in the afternoon",
    "topic": "sexual health and blood-borne viruses",
    "provider": "Glasgow Council on Alcohol",
    "long": "60 to 90 minutes",
    "places": "12",
    "score": "Not great",
    "ahead": "12",
    "who": "grandad",
    "said": "on suicide and staying safe in Easterhouse on Wed 30 Sep in the afternoon for women",
}
#: When staff read what is handed over (`hours.when_words`), and when a session is.
WHEN_STAFF, WHEN_SESSION = "on Wednesday after 10:30am", "Wed 30 Sep, 10:30am to 12:30pm"

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def filled(text: str, facts: Mapping[str, str] | None = None) -> str:
    """`text` with typical long facts in place of its blanks. KeyError for a blank that nobody has thought of."""
    when = WHEN_SESSION if "{title}" in text else WHEN_STAFF
    return text.format(**{**crisis_facts(), **FACTS, "when": when, **(facts or {})})


def crisis_facts() -> dict[str, str]:
    """What crisis sentences may name: each number by its key, and its hours as `<key>_hours`."""
    hours = {f"{key}_hours": str(row["hours"]) for key, row in _rows("crisis_numbers.yml").items() if "hours" in row}
    return wording.crisis_numbers() | hours


def blanks(text: str) -> set[str]:
    """The names of the blanks in a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


# --- answers -------------------------------------------------------------------------------


def check_answers(path: Path, known_services: set[str] | None = None) -> list[str]:
    """Problems of one topic's answer file, each as "topic/key field: what"."""
    tree = yamlfile.read(path)
    topic, found, seen, asked = tree["topic"], [], set(), {}
    if topic != path.stem:
        found.append(f"{path.name}: topic is {topic!r}")
    for answer in tree["answers"]:
        name = f"{topic}/{answer['key']}"
        if answer["key"] in seen:
            found.append(f"{name}: twice")
        seen.add(answer["key"])
        for ask in [answer["question"], *answer["asks"]]:
            if asked.setdefault(ask.lower(), answer["key"]) != answer["key"]:
                found.append(f"{name}: {ask!r} is also a way of asking {asked[ask.lower()]}")
        found += [f"{name}{problem}" for problem in answer_problems(answer, known_services)]
    return found


def answer_problems(answer: Mapping, known_services: set[str] | None = None) -> list[str]:
    """Problems of one answer, each as " field: what" or ": what"."""
    found = []
    if len(answer["asks"]) < 12:
        found.append(f" asks: {len(answer['asks'])}, at least 12")
    more, urgent = answer.get("more"), answer.get("urgent")
    offered = answer["text"] + (OFFER_OF_MORE if more or urgent else "")
    parts = (("text", offered if answer["text"] else ""), ("more", more), ("urgent", urgent))
    for field, text in parts:
        if text or field == "text":
            found += [f" {field}: {p}" for p in wording.problems(text)]
    simple = answer.get("simple")
    for field, text in (("text", answer["text"]), ("simple", simple)):
        if _BARE.match(text or ""):
            found.append(f" {field}: a bare yes or no is the opposite for whoever asks the other way round")
    if _PERHAPS.match(answer["text"] or ""):
        found.append(" text: a perhaps to begin with says nothing to whoever asked in other words")
    if simple and answer["text"]:
        found += [f" simple: {p}" for p in simpler.problems(simple, answer["text"], more, urgent)]
    elif not simple:
        found.append(": no simple words")
    if not answer.get("sources"):
        found.append(": no sources")
    for source in answer.get("sources") or ():
        if not source.get("title") or not source.get("url"):
            found.append(": a source without title or url")
    if answer.get("status") not in STATUSES:
        found.append(f": status {answer.get('status')!r}")
    if answer.get("status") == "approved" and not (answer.get("reviewed_by") and answer.get("review_by")):
        found.append(": approved without a reviewer and a review date")
    if not isinstance(answer.get("revision"), int):
        found.append(": no revision")
    for slug in answer.get("services") or ():
        if known_services is not None and slug not in known_services:
            found.append(f": service {slug!r} is not in the directory or may not be shown")
    return found


def showable_services() -> set[str]:
    """Slugs of the services that a participant may see at all (confirmed or secondary, not on hold)."""
    return {r["slug"] for r in _rows("services.yml") if r["confidence"] in ("confirmed", "secondary") and not r["hold"]}


# --- fixed sentences -----------------------------------------------------------------------


def check_sentences(sentences: Mapping[str, str], budget: int | None = wording.ANSWER_BUDGET) -> list[str]:
    """Problems of sentences by key, with typical facts in their blanks."""
    found = []
    for key, text in sentences.items():
        if unknown := blanks(text) - set(FACTS) - {"when"} - set(crisis_facts()):
            found.append(f"{key}: nobody fills in {', '.join(sorted(unknown))} (give it a typical value in FACTS)")
            continue
        found += [f"{key}: {p}" for p in wording.problems(filled(text), budget=None if key in LISTS else budget)]
    return found


def check_wording() -> list[str]:
    """Problems of the sentences that are said outside Rasa; those for staff alone are left out.

    The first words in a crisis are one segment: parts may arrive late, or in the wrong order.
    """
    shown = {k: v for k, v in wording.sentences().items() if not k.startswith(FOR_STAFF)}
    first = {k: v for k, v in shown.items() if k.startswith("crisis.") and k.endswith(".first")}
    rest = {k: v for k, v in shown.items() if k not in first}
    return check_sentences(first, wording.ONE_SEGMENT) + check_sentences(rest)


def check_domain(path: Path = DOMAIN) -> list[str]:
    """Problems of the fixed sentences of the dialogue, and of the way they are written down."""
    responses = yamlfile.read(path)["responses"]
    found = []
    for name, variants in responses.items():
        if len(variants) != 1 or set(variants[0]) != {"text"}:
            found.append(f"{name}: one text and nothing else, so that everybody is told the same")
    return found + check_sentences({name: variants[0].get("text", "") for name, variants in responses.items()})


# --- topics, sessions, services, numbers ---------------------------------------------------


def check_ready_replies(rows: Iterable[Mapping]) -> list[str]:
    """Problems of the replies that staff have ready: two texts at most."""
    return [f"ready reply {row['key']}: {p}" for row in rows for p in wording.problems(row["text"], budget=READY)]


def check_topics(rows: Iterable[Mapping]) -> list[str]:
    """Problems of the seed file of topics."""
    found, seen = [], set()
    for row in rows:
        slug = row.get("slug", "")
        if not re.fullmatch(r"[a-z_]{1,32}", slug):
            found.append(f"topic {slug!r}: a slug is lower-case letters and underscores")
        if slug in seen:
            found.append(f"topic {slug}: twice")
        seen.add(slug)
        for field, longest in (("name", 80), ("label", 40)):
            found += [f"topic {slug} {field}: {p}" for p in wording.problems(row.get(field) or "", budget=longest)]
    return found


def check_sessions(rows: Iterable[Mapping], topics: set[str]) -> list[str]:
    """Problems of the seed file of sample sessions."""
    found = []
    for row in rows:
        name = f"session {row.get('title')!r} week {row.get('week')}"
        if row.get("topic") not in topics:
            found.append(f"{name}: no topic {row.get('topic')!r}")
        if not str(row.get("place", "")).startswith("Sample "):
            found.append(f"{name}: the place of an invented session begins with Sample, so that nobody sets out for it")
        if row.get("day") not in _DAYS:
            found.append(f"{name}: day {row.get('day')!r} is none of {', '.join(_DAYS)}")
        try:
            time.fromisoformat(str(row.get("at")))
        except ValueError:
            found.append(f'{name}: no time {row.get("at")!r}, write "14:00"')
        if row.get("audience", "everyone") not in ("everyone", "women", "men"):
            found.append(f"{name}: audience {row.get('audience')!r}")
        for field, longest in (("title", 60), ("place", 80), ("area", 40)):
            found += [f"{name} {field}: {p}" for p in wording.problems(str(row.get(field) or ""), budget=longest)]
    return found


def check_services(rows: Iterable[Mapping], today: date) -> list[str]:
    """Problems of the directory: how each line would reach a phone, and what keeps a guess from being sent."""
    found, seen = [], set()
    for row in rows:
        slug = row.get("slug")
        if slug in seen:
            found.append(f"service {slug}: twice")
        seen.add(slug)
        if row.get("confidence") not in CONFIDENCE:
            found.append(f"service {slug}: confidence {row.get('confidence')!r}")
        if not isinstance(row.get("hold"), bool):
            found.append(f"service {slug}: hold is true or false")
        if row.get("area") not in AREAS:
            found.append(f"service {slug}: area {row.get('area')!r}")
        for field in ("phone", "sms"):
            if row.get(field) is not None and not isinstance(row[field], str):
                found.append(f"service {slug}: {field} is not in quotes, and loses its leading zero")
        if row.get("confidence") == "unconfirmed":
            if row.get("phone") or row.get("sms"):
                found.append(f"service {slug}: unconfirmed, so it has no number")
            continue
        fields = {column: row.get(column) for column in Service.__table__.columns.keys()}
        found += [f"service {slug}: {p}" for p in _line_problems(services.lines(Service(**fields), today))]
    return found


def _line_problems(line: str) -> list[str]:
    """Names of services are their own, so only the alphabet and the length are looked at."""
    found = []
    if not wording.is_gsm(line):
        found.append("not GSM-7: " + ", ".join(sorted({c for c in line if not wording.is_gsm(c)})))
    if (units := wording.size(line).units) > wording.ANSWER_BUDGET:
        found.append(f"{units} units, the budget is {wording.ANSWER_BUDGET}")
    return found


def check_crisis_numbers(rows: Mapping[str, Mapping], directory: Iterable[Mapping]) -> list[str]:
    """Crisis numbers that the directory of services does not have: one of the two is wrong."""
    known = _numbers_of(directory)
    return [
        f"crisis number {key}: {row['number']} is no number of data/services.yml"
        for key, row in rows.items()
        if _digits(str(row["number"])) not in known and key not in NOT_IN_THE_DIRECTORY
    ]


def check_numbers(texts: Mapping[str, str], directory: Iterable[Mapping]) -> list[str]:
    """Telephone numbers written into sentences that the directory of services does not have."""
    known = _numbers_of(directory)
    return [
        f"{key}: {number} is no number of data/services.yml"
        for key, text in texts.items()
        for number in wording.numbers(text)
        if _digits(number) not in known
    ]


def _numbers_of(directory: Iterable[Mapping]) -> set[str]:
    return {_digits(row[f]) for row in directory for f in ("phone", "sms") if isinstance(row.get(f), str)}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


# --- all of it -----------------------------------------------------------------------------


def _rows(name: str):
    return yamlfile.read(wording.DATA / name)


def texts() -> dict[str, str]:
    """Every text of the answer bank, the domain and the wording files by name, as it is written."""
    found = {k: v for k, v in wording.sentences().items() if not k.startswith(FOR_STAFF)}
    responses = yamlfile.read(DOMAIN)["responses"]
    found |= {name: variants[0]["text"] for name, variants in responses.items()}
    for path in sorted(ANSWERS.glob("*.yml")):
        tree = yamlfile.read(path)
        for answer in tree["answers"]:
            for field in ("text", "more", "urgent", "simple"):
                if answer.get(field):
                    found[f"{tree['topic']}/{answer['key']} {field}"] = answer[field]
    return found


def check_all() -> list[str]:
    """Problems of all content, one sentence each; an empty list when everything may be shown."""
    directory, topics = _rows("services.yml"), _rows("topics.yml")
    checks: list[Callable[[], list[str]]] = [
        *(lambda path=path: check_answers(path, showable_services()) for path in sorted(ANSWERS.glob("*.yml"))),
        check_wording,
        check_domain,
        lambda: check_topics(topics),
        lambda: check_ready_replies(_rows("ready_replies.yml")),
        lambda: check_sessions(_rows("sessions.yml"), {row["slug"] for row in topics}),
        lambda: check_services(directory, clock.today()),
        lambda: check_crisis_numbers(_rows("crisis_numbers.yml"), directory),
        lambda: check_numbers(texts(), directory),
    ]
    return [problem for check in checks for problem in check()]


def main(paths: list[str]) -> int:
    """Check the answer files named; everything when none is."""
    found = [p for path in paths for p in check_answers(Path(path), showable_services())] if paths else check_all()
    print("\n".join(found) or "no problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
