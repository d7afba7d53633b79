"""The content check: everything a participant can read, looked at before it can be shown.

`wellbeing content check` and the tests call `check_all`; a writer may check one file with `python -m bot.content FILE`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from bot import wording

ANSWERS = wording.DATA / "answers"
#: Appended to an answer that has a longer version; counted in its budget.
OFFER_OF_MORE = " Text MORE for more."
STATUSES = {"draft", "in_review", "approved", "withdrawn"}


def check_answers(path: Path, known_services: set[str] | None = None) -> list[str]:
    """Problems of one topic's answer file, each as "topic/key field: what"."""
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    topic, found, seen, asked = tree["topic"], [], set(), {}
    if topic != path.stem:
        found.append(f"{path.name}: topic is {topic!r}")
    for answer in tree["answers"]:
        key = answer["key"]
        name = f"{topic}/{key}"
        if key in seen:
            found.append(f"{name}: twice")
        seen.add(key)
        for ask in [answer["question"], *answer["asks"]]:
            if asked.setdefault(ask.lower(), key) != key:
                found.append(f"{name}: {ask!r} is also a way of asking {asked[ask.lower()]}")
        if len(answer["asks"]) < 12:
            found.append(f"{name} asks: {len(answer['asks'])}, at least 12")
        more, urgent = answer.get("more"), answer.get("urgent")
        offered = answer["text"] + (OFFER_OF_MORE if more or urgent else "")
        found += [f"{name} text: {p}" for p in wording.problems(offered)]
        for field, text in (("more", more), ("urgent", urgent)):
            if text:
                found += [f"{name} {field}: {p}" for p in wording.problems(text)]
        if not answer.get("sources"):
            found.append(f"{name}: no sources")
        for source in answer.get("sources", ()):
            if not source.get("title") or not source.get("url"):
                found.append(f"{name}: a source without title or url")
        if answer.get("status") not in STATUSES:
            found.append(f"{name}: status {answer.get('status')!r}")
        if answer.get("status") == "approved" and not (answer.get("reviewed_by") and answer.get("review_by")):
            found.append(f"{name}: approved without a reviewer and a review date")
        if not isinstance(answer.get("revision"), int):
            found.append(f"{name}: no revision")
        for slug in answer.get("services", ()):
            if known_services is not None and slug not in known_services:
                found.append(f"{name}: service {slug!r} is not in the directory or may not be shown")
    return found


def showable_services() -> set[str]:
    """Slugs of the services that a participant may see at all (confirmed or secondary, not on hold)."""
    path = wording.DATA / "services.yml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {r["slug"] for r in rows if r["confidence"] in ("confirmed", "secondary") and not r["hold"]}


def main(paths: list[str]) -> int:
    found = [p for path in paths for p in check_answers(Path(path), showable_services())]
    print("\n".join(found) or "no problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
