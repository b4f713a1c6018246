"""What the parts of one run share: databases, how long to measure, codes, and what each build asks of PostgreSQL."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from bench.against.builds import Build
from bench.against.databases import Databases
from bench.parts import cpu, figures, limit, scanning
from bench.parts.cpu import Spent
from bench.parts.script import Script
from bench.parts.stage import Stage

SECONDS = float(os.environ.get("YIMA_BENCH_SECONDS", "8"))
ROUNDS = int(os.environ.get("YIMA_BENCH_ROUNDS", "2"))
OWN_SHARE = 0.5
"""Of the seconds, for the statements alone: they vary less than the product."""

T = TypeVar("T")


class Measured(NamedTuple):
    """What was measured of one build in one round, and its figures by name. A name ends in its unit."""

    what: str
    figures: dict[str, float]


@dataclass(slots=True)
class Run:
    databases: Databases
    known: dict[tuple[str, str], Any] = field(default_factory=dict)

    async def once(self, build: Build, what: str, find: Callable[[], Awaitable[T]]) -> T:
        """What is found once a run for each build, such as a script of its statements."""
        key = build.name, what
        if key not in self.known:
            self.known[key] = await find()
        return self.known[key]


Part = Callable[[Run, Build], Awaitable[list[Measured]]]


def speed(latencies_s: list[float], took_s: float, spent: Spent) -> dict[str, float]:
    """Rate, latency, and CPU of each process in milliseconds per request."""
    count = max(1, len(latencies_s))
    each = {"web": spent.web_s, "worker": spent.worker_s, "postgres": spent.postgres_s}
    return {
        "per_s": len(latencies_s) / took_s,
        "p50_ms": figures.percentile_ms(latencies_s, 0.50),
        "p99_ms": figures.percentile_ms(latencies_s, 0.99),
        "cpu_all_ms": sum(each.values()) / count * 1000,
        **{f"cpu_{name}_ms": seconds / count * 1000 for name, seconds in each.items()},
    }


async def own_sql(
    here: Stage, script: Script, clients: int, *, first_photo: int = 0, share: float = OWN_SHARE
) -> dict[str, float]:
    """What the database alone does with the same statements; `share` says for which share of the seconds."""
    if not script.statements:
        return {"statements": 0}
    postmaster = await scanning.postmaster_of(here.database_url)
    before = cpu.spent(None, None, postmaster)
    measured = limit.replay(
        here, script, "-T", str(max(1, round(SECONDS * share))), clients=clients, first_photo=first_photo
    )
    used = cpu.spent(None, None, postmaster).since(before)
    return {
        "statements": script.statements,
        "own_sql_per_s": len(measured.latencies_s) / measured.took_s,
        "own_sql_postgres_ms": used.postgres_s / len(measured.latencies_s) * 1000,
    }


def beside(product: dict[str, float], alone: dict[str, float]) -> dict[str, float]:
    """Both, and which part of its own statements the product reaches."""
    most = alone.get("own_sql_per_s")
    return product | alone | ({"product_of_own_sql": product["per_s"] / most} if most else {})
