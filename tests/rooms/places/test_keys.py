"""Keys of rows that were imported before widths and blanks were folded, and doors that came twice meanwhile.

A database that is adopted may hold such rows (docs/decisions/0042).
"""

import hashlib

import pytest

from backend import db
from backend.geo.datum import Datum
from backend.places.duplicates import list_doubles
from backend.places.importing import runs
from tests.makers.commands import type_all
from tests.makers.places import HOME, TOWN, make_ground, make_place, options_for, write_csv

pytestmark = pytest.mark.usefixtures("database")

KEYS_ANEW = r"""
WITH keyed AS (
    SELECT id, dataset, source_key, CASE WHEN source_key ~ '^called:[0-9a-f]{32}$'
        THEN 'called:' || left(encode(sha256(convert_to(
            kind || E'\x1f' || place_fold(name) || E'\x1f' || place_fold(address), 'UTF8')), 'hex'), 32)
        ELSE normalize(source_key, NFKC) END AS new_key
    FROM place
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY dataset, new_key ORDER BY source_key = new_key DESC, id) AS nr FROM keyed
)
UPDATE place SET source_key = ranked.new_key FROM ranked
WHERE ranked.id = place.id AND ranked.nr = 1 AND ranked.new_key <> place.source_key
    AND length(ranked.new_key) <= 200 AND btrim(ranked.new_key) <> '';
"""
"""What the migrations before the first release did to such rows, in every database that is adopted."""


def old_key(address: str) -> str:
    return "called:" + hashlib.sha256("\x1f".join(("doorplate", "", address)).encode()).hexdigest()[:32]


async def make_old(address: str) -> int:
    place_id = await make_place(address=address, key=old_key(address))
    await db.execute("UPDATE place SET dataset = 'doors' WHERE id = $1", place_id)
    return place_id


async def import_doors(tmp_path, *numbers):
    rows = [("莲安东路", number, HOME.lng, HOME.lat) for number in numbers]
    path = write_csv(tmp_path / "doors.csv", ("road", "house_number", "lng", "lat"), *rows)
    return await runs.import_places(options_for(path, dataset="doors", datum=Datum.WGS84))


async def test_a_place_of_before_is_known_again_however_its_number_is_written(tmp_path):
    await make_ground()
    place_id = await make_old("莲安东路３１８号")

    await db.execute(KEYS_ANEW)
    report = await import_doors(tmp_path, "318号")

    assert (report.new, report.changed) == (0, 1)
    assert await db.fetchval("SELECT address FROM place WHERE id = $1", place_id) == "莲安东路318号"


async def test_of_doors_that_came_twice_the_one_whose_key_it_is_is_found_and_both_stay(tmp_path):
    await make_ground()
    first, second = await make_old("莲安东路３１８号"), await make_old("莲安东路318号")

    await db.execute(KEYS_ANEW)
    await db.execute(KEYS_ANEW)
    report = await import_doors(tmp_path, "三百一十八号")

    assert (report.new, report.changed) == (0, 1)
    assert await db.fetchval("SELECT id FROM place WHERE address = '莲安东路三百一十八号'") == second
    assert await db.fetchval("SELECT source_key FROM place WHERE id = $1", first) == old_key("莲安东路３１８号")


async def test_keys_of_a_source_stay_and_lose_their_width():
    await make_ground()
    await make_place(key="１２")
    await make_place(key="a-7")

    await db.execute(KEYS_ANEW)

    assert [row["source_key"] for row in await db.fetch("SELECT source_key FROM place ORDER BY id")] == ["12", "a-7"]


async def test_doors_that_came_twice_are_listed_with_what_to_do(database):
    await make_ground()
    ids = [
        await make_place(address=address, key=address)
        for address in ("莲安东路318号", "莲安东路３１８ 号", "莲溪路1号")
    ]

    found = await list_doubles(TOWN)
    listed, none = type_all(
        database, [("places", "duplicates"), ("places", "duplicates", "--within", "310116")], YIMA_MODE="demo"
    )

    assert [place.id for place in found] == ids[:2]
    assert len({place.nr for place in found}) == 1
    assert "莲安东路３１８ 号" in listed.out
    assert "codes/move" in listed.out
    assert "莲溪路" not in listed.out
    assert "no place" in none.out
