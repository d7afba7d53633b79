"""The bell: one ring wakes one worker, from whatever thread it comes, and none is lost."""

from __future__ import annotations

import asyncio

from bot.gateway import bell as bell_module
from bot.gateway.bell import Bell

SOON = 2.0


async def waiting(bell: Bell, number: int, pause: float) -> list[asyncio.Task]:
    """`number` workers that wait for the bell, and are there when this returns."""
    tasks = [asyncio.create_task(bell.wait(pause)) for _ in range(number)]
    await asyncio.sleep(0.01)
    return tasks


def test_one_ring_wakes_one_worker():
    async def scene() -> list[bool]:
        bell = Bell(8)
        workers = await waiting(bell, 8, 0.2)
        bell.ring()
        return [await worker for worker in workers]

    assert sorted(asyncio.run(scene())) == [False] * 7 + [True]


def test_a_ring_that_nobody_waits_for_is_kept_and_no_more_than_there_are_workers():
    async def scene() -> list[bool]:
        bell = Bell(2)
        await bell.wait(0)
        for _ in range(5):
            bell.ring()
        return [await bell.wait(0.05) for _ in range(3)]

    assert asyncio.run(scene()) == [True, True, False]


def test_a_ring_from_another_thread_is_heard_at_once():
    async def scene() -> bool:
        bell = Bell(1)
        [worker] = await waiting(bell, 1, SOON * 10)
        await asyncio.to_thread(bell.ring)
        return await asyncio.wait_for(worker, SOON)

    assert asyncio.run(scene())


def test_a_ring_before_anybody_has_ever_waited_is_kept():
    async def scene() -> bool:
        bell = Bell(1)
        bell.ring()
        return await bell.wait(0.05)

    assert asyncio.run(scene())


def test_one_is_on_watch_and_the_next_takes_it_over(monkeypatch):
    monkeypatch.setattr(bell_module, "WATCH", 0.05)

    async def scene() -> tuple[bool, bool, bool]:
        bell = Bell(2)
        first, second = await waiting(bell, 2, SOON)
        looked = await asyncio.wait_for(first, SOON / 4)
        sleeps = not second.done()
        [third] = await waiting(bell, 1, SOON)  # the first has work now; whoever comes next keeps the watch
        await asyncio.wait_for(third, SOON / 4)
        second.cancel()
        return looked, sleeps, bell._watched

    assert asyncio.run(scene()) == (False, True, False)


def test_a_bell_of_a_loop_that_has_ended_rings_in_the_next_one():
    bell = Bell(1)
    asyncio.run(bell.wait(0))
    bell.ring()
    assert asyncio.run(bell.wait(0.05))
