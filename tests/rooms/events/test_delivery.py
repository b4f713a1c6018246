"""Facts are delivered at least once, in order, and each reaction for itself; what did not happen is not."""

import asyncio
from collections.abc import Sequence

import asyncpg
import pytest

from backend import db
from backend.events.deliverer import Deliverer
from backend.events.facts import Recorded
from backend.jobs import queue, runner
from tests.makers.facts import Noted, delivery_to, record
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver, work

pytestmark = pytest.mark.usefixtures("database")


async def waiting() -> list[int]:
    return [row["event_id"] for row in await db.fetch("SELECT event_id FROM event_pending ORDER BY event_id")]


async def jobs() -> list[tuple[str, str]]:
    rows = await db.fetch("SELECT entrypoint, convert_from(payload, 'UTF8') FROM pgqueuer ORDER BY id")
    return [(row[0], row[1]) for row in rows]


async def test_a_fact_that_commits_after_a_later_one_was_delivered_is_delivered():
    noted, begun, finish = Noted(), asyncio.Event(), asyncio.Event()
    deliverer = Deliverer(delivery_to(note=noted))

    async def slow() -> None:
        async with db.transaction():
            await record(1)
            begun.set()
            await finish.wait()

    late = asyncio.create_task(slow())
    await begun.wait()
    await record(2)
    await deliverer.deliver_once()
    finish.set()
    await late
    await deliverer.deliver_once()

    assert noted.subjects == [2, 1]
    assert await waiting() == []


async def test_what_was_rolled_back_is_not_delivered():
    noted = Noted()

    with pytest.raises(ZeroDivisionError):
        async with db.transaction():
            await record(1)
            raise ZeroDivisionError
    await deliver(delivery_to(note=noted))

    assert noted.facts == []


async def test_facts_about_one_subject_stay_in_order_however_many_deliver():
    noted, done = Noted(), asyncio.Event()

    async def write(subject_id: int) -> None:
        for version in range(1, 21):
            await record(subject_id, version=version, is_urgent=subject_id % 2 == 0)

    async def deliver_until_done(deliverer: Deliverer) -> None:
        while not done.is_set() or await waiting():
            await deliverer.deliver_once()

    deliverers = [Deliverer(delivery_to(note=noted), most=7) for _ in range(3)]
    delivering = [asyncio.create_task(deliver_until_done(each)) for each in deliverers]
    await asyncio.gather(*(write(subject_id) for subject_id in range(1, 7)))
    done.set()
    await asyncio.gather(*delivering)

    for subject_id in range(1, 7):
        assert [version for subject, version in noted.facts if subject == subject_id] == list(range(1, 21))


async def test_a_reaction_gets_a_batch_as_one_and_in_the_order_of_the_log():
    first, second = Noted(), Noted()
    await record(3, 1, 2)

    await deliver(delivery_to(first=first, second=second))

    assert first.batches == second.batches == [[(3, 1), (1, 1), (2, 1)]]


async def test_the_fact_that_a_reaction_fails_for_becomes_a_job_and_hides_no_other():
    good = Noted()

    async def fail_for_two(recorded: Sequence[Recorded]) -> None:
        for each in recorded:
            await queue.enqueue("done", each.subject_id)
        if any(each.subject_id == 2 for each in recorded):
            raise ValueError("no")

    _, two, _ = await record(1, 2, 3)

    await deliver(delivery_to(fail=fail_for_two, good=good))

    assert good.subjects == [1, 2, 3]
    assert sorted(await jobs()) == [("done", "1"), ("done", "3"), ("fail", f"[{two}]")]
    assert await waiting() == []


async def test_what_is_around_a_reaction_and_passes_makes_one_job_of_all_its_facts(database):
    good, noted, is_away = Noted(), Noted(), True

    async def stumble(recorded: Sequence[Recorded]) -> None:
        if is_away:
            await db.execute("SELECT FROM a_table_that_is_being_changed")
        await noted(recorded)

    delivery = delivery_to(stumble=stumble, good=good)
    ids = await record(1, 2, 3)

    await deliver(delivery)

    assert good.subjects == [1, 2, 3]
    assert await jobs() == [("stumble", str(ids).replace(" ", ""))]

    await runner.drain(database, delivery.handlers())
    assert await db.fetchval("SELECT attempts FROM pgqueuer") == 0
    is_away = False
    await db.execute("UPDATE pgqueuer SET execute_after = now()")
    await runner.drain(database, delivery.handlers())
    assert noted.batches == [[(1, 1), (2, 1), (3, 1)]]
    assert await jobs() == []


async def test_a_batch_that_loses_its_connection_is_delivered_whole_the_next_time():
    noted, lost = Noted(), [True]

    async def lose_the_connection(_: Sequence[Recorded]) -> None:
        if lost:
            lost.clear()
            await db.fetchval("SELECT pg_terminate_backend(pg_backend_pid())")

    await record(1, 2)
    deliverer = Deliverer(delivery_to(note=noted, lose=lose_the_connection))

    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await deliverer.deliver_once()
    assert len(await waiting()) == 2
    await deliverer.deliver_once()

    assert noted.batches == [[(1, 1), (2, 1)]] * 2
    assert await waiting() == [] and await jobs() == []


async def test_a_fact_that_breaks_every_batch_becomes_jobs_and_the_others_are_delivered(database):
    noted = Noted()

    async def break_at_commit(recorded: Sequence[Recorded]) -> None:
        if any(each.subject_id == 2 for each in recorded):
            await db.execute("INSERT INTO once VALUES (1), (1)")

    await db.execute("CREATE TABLE once (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    try:
        _, two, _ = await record(1, 2, 3)
        await deliver_by_a_loop(database, Deliverer(delivery_to(broken=break_at_commit, note=noted), most=3))
    finally:
        await db.execute("DROP TABLE once")

    assert {1, 3} <= set(noted.subjects)
    assert await jobs() == [("broken", f"[{two}]"), ("note", f"[{two}]")]


async def test_the_urgent_are_delivered_before_what_waits():
    noted = Noted()
    await record(*range(1, 31))
    await record(99, is_urgent=True)

    await Deliverer(delivery_to(note=noted), most=10).deliver_once()

    assert noted.subjects == [*range(1, 11), 99]


async def test_jobs_of_an_earlier_build_are_worked_off(database, now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    ids = await waiting()
    await db.execute("DELETE FROM event_pending")
    await queue.enqueue("events.deliver", ids)
    await queue.enqueue("push.tell_unit", ids[0])

    await work(database)

    assert await db.fetchval("SELECT count(*) FROM message WHERE order_id = $1", order_id) == 1
    assert await jobs() == []


async def deliver_by_a_loop(database: str, deliverer: Deliverer) -> None:
    """Let the worker's loop run until nothing waits."""
    connection, stop = await asyncpg.connect(database), asyncio.Event()
    try:
        running = asyncio.create_task(deliverer.run(connection, stop))
        async with asyncio.timeout(30):
            while await waiting():
                pass
        stop.set()
        await running
    finally:
        await connection.close()
