"""A backlog of facts and photos that is made before a worker starts, worked off while something urgent is reported."""

import asyncio
import json
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter

import asyncpg
import httpx

from bench.parts import backlog, clients, cpu, differences, figures, photo_inputs, stage, submitting
from bench.parts.backlog import Memory
from bench.parts.stage import BenchFailed, Stage

PHONES = 8
URGENT_ITEM = "B203"
"""A gas leak: P0."""
_URGENT_EVERY_S = 0.25
_LOOK_EVERY_S = 0.02
_LAST_REPORT_S = 1.0
_PREPARED_MAX_S = 60.0
_PATIENCE_S = 1800.0
_SIDE_PX = (1600, 1200)
_TOKEN_LIFE_S = 300.0
_UPLOADS_AT_ONCE = 4


@dataclass(slots=True)
class Drained:
    """Seconds from the first fact that was delivered until none waited, and no job; and what came of it."""

    facts: int
    photos: int
    facts_s: float = 0.0
    facts_cpu_s: float = 0.0
    """Of worker and PostgreSQL together, for the facts."""
    jobs_s: float = 0.0
    urgent_s: list[float] = field(default_factory=list)
    """From POST to the message, of each report of the highest priority."""
    lost: int = 0
    held: int = 0
    memory: Memory = field(default_factory=Memory)

    def urgent_ms(self, share: float) -> float:
        return figures.percentile_ms(self.urgent_s, share) if self.urgent_s else 0.0


async def work_off(here: Stage, facts: int, photos: int) -> Drained:
    """Pile up so many facts and photos, start a worker and see. Raises BenchFailed when it does not end."""
    connection = await asyncpg.connect(here.database_url)
    try:
        with stage.web(here):
            await _work_off_preparation(here, connection)
            after_id = await connection.fetchval("SELECT coalesce(max(id), 0) FROM event_log")
            await _pile_up(here, connection, facts, photos)
            await _leave_alone(here)
            drained = Drained(await backlog.count_facts(connection), photos)
            with stage.worker(here) as pid, backlog.watched(pid) as drained.memory:
                await _drain(here, connection, drained, pid)
                await asyncio.sleep(_LAST_REPORT_S)
                await _until(connection, 0)
        drained.lost = await backlog.count_lost(connection, after_id)
        drained.held = await backlog.count_held(connection)
    finally:
        await connection.close()
    return drained


async def _pile_up(here: Stage, connection: asyncpg.Connection, facts: int, photos: int) -> None:
    """Send reports until so many facts wait, and upload so many photos."""
    codes = await submitting.codes_of(connection)
    while (missing := facts - await backlog.count_facts(connection)) > 0:
        each = min(missing, 2000) // PHONES + 2
        phones = clients.open_phones(here, PHONES)
        first = await submitting.add_photos(connection, [phone.account_id for phone in phones], each)
        requests = submitting.requests_of(here, phones, codes, first, each)
        await clients.drive(here, requests, None)
    photo = photo_inputs.camera_photo(*_SIDE_PX)
    turns = asyncio.Semaphore(_UPLOADS_AT_ONCE)
    headers = {"authorization": f"Bearer {clients.open_phones(here, 1)[0].token}"}
    async with httpx.AsyncClient(base_url=here.base_url, timeout=120, headers=headers) as phone:

        async def upload(number: int) -> None:
            async with turns:
                own = photo + number.to_bytes(4, "big")
                (await phone.post("/api/v1/photos", files={"file": ("p.jpg", own)})).raise_for_status()

        await asyncio.gather(*(upload(number) for number in range(photos)))


async def _work_off_preparation(here: Stage, connection: asyncpg.Connection) -> None:
    """What the demo's own preparation left, such as a recount: else that is done to every order of the heap."""
    with stage.worker(here):
        for _ in range(round(_PREPARED_MAX_S / _LOOK_EVERY_S)):
            if not await backlog.count_facts(connection) and not await backlog.count_jobs(connection):
                return
            await asyncio.sleep(_LOOK_EVERY_S)


async def _leave_alone(here: Stage) -> None:
    """The orders of the heap were opened a week ago: else the worker writes forty reminders of each beside it."""
    if here.superuser_url:
        server = await asyncpg.connect(here.superuser_url)
        try:
            await differences.leave_alone(server)
        finally:
            await server.close()


async def _drain(here: Stage, connection: asyncpg.Connection, drained: Drained, worker: int) -> None:
    """Until nothing waits any more; reports of the highest priority come all the while.

    What the worker takes to start is not measured: it begins with the first fact that is delivered.
    """
    await _until(connection, drained.facts - 1)
    postmaster = cpu.parent_of(connection.get_server_pid())
    began, spent = perf_counter(), cpu.spent(None, worker, postmaster)
    reporting = asyncio.create_task(_report_urgently(here, drained))
    try:
        while drained.jobs_s == 0.0:
            if perf_counter() > began + _PATIENCE_S:
                raise BenchFailed("the backlog did not end")
            facts, jobs = await backlog.count_facts(connection), await backlog.count_jobs(connection)
            if facts < PHONES and drained.facts_s == 0.0:
                drained.facts_s, now = perf_counter() - began, cpu.spent(None, worker, postmaster).since(spent)
                drained.facts_cpu_s = now.worker_s + now.postgres_s
            if drained.facts_s and jobs == 0:
                drained.jobs_s = perf_counter() - began
            await asyncio.sleep(0.1)
    finally:
        reporting.cancel()


async def _until(connection: asyncpg.Connection, facts: int) -> None:
    """Until no more than so many facts wait."""
    for _ in count():
        if await backlog.count_facts(connection) <= facts:
            return
        await asyncio.sleep(_LOOK_EVERY_S)


async def _report_urgently(here: Stage, drained: Drained) -> None:
    """Report, wait for the message, and begin again."""
    connection = await asyncpg.connect(here.database_url)
    codes = await submitting.codes_of(connection)
    phone, ends_at = clients.open_phones(here, 1)[0], perf_counter() + _TOKEN_LIFE_S
    async with httpx.AsyncClient(base_url=here.base_url, timeout=60) as web:
        for number in count():
            if perf_counter() > ends_at:
                phone, ends_at = clients.open_phones(here, 1)[0], perf_counter() + _TOKEN_LIFE_S
            first = await submitting.add_photos(connection, [phone.account_id], 1)
            body = json.loads(submitting.body_of(codes[number % len(codes)], first)) | {"item": URGENT_ITEM}
            latest = await backlog.latest_message(connection)
            sent_at = perf_counter()
            answer = await web.post(submitting.PATH, json=body, headers={"authorization": f"Bearer {phone.token}"})
            answer.raise_for_status()
            await _until_notified(connection, answer.json()["order_id"], latest)
            drained.urgent_s.append(perf_counter() - sent_at)
            await asyncio.sleep(_URGENT_EVERY_S)


async def _until_notified(connection: asyncpg.Connection, order_id: int, latest: int) -> None:
    for _ in count():
        if await backlog.is_notified(connection, order_id, latest):
            return
        await asyncio.sleep(_LOOK_EVERY_S)
