"""Temporary: reads out talks. READ_TALKS file of `label TAB turn || turn`, READ_OUT file, READ_ROAD sms|telegram."""
import os
import pytest
pytestmark = pytest.mark.timeout(3000)
GIVEN = {"sessions": [{"title": "Drink and you"}]} if False else {}
def test_read(world):
    road = os.environ.get("READ_ROAD", "sms")
    out = open(os.environ["READ_OUT"], "w")
    for line in open(os.environ["READ_TALKS"]):
        line = line.rstrip("\n")
        if "\t" not in line: continue
        label, talk = line.split("\t")[:2]
        world.begin(road, {"now": "2026-11-30 11:00"} if False else {})
        out.write(f"=== {label}\n")
        for turn in talk.split(" || "):
            turn = turn.strip()
            out.write(f"ME   {turn}\n")
            world.text(turn)
            for t in world.delivered():
                if t.notice: continue
                out.write(f"  BOT  {t.body}\n")
                for n, c in enumerate(t.choices, 1): out.write(f"        {n}. {c}\n")
        out.write("\n"); out.flush()
