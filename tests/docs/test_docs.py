"""The documents say what is so: every stored field has its reason, every decision its record, every link its page."""

from __future__ import annotations

import re

import pytest

from bot.db import Base, Encrypted
from tests.house import dictionary
from tests.house.code import ROOT

PAGES = sorted(
    [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md"), *ROOT.glob("tests/**/*.md")]
)
DECISIONS = ROOT / "docs" / "decisions"
#: Columns in which words, names or numbers of a person would be at home.
PERSONAL = {
    "addresses": {"address"}, "people": {"name", "contact_note", "call_number"}, "messages": {"body"},
    "handoffs": {"note", "handover"}, "feedback": {"words"}, "bookings": {"reason"}, "answers_shown": {"comment"},
    "attendances": {"reason", "decision", "taken_off_why"}, "orders": {"case_number"},
    "keep_apart": {"reason"}, "duties": {"address", "code"}, "call_backs": {"number"},
    "staff_phones": {"address", "pending"}, "staff_texts": {"body"}, "quality_reviews": {"note"},
    "merges": {"before"},
}  # fmt: skip


def test_every_stored_field_is_explained():
    problems = dictionary.problems(dictionary.PAGE.read_text(encoding="utf-8"))
    assert not problems, "\n" + "\n".join(problems)


def test_a_field_without_a_reason_is_noticed():
    text = dictionary.PAGE.read_text(encoding="utf-8")
    line = next(row for row in text.splitlines() if row.startswith("| `address_hash`"))
    assert dictionary.problems(text.replace(line, ""))
    assert dictionary.problems(text.replace(line, "| `address_hash` | text |  |"))
    assert dictionary.problems(text.replace(line, line.replace("| text |", "| encrypted text |")))
    assert dictionary.problems(text.replace(line, f"{line}\n| `shoe_size` | number | no reason at all |"))
    assert dictionary.problems(text + "\n## shoes\n\nGone.\n")


def test_making_the_page_again_changes_nothing():
    text = dictionary.PAGE.read_text(encoding="utf-8")
    assert dictionary.page(text) == text


def test_what_people_say_and_who_they_are_is_encrypted():
    for table, columns in PERSONAL.items():
        for column in columns:
            assert isinstance(Base.metadata.tables[table].columns[column].type, Encrypted), f"{table}.{column}"


def test_decisions_are_numbered_listed_and_whole():
    files = sorted(DECISIONS.glob("0*.md"))
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    assert [int(f.name[:4]) for f in files] == list(range(1, len(files) + 1))
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert f"({file.name})" in index, f"{file.name} is not in docs/decisions/README.md"
        for heading in ("**Decided.**", "**Why.**", "**Costs.**"):
            assert heading in text, f"{file.name} has no {heading}"


def broken_links(page, text: str) -> list[str]:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text)
    return [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    assert broken_links(page, page.read_text(encoding="utf-8")) == []


def test_a_broken_link_is_noticed():
    assert broken_links(ROOT / "README.md", "[a](docs/nothing.md) [b](docs/data.md) [c](https://example.org)") == [
        "docs/nothing.md"
    ]


def missing_paths(text: str) -> list[str]:
    """Paths of ours that a page names in code letters and that are not there."""
    named = re.findall(r"`((?:bot|data|tests|docs|actions|deploy|benchmarks)/[\w./-]*)`", text)
    return [path for path in named if not (ROOT / path).exists()]


def test_what_the_pages_name_is_there():
    for page in [ROOT / "README.md", *DECISIONS.glob("*.md"), dictionary.PAGE]:
        assert missing_paths(page.read_text(encoding="utf-8")) == [], page.name


def test_a_name_that_is_gone_is_noticed():
    assert missing_paths("see `bot/clock.py` and `bot/sundial.py`") == ["bot/sundial.py"]


def test_every_command_in_the_readme_exists():
    from bot import cli

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^ {4}make (\w+)", readme, re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets and all(re.search(rf"(?m)^{t}:", makefile) for t in targets)
    assert all(f"`{c}" in readme for c in cli.COMMANDS), "a command of `wellbeing` is not in README.md"
