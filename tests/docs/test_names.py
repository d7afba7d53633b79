"""What the documents name is there: a file that was moved or renamed takes its mentions with it."""

from __future__ import annotations

import re

from tests.house.code import ROOT

PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
_FILE = re.compile(r"`((?:bot|actions|data|tests|docs|deploy)/[\w/.-]+\.(?:py|yml|md|csv|txt|json|sh|html))`")


def missing(text: str) -> list[str]:
    """Files that a text names and that are not there."""
    return [name for name in _FILE.findall(text) if not (ROOT / name).exists()]


def test_files_that_documents_name_are_there():
    found = [f"{page.relative_to(ROOT)}: {name}" for page in PAGES for name in missing(page.read_text("utf-8"))]
    assert not found, "\n" + "\n".join(found)


def test_a_file_that_is_gone_is_noticed():
    assert missing("see `bot/gone.py` and `data/topics.yml`") == ["bot/gone.py"]
