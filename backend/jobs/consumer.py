"""What a worker runs: at most so many jobs at once, the outcome of each written down, none dropped.

Claimed jobs and outcomes not yet written down outlive a lost connection: `run` is called again with the next one.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import msgspec
from pgqueuer import Job, JobId
from pgqueuer.domain.settings import DBSettings

from backend import logs
from backend.jobs import retries
from backend.jobs.store import HEARTBEAT, Failed, Store, new_worker_id, waits_of

log = logs.get_logger()

Handler = Callable[[Any], Awaitable[None]]
_POLL_S = 5.0
_SHORTEST_S = 0.05
_BEAT_EVERY_S = HEARTBEAT.total_seconds() / 4
_LONGEST_JOB_S = 900.0
_RESERVED = 2
"""Places that the jobs of one package leave to the others: many photos must not keep a message waiting."""
_REST_S, _LONGEST_REST_S = 0.5, 30.0


class TookTooLong(Exception):
    """The job was ended because it did not end by itself."""


class Consumer:
    """`places`: how many jobs may run at once; fewer than the pool has connections, so that none waits for one."""

    def __init__(
        self, handlers: Mapping[str, Handler], *, places: int, max_attempts: int = retries.MAX_ATTEMPTS
    ) -> None:
        self._handlers, self._places, self._max_attempts = handlers, places, max_attempts
        self._worker_id = new_worker_id()
        self._claimed: dict[JobId, Job] = {}
        self._running: dict[JobId, asyncio.Task[None]] = {}
        self._succeeded: list[Job] = []
        self._failed: list[Failed] = []
        self._troubles: Counter[str] = Counter()
        self._rests_until: dict[str, float] = {}
        self._wake = asyncio.Event()

    async def run(self, connection: asyncpg.Connection, stop: asyncio.Event, *, until_empty: bool = False) -> None:
        """Run jobs until `stop` is set, or until none is due. Raises what the connection raises; then call it again."""
        store = Store(connection, self._worker_id)
        await store.begin(list(self._claimed), self._places)
        await self._look_after(store)
        await connection.add_listener(DBSettings().channel, self._on_notify)
        async with _beside(self._beat(store)), _beside(self._wake_at(stop)):
            while not stop.is_set():
                self._wake.clear()
                await self._settle(store)
                if await self._take(store):
                    continue
                if until_empty and not self._claimed:
                    break
                await self._wait(store)
            await self._finish(store)
            await store.say_farewell()

    async def _take(self, store: Store) -> int:
        names, most = self._free()
        if not names or most <= 0:
            return 0
        jobs = [job for job in await store.claim(names, most) if job.id not in self._claimed]
        for job in jobs:
            self._claimed[job.id] = job
            self._running[job.id] = asyncio.create_task(self._run_one(job))
        return len(jobs)

    def _free(self) -> tuple[list[str], int]:
        """The names whose jobs may be taken now, and how many of them all."""
        now = asyncio.get_running_loop().time()
        taken = Counter(_package_of(self._claimed[job_id].entrypoint) for job_id in self._running)
        most_of_one = max(1, self._places - _RESERVED)
        free = self._places - len(self._running)
        names = [
            name
            for name in self._handlers
            if self._rests_until.get(name, 0) <= now and taken[_package_of(name)] < most_of_one
        ]
        return names, min([free, *(most_of_one - taken[_package_of(name)] for name in names)])

    async def _run_one(self, job: Job) -> None:
        error: Exception | None = None
        limit = asyncio.timeout(_LONGEST_JOB_S)
        try:
            async with limit:
                await self._handlers[job.entrypoint](msgspec.json.decode(job.payload or b"null"))
        except Exception as reason:
            error = TookTooLong(f"ended after {_LONGEST_JOB_S:g} s") if limit.expired() else reason
        del self._running[job.id]
        if error is None:
            self._succeeded.append(job)
            self._recover(job.entrypoint)
        else:
            self._failed.append(self._judge(job, error))
        self._wake.set()

    def _judge(self, job: Job, error: Exception) -> Failed:
        verdict = retries.judge(error, attempts=job.attempts, waits=waits_of(job), max_attempts=self._max_attempts)
        words = logs.describe(error)
        facts = {"job": job.entrypoint, "job_id": job.id, "attempts": verdict.attempts, "waits": verdict.waits, **words}
        if retries.is_free(error):
            log.warning("job_put_off", **facts)
            self._back_off(job.entrypoint)
        else:
            log.error("job_failed" if verdict.after else "job_held", **facts)
            self._recover(job.entrypoint)
        return Failed(job, verdict, f"{words['error']}: {words['message']}")

    def _back_off(self, name: str) -> None:
        """Where nothing but trouble comes back, all jobs of the name rest, instead of each running into it."""
        self._troubles[name] += 1
        if (over := self._troubles[name] - self._places) >= 0:
            rest_s = min(_REST_S * 2 ** min(over, 10), _LONGEST_REST_S)
            self._rests_until[name] = asyncio.get_running_loop().time() + rest_s

    def _recover(self, name: str) -> None:
        self._troubles.pop(name, None)
        self._rests_until.pop(name, None)

    async def _settle(self, store: Store) -> None:
        succeeded, failed = list(self._succeeded), list(self._failed)
        await store.settle(succeeded, failed)
        del self._succeeded[: len(succeeded)], self._failed[: len(failed)]
        for job in (*succeeded, *(each.job for each in failed)):
            self._claimed.pop(job.id, None)

    async def _wait(self, store: Store) -> None:
        """Until a job ends, one comes, one is due, a rest is over, or somebody asks us to stop."""
        now = asyncio.get_running_loop().time()
        longest = [_POLL_S, *(until - now for until in self._rests_until.values() if until > now)]
        if len(self._running) < self._places and (due_in := await store.until_next(self._free()[0])) is not None:
            longest.append(due_in.total_seconds())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), max(_SHORTEST_S, min(longest)))

    async def _finish(self, store: Store) -> None:
        """What is in hand is brought to its end; nothing new is taken."""
        while self._running:
            await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)
            await self._settle(store)
        await self._settle(store)

    async def _beat(self, store: Store) -> None:
        while True:
            await asyncio.sleep(_BEAT_EVERY_S)
            with suppress(Exception):  # the loop beside us asks the same connection, and tells
                await store.beat(list(self._claimed), self._places)
                await self._look_after(store)

    async def _look_after(self, store: Store) -> None:
        """Jobs that nobody brings to an end: their worker died, or no worker has the code for them."""
        taken_back = await store.take_back()
        for job in taken_back:
            say = log.warning if job["status"] == "queued" else log.error
            say("job_left_behind", job=job["entrypoint"], job_id=job["id"], deaths=job["deaths"])
        for job in await store.hold_unknown(list(self._handlers)):
            log.error("job_unknown", job=job["entrypoint"], job_id=job["id"])
        if taken_back:
            self._wake.set()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake.set()

    def _on_notify(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        if '"insert"' in str(payload):
            self._wake.set()


def _package_of(name: str) -> str:
    return name.partition(".")[0]


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run `work` for as long as the block lasts."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
