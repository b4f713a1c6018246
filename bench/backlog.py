"""A backlog of facts and photos: how fast it is worked off, and how long a gas leak waits meanwhile.

    python -m bench.backlog        (as part of `make bench`)

Reports and photos are sent while no worker runs; then one is started. From then on a phone reports something of the
highest priority, again and again, and each time is measured until somebody finds the message.
"""

import asyncio
import os
import sys

import uvloop

from bench.parts import stage, working_off
from bench.parts.stage import BenchFailed
from bench.parts.working_off import Drained

FACTS = int(os.environ.get("YIMA_BENCH_FACTS", "25000"))
PHOTOS = int(os.environ.get("YIMA_BENCH_PHOTOS", "800"))
_SHARES = (("p50", 0.50), ("p99", 0.99), ("longest", 1.0))


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here)
    _print(await working_off.work_off(here, FACTS, PHOTOS))


def _print(found: Drained) -> None:
    each_s, each_us = found.facts / found.facts_s, found.facts_cpu_s / found.facts * 1e6
    print(f"{found.facts} facts delivered in {found.facts_s:.1f} s, {each_s:.0f}/s; {found.lost} lost")
    print(f"CPU of worker and PostgreSQL meanwhile, photos and all: {each_us:.0f} microseconds for each fact")
    print(f"{found.facts} facts and {found.photos} photos worked off in {found.jobs_s:.1f} s, {found.held} jobs held")
    shares = "  ".join(f"{name} {found.urgent_ms(share):.0f} ms" for name, share in _SHARES)
    print(f"{len(found.urgent_s)} urgent reports meanwhile, from POST to the message: {shares}")
    memory = found.memory
    print(f"resident at the most: worker {memory.worker_mb:.0f} MB, its decoders {memory.children_mb:.0f} MB")


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
