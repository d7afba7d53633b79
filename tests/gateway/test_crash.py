"""kill -9 at every named point of the road: nothing is lost, and nothing is answered twice.

At least once towards the provider, so a text whose sending was cut off may arrive twice, and those are counted; exactly
once in the database and in the dialogue.
"""

from __future__ import annotations

import random
import re
import signal
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import wording
from bot.gateway import points
from bot.models import Conversation, Handoff, Message
from tests.conftest import SECRET
from tests.gateway.crash import LATER, Orders, Processes, Provider, Rasa, free_port, listening, until

PEOPLE = [f"+4477009001{n:02d}" for n in range(20)]
#: Texts between two crashes: two of each person.
BATCH = 2 * len(PEOPLE)
#: One text in so many speaks of danger.
DANGER_EVERY = 19
WORKERS_THAT_SEND = 4


def test_every_point_is_on_the_road():
    source = "".join(path.read_text() for path in Path(points.__file__).parent.glob("*.py"))
    assert sorted(set(re.findall(r'points\.reached\("([a-z.]+)"\)', source))) == sorted(points.NAMES)
    assert points.hook is None


@pytest.mark.timeout(240)
def test_nothing_is_lost_and_nothing_answered_twice(any_database, tmp_path):
    chance = random.Random(7)
    port, rasa, processes, spool = free_port(), Rasa(), Processes(), tmp_path / "spool"
    provider = Provider(port, PEOPLE)
    texts: dict[str, list[str]] = {person: [] for person in PEOPLE}
    numbers = iter(range(1, 10_000))

    def everybody_texts() -> None:
        for number in [next(numbers) for _ in range(BATCH)]:
            person = PEOPLE[number % len(PEOPLE)]
            words = f"i want to die {number}" if number % DANGER_EVERY == 0 else f"question {number}"
            texts[person].append(words)
            provider.text(number, person, words)

    with listening(rasa) as rasa_url, listening(provider) as provider_url:
        common = {
            "database_url": any_database.url.render_as_string(hide_password=False), "var": str(tmp_path), "port": port,
            "rasa": rasa_url, "provider": provider_url, "secret": SECRET,
        }  # fmt: skip
        try:
            for crash, point in enumerate(points.NAMES):
                busy = point in ("intake.spooled", "intake.importing", "intake.imported")
                dies_at = (point, chance.randint(BATCH // 3, BATCH * 2 // 3))
                orders = Orders(**common, dies_at=dies_at, clock_ahead=crash * LATER, database_busy=busy)
                processes.start(orders)
                # A message that is in a worker's hands at death after death is rightly set aside as the one that kills.
                assert until(lambda: provider.delivered() and _settled(any_database, spool), 60)
                processes.arm()
                everybody_texts()
                assert processes.ended(within=30) == -signal.SIGKILL, f"{point} was not reached"
            processes.start(Orders(**common, clock_ahead=len(points.NAMES) * LATER))
            assert until(provider.delivered, 60)
            assert until(lambda: _settled(any_database, spool), 60)
        finally:
            processes.kill()
            provider.close()
    _count(any_database, texts, rasa, provider)


def _settled(database, spool: Path) -> bool:
    if any(spool.glob("*.msg")):
        return False
    waiting = ("received", "answering", "queued", "sending")
    with database.read() as db:
        return db.execute(sa.select(Message.id).where(Message.status.in_(waiting))).first() is None


def _count(database, texts: dict[str, list[str]], rasa: Rasa, provider: Provider) -> None:
    total = sum(map(len, texts.values()))
    assert total >= 500
    with database.read() as db:
        rows = list(db.execute(sa.select(Message).order_by(Message.id)).scalars())
        person_of = {c.id: c.address.address for c in db.execute(sa.select(Conversation)).scalars()}
        handoffs = Counter(h.conversation_id for h in db.execute(sa.select(Handoff)).scalars())
    inbound = [row for row in rows if row.direction == "in"]
    outbound = [row for row in rows if row.direction == "out"]
    # In: each text once, in the order in which its writer sent it, and every one of them answered.
    assert len(person_of) == len(PEOPLE) and len(inbound) == total
    for conversation, person in person_of.items():
        assert [row.body for row in inbound if row.conversation_id == conversation] == texts[person]
    assert Counter((row.status, row.error) for row in inbound if row.status != "answered") == {}
    # In the dialogue: each text moved it once, in order (danger closes the form, and that is all it does there).
    for conversation, person in person_of.items():
        told = ["/crisis_suicide" if "die" in text else text for text in texts[person]]
        assert rasa.dialogues[conversation] == told
    # Out: one answer to each text, to the one who asked.
    answers = Counter((row.reply_to, row.body) for row in outbound if row.purpose == "reply")
    harmless = [row for row in inbound if "die" not in row.body]
    assert answers == Counter((row.id, f"Answer to {row.body}") for row in harmless)
    crises = Counter(row.reply_to for row in outbound if row.purpose == "crisis")
    assert set(crises) == {row.id for row in inbound} - {row.id for row in harmless}
    assert set(handoffs.values()) <= {1}
    notices = Counter(row.conversation_id for row in outbound if row.body == wording.say("gateway.notice"))
    assert set(notices.values()) == {1}
    went_past = [row for row in outbound if row.status == "wired"]  # the database was busy: said directly
    assert {row.purpose for row in went_past} == {"crisis"}
    others = [row for row in outbound if row not in went_past]
    assert Counter((row.status, row.error, row.purpose) for row in others if row.status != "sent") == {}
    # At the provider: everything at least once and to the right phone; twice only what a crash cut off in flight.
    direct = Counter((to, text) for message_id, to, text in provider.sent if message_id == 0)
    assert not Counter((person_of[row.conversation_id], row.body) for row in went_past) - direct
    sent = [one for one in provider.sent if one[0] != 0]
    copies = Counter(message_id for message_id, _, _ in sent)
    by_id = {row.id: row for row in others}
    assert set(copies) == set(by_id)
    assert all((by_id[i].body, person_of[by_id[i].conversation_id]) == (text, to) for i, to, text in sent)
    doubled = sum(n - 1 for n in copies.values())
    assert 1 <= doubled <= WORKERS_THAT_SEND * len(points.NAMES)
    print(f"{total} texts, {len(points.NAMES)} crashes, {provider.refused} webhook calls cut off; 0 lost, 0 answered "
          f"twice, {doubled} of {len(others)} sent twice; Rasa replayed {rasa.replayed}")  # fmt: skip
