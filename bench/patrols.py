"""A day's patrols of a whole town: how long until the tasks of 45 committees are there, and by two workers at once.

    python -m bench.patrols        (`make bench-patrols`; YIMA_BENCH_TASKS 12, of each committee, with two routes each)

On the demo street, whose town has 45 committees. Each route has ten stops. The limit is ten seconds for a day.
"""

import asyncio
import os
import sys
from datetime import date, timedelta
from time import perf_counter
from typing import TypeVar

import asyncpg

from bench.parts import stage
from bench.parts.stage import BenchFailed

T = TypeVar("T")
TASKS = int(os.environ.get("YIMA_BENCH_TASKS", "12"))
ROUTES, STOPS = 2, 10
LIMIT_S = 10.0
TOWN = "310115105"
TODAY = date(2026, 11, 30)
_TEMPLATES = """
    INSERT INTO task_template (area_code, code, kind, name_zh, name_en, default_rrule, set_at)
    SELECT $1, 'bench_' || n, 'other', '任务' || n, 'Task ' || n, 'FREQ=DAILY', now() FROM generate_series(1, $2) AS n
"""
_ENTRIES = """
    INSERT INTO duty_entry
        (committee_code, template_id, version, rrule, starts_on, valid_from, decided_by_id, decided_at)
    SELECT a.code, t.id, 1, 'FREQ=DAILY', $2, $2, (SELECT min(id) FROM account), now()
    FROM area a CROSS JOIN task_template t
    WHERE a.level = 'committee' AND a.code LIKE $1 || '%' AND t.code LIKE 'bench_%'
"""
_ROUTES = """
    INSERT INTO patrol_route (committee_code, template_id, name, set_at)
    SELECT e.committee_code, e.template_id, '路线' || n, now()
    FROM duty_entry e JOIN task_template t ON t.id = e.template_id AND t.code LIKE 'bench_%',
        generate_series(1, $1) AS n
"""
_STOPS = """
    INSERT INTO patrol_route_stop (route_id, seq, place_id)
    SELECT r.id, p.seq, p.id
    FROM patrol_route r JOIN task_template t ON t.id = r.template_id AND t.code LIKE 'bench_%' JOIN LATERAL (
        SELECT id, row_number() OVER (ORDER BY md5(id::text || r.id)) AS seq FROM place
        WHERE area_id = r.committee_code ORDER BY 2 LIMIT $1
    ) p ON true
"""
_SIZE = """
    SELECT count(DISTINCT t.committee_code) AS committees, count(DISTINCT t.id) AS tasks, count(*) AS stops
    FROM patrol_task t JOIN patrol_stop s ON s.task_id = t.id WHERE t.due_on = $1
"""


async def main() -> None:
    """Raises BenchFailed where a day is not whole, or takes longer than the limit."""
    here = await stage.build()
    os.environ.update(here.environment)
    stage.prepare(here, quietly=True)
    await _lay_down(here.database_url)
    from backend import db  # once the environment names the database
    from backend.committees.patrols import generating

    async with db.pool(2, 4):
        first_s, made = await _timed(generating.generate(TODAY))
        again_s, none = await _timed(generating.generate(TODAY))
        tomorrow = TODAY + timedelta(days=1)
        both_s, both = await _timed(asyncio.gather(*(generating.generate(tomorrow) for _ in range(2))))
        size, next_size = await db.fetchrow(_SIZE, TODAY), await db.fetchrow(_SIZE, tomorrow)
    assert size is not None and next_size is not None
    print(f"{size['committees']} committees, {size['tasks']:,} tasks, {size['stops']:,} stops of one day")
    print(f"a day {first_s:.2f} s   again {again_s:.3f} s   by two workers at once {both_s:.2f} s")
    if none or (made, sum(both)) != (size["tasks"], next_size["tasks"]):
        raise BenchFailed(f"a day was not generated once: {made}, then {none}; by two at once {both}")
    if max(first_s, both_s) > LIMIT_S:
        raise BenchFailed(f"a day takes longer than {LIMIT_S:.0f} s")


async def _timed(work):
    began = perf_counter()
    result = await work
    return perf_counter() - began, result


async def _lay_down(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_TEMPLATES, TOWN, TASKS)
        await connection.execute(_ENTRIES, TOWN, TODAY)
        await connection.execute(_ROUTES, ROUTES)
        await connection.execute(_STOPS, STOPS)
        await connection.execute("ANALYZE duty_entry, patrol_route, patrol_route_stop")
    finally:
        await connection.close()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
