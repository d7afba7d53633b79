"""The menu: one list spread out for wide screens, the same folded for narrow ones; and who printed a page, and when."""

from __future__ import annotations

import re


def _links(nav) -> list[tuple[str, str | None]]:
    return [(link.attributes["href"], link.attributes.get("aria-current")) for link in nav.all("a")]


def test_both_menus_lead_to_the_same_pages_and_mark_where_one_is(signed_in):
    page = signed_in("coordinator").get("/people")
    spread, folded = (page.one("nav", class_=name) for name in ("spread", "folded"))
    assert _links(spread) == _links(folded)
    assert ("/people", "page") in _links(folded)
    assert "open" not in folded.one("details").attributes


def test_the_links_stand_in_groups_that_are_named_for_the_work(signed_in):
    folded = signed_in("worker").get("/handoffs").one("nav", class_="folded")
    names = [one.attributes["aria-label"] for one in folded.all("ul")]
    assert names[:2] == ["People in touch", "Sessions"]
    assert "Settings" not in names, "a group of which the role has nothing is not there"


def test_the_folded_menu_says_how_many_alarms_wait(signed_in, waiting):
    there = signed_in("worker")
    assert "hidden" in there.get("/people").one("nav", class_="folded").one("span", class_="ringing").attributes
    waiting("i dont want to be here any more", "crisis_suicide")
    badge = there.get("/people").one("nav", class_="folded").one("span", class_="ringing")
    assert badge.text == "1 alarm" and "hidden" not in badge.attributes


def test_a_page_on_paper_says_who_printed_it_and_when(signed_in):
    printed = signed_in("worker").get("/handoffs").one("p", class_="printed")
    assert re.fullmatch(r"Printed by Ann Worker on \w{3} \d+ \w{3} \d{4}, \S+[ap]m\.", printed.text), printed.text
    assert "print-only" in printed.attributes["class"]
