"""Jobs under trouble: a bounded number in hand, none dropped, and what is nobody's fault costs no attempt."""

import asyncio

import asyncpg
import pytest

from backend import db
from backend.errors import Unavailable
from backend.jobs import TryLater, queue, runner

pytestmark = pytest.mark.usefixtures("database")

PASSING = [
    TryLater("the decoder is busy"),
    Unavailable(),
    db.PoolExhausted(),
    asyncpg.SerializationError("could not serialize access"),
    asyncpg.LockNotAvailableError("canceling statement due to lock timeout"),
    asyncpg.UndefinedTableError('relation "message" does not exist'),
    asyncpg.DiskFullError("could not extend file"),
    asyncpg.InterfaceError("cannot perform operation: connection is closed"),
    OSError(28, "No space left on device"),
]


async def test_no_more_jobs_are_in_hand_than_there_are_places(database):
    running, peak, all_taken = 0, 0, asyncio.Event()

    async def count(_: object) -> None:
        nonlocal running, peak
        running += 1
        peak = max(peak, running)
        if running == 4:
            all_taken.set()
        await asyncio.wait_for(all_taken.wait(), 10)
        await db.fetchval("SELECT 1")
        running -= 1

    await queue.enqueue_many("one.count", list(range(300)))
    await queue.enqueue_many("two.count", list(range(300)))

    await runner.drain(database, {"one.count": count, "two.count": count}, places=4)

    assert peak == 4
    assert await states() == {}


@pytest.mark.parametrize("trouble", PASSING, ids=lambda each: type(each).__name__)
async def test_what_is_nobodys_fault_costs_no_attempt(database, trouble):
    async def stumble(_: object) -> None:
        raise trouble

    await queue.enqueue("room.stumble", 1)

    await runner.drain(database, {"room.stumble": stumble})

    job = await db.fetchrow("SELECT status::text, attempts, execute_after > now() AS is_later FROM pgqueuer")
    assert job is not None
    assert tuple(job) == ("queued", 0, True)


async def test_a_job_that_fails_by_itself_is_held_and_says_why(database):
    async def fail(_: object) -> None:
        raise ValueError("seven\0eight")

    await queue.enqueue("room.fail", 1)

    await runner.drain(database, {"room.fail": fail})

    assert await states() == {"failed": 1}
    assert await db.fetchval("SELECT headers->>'error' FROM pgqueuer") == "ValueError: seveneight"


async def test_where_nothing_but_trouble_comes_back_the_rest_is_not_tried(database):
    tried = 0

    async def stumble(_: object) -> None:
        nonlocal tried
        tried += 1
        raise TryLater("the store is away")

    done: list[int] = []

    async def go_on(number: int) -> None:
        done.append(number)

    await queue.enqueue_many("room.stumble", list(range(200)))
    await queue.enqueue_many("other.go_on", list(range(200)))

    await runner.drain(database, {"room.stumble": stumble, "other.go_on": go_on}, places=4)

    assert tried < 20
    assert sorted(done) == list(range(200))
    assert await states() == {"queued": 200}


async def test_a_heap_of_slow_jobs_of_one_room_leaves_places_to_the_others(database):
    told = asyncio.Event()

    async def develop(_: object) -> None:
        async with asyncio.timeout(20):
            await told.wait()

    async def tell(_: object) -> None:
        told.set()

    await queue.enqueue_many("media.develop", list(range(20)))
    await queue.enqueue("push.tell", 1)

    await runner.drain(database, {"media.develop": develop, "push.tell": tell}, places=4)

    assert told.is_set()
    assert await states() == {}


async def states() -> dict[str, int]:
    rows = await db.fetch("SELECT status::text, count(*) FROM pgqueuer GROUP BY status")
    return {row[0]: row[1] for row in rows}
