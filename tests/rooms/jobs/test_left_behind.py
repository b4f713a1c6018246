"""Jobs that nobody brings to an end: whoever ran them died, their code is gone, or they cannot read their argument."""

import subprocess
import sys

import pytest

from backend import clock, db, wiring
from backend.accounts.structs import Role
from backend.jobs import queue, runner
from backend.jobs.store import DEATHS_MAX
from tests.makers.accounts import bearer, make_staff
from tests.makers.workers import ROOT

pytestmark = pytest.mark.usefixtures("database")

LANGUAGES = ["zh", "en"]
DIES = "room.die"
_WORKER = """
import asyncio, os, sys
from backend.jobs import runner

async def die(_):
    os._exit(9)

async def rest(_):
    await asyncio.Event().wait()

asyncio.run(runner.drain(sys.argv[1], {"room.die": die, "room.rest": rest}))
"""
_LAST_SIGN = "UPDATE pgqueuer SET heartbeat = heartbeat - interval '11 seconds' WHERE status = 'picked'"
_STATE = "SELECT status::text, headers->>'error' FROM pgqueuer WHERE entrypoint = $1"
WORDS = {
    ("WorkerDied", "zh"): "后台进程多次在执行此任务时中断",
    ("WorkerDied", "en"): "A worker ended while it ran this job",
    ("UnknownJob", "zh"): "当前版本没有执行此任务的程序",
    ("UnknownJob", "en"): "This version of Yima has no code for the job",
    ("ValidationError", "zh"): "任务无法读取其参数",
    ("ValidationError", "en"): "The job cannot read what it was given",
    ("RuntimeError", "zh"): "失败待处理",
    ("RuntimeError", "en"): "Held",
}


async def test_a_job_over_which_workers_die_is_held_and_those_beside_it_are_not(database):
    await queue.enqueue(DIES, 1)
    await queue.enqueue_many("room.rest", [2, 3])

    for _ in range(DEATHS_MAX):
        run_until_it_dies(database)
        await db.execute(_LAST_SIGN)
    done: list[int] = []

    async def note(number: int) -> None:
        done.append(number)

    await runner.drain(database, {DIES: note, "room.rest": note})
    await db.execute("UPDATE pgqueuer SET execute_after = now() WHERE status = 'queued'")
    await runner.drain(database, {DIES: note, "room.rest": note})

    assert sorted(done) == [2, 3]
    assert tuple(await db.fetchrow(_STATE, DIES) or ()) == ("failed", "WorkerDied: 3 times over this job")


async def test_one_death_costs_a_job_nothing(database):
    await queue.enqueue(DIES, 1)
    run_until_it_dies(database)
    await db.execute(_LAST_SIGN)
    done: list[int] = []

    async def note(number: int) -> None:
        done.append(number)

    await runner.drain(database, {DIES: note})

    assert done == [1]


async def test_a_healthy_workers_job_is_not_taken_back(database):
    """Its last sign of life is as old as it gets: four of them are given in the time that counts as dead."""
    await queue.enqueue("room.slow", 1)
    await db.execute(
        "UPDATE pgqueuer SET status = 'picked', heartbeat = now() - interval '9 seconds', queue_manager_id = $1",
        "00000000-0000-0000-0000-000000000001",
    )
    done: list[int] = []

    async def note(number: int) -> None:
        done.append(number)

    await runner.drain(database, {"room.slow": note})

    assert done == []


async def test_a_job_of_a_name_that_a_later_build_may_know_waits_a_while(database):
    await queue.enqueue("room.of_the_next_build", 1)
    await db.execute("UPDATE pgqueuer SET execute_after = now() - interval '14 minutes'")

    await runner.drain(database, {})

    assert tuple(await db.fetchrow(_STATE, "room.of_the_next_build") or ()) == ("queued", None)


async def test_every_job_holds_an_argument_that_it_cannot_read_and_again_after_a_retry(database):
    handlers = wiring.handlers(clock.now)
    for name in handlers:
        await queue.enqueue(name, {"not": ["what", "it", "takes"]})

    for _ in ("at first", "after a retry"):
        await runner.drain(database, handlers)
        rows = await db.fetch("SELECT entrypoint, headers->>'error' AS error FROM pgqueuer WHERE status = 'failed'")
        assert {row["entrypoint"] for row in rows} == set(handlers)
        assert {row["error"].split(":")[0] for row in rows} == {"ValidationError"}
        assert await queue.requeue() == len(handlers)


async def test_an_argument_that_cannot_be_read_is_not_tried_twelve_times(database):
    tried = 0

    async def read(_: object) -> None:
        nonlocal tried
        tried += 1
        raise AssertionError

    await queue.enqueue("media.make_large", {"photo_id": "no"})
    await db.execute("UPDATE pgqueuer SET payload = 'no json'")
    stop = wiring.handlers(clock.now) | {"media.make_large": read}

    await runner.drain(database, stop)

    assert tried == 0
    assert tuple(await db.fetchrow("SELECT status::text, attempts FROM pgqueuer") or ()) == ("failed", 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("trouble", ["WorkerDied", "UnknownJob", "ValidationError", "RuntimeError"])
async def test_an_administrator_reads_what_is_wrong_and_runs_it_again(client, database, trouble, language):
    admin = bearer(await make_staff(Role.DISTRICT_ADMIN, area="310115"))
    headers = {"accept": "text/html", "accept-language": language} | admin
    name = await hold(database, trouble)

    page = (await client.get("/admin/jobs", headers=headers)).text
    [job_id] = [row["id"] for row in await db.fetch("SELECT id FROM pgqueuer WHERE status = 'failed'")]
    sent = await client.post("/admin/jobs", headers=headers, data={"id": str(job_id)})
    done: list[object] = []

    async def mended(payload: object) -> None:
        done.append(payload)

    await runner.drain(database, {name: mended})

    assert name in page
    assert WORDS[trouble, language] in page
    assert sent.headers["location"] == "/admin/jobs?requeued=1"
    assert len(done) == 1
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0


async def hold(database: str, trouble: str) -> str:
    """Let a job end up held by this trouble; returns its name."""
    name = {"ValidationError": "media.make_large", "UnknownJob": "room.of_a_build_before"}.get(trouble, "room.one")
    await queue.enqueue(name, {"not": "what it takes"})
    if trouble == "WorkerDied":
        await db.execute(
            "UPDATE pgqueuer SET status = 'picked', headers = $1, heartbeat = now() - interval '11 seconds'",
            f'{{"deaths": {DEATHS_MAX - 1}}}',
        )
    if trouble == "UnknownJob":
        await db.execute("UPDATE pgqueuer SET execute_after = now() - interval '16 minutes'")

    async def fail(_: object) -> None:
        raise RuntimeError

    await runner.drain(database, wiring.handlers(clock.now) | {"room.one": fail})
    return name


def run_until_it_dies(database: str) -> None:
    """A worker process with all that waits in hand, until one of the jobs ends it."""
    died = subprocess.run([sys.executable, "-c", _WORKER, database], cwd=ROOT, check=False, timeout=60)
    assert died.returncode == 9
