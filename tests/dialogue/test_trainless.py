"""The server's own process has no TensorFlow in it, and understands and answers all the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from bot.settings import ROOT
from tests.conftest import SECRET

SERVED = """
import asyncio, json, sys
from bot.dialogue import trainless
trainless.stand_in()
import bot.dialogue.server, bot.dialogue.channel, bot.dialogue.tracker
from rasa.core.run import configure_app
from rasa.core.agent import Agent
agent = Agent.load(sys.argv[1])
texts = [reply["text"] for reply in asyncio.run(agent.handle_text("hello"))]
print(json.dumps({"texts": texts, "tensorflow": "tensorflow" in sys.modules}))
"""


def test_it_answers_without_tensorflow(tiny_model):
    environment = os.environ | {"WELLBEING_SECRET_KEYS": SECRET}
    ran = subprocess.run(
        [sys.executable, "-c", SERVED, str(tiny_model)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["texts"] and not found["tensorflow"]
