"""What there is to learn from: ways of asking in the answer bank, its texts, and the messages of the plain intents."""

from __future__ import annotations

import csv
from pathlib import Path

from bot import yamlfile
from bot.nlu.reading import ASK, fine_label

#: Messages that the others contradict, as `bot.nlu.doubtful` found them.
DOUBTFUL = "data/nlu/doubtful.tsv"


def bank_messages(folder: Path) -> list[tuple[str, str, str]]:
    """Every way of asking in the bank's files, as (words, intent, "topic/key"); answers withdrawn are left out."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        tree = yamlfile.read(path)
        for answer in tree["answers"]:
            if answer.get("status") == "withdrawn":
                continue
            name = f"{tree['topic']}/{answer['key']}"
            for words in dict.fromkeys([answer["question"], *answer.get("asks", ())]):
                found.append((str(words).strip(), f"{ASK}{tree['topic']}", name))
    return found


def questions(folder: Path) -> set[str]:
    """The question that stands over each answer of the bank."""
    return set(question_of(folder).values())


def question_of(folder: Path) -> dict[str, str]:
    """The question that stands over each answer, by the answer's name ("topic/key")."""
    files = (yamlfile.read(path) for path in sorted(folder.glob("*.yml")))
    return {f"{tree['topic']}/{a['key']}": str(a["question"]).strip() for tree in files for a in tree["answers"]}


def passages(folder: Path) -> list[tuple[str, str]]:
    """The bank's own texts, as (text, fine label): an answer's words tell what is asked for where no message does."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        tree = yamlfile.read(path)
        for answer in tree["answers"]:
            if answer.get("status") != "withdrawn":
                texts = (answer.get("text"), answer.get("more"))
                found += [(str(text), f"{ASK}{tree['topic']}/{answer['key']}") for text in texts if text]
    return found


def doubtful(root: Path) -> set[tuple[str, str]]:
    """The messages of `root` that are not learnt from, as (words, fine label); none where there is no list."""
    if not (root / DOUBTFUL).exists():
        return set()
    with (root / DOUBTFUL).open(encoding="utf-8", newline="") as file:
        return {(row["message"], row["label"]) for row in csv.DictReader(file, delimiter="\t")}


def messages(root: Path) -> list[tuple[str, str]]:
    """Every training message of `root` that is learnt from, as (words, fine label)."""
    found = [(words, fine_label(intent, answer)) for words, intent, answer in bank_messages(root / "data/answers")]
    for path in sorted((root / "data/nlu").glob("*.yml")):
        for block in yamlfile.read(path).get("nlu", ()):
            lines = block.get("examples", "").splitlines() if "intent" in block else ()
            found += [(line.strip()[2:].strip(), block["intent"]) for line in lines if line.strip().startswith("- ")]
    left_out = doubtful(root)
    return [message for message in dict.fromkeys(found) if message not in left_out]
