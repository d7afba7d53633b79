"""What there is to learn from: ways of asking in the answer bank, its texts, and the messages of the plain intents."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.nlu.reading import ASK, fine_label

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def bank_messages(folder: Path) -> list[tuple[str, str, str]]:
    """Every way of asking in the bank's files, as (words, intent, "topic/key"); answers withdrawn are left out."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
        for answer in tree["answers"]:
            if answer.get("status") == "withdrawn":
                continue
            name = f"{tree['topic']}/{answer['key']}"
            for words in dict.fromkeys([answer["question"], *answer.get("asks", ())]):
                found.append((str(words).strip(), f"{ASK}{tree['topic']}", name))
    return found


def passages(folder: Path) -> list[tuple[str, str]]:
    """The bank's own texts, as (text, fine label): an answer's words tell what is asked for where no message does."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
        for answer in tree["answers"]:
            if answer.get("status") != "withdrawn":
                texts = (answer.get("text"), answer.get("more"))
                found += [(str(text), f"{ASK}{tree['topic']}/{answer['key']}") for text in texts if text]
    return found


def messages(root: Path) -> list[tuple[str, str]]:
    """Every training message of `root`, as (words, fine label)."""
    found = [(words, fine_label(intent, answer)) for words, intent, answer in bank_messages(root / "data/answers")]
    for path in sorted((root / "data/nlu").glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER).get("nlu", ()):
            lines = block.get("examples", "").splitlines() if "intent" in block else ()
            found += [(line.strip()[2:].strip(), block["intent"]) for line in lines if line.strip().startswith("- ")]
    return list(dict.fromkeys(found))
