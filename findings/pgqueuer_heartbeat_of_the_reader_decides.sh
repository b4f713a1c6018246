#!/bin/sh
# pgqueuer 1.6.0: a worker with a shorter heartbeat_timeout runs the jobs of a healthy worker a second time, beside it.
#
# Expected: whoever runs a job says how often it gives a sign of life, so a job is stale by the promise of its own worker;
#   or workers that disagree are refused.
# Seen: run(heartbeat_timeout=…) is both how often one beats (half of it) and when one takes others' jobs over. The
#   reader's value decides: beside a worker of 60 s, which beats every 30, one of 1 s takes each of its jobs after a second.
#   The job runs on both, `attempts` stays 0, the log knows one success more than there are jobs. So two kinds of workers
#   over one queue (a short one for messages, a long one for imports) need one value, and every job must be repeatable.
#   Shown with the library's own in-memory queue; its SQL asks the same (heartbeat < now() - the reader's interval).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pgqueuer==1.6.0
"$folder/venv/bin/python" - <<'PY'
import asyncio
from datetime import timedelta

from pgqueuer import PgQueuer
from pgqueuer.core.qm import QueueManager

ran: list[tuple[str, int]] = []


def worker(name: str, queries) -> QueueManager:
    manager = QueueManager(queries)

    @manager.entrypoint("import")
    async def run(job) -> None:
        ran.append((name, job.attempts))
        await asyncio.sleep(4)

    return manager


async def main() -> None:
    queries = PgQueuer.in_memory().qm.queries
    patient, hasty = worker("patient", queries), worker("hasty", queries)
    await queries.enqueue("import", b"1")
    poll = timedelta(seconds=0.2)
    first = asyncio.create_task(patient.run(dequeue_timeout=poll, heartbeat_timeout=timedelta(seconds=60)))
    while not ran:
        await asyncio.sleep(0.05)
    second = asyncio.create_task(hasty.run(dequeue_timeout=poll, heartbeat_timeout=timedelta(seconds=1)))
    await asyncio.sleep(3)
    seen = list(ran)
    patient.shutdown.set()
    hasty.shutdown.set()
    await asyncio.gather(first, second)
    print("one job, run by (worker, attempts):", seen)
    assert seen[0] == ("patient", 0)
    assert ("hasty", 0) in seen, "changed: the job of a living worker is left to it"


asyncio.run(main())
PY
