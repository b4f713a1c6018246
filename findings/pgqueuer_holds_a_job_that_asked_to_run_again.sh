#!/bin/sh
# pgqueuer 1.6.0: a job that asks to run again is written down as failed for good when putting it back fails once.
#
# Expected: RetryRequested means that the job is not done and is to run later. When the statement that puts it back fails
#   (the server restarts, its disk is full), the job is still "picked" by this worker, and would come back by its
#   heartbeat: leaving it there is enough.
# Seen: the error of the statement is taken for the job's own. It is logged as "exception" and gone from the queue, or with
#   on_failure="hold" it is held for an operator, with a traceback of the queue's and not of the job. A restart of the
#   server at that instant so drops what should only have waited.
#   Shown with the library's own in-memory queue, whose retry_job fails once as a lost connection does.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pgqueuer==1.6.0
"$folder/venv/bin/python" - <<'PY'
import asyncio
import logging
from datetime import timedelta

from pgqueuer import PgQueuer
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested

logging.disable()


async def outcome(on_failure: str) -> tuple[int, list[str], list[str]]:
    """How often the job ran, what is left of it in the queue, and what the log says last."""
    queries = PgQueuer.in_memory().qm.queries
    manager, runs, put_back = QueueManager(queries), [], queries.retry_job

    async def lost_once(*arguments, **named):
        queries.retry_job = put_back
        raise ConnectionError("the server went away")

    queries.retry_job = lost_once

    @manager.entrypoint("send", on_failure=on_failure)
    async def run(job) -> None:
        runs.append(job.id)
        if len(runs) == 1:
            raise RetryRequested(delay=timedelta(0), reason="busy")

    await queries.enqueue("send", b"1")
    quick = timedelta(seconds=0.5)
    running = asyncio.create_task(manager.run(dequeue_timeout=timedelta(seconds=0.2), heartbeat_timeout=quick))
    await asyncio.sleep(4)
    manager.shutdown.set()
    await running
    left = [row["status"] for row in queries._jobs.values()]
    return len(runs), left, [each.status for each in await queries.queue_log()]


async def main() -> None:
    for on_failure in ("delete", "hold"):
        runs, left, log = await outcome(on_failure)
        print(f"on_failure={on_failure}: ran {runs} time(s), left in the queue {left}, log {log}")
        assert runs == 1, "changed: it runs again"
        assert left == (["failed"] if on_failure == "hold" else [])


asyncio.run(main())
PY
