"""The handler's list and the desk's lists, at a hundred thousand orders and at millions, for two connections."""

from functools import partial

import asyncpg

from backend.demo.people import PASSWORD
from bench.against.builds import Build
from bench.against.databases import FEW_ORDERS, MANY_ORDERS, MANY_TOWNS, TOWNS
from bench.against.run import OWN_SHARE, SECONDS, Measured, Run, beside, own_sql, speed
from bench.parts import clients, cpu, recording, scanning, stage
from bench.parts.recording import Request
from bench.parts.script import Script, script_of
from bench.parts.stage import Stage

CLIENTS = 2
LISTS = {
    "handler's list": ("handler", "/work"),
    "desk, open": ("district_admin", "/desk"),
    "desk, ended": ("district_admin", "/desk?tab=ended"),
    "desk, an address": ("district_admin", "/desk?tab=ended&q=%E8%8E%B2%E5%AE%89%E4%B8%9C%E8%B7%AF1"),
}
_SHARE = 0.4
"""Of the seconds, for each list: there are many."""
_RECORDED = 5


async def measure(run: Run, build: Build) -> list[Measured]:
    measured = []
    for kind, orders in ((TOWNS, FEW_ORDERS), (MANY_TOWNS, MANY_ORDERS)):
        here = await run.databases.template(build, kind)
        handler = await run.once(build, f"handler {kind}", lambda here=here: _give_way(here))
        with stage.web(here) as web:
            for what, (username, path) in LISTS.items():
                token = clients.sign_in(here, handler if username == "handler" else username, PASSWORD)
                figures = await _product(here, web, path, token)
                record = partial(_record, here, path, token)
                script = await run.once(build, f"{what} {kind}", record)
                alone = await own_sql(here, script, CLIENTS, share=_SHARE * OWN_SHARE)
                measured.append(Measured(f"{what}, {orders:,} orders", beside(figures, alone)))
    return measured


async def _give_way(here: Stage) -> str:
    """The name of the handler with the most open orders, who signs in with everybody's password from now on."""
    connection = await asyncpg.connect(here.database_url)
    try:
        await connection.execute("UPDATE role_grant SET area_code = '310115' WHERE role = 'district_admin'")
        return await connection.fetchval(_BUSIEST) or "handler"
    finally:
        await connection.close()


async def _record(here: Stage, path: str, token: str) -> Script:
    headers = {"authorization": f"Bearer {token}", "accept": "text/html"}
    return script_of(recording.record(here, [Request({}, path, headers)] * (recording.WARM_UP + _RECORDED)))


async def _product(here: Stage, web: int, path: str, token: str) -> dict[str, float]:
    requests = [clients.request_bytes(here, path, token)]
    await clients.drive_round(here, requests, CLIENTS, _SHARE)
    postmaster = await scanning.postmaster_of(here.database_url)
    before = cpu.spent(web, None, postmaster)
    tally, took_s = await clients.drive_round(here, requests, CLIENTS, SECONDS * _SHARE)
    return speed(tally.latencies_s, took_s, cpu.spent(web, None, postmaster).since(before))


_BUSIEST = """
    UPDATE account SET password_hash = (SELECT password_hash FROM account WHERE username = 'handler')
    WHERE id = (SELECT handler_id FROM work_order WHERE state IN ('accepted', 'on_site') GROUP BY handler_id
                ORDER BY count(*) DESC, handler_id LIMIT 1)
    RETURNING username
"""
