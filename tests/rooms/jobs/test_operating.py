"""Who keeps the house running sees what is in trouble, and lets it run again: by page, by command, in the metrics."""

import json
from datetime import timedelta

from backend import db, timetable
from backend.accounts.structs import Role
from backend.jobs import queue, runner
from media.service.expiry import Retention
from tests.makers.accounts import bearer, make_staff
from tests.makers.commands import type_all
from tests.makers.facts import record

HTML = {"accept": "text/html"}


async def fail(_: object) -> None:
    raise ValueError("a name of somebody")


async def hold_two(database: str) -> None:
    await queue.enqueue("push.notify_responsible", 1, dedupe_key="same")
    await queue.enqueue("push.notify_desk", 2)
    await runner.drain(database, {"push.notify_responsible": fail, "push.notify_desk": fail})


async def test_an_administrator_sees_held_jobs_and_lets_them_run_again(client, database):
    await hold_two(database)
    admin = HTML | bearer(await make_staff(Role.DISTRICT_ADMIN, area="310115"))

    page = (await client.get("/admin/jobs", headers=admin)).text
    sent = await client.post("/admin/jobs", headers=admin, data={"id": "all"})

    assert "push.notify_responsible" in page
    assert "ValueError" in page
    assert "a name of somebody" not in page
    assert sent.headers["location"] == "/admin/jobs?requeued=2"
    assert await db.fetchval("SELECT count(*) FROM pgqueuer WHERE status = 'queued' AND attempts = 0") == 2


async def test_nobody_else_sees_the_jobs(client):
    handler = await make_staff(Role.HANDLER)

    assert (await client.get("/admin/jobs", headers=HTML | bearer(handler))).status_code == 403
    assert (await client.post("/admin/jobs", headers=bearer(handler), data={"id": "all"})).status_code == 403


async def test_a_held_job_runs_again_though_another_waits_under_its_key(database):
    await hold_two(database)
    await queue.enqueue("push.notify_responsible", 1, dedupe_key="same")

    assert await queue.requeue(name="push.notify_responsible") == 1

    done: list[int] = []

    async def tell(number: int) -> None:
        done.append(number)

    await runner.drain(database, {"push.notify_responsible": tell})
    assert done == [1, 1]


async def test_held_jobs_and_the_oldest_are_measured(client, database):
    await hold_two(database)
    await queue.enqueue("media.make_large", 3)
    await db.execute("UPDATE pgqueuer SET created = now() - interval '20 minutes' WHERE status = 'queued'")

    metrics = (await client.get("/metrics")).text

    assert "jobs_held 2.0" in metrics
    assert 'jobs{name="push.notify_responsible",state="held"} 1.0' in metrics
    oldest = next(line for line in metrics.splitlines() if line.startswith('jobs_oldest_seconds{name="media'))
    assert 1200 <= float(oldest.split()[1]) < 1300


async def test_facts_that_nobody_delivers_are_counted_with_the_jobs(client, database):
    await record(1, 2)
    await db.execute("ALTER TABLE event_log DISABLE TRIGGER event_log_append_only")
    await db.execute("UPDATE event_log SET recorded_at = now() - interval '2 hours'")
    await db.execute("ALTER TABLE event_log ENABLE TRIGGER event_log_append_only")

    metrics = (await client.get("/metrics")).text
    ready = (await client.get("/ready")).json()
    [state] = type_all(database, [("jobs", "state")])

    assert 'jobs{name="facts",state="waiting"} 2.0' in metrics
    assert "jobs-late" in [each["code"] for each in ready["extra"]["reasons"]]
    [facts] = json.loads(state.out)["names"]
    assert (facts["name"], facts["waiting"]) == ("facts", 2)


async def test_the_commands_name_the_jobs_in_trouble_and_let_them_run_again(database):
    await hold_two(database)

    state, listed, again, nothing = type_all(
        database,
        [("jobs", "state"), ("jobs", "list"), ("jobs", "requeue", "--name", "push.notify_desk"), ("jobs", "requeue")],
    )

    assert sum(each["held"] for each in json.loads(state.out)["names"]) == 2
    assert [(each["name"], each["error"]) for each in json.loads(listed.out)] == [
        ("push.notify_responsible", "ValueError: a name of somebody"),
        ("push.notify_desk", "ValueError: a name of somebody"),
    ]
    assert json.loads(again.out) == {"requeued": 1}
    assert nothing.code == 2


async def test_the_clock_prunes_what_the_queue_noted_and_no_job(database, now):
    await hold_two(database)
    await db.execute("UPDATE pgqueuer_log SET created = $1", now - timedelta(days=2))
    await queue.enqueue("media.make_large", 3)
    timed = timetable.timed(
        timetable.Keeping(Retention(timedelta(1), timedelta(1)), *[timedelta(days=1)] * 3), lambda: now
    )

    await timed["jobs.prune_log"].run()

    assert await db.fetchval("SELECT array_agg(DISTINCT entrypoint) FROM pgqueuer_log") == ["media.make_large"]
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 3
