"""A backlog of facts and photos that a worker works off, while something urgent is reported again and again."""

import os

from bench.against.builds import Build
from bench.against.run import Measured, Run
from bench.parts import working_off

FACTS = int(os.environ.get("YIMA_BENCH_FACTS", "4000"))
PHOTOS = int(os.environ.get("YIMA_BENCH_PHOTOS", "40"))


async def measure(run: Run, build: Build) -> list[Measured]:
    found = await working_off.work_off(await run.databases.copy(build), FACTS, PHOTOS)
    figures = {
        "facts_per_s": found.facts / found.facts_s,
        "cpu_per_fact_ms": found.facts_cpu_s / found.facts * 1000,
        "all_s": found.jobs_s,
        "urgent_p50_ms": found.urgent_ms(0.50),
        "urgent_p99_ms": found.urgent_ms(0.99),
        "lost": found.lost,
        "held": found.held,
        "worker_mb": found.memory.worker_mb,
        "decoders_mb": found.memory.children_mb,
    }
    return [Measured(f"backlog of {FACTS} facts and {PHOTOS} photos", figures)]
