"""500 people tap one order at the same instant at two web processes: who gets it, and how soon everybody knows.

    make bench-grab        (YIMA_BENCH_CROWD, 500)

In the same run pgbench does the conditional UPDATE, alone and with all that an attempt must ask before it.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from statistics import median

import asyncpg
import uvloop

from bench.parts import cpu, figures, pool, stage, tapping
from bench.parts.pool import Grabbing
from bench.parts.stage import BenchFailed, Stage
from bench.parts.tapping import Answered

CROWD = int(os.environ.get("YIMA_BENCH_CROWD", "500"))
ROUNDS = int(os.environ.get("YIMA_BENCH_ROUNDS", "3"))
SECONDS = int(os.environ.get("YIMA_BENCH_SECONDS", "10"))
NEARBY = 20
CLIENTS, THREADS = 32, 2
ALONE, WHOLE = "the UPDATE alone", "its whole transaction"
_HOLDERS = """
    SELECT count(*) AS takes, (SELECT count(*) FROM order_step s JOIN offer f ON f.order_id = s.order_id
                               WHERE f.id = $1 AND s.move = 'grab') AS grabs
    FROM take WHERE offer_id = $1
"""


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here, quietly=True)
    from backend import db

    connection = await asyncpg.connect(here.database_url)
    try:
        async with db.pool(1, 4):
            with _two_webs(here) as webs, stage.worker(here):
                await _measure(here, connection, webs)
    finally:
        await connection.close()


async def _measure(here: Stage, connection: asyncpg.Connection, webs: Mapping[int, int]) -> None:
    from backend import clock

    people = await pool.make_volunteers(here, connection, CROWD)
    offers = await pool.make_offers(connection, ROUNDS + NEARBY + 2, clock.now())
    ports, postmaster = list(webs), cpu.parent_of(connection.get_server_pid())
    await _tap(here, ports, pool.grab_requests(here, offers.pop(), people, "warm-up"))
    spare_id = offers.pop()
    ratios: dict[str, list[float]] = {ALONE: [], WHOLE: []}
    for number in range(1, ROUNDS + 1):
        offer_id, before = offers.pop(), _spent(webs, postmaster)  # the greetings are counted, too
        answers, took_s = await _tap(here, ports, pool.grab_requests(here, offer_id, people, f"round-{number}"))
        spent = {name: after - before[name] for name, after in _spent(webs, postmaster).items()}
        await _require_one_winner(connection, offer_id, answers)
        print(f"round {number}  {_told(answers, took_s)}")
        print(f"         CPU ms a tap: {', '.join(f'{name} {s / CROWD * 1000:.2f}' for name, s in spent.items())}")
        for what, found in ratios.items():
            per_s = await asyncio.to_thread(_pgbench, here, spare_id, people, is_alone=what == ALONE)
            found.append(CROWD / took_s / per_s)
            print(f"         pgbench, {what}: {per_s:,.0f} a second, ratio {found[-1]:.2f}", flush=True)
    for what, found in ratios.items():
        print(f"taps ÷ pgbench, {what}: median {median(found):.2f}")


async def _tap(here: Stage, ports: Sequence[int], requests: Sequence[bytes]) -> tuple[list[Answered], float]:
    """Half of them at each web, over connections that are open and known to it."""
    crowd = await tapping.open_crowd(here.host, [ports[number % 2] for number in range(CROWD)])
    await crowd.tap([f"GET /health HTTP/1.1\r\nHost: {here.host}:{here.port}\r\n\r\n".encode()] * CROWD)
    found = await crowd.tap(requests)
    crowd.close()
    return found


def _spent(webs: Mapping[int, int], postmaster: int) -> dict[str, float]:
    web_s = sum(cpu.used_s(pid) for pid in webs.values())
    return {"web": web_s, "postgres": cpu.used_s(postmaster), "client": sum(os.times()[:2])}


def _told(answers: list[Answered], took_s: float) -> str:
    latencies = [answer.took_s for answer in answers]
    p50, p99 = figures.percentile_ms(latencies, 0.5), figures.percentile_ms(latencies, 0.99)
    rate = f"{len(answers)} taps in {took_s * 1000:.0f} ms, {len(answers) / took_s:,.0f} a second"
    return f"{rate}, p50 {p50:.0f} p99 {p99:.0f} ms"


async def _require_one_winner(connection: asyncpg.Connection, offer_id: int, answers: list[Answered]) -> None:
    """Raises BenchFailed unless one got it and everybody else was told who."""
    counted = Counter(answer.status for answer in answers)
    row = await connection.fetchrow(_HOLDERS, offer_id)
    if counted != {200: 1, 409: CROWD - 1} or row is None or (row["takes"], row["grabs"]) != (1, 1):
        raise BenchFailed(f"answers {dict(counted)}, in the tables {row}: {answers[0].body[:300]!r}")
    problems = [json.loads(answer.body)["extra"] for answer in answers if answer.status == 409]
    if {problem["winner"] for problem in problems} != {"志**"} or not all(problem["nearby"] for problem in problems):
        raise BenchFailed(f"somebody was not told who was first and what else is near: {problems[0]}")


def _pgbench(here: Stage, offer_id: int, people: Sequence[Grabbing], *, is_alone: bool) -> float:
    """Attempts a second at the conditional UPDATE of one offer, by everybody in turn. Raises BenchFailed."""
    from grab_orders.offers.grabbing import WIN
    from grab_orders.offers.persons import HAS_IN_HAND, LOCK

    win = WIN.replace("$1", ":offer_id").replace("$2", "now()")
    before = [LOCK.replace("$1", ":me"), HAS_IN_HAND.replace("$1", ":me").replace("$2", "now()")]
    whole = ["BEGIN", *before, win, "COMMIT"]
    first = min(person.actor.account_id for person in people)
    file = here.logs / "grab.sql"
    script = ";\n".join([win] if is_alone else whole)
    file.write_text(f"\\set me random({first}, {first + len(people) - 1})\n{script};\n", "utf-8")
    argv = [str(here.programs / "pgbench"), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", str(THREADS)]
    argv += ["-T", str(SECONDS), "-f", str(file), "-D", f"offer_id={offer_id}", here.database_url]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode or rate is None:
        raise BenchFailed(f"pgbench failed:\n{done.stdout}{done.stderr}")
    return float(rate[1])


@contextmanager
def _two_webs(here: Stage) -> Iterator[dict[int, int]]:
    """Port and process id of each."""
    other = replace(here, port=here.port + 1, environment={**here.environment, "PORT": str(here.port + 1)})
    with stage.web(here) as first, stage.web(other) as second:
        yield {here.port: first, other.port: second}


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
