"""How often an address finds its place, however it is written, and how long that takes: `make bench-addresses`.

The places are real: doorplates of OpenStreetMap and buildings with addresses, some 2,500 (bench/parts/outside.py says
where they lie; skipped where they do not). First they are alone: every address is asked for in each way of writing,
then those of every fifth place after it was taken out. Then doors are made up around them on the same roads, and lanes
on others, until there are YIMA_BENCH_PLACES (100,000), and all is asked again and timed.

`right`: the place, or another at the same door within 150 m. `near`: no place, but a point within 300 m of it.
`wrong`: another place, or a point farther off. `unsure`: nobody's, so a person decides. YIMA_BENCH_SHOW=1 names them.
"""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from statistics import quantiles

import shapely

from bench.parts import stage
from bench.parts.outside import DATA
from bench.parts.written_addresses import BUILDINGS, DISTRICTS, REST, WRITINGS, WRONG, Door, doors

PLACES = int(os.environ.get("YIMA_BENCH_PLACES", "100000"))
HELD_OUT = 5
_AREA = "31"
_SAME_M, _NEAR_M = 150.0, 300.0
_COLUMNS = (
    "kind",
    "name",
    "address",
    "road_name",
    "house_number",
    "area_id",
    "loc",
    "raw_lng",
    "raw_lat",
    "dataset",
    "source_key",
)
_VERDICTS = ("right", "near", "unsure", "wrong")


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    stage.prepare(here, quietly=True)
    from backend import db  # once the environment names the database

    async with db.pool(1, 2):
        await _clear()
        known = doors()
        await _load([(door, str(nr)) for nr, door in enumerate(known)], "bench")
        print(f"{len(known):,} real places, and no others\n")
        await _table(known)
        await _held_out(known)
        await _load([(door, str(nr)) for nr, door in enumerate(made_up(known, PLACES - len(known)))], "made-up")
        await db.execute("ANALYZE place")
        print(f"\n{await db.fetchval('SELECT count(*) FROM place'):,} places\n")
        await _table(known)


async def _clear() -> None:
    from backend import db

    await db.execute("TRUNCATE area, place CASCADE")
    async with db.connection() as connection:
        await connection.copy_records_to_table(
            "area",
            columns=("code", "level", "name", "is_demo"),
            records=[(code, "district", name, False) for name, code in [*DISTRICTS.items(), REST[::-1]]],
        )


async def _load(given: Sequence[tuple[Door, str]], dataset: str) -> None:
    from backend import db
    from backend.geo.columns import encode

    async with db.connection() as connection:
        await connection.copy_records_to_table(
            "place",
            columns=(*_COLUMNS, "raw_datum", "is_demo"),
            records=[
                (
                    *("storefront" if door.name else "doorplate", door.name, door.address, door.road, door.number),
                    *(door.area_code, encode(shapely.Point(door.point.lng, door.point.lat))),
                    *(door.point.lng, door.point.lat, dataset, key, "wgs84", False),
                )
                for door, key in given
            ],
        )
        await connection.execute("ANALYZE place")


def made_up(known: Sequence[Door], many: int) -> list[Door]:
    """Doors on the roads that are measured, beside and between theirs, then lanes with branches on roads of no town."""
    from backend.geo.lonlat import LonLat
    from backend.intake.locating.addresses import read

    taken = {door.address for door in known}
    roads = {read(door.address).head: door for door in known}
    found: dict[str, Door] = {}
    for nr in range(1, 2000):
        for road, door in roads.items():
            if len(found) >= many * 3 // 5:
                break
            address = f"{road}{nr}号"
            point = LonLat(door.point.lng + nr * 4e-5, door.point.lat)
            if address not in taken:
                found[address] = Door("", address, road, str(nr), point, door.district, door.area_code)
    names = [
        f"{one}{other}{side}路" for one in "锦绣云山海天明月" for other in "桂兰竹菊松柏梅枫" for side in "东西南北中"
    ]
    for nr in range(many - len(found)):
        road, lane, branch, door = names[nr % len(names)], nr // 320 % 40 + 1, nr // 12800 + 1, nr % 17 + 1
        address = f"{road}{lane}弄{branch}支弄{door}号"
        found[address] = Door(
            "", address, road, "", LonLat(121.5 + nr % 300 * 1e-4, 31.2 + nr // 300 * 1e-4), "浦东新区", "310115"
        )
    return list(found.values())[:many]


async def _table(known: Sequence[Door]) -> None:
    print(f"| written | {' | '.join(_VERDICTS)} | ms p50 | ms p99 |\n|{'---|' * 7}")
    for name, write in {**WRITINGS, **WRONG}.items():
        said = {
            door: write(door) for door in known if name in WRONG or write(door) != door.address or name == "as it is"
        }
        await _row(name, said, is_there=name in WRITINGS)


async def _held_out(known: Sequence[Door]) -> None:
    from backend import db

    held = [door for nr, door in enumerate(known) if nr % HELD_OUT == 0]
    alike = {door.address for nr, door in enumerate(known) if nr % HELD_OUT}
    gone = [str(nr) for nr in range(0, len(known), HELD_OUT)]
    await db.execute("DELETE FROM place WHERE dataset = 'bench' AND source_key = ANY($1::text[])", gone)
    await _row(
        "taken out of the town", {door: door.address for door in held if door.address not in alike}, is_there=True
    )
    await _load([(door, key) for door, key in zip(held, gone, strict=True)], "bench")


async def _row(name: str, said: dict[Door, str], *, is_there: bool) -> None:
    counted: Counter[str] = Counter()
    took: list[float] = []
    for door, text in said.items():
        verdict, ms, off_m = await _ask(door, text, is_there=is_there)
        counted[verdict] += 1
        took.append(ms)
        if verdict == "wrong" and os.environ.get("YIMA_BENCH_SHOW"):
            print(f"    {text} {door.name}: {off_m:.0f} m")
    total = max(1, len(said))
    cells = " | ".join(f"{100 * counted[each] / total:.1f} % ({counted[each]})" for each in _VERDICTS)
    cuts = quantiles(took, n=100) if len(took) > 1 else [0.0] * 99
    print(f"| {name} ({len(said)}) | {cells} | {cuts[49]:.1f} | {cuts[98]:.1f} |", flush=True)


async def _ask(door: Door, text: str, *, is_there: bool) -> tuple[str, float, float]:
    from backend.geo.distance import metres_between
    from backend.intake.locating.addressing import Search
    from backend.intake.locating.structs import Certainty

    began = time.perf_counter()
    found = await Search(text, _AREA).run()
    ms = (time.perf_counter() - began) * 1000
    point = found.point or (found.place.loc if found.place else None)
    if point is None:
        return "unsure", ms, 0.0
    off_m = metres_between(point, door.point)
    if found.certainty is not Certainty.EXACT:
        return ("near" if off_m <= _NEAR_M or not is_there else "wrong"), ms, off_m
    is_same = found.place is not None and off_m <= _SAME_M and _is_same_door(found.place.address, door.address)
    return ("right" if is_there and is_same else "wrong"), ms, off_m


def _is_same_door(one: str, other: str) -> bool:
    from backend.intake.locating.addresses import read
    from backend.intake.locating.matching import Agreement, agreement

    known, said = read(one), read(other)
    return known.head == said.head and agreement(said, known) >= Agreement.RANGE


if __name__ == "__main__":
    if not BUILDINGS.exists():
        print(f"skipped: {DATA} is not on this machine")
        sys.exit(0)
    asyncio.run(main())
