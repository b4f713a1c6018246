"""1,200 lone elders of a town with half a year of visits: what pages, the day's rounds, alarms and an import take.

    python -m bench.elder_care        (`make bench-elder-care`; YIMA_BENCH_ELDERS 1200, over the town's 45 committees)

On the demo street. Beside the time on the wall stands that of the processors, which a busy machine does not change; a
page is the statements of it. The limit is a second of processors for a page and twenty for anything else.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.parts import stage
from bench.parts.stage import BenchFailed

if TYPE_CHECKING:
    from backend.accounts.structs import Actor

ELDERS = int(os.environ.get("YIMA_BENCH_ELDERS", "1200"))
TOWN, DAYS = "310115105", 182
PAGE_LIMIT_S, JOB_LIMIT_S = 1.0, 20.0
_DOORS = """
    SELECT code, area_id FROM (
        SELECT q.code, p.area_id, row_number() OVER (PARTITION BY p.area_id ORDER BY q.code) AS nr
        FROM place p JOIN qr_code q ON q.place_id = p.id AND q.status = 'active'
        WHERE p.area_id LIKE $1 || '%' AND length(p.area_id) = 12
    ) doors ORDER BY nr, area_id LIMIT $2
"""
_VISITS = """
    WITH past AS (
        INSERT INTO elder_visit (elder_id, due_on, due_at, state, ended_at)
        SELECT e.id, d::date, d + interval '11 hours', CASE WHEN (e.id + (d::date - date '2020-01-01')) % 33 = 0
            THEN 'missed' ELSE 'done' END, d + interval '10 hours'
        FROM lone_elder e, generate_series($1::date - $2::int, $1::date - 1, e.every_days * interval '1 day') AS d
        RETURNING id, ended_at, state
    )
    INSERT INTO elder_visit_record (visit_id, outcome, by_id, at, client_key)
    SELECT id, 'well', (SELECT min(id) FROM account), ended_at, 'bench-' || id FROM past WHERE state = 'done'
"""


async def main() -> None:
    """Raises BenchFailed where something takes longer than its limit, or does not do what it should."""
    here = await stage.build()
    os.environ.update(here.environment)
    stage.prepare(here, quietly=True)
    from backend import clock, db  # once the environment names the database

    async with db.pool(1, 1):
        await _measure(clock.now())


async def _measure(now: datetime) -> None:
    from backend import db
    from backend.accounts.structs import Actor, Grant, Role
    from backend.calendars.rules import shanghai_date
    from backend.elder_care import rounds

    keeper_id = await db.fetchval("SELECT min(id) FROM account WHERE kind = 'staff'")
    committee = await db.fetchval(
        "SELECT min(area_id) FROM place WHERE area_id LIKE $1 || '%' AND length(area_id) = 12", TOWN
    )

    def reader(role: Role, area: str) -> Actor:
        return Actor(account_id=keeper_id, name="", grants=(Grant(role, area),))

    today = shanghai_date(now)
    await _import(reader(Role.COMMITTEE, TOWN), now)
    await db.execute(_VISITS, today, DAYS)
    await db.execute("ANALYZE lone_elder, elder_visit, elder_visit_record")
    size = await db.fetchrow("SELECT (SELECT count(*) FROM lone_elder), (SELECT count(*) FROM elder_visit)")
    assert size is not None
    print(f"{size[0]:,} elders, {size[1]:,} visits of {DAYS} days")
    morning = datetime.combine(today, datetime.min.time(), now.tzinfo)
    made = await _job("the rounds of a day", lambda: rounds.make_rounds(morning))
    again = await _job("the same again", lambda: rounds.make_rounds(morning))
    await _pages("a committee", reader(Role.COMMITTEE, committee), today)
    await _pages("a committee's role over the whole town", reader(Role.COMMITTEE, TOWN), today)
    await _pages("a street", reader(Role.STREET_ADMIN, TOWN), today)
    await _pages("a district", reader(Role.DISTRICT_ADMIN, TOWN[:6]), today)
    late = await _job("every visit is late at once", lambda: rounds.escalate_missed(morning + timedelta(hours=14)))
    await _job(
        "late visits, looked at five minutes later", lambda: rounds.escalate_missed(morning + timedelta(hours=14))
    )
    await _job("midnight, and the rounds of the next day", lambda: rounds.make_rounds(morning + timedelta(days=1)))
    if again or made != late:
        raise BenchFailed(f"a day was not made once: {made}, then {again}; {late} climbed")


async def _import(by: "Actor", now: datetime) -> None:
    from backend import config, db
    from backend.calendars.rules import shanghai_date
    from backend.duty.loading.named_lines import NamedLine
    from backend.duty.loading.register_files import RegisterFile, RegisterMode
    from backend.elder_care.importing import loading
    from backend.privacy import seals
    from qr import codes

    seal = seals.Seal({1: config.from_environment(os.environ).secret}, seals.PERSONAL)
    today, doors = shanghai_date(now), await db.fetch(_DOORS, TOWN, ELDERS)
    if len(doors) < ELDERS:
        raise BenchFailed(f"only {len(doors)} doors with a code")
    lines = [
        NamedLine(
            number,
            {
                **{"place": door["code"], "label": f"L-{number:05}", "name": f"王阿婆{number}", "door": f"{number}室"},
                **{"phone": "13800001111", "contacts": "女儿 13800002222", "risk": "高中中低低低"[number % 6]},
                **{"consent": "本人", "consent_on": str(today), "until": str(today + timedelta(days=365))},
            },
        )
        for number, door in enumerate(doors, 2)
    ]

    async def load(mode: RegisterMode) -> Any:
        return await loading.load(
            RegisterFile(lines=lines, area_code=TOWN, mode=mode), by, codes.parse, seal=seal, now=now
        )

    await _job(f"preview of a file of {ELDERS} lines", lambda: load(RegisterMode.PREVIEW))
    stored = await _job("storing it", lambda: load(RegisterMode.WHOLE))
    if not stored.is_stored:
        raise BenchFailed(f"{len(stored.refused)} lines were refused")
    await db.execute("UPDATE lone_elder SET added_at = added_at - interval '200 days'")
    await _job("the same file again", lambda: load(RegisterMode.WHOLE))


async def _pages(who: str, reader: "Actor", today: Any) -> None:
    from backend.elder_care import access, queries

    async def page() -> int:
        rows = await queries.count_care(reader, today)
        if not reader.areas_of(*access.VISITORS):
            return len(rows)
        due, elders = await queries.list_due(reader, today), await queries.list_elders(reader)
        await queries.count_day(reader, today)
        await queries.count_elders(reader)
        await queries.list_ended(reader, today)
        return len(due) + len(elders)

    await _job(f"/elders of {who}", page, PAGE_LIMIT_S)


async def _job(name: str, what: Callable[[], Awaitable[Any]], limit_s: float = JOB_LIMIT_S) -> Any:
    """Say what it took, and of whose processors. Raises BenchFailed beyond the limit."""
    from backend import db

    pid = await db.fetchval("SELECT pg_backend_pid()")
    began, own, there = time.perf_counter(), time.process_time(), _server_s(pid)
    answer = await what()
    took, own, there = time.perf_counter() - began, time.process_time() - own, _server_s(pid) - there
    count = answer if isinstance(answer, int) else len(answer.good)
    print(
        f"{name}: {count:,} rows, {took * 1000:,.0f} ms;"
        f" processors: database {there * 1000:.0f} ms, own {own * 1000:.0f} ms"
    )
    if own + there > limit_s:
        raise BenchFailed(f"{name} takes {own + there:.1f} s of processors")
    return answer


def _server_s(pid: int) -> float:
    """Processor time of the database's process so far; nought where it runs on another machine."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
