"""How long tiles of maps take and how large they are, at five million orders and 110,000 places: make bench-tiles.

Each tile is asked for seven times as HTTP of the real web process, over a connection that stays; the median counts. The
ground is asked for by a version that is none, so that it is drawn each time; last comes one that the process has at
hand. The middle of the demo town is the fullest spot there is. YIMA_BENCH_ORDERS makes the district smaller.
"""

import asyncio
import os
import sys
import time
from statistics import median

import asyncpg
import httpx

from backend.demo.people import PASSWORD
from backend.demo.roads import crossing
from backend.maps.ground import read_version
from bench.parts import many_orders, stage
from bench.parts.clients import sign_in
from bench.parts.stage import BenchFailed, Stage
from tests.makers.tiles import layers_of, tile_at

ORDERS = int(os.environ.get("YIMA_BENCH_ORDERS", "5000000"))
TIMES = 7
_AIM_MS, _AIM_KB = 150, 60
_PEOPLE = {"district": "district_admin", "town": "dispatcher"}
_GROUND_LEVELS = (8, 10, 12, 13, 14, 15, 16)
_ORDER_LEVELS = (6, 9, 11, 13, 14, 15, 16)


def main() -> None:
    here = asyncio.run(stage.build())
    os.environ.update(here.environment)
    stage.prepare(here)
    _say(f"filling {ORDERS:,} orders …\n")
    known = asyncio.run(_fill(here))
    _say(f"\n{ORDERS:,} orders, {known['open']:,} open, {known['places']:,} places; load {os.getloadavg()[0]:.1f}\n\n")
    with stage.web(here):
        tokens = {name: sign_in(here, username, PASSWORD) for name, username in _PEOPLE.items()}
        worst = max(_ground(here, known["version"]), _orders(here, tokens))
    _say(f"\nslowest median {worst:.0f} ms (aim {_AIM_MS})\n")


async def _fill(here: Stage) -> dict[str, object]:
    from backend import db  # once the environment names the database

    connection = await asyncpg.connect(here.superuser_url or here.database_url)
    try:
        if await connection.fetchval("SELECT count(*) FROM work_order") != ORDERS:
            await many_orders.fill(connection, ORDERS)
        await connection.execute("UPDATE role_grant SET area_code = '310115' WHERE role = 'district_admin'")
        known = await connection.fetchrow(_KNOWN)
    finally:
        await connection.close()
    async with db.pool(1, 1):
        version = await read_version()
    return {"version": version, **dict(known or {})}


def _ground(here: Stage, version: object) -> float:
    _say("| ground, level | ms | most | KB packed | bytes | features |\n|---|---|---|---|---|---|\n")
    worst = 0.0
    for level in _GROUND_LEVELS:
        worst = max(worst, _row(here, f"{level}", _path("base", level), ""))
    _row(here, "16, at hand", f"{_path('base', 16)}?v={version}", "")
    return worst


def _orders(here: Stage, tokens: dict[str, str]) -> float:
    _say("\n| orders, level | ms | most | KB packed | bytes | features |\n|---|---|---|---|---|---|\n")
    worst = 0.0
    for name, token in tokens.items():
        for level in _ORDER_LEVELS:
            worst = max(worst, _row(here, f"{name}, {level}", _path("desk", level), token))
        worst = max(worst, _row(here, f"{name}, 13, overdue", f"{_path('desk', 13)}?due=overdue", token))
    return worst


def _path(layer: str, level: int) -> str:
    tile = tile_at(crossing().lonlat(), level)
    return f"/tiles/{layer}/{tile.level}/{tile.column}/{tile.row}.mvt"


def _row(here: Stage, name: str, path: str, token: str) -> float:
    """Measure one tile and say it; milliseconds, the median."""
    headers = {"accept-encoding": "gzip"} | ({"authorization": f"Bearer {token}"} if token else {})
    took: list[float] = []
    packed = b""
    with httpx.Client(base_url=here.base_url, headers=headers, timeout=60) as web:
        for _ in range(1 + TIMES):
            began = time.perf_counter()
            with web.stream("GET", path) as answer:
                packed = b"".join(answer.iter_raw())
            took.append((time.perf_counter() - began) * 1000)
            if answer.status_code not in (200, 204):
                raise BenchFailed(f"{path}: {answer.status_code}")
        bare = web.get(path).content
    found = layers_of(bare)
    counts = ", ".join(f"{len(features):,} {layer}" for layer, features in found.items())
    cells = f"{median(took[1:]):.1f} | {max(took[1:]):.1f} | {len(packed) / 1000:.1f} | {len(bare):,} | {counts}"
    _say(f"| {name} | {cells} |\n")
    if len(packed) > _AIM_KB * 1000:
        _say(f"larger than {_AIM_KB} KB\n")
    return median(took[1:])


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


_KNOWN = """
    SELECT (SELECT count(*) FROM place) AS places,
        (SELECT count(*) FROM work_order
         WHERE state IN ('offered', 'dispatched', 'accepted', 'on_site', 'handled', 'suspended')) AS open
"""


if __name__ == "__main__":
    main()
